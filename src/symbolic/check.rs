//! The independent check: both sides of a step evaluated modulo two primes at random points (Schwartz 1980, Zippel 1979).

use super::condition::Condition;
use super::degree::{Degree, degree, degree_of_moments};
use super::draw::{Draw, functions};
use super::error::SymbolicError;
use super::evaluate::{cost, evaluate};
use super::expression::Expression;
use super::law::Law;
use super::modulus::{Field, Seed};
use super::point::{Point, Sizes};
use super::polynomial::Polynomial;
use super::random::{Entrywise, Random};
use super::shapes::{Scope, chosen, needed};
use super::tensor::Tensor;
use super::theory::Theory;
use thiserror::Error;

/// The most products that a shape takes, in each field.
const BUDGET: u128 = 40_000_000;

/// A degree from which on a check would be worth little.
const DEGREE: u64 = 1 << 40;

/// Both primes are above this.
const PRIME: f64 = (1_u64 << 60) as f64;

/// A point that could not be made, or a check that failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckError {
    /// A name or a coefficient without a value in the field.
    #[error("`{name}` has no value at the point")]
    NoValue {
        /// The name or the coefficient.
        name: String,
    },
    /// A matrix that is singular at the drawn point, hence most likely everywhere.
    #[error("the matrix that defines `{tensor}` is singular at {shape}")]
    Singular {
        /// The tensor defined by it.
        tensor: String,
        /// The dimensions.
        shape: String,
    },
    /// Values without the declared symmetries.
    #[error("the values of `{tensor}` do not have its declared symmetries")]
    NotSymmetric {
        /// The tensor.
        tensor: String,
    },
    /// A hypothesis that the points do not satisfy.
    #[error("the rule `{rule}` does not hold at {shape}")]
    RuleFails {
        /// The rule.
        rule: String,
        /// The dimensions.
        shape: String,
    },
    /// Too few shapes at which the sums are short enough.
    #[error("only {shapes} shapes can be checked with sums of at most {budget} terms")]
    TooLarge {
        /// The shapes that can.
        shapes: usize,
        /// The most terms.
        budget: u128,
    },
    /// A rule between arbitrary tensors whose sides are not equal for all dimensions.
    #[error("rule `{rule}` is false: its sides differ by {difference}")]
    RuleFalse {
        /// The rule.
        rule: String,
        /// The normal form of the difference, with all definitions written out.
        difference: String,
    },
    /// A rule that cannot be derived, and cannot be tested at sizes large enough to mean something.
    #[error(
        "rule `{rule}` follows from no definition or inverse, and cannot be tested: {shapes} shapes of at most {budget} products are not enough"
    )]
    RuleUntested {
        /// The rule.
        rule: String,
        /// The shapes at which it could be tested.
        shapes: u64,
        /// The most products of a shape.
        budget: u128,
    },
    /// A difference of so high a degree in the draws that a check would say little.
    #[error("a difference of degree {degree} in the draws cannot be checked at random points")]
    Degree {
        /// A bound on the degree.
        degree: u64,
    },
    /// What cannot be written out or compared.
    #[error(transparent)]
    Symbolic(#[from] SymbolicError),
    /// The normal forms agree and the field disagrees: a fault of the toolkit.
    #[error("the two sides have one normal form but differ at {shape}")]
    Disagrees {
        /// The dimensions.
        shape: String,
    },
}

/// A check that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCheck {
    shapes: Vec<String>,
    degree: u64,
}

impl FieldCheck {
    /// The dimensions, each as in `n=2 d=3 p=4`.
    pub fn shapes(&self) -> &[String] {
        &self.shapes
    }

    /// A bound on the degree, in the random draws, of the difference of the two sides.
    pub fn degree(&self) -> u64 {
        self.degree
    }

    /// The probability, at most, that a point drawn at random modulo a prime above 2⁶⁰ hides that the sides differ
    /// modulo that prime at a shape: the degree over the size of the field (Schwartz 1980, Zippel 1979). Both
    /// primes have to be passed.
    pub fn bound(&self) -> f64 {
        self.degree as f64 / PRIME
    }
}

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

/// Compares `E before = after` over the random tensors in `laws` (none: `before = after`).
pub(super) fn compare(
    theory: &Theory,
    before: &Expression,
    laws: &[(&str, &Law)],
    after: &Expression,
) -> Result<Comparison, CheckError> {
    let averages = laws
        .iter()
        .map(|(name, law)| Average::new(name, law, before));
    let averages = averages.collect::<Result<Vec<_>, _>>()?;
    let of_laws: Vec<Polynomial> = averages.iter().flat_map(|a| a.moments.clone()).collect();
    let mut scope = Scope::of(theory, &[before, after], &of_laws);
    averages
        .iter()
        .filter_map(|average| average.condition(theory))
        .for_each(|condition| scope.require(condition));
    for draw in &scope.draws {
        if let Draw::Inverse(tensor, matrix) = draw {
            theory.inverts(tensor, matrix)?;
        }
    }
    let random = laws
        .iter()
        .flat_map(|(name, law)| [Some(*name), law.conjugate().map(|name| &**name)]);
    let random: Vec<&str> = random.flatten().collect();
    let mut priced = Vec::new();
    for sizes in scope.small() {
        let smooth = averages
            .iter()
            .find_map(|average| average.of_functions(theory, before));
        let taken = match smooth {
            Some(tensor) => super::smooth::cost(before, &sizes, tensor)?,
            None => cost(before, &sizes, &random)?,
        };
        let sides = [taken, cost(after, &sizes, &[])?];
        let all = sides
            .into_iter()
            .fold(scope.cost(&sizes)?, u128::saturating_add);
        priced.push((all, sizes));
    }
    let shapes = chosen(priced, BUDGET);
    if shapes.len() < needed(&scope) {
        return Err(CheckError::TooLarge {
            shapes: shapes.len(),
            budget: BUDGET,
        });
    }
    let step = Step {
        theory,
        scope,
        before,
        averages,
        after,
    };
    step.compared(&shapes)
}

