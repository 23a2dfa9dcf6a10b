//! What speaks for a rule: that it follows from definitions or from an inverse, for all dimensions; or, where it
//! cannot be derived, that it holds at sizes which no step chooses.

mod derived;
mod tested;

use super::draw::Draw;
use super::error::SymbolicError;
use super::expression::{Expression, Factor, Term};
use super::fault::FieldError;
use super::modulus::Seed;
use super::point::Point;
use super::polynomial::Polynomial;
use super::rewrite::Rule;
use super::shapes::Scope;
use super::tensor::Tensor;
use super::theory::Theory;
use derived::is_instance;
use std::sync::OnceLock;
use tested::{BUDGET, tested};

/// Why a rule may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It follows from definitions, or from what an inverse or singular vectors are.
    Derived,
    /// It held at these shapes: the reader is told that it is assumed.
    Tested(Vec<String>),
}

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A definition, or what singular vectors are.
    Declared,
    /// [`Theory::rule`].
    Stated,
    /// [`Theory::reversed`], of the rule at this place.
    Reversed(usize),
}

/// A rule with what speaks for it, found once.
#[derive(Debug, Clone)]
pub(super) struct Hypothesis {
    pub(super) rule: Rule,
    pub(super) origin: Origin,
    standing: OnceLock<Result<Standing, FieldError>>,
}

impl Hypothesis {
    pub(super) fn new(rule: Rule, origin: Origin) -> Self {
        Hypothesis {
            rule,
            origin,
            standing: OnceLock::new(),
        }
    }

    /// Forgets what was found.
    pub(super) fn forget(&mut self) {
        self.standing = OnceLock::new();
    }

    /// # Errors
    /// [`FieldError::RuleFalse`], [`FieldError::RuleFails`], or [`FieldError::RuleUntested`].
    pub(super) fn standing(&self, theory: &Theory) -> Result<&Standing, FieldError> {
        let found = self.standing.get_or_init(|| match self.origin {
            Origin::Declared => Ok(Standing::Derived),
            Origin::Reversed(place) => theory.rules[place].standing(theory).cloned(),
            Origin::Stated => standing(theory, &self.rule),
        });
        found.as_ref().map_err(Clone::clone)
    }
}

fn standing(theory: &Theory, rule: &Rule) -> Result<Standing, FieldError> {
    let (left, right) = rule.sides();
    let difference = theory.unfolded(&left.minus(right)?)?;
    if difference.is_zero() {
        return Ok(Standing::Derived);
    }
    let is_made = |tensor: &Tensor| !matches!(theory.draw_of(tensor.name()), Some(Draw::Free(_)));
    if !difference.tensors().any(is_made) {
        // Arbitrary tensors alone: the normal form decides, and some sizes refute the rule.
        return Err(FieldError::RuleFalse {
            rule: rule.name().into(),
            difference: difference.to_string(),
        });
    }
    for draw in &theory.draws {
        if let Draw::Inverse(tensor, matrix) = draw
            && difference.tensors().any(|other| other == tensor)
            && is_instance(&difference, tensor, &theory.unfolded(matrix)?)
        {
            return Ok(Standing::Derived);
        }
    }
    if difference
        .tensors()
        .any(|tensor| theory.holds_a_function(tensor))
    {
        return Err(FieldError::RuleOfFunctions {
            rule: rule.name().into(),
        });
    }
    tested(theory, rule, &difference)
}

impl Theory {
    /// An expression with its definitions written out, in normal form.
    pub(super) fn unfolded(&self, expression: &Expression) -> Result<Expression, SymbolicError> {
        let is_definition = |h: &&Hypothesis| {
            let defines = || matches!(self.draw_of(h.rule.name()), Some(Draw::Defined(..)));
            h.origin == Origin::Declared && defines()
        };
        let definitions = self.rules.iter().filter(is_definition).map(|h| &h.rule);
        expression.rewritten(&definitions.collect::<Vec<_>>())
    }

    /// What is regular at sizes up to the number of its terms may be of that rank, and so may the difference of two inverses of
    /// what differs by as many: the terms of a matrix and of all that are inverted in it.
    fn rank_bound(&self, matrix: &Expression) -> Result<usize, SymbolicError> {
        let matrix = self.unfolded(matrix)?;
        let mut bound = matrix.terms().len();
        for draw in &self.draws {
            if let Draw::Inverse(inner, of) = draw
                && matrix
                    .tensors()
                    .any(|own| self.is_made_of(own.name(), inner.name()))
            {
                bound = bound.saturating_add(self.unfolded(of)?.terms().len());
            }
        }
        Ok(bound)
    }

    /// Whether the matrix of an inverse is regular at small shapes, and at such that are above the bound of its rank, in every order
    /// of the dimensions.
    ///
    /// # Errors
    /// [`FieldError::Singular`], or [`FieldError::TooLarge`].
    pub(super) fn inverts(&self, tensor: &Tensor, matrix: &Expression) -> Result<(), FieldError> {
        let Some(known) = self.inverses.get(tensor.name()) else {
            return Ok(());
        };
        let found = known.get_or_init(|| {
            let entry = Term {
                coefficient: Polynomial::one(),
                factors: vec![Factor::Entry(
                    tensor.clone(),
                    (0..tensor.slots().len()).collect(),
                )],
                summed: Vec::new(),
            };
            let legs = matrix.legs().to_vec();
            let inverse = Expression {
                legs,
                terms: vec![entry],
            };
            let scope = Scope::of(self, &[&inverse], &[]);
            let theory_text = self.text();
            let seed = Seed::of(["inverse", &theory_text, tensor.name()]);
            let orders = 2 * scope.spaces.len().max(1);
            let small = scope.small().into_iter().take(orders);
            let large = scope.ordered(self.rank_bound(matrix)?);
            for (number, sizes) in (0..).zip(small.chain(large)) {
                let terms = scope.cost(&sizes)?;
                if terms > BUDGET {
                    let (shapes, budget) = (number as usize, BUDGET);
                    return Err(FieldError::TooLarge {
                        shapes,
                        terms,
                        budget,
                    });
                }
                let mut rng = seed.stream(number);
                let [field, _] = self.fields(&seed);
                let scalars = self.signature.scalars();
                Point::draw(field, sizes, scalars, &scope.draws, &mut rng)?;
            }
            Ok(())
        });
        found.clone()
    }
}
