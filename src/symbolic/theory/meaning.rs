//! What the names of a theory stand for, and what is made of what.

use super::Theory;
use crate::symbolic::conjugate::Conjugate;
use crate::symbolic::draw::Draw;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::Expression;
use crate::symbolic::law::TensorLaw;
use crate::symbolic::polynomial::{IMAGINARY, Symbol};
use crate::symbolic::tensor::Tensor;
use std::collections::{BTreeMap, BTreeSet};

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
            let meaning = match self.copies.get(&name) {
                None => meaning,
                Some(other) => format!("{meaning}, a copy of {other}"),
            };
            let meaning = match self.order_of(&name) {
                None => meaning,
                Some(order) => format!("{meaning}, of order {order} under ≈"),
            };
            (name, meaning)
        });
        spaces.chain(scalars).chain(tensors).collect()
    }

    /// What the names in an expression, and those that these are made of, stand for: of tensors that are more than arbitrary ones,
    /// and of inverses with a symmetry; the other inverses, and singular vectors, are among the assumptions.
    pub(in crate::symbolic) fn glossary(
        &self,
        expression: &Expression,
    ) -> BTreeMap<Symbol, String> {
        let of = |tensor: &Tensor| self.made_of(tensor.name(), &|_| false);
        let reached: BTreeSet<Symbol> = expression.tensors().flat_map(of).collect();
        let is_plain = |name: &Symbol| match self.draw_of(name) {
            Some(Draw::Free(tensor)) => {
                tensor.symmetries().len() == 1
                    && !self.conjugates.contains_key(name)
                    && !self.copies.contains_key(name)
            }
            Some(Draw::Inverse(tensor, _)) => tensor.symmetries().len() == 1,
            Some(Draw::SingularVectors { .. }) | None => true,
            Some(Draw::Defined(..) | Draw::Function(_) | Draw::Mean(_)) => false,
        };
        let meanings = self.meanings().into_iter();
        meanings
            .filter(|(name, _)| reached.contains(name) && !is_plain(name))
            .collect()
    }

    /// Whether an expectation over `random` may hold fixed what else is in the expression: `random` must
    /// have free entries, and nothing may be made of it.
    pub(in crate::symbolic) fn admits_expectation(
        &self,
        expression: &Expression,
        random: &str,
        law: &TensorLaw,
    ) -> Result<(), SymbolicError> {
        self.admits_mean(expression, random, law, &|_| false)
    }

    /// The same for a mean that is integrated by parts, which differentiates resolvents.
    pub(in crate::symbolic) fn admits_parts(
        &self,
        expression: &Expression,
        random: &str,
        law: &TensorLaw,
    ) -> Result<(), SymbolicError> {
        let is_resolvent = |tensor: &Tensor| self.is_resolvent_of(tensor, random);
        self.admits_mean(expression, random, law, &is_resolvent)
    }

    fn admits_mean(
        &self,
        expression: &Expression,
        random: &str,
        law: &TensorLaw,
        admits: &dyn Fn(&Tensor) -> bool,
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
        let is_hidden = |t: &Tensor| {
            let is_function = || self.is_function_of(t, random);
            !random_too.contains(t.name())
                && self.depends_on(t, random)
                && !is_function()
                && !admits(t)
        };
        match expression.tensors().find(|t| is_hidden(t)) {
            Some(tensor) => Err(SymbolicError::MadeOf {
                tensor: tensor.name().to_string(),
                random: random.into(),
            }),
            None => Ok(()),
        }
    }

    /// Where the values of a tensor stand among the draws.
    pub(in crate::symbolic) fn place_of(&self, tensor: &str) -> Option<usize> {
        self.places.get(tensor).copied()
    }

    /// Where the values of a tensor come from.
    pub(in crate::symbolic) fn draw_of(&self, tensor: &str) -> Option<&Draw> {
        self.place_of(tensor).map(|place| &self.draws[place])
    }

    /// Whether the values of a tensor come from those of another. A definition names earlier tensors only.
    pub(in crate::symbolic) fn is_made_of(&self, tensor: &str, other: &str) -> bool {
        // Over its own random tensor a mean is a number.
        let is_averaged =
            |draw: &Draw| matches!(draw, Draw::Mean(mean) if **mean.of.name() == *other);
        self.made_of(tensor, &is_averaged).contains(other)
    }

    /// The tensors that one is made of, itself among them, where nothing is looked into that `stops`; each once, however often
    /// it stands in definitions.
    fn made_of(&self, tensor: &str, stops: &dyn Fn(&Draw) -> bool) -> BTreeSet<Symbol> {
        let mut all = BTreeSet::from([Symbol::from(tensor)]);
        let mut open = vec![Symbol::from(tensor)];
        while let Some(name) = open.pop() {
            let draw = self.draw_of(&name).filter(|draw| !stops(draw));
            let sources = draw.and_then(Draw::source).into_iter();
            for source in sources.flat_map(Expression::tensors) {
                if all.insert(source.name().clone()) {
                    open.push(source.name().clone());
                }
            }
        }
        all
    }

    /// Whether a tensor is a random one, its conjugate, a copy of it, or defined by one of these: not a resolvent or a function of it,
    /// for which an order under `≈` may be assumed.
    pub(in crate::symbolic) fn is_bare(&self, tensor: &str, random: &str) -> bool {
        let draw = self.draw_of(tensor);
        let copies = self.copies.iter().filter(|(_, of)| ***of == *random);
        let mut all = copies
            .map(|(copy, _)| copy.clone())
            .chain(self.random_with(random));
        matches!(draw, Some(Draw::Free(_) | Draw::Defined(..)))
            && all.any(|one| self.is_made_of(tensor, &one))
    }

    /// Whether a tensor is a function of a form, or a mean of such, or made of one.
    pub(in crate::symbolic) fn holds_a_function(&self, tensor: &Tensor) -> bool {
        let is_function =
            |name: &Symbol| matches!(self.draw_of(name), Some(Draw::Function(_) | Draw::Mean(_)));
        let made_of = self.made_of(tensor.name(), &|_| false);
        made_of.iter().any(is_function)
    }

    /// All that is declared, as a text.
    pub(in crate::symbolic) fn text(&self) -> String {
        let meanings = self.meanings();
        let lines = meanings
            .iter()
            .map(|(name, meaning)| format!("{name}: {meaning}"));
        let conditions = self.conditions.stated().iter().map(ToString::to_string);
        lines.chain(conditions).collect::<Vec<_>>().join("\n")
    }
}
