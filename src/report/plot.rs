//! A [`Figure`] as SVG: for a page that restyles it, or for a file that stands alone.

mod axis;
mod legend;
mod series;
mod style;

use crate::ledger::{Figure, Series, Shape};
use legend::{LEGEND_ROW, TITLE_LINE, draw_head, legend_rows, wrapped_title};
use plotters::coord::Shift;
use plotters::prelude::*;
use series::draw_plot;
use style::{Role, UNIT, WIDTH, dressed};
pub(super) use style::{scripted, text_width};

/// A figure that plotters would not draw.
#[derive(Debug, thiserror::Error)]
#[error("the figure '{id}' cannot be drawn: {source}")]
pub struct PlotError {
    /// The figure.
    pub id: &'static str,
    /// What plotters says.
    pub source: DrawingAreaErrorKind<std::io::Error>,
}

type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// The height of the plot itself, in pixels.
const PLOT: i32 = 280;

/// The figure for a page: text in the page's font, `class="s-…"` for strokes and `class="f-…"` for fills,
/// which the page may restyle. No background.
///
/// # Errors
/// [`PlotError`].
pub fn svg(figure: &Figure) -> Result<String, PlotError> {
    let roles = roles(&figure.series);
    let title = wrapped_title(&figure.title);
    let legend = legend_rows(&figure.series, &roles);
    let top = 8 + TITLE_LINE * title.len() as i32 + LEGEND_ROW * legend.len() as i32;
    let size = (WIDTH, top + PLOT);
    let mut drawing = String::new();
    {
        let scaled = |x: i32| (UNIT * x) as u32;
        let root = SVGBackend::with_string(&mut drawing, (scaled(size.0), scaled(size.1)))
            .into_drawing_area();
        draw_head(&root, &title, &legend)
            .and_then(|below| draw_plot(&root, figure, &roles, below))
            .and_then(|()| root.present())
            .map_err(|source| PlotError {
                id: figure.id,
                source,
            })?;
    }
    let opened = format!(
        "<svg width=\"{}\" height=\"{}\" viewBox",
        UNIT * size.0,
        UNIT * size.1
    );
    let shown = format!(
        "<svg class=\"plot\" data-series=\"{}\" role=\"img\" aria-label=\"{}\" font-family=\"sans-serif\" \
         width=\"{}\" height=\"{}\" viewBox",
        figure.series.len(),
        escaped(&figure.title),
        size.0,
        size.1
    );
    Ok(dressed(&drawing).replacen(&opened, &shown, 1))
}

/// The figure as a file of its own, on white.
///
/// # Errors
/// [`PlotError`].
pub fn svg_file(figure: &Figure) -> Result<String, PlotError> {
    let svg = svg(figure)?;
    let ground = "<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>";
    Ok(match svg.split_once('\n') {
        Some((head, rest)) => format!("{head}\n{ground}\n{rest}"),
        None => svg,
    })
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Roles by order within each kind: the k-th line and the k-th set of points share a colour.
fn roles(series: &[Series]) -> Vec<Role> {
    let (mut lines, mut points, mut bars, mut rules) = (0, 0, 0, 0);
    let next = |count: &mut usize| {
        *count += 1;
        *count - 1
    };
    series
        .iter()
        .map(|series| match series.shape {
            Shape::Line(_) => Role::Line(next(&mut lines)),
            Shape::Points(_) => Role::Line(next(&mut points)),
            Shape::Bars { .. } => Role::Bars(next(&mut bars)),
            Shape::Rules(_) => Role::Rules(next(&mut rules)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Axis;

    fn sample() -> Figure {
        Figure::new(
            "sample",
            "A < B & \"C\"",
            Axis::linear("λ"),
            Axis::linear("density"),
        )
        .histogram("sampled", &[0.1, 0.2, 0.25, 0.9], (0.0, 1.0), 10)
        .line("law", [(0.0, 0.5), (0.5, f64::NAN), (1.0, 0.5)])
        .points("seen", [(0.3, 1.0), (f64::INFINITY, 2.0)])
        .rules("edge", [0.95])
    }

    #[test]
    fn every_series_is_drawn_and_named() {
        let svg = svg(&sample()).unwrap();
        for class in ["f-b0", "f-l0", "s-r0", "f-ink", "s-grid"] {
            assert!(
                svg.contains(&format!("class=\"{class}\"")),
                "{class}: {svg}"
            );
        }
        for text in [
            "sampled",
            "law",
            "seen",
            "edge",
            "λ",
            "density",
            "A &lt; B &amp;",
        ] {
            assert!(svg.contains(text), "{text}");
        }
        assert!(svg.starts_with("<svg class=\"plot\""), "{}", &svg[..200]);
        assert!(svg.contains("aria-label=\"A &lt; B &amp; &quot;C&quot;\""));
        assert!(svg.trim_end().ends_with("</svg>"));
        // No stand-in colour is left.
        assert!(!svg.contains("#F00"), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }

    #[test]
    fn an_outlined_marker_has_no_dashes() {
        let empty = Figure::new("rings", "", Axis::linear("x"), Axis::linear("y"));
        let points = |figure: Figure, name| figure.points(name, [(0.0, 1.0), (1.0, 2.0)]);
        let figure = ["disc", "triangle", "ring", "cross"]
            .into_iter()
            .fold(empty, points);
        let svg = svg(&figure).unwrap();
        let outlined: Vec<&str> = svg
            .lines()
            .filter(|line| line.contains("\"s-l2\"") || line.contains("\"s-l3\""))
            .collect();
        // Two points and a swatch each, the cross in two strokes.
        assert_eq!(outlined.len(), 9, "{svg}");
        assert!(
            outlined.iter().all(|line| !line.contains("dasharray")),
            "{svg}"
        );
    }

    #[test]
    fn odd_data_are_drawn_without_a_panic() {
        let empty = Figure::new("empty", "", Axis::log("x"), Axis::log("y"));
        let none = empty
            .clone()
            .line("none", [])
            .points("nan", [(f64::NAN, 1.0)]);
        let one = empty
            .clone()
            .points("one", [(1.0, 1.0)])
            .line("zero", [(0.0, 0.0)]);
        let huge = empty
            .clone()
            .line("huge", [(1e-300, 1e300), (1e300, 1e-300)]);
        let flat = Figure::new("flat", "flat", Axis::linear("x"), Axis::linear("y")).histogram(
            "none in here",
            &[5.0],
            (0.0, 1.0),
            3,
        );
        let far = Figure::new("far", "far", Axis::linear("x"), Axis::linear("y"))
            .line("far", [(-1e308, -1e308), (1e308, 1e308)]);
        for figure in [empty, none, one, huge, flat, far] {
            let drawn = svg_file(&figure).unwrap();
            assert!(drawn.contains("#FFFFFF"), "{}", figure.id);
        }
    }
}
