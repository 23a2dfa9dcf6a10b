//! What speaks for a rule: that it follows from definitions or from an inverse, for all dimensions; or, where it
//! cannot be derived, that it holds at sizes which no step chooses.

use super::draw::Draw;
use super::error::SymbolicError;
use super::evaluate::evaluate;
use super::expression::{Expression, Factor, Index, Term};
use super::fault::FieldError;
use super::modulus::Seed;
use super::point::{Point, Sizes};
use super::polynomial::Polynomial;
use super::rewrite::Rule;
use super::shapes::{Scope, reach};
use super::tensor::Tensor;
use super::theory::Theory;
use std::sync::OnceLock;

/// The most products that one shape of a test takes.
const BUDGET: u128 = 30_000_000;

/// The most shapes of a test.
const SHAPES: u64 = 64;

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
    let is_made = |tensor: &Tensor| {
        let draw = theory
            .draws
            .iter()
            .find(|draw| draw.tensors().contains(&tensor));
        !matches!(draw, Some(Draw::Free(_)))
    };
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

/// Whether a difference is a multiple of `M M⁻¹ − 1` or of `M⁻¹ M − 1`, or of the trace of one of them.
fn is_instance(difference: &Expression, inverse: &Tensor, matrix: &Expression) -> bool {
    let half = matrix.legs().len() / 2;
    let swap: Vec<usize> = (half..2 * half).chain(0..half).collect();
    let identities = [[true, false], [false, true]].map(|order| identity(inverse, matrix, order));
    identities.into_iter().any(|zero| {
        let swapped = zero.braided(&swap).ok();
        let trace = traced(&zero);
        let all = [Some(zero), swapped, Some(trace)];
        all.iter()
            .flatten()
            .any(|zero| is_multiple(difference, zero))
    })
}

/// The product of the matrix and its inverse minus one, over the legs of the matrix; `order` says of the left and of
/// the right factor whether it is the matrix.
fn identity(inverse: &Tensor, matrix: &Expression, order: [bool; 2]) -> Expression {
    let legs = matrix.legs().len();
    let half = legs / 2;
    let middle = |k: usize| legs + k;
    let matrix_first = order[0];
    // The matrix's own legs become a leg or an index of the middle.
    let place = |v: usize| match (v < half, v < legs) {
        (true, _) => {
            if matrix_first {
                v
            } else {
                middle(v)
            }
        }
        (_, true) => {
            if matrix_first {
                middle(v - half)
            } else {
                v
            }
        }
        _ => v + half,
    };
    let slots: Vec<usize> = if matrix_first {
        (0..half).map(middle).chain(half..legs).collect()
    } else {
        (0..half).chain((0..half).map(middle)).collect()
    };
    let mut terms: Vec<Term> = Vec::new();
    for term in matrix.terms() {
        let mut factors: Vec<Factor> = term.factors.iter().map(|f| f.renumbered(place)).collect();
        factors.push(Factor::Entry(inverse.clone(), slots.clone()));
        let summed: Vec<Index> = matrix.legs()[..half].to_vec();
        terms.push(Term {
            coefficient: term.coefficient.clone(),
            factors,
            summed: [summed, term.summed.clone()].concat(),
        });
    }
    terms.push(Term {
        coefficient: Polynomial::from(-1),
        factors: (0..half)
            .map(|k| Factor::Delta(vec![k, half + k]))
            .collect(),
        summed: Vec::new(),
    });
    let legs = matrix.legs().to_vec();
    Expression { legs, terms }.normal_form()
}

/// The sum over equal rows and columns.
fn traced(matrix: &Expression) -> Expression {
    let half = matrix.legs().len() / 2;
    let place = |v: usize| if v < half { v } else { v - half };
    let rows = &matrix.legs()[..half];
    let term = |term: &Term| Term {
        coefficient: term.coefficient.clone(),
        factors: term.factors.iter().map(|f| f.renumbered(place)).collect(),
        summed: [rows, term.summed.as_slice()].concat(),
    };
    let terms = matrix.terms().iter().map(term).collect();
    Expression {
        legs: Vec::new(),
        terms,
    }
    .normal_form()
}

