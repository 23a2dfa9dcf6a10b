//! What the Marchenko–Pastur map needs of a law ν: its response `I(t) = ∫ x dν(x)/(1 + t x)`.

use num_complex::Complex64;

/// A value and a derivative at one complex point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet {
    /// `f(t)`.
    pub value: Complex64,
    /// `f′(t)`.
    pub derivative: Complex64,
}

/// Why a response could not be evaluated.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ResponseError {
    /// The contour of the integral is pinched between two parts of the spectrum.
    #[error(
        "the contour for the response at t = {t} is pinched: it would need {nodes} nodes of at most {limit}"
    )]
    Pinched {
        /// The point asked for.
        t: Complex64,
        /// Nodes that the error bound asks for.
        nodes: usize,
        /// Nodes that are allowed.
        limit: usize,
    },
    /// An inner equation was not solved.
    #[error(
        "the inner equation of the response at t = {t} stopped at relative residual {residual:e} after {steps} Newton steps"
    )]
    Inner {
        /// The point asked for.
        t: Complex64,
        /// Relative residual where it stopped.
        residual: f64,
        /// Newton steps taken.
        steps: usize,
    },
}

/// The response of a law ν on the half line `x ≥ 0`,
///
/// ```math
/// I(t) = ∫ x dν(x) / (1 + t x),
/// ```
///
/// for `t` off the half line `t ≤ −1/sup supp ν`. It is related to the Stieltjes transform by
/// `t I(t) = 1 − s_ν(−1/t)/t`, and `I(0)` is the mean.
pub trait Response: Sync {
    /// `I(t)` and `I′(t) = −∫ x² dν/(1 + t x)²`.
    ///
    /// # Errors
    /// Where a law given through an inner equation cannot solve it; a closed form never fails, and
    /// returns a value that is not finite at a pole.
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError>;

    /// `ν{0}`.
    fn mass_at_zero(&self) -> f64;

    /// `I(0) = ∫ x dν(x)`.
    fn mean(&self) -> f64;

    /// An upper bound of the support, the supremum itself where it is known.
    fn support_bound(&self) -> f64;
}
