//! `braid-laws`: `τ₂₃² = τ₂₄² = 1`, `τ₂₃τ₂₄τ₂₃ = τ₂₄τ₂₃τ₂₄ = τ₃₄`, and the two do not commute.

use super::{NearMisses, Outcome, Statement};
use tensor_dyson::symbolic::{Expression, SymbolicError, Theory};

/// The four laws.
pub(crate) const BRAID_LAWS: Statement = Statement {
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
