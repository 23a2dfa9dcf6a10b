//! `E ω = G`, conditionally on W.
//!
//! Slide 'Covariance tensor'. As printed: holds (with G for W).
//! Reach: proved for every d and p; beside it exact expectations over laws of two kurtoses. Controls: `2G`, and
//! Gᵀ for G.

use super::{kurtosis, one_sample};
use crate::kit::common::{RADEMACHER, THREE_POINTS, differing, field_matrix, omega};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::tensor::Fp61;

pub(crate) const CLAIM: Claim = Claim {
    id: "mean",
    section: 5,
    slide: "Covariance tensor",
    settles: &["E ω = W"],
    statement: r"$E\,\omega^i_{ab} = G_{ab}$ for entries of mean $0$ and variance $1.$",
    uses: &["gram"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut cases, mut wrong, mut double, mut transposed) = (0, 0, 0, 0);
    for (k, &(d, p)) in [(2, 3), (3, 3), (3, 2), (1, 2), (2, 1)].iter().enumerate() {
        for law in [RADEMACHER, THREE_POINTS] {
            let g = field_matrix(d, p, &mut ctx.streams().stream(k as u64));
            let mean = law
                .expectation(d, |x| {
                    omega(x, &g)
                        .insert_axis(ndarray::Axis(2))
                        .insert_axis(ndarray::Axis(3))
                })
                .remove_axis(ndarray::Axis(3))
                .remove_axis(ndarray::Axis(2));
            cases += mean.len();
            wrong += differing(&mean, &g);
            double += differing(&mean, &(&g * Fp61::from(2)));
            transposed += differing(&mean, &g.t().to_owned());
        }
    }
    let evidence = PROOF.evidence([Measurement::exact(
        "entries of E ω by enumeration of two laws of x",
        cases,
        wrong,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("E ω_ab = W_ab", &evidence),
        evidence,
        controls: PROOF.controls([
            Measurement::exact("2G", cases, double),
            Measurement::exact("Gᵀ", cases, transposed),
        ])?,
        ..Finding::default()
    })
}

/// `E ω = G`.
const PROOF: Statement = Statement {
    what: "E ω, conditionally on G",
    prove,
    near_misses,
};

/// `E ω = G`.
fn prove() -> Outcome {
    mean_is("[a,b] G[a,b]")
}

/// The mean with a pairing too many.
fn near_misses() -> NearMisses {
    vec![("E ω = 2G", mean_is("[a,b] 2 G[a,b]"))]
}

fn mean_is(claimed: &str) -> Outcome {
    let theory = one_sample()?;
    let proof = theory
        .prove("E ω = G, for entries of mean 0 and variance 1")
        .from("[a,b] ω[a,b]")?
        .rewrite("ω = x ⊗ Gᵀx", &["ω"])?
        .expect("over X", "x", &kurtosis())?
        .is("collected", claimed)?;
    Ok(proof.done())
}
