//! The components of the complement of a support.

use super::edges::blocks;
use crate::measure::law::{Law, LawError};

/// A component of the complement of a support, run through from left to right; the outer one through ∞.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component {
    /// The range of the parameter.
    pub(super) from: f64,
    pub(super) to: f64,
    /// The outer component is `w = centre − length cot v`, with ∞ at `v = 0`.
    pub(super) outer: Option<(f64, f64)>,
}

impl Component {
    pub(super) fn w(&self, v: f64) -> f64 {
        self.outer
            .map_or(v, |(centre, length)| centre - length / v.tan())
    }

    /// `dw/dv`.
    pub(super) fn speed(&self, v: f64) -> f64 {
        self.outer
            .map_or(1.0, |(_, length)| length / v.sin().powi(2))
    }
}

/// Those of a law without the atoms that are to be skipped.
pub(super) fn components(
    law: &Law,
    skipped: impl Fn(f64) -> bool,
) -> Result<Vec<Component>, LawError> {
    let blocks = blocks(law, skipped)?;
    let mut all = Vec::new();
    if let (Some(first), Some(last)) = (blocks.first(), blocks.last()) {
        let (centre, half) = (0.5 * (first.low + last.high), 0.5 * (last.high - first.low));
        // For a single point any length will do.
        let length = [half, centre.abs(), 1.0]
            .into_iter()
            .find(|x| *x > 0.0)
            .unwrap_or(1.0);
        let end = length.atan2(half);
        all.push(Component {
            from: -end,
            to: end,
            outer: Some((centre, length)),
        });
    }
    all.extend(blocks.windows(2).map(|pair| Component {
        from: pair[0].high,
        to: pair[1].low,
        outer: None,
    }));
    Ok(all)
}
