//! Laws whose density is infinite at an edge, by themselves and inside every operation.

use num_complex::Complex64;
use tensor_dyson::measure::Law;

fn law(text: &str) -> Law {
    Law::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// With densities like `x^(−1/2)`, `x^(−2/3)` and `x^(−3/4)` at 0, and inverse roots and jumps elsewhere.
const HARD: [&str; 18] = [
    "mp(1)",
    "mp(1) [x] mp(1)",
    "arcsine(0, 1) [x] arcsine(0, 1)",
    "uniform(0, 1) [x] arcsine(0, 1)",
    "uniform(0, 1) [x] uniform(0, 2)",
    "mpmap(1, mp(1))",
    "mpmap(1, arcsine(0, 1))",
    "mpmap(0.5, mp(1) [x] mp(1))",
    "mpmap(2, uniform(0, 1))",
    "mp(1) [+] arcsine(0, 1)",
    "arcsine(-1, 1) [+] arcsine(-1, 1)",
    "uniform(-1, 1) [+] semicircle(0.01)",
    "mp(1) * arcsine(0, 1)",
    "mp(1) * uniform(0, 1)",
    "mix(0.5: mp(1) [x] mp(1), 0.25: uniform(0, 1), 0.25: point(2))",
    "atoms(0:0.5, 2:0.5) [x] mp(1)",
    "0.5 * (mp(1) [x] mp(1)) + 3",
    "1 - 2 * (mp(1) [x] mp(1))",
];

/// The mass is 1, and the distribution function of the density is the one with a proved bound.
#[test]
fn the_mass_is_one() {
    for text in HARD {
        let law = law(text);
        let distribution = law
            .distribution()
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        let total = distribution.total();
        // As far as powers of x other than ½ are resolved.
        assert!((total - 1.0).abs() < 2e-8, "{text}: {total}");
        let (low, high) = law.hull();
        for share in [0.03, 0.4, 0.9] {
            let x = low + share * (high - low);
            let proved = law
                .cumulative(x)
                .unwrap_or_else(|error| panic!("{text} at {x}: {error}"));
            let apart = (distribution.at(x) - proved.value).abs();
            let estimate = 4.0 * distribution.error_estimate() + 1e-14;
            assert!(
                apart <= estimate + proved.radius && proved.radius < 1e-7,
                "{text} at {x}: {apart:e} {proved:?}"
            );
        }
    }
}

/// Moments by the algebra against those of the transform on a circle around the support.
#[test]
fn the_moments_are_those_of_the_transform() {
    let deeper = [
        "mp(1) [x] mp(1) [x] mp(1)",
        "mp(1) [x] (0.5 * (mp(1) * mp(1)))",
    ];
    for text in HARD.into_iter().chain(deeper) {
        let law = law(text);
        let (low, high) = law.hull();
        let radius = 3.0 * low.abs().max(high.abs());
        let nodes = 64;
        let mut sums = [0.0; 5];
        for j in 0..nodes {
            let angle = std::f64::consts::PI * (f64::from(j) + 0.5) / f64::from(nodes);
            let z = Complex64::from_polar(radius, angle);
            let s = law.stieltjes(z).unwrap().s;
            for (k, sum) in sums.iter_mut().enumerate() {
                *sum -= (s * z * Complex64::from_polar(1.0, k as f64 * angle)).re;
            }
        }
        let moments = law.moments(4).unwrap();
        for (k, sum) in sums.iter().enumerate() {
            // In units of radiusᵏ; the rule errs by 3⁻¹²⁸.
            let found = sum / f64::from(nodes);
            let wanted = moments[k] / radius.powi(k as i32);
            assert!(
                (found - wanted).abs() < 1e-13,
                "{text}, {k}: {found} {wanted}"
            );
        }
    }
}

/// Down to 1e-20 beside a hard edge at 0, where `s ~ x^(−2/3)`: the cubic `z²s³ − zs − 1 = 0` of the Fuss–Catalan law.
#[test]
fn values_beside_a_hard_edge_are_relative_to_their_size() {
    let law = law("mp(1) [x] mp(1)");
    assert_eq!(law.moments(5).unwrap(), [1.0, 1.0, 3.0, 12.0, 55.0, 273.0]);
    assert_eq!(law.support().unwrap(), [(0.0, 6.75)]);
    for k in [-20, -9, -3, 0] {
        for turn in [0.0, 1.0, 3.0] {
            let x = 10f64.powi(k);
            let z = Complex64::new(x, turn * x);
            let value = law.stieltjes(z).unwrap();
            let s = value.s;
            let residual = (z * z * s * s * s - z * s - 1.0).norm();
            let slope = (3.0 * z * z * s * s - z).norm();
            let rounding = 8.0 * f64::EPSILON * (1.0 + (z * s).norm());
            assert!(
                residual <= slope * value.radius + rounding,
                "{z}: {value:?}"
            );
            // w ~ z^(1/3) at the root: so many digits are left of s = −1/(z (1 + y)).
            let share = 2e-13 * x.powf(-1.0 / 3.0);
            assert!(value.radius <= share * s.norm(), "{z}: {value:?}");
        }
    }
}

/// A law on the half line stays one under every operation that keeps it there, so that it can be a factor.
#[test]
fn factors_of_a_product_may_be_sums() {
    for text in [
        "mp(1) * mp(1)",
        "uniform(-1, 1) + 1",
        "1 - uniform(0, 1)",
        "mp(1) [+] arcsine(0, 1)",
        "3 * (mp(1) * arcsine(0, 2))",
    ] {
        let law = law(text);
        assert_eq!(law.hull().0, 0.0, "{text}");
        let product = law.free_product(&Law::marchenko_pastur(0.5).unwrap());
        let value = product
            .unwrap()
            .stieltjes(Complex64::new(0.7, 0.0))
            .unwrap();
        assert!(
            value.s.im > 0.0 && value.radius < 1e-11,
            "{text}: {value:?}"
        );
    }
}

fn quantile(law: &Law, p: f64) -> f64 {
    law.distribution().unwrap().quantile(p).unwrap()
}

/// The quantiles of an image are the images of quantiles, from the other end where it is mirrored.
#[test]
fn quantiles_of_images() {
    let inner = law("mix(0.25: mp(1) [x] mp(1), 0.25: uniform(8, 9), 0.5: point(2))");
    let (moved, mirrored) = (
        inner.affine(2.0, 3.0).unwrap(),
        inner.affine(-0.5, 1.0).unwrap(),
    );
    for p in [0.01, 0.05, 0.3, 0.6, 0.74, 0.8, 0.99] {
        let apart = quantile(&moved, p) - (2.0 * quantile(&inner, p) + 3.0);
        assert!(apart.abs() < 1e-12, "{p}: {apart:e}");
        let apart = quantile(&mirrored, p) - (1.0 - 0.5 * quantile(&inner, 1.0 - p));
        assert!(apart.abs() < 1e-12, "{p}: {apart:e}");
        let x = quantile(&mirrored, p);
        let (below, at) = {
            let f = mirrored.distribution().unwrap();
            (f.before(x), f.at(x))
        };
        assert!(below <= p + 1e-12 && at >= p - 1e-12, "{p}: {below} {at}");
    }
    assert_eq!(quantile(&mirrored, 0.4), 0.0);
    // An image of an image.
    let both = moved.affine(-0.5, 1.0).unwrap();
    for p in [0.1, 0.3, 0.9] {
        let apart = quantile(&both, p) - (1.0 - 0.5 * quantile(&moved, 1.0 - p));
        assert!(apart.abs() < 1e-12, "{p}: {apart:e}");
    }
}
