//! `E Tr NTKᵏ`, `k ≤ 4`, as polynomials in n, d, p; and the moments of the limiting law as their leading order.
//!
//! Beyond the slides, for `σ′ = x`, `a = ±1`, Gaussian X and W. The outlier of `E ω = G` rules the moments of
//! the NTK itself from k = 2 on; the kernel of `ω° = ω − G` has the moments of the limiting law.
//! Reach: proved for every n, d and p, with the order of all that is dropped. Beside it the means of samples at
//! one size; and the moments of the limiting law by Cauchy's integral of its transform.
//! Controls: the limit's moments for those of the NTK, the printed `μ*μ`, NTK for NTK°.

use crate::proofs::moments::{LIMIT_MOMENTS, NTK_MOMENTS, limit_moment_of_the_mixture, over_w};
use num_complex::Complex64;
use std::f64::consts::PI;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::dyson::scalar;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, MeanTest, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::linearization::{flatten, linearization, mean_linearization};
use tensor_dyson::measure::{Atoms, WeightedCovariance};
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw};

pub(crate) const MOMENTS: Claim = Claim {
    id: "ntk-moments",
    section: 9,
    slide: "Main result",
    statement: "E Tr NTKᵏ, k ≤ 4, are polynomials in n, d, p; their leading orders are n, n + n²/(pd) + 3n²/d², n³/d³, n⁴/d⁴: from k = 2 on the outlier rules.",
    uses: &["gram", "outlier"],
    assumes: &[],
    check: moments,
};

pub(crate) const LIMIT: Claim = Claim {
    id: "ntk-limit-moments",
    section: 9,
    slide: "Main result",
    statement: "E Tr (NTK°)ᵏ/n tends to the k-th moment of the MP map of (γ₂/2)μ*μ + (1−γ₂)μ + (γ₂/2)δ₀, k ≤ 4.",
    uses: &["ntk-moments", "q-limit"],
    assumes: &[],
    check: limit,
};

const SIZES: Sizes = Sizes { n: 60, d: 8, p: 12 };

/// Means of `Tr Kᵏ`, `k = 1, …, 4`, of the NTK, or of the kernel of `ω − G`.
fn sampled(ctx: &Context, centred: bool) -> Result<MeanTest, CheckError> {
    let mut test = MeanTest::new(4);
    let phi = Activation::Identity;
    for seed in 0..ctx.choose(300, 600, 2000) {
        let mut rng = ctx.streams().stream(seed);
        let s = NtkSample::draw(
            SIZES,
            EntryLaw::Gaussian,
            &WeightLaw::PlusMinusOne,
            &mut rng,
        );
        let mut a = linearization(s.x.view(), s.features(&phi).view());
        if centred {
            let q = Covariance::new(s.w.view(), s.a.view(), &phi.hermite_data())?;
            a -= &mean_linearization(q.g(), SIZES.n);
        }
        let eigenvalues = symmetric_eigenvalues(gram(flatten(a.view()).t()).view())?;
        let trace = |k: i32| eigenvalues.iter().map(|x| x.powi(k)).sum::<f64>();
        test.push(&[trace(1), trace(2), trace(3), trace(4)]);
    }
    Ok(test)
}

fn moments(ctx: &Context) -> Result<Finding, CheckError> {
    let outcome = (NTK_MOMENTS.prove)();
    let proved = Measurement::proved(NTK_MOMENTS.what, &outcome)?;
    let exact = over_w(&outcome?, SIZES);
    let test = sampled(ctx, false)?;
    let what = "Tr NTKᵏ, k = 1, …, 4, at n = 60, d = 8, p = 12";
    let evidence = vec![proved, test.measure(what, &exact).as_cross_check()];
    let limit: Vec<f64> = (1..=4)
        .map(|k| limit_moment_of_the_mixture(k, SIZES))
        .collect();
    Ok(Finding {
        printed: Printed::as_claimed("NTK_ij = (1/pd)⟨ω^i, ω^j⟩", &evidence),
        evidence,
        controls: NTK_MOMENTS.controls([test.measure("the limit's moments times n", &limit)])?,
        intermediates: vec![("E Tr NTKᵏ at n = 60, d = 8, p = 12", exact)],
        ..Finding::default()
    })
}

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

fn limit(ctx: &Context) -> Result<Finding, CheckError> {
    let outcome = (LIMIT_MOMENTS.prove)();
    let proved = Measurement::proved(LIMIT_MOMENTS.what, &outcome)?;
    let exact = over_w(&outcome?, SIZES);
    let test = sampled(ctx, true)?;
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
    let controls = LIMIT_MOMENTS.controls([
        sampled(ctx, false)?.measure("NTK for NTK°", &exact),
        Measurement::rounding("1/γ₁ for γ₁", swapped.len(), largest(swapped), 1.0),
    ])?;
    Ok(Finding {
        // The first control is the law with the printed μ*μ; the mixture adds the zeros and the ratio.
        printed: Printed::completed(
            "μ_MP^{γ₁} ⊠ (μ_MP^{γ₂} * μ_MP^{γ₂})",
            controls[0].distance,
            0.0,
            evidence[0].distance,
        )
        .erratum(
            "the zeros of 𝒬 and the ratio are missing in μ*μ",
            "(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀",
            1.0,
            "the excess of the mean: 2 as printed, 1 in the limit",
        ),
        evidence,
        controls,
        intermediates: vec![("E Tr (NTK°)ᵏ at n = 60, d = 8, p = 12", exact)],
        ..Finding::default()
    })
}
