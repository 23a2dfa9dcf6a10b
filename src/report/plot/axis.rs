//! An axis laid out: its range from the data, its ticks with their labels, and the map to the plane.

use crate::ledger::{Axis, Scale};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use std::ops::Range;

/// Ticks that an axis aims at.
const TICKS: f64 = 6.0;

/// An axis with its range and ticks in the coordinate that is drawn: x itself, or log₁₀ x.
#[derive(Debug, Clone)]
pub(super) struct Laid {
    scale: Scale,
    /// The ends.
    pub ends: (f64, f64),
    /// The ticks.
    pub ticks: Vec<f64>,
}

impl Laid {
    /// Lays out an axis for `values` (those that can be drawn), with room of the given share at each end.
    pub(super) fn new(axis: &Axis, values: impl Iterator<Item = f64>, room: (f64, f64)) -> Self {
        let map = |x: f64| place(axis.scale, x);
        let ends = match axis
            .range
            .and_then(|(low, high)| Some((map(low)?, map(high)?)))
        {
            Some(ends) => ends,
            None => {
                let (low, high) = values
                    .filter_map(map)
                    .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
                        (low.min(x), high.max(x))
                    });
                let width = high - low;
                (low - room.0 * width, high + room.1 * width)
            }
        };
        let ends = match ends {
            (low, high) if low < high && (high - low).is_finite() => ends,
            // One value, or none: an interval around it.
            (low, _) if low.is_finite() => (low - 0.5, low + 0.5),
            _ => (0.0, 1.0),
        };
        let ticks = match axis.scale {
            Scale::Linear => linear_ticks(ends),
            Scale::Log => log_ticks(ends),
        };
        Laid {
            scale: axis.scale,
            ends,
            ticks,
        }
    }

    /// Where a value stands, if it can be drawn.
    pub(super) fn place(&self, x: f64) -> Option<f64> {
        place(self.scale, x)
    }

    /// The label of a tick.
    pub(super) fn label(&self, tick: f64) -> String {
        match self.scale {
            Scale::Linear => {
                let step = self.ticks.get(1).map_or(1.0, |next| next - self.ticks[0]);
                let decimals = (-(step * 1.000_001).log10().floor()).max(0.0) as usize;
                let text = format!("{tick:.decimals$}").replace('-', "−");
                if tick.abs() >= 1e5 {
                    scientific(tick)
                } else {
                    text
                }
            }
            Scale::Log => {
                let value = 10_f64.powf(tick);
                if (1e-3..1e4).contains(&value) {
                    // Two digits tell every tick; the zeros after them tell nothing.
                    let decimals = (1.0 - (tick + 1e-9).floor()).max(0.0) as usize;
                    let text = format!("{value:.decimals$}");
                    match text.contains('.') {
                        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
                        false => text,
                    }
                } else {
                    scientific(value)
                }
            }
        }
    }
}

impl Ranged for Laid {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        // Halves first: the ends may be as far apart as f64 goes.
        let share = (value / 2.0 - self.ends.0 / 2.0) / (self.ends.1 / 2.0 - self.ends.0 / 2.0);
        limit.0 + (share * f64::from(limit.1 - limit.0)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.ticks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.ends.0..self.ends.1
    }
}

impl ValueFormatter<f64> for Laid {
    fn format_ext(&self, tick: &f64) -> String {
        self.label(*tick)
    }
}

fn place(scale: Scale, x: f64) -> Option<f64> {
    let placed = match scale {
        Scale::Linear => x,
        Scale::Log => x.log10(),
    };
    placed.is_finite().then_some(placed)
}

/// `2·10⁻⁵`, with the powers as superscripts.
fn scientific(x: f64) -> String {
    let mut power = x.abs().log10().floor();
    let mut lead = (x / 10_f64.powf(power)).round();
    if lead.abs() >= 10.0 {
        (lead, power) = (lead / 10.0, power + 1.0);
    }
    let digits: String = format!("{power}")
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            digit => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
                [digit.to_digit(10).unwrap_or(0) as usize],
        })
        .collect();
    if lead == 1.0 {
        format!("10{digits}")
    } else {
        format!("{lead}·10{digits}").replace('-', "−")
    }
}

