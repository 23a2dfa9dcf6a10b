//! One measurement: a distance against an allowance, and what kind of evidence it is.

use super::ladder::Fitted;
use crate::symbolic::Certificate;
use serde::Serialize;
use std::sync::Arc;

/// The kinds of evidence, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Symbolic: holds for every dimension.
    Proved,
    /// Equality in the integers, the rationals or a prime field.
    Exact,
    /// A rigorous bound on the error.
    Enclosed,
    /// A bound derived from the rounding unit and the sizes.
    Rounding,
    /// A fitted exponent over a ladder of sizes; distance and allowance are exponents.
    Rate,
    /// A statistical test; the distance is in standard errors, the allowance the quantile of a named
    /// false-alarm rate.
    Sampled,
}

impl Kind {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Proved => "proved",
            Kind::Exact => "exact",
            Kind::Enclosed => "enclosed",
            Kind::Rounding => "rounding",
            Kind::Rate => "rate",
            Kind::Sampled => "sampled",
        }
    }
}

/// A distance and the allowance it is held to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurement {
    /// What was measured, with its resolution where it has one.
    pub what: String,
    /// The kind of evidence.
    pub kind: Kind,
    /// How many cases the distance is the largest, or the fit, of.
    pub cases: usize,
    /// The distance.
    pub distance: f64,
    /// The largest distance that supports the statement.
    pub allowance: f64,
    /// Whether it only repeats what other evidence settles: it can refute the claim, but the claim does
    /// not rest on it.
    pub cross_check: bool,
    /// The argument in full, where there is one: the steps of a proof, or what a near miss is off by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argument: Option<String>,
    /// The name of the file that a run writes its certificate to, where it is a proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_file: Option<String>,
    /// The certificate.
    #[serde(skip)]
    pub certificate: Option<Arc<Certificate>>,
    /// What a proof takes for granted, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumes: Vec<String>,
    /// The errors that a rate was fitted to.
    #[serde(skip)]
    pub(super) fitted: Option<Fitted>,
}

impl Measurement {
    /// An equality in exact arithmetic: the distance is the number of cases that differ.
    pub fn exact(what: impl Into<String>, cases: usize, differing: usize) -> Self {
        Self::of(Kind::Exact, what, cases, differing as f64, 0.0)
    }

    /// An equality up to rounding: `allowance` is derived from ε and the sizes where it is made.
    pub fn rounding(what: impl Into<String>, cases: usize, distance: f64, allowance: f64) -> Self {
        Self::of(Kind::Rounding, what, cases, distance, allowance)
    }

    /// An equality of two numbers whose errors are known to be at most `bound` together.
    pub fn enclosed(what: impl Into<String>, cases: usize, distance: f64, bound: f64) -> Self {
        Self::of(Kind::Enclosed, what, cases, distance, bound)
    }

    /// A statistical test: `allowance` is the quantile of a false-alarm rate that `what` names.
    pub fn sampled(what: impl Into<String>, cases: usize, distance: f64, allowance: f64) -> Self {
        Self::of(Kind::Sampled, what, cases, distance, allowance)
    }

    /// The same measurement as a cross-check of what other evidence settles.
    pub fn as_cross_check(self) -> Self {
        Measurement {
            cross_check: true,
            ..self
        }
    }

    pub(super) fn of(
        kind: Kind,
        what: impl Into<String>,
        cases: usize,
        distance: f64,
        allowance: f64,
    ) -> Self {
        Measurement {
            what: what.into(),
            kind,
            cases,
            distance,
            allowance,
            cross_check: false,
            argument: None,
            certificate_file: None,
            certificate: None,
            assumes: Vec::new(),
            fitted: None,
        }
    }

    /// Whether the distance is within the allowance; `None` where either is NaN: neither pass nor fail.
    pub fn supports(&self) -> Option<bool> {
        (!self.distance.is_nan() && !self.allowance.is_nan())
            .then_some(self.distance <= self.allowance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_is_neither_pass_nor_fail() {
        assert_eq!(Measurement::rounding("", 1, f64::NAN, 1.0).supports(), None);
        assert_eq!(
            Measurement::rounding("", 1, 2.0, 1.0).supports(),
            Some(false)
        );
        assert_eq!(Measurement::exact("", 5, 0).supports(), Some(true));
    }
}
