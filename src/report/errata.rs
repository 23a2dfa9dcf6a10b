//! The closing page of a run: the formulas that are wrong as printed, and what holds instead.

use super::table::{weakest, wrapped};
use crate::ledger::{Outcome, PrintedVerdict, Verdict};
use std::fmt::Write;

/// The outcomes whose printed formula is wrong or incomplete, in the order of the ledger; without those whose printed
/// formula is the claim and falls with it, for which nothing is known to hold instead.
pub fn errata(outcomes: &[Outcome]) -> Vec<&Outcome> {
    outcomes
        .iter()
        .filter(|outcome| {
            matches!(
                outcome.printed.verdict,
                PrintedVerdict::Slip | PrintedVerdict::Incomplete
            ) && (outcome.printed.erratum.is_some() || outcome.verdict != Verdict::Refuted)
        })
        .collect()
}

/// The errata as text: for each entry the slide, the printed formula, what is wrong, by how much, what
/// holds instead, and the claim that shows it with its weakest kind of evidence. Empty if there is none.
pub fn errata_lines(outcomes: &[Outcome]) -> String {
    let mut lines = String::new();
    for (number, outcome) in errata(outcomes).into_iter().enumerate() {
        if number == 0 {
            lines.push_str("Errata: what is not as printed");
        }
        let printed = &outcome.printed;
        let mut item = |text: String, indent| {
            let _ = write!(lines, "\n{}", wrapped(&text, indent));
        };
        item(
            format!(
                "{}. slide '{}', printed: {}",
                number + 1,
                outcome.slide,
                printed.text
            ),
            2,
        );
        match &printed.erratum {
            Some(erratum) => {
                item(format!("wrong: {}", erratum.wrong), 5);
                item(format!("by: {:.3} ({})", erratum.size, erratum.of), 5);
                item(format!("holds: {}", erratum.corrected), 5);
            }
            None => item(format!("holds: {}", outcome.statement), 5),
        }
        item(
            format!("evidence: {} ({})", outcome.id, weakest(outcome)),
            5,
        );
    }
    lines
}
