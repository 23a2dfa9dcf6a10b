//! The predicted law against samples, with near misses and a figure.

use super::claims::Derivation;
use super::concentration_claim;
use super::law::{GramKernel, Ratio, Rungs};
use super::model::Model;
use super::unsettled::RANDOM;
use crate::ledger::{
    Axis, CheckError, Comparison, Context, Distances, Figure, Finding, Measurement, Printed,
    SpectralModel, compare, largest,
};
use crate::measure::Law;
use crate::spectrum::SampledDistribution;
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

/// The largest dense matrix that is decomposed for a near miss; of larger ones the law is that of a quadrature.
const DENSE_RIVALS: usize = 600;

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let model = &derivation.model;
    let ladder = ladder(model, ctx);
    let rungs = Rungs::new(model, &ladder, ctx.seed)?;
    let top = ladder.last().copied().unwrap_or(2);
    let units = Arc::new(units(derivation.limiting(), &rungs)?);
    let kernel = |covariance: &Expression, ratio: Ratio| {
        GramKernel::new(derivation, &rungs, covariance, ratio, &units)
    };
    let right = kernel(derivation.limiting(), |gamma| gamma);
    let exact = kernel(derivation.moments.covariance(), |gamma| gamma);
    let points = points();
    let rivals = rivals(derivation, &right, &kernel, &ladder, &points)?;
    let sizes = Comparison {
        sizes: ladder.clone(),
        replicates: ctx.choose(12, 8, 12),
        points,
        kolmogorov: false,
    };
    let mut others: Vec<&dyn SpectralModel> =
        rivals.iter().map(|rival| &rival.kernel as _).collect();
    // Beside the limit the exact covariance, where they are two.
    if derivation.limit.is_some() {
        others.push(&exact);
    }
    let found = compare(ctx.streams(), &sizes, &right, &others)?;
    let finding = judged(derivation, ctx, &right, top, &rivals, &found)?;
    if concentrates(derivation, ctx)? {
        return Ok(finding);
    }
    Ok(Finding {
        printed: Printed::unsettled("the law of 𝒬 alone", RANDOM),
        figures: finding.figures,
        ..Finding::default()
    })
}

/// Whether the length of the feature concentrates, where its variance is known in closed form.
fn concentrates(derivation: &Derivation, ctx: &Context) -> Result<bool, CheckError> {
    if !derivation.model.functions.is_empty() {
        return Ok(true);
    }
    let finding = concentration_claim::check(derivation, ctx)?;
    let refuted = |own: &Measurement| own.supports() == Some(false);
    Ok(!finding.evidence.iter().any(refuted))
}

/// What the distances tell: evidence, near misses that samples tell, figures.
fn judged(
    derivation: &Derivation,
    ctx: &Context,
    right: &GramKernel,
    top: usize,
    rivals: &[Rival],
    found: &[Distances],
) -> Result<Finding, CheckError> {
    let model = &derivation.model;
    let (own, others) = match found.split_first() {
        Some(split) => split,
        None => return Ok(Finding::default()),
    };
    let mut evidence = vec![own.stieltjes.measure("|s_emp − s|", model.rate)?];
    if let (Some(_), Some(far)) = (&derivation.limit, others.last()) {
        let what = "|s_emp − s|, s by the exact 𝒬";
        evidence.push(far.stieltjes.measure(what, model.rate)?);
    }
    // What is nearer than twice a constant error that the fit would have caught, samples at these sizes do not tell: the
    // distance changes with the size, and adds to the sample's own error with either sign.
    let resolution = 2.0 * own.stieltjes.resolution(model.rate);
    let told = rivals.iter().zip(others);
    let told = told.filter(|(rival, _)| rival.far > resolution);
    let controls = told.map(|(rival, far)| far.stieltjes.measure(&rival.what, model.rate));
    let controls: Vec<Measurement> = controls.collect::<Result<_, _>>()?;
    let sample = right.sample(top, &mut ctx.streams().stream(0))?;
    let text = described(derivation, right, top, &sample)?;
    let figures = vec![
        histogram(derivation, top, &sample, &right.law(top)?),
        Figure::rates(
            "law-rate",
            "s(z) of the kernel against its law",
            model.free(),
            "error",
            &[("𝒬", &own.stieltjes)],
        )?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed(text, &evidence),
        evidence,
        controls,
        figures,
        ..Finding::default()
    })
}

/// The error of the law's distribution function in a distance that is printed to two digits.
const LAW_ERROR: f64 = 1e-4;

