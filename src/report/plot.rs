//! A [`Figure`] as SVG: for a page that restyles it, or for a file that stands alone.

mod axis;
mod style;

use crate::ledger::{Figure, Series, Shape};
use axis::{Laid, clipped};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use style::{Role, UNIT, dressed};

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

/// Sizes in pixels: the width, the height of the plot itself, a line of the title, a row of the legend, and
/// the fonts.
const WIDTH: i32 = 440;
const PLOT: i32 = 280;
const TITLE_LINE: i32 = 20;
const LEGEND_ROW: i32 = 19;
const FONT: i32 = 13;
const TITLE_FONT: i32 = 15;
/// The left edge of title and legend.
const LEFT: i32 = 10;
/// plotters divides a font's size by this on writing.
const FONT_FACTOR: f64 = 1.24;

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
        draw(&root, figure, &roles, &title, &legend)
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
        "<svg class=\"plot\" role=\"img\" aria-label=\"{}\" font-family=\"sans-serif\" \
         width=\"{}\" height=\"{}\" viewBox",
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

/// The width of a text in pixels, roughly: no font is at hand.
fn text_width(text: &str, font: i32) -> i32 {
    (text.chars().filter(|c| !"_^{}".contains(*c)).count() as f64 * 0.56 * f64::from(font)).ceil()
        as i32
}

fn wrapped_title(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if text_width(line, TITLE_FONT) + text_width(word, TITLE_FONT) < WIDTH - 30 =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

struct LegendEntry<'a> {
    name: &'a str,
    role: Role,
    shape: &'a Shape,
    x: i32,
}

/// Width of a legend's swatch with its gaps.
const SWATCH: i32 = 38;

fn legend_rows<'a>(series: &'a [Series], roles: &[Role]) -> Vec<Vec<LegendEntry<'a>>> {
    let mut rows: Vec<Vec<LegendEntry<'a>>> = vec![];
    let mut x = WIDTH;
    for (series, &role) in series.iter().zip(roles) {
        let width = SWATCH + text_width(&series.name, FONT) + 14;
        if x + width > WIDTH - LEFT {
            rows.push(vec![]);
            x = LEFT;
        }
        if let Some(row) = rows.last_mut() {
            row.push(LegendEntry {
                name: &series.name,
                role,
                shape: &series.shape,
                x,
            });
        }
        x += width;
    }
    rows
}

fn text_style(font: i32, role: Role) -> TextStyle<'static> {
    ("sans-serif", f64::from(UNIT * font) * FONT_FACTOR)
        .into_font()
        .color(&role.color())
}

fn stroke(role: Role, tenths: i32) -> ShapeStyle {
    role.color().stroke_width((UNIT * tenths / 10) as u32)
}

