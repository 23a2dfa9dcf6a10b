//! Near misses of a covariance, made from its text: what the checks must refute.

use super::model::Model;
use super::model_laws::{DataLaw, WeightsLaw};
use super::moments::Moments;
use super::notation::readable;
use crate::symbolic::{Expression, Polynomial, SymbolicError};

/// A covariance that is the identity: to take it for that is no error.
const IDENTITY: WeightsLaw = WeightsLaw::Covariance {
    low: 1.0,
    high: 1.0,
};

/// A covariance that is wrong.
#[derive(Debug, Clone)]
pub struct Variant {
    /// What is wrong with it.
    pub what: String,
    /// The wrong covariance.
    pub covariance: Expression,
    /// As a text over the legs of ω and their copies.
    pub text: String,
}

/// Each term left out, a factor lost, legs of one size exchanged, a covariance of the data forgotten. One that is equal
/// to the right covariance for all dimensions is no near miss, and is not among them.
///
/// # Errors
/// None for a covariance that could be read.
pub fn variants(model: &Model, moments: &Moments) -> Result<Vec<Variant>, SymbolicError> {
    let right = moments.covariance();
    let mut wrong = without(right)?;
    wrong.extend(exchanged(right)?);
    wrong.extend(forgotten(model, moments)?);
    let mut variants = Vec::new();
    for (what, covariance) in wrong {
        if !moments.agrees(model, &covariance)? {
            let text = readable(model, &covariance, &[]);
            variants.push(Variant {
                what,
                covariance,
                text,
            });
        }
    }
    Ok(variants)
}

/// Each term left out, and half of the first.
fn without(right: &Expression) -> Result<Vec<(String, Expression)>, SymbolicError> {
    let mut wrong: Vec<(String, Expression)> = Vec::new();
    for part in right.parts() {
        wrong.push((format!("without {part}"), right.minus(&part)?.normal_form()));
    }
    if let Some(first) = right.parts().next() {
        let half = Polynomial::constant(num_rational::BigRational::new(1.into(), 2.into()));
        let lost = right.minus(&first.scaled(&half))?.normal_form();
        wrong.push((format!("half of {first}"), lost));
    }
    Ok(wrong)
}

/// The near misses of a covariance of which a term is lost.
pub(super) fn lost_terms(model: &Model, right: &Expression) -> Result<Vec<Variant>, SymbolicError> {
    let variant = |(what, covariance): (String, Expression)| Variant {
        text: readable(model, &covariance, &[]),
        what,
        covariance,
    };
    let all = without(right)?.into_iter();
    Ok(all
        .filter(|(_, wrong)| !wrong.is_zero())
        .map(variant)
        .collect())
}

/// The copies of two legs over one size exchanged.
fn exchanged(right: &Expression) -> Result<Vec<(String, Expression)>, SymbolicError> {
    let legs = right.legs();
    let half = legs.len() / 2;
    let mut found = Vec::new();
    for i in half..legs.len() {
        for j in i + 1..legs.len() {
            if legs[i].space == legs[j].space {
                let mut order: Vec<usize> = (0..legs.len()).collect();
                order.swap(i, j);
                let what = format!("{} and {} exchanged", legs[i].name, legs[j].name);
                found.push((what, right.braided(&order)?.normal_form()));
            }
        }
    }
    Ok(found)
}

/// Each covariance of the data taken for the identity.
fn forgotten(model: &Model, moments: &Moments) -> Result<Vec<(String, Expression)>, SymbolicError> {
    let mut found = Vec::new();
    for data in &model.data {
        if let DataLaw::Correlated { covariance, .. } = &data.law {
            let own = model
                .weights
                .iter()
                .find(|weights| weights.name == *covariance);
            if own.is_some_and(|weights| weights.law == IDENTITY) {
                continue;
            }
            let white = moments.text().replace(&format!("{covariance}["), "δ[");
            let text = format!("{} {white}", moments.legs(model));
            let expression = moments.theory().expression(&text)?.normal_form();
            found.push((format!("{covariance} taken for I"), expression));
        }
    }
    Ok(found)
}
