//! The independent check: both sides of a step evaluated modulo two primes at random points (Schwartz 1980, Zippel 1979).

mod average;
mod passed;

use super::degree::{Degree, degree};
use super::draw::{Draw, functions};
use super::evaluate::{cost, evaluate};
use super::expression::Expression;
use super::fault::FieldError;
use super::law::TensorLaw;
use super::modulus::{Field, Residue, Seed};
use super::point::{Point, Sizes};
use super::projection;
use super::shapes::{Scope, chosen, needed};
use super::slope::Slope;
use super::smooth;
use super::theory::Theory;
use average::{Average, Way};
pub use passed::FieldCheck;

/// The most products that a shape takes, in each field.
const BUDGET: u128 = 40_000_000;

/// A degree from which on a check would be worth little.
const DEGREE: u64 = 1 << 40;

/// What a comparison in the field said.
pub(super) enum Comparison {
    /// Equal at all shapes.
    Equal(FieldCheck),
    /// Different at a shape.
    Different {
        /// The dimensions.
        shape: String,
    },
}

/// What stands before the left side.
#[derive(Debug, Clone, Copy)]
pub(super) enum Under<'a> {
    /// Nothing: the sides are equal.
    Nothing,
    /// The expectation over a tensor of a law.
    Mean(&'a str, &'a TensorLaw),
    /// The expectation as well, and before the right side too, which comes by integrating by parts.
    ByParts(&'a str, &'a TensorLaw),
}

/// Compares the two sides of a step.
pub(super) fn compare(
    theory: &Theory,
    before: &Expression,
    under: Under,
    after: &Expression,
) -> Result<Comparison, FieldError> {
    let step = Step::new(theory, before, under, after)?;
    step.compared(&step.shapes()?)
}

/// Whether the left side of a step can be checked, whatever it turns out to be.
///
/// # Errors
/// [`FieldError::TooLarge`].
pub(super) fn affords(
    theory: &Theory,
    before: &Expression,
    under: Under,
) -> Result<(), FieldError> {
    Step::new(theory, before, under, &before.zero())?
        .shapes()
        .map(|_| ())
}

/// Both sides of a step, and what it speaks of.
struct Step<'a> {
    theory: &'a Theory,
    scope: Scope<'a>,
    before: &'a Expression,
    under: Under<'a>,
    average: Option<Average<'a>>,
    after: &'a Expression,
}

/// The values of an expression at all assignments of its legs.
type Values = Vec<Residue>;

impl<'a> Step<'a> {
    fn new(
        theory: &'a Theory,
        before: &'a Expression,
        under: Under<'a>,
        after: &'a Expression,
    ) -> Result<Self, FieldError> {
        let average = match under {
            Under::Mean(name, law) => Some(Average::new(name, law, before)?),
            Under::Nothing | Under::ByParts(..) => None,
        };
        let moments = average.iter().flat_map(|average| average.moments.clone());
        let mut scope = Scope::of(theory, &[before, after], &moments.collect::<Vec<_>>());
        let condition = average
            .as_ref()
            .and_then(|average| average.condition(theory));
        condition
            .into_iter()
            .for_each(|condition| scope.require(condition));
        for draw in &scope.draws {
            if let Draw::Inverse(tensor, matrix) = draw {
                theory.inverts(tensor, matrix)?;
            }
        }
        Ok(Step {
            theory,
            scope,
            before,
            under,
            average,
            after,
        })
    }

    /// The shapes at which the sides are compared.
    fn shapes(&self) -> Result<Vec<Sizes>, FieldError> {
        let mut priced = Vec::new();
        for sizes in self.scope.small() {
            priced.push((self.cost(&sizes)?, sizes));
        }
        let beyond = priced.iter().map(|(cost, _)| *cost);
        let beyond = beyond.filter(|cost| *cost > BUDGET).min();
        let shapes = chosen(priced, BUDGET);
        match shapes.len() < needed(&self.scope) {
            true => Err(FieldError::TooLarge {
                shapes: shapes.len(),
                terms: beyond.unwrap_or(0),
                budget: BUDGET,
            }),
            false => Ok(shapes),
        }
    }

