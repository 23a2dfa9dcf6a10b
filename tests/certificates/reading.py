"""Strict reading of JSON: each field once and known, no number that is not a short integer, texts as words."""
import json, re
from functools import lru_cache
from unicodedata import normalize

DELTA, UNIT = "δ", "i"  # the scalar i has the square -1
# Latin and Greek letters, script, Fraktur and double-struck ones; then digits and marks. ~ marks what the checker names.
LETTER = "A-Za-zΑ-Ωα-ωℂℋℐℒℕℙℚℛℝℤℬℰℱℳ\U0001d49c-\U0001d4cf\U0001d504-\U0001d56b"
NAME = re.compile(f"[{LETTER}][{LETTER}0-9₀-₉'′″°*\u0303\u0304\u030a]{{0,999}}")
ALIKE = str.maketrans("ΑΒΕΖΗΙI1₁ΚΜΝΟ0₀ΡΤΥΧαγινορςυ₂₃₄₅₆₇₈₉'", "ABEZHllllKMNOOOPTYXayivopσu23456789′")
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,11}")


class Refused(Exception):
    """Why a certificate is not accepted."""


def demand(holds, *reason):
    if not holds:
        raise Refused(" ".join(map(str, reason)))


def load(text):
    def fields(pairs):
        demand(len(dict(pairs)) == len(pairs), "a field occurs twice")
        return dict(pairs)

    def number(digits):
        demand(INTEGER.fullmatch(digits), "the number", digits[:20])
        return int(digits)
    return json.loads(text, object_pairs_hook=fields, parse_int=number, parse_float=number, parse_constant=number)


def take(record, *names, optional=()):
    """The values of exactly these fields."""
    demand(type(record) is dict, "an object is missing")
    for name in {*record, *names}:
        demand(name in names or name in optional, "unknown field", name)
        demand(name in record, "missing field", name)
    return [record.get(name) for name in (*names, *optional)]


def only(record):
    """The one field of an object, and its value."""
    demand(type(record) is dict and len(record) == 1, "an object of one field is missing")
    return next(iter(record.items()))


def words(text):
    demand(type(text) is str, "a text is missing")
    return text.split(" ") if text else []


def items(value):
    demand(type(value) is list, "a list is missing")
    return value


def numeral(word, below):
    demand(INTEGER.fullmatch(word) and 0 <= int(word) < below, "the number", word)
    return int(word)


def line(text):
    """A text for the reader, who is not to take what follows a line break for another line."""
    demand(type(text) is str and text.isprintable(), "a text that is not one line")
    return text


@lru_cache(None)
def look(name):
    """Equal for names that print alike."""
    return normalize("NFD", name).translate(ALIKE).replace("″", "′′")


def fresh(name, *used):
    demand(NAME.fullmatch(normalize("NFD", name)) and name != DELTA, "the name", name)
    demand(all(look(name) != look(other) for names in used for other in names), "two meanings of", name)
    return name
