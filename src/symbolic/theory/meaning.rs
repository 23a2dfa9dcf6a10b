//! What the names of a theory stand for, and what is made of what.

use super::Theory;
use crate::symbolic::conjugate::Conjugate;
use crate::symbolic::draw::Draw;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::Expression;
use crate::symbolic::law::Law;
use crate::symbolic::polynomial::{IMAGINARY, Symbol};
use crate::symbolic::tensor::Tensor;
use std::collections::BTreeMap;

impl Theory {
    /// What each name stands for, in words that agree exactly if the meanings do.
    pub(in crate::symbolic) fn meanings(&self) -> BTreeMap<Symbol, String> {
        let spaces = self.signature.spaces().iter();
        let spaces = spaces.map(|space| {
            let meaning = format!("the dimension of {}", space.letters());
            (space.dimension().clone(), meaning)
        });
        let scalars = self.signature.scalars();
        let scalars = scalars.map(|name| {
            let meaning = match &**name == IMAGINARY {
                true => "the imaginary unit",
                false => "a formal scalar",
            };
            (name.clone(), meaning.to_string())
        });
        let tensors = self.draws.iter().flat_map(Draw::meanings);
        let tensors = tensors.map(|(name, meaning)| {
            let meaning = match self.conjugates.get(&name) {
                None => meaning,
                Some(Conjugate::Transposed) => meaning + ", Hermitian",
                Some(Conjugate::Of(other)) => {
                    format!("{meaning}, complex with the conjugate {other}")
                }
            };
            (name, meaning)
        });
        spaces.chain(scalars).chain(tensors).collect()
    }

    /// Whether an expectation over `random` may hold fixed what else is in the expression: `random` must
    /// have free entries, and nothing may be made of it.
    pub(in crate::symbolic) fn admits_expectation(
        &self,
        expression: &Expression,
        random: &str,
        law: &Law,
    ) -> Result<(), SymbolicError> {
        if self.signature.tensor(random).is_none() {
            return Err(SymbolicError::Unknown {
                name: random.into(),
            });
        }
        self.admits_law(random, law)?;
        let is_free = |draw: &Draw| matches!(draw, Draw::Free(t) if **t.name() == *random);
        if !self.draws.iter().any(is_free) {
            return Err(SymbolicError::Dependent {
                tensor: random.into(),
            });
        }
        let random_too = self.random_with(random);
        let is_hidden = |name: &Symbol| {
            let made = |own: &Symbol| self.is_made_of(name, own);
            !random_too.contains(name) && random_too.iter().any(made)
        };
        let mut tensors = expression.tensors();
        let hidden = tensors.find(|t| is_hidden(t.name()) && !self.is_function_of(t, random));
        match hidden {
            Some(tensor) => Err(SymbolicError::MadeOf {
                tensor: tensor.name().to_string(),
                random: random.into(),
            }),
            None => Ok(()),
        }
    }

    /// Whether the values of a tensor come from those of another. A definition names earlier tensors only.
    pub(in crate::symbolic) fn is_made_of(&self, tensor: &str, other: &str) -> bool {
        let gives = |draw: &&Draw| draw.tensors().iter().any(|own| **own.name() == *tensor);
        let draw = self.draws.iter().find(gives);
        // Over its own random tensor a mean is a number.
        let is_averaged = matches!(draw, Some(Draw::Mean(mean)) if **mean.of.name() == *other);
        let mut sources = draw
            .and_then(Draw::source)
            .into_iter()
            .flat_map(Expression::tensors);
        let made = |source: &Tensor| self.is_made_of(source.name(), other);
        *tensor == *other || !is_averaged && sources.any(made)
    }

    /// All that is declared, as a text.
    pub(in crate::symbolic) fn text(&self) -> String {
        let meanings = self.meanings();
        let lines = meanings
            .iter()
            .map(|(name, meaning)| format!("{name}: {meaning}"));
        let conditions = self.conditions.iter().map(ToString::to_string);
        lines.chain(conditions).collect::<Vec<_>>().join("\n")
    }
}
