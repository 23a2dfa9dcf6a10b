//! One Newton step after another in the closed upper half plane.

use num_complex::Complex64;

use super::equation::Step;
use crate::measure::arithmetic::ball::size;

/// The step to the root of `E + E′h + ½E″h²` nearest to ω that is in the upper half plane.
fn over_the_fold(
    omega: Complex64,
    value: Complex64,
    slope: Complex64,
    bend: Complex64,
) -> Option<Complex64> {
    let root = (slope * slope - 2.0 * bend * value).sqrt();
    // Each root as −2E/(E′ ± √…): without cancellation, and Newton's step where the bend is small.
    let steps = [root, -root].map(|root| -2.0 * value / (slope + root));
    let above = steps
        .into_iter()
        .filter(|step| step.is_finite() && omega.im + step.im > 0.0);
    above.min_by(|a, b| size(*a).total_cmp(&size(*b)))
}

/// Where Newton's method is, and what it knows of the way.
pub(super) struct Iterate {
    pub(super) omega: Complex64,
    /// The size of the last step, if that was Newton's own.
    pub(super) before: f64,
    last: Option<(Complex64, Complex64)>,
    /// The height to go back to, where the point has just been put on the axis.
    whence: Option<f64>,
    may_be_real: bool,
}

/// One step's size, and whether it was cut at the axis.
pub(super) struct Moved {
    pub(super) change: f64,
    pub(super) cut: bool,
}

impl Iterate {
    pub(super) fn new(omega: Complex64) -> Self {
        Self {
            omega,
            before: f64::INFINITY,
            last: None,
            whence: None,
            may_be_real: true,
        }
    }

    /// Back above the axis, where the point that was put on it has no value: the root is not real. So it is where a law's
    /// density vanishes like a power at its edge, below the rounding of the iteration.
    pub(super) fn lifted(&mut self) -> bool {
        let Some(height) = self.whence.take() else {
            return false;
        };
        self.omega.im = height;
        self.may_be_real = false;
        self.before = f64::INFINITY;
        true
    }

    /// Whether the point, which is not real, lies too near to the axis for its height to be told.
    pub(super) fn is_level(&self, scale: f64) -> bool {
        !self.may_be_real && self.omega.im <= 4.0 * f64::EPSILON * scale
    }

    /// A step with the second derivative that the last two first ones tell; `None` if it is not finite.
    pub(super) fn moved(&mut self, z: Complex64, step: &Step) -> Option<Moved> {
        let omega = self.omega;
        let slope = step.derivatives.domega;
        let bend = self
            .last
            .map(|(at, before)| (slope - before) / (omega - at));
        self.last = Some((omega, slope));
        let folded = bend
            .filter(|_| z.im > 0.0)
            .and_then(|bend| over_the_fold(omega, step.value, slope, bend));
        let delta = folded.unwrap_or(-step.value / slope);
        let change = size(delta);
        if !change.is_finite() {
            return None;
        }
        let mut next = omega + delta;
        let cut = next.im < 0.0 || (next.im == 0.0 && omega.im > 0.0);
        self.whence = None;
        if cut {
            // Any point above will do, the root is unique; but a real root is approached along the axis.
            let lower = 0.1 * omega.im;
            let real = self.may_be_real && z.im == 0.0 && omega.im <= 1e-9 * size(omega);
            self.whence = (real && lower > 0.0).then_some(lower);
            next.im = if real { 0.0 } else { lower };
        }
        self.omega = next;
        self.before = if cut { f64::INFINITY } else { change };
        Some(Moved { change, cut })
    }
}

#[cfg(test)]
mod tests {
    use super::super::equation::Derivatives;
    use super::*;

    /// On a parabola, an exact fold, one step is enough, and it ends in the upper half plane from either side.
    #[test]
    fn a_fold_is_stepped_over_at_once() {
        for start in [Complex64::new(0.5, 1e-8), Complex64::new(-3.0, 0.2)] {
            for target in [Complex64::new(-4.0, 1e-9), Complex64::new(1.0, 2.0)] {
                let value = start * start - target;
                let step = over_the_fold(start, value, 2.0 * start, Complex64::from(2.0));
                let found = start + step.unwrap();
                assert!(
                    (found * found - target).norm() < 1e-13 && found.im > 0.0,
                    "{start} {target}: {found}"
                );
            }
        }
    }

    /// A step of this length from ω, by a value whose slope is 1.
    fn stepped(iterate: &mut Iterate, z: Complex64, delta: Complex64) -> Moved {
        let derivatives = Derivatives {
            domega: Complex64::ONE,
            dz: -Complex64::ONE,
            second: None,
        };
        let value = -delta;
        let step = Step {
            value,
            derivatives,
            above: true,
        };
        iterate.moved(z, &step).unwrap()
    }

    /// A tenth of the height is kept where a step would end on the axis or below; a real root is approached along the axis,
    /// and left again where the point on it has no value.
    #[test]
    fn no_step_leaves_the_upper_half_plane() {
        let (axis, above) = (Complex64::from(1.0), Complex64::new(1.0, 1.0));
        for (height, z, down, kept) in [
            (1.0, above, 0.5, 0.5),
            (1.0, above, 1.0, 0.1),
            (1.0, above, 3.0, 0.1),
            (1.0, axis, 3.0, 0.1),
            (1e-8, axis, 3.0, 1e-9),
            (1e-9, axis, 3.0, 0.0),
            (1e-9, above, 3.0, 1e-10),
            (1e-9, axis, 1e-9, 0.0),
        ] {
            let mut iterate = Iterate::new(Complex64::new(1.0, height));
            let moved = stepped(&mut iterate, z, Complex64::new(1.0, -down));
            assert_eq!(iterate.omega.re, 2.0);
            let off = (iterate.omega.im - kept).abs();
            assert!(
                off <= 1e-15 * kept,
                "{height} {z} {down}: {}",
                iterate.omega
            );
            assert_eq!(moved.change, Complex64::new(1.0, -down).norm());
            assert_eq!(moved.cut, kept != 0.5, "{height} {down}");
            let before = if moved.cut {
                f64::INFINITY
            } else {
                moved.change
            };
            assert_eq!(iterate.before, before);
            // Only what was put on the axis is lifted, and once.
            let on_axis = kept == 0.0;
            assert_eq!(iterate.lifted(), on_axis);
            if on_axis {
                assert!((iterate.omega.im / (0.1 * height) - 1.0).abs() < 1e-15);
                assert!(!iterate.lifted() && iterate.is_level(1e6) && !iterate.is_level(1.0));
                stepped(&mut iterate, z, Complex64::new(0.0, -3.0));
                assert!(iterate.omega.im > 0.0);
            }
        }
    }
}
