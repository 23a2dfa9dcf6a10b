//! Laws written as text.
//!
//! ```text
//! sum     = chain { ("+" | "-") number }            number + sum, number - sum
//! chain   = image { op image }                      one op a chain: [+]  [x]  *  (or ⊞ ⊠ ∗)
//! image   = number ("*" | ".") image  |  "-" image  |  primary
//! primary = "(" sum ")"  |  name "(" … ")"  |  name of a law given
//! number  = decimal [ "/" decimal ]
//! ```

mod error;
mod token;

pub use error::ParseError;
use token::{Placed, Token, tokens};

use super::{Law, LawError, classical};
use crate::measure::{Atoms, WeightedCovariance};

impl Law {
    /// The law that a text describes; what [`Law`] displays, but for long lists of atoms, is read back as the same law.
    ///
    /// | written | law |
    /// |---|---|
    /// | `mp(0.5)`, `semicircle(1)`, `uniform(0, 1)`, `arcsine(-1, 1)` | as the constructors |
    /// | `point(2)`, `atoms(1:0.5, 3:0.5)` | masses after the colon; they must add to 1 |
    /// | `mix(0.3: mp(1), 0.7: point(0))` | mixture |
    /// | `2 * mp(1)` or `2 . mp(1)`, `-mp(1)`, `mp(1) + 3` | images under `x ↦ 2x`, `−x`, `x + 3` |
    /// | `mp(1) [+] semicircle(1)`, or `⊞` | free additive convolution |
    /// | `mp(1) [x] mp(1)`, or `⊠` | free multiplicative convolution |
    /// | `mp(1) * mp(1)`, or `∗` | classical convolution |
    /// | `mpmap(0.5, mp(1))` | [`Law::mp_map`] |
    /// | `covariance(γ₂, α, β, c₀, atoms(…))` | [`WeightedCovariance`], the last its law of squared weights |
    ///
    /// No operation goes before another: a chain of two different ones needs parentheses. A number is not a law,
    /// and is read as a factor or a shift; a fraction such as `1/3` is a number.
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let law = Law::parse("mp(0.5) [x] (2 * semicircle(0.1) + 3)")?;
    /// assert_eq!(law.moments(1)?[1], 3.0);
    /// assert!(Law::parse("mp(-1)").unwrap_err().to_string().contains("gamma is -1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ParseError`]: what stands where, and what was expected; or why a law was refused.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Self::parse_with(text, &[])
    }

    /// The same, where a name without parentheses stands for one of the laws given: one from a file, say.
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let tent = Law::from_samples(vec![0.0, 1.0, 2.0], vec![0.0, 1.0, 0.0])?;
    /// let sum = Law::parse_with("tent [+] semicircle(1)", &[("tent", tent)])?;
    /// assert!((sum.moments(1)?[1] - 1.0).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`Law::parse`].
    pub fn parse_with(text: &str, named: &[(&str, Law)]) -> Result<Self, ParseError> {
        let tokens = tokens(text)?;
        let end = text.chars().count();
        let mut parser = Parser {
            tokens: &tokens,
            named,
            next: 0,
            end,
            depth: 0,
            operations: 0,
        };
        let law = match parser.sum()? {
            Parsed::Law(law) => law,
            Parsed::Number(value) => return Err(ParseError::Number { at: 0, value }),
        };
        match parser.peek() {
            None => Ok(law),
            Some(_) => Err(parser.unexpected("an operation or the end")),
        }
    }
}

/// Parentheses and calls inside one another.
const DEPTH: usize = 64;
/// Operations in all: each makes the law one deeper.
const OPERATIONS: usize = 200;

