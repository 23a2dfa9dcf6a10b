//! The closing page of a run: the formulas that are wrong as printed, and what holds instead.

use super::lines::wrapped;
use super::table::weakest;
use crate::ledger::{Outcome, PrintedVerdict, Verdict, plain_text};
use crate::numerals::three_digits as number;
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
    for (k, outcome) in errata(outcomes).into_iter().enumerate() {
        if k == 0 {
            lines.push_str("Errata: what is not as printed");
        }
        let printed = &outcome.printed;
        let mut item = |text: String, indent| {
            let _ = write!(lines, "\n{}", wrapped(&text, indent, indent));
        };
        item(
            format!(
                "{}. slide '{}', printed: {}",
                k + 1,
                outcome.slide,
                plain_text(&printed.text)
            ),
            2,
        );
        match &printed.erratum {
            Some(erratum) => {
                item(format!("wrong: {}", plain_text(erratum.wrong)), 5);
                item(format!("by: {} ({})", number(erratum.size), erratum.of), 5);
                item(format!("holds: {}", plain_text(erratum.corrected)), 5);
            }
            None => item(format!("holds: {}", plain_text(outcome.statement)), 5),
        }
        item(
            format!("evidence: {} ({})", outcome.id, weakest(outcome)),
            5,
        );
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, Size, run};

    fn slips(_: &Context) -> Result<Finding, CheckError> {
        let [good, bad] = [0, 1].map(|differing| Measurement::exact("m", 1, differing));
        Ok(Finding {
            printed: Printed::judged("x = 1", 3.0, 1.0).erratum("too large", "x = 2", 4.0, "of x"),
            evidence: vec![good],
            controls: vec![bad],
            ..Finding::default()
        })
    }

    fn is_completed(ctx: &Context) -> Result<Finding, CheckError> {
        Ok(Finding {
            printed: Printed::completed("x = 0", 3.0, 1.0, 0.5),
            ..slips(ctx)?
        })
    }

    #[test]
    fn an_entry_says_where_what_by_how_much_and_what_shows_it() {
        let claim = Claim {
            id: "one",
            section: 1,
            slide: "Main result",
            statement: "x = 3",
            check: slips,
            ..Claim::BLANK
        };
        let two = Claim {
            id: "two",
            check: is_completed,
            ..claim
        };
        let lines = errata_lines(&run(&[claim, two], Size::Small, 1, |_| {}));
        assert_eq!(
            lines.lines().map(str::trim).collect::<Vec<_>>(),
            [
                "Errata: what is not as printed",
                "1. slide 'Main result', printed: x = 1",
                "wrong: too large",
                "by: 4 (of x)",
                "holds: x = 2",
                "evidence: one (exact)",
                "2. slide 'Main result', printed: x = 0",
                "holds: x = 3",
                "evidence: two (exact)",
            ]
        );
    }
}
