//! Equations of free probability by fixed points: the free sum of a law and a semicircle, a law from its R-transform.

use num_complex::Complex64;

/// The subordination equation was not solved.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("the equation of a free law at z = {z} stopped at relative residual {residual:e}")]
pub(crate) struct NoFreeSum {
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
) -> Result<Complex64, NoFreeSum> {
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
    Err(NoFreeSum { z, residual })
}

/// `s` of `μ ⊞ sc(t)` at z above the axis: `s(z) = s_μ(w)`, `w = z + t s_μ(w)` (Biane 1997).
pub(crate) fn free_sum(
    transform: &dyn Fn(Complex64) -> Complex64,
    variance: f64,
    z: Complex64,
) -> Result<Complex64, NoFreeSum> {
    let start = z + Complex64::new(0.0, variance.sqrt());
    let w = fixed_point(&|w| z + variance * transform(w), start, z)?;
    Ok(transform(w))
}

/// `s` of the law with the R-transform `r`, freely infinitely divisible: `z = 1/G + R(G)`, `G = −s`.
pub(crate) fn from_r_transform(
    r: &dyn Fn(Complex64) -> Complex64,
    z: Complex64,
) -> Result<Complex64, NoFreeSum> {
    fixed_point(&|s| -(z - r(-s)).inv(), -z.inv(), z)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A semicircle plus a semicircle is a semicircle; δ₀ plus one is the semicircle itself.
    #[test]
    fn variances_add() {
        let root = |z: Complex64, t: f64| (z - 2.0 * t.sqrt()).sqrt() * (z + 2.0 * t.sqrt()).sqrt();
        let semicircle = |z: Complex64, t: f64| (root(z, t) - z) / (2.0 * t);
        for z in [Complex64::new(0.3, 0.5), Complex64::new(-2.0, 1e-3)] {
            let sum = free_sum(&|w| semicircle(w, 0.7), 1.3, z).unwrap();
            assert!((sum - semicircle(z, 2.0)).norm() < 1e-11, "{z}");
            let alone = free_sum(&|w| -w.inv(), 2.0, z).unwrap();
            assert!((alone - semicircle(z, 2.0)).norm() < 1e-11, "{z}");
            let by_r = from_r_transform(&|g| 2.0 * g, z).unwrap();
            assert!((by_r - semicircle(z, 2.0)).norm() < 1e-11, "{z}");
        }
    }
}
