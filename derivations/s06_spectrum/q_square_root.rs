//! `𝒬 = ½𝒮*𝒮` and `½𝒮𝒮*(Y) = Y GGᵀ + GGᵀ Y`, with `𝒮(M) = MGᵀ + GMᵀ` and `𝒮*(Y) = 2YG`, Y symmetric.
//!
//! Not on the slides, which find the eigenvalues `σ_i² + σ_j²` block by block; this counts them: those of
//! `Y ↦ Y GGᵀ + GGᵀ Y` on symmetric matrices are `σ_i² + σ_j²`, `i ≤ j`, each once.
//! Reach: proved for every d and p; all entries in a prime field beside it. Controls: the ½ lost, the adjoint
//! without its 2, one term dropped, an adjoint on all matrices.

use crate::kit::common::{SHAPES, differing, field_matrix};
use crate::proofs::square_root::SQUARE_ROOT;
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::tensor::{Fp61, act};

pub(crate) const CLAIM: Claim = Claim {
    id: "q-square-root",
    section: 6,
    slide: "Spectrum of 𝒬",
    statement: "𝒬 = ½𝒮*𝒮 and ½𝒮𝒮*(Y) = Y GGᵀ + GGᵀ Y on symmetric Y, with 𝒮(M) = MGᵀ + GMᵀ, 𝒮*(Y) = 2YG.",
    uses: &["covariance"],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut entries, mut wrong, mut whole) = (0, 0, 0);
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        let (g, m) = (field_matrix(d, p, &mut rng), field_matrix(d, p, &mut rng));
        let image = act(linear_covariance(g.view()).view(), m.view());
        let s = m.dot(&g.t()) + g.dot(&m.t());
        let adjoint = s.dot(&g) * Fp61::from(2);
        entries += m.len();
        wrong += differing(&(&image * Fp61::from(2)), &adjoint);
        whole += differing(&image, &adjoint);
    }
    let evidence = SQUARE_ROOT.evidence([Measurement::exact(
        "entries of 2𝒬·M = 𝒮*𝒮·M over 𝔽_{2⁶¹−1}",
        entries,
        wrong,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("Eigenvalues: σ_i² + σ_j², 0", &evidence),
        evidence,
        controls: SQUARE_ROOT.controls([Measurement::exact(
            "𝒬 = 𝒮*𝒮, the ½ lost",
            entries,
            whole,
        )])?,
        ..Finding::default()
    })
}
