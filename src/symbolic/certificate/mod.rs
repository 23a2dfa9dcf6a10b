//! Certificates: proofs that stand on their own, for a checker that shares nothing with this crate.

mod action;
mod blocks;
mod facts;
mod flow;
mod rules;
mod theory;
mod words;

use super::by_parts::ByParts;
use super::error::SymbolicError;
use super::expression::Expression;
use super::haar::Haar;
use super::law::TensorLaw;
use super::proof::{Proof, Reason, Step};
use super::rewrite::Rule;
use action::Action;
use flow::{Flow, Named, flow};
use serde::Serialize;
use std::collections::BTreeSet;
use theory::TheoryRecord;
use words::{TermRecord, joined, leg_names, numbers, polynomial, terms, typed};

/// What a certificate calls itself.
const FORMAT: &str = "tensor-dyson certificate";

/// The version of the format.
const VERSION: u32 = 1;

/// A proof with the witnesses of its steps, which a checker in another language verifies without search.
///
/// ```
/// use tensor_dyson::symbolic::{ProofError, TensorLaw, Theory};
///
/// let mut theory = Theory::new();
/// theory.tensors("x[n,d]")?;
/// let proof = theory
///     .prove("E XXᵀ = dI")
///     .from("[i,j] x[i,a] x[j,a]")?
///     .expect("over X", "x", &TensorLaw::Gaussian)?
///     .is("collected", "[i,j] d δ[i,j]")?
///     .done();
/// let json = proof.certificate()?.to_json();
/// assert!(json.contains(r#""x j a""#));
/// # Ok::<(), ProofError>(())
/// ```
///
/// The format, which is stable within its version, stands in `docs/certificates.md`;
/// `tests/certificates/check.py` checks such files with nothing but Python's standard library.
///
/// A step `A = B` is certified by a flow: a list of contractions (nodes), the node that each term of `A` and `B`
/// is, with the renaming of its summed indices and the symmetries used, and what becomes of a node that a rule
/// matches or that holds a random factor. With `c_v` the coefficient that reaches node `v`,
///
/// ```math
/// c_v = Σ_{terms of A at v} c − Σ_{terms of B at v} c + Σ_{u → v} c_u c_{uv},
/// ```
///
/// the step holds if `c_v = 0` wherever nothing more is done. Every arrow is an identity: δ's carried out, indices
/// renamed, a rule applied, or, for independent entries,
/// `E x_1 ⋯ x_m = Σ_{B∋1} κ_|B| δ(the slots of B agree) E Π_{j∉B} x_j`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    format: &'static str,
    version: u32,
    title: String,
    theories: Vec<TheoryRecord>,
    chains: Vec<ChainRecord>,
}

/// A chain of steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ChainRecord {
    theory: usize,
    legs: String,
    begin: Vec<TermRecord>,
    steps: Vec<StepRecord>,
}

/// A step: by what the line before becomes `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct StepRecord {
    name: String,
    by: By,
    to: Vec<TermRecord>,
    flow: Flow,
}

/// How a line comes from the line before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum By {
    /// Rules rewrite both sides to one form; without rules they have one normal form.
    Rewriting(Vec<String>),
    /// It is the expectation.
    Expectation(AverageRecord),
    /// It has the same expectation: one random entry is taken out of each term.
    Parts(AverageRecord),
    /// Terms of order below a number are dropped.
    Dropping {
        /// The order of growth of each symbol and of each factor of a tensor, `n^2 d^1 G^0`.
        orders: String,
        /// The number.
        below: i32,
        /// The terms.
        terms: Vec<TermRecord>,
    },
}

/// Over what a mean is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct AverageRecord {
    /// The entries of this tensor.
    over: String,
    /// Their cumulants of order 1, 2, … where they are independent; none for the standard Gaussian law, which has all.
    #[serde(skip_serializing_if = "Option::is_none")]
    cumulants: Option<Vec<Vec<String>>>,
    /// The permutations of slots by which Gaussian entries are tied, each behind its sign, `-1 1 0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<Vec<String>>,
    /// The Weingarten function of a group's uniform matrix, for each number of pairs that occurs.
    #[serde(skip_serializing_if = "Option::is_none")]
    weingarten: Option<Vec<Value>>,
    /// The conjugate, where that is another tensor.
    #[serde(skip_serializing_if = "Option::is_none")]
    conjugate: Option<String>,
}

