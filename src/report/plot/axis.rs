//! An axis laid out: its range from the data, its ticks with their labels, and the map to the plane.

use crate::ledger::{Axis, Scale};
use crate::numerals::times_power;

/// Powers of ten that a logarithmic axis shows at most.
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

    /// Where something stands between the ends, as a share.
    pub(super) fn share(&self, placed: f64) -> f64 {
        // Halves first: the ends may be as far apart as f64 goes.
        let (low, high) = (self.ends.0 / 2.0, self.ends.1 / 2.0);
        (placed / 2.0 - low) / (high - low)
    }

    /// The label of a tick, with the digits that tell it from its neighbours.
    pub(super) fn label(&self, tick: f64) -> String {
        let value = |tick: f64| match self.scale {
            Scale::Linear => tick,
            Scale::Log => 10_f64.powf(tick),
        };
        let gaps = self.ticks.windows(2).map(|t| value(t[1]) - value(t[0]));
        let gap = gaps.reduce(f64::min).unwrap_or(1.0);
        let decimals = decimals(gap);
        match self.scale {
            Scale::Linear => {
                let largest = self.ticks.iter().fold(0.0, |top: f64, t| top.max(t.abs()));
                if largest >= 1e5 || decimals > 4 {
                    return scientific(tick, gap);
                }
                format!("{tick:.decimals$}").replace('-', "−")
            }
            Scale::Log => {
                let value = value(tick);
                if !(1e-3..1e4).contains(&value) || decimals > 4 {
                    return scientific(value, gap.min(value / 10.0));
                }
                // Two digits tell a tick among powers of ten; the zeros after them tell nothing.
                let digits = (1.0 - (tick + 1e-9).floor()).max(0.0) as usize;
                trimmed(format!("{value:.*}", decimals.max(digits)))
            }
        }
    }
}

/// Decimal places that tell values apart that differ by `gap`.
fn decimals(gap: f64) -> usize {
    (-(gap * 1.000_001).log10().floor()).clamp(0.0, 15.0) as usize
}

/// The number without zeros at its end.
fn trimmed(number: String) -> String {
    match number.contains('.') {
        true => number
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        false => number,
    }
}

fn place(scale: Scale, x: f64) -> Option<f64> {
    let placed = match scale {
        Scale::Linear => x,
        Scale::Log => x.log10(),
    };
    placed.is_finite().then_some(placed)
}

/// `2.5·10^{−5}`, with as many digits as tell it from what is `gap` away.
fn scientific(x: f64, gap: f64) -> String {
    if x == 0.0 {
        return "0".to_owned();
    }
    let mut power = (x.abs().log10() + 1e-9).floor();
    let places = decimals(gap / 10_f64.powf(power));
    let mut lead = trimmed(format!("{:.places$}", x / 10_f64.powf(power)));
    if lead.trim_start_matches('-') == "10" {
        lead = lead.replace("10", "1");
        power += 1.0;
    }
    times_power(&lead, power as i32)
}

/// Multiples of 1, 2 or 5 times a power of ten: the largest step that makes four ticks.
fn linear_ticks((low, high): (f64, f64)) -> Vec<f64> {
    let power = 10_f64.powf((high - low).log10().floor());
    let multiples = |step: f64| ((low / step).ceil() as i64, (high / step).floor() as i64);
    // At least 5 multiples of a fifth of the power lie in a range of its length.
    let step = [5.0, 2.0, 1.0, 0.5]
        .into_iter()
        .map(|m| m * power)
        .find(|&step| {
            let (first, last) = multiples(step);
            last - first >= 3
        })
        .unwrap_or(0.2 * power);
    let (first, last) = multiples(step);
    (first..=last).map(|k| k as f64 * step).collect()
}

