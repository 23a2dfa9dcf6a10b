//! The series of an expression, operation by operation.

use num_traits::{One, Zero};

use super::PolynomialError;
use super::letter::{Letter, Symbol};
use super::scalar::Exact;
use super::series::Series;
use super::tree::Tree;

/// Rows of a representation at most.
const STATES: usize = 160;

/// A number, or a series.
pub(super) enum Value {
    Number(Exact),
    Series(Series),
}

impl Value {
    fn series(self) -> Series {
        match self {
            Value::Number(x) => Series::constant(x),
            Value::Series(series) => series,
        }
    }
}

/// The series of a typed expression.
pub(super) fn value(tree: &Tree, symbols: &[Symbol]) -> Result<Value, PolynomialError> {
    let of = |tree: &Tree| value(tree, symbols);
    let (at, value) = match tree {
        Tree::Number(x) => return Ok(Value::Number(x.clone())),
        Tree::Variable(symbol) => {
            let letter = Letter {
                symbol: *symbol,
                adjoint: false,
            };
            return Ok(Value::Series(Series::letter(letter)));
        }
        Tree::Sum(at, a, b) => (*at, sum(of(a)?, of(b)?)),
        Tree::Product(at, a, b) => (*at, product(of(a)?, of(b)?)),
        Tree::Adjoint(a) => {
            return Ok(match of(a)? {
                Value::Number(x) => Value::Number(x.conj()),
                Value::Series(series) => Value::Series(series.adjoint(symbols)),
            });
        }
        Tree::Power(at, a, exponent) => return power(*at, of(a)?, *exponent),
        Tree::Inverse(at, a) => {
            let none = PolynomialError::Inverse { at: *at };
            let inverse = match of(a)? {
                Value::Number(x) if x.is_zero() => return Err(none),
                Value::Number(x) => Value::Number(Exact::one() / x),
                Value::Series(series) => Value::Series(series.inverse().ok_or(none)?),
            };
            (*at, inverse)
        }
    };
    limited(at, value)
}

fn limited(at: usize, value: Value) -> Result<Value, PolynomialError> {
    match value {
        Value::Series(series) if series.size() > STATES => Err(PolynomialError::Large {
            at,
            what: "rows of a representation",
            limit: STATES,
        }),
        value => Ok(value),
    }
}

fn sum(a: Value, b: Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::Number(a + b),
        (a, b) => Value::Series(a.series().plus(&b.series())),
    }
}

fn product(a: Value, b: Value) -> Value {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::Number(a * b),
        (Value::Number(x), Value::Series(s)) | (Value::Series(s), Value::Number(x)) => {
            Value::Series(s.scaled(&x))
        }
        (Value::Series(a), Value::Series(b)) => Value::Series(a.times(&b)),
    }
}

fn power(at: usize, base: Value, exponent: u32) -> Result<Value, PolynomialError> {
    match base {
        Value::Number(x) => Ok((0..exponent).fold(Value::Number(Exact::one()), |power, _| {
            product(power, Value::Number(x.clone()))
        })),
        Value::Series(series) => {
            let mut power = Value::Number(Exact::one());
            for _ in 0..exponent {
                power = limited(at, product(power, Value::Series(series.clone())))?;
            }
            Ok(power)
        }
    }
}
