//! Why a claim of a model stays open.

use super::claims::{Derivation, kept};
use super::model::{Data, Model, RATE};
use super::model_laws::DataLaw;
use crate::ledger::{Finding, Kind, Measurement, Open, Printed, largest};
use crate::model::EntryLaw;
use crate::symbolic::{ProofError, SymbolicError};

/// A law of the data has moments below the fifth alone.
fn is_heavy(data: &&Data) -> bool {
    data.law == DataLaw::Entries(EntryLaw::StudentT5)
}

/// Why nothing is said of the largest eigenvalue where `|ω|²` has no variance: a single row may hold it.
pub(super) fn heavy_rows(derivation: &Derivation) -> Option<Open> {
    let model = &derivation.model;
    model.data.iter().find(is_heavy)?;
    match derivation.concentration() {
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

/// Where the equation is not derived: a vector on a sphere that a term holds twice is made of a matrix.
pub(super) fn without_rows() -> Finding {
    let open = Open {
        why: "a vector on a sphere that stands twice in a term is made of a rotation, which has no row for each sample",
        settled_by: "data with independent entries, whose equation is the same",
    };
    Finding {
        printed: Printed::unsettled("the block equation of this feature", open),
        ..Finding::default()
    }
}

const LARGER: &str = "a larger --size, or a ladder of larger sizes";

/// Where samples of the sizes at hand are too few for any near miss.
const UNTOLD: Open = Open {
    why: "no near miss is so far from it that samples at these sizes tell the two apart",
    settled_by: LARGER,
};

/// What a finding says where its sizes do not settle it: no near miss can be told from what holds, or an error falls, and
/// slower than is asked, which a formula with an error that stays does at small sizes as well. A rate is judged here once it
/// is decided.
pub(super) fn concluded(mut finding: Finding) -> Finding {
    // A near miss whose errors fall as those of what holds is not told apart at these sizes.
    let untold = |own: &Measurement| own.kind == Kind::Rate && own.supports() == Some(true);
    let all = finding.controls.len();
    finding.controls.retain(|control| !untold(control));
    if finding.controls.len() < all && !finding.controls.is_empty() {
        let left = all - finding.controls.len();
        finding.printed.text +=
            &format!(" ({left} near misses too near to be told at these sizes)");
    }
    let opposing = finding.evidence.iter();
    let opposing: Vec<&Measurement> = opposing
        .filter(|own| own.supports() != Some(true))
        .collect();
    let open = match opposing[..] {
        [] if finding.controls.is_empty() && !finding.evidence.is_empty() => UNTOLD,
        [] => return finding,
        _ if opposing.iter().all(|own| falls(own)) => slow(&opposing),
        _ => return finding,
    };
    finding.printed = Printed::unsettled(finding.printed.text, open);
    finding.evidence.retain(|own| own.supports() == Some(true));
    // Evidence without a near miss shows nothing, nor does a near miss without evidence.
    if finding.evidence.is_empty() || finding.controls.is_empty() {
        finding.evidence.clear();
        finding.controls.clear();
    }
    finding
}

/// Whether an error falls with the size, the interval of its exponent ending below 0, and no rate of the model's own says how fast.
fn falls(measurement: &Measurement) -> bool {
    let is_usual = measurement.allowance >= RATE;
    measurement.kind == Kind::Rate && is_usual && measurement.distance < 0.0
}

fn slow(opposing: &[&Measurement]) -> Open {
    let all: Vec<&str> = opposing.iter().map(|own| own.what.as_str()).collect();
    let asked = largest(opposing.iter().map(|own| own.allowance));
    Open {
        why: kept(format!(
            "it falls as the size grows, and slower than size^{asked}, so that an error that stays is not excluded: {}",
            all.join("; ")
        )),
        settled_by: LARGER,
    }
}

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
