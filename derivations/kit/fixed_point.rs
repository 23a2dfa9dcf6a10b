//! Fixed points in the upper half plane, for the laws that are not in the calculus of [`tensor_dyson::measure::Law`]:
//! free sums with a law of unbounded support, and laws given by their R-transform.

use num_complex::Complex64;

/// The equation was not solved.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("the equation of a free law at z = {z} stopped at relative residual {residual:e}")]
pub(crate) struct NoFixedPoint {
    /// The point asked for.
    pub z: Complex64,
    /// Where it stopped.
    pub residual: f64,
}

/// The fixed point of a map of the upper half plane into the part above some height, at the point z.
///
/// Its iteration converges to the one fixed point there is (Earle and Hamilton 1970); with Aitken's
/// extrapolation, wherever that stays above the axis, it does so fast.
pub(crate) fn fixed_point(
    step: &dyn Fn(Complex64) -> Complex64,
    start: Complex64,
    z: Complex64,
) -> Result<Complex64, NoFixedPoint> {
    let mut w = start;
    let mut residual = f64::INFINITY;
    for _ in 0..2000 {
        let one = step(w);
        residual = (one - w).norm() / w.norm();
        if residual <= 1e-13 {
            return Ok(one);
        }
        let two = step(one);
        let far = w - (one - w) * (one - w) / (two - 2.0 * one + w);
        w = if far.is_finite() && far.im > 0.0 && two.im > 0.0 {
            far
        } else {
            two
        };
    }
    Err(NoFixedPoint { z, residual })
}

/// `s` of the law with the R-transform `r`, freely infinitely divisible: `z = 1/G + R(G)`, `G = −s`.
pub(crate) fn from_r_transform(
    r: &dyn Fn(Complex64) -> Complex64,
    z: Complex64,
) -> Result<Complex64, NoFixedPoint> {
    fixed_point(&|s| -(z - r(-s)).inv(), -z.inv(), z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor_dyson::measure::Law;

    /// `R = 2G + 1/(1 − G/2)`: a semicircle plus a Marchenko–Pastur law, against the calculus of laws.
    #[test]
    fn an_r_transform_gives_the_law_of_the_free_sum() {
        let sum = Law::marchenko_pastur(0.5).unwrap();
        let sum = sum.free_sum(&Law::semicircle(2.0).unwrap());
        for z in [Complex64::new(0.3, 0.5), Complex64::new(-2.0, 1e-2)] {
            let by_r = from_r_transform(&|g| 2.0 * g + (1.0 - 0.5 * g).inv(), z).unwrap();
            assert!((by_r - sum.stieltjes(z).unwrap().s).norm() < 1e-11, "{z}");
        }
    }
}
