"""Strict reading of JSON: each field once and known, no number that is not a short integer, texts as words."""
import json, re

DELTA, UNIT = "δ", "i"  # the scalar i has the square -1
NAME = re.compile(r"[^\W\d_][^\s:~^,\[\]\"]{0,60}")  # ~ marks the indices that the checker names
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


def fresh(name, *used):
    demand(NAME.fullmatch(name) and name != DELTA, "the name", name)
    demand(not any(name in names for names in used), "two meanings of", name)
    return name


