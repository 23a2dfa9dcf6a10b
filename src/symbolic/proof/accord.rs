//! What all chains of a proof have to agree in: the meaning of names, the law of each tensor, how symbols grow.

use super::{Proof, Reason, Step};
use crate::symbolic::condition::Conditions;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::law::TensorLaw;
use crate::symbolic::polynomial::Symbol;
use crate::symbolic::theory::Theory;
use std::collections::BTreeMap;

/// What was said of the laws of tensors.
pub(super) type Laws = BTreeMap<Symbol, String>;

/// # Errors
/// [`SymbolicError::TwoLaws`] where a tensor has another law than this.
fn agree(known: &Laws, tensor: &Symbol, law: &str) -> Result<(), SymbolicError> {
    match known.get(tensor).is_some_and(|first| first != law) {
        true => Err(SymbolicError::TwoLaws {
            tensor: tensor.to_string(),
        }),
        false => Ok(()),
    }
}

impl Proof {
    /// The chains of both proofs, under this title.
    ///
    /// # Errors
    /// [`SymbolicError::TwoMeanings`] for a name that stands for one thing here and for another there: one who
    /// reads the chains together would take them for the same; [`SymbolicError::TwoLaws`] for a tensor with one law here
    /// and another there; [`SymbolicError::AfterDropping`] for one that is random there and of an order under ≈ here;
    /// [`SymbolicError::TwoOrders`] for a symbol that grows in two ways; [`SymbolicError::GrowsTooSlowly`] for orders here that
    /// contradict conditions there.
    pub fn and(mut self, further: Proof) -> Result<Self, SymbolicError> {
        for (name, meaning) in &further.meanings {
            match self.meanings.get(name) {
                Some(other) if other != meaning => {
                    return Err(SymbolicError::TwoMeanings {
                        name: name.to_string(),
                        first: other.clone(),
                        second: meaning.clone(),
                    });
                }
                _ => self.meanings.insert(name.clone(), meaning.clone()),
            };
        }
        self.scale_alike(further.orders())?;
        for (name, law) in &further.laws {
            self.is_not_dropped(name)?;
            agree(&self.laws, name, law)?;
        }
        for name in self.laws.keys() {
            further.is_not_dropped(name)?;
        }
        self.laws.extend(further.laws);
        self.steps.extend(further.steps);
        self.assumptions.extend(further.assumptions);
        self.grow_together()?;
        Ok(self)
    }

    /// Whether the orders of all its steps agree with the conditions of all its theories.
    ///
    /// # Errors
    /// [`SymbolicError::GrowsTooSlowly`].
    pub(super) fn grow_together(&self) -> Result<(), SymbolicError> {
        let orders: BTreeMap<&str, i32> = self.orders().collect();
        let mut conditions = Conditions::default();
        let theories = self.steps.iter().map(Step::theory);
        for condition in theories.flat_map(|theory| theory.conditions.stated()) {
            conditions.insert(condition.clone());
        }
        conditions.admit(|name| orders.get(name).copied())
    }

    /// Whether nothing was dropped for the order of a random tensor, of its copies or of what is defined by it.
    ///
    /// # Errors
    /// [`SymbolicError::AfterDropping`].
    fn is_not_dropped(&self, random: &str) -> Result<(), SymbolicError> {
        for step in &self.steps {
            let Reason::Dropping(orders, ..) = &step.reason else {
                continue;
            };
            if orders.keys().any(|name| step.theory.is_bare(name, random)) {
                return Err(SymbolicError::AfterDropping {
                    tensor: random.into(),
                });
            }
        }
        Ok(())
    }

    /// Whether orders of growth are those of all that was dropped.
    ///
    /// # Errors
    /// [`SymbolicError::TwoOrders`].
    pub(super) fn scale_alike<'a>(
        &self,
        orders: impl Iterator<Item = (&'a str, i32)>,
    ) -> Result<(), SymbolicError> {
        let known: BTreeMap<&str, i32> = self.orders().collect();
        for (symbol, order) in orders {
            if let Some(first) = known.get(symbol).filter(|first| **first != order) {
                return Err(SymbolicError::TwoOrders {
                    name: symbol.into(),
                    first: *first,
                    second: order,
                });
            }
        }
        Ok(())
    }

    /// The orders of growth that its steps take.
    fn orders(&self) -> impl Iterator<Item = (&str, i32)> {
        let orders = self.steps.iter().filter_map(|step| match &step.reason {
            Reason::Dropping(orders, ..) => Some(orders),
            _ => None,
        });
        orders.flatten().map(|(symbol, order)| (&**symbol, *order))
    }

    /// Notes the law of a tensor, which is that of its copies, and the law of its conjugate with it.
    ///
    /// # Errors
    /// [`SymbolicError::TwoLaws`] where it has another one already.
    pub(super) fn takes_law(
        &mut self,
        theory: &Theory,
        tensor: &str,
        law: &TensorLaw,
    ) -> Result<(), SymbolicError> {
        let first = theory.original_of(tensor);
        let text = format!("{first}: {law}");
        for name in theory.random_with(first) {
            self.is_not_dropped(&name)?;
            agree(&self.laws, &name, &text)?;
            self.laws.insert(name, text.clone());
        }
        Ok(())
    }
}
