//! The grammar of laws, by recursive descent.

mod arguments;

pub(super) use arguments::LAWS;

use super::ParseError;
use super::cursor::Cursor;
use super::token::{Placed, Token};
use crate::measure::law::{Law, LawError};

/// Parentheses and calls inside one another.
const DEPTH: usize = 64;
/// Operations in all: each makes the law one deeper.
const OPERATIONS: usize = 200;

pub(super) struct Parser<'a> {
    cursor: Cursor<'a>,
    named: &'a [(&'a str, Law)],
    depth: usize,
    operations: usize,
}

#[derive(Clone)]
enum Parsed {
    Law(Law),
    Number(f64),
}

#[derive(Clone, Copy, PartialEq)]
enum Operation {
    Sum,
    Product,
    Classical,
    Times,
}

impl<'a> Parser<'a> {
    pub(super) fn new(tokens: &'a [Placed], named: &'a [(&'a str, Law)], end: usize) -> Self {
        Self {
            cursor: Cursor::new(tokens, end),
            named,
            depth: 0,
            operations: 0,
        }
    }
}

impl Parser<'_> {
    /// All of the text as one law.
    pub(super) fn whole(mut self) -> Result<Law, ParseError> {
        let law = match self.sum()? {
            Parsed::Law(law) => law,
            Parsed::Number(value) => return Err(ParseError::Number { at: 0, value }),
        };
        match self.cursor.peek() {
            None => Ok(law),
            Some(_) => Err(self.cursor.unexpected("an operation or the end")),
        }
    }

    fn sum(&mut self) -> Result<Parsed, ParseError> {
        let mut at = self.cursor.at();
        let mut left = self.chain()?;
        loop {
            let sign = match self.cursor.peek() {
                Some(Token::Mark('+')) => 1.0,
                Some(Token::Mark('-')) => -1.0,
                _ => return Ok(left),
            };
            self.operated()?;
            self.cursor.advance();
            let right_at = self.cursor.at();
            let right = self.chain()?;
            left = match (left, right) {
                (Parsed::Number(a), Parsed::Number(b)) => Parsed::Number(a + sign * b),
                (Parsed::Law(law), Parsed::Number(by)) => {
                    Parsed::Law(refusal(at, law.shifted(sign * by))?)
                }
                (Parsed::Number(by), Parsed::Law(law)) => {
                    Parsed::Law(refusal(right_at, law.affine(sign, by))?)
                }
                (Parsed::Law(_), Parsed::Law(_)) => return Err(ParseError::Plus { at: right_at }),
            };
            at = right_at;
        }
    }

    fn operation(&self) -> Option<Operation> {
        match self.cursor.peek()? {
            Token::Mark('⊞') => Some(Operation::Sum),
            Token::Mark('⊠') => Some(Operation::Product),
            Token::Mark('⊙') => Some(Operation::Times),
            Token::Mark('*') => Some(Operation::Classical),
            _ => None,
        }
    }

    fn chain(&mut self) -> Result<Parsed, ParseError> {
        let at = self.cursor.at();
        let mut left = self.image()?;
        let mut first = None;
        while let Some(operation) = self.operation() {
            let here = self.cursor.at();
            if *first.get_or_insert(operation) != operation {
                return Err(ParseError::Order { at: here });
            }
            self.operated()?;
            self.cursor.advance();
            let right_at = self.cursor.at();
            let right = self.image()?;
            let law = |parsed: Parsed, at| match parsed {
                Parsed::Law(law) => Ok(law),
                Parsed::Number(value) => Err(ParseError::Number { at, value }),
            };
            let (a, b) = (law(left, at)?, law(right, right_at)?);
            left = Parsed::Law(match operation {
                Operation::Sum => a.free_sum(&b),
                Operation::Product => refusal(here, a.free_product(&b))?,
                Operation::Classical => refusal(here, a.classical(&b))?,
                Operation::Times => refusal(here, a.classical_product(&b))?,
            });
        }
        Ok(left)
    }

    fn image(&mut self) -> Result<Parsed, ParseError> {
        let at = self.cursor.at();
        self.deeper()?;
        let signed = self.cursor.peek() == Some(&Token::Mark('-'))
            && matches!(self.cursor.second(), Some(Token::Number(_)));
        let image = if !signed && self.cursor.takes('-') {
            match self.image()? {
                Parsed::Number(value) => Parsed::Number(-value),
                Parsed::Law(law) => Parsed::Law(refusal(at, law.scaled(-1.0))?),
            }
        } else if signed || matches!(self.cursor.peek(), Some(Token::Number(_))) {
            let factor = self.number()?;
            if self.cursor.takes('.') || self.cursor.takes('*') {
                match self.image()? {
                    Parsed::Number(value) => Parsed::Number(factor * value),
                    Parsed::Law(law) => Parsed::Law(refusal(at, law.scaled(factor))?),
                }
            } else {
                Parsed::Number(factor)
            }
        } else {
            self.primary()?
        };
        self.depth -= 1;
        Ok(image)
    }

    fn operated(&mut self) -> Result<(), ParseError> {
        self.operations += 1;
        if self.operations > OPERATIONS {
            return Err(ParseError::Long {
                at: self.cursor.at(),
                limit: OPERATIONS,
            });
        }
        Ok(())
    }

    fn deeper(&mut self) -> Result<(), ParseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(ParseError::Deep {
                at: self.cursor.at(),
                limit: DEPTH,
            });
        }
        Ok(())
    }

    /// A number with its sign, `1/3` included.
    fn number(&mut self) -> Result<f64, ParseError> {
        let sign = if self.cursor.takes('-') { -1.0 } else { 1.0 };
        let value = self.decimal()?;
        let below = if self.cursor.takes('/') {
            self.decimal()?
        } else {
            1.0
        };
        Ok(sign * value / below)
    }

    fn decimal(&mut self) -> Result<f64, ParseError> {
        let Some(&Token::Number(value)) = self.cursor.peek() else {
            return Err(self.cursor.unexpected("a number"));
        };
        self.cursor.advance();
        Ok(value)
    }

    fn law(&mut self) -> Result<Law, ParseError> {
        let at = self.cursor.at();
        match self.sum()? {
            Parsed::Law(law) => Ok(law),
            Parsed::Number(value) => Err(ParseError::Number { at, value }),
        }
    }

    fn primary(&mut self) -> Result<Parsed, ParseError> {
        let at = self.cursor.at();
        if self.cursor.takes('(') {
            let inner = self.sum()?;
            self.cursor.expect(')', "')'")?;
            return Ok(inner);
        }
        let Some(Token::Name(name)) = self.cursor.peek().cloned() else {
            return Err(self.cursor.unexpected("a law, a number or '('"));
        };
        self.cursor.advance();
        let given = self.named.iter().find(|(given, _)| *given == name);
        if let Some((_, law)) = given
            && self.cursor.peek() != Some(&Token::Mark('('))
        {
            return Ok(Parsed::Law(law.clone()));
        }
        let mut known = arguments::LAWS.iter();
        let Some(&(_, form, read)) = known.find(|(known, ..)| *known == name) else {
            return Err(ParseError::Name { at, name });
        };
        self.cursor.expect('(', "'(' after the name of a law")?;
        let law = read(self).map_err(|error| self.comma(form, error))?;
        // A comma that is one too many before a number that it has cut short.
        let end = self.cursor.expect(')', "')'");
        end.map_err(|error| self.comma(form, error))?;
        Ok(Parsed::Law(refusal(at, law)?))
    }

    /// What is said of a comma where none was expected, as of the one that stands for a decimal point.
    fn comma(&self, form: &'static str, error: ParseError) -> ParseError {
        match error {
            ParseError::Unexpected { at, .. } if self.cursor.peek() == Some(&Token::Mark(',')) => {
                ParseError::Comma { at, form }
            }
            other => other,
        }
    }

    /// A law that is the last of the arguments: what is one too many before it shows by a comma behind a number.
    fn last(&mut self) -> Result<Law, ParseError> {
        match self.law() {
            Err(ParseError::Number { .. }) if self.cursor.peek() == Some(&Token::Mark(',')) => {
                Err(self.cursor.unexpected("')'"))
            }
            found => found,
        }
    }

    /// `first:second, …`; the first is a number.
    fn pairs<T>(
        &mut self,
        second: fn(&mut Self) -> Result<T, ParseError>,
    ) -> Result<Vec<(f64, T)>, ParseError> {
        let mut pairs = Vec::new();
        loop {
            let first = self.number()?;
            self.cursor.expect(':', "':'")?;
            pairs.push((first, second(self)?));
            if !self.cursor.takes(',') {
                return Ok(pairs);
            }
        }
    }
}

fn refusal<T>(at: usize, law: Result<T, LawError>) -> Result<T, ParseError> {
    law.map_err(|reason| ParseError::Law { at, reason })
}
