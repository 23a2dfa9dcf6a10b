//! Activations `φ = σ′` with their Hermite data `c₀ = E φ`, `α = E zφ`, `β² = E φ²`.

use super::gaussian_mean;
use std::f64::consts::PI;
use std::str::FromStr;

/// `φ = σ′`, the derivative of the activation: all that the NTK's first part sees of σ. Slide 'Main result'.
#[derive(Debug, Clone, PartialEq)]
pub enum Activation {
    /// `φ(x) = x`, the talk's first case (σ = x²/2).
    Identity,
    /// `φ = cos`, the talk's second case (σ = sin).
    Cos,
    /// `φ = sin` (σ = −cos): `c₀ = 0` and both a linear part and a shift.
    Sin,
    /// `φ = 1_{x>0}` (σ = ReLU).
    Step,
    /// `φ = 1/cosh²` (σ = tanh).
    TanhPrime,
    /// `φ = (2/√π) e^{−x²}` (σ = erf).
    ErfPrime,
    /// `φ = Σ_k c_k h_k` in the orthonormal Hermite polynomials.
    Hermite(Vec<f64>),
}

/// `(c₀, α, β²)` of a function under the standard Gaussian law. Slide 'Adding the nonlinearity'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HermiteData {
    mean: f64,
    alpha: f64,
    beta_squared: f64,
}

/// Why three numbers are not the Hermite data of a function, or a name is no activation.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum HermiteError {
    /// `β² ≥ α² + c₀²` fails (Bessel's inequality), or a number is not finite.
    #[error(
        "beta² = {beta_squared} with alpha = {alpha} and mean = {mean}: it must be finite and at least alpha² + mean²"
    )]
    Bessel {
        /// c₀.
        mean: f64,
        /// α.
        alpha: f64,
        /// β².
        beta_squared: f64,
    },
    /// No activation has this name.
    #[error(
        "'{name}' is no activation: give σ as relu, tanh, erf, sigma:sin or sigma:square, or σ′ as \
         derivative:identity, derivative:cos, derivative:sin, step or hermite:c0,c1,… (of the \
         orthonormal h_k)"
    )]
    Name {
        /// The name as given.
        name: String,
    },
    /// A name that could be that of σ or of σ′.
    #[error("'{name}' may be σ or σ′: say derivative:{name} for {derivative}, {other}")]
    Ambiguous {
        /// The name as given.
        name: &'static str,
        /// What it means as σ′.
        derivative: &'static str,
        /// How the other meaning is said.
        other: &'static str,
    },
}

impl HermiteData {
    /// The data `c₀ = mean`, `α = alpha`, `β² = beta_squared` of a φ that is not given otherwise.
    ///
    /// # Errors
    /// If Bessel's inequality `β² ≥ α² + c₀²` fails by more than rounding, or a number is not finite.
    pub fn new(mean: f64, alpha: f64, beta_squared: f64) -> Result<Self, HermiteError> {
        let least = alpha * alpha + mean * mean;
        // Each square is rounded once; a negated comparison refuses NaN.
        if !(beta_squared.is_finite() && beta_squared - least >= -4.0 * f64::EPSILON * least) {
            return Err(HermiteError::Bessel {
                mean,
                alpha,
                beta_squared,
            });
        }
        Ok(HermiteData {
            mean,
            alpha,
            beta_squared,
        })
    }

    /// `c₀ = E φ(z)`, z ~ N(0, 1): the mean that the slides leave out (claim `mean-part`).
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// `α = E zφ(z)`. Slide 'Main result'.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// `β² = E φ(z)²`. Slide 'Main result'.
    pub fn beta_squared(&self) -> f64 {
        self.beta_squared
    }

    /// `c = β² − α² − c₀²`, the variance of φ beyond its linear part: the shift of slide 'Adding the nonlinearity' as
    /// corrected (it prints `β² − α²`).
    ///
    /// A difference below its own rounding, 4ε β², is 0: so it is for polynomials of degree 1.
    pub fn shift(&self) -> f64 {
        let shift = self.beta_squared - self.alpha * self.alpha - self.mean * self.mean;
        if shift <= 4.0 * f64::EPSILON * self.beta_squared {
            0.0
        } else {
            shift
        }
    }
}

impl Activation {
    /// `φ(x) = σ′(x)`.
    pub fn phi(&self, x: f64) -> f64 {
        match self {
            Activation::Identity => x,
            Activation::Cos => x.cos(),
            Activation::Sin => x.sin(),
            Activation::Step => f64::from(x > 0.0),
            Activation::TanhPrime => x.cosh().powi(-2),
            Activation::ErfPrime => 2.0 / PI.sqrt() * (-x * x).exp(),
            Activation::Hermite(c) => hermite_sum(c, x),
        }
    }

