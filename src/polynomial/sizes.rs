//! Dimensions relative to one of them, from their ratios.

use super::PolynomialError;
use super::shape::Dimensions;

/// Sizes by the index of [`Dimensions::root`]; unknown ones are `None`.
pub(super) struct Sizes {
    known: Vec<Option<f64>>,
}

impl Sizes {
    /// The sizes of all that ratios connect with `main`, which has size 1.
    pub(super) fn new(
        dimensions: &Dimensions,
        ratios: &[(usize, usize, f64)],
        main: usize,
    ) -> Result<Self, PolynomialError> {
        let edges: Vec<(usize, usize, f64)> = ratios
            .iter()
            .map(|&(a, b, value)| (dimensions.root(a), dimensions.root(b), value))
            .collect();
        let most = edges.iter().map(|&(a, b, _)| a.max(b)).max().unwrap_or(0);
        let main = dimensions.root(main);
        let mut known = vec![None; most.max(main) + 1];
        known[main] = Some(1.0);
        let contradiction = |&(a, b, value): &(usize, usize, f64)| PolynomialError::Contradiction {
            first: dimensions.name(a).to_owned(),
            second: dimensions.name(b).to_owned(),
            value,
        };
        for _ in 0..=edges.len() {
            for edge in &edges {
                let &(a, b, value) = edge;
                if !(value.is_finite() && value > 0.0) {
                    return Err(contradiction(edge));
                }
                match (known[a], known[b]) {
                    (Some(x), None) => known[b] = Some(x / value),
                    (None, Some(y)) => known[a] = Some(y * value),
                    (Some(x), Some(y)) if (x / y / value - 1.0).abs() > 1e-9 => {
                        return Err(contradiction(edge));
                    }
                    _ => {}
                }
            }
        }
        Ok(Self { known })
    }

    /// The size of a dimension; an error where no ratio connects it with `main`.
    pub(super) fn of(
        &self,
        dimensions: &Dimensions,
        k: usize,
        main: usize,
    ) -> Result<f64, PolynomialError> {
        let size = self.known.get(dimensions.root(k)).copied().flatten();
        size.ok_or_else(|| PolynomialError::Ratio {
            first: dimensions.name(main).to_owned(),
            second: dimensions.name(k).to_owned(),
        })
    }
}
