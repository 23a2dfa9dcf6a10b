//! `Cov(ω^i, ω^j) = δ_ij 𝒬` for Gaussian x, `𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)`.
//!
//! Slide 'Covariance tensor'. As printed: holds.
//! Reach: proved for every n, d and p; beside it exact, under a law with the Gaussian's moments to order 5, for
//! i = j and for i ≠ j. The integer tensor of `G = [[1, 2], [0, 1]]` is in the snapshot. Controls: one braid
//! dropped, i ≠ j correlated, entries that are not Gaussian.

use crate::kit::common::{GAUSSIAN_TO_ORDER_5, differing, field_matrix, omega};
use crate::proofs::covariance::COVARIANCE;
use ndarray::{Array4, array, s};
use num_traits::Zero;
use tensor_dyson::covariance::{braided_covariance, linear_covariance};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::tensor::{Fp61, outer};

pub(crate) const CLAIM: Claim = Claim {
    id: "covariance",
    section: 5,
    slide: "Covariance tensor",
    statement: "Cov(ω^i, ω^j) = δ_ij 𝒬, 𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G).",
    uses: &["mean", "fourth-moment"],
    assumes: &[],
    check,
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
    let evidence = COVARIANCE.evidence([
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
        controls: COVARIANCE.controls([
            Measurement::exact("𝒬 without τ₂₄(G⊗G)", cases, first_only),
            Measurement::exact("𝒬 without τ₂₃(I⊗GᵀG)", cases, second_only),
            Measurement::exact("Cov(ω^i, ω^j) = 𝒬 for i ≠ j", pairs, correlated),
        ])?,
        intermediates: vec![("𝒬 of G = [[1, 2], [0, 1]]", small.into_iter().collect())],
        ..Finding::default()
    })
}
