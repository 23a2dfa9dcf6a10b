//! The names of activations: σ or σ′, never one taken for the other.

use super::{Activation, Formula, HermiteError, Smooth};
use std::str::FromStr;

/// σ, σ′ and the names of both, where there are any.
struct Names {
    /// The name of σ, if it has one.
    sigma: Option<&'static str>,
    /// The name of σ′.
    derivative: &'static str,
    /// Both as formulas.
    formulas: &'static str,
    activation: Activation,
}

/// All activations but sums, expressions and samples.
fn names() -> [Names; 10] {
    let names = |sigma, derivative, formulas, activation| Names {
        sigma,
        derivative,
        formulas,
        activation,
    };
    [
        names(
            Some("square"),
            "identity",
            "σ′ = x (σ = x²/2)",
            Activation::Identity,
        ),
        names(Some("sin"), "cos", "σ′ = cos (σ = sin)", Activation::Cos),
        names(None, "sin", "σ′ = sin (σ = −cos)", Activation::Sin),
        names(
            Some("relu"),
            "step",
            "σ′ = 1_{x>0} (σ = ReLU)",
            Activation::Step,
        ),
        names(
            Some("tanh"),
            "sech2",
            "σ′ = 1/cosh² (σ = tanh)",
            Activation::TanhPrime,
        ),
        names(
            Some("erf"),
            "gauss",
            "σ′ = (2/√π) e^{−x²} (σ = erf)",
            Activation::ErfPrime,
        ),
        names(
            Some("gelu"),
            "gelu-prime",
            "σ′ = Φ(x) + xΦ′(x) (σ = xΦ(x), GELU)",
            Activation::Smooth(Smooth::Gelu),
        ),
        names(
            Some("sigmoid"),
            "sigmoid-prime",
            "σ′ = s(1 − s) (σ = s = 1/(1+e^{−x}))",
            Activation::Smooth(Smooth::Sigmoid),
        ),
        names(
            Some("silu"),
            "silu-prime",
            "σ′ = s(1 + x(1 − s)), s = 1/(1+e^{−x}) (σ = xs, SiLU)",
            Activation::Smooth(Smooth::Silu),
        ),
        names(
            Some("softplus"),
            "sigmoid",
            "σ′ = 1/(1+e^{−x}) (σ = log(1+e^x), softplus)",
            Activation::Smooth(Smooth::Softplus),
        ),
    ]
}

impl Activation {
    /// σ′, and σ, as formulas.
    pub fn formulas(&self) -> String {
        if let Activation::Hermite(c) = self {
            let terms: Vec<String> = c.iter().map(f64::to_string).collect();
            let list = terms.join(", ");
            return format!("σ′ = Σ c_k h_k, h_k orthonormal, c = ({list})");
        }
        match self {
            Activation::Expression(sigma) => return format!("σ = {sigma}, σ′ its derivative"),
            Activation::Sampled(samples) => return samples.to_string(),
            _ => {}
        }
        let found = names().into_iter().find(|names| names.activation == *self);
        found.map_or_else(String::new, |names| names.formulas.to_owned())
    }
}

impl FromStr for Activation {
    type Err = HermiteError;

