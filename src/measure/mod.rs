//! Laws on the real line and what random-matrix theory does with them.
//!
//! Conventions: `s_μ(z) = ∫ dμ(x)/(x − z)`, so that `Im z > 0` gives `Im s > 0`. Slide 'Limiting distribution'.
//!
//! [`Law`] is a calculus of spectral distributions: laws, operations on them, and answers with error bounds.
//!
//! | written | item | meaning |
//! |---|---|---|
//! | `δ_a`, `Σ pᵢ δ(xᵢ)` | [`Law::point`], [`Law::atoms`], [`Law::empirical`] | point masses |
//! | `MP^γ` | [`Law::marchenko_pastur`] | limit law of `XXᵀ/d`, X n×d, `n/d → γ` |
//! | semicircle, uniform, arcsine | [`Law::semicircle`], [`Law::uniform`], [`Law::arcsine`] | |
//! | a density | [`Law::from_density`] | from a closure, smooth between ends like a root or an inverse root |
//! | a density | [`Law::from_samples`] | linear between given points |
//! | `a·μ + b` | [`Law::scaled`], [`Law::shifted`] | image under `x ↦ ax + b` |
//! | `Σ wᵢ μᵢ` | [`Law::mixture`] | mixture, signed weights allowed if the whole is a law |
//! | `μ * ν` | [`Law::classical`] | classical convolution: the sum of independent variables |
//! | `μ ⊙ ν` | [`Law::classical_product`] | the product of independent variables |
//! | `μ ⊞ ν` | [`Law::free_sum`] | free additive convolution: `A + UBUᵀ`, U Haar |
//! | `μ^{⊞t}` | [`Law::free_power`], [`Law::free_compression`] | free cumulants times t; corners of matrices |
//! | `μ ⊠ ν` | [`Law::free_product`] | free multiplicative convolution: `A^{1/2} UBUᵀ A^{1/2}` |
//! | the law of 𝒬 | `Law::from(`[`WeightedCovariance`]`)` | for any weights |
//! | the Marchenko–Pastur map | [`Law::mp_map`] | `s = 1/(−z + ∫ x dν/(1+γxs))`, D on the long side |
//!
//! [`Law::parse`] reads such expressions from text.
//!
//! Every value comes with a bound on its error, see [`Value`]: a
//! root of the subordination equation is enclosed by a contraction (Banach's theorem, in the form of Krawczyk and of
//! Newton and Kantorovich) with all rounding errors and the errors of inner laws inside the bound. Where the
//! contraction fails, next to an edge, where rounding grows, the answer is an error.
//!
//! Bounds hold for the law with the stored binary parameters, in the absence of overflow and underflow.

mod arithmetic;
mod atoms;
mod clusters;
mod law;
mod marchenko_pastur;
mod response;

pub use atoms::{Atoms, AtomsError};
pub use clusters::{Cluster, clusters};
pub use law::{
    Atom, Density, Distribution, Enclosed, EnclosedPoint, Law, LawError, MpMapError, MpMapPoint,
    NotConverged, ParseError, Value, Walk, WeightedCovariance, WeightedCovarianceError,
    marchenko_pastur_map,
};
pub(crate) use law::{FreeForm, image, operator};
pub use marchenko_pastur::{MarchenkoPastur, RatioError};
pub use response::{Jet, Response, ResponseError};
