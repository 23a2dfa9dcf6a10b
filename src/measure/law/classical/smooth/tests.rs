//! Bounds over a disc of no size are moduli: of the density exactly, of the others from above.

use super::*;
use crate::measure::arithmetic::ball::size;

fn shapes() -> [Shape; 6] {
    let of = Shape::Algebraic;
    [
        of(MarchenkoPastur { gamma: 0.5 }),
        of(MarchenkoPastur { gamma: 1.0 }),
        of(MarchenkoPastur { gamma: 2.0 }),
        of(Semicircle { variance: 0.7 }),
        of(Arcsine {
            low: -1.0,
            high: 2.0,
        }),
        Shape::Uniform {
            low: -0.5,
            high: 2.5,
        },
    ]
}

/// A disc of no size at these distances.
fn ranges([low, high, zero]: [Complex64; 3]) -> Ranges {
    let [low, high, zero] = [low, high, zero].map(|at| Range {
        most: size(at),
        least: size(at),
    });
    Ranges { low, high, zero }
}

fn from([low, high, zero]: [Complex64; 3]) -> From {
    let [low, high, zero] = [low, high, zero].map(Ball::exact);
    From { low, high, zero }
}

#[test]
fn a_density_is_within_its_bounds_and_they_are_near() {
    for shape in shapes() {
        let [low, high] = shape.ends().map(|end| end.center);
        for (share, lift) in [(0.3, 0.0), (0.5, 0.4), (0.9, 0.1)] {
            let t = low + (high - low) * share + Complex64::new(0.0, lift);
            let (value, slope) = shape.density(from([t - low, (t - high) * -1.0, t]));
            let (most, steepest) = shape.density_range(ranges([t - low, high - t, t]));
            let (value, slope) = (size(value.center), size(slope.center));
            assert!(
                (value / most - 1.0).abs() < 1e-12,
                "{shape:?} {t}: {value} {most}"
            );
            assert!(
                slope <= steepest * (1.0 + 1e-12),
                "{shape:?} {t}: {slope} {steepest}"
            );
            // The terms of the logarithmic derivative do not cancel to less than a hundredth, but where it is 0.
            let near = steepest <= 100.0 * slope || slope < 0.1 * value;
            assert!(near, "{shape:?} {t}: {slope} {steepest}");
        }
    }
}

#[test]
fn a_transform_is_within_its_bounds_and_they_are_near() {
    for shape in shapes() {
        let [low, high] = shape.ends().map(|end| end.center);
        for (share, lift) in [(0.3, 0.5), (1.2, 0.1), (-0.4, 0.2)] {
            let w = low + (high - low) * share + Complex64::new(0.0, lift);
            let distances = [w - low, w - high, w];
            let found = shape.transform(from(distances));
            let bounds = shape.transform_range(ranges(distances));
            for (found, bound) in found.iter().zip(bounds) {
                let found = size(found.center);
                let near = found <= bound * (1.0 + 1e-12) && bound <= 1e3 * found;
                assert!(near, "{shape:?} {w}: {found} {bound}");
            }
        }
    }
}

/// The derivative of a potential is −s over the mass, and far away its imaginary part is the argument of w.
#[test]
fn a_potential_is_the_integral_of_the_transform() {
    for shape in shapes() {
        let [low, high] = shape.ends().map(|end| end.center);
        let at = |w: Complex64| shape.potential(from([w - low, w - high, w]));
        for (share, lift) in [
            (0.3, 0.5),
            (1.2, 0.1),
            (-0.4, 0.2),
            (0.6, 1e-3),
            (-2.0, 0.3),
        ] {
            let w = low + (high - low) * share + Complex64::new(0.0, lift);
            let h = 1e-4 * lift;
            let beside = [-2.0, -1.0, 1.0, 2.0].map(|k| at(w + k * h).center);
            let slope = (8.0 * (beside[2] - beside[1]) - (beside[3] - beside[0])) / (12.0 * h);
            let [s, ..] = shape.transform(from([w - low, w - high, w]));
            let wanted = -s.center / shape.mass().center;
            // Four values off by a few roundings, over h; the difference itself by h⁴.
            let off = size(slope - wanted);
            let rounding = 64.0 * f64::EPSILON * (1.0 + size(beside[0])) / h;
            assert!(
                off <= rounding + 1e-12 * size(wanted),
                "{shape:?} {w}: {off:e}"
            );
        }
        let far = Complex64::new(-3e4, 1e5);
        // The mean is at most 2.
        let off = (at(far).center.im - far.arg()).abs();
        assert!(off < 2e-5, "{shape:?}: {off:e}");
    }
}
