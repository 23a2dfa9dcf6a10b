//! The tokens of the notation.

use super::error::SymbolicError;

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Name(String),
    Number(i64),
    /// `^2`, `^-1`, `²` or `⁻¹`.
    Power(i32),
    /// One of `[ ] ( ) , + - / =`.
    Mark(char),
}

/// A token and the character it starts at.
pub(super) type Placed = (usize, Token);

const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Splits a text into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, SymbolicError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        if first.is_whitespace() || first == '·' {
            at += 1;
            continue;
        }
        let (token, length) = leading(first, &characters[at..]);
        let unexpected = || SymbolicError::Unexpected {
            found: characters[at..].iter().take(length).collect(),
            at,
            text: text.into(),
        };
        tokens.push((at, token.ok_or_else(unexpected)?));
        at += length;
    }
    Ok(tokens)
}

/// The token that some characters begin with, `None` where that is none, and the number of characters that it takes.
fn leading(first: char, rest: &[char]) -> (Option<Token>, usize) {
    let taken = |belongs: fn(char) -> bool| {
        let own = rest.iter().take_while(|c| belongs(**c));
        own.collect::<String>()
    };
    match first {
        c if c.is_ascii_digit() => {
            let digits = taken(|c| c.is_ascii_digit());
            (digits.parse().ok().map(Token::Number), digits.len())
        }
        c if starts_name(c) => {
            let name = taken(continues_name);
            let length = name.chars().count();
            (Some(Token::Name(name)), length)
        }
        '^' => {
            let (sign, signs) = match rest.get(1) {
                Some('-' | '−') => (-1, 1),
                _ => (1, 0),
            };
            let digits = rest[1 + signs..].iter();
            let digits: String = digits.take_while(|c| c.is_ascii_digit()).collect();
            (power(sign, &digits), 1 + signs + digits.len())
        }
        c if c == '⁻' || SUPERSCRIPTS.contains(c) => {
            let (sign, signs) = if c == '⁻' { (-1, 1) } else { (1, 0) };
            let value = |c: &char| SUPERSCRIPTS.chars().position(|s| s == *c);
            let digits = rest[signs..].iter().map_while(value);
            let digits: String = digits.map(|d| d.to_string()).collect();
            (power(sign, &digits), signs + digits.len())
        }
        '−' => (Some(Token::Mark('-')), 1),
        c => {
            let mark = "[](),+-/=".contains(c);
            (mark.then_some(Token::Mark(c)), 1)
        }
    }
}

/// An exponent of at most three digits: more is a slip, and sums of these stay far from `i32::MAX`.
fn power(sign: i32, digits: &str) -> Option<Token> {
    let size: i32 = (digits.len() <= 3).then(|| digits.parse().ok()).flatten()?;
    Some(Token::Power(sign * size))
}

/// Letters of the alphabets that mathematics is written in: Latin, Greek, Cyrillic, and what Unicode has for script, Fraktur and
/// double-struck ones. In others there are letters that print like marks, or not at all.
pub(super) fn starts_name(c: char) -> bool {
    let is_known = match c {
        'a'..='z' | 'A'..='Z' => true,
        '\u{c0}'..='\u{24f}' => !matches!(c, '\u{1c0}'..='\u{1c3}'),
        '\u{386}'..='\u{3ff}' | '\u{400}'..='\u{4ff}' => true,
        '\u{2100}'..='\u{214f}' | '\u{1d400}'..='\u{1d7ff}' => true,
        _ => false,
    };
    is_known && c.is_alphabetic() && !is_raised(c)
}

/// Raised letters, with which a name would print like a power or a transpose.
fn is_raised(c: char) -> bool {
    matches!(c, 'ª' | 'º' | 'ⁱ' | 'ⁿ' | '\u{2b0}'..='\u{2b8}' | '\u{2e0}'..='\u{2e4}')
        || matches!(c, '\u{1d2c}'..='\u{1d61}' | '\u{1d78}' | '\u{1d9b}'..='\u{1dbf}')
}

/// Letters, digits, lowered digits, primes, and the bar, ring and tilde that stand over a letter; no `_`, which
/// stands before the indices in print, and nothing raised.
fn continues_name(c: char) -> bool {
    starts_name(c)
        || c.is_ascii_digit()
        || matches!(
            c,
            '₀'..='₉' | '\'' | '′' | '″' | '°' | '*' | '\u{303}' | '\u{304}' | '\u{30a}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_power_agree() {
        assert_eq!(tokens("p⁻¹²").unwrap()[1].1, Token::Power(-12));
        assert_eq!(tokens("p^-12").unwrap()[1].1, Token::Power(-12));
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_place() {
        let unexpected = |found: &str, at, text: &str| {
            Err(SymbolicError::Unexpected {
                found: found.into(),
                at,
                text: text.into(),
            })
        };
        assert_eq!(tokens("x & y"), unexpected("&", 2, "x & y"));
        assert_eq!(tokens("n^"), unexpected("^", 1, "n^"));
    }
}
