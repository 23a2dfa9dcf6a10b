//! The matrix Dyson equation of a selfadjoint pencil.
//!
//! Let `L = K + Σ L_x x` be a pencil in free semicircular and rectangular Gaussian variables and in free variables of any laws,
//! its rows and columns of dimensions τ. `W_τ` is the block of `(id ⊗ tr_τ) (z e₁₁ − L)⁻¹` of the rows of
//! dimension τ; other blocks vanish. With `b = z e₁₁ − K` and η the covariance of the Gaussian part,
//!
//! ```math
//! (b − η(W) − Σ_j U_j σ_j(Ω_j) U_j^*)\, W = 1, \quad (Ω_j − σ_j(Ω_j))\, U_j^* W U_j = 1,
//! ```
//!
//! where `L_j = U_j K_j U_j*` with `K_j` as small as its rank, and `σ_j(Ω) = Ω − (∫ (Ω − x K_j)⁻¹ dμ_j(x))⁻¹` is the self-energy of the j-th
//! variable. This is operator-valued subordination (Belinschi, Mai and Speicher 2017), reduced to the ranks of the coefficients: with
//! `ω_j = W⁻¹ + U_j σ_j U_j*` and `Ω_j = (U_j* ω_j⁻¹ U_j)⁻¹`, Woodbury's identity turns `∫ (ω_j − x L_j)⁻¹ dμ_j = W` into the second
//! equation. Without such variables it is the equation of Helton, Rashidi Far and Speicher 2007.

use num_complex::Complex64;

use super::energy::{Energy, Source};
use super::small::product;
use crate::measure::arithmetic::scalar::Scalar;

/// The rows of one dimension.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// How many.
    pub(crate) size: usize,
    /// `−K`, by rows.
    pub(crate) constant: Vec<Complex64>,
    /// The variables with a law that stand here.
    pub(crate) families: Vec<Family>,
}

/// A variable with a law, and its coefficient `U K U*`.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    /// The rank of the coefficient.
    pub(crate) rank: usize,
    /// U, by rows: as many as the block has, `rank` columns.
    pub(crate) left: Vec<Complex64>,
    /// K, Hermitian, with an inverse.
    pub(crate) middle: Vec<Complex64>,
    /// The law.
    pub(crate) source: Source,
}

/// A part of η: it adds `factor · W_{from}` to `η(W)_{to}`, entries of blocks counted through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flow {
    pub(crate) to: usize,
    pub(crate) from: usize,
    pub(crate) factor: Complex64,
}

/// An equation; z stands in the first entry of the first block. Unknown are, block by block, W and the Ω of each family.
#[derive(Clone, Debug)]
pub(crate) struct Equation {
    pub(crate) blocks: Vec<Block>,
    pub(crate) flows: Vec<Flow>,
    /// Where the entries of each block of W begin.
    pub(super) begins: Vec<usize>,
    /// Where the unknowns of each block begin.
    pub(super) unknowns: Vec<usize>,
    /// Entries of W, and unknowns, in all.
    pub(super) entries: usize,
    pub(super) count: usize,
}

impl Block {
    /// Entries of the block.
    pub(super) fn area(&self) -> usize {
        self.size * self.size
    }

    fn count(&self) -> usize {
        self.area() + self.families.iter().map(Family::area).sum::<usize>()
    }
}

impl Family {
    /// Entries of Ω.
    pub(super) fn area(&self) -> usize {
        self.rank * self.rank
    }

    /// `U M U*`, added to an n×n matrix with a sign.
    fn spread<T: Scalar>(&self, middle: &[T], sign: f64, n: usize, into: &mut [T]) {
        let r = self.rank;
        for i in 0..n {
            for j in 0..n {
                for c in 0..r {
                    for d in 0..r {
                        let factor = self.left[i * r + c] * self.left[j * r + d].conj() * sign;
                        if factor != Complex64::ZERO {
                            into[i * n + j] =
                                into[i * n + j] + T::exact(factor) * middle[c * r + d];
                        }
                    }
                }
            }
        }
    }

    /// `U* W`, `rank` rows.
    pub(super) fn rows<T: Scalar>(&self, w: &[T], n: usize) -> Vec<T> {
        let adjoint: Vec<T> = (0..self.rank * n)
            .map(|e| T::exact(self.left[(e % n) * self.rank + e / n].conj()))
            .collect();
        product(&adjoint, w, [self.rank, n, n])
    }

    /// `U* W U`.
    pub(super) fn inner<T: Scalar>(&self, w: &[T], n: usize) -> Vec<T> {
        let left: Vec<T> = self.left.iter().map(|&u| T::exact(u)).collect();
        product(&self.rows(w, n), &left, [self.rank, n, self.rank])
    }
}

impl Equation {
    pub(crate) fn new(blocks: Vec<Block>, flows: Vec<Flow>) -> Self {
        let starts = |size: fn(&Block) -> usize| {
            let sums = blocks.iter().scan(0, |sum, block| {
                *sum += size(block);
                Some(*sum - size(block))
            });
            sums.collect()
        };
        Self {
            begins: starts(Block::area),
            unknowns: starts(Block::count),
            entries: blocks.iter().map(Block::area).sum(),
            count: blocks.iter().map(Block::count).sum(),
            blocks,
            flows,
        }
    }

    /// How many unknowns there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Of each family where its block and its Ω begin among the unknowns, block by block.
    pub(super) fn omegas(&self, block: usize) -> impl Iterator<Item = (usize, &Family)> {
        let mut next = self.unknowns[block] + self.blocks[block].area();
        self.blocks[block].families.iter().map(move |family| {
            next += family.area();
            (next - family.area(), family)
        })
    }

