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

#[cfg(test)]
mod tests {
    use super::*;

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