/// Powers of ten, every few of them over a wide range; over a narrower one the coarsest digits between them
/// that make four ticks, and in the end the ticks of a linear axis.
fn log_ticks((low, high): (f64, f64)) -> Vec<f64> {
    const DIGITS: [&[f64]; 4] = [
        &[1.0],
        &[1.0, 2.0, 5.0],
        &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0],
        &[1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0],
    ];
    let decades = high - low;
    let every = (decades / TICKS).ceil().max(1.0) as i32;
    let (first, last) = (low.floor() as i32, high.ceil() as i32);
    let with = |digits: &[f64]| -> Vec<f64> {
        (first..=last)
            .filter(|power| power.rem_euclid(every) == 0)
            .flat_map(|power| digits.iter().map(move |m| f64::from(power) + m.log10()))
            .filter(|tick| (low..=high).contains(tick))
            .collect()
    };
    if decades > 3.0 {
        return with(DIGITS[0]);
    }
    let enough = |ticks: &Vec<f64>| ticks.len() >= 4;
    let ticks = DIGITS.iter().map(|digits| with(digits)).find(enough);
    ticks.unwrap_or_else(|| {
        let ticks = linear_ticks((10_f64.powf(low), 10_f64.powf(high)));
        ticks.into_iter().map(f64::log10).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis, values: [f64; 2]) -> Vec<String> {
        let laid = Laid::new(axis, values.into_iter(), (0.0, 0.0));
        laid.ticks.iter().map(|&tick| laid.label(tick)).collect()
    }

    #[test]
    fn ticks_are_round_and_labelled_shortly() {
        let linear = |low, high| labels(&Axis::linear(""), [low, high]);
        assert_eq!(linear(0.0, 0.35), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(linear(-1200.0, 1000.0)[0], "−1000");
        assert_eq!(
            linear(0.0, 150_000.0),
            ["0", "5·10^{4}", "10^{5}", "1.5·10^{5}"].map(String::from)
        );
        assert_eq!(
            linear(0.0, 3e-7),
            ["0", "10^{−7}", "2·10^{−7}", "3·10^{−7}"]
        );
        assert_eq!(linear(-2e6, -1e6)[0], "−2·10^{6}");
        let log = |low, high| labels(&Axis::log(""), [low, high]);
        assert_eq!(log(16.0, 90.0), ["20", "30", "50", "70"]);
        assert_eq!(log(0.09, 0.4), ["0.1", "0.15", "0.2", "0.3"]);
        assert_eq!(log(3e-7, 0.5), ["10^{−6}", "10^{−4}", "10^{−2}"]);
        assert_eq!(log(0.25, 3.0), ["0.3", "0.5", "0.7", "1", "1.5", "2", "3"]);
        assert_eq!(log(0.03, 3.0), ["0.05", "0.1", "0.2", "0.5", "1", "2"]);
        // Within an octave the ticks of a linear axis.
        assert_eq!(log(4.9, 9.05), ["5", "6", "7", "8", "9"]);
        assert_eq!(
            log(0.995, 1.021),
            ["0.995", "1", "1.005", "1.01", "1.015", "1.02"]
        );
        assert_eq!(
            log(9e3, 6e4),
            ["10^{4}", "1.5·10^{4}", "2·10^{4}", "3·10^{4}", "5·10^{4}"]
        );
    }

    /// Whatever the range, neighbouring ticks have different labels, and at least three of them are there.
    #[test]
    fn every_tick_has_its_own_label() {
        for k in -40..40 {
            let low = 1.37_f64.powi(k);
            for width in [1.01, 1.1, 1.3, 2.0, 4.0, 9.0, 30.0, 300.0, 1e4, 1e9] {
                for axis in [Axis::linear(""), Axis::log("")] {
                    let shown = labels(&axis, [low, width * low]);
                    let different = shown.windows(2).all(|pair| pair[0] != pair[1]);
                    assert!(
                        different && (3..=10).contains(&shown.len()),
                        "{low} to {}: {shown:?}",
                        width * low
                    );
                }
            }
        }
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
}
