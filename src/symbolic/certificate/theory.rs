//! A theory as a certificate states it: where the values of each tensor come from, and each rule with what
//! it follows from.

use super::action::Action;
use super::facts::{Fact, facts};
use super::flow::{Flow, Named, flow};
use super::words::{
    ExpressionRecord, ProductRecord, TermRecord, expression, index_names, joined, leg_names,
    numbers, polynomial, product, terms, typed,
};
use crate::symbolic::condition::{Condition, Least};
use crate::symbolic::conjugate::Conjugate;
use crate::symbolic::draw::Draw;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Expression, Factor, Index, Term};
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::rewrite::Rule;
use crate::symbolic::tensor::{Space, Tensor};
use crate::symbolic::theory::Theory;
use serde::Serialize;

/// What may occur in a chain, and what holds there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TheoryRecord {
    spaces: String,
    /// Dimensions with what they are not below, as in `n d` for `n ≥ d`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<String>,
    scalars: String,
    tensors: Vec<TensorRecord>,
    rules: Vec<RuleRecord>,
}

/// A tensor with its slots, symmetries and the source of its values; it may be made of earlier ones only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct TensorRecord {
    name: String,
    slots: String,
    symmetries: Vec<String>,
    values: Values,
}

/// Where the values of a tensor come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Values {
    /// They are arbitrary, up to the symmetries.
    Free,
    /// They are those of a matrix whose conjugate is its transpose.
    Hermitian,
    /// They are the conjugates of the entries of an earlier tensor.
    Conjugate(String),
    /// They are those of an expression.
    Defined(ExpressionRecord),
    /// They are the inverse of a matrix whose rows are the first half of its legs.
    Inverse(ExpressionRecord),
    /// They are those of a function of a form that is linear in a random tensor, and this name's tensors are its
    /// derivatives.
    Function {
        /// The random tensor.
        of: String,
        /// The function and its derivatives, this tensor first.
        derivatives: String,
        /// The form.
        #[serde(flatten)]
        form: ExpressionRecord,
    },
    /// They are the mean of a product of functions.
    Mean {
        /// Over this tensor, with standard Gaussian entries.
        of: String,
        /// The product.
        #[serde(flatten)]
        value: ExpressionRecord,
    },
    /// `W = Σ_j σ_j u^j v^jᵀ` with orthonormal `u^j` and `v^j`: the tensors `u`, `σ` and `v` over the modes.
    Singular {
        /// The space of the modes.
        modes: String,
        /// The tensors `u`, `σ`, `v`.
        vectors: String,
    },
}

/// A rule with what it follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct RuleRecord {
    name: String,
    legs: String,
    left: ProductRecord,
    right: Vec<TermRecord>,
    from: Origin,
}

/// What a rule follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Origin {
    /// Nothing: it is a hypothesis.
    Assumed,
    /// `left − right = scale (one − other)` for a fact `one = other` that a declaration states.
    Fact {
        /// The tensor that is declared.
        of: String,
        /// Which fact.
        form: &'static str,
        /// The scale.
        scale: Vec<String>,
        /// `left + scale · other` against `right + scale · one`.
        flow: Flow,
    },
    /// Earlier rules rewrite both sides to one form.
    Rules {
        /// Their names.
        by: Vec<String>,
        /// How.
        flow: Flow,
    },
}

/// The record of a theory.
pub(super) fn record(theory: &Theory) -> Result<TheoryRecord, SymbolicError> {
    let spaces = theory.signature.spaces().iter();
    let mut rules = Vec::new();
    for (place, hypothesis) in theory.rules.iter().enumerate() {
        rules.push(rule_record(theory, place, &hypothesis.rule)?);
    }
    Ok(TheoryRecord {
        spaces: joined(spaces.map(|space| space.dimension().to_string())),
        conditions: theory.conditions.iter().map(condition).collect(),
        scalars: joined(theory.signature.scalars().map(|s| s.to_string())),
        tensors: theory
            .draws
            .iter()
            .map(|draw| tensor_record(theory, draw))
            .collect(),
        rules,
    })
}

fn condition(condition: &Condition) -> String {
    match &condition.least {
        Least::Number(number) => format!("{} {number}", condition.dimension),
        Least::Dimension(other) => format!("{} {other}", condition.dimension),
    }
}

fn tensor_record(theory: &Theory, draw: &Draw) -> TensorRecord {
    let (tensor, values) = match draw {
        Draw::Free(tensor) => (tensor, free(theory, tensor)),
        Draw::Defined(tensor, value) => (tensor, Values::Defined(expression(value))),
        Draw::Inverse(tensor, matrix) => (tensor, Values::Inverse(expression(matrix))),
        Draw::Function(function) => {
            let names = function
                .derivatives
                .iter()
                .map(|tensor| tensor.name().to_string());
            let values = Values::Function {
                of: function.of.name().to_string(),
                derivatives: joined(names),
                form: expression(&function.form),
            };
            (&function.derivatives[0], values)
        }
        Draw::Mean(mean) => {
            let values = Values::Mean {
                of: mean.of.name().to_string(),
                value: expression(&mean.value),
            };
            (&mean.tensor, values)
        }
        Draw::SingularVectors {
            matrix,
            left,
            values,
            right,
        } => {
            let modes = values
                .slots()
                .iter()
                .map(|space| space.dimension().to_string());
            let vectors = [left, values, right].map(|tensor| tensor.name().to_string());
            let vectors = joined(vectors.into_iter());
            (
                matrix,
                Values::Singular {
                    modes: joined(modes),
                    vectors,
                },
            )
        }
    };
    let slots = tensor
        .slots()
        .iter()
        .map(|space| space.dimension().to_string());
    let symmetries = tensor.symmetries()[1..].iter();
    TensorRecord {
        name: tensor.name().to_string(),
        slots: joined(slots),
        symmetries: symmetries.map(|s| numbers(s, " ")).collect(),
        values,
    }
}

