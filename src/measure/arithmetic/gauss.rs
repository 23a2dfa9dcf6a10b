//! The Gauss–Legendre rule of 20 nodes, with a bound of its error.

/// Positive nodes and weights on `[−1, 1]`, from 40 digits.
pub(crate) const RULE: [(f64, f64); 10] = [
    (0.07652652113349734, 0.15275338713072584),
    (0.22778585114164507, 0.14917298647260374),
    (0.37370608871541955, 0.14209610931838204),
    (0.5108670019508271, 0.13168863844917664),
    (0.636053680726515, 0.11819453196151841),
    (0.7463319064601508, 0.10193011981724044),
    (0.8391169718222188, 0.08327674157670475),
    (0.912234428251326, 0.06267204833410907),
    (0.9639719272779138, 0.04060142980038694),
    (0.9931285991850949, 0.017614007139152118),
];

/// Its number of nodes.
pub(crate) const NODES: usize = 20;

/// The error of the rule on `[−1, 1]` for an integrand that is analytic and at most 1 on the disc of radius `wide`
/// around 0: `(64/15) r^{−2n}/(1 − r^{−2})` for the ellipse inside it, `r = wide + √(wide²−1)` (Trefethen 2013, theorem
/// 19.3).
pub(crate) fn remainder(wide: f64) -> f64 {
    let ellipse = wide + (wide * wide - 1.0).sqrt();
    let square = ellipse * ellipse;
    64.0 / 15.0 * square.powi(-(NODES as i32)) / (1.0 - 1.0 / square) * (1.0 + 1e-10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For `1/(p−x)`, with the pole p just outside the disc, the error is within the bound, and not far below it.
    #[test]
    fn the_remainder_bounds_the_error_of_a_pole() {
        for wide in [1.02, 1.05, 1.1] {
            let pole: f64 = wide + 1e-3;
            let sum: f64 = RULE
                .iter()
                .map(|(x, weight)| weight * ((pole - x).recip() + (pole + x).recip()))
                .sum();
            let error = (sum - ((pole + 1.0) / (pole - 1.0)).ln()).abs();
            let bound = remainder(wide) / (pole - wide);
            assert!(
                error <= bound && bound <= 1e5 * error,
                "{wide}: {error:e} {bound:e}"
            );
        }
    }
}
