//! σ as an expression in x, and its derivative.

mod parser;
mod steps;

use super::quadrature;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use steps::Step;

/// σ(x) as a formula: numbers, x, `+ − * / ^`, and `exp log sqrt sin cos tanh erf sigmoid relu abs min max`. Values and
/// derivatives are computed together, by the rules of differentiation.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    text: Arc<str>,
    /// In reverse Polish order.
    steps: Arc<[Step]>,
    /// `(E σ′, E z σ′, E σ′²)`, z ~ N(0, 1).
    means: [f64; 3],
}

/// Why a text is no σ.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ExpressionError {
    /// Something else is needed at a place.
    #[error("expr:{text}: at byte {at} {needed} is needed")]
    Syntax {
        /// The expression.
        text: String,
        /// Where.
        at: usize,
        /// What is needed there.
        needed: &'static str,
    },
    /// σ′ is no number where a Gaussian has mass, or grows too fast.
    #[error(
        "expr:{text}: σ′ is {value} at x = {at}: it must be a finite number for every |x| ≤ 12"
    )]
    Value {
        /// The expression.
        text: String,
        /// Where.
        at: f64,
        /// σ′ there.
        value: f64,
    },
    /// A mean of σ′² that does not exist, or rests on what is beyond twelve standard deviations.
    #[error(
        "expr:{text}: σ′² grows about as fast as a Gaussian density falls: E σ′(z)², z ~ N(0, 1), has no value to rounding"
    )]
    Tail {
        /// The expression.
        text: String,
    },
    /// A function that no adaptive rule resolves.
    #[error("expr:{text}: σ′ oscillates too fast: E σ′(z)², z ~ N(0, 1), is not resolved")]
    Wild {
        /// The expression.
        text: String,
    },
}

/// What may be left of `E σ′²` beyond, relative to it.
const TAIL: f64 = 1e-12;

impl Formula {
    /// `(σ(x), σ′(x))`.
    fn both(&self, x: f64) -> (f64, f64) {
        steps::both(&self.steps, x)
    }

    /// σ(x).
    pub fn value(&self, x: f64) -> f64 {
        self.both(x).0
    }

    /// σ′(x); at a kink the one from the right or from the left.
    pub fn derivative(&self, x: f64) -> f64 {
        self.both(x).1
    }

    pub(super) fn hermite_data(&self) -> (f64, f64, f64) {
        let [mean, alpha, beta] = self.means;
        (mean, alpha, beta)
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Formula {
    type Err = ExpressionError;

    fn from_str(text: &str) -> Result<Self, ExpressionError> {
        let mut expression = Formula {
            text: text.trim().into(),
            steps: parser::steps(text)?.into(),
            means: [f64::NAN; 3],
        };
        // An odd number of steps from end to end: neither 0 nor a place of the adaptive rule is all that is tried.
        for k in 0..=480 {
            let at = -12.0 + f64::from(k) * 0.05;
            let value = expression.derivative(at);
            if !(value.is_finite() && value.abs() < 1e75) {
                return Err(ExpressionError::Value {
                    text: text.to_owned(),
                    at,
                    value,
                });
            }
        }
        let text = text.to_owned();
        expression.means = quadrature::moments(&|z| expression.derivative(z));
        let [_, _, square] = expression.means;
        if !square.is_finite() {
            return Err(ExpressionError::Wild { text });
        }
        // What the Gaussian law leaves of σ′² at the ends of all that is integrated.
        for at in [-quadrature::END, quadrature::END] {
            let left = expression.derivative(at).powi(2) * (-0.5 * at * at).exp();
            if left > TAIL * square {
                return Err(ExpressionError::Tail { text });
            }
        }
        Ok(expression)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Activation;

    #[test]
    fn expressions_have_the_values_and_slopes_of_their_formulas() {
        type Wanted = fn(f64) -> (f64, f64);
        let cases: [(&str, Wanted); 6] = [
            ("x*tanh(x)", |x| {
                (x * x.tanh(), x.tanh() + x / x.cosh().powi(2))
            }),
            ("-x^2 + 2*x - 3e-1", |x| {
                (-x * x + 2.0 * x - 0.3, 2.0 - 2.0 * x)
            }),
            ("exp(-x^2/2)/(1+x^2)", |x| {
                let (e, d) = ((-x * x / 2.0).exp(), 1.0 + x * x);
                (e / d, -x * e / d - 2.0 * x * e / (d * d))
            }),
            ("max(0.1*x, x)", |x| {
                if x > 0.0 { (x, 1.0) } else { (0.1 * x, 0.1) }
            }),
            ("2^x", |x| (x.exp2(), x.exp2() * 2.0_f64.ln())),
            (" log( 1 + exp( x ) ) ", |x| {
                (x.exp().ln_1p(), 1.0 / (1.0 + (-x).exp()))
            }),
        ];
        for (text, wanted) in cases {
            let sigma: Formula = text.parse().unwrap();
            for x in [-2.3, -0.4, 0.7, 3.1] {
                let (value, slope) = wanted(x);
                assert!(
                    (sigma.value(x) - value).abs() < 1e-13 * (1.0 + value.abs()),
                    "{text} {x}"
                );
                assert!(
                    (sigma.derivative(x) - slope).abs() < 1e-13 * (1.0 + slope.abs()),
                    "{text} {x}"
                );
            }
        }
    }

    /// The data of named activations, to 1e-12, those with a jump in σ′ as well.
    #[test]
    fn the_hermite_data_are_those_of_the_named_activations() {
        for (text, name) in [
            ("relu(x)", "relu"),
            ("tanh(x)", "tanh"),
            ("erf(x)", "erf"),
            ("sin(x)", "sigma:sin"),
            ("x^2/2", "sigma:square"),
            ("x*(1 + erf(x/sqrt(2)))/2", "gelu"),
            ("x*sigmoid(x)", "silu"),
        ] {
            let ours = Activation::Expression(text.parse().unwrap()).hermite_data();
            let named = name.parse::<Activation>().unwrap().hermite_data();
            for (a, b) in [
                (ours.mean(), named.mean()),
                (ours.alpha(), named.alpha()),
                (ours.beta_squared(), named.beta_squared()),
            ] {
                assert!((a - b).abs() < 1e-12, "{text}: {a} {b}");
            }
        }
    }

    #[test]
    fn what_is_no_expression_is_refused_where_it_fails() {
        for (text, words) in [
            ("", "at byte 0"),
            ("x +", "at byte 3"),
            ("x y", "at byte 2 an operation"),
            ("foo(x)", "at byte 0"),
            ("tanh x", "'('"),
            ("tanh(x", "')'"),
            ("max(x)", "','"),
            ("1e999*x", "a finite number"),
            ("log(x)", "σ′ is"),
            ("1/x", "at x = 0"),
            ("exp(x^2)", "grows about as fast"),
            ("exp(x^2/5)", "grows about as fast"),
            ("sin(1e9*x)", "oscillates"),
            ("é", "at byte 0"),
        ] {
            let said = text.parse::<Formula>().unwrap_err().to_string();
            assert!(said.contains(words), "{text}: {said}");
        }
        for text in ["x^10", "exp(2*x)", "sin(40*x)"] {
            assert!(text.parse::<Formula>().is_ok(), "{text}");
        }
        let deep = "(".repeat(5000) + "x" + &")".repeat(5000);
        assert!(deep.parse::<Formula>().is_err());
    }
}