/// The values of a tensor that is drawn; of a complex tensor and its conjugate the second is made of the first.
fn free(theory: &Theory, tensor: &Tensor) -> Values {
    let place = |name: &str| {
        theory
            .draws
            .iter()
            .position(|d| **d.tensors()[0].name() == *name)
    };
    match theory.conjugates.get(tensor.name()) {
        Some(Conjugate::Transposed) => Values::Hermitian,
        Some(Conjugate::Of(other)) if place(other) < place(tensor.name()) => {
            Values::Conjugate(other.to_string())
        }
        Some(Conjugate::Of(_)) | None => Values::Free,
    }
}

fn rule_record(theory: &Theory, place: usize, rule: &Rule) -> Result<RuleRecord, SymbolicError> {
    let (left, right) = rule.sides();
    let legs = leg_names(left);
    Ok(RuleRecord {
        name: rule.name().into(),
        legs: typed(&legs, left.legs()),
        left: pattern(rule, &legs),
        right: terms(&legs, right),
        from: origin(theory, place, rule)?,
    })
}

/// The left side with its δ's carried out.
fn pattern(rule: &Rule, legs: &[String]) -> ProductRecord {
    let (left, graph) = (rule.sides().0, rule.pattern());
    let names = index_names(legs, &left.terms()[0].summed);
    let kept: Vec<String> = graph.origin.iter().map(|&v| names[v].clone()).collect();
    let names = [legs, kept.as_slice()].concat();
    let summed = graph.summed.iter().zip(&names[legs.len()..]);
    let summed = summed.map(|(space, name)| Index {
        name: name.as_str().into(),
        space: space.clone(),
    });
    let factors = graph
        .edges
        .iter()
        .map(|(tensor, slots)| Factor::Entry(tensor.clone(), slots.clone()));
    let term = Term {
        coefficient: Polynomial::one(),
        factors: factors.collect(),
        summed: summed.collect(),
    };
    product(&names, &term)
}

/// What a rule follows from, the first that is found.
fn origin(theory: &Theory, place: usize, rule: &Rule) -> Result<Origin, SymbolicError> {
    let (left, right) = rule.sides();
    let legs = leg_names(left);
    for fact in theory.draws.iter().flat_map(facts) {
        if let Some(origin) = of_fact(rule, &legs, &fact)? {
            return Ok(origin);
        }
    }
    let earlier = theory.rules[..place].iter().map(|known| &known.rule);
    let earlier: Vec<&Rule> = earlier.collect();
    let difference = left.minus(right)?.rewritten(&earlier);
    if !difference.is_ok_and(|difference| difference.is_zero()) {
        return Ok(Origin::Assumed);
    }
    let side = |side| [Named::as_written(&legs, side)];
    Ok(Origin::Rules {
        by: earlier.iter().map(|rule| rule.name().to_owned()).collect(),
        flow: flow(&legs, &side(left), &side(right), Action::Rewrite(&earlier))?,
    })
}

/// The rule as a multiple of a fact, if it is one.
fn of_fact(rule: &Rule, legs: &[String], fact: &Fact) -> Result<Option<Origin>, SymbolicError> {
    let (left, right) = rule.sides();
    let spaces = |legs: &[Index]| {
        legs.iter()
            .map(|leg| leg.space.clone())
            .collect::<Vec<Space>>()
    };
    if spaces(left.legs()) != spaces(fact.one.legs()) {
        return Ok(None);
    }
    let difference = left.minus(right)?;
    let scale = match fact.form {
        "value" => Polynomial::one(),
        // The right side of W v = σ u, or of M R = 1, is one term that nothing else is like.
        _ => -&coefficient_of(&difference, &fact.other),
    };
    let (one, other) = (fact.one.scaled(&scale), fact.other.scaled(&scale));
    if scale.is_zero() || !difference.equals(&one.minus(&other)?)? {
        return Ok(None);
    }
    let written = |side| Named::as_written(legs, side);
    let marked = |expression, own: &[Vec<String>]| Named {
        expression,
        names: own
            .iter()
            .map(|own| [legs, own.as_slice()].concat())
            .collect(),
    };
    let left = [written(left), marked(&other, &fact.other_names)];
    let right = [written(right), marked(&one, &fact.one_names)];
    Ok(Some(Origin::Fact {
        of: fact.of.clone(),
        form: fact.form,
        scale: polynomial(&scale),
        flow: flow(legs, &left, &right, Action::Rewrite(&[]))?,
    }))
}

/// The coefficient in one expression of the only term of another.
fn coefficient_of(expression: &Expression, single: &Expression) -> Polynomial {
    let (expression, single) = (expression.normal_form(), single.normal_form());
    let like = |term: &&Term| single.terms().iter().any(|one| one.factors == term.factors);
    let found = expression.terms().iter().find(like);
    found
        .map(|term| term.coefficient.clone())
        .unwrap_or_default()
}
