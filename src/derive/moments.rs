//! `E ω` and `Cov ω`, derived and proved for every dimension.

use super::degree::bounded;
use super::model::Model;
use super::notation::readable;
use crate::symbolic::{Expression, Proof, ProofError, Prover, SymbolicError, Theory};

/// The first two moments of a model's feature, in index notation.
///
/// They are found by the calculus: the feature is written out, the expectation taken over each tensor of the data, and
/// what is left collected. The proofs then state the result and check it.
#[derive(Debug, Clone)]
pub struct Moments {
    theory: Theory,
    /// The legs of the second copy of ω.
    copy: Vec<String>,
    /// `E ω` over the legs, and over the copies.
    mean: [String; 2],
    /// `E ω` over the legs.
    first: Expression,
    /// `Cov ω`, as a text over both.
    covariance: String,
    /// The same.
    operator: Expression,
}

impl Moments {
    /// Derives them.
    ///
    /// # Errors
    /// A feature that cannot be read, or moments that a law does not have.
    pub fn of(model: &Model) -> Result<Self, ProofError> {
        bounded(model, 2)?;
        let theory = model.theory()?;
        let (legs, copy) = (model.feature.legs.clone(), model.fresh_legs(&[]));
        let both = [legs.clone(), copy.clone()].concat();
        let name = &model.feature.name;
        let omega = |legs: &[String]| format!("{name}[{}]", legs.join(","));
        let (_, fold, unfold) = model.rules();
        let fold: Vec<&str> = fold.iter().map(String::as_str).collect();
        let mean_of = |legs: &[String], text: &str| -> Result<Expression, ProofError> {
            let start = format!("[{}] {text}", legs.join(","));
            let prover = averaged(model, theory.prove("").from(&start)?)?;
            reached(prover.rewrite("by covariances", &fold)?, text)
        };
        let first = mean_of(&legs, &omega(&legs))?;
        let mean = readable(model, &first, &both);
        // The second copy has summed indices of its own.
        let second = mean_of(&copy, &omega(&copy))?;
        let taken = [both.clone(), names(&mean)].concat();
        let mean = [mean, readable(model, &second, &taken)];
        let square = mean_of(&both, &format!("{} {}", omega(&legs), omega(&copy)))?;
        let product =
            theory.expression(&format!("[{}] ({}) ({})", both.join(","), mean[0], mean[1]))?;
        let difference = theory.prove("").from_expression(square.minus(&product)?)?;
        let difference = difference.rewrite("", &unfold)?.rewrite("", &fold)?;
        let operator = reached(difference, "𝒬")?;
        Ok(Moments {
            covariance: readable(model, &operator, &[]),
            operator,
            theory,
            copy,
            mean,
            first,
        })
    }

    /// `Cov ω` over the legs of ω and their copies, in normal form.
    pub fn covariance(&self) -> &Expression {
        &self.operator
    }

    /// The theory in which the texts are read.
    pub fn theory(&self) -> &Theory {
        &self.theory
    }

    /// `E ω` as a text over the legs.
    pub fn mean(&self) -> &str {
        &self.mean[0]
    }

    /// `E ω` over the legs, in normal form.
    pub fn mean_expression(&self) -> &Expression {
        &self.first
    }

    /// `Cov ω` as a text that the calculus reads.
    pub fn text(&self) -> &str {
        &self.covariance
    }

    /// `[a,b,c,e]`: the legs of ω and their copies.
    pub fn legs(&self, model: &Model) -> String {
        format!("[{},{}]", model.feature.legs.join(","), self.copy.join(","))
    }

    /// `E ω` over other legs, its summed indices none of `taken`.
    pub(super) fn mean_over(
        &self,
        model: &Model,
        legs: &[String],
        taken: &[String],
    ) -> Result<String, ProofError> {
        let legs = legs.join(",");
        let start = format!("[{legs}] {}[{legs}]", model.feature.name);
        let mean = reached(averaged(model, self.theory.prove("").from(&start)?)?, "E ω")?;
        Ok(readable(model, &mean, taken))
    }

