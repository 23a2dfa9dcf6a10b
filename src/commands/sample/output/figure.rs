//! The spectrum and the law, drawn.

use super::Outcome;
use tensor_dyson::ledger::{Axis, Figure, Series, Shape};
use tensor_dyson::model::Sizes;

/// Bars of the sample's density.
const BARS: usize = 60;

impl Outcome<'_> {
    /// The density of the sample as bars, and that of the law.
    pub(in super::super) fn figure(&self) -> Figure {
        let found = &self.found;
        let (low, high) = found.edges().unwrap_or((0.0, 1.0));
        let end = 1.1 * high;
        let width = end / BARS as f64;
        let edges: Vec<f64> = (0..=BARS).map(|k| width * k as f64).collect();
        let heights = edges
            .windows(2)
            .map(|pair| (found.distribution.at(pair[1]) - found.distribution.at(pair[0])) / width)
            .collect();
        let points = (1..600).map(|k| end * k as f64 / 600.0);
        let Sizes { n, d, p } = found.sizes;
        let title = format!(
            "NTK, n = {n}, d = {d}, p = {p}, {}",
            self.activation.formulas()
        );
        let mut figure = Figure::new(
            "sample",
            title,
            Axis::linear("λ").within(0.0, end),
            Axis::linear("density (without the mass at 0)"),
        );
        figure.series.push(Series {
            name: "sample".to_owned(),
            shape: Shape::Bars { edges, heights },
        });
        figure
            .line("limit law", points.map(|x| (x, found.law.density(x))))
            .rules("edges of the law", [low, high])
    }
}
