//! A [`Figure`] as SVG: for a page that restyles it, or for a file that stands alone.

mod axis;
mod clip;
mod legend;
mod series;
mod style;

use super::scene::Scene;
use super::scripts::escaped;
use crate::ledger::{Figure, Series, Shape};
use legend::draw_head;
use series::draw_plot;
use style::{Role, WIDTH};

/// The height of the plot itself, in pixels.
const PLOT: f64 = 280.0;

/// The figure for a page: text in the page's font, `class="s-…"` for strokes and `class="f-…"` for fills,
/// which the page may restyle. No background.
pub fn svg(figure: &Figure) -> String {
    drawn(Scene::default(), figure)
}

/// The figure as a file of its own, on white.
pub fn svg_file(figure: &Figure) -> String {
    let mut scene = Scene::default();
    scene.tag("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>");
    drawn(scene, figure)
}

fn drawn(mut scene: Scene, figure: &Figure) -> String {
    let series = roles(&figure.series);
    let top = draw_head(&mut scene, &figure.title, &series);
    let height = top + PLOT;
    draw_plot(&mut scene, figure, &series, (top, height));
    let attributes = format!(
        "class=\"plot\" data-series=\"{}\" aria-label=\"{}\" font-family=\"sans-serif\"",
        figure.series.len(),
        escaped(&figure.title)
    );
    scene.finished((WIDTH, height), &attributes)
}

/// The series with their roles, by order within each kind: the k-th line and the k-th set of points share a colour.
fn roles(series: &[Series]) -> Vec<(&Series, Role)> {
    let (mut lines, mut points, mut bars, mut rules) = (0, 0, 0, 0);
    let next = |count: &mut usize| {
        *count += 1;
        *count - 1
    };
    series
        .iter()
        .map(|series| {
            let role = match series.shape {
                Shape::Line(_) => Role::Line(next(&mut lines)),
                Shape::Points(_) => Role::Line(next(&mut points)),
                Shape::Bars { .. } => Role::Bars(next(&mut bars)),
                Shape::Rules(_) => Role::Rules(next(&mut rules)),
            };
            (series, role)
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
        let svg = svg(&sample());
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
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }

    #[test]
    fn an_outlined_marker_has_no_dashes() {
        let empty = Figure::new("rings", "", Axis::linear("x"), Axis::linear("y"));
        let points = |figure: Figure, name| figure.points(name, [(0.0, 1.0), (1.0, 2.0)]);
        let figure = ["disc", "triangle", "ring", "cross"]
            .into_iter()
            .fold(empty, points);
        let svg = svg(&figure);
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
            let drawn = svg_file(&figure);
            assert!(drawn.contains("#FFFFFF"), "{}", figure.id);
        }
    }
}
