//! Plain text on a page: its scripts lowered and raised, its numbers as powers of ten.

use crate::numerals::times_power;

/// A text with what SVG and HTML take for their own.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
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
        _ => times_power(mantissa, exponent),
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
}
