//! Why a claim of a model stays open.

use crate::ledger::Open;

/// Where a law of the data has too few moments, the variance does not exist, and nothing is shown.
pub(super) const HEAVY: Open = Open {
    why: "Var |ω|² asks for a moment that the law of the data does not have: its tail is too heavy",
    settled_by: "a truncation of the data, or entries with more moments",
};

/// Where the calculus gives up.
pub(super) const BEYOND: Open = Open {
    why: "the proof is beyond the limits of the calculus",
    settled_by: "a feature of fewer factors, or a longer calculation",
};
