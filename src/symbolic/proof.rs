//! Proofs: chains of named steps, each decided by normal form and checked again over a prime field (the test of Schwartz
//! 1980 and Zippel 1979).

use super::check::{CheckError, Comparison, FieldCheck, compare};
use super::error::SymbolicError;
use super::expression::Expression;
use super::law::Law;
use super::parse;
use super::polynomial::{Scaling, Symbol};
use super::rewrite::Rule;
use super::theory::Theory;
use std::sync::Arc;
use thiserror::Error;

/// A statement that the calculus refutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refutation {
    /// The step that fails.
    pub step: String,
    /// The normal form of what was computed minus what was claimed.
    pub difference: Expression,
    /// Dimensions at which a random point tells the two sides apart, independently of the normal form.
    pub witness: Option<String>,
}

/// Why a statement has no proof.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofError {
    /// It cannot be read, rewritten or integrated.
    #[error(transparent)]
    Symbolic(#[from] SymbolicError),
    /// A point could not be made, or the two deciders disagree.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// It is false, or does not follow from the rules named.
    #[error("{}: the sides differ by {}", .0.step, .0.difference)]
    Refuted(Refutation),
    /// A step before the chain has a beginning.
    #[error("step `{step}` has nothing to start from")]
    NoBeginning {
        /// The step.
        step: String,
    },
}

/// One line of a proof.
#[derive(Debug, Clone)]
pub struct Step {
    /// Why it holds.
    pub name: String,
    /// How it comes from the step before.
    pub relation: Relation,
    /// What is reached.
    pub expression: Expression,
    /// The check in the field; the beginning of a chain has none.
    pub check: Option<FieldCheck>,
    /// What the certificate says of it.
    pub(super) reason: Reason,
    /// The theory that it belongs to.
    pub(super) theory: Arc<Theory>,
}

/// By what a line follows from the line before.
#[derive(Debug, Clone)]
pub(super) enum Reason {
    /// Nothing: it begins a chain.
    Begins,
    /// Both are rewritten by these rules.
    Rewriting(Vec<Rule>),
    /// The expectation over the entries of a tensor.
    Expectation(Symbol, Law),
    /// Terms of order below the number are dropped.
    Dropping(Vec<(Symbol, i32)>, i32, Expression),
}

/// How a line of a proof comes from the line before.
#[derive(Debug, Clone)]
pub enum Relation {
    /// It begins a chain.
    Begins,
    /// It is equal.
    Equals,
    /// It is the expectation.
    Expectation,
    /// It is what is left after these terms are dropped.
    Approximates(Dropped),
}

/// Terms that an approximation drops.
#[derive(Debug, Clone)]
pub struct Dropped {
    /// The terms.
    pub terms: Expression,
    /// The order of the largest of them, in the exponent of the scaling; `None` if there are none.
    pub order: Option<i32>,
}

impl Step {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
    pub(super) fn expression(&self) -> &Expression {
        &self.expression
    }
    pub(super) fn reason(&self) -> &Reason {
        &self.reason
    }
    pub(super) fn theory(&self) -> &Theory {
        &self.theory
    }
}

/// A statement with its chains of steps; the beginning of each chain is a step without a check.
#[derive(Debug, Clone)]
pub struct Proof {
    /// What is proved.
    pub title: String,
    /// The steps of all chains.
    pub steps: Vec<Step>,
}

impl Proof {
    pub(super) fn title(&self) -> &str {
        &self.title
    }
    /// Each chain with its steps, the beginning first.
    pub(super) fn chains(&self) -> impl Iterator<Item = &[Step]> {
        self.steps
            .chunk_by(|_, next| !matches!(next.relation, Relation::Begins))
    }

    /// What the last chain reached.
    pub fn conclusion(&self) -> Option<&Expression> {
        self.steps.last().map(|step| &step.expression)
    }

    /// The chains of both proofs, under this title.
    pub fn and(mut self, further: Proof) -> Self {
        self.steps.extend(further.steps);
        self
    }

    /// The checks in the field, one for each step that is not the beginning of a chain.
    pub fn checks(&self) -> impl Iterator<Item = &FieldCheck> {
        self.steps.iter().filter_map(|step| step.check.as_ref())
    }

    /// The number of terms of all steps, written out.
    pub fn term_count(&self) -> usize {
        self.steps
            .iter()
            .map(|step| step.expression.term_count())
            .sum()
    }

    /// The largest of the steps' bounds on the probability that a false step passes the field check,
    /// `None` for a proof without steps.
    pub fn bound(&self) -> Option<f64> {
        let worst = self.checks().max_by_key(|check| check.degree);
        worst.map(FieldCheck::bound)
    }
}

/// A proof in the making, begun with [`Theory::prove`].
#[derive(Debug, Clone)]
pub struct Prover<'a> {
    theory: &'a Theory,
    shared: Arc<Theory>,
    proof: Proof,
}

impl<'a> Prover<'a> {
    pub(super) fn new(theory: &'a Theory, title: &str) -> Self {
        Prover {
            theory,
            shared: Arc::new(theory.clone()),
            proof: Proof {
                title: title.into(),
                steps: Vec::new(),
            },
        }
    }

    /// Begins a chain with an expression as it is written.
    ///
    /// # Errors
    /// What reading it may give.
    pub fn from(self, text: &str) -> Result<Self, ProofError> {
        let expression = self.theory.expression(text)?;
        Ok(self.from_expression(expression))
    }

