//! `⟨𝒬, (ℐ+t𝒬)⁻¹⟩ = Σ_{i≤j} (σ_i²+σ_j²)/(1+t(σ_i²+σ_j²))`, i, j over 1..d.
//!
//! Slide 'Spectrum of 𝒬' prints ½Σ_{i,j}: it counts the diagonal i = j by halves, relative size O(1/d).
//! Incomplete: with the half diagonal added it is exact.
//! Reach: rounding against the dense inverse; a rate for the size of the slip. Control: Σ_{i,j}, no ½.

use crate::kit::common::{SHAPES, UNIT, response_points};
use crate::kit::printed::HalfSum;
use ndarray::Array2;
use num_complex::Complex64;
use tensor_dyson::covariance::{linear_covariance, linear_eigenvalues};
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{complex_inverse, singular_values};
use tensor_dyson::measure::Response;
use tensor_dyson::model::EntryLaw;
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "q-sum",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["the sum ½Σ_{i,j}"],
    statement: r"$\langle\mathcal Q, (\mathcal I+t\mathcal Q)^{-1}\rangle$ $= \sum_{1\le i\le j\le d}$ $(\sigma_i^2+\sigma_j^2)$ $/\big(1+t(\sigma_i^2+\sigma_j^2)\big)$; $\tfrac12\sum_{i,j}$ differs by half its diagonal, $O(1/d).$",
    uses: &["q-spectrum"],
    check,
    ..Claim::BLANK
};

/// Sums against the dense inverse in rounding bounds: over i ≤ j, as printed, with half the diagonal, without the ½.
fn sums(ctx: &Context) -> Result<[Vec<f64>; 4], CheckError> {
    let (mut exact, mut printed, mut completed, mut whole) = (vec![], vec![], vec![], vec![]);
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let g = EntryLaw::Gaussian.matrix(d, p, &mut ctx.streams().stream(k as u64));
        let dense = matricize(linear_covariance(g.view()).view()).mapv(Complex64::from);
        let singular = singular_values(g.view())?;
        let closed = linear_eigenvalues(&singular, d, p);
        let size = (d * p) as f64;
        for t in response_points() {
            let inverse = complex_inverse((Array2::eye(d * p) + &dense * t).view())?;
            let value = (&dense * &inverse).sum();
            // Sums of (dp)² terms through an inverse whose condition is at most 1 + |t|‖𝒬‖ over
            // dist(−1/t, spectrum)·|t|, which these t keep below 10.
            let norm = 2.0 * singular[0].powi(2);
            let unit = 100.0 * size * UNIT * norm * (1.0 + t.norm() * norm);
            let sum = HalfSum::new(&singular, d, p);
            let half = sum.response(t)?.value * size;
            let diagonal = sum.half_diagonal(t) * size;
            exact.push((closed.response(t)?.value * size - value).norm() / unit);
            printed.push((half - value).norm() / unit);
            completed.push((half + diagonal - value).norm() / unit);
            whole.push((2.0 * half - value).norm() / unit);
        }
    }
    Ok([exact, printed, completed, whole])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let [exact, printed, completed, whole] = sums(ctx)?;
    let mut ladder = Ladder::default();
    for d in ctx.choose([8, 16, 32], [16, 48, 144], [32, 128, 512]) {
        for seed in 0..3 {
            let p = 3 * d / 2;
            let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
            let g = EntryLaw::Gaussian.matrix(d, p, &mut rng) / (d as f64).sqrt();
            let singular = singular_values(g.view())?;
            let (sum, t) = (HalfSum::new(&singular, d, p), Complex64::new(0.7, 0.0));
            let slip = sum.half_diagonal(t) / sum.response(t)?.value;
            ladder.push(d as f64, slip.norm());
        }
    }
    let cases = exact.len();
    Ok(Finding {
        printed: Printed::completed(
            r"$\tfrac{1}{2pd} \sum_{i,j}$ $(\sigma_i^2+\sigma_j^2)$ $/\big(1+\gamma_1 m(\sigma_i^2+\sigma_j^2)\big)$",
            largest(printed),
            1.0,
            largest(completed),
        )
        .erratum(
            "the diagonal i = j counts by halves",
            r"$\tfrac{1}{pd} \sum_{1\le i\le j\le d}$ $(\sigma_i^2+\sigma_j^2)$ $/\big(1+\gamma_1 m(\sigma_i^2+\sigma_j^2)\big)$",
            ladder.last_error(),
            "relative, at the largest d; it falls like 1/d",
        ),
        evidence: vec![
            Measurement::rounding(
                "sums against the dense inverse, in rounding bounds",
                cases,
                largest(exact),
                1.0,
            ),
            ladder.measure("relative size of the printed sum's slip", -0.8)?,
        ],
        controls: vec![Measurement::rounding(
            "Σ_{i,j} without ½",
            cases,
            largest(whole),
            1.0,
        )],
        ..Finding::default()
    })
}