    /// The products that the point and both sides take.
    fn cost(&self, sizes: &Sizes) -> Result<u128, FieldError> {
        let before = match (self.by_parts(), &self.average) {
            (Some(slope), _) => slope.cost(self.before, sizes)?,
            (None, Some(average)) => match average.way(self.theory, self.before) {
                Way::Functions(tensor) => smooth::cost(self.before, sizes, tensor)?,
                Way::Uniform(tensor, haar) => projection::cost(self.before, sizes, tensor, haar)?,
                Way::Entries => cost(self.before, sizes, &average.random())?,
            },
            (None, None) => cost(self.before, sizes, &[])?,
        };
        let sides = [before, cost(self.after, sizes, &[])?];
        let point = self.scope.cost(sizes)?;
        Ok(sides.into_iter().fold(point, u128::saturating_add))
    }

    fn compared(&self, shapes: &[Sizes]) -> Result<Comparison, FieldError> {
        let seed = self.seed();
        let mut largest = 0;
        for (number, sizes) in (0..).zip(shapes) {
            for (which, field) in (0..).zip(self.theory.fields(&seed)) {
                let point = self.point(&seed, 2 * number + which, field, sizes)?;
                if self.left(&point)? != Some(evaluate(self.after, &point, &[])?) {
                    let shape = sizes.to_string();
                    return Ok(Comparison::Different { shape });
                }
                largest = largest.max(self.degree(&point));
            }
        }
        if largest >= DEGREE {
            return Err(FieldError::Degree { degree: largest });
        }
        Ok(Comparison::Equal(FieldCheck {
            shapes: shapes.iter().map(Sizes::to_string).collect(),
            degree: largest,
        }))
    }

    /// The hash of all that is stated.
    fn seed(&self) -> Seed {
        let side = |side: &Expression| {
            let legs = side.legs().iter().map(|leg| &*leg.name);
            format!("[{}] {side}", legs.collect::<Vec<_>>().join(","))
        };
        let mut parts = vec![
            "step".into(),
            self.theory.text(),
            side(self.before),
            side(self.after),
        ];
        parts.extend(self.average.iter().map(Average::text));
        if let Under::ByParts(name, law) = self.under {
            parts.push(format!("by parts over {name} {law}"));
        }
        Seed::of(parts.iter().map(String::as_str))
    }

    fn point(
        &self,
        seed: &Seed,
        stream: u64,
        field: Field,
        sizes: &Sizes,
    ) -> Result<Point, FieldError> {
        let mut rng = seed.stream(stream);
        let scalars = self.theory.signature.scalars();
        Point::draw(field, sizes.clone(), scalars, &self.scope.draws, &mut rng)
    }

    /// The left side; nothing where its terms in normal form are not what it is as written.
    fn left(&self, point: &Point) -> Result<Option<Values>, FieldError> {
        if let Some(slope) = self.by_parts() {
            let normal = self.before.normal_form();
            let is_normal = evaluate(&normal, point, &[])? == evaluate(self.before, point, &[])?;
            let value = slope.by_parts(&normal, point)?;
            return Ok(is_normal.then_some(value));
        }
        let Some(average) = &self.average else {
            return Ok(Some(evaluate(self.before, point, &[])?));
        };
        let value = match average.way(self.theory, self.before) {
            Way::Functions(tensor) => {
                let functions = functions(&self.scope.draws);
                smooth::mean(&functions, self.before, point, tensor)?
            }
            Way::Uniform(tensor, haar) => projection::mean(self.before, point, tensor, haar)?,
            Way::Entries => {
                let random: Vec<_> = average.at(point)?.into_iter().collect();
                evaluate(self.before, point, &random)?
            }
        };
        Ok(Some(value))
    }

    /// What is integrated by parts.
    fn by_parts(&self) -> Option<Slope<'_>> {
        let Under::ByParts(name, law) = self.under else {
            return None;
        };
        let names = [Some(name), law.conjugate().map(|name| &**name)];
        let tensors = names.into_iter().flatten();
        Some(Slope {
            random: tensors
                .filter_map(|name| self.theory.signature.tensor(name))
                .collect(),
            law,
            draws: &self.scope.draws,
        })
    }

    /// A bound on the degree of the difference, brought over one denominator.
    fn degree(&self, point: &Point) -> u64 {
        let mut left = degree(self.before, point);
        if let Some(average) = &self.average {
            left = average.degree(left, point);
        }
        if let Under::ByParts(..) = self.under {
            // The derivative of N/D is (N′D − ND′)/D².
            left = Degree {
                numerator: left.numerator.saturating_add(left.denominator),
                denominator: left.denominator.saturating_mul(2),
            };
        }
        let right = degree(self.after, point);
        let cleared = left.denominator.saturating_add(right.denominator);
        left.numerator.max(right.numerator).saturating_add(cleared)
    }
}

#[cfg(test)]
mod tests;
