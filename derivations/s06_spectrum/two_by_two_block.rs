//! On `Span(u^i⊗v^j, u^j⊗v^i)`, i < j, 𝒬 is `[[σ_j², σ_iσ_j], [σ_iσ_j, σ_i²]]`: eigenvalues
//! `σ_i² + σ_j²` and 0; on `u^i⊗v^i` it is `2σ_i²`.
//!
//! Slide 'Spectrum of 𝒬'. As printed: holds. Reach: proved for every d and p; rounding beside it.
//! Controls: the diagonal entries exchanged, the off-diagonal ones doubled, wrong eigenvalues, a wrong kernel.

use super::Decomposed;
use crate::proofs::singular_vectors::BLOCK;
use ndarray::array;
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::tensor::act;

pub(crate) const CLAIM: Claim = Claim {
    id: "two-by-two-block",
    section: 6,
    slide: "Spectrum of 𝒬",
    statement: "On Span(u^i⊗v^j, u^j⊗v^i), 𝒬 acts as [[σ_j², σ_iσ_j], [σ_iσ_j, σ_i²]], with eigenvalues σ_i² + σ_j² and 0.",
    uses: &["tau23-action", "tau24-action"],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut values, mut exchanged, mut doubled) = (vec![], vec![], vec![], vec![]);
    for sample in Decomposed::all(ctx)? {
        let q = linear_covariance(sample.g.view());
        let unit = sample.rounding();
        let rank = sample.svd.singular.len();
        for i in 0..rank {
            for j in i + 1..rank {
                let basis = [sample.dyad(i, j), sample.dyad(j, i)];
                let images = basis.each_ref().map(|m| act(q.view(), m.view()));
                let entry = |r: usize, c: usize| (&basis[r] * &images[c]).sum();
                let block = array![[entry(0, 0), entry(0, 1)], [entry(1, 0), entry(1, 1)]];
                let (s, t) = (sample.sigma(i), sample.sigma(j));
                let apart = |x: [[f64; 2]; 2]| super::apart(&block, &ndarray::arr2(&x)) / unit;
                right.push(apart([[t * t, s * t], [s * t, s * s]]));
                exchanged.push(apart([[s * s, s * t], [s * t, t * t]]));
                doubled.push(apart([[t * t, 2.0 * s * t], [2.0 * s * t, s * s]]));
                // Invariance: the images have no part outside the span.
                for c in 0..2 {
                    let inside = &basis[0] * block[[0, c]] + &basis[1] * block[[1, c]];
                    right.push(super::apart(&images[c], &inside) / unit);
                }
                let eigenvalues = symmetric_eigenvalues(block.view())?;
                values.push(eigenvalues[0].abs() / unit);
                values.push((eigenvalues[1] - s * s - t * t).abs() / unit);
            }
        }
    }
    let cases = exchanged.len();
    let evidence = BLOCK.evidence([
        Measurement::rounding(
            "blocks and their invariance, in rounding bounds",
            cases,
            largest(right),
            1.0,
        ),
        Measurement::rounding("eigenvalues σ_i² + σ_j², 0", cases, largest(values), 1.0),
    ])?;
    Ok(Finding {
        printed: Printed::as_claimed(
            "[[σ_j², σ_iσ_j], [σ_iσ_j, σ_i²]] → σ_i² + σ_j², 0",
            &evidence,
        ),
        evidence,
        controls: BLOCK.controls([
            Measurement::rounding("σ_i² and σ_j² exchanged", cases, largest(exchanged), 1.0),
            Measurement::rounding("2σ_iσ_j off the diagonal", cases, largest(doubled), 1.0),
        ])?,
        ..Finding::default()
    })
}
