//! On `Span(u^i⊗v^j, u^j⊗v^i)`, i < j, 𝒬 is `[[σ_j², σ_iσ_j], [σ_iσ_j, σ_i²]]`: eigenvalues
//! `σ_i² + σ_j²` and 0; on `u^i⊗v^i` it is `2σ_i²`.
//!
//! Slide 'Spectrum of 𝒬'. As printed: holds. Reach: proved for every d and p; rounding beside it.
//! Controls: the diagonal entries exchanged, the off-diagonal ones doubled, wrong eigenvalues, a wrong kernel.

use super::{Decomposed, RULES, singular_vectors};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::array;
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::tensor::act;

pub(crate) const CLAIM: Claim = Claim {
    id: "two-by-two-block",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["the 2×2 block, with eigenvalues σ_i² + σ_j² and 0"],
    statement: r"On $\mathrm{Span}(u^i\otimes v^j, u^j\otimes v^i)$, $\mathcal Q$ acts as $\begin{bmatrix} \sigma_j^2 & \sigma_i\sigma_j \\ \sigma_i\sigma_j & \sigma_i^2 \end{bmatrix}$, with eigenvalues $\sigma_i^2 + \sigma_j^2$ and $0.$",
    uses: &["tau23-action", "tau24-action"],
    check,
    ..Claim::BLANK
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
    let evidence = PROOF.evidence([
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
        controls: PROOF.controls([
            Measurement::rounding("σ_i² and σ_j² exchanged", cases, largest(exchanged), 1.0),
            Measurement::rounding("2σ_iσ_j off the diagonal", cases, largest(doubled), 1.0),
        ])?,
        ..Finding::default()
    })
}

/// The 2×2 block.
const PROOF: Statement = Statement {
    what: "both columns, and the two eigenvectors",
    prove,
    near_misses,
};

/// The matrix of `𝒬` on `span(u^i⊗v^j, u^j⊗v^i)`, its eigenvectors and eigenvalues.
fn prove() -> Outcome {
    block_is("(σ[i] σ[i] + σ[j] σ[j])", "-")
}

/// Eigenvalues and an eigenvector with one sign or one index wrong.
fn near_misses() -> NearMisses {
    vec![
        (
            "the eigenvalue σ_i² − σ_j²",
            block_is("(σ[i] σ[i] - σ[j] σ[j])", "-"),
        ),
        ("the eigenvalue 2σ_iσ_j", block_is("2 σ[i] σ[j]", "-")),
        (
            "the kernel with a plus",
            block_is("(σ[i] σ[i] + σ[j] σ[j])", "+"),
        ),
    ]
}

fn block_is(eigenvalue: &str, sign: &str) -> Outcome {
    let theory = singular_vectors()?;
    let upper = "(σ[j] u[i,c] v[j,e] + σ[i] u[j,c] v[i,e])";
    let lower = format!("(σ[i] u[i,c] v[j,e] {sign} σ[j] u[j,c] v[i,e])");
    let at_ab = |vector: &str| vector.replace("c]", "a]").replace("e]", "b]");
    let q = "[i,j,a,b] (τ₂₃[a,b,c,e] + τ₂₄[a,b,c,e])";
    let proof = theory
        .prove("𝒬 on span(u^i⊗v^j, u^j⊗v^i): eigenvalues σ_i² + σ_j² and 0")
        .from(&format!("{q} u[i,c] v[j,e]"))?
        .follows(
            "the first column: σ_j², σ_iσ_j",
            "[i,j,a,b] σ[j] σ[j] u[i,a] v[j,b] + σ[i] σ[j] u[j,a] v[i,b]",
            &RULES,
        )?
        .from(&format!("{q} u[j,c] v[i,e]"))?
        .follows(
            "the second column: σ_iσ_j, σ_i²",
            "[i,j,a,b] σ[i] σ[j] u[i,a] v[j,b] + σ[i] σ[i] u[j,a] v[i,b]",
            &RULES,
        )?
        .from(&format!("{q} {upper}"))?
        .follows(
            "the eigenvalue σ_i² + σ_j²",
            &format!("[i,j,a,b] {eigenvalue} {}", at_ab(upper)),
            &RULES,
        )?
        .from(&format!("{q} {lower}"))?
        .follows("the eigenvalue 0", "[i,j,a,b] 0", &RULES)?;
    Ok(proof.done())
}
