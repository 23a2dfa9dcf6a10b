//! Section 10: the models of the two slides 'Nonlinear random matrix models', each a [`SpectralModel`].
//!
//! Rows of X are uniform on the sphere `|x|² = d` unless a claim says otherwise: Gaussian ones have `|x|²/d` off
//! by d^{−1/2}, which hides the faster rate.

mod finite_kernel;
mod polynomial_width;

use crate::kit::common::{halfway, points};
use ndarray::{Array2, ArrayView2};
use tensor_dyson::ledger::{
    CheckError, Comparison, Context, Distances, Ladder, LadderError, Measurement, SpectralModel,
    compare,
};
use tensor_dyson::linalg::gram;
use tensor_dyson::measure::{Law, LawError};
use tensor_dyson::model::Activation;
use tensor_dyson::polynomial::{MatrixExpression, Variables};

claims! {
    kernel_linear,
    kernel_classical,
    kernel_largest,
    kernel_polynomial,
    kernel_polynomial_fractional,
    conjugate_kernel,
    conjugate_outlier,
    conjugate_overparametrized,
    conjugate_polynomial,
    conjugate_polynomial_fractional,
    conjugate_polynomial_wide,
    conjugate_polynomial_outliers,
    multi_layer,
    ntk_linear,
    ntk_whole,
    ntk_overparametrized,
}

const SLIDE: &str = "Nonlinear random matrix models";

/// Bias and fluctuation of a linear statistic are of order 1/n, the Kolmogorov distance's up to a root of log n.
const RATE: f64 = halfway(1.0);

/// f with a Hermite expansion in which nothing vanishes by accident: `x + x² − 1`.
fn quadratic() -> Activation {
    Activation::Hermite(vec![1.0, 2.0])
}

/// `f(⟨x_i, x_j⟩/√d)/scale` off the diagonal, 0 on it.
fn inner_product_kernel(x: ArrayView2<'_, f64>, f: &Activation, scale: f64) -> Array2<f64> {
    let root = (x.ncols() as f64).sqrt();
    let mut kernel = gram(x).mapv(|u| f.sigma(u / root) / scale);
    kernel.diag_mut().fill(0.0);
    kernel
}

/// Voiculescu's `MP^γ ⊠ T`, through the MP map, which is faster than by subordination; that the two agree is part of
/// `mp-map-is-not-box`.
fn free_product(gamma: f64, t: &Law) -> Result<Law, LawError> {
    let companion = t.mp_map(gamma.recip())?.scaled(gamma)?;
    Law::mixture(&[
        (gamma.recip(), companion),
        (1.0 - gamma.recip(), Law::point(0.0)?),
    ])
}

/// The law of an expression in independent Gaussian blocks X (n×d), W (d×p) and Z (n×p), `n/d → γ₁`, `n/p → γ₂`, and in a free
/// semicircular S: from its linearisation and the matrix Dyson equation.
fn law_of(expression: &str, (g1, g2): (f64, f64)) -> Result<Law, CheckError> {
    let variables = Variables::new()
        .gaussian("X", "n", "d")
        .gaussian("W", "d", "p")
        .gaussian("Z", "n", "p")
        .free("S", Law::semicircle(1.0)?)
        .ratio("n", "d", g1)
        .ratio("n", "p", g2);
    Ok(MatrixExpression::parse(expression, &variables)?.law()?)
}

/// `YYᵀ` for `Y = √a XW + √b Z`, the Gaussian equivalent of a layer's features (n×p), as an expression.
fn conjugate_equivalent((a, b): (f64, f64)) -> String {
    let features = format!("({}*X*W + {}*Z)", a.sqrt(), b.sqrt());
    format!("{features}*{features}'")
}

/// `a = (E σ′)²` and `b = Var σ − a`, for σ of a standard Gaussian.
fn linear_and_rest(sigma: &Activation) -> (f64, f64) {
    let c = sigma.sigma_coefficients(2);
    let a = c[1] * c[1];
    (a, sigma.sigma_second_moment() - c[0] * c[0] - a)
}

/// What is measured of a model.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measured {
    /// The transform alone.
    Transform,
    /// The Kolmogorov distance too.
    Kolmogorov,
}

/// [`compare`] over the usual points.
fn distances(
    ctx: &Context,
    sizes: [usize; 3],
    replicates: u64,
    measured: Measured,
    model: &dyn SpectralModel,
    rivals: &[&dyn SpectralModel],
) -> Result<Vec<Distances>, CheckError> {
    let ladder = Comparison {
        sizes: sizes.to_vec(),
        replicates,
        points: points(),
        kolmogorov: measured == Measured::Kolmogorov,
    };
    compare(ctx.streams(), &ladder, model, rivals)
}

/// The rate of [`RATE`] for the distances of one of several models.
fn falls(ladder: &Ladder, what: &str, name: &str) -> Result<Measurement, LadderError> {
    ladder.measure(&format!("{what}, {name}"), RATE)
}
