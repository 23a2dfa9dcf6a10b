//! Between the intervals of 𝒬's law.

use crate::measure::law::{Law, Memory};
use num_complex::Complex64;

/// Between two intervals of the support its transform is real but for what cut-offs and rounding leave, so that a sum with a semicircle has the gap that it has: no density
/// next to the ends on the one side, and some on the other.
#[test]
fn gaps_of_the_law_are_gaps_of_sums_with_it() {
    for (text, variance) in [
        ("covariance(1, 0.5, 1, 0, atoms(1:0.5, 4:0.5))", 0.3),
        ("covariance(1, 0.5, 1, 0, atoms(1:0.5, 4:0.5))", 0.01),
        ("covariance(0.3, 0.5, 1, 0, atoms(1:0.5, 5:0.5))", 0.1),
        (
            "covariance(0.2, 0.4, 1, 0.3, atoms(1:0.3, 4:0.4, 20:0.3))",
            0.2,
        ),
    ] {
        let law = Law::parse(text).unwrap();
        let inner = law.support().unwrap();
        assert!(inner.len() > 1, "{text}: {inner:?}");
        for pair in inner.windows(2) {
            let mut memory = Memory::default();
            for k in 1..40 {
                let x = pair[0].1 + f64::from(k) / 40.0 * (pair[1].0 - pair[0].1);
                let jet = law.jet(Complex64::from(x), &mut memory);
                // Next to an atom between them there may be no value.
                let is_real = jet.as_ref().map_or(true, |jet| {
                    jet.s.im.abs() <= 1e-11 * (jet.s.norm() + x * jet.ds.norm())
                });
                assert!(is_real, "{text} {x}: {jet:?}");
            }
        }
        let sum = law.free_sum(&Law::semicircle(variance).unwrap());
        let support = sum.support().unwrap();
        // An atom in a gap may have an interval of its own.
        assert!(support.len() >= inner.len(), "{text}: {support:?}");
        for pair in support.windows(2) {
            let (low, high) = (pair[0].1, pair[1].0);
            let apart = 1e-2 * (high - low);
            let height = 1e-7 * (high - low);
            let im = |x: f64| sum.stieltjes(Complex64::new(x, height)).unwrap().s.im;
            for (edge, inwards) in [(low, -apart), (high, apart)] {
                let (inside, outside) = (im(edge + inwards), im(edge - inwards));
                assert!(
                    outside < 1e-5 && inside > 30.0 * outside,
                    "{text} {edge}: {inside} {outside}"
                );
            }
        }
    }
}
