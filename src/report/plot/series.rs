//! The plot itself: axes over the data, and every series in them.

use super::axis::{Laid, clipped};
use super::style::{FONT, Role, UNIT, stroke, text_style, text_width};
use super::{Area, Drawn};
use crate::ledger::{Figure, Scale, Shape};
use plotters::prelude::*;

/// A marker that differs by shape as well as by colour: disc, triangle, ring, cross.
pub(super) fn draw_marker(root: &Area<'_>, at: (i32, i32), role: Role) -> Drawn {
    let Role::Line(k) = role else {
        return Ok(());
    };
    // Without the line's dashes, which would break an outline.
    let role = Role::Marker(k);
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
    let linear = figure.y.scale == Scale::Linear;
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

pub(super) fn draw_plot(root: &Area<'_>, figure: &Figure, roles: &[Role], top: i32) -> Drawn {
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
