//! The eigenvalues as bars, the law over them.

use tensor_dyson::ledger::{Axis, Figure, Series, Shape};
use tensor_dyson::sample_covariance::DataSpectrum;

/// Bars, and points of the law's density.
const BARS: usize = 60;
const POINTS: usize = 600;
/// How far beyond the edge, in edges, the figure goes for the sake of components.
const FARTHEST: f64 = 2.5;

/// The density of the nonzero eigenvalues among all p, and that of the law; components beyond the frame are counted.
pub(super) fn figure(found: &DataSpectrum) -> Figure {
    let edge = found.edges.1;
    let largest = found.eigenvalues.first().copied().unwrap_or(edge);
    let end = (1.05 * largest).clamp(1.1 * edge, FARTHEST * edge);
    let width = end / BARS as f64;
    let edges: Vec<f64> = (0..=BARS).map(|k| width * k as f64).collect();
    let p = found.bulk.sizes.1 as f64;
    let mut heights = vec![0.0; BARS];
    for &at in found.eigenvalues.iter().filter(|x| **x > 0.0) {
        if let Some(height) = heights.get_mut((at / width) as usize) {
            *height += 1.0 / (p * width);
        }
    }
    let beyond = found.eigenvalues.iter().filter(|x| **x > end).count();
    let caption = match beyond {
        0 => String::new(),
        1 => ", 1 eigenvalue beyond the right".to_owned(),
        _ => format!(", {beyond} eigenvalues beyond the right"),
    };
    let title = format!(
        "Sample covariance, N = {}, p = {p}: {} components{caption}",
        found.bulk.sizes.0, found.count
    );
    let variance = found.noise.variance;
    let density = |x: f64| found.bulk.distribution.density(x / variance) / variance;
    let points = (1..POINTS).map(|k| end * k as f64 / POINTS as f64);
    let mut figure = Figure::new(
        "spectrum",
        title,
        Axis::linear("λ").within(0.0, end),
        Axis::linear("density (without the mass at 0)"),
    );
    figure.series.push(Series {
        name: "eigenvalues".to_owned(),
        shape: Shape::Bars { edges, heights },
    });
    let figure = figure
        .line("law of the bulk", points.map(|x| (x, density(x))))
        .rules("edges of the bulk", [found.edges.0, edge]);
    let inside = found
        .spikes
        .iter()
        .map(|spike| spike.sample)
        .filter(|x| *x <= end);
    let inside: Vec<f64> = inside.collect();
    if inside.is_empty() {
        figure
    } else {
        figure.rules("components", inside)
    }
}
