#!/usr/bin/env python3
"""Checks certificates of proofs: `check.py [-v] FILE...` exits with 0 only if every file is accepted; -v prints
what is stated.

A certificate (docs/certificates.md) states a theory and chains of expressions. Each step has a flow: nodes, which
are products of tensors, with what becomes of them. Two things are done that know nothing of each other:
  1. the flow: every arrow is redone, and the coefficients that arrive where nothing is done must cancel;
  2. the field (`field.py`): both sides are evaluated at points of two prime fields, drawn from a hash of the file.
There is no search and no normal form here: what equals what up to names, the certificate says.
"""
import hashlib, json, re, sys
from collections import Counter, namedtuple
from fractions import Fraction
from itertools import combinations, product as assignments

from field import DELTA, POLE, UNIT, Points, Refused, demand, joined

NAME = re.compile(r"[^\W\d_][^\s:~^,\[\]\"]{0,60}")  # ~ marks the indices that this program names
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,199})(/[1-9][0-9]{0,199})?")
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,11}")

Term = namedtuple("Term", "coefficient sums factors")  # sums: {index: space}; factors: [(tensor, indices)]


# --- reading -------------------------------------------------------------------------------------------------

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


# --- coefficients: {((symbol, power), ...): Fraction} -----------------------------------------------------------

ONE = {(): Fraction(1)}


def plus(left, right):
    total = dict(left)
    for monomial, value in right.items():
        total[monomial] = total.get(monomial, 0) + value
    return {monomial: value for monomial, value in total.items() if value}


def times(left, right):
    total = {}
    for (m, a), (k, b) in assignments(left.items(), right.items()):
        powers = dict(m)
        for symbol, power in k:
            powers[symbol] = powers.get(symbol, 0) + power
        sign = -1 if powers.get(UNIT, 0) % 4 > 1 else 1
        powers[UNIT] = powers.get(UNIT, 0) % 2
        total = plus(total, {tuple(sorted((s, p) for s, p in powers.items() if p)): sign * a * b})
    return total


def power(base, exponent):
    return ONE if exponent == 0 else times(base, power(base, exponent - 1))


def vanishes(coefficient):
    """Whether it is 0, once multiplied by all of its poles."""
    for pole in {symbol for monomial in coefficient for symbol, _ in monomial if POLE.fullmatch(symbol)}:
        base, shift = POLE.fullmatch(pole).groups()
        shifted, total = {((base, 1),): Fraction(1), (): Fraction(int(shift))}, {}
        lowest = min(dict(monomial).get(pole, 0) for monomial in coefficient)
        for monomial, value in coefficient.items():
            rest = {tuple(one for one in monomial if one[0] != pole): value}
            total = plus(total, times(rest, power(shifted, dict(monomial).get(pole, 0) - lowest)))
        coefficient = total
    return not coefficient


def scaled(terms, factor):
    return [term._replace(coefficient=times(factor, term.coefficient)) for term in terms]


# --- theories ------------------------------------------------------------------------------------------------------

