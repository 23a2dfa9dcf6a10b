//! The rules of a theory as a certificate states them, each with what it follows from.

use super::action::Action;
use super::facts::{Fact, facts};
use super::flow::{Flow, Named, flow};
use super::words::{
    ProductRecord, TermRecord, index_names, leg_names, polynomial, product, terms, typed,
};
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::{Expression, Factor, Index, Term};
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::rewrite::Rule;
use crate::symbolic::tensor::Space;
use crate::symbolic::theory::Theory;
use serde::Serialize;
use std::collections::BTreeSet;

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

/// The record of the rule at a place.
pub(super) fn rule_record(
    theory: &Theory,
    place: usize,
    rule: &Rule,
) -> Result<RuleRecord, SymbolicError> {
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
    // A fact that the rule is a multiple of speaks of nothing else than the rule.
    let tensors = left.tensors().chain(right.tensors());
    let places: BTreeSet<usize> = tensors.filter_map(|t| theory.place_of(t.name())).collect();
    for fact in places
        .into_iter()
        .flat_map(|place| facts(&theory.draws[place]))
    {
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
    let flow = flow(&legs, &side(left), &side(right), Action::Rewrite(&earlier))?;
    let names = earlier.iter().map(|rule| rule.name());
    let by = names.filter(|name| flow.takes(name)).map(str::to_owned);
    Ok(Origin::Rules {
        by: by.collect(),
        flow,
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
