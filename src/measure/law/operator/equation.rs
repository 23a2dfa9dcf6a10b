//! The matrix Dyson equation of a selfadjoint pencil, as a system of quadratic equations.
//!
//! Let `L = K + Σ L_x x` be a pencil in free semicircular and rectangular Gaussian variables and in free families of
//! finitely many atoms, its rows and columns of dimensions τ. `W_τ` is the block of `(id ⊗ tr_τ) (z e₁₁ − L)⁻¹` of the rows of
//! dimension τ; other blocks vanish. With `b = z e₁₁ − K` and η the covariance of the Gaussian part,
//!
//! - without atoms `(b − η(W)) W = 1` (Helton, Rashidi Far and Speicher 2007);
//! - with one family `(b − η(W) − x_i C) W_i = 1`, `W = Σ p_i W_i`;
//! - with families `j = 1, …, k` free of one another `(ω_j − x_{ji} C_j) W_{ji} = 1`, `Σ_i p_{ji} W_{ji} = W` for each j, and
//!   `Σ ω_j − (k−1) V = b − η(W)`, `V W = 1`: operator-valued subordination (Belinschi, Mai and Speicher 2017).
//!
//! All are `F(X) = 0` with F of degree two, so that Newton's method and its bounds need no more than F, its derivative at a point, and
//! the sizes of the coefficients.

use num_complex::Complex64;

use crate::measure::arithmetic::scalar::Scalar;

/// The rows of one dimension.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// How many.
    pub(crate) size: usize,
    /// `−K`, by rows.
    pub(crate) constant: Vec<Complex64>,
    /// The families of atoms that stand here.
    pub(crate) families: Vec<Family>,
}

/// A variable of finitely many atoms.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    /// C, by rows.
    pub(crate) coefficient: Vec<Complex64>,
    /// Places and masses, the masses of sum 1.
    pub(crate) atoms: Vec<(f64, f64)>,
}

/// A part of η: it adds `factor · W_{from}` to `η(W)_{to}`, entries of blocks counted through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flow {
    pub(crate) to: usize,
    pub(crate) from: usize,
    pub(crate) factor: Complex64,
}

/// An equation; z stands in the first entry of the first block.
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

    /// Matrices that are unknown: `W`; or `W_i`; or `W_{ji}`, `ω_j` and V.
    fn matrices(&self) -> usize {
        let atoms: usize = self.families.iter().map(|family| family.atoms.len()).sum();
        match self.families.len() {
            0 => 1,
            1 => atoms,
            k => atoms + k + 1,
        }
    }
}

impl Equation {
    pub(crate) fn new(blocks: Vec<Block>, flows: Vec<Flow>) -> Self {
        let begins = blocks.iter().scan(0, |sum, block| {
            *sum += block.area();
            Some(*sum - block.area())
        });
        let unknowns = blocks.iter().scan(0, |sum, block| {
            *sum += block.area() * block.matrices();
            Some(*sum - block.area() * block.matrices())
        });
        Self {
            begins: begins.collect(),
            unknowns: unknowns.collect(),
            entries: blocks.iter().map(Block::area).sum(),
            count: blocks
                .iter()
                .map(|block| block.area() * block.matrices())
                .sum(),
            blocks,
            flows,
        }
    }

    /// How many unknowns there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Where the matrices of block τ stand among the unknowns: the k-th.
    pub(super) fn place(&self, block: usize, k: usize) -> usize {
        self.unknowns[block] + k * self.blocks[block].area()
    }

    /// Of block τ where the atoms of each family begin among its matrices.
    pub(super) fn firsts(&self, block: usize) -> impl Iterator<Item = (usize, &Family)> {
        let mut next = 0;
        self.blocks[block].families.iter().map(move |family| {
            let first = next;
            next += family.atoms.len();
            (first, family)
        })
    }

    /// Of block τ with several families where the `ω_j` begin among its matrices; V stands after them.
    pub(super) fn omegas(&self, block: usize) -> usize {
        self.blocks[block]
            .families
            .iter()
            .map(|family| family.atoms.len())
            .sum()
    }

