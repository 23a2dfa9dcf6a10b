//! Gaussian expectations of functions with kinks and jumps at places that nobody names.

use std::f64::consts::PI;

/// Nodes and weights of Gauss and Kronrod's rule of 15 points on `[−1, 1]` (QUADPACK's qk15), with the weights of Gauss's 7.
const RULE: [(f64, f64, f64); 8] = [
    (0.991_455_371_120_812_6, 0.022_935_322_010_529_224, 0.0),
    (
        0.949_107_912_342_758_5,
        0.063_092_092_629_978_55,
        0.129_484_966_168_869_7,
    ),
    (0.864_864_423_359_769_1, 0.104_790_010_322_250_18, 0.0),
    (
        0.741_531_185_599_394_4,
        0.140_653_259_715_525_92,
        0.279_705_391_489_276_64,
    ),
    (0.586_087_235_467_691_1, 0.169_004_726_639_267_9, 0.0),
    (
        0.405_845_151_377_397_2,
        0.190_350_578_064_785_4,
        0.381_830_050_505_118_9,
    ),
    (0.207_784_955_007_898_47, 0.204_432_940_075_298_9, 0.0),
    (0.0, 0.209_482_141_084_727_83, 0.417_959_183_673_469_4),
];

/// The Gaussian law beyond has mass 4e-33.
pub(super) const END: f64 = 12.0;
/// The error that each piece may have, a share of the whole and of 1.
const TOLERANCE: f64 = 1e-15;
/// Halvings: a jump is cut off within 24 · 2⁻⁵⁰.
const DEPTH: usize = 50;
/// Pieces in all: a hundred thousand kinks and jumps would take as many, and what oscillates without end is given up.
const PIECES: usize = 1 << 18;

/// `(E f, E z f, E f²)` for z ~ N(0, 1): adaptive halving on `[−12, 12]` until two rules agree to 1e-15, so that kinks and
/// jumps cost some 50 halvings each. NaN where that takes too many.
pub(in crate::model) fn moments(f: &dyn Fn(f64) -> f64) -> [f64; 3] {
    let pieces = 24;
    let width = 2.0 * END / f64::from(pieces);
    let low = |k: i32| -END + width * f64::from(k);
    let mut halving = Halving {
        f,
        tolerance: [TOLERANCE; 3],
        left: PIECES,
    };
    let first: Vec<Rules> = (0..pieces)
        .map(|k| rules(f, low(k), low(k) + width))
        .collect();
    for (fine, _) in &first {
        for (tolerance, part) in halving.tolerance.iter_mut().zip(fine) {
            *tolerance += TOLERANCE * part.abs();
        }
    }
    let mut sum = [0.0; 3];
    for (k, known) in (0..pieces).zip(first) {
        let part = halving.run([low(k), low(k) + width], DEPTH, known);
        sum.iter_mut()
            .zip(part)
            .for_each(|(sum, part)| *sum += part);
    }
    sum
}

/// Pieces that are halved until they are resolved.
struct Halving<'a> {
    f: &'a dyn Fn(f64) -> f64,
    tolerance: [f64; 3],
    left: usize,
}

impl Halving<'_> {
    /// A piece of which both rules are known.
    fn run(&mut self, [low, high]: [f64; 2], depth: usize, (fine, coarse): Rules) -> [f64; 3] {
        if self.left == 0 {
            return [f64::NAN; 3];
        }
        self.left -= 1;
        let close = |k: usize| (fine[k] - coarse[k]).abs() <= self.tolerance[k];
        if depth == 0 || (0..3).all(close) {
            return fine;
        }
        let middle = 0.5 * (low + high);
        let mut half = |ends: [f64; 2]| {
            let known = rules(self.f, ends[0], ends[1]);
            self.run(ends, depth - 1, known)
        };
        let below = half([low, middle]);
        let above = half([middle, high]);
        [0, 1, 2].map(|k| below[k] + above[k])
    }
}

/// The integrals by 15 points, and by 7 of them.
type Rules = ([f64; 3], [f64; 3]);

fn rules(f: &dyn Fn(f64) -> f64, low: f64, high: f64) -> Rules {
    let (center, half) = (0.5 * (low + high), 0.5 * (high - low));
    let (mut fine, mut coarse) = ([0.0; 3], [0.0; 3]);
    for (node, kronrod, gauss) in RULE {
        let sides: &[f64] = if node == 0.0 { &[0.0] } else { &[-1.0, 1.0] };
        for side in sides {
            let z = center + side * half * node;
            let value = f(z);
            let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt() * half;
            for (k, term) in [value, z * value, value * value].into_iter().enumerate() {
                fine[k] += kronrod * density * term;
                coarse[k] += gauss * density * term;
            }
        }
    }
    (fine, coarse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_kinks_and_smooth_functions_are_integrated() {
        for at in [0.0, 0.3, -1.7] {
            // A step at `at`: 1 − Φ, density, 1 − Φ.
            let found = moments(&|z| f64::from(z > at));
            let above = 0.5 * libm::erfc(at / 2.0_f64.sqrt());
            let density = (-0.5 * at * at).exp() / (2.0 * PI).sqrt();
            for (found, wanted) in found.into_iter().zip([above, density, above]) {
                assert!((found - wanted).abs() < 1e-13, "{at}: {found} {wanted}");
            }
        }
        let found = moments(&f64::abs);
        for (found, wanted) in found.into_iter().zip([(2.0 / PI).sqrt(), 0.0, 1.0]) {
            assert!((found - wanted).abs() < 1e-14);
        }
        // Large, and still to rounding: E z²⁰ = 19!!.
        let tenth = moments(&|z| z.powi(10));
        assert!((tenth[2] / 654_729_075.0 - 1.0).abs() < 1e-13, "{tenth:?}");
        // What oscillates without end has no values, at once.
        assert!(moments(&|z| (1e9 * z).sin())[2].is_nan());
        let found = moments(&|z| z * z * z);
        for (found, wanted) in found.into_iter().zip([0.0, 3.0, 15.0]) {
            assert!((found - wanted).abs() < 1e-12);
        }
    }
}
