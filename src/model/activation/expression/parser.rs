//! Reading a formula by recursive descent.

use super::ExpressionError;
use super::steps::{Binary, Function, Step};

/// Nested parentheses and powers beyond are refused.
const DEPTH: usize = 100;

/// The steps that a text writes.
///
/// # Errors
/// [`ExpressionError::Syntax`].
pub(super) fn steps(text: &str) -> Result<Vec<Step>, ExpressionError> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        steps: vec![],
    };
    parser.sum()?;
    match parser.next() {
        None => Ok(parser.steps),
        Some(_) => Err(parser.needed("an operation or the end")),
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
