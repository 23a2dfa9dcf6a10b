//! The density of a law, drawn.

use tensor_dyson::ledger::{Axis, Figure};
use tensor_dyson::measure::Law;

/// Points on an interval of the support.
const POINTS: usize = 400;
/// The share of the support's width in which, away from edges, the highest density shown is looked for.
const EDGE: f64 = 0.02;

/// The density over the support, in closer steps towards the edges; the atoms as rules.
pub(super) fn figure(law: &Law, title: String) -> Figure {
    let support = match law.support() {
        Ok(intervals) => intervals.to_vec(),
        Err(_) => vec![law.hull()],
    };
    let mut walk = law.walk_over(POINTS * support.len());
    let mut highest = 0.0f64;
    let mut curve = Vec::new();
    for &(low, high) in &support {
        curve.push((low, f64::NAN));
        for k in 0..POINTS {
            let share = (0.5 * std::f64::consts::PI * (k as f64 + 0.5) / POINTS as f64)
                .sin()
                .powi(2);
            let x = low + (high - low) * share;
            if let Ok(density) = walk.density(x) {
                curve.push((x, density.value));
                if share > EDGE && share < 1.0 - EDGE {
                    highest = highest.max(density.value);
                }
            }
        }
    }
    let mut y = Axis::linear("density");
    let tallest = curve.iter().map(|&(_, y)| y).filter(|y| y.is_finite());
    // A density that is infinite at an edge is cut off.
    if highest > 0.0 && tallest.fold(0.0, f64::max) > 3.0 * highest {
        y = y.within(0.0, 1.5 * highest);
    }
    if support.is_empty() {
        y = y.within(0.0, 1.0);
    }
    let mut figure = Figure::new("law", title, Axis::linear("x"), y);
    if !support.is_empty() {
        figure = figure.line("density of the part without atoms", curve);
    }
    let atoms = law.point_masses();
    if !atoms.is_empty() {
        let mass: f64 = atoms.iter().map(|atom| atom.mass).sum();
        let name = format!("atoms, of mass {mass:.4} together");
        figure = figure.rules(name, atoms.iter().map(|atom| atom.at));
    }
    figure
}

/// A text whose numbers are rounded to four digits, for a reader.
pub(super) fn rounded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        out.push_str(before);
        // An exponent only where digits follow.
        let exponent = |at: usize| {
            let tail = number[at + 1..].trim_start_matches('-');
            tail.starts_with(|c: char| c.is_ascii_digit())
        };
        let mut end = 0;
        for (at, c) in number.char_indices() {
            let inside = c.is_ascii_digit()
                || (c == '.' && number[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
                || (c == 'e' && exponent(at))
                || (c == '-' && number[..at].ends_with('e'));
            if !inside {
                break;
            }
            end = at + 1;
        }
        let (digits, after) = number.split_at(end);
        let four = digits.parse().map(|x: f64| format!("{x:.3e}").parse());
        match four {
            Ok(Ok(x)) if x == 0.0 || (1e-4f64..1e6).contains(&x) => out.push_str(&x.to_string()),
            Ok(Ok(x)) => out.push_str(&format!("{x:e}")),
            _ => out.push_str(digits),
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn numbers_are_rounded_and_the_rest_is_kept() {
        for (text, wanted) in [
            (
                "mpmap(0.5, 0.19978820044686407 . point(1))",
                "mpmap(0.5, 0.1998 . point(1))",
            ),
            ("atoms(3000 of them) + -1.25", "atoms(3000 of them) + -1.25"),
            ("mp(0.000012345678)", "mp(1.235e-5)"),
            ("c₀ = 1.2346e-30, x", "c₀ = 1.235e-30, x"),
            ("(2 . mp(0.5) + 3)", "(2 . mp(0.5) + 3)"),
            ("arcsine(1.23456,2.34567)", "arcsine(1.235,2.346)"),
        ] {
            assert_eq!(rounded(text), wanted);
        }
    }
}
