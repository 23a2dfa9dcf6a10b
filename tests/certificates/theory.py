"""What a certificate says: theories, with what they declare, and terms in the letters of a theory."""
from collections import Counter, namedtuple
from fractions import Fraction
from math import prod
import re

from coefficients import ONE, POLE, constant, plus, symbol, times
from printed import turning
from reading import DELTA, INTEGER, UNIT, demand, fresh, items, look, numeral, only, take, words
from terms import Term, all_alike, mark, placed, renamed, scaled, sources

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,899})(/[1-9][0-9]{0,899})?")

FIELDS = {
    "defined": ["legs", "terms"], "inverse": ["legs", "terms"], "conjugate": None, "singular": ["modes", "vectors"],
    "function": ["of", "derivatives", "legs", "terms"], "mean": ["of", "legs", "terms"],
}
FORMED = ("defined", "inverse", "function", "mean")  # whose values come of terms


Rule = namedtuple("Rule", "legs left right needs assumed")  # all rules that it rests on; what it says if it is assumed


class Theory:
    def __init__(self, record, said):
        self.said = said  # what the file says, in all of its theories
        spaces, scalars, tensors, self.unread, conditions = take(
            record, "spaces", "scalars", "tensors", "rules", optional=("conditions",))
        self.symbols, self.slots, self.groups, self.values, self.rules, self.assumed = [], {}, {}, {}, {}, []
        self.reaches, self.counts, self.made, self.records = {}, {}, {}, {}
        self.used, self.tested = set(), []  # rules; symmetries of matrices that only the field tells
        self.spaces = words(spaces)
        demand(UNIT not in self.spaces, "a dimension is called", UNIT)
        for kind, name in [("dimension", s) for s in self.spaces] + [("scalar", s) for s in words(scalars)]:
            self.symbols.append(fresh(name, self.symbols))
            self.agree(name, kind, bare=True)
        self.conditions, self.orders = [], {}
        for large, small in map(words, items(conditions or [])):
            self.at_least(large, small if small in self.spaces else numeral(small, 1000))
        for tensor in items(tensors):
            self.record = tensor
            self.declare(*take(tensor, "name", "slots", "symmetries", "values"))

    def agree(self, what, meaning, bare=False):
        """One thing is said of one name, and of no two that look alike, in a file; l and O, bare, look like numbers."""
        demand(not bare or look(what).strip("Ol23456789"), "the name", what)
        known = self.said.setdefault(look(what), (what, meaning))
        demand(known == (what, meaning), "two meanings of", what)

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
        for value, *powers in (words(monomial) or [""] for monomial in items(monomials)):
            demand(NUMBER.fullmatch(value) and Fraction(value), "the coefficient", value[:20])
            term = constant(value)
            for word in powers:
                term = times(term, self.power(*word.partition("^")))
            for powers_of, value in term.items():
                total[powers_of] = total.get(powers_of, 0) + value
        return {powers_of: value for powers_of, value in total.items() if value}

    def power(self, name, hat, exponent):
        pole = POLE.fullmatch(name)
        demand((pole[1] if pole else name) in self.symbols, "the symbol", name)
        demand(not hat or INTEGER.fullmatch(exponent) and int(exponent), "the power", exponent)
        exponent = int(exponent or 1)
        demand(not pole or exponent in range(-99, 0), "the power of a pole", exponent)
        if pole and pole[1] in self.spaces:
            self.at_least(pole[1], 1 - int(pole[2]))
        elif exponent < 0 and name not in self.spaces and name != UNIT:
            self.assume(f"{name} ≠ 0")
        return symbol(name, exponent)

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
        self.agree(name, self.record, bare=not slots)
        self.groups[name], self.values[name] = {tuple(identity), *map(tuple, symmetries)}, values
        kind, *rest = values
        made = rest if kind in ("part", "conjugate") else rest[1] if kind == "mean" else []
        if kind in ("defined", "inverse", "function"):
            made = sources(rest[-1])
        self.made[name] = {name}.union(*map(self.made_of, made)) - ({rest[0]} if kind == "mean" else set())
        self.reaches[name] = self.reach(rest[-1] if kind in FORMED else [], kind == "inverse")
        self.counts[name] = (kind != "defined") + (self.count(rest[-1]) if kind in ("defined", "inverse") else 0)
        self.records[name] = self.record

    def made_of(self, tensor):
        """The tensors that go into the values of one, with itself; a mean is made of what its forms hold."""
        return self.made[tensor]

    def reach(self, terms, inverted=False):
        """Of each dimension the most sums in a term, and the highest powers in a coefficient over the poles of all, with those
        of what tensors are made of. Any sum may turn out a power of the dimension. In the entries of an inverse all terms of its
        matrix, written out, may stand in one product."""
        sums, highest, factors, powers = Counter(), Counter(), Counter(), Counter()
        for term in terms:
            own = Counter()
            for monomial in term.coefficient:
                own |= Counter({(symbol, k > 0): abs(k) for symbol, k in monomial})
            summed = sum((self.reaches[tensor][0] for tensor in sources([term])), Counter(term.sums.values()))
            for total, more in ((sums, summed), (highest, own), (factors, Counter(sources([term])))):
                total |= more if not inverted else Counter({k: total[k] + n * self.count([term]) for k, n in more.items()})
        for (symbol, _), k in highest.items():
            pole = POLE.fullmatch(symbol)
            powers[pole[1] if pole else symbol] += k
        for tensor, count in factors.items():
            powers.update({space: count * k for space, k in self.reaches[tensor][1].items()})
        return sums, powers

    def count(self, terms):
        """How many terms these are if what is defined is written out, or many."""
        return min(sum(prod(self.counts[tensor] for tensor in sources([term])) for term in terms), 10**6)

    def scope(self, legs, terms):
        """The tensors that terms are made of, and the dimensions that their values may hang on."""
        tensors, (sums, powers) = set().union(*map(self.made_of, sources(terms))), self.reach(terms)
        found = {*legs.values(), *sums, *powers}.union(*(self.slots[tensor] for tensor in tensors))
        return tensors, [space for space in self.spaces if space in found]

    def use(self, rules):
        """What rules assume that are used, and those that they rest on."""
        for name in rules.union(*(self.rules[name].needs for name in rules)) - self.used:
            self.used.add(name)
            if self.rules[name].assumed:
                self.assume(self.rules[name].assumed)

    def declare(self, name, slots, symmetries, values):
        slots = words(slots)
        symmetries = [[numeral(w, len(slots)) for w in words(s)] for s in items(symmetries)]
        kind, value = (values, None) if values in ("free", "hermitian") else only(values)
        demand(not symmetries or kind in ("free", "inverse", "mean"), name, "has symmetries that nothing gives it")
        if kind is values:
            demand(kind == "free" or len(slots) == 2 and slots[0] == slots[1], name, "is not square")
            return self.tensor(name, slots, symmetries, (kind,))
        demand(kind in FIELDS, "values that are", kind)
        fields = [value] if kind == "conjugate" else take(value, *FIELDS[kind])
        getattr(self, kind)(name, slots, symmetries, *fields)

    def over(self, name, slots, legs, terms):
        """The legs and the terms of what declares a tensor."""
        legs = self.indices(legs)
        demand(list(legs.values()) == slots, "the legs of", name)
        return legs, self.terms(terms, legs)

    def defined(self, name, slots, symmetries, legs, terms):
        self.tensor(name, slots, symmetries, ("defined", *self.over(name, slots, legs, terms)))

    def inverse(self, name, slots, symmetries, legs, terms):
        half = len(slots) // 2
        legs, terms = self.over(name, slots, legs, terms)
        demand(slots[:half] == slots[half:], "the matrix of", name, "is not square")
        for s in symmetries:  # the inverse has those of its matrix that move columns as rows, or exchange both
            rows = [k % half for k in s[:half]]
            demand(s in (rows + [k + half for k in rows], [k + half for k in rows] + rows), "the symmetry", s, "of", name)
            turned = dict(zip(legs, (list(legs)[k] for k in s)))
            turned = [term._replace(factors=renamed(term.factors, turned)) for term in terms]
            if not all_alike(self.groups, legs, turned, terms):
                self.tested.append((name, legs, terms, turned))
                self.assume(f"the matrix that {name} inverts has the symmetry {turning(s)}, as at all points tried")
        self.assume(f"the matrix that {name} inverts is invertible")
        self.tensor(name, slots, symmetries, ("inverse", legs, terms))

    def conjugate(self, name, slots, symmetries, of):
        demand(self.values.get(of) == ("free",) and self.slots[of] == slots, name, "is no conjugate")
        demand(len(self.groups[of]) == 1, of, "has symmetries")
        self.agree(f"the conjugate of {of}", name)
        self.agree(f"the conjugate of {name}", of)
        self.tensor(name, slots, symmetries, ("conjugate", of))

    def singular(self, name, slots, symmetries, modes, vectors):
        u, s, v = words(vectors)
        rows, columns = slots
        self.tensor(name, slots, symmetries, ("singular", u, s, v))
        for vector, own in ((u, [modes, rows]), (s, [modes]), (v, [modes, columns])):
            self.tensor(vector, own, [], ("part", name))
            self.made[name].add(vector)

    def function(self, name, slots, _, of, derivatives, legs, terms):
        """A function with its derivatives at a form that is linear in a tensor with independent entries."""
        names, (legs, terms) = words(derivatives), self.over(name, slots, legs, terms)
        demand(names[:1] == [name], "the legs of", name)
        demand(self.values.get(of) == ("free",) and len(self.groups[of]) == 1, of, "is not of independent entries")
        for term in terms:
            random = [tensor for tensor in sources([term]) if of in self.made_of(tensor)]
            demand(random == [of], name, "is of a form that is not linear")
        for order, derivative in enumerate(names):
            self.tensor(derivative, slots, [], ("function", of, names, order, legs, terms))
        self.agree(f"the conjugate of {of}", None)
        self.assume(f"{derivatives}: a function with its derivatives, each the integral of the next and of polynomial growth")

    def mean(self, name, slots, symmetries, of, legs, terms):
        """The mean over standard Gaussian entries of a product of functions whose indices are the legs in order."""
        legs, (term,) = self.over(name, slots, legs, terms)
        functions = [tensor for tensor, _ in term.factors]
        over = [i for _, own in term.factors for i in own]
        is_mean = all(self.is_function(tensor, of) for tensor in functions) and over == list(legs)
        demand(is_mean and term.coefficient == ONE and not term.sums, name, "is no such mean")
        for s in symmetries:
            turned = renamed(term.factors, dict(zip(legs, (list(legs)[k] for k in s))))
            demand(sorted(turned) == sorted(term.factors), name, "has not its symmetry")
        self.agree(f"the law of {of}", frozenset({(1, tuple(range(len(self.slots[of]))))}))
        self.tensor(name, slots, symmetries, ("mean", of, functions, legs, [term]))

    def is_function(self, tensor, of):
        return self.values.get(tensor, ())[:2] == ("function", of)

    def fact(self, of, form, legs):
        """Both sides of what a declaration says, over these legs; its own indices are marked with ~."""
        demand(of in self.values, "the tensor", of)
        kind, *rest = self.values[of]
        names, half = list(legs), len(legs) // 2
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
        if form == "value":
            return [Term(ONE, {}, [(of, tuple(names))])], list(placed(terms, dict(zip(own, names))))
        rows, columns = names[:half], names[half:]
        if form == "right":
            between = list(map(mark, own))[half:]
            matrix, inverse = rows + between, (of, (*between, *columns))
        else:
            between = list(map(mark, own))[:half]
            matrix, inverse = between + columns, (of, (*rows, *between))
        product = [Term(term.coefficient, {**dict(zip(between, own.values())), **term.sums}, term.factors + [inverse])
                   for term in placed(terms, dict(zip(own, matrix)))]
        return product, [Term(ONE, {}, [(DELTA, pair) for pair in zip(rows, columns)])]
