//! Expressions as text.
//!
//! ```text
//! sum    = product { ("+" | "-") product }
//! product = factor { "*" factor | "/" number }
//! factor = ("-" | "+") factor  |  power
//! power  = adjoint [ "^" [ "-" ] integer ]
//! adjoint = primary { "'" }
//! primary = number  |  "i"  |  name  |  "(" sum ")"  |  "inv" "(" sum ")"
//! ```

use num_traits::{One, Zero};

use super::PolynomialError;
use super::scalar::{Exact, decimal};
use super::token::{Token, tokens};
use super::tree::Tree;

/// Parentheses, signs and calls inside one another.
const DEPTH: usize = 64;
/// Operations in all.
const OPERATIONS: usize = 500;
/// The largest exponent.
pub(super) const EXPONENT: u32 = 32;

/// The expression that a text is, its variables from a list of names.
pub(super) fn parse(text: &str, names: &[String]) -> Result<Tree, PolynomialError> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens: &tokens,
        next: 0,
        end: text.chars().count(),
        names,
        depth: 0,
        operations: 0,
    };
    let tree = parser.sum()?;
    match parser.peek() {
        None => Ok(tree),
        Some(_) => Err(parser.unexpected("an operation or the end")),
    }
}

struct Parser<'a> {
    tokens: &'a [(usize, Token)],
    next: usize,
    end: usize,
    names: &'a [String],
    depth: usize,
    operations: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn takes(&mut self, mark: char) -> bool {
        let there = self.peek() == Some(&Token::Mark(mark));
        self.next += usize::from(there);
        there
    }

    fn unexpected(&self, wanted: &'static str) -> PolynomialError {
        let found = match self.peek() {
            None => "the end".to_owned(),
            Some(Token::Mark(mark)) => format!("'{mark}'"),
            Some(Token::Name(text) | Token::Number(text)) => format!("'{text}'"),
        };
        PolynomialError::Unexpected {
            at: self.at(),
            found,
            wanted,
        }
    }

    fn operated(&mut self) -> Result<(), PolynomialError> {
        self.operations += 1;
        self.limited("operations", self.operations, OPERATIONS)
    }

    fn limited(&self, what: &'static str, n: usize, limit: usize) -> Result<(), PolynomialError> {
        if n <= limit {
            return Ok(());
        }
        let at = self.at();
        Err(PolynomialError::Large { at, what, limit })
    }

    fn sum(&mut self) -> Result<Tree, PolynomialError> {
        let mut left = self.product()?;
        loop {
            let at = self.at();
            let minus = self.peek() == Some(&Token::Mark('-'));
            if !(self.takes('+') || self.takes('-')) {
                return Ok(left);
            }
            self.operated()?;
            let right = self.product()?;
            let right = if minus { negative(at, right) } else { right };
            left = left.plus(at, right);
        }
    }

    fn product(&mut self) -> Result<Tree, PolynomialError> {
        let mut left = self.factor()?;
        loop {
            let at = self.at();
            if self.takes('*') {
                self.operated()?;
                left = left.times(at, self.factor()?);
            } else if self.takes('/') {
                self.operated()?;
                let by_at = self.at();
                let by = self.number()?;
                if by.is_zero() {
                    return Err(PolynomialError::Decimal {
                        at: by_at,
                        found: "1/0".to_owned(),
                    });
                }
                left = Tree::Number(Exact::one() / by).times(at, left);
            } else {
                return Ok(left);
            }
        }
    }

    fn factor(&mut self) -> Result<Tree, PolynomialError> {
        self.depth += 1;
        self.limited("parentheses and signs", self.depth, DEPTH)?;
        let at = self.at();
        let tree = if self.takes('-') {
            negative(at, self.factor()?)
        } else if self.takes('+') {
            self.factor()?
        } else {
            self.power()?
        };
        self.depth -= 1;
        Ok(tree)
    }

    fn power(&mut self) -> Result<Tree, PolynomialError> {
        let mut base = self.primary()?;
        while self.takes('\'') {
            self.operated()?;
            base = Tree::Adjoint(Box::new(base));
        }
        let at = self.at();
        if !self.takes('^') {
            return Ok(base);
        }
        self.operated()?;
        let exponent_at = self.at();
        let negative = self.takes('-');
        let Some(Token::Number(text)) = self.peek().cloned() else {
            return Err(self.unexpected("an integer"));
        };
        let exponent = text.parse::<u32>().ok().filter(|n| *n <= EXPONENT);
        let Some(exponent) = exponent else {
            return Err(PolynomialError::Exponent {
                at: exponent_at,
                found: text,
                limit: EXPONENT,
            });
        };
        self.next += 1;
        if negative {
            base = Tree::Inverse(at, Box::new(base));
        }
        Ok(Tree::Power(at, Box::new(base), exponent))
    }

    fn number(&mut self) -> Result<Exact, PolynomialError> {
        let at = self.at();
        let Some(Token::Number(text)) = self.peek() else {
            return Err(self.unexpected("a number"));
        };
        let found = text.clone();
        self.next += 1;
        decimal(&found).ok_or(PolynomialError::Decimal { at, found })
    }

    fn closed(&mut self) -> Result<Tree, PolynomialError> {
        let inner = self.sum()?;
        if self.takes(')') {
            Ok(inner)
        } else {
            Err(self.unexpected("')'"))
        }
    }

    fn primary(&mut self) -> Result<Tree, PolynomialError> {
        let at = self.at();
        if self.takes('(') {
            return self.closed();
        }
        let name = match self.peek() {
            Some(Token::Number(_)) => return Ok(Tree::Number(self.number()?)),
            Some(Token::Name(name)) => name.clone(),
            _ => return Err(self.unexpected("a variable, a number or '('")),
        };
        self.next += 1;
        match name.as_str() {
            "i" => Ok(Tree::Number(Exact::i())),
            "inv" if self.takes('(') => Ok(Tree::Inverse(at, Box::new(self.closed()?))),
            "inv" => Err(self.unexpected("'(' after inv")),
            _ => {
                let index = self.names.iter().position(|known| *known == name);
                let missing = PolynomialError::Name { at, name };
                index.map(Tree::Variable).ok_or(missing)
            }
        }
    }
}

fn negative(at: usize, tree: Tree) -> Tree {
    Tree::Number(-Exact::one()).times(at, tree)
}
