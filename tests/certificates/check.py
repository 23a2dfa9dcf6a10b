#!/usr/bin/env python3
"""Checks certificates of proofs: `check.py [-v] FILE...` exits with 0 only if every file is accepted; -v prints
what is stated, and what the names in it mean.

A certificate (docs/certificates.md) states a theory and chains of expressions. Each step has a flow: nodes, which
are products of tensors, with what becomes of them. Two things are done that know nothing of each other:
  1. the flow: every arrow is redone, and the coefficients that arrive where nothing is done must cancel;
  2. the field (`field.py`): both sides are evaluated at points of two prime fields, drawn from a hash of the file.
There is no search and no normal form here: what equals what up to names, the certificate says. Only whether the terms of
a matrix are symmetric is looked for (`alike` in `terms.py`), in some ways, and printed as assumed where they do not tell.

To read it: this file, then `laws.py` (what an expectation makes of a product), `theory.py` (what may be declared) with
`terms.py`, `coefficients.py`, `reading.py` and `printed.py`, and `field.py`.
"""
import hashlib, sys
from itertools import islice

from coefficients import ONE, POLE, constant, plus, times, vanishes
from field import Points
from laws import Expectation
from printed import cut, meaning, relation, shown, written
from reading import DELTA, INTEGER, UNIT, Refused, demand, items, line, load, numeral, only, take, words
from terms import Term, contracted, placed, renamed, scaled, sources
from theory import Rule, Theory


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
        self.theory, self.names, self.used = theory, names, set()

    def __call__(self, node, ties, legs, record):
        rule, at, images = take(record, "rule", "at", "as")
        demand(rule in self.names, "the step does not name the rule", rule)
        self.used.add(rule)
        own, left, right = self.theory.rules[rule][:3]
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
        for term in placed(right, {name: image[name] for name in own}):
            yield Term(term.coefficient, {**kept, **term.sums}, ties + rest + term.factors)

    def finished(self, factors):
        return True


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

    for terms, words_of_side in zip((left, scaled(right, constant(-1))), sides):
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
            becomes = list(islice(act(node, ties, legs, action), len(into) + 1))  # there may be exponentially many
            taken.append((Term(amounts[number], node.sums, node.factors + ties), action.get("integrate")))
            demand(len(becomes) == len(into), "node", number, "becomes other than", len(into), "terms")
            for term, word in zip(becomes, into):
                enter(word, term, number, amounts[number])
    return len(nodes), taken


def dropped_by(theory, legs, kept, record, past):
    """The terms that ≈ drops: every symbol and every tensor that is left has an order, and the number parts them. z + 2 is
    of the order of z where z grows, and of order 0 elsewhere; that a scalar is not at its pole is assumed."""
    orders, below, dropped = take(record, "orders", "below", "terms")
    given = [word.partition("^") for word in words(orders)]
    demand(all((s in theory.symbols or s in theory.slots) and INTEGER.fullmatch(k) for s, _, k in given), "the orders")
    orders = {symbol: int(order) for symbol, _, order in given}
    demand(UNIT not in orders and all(orders.get(space, 0) >= 0 for space in theory.spaces), "an order that nothing can have")
    demand(len(orders) == len(given) and type(below) is int, "two orders of one symbol, or none to part by")
    theory.orders.update(orders)
    for name, order in orders.items():
        theory.agree(f"the order of {name}", order)

    def order(name):
        pole = POLE.fullmatch(name)
        base = pole[1] if pole else name
        demand(base in orders, "≈ with a symbol or a tensor that has no order")
        if pole and base not in theory.spaces and orders[base] == 0:
            theory.assume(f"{name} stays away from 0 under ≈")
        return max(orders[base], 0) if pole else orders[base]
    dropped = theory.terms(dropped, legs)
    for terms, dropping in ((kept, False), (dropped, True)):
        for term in terms:
            demand(contracted(term, legs)[0].coefficient == term.coefficient, "≈ beside a sum that is a dimension")
            tensors = [(tensor, 1) for tensor in sources([term])]
            for tensor, _ in tensors:
                demand(theory.values[tensor][0] != "defined", "≈ beside", tensor, "which is defined")
                bare = theory.values[tensor][0] not in ("inverse", "function")  # of these an order may be assumed
                demand(not (bare and theory.made_of(tensor) & past), "≈ beside", tensor, "which is random")
                for part in theory.made_of(tensor) if bare else ():
                    theory.agree(f"the order and the law of {part}", "an order")
                theory.assume(f"each factor {tensor} counts as of order {orders.get(tensor)} under ≈")
            for monomial in term.coefficient:
                total = sum(order(s) * k for s, k in (*monomial, *tensors) if s != UNIT)
                demand((total < below) == dropping, "≈ keeps or drops a term wrongly")
    return dropped


