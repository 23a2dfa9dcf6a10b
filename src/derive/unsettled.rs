//! Why a claim of a model stays open.

use super::claims::kept;
use super::concentration::Concentration;
use super::model::{Data, Model};
use super::model_laws::DataLaw;
use crate::ledger::Open;
use crate::model::EntryLaw;
use crate::symbolic::{ProofError, SymbolicError};

/// A law of the data has moments below the fifth alone.
fn is_heavy(data: &&Data) -> bool {
    data.law == DataLaw::Entries(EntryLaw::StudentT5)
}

/// Why nothing is said of the largest eigenvalue where `|ω|²` has no variance: a single row may hold it.
pub(super) fn heavy_rows(model: &Model) -> Option<Open> {
    model.data.iter().find(is_heavy)?;
    match Concentration::of(model) {
        Err(ProofError::Symbolic(SymbolicError::Cumulant { order })) => Some(heavy(model, order)),
        _ => None,
    }
}

/// Where a law of the data has too few moments, the variance does not exist, and nothing is shown but which it would take.
pub(super) fn heavy(model: &Model, order: usize) -> Open {
    let names: Vec<String> = model
        .data
        .iter()
        .filter(is_heavy)
        .map(|data| format!("`{}`", data.name))
        .collect();
    // Bounded data have every moment, and the calculus cumulants up to some order.
    if names.is_empty() {
        return BEYOND;
    }
    Open {
        why: kept(format!(
            "Var |ω°|² has a term with the cumulant of order {order} of an entry of {}, which has moments below the fifth \
             alone: the tail is too heavy",
            names.join(", ")
        )),
        settled_by: "a truncation of the data, or entries with more moments",
    }
}

/// Where samples of the sizes at hand are too few for any near miss of a law.
pub(super) const UNTOLD: Open = Open {
    why: "no near miss of the law is so far from it that samples at these sizes tell the two apart",
    settled_by: "a larger --size, or a ladder of larger sizes",
};

/// Where `|ω|²` stays random in the limit, which samples of small sizes need not show.
pub(super) const RANDOM: Open = Open {
    why: "|ω°|² does not concentrate, so that the law is not that of 𝒬 alone, however near samples of these sizes are",
    settled_by: "a feature whose length concentrates",
};

/// Where the calculus gives up.
pub(super) const BEYOND: Open = Open {
    why: "the proof is beyond the limits of the calculus",
    settled_by: "a feature of fewer factors, or a longer calculation",
};
