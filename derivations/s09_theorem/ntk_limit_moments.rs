//! The moments of the limiting law are the leading order of those of the kernel of `ω° = ω − G`.
//!
//! Beyond the slides, for `σ′ = x`, `a = ±1`, Gaussian X and W: the leading order is `n` times the moment of the
//! Marchenko–Pastur map of `(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀`, `μ = MP^{γ₂}`. Reach: proved for every n, d and p, with the
//! order of all that is dropped. Beside it the means of samples at one size; and the moments of the limiting law by
//! Cauchy's integral of its transform. Controls: the printed `μ*μ`, NTK for NTK°, 1/γ₁ for γ₁.

use super::limit_law::{limit_moment, mixture, self_convolution};
use super::moments::{
    Kernel, OVER_W, QUADRATIC, SIZES, limit_moment_of_the_mixture, over_w, sampled, theory, trace,
};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use num_complex::Complex64;
use std::f64::consts::PI;
use tensor_dyson::dyson::scalar;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::measure::{Atoms, WeightedCovariance};
use tensor_dyson::symbolic::{Polynomial, TensorLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "ntk-limit-moments",
    section: 9,
    slide: "Main result",
    settles: &["a = ±1: MP^{γ₁} ⊠ (α² μ*μ + (β² − α²))"],
    statement: r"$E\,\mathrm{Tr}(\mathrm{NTK}^\circ)^k/n$ tends to the $k$-th moment of the MP map of $\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0$, $k \le 4.$",
    uses: &["ntk-moments", "q-limit"],
    check,
    ..Claim::BLANK
};

/// The radius of Cauchy's integral, outside the support: law(𝒬) ends below 2(1 + √1.5)² < 10, the MP map
/// below (1 + √γ₁)² < 4 times that.
const RADIUS: f64 = 40.0;

/// `∫ xᵏ dμ = −(1/2πi) ∮ zᵏ s(z) dz` by the trapezoidal rule on the upper half circle: the lower half
/// gives the conjugates.
fn moment_by_cauchy(k: i32, gamma_1: f64, q: &WeightedCovariance) -> Result<f64, CheckError> {
    const POINTS: usize = 64;
    let mut sum = 0.0;
    for j in 0..POINTS {
        let angle = PI * (j as f64 + 0.5) / POINTS as f64;
        let z = Complex64::from_polar(RADIUS, angle);
        sum -= (scalar::solve(gamma_1, q, z)?.m * z.powi(k + 1)).re;
    }
    Ok(sum / POINTS as f64)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let outcome = (PROOF.prove)();
    let proved = Measurement::proved(PROOF.what, &outcome)?;
    let exact = over_w(&outcome?, SIZES);
    let test = sampled(ctx, Kernel::Centred)?;
    let one = Atoms::new(vec![1.0], vec![1.0])?;
    let law = WeightedCovariance::new(SIZES.gamma_2(), 1.0, 1.0, 0.0, one)?;
    let (mut integrals, mut swapped) = (vec![], vec![]);
    for k in 1..=4 {
        let moment = limit_moment_of_the_mixture(k, SIZES) / SIZES.n as f64;
        // The solver's relative 1e-12 of s ≈ 1/z, times |z|^{k+1}.
        let unit = 2e-12 * RADIUS.powi(k as i32);
        let by_cauchy = |gamma: f64| moment_by_cauchy(k as i32, gamma, &law);
        integrals.push((by_cauchy(SIZES.gamma_1())? - moment).abs() / unit);
        if k > 1 {
            swapped.push((by_cauchy(1.0 / SIZES.gamma_1())? - moment).abs() / unit);
        }
    }
    let what = "Tr (NTK°)ᵏ, k = 1, …, 4, at n = 60, d = 8, p = 12, with all orders";
    let evidence = vec![
        proved,
        test.measure(what, &exact).as_cross_check(),
        Measurement::rounding(
            "moments of the law by Cauchy's integral, in rounding bounds",
            integrals.len(),
            largest(integrals),
            1.0,
        )
        .as_cross_check(),
    ];
    let controls = PROOF.controls([
        sampled(ctx, Kernel::Ntk)?.measure("NTK for NTK°", &exact),
        Measurement::rounding("1/γ₁ for γ₁", swapped.len(), largest(swapped), 1.0),
    ])?;
    Ok(Finding {
        // The first control is the law with the printed μ*μ; the mixture adds the zeros and the ratio.
        printed: Printed::completed(
            r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\mu_{\mathrm{MP}}^{\gamma_2} * \mu_{\mathrm{MP}}^{\gamma_2}\big)$",
            controls[0].distance,
            0.0,
            evidence[0].distance,
        )
        .erratum(
            "the zeros of 𝒬 and the ratio are missing in μ*μ",
            r"$\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0$",
            1.0,
            "the excess of the mean: 2 as printed, 1 in the limit",
        ),
        evidence,
        controls,
        intermediates: vec![("E Tr (NTK°)ᵏ at n = 60, d = 8, p = 12", exact)],
        ..Finding::default()
    })
}

/// The moments of the limit.
const PROOF: Statement = Statement {
    what: "the leading order of E Tr (NTK°)ᵏ, k ≤ 4",
    prove,
    near_misses,
};

/// `E Tr (NTK°)ᵏ ≈ n ∫ xᵏ dμ` at order `N²`, for `k = 1, …, 4`.
fn prove() -> Outcome {
    limit_with(&mixture())
}

/// The law with the printed `μ*μ` in place of the mixture.
fn near_misses() -> NearMisses {
    vec![("𝒬's law as printed, μ*μ", limit_with(&self_convolution()))]
}

fn limit_with(law: &[Polynomial; 5]) -> Outcome {
    let theory = theory()?;
    let mut proof = theory.prove("E Tr (NTK°)ᵏ ≈ n ∫ xᵏ dμ, k = 1, …, 4");
    for k in 1..=4 {
        let moment = limit_moment(k, law).to_string();
        proof = proof
            .from(&trace("ω°", k))?
            .rewrite("ω° = ω − G, ω = x ⊗ Gᵀx, G = W/√d", &["ω°", "ω"])?
            .expect("over X", "x", &TensorLaw::Gaussian)?
            .expect(OVER_W, "W", &TensorLaw::Gaussian)?
            .approximately("n ~ N², d, p ~ N", &QUADRATIC, 2)?
            .is(&format!("n times moment {k} of the limiting law"), &moment)?;
    }
    Ok(proof.done())
}