class Theory:
    def __init__(self, record):
        spaces, scalars, tensors, rules, conditions = take(record, "spaces", "scalars", "tensors", "rules", optional=("conditions",))
        self.symbols, self.slots, self.groups, self.values, self.rules, self.assumed = [], {}, {}, {}, {}, []
        self.spaces = words(spaces)
        demand(UNIT not in self.spaces, "a dimension is called", UNIT)
        for name in self.spaces + words(scalars):
            self.symbols.append(fresh(name, self.symbols))
        self.conditions = []
        for large, small in map(words, items(conditions or [])):
            self.at_least(large, small if small in self.spaces else numeral(small, 1000))
        for tensor in items(tensors):
            self.declare(*take(tensor, "name", "slots", "symmetries", "values"))
        for rule in items(rules):
            self.rule(*take(rule, "name", "legs", "left", "right", "from"))

    # Reading what is written in the letters of the theory.

    def indices(self, text, used=()):
        found = {}
        for word in words(text):
            name, _, space = word.partition(":")
            demand(space in self.spaces, "the space", space)
            found[fresh(name, found, used)] = space
        return found

    def polynomial(self, monomials):
        total = {}
        for number, *powers in (words(monomial) or [""] for monomial in items(monomials)):
            demand(NUMBER.fullmatch(number) and Fraction(number), "the coefficient", number[:20])
            term = {(): Fraction(number)}
            for symbol, mark, power in (word.partition("^") for word in powers):
                pole = POLE.fullmatch(symbol)
                demand((pole[1] if pole else symbol) in self.symbols, "the symbol", symbol)
                demand(not mark or INTEGER.fullmatch(power) and int(power), "the power", power)
                term = times(term, {((symbol, int(power or 1)),): Fraction(1)})
                demand(not pole or int(power or 1) in range(-99, 0), "the power of a pole", power)
                if pole and pole[1] in self.spaces:
                    self.at_least(pole[1], 1 - int(pole[2]))
                elif power.startswith("-") and symbol not in self.spaces and symbol != UNIT:
                    self.assume(f"{symbol} ≠ 0")
            total = plus(total, term)
        return total

    def product(self, sums, factors, legs):
        sums, read = self.indices(sums, legs), []
        known = {**legs, **sums}
        for tensor, *names in (words(factor) or [""] for factor in items(factors)):
            for name in names:
                demand(name in known, "the index", name, "is neither a leg nor summed")
            found = [known[name] for name in names]
            demand(tensor == DELTA or tensor in self.slots, "the tensor", tensor)
            demand(len(set(found)) == 1 if tensor == DELTA else found == self.slots[tensor], tensor, "over", *found)
            read.append((tensor, tuple(names)))
        return Term(ONE, sums, read)

    def terms(self, records, legs):
        read = []
        for coefficient, sums, factors in (take(r, "coefficient", "sum", "product") for r in items(records)):
            read += scaled([self.product(sums, factors, legs)], self.polynomial(coefficient))
        return read

    # Declarations.

    def assume(self, text):
        if text not in self.assumed:
            self.assumed.append(text)

    def at_least(self, large, small):
        demand(large in self.spaces, "the condition on", large)
        self.conditions.append((large, small))
        if small not in range(-99, 2):
            self.assume(f"{large} ≥ {small}")

    def tensor(self, name, slots, symmetries, values):
        demand(all(space in self.spaces for space in slots), "the slots of", name)
        identity = list(range(len(slots)))
        for s in symmetries:
            demand(sorted(s) == identity and [slots[k] for k in s] == slots, "the symmetry", s, "of", name)
        self.slots[fresh(name, self.symbols, self.slots)] = slots
        self.groups[name], self.values[name] = {tuple(identity), *map(tuple, symmetries)}, values

    def declare(self, name, slots, symmetries, values):
        slots = words(slots)
        symmetries = [[numeral(w, len(slots)) for w in words(s)] for s in items(symmetries)]
        if values in ("free", "hermitian"):
            demand(values == "free" or len(slots) == 2 and slots[0] == slots[1], name, "is not square")
            return self.tensor(name, slots, symmetries, (values,))
        kind, value = only(values)
        if kind == "function":
            return self.function(name, slots, *take(value, "of", "derivatives", "legs", "terms"))
        if kind == "mean":
            return self.mean(name, slots, symmetries, *take(value, "of", "legs", "terms"))
        if kind == "conjugate":
            taken = [rest for k, *rest in self.values.values() if k == kind]
            demand(self.values.get(value) == ("free",) and self.slots[value] == slots, name, "is no conjugate")
            demand([value] not in taken and not symmetries and len(self.groups[value]) == 1, "a second conjugate of", value)
            return self.tensor(name, slots, symmetries, (kind, value))
        if kind == "singular":
            modes, vectors = take(value, "modes", "vectors")
            u, s, v = words(vectors)
            rows, columns = slots
            self.tensor(name, slots, symmetries, (kind, u, s, v))
            for vector, own in ((u, [modes, rows]), (s, [modes]), (v, [modes, columns])):
                self.tensor(vector, own, [], ("part", name))
        else:
            demand(kind in ("defined", "inverse"), "values that are", kind)
            legs, terms = take(value, "legs", "terms")
            legs, half = self.indices(legs), len(slots) // 2
            demand(list(legs.values()) == slots, "the legs of", name)
            if kind == "inverse":
                demand(slots[:half] == slots[half:], "the matrix of", name, "is not square")
                self.assume(f"the matrix that {name} inverts is invertible")
            self.tensor(name, slots, symmetries, (kind, legs, self.terms(terms, legs)))

    def function(self, name, slots, of, derivatives, legs, terms):
        """A function with its derivatives at a form that is linear in a tensor with independent entries."""
        names, legs = words(derivatives), self.indices(legs)
        terms = self.terms(terms, legs)
        demand(names[:1] == [name] and list(legs.values()) == slots, "the legs of", name)
        demand(self.values.get(of) == ("free",) and len(self.groups[of]) == 1, of, "is not of independent entries")
        for term in terms:
            random = [tensor for tensor, _ in term.factors if tensor != DELTA and of in self.made_of(tensor)]
            demand(random == [of], name, "is of a form that is not linear")
        for order, derivative in enumerate(names):
            self.tensor(derivative, slots, [], ("function", of, names, order, legs, terms))
        self.assume(f"{derivatives}: a function with its derivatives, of polynomial growth")

    def mean(self, name, slots, symmetries, of, legs, terms):
        """The mean over standard Gaussian entries of a product of functions whose indices are the legs in order."""
        legs = self.indices(legs)
        term, = self.terms(terms, legs)
        functions = [tensor for tensor, _ in term.factors]
        demand(all(tensor != DELTA and self.is_function(tensor, of) for tensor in functions), name, "is no such mean")
        demand([i for _, own in term.factors for i in own] == list(legs), name, "is no such mean")
        demand(term.coefficient == ONE and list(legs.values()) == slots, name, "is no such mean")
        self.tensor(name, slots, symmetries, ("mean", of, functions, legs, [term]))

    def is_function(self, tensor, of):
        return self.values.get(tensor, ())[:2] == ("function", of)

    def made_of(self, tensor):
        """The tensors that go into the values of one, with itself; a mean is made of what its forms hold."""
        kind, *rest = self.values[tensor]
        if kind in ("function", "mean"):
            terms = rest[-1] if kind == "function" else []
            functions = rest[1] if kind == "mean" else [source for term in terms for source, _ in term.factors if source != DELTA]
            return {tensor}.union(*map(self.made_of, functions)) - ({rest[0]} if kind == "mean" else set())
        sources = rest if kind in ("part", "conjugate") else []
        if kind in ("defined", "inverse"):
            sources = {source for term in rest[1] for source, _ in term.factors if source != DELTA}
        return {tensor}.union(*map(self.made_of, sources))

    def rule(self, name, legs, left, right, origin):
        demand(type(name) is str and name not in self.rules, "a second rule", name)
        legs = self.indices(legs)
        left, right = self.product(*take(left, "sum", "product"), legs), self.terms(right, legs)
        demand(DELTA not in dict(left.factors), "δ on the left side of", name)
        demand({i for _, own in left.factors for i in own} == {*legs, *left.sums}, "an index that", name, "lacks")
        if origin == "assumed":
            tensors = {made for term in [left, *right] for tensor, _ in term.factors if tensor != DELTA for made in self.made_of(tensor)}
            demand(not any(self.values[tensor][0] in ("function", "mean") for tensor in tensors), name, "is about functions")
            self.assume(f"the rule {name}")
        else:
            kind, record = only(origin)
            if kind == "rules":
                by, flow = take(record, "by", "flow")
                demand(all(rule in self.rules for rule in items(by)), "the rule", name, "rests on a later one")
                follow(self, legs, flow, [left], right, Rewriting(self, by))
            else:
                demand(kind == "fact", "the origin of", name)
                of, form, scale, flow = take(record, "of", "form", "scale", "flow")
                scale = self.polynomial(scale)
                one, other = self.fact(of, form, legs)
                follow(self, legs, flow, [left] + scaled(other, scale), right + scaled(one, scale), Rewriting(self, []))
        self.rules[name] = (legs, left, right)

    def fact(self, of, form, legs):
        """Both sides of what a declaration says, over these legs; its own indices are marked with ~."""
        demand(of in self.values, "the tensor", of)
        kind, *rest = self.values[of]
        names, half, mark = list(legs), len(legs) // 2, "{}~".format
        if (kind, form) in (("singular", "right"), ("singular", "left")):
            u, s, v = rest
            rows, columns = self.slots[of]
            demand(list(legs.values()) == [self.slots[s][0], rows if form == "right" else columns], "the legs of", of)
            entry, a, b, over = (names[1:] + ["k~"], u, v, columns) if form == "right" else (["k~"] + names[1:], v, u, rows)
            one, other = [(of, tuple(entry)), (b, (names[0], "k~"))], [(s, (names[0],)), (a, tuple(names))]
            return [Term(ONE, {"k~": over}, one)], [Term(ONE, {}, other)]
        demand((kind, form) in (("defined", "value"), ("inverse", "right"), ("inverse", "left")), of, "has no", form)
        own, terms = rest
        demand(list(own.values()) == list(legs.values()), "the legs of", of)
        at, between, extra = names, [], []
        if form == "right":
            between = [mark(name) for name in list(own)[half:]]
            at, extra = names[:half] + between, [(of, (*between, *names[half:]))]
        elif form == "left":
            between = [mark(name) for name in list(own)[:half]]
            at, extra = between + names[half:], [(of, (*names[:half], *between))]
        result = []
        for term in terms:
            sums = {**dict(zip(between, own.values())), **{mark(name): space for name, space in term.sums.items()}}
            rename = {**{name: mark(name) for name in term.sums}, **dict(zip(own, at))}
            result.append(Term(term.coefficient, sums, renamed(term.factors, rename) + extra))
        if form == "value":
            return [Term(ONE, {}, [(of, tuple(names))])], result
        return result, [Term(ONE, {}, [(DELTA, pair) for pair in zip(names[:half], names[half:])])]


