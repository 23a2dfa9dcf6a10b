//! `φ = αx + φ⊥` with `E zφ⊥ = 0`, `E φ⊥ = c₀`, `E φ⊥² = β² − α²`.
//!
//! Slide 'Adding the nonlinearity'. As printed: holds.
//! Reach: quadrature to rounding, five analytic activations, one of them with all three coefficients.
//! Controls: β² for β² − α², c₀ for α.

use crate::kit::common::UNIT;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::model::{Activation, gaussian_mean};

pub(crate) const CLAIM: Claim = Claim {
    id: "hermite-split",
    section: 8,
    slide: "Adding the nonlinearity",
    settles: &["σ′ = αx + φ, E zφ(z) = 0"],
    statement: r"$\varphi = \alpha x + \varphi^\perp$, $E\,z\varphi^\perp(z) = 0$, $E\,\varphi^\perp = c_0$, $E\,(\varphi^\perp)^2 = \beta^2 - \alpha^2.$",
    check,
    ..Claim::BLANK
};

fn check(_: &Context) -> Result<Finding, CheckError> {
    let activations = [
        Activation::Identity,
        Activation::Cos,
        Activation::TanhPrime,
        Activation::ErfPrime,
        Activation::Hermite(vec![0.4, 0.7, -0.3, 0.2]),
    ];
    let (mut right, mut whole, mut mean) = (vec![], vec![], vec![]);
    for activation in &activations {
        let data = activation.hermite_data();
        let rest = |z: f64| activation.phi(z) - data.alpha() * z;
        let square = gaussian_mean(|z| rest(z).powi(2));
        right.push(gaussian_mean(|z| z * rest(z)).abs());
        right.push((gaussian_mean(rest) - data.mean()).abs());
        right.push((square - (data.beta_squared() - data.alpha().powi(2))).abs());
        whole.push((square - data.beta_squared()).abs());
        mean.push(gaussian_mean(|z| z * (activation.phi(z) - data.mean() * z)).abs());
    }
    // 1537 terms of a sum of order 1.
    let allowance = 1537.0 * UNIT;
    let cases = right.len();
    let evidence = vec![Measurement::rounding(
        "moments of φ⊥ by quadrature",
        cases,
        largest(right),
        allowance,
    )];
    Ok(Finding {
        printed: Printed::as_claimed("σ′(x) = αx + φ(x), E zφ(z) = 0", &evidence),
        evidence,
        controls: vec![
            Measurement::rounding("E φ⊥² = β²", whole.len(), largest(whole), allowance),
            Measurement::rounding("c₀ for α", mean.len(), largest(mean), allowance),
        ],
        ..Finding::default()
    })
}
