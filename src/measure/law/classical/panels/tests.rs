//! The bounds of what the rule leaves out.

use super::super::Smooth;
use super::super::convolution::Convolution;
use super::super::integrands::{Potential, Values};
use super::super::smooth::Shape;
use super::*;
use crate::measure::law::kind::algebraic::Algebraic;

/// The largest moduli of the integrands on the real diameter of a disc.
fn seen<const K: usize>(
    half: &Half<'_>,
    what: &impl Integrand<K>,
    center: f64,
    radius: f64,
) -> [f64; K] {
    let mut largest = [0.0_f64; K];
    for k in 0..=40 {
        let v = center + radius * (0.05 * f64::from(k) - 1.0);
        for (most, value) in largest.iter_mut().zip(what.at(half, Ball::real(v))) {
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
                    if let Some((wide, bounds)) = half.disc(&Values, center, length) {
                        let found = seen(&half, &Values, center, wide * length);
                        for (found, bound) in found.into_iter().zip(bounds) {
                            assert!(found <= bound, "{x} {y} {z} {center}: {found} {bound}");
                        }
                    }
                    if let Some((wide, [bound])) = half.disc(&Potential, center, length) {
                        let [found] = seen(&half, &Potential, center, wide * length);
                        assert!(found <= bound, "{x} {y} {z} {center}: {found} {bound}");
                    }
                }
            }
        }
    }
}

/// Where z is known to a disc, the branch points of the other legs are known to `moved`, near the own one and far from it.
#[test]
fn branch_points_move_no_further_than_stated() {
    let x = Smooth::standard(Shape::Uniform {
        low: 0.0,
        high: 1.0,
    });
    let y = Smooth::standard(Shape::Uniform {
        low: -1.0,
        high: 2.0,
    });
    let convolution = Convolution::new(x, y);
    let z = Complex64::new(0.7, 0.2);
    for delta in [0.01, 0.5, 1.0, 40.0].map(Complex64::from) {
        for radius in [1e-9, 1e-3, 0.1] {
            let whole = convolution.geometry(Ball::exact(z).grown(radius));
            let own = Branch::X(0);
            let half = Half::new(&whole, own, delta);
            for turn in 0..6 {
                let angle = f64::from(turn) * std::f64::consts::FRAC_PI_3;
                let at = z + Complex64::from_polar(radius, angle);
                let moved = convolution.geometry(Ball::exact(at));
                let moved = Half::new(&moved, own, delta);
                for (known, other) in half.others.iter().zip(&moved.others) {
                    // Of the two roots the nearer one.
                    let off = size(known.v - other.v).min(size(known.v + other.v));
                    assert!(
                        off <= known.moved,
                        "{delta} {radius}: {off} of {}",
                        known.moved
                    );
                }
            }
        }
    }
}
