//! Sums whose rounding is kept.

use num_complex::Complex64;

use super::ball::{Ball, size};

const EPS: f64 = f64::EPSILON;

/// Adds a term, and what the addition lost to `lost` (Knuth's sum of two numbers).
#[inline]
pub(crate) fn add(sum: &mut f64, lost: &mut f64, term: f64) {
    let total = *sum + term;
    let part = total - *sum;
    *lost += (*sum - (total - part)) + (term - part);
    *sum = total;
}

/// A sum of up to a million discs whose centres are added without loss but for one rounding of the whole.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    center: Complex64,
    lost: Complex64,
    radius: f64,
    size: f64,
}

impl Sum {
    #[inline]
    pub(crate) fn add(&mut self, term: Ball) {
        add(&mut self.center.re, &mut self.lost.re, term.center.re);
        add(&mut self.center.im, &mut self.lost.im, term.center.im);
        self.radius += term.radius;
        self.size += size(term.center);
    }

    /// Of n terms `2 n² ε²` of the sum of moduli is lost at most (Ogita, Rump and Oishi 2005, proposition 4.5).
    pub(crate) fn total(&self) -> Ball {
        let center = self.center + self.lost;
        let lost = 2.0 * EPS * size(center) + 1e-18 * self.size;
        Ball::new(center, self.radius * (1.0 + 1e-9) + lost)
    }
}