/// The law of the kernel at a size: intervals, mass at 0, and the distance of a sample's distribution function.
fn described(
    derivation: &Derivation,
    right: &GramKernel,
    size: usize,
    sample: &[f64],
) -> Result<String, CheckError> {
    let (law, unit) = (right.law(size)?, right.unit(size)?);
    let all = law.support()?;
    let interval = |&(low, high): &(f64, f64)| format!("{:.3} to {:.3}", low * unit, high * unit);
    let support = match all {
        [] => "without a density".to_owned(),
        [only] => format!("on {}", interval(only)),
        [first, .., last] => format!(
            "on {} intervals from {:.3} to {:.3}",
            all.len(),
            first.0 * unit,
            last.1 * unit
        ),
    };
    let mut mass = String::new();
    if let Some(atom) = law.point_masses().first() {
        mass = format!(", mass {:.3} at {:.3}", atom.mass, atom.at * unit);
    }
    let sampled = SampledDistribution::exact(sample.to_vec(), sample.len());
    let found = sampled.kolmogorov(&law.distribution_within(LAW_ERROR)?);
    let distance = found.distance;
    let sizes = derivation.model.sizes(size);
    Ok(format!(
        "the law of the kernel at n = {}, N = {}: {support}{mass}; Kolmogorov distance of a sample {distance:.3}",
        sizes.samples, sizes.features
    ))
}

/// The sizes of the samples: those that the model gives, or as many as the run allows.
fn ladder(model: &Model, ctx: &Context) -> Vec<usize> {
    let [small, standard, large] = ROWS;
    match &model.ladder {
        Some(given) => given.clone(),
        None => model.ladder_within(ctx.choose(small, standard, large)),
    }
}

/// A near miss, and how far its law is from the right one at the largest size.
struct Rival {
    what: String,
    kernel: GramKernel,
    far: f64,
}

/// The near misses whose law is one, and is far enough from the right one that samples can tell.
fn rivals(
    derivation: &Derivation,
    right: &GramKernel,
    kernel: &dyn Fn(&Expression, Ratio) -> GramKernel,
    ladder: &[usize],
    points: &[Complex64],
) -> Result<Vec<Rival>, CheckError> {
    let (Some(&bottom), Some(&top)) = (ladder.first(), ladder.last()) else {
        return Ok(Vec::new());
    };
    let mut candidates = vec![
        (
            "1/γ for γ".to_owned(),
            right.with_ratio(|gamma| 1.0 / gamma),
        ),
        ("2γ for γ".to_owned(), right.with_ratio(|gamma| 2.0 * gamma)),
    ];
    for variant in derivation.limiting_variants() {
        candidates.push((
            format!("𝒬 {}", variant.what),
            kernel(&variant.covariance, |gamma| gamma).dense_up_to(DENSE_RIVALS),
        ));
    }
    let mut rivals = Vec::new();
    for (what, kernel) in candidates {
        let far = apart(&right.law(top)?, &kernel.law(top)?, points)?;
        let near = apart(&right.law(bottom)?, &kernel.law(bottom)?, points)?;
        if far > TOLD && far > LASTING * near {
            let far = root_mean_square(&right.law(top)?, &kernel.law(top)?, points)?;
            rivals.push(Rival { what, kernel, far });
        }
    }
    Ok(rivals)
}

/// Where transforms are compared, in units of `Tr 𝒬/N`.
pub(super) fn points() -> Vec<Complex64> {
    let points = [(0.3, 0.5), (1.0, 0.5), (2.5, 0.5)].into_iter();
    points.map(|(x, y)| Complex64::new(x, y)).collect()
}

/// The largest distance of two laws' transforms at the points.
pub(super) fn apart(law: &Law, other: &Law, points: &[Complex64]) -> Result<f64, CheckError> {
    let mut differences = Vec::new();
    for &z in points {
        let difference = law.stieltjes(z)?.s - other.stieltjes(z)?.s;
        differences.push(difference.norm() * z.norm());
    }
    Ok(largest(differences))
}

/// The root mean square distance of two laws' transforms at the points, what a sample's error is measured by.
fn root_mean_square(law: &Law, other: &Law, points: &[Complex64]) -> Result<f64, CheckError> {
    let mut sum = 0.0;
    for &z in points {
        sum += (law.stieltjes(z)?.s - other.stieltjes(z)?.s).norm_sqr();
    }
    Ok((sum / points.len() as f64).sqrt())
}

/// `Tr 𝒬/N` at each size.
pub(super) fn units(
    covariance: &Expression,
    rungs: &Rungs,
) -> Result<BTreeMap<usize, f64>, CheckError> {
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