/// Whether one normal form is another times a polynomial.
fn is_multiple(difference: &Expression, zero: &Expression) -> bool {
    let pairs = difference.terms().iter().zip(zero.terms());
    let ratio = pairs
        .clone()
        .find_map(|(a, b)| Some(&a.coefficient * &b.coefficient.reciprocal()?));
    let is_zero = |ratio: Polynomial| {
        let rest = zero.scaled(&ratio).minus(difference);
        rest.is_ok_and(|rest| rest.normal_form().is_zero())
    };
    difference.terms().len() == zero.terms().len() && ratio.is_some_and(is_zero)
}

/// Tests a rule by itself, at sizes above the number of its indices over each space and pairwise different, as many of
/// them as the powers of the dimensions in it can have roots.
fn tested(theory: &Theory, rule: &Rule, difference: &Expression) -> Result<Standing, FieldError> {
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
    let [left, right] = [left, right].map(|side| super::evaluate::cost(side, sizes, &[]));
    Ok(left?.saturating_add(right?))
}

/// A grid of shapes: for a dimension whose powers reach to `±k`, the first `2k + 1` sizes above the number of its
/// indices that leave a remainder of their own, so that no two dimensions are ever equal; and one shape in which
/// the order of the dimensions is reversed. `None` where there are too many.
fn sizes(theory: &Theory, scope: &Scope, difference: &Expression) -> Option<Vec<Sizes>> {
    let reach = reach(theory, &[difference]);
    let count = scope.spaces.len() as u64;
    let first = |place: u64, least: u64| {
        // The first size from `least` on that is `place` modulo the number of spaces.
        least + (place + count - least % count) % count
    };
    let of = |name| reach.get(name).copied().unwrap_or((1, 0));
    let (mut grid, mut reversed) = (vec![Vec::new()], Vec::new());
    for (place, name) in (0..count).zip(&scope.spaces) {
        let (vertices, powers) = of(name);
        let points = powers.checked_mul(2)?.checked_add(1)?;
        if points.checked_mul(grid.len() as u64)? > SHAPES {
            return None;
        }
        let begin = first(place, vertices.checked_add(2)?);
        let values: Vec<usize> = (0..points).map(|t| (begin + t * count) as usize).collect();
        let extended = grid.iter().flat_map(|shape: &Vec<usize>| {
            values
                .iter()
                .map(move |value| [shape.as_slice(), &[*value]].concat())
        });
        grid = extended.collect();
    }
    let largest = scope
        .spaces
        .iter()
        .map(|name| of(name).0)
        .max()
        .unwrap_or(0);
    for place in (0..count).rev() {
        let after = reversed.first().copied().unwrap_or(largest as usize + 1);
        reversed.insert(0, first(place, after as u64 + 1) as usize);
    }
    grid.push(reversed);
    grid.iter().map(|shape| scope.sizes(shape)).collect()
}

impl Theory {
    /// An expression with its definitions written out, in normal form.
    pub(super) fn unfolded(&self, expression: &Expression) -> Result<Expression, SymbolicError> {
        let is_definition = |h: &&Hypothesis| {
            let defines = |draw: &Draw| matches!(draw, Draw::Defined(tensor, _) if **tensor.name() == *h.rule.name());
            h.origin == Origin::Declared && self.draws.iter().any(defines)
        };
        let definitions = self.rules.iter().filter(is_definition).map(|h| &h.rule);
        expression.rewritten(&definitions.collect::<Vec<_>>())
    }

    /// Whether the matrix of an inverse is regular at shapes in which every space is once the largest and once the
    /// smallest.
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
            for (number, sizes) in (0..).zip(scope.small().into_iter().take(orders)) {
                if scope.cost(&sizes)? > BUDGET {
                    let (shapes, budget) = (number as usize, BUDGET);
                    return Err(FieldError::TooLarge { shapes, budget });
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