def renamed(factors, names):
    return [(tensor, tuple(names.get(i, i) for i in own)) for tensor, own in factors]


# --- 1. the flow -------------------------------------------------------------------------------------------------------

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
            coefficient = times(coefficient, {((space, 1),): Fraction(1)})
    return Term(coefficient, sums, factors), [root[leg] for leg in legs]


def turned(theory, factor, turn):
    """A factor with its slots permuted by a declared symmetry, `1,0`; as it is where none is written."""
    tensor, own = factor
    slots = tuple(numeral(word, len(own)) for word in turn.split(",")) if turn else tuple(range(len(own)))
    demand(slots in theory.groups[tensor], tensor, "has no symmetry", turn)
    return tensor, tuple(own[k] for k in slots)


class Rewriting:
    """A product in which a rule matches becomes the terms of its right side times the other factors."""

    def __init__(self, theory, names):
        demand(all(name in theory.rules for name in items(names)), "an unknown rule")
        self.theory, self.names = theory, names

    def __call__(self, node, ties, legs, record):
        rule, at, images = take(record, "rule", "at", "as")
        demand(rule in self.names, "the step does not name the rule", rule)
        own, left, right = self.theory.rules[rule]
        at, images, wanted, typed = words(at), words(images), {**own, **left.sums}, {**legs, **node.sums}
        demand([typed.get(i) for i in images] == list(wanted.values()), "the indices of", rule)
        image, covered = dict(zip(wanted, images)), []
        demand(len(at) == len(left.factors), "the factors of", rule)
        for word, factor in zip(at, renamed(left.factors, image)):
            place, _, turn = word.partition(":")
            covered.append(numeral(place, len(node.factors)))
            demand(turned(self.theory, node.factors[covered[-1]], turn) == factor, rule, "does not match")
        demand(len(set(covered)) == len(covered), "a factor is matched twice by", rule)
        rest = [factor for k, factor in enumerate(node.factors) if k not in covered]
        local = [image[name] for name in left.sums]
        for k in local:
            outside = any(k in names for _, names in rest)
            demand(k in node.sums and images.count(k) == 1 and not outside, k, "is not local to", rule)
        kept = {name: space for name, space in node.sums.items() if name not in local}
        for term in right:
            rename = {**{name: name + "~" for name in term.sums}, **{name: image[name] for name in own}}
            sums = {**kept, **{name + "~": space for name, space in term.sums.items()}}
            yield Term(term.coefficient, sums, ties + rest + renamed(term.factors, rename))

    def finished(self, factors):
        return True


