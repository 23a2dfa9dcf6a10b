//! `τ₂₃² = τ₂₄² = 1`, `τ₂₃τ₂₄τ₂₃ = τ₂₄τ₂₃τ₂₄ = τ₃₄`, and the two do not commute.
//!
//! Slide 'Covariance tensor' (it defines the braids; the laws are what makes them braids).
//! Reach: proved for every tensor; beside it all entries of random tensors over a prime field, axes of equal and
//! of different lengths.
//! Control: that they commute, and that the product of three is τ₂₃.

use crate::kit::common::differing;
use crate::proofs::braids::BRAID_LAWS;
use ndarray::Array4;
use rand::RngExt;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::tensor::{Fp61, tau_23, tau_24};

pub(crate) const CLAIM: Claim = Claim {
    id: "braid-laws",
    section: 5,
    slide: "Covariance tensor",
    statement: "τ₂₃² = τ₂₄² = 1 and τ₂₃τ₂₄τ₂₃ = τ₂₄τ₂₃τ₂₄ (= τ₃₄); τ₂₃ and τ₂₄ do not commute.",
    uses: &[],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut cases, mut wrong, mut commute, mut triple) = (0, 0, 0, 0);
    for (k, shape) in [(2, 3, 4, 5), (3, 3, 3, 3), (1, 2, 2, 3)]
        .into_iter()
        .enumerate()
    {
        let mut rng = ctx.streams().stream(k as u64);
        let t = Array4::from_shape_simple_fn(shape, || Fp61::new(rng.random::<u64>()));
        let twice_23 = tau_23(tau_23(t.view())).to_owned();
        let twice_24 = tau_24(tau_24(t.view())).to_owned();
        let one = tau_23(tau_24(tau_23(t.view()))).to_owned();
        let other = tau_24(tau_23(tau_24(t.view()))).to_owned();
        let tau_34 = t.view().permuted_axes([0, 1, 3, 2]).to_owned();
        cases += 4 * t.len();
        wrong += differing(&twice_23, &t) + differing(&twice_24, &t);
        wrong += differing(&one, &other) + differing(&one, &tau_34);
        commute += differing(
            &tau_23(tau_24(t.view())).to_owned(),
            &tau_24(tau_23(t.view())).to_owned(),
        );
        triple += differing(&one, &tau_23(t.view()).to_owned());
    }
    let evidence = BRAID_LAWS.evidence([Measurement::exact(
        "entries of the four identities",
        cases,
        wrong,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("τ₂₃(𝒜)_abcd = 𝒜_acbd, τ₂₄(𝒜)_abcd = 𝒜_adcb", &evidence),
        evidence,
        controls: BRAID_LAWS.controls([
            Measurement::exact("τ₂₃τ₂₄ = τ₂₄τ₂₃", cases, commute),
            Measurement::exact("τ₂₃τ₂₄τ₂₃ = τ₂₃", cases, triple),
        ])?,
        ..Finding::default()
    })
}
