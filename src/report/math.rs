//! Text with formulas in TeX between `$` signs, as HTML with MathML.

use super::plot::escaped;
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

fn formula(tex: &str, display: bool) -> Result<String, TexError> {
    let fail = |reason: String| TexError::Formula {
        tex: tex.to_owned(),
        reason,
    };
    let storage = Storage::new();
    let events: Result<Vec<_>, _> = Parser::new(tex, &storage).collect();
    let events = events.map_err(|error| fail(error.to_string()))?;
    let mut mathml = String::new();
    let config = RenderConfig {
        display_mode: if display {
            DisplayMode::Block
        } else {
            DisplayMode::Inline
        },
        ..RenderConfig::default()
    };
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut mathml, events, config).map_err(|error| fail(error.to_string()))?;
    Ok(mathml)
}

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
            html.push_str(&formula(displayed, true)?);
            continue;
        }
        for (k, part) in displayed.split('$').enumerate() {
            if k % 2 == 1 {
                html.push_str(&formula(part, false)?);
            } else {
                html.push_str(&escaped(part));
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

/// The text, escaped already, with what stands after `_` and `^` marked: `opened(false)` before a subscript, `opened(true)` before a
/// superscript, `closed` of the same after it. A script is what braces hold, or one letter or digit; a subscript
/// in letters runs on (`s_emp`, `G_ab`).
pub(super) fn with_scripts(
    text: &str,
    opened: impl Fn(bool) -> &'static str,
    closed: impl Fn(bool) -> &'static str,
) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['_', '^']) {
        let raised = rest[at..].starts_with('^');
        let after = &rest[at + 1..];
        out.push_str(&rest[..at]);
        let braced = after
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'));
        let (script, then) = braced.unwrap_or_else(|| {
            let accent = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
            let letter = |c: char| c.is_alphanumeric() || accent(c);
            let goes_on = |c: char| letter(c) && (!raised || c.is_ascii_digit());
            let starts = |c: &char| letter(*c) || !(c.is_ascii() || c.is_whitespace());
            let first = after.chars().next().filter(starts);
            let run = after.find(|c| !goes_on(c)).unwrap_or(after.len());
            after.split_at(run.max(first.map_or(0, char::len_utf8)))
        });
        if script.is_empty() {
            out.push_str(&rest[at..=at]);
            rest = after;
            continue;
        }
        out.push_str(opened(raised));
        out.push_str(script);
        out.push_str(closed(raised));
        rest = then;
    }
    out + rest
}

/// Plain text as HTML, with its scripts lowered and raised.
pub(super) fn plain(text: &str) -> maud::PreEscaped<String> {
    let opened = |raised| if raised { "<sup>" } else { "<sub>" };
    let closed = |raised| if raised { "</sup>" } else { "</sub>" };
    maud::PreEscaped(with_scripts(&escaped(text), opened, closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_lowered_and_raised() {
        let html = |text: &str| plain(text).0;
        assert_eq!(html("|s_emp − s| < 1"), "|s<sub>emp</sub> − s| &lt; 1");
        assert_eq!(
            html("d^ℓ, e^{−Kt}(u_k^i)"),
            "d<sup>ℓ</sup>, e<sup>−Kt</sup>(u<sub>k</sub><sup>i</sup>)"
        );
        assert_eq!(html("10^12 a^ b_ {x}"), "10<sup>12</sup> a^ b_ {x}");
        assert_eq!(html("s_{γ<1"), "s_{γ&lt;1");
        assert_eq!(html("s_⊠ s_M̃ x_"), "s<sub>⊠</sub> s<sub>M̃</sub> x_");
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
    }

    #[test]
    fn what_is_no_tex_is_an_error() {
        for text in ["$x", "$$x$", "$\\nosuchcommand$", "$\\frac{1}$", "$x^$"] {
            assert!(text_with_math(text).is_err(), "{text}");
        }
    }
}
