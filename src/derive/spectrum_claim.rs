//! The eigenvalues by structure against those of the dense matrix.

use super::claims::Derivation;
use super::law::Rungs;
use super::operator::Operator;
use super::spectrum::SpectralStructure;
use super::variants::Variant;
use crate::ledger::{CheckError, Context, Finding, Measurement, Printed, largest};
use crate::linalg::symmetric_eigenvalues;

/// The largest feature space on which the dense matrix is the oracle.
const ORACLE: usize = 500;

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let Derivation {
        model,
        moments,
        variants,
        ..
    } = derivation;
    let sizes = model.ladder_within(ORACLE / 2);
    let (smallest, top) = (
        sizes.first().copied().unwrap_or(2),
        sizes.last().copied().unwrap_or(2),
    );
    let rungs = Rungs::new(model, &[smallest, top], ctx.seed)?;
    let covariance = moments.covariance();
    let (mut apart, mut traces, mut cases) = (vec![], vec![], 0);
    let mut misses: Vec<Vec<f64>> = vec![vec![]; variants.len()];
    let mut name = "";
    for size in rungs.sizes() {
        let drawn = rungs.at(size)?;
        let operator = Operator::new(covariance, drawn);
        let matrix = operator.dense();
        let dense = symmetric_eigenvalues(matrix.view())?;
        let structure = SpectralStructure::of(covariance, drawn, &derivation.symmetric())?;
        let found = structure.eigenvalues(&operator)?;
        name = structure.name();
        // A symmetric eigenvalue errs by a small multiple of N ε ‖𝒬‖; the structure takes roots and an inverse as well.
        let scale = largest(dense.iter().map(|x| x.abs())) * dense.len() as f64;
        let unit = 16.0 * f64::EPSILON * scale;
        let distance =
            |x: &[f64], y: &[f64]| largest(x.iter().zip(y).map(|(x, y)| (x - y).abs())) / unit;
        apart.push(distance(&found, &dense));
        cases += found.len();
        let trace: f64 = found.iter().sum::<f64>() - matrix.diag().sum();
        traces.push(trace.abs() / unit / found.len() as f64);
        for (variant, misses) in variants.iter().zip(&mut misses) {
            let wrong = Operator::new(&variant.covariance, drawn).dense();
            let off = &wrong - &matrix;
            // A term with a factor that is 0, as the mean of an odd function, may be left out.
            if largest(off.iter().map(|x| x.abs())) > unit {
                misses.push(distance(&found, &symmetric_eigenvalues(wrong.view())?));
            }
        }
    }
    let evidence = vec![
        Measurement::rounding(
            format!("eigenvalues by {name}, against the dense matrix"),
            cases,
            largest(apart),
            1.0,
        ),
        Measurement::rounding("Tr 𝒬 by contraction", traces.len(), largest(traces), 1.0),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("the eigenvalues of 𝒬", &evidence),
        evidence,
        controls: controls(variants, misses, cases),
        ..Finding::default()
    })
}

/// How far the eigenvalues of each near miss are, of those that are none at any size nothing. Exchanged legs may leave them as they
/// are, though not the operator.
fn controls(variants: &[Variant], misses: Vec<Vec<f64>>, cases: usize) -> Vec<Measurement> {
    let told = |(variant, miss): &(&Variant, Vec<f64>)| {
        !miss.is_empty() && !variant.what.contains("exchanged")
    };
    let control = |(variant, miss): (&Variant, Vec<f64>)| {
        Measurement::rounding(format!("𝒬 {}", variant.what), cases, largest(miss), 1.0)
    };
    let all = variants.iter().zip(misses);
    all.filter(told).map(control).collect()
}
