//! Polynomials and expressions in Unicode and in TeX.

use super::expression::{Expression, Factor, Index, Term};
use super::polynomial::{Monomial, Polynomial};
use num_rational::BigRational;
use num_traits::{One, Signed};
use std::fmt;

/// How to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `κ₄ δ_ac G_ab`
    Unicode,
    /// `\kappa_{4} \delta_{ac} G_{ab}`
    Tex,
}

impl Polynomial {
    /// The polynomial, terms of the highest total degree first.
    pub fn written(&self, notation: Notation) -> String {
        if self.is_zero() {
            return "0".into();
        }
        let mut text = String::new();
        let mut terms: Vec<_> = self.terms().rev().collect();
        terms.sort_by_key(|(monomial, _)| {
            -monomial
                .powers()
                .map(|(_, power)| i128::from(power))
                .sum::<i128>()
        });
        for (monomial, coefficient) in terms {
            let sign = match (text.is_empty(), coefficient.is_negative(), notation) {
                (true, false, _) => "",
                (false, false, _) => " + ",
                (true, true, Notation::Unicode) => "−",
                (false, true, Notation::Unicode) => " − ",
                (true, true, Notation::Tex) => "-",
                (false, true, Notation::Tex) => " - ",
            };
            text.push_str(sign);
            text.push_str(&product(notation, &coefficient.abs(), monomial, ""));
        }
        text
    }
}

impl Expression {
    /// The sum of its terms, the indices by their names.
    pub fn written(&self, notation: Notation) -> String {
        let terms: Vec<String> = self.signed_terms(notation).collect();
        let joined = terms.join(" ");
        match (joined.strip_prefix("+ "), joined.strip_prefix("− ")) {
            (Some(positive), _) => positive.into(),
            (_, Some(negative)) => format!("−{negative}"),
            _ if joined.is_empty() => "0".into(),
            _ => joined,
        }
    }

    /// Each term with its sign in front.
    pub(super) fn signed_terms(&self, notation: Notation) -> impl Iterator<Item = String> + '_ {
        self.terms.iter().map(move |term| {
            let factors: Vec<String> = term
                .factors
                .iter()
                .map(|factor| self.factor(notation, term, factor))
                .collect();
            let factors = factors.join(" ");
            let mut parts = term.coefficient.terms();
            match (parts.next(), parts.next()) {
                (Some((monomial, value)), None) => {
                    let sign = match (value.is_negative(), notation) {
                        (false, _) => "+",
                        (true, Notation::Unicode) => "−",
                        (true, Notation::Tex) => "-",
                    };
                    format!(
                        "{sign} {}",
                        product(notation, &value.abs(), monomial, &factors)
                    )
                }
                _ => {
                    let coefficient = term.coefficient.written(notation);
                    match (factors.is_empty(), self.terms.len()) {
                        (true, 1) => format!("+ {coefficient}"),
                        (true, _) => format!("+ ({coefficient})"),
                        _ => format!("+ ({coefficient}) {factors}"),
                    }
                }
            }
        })
    }

    fn factor(&self, notation: Notation, term: &Term, factor: &Factor) -> String {
        let name = |&index: &usize| match self.legs.get(index) {
            Some(leg) => leg,
            None => &term.summed[index - self.legs.len()],
        };
        let indices: Vec<&Index> = factor.indices().iter().map(name).collect();
        let names: Vec<String> = indices
            .iter()
            .map(|index| spelled(notation, &index.name))
            .collect();
        let comma = if indices.iter().any(|index| index.name.chars().count() > 1) {
            ","
        } else {
            ""
        };
        let mut letters = String::new();
        for (k, name) in names.iter().enumerate() {
            // A command ends where a letter does not follow.
            let is_glued = letters.ends_with(|c: char| c.is_alphabetic()) && letters.contains('\\');
            let between = match (k, comma, is_glued) {
                (0, _, _) => "",
                (_, "", true) => " ",
                _ => comma,
            };
            letters += between;
            letters += name;
        }
        let head = match factor {
            Factor::Delta(_) => spelled(notation, super::parse::DELTA),
            Factor::Entry(tensor, _) => headed(notation, tensor.name()),
        };
        let is_one_long_name = matches!(indices.as_slice(), [one] if one.name.chars().count() > 1);
        match (notation, letters.is_empty()) {
            (_, true) => head,
            // δ_ia would be δ[i,a].
            (Notation::Unicode, _) if is_one_long_name => format!("{head}_{{{letters}}}"),
            (Notation::Unicode, _) => format!("{head}_{letters}"),
            (Notation::Tex, _) if is_one_long_name => {
                format!("{{{head}}}_{{\\mathit{{{letters}}}}}")
            }
            (Notation::Tex, _) => format!("{{{head}}}_{{{letters}}}"),
        }
    }
}

