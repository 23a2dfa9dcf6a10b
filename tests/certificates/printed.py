"""What the reader sees: expressions, relations and meanings in the words of the file."""
from reading import only, take, words


def shown(text):
    """Text of which no mark is left that could move what is printed: a line break is \\n."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def cut(text):
    return text if len(text) < 400 else text[:400] + " …"


def turning(slots):
    """A permutation of slots, which the reader counts from 1: (2 1)."""
    return f"({' '.join(str(int(slot) + 1) for slot in slots)})"


def written(records):
    """Terms as they stand in the file; what is long is cut."""
    def term(coefficient, sums, product):
        return f"({' + '.join(coefficient) or 0}) {'Σ ' * bool(sums)}{sums} {' · '.join(product)}".strip().replace("  ", " ")
    return cut(" + ".join(term(*take(record, "coefficient", "sum", "product")) for record in records) or "0")


def relation(by):
    kind, how = only(by)
    if kind in ("expectation", "parts"):
        cumulants = how.get("cumulants")
        law = "cumulants " + ", ".join(" + ".join(c) or "0" for c in cumulants or [["0"], ["1"], ["0, ..."]])
        if "pairs" in how:
            law = f"signed pairings {', '.join(how['pairs'])}" + " with the conjugate" * ("conjugate" in how)
        law = "uniform in its group" if "weingarten" in how else f"with {law}"
        same = "the expectation" if kind == "expectation" else "the same expectation as"
        return f"has, over {how['over']} {law}, {same}"
    return "=" if kind == "rewriting" else f"≈ ({how['orders']}, below {how['below']} dropped)"


def meaning(record):
    """What a tensor is, if it is more than any tensor: of what is declared together, all of it."""
    name, _, symmetries, values = take(record, "name", "slots", "symmetries", "values")
    kind, value = (values, None) if type(values) is str else only(values)
    form = f"[{value['legs']}] {written(value['terms'])}" if type(value) is dict and "terms" in value else ""
    says = {
        "free": "", "hermitian": f"{name} is Hermitian", "conjugate": f"{name} is the conjugate of {value}",
        "defined": f"{name} is {form} by definition", "inverse": f"{name} is the inverse of {form}",
    }
    if kind == "function":
        says[kind] = f"{value['derivatives']} is a function, with its derivatives, of {form}"
    elif kind == "mean":
        says[kind] = f"{name} is the mean over standard Gaussian {value['of']} of {form}"
    elif kind == "singular":
        says[kind] = f"{name} has at most {value['modes']} singular values; with its vectors they are {value['vectors']}"
    same = cut(", ".join(turning(words(s)) for s in symmetries))
    return "; ".join(filter(None, [says[kind], same and f"{name} has the symmetry {same}"]))
