//! Is an eigenvalue missing? Bounds of a spectrum from a random vector, with a probability.

use super::extremes::{Progress, SpectrumError};
use super::operator::SymmetricOperator;
use crate::model::Streams;
use crate::numbers::larger;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis};
use rand_distr::{Distribution, StandardNormal};

/// A on the orthogonal complement of the rows of `vectors`, which are orthonormal; `fill` times the identity on their span.
pub(super) struct Deflated<'a> {
    pub operator: &'a dyn SymmetricOperator,
    pub vectors: ArrayView2<'a, f64>,
    pub fill: f64,
}

impl Deflated<'_> {
    pub(super) fn project(&self, mut v: ArrayViewMut1<'_, f64>) {
        let inside = self.vectors.dot(&v);
        for (u, c) in self.vectors.rows().into_iter().zip(inside) {
            v.scaled_add(-c, &u);
        }
    }
}

impl SymmetricOperator for Deflated<'_> {
    fn dimension(&self) -> usize {
        self.operator.dimension()
    }

    fn apply(&self, block: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        let mut inside = block.to_owned();
        for row in inside.rows_mut() {
            self.project(row);
        }
        self.operator.apply(inside.view(), out.view_mut());
        for (mut row, v) in out.rows_mut().into_iter().zip(block.rows()) {
            self.project(row.view_mut());
            let inside = self.vectors.dot(&v);
            for (u, c) in self.vectors.rows().into_iter().zip(inside) {
                row.scaled_add(self.fill * c, &u);
            }
        }
    }

    fn operations(&self) -> f64 {
        self.operator.operations() + 8.0 * self.vectors.len() as f64
    }

    fn unit(&self) -> f64 {
        self.operator.unit()
    }
}

/// What a random vector has seen of the spectrum of A on the complement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    /// The ends of the Ritz values, which are inside of the spectrum.
    pub inside: (f64, f64),
    /// Outside of them there is nothing, with the confidence asked for; infinite where too few steps say nothing.
    pub outside: (f64, f64),
}

/// Steps between two looks at the ends.
const LOOK: usize = 16;

/// A three-term recurrence without reorthogonalisation: its ends are right all the same (Paige 1980), and two vectors
/// are all that it keeps.
struct Recurrence {
    before: Array1<f64>,
    now: Array1<f64>,
    diagonal: Vec<f64>,
    coupling: Vec<f64>,
    scale: f64,
}

impl Recurrence {
    /// From a random vector of the complement.
    fn new(deflated: &Deflated<'_>, streams: Streams) -> Self {
        let n = deflated.dimension();
        let mut rng = streams.stream(0);
        let mut start = Array1::from_shape_simple_fn(n, || StandardNormal.sample(&mut rng));
        for _ in 0..2 {
            deflated.project(start.view_mut());
            start /= norm(start.view());
        }
        Recurrence {
            before: Array1::zeros(n),
            now: start,
            diagonal: Vec::new(),
            coupling: Vec::new(),
            scale: 0.0,
        }
    }

    /// What is seen where each end may be missed by a share of the spread, and a residual is left.
    fn seen(&self, share: f64, left: f64) -> Seen {
        let (low, high) = self.ends();
        let beyond = if share < 0.5 {
            // Both ends together bound the spread.
            left + share * (high - low) / (1.0 - 2.0 * share)
        } else {
            f64::INFINITY
        };
        Seen {
            inside: (low, high),
            outside: (low - beyond, high + beyond),
        }
    }

    /// Takes a product; whether there is another.
    fn step(&mut self, deflated: &Deflated<'_>, product: usize) -> Result<bool, SpectrumError> {
        let block = self.now.view().insert_axis(Axis(0));
        let mut image = Array2::zeros(block.raw_dim());
        deflated.apply(block, image.view_mut());
        let mut image = image.remove_axis(Axis(0));
        if image.iter().any(|x| !x.is_finite()) {
            return Err(SpectrumError::NotFinite { product });
        }
        self.scale = self.scale.max(image.dot(&image).sqrt());
        if let Some(&coupling) = self.coupling.last() {
            image.scaled_add(-coupling, &self.before);
        }
        let diagonal = self.now.dot(&image);
        image.scaled_add(-diagonal, &self.now);
        deflated.project(image.view_mut());
        let norm = image.dot(&image).sqrt();
        self.diagonal.push(diagonal);
        self.coupling.push(norm);
        let rounding = super::krylov::ROUNDING * deflated.unit() * self.scale;
        if norm <= rounding {
            return Ok(false);
        }
        image /= norm;
        self.before = std::mem::replace(&mut self.now, image);
        Ok(true)
    }

    /// The ends of the eigenvalues of the tridiagonal matrix.
    fn ends(&self) -> (f64, f64) {
        let mirrored: Vec<f64> = self.diagonal.iter().map(|x| -x).collect();
        let couplings = &self.coupling[..self.diagonal.len() - 1];
        (
            -largest(&mirrored, couplings),
            largest(&self.diagonal, couplings),
        )
    }
}

