//! The judgement of a claim from its measurements. No verdict is written by hand.

use super::Measurement;
use serde::Serialize;

/// What the measurements say of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All evidence supports it, and every control is refuted.
    Holds,
    /// Some evidence opposes it.
    Refuted,
    /// Nothing was shown: no evidence, no control, a control that passes, or a NaN.
    Vacuous,
}

impl Verdict {
    /// The name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Refuted => "refuted",
            Verdict::Vacuous => "vacuous",
        }
    }

    /// Judges a claim.
    pub fn of(evidence: &[Measurement], controls: &[Measurement]) -> Self {
        if evidence.iter().any(|m| m.supports() == Some(false)) {
            return Verdict::Refuted;
        }
        let shown = !evidence.is_empty() && evidence.iter().all(|m| m.supports() == Some(true));
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
}
