//! The law of `X = A₀ ⊗ 1 + Σ A_j ⊗ s_j` under `tr ⊗ φ`: real symmetric n×n matrices A_j, free semicircular variables s_j of variance 1.
//!
//! It is the limit of the eigenvalues of `A₀ ⊗ 1 + Σ A_j ⊗ H_j` with large independent Wigner matrices H_j, and `s = −tr G` of the matrix
//! that solves `G = (z − A₀ − η(G))⁻¹`, `η(G) = Σ A_j G A_j`, `Im G < 0` (Helton, Rashidi Far and Speicher 2007).

mod above;
mod beside;
mod definite;
mod krylov;
mod map;
mod residual;
mod search;
mod support;

#[cfg(test)]
mod tests;

use ndarray::{Array2, ArrayView2, ArrayView3, Axis};
use num_complex::Complex64;
use std::f64::consts::PI;
use std::sync::OnceLock;

use self::residual::Halves;
use super::local::{LawJet, Local};
use super::transform::{Atom, Memory, Transform};
use super::{Law, LawError, Notation};
use crate::linalg::{product, symmetric_eigenvalues};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::Upper;
use crate::numbers::most;

/// Rows at most: a Krylov space of n×n matrices is kept.
const ROWS: usize = 100;
/// By which share an entry may differ from the one opposite.
const ROUNDING: f64 = 1e-12;
/// The share by which norms that a decomposition computed are off, more than it says of itself.
const COMPUTED: f64 = 1e-10;

/// The matrices, and norms of them.
#[derive(Debug)]
pub(crate) struct MatrixSemicircle {
    n: usize,
    /// `A₀`.
    constant: Array2<f64>,
    /// `A₁, …, A_k` below one another.
    below: Halves,
    /// The eigenvalues of A₀.
    levels: Vec<f64>,
    /// `√|η(1)|`.
    deviation: f64,
    /// `Σ |A_j|²`, in Frobenius' norm.
    squares: Upper,
    found: OnceLock<Vec<Atom>>,
}

impl Law {
    /// The law of `A₀ ⊗ 1 + Σ A_j ⊗ s_j` under `tr ⊗ φ`, s_j free semicircular variables of variance 1: the limit of the eigenvalues of
    /// `A₀ ⊗ 1 + Σ A_j ⊗ H_j` with large independent Wigner matrices H_j.
    ///
    /// `constant` is A₀, real symmetric n×n, and `coefficients` are the k real symmetric matrices A_j, k×n×n. Complex Hermitian matrices have the
    /// law of `[[Re A, −Im A], [Im A, Re A]]`. Values above the real axis and beside the support have proved bounds; the
    /// density inside has none, see [`LawError::Unproved`].
    ///
    /// ```
    /// use ndarray::{arr2, arr3};
    /// use num_complex::Complex64;
    /// use tensor_dyson::measure::Law;
    ///
    /// // [[1 + s₂, s₁], [s₁, −1 − s₂]], at a point above the axis.
    /// let a = arr3(&[[[0.0, 1.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, -1.0]]]);
    /// let law = Law::matrix_semicircle(arr2(&[[1.0, 0.0], [0.0, -1.0]]).view(), a.view())?;
    /// let value = law.stieltjes(Complex64::new(0.3, 0.01))?;
    /// assert!(value.s.im > 0.0 && value.radius < 1e-12);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    ///
    /// # Errors
    /// Matrices that are not square, of one size and at most 100 rows, finite and symmetric, or no A_j that is not 0.
    pub fn matrix_semicircle(
        constant: ArrayView2<'_, f64>,
        coefficients: ArrayView3<'_, f64>,
    ) -> Result<Self, LawError> {
        let (k, rows, cols) = coefficients.dim();
        let (n, other) = constant.dim();
        if n != other || n == 0 || (k > 0 && (rows, cols) != (n, n)) {
            return Err(LawError::Coefficients {
                constant: (n, other),
                coefficients: (rows, cols),
            });
        }
        super::build::argument(n <= ROWS, "rows", n as f64, "at most 100")?;
        let constant = symmetric(0, constant)?;
        let mut below = Array2::zeros((k * n, n));
        for (j, (a, mut into)) in coefficients
            .outer_iter()
            .zip(below.axis_chunks_iter_mut(Axis(0), n))
            .enumerate()
        {
            into.assign(&symmetric(j + 1, a)?);
        }
        let levels = eigenvalues(&constant)?;
        // The eigenvalues of A₀ alone would be atoms at places that are rounded, of which no bound could be given.
        let count = below.iter().filter(|x| **x != 0.0).count() as f64;
        super::build::argument(count > 0.0, "nonzero coefficients", count, "at least 1")?;
        let square = product(below.t(), below.view());
        let most_energy = eigenvalues(&square)?.last().copied().unwrap_or(0.0);
        let energy = most_energy * (1.0 + COMPUTED);
        let squares = below.iter().map(|x| x * x).sum::<f64>() * (1.0 + COMPUTED);
        let law = MatrixSemicircle {
            n,
            levels,
            deviation: energy.sqrt(),
            squares: Upper(squares),
            constant,
            below: Halves::of(below, k.max(1) * n),
            found: OnceLock::new(),
        };
        let (low, high) = law.hull();
        let reach = most([low.abs(), high.abs()]);
        if !(1.0 / super::LARGEST..=super::LARGEST).contains(&reach) {
            return Err(LawError::Range { reach });
        }
        Ok(Law::new(super::node::Kind::MatrixSemicircle(Box::new(law))))
    }
}