    /// Whether an expression over the legs and their copies is `Cov ω` for all dimensions.
    ///
    /// # Errors
    /// None for an expression of this theory.
    pub fn agrees(&self, model: &Model, other: &Expression) -> Result<bool, SymbolicError> {
        let rules = self.theory.rules(&model.rules().2)?;
        let difference = self.operator.minus(other)?.rewritten(&rules)?;
        Ok(difference.is_zero())
    }

    /// Whether ω has mean 0.
    pub fn is_centred(&self) -> bool {
        self.mean[0] == "0"
    }

    /// The proof that `E ω` is what `claimed` says.
    ///
    /// # Errors
    /// [`ProofError::Refuted`] if it is not.
    pub fn proof_of_mean(&self, model: &Model, claimed: &str) -> Result<Proof, ProofError> {
        let legs = model.feature.legs.join(",");
        let start = format!("[{legs}] {}[{legs}]", model.feature.name);
        let proof = averaged(model, self.theory.prove("E ω").from(&start)?)?;
        let claimed = format!("[{legs}] {claimed}");
        Ok(proof
            .follows("the mean", &claimed, &model.rules().2)?
            .done())
    }

    /// The proof that `E ω⊗ω = mean + 𝒬` for texts over the legs and their copies.
    ///
    /// # Errors
    /// [`ProofError::Refuted`] if it is not.
    pub fn proof(&self, model: &Model, mean: &str, covariance: &str) -> Result<Proof, ProofError> {
        let (name, copy) = (&model.feature.name, self.copy.join(","));
        let legs = model.feature.legs.join(",");
        let start = format!("{} {name}[{legs}] {name}[{copy}]", self.legs(model));
        let proof = averaged(model, self.theory.prove("E ω⊗ω = Eω⊗Eω + 𝒬").from(&start)?)?;
        let claimed = format!("{} {mean} + {covariance}", self.legs(model));
        Ok(proof
            .follows("mean and covariance", &claimed, &model.rules().2)?
            .done())
    }

    /// `Eω⊗Eω` as a text.
    pub fn product_of_means(&self) -> String {
        format!("({}) ({})", self.mean[0], self.mean[1])
    }

    /// The proof that an author's covariance, with its legs in front, is the one derived.
    ///
    /// # Errors
    /// [`ProofError::Refuted`] with the difference if it is not.
    pub fn proof_of_claim(&self, model: &Model, claimed: &str) -> Result<Proof, ProofError> {
        let start = format!("{} {}", self.legs(model), self.covariance);
        let proof = self.theory.prove("𝒬 is as the model claims").from(&start)?;
        Ok(proof
            .follows("as claimed", claimed, &model.rules().2)?
            .done())
    }
}

/// Writes the feature out and takes the expectation over all data.
pub(super) fn averaged<'a>(
    model: &Model,
    mut prover: Prover<'a>,
) -> Result<Prover<'a>, ProofError> {
    let name = model.feature.name.as_str();
    prover = prover.rewrite(&format!("the definition of {name}"), &[name])?;
    let (data, _, _) = model.rules();
    if !data.is_empty() {
        prover = prover.rewrite("by independent entries", &data)?;
    }
    for data in &model.data {
        for (tensor, law) in data.independent() {
            prover = prover.expect(&format!("over {tensor}"), tensor, &law)?;
        }
    }
    Ok(prover)
}

/// What a chain reached.
pub(super) fn reached(prover: Prover<'_>, step: &str) -> Result<Expression, ProofError> {
    let proof = prover.done();
    let step = step.to_owned();
    proof
        .conclusion()
        .cloned()
        .ok_or(ProofError::NoBeginning { step })
}

/// The indices in a text.
pub(super) fn names(text: &str) -> Vec<String> {
    super::notation::written(text)
        .into_iter()
        .flat_map(|w| w.indices)
        .collect()
}
