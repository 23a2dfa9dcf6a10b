//! A Krylov space with full reorthogonalisation, grown a product at a time and restarted by its Ritz vectors.
//!
//! The thick restart is that of Wu and Simon 2000 (*Thick-restart Lanczos method for large symmetric eigenvalue
//! problems*): the kept Ritz vectors and the residual span a space on which A is an arrow.
//!
//! A space that is invariant is no end: a random vector orthogonal to all that was found opens the next one, which is
//! how further copies of a multiple eigenvalue are found. The whole is exhausted when there is no direction left, or
//! A is 0 on a random vector from what is left.

use crate::linalg::{LinalgError, symmetric_eigen};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, Axis, s};
use rand::rngs::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

/// Units of the product's arithmetic, times the largest norm of a product, below which what is new in a product is its
/// rounding.
pub(super) const ROUNDING: f64 = 32.0;
/// Passes of an orthogonalisation at most: two are enough for anything but rounding (Parlett 1998, section 6.9).
const PASSES: usize = 4;

/// Entries of a vector that are summed in one go: a fixed number, so that the order of the sums does not
/// depend on the number of threads.
const SEGMENT: usize = 4096;

/// Eigenvalues of the projection of A, with what is known of each.
pub(crate) struct Ritz {
    /// Ascending.
    pub values: Array1<f64>,
    /// `‖A u − θ u‖` for the Ritz vector u of θ: some eigenvalue of A lies as near to θ.
    pub residuals: Array1<f64>,
    /// The squared first component: the weight of the Gauss quadrature, for a space that was not restarted.
    pub weights: Array1<f64>,
    vectors: Array2<f64>,
}

/// Orthonormal rows `v_0, …, v_size`, with `A v_j` in the span of the rows for `j < size`.
pub(crate) struct Krylov {
    basis: Array2<f64>,
    projected: Array2<f64>,
    size: usize,
    /// The norm of the part of the last product that is new.
    coupling: f64,
    /// The largest norm of a product, a lower bound of `‖A‖`.
    scale: f64,
    /// What a product is rounded to, relative to `‖A‖`.
    unit: f64,
    /// The size at which the space of the start vector was found to be invariant.
    invariant: Option<usize>,
    /// The vector whose product comes next is random, from outside of an invariant space.
    is_fresh: bool,
    restarted: bool,
    complete: bool,
    rng: ChaCha8Rng,
}

impl Krylov {
    /// The space of a start vector, with room for `capacity` products of an operator that rounds to `unit`; vectors
    /// that open further spaces come from `rng`.
    pub(crate) fn new(mut start: Array1<f64>, capacity: usize, unit: f64, rng: ChaCha8Rng) -> Self {
        let capacity = capacity.min(start.len());
        start /= start.dot(&start).sqrt();
        let mut basis = Array2::zeros((capacity + 1, start.len()));
        basis.row_mut(0).assign(&start);
        Krylov {
            basis,
            projected: Array2::zeros((capacity, capacity)),
            size: 0,
            coupling: f64::INFINITY,
            scale: 0.0,
            unit,
            invariant: None,
            is_fresh: false,
            restarted: false,
            complete: false,
            rng,
        }
    }

    /// Products absorbed since the space was made, less those dropped by restarts.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// The room is used.
    pub(crate) fn is_full(&self) -> bool {
        self.size == self.projected.nrows()
    }

    /// All eigenvalues are known: there is no direction left, or A is 0 on what is left.
    pub(crate) fn is_complete(&self) -> bool {
        self.complete
    }

