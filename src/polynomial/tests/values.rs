//! Values from equations and digits that stand elsewhere.

use num_complex::Complex64;

use super::{free, law, of};
use crate::measure::Law;

fn s(law: &Law, z: Complex64) -> (Complex64, f64) {
    let value = law
        .stieltjes(z)
        .unwrap_or_else(|error| panic!("{z}: {error}"));
    assert!(value.radius < 1e-11, "{z}: {}", value.radius);
    (value.s, value.radius)
}

/// 40 digits from another equation: over the algebra of p the covariance of `ap + pa` is
/// `φ(pDp) + 2 φ(Dp) p + φ(D) p²`, solved with Gauss's rule of 400 nodes in mpmath.
#[test]
fn the_anticommutator_of_a_semicircular_and_a_poisson() {
    let found = of("a*p + p*a", &free());
    for (x, re, im) in [
        (0.5, -0.232_029_792_944_583_4, 0.622_082_906_350_468_9),
        (-0.25, 0.144_589_533_185_968_7, 0.705_702_385_422_786_1),
        (2.0, -0.308_901_982_712_350_9, 0.304_264_177_731_274_5),
    ] {
        let (value, radius) = s(&found, Complex64::from(x));
        let apart = (value - Complex64::new(re, im)).norm();
        assert!(apart <= radius + 1e-15, "{x}: {value} {apart}");
    }
}

/// Dozier and Silverstein 2007: `m = ∫ dH(t)/(t/(1+m) − (1+m) z)` for `(D+X)(D+X)ᵀ`, n = d, H the law of D².
#[test]
fn information_plus_noise() {
    let variables = super::Variables::new()
        .gaussian("X", "n", "n")
        .free("D", law("atoms(1:0.5, 3:0.5)"));
    let found = of("(D + X)*(D + X)'", &variables);
    for (re, im) in [(2.0, 0.0), (9.0, 0.0), (0.5, 0.3), (60.0, 0.0)] {
        let z = Complex64::new(re, im);
        let (m, _) = s(&found, z);
        let term = |t: f64| (t / (1.0 + m) - (1.0 + m) * z).inv();
        let apart = (m - 0.5 * term(1.0) - 0.5 * term(9.0)).norm();
        assert!(apart < 1e-11, "{z}: {apart}");
    }
}
