//! The theorem for a = ±1, any activation, with its controls.
//!
//! Slide 'Main result'. Printed: `μ_MP^{γ₁} ⊠ (α² (μ_MP^{γ₂}⊠ν)*(μ_MP^{γ₂}⊠ν) ⊞ (β²−α²)ν)`.
//! It is corrected by `q-limit` (zeros and ratio), `mean-part` (the shift) and `free-sum` (⊞).

use crate::kit::figures;
use crate::kit::ntk_ladder::{Candidate, Setup, fit, held_to};
use crate::kit::printed::PrintedLaw;
use tensor_dyson::ledger::{CheckError, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::measure::WeightedCovariance;
use tensor_dyson::model::{Activation, EntryLaw, HermiteData, WeightLaw};

/// What the claims of the theorem rest on.
pub(super) const USES: &[&str] = &["scalar", "resolvent", "q-limit", "mean-part", "weights-law"];

/// What 'Main result' prints for a = ±1.
const PRINTED: &str = r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\alpha^2\,\mu_{\mathrm{MP}}^{\gamma_2} * \mu_{\mathrm{MP}}^{\gamma_2}$ $+\,(\beta^2-\alpha^2)\big)$";
/// What holds instead.
const CORRECTED: &str = r"$\mu_{\mathrm{MP}}^{\gamma_1}$ $\boxtimes\;\big(\alpha^2\big(\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0\big)$ $+\,(\beta^2-\alpha^2-c_0^2)\big)$, $\boxtimes$ the MP map";

/// The law of 𝒬 as corrected.
pub(super) fn corrected(
    gamma_2: f64,
    phi: &HermiteData,
    weights: &WeightLaw,
) -> Result<WeightedCovariance, CheckError> {
    let beta = phi.beta_squared().sqrt();
    let nu = weights.squares()?;
    Ok(WeightedCovariance::new(
        gamma_2,
        phi.alpha(),
        beta,
        phi.mean(),
        nu,
    )?)
}

/// The NTK's eigenvalues for a = ±1 with the laws laid over them.
pub(crate) fn density(
    ctx: &Context,
    activation: &Activation,
    id: &'static str,
    name: &str,
) -> Result<Figure, CheckError> {
    let phi = activation.hermite_data();
    let printed_shift = phi.beta_squared() - phi.alpha() * phi.alpha();
    figures::ntk(
        ctx,
        id,
        name,
        activation,
        &corrected(1.5, &phi, &WeightLaw::PlusMinusOne)?,
        &PrintedLaw::new(1.5, phi.alpha(), printed_shift)?,
    )
}

/// The density of one sample with the laws, and the errors against the size.
fn figures_of(
    ctx: &Context,
    activation: &Activation,
    right: &Ladder,
    printed: &Ladder,
) -> Result<Vec<Figure>, CheckError> {
    let (rates, id, name) = match activation {
        Activation::Identity => ("ntk-linear-rate", "ntk-linear", "x"),
        Activation::Cos => ("ntk-cos-rate", "ntk-cos", "cos"),
        Activation::Step => ("ntk-relu-rate", "ntk-relu", "1_{x>0} (ReLU)"),
        _ => ("ntk-tanh-rate", "ntk-tanh", "1/cosh² (tanh)"),
    };
    Ok(vec![
        density(ctx, activation, id, name)?,
        Figure::rates(
            rates,
            format!("The law's error against the size, σ′ = {name}"),
            "d",
            "rms |s_emp − s|",
            &[("as corrected", right), ("as printed", printed)],
        )?,
    ])
}

/// The corrected law, the printed one, the printed mixture with the corrected shift, and the corrected
/// law at 1/γ₂ (which only a linear part sees).
pub(super) fn plus_minus_one(ctx: &Context, activation: Activation) -> Result<Finding, CheckError> {
    let phi = activation.hermite_data();
    let setup = Setup {
        activation: activation.clone(),
        weights: WeightLaw::PlusMinusOne,
        entries: EntryLaw::Gaussian,
    };
    let printed_shift = phi.beta_squared() - phi.alpha() * phi.alpha();
    let [right, printed, mixture, inverted] = fit(ctx, &setup, |gamma_2| {
        Ok([
            Candidate::limit(corrected(gamma_2, &phi, &setup.weights)?)?,
            Candidate::response(PrintedLaw::new(gamma_2, phi.alpha(), printed_shift)?),
            Candidate::response(PrintedLaw::new(gamma_2, phi.alpha(), phi.shift())?),
            Candidate::limit(corrected(1.0 / gamma_2, &phi, &setup.weights)?)?,
        ])
    })?;
    let figures = figures_of(ctx, &activation, &right.stieltjes, &printed.stieltjes)?;
    let held = held_to(&activation);
    let slip = printed.stieltjes.measure("the law as printed", held)?;
    let size = printed.stieltjes.last_error();
    let rate = right.stieltjes.measure("|s_emp − s| against d", held)?;
    let kolmogorov = right.kolmogorov.measure("Kolmogorov distance", held)?;
    // Where the printed shift is right (c₀ = 0), what is missing are the zeros and the ratio: with them
    // the printed law is the corrected one.
    let completed = if phi.mean() == 0.0 {
        rate.distance
    } else {
        f64::NAN
    };
    let printed = Printed::completed(PRINTED, slip.distance, slip.allowance, completed).erratum(
        "the mixture with the zeros and the ratio, and c₀² in the shift, are missing",
        CORRECTED,
        size,
        "rms of |s_emp − s| at the largest d",
    );
    let mut controls = vec![slip];
    if phi.alpha() != 0.0 {
        controls.push(
            mixture
                .stieltjes
                .measure("μ*μ for the mixture, c corrected", held)?,
        );
    }
    // With a shift the law hardly depends on γ₂, and these sizes would not tell.
    if phi.shift() == 0.0 {
        controls.push(inverted.stieltjes.measure("1/γ₂ for γ₂", held)?);
        let what = "1/γ₂ for γ₂, Kolmogorov distance";
        controls.push(inverted.kolmogorov.measure(what, held)?);
    }
    Ok(Finding {
        printed,
        evidence: vec![rate, kolmogorov],
        controls,
        figures,
        ..Finding::default()
    })
}
