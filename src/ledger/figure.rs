//! Figures as plain data: what a claim's numbers look like. How they are drawn is [`crate::report`]'s affair.

use super::{Ladder, LadderError};

/// How values are laid along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps are equal differences.
    Linear,
    /// Equal steps are equal ratios; values that are not positive are not drawn.
    Log,
}

/// One axis: what it measures, in which units, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The quantity, with its unit where it has one.
    pub label: String,
    /// How values are laid along it.
    pub scale: Scale,
    /// The part that is shown; all of the data where it is `None`.
    pub range: Option<(f64, f64)>,
}

impl Axis {
    /// A linear axis over all of the data.
    pub fn linear(label: impl Into<String>) -> Self {
        Axis {
            label: label.into(),
            scale: Scale::Linear,
            range: None,
        }
    }

    /// A logarithmic axis over all of the data.
    pub fn log(label: impl Into<String>) -> Self {
        Axis {
            scale: Scale::Log,
            ..Axis::linear(label)
        }
    }

    /// The same axis, showing `low..high` only.
    pub fn within(mut self, low: f64, high: f64) -> Self {
        self.range = Some((low, high));
        self
    }
}

/// What a series of a figure consists of.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Points (x, y) joined in their order; a value that is not finite breaks the line.
    Line(Vec<(f64, f64)>),
    /// Points (x, y) with a marker each.
    Points(Vec<(f64, f64)>),
    /// Bars between neighbouring edges, one height fewer than edges.
    Bars {
        /// The edges of the bars, rising.
        edges: Vec<f64>,
        /// The heights of the bars.
        heights: Vec<f64>,
    },
    /// Vertical rules at these x: edges of a law, predicted outliers.
    Rules(Vec<f64>),
}

/// A named series of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// What it consists of.
    pub shape: Shape,
}

/// A figure: titled axes and named series. Lines are told apart by their order: by convention what holds
/// comes first, and what is printed or refuted after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its name, unique in a ledger: letters, digits and hyphens (a file's name and a page's anchor).
    pub id: &'static str,
    /// What it shows, as a sentence or a title.
    pub title: String,
    /// The sizes, the seed's draw, and what to look for; may be empty.
    pub caption: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// What is drawn, from back to front.
    pub series: Vec<Series>,
}

impl Figure {
    /// An empty figure.
    pub fn new(id: &'static str, title: impl Into<String>, x: Axis, y: Axis) -> Self {
        Figure {
            id,
            title: title.into(),
            caption: String::new(),
            x,
            y,
            series: Vec::new(),
        }
    }

    /// Says what to look for.
    pub fn caption(mut self, caption: impl Into<String>) -> Self {
        self.caption = caption.into();
        self
    }

    fn with(mut self, name: impl Into<String>, shape: Shape) -> Self {
        self.series.push(Series {
            name: name.into(),
            shape,
        });
        self
    }

    /// Adds points joined by a line: a density, a predicted curve.
    pub fn line(
        self,
        name: impl Into<String>,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Self {
        self.with(name, Shape::Line(points.into_iter().collect()))
    }

    /// Adds markers.
    pub fn points(
        self,
        name: impl Into<String>,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Self {
        self.with(name, Shape::Points(points.into_iter().collect()))
    }

    /// Adds vertical rules.
    pub fn rules(self, name: impl Into<String>, at: impl IntoIterator<Item = f64>) -> Self {
        self.with(name, Shape::Rules(at.into_iter().collect()))
    }

    /// Adds a histogram of `values` with `bins` equal bins over `low..high`, as a density: its area is the
    /// share of the values in there, so that a law's density can be laid over it.
    ///
    /// # Panics
    /// If there are no bins, or `low < high` does not hold.
    pub fn histogram(
        self,
        name: impl Into<String>,
        values: &[f64],
        (low, high): (f64, f64),
        bins: usize,
    ) -> Self {
        assert!(
            bins > 0 && low < high && (high - low).is_finite(),
            "{bins} bins over {low}..{high}"
        );
        let width = (high - low) / bins as f64;
        let mut heights = vec![0.0; bins];
        for &value in values {
            if (low..=high).contains(&value) {
                let bin = ((value - low) / width) as usize;
                heights[bin.min(bins - 1)] += 1.0 / (width * values.len() as f64);
            }
        }
        let edges = (0..=bins).map(|k| low + width * k as f64).collect();
        self.with(name, Shape::Bars { edges, heights })
    }

    /// Errors against sizes on log–log axes: every ladder as markers, with its fitted power as a line.
    ///
    /// # Errors
    /// [`LadderError`] if a ladder has no rate.
    pub fn rates(
        id: &'static str,
        title: impl Into<String>,
        size: &str,
        error: &str,
        ladders: &[(&str, &Ladder)],
    ) -> Result<Self, LadderError> {
        let mut figure = Figure::new(id, title, Axis::log(size), Axis::log(error));
        for (name, ladder) in ladders {
            let rate = ladder.rate()?;
            let (low, high) = ladder.sizes();
            let power = |size: f64| (size, rate.constant * size.powf(rate.exponent));
            figure = figure.points(*name, ladder.errors().iter().copied()).line(
                format!(
                    "{name}: exponent {} ± {:.2}",
                    format!("{:.2}", rate.rounded()).replace('-', "−"),
                    rate.half_width
                ),
                [power(low), power(high)],
            );
        }
        Ok(figure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_is_a_density_of_all_values() {
        let figure = Figure::new("h", "", Axis::linear("x"), Axis::linear("density")).histogram(
            "values",
            &[0.0, 0.1, 0.9, 1.0, 7.0],
            (0.0, 1.0),
            2,
        );
        let Shape::Bars { edges, heights } = &figure.series[0].shape else {
            panic!("{figure:?}");
        };
        assert_eq!(edges, &[0.0, 0.5, 1.0]);
        // Two of five values in each half; the fifth lies outside and is counted.
        assert!(heights.iter().all(|h| (h * 0.5 - 0.4).abs() < 1e-15));
    }

    #[test]
    fn a_rate_figure_has_the_errors_and_the_fitted_power() {
        let mut ladder = Ladder::default();
        for size in [10.0, 20.0, 40.0] {
            ladder.push(size, 3.0 / size);
        }
        let figure = Figure::rates("r", "", "d", "error", &[("right", &ladder)]).unwrap();
        assert_eq!((figure.x.scale, figure.y.scale), (Scale::Log, Scale::Log));
        assert_eq!((&*figure.x.label, &*figure.y.label), ("d", "error"));
        let [_, fit] = &figure.series[..] else {
            panic!("{figure:?}");
        };
        let Shape::Line(ends) = &fit.shape else {
            panic!("{fit:?}");
        };
        for &(size, error) in ends {
            assert!((error * size - 3.0).abs() < 1e-12);
        }
        assert!(Figure::rates("r", "", "d", "error", &[("none", &Ladder::default())]).is_err());
    }
}
