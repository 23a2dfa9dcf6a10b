//! σ as an expression in x, and its derivative.

use super::quadrature;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// σ(x) as a formula: numbers, x, `+ − * / ^`, and `exp log sqrt sin cos tanh erf sigmoid relu abs min max`. Values and
/// derivatives are computed together, by the rules of differentiation.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    text: Arc<str>,
    /// In reverse Polish order.
    steps: Arc<[Step]>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Number(f64),
    X,
    Negate,
    Binary(Binary),
    Function(Function),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Least,
    Greatest,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Function {
    Exp,
    Log,
    Sqrt,
    Sin,
    Cos,
    Tanh,
    Erf,
    Sigmoid,
    Relu,
    Abs,
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
}

/// Nested parentheses and powers beyond are refused.
const DEPTH: usize = 100;

impl Expression {
    /// `(σ(x), σ′(x))`.
    fn both(&self, x: f64) -> (f64, f64) {
        let mut stack: Vec<(f64, f64)> = Vec::with_capacity(8);
        for step in self.steps.iter() {
            let last = match step {
                Step::Number(value) => (*value, 0.0),
                Step::X => (x, 1.0),
                Step::Negate => stack
                    .pop()
                    .map_or((f64::NAN, f64::NAN), |(a, da)| (-a, -da)),
                Step::Function(function) => {
                    let (a, da) = stack.pop().unwrap_or((f64::NAN, f64::NAN));
                    let (value, slope) = function.both(a);
                    (value, if da == 0.0 { 0.0 } else { slope * da })
                }
                Step::Binary(binary) => match (stack.pop(), stack.pop()) {
                    (Some(b), Some(a)) => binary.both(a, b),
                    _ => (f64::NAN, f64::NAN),
                },
            };
            stack.push(last);
        }
        stack.pop().unwrap_or((f64::NAN, f64::NAN))
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
        let [mean, alpha, beta] = quadrature::moments(&|z| self.derivative(z));
        (mean, alpha, beta)
    }
}

impl Function {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "exp" => Function::Exp,
            "log" => Function::Log,
            "sqrt" => Function::Sqrt,
            "sin" => Function::Sin,
            "cos" => Function::Cos,
            "tanh" => Function::Tanh,
            "erf" => Function::Erf,
            "sigmoid" => Function::Sigmoid,
            "relu" => Function::Relu,
            "abs" => Function::Abs,
            _ => return None,
        })
    }

    fn both(self, a: f64) -> (f64, f64) {
        match self {
            Function::Exp => (a.exp(), a.exp()),
            Function::Log => (a.ln(), a.recip()),
            Function::Sqrt => (a.sqrt(), 0.5 / a.sqrt()),
            Function::Sin => (a.sin(), a.cos()),
            Function::Cos => (a.cos(), -a.sin()),
            Function::Tanh => (a.tanh(), a.cosh().powi(-2)),
            Function::Erf => (
                libm::erf(a),
                std::f64::consts::FRAC_2_SQRT_PI * (-a * a).exp(),
            ),
            Function::Sigmoid => {
                let smooth = super::Smooth::Sigmoid;
                (smooth.value(a), smooth.derivative(a))
            }
            Function::Relu => (a.max(0.0), f64::from(a > 0.0)),
            Function::Abs => (a.abs(), if a < 0.0 { -1.0 } else { 1.0 }),
        }
    }
}