    /// σ as `sigma:NAME`, or σ′ as `derivative:NAME`, or σ as `expr:…`. Without a prefix where only one can be meant: `relu`,
    /// `tanh`, `erf`, `gelu`, `silu` and `softplus` are σ, `step` and `hermite:c0,c1,…` are σ′; `sin`, `cos`, `sigmoid` and
    /// `identity` are refused, with what to say instead.
    fn from_str(name: &str) -> Result<Self, HermiteError> {
        let unknown = || HermiteError::Name {
            name: name.to_owned(),
        };
        let found = |by: fn(&Names) -> Option<&'static str>, wanted: &str| {
            let mut all = names().into_iter();
            all.find(|names| by(names) == Some(wanted))
                .map(|names| names.activation)
        };
        let by_derivative = |wanted: &str| {
            let wanted = if wanted == "x" { "identity" } else { wanted };
            match wanted.strip_prefix("hermite:") {
                Some(list) => hermite(list),
                None => found(|names| Some(names.derivative), wanted),
            }
        };
        if let Some(text) = name.strip_prefix("expr:") {
            let sigma: Formula = text.parse()?;
            return Ok(Activation::Expression(sigma));
        }
        if let Some(name) = name.strip_prefix("sigma:") {
            return found(|names| names.sigma, name).ok_or_else(unknown);
        }
        if let Some(name) = name.strip_prefix("derivative:") {
            return by_derivative(name).ok_or_else(unknown);
        }
        let ambiguous = |name, derivative, other| {
            Err(HermiteError::Ambiguous {
                name,
                derivative,
                other,
            })
        };
        match name {
            "identity" | "x" => ambiguous(
                "identity",
                "σ′ = x (σ = x²/2)",
                "derivative:hermite:1 for σ = x",
            ),
            "cos" => ambiguous("cos", "σ′ = cos (σ = sin)", "derivative:sin for σ = −cos"),
            "sin" => ambiguous("sin", "σ′ = sin (σ = −cos)", "sigma:sin for σ = sin"),
            "sigmoid" => ambiguous(
                "sigmoid",
                "σ′ = 1/(1+e^{−x}) (σ = softplus)",
                "sigma:sigmoid for σ = 1/(1+e^{−x})",
            ),
            "relu" | "tanh" | "erf" | "gelu" | "silu" | "softplus" => {
                found(|names| names.sigma, name).ok_or_else(unknown)
            }
            "step" => Ok(Activation::Step),
            _ if name.starts_with("hermite:") => by_derivative(name).ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }
}

/// Coefficients, all finite.
fn hermite(list: &str) -> Option<Activation> {
    let coefficients: Result<Vec<f64>, _> = list.split(',').map(str::parse).collect();
    let finite = coefficients
        .ok()
        .filter(|c| c.iter().all(|x: &f64| x.is_finite()));
    finite.map(Activation::Hermite)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// σ and σ′ are never taken for one another: what could be both is refused with the way to say each.
    #[test]
    fn a_name_says_whether_it_is_sigma_or_its_derivative() {
        let parsed = |name: &str| name.parse::<Activation>();
        for (name, activation) in [
            ("sigma:sin", Activation::Cos),
            ("derivative:cos", Activation::Cos),
            ("derivative:sin", Activation::Sin),
            ("derivative:identity", Activation::Identity),
            ("derivative:x", Activation::Identity),
            ("sigma:square", Activation::Identity),
            ("sigma:relu", Activation::Step),
            ("derivative:step", Activation::Step),
            ("step", Activation::Step),
            ("tanh", Activation::TanhPrime),
            ("sigma:erf", Activation::ErfPrime),
            (
                "derivative:hermite:1,2",
                Activation::Hermite(vec![1.0, 2.0]),
            ),
            ("hermite:1,2", Activation::Hermite(vec![1.0, 2.0])),
            ("gelu", Activation::Smooth(Smooth::Gelu)),
            ("sigma:sigmoid", Activation::Smooth(Smooth::Sigmoid)),
            ("derivative:sigmoid", Activation::Smooth(Smooth::Softplus)),
            ("silu", Activation::Smooth(Smooth::Silu)),
        ] {
            assert_eq!(parsed(name), Ok(activation), "{name}");
        }
        for name in ["sin", "cos", "identity", "x", "sigmoid"] {
            let said = parsed(name).unwrap_err().to_string();
            assert!(said.contains("derivative:"), "{said}");
        }
        for name in [
            "sigma:step",
            "derivative:relu",
            "sigma:",
            "sigma:hermite:1",
            "hermite:",
        ] {
            assert!(
                matches!(parsed(name), Err(HermiteError::Name { .. })),
                "{name}"
            );
        }
        // The formula of σ is the one whose derivative is taken.
        assert_eq!(Activation::Cos.formulas(), "σ′ = cos (σ = sin)");
    }
}
