//! Unicode's letters for TeX's: signs, fonts, accents, scripts.

use pulldown_latex::event::Font;

/// The sign that a keyboard or a paper's plain text has for one of TeX's.
pub(super) fn usual(letter: char) -> char {
    match letter {
        'µ' => 'μ',
        '∗' => '*',
        '∼' => '~',
        '⟂' => '⊥',
        '⋯' => '…',
        '∥' => '‖',
        '⋅' => '·',
        '∑' => 'Σ',
        _ => letter,
    }
}

/// The letter in its font, where Unicode has one: script and double-struck capitals (Letterlike Symbols and
/// Mathematical Alphanumeric Symbols); another letter as it is.
pub(super) fn in_font(letter: char, font: Option<Font>) -> char {
    let (start, early) = match font {
        Some(Font::Script) => (0x1d49c, "BℬEℰFℱHℋIℐLℒMℳRℛ"),
        Some(Font::DoubleStruck) => (0x1d538, "CℂHℍNℕPℙQℚRℝZℤ"),
        _ => return letter,
    };
    let mut letters = early.chars().skip_while(|c| *c != letter);
    let found = letters.nth(1).filter(|_| letter.is_ascii_uppercase());
    let offset = || (letter as u32).checked_sub('A' as u32).filter(|k| *k < 26);
    found
        .or_else(|| offset().and_then(|k| char::from_u32(start + k)))
        .unwrap_or(letter)
}

/// The letter under a hat, a tilde or a bar; none for another accent.
pub(super) fn accented(letter: &str, accent: &str) -> Option<String> {
    let composed = match (letter, accent) {
        ("a", "^") => "â",
        ("y", "^") => "ŷ",
        (_, "^") => return Some(format!("{letter}\u{302}")),
        (_, "~" | "∼") => return Some(format!("{letter}\u{303}")),
        (_, "‾" | "¯") => return Some(format!("{letter}\u{304}")),
        _ => return None,
    };
    Some(composed.to_owned())
}

/// Letters with their small forms.
pub(super) type Small = [&'static str; 2];
pub(super) const LOWERED: Small = ["0123456789+−", "₀₁₂₃₄₅₆₇₈₉₊₋"];
pub(super) const RAISED: Small = ["0123456789+−⊤k∘∗*′⊥", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀᵏ°**′⊥"];

pub(super) fn small(letter: char, [letters, forms]: &Small) -> Option<char> {
    let at = letters.chars().position(|c| c == letter)?;
    forms.chars().nth(at)
}
