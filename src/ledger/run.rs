//! The run over the claims: parallel, in the order of the ledger, the same at any number of threads.

use super::rounds::until_decided;
use super::text::as_plain;
use super::{Claim, Context, Figure, Kind, Measurement, Printed, Size, Verdict};
use rayon::prelude::*;
use serde::Serialize;
use std::time::Instant;

/// A claim with what the run found.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The claim's name.
    pub id: &'static str,
    /// Its section.
    pub section: u8,
    /// Its slide.
    pub slide: &'static str,
    /// What is claimed, in TeX between `$` signs or plain.
    #[serde(serialize_with = "as_plain")]
    pub statement: &'static str,
    /// The printed formula, judged.
    pub printed: Printed,
    /// The verdict.
    pub verdict: Verdict,
    /// What supports or opposes it.
    pub evidence: Vec<Measurement>,
    /// What must be refuted.
    pub controls: Vec<Measurement>,
    /// Earlier claims that it rests on.
    pub uses: &'static [&'static str],
    /// What is taken on trust: what the claim says, then what its proofs take for granted.
    pub assumes: Vec<String>,
    /// Whether a run tells what was found.
    #[serde(skip)]
    pub told: bool,
    /// Wall time of the check.
    pub seconds: f64,
    /// The error that ended the check, if one did; the verdict is then vacuous.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Intermediate quantities for the snapshots.
    #[serde(skip)]
    pub intermediates: Vec<(&'static str, Vec<f64>)>,
    /// What the numbers look like, for the report.
    #[serde(skip)]
    pub figures: Vec<Figure>,
}

impl Outcome {
    /// The weakest kind of evidence that the claim rests on: it stands no firmer than that. Cross-checks
    /// do not count.
    pub fn rests_on(&self) -> Option<Kind> {
        let evidence = self.evidence.iter().filter(|m| !m.cross_check);
        evidence.map(|m| m.kind).max()
    }
}

impl Claim {
    /// Carries out the check and judges the claim.
    pub fn settle(&self, size: Size, seed: u64) -> Outcome {
        let start = Instant::now();
        let found = until_decided(seed, |seed| {
            let context = Context::new(size, seed, self.id);
            match self.made {
                Some(made) => made.check(&context),
                None => (self.check)(&context),
            }
        });
        let mut outcome = Outcome {
            id: self.id,
            section: self.section,
            slide: self.slide,
            statement: self.statement,
            printed: Printed::default(),
            verdict: Verdict::Vacuous,
            evidence: Vec::new(),
            controls: Vec::new(),
            uses: self.uses,
            assumes: self.assumes.iter().map(ToString::to_string).collect(),
            told: self.told,
            seconds: start.elapsed().as_secs_f64(),
            error: None,
            intermediates: Vec::new(),
            figures: Vec::new(),
        };
        match found {
            Ok(finding) => {
                let finding = match self.made {
                    Some(made) => made.concluded(finding),
                    None => finding,
                };
                outcome.verdict = Verdict::of_finding(&finding);
                outcome.printed = finding.printed;
                for assumption in finding.evidence.iter().flat_map(|m| &m.assumes) {
                    if !outcome.assumes.contains(assumption) {
                        outcome.assumes.push(assumption.clone());
                    }
                }
                outcome.evidence = finding.evidence;
                name_certificates(self.id, &mut outcome.evidence);
                outcome.controls = finding.controls;
                outcome.intermediates = finding.intermediates;
                outcome.figures = finding.figures;
            }
            Err(error) => outcome.error = Some(error.to_string()),
        }
        outcome
    }
}

/// `gram.json` for the proof of the claim `gram`, `gram-2.json` for its second.
fn name_certificates(id: &str, evidence: &mut [Measurement]) {
    let proofs = evidence.iter_mut().filter(|m| m.certificate.is_some());
    for (number, proof) in (1..).zip(proofs) {
        let further = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        proof.certificate_file = Some(format!("{id}{further}.json"));
    }
}

/// Settles the claims on rayon's threads; `settled` is told of each as it ends.
pub fn run(
    claims: &[Claim],
    size: Size,
    seed: u64,
    settled: impl Fn(&Outcome) + Sync,
) -> Vec<Outcome> {
    claims
        .par_iter()
        .with_max_len(1)
        .map(|claim| {
            let outcome = claim.settle(size, seed);
            settled(&outcome);
            outcome
        })
        .collect()
}
