//! The derivative of the system at a point, and the sizes of its quadratic part.

use num_complex::Complex64;

use super::equation::{Equation, Family};
use crate::measure::arithmetic::ball::size;
use crate::measure::arithmetic::scalar::Scalar;

/// A matrix that is being filled, with the unknowns that each entry of W is made of.
struct Filling<'a> {
    equation: &'a Equation,
    matrix: Vec<Complex64>,
}

impl Filling<'_> {
    fn add(&mut self, row: usize, column: usize, value: Complex64) {
        self.matrix[row * self.equation.count + column] += value;
    }

    /// Adds `value` times the derivative of entry f of W.
    fn add_whole(&mut self, row: usize, block: usize, f: usize, value: Complex64) {
        let equation = self.equation;
        let (start, inner) = (equation.unknowns[block], f - equation.begins[block]);
        match equation.blocks[block].families.first() {
            None => self.add(row, start + inner, value),
            Some(family) => {
                let area = equation.blocks[block].area();
                for (i, &(_, mass)) in family.atoms.iter().enumerate() {
                    self.add(row, start + i * area + inner, value * mass);
                }
            }
        }
    }

    /// Of `A X − 1` from row `row`, X the unknowns from `start`, A fixed.
    fn product(&mut self, row: usize, a: &[Complex64], start: usize, n: usize) {
        for e in 0..n * n {
            let (i, j) = (e / n, e % n);
            for l in 0..n {
                self.add(row + e, start + l * n + j, a[i * n + l]);
            }
        }
    }
}

impl Equation {
    /// The block in which entry f of W lies.
    fn block_of(&self, f: usize) -> usize {
        self.begins.partition_point(|&begin| begin <= f) - 1
    }

    /// `∂F/∂X` at z and X, m×m by rows.
    pub(super) fn jacobian(&self, z: Complex64, raised: f64, x: &[Complex64]) -> Vec<Complex64> {
        let whole = self.whole(x);
        let energy = self.energy(z, raised, &whole);
        let mut filling = Filling {
            equation: self,
            matrix: vec![Complex64::ZERO; self.count * self.count],
        };
        for (t, block) in self.blocks.iter().enumerate() {
            let here = &energy[self.begins[t]..self.begins[t] + block.area()];
            match &block.families[..] {
                [] => self.plain(&mut filling, t, 0, here, x),
                [family] => {
                    for (k, &(at, _)) in family.atoms.iter().enumerate() {
                        let left = shifted(here, at, family);
                        self.plain(&mut filling, t, k, &left, x);
                    }
                }
                _ => self.subordinated(&mut filling, t, &whole, x),
            }
        }
        filling.matrix
    }

    /// `(b − η(W) − x C) W_k − 1` of block t.
    fn plain(
        &self,
        filling: &mut Filling<'_>,
        t: usize,
        k: usize,
        left: &[Complex64],
        x: &[Complex64],
    ) {
        let (n, start) = (self.blocks[t].size, self.place(t, k));
        filling.product(start, left, start, n);
        for flow in self.flows_to(t) {
            let inner = flow.to - self.begins[t];
            let (i, l) = (inner / n, inner % n);
            let from = self.block_of(flow.from);
            for j in 0..n {
                let value = -flow.factor * x[start + l * n + j];
                filling.add_whole(start + i * n + j, from, flow.from, value);
            }
        }
    }

    fn flows_to(&self, t: usize) -> impl Iterator<Item = &super::equation::Flow> {
        let range = self.begins[t]..self.begins[t] + self.blocks[t].area();
        self.flows
            .iter()
            .filter(move |flow| range.contains(&flow.to))
    }

    /// The equations of a block with several families.
    fn subordinated(
        &self,
        filling: &mut Filling<'_>,
        t: usize,
        whole: &[Complex64],
        x: &[Complex64],
    ) {
        let (block, omegas) = (&self.blocks[t], self.omegas(t));
        let (n, area, k) = (block.size, block.area(), block.families.len());
        let mut row = self.unknowns[t];
        for (j, (first, family)) in self.firsts(t).enumerate() {
            let omega = self.place(t, omegas + j);
            for (i, &(at, _)) in family.atoms.iter().enumerate() {
                let start = self.place(t, first + i);
                filling.product(row, &shifted(&x[omega..omega + area], at, family), start, n);
                transposed(filling, row, omega, &x[start..start + area], n);
                row += area;
            }
            if j > 0 {
                for e in 0..area {
                    for (i, &(_, mass)) in family.atoms.iter().enumerate() {
                        let column = self.place(t, first + i) + e;
                        filling.add(row + e, column, Complex64::from(mass));
                    }
                    filling.add_whole(row + e, t, self.begins[t] + e, -Complex64::ONE);
                }
                row += area;
            }
        }
        let inverse = self.place(t, omegas + k);
        for e in 0..area {
            for j in 0..k {
                filling.add(row + e, self.place(t, omegas + j) + e, Complex64::ONE);
            }
            filling.add(row + e, inverse + e, Complex64::from(1.0 - k as f64));
        }
        for flow in self.flows_to(t) {
            let at = row + flow.to - self.begins[t];
            filling.add_whole(at, self.block_of(flow.from), flow.from, flow.factor);
        }
        row += area;
        // V W − 1.
        transposed(filling, row, inverse, &whole[self.begins[t]..], n);
        for e in 0..area {
            let (i, j) = (e / n, e % n);
            for l in 0..n {
                let value = x[inverse + i * n + l];
                filling.add_whole(row + e, t, self.begins[t] + l * n + j, value);
            }
        }
    }