    /// The space of the start vector alone is invariant: its spectral measure is known.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.invariant.is_some()
    }

    /// The size of the space of the start vector alone.
    pub(crate) fn own_size(&self) -> usize {
        self.invariant.unwrap_or(self.size)
    }

    /// Number of rows of A.
    pub(crate) fn dimension(&self) -> usize {
        self.basis.ncols()
    }

    /// What is below this is the rounding of a product.
    pub(crate) fn rounding(&self) -> f64 {
        ROUNDING * self.unit * self.scale
    }

    /// The vector whose product comes next.
    pub(crate) fn next(&self) -> ArrayView1<'_, f64> {
        self.basis.row(self.size)
    }

    /// Takes `A v_size`.
    pub(crate) fn absorb(&mut self, mut product: ArrayViewMut1<'_, f64>) {
        let j = self.size;
        let rows = self.basis.slice(s![..=j, ..]);
        let length = product.dot(&product).sqrt();
        // The recurrence's own two terms first, which take the most of it. Then once is enough where little is left to take
        // away, and twice always (Daniel, Gragg, Kaufman and Stewart 1976): the rows are read from memory once, not twice.
        let near = rows.slice(s![j.saturating_sub(1).., ..]);
        let mut diagonal = subtract_projection(near, product.view_mut())[near.nrows() - 1];
        for _ in 0..PASSES {
            let before = product.dot(&product);
            diagonal += subtract_projection(rows, product.view_mut())[j];
            if 2.0 * product.dot(&product) > before {
                break;
            }
        }
        self.projected[[j, j]] = diagonal;
        self.scale = self.scale.max(length);
        self.size += 1;
        if self.is_fresh && !self.restarted && length <= self.rounding() {
            self.complete = true;
        }
        self.is_fresh = false;
        let norm = product.dot(&product).sqrt();
        // What is left of an invariant space is rounding.
        if self.size == self.dimension() || norm <= self.rounding() {
            self.coupling = 0.0;
            self.invariant.get_or_insert(self.size);
            self.open_another();
        } else {
            self.coupling = norm;
            product /= norm;
            self.basis.row_mut(self.size).assign(&product);
        }
        if self.size < self.projected.nrows() {
            self.projected[[j, j + 1]] = self.coupling;
            self.projected[[j + 1, j]] = self.coupling;
        }
    }

    /// A random vector orthogonal to all that was found comes next, if there is one.
    fn open_another(&mut self) {
        if self.size == self.dimension() {
            self.complete = true;
            return;
        }
        let rng = &mut self.rng;
        let mut fresh =
            Array1::from_shape_simple_fn(self.basis.ncols(), || StandardNormal.sample(rng));
        let rows = self.basis.slice(s![..self.size, ..]);
        for _ in 0..PASSES {
            subtract_projection(rows, fresh.view_mut());
            fresh /= f64::max(fresh.dot(&fresh).sqrt(), f64::MIN_POSITIVE);
        }
        self.basis.row_mut(self.size).assign(&fresh);
        self.is_fresh = true;
    }

    /// The Ritz values of the first `size` vectors.
    pub(crate) fn ritz_of(&self, size: usize) -> Result<Ritz, LinalgError> {
        let eigen = symmetric_eigen(self.projected.slice(s![..size, ..size]))?;
        let coupling = if size == self.size {
            self.coupling
        } else {
            self.projected[[size, size - 1]]
        };
        Ok(Ritz {
            residuals: eigen.vectors.row(size - 1).mapv(|s| coupling * s.abs()),
            weights: eigen.vectors.row(0).mapv(|s| s * s),
            values: eigen.values,
            vectors: eigen.vectors,
        })
    }

    /// The Ritz values of the whole space.
    pub(crate) fn ritz(&self) -> Result<Ritz, LinalgError> {
        self.ritz_of(self.size)
    }

    /// The Ritz vectors of the values with these indices, as rows of norm 1.
    pub(crate) fn vectors(&self, ritz: &Ritz, indices: &[usize]) -> Array2<f64> {
        let coefficients = ritz.vectors.select(Axis(1), indices);
        let mut vectors = Array2::zeros((indices.len(), self.basis.ncols()));
        vectors
            .axis_chunks_iter_mut(Axis(1), SEGMENT)
            .into_par_iter()
            .zip(self.basis.axis_chunks_iter(Axis(1), SEGMENT))
            .for_each(|(mut to, basis)| {
                to.assign(&coefficients.t().dot(&basis.slice(s![..self.size, ..])));
            });
        vectors
    }

    /// Keeps the `low` lowest and the `high` highest Ritz vectors, and the residual.
    pub(crate) fn restart(&mut self, ritz: &Ritz, low: usize, high: usize) {
        let size = self.size;
        let kept: Vec<usize> = (0..low).chain(size - high..size).collect();
        let coefficients = ritz.vectors.select(Axis(1), &kept);
        let residual = self.basis.row(size).to_owned();
        // In place, a segment of columns at a time.
        self.basis
            .axis_chunks_iter_mut(Axis(1), SEGMENT)
            .into_par_iter()
            .for_each(|mut columns| {
                let rotated = coefficients.t().dot(&columns.slice(s![..size, ..]));
                columns.slice_mut(s![..kept.len(), ..]).assign(&rotated);
            });
        self.basis.row_mut(kept.len()).assign(&residual);
        self.projected.fill(0.0);
        self.restarted = true;
        for (i, &k) in kept.iter().enumerate() {
            self.projected[[i, i]] = ritz.values[k];
            let arrow = self.coupling * ritz.vectors[[size - 1, k]];
            self.projected[[i, kept.len()]] = arrow;
            self.projected[[kept.len(), i]] = arrow;
        }
        self.size = kept.len();
    }
}

/// `w −= Vᵀ V w` for orthonormal rows V; returns `V w`.
fn subtract_projection(v: ArrayView2<'_, f64>, mut w: ArrayViewMut1<'_, f64>) -> Array1<f64> {
    let parts: Vec<Array1<f64>> = v
        .axis_chunks_iter(Axis(1), SEGMENT)
        .into_par_iter()
        .zip(w.axis_chunks_iter(Axis(0), SEGMENT))
        .map(|(v, w)| v.outer_iter().map(|row| row.dot(&w)).collect())
        .collect();
    let mut projection = Array1::zeros(v.nrows());
    for part in &parts {
        projection += part;
    }
    w.axis_chunks_iter_mut(Axis(0), SEGMENT)
        .into_par_iter()
        .zip(v.axis_chunks_iter(Axis(1), SEGMENT))
        .for_each(|(mut w, v)| {
            for (row, &c) in v.outer_iter().zip(&projection) {
                w.scaled_add(-c, &row);
            }
        });
    projection
}