    /// `W`, all blocks, from the unknowns.
    pub(super) fn whole<T: Scalar>(&self, x: &[T]) -> Vec<T> {
        let mut whole = Vec::with_capacity(self.entries);
        for (block, &start) in self.blocks.iter().zip(&self.unknowns) {
            whole.extend_from_slice(&x[start..start + block.area()]);
        }
        whole
    }

    /// `b − η(W)`, all blocks, with `raised` times i added to b.
    fn free_of_families<T: Scalar>(&self, z: T, raised: f64, whole: &[T]) -> Vec<T> {
        let mut out = Vec::with_capacity(self.entries);
        for block in &self.blocks {
            out.extend(block.constant.iter().map(|&x| T::exact(x)));
        }
        out[0] = out[0] + z;
        if raised > 0.0 {
            for (block, &begin) in self.blocks.iter().zip(&self.begins) {
                for i in 0..block.size {
                    let at = begin + i * (block.size + 1);
                    out[at] = out[at] + T::exact(Complex64::new(0.0, raised));
                }
            }
        }
        self.without_flows(whole, &mut out);
        out
    }

    /// Takes `η(W)` away.
    fn without_flows<T: Scalar>(&self, whole: &[T], out: &mut [T]) {
        for flow in &self.flows {
            out[flow.to] = out[flow.to] - T::exact(flow.factor) * whole[flow.from];
        }
    }

    /// `b − η(W) − Σ U σ U*`, all blocks.
    pub(super) fn energy<T: Scalar>(
        &self,
        z: T,
        raised: f64,
        whole: &[T],
        energies: &[Vec<Energy<T>>],
    ) -> Vec<T> {
        let mut out = self.free_of_families(z, raised, whole);
        self.without_families(energies, |_, energy| energy.value.clone(), &mut out);
        out
    }

    /// Takes `Σ U σ U*` away.
    fn without_families<T: Scalar>(
        &self,
        energies: &[Vec<Energy<T>>],
        part: impl Fn(usize, &Energy<T>) -> Vec<T>,
        out: &mut [T],
    ) {
        for (t, block) in self.blocks.iter().enumerate() {
            let here = &mut out[self.begins[t]..self.begins[t] + block.area()];
            for ((omega, family), energy) in self.omegas(t).zip(&energies[t]) {
                family.spread(&part(omega, energy), -1.0, block.size, here);
            }
        }
    }

    /// In every block with several families the `ω_j = W⁻¹ + U_j σ_j U_j*` of each.
    pub(super) fn subordinated<T: Scalar>(
        &self,
        z: T,
        x: &[T],
        energies: &[Vec<Energy<T>>],
    ) -> Vec<Vec<Vec<T>>> {
        let inverse = self.energy(z, 0.0, &self.whole(x), energies);
        self.with_one(&inverse, energies, |_, energy| energy.value.clone())
    }

    /// The derivatives of these by z, from those of the unknowns.
    pub(super) fn subordinated_slopes<T: Scalar>(
        &self,
        slope: &[T],
        energies: &[Vec<Energy<T>>],
    ) -> Vec<Vec<Vec<T>>> {
        let along = |omega: usize, energy: &Energy<T>| {
            let r = energy.value.len();
            product(&energy.slope, &slope[omega..omega + r], [r, r, 1])
        };
        let mut inverse = self.corner();
        self.without_flows(&self.whole(slope), &mut inverse);
        self.without_families(energies, along, &mut inverse);
        self.with_one(&inverse, energies, along)
    }

    fn with_one<T: Scalar>(
        &self,
        inverse: &[T],
        energies: &[Vec<Energy<T>>],
        part: impl Fn(usize, &Energy<T>) -> Vec<T>,
    ) -> Vec<Vec<Vec<T>>> {
        let blocks = self.blocks.iter().enumerate();
        let of_block = |(t, block): (usize, &Block)| {
            let several = block.families.len() > 1;
            let families = self.omegas(t).zip(&energies[t]).filter(|_| several);
            let one = |((omega, family), energy): ((usize, &Family), &Energy<T>)| {
                let mut here = inverse[self.begins[t]..self.begins[t] + block.area()].to_vec();
                family.spread(&part(omega, energy), 1.0, block.size, &mut here);
                here
            };
            families.map(one).collect()
        };
        blocks.map(of_block).collect()
    }

    /// `F(X)` at z, with `raised` times i added to b.
    pub(super) fn residual<T: Scalar>(
        &self,
        z: T,
        raised: f64,
        x: &[T],
        energies: &[Vec<Energy<T>>],
    ) -> Vec<T> {
        let whole = self.whole(x);
        let left = self.energy(z, raised, &whole, energies);
        let mut out = Vec::with_capacity(self.count);
        for (t, block) in self.blocks.iter().enumerate() {
            let here = self.begins[t]..self.begins[t] + block.area();
            let (n, w) = (block.size, &whole[here.clone()]);
            out.extend(less_one(product(&left[here], w, [n, n, n]), n));
            for ((omega, family), energy) in self.omegas(t).zip(&energies[t]) {
                let r = family.rank;
                let inverse = energy.inverse(&x[omega..omega + family.area()]);
                let mean = family.inner(w, n);
                out.extend(less_one(product(&inverse, &mean, [r, r, r]), r));
            }
        }
        out
    }
}

/// `A − 1`.
fn less_one<T: Scalar>(mut a: Vec<T>, n: usize) -> Vec<T> {
    for i in 0..n {
        a[i * (n + 1)] = a[i * (n + 1)] - T::real(1.0);
    }
    a
}
