//! The shift is `c = β² − α² − c₀²`: the constant part of φ adds `c₀² τ₂₃(I⊗aaᵀ)`, of rank d among dp,
//! which leaves the bulk.
//!
//! Slides 'Adding the nonlinearity' and 'Main result' print `β² − α²`: a slip whenever c₀ = E σ′ ≠ 0.
//! Reach: proved that the constant part is of rank one in b, e, for independent x and r; a rate in d for
//! `|s_emp − s|` and the Kolmogorov distance, σ′ = cos. Controls: the printed shift, no constant part, β for β².

use crate::kit::ntk_ladder::{Candidate, Setup, fit, held_to};
use crate::proofs::nonlinearity::CONSTANT_PART;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Printed};
use tensor_dyson::measure::{Atoms, WeightedCovariance};
use tensor_dyson::model::{Activation, EntryLaw, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "mean-part",
    section: 8,
    slide: "Adding the nonlinearity",
    statement: "The shift of law(𝒬) is β² − α² − c₀²; c₀²τ₂₃(I⊗aaᵀ), of rank d among dp, leaves the bulk.",
    uses: &["universality"],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let setup = Setup {
        activation: Activation::Cos,
        weights: WeightLaw::PlusMinusOne,
        entries: EntryLaw::Gaussian,
    };
    let data = setup.activation.hermite_data();
    let law = |gamma_2: f64, shift: f64| -> Result<WeightedCovariance, CheckError> {
        let one = Atoms::new(vec![1.0], vec![1.0])?;
        let beta = (data.alpha().powi(2) + shift).sqrt();
        Ok(WeightedCovariance::new(
            gamma_2,
            data.alpha(),
            beta,
            0.0,
            one,
        )?)
    };
    let printed_shift = data.beta_squared() - data.alpha().powi(2);
    let root_shift = data.beta_squared().sqrt() - data.alpha().powi(2) - data.mean().powi(2);
    let [right, printed, root] = fit(ctx, &setup, |gamma_2| {
        Ok([
            Candidate::limit(law(gamma_2, data.shift())?)?,
            Candidate::limit(law(gamma_2, printed_shift)?)?,
            Candidate::limit(law(gamma_2, root_shift)?)?,
        ])
    })?;
    let held = held_to(&setup.activation);
    let slip = printed
        .stieltjes
        .measure("shift β² − α², as printed", held)?;
    Ok(Finding {
        printed: Printed::judged("(β² − α²) τ₂₃(I⊗I)", slip.distance, slip.allowance).erratum(
            "the constant part c₀ = E σ′ of σ′ is in the shift; it has rank d and leaves the bulk",
            "(β² − α² − c₀²) τ₂₃(I⊗I)",
            printed.stieltjes.last_error(),
            "rms of |s_emp − s| at the largest d, σ′ = cos",
        ),
        evidence: [
            CONSTANT_PART.evidence([])?,
            vec![
                right.stieltjes.measure("|s_emp − s| for σ′ = cos", held)?,
                right.kolmogorov.measure("Kolmogorov distance", held)?,
            ],
        ]
        .concat(),
        controls: CONSTANT_PART.controls([
            slip,
            printed
                .kolmogorov
                .measure("shift β² − α², Kolmogorov distance", held)?,
            root.stieltjes.measure("β for β²", held)?,
        ])?,
        figures: vec![crate::kit::figures::minibulk(ctx, &Activation::Cos)?],
        ..Finding::default()
    })
}
