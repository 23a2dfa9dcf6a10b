//! What '≈' on a slide drops, and of which order it is.

use super::expression::{Expression, Factor, Term};
use super::polynomial::Scaling;
use super::tensor::Tensor;

impl Expression {
    /// The largest order of growth of a coefficient, `None` for zero. The tensors that are left count as
    /// of order 0.
    pub fn order(&self, scaling: Scaling) -> Option<i128> {
        self.order_with(scaling, &|_| 0)
    }

    /// The part whose coefficients grow like `order` or faster, and the part that is dropped; the tensors that are
    /// left count as of order 0. [`Prover::approximately`](super::Prover::approximately) refuses what that hides.
    pub fn split_at(&self, scaling: Scaling, order: i32) -> (Expression, Expression) {
        self.split_with(scaling, order, &|_| 0)
    }

    /// The largest order, each factor of a tensor counted with its own.
    pub(super) fn order_with(&self, scaling: Scaling, of: &dyn Fn(&Tensor) -> i32) -> Option<i128> {
        let normal = self.normal_form();
        let order = |term: &Term| Some(term.coefficient.order(scaling)? + of_tensors(term, of));
        normal.terms().iter().filter_map(order).max()
    }

    /// The parts of order `order` or higher, and lower, each factor of a tensor counted with its own.
    pub(super) fn split_with(
        &self,
        scaling: Scaling,
        order: i32,
        of: &dyn Fn(&Tensor) -> i32,
    ) -> (Expression, Expression) {
        let normal = self.normal_form();
        let part = |keeps: &dyn Fn(i128) -> bool| {
            let restrict = |term: &Term| {
                let own = of_tensors(term, of);
                let monomials = term.coefficient.terms();
                let orders = monomials.map(|(monomial, _)| monomial.order(scaling));
                let mut orders: Vec<i128> = orders.filter(|order| keeps(*order + own)).collect();
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
        let least = i128::from(order);
        (part(&|k| k >= least), part(&|k| k < least))
    }
}

fn of_tensors(term: &Term, of: &dyn Fn(&Tensor) -> i32) -> i128 {
    let order = |factor: &Factor| match factor {
        Factor::Entry(tensor, _) => i128::from(of(tensor)),
        Factor::Delta(_) => 0,
    };
    term.factors.iter().map(order).sum()
}
