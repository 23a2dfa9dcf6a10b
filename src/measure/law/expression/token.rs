//! The tokens of the notation.

use std::fmt;

use super::ParseError;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(f64),
    /// `( ) , : + - * . /`, and `⊞`, `⊠`, `⊙` for both spellings.
    Mark(char),
}

/// A token and the character it starts at.
pub(super) type Placed = (usize, Token);

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Name(name) => write!(f, "'{name}'"),
            Token::Number(value) => write!(f, "{value}"),
            Token::Mark(mark) => write!(f, "'{mark}'"),
        }
    }
}

/// The length of the decimal at the start: digits, a point with digits, an exponent.
fn decimal(text: &[char]) -> usize {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().take_while(|c| c.is_ascii_digit()).count()
    };
    let mut end = digits(0);
    // `2. mp(1)` is a product: a point without digits after it is no part of a number.
    if text.get(end) == Some(&'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if end > 0 && matches!(text.get(end), Some('e' | 'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some('+' | '-')));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    end
}

pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, ParseError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let rest = &characters[at..];
        if rest[0].is_whitespace() {
            at += 1;
            continue;
        }
        let length = decimal(rest);
        let (token, length) = if length > 0 {
            let found: String = rest[..length].iter().collect();
            match found.parse::<f64>() {
                Ok(value) if value.is_finite() => (Token::Number(value), length),
                _ => return Err(ParseError::Decimal { at, found }),
            }
        } else if rest[0].is_alphabetic() {
            let name: String = rest
                .iter()
                .take_while(|c| c.is_alphanumeric() || **c == '_')
                .collect();
            let length = name.chars().count();
            (Token::Name(name), length)
        } else {
            match rest {
                ['[', '+', ']', ..] => (Token::Mark('⊞'), 3),
                ['[', 'x' | 'X' | '×', ']', ..] => (Token::Mark('⊠'), 3),
                ['[', '.' | '·', ']', ..] => (Token::Mark('⊙'), 3),
                ['∗', ..] => (Token::Mark('*'), 1),
                ['−', ..] => (Token::Mark('-'), 1),
                ['·', ..] => (Token::Mark('.'), 1),
                [c, ..] if "(),:+-*./⊞⊠⊙".contains(*c) => (Token::Mark(*c), 1),
                _ => {
                    return Err(ParseError::Character { at, found: rest[0] });
                }
            }
        };
        tokens.push((at, token));
        at += length;
    }
    Ok(tokens)
}