struct Parser<'a> {
    tokens: &'a [Placed],
    named: &'a [(&'a str, Law)],
    next: usize,
    /// The number of characters.
    end: usize,
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
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    /// Where the next token starts.
    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn unexpected(&self, wanted: &'static str) -> ParseError {
        let found = self
            .peek()
            .map_or("the end".to_owned(), |token| token.to_string());
        ParseError::Unexpected {
            at: self.at(),
            found,
            wanted,
        }
    }

    fn takes(&mut self, mark: char) -> bool {
        let there = self.peek() == Some(&Token::Mark(mark));
        self.next += usize::from(there);
        there
    }

    fn expect(&mut self, mark: char, wanted: &'static str) -> Result<(), ParseError> {
        if self.takes(mark) {
            Ok(())
        } else {
            Err(self.unexpected(wanted))
        }
    }

    fn sum(&mut self) -> Result<Parsed, ParseError> {
        let mut at = self.at();
        let mut left = self.chain()?;
        loop {
            let sign = match self.peek() {
                Some(Token::Mark('+')) => 1.0,
                Some(Token::Mark('-')) => -1.0,
                _ => return Ok(left),
            };
            self.operated()?;
            self.next += 1;
            let right_at = self.at();
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
        match self.peek()? {
            Token::Mark('⊞') => Some(Operation::Sum),
            Token::Mark('⊠') => Some(Operation::Product),
            Token::Mark('*') => Some(Operation::Classical),
            _ => None,
        }
    }

    fn chain(&mut self) -> Result<Parsed, ParseError> {
        let at = self.at();
        let mut left = self.image()?;
        let mut first = None;
        while let Some(operation) = self.operation() {
            let here = self.at();
            if *first.get_or_insert(operation) != operation {
                return Err(ParseError::Order { at: here });
            }
            self.operated()?;
            self.next += 1;
            let right_at = self.at();
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
            });
        }
        Ok(left)
    }

    fn image(&mut self) -> Result<Parsed, ParseError> {
        let at = self.at();
        self.deeper()?;
        let signed = self.peek() == Some(&Token::Mark('-'))
            && matches!(self.tokens.get(self.next + 1), Some((_, Token::Number(_))));
        let image = if !signed && self.takes('-') {
            match self.image()? {
                Parsed::Number(value) => Parsed::Number(-value),
                Parsed::Law(law) => Parsed::Law(refusal(at, law.scaled(-1.0))?),
            }
        } else if signed || matches!(self.peek(), Some(Token::Number(_))) {
            let factor = self.number()?;
            if self.takes('.') || self.takes('*') {
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
                at: self.at(),
                limit: OPERATIONS,
            });
        }
        Ok(())
    }

    fn deeper(&mut self) -> Result<(), ParseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(ParseError::Deep {
                at: self.at(),
                limit: DEPTH,
            });
        }
        Ok(())
    }

    /// A number with its sign, `1/3` included.
    fn number(&mut self) -> Result<f64, ParseError> {
        let sign = if self.takes('-') { -1.0 } else { 1.0 };
        let value = self.decimal()?;
        let below = if self.takes('/') {
            self.decimal()?
        } else {
            1.0
        };
        Ok(sign * value / below)
    }

    fn decimal(&mut self) -> Result<f64, ParseError> {
        let Some(&Token::Number(value)) = self.peek() else {
            return Err(self.unexpected("a number"));
        };
        self.next += 1;
        Ok(value)
    }

    fn law(&mut self) -> Result<Law, ParseError> {
        let at = self.at();
        match self.sum()? {
            Parsed::Law(law) => Ok(law),
            Parsed::Number(value) => Err(ParseError::Number { at, value }),
        }
    }

    fn primary(&mut self) -> Result<Parsed, ParseError> {
        let at = self.at();
        if self.takes('(') {
            let inner = self.sum()?;
            self.expect(')', "')'")?;
            return Ok(inner);
        }
        let Some(Token::Name(name)) = self.peek().cloned() else {
            return Err(self.unexpected("a law, a number or '('"));
        };
        self.next += 1;
        let given = self.named.iter().find(|(given, _)| *given == name);
        if let Some((_, law)) = given
            && self.peek() != Some(&Token::Mark('('))
        {
            return Ok(Parsed::Law(law.clone()));
        }
        self.expect('(', "'(' after the name of a law")?;
        let law = match name.as_str() {
            "mp" => Law::marchenko_pastur(self.number()?),
            "semicircle" => Law::semicircle(self.number()?),
            "point" | "delta" => Law::point(self.number()?),
            "uniform" | "arcsine" => {
                let low = self.number()?;
                self.expect(',', "',' and the upper end")?;
                let high = self.number()?;
                if name == "uniform" {
                    Law::uniform(low, high)
                } else {
                    Law::arcsine(low, high)
                }
            }
            "atoms" => {
                let (at, mass) = self.pairs(Self::number)?.into_iter().unzip();
                Law::atoms(at, mass)
            }
            "mix" => {
                let parts: Vec<(f64, Law)> = self.pairs(Self::law)?;
                Law::mixture(&parts)
            }
            "mpmap" => {
                let gamma = self.number()?;
                self.expect(',', "',' and a law")?;
                self.law()?.mp_map(gamma)
            }
            "covariance" => return self.covariance(at),
            _ => return Err(ParseError::Name { at, name }),
        };
        let law = refusal(at, law)?;
        self.expect(')', "')'")?;
        Ok(Parsed::Law(law))
    }

    /// `γ₂, α, β, c₀, atoms)`.
    fn covariance(&mut self, at: usize) -> Result<Parsed, ParseError> {
        let mut numbers = [0.0; 4];
        for number in &mut numbers {
            *number = self.number()?;
            self.expect(',', "',' and gamma2, alpha, beta, mean, weights")?;
        }
        let weights_at = self.at();
        let points = classical::discrete(&self.law()?);
        let points = points.ok_or(ParseError::Weights { at: weights_at })?;
        let (mass, places) = points.into_iter().unzip();
        let weights = refusal(weights_at, Atoms::new(places, mass).map_err(LawError::from))?;
        let [gamma, alpha, beta, mean] = numbers;
        let covariance = WeightedCovariance::new(gamma, alpha, beta, mean, weights)
            .map_err(|reason| ParseError::Covariance { at, reason })?;
        self.expect(')', "')'")?;
        Ok(Parsed::Law(covariance.into()))
    }

    /// `first:second, …`; the first is a number.
    fn pairs<T>(
        &mut self,
        second: fn(&mut Self) -> Result<T, ParseError>,
    ) -> Result<Vec<(f64, T)>, ParseError> {
        let mut pairs = Vec::new();
        loop {
            let first = self.number()?;
            self.expect(':', "':'")?;
            pairs.push((first, second(self)?));
            if !self.takes(',') {
                return Ok(pairs);
            }
        }
    }
}

fn refusal<T>(at: usize, law: Result<T, LawError>) -> Result<T, ParseError> {
    law.map_err(|reason| ParseError::Law { at, reason })
}
