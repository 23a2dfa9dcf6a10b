//! Which law is asked about: that of an expression, or the talk's from its coefficients.

use super::super::CommandError;
use super::finite::Layer;
use super::parsed::Pairs;
use super::{Arguments, file, plot};
use serde_json::json;
use tensor_dyson::measure::{Atoms, Law, WeightedCovariance};
use tensor_dyson::model::HermiteData;

/// A law, how the answer names it, the title of its plot, and lines before the answer.
pub(super) struct Asked {
    pub(super) law: Law,
    pub(super) name: serde_json::Value,
    pub(super) title: String,
    pub(super) said: Vec<String>,
}

/// The laws of files, by name.
fn given(arguments: &Arguments) -> Result<Vec<(&str, Law)>, CommandError> {
    for (k, named) in arguments.law.iter().enumerate() {
        let mut before = arguments.law[..k].iter();
        if before.any(|other| other.name == named.name) {
            let name = named.name.clone();
            return Err(CommandError::Repeated { name });
        }
    }
    let named = arguments.law.iter();
    named
        .map(|named| Ok((named.name.as_str(), file::law(named)?)))
        .collect()
}

/// The law of an expression, of laws or of matrices.
fn expression(arguments: &Arguments) -> Result<Option<Asked>, CommandError> {
    let mut given = given(arguments)?;
    let polynomials = arguments.polynomials.polynomials(&given)?;
    if let Some(text) = &arguments.expr {
        for (expression, polynomial) in &polynomials {
            let name = expression.name.as_deref().ok_or(CommandError::Unnamed)?;
            given.push((name, polynomial.law()?));
        }
        let law = Law::parse_with(text, &given)?;
        let text = law.to_string();
        let title = plot::rounded(&text);
        return Ok(Some(Asked {
            law,
            name: json!({"expr": text}),
            title,
            said: vec![],
        }));
    }
    match &polynomials[..] {
        [] => Ok(None),
        [(expression, polynomial)] => {
            let law = polynomial.law()?;
            let seed = arguments.seed;
            let said = arguments.polynomials.said(polynomial, &law, seed)?;
            let linearisation = polynomial.linearisation();
            let name = json!({
                "poly": expression.text,
                "linearisation": linearisation.entries,
                "dimensions": linearisation.dimensions,
            });
            let title = expression.text.clone();
            Ok(Some(Asked {
                law,
                name,
                title,
                said,
            }))
        }
        _ => Err(CommandError::Several),
    }
}

/// What is asked about.
pub(super) fn asked(arguments: &Arguments) -> Result<Asked, CommandError> {
    if let Some(asked) = expression(arguments)? {
        return Ok(asked);
    }
    // clap has seen to it that they are there.
    let required = |value: Option<f64>| value.unwrap_or(f64::NAN);
    let gamma1 = required(arguments.gamma1);
    let (mean, alpha, beta) = match &arguments.activation {
        Some(activation) => {
            let data = activation.hermite_data();
            (data.mean(), data.alpha(), data.beta_squared().sqrt())
        }
        None => (
            arguments.mean.unwrap_or(0.0),
            required(arguments.alpha),
            required(arguments.beta),
        ),
    };
    let one = || Pairs {
        at: vec![1.0],
        mass: vec![1.0],
    };
    let nu = arguments.nu.clone().unwrap_or_else(one);
    let mut name = json!({"gamma1": gamma1, "alpha": alpha, "beta": beta, "mean": mean});
    let mut title = format!("γ₁ = {gamma1}, α = {alpha}, β = {beta}, c₀ = {mean}");
    let pairs: Vec<_> = nu.at.iter().copied().zip(nu.mass.iter().copied()).collect();
    if arguments.output_weights.is_none() {
        name["nu"] = json!(pairs);
        title += &match pairs[..] {
            [(1.0, _)] => String::new(),
            [(x, _)] => format!(", a² = {x}"),
            _ => format!(", a² of {} values", pairs.len()),
        };
    }
    let covariance = match Layer::of(arguments) {
        Some(layer) => {
            let data = HermiteData::new(mean, alpha, beta * beta)?;
            let (law, [d, p]) = layer.law(&data, nu)?;
            (name["d"], name["p"]) = (d.into(), p.into());
            for (key, path) in [
                ("weights", layer.weights),
                ("output_weights", layer.output_weights),
            ] {
                name[key] = path.map_or(json!({"seed": layer.seed}), |path| {
                    path.display().to_string().into()
                });
            }
            title = format!("d = {d}, p = {p}, {title}");
            law
        }
        None => {
            let gamma2 = required(arguments.gamma2);
            name["gamma2"] = gamma2.into();
            title = format!("γ₂ = {gamma2}, {title}");
            let nu = Atoms::new(nu.at, nu.mass)?;
            Law::from(WeightedCovariance::new(gamma2, alpha, beta, mean, nu)?)
        }
    };
    Ok(Asked {
        law: covariance.mp_map(gamma1)?,
        name,
        title: plot::rounded(&title),
        said: vec![],
    })
}
