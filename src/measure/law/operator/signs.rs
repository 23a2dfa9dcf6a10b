//! Which root it is: by the signs of its imaginary parts, or of its derivatives, see [`super::enclosure`].

use num_complex::Complex64;

use super::dense;
use super::equation::Equation;
use super::newton::within;
use super::solver::largest;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::transform::Memory;

impl Equation {
    /// Whether `Im W < 0` in every block, and with several families `Im ω_j > 0` on the rows that other variables reach, or `Im Ω_k > 0` of all
    /// others, for all unknowns within these radii.
    pub(super) fn is_upper(
        &self,
        z: Complex64,
        x: &[Complex64],
        radii: &[f64],
        memories: &mut Vec<Memory>,
    ) -> bool {
        let below = self.is_below(x, radii, imaginary);
        let several = self.blocks.iter().any(|block| block.families.len() > 1);
        if !below || !several {
            return below;
        }
        let balls = within(x, radii);
        let energies = self.energies(&balls, memories);
        energies.is_some_and(|energies| {
            let omegas = self.subordinated(Ball::exact(z), &balls, &energies);
            self.are_above(&omegas, 0.0, (x, radii), imaginary)
        })
    }

    /// The same up to rounding, for an iteration: `Im W` may be singular.
    pub(super) fn is_nearly_upper(
        &self,
        z: Complex64,
        x: &[Complex64],
        memories: &mut Vec<Memory>,
    ) -> bool {
        let allowed = -1e-10 * largest(x);
        let radii = vec![allowed; x.len()];
        let below = self.is_below(x, &radii, imaginary);
        let energies = if below {
            self.energies(x, memories)
        } else {
            None
        };
        energies.is_some_and(|energies| {
            let omegas = self.subordinated(z, x, &energies);
            self.are_above(&omegas, allowed, (x, &radii), imaginary)
        })
    }

    /// The same of the Hermitian parts of derivatives: `Re W′ < 0`, `Re ω_j′ > 0`.
    pub(super) fn is_rising(
        &self,
        (x, radii): (&[Complex64], &[f64]),
        (slope, errors): (&[Complex64], &[f64]),
        memories: &mut Vec<Memory>,
    ) -> bool {
        let half = |a: Complex64, b: Complex64| 0.5 * (a + b.conj());
        let below = self.is_below(slope, errors, half);
        let several = self.blocks.iter().any(|block| block.families.len() > 1);
        if !below || !several {
            return below;
        }
        let energies = self.energies(&within(x, radii), memories);
        energies.is_some_and(|energies| {
            let omegas = self.subordinated_slopes(&within(slope, errors), &energies);
            self.are_above(&omegas, 0.0, (slope, errors), half)
        })
    }

    fn is_below(
        &self,
        x: &[Complex64],
        radii: &[f64],
        part: fn(Complex64, Complex64) -> Complex64,
    ) -> bool {
        let mut blocks = self.blocks.iter().zip(&self.unknowns);
        let minus = |a, b| -part(a, b);
        blocks.all(|(block, &start)| is_above(x, radii, (start, block.size), minus))
    }

    /// Of `ω_j` on the rows reached, or of what makes it so.
    fn are_above<T: Scalar>(
        &self,
        omegas: &[Vec<Vec<T>>],
        allowed: f64,
        (x, radii): (&[Complex64], &[f64]),
        part: fn(Complex64, Complex64) -> Complex64,
    ) -> bool {
        let of_family = |t: usize, j: usize, omega: &[T]| {
            let (n, rows) = (self.blocks[t].size, self.reached(t, j));
            let entry = |i: usize, k: usize| {
                let (i, k) = (rows[i], rows[k]);
                part(omega[i * n + k].center(), omega[k * n + i].center())
            };
            let radius = crate::numbers::most(omega.iter().map(|x| x.radius()));
            if dense::is_positive(entry, rows.len(), radius + allowed) {
                return true;
            }
            let mut others = self.omegas(t).enumerate().filter(|(k, _)| *k != j);
            others.all(|(_, (start, family))| is_above(x, radii, (start, family.rank), part))
        };
        omegas.iter().enumerate().all(|(t, families)| {
            let mut families = families.iter().enumerate();
            families.all(|(j, omega)| of_family(t, j, omega))
        })
    }

    /// The rows of block t that η or a family other than j reaches: on the others `ω_j` is b, whose imaginary part is diagonal.
    fn reached(&self, t: usize, j: usize) -> Vec<usize> {
        let block = &self.blocks[t];
        let n = block.size;
        let range = self.begins[t]..self.begins[t] + block.area();
        let reached = |row: &usize| {
            let others = block.families.iter().enumerate().filter(|(k, _)| *k != j);
            let mut left = others.flat_map(|(_, f)| &f.left[row * f.rank..(row + 1) * f.rank]);
            let mut flows = self.flows.iter().filter(|flow| range.contains(&flow.to));
            left.any(|u| *u != Complex64::ZERO)
                || flows.any(|flow| (flow.to - range.start) / n == *row)
        };
        (0..n).filter(reached).collect()
    }
}

/// Whether a part of one of the matrices among the unknowns is positive, for all unknowns within these radii.
fn is_above(
    x: &[Complex64],
    radii: &[f64],
    (start, n): (usize, usize),
    part: impl Fn(Complex64, Complex64) -> Complex64,
) -> bool {
    let here = start..start + n * n;
    let entries = &x[here.clone()];
    let radius = radii[here]
        .iter()
        .copied()
        .fold(f64::NEG_INFINITY, f64::max);
    dense::is_positive(
        |i, j| part(entries[i * n + j], entries[j * n + i]),
        n,
        radius,
    )
}

/// `(a − b̄)/2i`.
fn imaginary(a: Complex64, b: Complex64) -> Complex64 {
    (a - b.conj()) * Complex64::new(0.0, -0.5)
}
