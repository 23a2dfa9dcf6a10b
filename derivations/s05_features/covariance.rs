//! `Cov(ω^i, ω^j) = δ_ij 𝒬` for Gaussian x, `𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)`.
//!
//! Slide 'Covariance tensor'. As printed: holds.
//! Reach: proved for every n, d and p; beside it exact, under a law with the Gaussian's moments to order 5, for
//! i = j and for i ≠ j. The integer tensor of `G = [[1, 2], [0, 1]]` is in the snapshot. Controls: one braid
//! dropped, i ≠ j correlated, entries that are not Gaussian.

use super::kurtosis;
use crate::kit::common::{GAUSSIAN_TO_ORDER_5, differing, field_matrix, omega};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::{Array4, array, s};
use num_traits::Zero;
use tensor_dyson::covariance::{braided_covariance, linear_covariance};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::symbolic::{TensorLaw, Theory};
use tensor_dyson::tensor::{Fp61, outer};

pub(crate) const CLAIM: Claim = Claim {
    id: "covariance",
    section: 5,
    slide: "Covariance tensor",
    settles: &["Cov(ω^i, ω^j) = δ_ij 𝒬"],
    statement: r"$\mathrm{Cov}(\omega^i, \omega^j) = \delta_{ij}\,\mathcal Q$, $\mathcal Q = \tau_{23}(I\otimes G^\top G)$ $+\,\tau_{24}(G\otimes G).$",
    uses: &["mean", "fourth-moment"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut cases, mut wrong, mut first_only, mut second_only) = (0, 0, 0, 0);
    let (mut pairs, mut apart, mut correlated) = (0, 0, 0);
    for (k, &(d, p)) in [(2, 3), (2, 2), (2, 1), (1, 2)].iter().enumerate() {
        let g = field_matrix(d, p, &mut ctx.streams().stream(k as u64));
        let q = linear_covariance(g.view());
        let (first, second) = braided_covariance(g.view());
        let mean = outer(g.view(), g.view());
        let same = GAUSSIAN_TO_ORDER_5.expectation(d, |x| {
            let omega = omega(x, &g);
            outer(omega.view(), omega.view())
        }) - &mean;
        cases += same.len();
        wrong += differing(&same, &q);
        first_only += differing(&same, &first);
        second_only += differing(&same, &second);
        // Two samples at once: 2d variables.
        let other = GAUSSIAN_TO_ORDER_5.expectation(2 * d, |x| {
            let one = omega(&x.slice(s![..d]).to_owned(), &g);
            let two = omega(&x.slice(s![d..]).to_owned(), &g);
            outer(one.view(), two.view())
        }) - &mean;
        pairs += other.len();
        let zero = Array4::from_elem(other.dim(), Fp61::zero());
        apart += differing(&other, &zero);
        correlated += differing(&other, &q);
    }
    let evidence = PROOF.evidence([
        Measurement::exact("entries of Cov(ω^i, ω^i)", cases, wrong),
        Measurement::exact(
            "entries of Cov(ω^i, ω^j), i ≠ j, which vanish",
            pairs,
            apart,
        ),
    ])?;
    let small = linear_covariance(array![[1.0, 2.0], [0.0, 1.0]].view());
    Ok(Finding {
        printed: Printed::as_claimed("Cov(ω^i, ω^j) = δ_ij (τ₂₃(Id⊗WᵀW) + τ₂₄(W⊗W))", &evidence),
        evidence,
        controls: PROOF.controls([
            Measurement::exact("𝒬 without τ₂₄(G⊗G)", cases, first_only),
            Measurement::exact("𝒬 without τ₂₃(I⊗GᵀG)", cases, second_only),
            Measurement::exact("Cov(ω^i, ω^j) = 𝒬 for i ≠ j", pairs, correlated),
        ])?,
        intermediates: vec![("𝒬 of G = [[1, 2], [0, 1]]", small.into_iter().collect())],
        ..Finding::default()
    })
}

/// The covariance of Gaussian samples.
const PROOF: Statement = Statement {
    what: "Cov(ω^i, ω^j) by Wick's theorem",
    prove,
    near_misses,
};

/// `Cov(ω^i, ω^j) = δ_ij 𝒬` for Gaussian entries, `𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)`.
fn prove() -> Outcome {
    covariance_is(&TensorLaw::Gaussian, "δ[i,j] 𝒬[a,b,c,e]")
}

/// Dependent samples, a pairing forgotten, and entries that are not Gaussian.
fn near_misses() -> NearMisses {
    vec![
        (
            "δ_ij dropped",
            covariance_is(&TensorLaw::Gaussian, "δ[i] δ[j] 𝒬[a,b,c,e]"),
        ),
        (
            "τ₂₄(G⊗G) forgotten",
            covariance_is(&TensorLaw::Gaussian, "δ[i,j] δ[a,c] G[k,b] G[k,e]"),
        ),
        (
            "𝒬 for entries with κ₄ ≠ 0",
            covariance_is(&kurtosis(), "δ[i,j] 𝒬[a,b,c,e]"),
        ),
    ]
}

fn covariance_is(law: &TensorLaw, claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] G[d,p]")?
        .scalars("κ₄")?
        .define("ω[i,a,b] = x[i,a] G[k,b] x[i,k]")?
        .define("𝒬[a,b,c,e] = δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]")?
        .define("ω°[i,a,b] = ω[i,a,b] - δ[i] G[a,b]")?;
    let proof = theory
        .prove("Cov(ω^i, ω^j) = δ_ij 𝒬, with 𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) and ω° = ω − E ω")
        .from("[i,a,b,j,c,e] ω°[i,a,b] ω°[j,c,e]")?
        .rewrite("ω° = ω − G, ω = x ⊗ Gᵀx", &["ω°", "ω"])?
        .expect("over X", "x", law)?
        .follows(
            "the definition of 𝒬",
            &format!("[i,a,b,j,c,e] {claimed}"),
            &["𝒬"],
        )?;
    Ok(proof.done())
}
