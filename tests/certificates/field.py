"""The second check of `check.py`: both sides of a step evaluated at points of two prime fields.

Nothing here knows of flows, rules or renamings. A value is a residue, or, where a tensor is random, a polynomial in
its entries, {packed exponents: residue}, whose expectation is taken monomial by monomial from moments.
"""
import random
from itertools import combinations, product as assignments
from math import comb, prod

DELTA = "δ"


class Refused(Exception):
    """Why a certificate is not accepted."""


def demand(holds, *reason):
    if not holds:
        raise Refused(" ".join(map(str, reason)))


def drawn_prime(draw):
    """A prime between 2^60 and 2^61 that is 1 mod 4, by the test of Miller and Rabin with bases that decide every
    number below 3e24 (Sorenson and Webster 2015). Nobody knows it before the file is written."""
    def passes(base, p):
        halvings = ((p - 1) & (1 - p)).bit_length() - 1
        powers = [pow(base, (p - 1) >> k, p) for k in range(halvings, -1, -1)]
        return powers[0] == 1 or p - 1 in powers[:-1]
    while True:
        p = 4 * draw.randrange(2**58, 2**59) + 1
        if all(passes(base, p) for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
            return p


def multiply(a, b, p):
    if type(a) is int and type(b) is int:
        return a * b % p
    total = {}
    for (m, x), (k, y) in assignments(*((v if type(v) is dict else {0: v}).items() for v in (a, b))):
        total[m + k] = (total.get(m + k, 0) + x * y) % p
    return total


def add(a, b, p):
    if type(a) is int and type(b) is int:
        return (a + b) % p
    a, b = (v if type(v) is dict else {0: v} for v in (a, b))
    return {m: (a.get(m, 0) + b.get(m, 0)) % p for m in {*a, *b}}


def inverted(matrix, p):
    """The inverse of a matrix, by elimination."""
    size = range(len(matrix))
    rows = [row + [int(i == j) for j in size] for i, row in enumerate(matrix)]
    for k in size:
        pivot = next((r for r in size[k:] if rows[r][k]), None)
        demand(pivot is not None, "a matrix that is inverted is singular")
        rows[k], rows[pivot] = rows[pivot], rows[k]
        scale = pow(rows[k][k], p - 2, p)
        rows[k] = [x * scale % p for x in rows[k]]
        for r in size:
            if r != k and rows[r][k]:
                factor = rows[r][k]
                rows[r] = [(x - factor * y) % p for x, y in zip(rows[r], rows[k])]
    return [row[len(size):] for row in rows]


class Point:
    """Values for the dimensions, scalars and tensors of a theory, drawn from a seed."""

    def __init__(self, theory, p, sizes, seed):
        self.p, self.draw, self.sizes, self.tables = p, random.Random(seed), dict(zip(theory.spaces, sizes)), {}
        self.symbols = {s: self.sizes.get(s) or self.draw.randrange(1, p) for s in theory.symbols}
        for name, (kind, *rest) in theory.values.items():
            if kind != "part":
                getattr(self, kind)(theory, name, *rest)
                table = self.tables[name]
                for s in theory.groups[name]:
                    even = all(table[tuple(key[k] for k in s)] == value for key, value in table.items())
                    demand(even, name, "has not its symmetry at", *sizes)

    def all(self, spaces):
        return assignments(*(range(self.sizes[space]) for space in spaces))

    def free(self, theory, name):
        table = self.tables[name] = {}
        for key in self.all(theory.slots[name]):
            like = min(tuple(key[k] for k in s) for s in theory.groups[name])
            table[key] = table[like] if like in table else self.draw.randrange(self.p)

    def defined(self, theory, name, legs, terms):
        self.tables[name] = self.evaluate(terms, legs)

    def inverse(self, theory, name, legs, terms):
        matrix, rows = self.evaluate(terms, legs), list(self.all(theory.slots[name][:len(legs) // 2]))
        inverse = inverted([[matrix[i + j] for j in rows] for i in rows], self.p)
        self.tables[name] = {i + j: inverse[a][b] for a, i in enumerate(rows) for b, j in enumerate(rows)}

    def singular(self, theory, name, left, values, right):
        """Σ_k s_k u_k v_k' with Cayley's orthogonal (1 - A)(1 + A)^-1; beyond min(d, p) modes s is 0."""
        modes, bases = range(self.sizes[theory.slots[values][0]]), []
        for vectors, space in zip((left, right), theory.slots[name]):
            size = range(self.sizes[space])
            a = [[0] * len(size) for _ in size]
            for i, j in combinations(size, 2):
                a[i][j] = self.draw.randrange(self.p)
                a[j][i] = -a[i][j]
            back = inverted([[a[i][j] + (i == j) for j in size] for i in size], self.p)
            basis = {(k, i): sum(((i == m) - a[i][m]) * back[m][k] for m in size) % self.p for k in size for i in size}
            bases.append(basis)
            self.tables[vectors] = {(k, i): basis.get((k, i), 0) for k in modes for i in size}
        least = min(self.sizes[space] for space in theory.slots[name])
        s = self.tables[values] = {(k,): self.draw.randrange(self.p) if k < least else 0 for k in modes}
        u, v = bases
        self.tables[name] = {(i, j): sum(s[k,] * u[k, i] * v[k, j] for k in modes if k < least) % self.p
                             for i, j in self.all(theory.slots[name])}

    def coefficient(self, coefficient):
        total = 0
        for monomial, value in coefficient.items():
            product = value.numerator * pow(value.denominator, self.p - 2, self.p)
            for symbol, power in monomial:
                product = product * pow(self.symbols[symbol], power % (self.p - 1), self.p) % self.p
            total += product
        return total % self.p

    def evaluate(self, terms, legs, given={}):
        """The value at every assignment of the legs; the sums of a term are carried out one by one."""
        total = dict.fromkeys(self.all(legs.values()), 0)
        for term in terms:
            spaces, factors = {**legs, **term.sums}, [((), {(): self.coefficient(term.coefficient)})]
            for tensor, own in term.factors:
                equal = {(k,) * len(own): 1 for k in range(self.sizes[spaces[own[0]]])} if tensor == DELTA else None
                factors.append((own, equal or given.get(tensor) or self.tables[tensor]))

            def beside(name):
                return list(dict.fromkeys(n for own, _ in factors if name in own for n in own if n != name))
            left = list(term.sums)
            while left:
                name = min(left, key=lambda n: prod(self.sizes[spaces[k]] for k in beside(n)))
                left.remove(name)
                table = self.joined([f for f in factors if name in f[0]], beside(name), [name], spaces)
                factors = [f for f in factors if name not in f[0]] + [(beside(name), table)]
            for key, value in self.joined(factors, list(legs), [], spaces).items():
                total[key] = add(total[key], value, self.p)
        return total

    def joined(self, factors, names, summed, spaces):
        """The product of tables, summed over one index or none, as a table."""
        at, result = {name: k for k, name in enumerate(names + summed)}, {}
        places = [([at[name] for name in own], table) for own, table in factors]
        for key in self.all(spaces[name] for name in names):
            total = 0
            for last in self.all(spaces[name] for name in summed):
                whole, value = key + last, 1
                for place, table in places:
                    value = multiply(value, table.get(tuple([whole[k] for k in place]), 0), self.p)
                    if not value:
                        break
                total = add(total, value, self.p)
            if total:
                result[key] = total
        return result

    def expected(self, terms, legs, over, cumulant):
        """The expectation of `evaluate` over independent entries: E x^k for the power k of each."""
        entries = {key: {1 << 8 * k: 1} for k, key in enumerate(self.tables[over])}
        values, moments = self.evaluate(terms, legs, {over: entries}), [1]
        for k in range(1, most(terms, over) + 1):
            parts = (comb(k - 1, j - 1) * self.coefficient(cumulant(j)) * moments[k - j] for j in range(1, k + 1))
            moments.append(sum(parts) % self.p)
        for key, value in values.items():
            values[key] = 0
            for powers, product in value.items() if type(value) is dict else [(0, value)]:
                while powers:
                    product, powers = product * moments[powers & 255] % self.p, powers >> 8
                values[key] = (values[key] + product) % self.p
        return values


def most(terms, over):
    """The most random factors of a term."""
    return max((sum(tensor == over for tensor, _ in term.factors) for term in terms), default=0)


class Points:
    """The points of a theory, whose rules must hold at them."""

    def __init__(self, theory, seed):
        self.theory, self.seed, self.known = theory, seed, {}
        self.primes = (2**61 - 1, drawn_prime(random.Random(seed)))
        # What is not derived from the rest is tested at sizes above the number of its indices.
        matrices = [(v[1], v[2]) for v in theory.values.values() if v[0] == "inverse"]
        assumed = (rule for name, rule in theory.rules.items() if f"the rule {name}" in theory.assumed)
        rules = [(legs, [left, *right]) for legs, left, right in assumed]
        large = max((len(legs) + len(term.sums) for legs, terms in matrices + rules for term in terms), default=1)
        for p, first in assignments(self.primes, {2, large + 1}):
            self.at(p, range(first, first + len(theory.spaces)))

    def at(self, p, sizes):
        key = (p, *sizes)
        if key not in self.known:
            point = self.known[key] = Point(self.theory, p, sizes, f"{self.seed} {key}")
            for name, (legs, left, right) in self.theory.rules.items():
                demand(point.evaluate([left], legs) == point.evaluate(right, legs), "the rule", name, "fails at", *sizes)
        return self.known[key]

    def compare(self, legs, left, right, over=None, cumulant=None):
        """Whether both sides agree at sizes 2, 3, ..., and at those for which an expectation is affordable."""
        spaces = self.theory.spaces
        for turn, p in enumerate(self.primes):
            patterns = [range(2, 2 + len(spaces)), (2, 3, 2), (2, 2, 2), (1, 2, 2), (2, 1, 2), (1, 1, 2)]
            for pattern in patterns[turn:] if over else patterns[:1]:
                sizes = [pattern[(k + turn) % len(pattern)] for k in range(len(spaces))]
                entries = prod(dict(zip(spaces, sizes))[space] for space in self.theory.slots[over]) if over else 0
                if len(left) * comb(entries + most(left, over) // 2, entries) ** 2 < 100_000:
                    break
            point = self.at(p, sizes)
            one = point.expected(left, legs, over, cumulant) if over else point.evaluate(left, legs)
            demand(one == point.evaluate(right, legs), "the sides differ at", *sizes)
