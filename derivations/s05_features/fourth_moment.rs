//! `E ω⊗ω = G⊗G + τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) + κ₄ δ_ac G_ab G_ad`.
//!
//! Slide 'Covariance tensor', which prints '…' for the κ₄ term: incomplete, exactly by that term.
//! Reach: proved for every d, p and κ₄; exact expectations under laws with κ₄ = −2, 0 and 1 beside it.
//! Controls: as printed, τ₂₄ dropped, τ₂₃ in its place, the sign of κ₄, an index swapped.

use super::{kurtosis, one_sample};
use crate::kit::common::{
    GAUSSIAN_TO_ORDER_5, RADEMACHER, THREE_POINTS, differing, field_matrix, omega,
};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array4;
use num_traits::Zero;
use tensor_dyson::covariance::braided_covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::tensor::{Fp61, outer, tau_23};

pub(crate) const CLAIM: Claim = Claim {
    id: "fourth-moment",
    section: 5,
    slide: "Covariance tensor",
    settles: &["E ω⊗ω, with a 4th order term"],
    statement: r"$E\,\omega\otimes\omega$ $= G\otimes G$ $+\,\tau_{23}(I\otimes G^\top G)$ $+\,\tau_{24}(G\otimes G)$ $+\,\kappa_4\,\delta_{ac} G_{ab} G_{ad}.$",
    uses: &["mean"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut cases, mut wrong, mut printed) = (0, 0, 0);
    let (mut dropped, mut swapped, mut sign) = (0, 0, 0);
    for (k, &(d, p)) in [(2, 3), (3, 3), (3, 2), (1, 2), (2, 1)].iter().enumerate() {
        for law in [GAUSSIAN_TO_ORDER_5, RADEMACHER, THREE_POINTS] {
            let g = field_matrix(d, p, &mut ctx.streams().stream(k as u64));
            let moment = law.expectation(d, |x| {
                let omega = omega(x, &g);
                outer(omega.view(), omega.view())
            });
            let (second, third) = braided_covariance(g.view());
            let first = outer(g.view(), g.view());
            let kurtosis = Array4::from_shape_fn((d, p, d, p), |(a, b, c, e)| {
                if a == c {
                    Fp61::from(law.kappa_4) * g[[a, b]] * g[[a, e]]
                } else {
                    Fp61::zero()
                }
            });
            let claimed = &first + &second + &third + &kurtosis;
            cases += moment.len();
            wrong += differing(&moment, &claimed);
            printed += differing(&moment, &(&claimed - &kurtosis));
            dropped += differing(&moment, &(&claimed - &third));
            if d == p {
                let braided = tau_23(first.view()).to_owned();
                swapped += differing(&moment, &(&claimed - &third + &braided));
            }
            sign += differing(&moment, &(&claimed - &kurtosis - &kurtosis));
        }
    }
    Ok(Finding {
        printed: Printed::completed(
            r"$W\otimes W$ $+\,\delta_{ij}\,\tau_{23}(\mathrm{Id}\otimes W^\top W)$ $+\,\delta_{ij}\,\tau_{24}(W\otimes W)$ $+\dots$",
            printed as f64,
            0.0,
            wrong as f64,
        )
        .erratum(
            "the fourth-order term is left out ('not important')",
            r"$\dots$ $+\,\kappa_4\,\delta_{ac} G_{ab} G_{ad}$, of relative size $O(1/d)$ in the law",
            printed as f64 / cases as f64,
            "the part of the entries that differ, over laws with κ₄ = 0, −2, 1",
        ),
        evidence: PROOF.evidence([Measurement::exact(
            "entries of E ω⊗ω by enumeration of laws with κ₄ = 0, −2, 1",
            cases,
            wrong,
        )])?,
        controls: PROOF.controls([
            Measurement::exact("τ₂₄(G⊗G) dropped", cases, dropped),
            Measurement::exact("τ₂₃ for τ₂₄ of G⊗G", cases, swapped),
            Measurement::exact("−κ₄ for κ₄", cases, sign),
        ])?,
        ..Finding::default()
    })
}

/// The fourth moment with κ₄.
const PROOF: Statement = Statement {
    what: "E ω⊗ω by the expansion in cumulants",
    prove,
    near_misses,
};

/// `E ω⊗ω = G⊗G + τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) + κ₄ δ_ac G_ab G_ae`.
fn prove() -> Outcome {
    fourth_moment_is(
        "G[a,b] G[c,e] + δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b] + κ₄ δ[a,c] G[a,b] G[a,e]",
    )
}

/// The slide's formula without its dots, a pairing forgotten, an index swapped, a sign.
fn near_misses() -> NearMisses {
    vec![
        (
            "as printed, the term of κ₄ left to the dots",
            fourth_moment_is("G[a,b] G[c,e] + δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]"),
        ),
        (
            "τ₂₄(G⊗G) forgotten",
            fourth_moment_is("G[a,b] G[c,e] + δ[a,c] G[k,b] G[k,e] + κ₄ δ[a,c] G[a,b] G[a,e]"),
        ),
        (
            "an index of τ₂₃ swapped",
            fourth_moment_is(
                "G[a,b] G[c,e] + δ[a,c] G[a,b] G[k,e] δ[k] + G[a,e] G[c,b] + κ₄ δ[a,c] G[a,b] G[a,e]",
            ),
        ),
        (
            "−κ₄ for κ₄",
            fourth_moment_is(
                "G[a,b] G[c,e] + δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b] - κ₄ δ[a,c] G[a,b] G[a,e]",
            ),
        ),
    ]
}

fn fourth_moment_is(claimed: &str) -> Outcome {
    let theory = one_sample()?;
    let proof = theory
        .prove("E ω⊗ω = G⊗G + τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) + κ₄ δ_ac G_ab G_ae")
        .from("[a,b,c,e] ω[a,b] ω[c,e]")?
        .rewrite("ω = x ⊗ Gᵀx", &["ω"])?
        .expect(
            "over x, i.i.d. entries with cumulants 0, 1, 0, κ₄",
            "x",
            &kurtosis(),
        )?
        .is("collected", &format!("[a,b,c,e] {claimed}"))?;
    Ok(proof.done())
}
