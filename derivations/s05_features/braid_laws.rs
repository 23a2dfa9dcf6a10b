//! `τ₂₃² = τ₂₄² = 1`, `τ₂₃τ₂₄τ₂₃ = τ₂₄τ₂₃τ₂₄ = τ₃₄`, and the two do not commute.
//!
//! Slide 'Covariance tensor' (it defines the braids; the laws are what makes them braids).
//! Reach: proved for every tensor; beside it all entries of random tensors over a prime field, axes of equal and
//! of different lengths.
//! Control: that they commute, and that the product of three is τ₂₃.

use crate::kit::common::differing;
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array4;
use rand::RngExt;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::symbolic::{Expression, SymbolicError, Theory};
use tensor_dyson::tensor::{Fp61, tau_23, tau_24};

pub(crate) const CLAIM: Claim = Claim {
    id: "braid-laws",
    section: 5,
    slide: "Covariance tensor",
    settles: &["the braid operators"],
    statement: r"$\tau_{23}^2 = \tau_{24}^2 = 1$ and $\tau_{23}\tau_{24}\tau_{23}$ $= \tau_{24}\tau_{23}\tau_{24}$ $(= \tau_{34})$; $\tau_{23}$ and $\tau_{24}$ do not commute.",
    check,
    ..Claim::BLANK
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
    let evidence = PROOF.evidence([Measurement::exact(
        "entries of the four identities",
        cases,
        wrong,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("τ₂₃(𝒜)_abcd = 𝒜_acbd, τ₂₄(𝒜)_abcd = 𝒜_adcb", &evidence),
        evidence,
        controls: PROOF.controls([
            Measurement::exact("τ₂₃τ₂₄ = τ₂₄τ₂₃", cases, commute),
            Measurement::exact("τ₂₃τ₂₄τ₂₃ = τ₂₃", cases, triple),
        ])?,
        ..Finding::default()
    })
}

/// The four laws.
const PROOF: Statement = Statement {
    what: "all four laws on an arbitrary tensor",
    prove: braid_laws,
    near_misses,
};

/// A permutation of the four legs.
type Braid = [usize; 4];

const ONE: Braid = [0, 1, 2, 3];
const TAU_23: Braid = [0, 2, 1, 3];
const TAU_24: Braid = [0, 3, 2, 1];
const TAU_34: Braid = [0, 1, 3, 2];

/// The four laws, on an arbitrary tensor.
fn braid_laws() -> Outcome {
    laws(&[
        (&[TAU_23, TAU_23], &[ONE]),
        (&[TAU_24, TAU_24], &[ONE]),
        (&[TAU_23, TAU_24, TAU_23], &[TAU_34]),
        (&[TAU_24, TAU_23, TAU_24], &[TAU_34]),
    ])
}

/// Commutation, and the Coxeter relation with the wrong transposition.
fn near_misses() -> NearMisses {
    vec![
        (
            "τ₂₃τ₂₄ = τ₂₄τ₂₃",
            laws(&[(&[TAU_23, TAU_24], &[TAU_24, TAU_23])]),
        ),
        (
            "τ₂₃τ₂₄τ₂₃ = τ₂₄",
            laws(&[(&[TAU_23, TAU_24, TAU_23], &[TAU_24])]),
        ),
    ]
}

fn laws(laws: &[(&[Braid], &[Braid])]) -> Outcome {
    let mut theory = Theory::new();
    theory.tensors("T[d,d,d,d]")?;
    let tensor = theory.expression("[a,c,k,q] T[a,c,k,q]")?;
    let composed = |braids: &[Braid]| -> Result<Expression, SymbolicError> {
        braids
            .iter()
            .rev()
            .try_fold(tensor.clone(), |t, braid| t.braided(braid))
    };
    let mut proof = theory.prove("τ₂₃² = τ₂₄² = 1 and τ₂₃τ₂₄τ₂₃ = τ₂₄τ₂₃τ₂₄ = τ₃₄");
    for (left, right) in laws {
        let name = format!("{} = {}", written(left), written(right));
        proof = proof.from_expression(composed(left)?)?.follows_expression(
            &name,
            composed(right)?,
            &[],
        )?;
    }
    Ok(proof.done())
}

fn written(braids: &[Braid]) -> String {
    let name = |braid: &Braid| match *braid {
        TAU_23 => "τ₂₃",
        TAU_24 => "τ₂₄",
        TAU_34 => "τ₃₄",
        _ => "1",
    };
    braids.iter().map(name).collect()
}