class Expectation:
    """Of independent entries E x_1 ... x_m = Σ over the blocks B that hold 1 of κ_|B| δ(the slots of B agree) E(the
    others); of Gaussian ones that are tied, Σ over j > 1 and g of χ(g) δ(the slots of 1, those of j moved by g) E(the
    others), where a complex tensor pairs with its conjugate only; of all entries of a uniform matrix of a group, Σ over a
    pairing of their rows and one of their columns of the Weingarten function of both."""

    def __init__(self, theory, once, over, cumulants, pairs, conjugate, weingarten):
        self.theory, self.over, self.random = theory, over, [over] + ([conjugate] if conjugate is not None else [])
        self.once = once  # whether entries are taken out by parts, and others may stay
        kind = theory.values.get(over, ("nothing",))[0]
        ties = [[int(word) if INTEGER.fullmatch(word) else word for word in words(pair)] for pair in items(pairs or [])]
        self.pairs = [(sign, tuple(g)) for sign, *g in ties] if pairs is not None else None
        demand([cumulants, pairs, weingarten].count(None) > 1, "two laws of", over)
        if conjugate is not None:
            both = [(theory.values.get(one), other) for one, other in ((over, conjugate), (conjugate, over))]
            demand(any(values == ("conjugate", other) for values, other in both), conjugate, "is not the conjugate of", over)
            demand(pairs or weingarten is not None, over, "is complex")
        elif kind == "hermitian":
            demand(weingarten is None and self.pairs == [(1, (1, 0))], over, "is Hermitian")
        else:
            demand(kind == "free" and ("conjugate", over) not in theory.values.values(), over, "is not of independent entries")
        if pairs is None:
            demand(len(theory.groups[over]) == 1, over, "is not of independent entries")
        elif kind != "hermitian":
            self.demand_group(theory.slots[over], theory.groups[over])
        self.cumulants = None if cumulants is None else [theory.polynomial(c) for c in items(cumulants)]
        slots = theory.slots[over]
        demand(weingarten is None or len(slots) == 2 and slots[0] == slots[1], over, "is not a matrix of a group")
        self.weingarten = None if weingarten is None else {}
        for part, value in (take(record, "class", "value") for record in items(weingarten or [])):
            part = tuple(numeral(word, 10) for word in words(part))
            demand(part not in self.weingarten and part == tuple(sorted(part, reverse=True)), "a class of", over)
            self.weingarten[part] = theory.polynomial(value)
        for pairs in {sum(part) for part in self.weingarten or ()}:
            self.demand_inverse(pairs)

    def pairings(self, sides):
        """All pairings of factors, for each its partner; those of a unitary matrix pair it with its conjugate only."""
        def extend(partner):
            if None not in partner:
                return [partner]
            first, found = partner.index(None), []
            for second in range(first + 1, len(sides)):
                if partner[second] is None and (len(self.random) == 1 or sides[first] != sides[second]):
                    longer = list(partner)
                    longer[first], longer[second] = second, first
                    found += extend(longer)
            return found
        return extend([None] * len(sides))

    def demand_inverse(self, pairs):
        """The Weingarten function is what inverts the Gram matrix n^loops of the pairings; one column of it, since
        permutations of the factors exchange the columns."""
        rows, _ = self.theory.slots[self.over]
        demand(pairs < 6, "too many entries of", self.over)
        self.theory.at_least(rows, pairs)
        all = self.pairings([0, 1] * pairs)
        for p in all:
            total = {(): Fraction(-1)} if p == all[0] else {}
            for (loops, part), times_met in Counter((len(joined(p, q)), joined(q, all[0])) for q in all).items():
                demand(part in self.weingarten, "no value of the class", *part)
                scale = {((rows, loops),): Fraction(times_met)}
                total = plus(total, times(scale, self.weingarten[part]))
            demand(vanishes(total), "the Weingarten function of", self.over, "inverts nothing")

    def demand_group(self, slots, symmetries):
        """Σ_g χ(g) g·Z is what it is called only if the g are a group, χ a character, and it has the symmetries."""
        one, signs = tuple(range(len(slots))), {g: sign for sign, g in self.pairs}
        demand(signs.get(one) == 1 and len(signs) == len(self.pairs), self.over, "has no such law")
        for (sign, g), (other, h) in assignments(self.pairs, self.pairs):
            demand(sorted(g) == list(one) and [slots[k] for k in g] == slots, self.over, "has no such slots")
            demand(signs.get(tuple(g[k] for k in h)) == sign * other and abs(sign) == 1, self.over, "has no such law")
        demand(all(signs.get(s) == 1 for s in symmetries), self.over, "has other symmetries")

    def cumulant(self, order):
        if self.cumulants is None:  # the standard Gaussian law
            return ONE if order == 2 else {}
        demand(order <= len(self.cumulants), "no cumulant of order", order)
        return self.cumulants[order - 1]

    def blocks(self, node, first, others):
        """What is integrated out with the first factor, the δ's that this leaves, and the coefficient."""
        slots = [own for _, own in node.factors]
        if self.weingarten is not None:
            all = sorted((first, *others))
            sides = [node.factors[k][0] for k in all]
            tie = lambda pairing, slot: [(DELTA, (slots[all[x]][slot], slots[all[y]][slot])) for x, y in enumerate(pairing) if x < y]
            for rows, columns in assignments(self.pairings(sides), repeat=2):
                demand(joined(rows, columns) in self.weingarten, "no value of a class")
                yield all, tie(rows, 0) + tie(columns, 1), self.weingarten[joined(rows, columns)]
            return
        for size in range(len(others) + 1):
            value = self.cumulant(size + 1)
            for chosen in combinations(others, size) if value else ():
                block = (first, *chosen)
                yield block, [(DELTA, slot) for slot in zip(*(slots[k] for k in block))], value

    def tied(self, one, other):
        """The covariance of two random entries: δ's between their slots, each with its sign."""
        if len(self.random) == 1 or one[0] != other[0]:
            for sign, g in self.pairs or [(1, range(len(one[1])))]:
                yield sign, [(DELTA, (a, other[1][to])) for a, to in zip(one[1], g)]

    def moved(self, terms, entry, fixed):
        """The derivative of terms: for each random entry in each of them its covariance with one that is taken out.
        What is not `fixed` is marked with ~."""
        for term in terms:
            rename = {**{name: name + "~" for name in term.sums}, **fixed}
            factors = renamed(term.factors, rename)
            for k, factor in enumerate(factors):
                for sign, deltas in self.tied(entry, factor) if factor[0] in self.random else ():
                    sums = {name + "~": space for name, space in term.sums.items()}
                    yield Term(times(term.coefficient, {(): Fraction(sign)}), sums, factors[:k] + factors[k + 1:] + deltas)

    def derivative(self, entry, tensor, own):
        """Of one factor: covariances, f'(u) du for a function f(u), -R dM R for the inverse R of M."""
        kind, *rest = self.theory.values[tensor]
        if tensor in self.random:
            yield from (Term({(): Fraction(sign)}, {}, deltas) for sign, deltas in self.tied(entry, (tensor, own)))
        elif self.theory.is_function(tensor, self.over):
            _, names, order, legs, terms = rest
            demand(order + 1 < len(names), tensor, "has no derivative")
            for term in self.moved(terms, entry, dict(zip(legs, own))):
                yield term._replace(factors=term.factors + [(names[order + 1], own)])
        elif not self.leaves([(tensor, own)]):
            demand(self.is_resolvent(tensor), tensor, "is made of", self.over)
            legs, terms = rest
            half, between = len(legs) // 2, tuple(name + "~" for name in legs)
            for term in self.moved(terms, entry, dict(zip(legs, between))):
                sums = {**dict(zip(between, legs.values())), **term.sums}
                sides = [(tensor, own[:half] + between[:half]), (tensor, between[half:] + own[half:])]
                yield Term(times(term.coefficient, {(): Fraction(-1)}), sums, term.factors + sides)

    def is_resolvent(self, tensor):
        """Whether it inverts a matrix in which what is random stands as it is."""
        kind, *rest = self.theory.values[tensor]
        return kind == "inverse" and all(self.leaves(term.factors, but=self.random) for term in rest[1])

    def by_parts(self, node, ties, first):
        """E x_s F = Σ_t E[x_s x_t] E dF/dx_t, factor by factor of F."""
        for k, (tensor, own) in enumerate(node.factors):
            rest = [factor for place, factor in enumerate(node.factors) if place not in (first, k)]
            for term in self.derivative(node.factors[first], tensor, own) if k != first else ():
                yield Term(term.coefficient, {**node.sums, **term.sums}, ties + rest + term.factors)

    def averaged(self, node, ties, record):
        """The functions of a node without random entries become their mean."""
        mean, at = take(record, "mean", "at")
        places = [numeral(word, len(node.factors)) for word in words(at)]
        functions = [k for k, (tensor, _) in enumerate(node.factors) if self.theory.is_function(tensor, self.over)]
        demand(sorted(places) == functions and self.leaves(node.factors, but=[node.factors[k][0] for k in places]), "not a mean")
        demand(self.theory.values.get(mean, ())[:3] == ("mean", self.over, [node.factors[k][0] for k in places]), "not", mean)
        rest = [factor for k, factor in enumerate(node.factors) if k not in places]
        yield Term(ONE, node.sums, ties + rest + [(mean, tuple(i for k in places for i in node.factors[k][1]))])

    def __call__(self, node, ties, legs, record):
        if "mean" in record:
            demand(not self.once, "a mean in a step by parts")
            yield from self.averaged(node, ties, record)
            return
        first, = take(record, "integrate")
        mine = [k for k, (tensor, _) in enumerate(node.factors) if tensor in self.random]
        demand(first in mine, "what is integrated is not random")
        made = [tensor for tensor, _ in node.factors if tensor not in self.random and not self.leaves([(tensor, ())])]
        demand(self.once or all(self.theory.is_function(tensor, self.over) for tensor in made), "a factor is made of", self.over)
        if self.cumulants is None and self.weingarten is None:  # Gaussian
            yield from self.by_parts(node, ties, first)
            return
        demand(not made and not self.once, "by parts under another law")
        for block, agree, value in self.blocks(node, first, [k for k in mine if k != first]):
            rest = [factor for k, factor in enumerate(node.factors) if k not in block]
            yield Term(value, node.sums, ties + agree + rest)

    def finished(self, factors):
        return self.once or self.leaves(factors)

    def leaves(self, factors, but=()):
        """Whether nothing here is random, other than the tensors named."""
        return all(t == DELTA or t in but or not self.theory.made_of(t) & {*self.random} for t, _ in factors)


