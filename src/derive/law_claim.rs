//! The predicted law against samples, with near misses and a figure.

use super::claims::Derivation;
use super::law::{Kernel, Ratio, Rungs};
use super::model::Model;
use super::spectrum::Structure;
use crate::ledger::{
    Axis, CheckError, Comparison, Context, Figure, Finding, Printed, SpectralModel, compare,
    largest,
};
use crate::measure::Law;
use crate::symbolic::Expression;
use num_complex::Complex64;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most rows of a sample, by the size of the run.
const ROWS: [usize; 3] = [250, 900, 2000];

/// How far a near miss has to be from the prediction, at the largest size, to be one that samples can tell.
const TOLD: f64 = 0.02;

/// The share of that distance at the smallest size that it keeps. What is less far the larger the size, as a term of low
/// rank, has the right law in the limit and is told from it by the proof alone.
const LASTING: f64 = 0.6;

/// The largest dense matrix that is decomposed for a near miss.
const DENSE_RIVALS: usize = 600;

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let model = &derivation.model;
    let ladder = ladder(model, ctx);
    let rungs = Rungs::new(model, &ladder, ctx.seed)?;
    let top = ladder.last().copied().unwrap_or(2);
    let units = Arc::new(units(derivation.moments.covariance(), &rungs)?);
    let kernel = |covariance: &Expression, ratio: Ratio| Kernel {
        rungs: rungs.clone(),
        covariance: covariance.clone(),
        symmetric: derivation
            .symmetric()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        ratio,
        units: units.clone(),
    };
    let right = kernel(derivation.moments.covariance(), |gamma| gamma);
    let law = right.law(top)?;
    let points: Vec<Complex64> = [(0.3, 0.5), (1.0, 0.5), (2.5, 0.5)]
        .iter()
        .map(|&(x, y)| Complex64::new(x, y))
        .collect();
    let rivals = rivals(derivation, &kernel, &ladder, &points)?;
    let sizes = Comparison {
        sizes: ladder.clone(),
        replicates: ctx.choose(12, 8, 12),
        points,
        kolmogorov: false,
    };
    let others: Vec<&dyn SpectralModel> = rivals.iter().map(|(_, kernel)| kernel as _).collect();
    let found = compare(ctx.streams(), &sizes, &right, &others)?;
    let (own, others) = match found.split_first() {
        Some(split) => split,
        None => return Ok(Finding::default()),
    };
    let evidence = vec![own.stieltjes.measure("|s_emp − s|", model.rate)?];
    let controls = rivals.iter().zip(others);
    let controls = controls.map(|((what, _), far)| far.stieltjes.measure(what, model.rate));
    let controls = controls.collect::<Result<_, _>>()?;
    let sample = right.sample(top, &mut ctx.streams().stream(0))?;
    Ok(Finding {
        printed: Printed::as_claimed("the law of the kernel", &evidence),
        evidence,
        controls,
        figures: vec![
            histogram(derivation, top, &sample, &law),
            Figure::rates(
                "law-rate",
                "s(z) of the kernel against its law",
                model.free(),
                "error",
                &[("𝒬", &own.stieltjes)],
            )?,
        ],
        ..Finding::default()
    })
}

/// The sizes of the samples: those that the model gives, or as many as the run allows.
fn ladder(model: &Model, ctx: &Context) -> Vec<usize> {
    let [small, standard, large] = ROWS;
    match &model.ladder {
        Some(given) => given.clone(),
        None => model.ladder_within(ctx.choose(small, standard, large)),
    }
}

/// The near misses whose law is one, and is far enough from the right one that samples can tell.
fn rivals(
    derivation: &Derivation,
    kernel: &dyn Fn(&Expression, Ratio) -> Kernel,
    ladder: &[usize],
    points: &[Complex64],
) -> Result<Vec<(String, Kernel)>, CheckError> {
    let covariance = derivation.moments.covariance();
    let right = kernel(covariance, |gamma| gamma);
    let (Some(&bottom), Some(&top)) = (ladder.first(), ladder.last()) else {
        return Ok(Vec::new());
    };
    let mut candidates = vec![
        (
            "1/γ for γ".to_owned(),
            kernel(covariance, |gamma| 1.0 / gamma),
        ),
        (
            "2γ for γ".to_owned(),
            kernel(covariance, |gamma| 2.0 * gamma),
        ),
    ];
    for variant in &derivation.variants {
        candidates.push((
            format!("𝒬 {}", variant.what),
            kernel(&variant.covariance, |gamma| gamma),
        ));
    }
    let mut rivals = Vec::new();
    for (what, rival) in candidates {
        let dense = rival.structure(top)? == Structure::Dense;
        if dense && derivation.model.sizes(top).features > DENSE_RIVALS {
            continue;
        }
        let far = apart(&right.law(top)?, &rival.law(top)?, points)?;
        let near = apart(&right.law(bottom)?, &rival.law(bottom)?, points)?;
        if far > TOLD && far > LASTING * near {
            rivals.push((what, rival));
        }
    }
    Ok(rivals)
}

/// The largest distance of two laws' transforms at the points.
fn apart(law: &Law, other: &Law, points: &[Complex64]) -> Result<f64, CheckError> {
    let mut differences = Vec::new();
    for &z in points {
        let difference = law.stieltjes(z)?.s - other.stieltjes(z)?.s;
        differences.push(difference.norm() * z.norm());
    }
    Ok(largest(differences))
}

/// `Tr 𝒬/N` at each size.
fn units(covariance: &Expression, rungs: &Rungs) -> Result<BTreeMap<usize, f64>, CheckError> {
    let mut units = BTreeMap::new();
    for size in rungs.sizes() {
        let unit = rungs.at(size)?.trace(covariance) / rungs.at(size)?.sizes().features as f64;
        units.insert(size, unit);
    }
    Ok(units)
}

fn histogram(derivation: &Derivation, top: usize, sample: &[f64], law: &Law) -> Figure {
    let (_, high) = law.hull();
    let high = sample
        .iter()
        .rev()
        .nth(1)
        .copied()
        .unwrap_or(high)
        .max(1e-9)
        * 1.1;
    // The density a hundredth of the range above the axis: that of finitely many eigenvalues has gaps.
    let blur = high / 200.0;
    let density = (1..300).filter_map(|k| {
        let x = high * f64::from(k) / 300.0;
        let value = law.stieltjes(Complex64::new(x, blur)).ok()?;
        Some((x, value.s.im / std::f64::consts::PI))
    });
    let sizes = derivation.model.sizes(top);
    let title = format!("n = {}, N = {}", sizes.samples, sizes.features);
    let (x, y) = (Axis::linear("λ"), Axis::linear("density"));
    Figure::new("law", title, x, y)
        .histogram("eigenvalues", sample, (0.0, high), 40)
        .line("the law", density)
}