impl Certificate {
    /// The certificate as JSON.
    pub fn to_json(&self) -> String {
        let mut bytes = Vec::new();
        let format = serde_json::ser::PrettyFormatter::with_indent(b" ");
        let mut writer = serde_json::Serializer::with_formatter(&mut bytes, format);
        // Strings, numbers and lists are written to memory: neither can fail.
        let _ = self.serialize(&mut writer);
        bytes.push(b'\n');
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Proof {
    /// The proof with the witnesses of its steps, for a checker that knows nothing of this crate.
    ///
    /// # Errors
    /// [`SymbolicError::Rewriting`] where a step's flow has too many contractions to be written down.
    pub fn certificate(&self) -> Result<Certificate, SymbolicError> {
        let mut certificate = Certificate {
            format: FORMAT,
            version: VERSION,
            title: self.title().into(),
            theories: Vec::new(),
            chains: Vec::new(),
        };
        for chain in self.chains() {
            let [begin, steps @ ..] = chain else { continue };
            let theory = theory::record(begin.theory())?;
            let known = certificate.theories.iter().position(|t| *t == theory);
            let place = known.unwrap_or(certificate.theories.len());
            if known.is_none() {
                certificate.theories.push(theory);
            }
            certificate.chains.push(chain_record(place, begin, steps)?);
        }
        Ok(certificate)
    }
}

fn chain_record(theory: usize, begin: &Step, steps: &[Step]) -> Result<ChainRecord, SymbolicError> {
    let legs = leg_names(begin.expression());
    let mut record = ChainRecord {
        theory,
        legs: typed(&legs, begin.expression().legs()),
        begin: terms(&legs, begin.expression()),
        steps: Vec::new(),
    };
    let mut before = begin;
    for step in steps {
        record.steps.push(step_record(&legs, before, step)?);
        before = step;
    }
    Ok(record)
}

fn step_record(legs: &[String], before: &Step, step: &Step) -> Result<StepRecord, SymbolicError> {
    let (left, right) = (before.expression(), step.expression());
    let written = |side| Named::as_written(legs, side);
    let between = |action| flow(legs, &[written(left)], &[written(right)], action);
    let (by, flow) = match step.reason() {
        Reason::Begins => (By::Rewriting(Vec::new()), between(Action::Rewrite(&[]))?),
        Reason::Rewriting(rules) => {
            let rules: Vec<&Rule> = rules.iter().collect();
            let names = rules.iter().map(|rule| rule.name().to_owned()).collect();
            (By::Rewriting(names), between(Action::Rewrite(&rules))?)
        }
        Reason::Expectation(tensor, law) => {
            let by = By::Expectation(average(left, tensor, law)?);
            let theory = step.theory();
            let mut tensors = left.tensors();
            let flow = match tensors.any(|own| theory.is_function_of(own, tensor)) {
                true => between(Action::Stein(&ByParts::new(theory, tensor, law)?, theory))?,
                false => between(Action::Integrate(tensor, law))?,
            };
            (by, flow)
        }
        Reason::ByParts(tensor, law) => {
            let by = By::Parts(average(left, tensor, law)?);
            let parts = ByParts::new(step.theory(), tensor, law)?;
            (by, between(Action::Once(&parts))?)
        }
        Reason::Dropping(orders, below, dropped) => {
            let orders = orders
                .iter()
                .map(|(symbol, order)| format!("{symbol}^{order}"));
            let by = By::Dropping {
                orders: joined(orders),
                below: *below,
                terms: terms(legs, dropped),
            };
            let sides = ([written(left)], [written(right), written(dropped)]);
            (by, flow(legs, &sides.0, &sides.1, Action::Rewrite(&[]))?)
        }
    };
    Ok(StepRecord {
        name: step.name().into(),
        by,
        to: terms(legs, right),
        flow,
    })
}

/// The value of a Weingarten function on a class, by a partition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Value {
    class: String,
    value: Vec<String>,
}

/// The values of the Weingarten functions that an integral over a uniform matrix needs.
fn weingarten(before: &Expression, tensor: &str, haar: &Haar) -> Result<Vec<Value>, SymbolicError> {
    let law = TensorLaw::Haar(haar.clone());
    let mut values = Vec::new();
    let random = before
        .tensors()
        .find(|own| **own.name() == *tensor || haar.conjugate() == Some(own.name()));
    let Some(space) = random.and_then(|random| random.slots().first()) else {
        return Ok(values);
    };
    let pairs = before.parts().map(|part| part.factors_of(tensor, &law) / 2);
    for pairs in pairs.filter(|pairs| *pairs > 0).collect::<BTreeSet<_>>() {
        let weingarten = haar.weingarten(pairs, space.dimension());
        values.extend(weingarten.classes().map(|(class, value)| Value {
            class: numbers(class, " "),
            value: polynomial(value),
        }));
    }
    Ok(values)
}

fn average(
    before: &Expression,
    tensor: &str,
    law: &TensorLaw,
) -> Result<AverageRecord, SymbolicError> {
    let pair = |(sign, g): &(i64, Vec<usize>)| format!("{sign} {}", numbers(g, " "));
    let ensemble = law.ensemble();
    Ok(AverageRecord {
        over: tensor.to_owned(),
        cumulants: match law {
            TensorLaw::Gaussian | TensorLaw::Ensemble(_) | TensorLaw::Haar(_) => None,
            TensorLaw::Cumulants(given) => Some(given.iter().map(polynomial).collect()),
        },
        pairs: ensemble.map(|ensemble| ensemble.pairings().iter().map(pair).collect()),
        weingarten: match law {
            TensorLaw::Haar(haar) => Some(weingarten(before, tensor, haar)?),
            TensorLaw::Gaussian | TensorLaw::Cumulants(_) | TensorLaw::Ensemble(_) => None,
        },
        conjugate: law.conjugate().map(ToString::to_string),
    })
}
