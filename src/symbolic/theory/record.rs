//! What is kept of declarations: each name and each rule with its place, so that a thousand of them are found as fast as one.

use super::Theory;
use crate::symbolic::draw::Draw;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::hypothesis::{Hypothesis, Origin};
use crate::symbolic::parse;
use crate::symbolic::print::in_one_line;
use crate::symbolic::rewrite::Rule;
use crate::symbolic::signature::{appearance, one_in_print};

impl Theory {
    /// Declares all or nothing: what was declared before an error is taken back.
    pub(in crate::symbolic) fn wholly(
        &mut self,
        declare: impl FnOnce(&mut Self) -> Result<(), SymbolicError>,
    ) -> Result<&mut Self, SymbolicError> {
        let (names, draws, rules) = (
            self.signature.declared(),
            self.draws.len(),
            self.rules.len(),
        );
        let outcome = declare(self);
        if outcome.is_err() {
            // Everything else that is kept of a declaration is kept by its name.
            for name in self.signature.forget(names) {
                self.places.remove(&name);
                self.inverses.remove(&name);
                self.copies.remove(&name);
                self.conjugates.remove(&name);
            }
            self.draws.truncate(draws);
            self.rules.truncate(rules);
            self.looks.retain(|_, place| *place < rules);
        }
        outcome.map(|()| self)
    }

    /// Notes where the values of tensors come from.
    pub(in crate::symbolic) fn draw(&mut self, draw: Draw) {
        let place = self.draws.len();
        let names = draw
            .tensors()
            .into_iter()
            .map(|tensor| (tensor.name().clone(), place));
        self.places.extend(names);
        self.draws.push(draw);
    }

    pub(super) fn push_rule(&mut self, rule: Rule, origin: Origin) {
        self.looks.insert(appearance(rule.name()), self.rules.len());
        self.rules.push(Hypothesis::new(rule, origin));
    }

    pub(super) fn add_rule(
        &mut self,
        name: &str,
        equation: &str,
        origin: Origin,
    ) -> Result<(), SymbolicError> {
        self.fresh_rule(name)?;
        let (left, right) = parse::equation(&self.signature, equation)?;
        let rule = Rule::new(name, left, right)?;
        self.push_rule(rule, origin);
        Ok(())
    }

    /// Whether a rule can be told by its name from all others, and prints in one line.
    pub(super) fn fresh_rule(&self, name: &str) -> Result<(), SymbolicError> {
        if name.is_empty() || in_one_line(name) != name {
            let (found, at, text) = (name.into(), 0, name.into());
            return Err(SymbolicError::Unexpected { found, at, text });
        }
        match self.looks.get(&appearance(name)) {
            Some(&place) => Err(one_in_print(name, self.rules[place].rule.name())),
            None => Ok(()),
        }
    }
}
