//! Numbers of 16 bits.

/// The value of an IEEE 754 binary16: sign, 5 bits of exponent with bias 15, 10 bits of fraction. Exact.
pub(super) fn from_half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        0x1f if fraction == 0.0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    }
}

#[cfg(test)]
mod tests {
    use super::from_half;

    /// Half a float32 has the same fields: 13 more bits of fraction, and an exponent with bias 127.
    #[test]
    fn every_normal_half_is_the_single_of_the_same_fields() {
        for bits in 0..=u16::MAX {
            let (exponent, rest) = (u32::from(bits >> 10 & 0x1f), u32::from(bits & 0x3ff));
            if exponent == 0 || exponent == 0x1f {
                continue;
            }
            let single = u32::from(bits >> 15) << 31 | (exponent + 112) << 23 | rest << 13;
            assert_eq!(
                from_half(bits),
                f64::from(f32::from_bits(single)),
                "{bits:#x}"
            );
        }
    }

    /// From the table of the standard.
    #[test]
    fn the_ends_of_the_range() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x0001, 5.960464477539063e-8),
            (0x03ff, 6.097555160522461e-5),
            (0x0400, 6.103515625e-5),
            (0x7bff, 65504.0),
            (0xc000, -2.0),
            (0x7c00, f64::INFINITY),
            (0xfc00, f64::NEG_INFINITY),
        ] {
            assert_eq!(from_half(bits), value, "{bits:#x}");
        }
        assert!(from_half(0x7e00).is_nan() && from_half(0x8000).is_sign_negative());
    }
}