fn eigenvalues(a: &Array2<f64>) -> Result<Vec<f64>, LawError> {
    symmetric_eigenvalues(a.view()).map_err(|_| LawError::Range {
        reach: most(a.iter().map(|x| x.abs())),
    })
}

/// A matrix whose entries agree with those opposite up to rounding, made symmetric.
fn symmetric(matrix: usize, a: ArrayView2<'_, f64>) -> Result<Array2<f64>, LawError> {
    let scale = most(a.iter().map(|x| x.abs()));
    for ((row, col), &value) in a.indexed_iter() {
        let other = a[[col, row]];
        let apart = (value - other).abs() <= ROUNDING * scale;
        if !(value.is_finite() && apart) {
            return Err(LawError::Asymmetric {
                matrix,
                row,
                col,
                value,
                other,
            });
        }
    }
    Ok(0.5 * (&a + &a.t()))
}

impl MatrixSemicircle {
    fn plain(&self, z: Complex64, memory: &mut Memory) -> Result<search::Found, LawError> {
        self.root(z, memory).ok_or(LawError::at_edge(z, 0.0))
    }

    fn values(&self, found: &search::Found) -> LawJet {
        let mut s = -self.trace(&found.g).center;
        let ds = -self.trace(&found.slope).center;
        if found.is_beside {
            s.im = 0.0;
        }
        LawJet::from_stieltjes(found.z, s, ds)
    }
}

impl Transform for MatrixSemicircle {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        Ok(self.values(&self.plain(z, memory)?))
    }

    fn evaluate(&self, disc: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let z = disc.center;
        if z.im > disc.radius {
            let found = self.plain(z, memory)?;
            let known = self.above(&found, disc);
            if let Some(local) = known.filter(|local| local.s.radius <= COMPUTED * local.s.most()) {
                return Ok(local);
            }
            // Next to the axis, but not to the support, there is a better one below.
            let beside = self.below(disc, memory).ok();
            return beside.or(known).ok_or(LawError::NoBound { z });
        }
        self.below(disc, memory)
    }

    fn guessed(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        let found = self.root(Complex64::from(x), memory)?;
        let density = -self.trace(&found.g).center.im.min(0.0) / PI;
        let density = if found.is_beside { 0.0 } else { density };
        Some([density, found.error / PI])
    }

    fn atoms(&self) -> Vec<Atom> {
        self.found.get_or_init(|| self.masses()).clone()
    }

    /// `|Σ A_j ⊗ s_j| ≤ 2 √|η(1)|` (Pisier 2003).
    fn hull(&self) -> (f64, f64) {
        let ends = [self.levels.first(), self.levels.last()].map(|x| x.copied().unwrap_or(0.0));
        let reach = 2.0 * self.deviation + COMPUTED * most(ends.map(f64::abs));
        (ends[0] - reach, ends[1] + reach)
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let edges = self.edges();
        let total = self.atoms().iter().fold(0.0, |sum, atom| sum + atom.mass);
        match edges.is_empty() && total < 1.0 - COMPUTED {
            true => Err(LawError::Mass { total }),
            false => Ok(edges),
        }
    }

    /// `M₀ = 1`, `M_{k+1} = A₀ M_k + Σ η(M_i) M_{k−1−i}`, the matrices `(id ⊗ φ) Xᵏ`.
    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let n = self.n;
        let mut powers = vec![Array2::<f64>::eye(n)];
        let mut energies: Vec<Array2<f64>> = Vec::new();
        for k in 0..count {
            let last = powers[k].map(|&x| Complex64::from(x));
            energies.push(self.covariance(last.view()).map(|x| x.re));
            let mut next = product(self.constant.view(), powers[k].view());
            for i in 0..k {
                next += &product(energies[i].view(), powers[k - 1 - i].view());
            }
            powers.push(next);
        }
        let traces = powers.iter().map(|power| power.diag().sum() / n as f64);
        Ok(traces.collect())
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        let (n, k) = (self.n, self.below.rows() / self.n);
        write!(
            f,
            "pencil of {n}×{n} matrices in {k} semicircular variables"
        )
    }
}

impl MatrixSemicircle {
    /// From the foot of z, where that is beside the support.
    fn below(&self, disc: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let z = disc.center;
        let found = self.plain(Complex64::from(z.re), memory)?;
        if !found.is_beside {
            return Err(LawError::NoBound { z });
        }
        let local = self.beside(&found).and_then(|local| local.moved_to(z));
        let local = local.and_then(|local| local.widened(disc.radius));
        local.ok_or(LawError::at_edge(z, disc.radius))
    }

    /// What the steps of a root cost, in steps of a scalar equation.
    fn cost(&self, steps: usize) -> usize {
        steps * (20 + self.n * self.n * self.below.rows() / 100)
    }
}
