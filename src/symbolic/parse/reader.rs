//! Sums, products, powers and names, token by token.

use super::{DELTA, NamedTerm};
use crate::symbolic::error::SymbolicError;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::signature::Signature;
use crate::symbolic::token::{Placed, Token, tokens};

/// A text with the place up to which it is read.
pub(super) struct Reader<'a> {
    signature: &'a Signature,
    text: &'a str,
    tokens: Vec<Placed>,
    at: usize,
    depth: usize,
}

/// The most terms that are multiplied with one another, and how many numbers stay apart as they are written.
const PRODUCTS: usize = 1 << 18;
const GATHERED: usize = 64;

/// Parentheses inside one another.
const DEPTH: usize = 64;

impl<'a> Reader<'a> {
    /// # Errors
    /// [`SymbolicError::Unexpected`] for what is no token.
    pub(super) fn new(signature: &'a Signature, text: &'a str) -> Result<Self, SymbolicError> {
        Ok(Reader {
            signature,
            text,
            tokens: tokens(text)?,
            at: 0,
            depth: 0,
        })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    pub(super) fn sees(&self, mark: char) -> bool {
        self.peek() == Some(&Token::Mark(mark))
    }

    fn takes(&mut self, mark: char) -> bool {
        let taken = self.sees(mark);
        self.at += usize::from(taken);
        taken
    }

    pub(super) fn expect(&mut self, mark: char) -> Result<(), SymbolicError> {
        if self.takes(mark) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn unexpected(&self) -> SymbolicError {
        let found = match self.peek() {
            None => "end".into(),
            Some(Token::Name(name)) => name.clone(),
            Some(Token::Number(value)) => value.to_string(),
            Some(Token::Power(value)) => format!("^{value}"),
            Some(Token::Mark(mark)) => mark.to_string(),
        };
        let end = || self.text.chars().count();
        let at = self.tokens.get(self.at).map_or_else(end, |(at, _)| *at);
        SymbolicError::Unexpected {
            found,
            at,
            text: self.text.into(),
        }
    }

    /// `[i,a,b]`
    pub(super) fn names(&mut self) -> Result<Vec<String>, SymbolicError> {
        self.expect('[')?;
        let mut names = Vec::new();
        while !self.takes(']') {
            let Some(Token::Name(name)) = self.peek() else {
                return Err(self.unexpected());
            };
            names.push(name.clone());
            self.at += 1;
            if !self.takes(',') && !self.sees(']') {
                return Err(self.unexpected());
            }
        }
        Ok(names)
    }

    pub(super) fn whole_sum(&mut self) -> Result<Vec<NamedTerm>, SymbolicError> {
        let terms = self.sum()?;
        if self.at < self.tokens.len() {
            Err(self.unexpected())
        } else {
            Ok(terms)
        }
    }

    pub(super) fn sum(&mut self) -> Result<Vec<NamedTerm>, SymbolicError> {
        let mut sum = Vec::new();
        let mut negative = self.takes('-');
        loop {
            let sign = Polynomial::from(if negative { -1 } else { 1 });
            let signed = |mut term: NamedTerm| {
                term.coefficient = &term.coefficient * &sign;
                term
            };
            let product = self.product()?;
            if !product
                .iter()
                .all(|term| term.coefficient.is_within_limits())
            {
                let text = self.text.into();
                return Err(SymbolicError::Overflow { text });
            }
            sum.extend(product.into_iter().map(signed));
            negative = self.sees('-');
            if !self.takes('-') && !self.takes('+') {
                sum.retain(|term| !term.coefficient.is_zero());
                return Ok(sum);
            }
        }
    }

    fn product(&mut self) -> Result<Vec<NamedTerm>, SymbolicError> {
        let mut product = self.factor()?;
        loop {
            if self.takes('/') {
                let divisor = self.divisor()?;
                product = self.times(&product, &divisor)?;
            } else if self.sees('(')
                || matches!(self.peek(), Some(Token::Name(_) | Token::Number(_)))
            {
                let factor = self.factor()?;
                product = self.times(&product, &factor)?;
            } else {
                return Ok(product);
            }
        }
    }

    fn factor(&mut self) -> Result<Vec<NamedTerm>, SymbolicError> {
        let base = self.base()?;
        match self.exponent() {
            Some(power) => self.raised(&base, power),
            None => Ok(base),
        }
    }

    /// What is divided by, to the negative power.
    fn divisor(&mut self) -> Result<Vec<NamedTerm>, SymbolicError> {
        let base = self.base()?;
        let power = self.exponent().unwrap_or(1);
        self.raised(&base, -power)
    }

    fn exponent(&mut self) -> Option<i32> {
        let Some(&Token::Power(power)) = self.peek() else {
            return None;
        };
        self.at += 1;
        Some(power)
    }

    fn base(&mut self) -> Result<Vec<NamedTerm>, SymbolicError> {
        Ok(match self.peek().cloned() {
            Some(Token::Number(value)) => {
                self.at += 1;
                vec![NamedTerm {
                    coefficient: Polynomial::from(value),
                    factors: Vec::new(),
                }]
            }
            Some(Token::Name(name)) => {
                self.at += 1;
                vec![self.named(name)?]
            }
            _ => {
                self.depth += 1;
                if self.depth > DEPTH {
                    return Err(self.unexpected());
                }
                self.expect('(')?;
                let sum = self.sum()?;
                self.expect(')')?;
                self.depth -= 1;
                sum
            }
        })
    }

    /// A scalar, a tensor or δ.
    fn named(&mut self, name: String) -> Result<NamedTerm, SymbolicError> {
        let one = Polynomial::one();
        if self.signature.is_scalar(&name) {
            return Ok(NamedTerm {
                coefficient: Polynomial::symbol(&name, 1),
                factors: Vec::new(),
            });
        }
        let slots = self
            .signature
            .tensor(&name)
            .map(|tensor| tensor.slots().len());
        if slots.is_none() && name != DELTA {
            return Err(SymbolicError::Unknown { name });
        }
        let indices = if self.sees('[') {
            self.names()?
        } else {
            Vec::new()
        };
        match slots {
            Some(expected) if expected != indices.len() => Err(SymbolicError::Slots {
                tensor: name,
                expected,
                found: indices.len(),
            }),
            _ => Ok(NamedTerm {
                coefficient: one,
                factors: vec![(name, indices)],
            }),
        }
    }

    /// A power of a sum of coefficients; tensors are not raised to powers, since `(Σ_k …)²` would need
    /// two names for `k`.
    fn raised(&self, base: &[NamedTerm], power: i32) -> Result<Vec<NamedTerm>, SymbolicError> {
        let division = || SymbolicError::Division {
            text: self.text.into(),
        };
        if base.iter().any(|term| !term.factors.is_empty()) {
            let text = self.text.into();
            return Err(match power > 0 {
                true => SymbolicError::Power { text },
                false => division(),
            });
        }
        let sum: Polynomial = base.iter().map(|term| term.coefficient.clone()).sum();
        let sum = if power < 0 {
            sum.reciprocal().ok_or_else(division)?
        } else {
            sum
        };
        let too_large = || SymbolicError::Overflow {
            text: self.text.into(),
        };
        let power = power.unsigned_abs();
        let coefficient = sum.checked_power(power).ok_or_else(too_large)?;
        Ok(vec![NamedTerm {
            coefficient,
            factors: Vec::new(),
        }])
    }

    /// The product of two sums; equal names are one index.
    fn times(
        &self,
        left: &[NamedTerm],
        right: &[NamedTerm],
    ) -> Result<Vec<NamedTerm>, SymbolicError> {
        let sizes = [left, right].map(|side| -> usize {
            let each = side.iter().map(|term| term.coefficient.terms().count());
            each.sum()
        });
        let count = sizes[0].saturating_mul(sizes[1]);
        let fit = |a: &NamedTerm| {
            let mut others = right.iter();
            others.all(|b| a.coefficient.multiplies(&b.coefficient))
        };
        if count > PRODUCTS || !left.iter().all(fit) {
            let text = self.text.into();
            return Err(SymbolicError::Overflow { text });
        }
        let are_numbers = |side: &[NamedTerm]| side.iter().all(|term| term.factors.is_empty());
        if count > GATHERED && are_numbers(left) && are_numbers(right) {
            let of = |side: &[NamedTerm]| -> Polynomial {
                side.iter().map(|term| term.coefficient.clone()).sum()
            };
            return Ok(vec![NamedTerm {
                coefficient: &of(left) * &of(right),
                factors: Vec::new(),
            }]);
        }
        let mut product = Vec::new();
        for a in left {
            for b in right {
                product.push(NamedTerm {
                    coefficient: &a.coefficient * &b.coefficient,
                    factors: [a.factors.as_slice(), b.factors.as_slice()].concat(),
                });
            }
        }
        Ok(product)
    }
}
