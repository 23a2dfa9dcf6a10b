//! The claims' formulas in TeX, for the report. A statement says what the claim's plain text says, letter by
//! letter, which a test holds it to; it is cut into short formulas, so that a narrow page breaks it where one would.

mod beyond;
mod further;
mod preliminaries;
#[cfg(test)]
pub(crate) mod tests;
mod theorem;

use tensor_dyson::report::Notation;

/// In the talk's order.
pub(crate) const NOTATION: &[&[Notation]] = &[
    preliminaries::NOTATION,
    theorem::NOTATION,
    beyond::NOTATION,
    further::NOTATION,
];

/// A claim whose printed formula holds.
const fn claim(id: &'static str, statement: &'static str) -> Notation {
    erratum(id, statement, "", "")
}

/// A claim whose printed formula does not hold, with what holds instead.
const fn erratum(
    id: &'static str,
    statement: &'static str,
    printed: &'static str,
    corrected: &'static str,
) -> Notation {
    Notation {
        id,
        statement,
        printed,
        corrected,
    }
}