    /// `W`, all blocks, from the unknowns.
    pub(super) fn whole<T: Scalar>(&self, x: &[T]) -> Vec<T> {
        let mut whole = Vec::with_capacity(self.entries);
        for (t, block) in self.blocks.iter().enumerate() {
            let (start, area) = (self.unknowns[t], block.area());
            match block.families.first() {
                None => whole.extend_from_slice(&x[start..start + area]),
                Some(family) => whole.extend((0..area).map(|e| average(family, x, start, e, area))),
            }
        }
        whole
    }

    /// `b − η(W)`, all blocks.
    pub(super) fn energy<T: Scalar>(&self, z: T, raised: f64, whole: &[T]) -> Vec<T> {
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
        for flow in &self.flows {
            out[flow.to] = out[flow.to] - T::exact(flow.factor) * whole[flow.from];
        }
        out
    }

    /// `F(X)` at z, with `raised` times i added to b.
    pub(super) fn residual<T: Scalar>(&self, z: T, raised: f64, x: &[T]) -> Vec<T> {
        let whole = self.whole(x);
        let energy = self.energy(z, raised, &whole);
        let mut out = Vec::with_capacity(self.count);
        for (t, block) in self.blocks.iter().enumerate() {
            let here = &energy[self.begins[t]..self.begins[t] + block.area()];
            let matrix = |k: usize| &x[self.place(t, k)..self.place(t, k) + block.area()];
            match &block.families[..] {
                [] => out.extend(product_less_one(here, matrix(0), block.size)),
                [family] => {
                    for (k, &(at, _)) in family.atoms.iter().enumerate() {
                        let left = less(here, at, &family.coefficient);
                        out.extend(product_less_one(&left, matrix(k), block.size));
                    }
                }
                families => {
                    let (omegas, k) = (self.omegas(t), families.len());
                    for (j, (first, family)) in self.firsts(t).enumerate() {
                        let omega = matrix(omegas + j);
                        for (i, &(at, _)) in family.atoms.iter().enumerate() {
                            let left = less(omega, at, &family.coefficient);
                            out.extend(product_less_one(&left, matrix(first + i), block.size));
                        }
                        if j > 0 {
                            let start = self.place(t, first);
                            out.extend((0..block.area()).map(|e| {
                                average(family, x, start, e, block.area())
                                    - whole[self.begins[t] + e]
                            }));
                        }
                    }
                    let inverse = matrix(omegas + k);
                    out.extend((0..block.area()).map(|e| {
                        let sum =
                            (1..k).fold(matrix(omegas)[e], |sum, j| sum + matrix(omegas + j)[e]);
                        sum - inverse[e] * (k - 1) as f64 - here[e]
                    }));
                    let mean = &whole[self.begins[t]..self.begins[t] + block.area()];
                    out.extend(product_less_one(inverse, mean, block.size));
                }
            }
        }
        out
    }
}

/// Entry e of `Σ p_i W_i`.
fn average<T: Scalar>(family: &Family, x: &[T], start: usize, e: usize, area: usize) -> T {
    let terms = family.atoms.iter().enumerate();
    terms.fold(T::real(0.0), |sum, (i, &(_, mass))| {
        sum + x[start + i * area + e] * mass
    })
}

/// `A − at·C`.
fn less<T: Scalar>(a: &[T], at: f64, coefficient: &[Complex64]) -> Vec<T> {
    let pairs = a.iter().zip(coefficient);
    pairs
        .map(|(&a, &c)| {
            if c == Complex64::ZERO {
                a
            } else {
                a - T::exact(c) * at
            }
        })
        .collect()
}

/// `A B − 1`.
fn product_less_one<T: Scalar>(a: &[T], b: &[T], n: usize) -> impl Iterator<Item = T> {
    (0..n * n).map(move |e| {
        let (i, j) = (e / n, e % n);
        let first = a[i * n] * b[j];
        let sum = (1..n).fold(first, |sum, l| sum + a[i * n + l] * b[l * n + j]);
        if i == j { sum - T::real(1.0) } else { sum }
    })
}