def follow(theory, legs, record, left, right, act):
    """Whether left - right cancels once every node has passed its coefficient on to what it becomes."""
    records, *sides = take(record, "nodes", "left", "right")
    nodes, amounts = [], [{} for _ in items(records)]
    for node in records:
        sums, factors, action, into = take(node, "sum", "product", optional=("do", "into"))
        term = theory.product(sums, factors, legs)
        node, roots = contracted(term, legs)
        demand((node.coefficient, node.sums) == (ONE, term.sums), "a node has a loop, or a δ on a summed index")
        nodes.append((node, roots, action, [] if into is None else items(into)))

    def enter(word, term, after, amount):
        number, *rest = words(word)
        target = numeral(number, len(nodes))
        demand(target > after, "the nodes are out of order")
        (node, roots, *_), (own, own_roots) = nodes[target], contracted(term, legs)
        names = [word for word in rest if ":" not in word]
        demand(sorted(names) == sorted(own.sums), "the renaming", word, "has not each index of its term once")
        demand([own.sums[name] for name in names] == list(node.sums.values()), "the renaming", word, "mixes spaces")
        for place, _, turn in (word.partition(":") for word in rest if ":" in word):
            place = numeral(place, len(own.factors))
            own.factors[place] = turned(theory, own.factors[place], turn)
        same = sorted(renamed(own.factors, dict(zip(names, node.sums)))) == sorted(node.factors)
        demand(same and own_roots == roots, "a term is not the node", number)
        amounts[target] = plus(amounts[target], times(own.coefficient, amount))

    for terms, words_of_side in zip((left, scaled(right, {(): Fraction(-1)})), sides):
        demand(len(terms) == len(items(words_of_side)), "a side of", len(terms), "terms has", len(words_of_side))
        for term, word in zip(terms, words_of_side):
            enter(word, term, -1, ONE)
    taken = []
    for number, (node, roots, action, into) in enumerate(nodes):
        if action is None:
            demand(not into and act.finished(node.factors), "node", number, "is unfinished")
            demand(vanishes(amounts[number]), "the sides differ at node", number)
        else:
            ties = [(DELTA, pair) for pair in zip(roots, legs) if pair[0] != pair[1]]
            becomes = list(act(node, ties, legs, action))
            taken.append((Term(amounts[number], node.sums, node.factors + ties), action.get("integrate")))
            demand(len(becomes) == len(into), "node", number, "becomes", len(becomes), "terms")
            for term, word in zip(becomes, into):
                enter(word, term, number, amounts[number])
    return len(nodes), taken


