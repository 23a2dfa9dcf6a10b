//! Texts with formulas in TeX between `$` signs, in plain letters: what a page sets as MathML, a terminal and the JSON
//! show as Unicode.

mod letters;
mod piece;
mod row;

use piece::Piece;
use pulldown_latex::{Parser, Storage};
use serde::Serializer;

/// A text with its formulas, `$…$` or `$$…$$` in TeX, in plain letters. What is no TeX stays as it is written:
/// [`text_with_math`](crate::report::text_with_math) says what is wrong with it.
///
/// ```
/// use tensor_dyson::ledger::plain_text;
///
/// let text = plain_text(r"The mean is $\tfrac12\sigma_i^2 + \frac{1}{1+\gamma}.$");
/// assert_eq!(text, "The mean is ½σ_i² + 1/(1 + γ).");
/// ```
pub fn plain_text(text: &str) -> String {
    let mut out = String::new();
    let one_sign = text.replace("$$", "$");
    let parts: Vec<&str> = one_sign.split('$').collect();
    for (k, part) in parts.iter().enumerate() {
        if k % 2 == 0 {
            out.push_str(part);
            continue;
        }
        // A formula is cut where a narrow page may break it.
        let before = if k > 1 && parts[k - 1] == " " {
            Before::Formula
        } else {
            Before::Text
        };
        let plain = formula(part, before).unwrap_or_else(|| (*part).to_owned());
        if plain.starts_with('/') {
            out.truncate(out.trim_end().len());
        }
        out.push_str(&plain);
    }
    out
}

/// For serde.
pub(super) fn as_plain<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&plain_text(text))
}

/// What a formula goes on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Text,
    Formula,
}

fn formula(tex: &str, before: Before) -> Option<String> {
    let storage = Storage::new();
    let events: Result<Vec<_>, _> = Parser::new(tex, &storage).collect();
    let events = events.ok()?;
    let pieces: Vec<Piece> = piece::row(&mut events.iter(), None);
    Some(row::joined(&pieces, row::SPACED, before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_as_on_paper() {
        for (tex, plain) in [
            (
                r"$\sigma_i^2 + \sigma_j^2$, $\sigma_i\sigma_j$",
                "σ_i² + σ_j², σ_i σ_j",
            ),
            (
                r"$\tau_{23}(I\otimes G^\top G)\cdot(u^i\otimes v^j)$",
                "τ₂₃(I ⊗ GᵀG) · (u^i ⊗ v^j)",
            ),
            (r"$\kappa_4\,\delta_{ac} G_{ab}$", "κ₄ δ_ac G_ab"),
            (
                r"$\mathbb R^{d\times p}$, $e^{-Kt}$, $A^{-1}$, $f'$",
                "ℝ^{d×p}, e^{−Kt}, A⁻¹, f′",
            ),
            (
                r"$\hat y$, $\tilde M$, $\sqrt d$, $\sqrt{n/p}$",
                "ŷ, M̃, √d, √(n/p)",
            ),
            (
                r"$\mathcal{Q}$, $\mathcal S^*\mathcal S$, $\mathbb N$",
                "𝒬, 𝒮*𝒮, ℕ",
            ),
            (r"$\frac{x\,d\nu}{1+\gamma x}$", "x dν/(1 + γx)"),
            (
                r"$\tfrac1d \mathrm{Tr}\,M$, $\frac{a+b}{c}$",
                "(1/d)Tr M, (a + b)/c",
            ),
            (
                r"$\log\det(1+t) = d\sum_b \log a_b$",
                "log det(1 + t) = d Σ_b log a_b",
            ),
            (
                r"$\sum_{i\le j}(x_i)$, $\int x\,d\nu$",
                "Σ_{i≤j} (x_i), ∫ x dν",
            ),
            (
                r"$\begin{bmatrix} -z & A \\ B & 0 \end{bmatrix}^{-1}_{11}$",
                "[[−z, A], [B, 0]]₁₁⁻¹",
            ),
            (
                r"$x \ge -1$, $a = \pm1$, $\mu\sim\nu$",
                "x ≥ −1, a = ±1, μ ~ ν",
            ),
            ("no formula, x_i < 2", "no formula, x_i < 2"),
        ] {
            assert_eq!(plain_text(tex), plain, "{tex}");
        }
    }

    #[test]
    fn what_is_cut_for_a_narrow_page_is_whole_again() {
        let tex = r"$a$ $- \langle b\rangle$ $+\,c$ $/d$, then $-e.$";
        assert_eq!(plain_text(tex), "a − ⟨b⟩ + c/d, then −e.");
        assert_eq!(plain_text(r"so $$s = \frac{1}{-z}.$$"), "so s = 1/(−z).");
    }

    #[test]
    fn what_is_no_tex_stays() {
        for text in ["$x", r"$\nosuchcommand$", r"$\frac{1}$"] {
            assert_eq!(plain_text(text), text.replace('$', ""));
        }
    }
}
