//! The law of 𝒬 for one first layer, drawn or from files: section 8 at finite d and p.

use super::super::{CommandError, agreed, arrays};
use super::{Arguments, Pairs};
use std::path::Path;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::measure::{Atoms, Law};
use tensor_dyson::model::{EntryLaw, HermiteData, Streams, WeightLaw};

/// Most eigenvalues of 𝒬: each point of the law takes a sum over all of them.
const EIGENVALUES: usize = 200_000;

/// What is given of W and a.
pub(super) struct Layer<'a> {
    pub(super) weights: Option<&'a Path>,
    pub(super) output_weights: Option<&'a Path>,
    pub(super) d: Option<usize>,
    pub(super) p: Option<usize>,
    pub(super) seed: u64,
}

impl<'a> Layer<'a> {
    /// The layer asked for; `None` if the limit is.
    pub(super) fn of(arguments: &'a Arguments) -> Option<Self> {
        let layer = Layer {
            weights: arguments.weights.as_deref(),
            output_weights: arguments.output_weights.as_deref(),
            d: arguments.d,
            p: arguments.p,
            seed: arguments.seed,
        };
        (layer.weights.is_some() || layer.d.is_some()).then_some(layer)
    }

    /// The law of the bulk 𝒬 for W and a; those that are not given are drawn, W with entries N(0, 1) and a with `a² ~ ν`.
    /// With it d and p.
    pub(super) fn law(
        &self,
        data: &HermiteData,
        nu: Pairs,
    ) -> Result<(Law, [usize; 2]), CommandError> {
        let w = self.weights;
        let w = w
            .map(|path| arrays::read_matrix("--weights", path))
            .transpose()?;
        let a = self.output_weights;
        let a = a
            .map(|path| arrays::read_vector("--output-weights", path))
            .transpose()?;
        let shape = w.as_ref().map(|w| w.dim());
        let d = [("--d", self.d), ("--weights", shape.map(|(d, _)| d))];
        let d = agreed("d", &d)?.ok_or(CommandError::Zero { name: "d" })?;
        let p = [
            ("--p", self.p),
            ("--weights", shape.map(|(_, p)| p)),
            ("--output-weights", a.as_ref().map(|a| a.len())),
        ];
        let p = agreed("p", &p)?.ok_or(CommandError::Zero { name: "p" })?;
        let entries = d.saturating_mul(p);
        if entries > EIGENVALUES {
            return Err(CommandError::TooLarge {
                name: "𝒬's list of eigenvalues",
                entries,
                limit: EIGENVALUES,
            });
        }
        let streams = Streams::new(self.seed, "law");
        let w = w.unwrap_or_else(|| EntryLaw::Gaussian.matrix(d, p, &mut streams.stream(0)));
        let nu = WeightLaw::Squares(Atoms::new(nu.at, nu.mass)?);
        let a = a.unwrap_or_else(|| nu.sample(p, &mut streams.stream(1)));
        let covariance = Covariance::new(w.view(), a.view(), data)?;
        Ok((Law::from(&covariance.law()?), [d, p]))
    }
}
