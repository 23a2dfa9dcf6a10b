//! Whether the length of a feature concentrates, along a ladder of sizes.

use super::claims::Derivation;
use super::concentration::Concentration;
use super::drawn::Drawn;
use super::unsettled::{BEYOND, HEAVY};
use crate::ledger::{CheckError, Context, Finding, Ladder, Measurement, Printed, largest};
use crate::model::Streams;
use crate::symbolic::{ProofError, SymbolicError};

/// What is said in place of a variance that is not had.
fn unsettled(error: ProofError) -> Result<Finding, CheckError> {
    let open = match error {
        ProofError::Symbolic(SymbolicError::Cumulant { .. }) => HEAVY,
        ProofError::Symbolic(SymbolicError::TooManyIndices { .. }) | ProofError::Check(_) => BEYOND,
        other => return Err(other.into()),
    };
    Ok(Finding {
        printed: Printed::unsettled("Var |ω°|² = o((Tr 𝒬)²)", open),
        ..Finding::default()
    })
}

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let model = &derivation.model;
    let found = match Concentration::of(model) {
        Ok(found) => found,
        Err(error) => return unsettled(error),
    };
    let streams = Streams::new(ctx.seed, "weights");
    let (mut centred, mut square) = (Ladder::default(), Ladder::default());
    let (mut term, mut shares) = (String::new(), Vec::new());
    for size in [16, 24, 36, 54] {
        for draw in 0..3 {
            let rng = &mut streams.stream(1000 * size as u64 + draw);
            let drawn = Drawn::new(model, size, rng)?;
            let relative = found.relative(&drawn);
            shares.push(relative.abs());
            centred.push(size as f64, relative.abs());
            // (E |ω°|⁴ − ½(Tr 𝒬)²)/E |ω°|⁴, where (Tr 𝒬)² = E |ω°|⁴ − Var |ω°|².
            square.push(size as f64, 0.5 + 0.5 * relative);
            let (text, share) = found.largest_term(&drawn);
            term = format!("{share:.1e} of it by {text}");
        }
    }
    let proof = Measurement::proved("E |ω°|⁴ = (Tr 𝒬)² + Var |ω°|²", &Ok(found.proof.clone()))?;
    let control = square.measure("half of the mean's square taken out", -0.5)?;
    // On spheres |ω| is a constant, and the variance what rounding leaves of it.
    let (cases, share) = (shares.len(), largest(shares));
    let rate = match share < 1e-10 {
        true => Measurement::rounding("Var |ω°|²/E |ω°|⁴: |ω°| is constant", cases, share, 1e-10),
        false => centred.measure(
            &format!("Var |ω°|²/E |ω°|⁴ (at the largest size {term})"),
            -0.5,
        )?,
    };
    let evidence = vec![proof, rate];
    Ok(Finding {
        printed: Printed::as_claimed("Var |ω°|² = o((Tr 𝒬)²)", &evidence),
        evidence,
        controls: vec![control],
        ..Finding::default()
    })
}
