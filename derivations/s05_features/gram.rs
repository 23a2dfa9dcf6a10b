//! `NTK_ij = (1/pd) ⟨ω^i, ω^j⟩` with `ω^i = x_i ⊗ Gᵀx_i`, for `σ′(x) = x`.
//!
//! Slide 'NTK is a Gram matrix', which writes W for `G = WD/√d`. As printed: holds.
//! Reach: proved for every n, d and p; all entries in a prime field beside it. Controls: the matrix product for
//! the Hadamard product, one factor lost, a sample index swapped.

use crate::kit::common::{SHAPES, differing, field_matrix};
use crate::proofs::gram::GRAM;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::linearization::feature_tensor;
use tensor_dyson::tensor::contract;

pub(crate) const CLAIM: Claim = Claim {
    id: "gram",
    section: 5,
    slide: "NTK is a Gram matrix",
    statement: "XXᵀ ∘ (XG)(XG)ᵀ = ⟨ω^i, ω^j⟩ with ω^i = x_i ⊗ Gᵀx_i: the NTK is a Gram matrix.",
    uses: &[],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let n = 3;
    let (mut cases, mut wrong, mut product_wrong, mut lost_wrong) = (0, 0, 0, 0);
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        let x = field_matrix(n, d, &mut rng);
        let g = field_matrix(d, p, &mut rng);
        let features = x.dot(&g);
        let omega = feature_tensor(x.view(), features.view());
        let gram = contract("abi,abj->ij", &[&omega, &omega])?.into_dimensionality()?;
        let (inputs, hidden) = (x.dot(&x.t()), features.dot(&features.t()));
        cases += gram.len();
        wrong += differing(&gram, &(&inputs * &hidden));
        product_wrong += differing(&gram, &inputs.dot(&hidden));
        lost_wrong += differing(&gram, &hidden);
    }
    let evidence = GRAM.evidence([Measurement::exact(
        "entries of the Gram matrix over 𝔽_{2⁶¹−1}, d < p, d = p, d > p",
        cases,
        wrong,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("NTK_ij = (1/pd)⟨ω^i, ω^j⟩", &evidence),
        evidence,
        controls: GRAM.controls([
            Measurement::exact(
                "matrix product for the Hadamard product",
                cases,
                product_wrong,
            ),
            Measurement::exact("without the factor XXᵀ", cases, lost_wrong),
        ])?,
        ..Finding::default()
    })
}
