//! What '≈' on a slide drops, and of which order it is.

use super::expression::{Expression, Term};
use super::polynomial::Scaling;

impl Expression {
    /// The largest order of growth of a coefficient, `None` for zero. The tensors that are left count as
    /// of order 0.
    pub fn order(&self, scaling: Scaling) -> Option<i32> {
        self.normal_form()
            .terms()
            .iter()
            .filter_map(|term| term.coefficient.order(scaling))
            .max()
    }

    /// The part whose coefficients grow like `order` or faster, and the part that is dropped.
    pub fn split_at(&self, scaling: Scaling, order: i32) -> (Expression, Expression) {
        let normal = self.normal_form();
        let part = |keeps: &dyn Fn(i32) -> bool| {
            let restrict = |term: &Term| {
                let orders = term
                    .coefficient
                    .terms()
                    .map(|(monomial, _)| monomial.order(scaling));
                let mut orders: Vec<i32> = orders.filter(|order| keeps(*order)).collect();
                orders.sort_unstable();
                orders.dedup();
                let parts = orders
                    .iter()
                    .map(|order| term.coefficient.part_of_order(scaling, *order));
                let coefficient = parts.sum();
                Term {
                    coefficient,
                    ..term.clone()
                }
            };
            let terms = normal.terms().iter().map(restrict);
            let terms = terms.filter(|term| !term.coefficient.is_zero()).collect();
            Expression {
                legs: normal.legs.clone(),
                terms,
            }
        };
        (part(&|k| k >= order), part(&|k| k < order))
    }
}
