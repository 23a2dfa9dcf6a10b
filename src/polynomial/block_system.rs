//! The block equation as a polynomial system: its unknowns, their degrees, their series.
//!
//! Unknown are the entries of W that do not vanish, `W_ij` and `W_ji` once where all coefficients are real, and for each variable with atoms, whose
//! coefficient is `L V` of rank r, the r × r values `ρ = Σ κ_{k+1} γᵏ` of its R-transform at `γ = V W L`. With `(M − …)` the constant part of the rows
//! after the first, `z W_{1j} = δ_{1j} + k W_{1j} + (R W)_{1j}` and `W_{ij} = M⁻¹_{ij} + Σ M⁻¹_{ik} (R W)_{kj}`, `R = η(W) + Σ L ρ V`. By atoms x of masses p
//! ρ satisfies `Σ_i p_i (ρ − x_i) Π_{k≠i} (1 + γ (ρ − x_k)) = 0`: of numbers this is `Σ p_i/(1 + γ (ρ − x_i)) = 1` without its denominators and its
//! root γ = 0, and so an equality of series in γ, in which a matrix may stand. As series in 1/z all are solved order by order.

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::families::factored;
use super::letter::{Letter, SymbolKind};
use super::scalar::{Exact, Matrix, real, simplest};
use super::sizes::Sizes;
use super::{MatrixExpression, PolynomialError};

/// A part of η: it adds `factor · W_{from}` to `R_{to}`.
pub(super) struct Flow {
    pub(super) to: usize,
    pub(super) from: usize,
    pub(super) factor: Exact,
}

/// A variable with atoms.
pub(super) struct Family {
    pub(super) rank: usize,
    /// `R = L ρ V`: to which entry of R with which factor which entry of ρ is added.
    pub(super) acting: Vec<(usize, usize, Exact)>,
    /// `γ = V W L`: to which entry of γ with which factor which entry of W is added.
    pub(super) reading: Vec<(usize, usize, Exact)>,
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
    /// `None` where a number is no simple rational one, a variable with a law is not of atoms, or the series do not end.
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

    /// `E |x_ab|²` times the number of columns, of a Gaussian matrix or its adjoint.
    fn variance(&self, sizes: &Sizes, letter: Letter) -> Result<f64, PolynomialError> {
        let symbol = &self.symbols[letter.symbol];
        if !letter.adjoint {
            return Ok(1.0);
        }
        Ok(self.size(sizes, symbol.rows)? / self.size(sizes, symbol.cols)?)
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
        let (left, middle) = factored(matrix, &(0..n).collect::<Vec<_>>());
        let right = middle.inverse()?.times(&left.adjoint());
        let rank = middle.rows;
        let mut acting = Vec::new();
        let mut reading = Vec::new();
        for (i, j) in (0..n * n).map(|e| (e / n, e % n)) {
            for (a, b) in (0..rank * rank).map(|e| (e / rank, e % rank)) {
                acting.push((i * n + j, a * rank + b, left.at(i, a) * right.at(b, j)));
                reading.push((a * rank + b, i * n + j, right.at(a, i) * left.at(j, b)));
            }
        }
        acting.retain(|(_, _, x)| !x.is_zero());
        reading.retain(|(_, _, x)| !x.is_zero());
        let pairs = atoms
            .iter()
            .map(|&(at, mass)| Some((simplest(at)?, simplest(mass)?)));
        let atoms = pairs.collect::<Option<Vec<_>>>()?;
        let total = atoms
            .iter()
            .fold(BigRational::zero(), |sum, (_, mass)| sum + mass);
        total.is_one().then_some(Self {
            rank,
            acting,
            reading,
            atoms,
        })
    }
}

impl System {
    /// The variables with atoms, each with its entries of ρ, or with what there is one of for each entry.
    pub(super) fn with_rho<'a, T>(
        &'a self,
        rho: &'a [T],
    ) -> impl Iterator<Item = (&'a Family, &'a [T])> {
        let mut end = 0;
        self.families.iter().map(move |family| {
            let start = end;
            end += family.rank * family.rank;
            (family, &rho[start..end])
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
            for (to, _, _) in &family.acting {
                energy[*to] = true;
            }
        }
        energy
    }
}
