//! Sizes as numbers: polynomials at a value of the free size.

use super::model::Model;
use super::model_laws::DataLaw;
use crate::symbolic::Polynomial;
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

/// The sizes of a model at one value of the free size.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizes {
    /// Each by its symbol.
    pub spaces: BTreeMap<String, usize>,
    /// The dimension of the feature space, N.
    pub features: usize,
    /// The number of samples, n.
    pub samples: usize,
    /// The formal scalars of spheres, with their dimension.
    spheres: BTreeMap<String, f64>,
}

impl Sizes {
    /// `γ = n/N`.
    pub fn gamma(&self) -> f64 {
        self.samples as f64 / self.features as f64
    }

    /// A coefficient as a number. The scalar ρ of a sphere in d dimensions stands in it for its moments: `ρ²ᵏ` is
    /// `dᵏ/(d(d+2)⋯(d+2k−2))`, the share that a form of degree 2k has of its Gaussian mean.
    pub(super) fn value(&self, coefficient: &Polynomial) -> f64 {
        let term =
            |(monomial, rational): (&crate::symbolic::Monomial, &num_rational::BigRational)| {
                let powers = monomial.powers().map(|(symbol, power)| {
                    let power = power as i32;
                    match (self.spheres.get(&**symbol), self.spaces.get(&**symbol)) {
                        (Some(&d), _) => {
                            (0..power / 2).map(|j| d / (d + f64::from(2 * j))).product()
                        }
                        (None, Some(&size)) => (size as f64).powi(power),
                        (None, None) => f64::NAN,
                    }
                });
                rational.to_f64().unwrap_or(f64::NAN) * powers.product::<f64>()
            };
        coefficient.terms().map(term).sum()
    }
}

impl Model {
    /// The symbol of the free size.
    pub fn free(&self) -> &str {
        let is_free = |s: &&super::Space| s.size == Polynomial::symbol(&s.symbol, 1);
        self.spaces.iter().find(is_free).map_or("", |s| &s.symbol)
    }

    /// The sizes where the free one has this value, each rounded and at least 1.
    pub fn sizes(&self, free: usize) -> Sizes {
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
        let sphere = |data: &super::Data| match &data.law {
            DataLaw::Sphere { scale, .. } => {
                let dimension: usize = data.slots.iter().map(|s| of(s)).product();
                Some((scale.clone(), dimension as f64))
            }
            _ => None,
        };
        Sizes {
            features: self.feature.legs.iter().map(leg).product(),
            samples: number(&self.samples),
            spheres: self.data.iter().filter_map(sphere).collect(),
            spaces,
        }
    }

    /// Four values of the free size, the largest for which samples and features stay within `most`, each about two
    /// thirds of the next.
    pub(super) fn ladder_within(&self, most: usize) -> Vec<usize> {
        let fits = |free: &usize| {
            let sizes = self.sizes(*free);
            sizes.samples <= most && sizes.features <= 2 * most
        };
        let top = (2..=most).take_while(fits).last().unwrap_or(2);
        let rung = |k: i32| (top as f64 * 1.5_f64.powi(-k)).round() as usize;
        let mut ladder: Vec<usize> = (0..4).rev().map(rung).filter(|&size| size >= 2).collect();
        ladder.dedup();
        ladder
    }
}
