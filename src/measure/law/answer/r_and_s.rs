//! The R- and S-transforms on the real axis, enclosed between two points.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::build;
use crate::measure::law::local::Local;
use crate::measure::law::{Law, LawError, Memory};

/// A real number with a bound on its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enclosed {
    /// The number.
    pub value: f64,
    /// A proved bound of its error.
    pub radius: f64,
}

/// A point w beside the support at which a decreasing function has a value: `|w − exact| ≤ radius`.
struct Found {
    w: f64,
    radius: f64,
}

/// `2⁵⁶`: the distance, in sizes of the support, at which the mean is read off.
const FAR: f64 = 72_057_594_037_927_936.0;

impl Law {
    /// `R(g) = G^{−1}(g) − 1/g`, `G = −s`, for real g: `R_{μ⊞ν} = R_μ + R_ν` (Voiculescu 1986).
    ///
    /// The inverse is taken on the real axis beside the support, where G is monotone.
    ///
    /// # Errors
    /// [`LawError::Domain`] for g that G does not reach there, and as [`Law::stieltjes`].
    ///
    /// ```
    /// let law = tensor_dyson::measure::Law::marchenko_pastur(0.5)?;
    /// let r = law.r_transform(0.25)?;
    /// assert!((r.value - 1.0 / (1.0 - 0.5 * 0.25)).abs() <= r.radius && r.radius < 1e-12);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    pub fn r_transform(&self, g: f64) -> Result<Enclosed, LawError> {
        build::finite("g", g)?;
        if g == 0.0 {
            return self.at_zero(|mean| mean);
        }
        let (low, high) = self.extremes();
        let far = 1.0 / g;
        // 1/(w − low) ≤ G(w) ≤ 1/(w − high) above the support.
        let ends = if g > 0.0 {
            (high.max(low + far), high + far)
        } else {
            (low + far, low.min(high + far))
        };
        let found = self.beside(ends, g, |local| -local.s)?;
        let value = found.w - far;
        let radius = found.radius + f64::EPSILON * (found.w.abs() + 2.0 * far.abs());
        Ok(Enclosed { value, radius })
    }

    /// `S(y) = (1+y)/(y w)`, `χ(w) = y`, for a law on the half line that is not δ₀ and real y:
    /// `S_{μ⊠ν} = S_μ S_ν` (Voiculescu 1987). Here `χ(w) = ∫ x dμ(x)/(w−x)`, inverted on `w < 0` for y in `(−1 + μ{0}, 0)` and
    /// above the support for `y > 0`.
    ///
    /// # Errors
    /// [`LawError::Negative`], [`LawError::Domain`], and as [`Law::stieltjes`].
    ///
    /// ```
    /// let law = tensor_dyson::measure::Law::marchenko_pastur(0.5)?;
    /// let s = law.s_transform(-0.25)?;
    /// assert!((s.value - 1.0 / (1.0 - 0.5 * 0.25)).abs() <= s.radius && s.radius < 1e-12);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    pub fn s_transform(&self, y: f64) -> Result<Enclosed, LawError> {
        build::finite("y", y)?;
        let lowest = self.hull().0;
        if lowest < 0.0 {
            return Err(LawError::Negative { lowest });
        }
        if y == 0.0 {
            return self.at_zero(Ball::inv);
        }
        let mean = self.moments(1)?[1] * (1.0 + 1e-9);
        let (_, high) = self.extremes();
        // |χ(w)| ≤ mean/|w| below 0, and χ(w) ≤ mean/(w − high) above the support.
        let ends = if y > 0.0 {
            (high, high + mean / y)
        } else {
            (mean / y, 0.0)
        };
        let found = self.beside(ends, y, |local| local.chi)?;
        let value = (1.0 + y) / (y * found.w);
        let share = found.radius / (found.w.abs() - found.radius);
        if share.is_nan() || share < 0.0 {
            let reason = "it is reached within rounding of 0";
            return Err(LawError::Domain { at: y, reason });
        }
        let radius = value.abs() * (share * (1.0 + 1e-9) + 4.0 * f64::EPSILON);
        Ok(Enclosed { value, radius })
    }

    /// Of the mean m: far below the support `w χ(w) = m + m₂/w + …`, where the rest is at most `L²/(|w| − L)` for a
    /// support within L of 0.
    fn at_zero(&self, of: fn(Ball) -> Ball) -> Result<Enclosed, LawError> {
        let (low, high) = self.hull();
        let largest = low.abs().max(high.abs());
        let mut mean = Ball::real(0.0);
        if largest > 0.0 {
            let w = Ball::real(-FAR * largest);
            let chi = self.local(w, &mut Memory::default())?.chi;
            mean = (w * chi).grown(2.0 * largest / FAR);
        }
        let found = of(mean);
        if !found.is_finite() {
            let reason = "the mean is 0";
            return Err(LawError::Domain { at: 0.0, reason });
        }
        Ok(Enclosed {
            value: found.center.re,
            radius: found.radius,
        })
    }

    /// The ends of the support, or what contains it.
    fn extremes(&self) -> (f64, f64) {
        let Ok(intervals) = self.support() else {
            return self.hull();
        };
        let points = self.point_masses().iter().map(|atom| (atom.at, atom.at));
        let all = intervals.iter().copied().chain(points);
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |ends, one| {
            (ends.0.min(one.0), ends.1.max(one.1))
        })
    }

    /// Where the decreasing function is `target`, between the ends: by bisection, then enclosed by two points at which its
    /// enclosures lie above and below.
    fn beside(
        &self,
        (low, high): (f64, f64),
        target: f64,
        of: fn(&Local) -> Ball,
    ) -> Result<Found, LawError> {
        let mut memory = Memory::default();
        let mut at = |w: f64| {
            let local = self.local(Ball::exact(Complex64::new(w, 0.0)), &mut memory);
            local.map(|local| of(&local))
        };
        let outside = LawError::Domain {
            at: target,
            reason: "it is not reached on the real axis beside the support",
        };
        let (mut above, mut below) = (low, high);
        loop {
            let middle = 0.5 * (above + below);
            if middle <= above || middle >= below {
                break;
            }
            // Next to the support, where there may be no value, the modulus is larger.
            let here = at(middle).map(|value| value.center.re);
            let larger = here.map_or(target > 0.0, |value| value > target);
            if larger {
                above = middle;
            } else {
                below = middle;
            }
        }
        let w = 0.5 * (above + below);
        let mut radius = 4.0 * f64::EPSILON * w.abs().max(f64::MIN_POSITIVE);
        for _ in 0..40 {
            if let (Ok(left), Ok(right)) = (at(w - radius), at(w + radius))
                && left.center.re - left.radius > target
                && right.center.re + right.radius < target
            {
                return Ok(Found { w, radius });
            }
            radius *= 2.0;
        }
        Err(outside)
    }
}
