//! What a step rests on: the rules and the laws that it takes.

use super::Prover;
use crate::symbolic::assumption::{self, Assumptions};
use crate::symbolic::draw::Draw;
use crate::symbolic::expression::Expression;
use crate::symbolic::law::TensorLaw;
use crate::symbolic::proof::{Average, ProofError, Relation};
use crate::symbolic::shapes::Scope;

impl Prover<'_> {
    /// Asks what speaks for the rules, and notes what they rest on.
    pub(super) fn rests_on(&mut self, rules: &[&str]) -> Result<(), ProofError> {
        for hypothesis in self.theory.hypotheses(rules)? {
            let standing = hypothesis.standing(self.theory)?;
            let assumptions = &mut self.proof.assumptions;
            assumptions.extend(assumption::of_rule(hypothesis, standing));
            let sides = <[&Expression; 2]>::from(hypothesis.rule.sides());
            for side in sides {
                assumptions.extend(assumption::of_expression(self.theory, side));
            }
            // An inverse that a rule brings and takes again stands in no step.
            for draw in Scope::of(self.theory, &sides, &[]).draws {
                if let Draw::Inverse(tensor, matrix) = draw {
                    self.theory.inverts(tensor, matrix)?;
                }
            }
        }
        Ok(())
    }

    /// Notes the law of a tensor, and that it is independent of what means were taken over before in the chain.
    pub(super) fn rests_on_law(&mut self, tensor: &str, law: &TensorLaw) {
        let chain = self.proof.steps.iter().rev();
        let chain = chain.take_while(|step| !matches!(step.relation, Relation::Begins));
        let others = chain.filter_map(|step| step.relation.average());
        let others = others.map(Average::tensor).filter(|other| *other != tensor);
        let pairs: Assumptions = others
            .map(|other| assumption::of_independence(tensor, other))
            .collect();
        self.proof.assumptions.extend(pairs);
        self.proof
            .assumptions
            .insert(assumption::of_law(tensor, law));
    }
}