def grow_together(theories):
    """Whether what is not below another, by all conditions and all that follows from them, is of no lower order in any step."""
    orders = {name: order for theory in theories for name, order in theory.orders.items()}
    below = {}
    for large, small in (pair for theory in theories for pair in theory.conditions):
        below.setdefault(large, set()).add(small)
    for large, order in orders.items():
        reached, waiting = {large}, [large]
        while waiting:
            fresh = below.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting += fresh
        for small in reached & {*orders}:
            demand(order >= orders[small], large, "is of a lower order than", small, "which it is not below")


def check_rule(theory, name, legs, left, right, origin):
    """A rule is assumed, or derived from what a declaration states, or from earlier rules."""
    demand(line(name) not in theory.rules, "a second rule", name)
    says, needs = f"the rule {name}: [{legs}] {written([dict(left, coefficient=['1'])])} = {written(right)}", set()
    legs = theory.indices(legs)
    left, right = theory.product(*take(left, "sum", "product"), legs), theory.terms(right, legs)
    demand(DELTA not in dict(left.factors), "δ on the left side of", name)
    demand({i for _, own in left.factors for i in own} == {*legs, *left.sums}, "an index that", name, "lacks")
    if origin == "assumed":
        made = set().union(*map(theory.made_of, sources([left, *right])))
        functions = any(theory.values[tensor][0] in ("function", "mean") for tensor in made)
        demand(not functions, name, "is about functions")
    else:
        says = None
        kind, record = only(origin)
        if kind == "rules":
            by, flow = take(record, "by", "flow")
            demand(all(rule in theory.rules for rule in items(by)), "the rule", name, "rests on a later one")
            act = Rewriting(theory, by)
            follow(theory, legs, flow, [left], right, act)
            needs = act.used
        else:
            demand(kind == "fact", "the origin of", name)
            of, form, scale, flow = take(record, "of", "form", "scale", "flow")
            scale = theory.polynomial(scale)
            one, other = theory.fact(of, form, legs)
            sides = [left] + scaled(other, scale), right + scaled(one, scale)
            follow(theory, legs, flow, *sides, Rewriting(theory, []))
    needs = needs.union(*(theory.rules[rule].needs for rule in needs))
    theory.rules[name] = Rule(legs, left, right, needs, says)


def check_step(theory, legs, left, record, past):
    """The flow of a step; what it reaches, its nodes, and what the field is to compare."""
    name, by, to, flow = take(record, "name", "by", "to", "flow")
    right, dropped, (kind, how) = theory.terms(to, legs), [], only(by)
    line(name)
    if kind in ("expectation", "parts"):
        over, *law = take(how, "over", optional=("cumulants", "pairs", "conjugate", "weingarten"))
        act = Expectation(theory, kind == "parts", over, *law)
        demand("≈" not in past, "a mean behind ≈, which may drop what counts in it")
        past.update(act.random)
        for name in act.random:
            theory.agree(f"the order and the law of {name}", "a law")
        demand(all(act.finished(term.factors) for term in right), over, "is left behind its expectation")
    else:
        demand(kind in ("rewriting", "dropping"), "a step by", kind)
        act = Rewriting(theory, how if kind == "rewriting" else [])
        dropped = dropped_by(theory, legs, right, how, past) if kind == "dropping" else []
        past.update({"≈"} if kind == "dropping" else ())
    nodes, taken = follow(theory, legs, flow, left, right + dropped, act)
    if isinstance(act, Rewriting):
        theory.use(act.used)
    return right, nodes, (legs, left, right + dropped, act if kind in ("expectation", "parts") else None, taken)


