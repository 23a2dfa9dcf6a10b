//! A claim: a statement of a paper with the check that settles it.

use super::{Figure, Measurement};
use crate::model::Streams;
use serde::Serialize;
use std::fmt;

/// How much work a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// A few seconds for the whole ledger.
    Small,
    /// Under a minute.
    Standard,
    /// Up to ten minutes.
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

/// What the measurements say of the formula as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PrintedVerdict {
    /// It is supported as it stands.
    Holds,
    /// It is not, and what it leaves out does not mend it.
    Slip,
    /// It is supported once what it leaves out is added.
    Incomplete,
    /// It cannot be settled here.
    Open,
    /// It was not evaluated, or to NaN: nothing is said of it.
    Unevaluated,
}

/// What is wrong with a printed formula, for the errata: used only where the measurements refute it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Erratum {
    /// What is wrong.
    pub wrong: &'static str,
    /// The formula that holds instead.
    pub corrected: &'static str,
    /// The size of the discrepancy.
    pub size: f64,
    /// What that size is of.
    pub of: String,
}

/// Why a statement cannot be settled here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Open {
    /// Why not.
    pub why: &'static str,
    /// What would settle it.
    pub settled_by: &'static str,
}

/// The formula as printed, evaluated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Printed {
    /// The formula.
    pub text: String,
    /// What the numbers say of it.
    pub verdict: PrintedVerdict,
    /// How far off it is.
    pub distance: f64,
    /// How far off it may be.
    pub allowance: f64,
    /// Its entry in the errata, should it be wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erratum: Option<Erratum>,
    /// Why it cannot be settled, where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
}

/// Not evaluated: supports nothing.
impl Default for Printed {
    fn default() -> Self {
        Printed::judged("not evaluated", f64::NAN, 0.0)
    }
}

impl Printed {
    /// The printed statement cannot be settled here. The verdict of its claim is then `open`, unless what
    /// evidence there is opposes it or shows nothing.
    pub fn unsettled(text: impl Into<String>, open: Open) -> Self {
        Printed {
            text: text.into(),
            verdict: PrintedVerdict::Open,
            distance: f64::NAN,
            allowance: f64::NAN,
            erratum: None,
            open: Some(open),
        }
    }

    /// Adds the entry of the errata, for the case that the formula is wrong: what is wrong, what holds
    /// instead, and the size of the discrepancy with what it is of.
    pub fn erratum(
        mut self,
        wrong: &'static str,
        corrected: &'static str,
        size: f64,
        of: impl Into<String>,
    ) -> Self {
        self.erratum = Some(Erratum {
            wrong,
            corrected,
            size,
            of: of.into(),
        });
        self
    }

    /// Judges the printed formula by evaluating it.
    pub fn judged(text: impl Into<String>, distance: f64, allowance: f64) -> Self {
        Self::completed(text, distance, allowance, f64::NAN)
    }

    /// Judges it, and where it fails also the formula with what it leaves out added back, whose distance
    /// is `completed`: within the same allowance, it was incomplete; else a slip.
    pub fn completed(
        text: impl Into<String>,
        distance: f64,
        allowance: f64,
        completed: f64,
    ) -> Self {
        let verdict = if distance.is_nan() || allowance.is_nan() {
            PrintedVerdict::Unevaluated
        } else if distance <= allowance {
            PrintedVerdict::Holds
        } else if completed <= allowance {
            PrintedVerdict::Incomplete
        } else {
            PrintedVerdict::Slip
        };
        Printed {
            text: text.into(),
            verdict,
            distance,
            allowance,
            erratum: None,
            open: None,
        }
    }

    /// The printed formula is the statement that the evidence settles: its worst measurement.
    pub fn as_claimed(text: impl Into<String>, evidence: &[Measurement]) -> Self {
        let excess = |m: &Measurement| m.distance - m.allowance;
        let worst = evidence
            .iter()
            .max_by(|x, y| excess(x).total_cmp(&excess(y)));
        let (distance, allowance) = worst.map_or((f64::NAN, 0.0), |m| (m.distance, m.allowance));
        Self::judged(text, distance, allowance)
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

/// Why a check could not be carried out: the message of the toolkit's error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckError(String);

impl<E: std::error::Error> From<E> for CheckError {
    fn from(error: E) -> Self {
        CheckError(error.to_string())
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A claim of the ledger.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Its name.
    pub id: &'static str,
    /// The section of the source that it belongs to.
    pub section: u8,
    /// The slide or page where it stands.
    pub slide: &'static str,
    /// What is claimed, in the source's letters.
    pub statement: &'static str,
    /// Earlier claims that it rests on.
    pub uses: &'static [&'static str],
    /// What is taken on trust.
    pub assumes: &'static [&'static str],
    /// The check.
    pub check: fn(&Context) -> Result<Finding, CheckError>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_formula_is_judged_by_its_numbers_only() {
        use PrintedVerdict::{Holds, Incomplete, Slip, Unevaluated};
        for (distance, completed, verdict) in [
            (0.5, f64::NAN, Holds),
            (2.0, f64::NAN, Slip),
            (2.0, 3.0, Slip),
            (2.0, 0.5, Incomplete),
            (f64::INFINITY, 0.5, Incomplete),
            (f64::NAN, 0.5, Unevaluated),
        ] {
            assert_eq!(
                Printed::completed("", distance, 1.0, completed).verdict,
                verdict
            );
        }
        assert_eq!(Printed::default().verdict, Unevaluated);
        assert_eq!(Printed::as_claimed("", &[]).verdict, Unevaluated);
        let nan = Measurement::rounding("", 1, f64::NAN, 1.0);
        let worst = [Measurement::rounding("", 1, 2.0, 1.0), nan];
        assert_eq!(Printed::as_claimed("", &worst).verdict, Unevaluated);
    }
}
