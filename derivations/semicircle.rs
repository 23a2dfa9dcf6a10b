//! The free sum of a law and a semicircle.

use num_complex::Complex64;

/// The subordination equation was not solved.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("the free sum at z = {z} stopped at relative residual {residual:e}")]
pub(crate) struct NoFreeSum {
    /// The point asked for.
    pub z: Complex64,
    /// Where it stopped.
    pub residual: f64,
}

/// `s` of `μ ⊞ sc(t)` at z above the axis: `s(z) = s_μ(w)`, `w = z + t s_μ(w)` (Biane 1997).
///
/// `w ↦ z + t s_μ(w)` maps the upper half plane into the half plane above Im z: its iteration converges to the
/// one fixed point (Earle and Hamilton). With the secant through the last two steps it does so fast.
pub(crate) fn free_sum(
    transform: &dyn Fn(Complex64) -> Complex64,
    variance: f64,
    z: Complex64,
) -> Result<Complex64, NoFreeSum> {
    let step = |w: Complex64| z + variance * transform(w);
    let mut w = z + Complex64::new(0.0, variance.sqrt());
    let mut residual = f64::INFINITY;
    for _ in 0..2000 {
        let (one, two) = (step(w), step(step(w)));
        residual = (one - w).norm() / w.norm();
        if residual <= 1e-13 {
            return Ok(transform(w));
        }
        // Aitken's extrapolation where it stays above, the plain step where it does not.
        let bend = two - 2.0 * one + w;
        let far = w - (one - w) * (one - w) / bend;
        w = if far.is_finite() && far.im > z.im {
            far
        } else {
            two
        };
    }
    Err(NoFreeSum { z, residual })
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
        }
    }
}
