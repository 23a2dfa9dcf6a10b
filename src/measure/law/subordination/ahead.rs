//! Where the next root is looked for.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::size;
use crate::measure::law::transform::Last;

/// A step from one point to the next that is long, in shares of the nearer one to 0.
const LONG: f64 = 0.25;

/// Where the root is looked for at z, given another one: on its tangent, kept above the axis (on it, if ω is). Far away, in shares
/// of z, on the power of z with that tangent: such a power ω is next to a hard edge at 0, where a grid falls by orders of
/// magnitude.
pub(super) fn ahead(
    Last {
        z: from,
        omega,
        slope,
    }: Last,
    z: Complex64,
) -> Complex64 {
    let step = z - from;
    if size(step) > LONG * size(z).min(size(from)) {
        let power = slope * from / omega;
        let next = omega * (power * (z / from).ln()).exp();
        if next.is_finite() && next.im > 0.0 {
            return next;
        }
    }
    let next = omega + slope * step;
    Complex64::new(
        next.re,
        if next.im > 0.0 {
            next.im
        } else {
            0.1 * omega.im
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Law;
    use crate::measure::law::subordination::free_product::FreeProduct;
    use crate::measure::law::subordination::solver::counted;
    use crate::measure::law::transform::Memory;

    /// Where the density is of the order of `x^{−1/2}`, a search from nothing is as short as elsewhere: on tangents it took
    /// hundreds of steps.
    #[test]
    fn next_to_a_hard_edge_at_0_no_search_is_long() {
        let mp = Law::marchenko_pastur(1.0).unwrap();
        let product = FreeProduct::new(mp.clone(), mp.classical(&mp).unwrap()).unwrap();
        for x in [3.0, 3e-6, 3e-12] {
            let z = Complex64::from(x);
            let (jet, steps) = counted(&product, z, &mut Memory::default()).unwrap();
            assert!(jet.s.im > 0.0 && steps < 40, "{x:e}: {steps} steps");
        }
    }

    /// Of a power the start is the root itself, however far away; nearby, and from 0, it is on the tangent.
    #[test]
    fn a_search_starts_on_the_power_of_z() {
        let omega = |z: Complex64| (0.3 * z.ln()).exp() * Complex64::new(1.0, 2.0);
        let root = |z: Complex64| Last {
            z,
            omega: omega(z),
            slope: 0.3 * omega(z) / z,
        };
        let [from, far] = [1e-3, 1e-12].map(Complex64::from);
        assert!(size(ahead(root(from), far) - omega(far)) < 1e-13 * size(omega(far)));
        let near = 1.1 * from;
        let tangent = omega(from) * 1.03;
        assert!(size(ahead(root(from), near) - tangent) < 1e-14);
        let at_zero = Last {
            z: Complex64::from(0.0),
            omega: Complex64::i(),
            slope: Complex64::from(1.0),
        };
        assert_eq!(ahead(at_zero, far), Complex64::new(1e-12, 1.0));
    }
}