impl fmt::Display for Polynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(Notation::Unicode))
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(Notation::Unicode))
    }
}

/// A positive rational times powers, as a fraction, and the factors; no leading 1 where anything follows.
fn product(notation: Notation, size: &BigRational, monomial: &Monomial, factors: &str) -> String {
    let mut sides = [Vec::new(), Vec::new()];
    for (side, integer) in sides.iter_mut().zip([size.numer(), size.denom()]) {
        if !integer.is_one() {
            side.push(integer.to_string());
        }
    }
    for (symbol, exponent) in monomial.powers() {
        sides[usize::from(exponent < 0)].push(power(notation, symbol, exponent.unsigned_abs()));
    }
    let [above, below] = sides;
    let mut text = above.join(" ");
    if text.is_empty() && (!below.is_empty() || factors.is_empty()) {
        text.push('1');
    }
    text = match (notation, below.as_slice()) {
        (_, []) => text,
        (Notation::Tex, below) => format!("\\frac{{{text}}}{{{}}}", below.join(" ")),
        (Notation::Unicode, [one]) => format!("{text}/{one}"),
        (Notation::Unicode, below) => format!("{text}/({})", below.join(" ")),
    };
    if !text.is_empty() && !factors.is_empty() {
        text.push(' ');
    }
    text + factors
}

fn power(notation: Notation, symbol: &str, power: u64) -> String {
    let is_marked = symbol.contains(['*', '°', '′']);
    let symbol = headed(notation, symbol);
    match notation {
        _ if power == 1 => symbol,
        // A second mark above is an error in TeX.
        Notation::Tex if is_marked => format!("{{{symbol}}}^{{{power}}}"),
        Notation::Tex => format!("{symbol}^{{{power}}}"),
        Notation::Unicode => {
            let raised = |digit: char| {
                let place = digit as usize - '0' as usize;
                "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(place).unwrap_or(digit)
            };
            symbol + &power.to_string().chars().map(raised).collect::<String>()
        }
    }
}

/// The name of a tensor or a symbol: one of several letters is one word in TeX, where letters side by side are a product.
fn headed(notation: Notation, name: &str) -> String {
    let text = spelled(notation, name);
    let is_plain = |c: &char| c.is_alphabetic() && !GREEK.iter().any(|(letter, _)| letter == c);
    let letters: Vec<char> = name.chars().collect();
    let is_word = letters.windows(2).any(|pair| pair.iter().all(is_plain));
    match notation {
        Notation::Tex if is_word => format!("\\mathit{{{text}}}"),
        _ => text,
    }
}

/// A name as it is written; TeX has commands for Greek letters and lowered digits.
fn spelled(notation: Notation, name: &str) -> String {
    if notation == Notation::Unicode {
        return name.into();
    }
    let mut text = String::new();
    let mut lowered = false;
    for c in name.chars() {
        let digit = ('₀'..='₉').contains(&c);
        if digit != lowered {
            text.truncate(text.trim_end().len());
            text.push_str(if digit { "_{" } else { "}" });
            lowered = digit;
        }
        match c {
            '₀'..='₉' => text.push_str(&(c as u32 - '₀' as u32).to_string()),
            '*' => {
                text.truncate(text.trim_end().len());
                text.push_str("^{*}");
            }
            '′' => text.push('\''),
            '°' => text.push_str("^{\\circ}"),
            _ => match GREEK.iter().find(|(letter, _)| *letter == c) {
                Some((_, command)) => text.push_str(&format!("\\{command} ")),
                None => text.push(c),
            },
        }
    }
    if lowered {
        text.push('}');
    }
    text.trim_end().into()
}

const GREEK: [(char, &str); 16] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "varphi"),
    ('ω', "omega"),
    ('𝒜', "mathcal{A}"),
    ('𝒬', "mathcal{Q}"),
    ('𝒮', "mathcal{S}"),
];

/// A title, a reason or the name of a rule takes one line: with lines of its own, or marks that turn the direction of what
/// is printed, it could print steps that nobody checked.
pub(super) fn in_one_line(text: &str) -> String {
    let printed = |c: char| match c {
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => ' ',
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => ' ',
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    let words: String = text.chars().map(printed).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