# --- certificates --------------------------------------------------------------------------------------------------------

def dropped_by(theory, legs, kept, record):
    """The terms that ≈ drops: every symbol and every tensor that is left has an order, and the number parts them."""
    orders, below, dropped = take(record, "orders", "below", "terms")
    given = [word.partition("^") for word in words(orders)]
    demand(all((s in theory.symbols or s in theory.slots) and INTEGER.fullmatch(k) for s, _, k in given), "the orders")
    orders = {symbol: int(order) for symbol, _, order in given}
    demand(UNIT not in orders and all(orders.get(space, 0) >= 0 for space in theory.spaces), "an order that nothing can have")
    demand(len(orders) == len(given) and type(below) is int, "two orders of one symbol, or none to part by")
    dropped = theory.terms(dropped, legs)
    for terms, dropping in ((kept, False), (dropped, True)):
        for term in terms:
            demand(contracted(term, legs)[0].coefficient == term.coefficient, "≈ beside a sum that is a dimension")
            tensors = [(tensor, 1) for tensor, _ in term.factors if tensor != DELTA]
            for tensor, _ in tensors:
                theory.assume(f"each factor {tensor} counts as of order {orders.get(tensor)} under ≈")
            for monomial in term.coefficient:
                powers = [(s, k) for s, k in (*monomial, *tensors) if s != UNIT]
                demand(all(s in orders for s, _ in powers), "≈ with a symbol or a tensor that has no order")
                demand((sum(orders[s] * k for s, k in powers) < below) == dropping, "≈ keeps or drops a term wrongly")
    return dropped


