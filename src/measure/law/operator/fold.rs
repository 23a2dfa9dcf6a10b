//! A fold of the root over the real axis: where the density begins, the derivative of F has a kernel.
//!
//! `F(X; z) = 0`, `F′ v = 0`, and a condition that keeps v away from 0: Newton's method for X, v and z together finds the edge to the last digits
//! (Moore and Spence 1980).

use num_complex::Complex64;

use super::Operator;
use super::dense;
use super::equation::Equation;
use crate::measure::arithmetic::ball::size;
use crate::measure::law::transform::{Memory, Root, Transform};
use crate::numbers::most;

/// Steps at most.
const STEPS: usize = 20;

/// Where the search stands.
struct Fold<'a> {
    equation: &'a Equation,
    z: Complex64,
    x: Vec<Complex64>,
    v: Vec<Complex64>,
    /// `⟨pin, v⟩ = level`.
    pin: Vec<Complex64>,
    level: Complex64,
    memories: Vec<Memory>,
}

fn pinned(pin: &[Complex64], v: &[Complex64]) -> Complex64 {
    pin.iter().zip(v).map(|(a, b)| a * b).sum()
}

impl Operator {
    /// The fold of the root near a point beside the support.
    pub(super) fn fold(&self, near: f64, memory: &mut Memory) -> Option<f64> {
        self.jet(Complex64::new(near, 0.0), memory).ok()?;
        let Root { z, x, slope } = memory.root.take()?;
        let length = most(slope.iter().map(|x| size(*x)));
        let v: Vec<Complex64> = slope.iter().map(|x| x / length).collect();
        let pin: Vec<Complex64> = v.iter().map(Complex64::conj).collect();
        let mut fold = Fold {
            equation: &self.equation,
            level: pinned(&pin, &v),
            memories: vec![],
            z,
            x,
            v,
            pin,
        };
        let mut before = f64::INFINITY;
        for _ in 0..STEPS {
            let change = fold.step()?;
            let scale = size(fold.z).max(1e-3 * length.recip());
            if !change.is_finite() || change > 1e3 * scale.max(before) {
                return None;
            }
            if change <= 4.0 * f64::EPSILON * scale
                || (change <= 1e-12 * scale && change > 0.3 * before)
            {
                return (fold.z.im.abs() <= 1e-9 * scale).then_some(fold.z.re);
            }
            before = change;
        }
        None
    }
}

impl Fold<'_> {
    /// `F″(v, ·)`: F′ is affine but for the self-energies, whose second derivative a difference tells well enough for a step.
    fn bent(&mut self) -> Option<Vec<Complex64>> {
        let blocks = &self.equation.blocks;
        let curved = blocks.iter().any(|block| !block.families.is_empty());
        let [x, v] = [&self.x, &self.v].map(|x| most(x.iter().map(|x| size(*x))));
        let by = if curved { 1e-5 * x / v } else { 1.0 };
        let [up, down] = [by, -by].map(|by| {
            let pairs = self.x.iter().zip(&self.v);
            let moved: Vec<Complex64> = pairs.map(|(x, v)| x + v * by).collect();
            let energies = self.equation.energies(&moved, &mut self.memories)?;
            Some(self.equation.jacobian(self.z, 0.0, &moved, &energies))
        });
        let pairs = up?.into_iter().zip(down?);
        Some(pairs.map(|(up, down)| (up - down) / (2.0 * by)).collect())
    }

    /// One step of Newton's method; how far z moved.
    fn step(&mut self) -> Option<f64> {
        let (equation, m) = (self.equation, self.equation.count());
        let bent = self.bent()?;
        let energies = equation.energies(&self.x, &mut self.memories)?;
        let jacobian = equation.jacobian(self.z, 0.0, &self.x, &energies);
        let corner = equation.corner();
        let push = equation.pushed(&corner, &self.x);
        let pushed = equation.pushed(&corner, &self.v);
        let n = 2 * m + 1;
        let mut matrix = vec![Complex64::ZERO; n * n];
        for i in 0..m {
            for j in 0..m {
                let entry = jacobian[i * m + j];
                matrix[i * n + j] = entry;
                matrix[(m + i) * n + m + j] = entry;
                matrix[(m + i) * n + j] = bent[i * m + j];
            }
            matrix[i * n + 2 * m] = push[i];
            matrix[(m + i) * n + 2 * m] = pushed[i];
        }
        matrix[2 * m * n + m..2 * m * n + 2 * m].copy_from_slice(&self.pin);
        let mut residual = equation.residual(self.z, 0.0, &self.x, &energies);
        residual.extend(dense::times(&jacobian, &self.v));
        residual.push(pinned(&self.pin, &self.v) - self.level);
        let step = dense::times(&dense::inverse(matrix, n)?, &residual);
        for (x, step) in self.x.iter_mut().chain(&mut self.v).zip(&step) {
            *x -= step;
        }
        self.z -= step[2 * m];
        Some(size(step[2 * m]))
    }
}
