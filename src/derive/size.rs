//! Sizes as numbers: polynomials at a value of the free size.

use super::model::Model;
use crate::symbolic::Polynomial;
use std::collections::BTreeMap;

/// The sizes of a model at one value of the free size.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelSizes {
    /// Each by its symbol.
    pub spaces: BTreeMap<String, usize>,
    /// The dimension of the feature space, N.
    pub features: usize,
    /// The number of samples, n.
    pub samples: usize,
}

/// The sum of the powers in a size.
fn order(size: &Polynomial) -> i64 {
    let powers = size.terms().flat_map(|(monomial, _)| monomial.powers());
    powers.map(|(_, power)| power).sum()
}

/// Four sizes up to `top`, each 3/2 of the one before; fewer where they coincide.
pub(super) fn four_up_to(top: usize) -> Vec<usize> {
    let rung = |k: i32| ((top as f64 * 1.5_f64.powi(-k)).round() as usize).max(2);
    let mut ladder: Vec<usize> = (0..4).rev().map(rung).collect();
    ladder.dedup();
    ladder
}

/// The most entries of an array, 800 MB.
pub(super) const ENTRIES: f64 = 1e8;

impl ModelSizes {
    /// `γ = n/N`.
    pub fn gamma(&self) -> f64 {
        self.samples as f64 / self.features as f64
    }

    /// A coefficient as a number.
    pub(super) fn value(&self, coefficient: &Polynomial) -> f64 {
        let at = |(symbol, size): (&String, &usize)| (symbol.clone(), *size as f64);
        let sizes: Vec<(String, f64)> = self.spaces.iter().map(at).collect();
        let named: Vec<(&str, f64)> = sizes.iter().map(|(name, x)| (name.as_str(), *x)).collect();
        coefficient.value(&named).unwrap_or(f64::NAN)
    }
}

impl Model {
    /// The symbol of the free size.
    pub fn free(&self) -> &str {
        let is_free = |s: &&super::NamedSize| s.size == Polynomial::symbol(&s.symbol, 1);
        self.spaces.iter().find(is_free).map_or("", |s| &s.symbol)
    }

    /// The sizes where the free one has this value, each rounded and at least 1.
    pub fn sizes(&self, free: usize) -> ModelSizes {
        let at = [(self.free(), free as f64)];
        let number = |size: &Polynomial| {
            let value = size.value(&at).unwrap_or(1.0);
            (value.round() as usize).max(1)
        };
        let spaces: BTreeMap<String, usize> = self
            .spaces
            .iter()
            .map(|space| (space.symbol.clone(), number(&space.size)))
            .collect();
        let of = |symbol: &str| spaces.get(symbol).copied().unwrap_or(1);
        let leg = |leg: &String| of(self.space_of(leg).unwrap_or_default());
        ModelSizes {
            features: self
                .feature
                .legs
                .iter()
                .map(leg)
                .fold(1, usize::saturating_mul),
            samples: number(&self.samples),
            spaces,
        }
    }

    /// The entries of the largest weight at a value of the free size.
    pub(super) fn weight_entries(&self, free: usize) -> f64 {
        let sizes = self.sizes(free);
        let of = |symbol: &String| sizes.spaces.get(symbol).copied().unwrap_or(1) as f64;
        let weights = self.weights.iter();
        weights
            .map(|weights| weights.slots.iter().map(of).product())
            .fold(0.0, f64::max)
    }

    /// The entries of the largest array at a value of the free size: the kernel, rows of the data, weights, a feature.
    pub(super) fn entries(&self, free: usize) -> f64 {
        let sizes = self.sizes(free);
        let n = sizes.samples as f64;
        let slots = |slots: &[String]| -> f64 {
            slots
                .iter()
                .map(|s| sizes.spaces.get(s).copied().unwrap_or(1) as f64)
                .product()
        };
        let data = self.data.iter().map(|data| n * slots(&data.slots));
        let weights = self.weights.iter().map(|weights| slots(&weights.slots));
        // The values of a function at each row, and its means at pairs.
        let functions = self.functions.iter().map(|applied| {
            let legs = applied.legs.iter().filter_map(|leg| self.space_of(leg));
            let legs: Vec<String> = legs.map(str::to_owned).collect();
            slots(&legs) * n.max(slots(&legs))
        });
        data.chain(weights)
            .chain(functions)
            .fold((n * n).max(sizes.features as f64), f64::max)
    }

    /// The powers of the free size as which n and N grow.
    pub(super) fn orders(&self) -> [i64; 2] {
        let leg = |leg: &String| self.order_of(self.space_of(leg).unwrap_or_default());
        [
            order(&self.samples),
            self.feature.legs.iter().map(leg).sum(),
        ]
    }

    /// The power of the free size as which a size grows.
    pub(super) fn order_of(&self, symbol: &str) -> i64 {
        let own = self.spaces.iter().find(|space| space.symbol == symbol);
        own.map_or(0, |space| order(&space.size))
    }

    /// Four values of the free size, the largest for which samples and features stay within `most`, each about two
    /// thirds of the next.
    pub(super) fn ladder_within(&self, most: usize) -> Vec<usize> {
        let fits = |free: &usize| {
            let sizes = self.sizes(*free);
            let bears = sizes.samples <= most && sizes.features <= 2 * most;
            bears && self.entries(*free) <= ENTRIES && self.has_rows(*free)
        };
        let top = (2..=most).take_while(fits).last().unwrap_or(2);
        let rung = |k: i32| (top as f64 * 1.5_f64.powi(-k)).round() as usize;
        let mut ladder: Vec<usize> = (0..4).rev().map(rung).filter(|&size| size >= 2).collect();
        ladder.dedup();
        ladder
    }
}

#[cfg(test)]
mod tests {
    use crate::derive::Model;

    /// `n = d²`: at d = 100 the kernel has the 10⁸ entries that are borne, and at 101 more.
    #[test]
    fn the_largest_rung_has_as_many_entries_as_are_borne() {
        let talk = include_str!("../../examples/models/talk.toml").replace("1/2 d p", "d^2");
        let model = Model::read(&talk).unwrap();
        assert_eq!(model.ladder_within(20_000), [30, 44, 67, 100]);
        // n is bound to 2500, the dp features to twice as many.
        assert_eq!(model.ladder_within(2_500), [15, 22, 33, 50]);
    }
}
