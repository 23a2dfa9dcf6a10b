//! `≈`: terms of low order are dropped.

use super::Prover;
use crate::symbolic::assumption;
use crate::symbolic::check::Under;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::Expression;
use crate::symbolic::polynomial::{Scaling, Symbol};
use crate::symbolic::proof::{Dropped, ProofError, Reason, Relation};
use crate::symbolic::tensor::Tensor;
use std::collections::BTreeMap;

impl Prover<'_> {
    /// Whether nothing is left that is random in the proof. A resolvent or a function of it may stand, for which the order that is
    /// declared is an assumption.
    fn nothing_is_random(&self, before: &Expression) -> Result<(), SymbolicError> {
        let is_random = |tensor: &&Tensor| {
            let mut random = self.proof.laws.keys();
            random.any(|other| self.theory.is_bare(tensor.name(), other))
        };
        match before.tensors().find(is_random) {
            Some(tensor) => Err(SymbolicError::NoOrder {
                name: tensor.name().to_string(),
            }),
            None => Ok(()),
        }
    }

    /// Drops the terms of order below `order`, and records them with the order of the largest.
    ///
    /// # Errors
    /// [`SymbolicError::NoOrder`](crate::symbolic::SymbolicError::NoOrder) where a symbol is not listed, or a tensor is left whose order
    /// [`Theory::of_order`](crate::symbolic::Theory::of_order) does not declare; a failed check that kept and dropped terms add up.
    pub fn approximately(
        mut self,
        name: &str,
        scaling: Scaling,
        order: i32,
    ) -> Result<Self, ProofError> {
        let before = self.current(name)?;
        self.theory.tells_orders(before, scaling)?;
        self.nothing_is_random(before)?;
        let listed = scaling.iter().map(|(symbol, order)| (*symbol, *order));
        self.proof.scale_alike(listed)?;
        let of = |tensor: &Tensor| self.theory.order_of(tensor.name()).unwrap_or(0);
        let (kept, terms) = before.split_with(scaling, order, &of);
        let check = self.confirmed(before, Under::Nothing, &kept.plus(&terms)?)?;
        let of_symbol = |(symbol, order): &(&str, i32)| ((*symbol).into(), *order);
        let of_tensor = |tensor: &Tensor| {
            let order = self.theory.order_of(tensor.name())?;
            Some((tensor.name().clone(), order))
        };
        let orders = scaling.iter().map(of_symbol);
        // A tensor stands there once, however many factors it is.
        let orders: BTreeMap<Symbol, i32> = orders
            .chain(before.tensors().filter_map(of_tensor))
            .collect();
        let reason = Reason::Dropping(orders, order, terms.clone());
        let order = terms.order_with(scaling, &of);
        let assumed = assumption::of_scaling(self.theory, before, scaling);
        self.proof.assumptions.extend(assumed);
        let dropped = Relation::Approximates(Dropped { terms, order });
        self.push(name, dropped, kept, Some(check), reason)?;
        self.proof.grow_together()?;
        Ok(self)
    }
}
