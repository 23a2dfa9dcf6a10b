//! Numbers as text: every form in which the library and its programs say one.

use num_complex::Complex64;

/// All digits, with a power of ten where plain decimals would run on: for what someone gave.
pub fn as_written(x: f64) -> String {
    if x == 0.0 || (1e-5..1e15).contains(&x.abs()) {
        x.to_string()
    } else {
        format!("{x:e}")
    }
}

/// A complex number likewise.
pub fn complex_as_written(z: Complex64) -> String {
    let sign = if z.im.is_sign_negative() { "" } else { "+" };
    format!("{}{sign}{}i", as_written(z.re), as_written(z.im))
}

/// Three digits, or fewer where they say it all: a count, an allowance.
pub(crate) fn three_digits(x: f64) -> String {
    if x == 0.0 {
        return "0".to_owned();
    }
    let (whole, rounded) = if (1e-2..1e4).contains(&x.abs()) {
        (x.to_string(), format!("{x:.3}"))
    } else {
        (format!("{x:e}"), format!("{x:.2e}"))
    };
    if whole.len() < rounded.len() {
        whole
    } else {
        rounded
    }
}

/// Four significant digits, zeros at the end too: an entry in a column.
pub(crate) fn four_digits(x: f64) -> String {
    if x == 0.0 {
        "0".to_owned()
    } else if (1e-3..1e5).contains(&x.abs()) {
        let digits = (3 - x.abs().log10().floor() as i32).clamp(0, 6) as usize;
        format!("{x:.digits$}")
    } else {
        format!("{x:.3e}")
    }
}

/// `2.5·10^{−5}`: a mantissa and a power of ten with the marks of a script, and with a proper minus sign.
pub(crate) fn times_power(mantissa: &str, power: i32) -> String {
    let power = format!("10^{{{power}}}");
    let product = match mantissa {
        "1" => power,
        "-1" => format!("-{power}"),
        _ => format!("{mantissa}·{power}"),
    };
    product.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_says_what_it_is_for() {
        assert_eq!(
            [0.1, 1e-7, -2e16, 0.0].map(as_written),
            ["0.1", "1e-7", "-2e16", "0"]
        );
        assert_eq!(complex_as_written(Complex64::new(1.5, -2.0)), "1.5-2i");
        assert_eq!(complex_as_written(Complex64::new(0.0, 1e-9)), "0+1e-9i");
        let three = [3.0, 0.123456, 1e-6, 123_456.0, -2.5e-9];
        assert_eq!(
            three.map(three_digits),
            ["3", "0.123", "1e-6", "1.23e5", "-2.5e-9"]
        );
        let four = [1.0, -0.5, 1234.0, 2e-7];
        assert_eq!(
            four.map(four_digits),
            ["1.000", "-0.5000", "1234", "2.000e-7"]
        );
        // Where each form changes, on both sides.
        let written = [1e-5, 9e-6, 999_999_999_999_999.0, 1e15];
        assert_eq!(
            written.map(as_written),
            ["0.00001", "9e-6", "999999999999999", "1e15"]
        );
        let three = [1e-2, 9.12345e-3, -9999.1234, 1e4, -12345.678];
        assert_eq!(
            three.map(three_digits),
            ["0.01", "9.12e-3", "-9999.123", "1e4", "-1.23e4"]
        );
        let four = [1e-3, 9.99e-4, 0.0123456, 99_999.0, -1e5];
        assert_eq!(
            four.map(four_digits),
            ["0.001000", "9.990e-4", "0.01235", "99999", "-1.000e5"]
        );
        assert_eq!(times_power("1", -5), "10^{−5}");
        assert_eq!(times_power("-2.5", 7), "−2.5·10^{7}");
    }
}
