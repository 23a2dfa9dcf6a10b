//! Why a claim of a model stays open.

use super::claims::kept;
use super::model::{Data, Model};
use super::model_laws::DataLaw;
use crate::ledger::Open;
use crate::model::EntryLaw;

/// Where a law of the data has too few moments, the variance does not exist, and nothing is shown but which it would take.
pub(super) fn heavy(model: &Model, order: usize) -> Open {
    let heavy = |data: &&Data| data.law == DataLaw::Entries(EntryLaw::StudentT5);
    let names: Vec<String> = model
        .data
        .iter()
        .filter(heavy)
        .map(|data| format!("`{}`", data.name))
        .collect();
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

/// Where the calculus gives up.
pub(super) const BEYOND: Open = Open {
    why: "the proof is beyond the limits of the calculus",
    settled_by: "a feature of fewer factors, or a longer calculation",
};
