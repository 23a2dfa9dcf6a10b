//! Text with formulas in TeX between `$` signs, as HTML with MathML.

use super::scripts::escaped;
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

/// A formula that is no TeX.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TexError {
    /// The formula cannot be parsed.
    #[error("'{tex}' is no TeX formula: {reason}")]
    Formula {
        /// The formula.
        tex: String,
        /// What the parser says.
        reason: String,
    },
    /// A `$` without its partner.
    #[error("'{text}' has an odd number of $ signs")]
    Unbalanced {
        /// The text.
        text: String,
    },
}

fn formula(tex: &str, display_mode: DisplayMode) -> Result<String, TexError> {
    let fail = |reason: String| TexError::Formula {
        tex: tex.to_owned(),
        reason,
    };
    let storage = Storage::new();
    let events: Result<Vec<_>, _> = Parser::new(tex, &storage).collect();
    let events = events.map_err(|error| fail(error.to_string()))?;
    let mut mathml = String::new();
    let config = RenderConfig {
        display_mode,
        ..RenderConfig::default()
    };
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut mathml, events, config).map_err(|error| fail(error.to_string()))?;
    Ok(typeset(&mathml))
}

/// What a browser needs beside the renderer's MathML to set it as TeX does: the letter μ for the micro sign, which
/// has no italic; the sign < escaped; no room around a slash or before a full stop; a matrix with brackets that the page's style draws, for
/// a font without stretched ones has them as small as letters.
fn typeset(mathml: &str) -> String {
    const TIGHT: &str = "<mo lspace=\"0\" rspace=\"0\">";
    const MATRIX: &str = "<mtable class=\"menv-arraylike";
    mathml
        .replace('µ', "μ")
        .replace("<mo><</mo>", "<mo>&lt;</mo>")
        .replace("<mo>/</mo>", &format!("{TIGHT}/</mo>"))
        .replace("<mo>.</mo>", &format!("{TIGHT}.</mo>"))
        .replace("\"minsize", "\" minsize")
        .replace(
            &format!("<mo stretchy=\"true\">[</mo>{MATRIX}\">"),
            &format!("{MATRIX} matrix\">"),
        )
        .replace("</mtable><mo stretchy=\"true\">]</mo>", "</mtable>")
}

/// Signs that stay on the line of the formula before them: a browser breaks lines there, whatever follows.
const CLOSING: [char; 5] = [',', '.', ';', ':', ')'];

/// The text as HTML: escaped, with `$…$` as inline and `$$…$$` as displayed MathML.
///
/// # Errors
/// [`TexError`].
///
/// ```
/// let html = tensor_dyson::report::text_with_math("the mean is $\\frac12$")?;
/// assert!(html.starts_with("the mean is <math"));
/// # Ok::<(), tensor_dyson::report::TexError>(())
/// ```
pub fn text_with_math(text: &str) -> Result<String, TexError> {
    let unbalanced = || TexError::Unbalanced {
        text: text.to_owned(),
    };
    let mut html = String::new();
    for (k, displayed) in text.split("$$").enumerate() {
        if k % 2 == 1 {
            html.push_str(&formula(displayed, DisplayMode::Block)?);
            continue;
        }
        let parts: Vec<&str> = displayed.split('$').collect();
        for (k, part) in parts.iter().enumerate() {
            if k % 2 == 0 {
                // The sign went with the formula.
                let rest = part.strip_prefix(CLOSING).filter(|_| k > 0);
                html.push_str(&escaped(rest.unwrap_or(part)));
                continue;
            }
            let mathml = formula(part, DisplayMode::Inline)?;
            let next = parts.get(k + 1).and_then(|next| next.chars().next());
            match next.filter(|sign| CLOSING.contains(sign)) {
                Some(sign) => {
                    html.push_str(&format!("<span class=\"joined\">{mathml}{sign}</span>"));
                }
                None => html.push_str(&mathml),
            }
        }
        if displayed.matches('$').count() % 2 == 1 {
            return Err(unbalanced());
        }
    }
    if text.matches("$$").count() % 2 == 1 {
        return Err(unbalanced());
    }
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_set_as_tex_does() {
        let html = text_with_math(r"$\mu/d.$").unwrap();
        let tight = |mark| format!("<mo lspace=\"0\" rspace=\"0\">{mark}</mo>");
        assert!(html.contains("<mi>μ</mi>"), "{html}");
        assert!(
            html.contains(&tight('/')) && html.contains(&tight('.')),
            "{html}"
        );
        // An attribute ends before the next begins.
        let html = text_with_math(r"$$\big(x\big)$$").unwrap();
        assert!(html.contains("\" minsize"), "{html}");
        let html = text_with_math(r"$\begin{bmatrix} a & b \end{bmatrix}^{-1}$").unwrap();
        assert!(
            html.contains("<mtable class=\"menv-arraylike matrix\">"),
            "{html}"
        );
        assert!(!html.contains(['[', ']']), "{html}");
    }

    #[test]
    fn formulas_become_mathml_and_the_rest_is_escaped() {
        let html =
            text_with_math(r"a < b: $$\mathcal Q = \frac12 \mathcal S^*\mathcal S$$ end").unwrap();
        assert!(
            html.starts_with("a &lt; b: <math display=\"block\""),
            "{html}"
        );
        assert!(html.contains("<mfrac>") && html.ends_with(" end"), "{html}");
        assert_eq!(text_with_math("plain"), Ok("plain".to_owned()));
        // A line does not begin with a colon, and may with a word.
        let html = text_with_math("$x$: $y$ (z), .").unwrap();
        assert_eq!(
            html.matches("<span class=\"joined\"><math").count(),
            1,
            "{html}"
        );
        assert!(html.contains("</math>:</span> <math") && html.ends_with("</math> (z), ."));
    }

    #[test]
    fn every_sign_of_a_formula_is_in_its_mathml() {
        let tex = r"$a = b + c - d < e \le f \circ g \otimes h \boxtimes i \boxplus j \to k / l * m \ne n$";
        let mathml = text_with_math(tex).unwrap();
        let shown: String = mathml
            .split('<')
            .filter_map(|tag| tag.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        assert_eq!(shown, "a=b+c−d&lt;e≤f∘g⊗h⊠i⊞j→k/l∗m≠n");
    }

    #[test]
    fn what_is_no_tex_is_an_error() {
        for text in ["$x", "$$x$", "$\\nosuchcommand$", "$\\frac{1}$", "$x^$"] {
            assert!(text_with_math(text).is_err(), "{text}");
        }
    }
}