/// Both sides of a step, and what it speaks of.
struct Step<'a> {
    theory: &'a Theory,
    scope: Scope<'a>,
    before: &'a Expression,
    averages: Vec<Average<'a>>,
    after: &'a Expression,
}

impl Step<'_> {
    fn compared(&self, shapes: &[Sizes]) -> Result<Comparison, CheckError> {
        let seed = self.seed();
        let mut largest = 0;
        for (number, sizes) in (0..).zip(shapes) {
            for (which, field) in (0..).zip(self.theory.fields(&seed)) {
                let point = self.point(&seed, 2 * number + which, field, sizes)?;
                let (before, after) = self.values(&point)?;
                if before != after {
                    let shape = sizes.to_string();
                    return Ok(Comparison::Different { shape });
                }
                largest = largest.max(self.degree(&point));
            }
        }
        if largest >= DEGREE {
            return Err(CheckError::Degree { degree: largest });
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
        let laws = self
            .averages
            .iter()
            .map(|average| format!("{} {} {:?}", average.name, average.law, average.moments));
        let mut parts = vec![
            "step".into(),
            self.theory.text(),
            side(self.before),
            side(self.after),
        ];
        parts.extend(laws);
        Seed::of(parts.iter().map(String::as_str))
    }

    fn point(
        &self,
        seed: &Seed,
        stream: u64,
        field: Field,
        sizes: &Sizes,
    ) -> Result<Point, CheckError> {
        let mut rng = seed.stream(stream);
        let scalars = self.theory.signature.scalars();
        Point::draw(field, sizes.clone(), scalars, &self.scope.draws, &mut rng)
    }

    fn values(&self, point: &Point) -> Result<(Values, Values), CheckError> {
        let averages = self.averages.iter().map(|average| average.at(point));
        let random = averages.collect::<Result<Vec<_>, _>>()?;
        let mut of_functions = self.averages.iter();
        let before = match of_functions.find_map(|a| a.of_functions(self.theory, self.before)) {
            Some(tensor) => {
                let functions = functions(&self.scope.draws);
                super::smooth::mean(&functions, self.before, point, tensor)?
            }
            None => evaluate(self.before, point, &random)?,
        };
        Ok((before, evaluate(self.after, point, &[])?))
    }

    /// A bound on the degree of the difference, brought over one denominator.
    fn degree(&self, point: &Point) -> u64 {
        let mut left = degree(self.before, point);
        for average in &self.averages {
            // At most one moment for each random factor.
            let one = degree_of_moments(&average.moments, point);
            let factors = average.factors as u64;
            left = Degree {
                numerator: left
                    .numerator
                    .saturating_add(factors.saturating_mul(one.numerator)),
                denominator: left
                    .denominator
                    .saturating_add(factors.saturating_mul(one.denominator)),
            };
        }
        let right = degree(self.after, point);
        let cleared = left.denominator.saturating_add(right.denominator);
        left.numerator.max(right.numerator).saturating_add(cleared)
    }
}

/// The values of an expression at all assignments of its legs.
type Values = Vec<super::modulus::Residue>;

/// A law, with the moments of independent entries up to the order that an expression can meet.
struct Average<'a> {
    name: &'a str,
    law: &'a Law,
    /// None where the entries are not independent: their moments are numbers.
    moments: Vec<Polynomial>,
    /// The most random factors of a term.
    factors: usize,
}

impl<'a> Average<'a> {
    fn new(name: &'a str, law: &'a Law, expression: &Expression) -> Result<Self, CheckError> {
        let factors = expression.factors_of(name, law);
        let moments = match law.is_of_independent_entries() {
            true => law.moments(factors)?,
            false => Vec::new(),
        };
        Ok(Average {
            name,
            law,
            moments,
            factors,
        })
    }

    /// The random tensor, where functions of it stand in the expression.
    fn of_functions<'t>(&self, theory: &'t Theory, before: &Expression) -> Option<&'t Tensor> {
        let mut tensors = before.tensors();
        let any = tensors.any(|tensor| theory.is_function_of(tensor, self.name));
        any.then(|| theory.signature.tensor(self.name)).flatten()
    }

    /// What the law asks of the sizes.
    fn condition(&self, theory: &Theory) -> Option<Condition> {
        let tensor = theory.signature.tensor(self.name)?;
        self.law.condition(tensor, self.factors)
    }

    fn at(&self, point: &Point) -> Result<Random, CheckError> {
        let moment = |moment: &Polynomial| match moment.is_zero() {
            true => Ok(super::modulus::Residue::default()),
            false => point.coefficient(moment),
        };
        let law = match self.law {
            Law::Ensemble(ensemble) => Entrywise::Tied(ensemble.clone()),
            Law::Haar(haar) => Entrywise::Haar(haar.clone()),
            Law::Gaussian | Law::Cumulants(_) => {
                let moments = self.moments.iter().map(moment);
                Entrywise::Independent(moments.collect::<Result<_, _>>()?)
            }
        };
        let name = self.name.to_string();
        Ok(Random { name, law })
    }
}
