//! What a subordination equation must offer to be solved and enclosed, see [`super::solver`].

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::Upper;
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::transform::Memory;
use crate::measure::law::{Law, LawError};

/// The derivatives of E at a point, or their ranges over discs of ω and z.
pub(crate) struct Derivatives<T> {
    pub(crate) domega: T,
    pub(crate) dz: T,
    /// Those of the other subordination function: `∂ω₂/∂ω` and `∂ω₂/∂z`.
    pub(crate) second: Option<(T, T)>,
}

impl<T: Scalar> Derivatives<T> {
    /// `dω/dz` and `dω₂/dz` along the root.
    pub(crate) fn slopes(&self) -> [T; 2] {
        let slope = -(self.dz / self.domega);
        let second = self
            .second
            .map_or(slope, |(domega, dz)| domega * slope + dz);
        [slope, second]
    }
}

/// E and its derivatives at one point, without bounds.
pub(crate) struct Step {
    pub(crate) value: Complex64,
    pub(crate) derivatives: Derivatives<Complex64>,
    /// Whether the other subordination function is above the axis too.
    pub(crate) above: bool,
}

impl Step {
    /// `dω/dz`, if the root is one of the upper half plane, or continues one: on the real axis both subordination
    /// functions must increase.
    pub(crate) fn slope(&self, z: Complex64, omega: Complex64) -> Option<Complex64> {
        let slopes = self.derivatives.slopes();
        let real = z.im == 0.0 && omega.im == 0.0;
        let rising = slopes.iter().all(|slope| slope.re > 0.0);
        (self.above && (!real || rising)).then_some(slopes[0])
    }
}

/// A subordination equation `E(ω; z) = 0`: what Newton's method needs of it.
pub(crate) trait Equation {
    /// Number of inner laws.
    const PARTS: usize;

    /// One evaluation for Newton's method, ω and z in the closed upper half plane.
    fn step(&self, z: Complex64, omega: Complex64, inner: &mut [Memory]) -> Result<Step, LawError>;

    /// `s`, `s′`, `χ` from the root, without bounds.
    fn jet(&self, z: Complex64, omega: Complex64, inner: &mut [Memory])
    -> Result<LawJet, LawError>;

    /// A first guess of ω far above the axis.
    fn far(&self, z: Complex64) -> Complex64;

    /// A height at which `far` is a good guess.
    fn height(&self) -> f64;
}

/// The height for equations in which ω is z but for a shift, given the ends of the law's hull.
pub(crate) fn height_above((low, high): (f64, f64)) -> f64 {
    8.0 * (high - low) + 4.0 * low.abs().max(high.abs())
}

/// `∫ arg(ω − x) dμ(x)` for all ω within `delta` of the place where a law is known: its slope is at most |s|.
pub(super) fn phase_near(
    law: &Law,
    known: &Local,
    delta: f64,
    memory: &mut Memory,
) -> Option<Ball> {
    let moved = known.over(delta)?.s.upper() * Upper(delta);
    let found = law.phase(Ball::exact(known.at), memory).ok()?;
    Some(found.grown(moved.0))
}

/// What the enclosure of its roots needs besides.
pub(crate) trait Enclosable: Equation {
    /// The inner laws at the centre of the disc.
    type Inner;

    /// The inner laws at ω, with bounds.
    fn inner(
        &self,
        z: Complex64,
        omega: Complex64,
        inner: &mut [Memory],
    ) -> Result<Self::Inner, LawError>;

    /// The inner laws at a point nearby, from those at the centre, if that costs no accuracy and less than they do.
    fn moved(&self, _: &Self::Inner, _: Complex64) -> Option<Self::Inner> {
        None
    }

    /// Whether [`Enclosable::moved`] ever has an answer: then a good guess of the root need not be improved before it is
    /// enclosed.
    const MOVES: bool = false;

    /// `E(c; z)` at the centre c.
    fn value(&self, inner: &Self::Inner, z: Ball) -> Option<Ball>;

    /// The derivatives of E over `|ω − c| ≤ rho` and z in a disc; `None` where the inner laws are not analytic.
    fn range(&self, inner: &Self::Inner, z: Ball, rho: f64) -> Option<Derivatives<Ball>>;

    /// `s`, `s′`, `χ` for every root within `delta` of the centre.
    fn result(&self, inner: &Self::Inner, z: Ball, delta: f64) -> Option<LawJet<Ball>>;

    /// `∫ arg(z − x) dμ(x)`, for every root within `delta` of the centre.
    fn phase(&self, at: &Self::Inner, z: Ball, delta: f64, inner: &mut [Memory]) -> Option<Ball>;

    /// The subordination functions, for every root within `delta` of the centre.
    fn functions(&self, inner: &Self::Inner, z: Ball, delta: f64) -> Option<Vec<Ball>>;

    /// Whether the law has an atom at 0: a pole of s, and none of χ.
    fn pole_at_zero(&self) -> bool;

    /// Distance from the centre to the supports of the inner laws, and their steps.
    fn about(&self, inner: &Self::Inner) -> (f64, usize);
}
