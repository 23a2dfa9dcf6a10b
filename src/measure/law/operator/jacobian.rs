//! The derivative of the system, at a point or over discs of the unknowns.

use num_complex::Complex64;

use super::energy::Energy;
use super::equation::{Equation, Family};
use super::small::product;
use crate::measure::arithmetic::scalar::Scalar;

/// A matrix that is being filled.
struct Filling<T> {
    count: usize,
    matrix: Vec<T>,
}

impl<T: Scalar> Filling<T> {
    fn add(&mut self, row: usize, column: usize, value: T) {
        let entry = &mut self.matrix[row * self.count + column];
        *entry = *entry + value;
    }
}

impl Equation {
    /// The block in which entry f of W lies.
    fn block_of(&self, f: usize) -> usize {
        self.begins.partition_point(|&begin| begin <= f) - 1
    }

    /// The unknown that entry f of W is.
    fn column(&self, f: usize) -> usize {
        let block = self.block_of(f);
        self.unknowns[block] + f - self.begins[block]
    }

    /// `∂F/∂X` at z and X, m×m by rows.
    pub(super) fn jacobian<T: Scalar>(
        &self,
        z: T,
        raised: f64,
        x: &[T],
        energies: &[Vec<Energy<T>>],
    ) -> Vec<T> {
        let whole = self.whole(x);
        let left = self.energy(z, raised, &whole, energies);
        let mut filling = Filling {
            count: self.count,
            matrix: vec![T::real(0.0); self.count * self.count],
        };
        for (t, block) in self.blocks.iter().enumerate() {
            let (n, start, begin) = (block.size, self.unknowns[t], self.begins[t]);
            let w = &x[start..start + block.area()];
            for e in 0..block.area() {
                let (i, j) = (e / n, e % n);
                for l in 0..n {
                    filling.add(start + e, start + l * n + j, left[begin + i * n + l]);
                }
            }
            for flow in &self.flows {
                if !(begin..begin + block.area()).contains(&flow.to) {
                    continue;
                }
                let (i, l) = ((flow.to - begin) / n, (flow.to - begin) % n);
                let column = self.column(flow.from);
                for j in 0..n {
                    let value = -(T::exact(flow.factor) * w[l * n + j]);
                    filling.add(start + i * n + j, column, value);
                }
            }
            for ((omega, family), energy) in self.omegas(t).zip(&energies[t]) {
                let here = &x[omega..omega + family.area()];
                of_family(&mut filling, [start, omega], (family, energy), here, w, n);
            }
        }
        filling.matrix
    }

    /// `∂F` along a direction of b: D times what it multiplies, entries of all blocks in `direction`.
    pub(super) fn pushed<T: Scalar>(&self, direction: &[T], x: &[T]) -> Vec<T> {
        let mut out = vec![T::real(0.0); self.count];
        for (t, block) in self.blocks.iter().enumerate() {
            let (n, start) = (block.size, self.unknowns[t]);
            let here = &direction[self.begins[t]..self.begins[t] + block.area()];
            for e in 0..block.area() {
                let (i, j) = (e / n, e % n);
                for l in 0..n {
                    // Directions are diagonal but for a few entries.
                    if here[i * n + l].size() > 0.0 {
                        out[start + e] = out[start + e] + here[i * n + l] * x[start + l * n + j];
                    }
                }
            }
        }
        out
    }

    /// `e₁₁`.
    pub(super) fn corner<T: Scalar>(&self) -> Vec<T> {
        let entry = |k: usize| T::real(if k == 0 { 1.0 } else { 0.0 });
        (0..self.entries).map(entry).collect()
    }

    /// `i` times the identity.
    pub(super) fn upward(&self) -> Vec<Complex64> {
        let mut out = vec![Complex64::ZERO; self.entries];
        for (block, &begin) in self.blocks.iter().zip(&self.begins) {
            for i in 0..block.size {
                out[begin + i * (block.size + 1)] = Complex64::I;
            }
        }
        out
    }
}

