//! Symbolic proofs as measurements.

use super::{Kind, Measurement};
use crate::symbolic::{Proof, ProofError, SymbolicError};
use std::sync::Arc;

/// Characters of a difference in a measurement's line; its argument has the whole.
const SHOWN: usize = 100;

impl Measurement {
    /// A statement that holds for every dimension, or does not: the distance is the number of its steps
    /// that are rejected because the normal forms of their sides differ. A chain ends at the first.
    ///
    /// A difference of normal forms that no point of the prime field confirms is neither pass nor fail:
    /// the rules may not reach what they imply.
    ///
    /// # Errors
    /// A statement that cannot be read or integrated, hypotheses that no point satisfies, or a step on
    /// which the normal form and the field disagree.
    pub fn proved(
        what: &str,
        outcome: &Result<Proof, ProofError>,
    ) -> Result<Measurement, ProofError> {
        let rejected = |distance: f64, reason: String, argument: String| {
            let what = format!("{what}: {reason}");
            let mut m = Measurement::of(Kind::Proved, what, 1, distance, 0.0);
            m.argument = Some(argument);
            m
        };
        match outcome {
            Ok(proof) => {
                let text = format!("{what}: {}", summary(proof));
                let cases = proof.checks().count();
                // A proof without a step shows nothing.
                let distance = if cases == 0 { f64::NAN } else { 0.0 };
                let mut m = Measurement::of(Kind::Proved, text, cases, distance, 0.0);
                m.argument = Some(proof.to_string());
                m.certificate = Some(Arc::new(proof.certificate()?));
                m.assumes = proof.assumptions().map(|a| a.to_string()).collect();
                Ok(m)
            }
            Err(ProofError::Refuted(refutation)) => {
                let confirmed = refutation.witness().is_some();
                let distance = if confirmed { 1.0 } else { f64::NAN };
                let reason = format!("off by {}", shortened(&refutation.difference().to_string()));
                let argument = format!("{what}\n{refutation}");
                Ok(rejected(distance, reason, argument))
            }
            Err(ProofError::Symbolic(error @ SymbolicError::Legs { .. })) => {
                let reason = format!("the sides cannot be compared, {error}");
                let argument = format!("{what}\n    {reason}");
                Ok(rejected(1.0, reason, argument))
            }
            Err(error) => Err(error.clone()),
        }
    }
}

/// `3 steps, 12 terms; checked at …`.
fn summary(proof: &Proof) -> String {
    let mut shapes: Vec<&str> = proof
        .checks()
        .flat_map(|c| c.shapes().iter().map(String::as_str))
        .collect();
    shapes.sort_unstable();
    shapes.dedup();
    let steps = proof.checks().count();
    // The bound is rounded up.
    let bound = 1.05 * proof.bound().unwrap_or(f64::NAN);
    format!(
        "{} step{}, {} terms; modulo two primes at {}, where a random point hides a difference with probability ≤ {bound:.1e}",
        steps,
        if steps == 1 { "" } else { "s" },
        proof.term_count(),
        shapes.join("; "),
    )
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbolic::{TensorLaw, Theory};

    fn outcome(claimed: &str) -> Result<Proof, ProofError> {
        let mut theory = Theory::new();
        theory.tensors("x[n,d]")?;
        let proof = theory.prove("E Tr XXᵀ = nd").from("x[i,a] x[i,a]")?;
        Ok(proof
            .expect("over X", "x", &TensorLaw::Gaussian)?
            .is("collected", claimed)?
            .done())
    }

    #[test]
    fn a_proof_supports_and_a_refutation_shows_what_it_is_off_by() {
        let right = Measurement::proved("the trace", &outcome("n d")).unwrap();
        assert_eq!((right.cases, right.supports()), (2, Some(true)));
        assert!(
            right
                .what
                .starts_with("the trace: 2 steps, 3 terms; modulo two primes at d=2 n=3"),
            "{}",
            right.what
        );
        let wrong = Measurement::proved("half of it", &outcome("n d/2")).unwrap();
        assert_eq!((wrong.distance, wrong.supports()), (1.0, Some(false)));
        assert_eq!(wrong.what, "half of it: off by d n/2");
        assert!(
            wrong
                .argument
                .unwrap()
                .contains("not 0 at a random point, d=")
        );
    }

    #[test]
    fn what_shows_nothing_neither_supports_nor_refutes() {
        let mut theory = Theory::new();
        theory.tensors("x[n,d]").unwrap();
        let empty = theory
            .prove("")
            .from("x[i,a] x[i,a]")
            .map(|proof| proof.done());
        assert_eq!(Measurement::proved("", &empty).unwrap().supports(), None);
        theory.symmetric("Y[d,d]", &[vec![1, 0]]).unwrap();
        theory.define("Z[a,c] = Y[a,c]").unwrap();
        let unreached = theory
            .prove("")
            .from("Z[a,a]")
            .and_then(|proof| proof.is("not told that Z is Y", "Y[a,a]"))
            .map(|proof| proof.done());
        let m = Measurement::proved("", &unreached).unwrap();
        assert!(m.distance.is_nan(), "{m:?}");
        assert!(m.argument.unwrap().contains("no point that was tried"));
    }

    #[test]
    fn what_cannot_be_read_is_an_error_and_no_refutation() {
        assert!(Measurement::proved("", &outcome("n h")).is_err());
        let legs = outcome("[i] δ[i]");
        assert_eq!(
            Measurement::proved("", &legs).unwrap().supports(),
            Some(false)
        );
    }
}
