//! The covariance of a feature with functions in the limit: what of 𝒬 the law is made of.
//!
//! For `b ≠ e` the forms `u_b`, `u_e` are nearly independent, `V_be = O(d^{−1/2})`, so that by the series of Mehler (1866)
//!
//! ```math
//! K₀₀[b,e] ≈ m₀[b] m₀[e] + m₁[b] m₁[e] V[b,e] + δ[b,e] v[b],   K_rs[b,e] ≈ m_r[b] m_s[e]   for r + s > 0,
//! ```
//!
//! where what is left out is an operator of norm o(1), or of rank o(N): the diagonal of `K_rs`, r + s > 0, comes with the same form
//! on both sides. Then every term is left out whose rank is of smaller order than N, as `δ_ac m₀[b] m₀[e]`, of rank d. Both
//! move o(N) eigenvalues, or all by o(1): the law of 𝒬's eigenvalues has the same limit.

use super::applied::{Applied, PAIRS};
use super::model::Model;
use super::moments::Moments;
use super::notation::{readable, written};
use super::rank::deficient;
use super::variants::{Variant, lost_terms};
use crate::symbolic::{Expression, ProofError, SymbolicError, Theory};

/// `𝒬` up to what the law does not see.
#[derive(Debug, Clone)]
pub struct Limit {
    /// Over the legs of ω and their copies.
    pub covariance: Expression,
    /// Terms that are left out, with a bound of their rank.
    pub dropped: Vec<String>,
    /// Near misses.
    pub variants: Vec<Variant>,
}

impl Limit {
    /// The limit of a model's covariance; `None` for a feature without functions, whose 𝒬 is exact.
    ///
    /// # Errors
    /// None for a covariance that could be derived.
    pub fn of(model: &Model, moments: &Moments) -> Result<Option<Self>, ProofError> {
        if model.functions.is_empty() {
            return Ok(None);
        }
        let theory = theory(model, moments)?;
        let whole = read(model, moments, &theory, &leading(model, moments.text()))?;
        let (covariance, dropped) = split(model, &whole)?;
        let right = readable(model, &covariance, &[]);
        let mut variants = lost_terms(model, &covariance)?;
        for applied in &model.functions {
            let (spread, mean) = (&applied.names.spread, applied.names.single(0));
            // β² − α²V for β² − α²V − c₀²: the mean of the function taken for a part of its noise.
            let legs = |item: &super::notation::Written| {
                let own = item.indices.join(",");
                format!("({spread}[{own}] + {mean}[{own}] {mean}[{own}])")
            };
            let text = replaced(&right, |item| (item.name == *spread).then(|| legs(item)));
            let wrong = read(model, moments, &theory, &text)?;
            if !wrong.minus(&covariance)?.normal_form().is_zero() {
                let what = format!("with {mean}² in {spread}");
                variants.push(Variant {
                    what,
                    text,
                    covariance: wrong,
                });
            }
        }
        Ok(Some(Limit {
            covariance,
            dropped,
            variants,
        }))
    }
}

/// The theory of the moments, with V and v.
fn theory(model: &Model, moments: &Moments) -> Result<Theory, ProofError> {
    let mut theory = moments.theory().clone();
    for applied in &model.functions {
        let Applied { legs, names, .. } = applied;
        let copy = model.fresh_over(legs, &[]);
        let both = [legs.clone(), copy].concat();
        let gram = readable(model, &model.covariance_of_form(&theory, applied)?, &both);
        let symbols: Vec<&str> = legs.iter().filter_map(|leg| model.space_of(leg)).collect();
        theory
            .define(&format!("{}[{}] = {gram}", names.gram, both.join(",")))?
            .tensors(&format!("{}[{}]", names.spread, symbols.join(",")))?;
    }
    Ok(theory)
}

/// A text over the legs and their copies, V written out.
fn read(
    model: &Model,
    moments: &Moments,
    theory: &Theory,
    text: &str,
) -> Result<Expression, SymbolicError> {
    let whole = theory.expression(&format!("{} {text}", moments.legs(model)))?;
    let names: Vec<&str> = model
        .functions
        .iter()
        .map(|own| own.names.gram.as_str())
        .collect();
    Ok(whole.rewritten(&theory.rules(&names)?)?.normal_form())
}

/// The means of pairs replaced by what leads of them.
fn leading(model: &Model, text: &str) -> String {
    replaced(text, |item| {
        model.functions.iter().find_map(|applied| {
            let names = &applied.names;
            let [r, s] = PAIRS
                .into_iter()
                .find(|pair| names.pair(*pair) == item.name)?;
            let (own, copy) = item.indices.split_at(item.indices.len() / 2);
            let of = |name: &str, indices: &[String]| format!("{name}[{}]", indices.join(","));
            let product = |r, s| {
                format!(
                    "{} {}",
                    of(&names.single(r), own),
                    of(&names.single(s), copy)
                )
            };
            if r + s > 0 {
                return Some(product(r, s));
            }
            let ties = own.iter().zip(copy).map(|(b, e)| format!("δ[{b},{e}]"));
            let ties: Vec<String> = ties.collect();
            let (gram, spread) = (of(&names.gram, &item.indices), of(&names.spread, own));
            let (means, slopes) = (product(0, 0), product(1, 1));
            Some(format!(
                "({means} + {slopes} {gram} + {} {spread})",
                ties.join(" ")
            ))
        })
    })
}

/// A text with some of its tensors replaced.
fn replaced(text: &str, by: impl Fn(&super::notation::Written) -> Option<String>) -> String {
    let characters: Vec<char> = text.chars().collect();
    let (mut whole, mut at) = (String::new(), 0);
    for item in written(text) {
        let Some(new) = by(&item) else { continue };
        whole.extend(characters.iter().take(item.at).skip(at));
        whole += &new;
        let name = item.at + item.name.chars().count();
        let rest = characters.iter().skip(name);
        // As far as the bracket that closes its indices.
        at = name
            + match item.indices.is_empty() {
                true => 0,
                false => 1 + rest.take_while(|c| **c != ']').count(),
            };
    }
    whole.extend(characters.iter().skip(at));
    whole
}

/// The terms of full order, and the others with the bounds of their ranks.
fn split(model: &Model, whole: &Expression) -> Result<(Expression, Vec<String>), SymbolicError> {
    let (mut kept, mut dropped) = (whole.clone(), Vec::new());
    for (part, term) in whole.parts().zip(whole.terms()) {
        if let Some(rank) = deficient(model, whole, term) {
            kept = kept.minus(&part)?.normal_form();
            dropped.push(format!("{part} (rank ≤ {rank})"));
        }
    }
    Ok((kept, dropped))
}
