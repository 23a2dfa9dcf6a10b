//! A claim: a statement of a paper with the check that settles it.

use super::{Figure, Measurement, Printed};
use crate::model::Streams;
use serde::Serialize;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// How much work a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// A few seconds for the whole ledger.
    Small,
    /// Under a minute.
    Standard,
    /// A quarter of an hour on two cores.
    Large,
}

/// What a check is given: the size of the run and its random streams.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// How much work to do.
    pub size: Size,
    /// The seed of the run.
    pub seed: u64,
    id: &'static str,
}

impl Context {
    /// The context of the claim `id`.
    pub fn new(size: Size, seed: u64, id: &'static str) -> Self {
        Context { size, seed, id }
    }

    /// One of three values, by the size of the run.
    pub fn choose<T>(&self, small: T, standard: T, large: T) -> T {
        match self.size {
            Size::Small => small,
            Size::Standard => standard,
            Size::Large => large,
        }
    }

    /// The random streams of this claim.
    pub fn streams(&self) -> Streams {
        Streams::new(self.seed, self.id)
    }
}

/// What a check found. The default has neither evidence nor controls: it is vacuous.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Finding {
    /// The printed formula, judged.
    pub printed: Printed,
    /// Measurements that support or oppose the statement.
    pub evidence: Vec<Measurement>,
    /// Near misses through the same code, which must be refuted.
    pub controls: Vec<Measurement>,
    /// Intermediate quantities, by name, for the snapshots.
    pub intermediates: Vec<(&'static str, Vec<f64>)>,
    /// What the numbers look like, for the report.
    pub figures: Vec<Figure>,
}

/// Why a check could not be carried out: the toolkit's error.
#[derive(Debug, Clone)]
pub struct CheckError(Arc<dyn Error + Send + Sync>);

impl CheckError {
    /// The error itself.
    pub fn source(&self) -> &(dyn Error + 'static) {
        &*self.0
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for CheckError {
    fn from(error: E) -> Self {
        CheckError(Arc::new(error))
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A check that is made as the program runs, for a claim that stands in no source file. It is kept as long as the program
/// runs, as a written claim is.
#[derive(Clone, Copy)]
pub struct Made {
    check: &'static MadeCheck,
    concluded: fn(Finding) -> Finding,
}

type MadeCheck = dyn Fn(&Context) -> Result<Finding, CheckError> + Send + Sync;

impl Made {
    /// Keeps a check, and what is made of its finding once its rates are decided: a claim that nobody wrote may be one that
    /// these sizes do not settle.
    pub fn new(
        check: impl Fn(&Context) -> Result<Finding, CheckError> + Send + Sync + 'static,
        concluded: fn(Finding) -> Finding,
    ) -> Self {
        let check = Box::leak(Box::new(check));
        Made { check, concluded }
    }

    pub(super) fn check(self, context: &Context) -> Result<Finding, CheckError> {
        (self.check)(context)
    }

    pub(super) fn concluded(self, finding: Finding) -> Finding {
        (self.concluded)(finding)
    }
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Made")
    }
}

/// A claim of the ledger. Texts hold formulas in TeX between `$` signs, or are plain; [`plain_text`](super::plain_text) is
/// what a terminal and the JSON show of them.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Its name.
    pub id: &'static str,
    /// The section of the source that it belongs to.
    pub section: u8,
    /// The slide or page where it stands.
    pub slide: &'static str,
    /// What the source states and this settles, by the names that a derivation's list of all statements has.
    pub settles: &'static [&'static str],
    /// What is claimed, in the source's letters.
    pub statement: &'static str,
    /// Earlier claims that it rests on.
    pub uses: &'static [&'static str],
    /// What is taken on trust.
    pub assumes: &'static [&'static str],
    /// The check.
    pub check: fn(&Context) -> Result<Finding, CheckError>,
    /// The check of a claim that is made from a model, in place of `check`.
    pub made: Option<Made>,
    /// Whether a run tells what was found, as the edges of a law, and not the verdict alone.
    pub told: bool,
}

impl Claim {
    /// A claim that states nothing, and is vacuous: for the fields that one has no use for, `..Claim::BLANK`.
    pub const BLANK: Claim = Claim {
        id: "",
        section: 1,
        slide: "",
        settles: &[],
        statement: "",
        uses: &[],
        assumes: &[],
        check: |_| Ok(Finding::default()),
        made: None,
        told: false,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_claim_is_vacuous() {
        let outcome = Claim::BLANK.settle(Size::Small, 1);
        assert_eq!(outcome.verdict, crate::ledger::Verdict::Vacuous);
    }

    #[test]
    fn an_error_is_kept_whole() {
        let error = CheckError::from(crate::ledger::LadderError::TooFew { errors: 2 });
        let kept = error.source().downcast_ref();
        assert_eq!(
            kept,
            Some(&crate::ledger::LadderError::TooFew { errors: 2 })
        );
        assert!(error.to_string().contains("there are 2"), "{error}");
    }
}