fn draw(
    root: &Area<'_>,
    figure: &Figure,
    roles: &[Role],
    title: &[String],
    legend: &[Vec<LegendEntry<'_>>],
) -> Drawn {
    let mut y = 8;
    for line in title {
        let style = ("sans-serif", f64::from(UNIT * TITLE_FONT) * FONT_FACTOR)
            .into_font()
            .style(FontStyle::Bold)
            .color(&Role::Ink.color());
        root.draw(&Text::new(line.clone(), (UNIT * LEFT, UNIT * y), style))?;
        y += TITLE_LINE;
    }
    for row in legend {
        for entry in row {
            draw_swatch(root, entry, UNIT * (y + LEGEND_ROW / 2))?;
            let style = text_style(FONT, Role::Ink).pos(Pos::new(HPos::Left, VPos::Center));
            root.draw(&Text::new(
                entry.name.to_owned(),
                (UNIT * (entry.x + SWATCH - 6), UNIT * (y + LEGEND_ROW / 2)),
                style,
            ))?;
        }
        y += LEGEND_ROW;
    }
    draw_plot(root, figure, roles, y)
}

fn draw_swatch(root: &Area<'_>, entry: &LegendEntry<'_>, y: i32) -> Drawn {
    let (from, to) = (UNIT * entry.x, UNIT * (entry.x + SWATCH - 12));
    let middle = i32::midpoint(from, to);
    match entry.shape {
        Shape::Line(_) => root.draw(&PathElement::new(
            vec![(from, y), (to, y)],
            stroke(entry.role, 20),
        )),
        Shape::Points(_) => draw_marker(root, (middle, y), entry.role),
        Shape::Bars { .. } => root.draw(&Rectangle::new(
            [
                (from + 4 * UNIT, y - 5 * UNIT),
                (to - 4 * UNIT, y + 5 * UNIT),
            ],
            entry.role.color().filled(),
        )),
        Shape::Rules(_) => root.draw(&PathElement::new(
            vec![(middle, y - 8 * UNIT), (middle, y + 8 * UNIT)],
            stroke(entry.role, 15),
        )),
    }
}

/// A marker that differs by shape as well as by colour: disc, triangle, ring, cross.
fn draw_marker(root: &Area<'_>, at: (i32, i32), role: Role) -> Drawn {
    let Role::Line(k) = role else {
        return Ok(());
    };
    let fill = role.color().filled();
    match k % 4 {
        0 => root.draw(&Circle::new(at, 3 * UNIT, fill)),
        1 => root.draw(&TriangleMarker::new(at, 4 * UNIT, fill)),
        2 => root.draw(&Circle::new(at, 3 * UNIT, stroke(role, 15))),
        _ => root.draw(&Cross::new(at, 3 * UNIT, stroke(role, 15))),
    }
}

/// All (x, y) of a series that a range should show.
fn extent(shape: &Shape) -> (Vec<f64>, Vec<f64>) {
    match shape {
        Shape::Line(points) | Shape::Points(points) => points.iter().copied().unzip(),
        Shape::Bars { edges, heights } => (edges.clone(), heights.clone()),
        Shape::Rules(at) => (at.clone(), vec![]),
    }
}

/// The axes over the data. Heights start at 0, and a density that has a pole is cut a little above the bars
/// that it is compared with.
fn axes(figure: &Figure) -> (Laid, Laid) {
    let all: Vec<_> = figure.series.iter().map(|s| extent(&s.shape)).collect();
    let x = Laid::new(
        &figure.x,
        all.iter().flat_map(|(x, _)| x.iter().copied()),
        (0.03, 0.03),
    );
    let bars = figure
        .series
        .iter()
        .filter_map(|series| match &series.shape {
            Shape::Bars { heights, .. } => Some(heights.iter().copied().fold(0.0, f64::max)),
            _ => None,
        })
        .reduce(f64::max);
    let mut heights: Vec<f64> = all.iter().flat_map(|(_, y)| y.iter().copied()).collect();
    let linear = figure.y.scale == crate::ledger::Scale::Linear;
    let mut room = (0.05, 0.06);
    if linear && heights.iter().all(|y| *y >= 0.0 || y.is_nan()) {
        heights.push(0.0);
        room.0 = 0.0;
    }
    if let Some(top) = bars.filter(|top| linear && *top > 0.0) {
        for y in &mut heights {
            *y = y.min(1.5 * top);
        }
    }
    let y = Laid::new(&figure.y, heights.into_iter(), room);
    (x, y)
}

fn draw_plot(root: &Area<'_>, figure: &Figure, roles: &[Role], top: i32) -> Drawn {
    let (x, y) = axes(figure);
    let widest = y.ticks.iter().map(|&t| text_width(&y.label(t), FONT)).max();
    let mut chart = ChartBuilder::on(root)
        .margin_top(UNIT * (top + 6))
        .margin_right(UNIT * 16)
        .margin_bottom(UNIT * 4)
        .margin_left(UNIT * 6)
        .x_label_area_size(UNIT * 44)
        .y_label_area_size(UNIT * (widest.unwrap_or(0) + 32))
        .build_cartesian_2d(x.clone(), y.clone())?;
    chart
        .configure_mesh()
        .bold_line_style(stroke(Role::Grid, 10))
        .axis_style(stroke(Role::Ink, 10))
        .x_desc(&figure.x.label)
        .y_desc(&figure.y.label)
        .label_style(text_style(FONT, Role::Ink))
        .axis_desc_style(text_style(FONT, Role::Ink))
        .set_all_tick_mark_size(UNIT * 4)
        .draw()?;
    let at = |(u, v): (f64, f64)| chart.plotting_area().map_coordinate(&(u, v));
    let placed = |(a, b): (f64, f64)| Some((x.place(a)?, y.place(b)?));
    let inside = |t: f64, (low, high): (f64, f64)| (low..=high).contains(&t);
    for (series, &role) in figure.series.iter().zip(roles) {
        match &series.shape {
            Shape::Line(points) => {
                for part in clipped(points.iter().map(|&p| placed(p)), x.ends, y.ends) {
                    let path: Vec<_> = part.into_iter().map(at).collect();
                    root.draw(&PathElement::new(path, stroke(role, 20)))?;
                }
            }
            Shape::Points(points) => {
                for (u, v) in points.iter().filter_map(|&p| placed(p)) {
                    if inside(u, x.ends) && inside(v, y.ends) {
                        draw_marker(root, at((u, v)), role)?;
                    }
                }
            }
            Shape::Bars { edges, heights } => {
                let floor = y.place(0.0).map_or(y.ends.0, |zero| zero.max(y.ends.0));
                for (pair, &height) in edges.windows(2).zip(heights) {
                    let (Some(left), Some(right)) = (x.place(pair[0]), x.place(pair[1])) else {
                        continue;
                    };
                    let tip = y.place(height).map_or(floor, |tip| tip.min(y.ends.1));
                    if tip > floor && right > x.ends.0 && left < x.ends.1 {
                        let (left, right) = (left.max(x.ends.0), right.min(x.ends.1));
                        root.draw(&Rectangle::new(
                            [at((left, tip)), at((right, floor))],
                            role.color().filled(),
                        ))?;
                    }
                }
            }
            Shape::Rules(values) => {
                for u in values.iter().filter_map(|&value| x.place(value)) {
                    if inside(u, x.ends) {
                        let ends = vec![at((u, y.ends.0)), at((u, y.ends.1))];
                        root.draw(&PathElement::new(ends, stroke(role, 15)))?;
                    }
                }
            }
        }
    }
    Ok(())
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
        assert!(svg.trim_end().ends_with("</svg>"));
        // No stand-in colour is left.
        assert!(!svg.contains("#F00"), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
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