def meant(theory, terms):
    """What the names in terms and in the assumed rules mean, and those that they are made of, by the first name of each."""
    for rule in map(theory.rules.get, theory.used):
        terms = terms + [rule.left, *rule.right] * bool(rule.assumed)
    reached = set().union(*map(theory.made_of, sources(terms)))
    reached |= {name for name, values in theory.values.items() if values[0] == "conjugate" and values[1] in reached}
    records = {theory.records[name]["name"]: theory.records[name] for name in theory.slots if name in reached}
    return {name: meaning(record) for name, record in records.items() if meaning(record)}


def check(path):
    """What is accepted, and the chains in the words of the file."""
    with open(path, "rb") as file:
        text = file.read()
    record, seed = load(text.decode("utf-8")), hashlib.sha256(text).hexdigest()
    form, version, title, theories, chains = take(record, "format", "version", "title", "theories", "chains")
    demand(form == "tensor-dyson certificate" and (type(version), version) == (int, 1), "not a certificate of version 1")
    said = {}
    theories = [Theory(theory, said) for theory in items(theories)]
    for theory in theories:
        for rule in theory.unread:
            check_rule(theory, *take(rule, "name", "legs", "left", "right", "from"))
    nodes, sides, statements, meanings = 0, [], [], {}
    demand(items(chains), "nothing is stated")
    for chain in chains:
        number, legs, begin, records = take(chain, "theory", "legs", "begin", "steps")
        demand(type(number) is int and 0 <= number < len(theories), "the theory", number)
        theory = theories[number]
        legs = theory.indices(legs)
        reached, past = theory.terms(begin, legs), set()
        met = list(reached)
        demand(items(records), "a chain without a step")
        for record in records:
            reached, more, compared = check_step(theory, legs, reached, record, past)
            met += reached
            nodes += more
            sides.append((number, compared))
        meanings.update(meant(theory, met))
        statements.append(f"    [{chain['legs']}] {written(begin)}")
        statements += [f"    {relation(record['by'])} {written(record['to'])}" for record in records]
    grow_together(theories)
    points = [Points(theory, seed) for theory in theories]
    for number, compared in sides:
        points[number].compare(*compared)
    assumed = sorted({text for theory in theories for text in theory.assumed})
    said = f"{line(title)} [{len(chains)} chains, {len(sides)} steps, {nodes} nodes]"
    said += "".join(f"; assuming {text}" for text in assumed)
    said += f"; -v says what is meant by {cut(', '.join(meanings))}" if meanings else ""
    return said, [f"    where {text}" for text in meanings.values()] + statements


def main(paths, verbose):
    refused = 0 if paths else 1
    for path in paths:
        try:
            said, statements = check(path)
            print(f"accepted {shown(path)}: {said}", *statements if verbose else [], sep="\n")
        except Exception as error:  # whatever cannot even be read is no proof
            refused += 1
            kind = "" if isinstance(error, Refused) else f"malformed, {type(error).__name__}: "
            print(f"REFUSED {shown(path)}: {kind}{shown(str(error))}")
    print(f"{len(paths) - refused} of {len(paths)} accepted" if paths else "usage: check.py FILE...")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main([path for path in sys.argv[1:] if path != "-v"], "-v" in sys.argv[1:]))