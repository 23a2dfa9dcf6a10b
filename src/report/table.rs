//! The run on a terminal of 100 columns.

use super::lines::{WIDTH, wrapped};
use crate::ledger::{Measurement, Open, Outcome, PrintedVerdict, Verdict, plain_text};
use crate::numerals::three_digits as number;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Why a claim is open and what would settle it, in sentences.
pub(super) fn open_reason(open: &Open) -> String {
    let [why, by] = [open.why, open.settled_by].map(|text| text.trim_end_matches('.'));
    format!("{why}. It would be settled by: {by}.")
}

fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}

pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn measurement(mark: &str, m: &Measurement) -> String {
    let sign = match m.supports() {
        Some(true) => "≤",
        Some(false) => ">",
        None => "?",
    };
    wrapped(
        &format!(
            "{mark} {} [{}, {}]: {} {sign} {}",
            m.what,
            m.kind.name(),
            counted(m.cases, "case"),
            number(m.distance),
            number(m.allowance)
        ),
        6,
        6,
    )
}

/// The name of the weakest kind of evidence that a claim rests on.
pub(super) fn weakest(outcome: &Outcome) -> &'static str {
    outcome.rests_on().map_or("none", |kind| kind.name())
}

/// How much is said of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// One line, what was found where a claim tells it, and all there is where it does not hold.
    Brief,
    /// Its statement, evidence, cross-checks and controls too.
    Full,
}

/// One line for a claim, with the weakest kind of evidence that it rests on; and below it what `detail` asks for.
pub fn outcome_lines(outcome: &Outcome, detail: Detail) -> String {
    let mut lines = headline(outcome);
    if detail == Detail::Full || outcome.verdict != Verdict::Holds {
        for line in details(outcome) {
            lines.push('\n');
            lines.push_str(&line);
        }
    } else if outcome.told {
        lines.push('\n');
        lines.push_str(&wrapped(&plain_text(&outcome.printed.text), 4, 4));
    }
    lines
}

fn headline(outcome: &Outcome) -> String {
    let mark = match outcome.verdict {
        Verdict::Holds => "✓",
        Verdict::Refuted => "✗",
        Verdict::Vacuous => "○",
        Verdict::Open => "?",
    };
    let printed = match outcome.printed.verdict {
        PrintedVerdict::Holds => "as printed",
        PrintedVerdict::Slip => "printed: slip",
        PrintedVerdict::Incomplete => "printed: incomplete",
        PrintedVerdict::Open => "printed: open",
        PrintedVerdict::Unevaluated => "not evaluated",
    };
    let refuted = outcome
        .controls
        .iter()
        .filter(|m| m.supports() == Some(false))
        .count();
    let line = format!(
        "{mark} {:<22} {:<8} {:<9} {refuted}/{} controls refuted  {:<20} {:6.2} s",
        outcome.id,
        outcome.verdict.name(),
        weakest(outcome),
        outcome.controls.len(),
        printed,
        outcome.seconds
    );
    shortened(&line, WIDTH)
}

fn details(outcome: &Outcome) -> Vec<String> {
    let off = match outcome.printed.open {
        Some(_) => String::new(),
        None => format!(
            " (off by {}, allowed {})",
            number(outcome.printed.distance),
            number(outcome.printed.allowance)
        ),
    };
    let text = plain_text(&outcome.printed.text);
    let printed = format!("slide '{}', printed: {text}{off}", outcome.slide);
    let mut lines = vec![
        wrapped(&plain_text(outcome.statement), 4, 4),
        wrapped(&printed, 4, 4),
    ];
    if let Some(open) = &outcome.printed.open {
        lines.push(wrapped(&format!("open: {}", open_reason(open)), 6, 6));
    }
    for m in &outcome.evidence {
        let role = if m.cross_check {
            "cross-check:"
        } else {
            "evidence:"
        };
        lines.push(measurement(role, m));
    }
    lines.extend(outcome.controls.iter().map(|m| measurement("control:", m)));
    if let Some(error) = &outcome.error {
        lines.push(wrapped(&format!("error: {error}"), 6, 6));
    }
    lines
}

/// The arguments of a claim in full: its proofs step by step, and what its near misses are off by. `None`
/// where nothing was proved.
pub fn argument_lines(outcome: &Outcome) -> Option<String> {
    let mut lines = String::new();
    for (role, measurements) in [
        ("Proof", &outcome.evidence),
        ("Near miss", &outcome.controls),
    ] {
        for m in measurements {
            if let Some(argument) = &m.argument {
                let _ = write!(lines, "\n  {role}: {argument}");
            }
        }
    }
    (!lines.is_empty()).then_some(lines)
}

/// The closing lines: how many claims stand.
pub fn closing_count(outcomes: &[Outcome]) -> String {
    let count = |verdict| outcomes.iter().filter(|o| o.verdict == verdict).count();
    let printed = |verdict| {
        outcomes
            .iter()
            .filter(|o| o.printed.verdict == verdict)
            .count()
    };
    let controls: usize = outcomes.iter().map(|o| o.controls.len()).sum();
    format!(
        "{}: {} hold, {} refuted, {} vacuous, {} open\n\
         {}; as printed: {} hold, {} slips, {} incomplete",
        counted(outcomes.len(), "claim"),
        count(Verdict::Holds),
        count(Verdict::Refuted),
        count(Verdict::Vacuous),
        count(Verdict::Open),
        counted(controls, "control"),
        printed(PrintedVerdict::Holds),
        printed(PrintedVerdict::Slip),
        printed(PrintedVerdict::Incomplete),
    )
}