def check_step(theory, legs, left, record):
    """The flow of a step; what it reaches, its nodes, and what the field is to compare."""
    name, by, to, flow = take(record, "name", "by", "to", "flow")
    demand(type(name) is str, "the name of a step")
    right, dropped, (kind, how) = theory.terms(to, legs), [], only(by)
    if kind in ("expectation", "parts"):
        over, *law = take(how, "over", optional=("cumulants", "pairs", "conjugate", "weingarten"))
        act = Expectation(theory, kind == "parts", over, *law)
        demand(all(act.finished(term.factors) for term in right), over, "is left behind its expectation")
    else:
        demand(kind in ("rewriting", "dropping"), "a step by", kind)
        act = Rewriting(theory, how if kind == "rewriting" else [])
        dropped = dropped_by(theory, legs, right, how) if kind == "dropping" else []
    nodes, taken = follow(theory, legs, flow, left, right + dropped, act)
    return right, nodes, (legs, left, right + dropped, act if kind in ("expectation", "parts") else None, taken)


def written(records):
    """Terms as they stand in the file; what is long is cut."""
    sums = (f"({' + '.join(r['coefficient'])}) {' · '.join(r['product'])}".strip() for r in records)
    text = " + ".join(sums) or "0"
    return text if len(text) < 400 else text[:400] + " …"


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