/// Of `−U σ(Ω) U* W` by Ω, and of `(Ω − σ(Ω)) U* W U` by both; W and Ω begin at `start` and `omega`, each with its equations.
fn of_family<T: Scalar>(
    filling: &mut Filling<T>,
    [start, omega]: [usize; 2],
    (family, energy): (&Family, &Energy<T>),
    here: &[T],
    w: &[T],
    n: usize,
) {
    let (r, area) = (family.rank, family.area());
    let (rows, inner, inverse) = (family.rows(w, n), family.inner(w, n), energy.inverse(here));
    let factor = |i: usize, c: usize| T::exact(family.left[i * r + c]);
    let factor_adjoint = |i: usize, c: usize| T::exact(family.left[i * r + c].conj());
    for at in 0..area {
        let moved: Vec<T> = (0..area).map(|e| energy.slope[e * area + at]).collect();
        let through = product(&moved, &rows, [r, r, n]);
        let mean = product(&moved, &inner, [r, r, r]);
        for i in 0..n {
            for c in 0..r {
                if family.left[i * r + c] != Complex64::ZERO {
                    for j in 0..n {
                        let value = -(factor(i, c) * through[c * n + j]);
                        filling.add(start + i * n + j, omega + at, value);
                    }
                }
            }
        }
        for (e, &mean) in mean.iter().enumerate() {
            filling.add(omega + e, omega + at, -mean);
        }
        for q in 0..r {
            let value = inner[(at % r) * r + q];
            filling.add(omega + (at / r) * r + q, omega + at, value);
        }
    }
    for e in 0..area {
        let (p, q) = (e / r, e % r);
        for k in 0..n {
            for l in 0..n {
                if family.left[l * r + q] == Complex64::ZERO {
                    continue;
                }
                for c in 0..r {
                    if family.left[k * r + c] != Complex64::ZERO {
                        let value = inverse[p * r + c] * factor_adjoint(k, c) * factor(l, q);
                        filling.add(omega + e, start + k * n + l, value);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mixed;
    use super::*;

    /// A central difference of fourth order: what it misses is `h⁴/30` of the fifth derivative, here below `1e-9`.
    #[test]
    fn the_derivative_is_that_of_the_residual() {
        let equation = mixed();
        let m = equation.count;
        let at = |k: usize| Complex64::new((1.7 * k as f64).sin(), (0.3 + k as f64).cos());
        let mut x: Vec<Complex64> = (0..m).map(at).collect();
        // Far from the laws' supports the self-energies are smooth.
        for t in 0..equation.blocks.len() {
            for (omega, family) in equation.omegas(t) {
                for i in 0..family.rank {
                    x[omega + i * (family.rank + 1)] += Complex64::new(0.0, 6.0);
                }
            }
        }
        let z = Complex64::new(0.3, 0.7);
        let of = |x: &[Complex64], raised: f64, z: Complex64| {
            let energies = equation.energies(x, &mut vec![]).unwrap();
            equation.residual(z, raised, x, &energies)
        };
        let energies = equation.energies(&x, &mut vec![]).unwrap();
        let jacobian = equation.jacobian(z, 0.1, &x, &energies);
        for k in 0..m {
            let moved = |by: f64| {
                let mut x = x.clone();
                x[k] += by;
                of(&x, 0.1, z)
            };
            let h = 1e-2;
            let [far, near] = [2.0 * h, h].map(|h| (moved(h), moved(-h)));
            for row in 0..m {
                let wide = (far.0[row] - far.1[row]) / (4.0 * h);
                let narrow = (near.0[row] - near.1[row]) / (2.0 * h);
                let wanted = (4.0 * narrow - wide) / 3.0;
                let apart = (wanted - jacobian[row * m + k]).norm();
                assert!(apart < 1e-8, "{row} {k}: {apart:e}");
            }
        }
        for direction in [equation.upward(), equation.corner()] {
            let pushed = equation.pushed(&direction, &x);
            let before = of(&x, 0.1, z);
            let after = if direction[0] == Complex64::I {
                of(&x, 1.1, z)
            } else {
                of(&x, 0.1, z + 1.0)
            };
            for row in 0..m {
                let apart = (after[row] - before[row] - pushed[row]).norm();
                assert!(apart < 1e-12, "{row}: {apart:e}");
            }
        }
    }
}
