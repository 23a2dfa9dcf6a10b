//! The covariance that a model's file claims, against the one that is derived.

use super::claims::Derivation;
use super::drawn::Drawn;
use super::operator::Operator;
use crate::ledger::{CheckError, Context, Finding, Measurement, Printed, largest};
use crate::symbolic::{Expression, Proof, ProofError, Refutation};

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let Derivation {
        model,
        moments,
        variants,
        ..
    } = derivation;
    let claimed = model.claim.clone().unwrap_or_default();
    let own = moments.proof_of_claim(model, &claimed);
    let wrong = variants.iter().map(|variant| {
        let wrong = format!("{} {}", moments.legs(model), variant.text);
        (&*variant.what, moments.proof_of_claim(model, &wrong))
    });
    let wrong: Vec<(&str, Result<Proof, ProofError>)> = wrong.collect();
    if let Err(ProofError::Refuted(refutation)) = &own
        && !model.functions.is_empty()
        && let Some(finding) = by_numbers(derivation, ctx, refutation, &wrong)?
    {
        return Ok(finding);
    }
    let evidence = vec![Measurement::proved("𝒬 as claimed", &own)?];
    let controls = wrong
        .iter()
        .map(|(what, proof)| Measurement::proved(what, proof));
    Ok(Finding {
        printed: Printed::as_claimed(claimed, &evidence),
        evidence,
        controls: controls.collect::<Result<_, _>>()?,
        ..Finding::default()
    })
}

/// What the series of a function's means may be off by, relative to the largest entry of 𝒬.
const OFF: f64 = 1e-9;

/// The most features of the size at which a claim is evaluated.
const EVALUATED: usize = 100;

/// A claim that does not hold for every function may hold for this one, as `m₀ = 0` does for an odd one: the difference at
/// drawn weights; `None` where it is not 0.
fn by_numbers(
    derivation: &Derivation,
    ctx: &Context,
    refutation: &Refutation,
    wrong: &[(&str, Result<Proof, ProofError>)],
) -> Result<Option<Finding>, CheckError> {
    let model = &derivation.model;
    let fits = |free: &usize| model.sizes(*free).features <= EVALUATED;
    let free = (2..EVALUATED).take_while(fits).last().unwrap_or(2);
    let drawn = Drawn::new(model, free, &mut ctx.streams().stream(0))?;
    let most = |expression: &Expression| {
        let entries = Operator::new(expression, &drawn).dense();
        largest(entries.iter().map(|x| x.abs()))
    };
    let (unit, cases) = (
        most(derivation.moments.covariance()),
        model.sizes(free).features.pow(2),
    );
    let measured = |what: &str, difference: &Expression| {
        let what = format!("{what}, for this function at drawn weights");
        Measurement::rounding(what, cases, most(difference) / unit, OFF)
    };
    let own = measured("𝒬 as claimed", refutation.difference());
    if own.supports() != Some(true) {
        return Ok(None);
    }
    let evidence = vec![own];
    let refuted = wrong.iter().filter_map(|(what, proof)| match proof {
        Err(ProofError::Refuted(refutation)) => Some(measured(what, refutation.difference())),
        _ => None,
    });
    // A term that is 0 for this function is not missed.
    let controls = refuted.filter(|control| control.supports() == Some(false));
    let text = model.claim.clone().unwrap_or_default();
    Ok(Some(Finding {
        printed: Printed::as_claimed(text, &evidence),
        controls: controls.collect(),
        evidence,
        ..Finding::default()
    }))
}
