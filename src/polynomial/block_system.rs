//! The block equation as a polynomial system: its unknowns, their degrees, their series.
//!
//! Unknown are the entries of W that do not vanish, `W_ij` and `W_ji` once where all coefficients are real, and for each variable with atoms whose
//! coefficient `c u u*` has rank 1 the value `ρ = R(g)` of its R-transform at `g = c u* W u`. With `(M − …)` the constant part of the rows after the first,
//! `z W_{1j} = δ_{1j} + k W_{1j} + (R W)_{1j}` and `W_{ij} = M⁻¹_{ij} + Σ M⁻¹_{ik} (R W)_{kj}`, `R = η(W) + Σ c ρ u u*`; and ρ is the root of
//! `Σ p_i/(1 + g (ρ − x_i)) = 1`. As series in 1/z they are solved order by order.

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::letter::SymbolKind;
use super::scalar::{Exact, Matrix, real, simplest};
use super::sizes::Sizes;
use super::{MatrixExpression, PolynomialError};

/// A part of η: it adds `factor · W_{from}` to `R_{to}`.
pub(super) struct Flow {
    pub(super) to: usize,
    pub(super) from: usize,
    pub(super) factor: Exact,
}

/// A variable with atoms, of rank 1.
pub(super) struct Family {
    /// `c u u*`.
    pub(super) coefficient: Matrix,
    /// `g = Σ g_{ij} W_{ij}`: `c ū_i u_j`.
    pub(super) reading: Vec<(usize, Exact)>,
    pub(super) atoms: Vec<(BigRational, BigRational)>,
}

/// The system, see the head of this file.
pub(super) struct System {
    pub(super) size: usize,
    pub(super) corner: Exact,
    /// `M⁻¹` of the rows after the first.
    pub(super) inverse: Matrix,
    pub(super) flows: Vec<Flow>,
    pub(super) families: Vec<Family>,
    /// Whether an entry of W may differ from 0.
    pub(super) present: Vec<bool>,
    pub(super) symmetric: bool,
}

impl MatrixExpression {
    /// `None` where a number is no simple rational one, a variable with a law has another rank or is not of atoms, or the series do not end.
    pub(super) fn system(&self, sizes: &Sizes) -> Result<Option<System>, PolynomialError> {
        let n = self.pencil.constant.rows;
        let inner = Matrix::from_fn(n - 1, n - 1, |i, j| -self.pencil.constant.at(i + 1, j + 1));
        let Some(inverse) = inner.inverse() else {
            return Ok(None);
        };
        let mut system = System {
            size: n,
            corner: self.pencil.constant.at(0, 0).clone(),
            inverse,
            flows: vec![],
            families: vec![],
            present: vec![],
            symmetric: self.is_real(),
        };
        for (&letter, matrix) in &self.pencil.terms {
            let symbol = &self.symbols[letter.symbol];
            let variance = match &symbol.kind {
                SymbolKind::Law { .. } => return Ok(None),
                SymbolKind::Discrete { atoms } => {
                    let Some(family) = Family::new(matrix, atoms) else {
                        return Ok(None);
                    };
                    system.families.push(family);
                    continue;
                }
                SymbolKind::Semicircle { variance } => *variance,
                SymbolKind::Gaussian => self.variance(sizes, letter)?,
            };
            let Some(variance) = simplest(variance) else {
                return Ok(None);
            };
            system.add_flows(matrix, &real(variance));
        }
        system.present = system.pattern();
        Ok(Some(system))
    }

    fn is_real(&self) -> bool {
        let matrices = std::iter::once(&self.pencil.constant).chain(self.pencil.terms.values());
        let is_real = |matrix: &Matrix| {
            (0..matrix.rows).all(|i| matrix.row(i).iter().all(|x| x.im.is_zero()))
        };
        matrices.into_iter().all(is_real)
    }
}

impl Family {
    fn new(matrix: &Matrix, atoms: &[(f64, f64)]) -> Option<Self> {
        let n = matrix.rows;
        let pivot = (0..n).find(|&i| !matrix.at(i, i).is_zero())?;
        // Of rank 1: `L_ij = L_ip L_pj/L_pp`.
        let of_one = |i: usize, j: usize| {
            matrix.at(i, pivot) * matrix.at(pivot, j) / matrix.at(pivot, pivot)
        };
        let entries = (0..n * n).map(|e| (e / n, e % n));
        if entries
            .clone()
            .any(|(i, j)| &of_one(i, j) != matrix.at(i, j))
        {
            return None;
        }
        // `tr(L W) = c u* W u`.
        let reading = entries
            .filter(|&(i, j)| !matrix.at(i, j).is_zero())
            .map(|(i, j)| (j * n + i, matrix.at(i, j).clone()));
        let pairs = atoms
            .iter()
            .map(|&(at, mass)| Some((simplest(at)?, simplest(mass)?)));
        let atoms = pairs.collect::<Option<Vec<_>>>()?;
        let total = atoms
            .iter()
            .fold(BigRational::zero(), |sum, (_, mass)| sum + mass);
        total.is_one().then(|| Self {
            coefficient: matrix.clone(),
            reading: reading.collect(),
            atoms,
        })
    }
}

impl System {
    fn add_flows(&mut self, matrix: &Matrix, variance: &Exact) {
        let n = self.size;
        let entries: Vec<(usize, usize)> = (0..n * n)
            .map(|e| (e / n, e % n))
            .filter(|&(i, j)| !matrix.at(i, j).is_zero())
            .collect();
        for &(i, k) in &entries {
            for &(j, l) in &entries {
                let factor = matrix.at(i, k) * matrix.at(j, l).conj() * variance;
                self.flows.push(Flow {
                    to: i * n + j,
                    from: k * n + l,
                    factor,
                });
            }
        }
    }

    /// Entries of W that words reach; all others are 0.
    fn pattern(&self) -> Vec<bool> {
        let n = self.size;
        let start = |e: usize| match (e / n, e % n) {
            (0, 0) => true,
            (0, _) | (_, 0) => false,
            (i, j) => !self.inverse.at(i - 1, j - 1).is_zero(),
        };
        let mut present: Vec<bool> = (0..n * n).map(start).collect();
        loop {
            let energy = self.energy_pattern(&present);
            let mut next = present.clone();
            for e in 0..n * n {
                let through =
                    |i: usize| (0..n).any(|l| energy[i * n + l] && present[l * n + e % n]);
                let reached = match e / n {
                    0 => through(0),
                    i => (1..n).any(|k| !self.inverse.at(i - 1, k - 1).is_zero() && through(k)),
                };
                next[e] |= reached;
            }
            if next == present {
                return present;
            }
            present = next;
        }
    }

    fn energy_pattern(&self, present: &[bool]) -> Vec<bool> {
        let n = self.size;
        let mut energy = vec![false; n * n];
        for flow in self.flows.iter().filter(|flow| present[flow.from]) {
            energy[flow.to] = true;
        }
        for family in &self.families {
            for (e, entry) in energy.iter_mut().enumerate() {
                *entry |= !family.coefficient.at(e / n, e % n).is_zero();
            }
        }
        energy
    }
}