/// The largest eigenvalue of a symmetric tridiagonal matrix, rounded down: by bisection on the sign of the pivots of
/// `x − T` (Givens 1954; Barth, Martin and Wilkinson 1967), all positive above it.
fn largest(diagonal: &[f64], couplings: &[f64]) -> f64 {
    let beside = |k: usize| {
        let before = k.checked_sub(1).map_or(0.0, |k| couplings[k]);
        before + couplings.get(k).copied().unwrap_or(0.0)
    };
    let discs = || diagonal.iter().enumerate();
    let mut high = discs()
        .map(|(k, d)| d + beside(k))
        .fold(f64::NEG_INFINITY, larger);
    let mut low = diagonal.iter().copied().fold(f64::NEG_INFINITY, larger);
    let is_above = |x: f64| {
        let mut pivot = f64::INFINITY;
        for (k, d) in discs() {
            let coupling = k.checked_sub(1).map_or(0.0, |k| couplings[k]);
            pivot = x - d - coupling * coupling / pivot;
            if pivot <= 0.0 {
                return false;
            }
        }
        true
    };
    loop {
        let middle = 0.5 * (low + high);
        if !(low < middle && middle < high) {
            return low;
        }
        if is_above(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

/// After m steps from a random direction of dimension n the largest Ritz value ξ misses the largest eigenvalue by more than a
/// share ε of the spread of the spectrum with probability at most `1.648 √n e^{−√ε(2m−1)}` (Kuczyński and
/// Woźniakowski 1992, theorem 3.2): the ε at which that is `failure`.
fn missed(steps: usize, dimension: usize, failure: f64) -> f64 {
    let ratio = 1.648 * (dimension as f64).sqrt() / failure;
    (ratio.ln() / (2 * steps - 1) as f64).powi(2)
}

/// How long a random vector is looked at.
pub(super) struct Look {
    /// Products at most.
    pub steps: usize,
    /// The probability with which each end may fail.
    pub failure: f64,
    /// Products that were taken before.
    pub before: usize,
}

impl Look {
    /// The ends of the spectrum of A on the complement of some vectors, from a random vector of it: after so many products, or
    /// as soon as `enough` says so. The number of products comes with it; `None` if there is no complement.
    pub(super) fn seen(
        &self,
        deflated: &Deflated<'_>,
        streams: Streams,
        enough: impl Fn(&Seen) -> bool,
        progress: Progress<'_>,
    ) -> Result<(Option<Seen>, usize), SpectrumError> {
        let n = deflated.dimension();
        let Some(dimension) = n.checked_sub(deflated.vectors.nrows()).filter(|n| *n > 0) else {
            return Ok((None, self.before));
        };
        let mut recurrence = Recurrence::new(deflated, streams);
        let mut found = Seen {
            inside: (f64::INFINITY, f64::NEG_INFINITY),
            outside: (f64::NEG_INFINITY, f64::INFINITY),
        };
        for step in 1..=self.steps {
            let products = self.before + step;
            if progress(products - 1).is_break() {
                return Ok((Some(found), products - 1));
            }
            let goes_on = recurrence.step(deflated, products)?;
            if goes_on && step % LOOK != 0 && step != self.steps {
                continue;
            }
            // An exhausted space has every eigenvalue, to what was left of the last product.
            found = if goes_on {
                recurrence.seen(missed(step, dimension, self.failure), 0.0)
            } else {
                recurrence.seen(0.0, recurrence.coupling.last().copied().unwrap_or(0.0))
            };
            if !goes_on || enough(&found) {
                return Ok((Some(found), products));
            }
        }
        Ok((Some(found), self.before + self.steps))
    }
}

fn norm(v: ArrayView1<'_, f64>) -> f64 {
    v.dot(&v).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With Ritz values a and b, and ends L and U of which each may be missed by a share f of `U − L`: at most `U − L = (b−a)/(1−2f)`, and
    /// both are within f of that; a shift moves all, and half of the spread is no bound.
    #[test]
    fn what_is_seen_bounds_the_spread_from_both_ends() {
        for shift in [-10.0, 0.0, 5.0] {
            // Eigenvalues of [[2, 1], [1, 2]]: 1 and 3.
            let recurrence = Recurrence {
                before: Array1::zeros(2),
                now: Array1::zeros(2),
                diagonal: vec![2.0 + shift; 2],
                coupling: vec![1.0, 0.5],
                scale: 1.0,
            };
            for (share, left) in [(0.0, 0.0), (0.0, 0.25), (0.125, 0.0), (0.25, 0.5)] {
                let seen = recurrence.seen(share, left);
                let beyond = left + share * 2.0 / (1.0 - 2.0 * share);
                for (found, wanted) in [
                    (seen.inside.0, 1.0 + shift),
                    (seen.inside.1, 3.0 + shift),
                    (seen.outside.0, 1.0 + shift - beyond),
                    (seen.outside.1, 3.0 + shift + beyond),
                ] {
                    // The ends are found by bisection, to roundings of the largest number.
                    assert!(
                        (found - wanted).abs() < 1e-13,
                        "{shift} {share} {left}: {seen:?}"
                    );
                }
            }
            let unknown = recurrence.seen(0.5, 0.0).outside;
            assert_eq!(unknown, (f64::NEG_INFINITY, f64::INFINITY));
        }
    }
}
