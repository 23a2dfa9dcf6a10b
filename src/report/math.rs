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
            html.push_str(&formula(displayed, true)?);
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
            let mathml = formula(part, false)?;
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

/// The text, escaped already, with what stands after `_` and `^` marked: `opened(false)` before a subscript, `opened(true)` before a
/// superscript, `closed` of the same after it. A script is what braces hold, or one letter or digit; a subscript
/// in letters runs on (`s_emp`, `G_ab`) up to a raised digit (`σ_i²`) or a letter with a subscript of its own (`σ_iσ_j`).
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
            let raised_digit = |c| "²³¹⁰ⁱ".contains(c) || ('⁴'..='ⁿ').contains(&c);
            let letter = |c: char| (c.is_alphanumeric() || accent(c)) && !raised_digit(c);
            let goes_on = |c: char| letter(c) && (!raised || c.is_ascii_digit());
            let starts = |c: &char| letter(*c) || !(c.is_ascii() || c.is_whitespace());
            let first = after.chars().next().filter(starts);
            let run = after.find(|c| !goes_on(c)).unwrap_or(after.len());
            let base = after[..run].char_indices().next_back();
            let run = match base {
                Some((at, _)) if !raised && after[run..].starts_with('_') => at,
                _ => run,
            };
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

/// A number as a page shows it, from its mantissa and its power of ten: `0.46` for `4.6e-1`, `4.6·10^{−7}` for `4.6e-7`.
fn readable(mantissa: &str, exponent: i32) -> String {
    let decimals = mantissa.split_once('.').map_or(0, |(_, d)| d.len() as i32);
    match format!("{mantissa}e{exponent}").parse::<f64>() {
        Ok(value) if (-3..=2).contains(&exponent) => {
            format!("{value:.*}", (decimals - exponent).max(0) as usize)
        }
        _ => {
            let power = format!("10^{{{exponent}}}").replace('-', "−");
            match mantissa {
                "1" => power,
                _ => format!("{mantissa}·{power}"),
            }
        }
    }
}

/// The text with its numbers in e notation as powers of ten, and a proper minus sign before every number.
fn with_powers(text: &str) -> String {
    let digit = |c: char| c.is_ascii_digit();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(digit) {
        let (before, number) = rest.split_at(at);
        let glued = before.chars().next_back().or(out.chars().next_back());
        let in_a_word = glued.is_some_and(|c| c.is_alphanumeric() || "_^{".contains(c));
        match before.strip_suffix('-') {
            Some(head) if head.is_empty() || head.ends_with([' ', '(', '[']) => {
                out.push_str(head);
                out.push('−');
            }
            _ => out.push_str(before),
        }
        let length = |s: &str| s.find(|c| !digit(c)).unwrap_or(s.len());
        let whole = length(number);
        let end = match number[whole..].strip_prefix('.').map(length) {
            Some(decimals) if decimals > 0 => whole + 1 + decimals,
            _ => whole,
        };
        let power = number[end..].strip_prefix('e').map(|power| {
            let sign = usize::from(power.starts_with('-'));
            (sign + length(&power[sign..]), power)
        });
        match power {
            Some((size, power)) if !in_a_word => match power[..size].parse::<i32>() {
                Ok(exponent) => {
                    out.push_str(&readable(&number[..end], exponent));
                    rest = &power[size..];
                    continue;
                }
                Err(_) => out.push_str(&number[..end]),
            },
            _ => out.push_str(&number[..end]),
        }
        rest = &number[end..];
    }
    out + rest
}

/// Plain text as HTML, with its scripts lowered and raised and its numbers as powers of ten.
pub(super) fn plain(text: &str) -> maud::PreEscaped<String> {
    let opened = |raised| if raised { "<sup>" } else { "<sub>" };
    let closed = |raised| if raised { "</sup>" } else { "</sub>" };
    let text = with_powers(&escaped(text));
    maud::PreEscaped(with_scripts(&text, opened, closed))
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
        assert_eq!(html("s_{γ<1 & 2"), "s_{γ&lt;1 &amp; 2");
        assert_eq!(html("s_⊠ s_M̃ x_"), "s<sub>⊠</sub> s<sub>M̃</sub> x_");
        assert_eq!(
            html("σ_i² + σ_iσ_j − δ_abδ_c, E_W σ_{i}"),
            "σ<sub>i</sub>² + σ<sub>i</sub>σ<sub>j</sub> − δ<sub>ab</sub>δ<sub>c</sub>, E<sub>W</sub> σ<sub>i</sub>"
        );
    }

    #[test]
    fn numbers_are_powers_of_ten() {
        let html = |text: &str| plain(text).0;
        assert_eq!(
            html("exponent -0.94 ± 0.07, 4.6e-3 and 4.6e-7"),
            "exponent −0.94 ± 0.07, 0.0046 and 4.6·10<sup>−7</sup>"
        );
        assert_eq!(
            html("false alarm 1e-6, 5.0e-1, 1.2e0, 1.24e2, -9.40e-4"),
            "false alarm 10<sup>−6</sup>, 0.50, 1.2, 124, −9.40·10<sup>−4</sup>"
        );
        assert_eq!(html("2.07e13 > 1"), "2.07·10<sup>13</sup> &gt; 1");
        // No numbers: a word, a name with a digit, e to a power, a range of words.
        for text in ["x1e5", "n2e", "3e", "2e-", "1.", "d-1", "q4e-3"] {
            assert_eq!(html(text), text);
        }
    }

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
