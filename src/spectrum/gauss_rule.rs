//! The Gauss quadrature of a spectral measure by Lanczos, and the bounds of its distribution function.

use super::krylov::{Krylov, Ritz};
use crate::linalg::LinalgError;

/// The Gauss quadrature of one probe: ascending nodes, weights that sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct GaussRule {
    /// Ascending.
    pub nodes: Vec<f64>,
    /// Positive, of sum 1.
    pub weights: Vec<f64>,
    /// The Krylov space was exhausted: this is the probe's measure itself, a jump at each node.
    pub exhausted: bool,
    /// Within this of 0 a node is 0, as far as the products can tell; such nodes are set to 0.
    pub resolution: f64,
}

impl GaussRule {
    /// Of some of a space's steps.
    fn of(ritz: &Ritz, space: &Krylov) -> Self {
        let resolution = space.rounding();
        let or_zero = |x: &f64| if x.abs() <= resolution { 0.0 } else { *x };
        GaussRule {
            nodes: ritz.values.iter().map(or_zero).collect(),
            weights: ritz.weights.to_vec(),
            exhausted: false,
            resolution,
        }
    }

    /// The sum of the first weights.
    fn sum(&self, count: usize) -> f64 {
        self.weights[..count.min(self.weights.len())].iter().sum()
    }

    /// The mass of the nodes that are 0, and what a measure on `x ≥ 0` with this rule has there at most.
    pub(super) fn mass_at_zero(&self) -> (f64, f64) {
        let zeros = self.nodes.partition_point(|&node| node <= 0.0);
        (self.sum(zeros), self.bounds(0.0).1)
    }

    /// Bounds of the distribution function of the probe's measure at x, by the Chebyshev–Markov–Stieltjes
    /// inequalities: at node j it is between the sum of the weights before j and that up to j.
    pub(super) fn bounds(&self, x: f64) -> (f64, f64) {
        let below = self.nodes.partition_point(|&node| node < x);
        let at_or_below = self.nodes.partition_point(|&node| node <= x);
        let sum = |count: usize| self.sum(count);
        if self.exhausted {
            return (sum(at_or_below), sum(at_or_below));
        }
        (
            sum(at_or_below.saturating_sub(1).min(below)),
            sum(below + 1),
        )
    }

    /// The straight line between the middles of the bounds at the nodes, but for a jump at 0: a node there is an
    /// atom, of which all counts. Of an exhausted space the measure itself.
    pub(super) fn distribution(&self, x: f64) -> f64 {
        let next = self.nodes.partition_point(|&node| node <= x);
        if self.exhausted {
            return self.sum(next);
        }
        let middle = |j: usize| -> f64 {
            let share = if self.nodes[j] == 0.0 { 1.0 } else { 0.5 };
            self.sum(j) + share * self.weights[j]
        };
        if next == 0 {
            return 0.0;
        }
        if next == self.nodes.len() {
            return if x > self.nodes[next - 1] {
                1.0
            } else {
                middle(next - 1)
            };
        }
        let (low, high) = (self.nodes[next - 1], self.nodes[next]);
        let share = (x - low) / (high - low);
        middle(next - 1) * (1.0 - share) + middle(next) * share
    }
}

impl GaussRule {
    /// The limit of [`GaussRule::distribution`] from the left.
    pub(super) fn before(&self, x: f64) -> f64 {
        if self.exhausted {
            self.sum(self.nodes.partition_point(|&node| node < x))
        } else if x <= 0.0 && self.nodes.first().is_some_and(|&node| node >= 0.0) {
            0.0
        } else {
            self.distribution(x)
        }
    }
}

/// The rules of one probe: at full depth, and at two thirds of it, which tells what the last third changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Deepest {
    pub full: GaussRule,
    pub shallow: GaussRule,
}

impl Deepest {
    /// Of a space that was not restarted, and its Ritz values.
    pub(crate) fn of(space: &Krylov, ritz: &Ritz) -> Result<Self, LinalgError> {
        let size = space.own_size();
        let own = if size < space.size() {
            Some(space.ritz_of(size)?)
        } else {
            None
        };
        let full = GaussRule {
            exhausted: space.is_exhausted(),
            ..GaussRule::of(own.as_ref().unwrap_or(ritz), space)
        };
        let shallow = if space.is_exhausted() {
            full.clone()
        } else {
            GaussRule::of(&space.ritz_of((2 * size).div_ceil(3))?, space)
        };
        Ok(Deepest { full, shallow })
    }
}
