//! A rate that chance leaves undecided is fitted to more samples, until it is decided.
//!
//! The fitted exponent b of a law that holds has an interval b ± h that reaches over the allowance now and then, and that of a near
//! miss may end below it: h is two standard errors, and a small run's samples are few. So a rate is *undecided* where it is on
//! the wrong side but within 2h, four standard errors, of the allowance. Then the check is made again with other streams, in four
//! and then in sixteen rounds, and the errors of all rounds are fitted together: h is half, and a quarter. A law whose exponent is g below
//! the allowance, in standard errors of one round, is lost there with probability `Φ(2 − 4g)`: less than 1e-6 from g = 1.7 on. What it costs: a
//! wrong law has three looks, each with the tail of one rate, in place of one.

use super::{CheckError, Finding, Kind, Measurement};
use crate::model::Streams;
use rand::RngExt;

/// How many rounds there are in all at each look.
const LOOKS: [u64; 3] = [1, 4, 16];

/// What the check finds from `seed`, with its rates fitted to as many rounds as decide them.
pub(super) fn until_decided(
    seed: u64,
    check: impl Fn(u64) -> Result<Finding, CheckError>,
) -> Result<Finding, CheckError> {
    let mut finding = check(seed)?;
    let mut rounds = LOOKS[0];
    for look in &LOOKS[1..] {
        if !is_undecided(&finding) {
            break;
        }
        for round in rounds..*look {
            let other = Streams::new(seed, "round").stream(round).random();
            let more = check(other)?;
            join(&mut finding.evidence, &more.evidence)?;
            join(&mut finding.controls, &more.controls)?;
        }
        rounds = *look;
        finding.printed = finding.printed.with_evidence(&finding.evidence);
    }
    Ok(finding)
}

/// Whether something stands in the way of the claim, and it is no more than rates that chance may have put there.
fn is_undecided(finding: &Finding) -> bool {
    let opposing = finding.evidence.iter();
    let opposing = opposing.filter(|m| m.supports() != Some(true));
    let passing = finding.controls.iter();
    let passing = passing.filter(|m| m.supports() != Some(false));
    let mut failing = opposing.chain(passing).peekable();
    failing.peek().is_some() && failing.all(may_be_chance)
}

/// Whether the exponent is within twice its half-width of the allowance.
fn may_be_chance(measurement: &Measurement) -> bool {
    let fitted = measurement.fitted.as_ref();
    let rate = fitted.and_then(|fitted| fitted.ladder.rate().ok());
    rate.is_some_and(|rate| (rate.exponent - measurement.allowance).abs() <= 2.0 * rate.half_width)
}

/// Adds the errors of a further round to the rates. Of what is no rate the first round counts, and a later one that opposes.
fn join(known: &mut [Measurement], more: &[Measurement]) -> Result<(), CheckError> {
    for (known, more) in known.iter_mut().zip(more) {
        match (&known.fitted, &more.fitted) {
            (Some(first), Some(next)) if first.what == next.what => {
                let mut ladder = first.ladder.clone();
                ladder.extend(&next.ladder);
                let cross_check = known.cross_check;
                *known = ladder.measure(&first.what, known.allowance)?;
                known.cross_check = cross_check;
            }
            _ if known.kind != Kind::Sampled && more.supports() == Some(false) => {
                *known = more.clone();
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ladder, Printed, PrintedVerdict, Verdict};
    use rand_distr::{Distribution, StandardNormal};
    use std::cell::Cell;

    /// Errors that fall as `d^{−1}` and `d^{0}`, 0.9 about their power laws in the logarithm, against the allowance −½: the exponent's
    /// standard error is 0.4, so that the gap is 1.2 of them.
    fn noisy(seed: u64, exponents: [f64; 2]) -> Finding {
        let mut rng = Streams::new(seed, "noisy").stream(0);
        let mut ladder = |exponent: f64| {
            let mut ladder = Ladder::default();
            for size in [10.0_f64, 20.0, 40.0] {
                for _ in 0..5 {
                    let noise: f64 = StandardNormal.sample(&mut rng);
                    ladder.push(size, size.powf(exponent) * (0.9 * noise).exp());
                }
            }
            ladder.measure("noisy", -0.5).unwrap()
        };
        let [evidence, controls] = exponents.map(|exponent| vec![ladder(exponent)]);
        Finding {
            printed: Printed::as_claimed("", &evidence),
            evidence,
            controls,
            ..Finding::default()
        }
    }

    #[test]
    fn chance_is_taken_out_of_a_rate_that_holds() {
        let (mut at_first, mut in_the_end) = (0, 0);
        for seed in 0..200 {
            let once = noisy(seed, [-1.0, 0.0]);
            let last = until_decided(seed, |seed| Ok(noisy(seed, [-1.0, 0.0]))).unwrap();
            at_first += usize::from(Verdict::of_finding(&once) != Verdict::Holds);
            in_the_end += usize::from(Verdict::of_finding(&last) != Verdict::Holds);
            let holds = last.printed.verdict == PrintedVerdict::Holds;
            assert_eq!(holds, last.evidence[0].supports() == Some(true));
        }
        assert!(at_first > 100, "{at_first}");
        assert!(in_the_end <= 2, "{in_the_end}");
    }

    /// An error that stays is not talked away by looking three times.
    #[test]
    fn a_rate_that_does_not_hold_is_refuted_still() {
        let supported = (0..200).filter(|&seed| {
            let last = until_decided(seed, |seed| Ok(noisy(seed, [0.0, 0.0]))).unwrap();
            last.evidence[0].supports() == Some(true)
        });
        assert!(supported.count() <= 2);
    }

    #[test]
    fn what_is_decided_is_checked_once_and_what_is_exact_is_never_outvoted() {
        let calls = Cell::new(0);
        let counted = |finding: fn(u64) -> Finding| {
            calls.set(0);
            let found = until_decided(1, |seed| {
                calls.set(calls.get() + 1);
                Ok(finding(seed))
            });
            (found.unwrap(), calls.get())
        };
        let exact = |differing| vec![Measurement::exact("", 1, differing)];
        let (_, calls_of_wrong) = counted(|seed| Finding {
            evidence: vec![Measurement::exact("", 1, 1)],
            ..noisy(seed, [-1.0, 0.0])
        });
        assert_eq!(calls_of_wrong, 1);
        let seen_later = |seed| Finding {
            evidence: vec![
                noisy(seed, [-0.3, 0.0]).evidence.swap_remove(0),
                Measurement::exact("", 1, usize::from(seed != 1)),
            ],
            controls: vec![Measurement::exact("", 1, 1)],
            ..Finding::default()
        };
        let (found, calls_of_later) = counted(seen_later);
        assert_eq!(calls_of_later, 4);
        assert_eq!(found.evidence[1], exact(1).swap_remove(0));
        assert_eq!(Verdict::of_finding(&found), Verdict::Refuted);
    }

    /// A rate one half-width off may be chance, one that is three off is not; on either side.
    #[test]
    fn chance_reaches_as_far_as_two_half_widths() {
        let measured = noisy(3, [-1.0, 0.0]).evidence.remove(0);
        let rate = measured.fitted.as_ref().unwrap().ladder.rate().unwrap();
        assert!(rate.half_width > 0.1);
        for (off, may) in [
            (0.3, true),
            (1.0, true),
            (1.9, true),
            (2.1, false),
            (4.0, false),
        ] {
            for sign in [-1.0, 1.0] {
                let mut measured = measured.clone();
                measured.allowance = rate.exponent + sign * off * rate.half_width;
                assert_eq!(may_be_chance(&measured), may, "{off} {sign}");
            }
        }
    }
}
