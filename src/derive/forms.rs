//! Quadratic forms of samples against those of 𝒬: whether the numbers in it are the means that they stand for.

use super::claims::Derivation;
use super::drawn::Drawn;
use super::operator::Operator;
use crate::ledger::{CheckError, Context, MeanTest, Measurement};
use crate::model::{EntryLaw, Streams};
use ndarray::{Array1, Array2, Axis};

/// The most features.
const FEATURES: usize = 60;

/// Of means of functions, relative to what is compared.
const ROUNDING: f64 = 1e-12;

/// `E ⟨ω − Eω, M⟩² = ⟨M, 𝒬M⟩` in random directions and in that of the mean; half of 𝒬, and ω for `ω − E ω`, refuted.
pub(super) fn of_samples(
    derivation: &Derivation,
    ctx: &Context,
) -> Result<(Measurement, Vec<Measurement>), CheckError> {
    let model = &derivation.model;
    let free = (2..FEATURES)
        .take_while(|free| model.sizes(*free).features <= FEATURES)
        .last()
        .unwrap_or(2);
    let mut rng = Streams::new(ctx.seed, "forms").stream(0);
    let drawn = Drawn::new(model, free, &mut rng)?;
    let mean = drawn.vector(derivation.moments.mean_expression());
    let mut directions = EntryLaw::Gaussian.matrix(4, mean.len(), &mut rng);
    let ones = Array1::ones(mean.len());
    let length = mean.dot(&mean).sqrt();
    let special = if length > 0.0 { &mean / length } else { ones };
    directions.push_row(special.view()).unwrap_or_default();
    let operator = Operator::new(derivation.moments.covariance(), &drawn);
    let forms = (operator.act(directions.view()) * &directions).sum_axis(Axis(1));
    let offsets = directions.dot(&mean);
    let samples = drawn.features(ctx.choose(20_000, 40_000, 200_000), &mut rng);
    let along: Array2<f64> = samples.dot(&directions.t());
    let mut test = MeanTest::new(forms.len());
    for row in along.rows() {
        let squares = (&row - &offsets).mapv(|x| x * x);
        test.push(&squares.to_vec());
    }
    let seen = test.measure("E⟨ω − Eω, M⟩² of samples", &forms.to_vec());
    let mut missed = vec![test.measure("½𝒬", &forms.mapv(|x| 0.5 * x).to_vec())];
    // Where the mean is 0 but for rounding, as of an even function's derivative, nobody misses it.
    let most = forms.iter().copied().fold(0.0, f64::max);
    if length * length > ROUNDING * most {
        let second = &forms + &offsets.mapv(|x| x * x);
        missed.push(test.measure("the mean not subtracted", &second.to_vec()));
    }
    Ok((seen, missed))
}
