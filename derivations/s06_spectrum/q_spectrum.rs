//! The nonzero eigenvalues of 𝒬 are the nonzero `σ_i² + σ_j²`, `1 ≤ i ≤ j ≤ d`, each once.
//!
//! Slide 'Spectrum of 𝒬'. By `𝒬 = ½𝒮*𝒮` they are those of `Y ↦ Y GGᵀ + GGᵀ Y` on symmetric matrices.
//! Reach: the spectrum to rounding against dense eigenvalues. Controls: pairs up to min(d, p) only; all pairs.

use super::Decomposed;
use tensor_dyson::covariance::{linear_covariance, linear_eigenvalues};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "q-spectrum",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["the 2×2 block, with eigenvalues σ_i² + σ_j² and 0"],
    statement: r"The nonzero eigenvalues of $\mathcal Q$ are the nonzero $\sigma_i^2 + \sigma_j^2$, $1 \le i \le j \le d$, each once.",
    uses: &["two-by-two-block", "q-square-root"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut short, mut twice, mut cases) = (vec![], vec![], vec![], 0);
    let mut intermediates = vec![];
    for sample in Decomposed::all(ctx)? {
        let (d, p) = sample.g.dim();
        let dense =
            symmetric_eigenvalues(matricize(linear_covariance(sample.g.view()).view()).view())?;
        let singular = sample.svd.singular.to_vec();
        let closed = linear_eigenvalues(&singular, d, p).expanded();
        // A symmetric eigenvalue errs by at most a small multiple of its dimension times ε‖𝒬‖.
        let unit = sample.rounding() * (d * p) as f64;
        let apart = |x: &[f64]| largest(x.iter().zip(&dense).map(|(x, y)| (x - y).abs() / unit));
        right.push(apart(&closed));
        cases += closed.len();
        let rank = d.min(p);
        let mut pairs: Vec<f64> = (0..rank)
            .flat_map(|i| (i..rank).map(move |j| (i, j)))
            .map(|(i, j)| singular[i].powi(2) + singular[j].powi(2))
            .collect();
        pairs.resize(d * p, 0.0);
        pairs.sort_by(f64::total_cmp);
        short.push(apart(&pairs));
        let mut all: Vec<f64> = (0..rank)
            .flat_map(|i| (0..rank).map(move |j| (i, j)))
            .map(|(i, j)| singular[i].powi(2) + singular[j].powi(2))
            .collect();
        all.sort_by(|x, y| y.total_cmp(x));
        all.resize(d * p, 0.0);
        all.sort_by(f64::total_cmp);
        twice.push(apart(&all));
        if (d, p) == (6, 4) {
            intermediates.push(("eigenvalues of 𝒬 at d = 6, p = 4", closed));
        }
    }
    let evidence = vec![Measurement::rounding(
        "eigenvalues, in rounding bounds",
        cases,
        largest(right),
        1.0,
    )];
    Ok(Finding {
        printed: Printed::as_claimed("Eigenvalues: σ_i² + σ_j², 0", &evidence),
        evidence,
        controls: vec![
            Measurement::rounding("all pairs i, j", cases, largest(twice), 1.0),
            Measurement::rounding("pairs i ≤ j ≤ min(d, p) only", cases, largest(short), 1.0),
        ],
        intermediates,
        ..Finding::default()
    })
}