impl Binary {
    fn both(self, (a, da): (f64, f64), (b, db): (f64, f64)) -> (f64, f64) {
        match self {
            Binary::Add => (a + b, da + db),
            Binary::Subtract => (a - b, da - db),
            Binary::Multiply => (a * b, da * b + a * db),
            Binary::Divide => (a / b, (da - a / b * db) / b),
            Binary::Power if db == 0.0 => {
                let slope = if b == 0.0 { 0.0 } else { b * a.powf(b - 1.0) };
                (a.powf(b), if da == 0.0 { 0.0 } else { slope * da })
            }
            Binary::Power => {
                let value = a.powf(b);
                (value, value * (db * a.ln() + b * da / a))
            }
            Binary::Least => {
                if a <= b {
                    (a, da)
                } else {
                    (b, db)
                }
            }
            Binary::Greatest => {
                if a >= b {
                    (a, da)
                } else {
                    (b, db)
                }
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Expression {
    type Err = ExpressionError;

    fn from_str(text: &str) -> Result<Self, ExpressionError> {
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
            steps: vec![],
        };
        parser.sum()?;
        if parser.next().is_some() {
            return Err(parser.needed("an operation or the end"));
        }
        let expression = Expression {
            text: text.trim().into(),
            steps: parser.steps.into(),
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
        Ok(expression)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    steps: Vec<Step>,
}

type Parsed = Result<(), ExpressionError>;

impl Parser<'_> {
    fn needed(&self, needed: &'static str) -> ExpressionError {
        ExpressionError::Syntax {
            text: self.text.to_owned(),
            at: self.at,
            needed,
        }
    }

    /// The next character that is no space.
    fn next(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.next() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn push(&mut self, binary: Binary) {
        self.steps.push(Step::Binary(binary));
    }

    fn sum(&mut self) -> Parsed {
        self.product()?;
        loop {
            if self.take('+') {
                self.product()?;
                self.push(Binary::Add);
            } else if self.take('-') {
                self.product()?;
                self.push(Binary::Subtract);
            } else {
                return Ok(());
            }
        }
    }

    fn product(&mut self) -> Parsed {
        self.signed()?;
        loop {
            if self.take('*') {
                self.signed()?;
                self.push(Binary::Multiply);
            } else if self.take('/') {
                self.signed()?;
                self.push(Binary::Divide);
            } else {
                return Ok(());
            }
        }
    }

    /// A sign binds less than a power: −x^2 is −(x²).
    fn signed(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.needed("less nesting"));
        }
        if self.take('-') {
            self.signed()?;
            self.steps.push(Step::Negate);
        } else {
            self.operand()?;
            if self.take('^') {
                self.signed()?;
                self.push(Binary::Power);
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn operand(&mut self) -> Parsed {
        if self.take('(') {
            self.sum()?;
            return self.close();
        }
        let start = self.next();
        if start.is_some_and(|c| c.is_ascii_digit() || c == '.') {
            return self.number();
        }
        let rest = &self.text[self.at..];
        let name: &str = &rest[..rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len())];
        let extreme = match name {
            "x" => {
                self.at += 1;
                self.steps.push(Step::X);
                return Ok(());
            }
            "min" => Some(Binary::Least),
            "max" => Some(Binary::Greatest),
            _ => None,
        };
        let function = Function::of(name);
        if extreme.is_none() && function.is_none() {
            return Err(self.needed("a number, x, '(', '-' or exp, log, sqrt, sin, cos, tanh, erf, sigmoid, relu, abs, min, max"));
        }
        self.at += name.len();
        if !self.take('(') {
            return Err(self.needed("'('"));
        }
        self.sum()?;
        if let Some(binary) = extreme {
            if !self.take(',') {
                return Err(self.needed("','"));
            }
            self.sum()?;
            self.push(binary);
        }
        if let Some(function) = function {
            self.steps.push(Step::Function(function));
        }
        self.close()
    }

    fn close(&mut self) -> Parsed {
        if self.take(')') {
            Ok(())
        } else {
            Err(self.needed("')'"))
        }
    }

    fn number(&mut self) -> Parsed {
        let rest = &self.text[self.at..];
        let mut end = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(rest.len());
        let tail = &rest[end..];
        if tail.starts_with(['e', 'E']) {
            let digits = tail[1..].trim_start_matches(['+', '-']);
            let count = digits
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(digits.len());
            if count > 0 && tail.len() - 1 - digits.len() <= 1 {
                end += tail.len() - digits.len() + count;
            }
        }
        match rest[..end].parse::<f64>() {
            Ok(value) if value.is_finite() => {
                self.at += end;
                self.steps.push(Step::Number(value));
                Ok(())
            }
            _ => Err(self.needed("a finite number")),
        }
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
            let sigma: Expression = text.parse().unwrap();
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
            ("é", "at byte 0"),
        ] {
            let said = text.parse::<Expression>().unwrap_err().to_string();
            assert!(said.contains(words), "{text}: {said}");
        }
        let deep = "(".repeat(5000) + "x" + &")".repeat(5000);
        assert!(deep.parse::<Expression>().is_err());
    }
}