def check(path):
    """What is accepted, and the chains in the words of the file."""
    with open(path, "rb") as file:
        text = file.read()
    record, seed = load(text.decode("utf-8")), hashlib.sha256(text).hexdigest()
    form, version, title, theories, chains = take(record, "format", "version", "title", "theories", "chains")
    demand(form == "tensor-dyson certificate" and (type(version), version) == (int, 1), "not a certificate of version 1")
    demand(type(title) is str, "the title")
    theories = [Theory(theory) for theory in items(theories)]
    nodes, sides, statements = 0, [], []
    demand(items(chains), "nothing is stated")
    for chain in chains:
        number, legs, begin, records = take(chain, "theory", "legs", "begin", "steps")
        demand(type(number) is int and 0 <= number < len(theories), "the theory", number)
        theory = theories[number]
        legs = theory.indices(legs)
        reached = theory.terms(begin, legs)
        demand(items(records), "a chain without a step")
        for record in records:
            reached, more, compared = check_step(theory, legs, reached, record)
            nodes += more
            sides.append((number, compared))
        statements.append(f"    [{chain['legs']}] {written(begin)}")
        statements += [f"    {relation(record['by'])} {written(record['to'])}" for record in records]
    points = [Points(theory, seed) for theory in theories]
    for number, compared in sides:
        points[number].compare(*compared)
    assumed = sorted({text for theory in theories for text in theory.assumed})
    said = f"{title} [{len(chains)} chains, {len(sides)} steps, {nodes} nodes]" + "".join(f"; assuming {a}" for a in assumed)
    return said, statements


def main(paths, verbose):
    refused = 0 if paths else 1
    for path in paths:
        try:
            said, statements = check(path)
            print(f"accepted {path}: {said}", *statements if verbose else [], sep="\n")
        except Exception as error:  # whatever cannot even be read is no proof
            refused += 1
            kind = "" if isinstance(error, Refused) else f"malformed, {type(error).__name__}: "
            print(f"REFUSED {path}: {kind}{error}")
    print(f"{len(paths) - refused} of {len(paths)} accepted" if paths else "usage: check.py FILE...")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main([path for path in sys.argv[1:] if path != "-v"], "-v" in sys.argv[1:]))