    /// For each equation a bound of its quadratic part `½F″(h, h)` over `|h| ≤ 1`, the masses rounded.
    pub(super) fn curvature(&self) -> Vec<f64> {
        let mut out = vec![0.0; self.count];
        for (t, block) in self.blocks.iter().enumerate() {
            let (n, area, k) = (block.size, block.area(), block.families.len());
            if k < 2 {
                let mut rows = vec![0.0; n];
                for flow in self.flows_to(t) {
                    rows[(flow.to - self.begins[t]) / n] += size(flow.factor);
                }
                for (e, bound) in out[self.unknowns[t]..].iter_mut().enumerate() {
                    if e < area * self.omegas(t).max(1) {
                        *bound = rows[e % area / n];
                    }
                }
                continue;
            }
            let mut row = self.unknowns[t];
            let products = |out: &mut Vec<f64>, row: usize| out[row..row + area].fill(n as f64);
            for (j, family) in block.families.iter().enumerate() {
                for _ in &family.atoms {
                    products(&mut out, row);
                    row += area;
                }
                row += if j > 0 { area } else { 0 };
            }
            products(&mut out, row + area);
        }
        out.iter().map(|bound| bound * (1.0 + 1e-12)).collect()
    }

    /// `∂F` along a direction of b: D times what it multiplies, entries of all blocks in `direction`.
    pub(super) fn pushed<T: Scalar>(&self, direction: &[T], x: &[T]) -> Vec<T> {
        let mut out = vec![T::real(0.0); self.count];
        for (t, block) in self.blocks.iter().enumerate() {
            let (n, area, k) = (block.size, block.area(), block.families.len());
            let here = &direction[self.begins[t]..self.begins[t] + area];
            if k >= 2 {
                let row = self.place(t, self.omegas(t) + k - 1);
                for (to, &d) in out[row..row + area].iter_mut().zip(here) {
                    *to = -d;
                }
                continue;
            }
            for m in 0..self.omegas(t).max(1) {
                let start = self.place(t, m);
                for e in 0..area {
                    let (i, j) = (e / n, e % n);
                    for l in 0..n {
                        // Directions are diagonal but for a few entries.
                        if here[i * n + l].size() > 0.0 {
                            out[start + e] =
                                out[start + e] + here[i * n + l] * x[start + l * n + j];
                        }
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

/// Of `A X − 1` from row `row`, A the unknowns from `start`, X fixed.
fn transposed(filling: &mut Filling<'_>, row: usize, start: usize, x: &[Complex64], n: usize) {
    for e in 0..n * n {
        let (i, j) = (e / n, e % n);
        for l in 0..n {
            filling.add(row + e, start + i * n + l, x[l * n + j]);
        }
    }
}

fn shifted(a: &[Complex64], at: f64, family: &Family) -> Vec<Complex64> {
    let pairs = a.iter().zip(&family.coefficient);
    pairs.map(|(a, c)| a - c * at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::mixed;
    use super::*;

    /// F is of degree two, so that a central difference is exact but for rounding.
    #[test]
    fn the_derivative_is_that_of_the_residual() {
        let equation = mixed();
        let m = equation.count;
        let at = |k: usize| Complex64::new((1.7 * k as f64).sin(), (0.3 + k as f64).cos());
        let x: Vec<Complex64> = (0..m).map(at).collect();
        let z = Complex64::new(0.3, 0.7);
        let jacobian = equation.jacobian(z, 0.1, &x);
        let curvature = equation.curvature();
        for k in 0..m {
            let moved = |by: f64| {
                let mut x = x.clone();
                x[k] += by;
                equation.residual(z, 0.1, &x)
            };
            let (up, down, here) = (moved(0.5), moved(-0.5), moved(0.0));
            for row in 0..m {
                let wanted = up[row] - down[row];
                assert!((wanted - jacobian[row * m + k]).norm() < 1e-13, "{row} {k}");
                let bent = 2.0 * (up[row] + down[row] - 2.0 * here[row]).norm();
                assert!(bent <= curvature[row] + 1e-13, "{row} {k}: {bent}");
            }
        }
        for direction in [equation.upward(), equation.corner()] {
            let pushed = equation.pushed(&direction, &x);
            let before = equation.residual(z, 0.1, &x);
            let after = if direction[0] == Complex64::I {
                equation.residual(z, 1.1, &x)
            } else {
                equation.residual(z + 1.0, 0.1, &x)
            };
            for row in 0..m {
                assert!(
                    (after[row] - before[row] - pushed[row]).norm() < 1e-13,
                    "{row}"
                );
            }
        }
    }
}
