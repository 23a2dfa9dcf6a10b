"""What an expectation makes of a product: integration over one tensor under its law."""
from collections import Counter
from fractions import Fraction
from itertools import combinations, product as assignments, takewhile
from math import comb

from coefficients import ONE, constant, plus, symbol, times, vanishes
from reading import DELTA, INTEGER, UNIT, demand, items, numeral, take, words
from terms import Term, mark, placed


def cycles(p, q):
    """Half the lengths of the cycles that two pairings form together, descending."""
    left, lengths = set(range(len(p))), []
    while left:
        first = at = min(left)
        lengths.append(0)
        while at in left:
            left -= {at, p[at]}
            at = q[p[at]]
            lengths[-1] += 1
        demand(at == first, "two lists that are no pairings")
    return tuple(sorted(lengths, reverse=True))


def moments(cumulants):
    """E x^k for k = 0, 1, ..."""
    found = [1]
    for k in range(1, len(cumulants) + 1):
        found.append(sum(comb(k - 1, j - 1) * cumulants[j - 1] * found[k - j] for j in range(1, k + 1)))
    return found


def exist(moments):
    """Whether a law on the line has them: by elimination in the matrix of E x^(j+k), whose pivots are the mean squares of
    the orthogonal polynomials. Where one is 0 the law has finitely many atoms, and the row is 0."""
    rows = []
    for k in range((len(moments) + 1) // 2):
        row = moments[k:]
        for p, known in enumerate(rows):
            factor = row[p] / known[p]
            row = [x - factor * y for x, y in zip(row, known)]
        if row[k] <= 0:
            return not any(row)
        rows.append(row)
    return True


class Expectation:
    """Of independent entries E x_1 ... x_m = Σ over the blocks B that hold 1 of κ_|B| δ(the slots of B agree) E(the
    others); of Gaussian ones that are tied, Σ over j > 1 and g of χ(g) δ(the slots of 1, those of j moved by g) E(the
    others), where a complex tensor pairs with its conjugate only; of all entries of a uniform matrix of a group, Σ over a
    pairing of their rows and one of their columns of the Weingarten function of both."""

    def __init__(self, theory, once, over, cumulants, pairs, conjugate, weingarten):
        self.theory, self.over, self.random = theory, over, [over] + ([conjugate] if conjugate is not None else [])
        self.once = once  # whether entries are taken out by parts, and others may stay
        if once:
            theory.assume(f"what is integrated by parts over {over} and its derivatives have means, and boundary terms vanish")
        self.cumulants = self.pairs = self.weingarten = None
        kind = theory.values.get(over, ("nothing",))[0]
        demand([cumulants, pairs, weingarten].count(None) > 1, "two laws of", over)
        if conjugate is not None:
            both = [(theory.values.get(one), other) for one, other in ((over, conjugate), (conjugate, over))]
            demand(any(values == ("conjugate", other) for values, other in both), conjugate, "is not the conjugate of", over)
            demand(pairs or weingarten is not None, over, "is complex")
        elif kind == "hermitian":
            demand(pairs == ["1 1 0"], over, "is Hermitian")
        else:
            demand(kind == "free" and ("conjugate", over) not in theory.values.values(), over, "is not of independent entries")
        slots = theory.slots[over]
        demand(pairs is not None or len(theory.groups[over]) == 1, over, "is not of independent entries")
        if weingarten is not None:
            demand(len(slots) == 2 and slots[0] == slots[1], over, "is not a matrix of a group")
            self.read_weingarten(items(weingarten))
        elif cumulants is not None:
            self.read_cumulants([theory.polynomial(c) for c in items(cumulants)])
        else:  # the standard Gaussian law pairs each entry with itself
            own = " ".join(map(str, ("1", *range(len(slots)))))
            self.read_pairs(items([own] if pairs is None else pairs), kind == "hermitian")
        theory.agree(f"the conjugate of {over}", conjugate)
        law = self.cumulants if cumulants is not None else frozenset(self.pairs or ["uniform in its group"])
        for one in self.random:
            theory.agree(f"the law of {one}", law)

    def finished(self, factors):
        return self.once or self.leaves(factors)

    def leaves(self, factors, but=()):
        """Whether nothing here is random, other than the tensors named."""
        return all(t == DELTA or t in but or not self.theory.made_of(t) & {*self.random} for t, _ in factors)

    def is_resolvent(self, tensor):
        """Whether it inverts a matrix in which what is random stands as it is."""
        kind, *rest = self.theory.values[tensor]
        return kind == "inverse" and all(self.leaves(term.factors, but=self.random) for term in rest[1])

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
        if self.pairs is not None:
            yield from self.by_parts(node, ties, first)
            return
        demand(not made and not self.once, "by parts under another law")
        ways = self.blocks(node, first, mine) if self.weingarten is None else self.both_paired(node, mine)
        for block, agree, value in ways:
            rest = [factor for k, factor in enumerate(node.factors) if k not in block]
            yield Term(value, node.sums, ties + agree + rest)

    # Independent entries.

    def read_cumulants(self, cumulants):
        """Those that are numbers have to be of a law; with others the statement is an identity in them."""
        self.cumulants = cumulants
        numbers = [c.get((), Fraction(0)) for c in takewhile(lambda c: {*c} <= {()}, cumulants)]
        real = not any(symbol == UNIT for c in cumulants for monomial in c for symbol, _ in monomial)
        demand(real and exist(moments(numbers)), "no law has these cumulants of", self.over)
        if len(numbers) < len(cumulants):
            self.theory.assume(f"formal cumulants of {self.over}")

    def blocks(self, node, first, mine):
        """What is integrated out with the first factor, the δ's that this leaves, and the coefficient."""
        others = [k for k in mine if k != first]
        demand(len(mine) <= len(self.cumulants), "no cumulant of order", len(mine))
        for size in range(len(mine)):
            for chosen in combinations(others, size) if self.cumulants[size] else ():
                block = (first, *chosen)
                yield block, [(DELTA, slot) for slot in zip(*(node.factors[k][1] for k in block))], self.cumulants[size]

    # Gaussian entries.

    def read_pairs(self, pairs, hermitian):
        """Σ_g χ(g) g·Z is what it is called only if the g are a group, χ a character, and it has the symmetries."""
        read = [[int(word) if INTEGER.fullmatch(word) else word for word in words(pair)] for pair in pairs]
        self.pairs = [(sign, tuple(g)) for sign, *g in read]
        if hermitian:
            return
        slots = self.theory.slots[self.over]
        one, signs = tuple(range(len(slots))), {g: sign for sign, g in self.pairs}
        demand(signs.get(one) == 1 and len(signs) == len(self.pairs), self.over, "has no such law")
        for (sign, g), (other, h) in assignments(self.pairs, self.pairs):
            demand(sorted(g) == list(one) and [slots[k] for k in g] == slots, self.over, "has no such slots")
            demand(signs.get(tuple(g[k] for k in h)) == sign * other and abs(sign) == 1, self.over, "has no such law")
        demand(all(signs.get(s) == 1 for s in self.theory.groups[self.over]), self.over, "has other symmetries")

    def tied(self, one, other):
        """The covariance of two random entries: δ's between their slots, each with its sign."""
        if len(self.random) == 1 or one[0] != other[0]:
            for sign, g in self.pairs:
                yield sign, [(DELTA, (a, other[1][to])) for a, to in zip(one[1], g)]

    def by_parts(self, node, ties, first):
        """E x_s F = Σ_t E[x_s x_t] E dF/dx_t, factor by factor of F."""
        for k, (tensor, own) in enumerate(node.factors):
            rest = [factor for place, factor in enumerate(node.factors) if place not in (first, k)]
            for term in self.derivative(node.factors[first], tensor, own) if k != first else ():
                yield Term(term.coefficient, {**node.sums, **term.sums}, ties + rest + term.factors)

    def derivative(self, entry, tensor, own):
        """Of one factor: covariances, f'(u) du for a function f(u), -R dM R for the inverse R of M."""
        kind, *rest = self.theory.values[tensor]
        if tensor in self.random:
            yield from (Term(constant(sign), {}, deltas) for sign, deltas in self.tied(entry, (tensor, own)))
        elif self.theory.is_function(tensor, self.over):
            _, names, order, legs, terms = rest
            demand(order + 1 < len(names), tensor, "has no derivative")
            for term in self.moved(terms, entry, dict(zip(legs, own))):
                yield term._replace(factors=term.factors + [(names[order + 1], own)])
        elif not self.leaves([(tensor, own)]):
            demand(self.is_resolvent(tensor), tensor, "is made of", self.over)
            legs, terms = rest
            half, between = len(legs) // 2, tuple(map(mark, legs))
            for term in self.moved(terms, entry, dict(zip(legs, between))):
                sums = {**dict(zip(between, legs.values())), **term.sums}
                sides = [(tensor, own[:half] + between[:half]), (tensor, between[half:] + own[half:])]
                yield Term(times(term.coefficient, constant(-1)), sums, term.factors + sides)

    def moved(self, terms, entry, images):
        """The derivative of terms: for each random entry in each of them its covariance with one that is taken out."""
        for term in placed(terms, images):
            for k, factor in enumerate(term.factors):
                for sign, deltas in self.tied(entry, factor) if factor[0] in self.random else ():
                    rest = term.factors[:k] + term.factors[k + 1:]
                    yield Term(times(term.coefficient, constant(sign)), term.sums, rest + deltas)

    def averaged(self, node, ties, record):
        """The functions of a node without random entries become their mean."""
        mean, at = take(record, "mean", "at")
        places = [numeral(word, len(node.factors)) for word in words(at)]
        functions = [k for k, (tensor, _) in enumerate(node.factors) if self.theory.is_function(tensor, self.over)]
        chosen, own = [node.factors[k][0] for k in places], tuple(i for k in places for i in node.factors[k][1])
        demand(sorted(places) == functions and self.leaves(node.factors, but=chosen), "not a mean")
        demand(self.theory.values.get(mean, ())[:3] == ("mean", self.over, chosen), "not", mean)
        rest = [factor for k, factor in enumerate(node.factors) if k not in places]
        yield Term(ONE, node.sums, ties + rest + [(mean, own)])

    # Uniform matrices of a group.

    def read_weingarten(self, records):
        """The Weingarten function is what inverts the Gram matrix n^loops of the pairings; one column of it, since
        permutations of the factors exchange the columns."""
        self.weingarten, rows = {}, self.theory.slots[self.over][0]
        for part, value in (take(record, "class", "value") for record in records):
            part = tuple(numeral(word, 10) for word in words(part))
            demand(part not in self.weingarten and part == tuple(sorted(part, reverse=True)), "a class of", self.over)
            self.weingarten[part] = self.theory.polynomial(value)
        for pairs in {sum(part) for part in self.weingarten}:
            demand(pairs < 6, "too many entries of", self.over)
            self.theory.at_least(rows, pairs)
            pairings = self.pairings([0, 1] * pairs)
            for p in pairings:
                total = constant(-1) if p == pairings[0] else {}
                for (loops, part), met in Counter((len(cycles(p, q)), cycles(q, pairings[0])) for q in pairings).items():
                    demand(part in self.weingarten, "no value of the class", *part)
                    scale = times(symbol(rows, loops), constant(met))
                    total = plus(total, times(scale, self.weingarten[part]))
                demand(vanishes(total), "the Weingarten function of", self.over, "inverts nothing")

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

    def both_paired(self, node, mine):
        """All factors at once, the δ's of a pairing of the rows and one of the columns, and the coefficient."""
        def ties(pairing, slot):
            return [(DELTA, (node.factors[mine[x]][1][slot], node.factors[mine[y]][1][slot]))
                    for x, y in enumerate(pairing) if x < y]
        for rows, columns in assignments(self.pairings([node.factors[k][0] for k in mine]), repeat=2):
            demand(cycles(rows, columns) in self.weingarten, "no value of a class")
            yield mine, ties(rows, 0) + ties(columns, 1), self.weingarten[cycles(rows, columns)]
