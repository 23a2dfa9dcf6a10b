//! Whether the length of a feature concentrates, along a ladder of sizes.

use super::claims::Derivation;
use super::drawn::Drawn;
use super::model::Model;
use super::unsettled::{BEYOND, heavy};
use crate::ledger::{CheckError, Context, Finding, Ladder, Measurement, Printed, largest};
use crate::model::Streams;
use crate::symbolic::{ProofError, SymbolicError};

/// What is said in place of a variance that is not had.
fn unsettled(model: &Model, error: ProofError) -> Result<Finding, CheckError> {
    let open = match error {
        ProofError::Symbolic(SymbolicError::Cumulant { order }) => heavy(model, order),
        ProofError::Symbolic(SymbolicError::TooManyIndices { .. }) | ProofError::Check(_) => BEYOND,
        other => return Err(other.into()),
    };
    Ok(Finding {
        printed: Printed::unsettled("Var |ω°|² = o((Tr 𝒬)²)", open),
        ..Finding::default()
    })
}

/// `Var |ω°|²/(Tr 𝒬)²` of so many samples: the variance errs by a share of `√(2/count)`.
const COUNT: usize = 400;

/// For a feature with functions, whose fourth moment asks for means of four of them: by samples.
fn by_samples(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let model = &derivation.model;
    let streams = Streams::new(ctx.seed, "lengths");
    let (mut centred, mut square) = (Ladder::default(), Ladder::default());
    for size in model.within_columns([12, 18, 27, 40]) {
        for draw in 0..4 {
            let rng = &mut streams.stream(1000 * size as u64 + draw);
            let drawn = Drawn::new(model, size, rng)?;
            let mean = drawn.vector(derivation.moments.mean_expression());
            let apart = drawn.features(COUNT, rng) - mean;
            let lengths = (&apart * &apart).sum_axis(ndarray::Axis(1));
            let length = lengths.sum() / COUNT as f64;
            let relative = lengths.var(1.0) / (length * length);
            centred.push(size as f64, relative);
            square.push(size as f64, 0.5 + 0.5 * relative);
        }
    }
    let evidence = vec![centred.measure("Var |ω°|²/(E |ω°|²)² of samples", -0.5)?];
    let control = square.measure("half of the mean's square taken out", -0.5)?;
    Ok(Finding {
        printed: Printed::as_claimed("Var |ω°|² = o((Tr 𝒬)²)", &evidence),
        evidence,
        controls: vec![control],
        ..Finding::default()
    })
}

/// The most entries of a weight for which the larger sizes are taken.
const WEIGHTS: f64 = 1e6;

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let model = &derivation.model;
    if !model.functions.is_empty() {
        return by_samples(derivation, ctx);
    }
    let found = match derivation.concentration() {
        Ok(found) => found,
        Err(error) => return unsettled(model, error),
    };
    let streams = Streams::new(ctx.seed, "weights");
    let (mut centred, mut square) = (Ladder::default(), Ladder::default());
    let (mut term, mut shares) = (String::new(), Vec::new());
    // Without weights there are no arrays, and any size is a number.
    let sizes = match model.weights.is_empty() {
        true => vec![64, 512, 4096, 32768],
        false if model.weight_entries(250) <= WEIGHTS => model.within_columns([20, 48, 110, 250]),
        false => model.within_columns([16, 24, 36, 54]),
    };
    for size in sizes {
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
    let left = match share < 1e-10 {
        true => None,
        false => Some(remainder(&centred)?),
    };
    let control_of_rest = remainder(&square)?;
    let evidence: Vec<Measurement> = [proof, rate].into_iter().chain(left).collect();
    Ok(Finding {
        printed: Printed::as_claimed("Var |ω°|² = o((Tr 𝒬)²)", &evidence),
        evidence,
        controls: vec![control, control_of_rest],
        ..Finding::default()
    })
}

/// What may be left of an error in the limit, as a share of it at the largest size.
const LEFT: f64 = 0.25;

/// What is left in the limit of an error that falls no slower than `size^{−1/2}`, by its means at the two largest
/// sizes: of `c + k/size` it is c nearly. A fit of all sizes
/// takes a small constant for a slower fall.
fn remainder(ladder: &Ladder) -> Result<Measurement, CheckError> {
    let mut sizes: Vec<f64> = ladder.errors().iter().map(|error| error.0).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    let mean = |size: f64| {
        let all = ladder.errors().iter().filter(|error| error.0 == size);
        let (sum, count) = all.fold((0.0, 0.0), |(sum, n), error| (sum + error.1, n + 1.0));
        sum / count
    };
    let (value, cases) = match sizes[..] {
        [.., before, last] => {
            let growth = (last / before).sqrt();
            let left = (growth * mean(last) - mean(before)) / (growth - 1.0);
            (left.max(0.0) / mean(last), sizes.len())
        }
        _ => (f64::NAN, 0),
    };
    let text =
        format!("of it left in the limit, if it falls as size^-1/2 ({value:.2} of the last value)");
    Ok(Measurement::rounding(text, cases, value, LEFT))
}
