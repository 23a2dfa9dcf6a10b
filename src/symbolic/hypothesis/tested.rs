//! Rules that nothing derives: tested at sizes that no step chooses.

use super::Standing;
use crate::symbolic::draw::Draw;
use crate::symbolic::evaluate::{cost, evaluate};
use crate::symbolic::expression::Expression;
use crate::symbolic::fault::FieldError;
use crate::symbolic::modulus::Seed;
use crate::symbolic::point::{Point, Sizes};
use crate::symbolic::reach::{Reach, reach};
use crate::symbolic::rewrite::Rule;
use crate::symbolic::shapes::{ORDERED, Scope, permutations};
use crate::symbolic::theory::Theory;

/// The most products that one shape of a test takes.
pub(super) const BUDGET: u128 = 30_000_000;

/// The most shapes of a grid.
const SHAPES: usize = 64;

/// Tests a rule by itself, at sizes above the number of its indices over each space and pairwise different, as many of
/// them as the powers of the dimensions in it can have roots.
pub(super) fn tested(
    theory: &Theory,
    rule: &Rule,
    difference: &Expression,
) -> Result<Standing, FieldError> {
    let (left, right) = rule.sides();
    let scope = Scope::of(theory, &[left, right, difference], &[]);
    let untested = |shapes: usize| FieldError::RuleUntested {
        rule: rule.name().into(),
        shapes: shapes as u64,
        budget: BUDGET,
    };
    let shapes = sizes(theory, &scope, difference).ok_or_else(|| untested(SHAPES))?;
    let sides = [left, right].map(|side| format!("{:?} {side}", side.legs().len()));
    let theory_text = theory.text();
    let seed = Seed::of(["rule", &theory_text, &sides[0], &sides[1]]);
    for (number, sizes) in shapes.iter().enumerate() {
        if scope.cost(sizes)? > BUDGET || sides_cost(rule, sizes)? > BUDGET {
            return Err(untested(number));
        }
        for (which, field) in (0..).zip(theory.fields(&seed)) {
            let mut rng = seed.stream(2 * number as u64 + which);
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

/// Grids of shapes: for a dimension in which the coefficients can have k roots, `k + 1` sizes above the number of its indices
/// and what is asked of it, that leave a remainder of their own, so that no two dimensions are ever equal; and shapes in which
/// every dimension is once the largest and once the smallest, in either order. Where there are singular vectors, of which
/// there are as many as the smaller dimension has, a grid for each order of the dimensions. `None` where that is too much.
fn sizes(theory: &Theory, scope: &Scope, difference: &Expression) -> Option<Vec<Sizes>> {
    let reach = reach(theory, difference);
    let count = scope.spaces.len();
    let is_split = |draw: &&Draw| matches!(draw, Draw::SingularVectors { .. });
    let orders = match scope.draws.iter().any(is_split) {
        true if count > ORDERED => return None,
        true => permutations(count),
        false => vec![Vec::new()],
    };
    let mut shapes: Vec<Sizes> = Vec::new();
    for order in &orders {
        if let Some(values) = values(scope, &reach, order) {
            for shape in product(&values)? {
                let sizes = scope.sizes(&shape)?;
                // What is raised to one and the same size is one shape less.
                let mut own = scope.spaces.iter().zip(&shape);
                let is_kept = own.all(|(name, size)| sizes.0.get(name) == Some(size));
                is_kept.then_some(())?;
                shapes.push(sizes);
            }
        }
    }
    (!shapes.is_empty()).then_some(())?;
    let largest = scope.spaces.iter().map(|name| reach.vertices(name)).max();
    for turned in scope.turned(largest.unwrap_or(0).max(1) as usize) {
        if !shapes.contains(&turned) {
            shapes.push(turned);
        }
    }
    Some(shapes)
}

/// The sizes of each dimension in a grid, those of one above all of those that it is not to be below; `None` where an order
/// contradicts the conditions.
fn values(scope: &Scope, reach: &Reach, order: &[usize]) -> Option<Vec<Vec<usize>>> {
    let count = scope.spaces.len();
    let mut values: Vec<Vec<usize>> = vec![Vec::new(); count];
    for _ in 0..count {
        let below = |place: usize| {
            let at = order.iter().position(|own| *own == place);
            let before = at.and_then(|at| Some(*order.get(at.checked_sub(1)?)?));
            scope.not_below(place).into_iter().chain(before)
        };
        let ready = |place: &usize| {
            values[*place].is_empty() && below(*place).all(|other| !values[other].is_empty())
        };
        let place = (0..count).find(ready)?;
        let name = &scope.spaces[place];
        let above = below(place).filter_map(|other| values[other].last()).max();
        let least = usize::try_from(reach.vertices(name)).ok()?.checked_add(2)?;
        let least = least
            .max(3)
            .max(scope.least(place))
            .max(above.map_or(0, |above| above + 1));
        // The first size from there on that is `place` modulo the number of spaces.
        let first = least + (place + count - least % count) % count;
        let points = usize::try_from(reach.roots(name)).ok()?.checked_add(1)?;
        (points <= SHAPES).then_some(())?;
        values[place] = (0..points).map(|t| first + t * count).collect();
    }
    Some(values)
}

fn product(values: &[Vec<usize>]) -> Option<Vec<Vec<usize>>> {
    let mut grid = vec![Vec::new()];
    for values in values {
        if values.len().checked_mul(grid.len())? > SHAPES {
            return None;
        }
        let extended = grid.iter().flat_map(|shape: &Vec<usize>| {
            values
                .iter()
                .map(move |value| [shape.as_slice(), &[*value]].concat())
        });
        grid = extended.collect();
    }
    Some(grid)
}
