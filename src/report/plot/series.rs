//! The plot itself: axes over the data, and every series in them.

use super::axis::Laid;
use super::clip::clipped;
use super::style::{BASELINE, FONT, Role, WIDTH};
use crate::ledger::{Figure, Scale, Series, Shape};
use crate::report::scene::{Anchor, Point, Scene, text_width};

/// A marker that differs by shape as well as by colour: disc, triangle, ring, cross.
pub(super) fn draw_marker(scene: &mut Scene, (x, y): Point, role: Role) {
    let Role::Line(k) = role else {
        return;
    };
    let outline = role.outline(1.5);
    match k % 4 {
        0 => scene.circle((x, y), 3.0, &role.fill()),
        1 => {
            let corners = [(x, y - 4.0), (x - 3.46, y + 2.0), (x + 3.46, y + 2.0)];
            scene.polygon(&corners, &role.fill());
        }
        2 => scene.circle((x, y), 3.0, &outline),
        _ => {
            scene.line(&[(x - 3.0, y - 3.0), (x + 3.0, y + 3.0)], &outline);
            scene.line(&[(x - 3.0, y + 3.0), (x + 3.0, y - 3.0)], &outline);
        }
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

/// The axes in their place.
struct Frame {
    x: Laid,
    y: Laid,
    /// Left and right, top and bottom, in pixels.
    across: (f64, f64),
    down: (f64, f64),
}

/// A tick's length, and pixels below the plot and beside it for labels and names.
const TICK: f64 = 4.0;
const BELOW: f64 = 48.0;
const BESIDE: f64 = 38.0;

fn within(t: f64, (low, high): (f64, f64)) -> bool {
    (low..=high).contains(&t)
}

impl Frame {
    /// Under what ends at `top`, of the whole height.
    fn new(figure: &Figure, top: f64, height: f64) -> Self {
        let (x, y) = axes(figure);
        let labels = y.ticks.iter().map(|&t| text_width(&y.label(t), FONT));
        let widest = labels.fold(0.0, f64::max);
        Frame {
            x,
            y,
            across: (widest + BESIDE, WIDTH - 16.0),
            down: (top + 6.0, height - BELOW),
        }
    }

    /// The pixels of a point in the coordinates of the axes.
    fn at(&self, (u, v): Point) -> Point {
        let ((left, right), (top, bottom)) = (self.across, self.down);
        (
            left + self.x.share(u) * (right - left),
            bottom - self.y.share(v) * (bottom - top),
        )
    }

    fn draw_axes(&self, scene: &mut Scene, figure: &Figure) {
        let ((left, right), (top, bottom)) = (self.across, self.down);
        let (ink, grid) = (Role::Ink.stroke(1.0), Role::Grid.stroke(1.0));
        let text = Role::Ink.text(FONT);
        for &tick in &self.x.ticks {
            let x = self.at((tick, self.y.ends.0)).0;
            scene.line(&[(x, top), (x, bottom)], &grid);
            scene.line(&[(x, bottom), (x, bottom + TICK)], &ink);
            let at = (x, bottom + TICK + 14.0);
            scene.text(at, Anchor::Middle, &text, &self.x.label(tick));
        }
        for &tick in &self.y.ticks {
            let y = self.at((self.x.ends.0, tick)).1;
            scene.line(&[(left, y), (right, y)], &grid);
            scene.line(&[(left - TICK, y), (left, y)], &ink);
            let at = (left - TICK - 4.0, y + BASELINE * FONT);
            scene.text(at, Anchor::End, &text, &self.y.label(tick));
        }
        scene.line(&[(left, top), (left, bottom), (right, bottom)], &ink);
        let middle = (left + right) / 2.0;
        scene.text(
            (middle, bottom + 40.0),
            Anchor::Middle,
            &text,
            &figure.x.label,
        );
        let middle = (top + bottom) / 2.0;
        scene.text((17.0, middle), Anchor::Turned, &text, &figure.y.label);
    }

    fn draw_series(&self, scene: &mut Scene, series: &Series, role: Role) {
        let (x, y) = (&self.x, &self.y);
        let placed = |&(a, b): &Point| Some((x.place(a)?, y.place(b)?));
        match &series.shape {
            Shape::Line(points) => {
                for part in clipped(points.iter().map(placed), x.ends, y.ends) {
                    let path: Vec<Point> = part.into_iter().map(|p| self.at(p)).collect();
                    scene.line(&path, &role.stroke(2.0));
                }
            }
            Shape::Points(points) => {
                for (u, v) in points.iter().filter_map(placed) {
                    if within(u, x.ends) && within(v, y.ends) {
                        draw_marker(scene, self.at((u, v)), role);
                    }
                }
            }
            Shape::Bars { edges, heights } => self.draw_bars(scene, edges, heights, role),
            Shape::Rules(values) => {
                let places = values.iter().filter_map(|&value| x.place(value));
                for u in places.filter(|&u| within(u, x.ends)) {
                    let ends = [y.ends.0, y.ends.1].map(|v| self.at((u, v)));
                    scene.line(&ends, &role.stroke(1.5));
                }
            }
        }
    }

    fn draw_bars(&self, scene: &mut Scene, edges: &[f64], heights: &[f64], role: Role) {
        let (x, y) = (&self.x, &self.y);
        // Neighbours meet without a seam.
        let bar = format!("{} shape-rendering=\"crispEdges\"", role.fill());
        let floor = y.place(0.0).map_or(y.ends.0, |zero| zero.max(y.ends.0));
        for (pair, &height) in edges.windows(2).zip(heights) {
            let (Some(left), Some(right)) = (x.place(pair[0]), x.place(pair[1])) else {
                continue;
            };
            let tip = y.place(height).map_or(floor, |tip| tip.min(y.ends.1));
            if tip > floor && right > x.ends.0 && left < x.ends.1 {
                let corner = self.at((left.max(x.ends.0), tip));
                let other = self.at((right.min(x.ends.1), floor));
                let size = (other.0 - corner.0, other.1 - corner.1);
                scene.rect(corner, size, &bar);
            }
        }
    }
}

/// Draws the axes and what is in them, under what ends at `top`.
pub(super) fn draw_plot(
    scene: &mut Scene,
    figure: &Figure,
    series: &[(&Series, Role)],
    (top, height): (f64, f64),
) {
    let frame = Frame::new(figure, top, height);
    frame.draw_axes(scene, figure);
    for (series, role) in series {
        frame.draw_series(scene, series, *role);
    }
}
