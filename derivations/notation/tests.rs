//! Every claim has its formulas, they are TeX, and they say what the plain text says.

use super::NOTATION;
use crate::{about::TALK, claims};
use tensor_dyson::ledger::{Outcome, PrintedVerdict};
use tensor_dyson::report::text_with_math;

/// TeX commands with the character of the plain texts that they stand for; none for what only sets type.
const COMMANDS: [(&str, &str); 77] = [
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Sigma", "Σ"),
    ("alpha", "α"),
    ("asymp", "≍"),
    ("approx", "≈"),
    ("beta", "β"),
    ("boxplus", "⊞"),
    ("boxtimes", "⊠"),
    ("cdot", ""),
    ("circ", "∘"),
    ("cong", "≅"),
    ("cos", "cos"),
    ("delta", "δ"),
    ("det", "det"),
    ("dots", "…"),
    ("ell", "ℓ"),
    ("rho", "ρ"),
    ("varepsilon", "ε"),
    ("gamma", "γ"),
    ("ge", "≥"),
    ("gg", "≫"),
    ("in", "∈"),
    ("infty", "∞"),
    ("int", "∫"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("le", "≤"),
    ("ll", "≪"),
    ("log", "log"),
    ("mapsto", "↦"),
    ("max", "max"),
    ("min", "min"),
    ("mu", "μ"),
    ("nabla", "∇"),
    ("ne", "≠"),
    ("nu", "ν"),
    ("omega", "ω"),
    ("otimes", "⊗"),
    ("perp", "⊥"),
    ("pm", "±"),
    ("sigma", "σ"),
    ("sim", "~"),
    ("sqrt", "√"),
    ("sum", "Σ"),
    ("tanh", "tanh"),
    ("tau", "τ"),
    ("times", "×"),
    ("to", "→"),
    ("top", "T"),
    ("varphi", "φ"),
    ("wedge", "∧"),
    ("mathcal A", "𝒜"),
    ("mathcal I", "ℐ"),
    ("mathcal Q", "𝒬"),
    ("mathcal S", "𝒮"),
    ("mathbb N", "ℕ"),
    ("mathbb R", "ℝ"),
    ("begin{bmatrix}", ""),
    ("end{bmatrix}", ""),
    ("displaystyle", ""),
    ("mathrm", ""),
    ("big", ""),
    ("frac", ""),
    ("tfrac", ""),
    ("hat", ""),
    ("tilde", ""),
    ("langle", ""),
    ("rangle", ""),
    ("left", ""),
    ("right", ""),
    ("|", ""),
    (",", ""),
    (";", ""),
    ("!", "!"),
    ("\\", ""),
    (" ", ""),
];

/// Letters of the plain texts that are written otherwise in TeX: indices, exponents, accents, fractions.
const LETTERS: &[(char, &str)] = &[
    ('½', "12"),
    ('ŷ', "y"),
    ('\u{302}', ""),
    ('\u{303}', ""),
    ('°', "∘"),
    ('\'', "′"),
    ('-', "−"),
];

fn plain_letter(letter: char) -> String {
    for digits in ["⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"] {
        if let Some(k) = digits.chars().position(|digit| digit == letter) {
            return k.to_string();
        }
    }
    match letter {
        'ᵀ' => "T".to_owned(),
        'ᵏ' => "k".to_owned(),
        '⁻' => "−".to_owned(),
        _ => match LETTERS.iter().find(|(from, _)| *from == letter) {
            Some((_, to)) => (*to).to_owned(),
            None => letter.to_string(),
        },
    }
}

/// A text without its punctuation, brackets and spaces.
fn letters(text: &str) -> String {
    let kept = |c: &char| !" ()[]{}⟨⟩‖|.,:;/_^·&$\n".contains(*c);
    text.chars()
        .map(plain_letter)
        .collect::<String>()
        .chars()
        .filter(kept)
        .collect()
}

/// The same of a text with TeX.
fn tex_letters(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let named = |name: &str| {
            let after = rest.strip_prefix(name)?;
            let whole = !name.ends_with(char::is_alphabetic)
                || !after.starts_with(|c: char| c.is_ascii_alphabetic());
            whole.then_some(after)
        };
        let command = COMMANDS
            .iter()
            .find_map(|(name, to)| Some((named(name)?, to)));
        let Some((after, to)) = command else {
            panic!("\\{rest}: a command without its letter");
        };
        out.push_str(to);
        rest = after;
    }
    out.push_str(rest);
    letters(&out)
}

#[test]
fn every_claim_has_its_statement_in_tex_that_says_the_same() {
    let claims = claims();
    for claim in &claims {
        let Some(notation) = TALK.notation_of(claim.id) else {
            panic!("{} has no statement in TeX", claim.id);
        };
        let html = text_with_math(notation.statement).unwrap();
        assert!(
            html.contains("<math") || !notation.statement.contains('$'),
            "{html}"
        );
        assert_eq!(
            tex_letters(notation.statement),
            letters(claim.statement),
            "{}",
            claim.id
        );
    }
    let mut ids: Vec<_> = NOTATION
        .concat()
        .iter()
        .map(|notation| notation.id)
        .collect();
    assert_eq!(
        ids.len(),
        claims.len(),
        "a notation of no claim, or one twice"
    );
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), claims.len());
}

/// What is printed, and what holds instead, say what the plain texts of the errata say.
pub(crate) fn assert_errata_in_tex(outcome: &Outcome) {
    let notation = TALK.notation_of(outcome.id).unwrap();
    let errata = outcome.printed.erratum.as_ref();
    let wrong = matches!(
        outcome.printed.verdict,
        PrintedVerdict::Slip | PrintedVerdict::Incomplete
    );
    assert_eq!(notation.printed.is_empty(), !wrong, "{}", outcome.id);
    let plain = [
        (notation.printed, Some(outcome.printed.text.as_str())),
        (notation.corrected, errata.map(|erratum| erratum.corrected)),
    ];
    for (tex, text) in plain.into_iter().filter(|_| wrong) {
        assert!(text_with_math(tex).unwrap().contains("<math"), "{tex}");
        assert_eq!(tex_letters(tex), letters(text.unwrap()), "{}", outcome.id);
    }
}
