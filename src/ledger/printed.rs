//! The formula as printed, and what its numbers say of it.

use super::Measurement;
use super::text::as_plain;
use serde::Serialize;

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
    #[serde(serialize_with = "as_plain")]
    pub wrong: &'static str,
    /// The formula that holds instead, in TeX between `$` signs or plain.
    #[serde(serialize_with = "as_plain")]
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
    /// The formula, in TeX between `$` signs or plain.
    #[serde(serialize_with = "as_plain")]
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
    /// Whether the formula is the statement that the evidence settles.
    #[serde(skip)]
    claimed: bool,
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
            claimed: false,
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
            claimed: false,
        }
    }

    /// The printed formula is the statement that the evidence settles: its worst measurement.
    pub fn as_claimed(text: impl Into<String>, evidence: &[Measurement]) -> Self {
        let excess = |m: &Measurement| m.distance - m.allowance;
        let worst = evidence
            .iter()
            .max_by(|x, y| excess(x).total_cmp(&excess(y)));
        let (distance, allowance) = worst.map_or((f64::NAN, 0.0), |m| (m.distance, m.allowance));
        Printed {
            claimed: true,
            ..Self::judged(text, distance, allowance)
        }
    }

    /// The same formula where the claim's evidence has become another.
    pub(super) fn with_evidence(self, evidence: &[Measurement]) -> Self {
        if !self.claimed {
            return self;
        }
        Printed {
            erratum: self.erratum,
            ..Self::as_claimed(self.text, evidence)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_formula_is_judged_by_its_numbers_only() {
        use PrintedVerdict::{Holds, Incomplete, Slip, Unevaluated};
        for (distance, completed, verdict) in [
            (0.5, f64::NAN, Holds),
            (1.0, f64::NAN, Holds),
            (2.0, f64::NAN, Slip),
            (2.0, 3.0, Slip),
            (2.0, 0.5, Incomplete),
            (2.0, 1.0, Incomplete),
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
