"""The second check of `check.py`: both sides of a step evaluated at points of two prime fields.

Nothing here knows of flows, rules or renamings. A value is a residue, or, where a tensor is random, a polynomial in
its entries, {packed exponents: residue}, whose expectation is taken monomial by monomial from moments.
"""
import random
from collections import Counter, namedtuple
from itertools import combinations, permutations, product as assignments
from math import comb, factorial, perm, prod

from coefficients import ONE, POLE
from laws import cycles, moments
from reading import DELTA, UNIT, Refused, demand
from terms import sources

Gaussian = namedtuple("Gaussian", "over random pairs cumulants")  # an expectation over standard Gaussian entries
SMOOTH = 3  # the degree of the last derivatives of the polynomials that stand for arbitrary functions
ORDERED = 4  # the most dimensions of which all orders are tried
MOST = 500  # sizes that are tried
ENTRIES = 500_000  # of a tensor at a size
ROWS = 150  # of a matrix that is inverted


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


def powers(value):
    return value if type(value) is dict else {0: value}


def multiply(a, b, p):
    if type(a) is int and type(b) is int:
        return a * b % p
    total = {}
    for (m, x), (k, y) in assignments(powers(a).items(), powers(b).items()):
        total[m + k] = (total.get(m + k, 0) + x * y) % p
    return total


