//! How many terms the expectation of a product of features is a sum over.

use super::model::Model;
use crate::symbolic::{Factor, SymbolicError, Term};

/// The most terms: seconds of work.
const MOST: f64 = 1e6;

/// Refuses the expectation of so many copies of a feature if it is a sum over more than a million terms: each copy brings
/// every term of the feature, and the factors of each tensor of the data are paired in `(2k−1)!!` ways.
pub(super) fn bounded(model: &Model, copies: usize) -> Result<(), SymbolicError> {
    let theory = model.theory()?;
    let legs = model.feature.legs.join(",");
    let feature = theory.expression(&format!("[{legs}] {}", model.feature.text))?;
    let feature = feature.normal_form();
    let mut terms = (feature.terms().len().max(1) as f64).powi(copies as i32);
    let mut indices = 0;
    for data in &model.data {
        let most = feature
            .terms()
            .iter()
            .map(|term| factors(term, &data.name))
            .max();
        let pairs = copies * most.unwrap_or(0) / 2;
        terms *= (1..=pairs).map(|k| (2 * k - 1) as f64).product::<f64>();
        indices += 2 * pairs;
    }
    // The most factors of a single tensor whose pairings are within the bound.
    let limit = 14;
    match terms > MOST {
        true => Err(SymbolicError::TooManyIndices { indices, limit }),
        false => Ok(()),
    }
}

fn factors(term: &Term, name: &str) -> usize {
    let is =
        |factor: &&Factor| matches!(factor, Factor::Entry(tensor, _) if **tensor.name() == *name);
    term.factors.iter().filter(is).count()
}
