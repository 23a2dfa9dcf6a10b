//! The functions that a feature applies to forms of its data, by their names.

use crate::model::{Activation, HermiteError, Smooth};

/// An activation σ, or its derivative.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// With `σ′ = φ`.
    activation: Activation,
    side: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Sigma,
    Derivative,
}

impl Function {
    /// The function of a name: those of `sample --activation`, each for the function that it names. `relu`, `tanh`, `erf`,
    /// `gelu`, `silu`, `softplus`, `sigmoid`, `sin`, `cos`, `identity`, `square` (x²/2), `step`, `hermite:c0,c1,…`, `expr:…`;
    /// `sigma:` and `derivative:` may stand in front.
    ///
    /// # Errors
    /// A name or an expression that is none.
    ///
    /// ```
    /// use tensor_dyson::derive::Function;
    ///
    /// let relu = Function::named("relu")?;
    /// assert_eq!((relu.value(2.0), relu.value(-2.0)), (2.0, 0.0));
    /// assert_eq!(relu.derivative().unwrap().value(2.0), 1.0);
    /// # Ok::<(), tensor_dyson::model::HermiteError>(())
    /// ```
    pub fn named(name: &str) -> Result<Self, HermiteError> {
        let of = |activation, side| Ok(Function { activation, side });
        match name {
            "cos" => of(Activation::Cos, Side::Derivative),
            "sin" => of(Activation::Sin, Side::Derivative),
            "identity" | "x" => of(Activation::Identity, Side::Derivative),
            "sigmoid" => of(Activation::Smooth(Smooth::Sigmoid), Side::Sigma),
            "square" => of(Activation::Identity, Side::Sigma),
            _ => {
                let is_derivative = name == "step"
                    || name.starts_with("hermite:")
                    || name.starts_with("derivative:");
                let side = match is_derivative {
                    true => Side::Derivative,
                    false => Side::Sigma,
                };
                of(name.parse()?, side)
            }
        }
    }

    /// φ = σ′ of an activation.
    pub(super) fn slope_of(activation: Activation) -> Self {
        let side = Side::Derivative;
        Function { activation, side }
    }

    /// f(x).
    pub fn value(&self, x: f64) -> f64 {
        match self.side {
            Side::Sigma => self.activation.sigma(x),
            Side::Derivative => self.activation.phi(x),
        }
    }

    /// f′, where it is one of these functions.
    pub fn derivative(&self) -> Option<Function> {
        let side = Side::Derivative;
        match (self.side, &self.activation) {
            (Side::Sigma, _) => Some(Function {
                activation: self.activation.clone(),
                side,
            }),
            (_, Activation::Sin) => Some(Function {
                activation: Activation::Cos,
                side,
            }),
            _ => None,
        }
    }

    /// As a formula.
    pub fn formula(&self) -> String {
        let both = self.activation.formulas();
        match self.side {
            Side::Sigma => format!("σ, where {both}"),
            Side::Derivative => format!("σ′, where {both}"),
        }
    }

    /// What a function with a jump or a kink at 0 is there, which no rule for smooth functions integrates.
    pub(super) fn kink(&self) -> Kink {
        match (&self.activation, self.side) {
            (Activation::Step, Side::Derivative) => Kink::Step,
            (Activation::Step, Side::Sigma) => Kink::Ramp,
            _ => Kink::None,
        }
    }

    /// `E f(z) h_k(z)`, k < count, of the step and the ramp.
    pub(super) fn coefficients(&self, count: usize) -> Vec<f64> {
        match self.side {
            Side::Sigma => self.activation.sigma_coefficients(count),
            Side::Derivative => self.activation.coefficients(count),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kink {
    /// `1_{x>0}`.
    Step,
    /// `max(0, x)`.
    Ramp,
    /// None that is known.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name is that of the function itself, and a derivative is the slope of the function.
    #[test]
    fn names_are_of_the_function_and_derivatives_its_slope() {
        type Formula = fn(f64) -> f64;
        let cases: [(&str, Formula); 8] = [
            ("relu", |x| x.max(0.0)),
            ("tanh", f64::tanh),
            ("sin", f64::sin),
            ("derivative:cos", f64::cos),
            ("sigmoid", |x| 1.0 / (1.0 + (-x).exp())),
            ("expr:x*tanh(x)", |x| x * x.tanh()),
            ("step", |x| f64::from(x > 0.0)),
            ("hermite:0,1", |x| x),
        ];
        for (name, f) in cases {
            let function = Function::named(name).unwrap();
            let slope = function.derivative();
            for x in [-1.3, 0.4, 2.1] {
                assert!((function.value(x) - f(x)).abs() < 1e-14, "{name}");
                if let Some(slope) = &slope {
                    let quotient = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;
                    assert!((slope.value(x) - quotient).abs() < 1e-8, "{name}");
                }
            }
            assert_eq!(
                slope.is_none(),
                ["step", "hermite:0,1", "derivative:cos"].contains(&name)
            );
        }
        assert!(Function::named("softmax").is_err());
    }
}
