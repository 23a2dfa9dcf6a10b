//! `m = 1/(−z + (1/pd)⟨𝒬, (ℐ + γ₁m𝒬)⁻¹⟩)`.
//!
//! Slide 'Superoperator computation'. As printed: holds.
//! Reach: proved for every d, p and 𝒬 from the blocks. Beside it, for a 𝒬 with two eigenvalues, the equation that the toolkit finds and proves of the
//! linearisation of `X𝒬Xᵀ`; the solver's m, put into the equation with the dense 𝒬;
//! and the structured solver across the whole support at Im z = 1e-8. Controls: 1/γ₁ for γ₁, 𝒬 without its second braid.

use super::solution;
use crate::kit::common::{SHAPES, draw_covariance};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array2;
use num_bigint::BigInt;
use num_complex::Complex64;
use tensor_dyson::covariance::braided_covariance;
use tensor_dyson::dyson::scalar;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::complex_inverse;
use tensor_dyson::measure::Law;
use tensor_dyson::model::{Activation, HermiteData, WeightLaw};
use tensor_dyson::polynomial::{MatrixExpression, Variables};
use tensor_dyson::spectrum::support_bound;
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "scalar",
    section: 7,
    slide: "Superoperator computation",
    settles: &["the self-consistent equation"],
    statement: r"$$m(z) = \frac{1}{-z + \frac{1}{pd}\big\langle\mathcal Q, (\mathcal I + \gamma_1 m(z)\mathcal Q)^{-1}\big\rangle}.$$",
    uses: &["dyson-blocks"],
    check,
    ..Claim::BLANK
};

/// How many coefficients of the equation of `X*Q*X'`, proved from its linearisation, differ from those of the claimed one for
/// γ₁ = ½ and 𝒬 with the eigenvalues 1 and 3, half each; the same for γ₁ = 2. By `4(1 + γ₁m)(1 + 3γ₁m)` the claimed one is a polynomial in m and z.
fn derived() -> Result<[usize; 2], CheckError> {
    let variables = Variables::new()
        .gaussian("X", "n", "pd")
        .free("Q", Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5])?)
        .ratio("n", "pd", 0.5);
    let found = MatrixExpression::parse("X*Q*X'", &variables)?.scalar_equation()?;
    let proved = found.filter(|equation| equation.proof.is_some());
    let found = proved.map_or(vec![], |equation| equation.coefficients.concat());
    // In powers of m, each in those of z: `4 + 4zm + (8z − 3)m² + 3zm³` for ½, and `1 + (z + 6)m + (8z + 6)m² + 12zm³` for 2.
    let of = |wanted: [i64; 8]| {
        let pairs = wanted.into_iter().map(BigInt::from).enumerate();
        pairs.filter(|(k, c)| found.get(*k) != Some(c)).count()
    };
    Ok([of([4, 0, 0, 4, -3, 8, 0, 3]), of([1, 0, 6, 1, 6, 8, 0, 12])])
}

