//! Rules that nothing derives: tested at sizes that no step chooses.

use super::Standing;
use crate::symbolic::evaluate::{cost, evaluate};
use crate::symbolic::expression::Expression;
use crate::symbolic::fault::FieldError;
use crate::symbolic::modulus::Seed;
use crate::symbolic::point::{Point, Sizes};
use crate::symbolic::rewrite::Rule;
use crate::symbolic::shapes::{Scope, reach};
use crate::symbolic::theory::Theory;

/// The most products that one shape of a test takes.
pub(super) const BUDGET: u128 = 30_000_000;

/// The most shapes of a test.
const SHAPES: u64 = 64;

/// Tests a rule by itself, at sizes above the number of its indices over each space and pairwise different, as many of
/// them as the powers of the dimensions in it can have roots.
pub(super) fn tested(
    theory: &Theory,
    rule: &Rule,
    difference: &Expression,
) -> Result<Standing, FieldError> {
    let (left, right) = rule.sides();
    let scope = Scope::of(theory, &[left, right, difference], &[]);
    let untested = |shapes: u64| FieldError::RuleUntested {
        rule: rule.name().into(),
        shapes,
        budget: BUDGET,
    };
    let shapes = sizes(theory, &scope, difference).ok_or_else(|| untested(SHAPES))?;
    let sides = [left, right].map(|side| format!("{:?} {side}", side.legs().len()));
    let theory_text = theory.text();
    let seed = Seed::of(["rule", &theory_text, &sides[0], &sides[1]]);
    for (number, sizes) in (0..).zip(&shapes) {
        if scope.cost(sizes)? > BUDGET || sides_cost(rule, sizes)? > BUDGET {
            return Err(untested(number));
        }
        for (which, field) in (0..).zip(theory.fields(&seed)) {
            let mut rng = seed.stream(2 * number + which);
            let scalars = theory.signature.scalars();
            let point = Point::draw(field, sizes.clone(), scalars, &scope.draws, &mut rng)?;
            if evaluate(left, &point, &[])? != evaluate(right, &point, &[])? {
                return Err(FieldError::RuleFails {
                    rule: rule.name().into(),
                    shape: sizes.to_string(),
                });
            }
        }
    }
    Ok(Standing::Tested(
        shapes.iter().map(Sizes::to_string).collect(),
    ))
}

fn sides_cost(rule: &Rule, sizes: &Sizes) -> Result<u128, FieldError> {
    let (left, right) = rule.sides();
    let [left, right] = [left, right].map(|side| cost(side, sizes, &[]));
    Ok(left?.saturating_add(right?))
}

/// A grid of shapes: for a dimension in which the coefficients can have k roots, the first `k + 1` sizes above the number of
/// its indices that leave a remainder of their own, so that no two dimensions are ever equal; and shapes in which every
/// dimension is once the largest and once the smallest, in either order. `None` where there are too many.
fn sizes(theory: &Theory, scope: &Scope, difference: &Expression) -> Option<Vec<Sizes>> {
    let reach = reach(theory, difference);
    let count = scope.spaces.len() as u64;
    let first = |place: u64, least: u64| {
        // The first size from `least` on that is `place` modulo the number of spaces.
        least + (place + count - least % count) % count
    };
    let mut grid = vec![Vec::new()];
    for (place, name) in (0..count).zip(&scope.spaces) {
        let (vertices, points) = (reach.vertices(name), reach.roots(name).checked_add(1)?);
        if points.checked_mul(grid.len() as u64)? > SHAPES {
            return None;
        }
        let begin = first(place, vertices.checked_add(2)?.max(3));
        let values: Vec<usize> = (0..points).map(|t| (begin + t * count) as usize).collect();
        let extended = grid.iter().flat_map(|shape: &Vec<usize>| {
            values
                .iter()
                .map(move |value| [shape.as_slice(), &[*value]].concat())
        });
        grid = extended.collect();
    }
    let largest = scope.spaces.iter().map(|name| reach.vertices(name)).max();
    for turn in 0..count {
        let forwards = (0..count).map(|k| (k + turn) % count);
        for order in [
            forwards.clone().collect::<Vec<_>>(),
            forwards.rev().collect(),
        ] {
            let mut shape = vec![0; count as usize];
            let mut before = largest.unwrap_or(0).max(1);
            for place in order {
                before = first(place, before.checked_add(1)?);
                shape[place as usize] = before as usize;
            }
            grid.push(shape);
        }
    }
    grid.dedup();
    grid.iter().map(|shape| scope.sizes(shape)).collect()
}