    /// Begins a chain with an expression.
    pub fn from_expression(mut self, expression: Expression) -> Self {
        self.push("begin", Relation::Begins, expression, None, Reason::Begins);
        self
    }

    /// Rewrites by the theory's rules of these names, from left to right.
    ///
    /// # Errors
    /// [`SymbolicError::Rewriting`], or a failed check.
    pub fn rewrite(mut self, name: &str, rules: &[&str]) -> Result<Self, ProofError> {
        let rules = self.theory.rules(rules)?;
        let before = self.current(name)?;
        let after = before.rewritten(&rules)?;
        let check = self.confirmed(before, &[], &after, &rules)?;
        let reason = Reason::Rewriting(rules.into_iter().cloned().collect());
        self.push(name, Relation::Equals, after, Some(check), reason);
        Ok(self)
    }

    /// Takes the expectation over a tensor with independent entries, all others held fixed.
    ///
    /// # Errors
    /// [`SymbolicError::MadeOf`] where another tensor in the expression is defined by the random one,
    /// [`SymbolicError::Unknown`], those of [`Expression::expected`], or a failed check.
    pub fn expect(mut self, name: &str, tensor: &str, law: &Law) -> Result<Self, ProofError> {
        let before = self.current(name)?;
        self.theory.admits_expectation(before, tensor)?;
        let after = before.expected(tensor, law)?;
        let check = self.confirmed(before, &[(tensor, law)], &after, &[])?;
        let reason = Reason::Expectation(tensor.into(), law.clone());
        self.push(name, Relation::Expectation, after, Some(check), reason);
        Ok(self)
    }

    /// Claims that the expression reached equals `text`, for all dimensions.
    ///
    /// # Errors
    /// [`ProofError::Refuted`] if it does not; a failed check.
    pub fn is(self, name: &str, text: &str) -> Result<Self, ProofError> {
        self.follows(name, text, &[])
    }

    /// Claims that the expression reached equals `text` once both are rewritten by rules.
    ///
    /// # Errors
    /// [`ProofError::Refuted`] if their forms differ: for all dimensions without rules, and under rules
    /// for as much as the rules can do; a failed check.
    pub fn follows(self, name: &str, text: &str, rules: &[&str]) -> Result<Self, ProofError> {
        let legs = self.current(name)?.legs();
        let claimed = parse::expression(&self.theory.signature, text, legs)?;
        self.follows_expression(name, claimed, rules)
    }

    /// As [`Prover::follows`], for an expression that is not written but made.
    ///
    /// # Errors
    /// As [`Prover::follows`].
    pub fn follows_expression(
        mut self,
        name: &str,
        claimed: Expression,
        rules: &[&str],
    ) -> Result<Self, ProofError> {
        let rules = self.theory.rules(rules)?;
        let before = self.current(name)?;
        let difference = before.minus(&claimed)?.rewritten(&rules)?;
        if !difference.is_zero() {
            let witness = match compare(self.theory, before, &[], &claimed, &rules)? {
                Comparison::Different { shape } => Some(shape),
                Comparison::Equal(_) => None,
            };
            return Err(ProofError::Refuted(Refutation {
                step: name.into(),
                difference,
                witness,
            }));
        }
        let check = self.confirmed(before, &[], &claimed, &rules)?;
        let reason = Reason::Rewriting(rules.into_iter().cloned().collect());
        self.push(name, Relation::Equals, claimed, Some(check), reason);
        Ok(self)
    }

    /// Drops the terms of order below `order`, and records them with the order of the largest.
    ///
    /// # Errors
    /// A failed check that kept and dropped terms add up.
    pub fn approximately(
        mut self,
        name: &str,
        scaling: Scaling,
        order: i32,
    ) -> Result<Self, ProofError> {
        let before = self.current(name)?;
        let (kept, terms) = before.split_at(scaling, order);
        let check = self.confirmed(before, &[], &kept.plus(&terms)?, &[])?;
        let orders = scaling
            .iter()
            .map(|(symbol, order)| ((*symbol).into(), *order));
        let reason = Reason::Dropping(orders.collect(), order, terms.clone());
        let order = terms.order(scaling);
        let dropped = Relation::Approximates(Dropped { terms, order });
        self.push(name, dropped, kept, Some(check), reason);
        Ok(self)
    }

    /// The proof.
    pub fn done(self) -> Proof {
        self.proof
    }

    fn current(&self, step: &str) -> Result<&Expression, ProofError> {
        let last = self.proof.steps.last();
        last.map(|step| &step.expression)
            .ok_or_else(|| ProofError::NoBeginning { step: step.into() })
    }

    fn confirmed(
        &self,
        before: &Expression,
        laws: &[(&str, &Law)],
        after: &Expression,
        rules: &[&Rule],
    ) -> Result<FieldCheck, CheckError> {
        match compare(self.theory, before, laws, after, rules)? {
            Comparison::Equal(check) => Ok(check),
            Comparison::Different { shape } => Err(CheckError::Disagrees { shape }),
        }
    }

    fn push(
        &mut self,
        name: &str,
        relation: Relation,
        expression: Expression,
        check: Option<FieldCheck>,
        reason: Reason,
    ) {
        self.proof.steps.push(Step {
            name: name.into(),
            relation,
            expression,
            check,
            reason,
            theory: self.shared.clone(),
        });
    }
}
