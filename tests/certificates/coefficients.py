"""Exact coefficients: sums of rational multiples of powers of symbols, {((symbol, power), ...): Fraction}.

A symbol is a dimension, a scalar, or a pole (n+1), which has negative powers only."""
import re
from fractions import Fraction
from itertools import product as pairs

from reading import UNIT

POLE = re.compile(r"\((.+)([+-][1-9][0-9]{0,2})\)")


def constant(value):
    return {(): Fraction(value)}


def symbol(name, power=1):
    return {((name, power),): Fraction(1)}


ONE = constant(1)


def plus(left, right):
    total = dict(left)
    for monomial, value in right.items():
        total[monomial] = total.get(monomial, 0) + value
    return {monomial: value for monomial, value in total.items() if value}


def times(left, right):
    total = {}
    for (m, a), (k, b) in pairs(left.items(), right.items()):
        powers = dict(m)
        for name, exponent in k:
            powers[name] = powers.get(name, 0) + exponent
        sign = -1 if powers.get(UNIT, 0) % 4 > 1 else 1
        powers[UNIT] = powers.get(UNIT, 0) % 2
        monomial = tuple(sorted((s, p) for s, p in powers.items() if p))
        total[monomial] = total.get(monomial, 0) + sign * a * b
    return {monomial: value for monomial, value in total.items() if value}


def power(base, exponent):
    return ONE if exponent == 0 else times(base, power(base, exponent - 1))


def vanishes(coefficient):
    """Whether it is 0, once multiplied by all of its poles."""
    for pole in {name for monomial in coefficient for name, _ in monomial if POLE.fullmatch(name)}:
        base, shift = POLE.fullmatch(pole).groups()
        shifted, total = plus(symbol(base), constant(int(shift))), {}
        lowest = min(dict(monomial).get(pole, 0) for monomial in coefficient)
        for monomial, value in coefficient.items():
            rest = {tuple(one for one in monomial if one[0] != pole): value}
            total = plus(total, times(rest, power(shifted, dict(monomial).get(pole, 0) - lowest)))
        coefficient = total
    return not coefficient

