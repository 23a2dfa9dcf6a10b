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
        "the contour for the response at t = {t} is pinched: it needs more than {limit} nodes, {nodes} so far"
    )]
    Pinched {
        /// The point asked for.
        t: Complex64,
        /// Nodes that were asked for when it was given up.
        nodes: usize,
        /// Nodes that are allowed.
        limit: usize,
    },
    /// An inner equation was not solved.
    #[error("the inner equation of the response at t = {t} lost its root at v = {at}")]
    Inner {
        /// The point asked for.
        t: Complex64,
        /// Where the root was lost.
        at: Complex64,
    },
    /// For real t, −1/t lies in the support, or within rounding of it.
    #[error("the response has no real value at t = {t}: -1/t lies in the support of the law")]
    InSupport {
        /// The point asked for.
        t: f64,
    },
}

/// The response of a law ν on the half line `x ≥ 0`,
///
/// ```math
/// I(t) = ∫ x dν(x) / (1 + t x),
/// ```
///
/// for `t` off the half line `t ≤ −1/sup supp ν`. It is related to the Stieltjes transform by
/// `t I(t) = 1 − s_ν(−1/t)/t`, and `I(0)` is the mean. Slide 'Limiting distribution'.
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
