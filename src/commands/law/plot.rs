//! The density of a law, drawn.

use super::CommandError;
use tensor_dyson::ledger::{Axis, Figure};
use tensor_dyson::measure::Law;
use tensor_dyson::report::svg_file;

/// Points on an interval of the support.
const POINTS: usize = 400;
/// The share of the support's width in which, away from edges, the highest density shown is looked for.
const EDGE: f64 = 0.02;

/// The density over the support, in closer steps towards the edges; the atoms as rules.
pub(super) fn svg(law: &Law) -> Result<String, CommandError> {
    let support = match law.support() {
        Ok(intervals) => intervals.to_vec(),
        Err(_) => vec![law.hull()],
    };
    let mut walk = law.walk();
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
    let title = law.to_string();
    let mut figure = Figure::new("law", title, Axis::linear("x"), y)
        .line("density of the part without atoms", curve);
    let atoms = law.point_masses();
    if !atoms.is_empty() {
        let mass: f64 = atoms.iter().map(|atom| atom.mass).sum();
        let name = format!("atoms, of mass {mass:.4} together");
        figure = figure.rules(name, atoms.iter().map(|atom| atom.at));
    }
    Ok(svg_file(&figure)?)
}
