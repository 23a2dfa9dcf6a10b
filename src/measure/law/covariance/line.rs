//! The line between the spectrum of K and its mirror image, and g along it.

use num_complex::Complex64;

use super::WeightedCovariance;
use super::kernel::Kernel;
use super::roots::Rows;
use crate::measure::arithmetic::ball::size;
use crate::measure::response::ResponseError;
use crate::numbers::most;

/// The line `v = −½ ± i e^{iψ} y`, `y > 0`: the two signs are mirror images `v` and `−1−v`.
///
/// With `ψ = arg(t)/2`: every τ has `|arg τ − ψ| ≤ arg(t)/2`, so that K's numerical range lies beyond the line,
/// where `Re(v e^{−iψ}) > −½cos ψ`, and on the line and before it the equation of g maps the half plane
/// `Re(g e^{iψ}) > 0` into itself: its fixed point there is unique (Earle and Hamilton 1970). For real t
/// outside the spectrum the line is vertical.
pub(super) struct Line {
    pub(super) kernel: Kernel<Complex64>,
    rows: Rows,
    psi: f64,
    /// The middle scale of K, 0 and −½.
    pub(super) scale: f64,
}

/// A point of the line with its root `ω = −1/g`, `dω/dv` and half of `d²ω/dv²`.
#[derive(Clone, Copy)]
pub(super) struct Place {
    v: Complex64,
    pub(super) omega: Complex64,
    slope: Complex64,
    bend: Complex64,
}

impl Place {
    /// The root at `v + step` to second order; as far away as a branch point is, to first.
    fn ahead(self, step: Complex64) -> Complex64 {
        let bent = step * self.bend;
        let curved = size(bent) <= 0.25 * size(self.slope);
        self.omega + step * (self.slope + if curved { bent } else { Complex64::ZERO })
    }
}

/// Starts of Newton's method on one step along the line before the root is given up for lost.
const STARTS: usize = 256;

impl Line {
    pub(super) fn new(law: &WeightedCovariance, t: Complex64, psi: f64) -> Self {
        let kernel = law.kernel(t);
        let rows = law.rows(kernel.weights.iter().map(|w| w.tau));
        let scale = 0.0;
        let mut line = Self {
            kernel,
            rows,
            psi,
            scale,
        };
        line.scale = (0.5 * (0.5 + line.reach())).sqrt();
        line
    }

    /// `e^{iψ}`.
    pub(super) fn turn(&self) -> Complex64 {
        Complex64::from_polar(1.0, self.psi)
    }

    /// `−½ + i e^{iψ} y`.
    pub(super) fn point(&self, y: f64) -> Complex64 {
        -0.5 + Complex64::i() * self.turn() * y
    }

    /// The places far out at both ends, `+` first, and far before the line, on the side of −1.
    pub(super) fn ends(&self, t: Complex64) -> Result<[Place; 3], ResponseError> {
        let far = 1e6 * (1.0 + self.reach());
        let mean: Complex64 = self.kernel.weights.iter().map(|w| w.pull).sum();
        let at = |v: Complex64| self.place(v, v - mean);
        let before = -self.turn() * far;
        let found = [self.point(far), self.point(-far), before].map(at);
        let [Some(above), Some(below), Some(before)] = found else {
            let at = self.point(f64::INFINITY);
            return Err(ResponseError::Inner { t, at });
        };
        Ok([above, below, before])
    }

    /// The place at v, followed from another one; `None` if the root is lost.
    pub(super) fn follow(&self, from: Place, v: Complex64) -> Option<Place> {
        let (mut place, mut ahead) = (from, vec![v]);
        for _ in 0..STARTS {
            let Some(&next) = ahead.last() else {
                break;
            };
            let step = next - place.v;
            match self.place(next, place.ahead(step)) {
                Some(found) if self.is_beyond(-found.omega.inv()) => {
                    place = found;
                    ahead.pop();
                }
                _ => ahead.push(0.5 * (place.v + next)),
            }
        }
        ahead.is_empty().then_some(place)
    }

    /// Whether `Re(g e^{iψ}) > 0`, up to the rounding of g, which matters where g is nearly real.
    fn is_beyond(&self, g: Complex64) -> bool {
        (g * self.turn()).re > -1e-14 * size(g)
    }

    /// The place at v, from a start near its root.
    fn place(&self, v: Complex64, start: Complex64) -> Option<Place> {
        let [omega, slope, bend] = self.rows.root_near(v, start)?;
        let place = Place {
            v,
            omega,
            slope,
            bend,
        };
        Some(place)
    }

    /// An upper bound of the norm of `W diag(|τ_b|) Wᵀ/d` in the limit.
    pub(super) fn reach(&self) -> f64 {
        let largest = most(self.kernel.weights.iter().map(|w| w.tau.norm()));
        largest * (1.0 + self.kernel.gamma.sqrt()).powi(2)
    }

    /// Whether the spectrum of K, for real t, lies above −½: its lowest edge is the maximum of v(ω) on
    /// `ω < min τ`, where v′ falls from 1 to −∞ (Silverstein and Choi 1995).
    pub(super) fn is_above(&self) -> bool {
        let weights = self.kernel.weights.iter();
        let lowest = weights.map(|w| w.tau.re).fold(0.0, f64::min);
        if lowest == 0.0 {
            return true;
        }
        let (mut low, mut high) = (lowest - 2.0 * self.reach(), lowest);
        loop {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                return false;
            }
            let at = self.rows.inverse(Complex64::from(middle));
            if at.v.re > -0.5 + 8.0 * f64::EPSILON * at.size {
                return true;
            }
            if at.slope.re > 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
}
