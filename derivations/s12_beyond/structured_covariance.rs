//! Structured data, `x ~ N(0, Σ)`, σ′ = x: `Cov ω = τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG)`, `ω = x ⊗ Gᵀx`.
//!
//! Beyond the talk, whose X has independent entries. Derived here. Reach: proved for every d and p from `x = Σ^{1/2}g`; beside it the
//! variances of `⟨ω, M⟩` in samples. Controls: white on one side or the other, G for ΣG; for the samples the same three.

use super::{SLIDE, power_law};
use crate::proofs::structured::COVARIANCE;
use ndarray::{Array1, Array2, Axis as Along};
use tensor_dyson::covariance::StructuredCovariance;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, MeanTest, Printed};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, EntryLaw};
use tensor_dyson::tensor::{act, matricize};

pub(crate) const CLAIM: Claim = Claim {
    id: "structured-covariance",
    section: 12,
    slide: SLIDE,
    statement: "x ~ N(0, Σ), σ′ = x: Cov ω = τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG).",
    uses: &["covariance"],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (d, p) = (6, 4);
    let rng = &mut ctx.streams().stream(0);
    let variances = power_law(d);
    let phi = Activation::Identity.hermite_data();
    let w = EntryLaw::Gaussian.matrix(d, p, rng);
    let q = StructuredCovariance::new(&variances, w.view(), &phi)?;
    let white = StructuredCovariance::new(&vec![1.0; d], w.view(), &phi)?;
    let roots = Array1::from(variances.clone()).mapv(f64::sqrt);
    let x = EntryLaw::Gaussian.matrix(ctx.choose(20_000, 40_000, 200_000), d, rng) * &roots;
    let u = x.dot(&w) / (d as f64).sqrt();
    let directions: Vec<Array2<f64>> = (0..4)
        .map(|_| EntryLaw::Gaussian.matrix(d, p, rng))
        .collect();
    let form =
        |q: &StructuredCovariance, m: &Array2<f64>| (m * &act(q.dense().view(), m.view())).sum();
    let (mut predicted, mut blind, mut forms) = (vec![], vec![], vec![]);
    for m in &directions {
        predicted.push(form(&q, m));
        blind.push(form(&white, m));
        let sampled = (x.dot(m) * &u).sum_axis(Along(1));
        // ⟨E ω, M⟩, E ω = ΣG.
        let mean = (&w * m * &Array1::from(variances.clone()).insert_axis(Along(1))).sum();
        forms.push(sampled.mapv(|s| (s - mean / (d as f64).sqrt()).powi(2)));
    }
    let mut test = MeanTest::new(forms.len());
    for i in 0..x.nrows() {
        test.push(&forms.iter().map(|form| form[i]).collect::<Vec<_>>());
    }
    let evidence = COVARIANCE.evidence([test.measure("E⟨ω − Eω, M⟩² of samples", &predicted)])?;
    let spectrum =
        |q: &StructuredCovariance| symmetric_eigenvalues(matricize(q.dense().view()).view());
    let figure = Figure::new(
        "structured-covariance",
        "Eigenvalues of 𝒬: structured against white data",
        Axis::linear("rank of the eigenvalue"),
        Axis::linear("q"),
    )
    .points("Σ_i ∝ i^{−0.7}", super::ranked(&spectrum(&q)?))
    .points("Σ = I", super::ranked(&spectrum(&white)?))
    .caption(format!("d = {d}, p = {p}, the same W."));
    Ok(Finding {
        printed: Printed::as_claimed("Cov(ω), X not white", &evidence),
        evidence,
        controls: COVARIANCE.controls([test.measure("samples, Σ = I", &blind)])?,
        figures: vec![figure],
        ..Finding::default()
    })
}
