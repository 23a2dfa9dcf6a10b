//! `tensor-dyson law`: the limit law of the talk, at points of the closed upper half plane.

use super::{CommandError, say};
use num_complex::Complex64;
use serde_json::json;
use std::str::FromStr;
use tensor_dyson::dyson::scalar::mass_at_zero;
use tensor_dyson::measure::{Atoms, WeightedCovariance, marchenko_pastur_map, mp_map_bound};
use tensor_dyson::model::Activation;

/// m(z) of the limit law of the NTK, with a bound on its error, and the law's atoms and support.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// γ₁ = lim n/(dp).
    #[arg(long, allow_negative_numbers = true)]
    gamma1: f64,
    /// γ₂ = lim p/d.
    #[arg(long, allow_negative_numbers = true)]
    gamma2: f64,
    /// α = E zσ′(z).
    #[arg(
        long,
        allow_negative_numbers = true,
        required_unless_present = "activation"
    )]
    alpha: Option<f64>,
    /// β = √E σ′(z)².
    #[arg(
        long,
        allow_negative_numbers = true,
        required_unless_present = "activation"
    )]
    beta: Option<f64>,
    /// c₀ = E σ′(z).
    #[arg(long, allow_negative_numbers = true, default_value_t = 0.0)]
    mean: f64,
    /// In place of the three coefficients: identity, cos, step (or relu), tanh, erf, hermite:c0,c1,…
    #[arg(long, conflicts_with_all = ["alpha", "beta", "mean"])]
    activation: Option<Activation>,
    /// The law of a², as value:probability pairs.
    #[arg(long, default_value = "1:1", allow_hyphen_values = true)]
    nu: Pairs,
    /// A point with Im z ≥ 0; may be repeated.
    #[arg(long, allow_hyphen_values = true)]
    z: Vec<Complex64>,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Lines for a reader.
    Text,
    /// One JSON object.
    Json,
}

/// `value:probability,…`, not yet known to be a law.
#[derive(Clone, Debug)]
struct Pairs {
    at: Vec<f64>,
    mass: Vec<f64>,
}

/// A pair that is no pair of numbers.
#[derive(Debug, thiserror::Error)]
#[error("'{pair}' is not value:probability")]
struct PairError {
    pair: String,
}

impl FromStr for Pairs {
    type Err = PairError;

    fn from_str(text: &str) -> Result<Self, PairError> {
        let pairs: Result<Vec<(f64, f64)>, PairError> = text
            .split(',')
            .map(|pair| {
                pair.split_once(':')
                    .and_then(|(x, p)| Some((x.trim().parse().ok()?, p.trim().parse().ok()?)))
                    .ok_or_else(|| PairError {
                        pair: pair.to_owned(),
                    })
            })
            .collect();
        let (at, mass) = pairs?.into_iter().unzip();
        Ok(Pairs { at, mass })
    }
}

/// Evaluates the law and prints it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    let nu = Atoms::new(arguments.nu.at.clone(), arguments.nu.mass.clone())?;
    let (alpha, beta, mean) = match &arguments.activation {
        Some(activation) => {
            let data = activation.hermite_data();
            (data.alpha(), data.beta_squared().sqrt(), data.mean())
        }
        None => (
            arguments.alpha.unwrap_or(f64::NAN),
            arguments.beta.unwrap_or(f64::NAN),
            arguments.mean,
        ),
    };
    let q = WeightedCovariance::new(arguments.gamma2, alpha, beta, mean, nu)?;
    let gamma = arguments.gamma1;
    let support = q.mp_map_support(gamma)?;
    let mut values = vec![];
    for &z in &arguments.z {
        let m = marchenko_pastur_map(gamma, &q, z, None)?.m;
        values.push((z, m, mp_map_bound(gamma, &q, z, m)?));
    }
    let atom = mass_at_zero(gamma, &q);
    match arguments.format {
        Format::Json => {
            let values: Vec<_> = values
                .iter()
                .map(|(z, m, bound)| json!({"z": [z.re, z.im], "m": [m.re, m.im], "bound": bound}))
                .collect();
            let atoms: Vec<_> = (atom > 0.0)
                .then(|| json!({"at": 0.0, "mass": atom}))
                .into_iter()
                .collect();
            let law = json!({
                "gamma1": gamma, "gamma2": arguments.gamma2, "alpha": alpha, "beta": beta, "mean": mean,
                "nu": arguments.nu.at.iter().zip(&arguments.nu.mass).collect::<Vec<_>>(),
            });
            let support: Vec<_> = support.iter().map(|&(low, high)| [low, high]).collect();
            say(
                &json!({"law": law, "values": values, "atoms": atoms, "support": support})
                    .to_string(),
            );
        }
        Format::Text => {
            for (low, high) in &support {
                say(&format!("support [{low:.15}, {high:.15}]"));
            }
            say(&format!("mass at 0: {atom:.15}"));
            for (z, m, bound) in &values {
                let bound =
                    bound.map_or("no bound".to_owned(), |b| format!("error at most {b:.1e}"));
                say(&format!("m({z}) = {m:.15}, {bound}"));
            }
        }
    }
    Ok(())
}
