//! The operations of a formula, with their rules of differentiation.

use crate::model::activation::Smooth;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    Number(f64),
    X,
    Negate,
    Binary(Binary),
    Function(Function),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Least,
    Greatest,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Function {
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

/// The value and the slope at x of what some steps come to.
pub(super) fn both(steps: &[Step], x: f64) -> (f64, f64) {
    let mut stack: Vec<(f64, f64)> = Vec::with_capacity(8);
    for step in steps {
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

impl Function {
    pub(super) fn of(name: &str) -> Option<Self> {
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
                let smooth = Smooth::Sigmoid;
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
