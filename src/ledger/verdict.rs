//! The judgement of a claim from its measurements. No verdict is written by hand.

use super::{Finding, Measurement, PrintedVerdict};
use serde::Serialize;

/// What the measurements say of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All evidence supports it, and every control is refuted.
    Holds,
    /// Some evidence opposes it.
    Refuted,
    /// Nothing was shown: no evidence but cross-checks, no control, a control that passes, or a NaN.
    Vacuous,
    /// The printed statement cannot be settled here, and nothing that was measured opposes it.
    Open,
}

impl Verdict {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Refuted => "refuted",
            Verdict::Vacuous => "vacuous",
            Verdict::Open => "open",
        }
    }

    /// Judges what a check found. `Open` covers no failure: evidence that opposes makes the claim refuted,
    /// a NaN, a control that passes or evidence without a control makes it vacuous, as for any claim. It
    /// only takes the place of a verdict where nothing was measured, or of one that would go too far.
    pub fn of_finding(finding: &Finding) -> Self {
        let measured = Self::of(&finding.evidence, &finding.controls);
        let nothing = finding.evidence.is_empty() && finding.controls.is_empty();
        match (measured, finding.printed.verdict) {
            (Verdict::Holds, PrintedVerdict::Open) => Verdict::Open,
            (Verdict::Vacuous, PrintedVerdict::Open) if nothing => Verdict::Open,
            _ => measured,
        }
    }

    /// Judges a claim.
    pub fn of(evidence: &[Measurement], controls: &[Measurement]) -> Self {
        if evidence.iter().any(|m| m.supports() == Some(false)) {
            return Verdict::Refuted;
        }
        let shown = evidence.iter().any(|m| !m.cross_check)
            && evidence.iter().all(|m| m.supports() == Some(true));
        let caught = !controls.is_empty() && controls.iter().all(|m| m.supports() == Some(false));
        if shown && caught {
            Verdict::Holds
        } else {
            Verdict::Vacuous
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Open, Printed};

    #[test]
    fn a_claim_without_a_refuted_control_is_vacuous() {
        let good = || vec![Measurement::exact("", 1, 0)];
        let bad = || vec![Measurement::exact("", 1, 1)];
        let nan = || vec![Measurement::rounding("", 1, f64::NAN, 1.0)];
        assert_eq!(Verdict::of(&good(), &bad()), Verdict::Holds);
        assert_eq!(Verdict::of(&bad(), &bad()), Verdict::Refuted);
        assert_eq!(Verdict::of(&good(), &good()), Verdict::Vacuous);
        assert_eq!(Verdict::of(&good(), &[]), Verdict::Vacuous);
        assert_eq!(Verdict::of(&[], &bad()), Verdict::Vacuous);
        assert_eq!(Verdict::of(&nan(), &bad()), Verdict::Vacuous);
        assert_eq!(Verdict::of(&good(), &nan()), Verdict::Vacuous);
    }

    #[test]
    fn an_open_claim_hides_no_failure() {
        let good = || vec![Measurement::exact("", 1, 0)];
        let bad = || vec![Measurement::exact("", 1, 1)];
        let nan = || vec![Measurement::rounding("", 1, f64::NAN, 1.0)];
        let open = |evidence, controls| {
            let why = Open {
                why: "",
                settled_by: "",
            };
            Verdict::of_finding(&Finding {
                printed: Printed::unsettled("", why),
                evidence,
                controls,
                ..Finding::default()
            })
        };
        assert_eq!(open(vec![], vec![]), Verdict::Open);
        assert_eq!(open(good(), bad()), Verdict::Open);
        assert_eq!(open(bad(), bad()), Verdict::Refuted);
        assert_eq!(open(bad(), vec![]), Verdict::Refuted);
        assert_eq!(open(good(), good()), Verdict::Vacuous);
        assert_eq!(open(vec![], good()), Verdict::Vacuous);
        assert_eq!(open(nan(), bad()), Verdict::Vacuous);
        assert_eq!(open(good(), vec![]), Verdict::Vacuous);
    }

    #[test]
    fn a_cross_check_can_refute_a_claim_but_not_carry_it() {
        let [good, bad] = [0, 1].map(|differing| Measurement::exact("", 1, differing));
        let [passed, failed] = [&good, &bad].map(|m| m.clone().as_cross_check());
        let controls = [bad];
        let of = |evidence: &[Measurement]| Verdict::of(evidence, &controls);
        assert_eq!(of(std::slice::from_ref(&passed)), Verdict::Vacuous);
        assert_eq!(of(&[good.clone(), passed]), Verdict::Holds);
        assert_eq!(of(&[good, failed]), Verdict::Refuted);
    }
}
