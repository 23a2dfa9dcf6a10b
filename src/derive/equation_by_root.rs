//! The superoperator of features of which second moments alone are known: those with functions.

use super::equation::{Claimed, Equation};
use super::model::Sample;
use crate::symbolic::{ProofError, Theory};

impl Equation<'_> {
    /// A feature with functions: second moments alone enter, and `ω° = Rg` has them, with white g and an arbitrary root
    /// `R² = 𝒬`.
    pub(super) fn by_root(&self, claimed: &Claimed) -> Result<Theory, ProofError> {
        let [l, c, k] = self.legs.each_ref().map(|legs| legs.join(","));
        let Sample {
            symbol,
            letters,
            index,
            ..
        } = &self.sample;
        let slots = self.model.slots().join(",");
        let spaces = self.model.spaces.iter();
        let spaces = spaces.map(|space| format!("{}: {}", space.symbol, space.letters));
        let spaces: Vec<String> = spaces.chain([format!("{symbol}: {letters}")]).collect();
        let half = self.model.feature.legs.len();
        let symmetric = [(0..2 * half).map(|leg| (leg + half) % (2 * half)).collect()];
        let share = &claimed.covariance;
        let mut theory = Theory::of(&spaces.join("; "))?;
        theory
            .tensors(&format!("g[{symbol},{slots}] {}", self.blocks()))?
            .symmetric(&format!("R[{slots},{slots}]"), &symmetric)?
            .define(&format!(
                "{}°[{index},{l}] = R[{l},{c}] g[{index},{c}]",
                self.model.feature.name
            ))?
            .define(&format!("𝒬[{l},{c}] = {share} R[{l},{k}] R[{k},{c}]"))?;
        Ok(theory)
    }
}
