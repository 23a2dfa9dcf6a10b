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

#[cfg(test)]
mod tests {
    use super::*;

    /// The sum of the points farthest out in one direction is in the disc of the sum, at powers of 2 that leave no rounding.
    #[test]
    fn the_sum_of_discs_holds_the_sums_of_their_points() {
        for count in [1, 2, 7, 1000] {
            let mut sum = Sum::default();
            for _ in 0..count {
                sum.add(Ball::exact(Complex64::new(1.0, -2.0)).grown(0.25));
            }
            let (n, total) = (f64::from(count), sum.total());
            assert_eq!(total.center, n * Complex64::new(1.0, -2.0));
            let least = 0.25 * n;
            assert!(
                total.radius >= least && total.radius <= least * (1.0 + 1e-8),
                "{total:?}"
            );
        }
    }

    /// What small terms leave beside large ones that cancel is not lost, and what is lost is within the radius.
    #[test]
    fn terms_that_cancel_leave_what_is_small() {
        let mut sum = Sum::default();
        for re in [1e16, 1.0, -1e16, 0.5, 1e-3] {
            sum.add(Ball::exact(Complex64::from(re)));
        }
        let total = sum.total();
        assert!((total.center.re - 1.501).abs() <= total.radius);
        // 1e-18 of the moduli is told, 0.02.
        assert!(total.radius < 0.05, "{total:?}");
    }
}