/// Relative residuals with the dense 𝒬: as claimed, at 1/γ₁, without τ₂₄(G⊗G).
fn residuals(ctx: &Context, phi: &HermiteData) -> Result<[Vec<f64>; 3], CheckError> {
    let (mut right, mut inverted, mut first) = (vec![], vec![], vec![]);
    for (k, &shape) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        let q = draw_covariance(shape, &WeightLaw::PlusMinusOne, phi, &mut rng)?;
        let eigenvalues = q.eigenvalues()?;
        let whole = matricize(q.dense().view()).mapv(Complex64::from);
        let half = matricize(braided_covariance(q.g()).0.view()).mapv(Complex64::from);
        for gamma in [0.4, 2.5] {
            for z in [Complex64::new(0.7, 0.3), Complex64::new(-0.5, 0.01)] {
                let m = scalar::solve(gamma, &eigenvalues, z)?.m;
                let residual = |dense: &Array2<Complex64>, gamma: f64| -> Result<f64, CheckError> {
                    let size = dense.nrows();
                    let one_plus = Array2::eye(size) + dense * (m * gamma);
                    let inverse = complex_inverse(one_plus.view())?;
                    let pairing = (dense * &inverse).sum() / size as f64;
                    Ok((m - (-z + pairing).inv()).norm() / m.norm())
                };
                right.push(residual(&whole, gamma)?);
                inverted.push(residual(&whole, 1.0 / gamma)?);
                first.push(residual(&half, gamma)?);
            }
        }
    }
    Ok([right, inverted, first])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let phi = Activation::Identity.hermite_data();
    let [right, inverted, first] = residuals(ctx, &phi)?;
    let mut rng = ctx.streams().stream(100);
    let q = draw_covariance((40, 60), &WeightLaw::PlusMinusOne, &phi, &mut rng)?.eigenvalues()?;
    let top = support_bound(0.5, &q);
    // Downwards: outside the support, where the sweep starts, Newton needs no detour.
    let count = ctx.choose(100, 400, 2000);
    let xs: Vec<f64> = (1..=count)
        .rev()
        .map(|k| top * f64::from(k) / f64::from(count))
        .collect();
    let across = scalar::along(0.5, &q, &xs, 1e-8)?;
    let slow = across.iter().filter(|point| point.steps >= 30).count();
    let most = across.iter().map(|point| point.steps).max().unwrap_or(0);
    let cases = right.len();
    let [derived, otherwise] = derived()?;
    let evidence = PROOF.evidence([
        Measurement::exact(
            "coefficients of the equation proved of a linearisation, 𝒬 with eigenvalues 1 and 3",
            8,
            derived,
        ),
        // Twice the solver's 1e-12: once for its own residual, once for the dense inverse's rounding.
        Measurement::rounding(
            "relative residual with the dense 𝒬",
            cases,
            largest(right),
            2e-12,
        ),
        Measurement::rounding(
            "relative residual across the support at Im z = 1e-8, d = 40, p = 60",
            across.len(),
            largest(across.iter().map(|point| point.residual)),
            1e-12,
        ),
        Measurement::exact(
            format!("points there that take 30 Newton steps or more (the most: {most})"),
            across.len(),
            slow,
        ),
    ])?;
    Ok(Finding {
        printed: Printed::as_claimed("m = 1/(−z + (1/pd)⟨𝒬, (ℐ + γ₁m𝒬)⁻¹⟩)", &evidence[..3]),
        evidence,
        controls: PROOF.controls([
            Measurement::exact("2 for γ₁ = ½ in the coefficients", 8, otherwise),
            Measurement::rounding("1/γ₁ for γ₁", cases, largest(inverted), 2e-12),
            Measurement::rounding("𝒬 without τ₂₄(G⊗G)", cases, largest(first), 2e-12),
        ])?,
        ..Finding::default()
    })
}

/// The scalar equation.
const PROOF: Statement = Statement {
    what: "the scalar equation from the blocks",
    prove,
    near_misses,
};

/// `m = 1/(−z + ⟨𝒬, (ℐ + γ₁m𝒬)⁻¹⟩/(pd))`.
fn prove() -> Outcome {
    scalar_with("+ p^-1 d^-1")
}

/// The sign, and the scale of the inner product.
fn near_misses() -> NearMisses {
    vec![
        ("−⟨𝒬, …⟩", scalar_with("- p^-1 d^-1")),
        ("1/d for 1/(pd)", scalar_with("+ d^-1")),
    ]
}

fn scalar_with(scale: &str) -> Outcome {
    let theory = solution("-R[a,b,c,e]")?;
    let proof = theory
        .prove("m (−z + ⟨𝒬, (ℐ + γ₁m𝒬)⁻¹⟩/(pd)) = 1")
        .from(&format!("-z m {scale} m 𝒬[a,b,c,e] R[a,b,c,e]"))?
        .follows(
            "m(−z − q) = 1, q = ⟨𝒬, M₂₂⟩/(pd), M₂₂ = −R",
            "1",
            &["z", "q", "M₂₂", "1/m"],
        )?;
    Ok(proof.done())
}
