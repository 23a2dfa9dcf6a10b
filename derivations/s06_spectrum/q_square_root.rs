//! `𝒬 = ½𝒮*𝒮` and `½𝒮𝒮*(Y) = Y GGᵀ + GGᵀ Y`, with `𝒮(M) = MGᵀ + GMᵀ` and `𝒮*(Y) = 2YG`, Y symmetric.
//!
//! Not on the slides, which find the eigenvalues `σ_i² + σ_j²` block by block; this counts them: those of
//! `Y ↦ Y GGᵀ + GGᵀ Y` on symmetric matrices are `σ_i² + σ_j²`, `i ≤ j`, each once.
//! Reach: proved for every d and p; all entries in a prime field beside it. Controls: the ½ lost, the adjoint
//! without its 2, one term dropped, an adjoint on all matrices.

use crate::kit::common::{SHAPES, differing, field_matrix};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::symbolic::Theory;
use tensor_dyson::tensor::{Fp61, act};

pub(crate) const CLAIM: Claim = Claim {
    id: "q-square-root",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["the 2×2 block, with eigenvalues σ_i² + σ_j² and 0"],
    statement: r"$\mathcal Q = \tfrac12\mathcal S^*\mathcal S$ and $\tfrac12\mathcal S\mathcal S^*(Y)$ $= Y GG^\top + GG^\top Y$ on symmetric $Y$, with $\mathcal S(M) = MG^\top + GM^\top$, $\mathcal S^*(Y) = 2YG.$",
    uses: &["covariance"],
    check,
    ..Claim::BLANK
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
    let evidence = PROOF.evidence([Measurement::exact(
        "entries of 2𝒬·M = 𝒮*𝒮·M over 𝔽_{2⁶¹−1}",
        entries,
        wrong,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("Eigenvalues: σ_i² + σ_j², 0", &evidence),
        evidence,
        controls: PROOF.controls([Measurement::exact("𝒬 = 𝒮*𝒮, the ½ lost", entries, whole)])?,
        ..Finding::default()
    })
}

/// The square root of `𝒬`.
const PROOF: Statement = Statement {
    what: "the adjoint, ½𝒮*𝒮 and ½𝒮𝒮*",
    prove,
    near_misses,
};

/// The adjoint of `𝒮`, `½𝒮*𝒮 = 𝒬` on `d×p` matrices, and `½𝒮𝒮*` on symmetric `d×d` matrices.
fn prove() -> Outcome {
    root_with(
        "2",
        "Y[a,c] G[c,k] G[q,k] + G[a,k] G[c,k] Y[c,q]",
        &[vec![1, 0]],
    )
}

/// A factor dropped, a term dropped, and the adjoint without the symmetry of its argument.
fn near_misses() -> NearMisses {
    let both = "Y[a,c] G[c,k] G[q,k] + G[a,k] G[c,k] Y[c,q]";
    vec![
        ("𝒮*(Y) = YG", root_with("1", both, &[vec![1, 0]])),
        (
            "½𝒮𝒮*(Y) = Y GGᵀ",
            root_with("2", "Y[a,c] G[c,k] G[q,k]", &[vec![1, 0]]),
        ),
        ("𝒮*(Y) = 2YG for Y not symmetric", root_with("2", both, &[])),
    ]
}

fn root_with(two: &str, other_side: &str, symmetry: &[Vec<usize>]) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("M[d,p] G[d,p]")?
        .symmetric("Y[d,d]", symmetry)?
        .define("𝒮M[a,c] = M[a,b] G[c,b] + G[a,b] M[c,b]")?
        .define(&format!("𝒮*Y[a,b] = {two} Y[a,c] G[c,b]"))?
        .define("𝒬[a,b,c,e] = δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]")?;
    let other_side = other_side.replace(",k]", ",b]");
    let proof = theory
        .prove("𝒬 = ½ 𝒮*𝒮 and ½ 𝒮𝒮*(Y) = Y GGᵀ + GGᵀ Y, with 𝒮(M) = MGᵀ + GMᵀ, 𝒮*(Y) = 2YG")
        .from("𝒮M[a,c] Y[a,c]")?
        .follows("⟨𝒮(M), Y⟩ = ⟨M, 𝒮*(Y)⟩", "M[a,b] 𝒮*Y[a,b]", &["𝒮M", "𝒮*Y"])?
        .from(&format!("[a,b] {two}/2 𝒮M[a,c] G[c,b]"))?
        .follows("½ 𝒮*(𝒮(M)) = 𝒬(M)", "[a,b] 𝒬[a,b,c,e] M[c,e]", &["𝒮M", "𝒬"])?
        .from("[a,q] 1/2 𝒮*Y[a,b] G[q,b] + 1/2 G[a,b] 𝒮*Y[q,b]")?
        .follows(
            "½ 𝒮(𝒮*(Y)), Y symmetric",
            &format!("[a,q] {other_side}"),
            &["𝒮*Y"],
        )?;
    Ok(proof.done())
}