/// Multiples of 1, 2 or 5 times a power of ten.
fn linear_ticks((low, high): (f64, f64)) -> Vec<f64> {
    let rough = (high - low) / TICKS;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|&step| step >= rough)
        .unwrap_or(rough);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last).map(|k| k as f64 * step).collect()
}

/// Powers of ten, every few of them over a wide range; between them 2 and 5, or all digits, in a narrow one.
fn log_ticks((low, high): (f64, f64)) -> Vec<f64> {
    let decades = high - low;
    let digits: &[f64] = if decades > 3.0 {
        &[1.0]
    } else if decades > 0.9 {
        &[1.0, 2.0, 5.0]
    } else {
        &[1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0]
    };
    let every = (decades / TICKS).ceil().max(1.0) as i32;
    let (first, last) = (low.floor() as i32, high.ceil() as i32);
    (first..=last)
        .filter(|power| power.rem_euclid(every) == 0)
        .flat_map(|power| digits.iter().map(move |m| f64::from(power) + m.log10()))
        .filter(|tick| (low..=high).contains(tick))
        .collect()
}

/// The parts of a polyline inside a box, by clipping each segment (Liang and Barsky 1984). A point that
/// cannot be drawn (`None`) breaks the line.
pub(super) fn clipped(
    points: impl Iterator<Item = Option<(f64, f64)>>,
    x: (f64, f64),
    y: (f64, f64),
) -> Vec<Vec<(f64, f64)>> {
    let mut parts: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut last: Option<(f64, f64)> = None;
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

type Point = (f64, f64);

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
    fn ticks_are_round_and_labelled_shortly() {
        let axis = |values: [f64; 2]| Laid::new(&Axis::linear(""), values.into_iter(), (0.0, 0.0));
        let laid = axis([0.0, 0.35]);
        let labels: Vec<_> = laid.ticks.iter().map(|&t| laid.label(t)).collect();
        assert_eq!(labels, ["0.0", "0.1", "0.2", "0.3"]);
        let laid = axis([-1200.0, 1000.0]);
        assert_eq!(laid.label(laid.ticks[0]), "−1000");
        let log = Laid::new(&Axis::log(""), [16.0, 90.0].into_iter(), (0.0, 0.0));
        let labels: Vec<_> = log.ticks.iter().map(|&t| log.label(t)).collect();
        assert_eq!(labels, ["20", "30", "40", "50", "60", "80"]);
        let narrow = Laid::new(&Axis::log(""), [0.09, 0.4].into_iter(), (0.0, 0.0));
        let labels: Vec<_> = narrow.ticks.iter().map(|&t| narrow.label(t)).collect();
        assert_eq!(labels, ["0.1", "0.15", "0.2", "0.3", "0.4"]);
        let wide = Laid::new(&Axis::log(""), [3e-7, 0.5].into_iter(), (0.0, 0.0));
        let labels: Vec<_> = wide.ticks.iter().map(|&t| wide.label(t)).collect();
        assert_eq!(labels, ["10⁻⁶", "10⁻⁴", "0.01"]);
        assert_eq!(scientific(-2e-5), "−2·10⁻⁵");
    }

    #[test]
    fn an_axis_without_values_is_still_an_axis() {
        for values in [vec![], vec![f64::NAN], vec![3.0], vec![f64::INFINITY, 1.0]] {
            for axis in [Axis::linear(""), Axis::log("")] {
                let laid = Laid::new(&axis, values.clone().into_iter(), (0.1, 0.1));
                assert!(laid.ends.0 < laid.ends.1, "{values:?}: {laid:?}");
            }
        }
        let backwards = Axis::linear("").within(2.0, 1.0);
        assert!(Laid::new(&backwards, [].into_iter(), (0.0, 0.0)).ends.0 < 2.0);
    }

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