def unpacked(exponents):
    """The exponents of the variables, up to the last that is not 0."""
    return exponents.to_bytes((exponents.bit_length() + 7) // 8, "little")


def add(a, b, p):
    if type(a) is int and type(b) is int:
        return (a + b) % p
    a, b = powers(a), powers(b)
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
        self.theory, self.smooth, self.seed = theory, {}, seed
        self.symbols = {s: self.sizes.get(s) or self.draw.randrange(1, p) for s in theory.symbols}
        if UNIT in self.symbols:
            self.symbols[UNIT] = next(r for r in (pow(x, (p - 1) // 4, p) for x in range(2, p)) if r * r % p == p - 1)

    def table(self, name):
        """The values of a tensor, made when they are needed: an inverse that nothing uses may be singular. What it is made of
        comes first, in the order of declaration."""
        if name not in self.tables:
            made = self.theory.made_of(name)
            for one in [one for one in self.theory.slots if one in made and one not in self.tables]:
                self.make(one)
        return self.tables[name]

    def make(self, name):
        kind, *rest = self.theory.values[name]
        if name not in self.tables and (kind == "part" or kind == "function" and rest[2]):
            self.make(rest[1][0] if kind == "function" else rest[0])
        elif name not in self.tables:
            self.draw = random.Random(f"{self.seed} {name}")
            getattr(self, kind)(self.theory, name, *rest)
            table = self.tables[name]
            for s in self.theory.groups[name]:
                even = all(table[tuple(key[k] for k in s)] == value for key, value in table.items())
                demand(even, name, "has not its symmetry at", *self.sizes.values())

    def all(self, spaces):
        sizes = [self.sizes[space] for space in spaces]
        demand(prod(sizes) < ENTRIES, "a tensor is too large at", *self.sizes.values())
        return assignments(*map(range, sizes))

    def free(self, theory, name, *of):
        table = self.tables[name] = {}
        for key in self.all(theory.slots[name]):
            like = min(tuple(key[k] for k in s) for s in theory.groups[name])
            table[key] = table[like] if like in table else self.draw.randrange(self.p)

    hermitian = conjugate = free

    def function(self, theory, name, of, names, order, legs, terms):
        """A random polynomial and its derivatives at the values of the form."""
        coefficients = self.smooth[name] = [self.draw.randrange(self.p) for _ in range(SMOOTH + len(names))]
        form = self.evaluate(terms, legs)
        for order, derivative in enumerate(names):
            self.tables[derivative] = {key: self.derived(coefficients, order, value) for key, value in form.items()}

    def derived(self, coefficients, order, at):
        """The derivative of an order of a polynomial, by Horner's rule."""
        degree = len(coefficients) - 1
        value = coefficients[degree] * perm(degree, order) % self.p
        for j in range(degree - 1, order - 1, -1):
            value = add(multiply(value, at, self.p), coefficients[j] * perm(j, order) % self.p, self.p)
        return value

    def mean(self, theory, name, of, functions, legs, terms):
        self.tables[name] = self.expected(terms, legs, Gaussian(of, [of], [(1, tuple(range(len(theory.slots[of]))))], None))

    def defined(self, theory, name, legs, terms):
        self.tables[name] = self.evaluate(terms, legs)

    def inverse(self, theory, name, legs, terms):
        matrix, rows = self.evaluate(terms, legs), list(self.all(theory.slots[name][:len(legs) // 2]))
        demand(len(rows) <= ROWS, name, "is too large to be inverted at", *self.sizes.values())
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
                pole = POLE.fullmatch(symbol)
                base = self.symbols[pole[1]] + int(pole[2]) if pole else self.symbols[symbol]
                product = product * pow(base, power % (self.p - 1), self.p) % self.p
            total += product
        return total % self.p

    def evaluate(self, terms, legs, given={}):
        """The value at every assignment of the legs; the sums of a term are carried out one by one, but for those that δ's
        let run with another index."""
        total = dict.fromkeys(self.all(legs.values()), 0)
        for term in terms:
            spaces, factors, first = {**legs, **term.sums}, [((), {(): self.coefficient(term.coefficient)})], {}
            for one, other in (pair for tensor, own in term.factors if tensor == DELTA for pair in zip(own, own[1:])):
                a, b = sorted((first.get(one, one), first.get(other, other)), key=term.sums.__contains__)
                if b in term.sums and a != b:
                    first.update({name: a for name in [b, *(n for n in first if first[n] == b)]})
                elif a != b:
                    factors.append(((a, b), {(k, k): 1 for k in range(self.sizes[spaces[a]])}))
            for tensor, own in term.factors:
                if tensor != DELTA:
                    factors.append((tuple(first.get(n, n) for n in own), given.get(tensor) or self.table(tensor)))

            def beside(name):
                return list(dict.fromkeys(n for own, _ in factors if name in own for n in own if n != name))
            left = [name for name in term.sums if name not in first]
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

    def expected(self, terms, legs, act):
        """The expectation of `evaluate`, monomial by monomial in independent variables."""
        functions = {tensor for term in terms for tensor, _ in term.factors if self.theory.is_function(tensor, act.over)}
        smooth = max((SMOOTH + len(self.theory.values[name][2]) - 1 for name in functions), default=0)
        degree = most(terms, act.random) + smooth * most(terms, functions)
        demand(degree < 256, "an expectation of degree", degree)  # an exponent has a byte
        given, mean = self.variables(act, degree)
        for name in functions:
            _, _, names, order, own, form = self.theory.values[name]
            self.table(name)
            form = self.evaluate(form, own, {act.over: given[act.over]})
            given[name] = {key: self.derived(self.smooth[names[0]], order, value) for key, value in form.items()}
        values = self.evaluate(terms, legs, given)
        for key, value in values.items():
            values[key] = sum(product * mean(packed) for packed, product in powers(value).items()) % self.p
        return values

    def slope(self, term, first, legs, act):
        """Σ over the entries s of a random factor of the derivative of the others in the direction of the covariances with
        s: tables move by ε, and of a product of a + bε the part with one ε is taken. The inverse of M + M'ε is a block of
        that of (M M'; 0 M), which multiplies like it."""
        (tensor, own), total = term.factors[first], dict.fromkeys(self.all(legs.values()), 0)
        taken = [term._replace(factors=term.factors[:first] + [("~", own)] + term.factors[first + 1:])]
        moving = act.random[-1 - act.random.index(tensor)]
        for s in self.table(tensor):
            covariance = lambda t: sum(sign for sign, g in act.pairs if s == tuple(t[k] for k in g))
            given = {"~": {s: 1}, moving: {t: {0: x, 1: covariance(t)} for t, x in self.table(moving).items()}}
            for name in {*sources(taken)} - {"~"}:
                kind, *rest = self.theory.values[name]
                if kind == "inverse" and act.is_resolvent(name):
                    given[name] = self.dual_inverse(name, *rest, given)
                elif kind == "function" and rest[0] == act.over:
                    self.table(name)
                    form = self.evaluate(rest[4], rest[3], given)
                    given[name] = {key: self.derived(self.smooth[rest[1][0]], rest[2], x) for key, x in form.items()}
            for key, value in self.evaluate(taken, legs, given).items():
                total[key] = (total[key] + powers(value).get(1, 0)) % self.p
        return total

    def dual_inverse(self, name, legs, terms, given):
        matrix, rows = self.evaluate(terms, legs, given), list(self.all(self.theory.slots[name][:len(legs) // 2]))
        one, other = ([[powers(matrix[i + j]).get(k, 0) for j in rows] for i in rows] for k in (0, 1))
        blocks = [a + b for a, b in zip(one, other)] + [[0] * len(rows) + a for a in one]
        inverse, size = inverted(blocks, self.p), len(rows)
        return {i + j: {0: inverse[a][b], 1: inverse[a][b + size]} for a, i in enumerate(rows) for b, j in enumerate(rows)}

    def by_parts(self, left, taken, legs, act):
        """What the left side becomes once entries are taken out of some products."""
        total = self.evaluate(left, legs)
        for term, first in taken:
            before = self.evaluate([term], legs)
            for key, slope in self.slope(term._replace(coefficient=ONE), first, legs, act).items():
                total[key] = (total[key] - before[key] + self.coefficient(term.coefficient) * slope) % self.p
        return total

    def projected(self, terms, legs, act):
        """The expectation of `evaluate` over a uniform matrix: the projection onto the span of the pairings, by the inverse of
        their Gram matrix at this size."""
        total = dict.fromkeys(self.all(legs.values()), 0)
        for term in terms:
            own, rest = ([f for f in term.factors if (f[0] in act.random) == mine] for mine in (True, False))
            pairings = act.pairings([tensor for tensor, _ in own])
            weights = self.weights(pairings, self.sizes[self.theory.slots[act.over][0]])
            for both in assignments(pairings, repeat=2):
                equal = [(DELTA, (own[x][1][slot], own[y][1][slot]))
                         for slot, pairing in enumerate(both) for x, y in enumerate(pairing) if x < y]
                for key, value in self.evaluate([term._replace(factors=rest + equal)], legs).items():
                    total[key] = (total[key] + weights[cycles(*both)] * value) % self.p
        return total

    def weights(self, pairings, size):
        """A column of the inverse of the Gram matrix size^loops, by class: permutations of the factors exchange the columns,
        and those that keep its own pairing exchange the others of a class."""
        met = {cycles(p, pairings[0]): p for p in pairings}
        rows = [Counter() for _ in met]
        for row, p in zip(rows, met.values()):
            for q in pairings:
                row[cycles(q, pairings[0])] += pow(size, len(cycles(p, q)), self.p)
        inverse = inverted([[row[part] for part in met] for row in rows], self.p)
        return {part: row[0] for part, row in zip(met, inverse)}

    def variables(self, act, degree):
        """Entries as independent variables, and the mean of a monomial in them: by cumulants, or of Gaussian entries, which are
        plus or minus the least of those that the permutations take them to, or its conjugate. Of a real variable of variance
        v, E x^2k = (2k)!/(2^k k!) v^k; of a complex one, E z^k z̄^k = k! v^k."""
        keys, tables, variances = list(self.table(act.over)), [{} for _ in act.random], []
        place, hermitian = {key: k for k, key in enumerate(keys)}, self.theory.values[act.over] == ("hermitian",)
        cumulants = list(map(self.coefficient, act.cumulants or []))
        demand(act.pairs is not None or degree <= len(cumulants), "no cumulant of order", degree)
        known = moments(cumulants[:degree])
        for key in keys:
            images = [(tuple(key[k] for k in g), sign) for sign, g in act.pairs or []]
            base, sign = min(images + [(key, 1)])
            conjugate = hermitian and base != key
            for side, table in enumerate(tables):
                table[key] = {1 << 8 * (2 * place[base] + (side ^ conjugate)): sign}
            is_complex = images[0][0] != key if hermitian else len(tables) > 1
            variances.append((1 if hermitian else sum(sign for image, sign in images if image == key), is_complex))

        def moment(variance, is_complex, one, other):
            if act.pairs is None:
                return known[one]
            if is_complex:
                return factorial(one) * variance**one if one == other else 0
            half = one // 2
            return factorial(one) // factorial(half) // 2**half * variance**half if one % 2 == 0 else 0

        def mean(packed):
            exponents = [*unpacked(packed), 0]
            return prod(moment(*law, *two) for law, two in zip(variances, zip(exponents[::2], exponents[1::2])))
        return dict(zip(act.random, tables)), mean


def most(terms, random):
    """The most random factors of a term."""
    return max((sum(tensor in random for tensor, _ in term.factors) for term in terms), default=0)


class Points:
    """The points of a theory, whose rules must hold at them."""

    def __init__(self, theory, seed):
        self.theory, self.seed, self.known = theory, seed, {}
        draw = random.Random(seed)
        self.primes = [drawn_prime(draw), drawn_prime(draw)] if UNIT in theory.symbols else [2**61 - 1, drawn_prime(draw)]
        for name, legs, terms, turned in theory.tested:
            self.test(f"the symmetry of {name}", f"{name} has not its symmetry", legs, terms, turned)
        for name in theory.used:
            legs, left, right, _, assumed = theory.rules[name]
            if assumed:
                self.test(f"the rule {name}", f"the rule {name} fails", legs, [left], right)

    def test(self, what, fails, legs, left, right):
        """What nothing derives must hold at points."""
        theory = self.theory
        tensors, spaces = theory.scope(legs, left + right)
        if len(spaces) > ORDERED:
            theory.assume(f"{what} holds in all orders of {', '.join(spaces)}, as in those tried")
        for sizes in self.shapes(fails, legs, left + right):
            point = Point(theory, self.primes[1], sizes, f"{self.seed} {what} {sizes}")
            for slots in [legs.values(), *map(theory.slots.get, tensors)]:
                demand(prod(map(point.sizes.get, slots)) < ENTRIES, "too large sizes to tell whether", fails)
            demand(point.evaluate(left, legs) == point.evaluate(right, legs), fails, "at", *sizes)

    def shapes(self, fails, legs, terms):
        """Sizes above the numbers of indices, where products of tensors are independent, and more of them than coefficients
        can have roots, in every order of the dimensions, or where these are many in turn forwards and backwards."""
        theory, (tensors, spaces), (sums, powers) = self.theory, self.theory.scope(legs, terms), self.theory.reach(terms)
        lowest, spread = sums + Counter(legs.values()), {space: sums[space] + powers[space] for space in spaces}
        turns = [spaces[k:] + spaces[:k] for k in range(len(spaces))]
        orders = permutations(spaces) if len(spaces) <= ORDERED else turns + [turn[::-1] for turn in turns]
        orders = [order for order in orders if None not in self.sized(self.stairs(order, lowest, {}))]
        # A number of singular values is the least of some dimensions: a polynomial in each order of them, not in all at once.
        whole = len(orders) if any(theory.values[name][0] == "singular" for name in tensors) else 1
        demand(whole * prod(n + 1 for n in spread.values()) < MOST, "too many sizes to tell whether", fails)
        found = [shape for k, order in enumerate(orders)
                 for shape in self.sized(self.stairs(order, lowest, spread if k < whole else {}))]
        demand(found and None not in found, "no sizes satisfy the conditions, to tell whether", fails)
        return found

    def stairs(self, order, lowest, spread):
        """Sizes of each dimension, those of the next above them, and all above what the conditions ask for."""
        last, steps = max(self.raised([2] * len(self.theory.spaces), 1), default=2), {}
        for space in order:
            first = max(last, lowest[space] + 1) + 1
            last = first + spread.get(space, 0)
            steps[space] = range(first, last + 1)
        return steps

    def sized(self, steps):
        """The sizes of all dimensions where some have these, the others the least that the conditions let them; None where they
        do not let them."""
        spaces = self.theory.spaces
        least = dict(zip(spaces, self.raised([2] * len(spaces), 1)))
        for own in assignments(*steps.values()):
            wanted = {**least, **dict(zip(steps, own))}
            sizes = self.raised(wanted.values(), 1)
            yield sizes if all(wanted[space] == n for space, n in zip(spaces, sizes) if space in steps) else None

    def raised(self, sizes, step):
        """The sizes, raised in steps to what the conditions ask for."""
        sizes = dict(zip(self.theory.spaces, sizes))
        for _ in range(999):
            low = [large for large, small in self.theory.conditions if sizes[large] < sizes.get(small, small)]
            if not low:
                return tuple(sizes.values())
            sizes.update({large: sizes[large] + step for large in low})
        raise Refused("no sizes that differ satisfy the conditions")

    def at(self, p, sizes):
        key = (p, *sizes)
        if key not in self.known:
            point = self.known[key] = Point(self.theory, p, sizes, f"{self.seed} {key}")
            for name in self.theory.used:
                legs, left, right = self.theory.rules[name][:3]
                demand(point.evaluate([left], legs) == point.evaluate(right, legs), "the rule", name, "fails at", *sizes)
        return self.known[key]

    def compare(self, legs, left, right, act, taken):
        """Whether both sides agree: at sizes 2, 3, ..., or those for which an expectation is affordable, none of them 1;
        and at others, not all equal."""
        spaces = self.theory.spaces
        for turn, p in enumerate(self.primes):
            mean = act and not act.once
            whole = mean and act.weingarten is None
            small = [2 + (k + turn) % len(spaces) for k in range(len(spaces))]
            cheap = [(3, 2, 2), (1, 2, 2), (2, 1, 2), (1, 1, 2)] if turn else [(2, 3, 2), (2, 2, 2)]
            for pattern in [small] + (cheap if whole else []):
                sizes = self.raised((pattern[k % len(pattern)] for k in range(len(spaces))), len(spaces))
                entries = prod(dict(zip(spaces, sizes))[space] for space in self.theory.slots[act.over]) if whole else 0
                if not whole or len(left) * comb(entries + most(left, act.random) // 2, entries) ** 2 < 100_000:
                    break
            point = self.at(p, sizes)
            one = point.expected(left, legs, act) if whole else point.projected(left, legs, act) if mean else \
                point.by_parts(left, taken if act else [], legs, act)
            demand(one == point.evaluate(right, legs), "the sides differ at", *sizes)
