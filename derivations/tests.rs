//! Every claim as a test, with its snapshot, at the small size and the default seed.

mod tolerant;

use super::claims;
use crate::s09_theorem::density;
use insta::assert_snapshot;
use std::fmt::Write;
use tensor_dyson::ledger::{
    Axis, CheckError, Claim, Context, Finding, Kind, Outcome, PrintedVerdict, Scale, Shape, Size,
    Verdict, plain_text, run,
};
use tensor_dyson::model::Activation;
use tensor_dyson::report::{argument_lines, svg_file, text_with_math};

const SEED: u64 = 20240522;

/// Numbers are compared to 1e-9 of their size, words exactly.
fn in_snapshots(assertions: impl FnOnce()) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
    let near = |x: f64, y: f64| (x - y).abs() <= 1e-9 * (1.0 + x.abs());
    tolerant::in_snapshots(folder, near, assertions);
}

/// What a snapshot holds of a claim: the statement, the verdicts, what it rests on, numbers on the way, and its
/// arguments in full. A claim that is no longer proved, or whose printed formula fares otherwise, is seen here.
fn recorded(outcome: &Outcome) -> String {
    let mut text = format!(
        "{}\nverdict: {}\nprinted: {:?}\n",
        plain_text(outcome.statement),
        outcome.verdict.name(),
        outcome.printed.verdict
    );
    for m in &outcome.evidence {
        let role = if m.cross_check {
            "cross-check"
        } else {
            "evidence"
        };
        let _ = writeln!(text, "{role}: {} {} cases", m.kind.name(), m.cases);
    }
    for m in &outcome.controls {
        let _ = writeln!(text, "control: {} {} cases", m.kind.name(), m.cases);
    }
    for (name, values) in &outcome.intermediates {
        let _ = writeln!(text, "{name}:");
        for value in values {
            let _ = writeln!(text, "  {value:.12e}");
        }
    }
    text + &argument_lines(outcome).unwrap_or_default()
}

#[test]
fn every_claim_holds_and_matches_its_snapshot() {
    let outcomes = run(&claims(), Size::Small, SEED, |_| {});
    in_snapshots(|| {
        let open: String = outcomes
            .iter()
            .filter_map(|o| Some(format!("{}: {}\n", o.id, o.printed.open?.why)))
            .collect();
        assert_snapshot!("open", open);
        assert_snapshot!("assumptions", assumptions(&outcomes));
        for outcome in &outcomes {
            assert_in_the_errata(outcome);
            assert!(
                matches!(outcome.verdict, Verdict::Holds | Verdict::Open),
                "{outcome:#?}"
            );
            assert_snapshot!(outcome.id, recorded(outcome));
            assert_drawn(outcome);
            assert_argued(outcome);
            assert_formulas(outcome);
        }
    });
}

/// What is taken on trust, in one place: what claims say, and what their proofs take for granted. A new assumption is
/// visible in review.
fn assumptions(outcomes: &[Outcome]) -> String {
    let of_claim = |outcome: &Outcome| -> String {
        let line = |assumption: &String| format!("{}: {assumption}\n", outcome.id);
        outcome.assumes.iter().map(line).collect()
    };
    outcomes.iter().map(of_claim).collect()
}

/// All formulas are TeX, and the statement has one where a page would need it.
fn assert_formulas(outcome: &Outcome) {
    let erratum = outcome.printed.erratum.iter();
    let errata = erratum.flat_map(|erratum| [erratum.wrong, erratum.corrected]);
    for text in [outcome.statement, &outcome.printed.text]
        .into_iter()
        .chain(errata)
    {
        let html = text_with_math(text);
        assert!(html.is_ok(), "{}: {html:?}", outcome.id);
    }
    assert!(!outcome.statement.is_empty(), "{}", outcome.id);
}

/// Every series of every figure has something to show in the frame of its axes.
fn assert_drawn(outcome: &Outcome) {
    let placed = |axis: &Axis, x: f64| {
        let in_range = axis.range.is_none_or(|(low, high)| low <= x && x <= high);
        x.is_finite() && in_range && (axis.scale == Scale::Linear || x > 0.0)
    };
    for figure in &outcome.figures {
        assert!(!figure.series.is_empty(), "{}", figure.id);
        let (across, up) = (|x| placed(&figure.x, x), |y| placed(&figure.y, y));
        let seen = |points: &[(f64, f64)]| points.iter().any(|p| across(p.0) && up(p.1));
        for series in &figure.series {
            let shown = match &series.shape {
                Shape::Line(points) | Shape::Points(points) => seen(points),
                Shape::Bars { heights, .. } => heights.iter().any(|height| *height > 0.0),
                Shape::Rules(at) => at.iter().any(|x| across(*x)),
            };
            assert!(shown, "{}: nothing of '{}'", figure.id, series.name);
        }
    }
}

/// The README's figure is what this code draws, up to a quarter of a pixel: rounding differs between machines.
#[test]
fn the_figure_of_the_readme_is_not_stale() {
    fn drawn(ctx: &Context) -> Result<Finding, CheckError> {
        let figure = density(ctx, &Activation::Identity, "ntk-linear", "x")?;
        Ok(Finding {
            figures: vec![figure],
            ..Finding::default()
        })
    }
    let claim = claims().into_iter().find(|c| c.id == "theorem-linear");
    // The claim's own streams, without its samples.
    let only_drawn = Claim {
        check: drawn,
        ..claim.unwrap()
    };
    let outcome = run(&[only_drawn], Size::Standard, SEED, |_| {}).remove(0);
    let now = svg_file(&outcome.figures[0]);
    let shown = include_str!("../docs/ntk-linear.svg");
    let near = |x: f64, y: f64| (x - y).abs() <= 0.25;
    assert!(tolerant::same(&now, shown, near), "{now}");
}

#[test]
fn the_numbers_do_not_depend_on_the_number_of_threads() {
    let few: Vec<_> = claims()
        .into_iter()
        .filter(|c| c.section <= 4 || c.id == "theorem-cos")
        .collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let outcomes = pool.install(|| run(&few, Size::Small, SEED, |_| {}));
        outcomes
            .into_iter()
            .map(|o| (o.id, o.evidence, o.controls))
            .collect::<Vec<_>>()
    };
    assert_eq!(on(1), on(3));
}

/// Each proof and near miss can be read on a terminal, and what is proved has near misses that were argued.
fn assert_argued(outcome: &Outcome) {
    let lines = argument_lines(outcome).unwrap_or_default();
    let widest = lines.lines().map(|line| line.chars().count()).max();
    assert!(widest.unwrap_or(0) <= 100, "{lines}");
    if outcome.rests_on() == Some(Kind::Proved) {
        let near_misses = outcome.controls.iter().filter(|m| m.argument.is_some());
        assert!(near_misses.count() >= 1, "{}", outcome.id);
    }
}

/// Whatever is wrong as printed has its entry in the errata, with a size.
fn assert_in_the_errata(outcome: &Outcome) {
    if matches!(
        outcome.printed.verdict,
        PrintedVerdict::Slip | PrintedVerdict::Incomplete
    ) {
        let Some(erratum) = &outcome.printed.erratum else {
            panic!("{} is wrong as printed, without an erratum", outcome.id);
        };
        assert!(
            erratum.size.is_finite() && erratum.size > 0.0,
            "{erratum:?}"
        );
        assert!(!erratum.wrong.is_empty() && !erratum.corrected.is_empty());
    }
}
