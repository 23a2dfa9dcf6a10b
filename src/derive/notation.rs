//! The tensors of a feature as it is written, and expressions written so that they can be read again.

use super::model::Model;
use crate::symbolic::{Expression, Factor, Polynomial, Term};
use num_traits::{One, Signed};

/// A tensor or scalar as it stands in a text: its name, its indices, and the character it starts at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) name: String,
    pub(super) indices: Vec<String>,
    pub(super) at: usize,
    /// Whether a parenthesis follows, as for a function.
    pub(super) applied: bool,
}

/// The summands of a text with their signs, as they follow on one another.
pub(super) fn summands(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let (mut depth, mut last) = (0_i32, None);
    for c in text.chars() {
        // A sign behind an operator, as in `n^-1`, is no sum's.
        let is_sum = depth == 0 && !matches!(last, None | Some('^' | '/' | '*' | '+' | '-'));
        if matches!(c, '+' | '-' | '−') && is_sum {
            all.push(String::new());
        }
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        if !c.is_whitespace() {
            last = Some(c);
        }
        if let Some(summand) = all.last_mut() {
            summand.push(c);
        }
    }
    all
}

/// Every name of a text that is no index. What does not continue as an expression does is left to its reader.
pub(super) fn written(text: &str) -> Vec<Written> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = characters.get(at) {
        if !c.is_alphabetic() {
            at += 1;
            continue;
        }
        let name = name_at(&characters, at);
        let start = at;
        at += name.chars().count();
        let mut indices = Vec::new();
        let next = characters.get(at).copied();
        if next == Some('[') {
            let inside: String = characters[at + 1..]
                .iter()
                .take_while(|c| **c != ']')
                .collect();
            at += inside.chars().count() + 2;
            let names = inside.split(',').map(str::trim).filter(|i| !i.is_empty());
            indices = names.map(str::to_owned).collect();
        }
        found.push(Written {
            name,
            indices,
            at: start,
            applied: next == Some('('),
        });
    }
    found
}

fn name_at(characters: &[char], at: usize) -> String {
    let continues = |c: &&char| {
        c.is_alphanumeric() && !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains(**c) || "₀₁₂₃₄₅₆₇₈₉'′°*_".contains(**c)
    };
    characters[at..].iter().take_while(continues).collect()
}

/// An expression as a text that the calculus reads again, without its legs in front; summed indices get names that none
/// of `taken` has.
pub(super) fn readable(model: &Model, expression: &Expression, taken: &[String]) -> String {
    let terms: Vec<String> = expression
        .terms()
        .iter()
        .map(|term| readable_term(model, expression, term, taken))
        .collect();
    if terms.is_empty() {
        return "0".into();
    }
    terms.join(" + ")
}

fn readable_term(model: &Model, whole: &Expression, term: &Term, taken: &[String]) -> String {
    let mut names: Vec<String> = whole
        .legs()
        .iter()
        .map(|leg| leg.name.to_string())
        .collect();
    let legs = names.len();
    for index in &term.summed {
        let symbol: &str = index.space.dimension();
        let fresh = (0..).map(|k| model.numbered(symbol, k));
        let free = |name: &String| !names.contains(name) && !taken.contains(name);
        names.push(fresh.into_iter().find(free).unwrap_or_default());
    }
    // How often each index stands, a leg once more than in the factors.
    let mut stands: Vec<usize> = (0..names.len()).map(|k| usize::from(k < legs)).collect();
    let mut factors = vec![format!("({})", readable_coefficient(&term.coefficient))];
    for factor in &term.factors {
        for &index in factor.indices() {
            stands[index] += 1;
        }
        let indices: Vec<&str> = factor
            .indices()
            .iter()
            .map(|&i| names[i].as_str())
            .collect();
        let head = match factor {
            Factor::Delta(_) => "δ",
            Factor::Entry(tensor, _) => tensor.name(),
        };
        factors.push(match indices.is_empty() {
            true => head.to_owned(),
            false => format!("{head}[{}]", indices.join(",")),
        });
    }
    // What stands alone is summed with ones; an index of no factor is summed by two of them.
    for (count, name) in stands.iter().zip(&names) {
        for _ in *count..2 {
            factors.push(format!("δ[{name}]"));
        }
    }
    factors.join(" ")
}

fn readable_coefficient(coefficient: &Polynomial) -> String {
    let term = |(monomial, value): (&crate::symbolic::Monomial, &num_rational::BigRational)| {
        let sign = if value.is_negative() { "-" } else { "" };
        let mut text = format!("{sign}{}", value.numer().abs());
        if !value.denom().is_one() {
            text += &format!("/{}", value.denom());
        }
        for (symbol, power) in monomial.powers() {
            text += &format!(" {symbol}^{power}");
        }
        text
    };
    let terms: Vec<String> = coefficient.terms().map(term).collect();
    let mut sum = String::new();
    for (k, term) in terms.iter().enumerate() {
        match (k, term.strip_prefix('-')) {
            (0, _) => sum += term,
            (_, Some(rest)) => sum += &format!(" - {rest}"),
            (_, None) => sum += &format!(" + {term}"),
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_are_found_where_they_stand() {
        let found = written("1/2 x[a] G[k, b] r + φ(x[k])");
        let names: Vec<&str> = found.iter().map(|w| w.name.as_str()).collect();
        assert_eq!(names, ["x", "G", "r", "φ", "x"]);
        assert_eq!(found[1].indices, ["k", "b"]);
        assert_eq!(found[1].at, 9);
        assert!(found[3].applied && !found[2].applied);
    }
}
