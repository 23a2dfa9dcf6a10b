//! Answers that are the same: words alike, values within both bounds, bounds within a factor.

use insta::Snapshot;
use insta::comparator::Comparator;

/// Rounding differs between machines, and with it what a root is off by, which is a part of its bound.
const FACTOR: f64 = 1.5;
/// What is computed without a bound: moments, places of edges, masses.
const ROUNDING: f64 = 1e-11;

/// See the head of this file.
pub(crate) struct Kept;

impl Comparator for Kept {
    fn matches(&self, reference: &Snapshot, test: &Snapshot) -> bool {
        let (Some(a), Some(b)) = (reference.as_text(), test.as_text()) else {
            return false;
        };
        let (a, b) = (a.to_string(), b.to_string());
        let (mut a, mut b) = (a.trim_end().lines(), b.trim_end().lines());
        loop {
            match (a.next(), b.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if same(a, b) => {}
                (a, b) => {
                    println!("kept {a:?}\nnow  {b:?}");
                    return false;
                }
            }
        }
    }

    fn dyn_clone(&self) -> Box<dyn Comparator> {
        Box::new(Kept)
    }
}

fn numbers(words: &[&str]) -> Option<f64> {
    words.first().and_then(|word| word.parse().ok())
}

/// A line against a line.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|line| line.split(' ').collect::<Vec<_>>());
    a.len() == b.len() && (0..a.len()).all(|k| a[k] == b[k] || near([&a, &b], k))
}

/// Number k of two lines: a bound after `±`, a count after `steps`, else a value with the bound that follows.
fn near(lines: [&[&str]; 2], k: usize) -> bool {
    let [Some(x), Some(y)] = lines.map(|line| numbers(&line[k..])) else {
        return false;
    };
    let (least, most) = (x.abs().min(y.abs()), x.abs().max(y.abs()));
    match k.checked_sub(1).map(|before| lines[0][before]) {
        Some("±") => most <= FACTOR * least,
        Some("steps") => most <= FACTOR * least + 2.0,
        _ => {
            let [p, q] = lines.map(|line| bound(&line[k..]));
            let bounds = p.zip(q).map(|(p, q)| p + q).filter(|sum| sum.is_finite());
            let allowed = bounds.unwrap_or(ROUNDING * most);
            (x - y).abs() <= allowed
        }
    }
}

/// The bound that follows a number, of which there may be a second part.
fn bound(words: &[&str]) -> Option<f64> {
    let at = words.iter().take(3).position(|word| *word == "±")?;
    let between = &words[1..at];
    let stands = between.iter().all(|word| word.parse::<f64>().is_ok());
    if stands {
        numbers(&words[at + 1..])
    } else {
        None
    }
}

#[test]
fn what_moves_is_seen() {
    let kept = "s = 1.25 0.5 ± 1e-12 steps 10";
    for now in [
        "s = 1.2500000000015 0.5 ± 1e-12 steps 10",
        "s = 1.25 0.5 ± 1.4e-12 steps 10",
        "s = 1.25 0.5 ± 1e-12 steps 17",
        kept,
    ] {
        assert!(same(kept, now), "{now}");
    }
    for now in [
        "s = 1.250000000003 0.5 ± 1e-12 steps 10",
        "s = 1.25 0.500000000003 ± 1e-12 steps 10",
        "s = 1.25 0.5 ± 1.6e-12 steps 10",
        "s = 1.25 0.5 ± 0.6e-12 steps 10",
        "s = 1.25 0.5 ± 0e0 steps 10",
        "s = 1.25 0.5 ± 1e-12 steps 18",
        "s = 1.25 0.5 ± 1e-12 steps none",
        "s = 1.25 0.5 ± 1e-12",
        "t = 1.25 0.5 ± 1e-12 steps 10",
    ] {
        assert!(!same(kept, now), "{now}");
    }
    assert!(same("hull 1e0 2.00000000000001e0", "hull 1e0 2e0"));
    assert!(!same("hull 1e0 2.0000000001e0", "hull 1e0 2e0"));
}
