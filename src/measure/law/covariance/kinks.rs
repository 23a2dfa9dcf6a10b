//! Where the density of 𝒬's limit law is not smooth within its support: an edge of one piece that another covers.
//!
//! There two edges of K's spectrum add to −1. As functions of z they increase between the poles `cx`
//! ([`super::support`]), so that each pair is crossed once at most.

use super::WeightedCovariance;
use super::support::{Place, between, pairs};
use crate::measure::law::subordination::edges::boundary;
use crate::measure::{LawError, Response};

/// Cells between two poles, and halvings of one where pieces of K's spectrum meet.
const CELLS: usize = 24;
const DEPTH: u32 = 10;
/// Edges of K at most: of more pairs the density is resolved as quickly without their places.
const EDGES: usize = 12;

impl WeightedCovariance {
    /// The places, in no order, those on the edges of the support among them; what is missed makes the density no worse, only longer
    /// to resolve.
    ///
    /// # Errors
    /// Those of the law of the weights.
    pub(super) fn singular_points(&self) -> Result<Vec<f64>, LawError> {
        let largest = self.support_bound();
        if self.alpha_squared == 0.0 || largest == 0.0 {
            return Ok(Vec::new());
        }
        if self.shift == 0.0 {
            let edges = self.place(1.0)?.edges();
            let sums = pairs(edges.len()).map(|(i, j)| -(edges[i] + edges[j]));
            return Ok(sums.filter(|z| *z > 0.0).collect());
        }
        let ends = self.ends(largest);
        let mut found = Vec::new();
        for stretch in ends.windows(2) {
            let mut last: Option<Place> = None;
            for k in 1..CELLS {
                let next = self.place(between(stretch[0], stretch[1], k as f64 / CELLS as f64))?;
                if let Some(last) = last {
                    self.crossings(&last, &next, DEPTH, &mut found)?;
                }
                last = Some(next);
            }
        }
        Ok(found)
    }

    fn crossings(
        &self,
        low: &Place,
        high: &Place,
        depth: u32,
        found: &mut Vec<f64>,
    ) -> Result<(), LawError> {
        let (before, after) = (low.edges(), high.edges());
        if before.len() != after.len() {
            let middle = 0.5 * (low.z + high.z);
            if depth == 0 || middle <= low.z || middle >= high.z {
                return Ok(());
            }
            let middle = self.place(middle)?;
            self.crossings(low, &middle, depth - 1, found)?;
            return self.crossings(&middle, high, depth - 1, found);
        }
        if before.len() > EDGES {
            return Ok(());
        }
        for (i, j) in pairs(before.len()) {
            if before[i] + before[j] <= -1.0 && after[i] + after[j] > -1.0 {
                let is_below = |z: f64| {
                    let edges = self.place(z).map(|place| place.edges());
                    edges.is_ok_and(|e| e.len() == before.len() && e[i] + e[j] <= -1.0)
                };
                found.push(boundary(low.z, high.z, is_below));
            }
        }
        Ok(())
    }
}
