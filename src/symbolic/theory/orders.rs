//! What grows like what: the orders that `≈` asks for.

use super::Theory;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::Expression;
use crate::symbolic::polynomial::{IMAGINARY, Scaling, base};

impl Theory {
    /// Whether every symbol and every tensor of an expression has an order of growth.
    pub(in crate::symbolic) fn tells_orders(
        &self,
        expression: &Expression,
        scaling: Scaling,
    ) -> Result<(), SymbolicError> {
        let no_order = |name: &str| Err(SymbolicError::NoOrder { name: name.into() });
        for (k, (symbol, _)) in scaling.iter().enumerate() {
            if scaling[..k].iter().any(|(other, _)| other == symbol) {
                let name = (*symbol).into();
                return Err(SymbolicError::Declared { name });
            }
        }
        for (symbol, _) in scaling {
            if !self.signature.is_scalar(symbol) {
                let name = (*symbol).into();
                return Err(SymbolicError::Unknown { name });
            }
        }
        self.can_grow(scaling)?;
        if let Some(tensor) = expression
            .tensors()
            .find(|t| !self.orders.contains_key(t.name()))
        {
            return no_order(tensor.name());
        }
        // Loops are counted as the dimensions they give.
        for term in expression.normal_form().terms() {
            let powers = term
                .coefficient
                .terms()
                .flat_map(|(monomial, _)| monomial.powers());
            // The imaginary unit is what it is.
            for (symbol, _) in powers.filter(|(symbol, _)| ***symbol != *IMAGINARY) {
                if !scaling.iter().any(|(listed, _)| *listed == base(symbol)) {
                    return no_order(symbol);
                }
            }
        }
        Ok(())
    }

    /// Whether symbols can have these orders: a dimension is at least 1, and `i` is no variable.
    fn can_grow(&self, scaling: Scaling) -> Result<(), SymbolicError> {
        let fixed = |name: &str| *name == *IMAGINARY;
        let shrinks = |(name, order): &&(&str, i32)| {
            fixed(name) || *order < 0 && self.signature.space(name).is_some()
        };
        match scaling.iter().find(shrinks) {
            Some((name, order)) => Err(SymbolicError::CannotGrow {
                name: (*name).into(),
                order: *order,
            }),
            None => Ok(()),
        }
    }
}