    /// The Hermite data of φ: closed forms, and a quadrature to rounding ([`gaussian_mean`]) for 1/cosh².
    pub fn hermite_data(&self) -> HermiteData {
        let (mean, alpha, beta_squared) = match self {
            Activation::Identity => (0.0, 1.0, 1.0),
            Activation::Cos => ((-0.5_f64).exp(), 0.0, 0.5 * (1.0 + (-2.0_f64).exp())),
            Activation::Sin => (0.0, (-0.5_f64).exp(), 0.5 * (1.0 - (-2.0_f64).exp())),
            Activation::Step => (0.5, 1.0 / (2.0 * PI).sqrt(), 0.5),
            Activation::TanhPrime => (
                gaussian_mean(|z| self.phi(z)),
                0.0,
                gaussian_mean(|z| self.phi(z).powi(2)),
            ),
            Activation::ErfPrime => (2.0 / (3.0 * PI).sqrt(), 0.0, 4.0 / (PI * 5.0_f64.sqrt())),
            Activation::Hermite(c) => (
                c.first().copied().unwrap_or(0.0),
                c.get(1).copied().unwrap_or(0.0),
                c.iter().map(|x| x * x).sum(),
            ),
        };
        HermiteData {
            mean,
            alpha,
            beta_squared,
        }
    }
}

/// `Σ_k c_k h_k(x)` by `√(k+1) h_{k+1} = x h_k − √k h_{k−1}`.
fn hermite_sum(c: &[f64], x: f64) -> f64 {
    let (mut before, mut now, mut sum) = (0.0, 1.0, 0.0);
    for (k, &coefficient) in c.iter().enumerate() {
        sum += coefficient * now;
        let k = k as f64;
        (before, now) = (now, (x * now - k.sqrt() * before) / (k + 1.0).sqrt());
    }
    sum
}

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

/// All activations but the Hermite sums.
fn names() -> [Names; 6] {
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
        let found = names().into_iter().find(|names| names.activation == *self);
        found.map_or_else(String::new, |names| names.formulas.to_owned())
    }
}

impl FromStr for Activation {
    type Err = HermiteError;

    /// σ as `sigma:NAME`, or σ′ as `derivative:NAME`. Without a prefix where only one can be meant: `relu`, `tanh` and `erf`
    /// are σ, `step` and `hermite:c0,c1,…` are σ′; `sin`, `cos` and `identity` are refused, with what to say instead.
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
            "relu" | "tanh" | "erf" => found(|names| names.sigma, name).ok_or_else(unknown),
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

    #[test]
    fn closed_forms_agree_with_quadrature() {
        let smooth = [
            Activation::Identity,
            Activation::Cos,
            Activation::Sin,
            Activation::TanhPrime,
            Activation::ErfPrime,
            Activation::Hermite(vec![0.3, -0.7, 0.2, 0.5, 0.1]),
        ];
        for activation in smooth {
            let data = activation.hermite_data();
            let phi = |z| activation.phi(z);
            assert!(
                (data.mean() - gaussian_mean(phi)).abs() < 1e-14,
                "{activation:?}"
            );
            assert!((data.alpha() - gaussian_mean(|z| z * phi(z))).abs() < 1e-14);
            assert!((data.beta_squared() - gaussian_mean(|z| phi(z).powi(2))).abs() < 1e-14);
        }
    }

    /// The step has a jump, so its data come from the half line: ∫₀^∞ ze^{−z²/2}dz = 1.
    #[test]
    fn the_step_function_has_the_data_of_the_half_line() {
        let data = Activation::Step.hermite_data();
        // |z| sgn-even parts: E 1_{z>0} z = E|z|/2, and E|z| = √(2/π).
        assert_eq!(data.mean(), 0.5);
        assert_eq!(data.beta_squared(), 0.5);
        assert!((data.alpha() - (2.0 / PI).sqrt() / 2.0).abs() < 1e-16);
    }

    #[test]
    fn a_linear_function_has_no_shift_and_bessel_is_enforced() {
        assert_eq!(
            Activation::Hermite(vec![0.3, 0.7]).hermite_data().shift(),
            0.0
        );
        assert!(HermiteData::new(0.6, 0.9, 1.0).is_err());
        assert!(HermiteData::new(f64::NAN, 0.0, 1.0).is_err());
        assert!(HermiteData::new(0.3, 0.7, 0.95 * 0.95).is_ok());
        assert!("softmax".parse::<Activation>().is_err());
        assert!("hermite:1,nan".parse::<Activation>().is_err());
        assert_eq!("relu".parse::<Activation>(), Ok(Activation::Step));
    }

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
        ] {
            assert_eq!(parsed(name), Ok(activation), "{name}");
        }
        for name in ["sin", "cos", "identity", "x"] {
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
