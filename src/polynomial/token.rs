//! The tokens of an expression.

use super::PolynomialError;

/// A word of the notation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(String),
    Mark(char),
}

/// The tokens with the characters they start at.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token)>, PolynomialError> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&first) = characters.get(at) {
        let run = |more: &dyn Fn(usize, char) -> bool| -> String {
            let rest = characters.iter().skip(at).enumerate();
            rest.take_while(|(k, c)| more(*k, **c))
                .map(|(_, c)| *c)
                .collect()
        };
        let (token, length) = if first.is_whitespace() {
            at += 1;
            continue;
        } else if first.is_ascii_digit() || first == '.' {
            let number = run(&|k, c| {
                let before = (k > 0).then(|| characters[at + k - 1]);
                let sign = matches!(c, '+' | '-') && matches!(before, Some('e' | 'E'));
                c.is_ascii_digit() || c == '.' || matches!(c, 'e' | 'E') || sign
            });
            let length = number.chars().count();
            (Token::Number(number), length)
        } else if is_name_start(first) {
            let name = run(&|_, c| c.is_alphanumeric() || c == '_');
            let length = name.chars().count();
            (Token::Name(name), length)
        } else {
            let mark = match first {
                '−' => '-',
                '·' => '*',
                '’' | '′' => '\'',
                c => c,
            };
            if !"()+-*/^'".contains(mark) {
                return Err(PolynomialError::Character { at, found: first });
            }
            (Token::Mark(mark), 1)
        };
        found.push((at, token));
        at += length;
    }
    Ok(found)
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// Whether a text can name a variable or a dimension.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(is_name_start)
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !matches!(text, "i" | "inv")
}
