"""Terms: products of tensors that are summed over some of their indices."""
from collections import namedtuple

from coefficients import symbol, times
from reading import DELTA

Term = namedtuple("Term", "coefficient sums factors")  # sums: {index: space}; factors: [(tensor, indices)]


def scaled(terms, factor):
    return [term._replace(coefficient=times(factor, term.coefficient)) for term in terms]


def renamed(factors, names):
    return [(tensor, tuple(names.get(i, i) for i in own)) for tensor, own in factors]


def mark(name):
    return name + "~"


def placed(terms, images):
    """Terms under other names for their legs; what they sum over is marked with ~."""
    for term in terms:
        sums = {mark(name): space for name, space in term.sums.items()}
        names = {**{name: mark(name) for name in term.sums}, **images}
        yield Term(term.coefficient, sums, renamed(term.factors, names))


def sources(terms):
    """The tensors that stand in terms, δ aside, one by one."""
    return [tensor for term in terms for tensor, _ in term.factors if tensor != DELTA]


def contracted(term, legs):
    """The term with its δ's carried out: equal indices are called by the first of them, legs before summed ones,
    and a summed index that no factor holds gives its dimension. With it the first equal leg of each leg."""
    order = [*legs, *term.sums]
    root = {name: name for name in order}
    for tensor, own in term.factors:
        if tensor == DELTA:
            equal = {root[name] for name in own}
            first = min(equal, key=order.index)
            root = {name: first if r in equal else r for name, r in root.items()}
    factors = renamed([f for f in term.factors if f[0] != DELTA], root)
    held = {name for _, own in factors for name in own}
    coefficient, sums = term.coefficient, {}
    for name, space in term.sums.items():
        if root[name] == name and name in held:
            sums[name] = space
        elif root[name] == name:
            coefficient = times(coefficient, symbol(space))
    return Term(coefficient, sums, factors), [root[leg] for leg in legs]


def alike(groups, legs, one, other):
    """Whether one term is another up to the order of factors, the names of what is summed, and declared symmetries. Some
    ways are tried: where it says no, it may not know."""
    (one, roots), (other, own_roots) = contracted(one, legs), contracted(other, legs)
    tries = iter(range(999))

    def match(factors, left, image):
        for k, (tensor, wanted) in enumerate(left if factors else ()):
            for turn in groups[tensor] if tensor == factors[0][0] and next(tries, None) is not None else ():
                pairs = [(factors[0][1][slot], i) for slot, i in zip(turn, wanted)]
                grown = {**dict(pairs), **image}
                fits = all(grown[name] == i for name, i in pairs) and len({*grown.values()}) == len(grown)
                if fits and match(factors[1:], left[:k] + left[k + 1:], grown):
                    return True
        return not factors
    same = (one.coefficient, roots, len(one.sums), len(one.factors)) == (
        other.coefficient, own_roots, len(other.sums), len(other.factors))
    return same and match(one.factors, other.factors, {leg: leg for leg in legs})


def all_alike(groups, legs, terms, others):
    """Whether terms are others in some order."""
    left = list(others)
    for term in terms:
        found = next((k for k, other in enumerate(left) if alike(groups, legs, term, other)), None)
        if found is None:
            return False
        left.pop(found)
    return not left
