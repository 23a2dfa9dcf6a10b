//! Proofs: chains of named steps, each decided by normal form and checked again over a prime field (the test of Schwartz
//! 1980 and Zippel 1979).

mod accord;
mod prover;

use super::assumption::{Assumption, Assumptions};
use super::check::FieldCheck;
use super::error::SymbolicError;
use super::expression::Expression;
use super::fault::FieldError;
use super::law::TensorLaw;
use super::polynomial::Symbol;
use super::rewrite::Rule;
use super::theory::Theory;
use std::collections::BTreeMap;
use std::sync::Arc;
use thiserror::Error;

pub use prover::Prover;

use accord::Laws;

/// A statement that the calculus refutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refutation {
    step: String,
    difference: Expression,
    witness: Option<String>,
}

impl Refutation {
    /// The step that fails.
    pub fn step(&self) -> &str {
        &self.step
    }

    /// The normal form of what was computed minus what was claimed.
    pub fn difference(&self) -> &Expression {
        &self.difference
    }

    /// Dimensions at which a random point tells the two sides apart, independently of the normal form.
    pub fn witness(&self) -> Option<&str> {
        self.witness.as_deref()
    }
}

/// Why a statement has no proof.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofError {
    /// It cannot be read, rewritten or integrated.
    #[error(transparent)]
    Symbolic(#[from] SymbolicError),
    /// A point could not be made, or the two deciders disagree.
    #[error(transparent)]
    Check(#[from] FieldError),
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
    name: String,
    relation: Relation,
    expression: Expression,
    check: Option<FieldCheck>,
    /// What the certificate says of it.
    reason: Reason,
    /// The theory that it belongs to.
    theory: Arc<Theory>,
}

impl Step {
    /// Why it holds.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it comes from the step before.
    pub fn relation(&self) -> &Relation {
        &self.relation
    }

    /// What is reached.
    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// The check in the field; the beginning of a chain has none.
    pub fn check(&self) -> Option<&FieldCheck> {
        self.check.as_ref()
    }
}

/// By what a line follows from the line before.
#[derive(Debug, Clone)]
pub(super) enum Reason {
    /// Nothing: it begins a chain.
    Begins,
    /// Both are rewritten by these rules.
    Rewriting(Vec<Rule>),
    /// The expectation over the entries of a tensor.
    Expectation(Symbol, TensorLaw),
    /// One entry of a tensor is taken out of each term, in the mean.
    ByParts(Symbol, TensorLaw),
    /// Terms of order below the number are dropped; each symbol and each tensor that is left has an order.
    Dropping(BTreeMap<Symbol, i32>, i32, Expression),
}

/// How a line of a proof comes from the line before.
#[derive(Debug, Clone)]
pub enum Relation {
    /// It begins a chain.
    Begins,
    /// It is equal.
    Equals,
    /// It is the expectation.
    Expectation(Average),
    /// It has the same mean, by integrating by parts.
    InMean(Average),
    /// It is what is left after these terms are dropped.
    Approximates(Dropped),
}

impl Relation {
    /// Over what a mean is taken.
    pub(super) fn average(&self) -> Option<&Average> {
        match self {
            Relation::Expectation(average) | Relation::InMean(average) => Some(average),
            Relation::Begins | Relation::Equals | Relation::Approximates(_) => None,
        }
    }
}

/// Over what an expectation is taken.
#[derive(Debug, Clone)]
pub struct Average {
    tensor: String,
    law: TensorLaw,
}

impl Average {
    pub(super) fn new(tensor: &str, law: &TensorLaw) -> Self {
        Average {
            tensor: tensor.into(),
            law: law.clone(),
        }
    }

    /// The random tensor.
    pub fn tensor(&self) -> &str {
        &self.tensor
    }

    /// The law of its independent entries.
    pub fn law(&self) -> &TensorLaw {
        &self.law
    }
}

/// Terms that an approximation drops.
#[derive(Debug, Clone)]
pub struct Dropped {
    terms: Expression,
    order: Option<i128>,
}

impl Dropped {
    /// The terms.
    pub fn terms(&self) -> &Expression {
        &self.terms
    }

    /// The order of the largest of them, in the exponent of the scaling; `None` if there are none.
    pub fn order(&self) -> Option<i128> {
        self.order
    }
}

impl Step {
    pub(super) fn reason(&self) -> &Reason {
        &self.reason
    }
    pub(super) fn theory(&self) -> &Theory {
        &self.theory
    }
}

/// A statement with its chains of steps; the beginning of each chain is a step without a check.
///
/// Only [`Prover`] makes one, and nothing changes it afterwards: what is printed was decided and checked.
///
/// ```compile_fail
/// let forged = tensor_dyson::symbolic::Proof {
///     title: "0 = 1".into(),
///     ..unimplemented!()
/// };
/// ```
#[derive(Debug, Clone)]
pub struct Proof {
    title: String,
    steps: Vec<Step>,
    /// What each name of the theory, or of the theories joined, stands for.
    meanings: BTreeMap<Symbol, String>,
    /// The law of each random tensor, of its conjugate and of its copies, in words that agree exactly if the laws do.
    laws: Laws,
    assumptions: Assumptions,
}

impl Proof {
    /// What is proved, in the words of who states it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The steps of all chains.
    pub fn steps(&self) -> &[Step] {
        &self.steps
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

    /// What is taken for granted: laws, inverses, rules that were tested and not derived, scalars that are divided
    /// by, orders of growth.
    pub fn assumptions(&self) -> impl Iterator<Item = &Assumption> {
        self.assumptions.iter()
    }

    /// What the names in it stand for, of all that are more than arbitrary tensors: definitions, symmetries, conjugates, copies,
    /// means, functions.
    pub fn glossary(&self) -> BTreeMap<String, String> {
        let each = self.steps.iter();
        let all = each.flat_map(|step| step.theory.glossary(&step.expression));
        all.map(|(name, meaning)| (name.to_string(), meaning))
            .collect()
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
        let worst = self.checks().max_by_key(|check| check.degree());
        worst.map(FieldCheck::bound)
    }
}
