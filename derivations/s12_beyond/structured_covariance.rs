//! Structured data, `x ~ N(0, Σ)`, σ′ = x: `Cov ω = τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG)`, `ω = x ⊗ Gᵀx`.
//!
//! Beyond the talk, whose X has independent entries. Derived here. Reach: proved for every d and p from `x = Σ^{1/2}g`; beside it the
//! variances of `⟨ω, M⟩` in samples. Controls: white on one side or the other, G for ΣG; for the samples the same three.

use super::{SLIDE, power_law};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::{Array1, Array2, Axis as Along};
use tensor_dyson::covariance::StructuredCovariance;
use tensor_dyson::ledger::{Axis, CheckError, Claim, Context, Figure, Finding, MeanTest, Printed};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, EntryLaw};
use tensor_dyson::symbolic::{TensorLaw, Theory};
use tensor_dyson::tensor::{act, matricize};

pub(crate) const CLAIM: Claim = Claim {
    id: "structured-covariance",
    section: 12,
    slide: SLIDE,
    settles: &["structured data"],
    statement: r"$x \sim N(0, \Sigma)$, $\sigma' = x$: $\mathrm{Cov}\,\omega = \tau_{23}(\Sigma\otimes G^\top\Sigma G)$ $+\,\tau_{24}(\Sigma G\otimes\Sigma G).$",
    uses: &["covariance"],
    check,
    ..Claim::BLANK
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
    let evidence = PROOF.evidence([test.measure("E⟨ω − Eω, M⟩² of samples", &predicted)])?;
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
        controls: PROOF.controls([test.measure("samples, Σ = I", &blind)])?,
        figures: vec![figure],
        ..Finding::default()
    })
}

const PROOF: Statement = Statement {
    what: "Cov ω by Wick's theorem, x = Σ^{1/2}g",
    prove,
    near_misses,
};

/// `R = Σ^{1/2}`, symmetric; `Σ = RR`.
fn prove() -> Outcome {
    covariance_is("Σ[a,c] G[k,b] Σ[k,l] G[l,e] + Σ[a,k] G[k,e] Σ[c,l] G[l,b]")
}

/// White data on one side or the other, and G for ΣG.
fn near_misses() -> NearMisses {
    vec![
        (
            "white on the left: δ_ac for Σ_ac",
            covariance_is("δ[a,c] G[k,b] Σ[k,l] G[l,e] + Σ[a,k] G[k,e] Σ[c,l] G[l,b]"),
        ),
        (
            "white on the right: GᵀG for GᵀΣG",
            covariance_is("Σ[a,c] G[k,b] G[k,e] + Σ[a,k] G[k,e] Σ[c,l] G[l,b]"),
        ),
        (
            "G for ΣG in τ₂₄",
            covariance_is("Σ[a,c] G[k,b] Σ[k,l] G[l,e] + G[a,e] G[c,b]"),
        ),
    ]
}

fn covariance_is(claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("g[d] G[d,p]")?
        .symmetric("R[d,d]", &[vec![1, 0]])?
        .define("Σ[a,c] = R[a,k] R[k,c]")?
        .define("ω[a,b] = R[a,i] g[i] G[k,b] R[k,j] g[j]")?;
    let proof = theory
        .prove("Cov ω = τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG), ω = x ⊗ Gᵀx, x = Rg, Σ = R²")
        .from("[a,b,c,e] ω[a,b] ω[c,e]")?
        .rewrite("ω = Rg ⊗ GᵀRg", &["ω"])?
        .expect("over g", "g", &TensorLaw::Gaussian)?
        .follows(
            "the square of the mean ΣG, and the definition of Σ",
            &format!("[a,b,c,e] Σ[a,k] G[k,b] Σ[c,l] G[l,e] + {claimed}"),
            &["Σ"],
        )?;
    Ok(proof.done())
}
