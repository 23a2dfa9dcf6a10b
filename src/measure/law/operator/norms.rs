//! Distances between unknowns, each measured in the size of its matrix, and what an approximate inverse does to them.

use num_complex::Complex64;

use super::equation::Equation;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::Upper;
use crate::numbers::most;

/// The least size of a matrix among the unknowns, beside the largest.
const SMALL: f64 = 1e-9;

/// The largest modulus in each matrix among the unknowns, for each of its entries; not less than a small part of that of all.
pub(super) fn weights(equation: &Equation, x: &[Complex64]) -> Vec<f64> {
    let least = SMALL * most(x.iter().map(|x| size(*x))).max(f64::MIN_POSITIVE);
    let mut weights = vec![least; x.len()];
    let mut fill = |start: usize, area: usize| {
        let here = start..start + area;
        let largest = most(x[here.clone()].iter().map(|x| size(*x)));
        weights[here].fill(least.max(largest));
    };
    for (t, block) in equation.blocks.iter().enumerate() {
        fill(equation.unknowns[t], block.area());
        for (omega, family) in equation.omegas(t) {
            fill(omega, family.area());
        }
    }
    weights
}

/// `max_i Σ_j |c_ij| v_j/w_i`, rounded up.
pub(super) fn weighted(inverse: &[Complex64], v: &[f64], weights: &[f64]) -> Upper {
    let share = 1.0 + 4.0 * (v.len() as f64 + 4.0) * f64::EPSILON;
    let rows = inverse.chunks_exact(v.len()).zip(weights).map(|(row, w)| {
        let terms = row.iter().zip(v).map(|(c, v)| size(*c) * v);
        terms.sum::<f64>() * share / w
    });
    Upper(most(rows) + f64::MIN_POSITIVE)
}

/// `max_i |Σ_j c_ij F_j|/w_i` from enclosures of F.
pub(super) fn applied(inverse: &[Complex64], f: &[Ball], weights: &[f64]) -> Upper {
    let rows = applied_rows(inverse, f).into_iter().zip(weights);
    Upper(most(rows.map(|(row, w)| row.0 / w)) * (1.0 + 4.0 * f64::EPSILON))
}

/// `|Σ_j c_ij F_j|`, row by row, from enclosures of F.
pub(super) fn applied_rows(inverse: &[Complex64], f: &[Ball]) -> Vec<Upper> {
    let share = 4.0 * (f.len() as f64 + 4.0) * f64::EPSILON;
    let rows = inverse.chunks_exact(f.len()).map(|row| {
        let pairs = row.iter().zip(f);
        let (sum, all) = pairs.fold((Complex64::ZERO, 0.0), |(sum, all), (c, f)| {
            let rounding = share * size(f.center);
            (sum + c * f.center, all + size(*c) * (f.radius + rounding))
        });
        Upper((size(sum) + all) * (1.0 + share) + f64::MIN_POSITIVE)
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows `(3 + 4i, 2)` and `(0, −12 − 5i)`, whose entries have the moduli 5, 2 and 13.
    fn inverse() -> Vec<Complex64> {
        let entries = [(3.0, 4.0), (2.0, 0.0), (0.0, 0.0), (-12.0, -5.0)];
        entries.map(|(re, im)| Complex64::new(re, im)).to_vec()
    }

    /// Not below, and above by a few roundings only.
    fn holds(found: Upper, exact: f64) {
        let is_tight = found.0 >= exact && found.0 <= exact * (1.0 + 1e-13);
        assert!(is_tight, "{} for {exact}", found.0);
    }

    #[test]
    fn norms_of_whole_numbers_are_a_few_roundings_above() {
        let c = inverse();
        holds(weighted(&c, &[1.0, 2.0], &[3.0, 2.0]), 13.0);
        holds(weighted(&c, &[1.0, 2.0], &[0.5, 26.0]), 18.0);
        // |3 + 4i + 2i| + 5/2 + 2/4, and |(−12 − 5i) i| + 13/4.
        let f = [(1.0, 0.0, 0.5), (0.0, 1.0, 0.25)];
        let f = f.map(|(re, im, radius)| Ball {
            center: Complex64::new(re, im),
            radius,
        });
        let exact = [45_f64.sqrt() + 3.0, 16.25];
        for (row, exact) in applied_rows(&c, &f).into_iter().zip(exact) {
            holds(row, exact);
        }
        holds(applied(&c, &f, &[1.0, 2.0]), exact[0]);
        holds(applied(&c, &f, &[4.0, 2.0]), 8.125);
    }

    #[test]
    fn sums_that_cancel_keep_the_rounding_of_their_terms() {
        let c = [3.0, -1.0].map(Complex64::from);
        let f = [0.1, 0.3].map(Ball::real);
        // 3 · 0.1 − 0.3 of the numbers that stand for these.
        let exact = (0.1_f64.mul_add(3.0, -0.3)).abs();
        let found = applied_rows(&c, &f)[0].0;
        assert!(found >= exact && found <= 1e-14, "{found:e} for {exact:e}");
    }
}
