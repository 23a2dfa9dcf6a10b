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
}

impl GaussRule {
    fn of(ritz: &Ritz) -> Self {
        GaussRule {
            nodes: ritz.values.to_vec(),
            weights: ritz.weights.to_vec(),
        }
    }

    /// Bounds of the distribution function of the probe's measure at x, by the Chebyshev–Markov–Stieltjes
    /// inequalities: at node j it is between the sum of the weights before j and that up to j.
    pub(super) fn bounds(&self, x: f64) -> (f64, f64) {
        let below = self.nodes.partition_point(|&node| node < x);
        let at_or_below = self.nodes.partition_point(|&node| node <= x);
        let sum = |count: usize| self.weights[..count.min(self.weights.len())].iter().sum();
        (
            sum(at_or_below.saturating_sub(1).min(below)),
            sum(below + 1),
        )
    }

    /// The straight line between the middles of the bounds at the nodes.
    pub(super) fn distribution(&self, x: f64) -> f64 {
        let next = self.nodes.partition_point(|&node| node <= x);
        let middle =
            |j: usize| -> f64 { self.weights[..j].iter().sum::<f64>() + 0.5 * self.weights[j] };
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

/// The rules of one probe: at full depth, and at two thirds of it, which tells what the last third changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Deepest {
    pub full: GaussRule,
    pub shallow: GaussRule,
}

impl Deepest {
    /// Of a space that was not restarted, and its Ritz values.
    pub(crate) fn of(space: &Krylov, ritz: &Ritz) -> Result<Self, LinalgError> {
        let shallow = space.ritz_of((2 * space.size()).div_ceil(3))?;
        Ok(Deepest {
            full: GaussRule::of(ritz),
            shallow: GaussRule::of(&shallow),
        })
    }
}
