//! The bounds of what the rule leaves out.

use super::super::Smooth;
use super::super::convolution::Convolution;
use super::super::smooth::Shape;
use super::*;
use crate::measure::law::kind::algebraic::Algebraic;

/// The largest moduli of the integrands on the real diameter of a disc.
fn seen(half: &Half<'_>, center: f64, radius: f64) -> [f64; 3] {
    let mut largest = [0.0_f64; 3];
    for k in 0..=40 {
        let v = center + radius * (0.05 * f64::from(k) - 1.0);
        for (most, value) in largest.iter_mut().zip(half.at(Ball::real(v))) {
            *most = most.max(size(value.center));
        }
    }
    largest
}

/// What the rule leaves out is far below the rounding of the sums, so that no value of a law tells whether its bound is one.
#[test]
fn integrands_are_bounded_on_their_discs() {
    let uniform = |low, high| Smooth::standard(Shape::Uniform { low, high });
    let algebraic = |law| Smooth::standard(Shape::Algebraic(law));
    let pairs = [
        (uniform(0.0, 1.0), uniform(-1.0, 2.0)),
        (
            uniform(0.0, 1.0),
            algebraic(Algebraic::Semicircle { variance: 0.5 }),
        ),
        (
            algebraic(Algebraic::MarchenkoPastur { gamma: 0.5 }),
            uniform(0.0, 1.0),
        ),
        (
            algebraic(Algebraic::MarchenkoPastur { gamma: 0.5 }),
            algebraic(Algebraic::MarchenkoPastur { gamma: 2.0 }),
        ),
        (
            algebraic(Algebraic::Semicircle { variance: 1.0 }),
            algebraic(Algebraic::Arcsine {
                low: -1.0,
                high: 2.0,
            }),
        ),
    ];
    for (x, y) in pairs {
        for z in [Complex64::new(0.7, 1.0), Complex64::new(9.0, 0.5)] {
            let geometry = Convolution::new(x, y).geometry(Ball::exact(z));
            let across = geometry.between(Branch::X(0), Branch::X(1)).center;
            let ends = [(Branch::X(0), 0.5 * across), (Branch::X(1), -0.5 * across)];
            for (own, delta) in ends {
                let half = Half::new(&geometry, own, delta);
                for (center, length) in [(0.75, 0.125), (0.3, 0.05), (0.05, 0.01)] {
                    let Some((wide, bounds)) = half.disc(center, length) else {
                        continue;
                    };
                    let found = seen(&half, center, wide * length);
                    for (found, bound) in found.into_iter().zip(bounds) {
                        assert!(found <= bound, "{x} {y} {z} {center}: {found} {bound}");
                    }
                }
            }
        }
    }
}
