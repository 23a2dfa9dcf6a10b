//! A line's parts inside the frame.

use crate::report::scene::Point;

/// The parts of a polyline inside a box, by clipping each segment (Liang and Barsky 1984). A point that
/// cannot be drawn (`None`) breaks the line.
pub(super) fn clipped(
    points: impl Iterator<Item = Option<Point>>,
    x: (f64, f64),
    y: (f64, f64),
) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut last: Option<Point> = None;
    let mut open = false;
    for point in points {
        let segment = match (last, point) {
            (Some(a), Some(b)) => clip(a, b, x, y),
            _ => None,
        };
        last = point;
        let Some((a, b, ends_inside)) = segment else {
            open = false;
            continue;
        };
        match parts.last_mut() {
            Some(part) if open => part.push(b),
            _ => parts.push(vec![a, b]),
        }
        open = ends_inside;
    }
    parts
}

/// A segment's part inside the box, and whether its end is inside.
fn clip(a: Point, b: Point, x: (f64, f64), y: (f64, f64)) -> Option<(Point, Point, bool)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (step, room) in [
        (-dx, a.0 - x.0),
        (dx, x.1 - a.0),
        (-dy, a.1 - y.0),
        (dy, y.1 - a.1),
    ] {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            from = from.max(room / step);
        } else {
            to = to.min(room / step);
        }
    }
    let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    (from <= to).then(|| (at(from), at(to), to == 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_at_the_frame_and_broken_where_it_is_not_a_number() {
        let cut =
            |points: &[Option<(f64, f64)>]| clipped(points.iter().copied(), (0.0, 1.0), (0.0, 1.0));
        let through = cut(&[Some((-1.0, 0.5)), Some((2.0, 0.5))]);
        assert_eq!(through, [vec![(0.0, 0.5), (1.0, 0.5)]]);
        let broken = cut(&[
            Some((0.0, 0.0)),
            Some((0.2, 0.2)),
            None,
            Some((0.4, 0.4)),
            Some((0.6, 0.6)),
        ]);
        assert_eq!(broken.len(), 2);
        // Out over the top and back: two parts, each ending on the frame.
        let arch = cut(&[Some((0.0, 0.5)), Some((0.5, 1.5)), Some((1.0, 0.5))]);
        assert_eq!(
            arch,
            [vec![(0.0, 0.5), (0.25, 1.0)], vec![(0.75, 1.0), (1.0, 0.5)]]
        );
        assert!(cut(&[Some((2.0, 2.0)), Some((3.0, 3.0))]).is_empty());
    }
}
