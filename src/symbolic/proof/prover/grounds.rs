//! What a step rests on: the rules and the laws that it takes.

use super::Prover;
use crate::symbolic::assumption::{self, Assumptions};
use crate::symbolic::expression::Expression;
use crate::symbolic::law::TensorLaw;
use crate::symbolic::proof::{Average, ProofError, Relation};

impl Prover<'_> {
    /// Asks what speaks for the rules, and notes what they rest on.
    pub(super) fn rests_on(&mut self, rules: &[&str]) -> Result<(), ProofError> {
        for hypothesis in self.theory.hypotheses(rules)? {
            let standing = hypothesis.standing(self.theory)?;
            let assumptions = &mut self.proof.assumptions;
            assumptions.extend(assumption::of_rule(hypothesis, standing));
            for side in <[&Expression; 2]>::from(hypothesis.rule.sides()) {
                assumptions.extend(assumption::of_expression(self.theory, side));
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

/// A title or a reason takes one line: with lines of its own, or marks that turn the direction of what is printed, it
/// could print steps that nobody checked.
pub(super) fn in_one_line(text: &str) -> String {
    let printed = |c: char| match c {
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => ' ',
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => ' ',
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    let words: String = text.chars().map(printed).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
