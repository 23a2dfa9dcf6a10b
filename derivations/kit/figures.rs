//! The talk's figures, drawn from samples of their own at one size, with the laws laid over them.

use crate::kit::printed::PrintedLaw;
use num_complex::Complex64;
use std::f64::consts::PI;
use tensor_dyson::covariance::ExactCovariance;
use tensor_dyson::dyson::scalar;
use tensor_dyson::ledger::{Axis, CheckError, Context, Figure, SpectralModel};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::measure::{MarchenkoPastur, Response};
use tensor_dyson::model::{
    Activation, EntryLaw, NtkSample, Sizes, WeightLaw, hadamard_gram, sphere_rows,
};

/// A stream that no check uses.
pub(super) const STREAM: u64 = u64::MAX;
/// Points of a density.
const POINTS: usize = 300;

pub(super) fn grid(low: f64, high: f64) -> Vec<f64> {
    let step = (high - low) / POINTS as f64;
    (0..=POINTS).map(|k| low + step * k as f64).collect()
}

/// The part of a sorted spectrum below its outliers.
pub(super) fn bulk_end(sorted: &[f64], share: f64) -> f64 {
    1.1 * sorted[((sorted.len() - 1) as f64 * share) as usize]
}

/// The simpler models.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Simple {
    /// `M₁ = XXᵀ/d`.
    M1,
    /// `M₂ = XXᵀ/d ∘ YYᵀ/p`.
    M2,
}

/// M₁ or M₂ of the simpler models against a Marchenko–Pastur law.
pub(crate) fn simple_model(
    ctx: &Context,
    id: &'static str,
    title: &str,
    sizes: Sizes,
    model: Simple,
    law: Option<(&str, f64)>,
) -> Result<Figure, CheckError> {
    let mut rng = ctx.streams().stream(STREAM);
    let x = EntryLaw::Gaussian.matrix(sizes.n, sizes.d, &mut rng);
    let y = if model == Simple::M2 {
        EntryLaw::Gaussian.matrix(sizes.n, sizes.p, &mut rng)
    } else {
        ndarray::Array2::ones((sizes.n, 1))
    };
    let eigenvalues = symmetric_eigenvalues(hadamard_gram(x.view(), y.view()).view())?;
    let low = eigenvalues[0].min(0.0);
    let high = 1.05 * eigenvalues[sizes.n - 1];
    let mut figure = Figure::new(id, title, Axis::linear("λ"), Axis::linear("density")).histogram(
        format!("eigenvalues, n = {}", sizes.n),
        &eigenvalues,
        (low, high),
        50,
    );
    if let Some((name, gamma)) = law {
        let law = MarchenkoPastur::new(gamma)?;
        let points = grid(low.max(1e-3), high);
        figure = figure.line(name, points.into_iter().map(|x| (x, law.density(x))));
    }
    let p = if model == Simple::M2 {
        format!(", p = {}", sizes.p)
    } else {
        String::new()
    };
    Ok(figure.caption(format!("One sample: n = {}, d = {}{p}.", sizes.n, sizes.d)))
}

/// Values between two ends, and the density of a law given by its transform, seen a little above the axis.
fn against(
    figure: Figure,
    name: String,
    (values, (low, high)): (&[f64], (f64, f64)),
    (law, transform): (&str, &dyn Fn(Complex64) -> Result<Complex64, CheckError>),
    above: f64,
) -> Result<Figure, CheckError> {
    let density: Vec<_> = grid(low, high)
        .into_iter()
        .map(|x| Ok((x, transform(Complex64::new(x, above))?.im / PI)))
        .collect::<Result<_, CheckError>>()?;
    Ok(figure
        .histogram(name, values, (low, high), 40)
        .line(law, density))
}

/// Values against a law that is symmetric about 0.
pub(crate) fn fluctuations(
    id: &'static str,
    title: &str,
    axis: &str,
    values: &[f64],
    law: (&str, &dyn Fn(Complex64) -> Result<Complex64, CheckError>),
) -> Result<Figure, CheckError> {
    let high = values.iter().fold(0.0, |top: f64, x| top.max(x.abs()));
    against(
        Figure::new(id, title, Axis::linear(axis), Axis::linear("density")),
        format!("eigenvalues, {}", values.len()),
        (values, (-1.1 * high, 1.1 * high)),
        law,
        0.004 * high,
    )
}

/// One sample of a model, n rows, against the law that it is predicted to have.
pub(crate) fn of_model(
    ctx: &Context,
    id: &'static str,
    title: &str,
    law: &str,
    model: &dyn SpectralModel,
) -> Result<Figure, CheckError> {
    let n = ctx.choose(60, 300, 600);
    let eigenvalues = model.sample(n, &mut ctx.streams().stream(STREAM))?;
    let predicted = model.predicted(n)?;
    let low = 1.1 * eigenvalues.iter().copied().fold(0.0, f64::min);
    let high = 1.1 * eigenvalues.iter().copied().fold(0.0, f64::max);
    let figure = against(
        Figure::new(id, title, Axis::linear("λ"), Axis::linear("density")),
        format!("eigenvalues, n = {n}"),
        (&eigenvalues, (low, high)),
        (law, &|z| predicted.stieltjes(z)),
        1e-3 * (high - low),
    )?;
    Ok(figure.caption(format!("One sample: n = {n}.")))
}

/// Sampled extreme eigenvalues against the predicted edge, by activation, with the edge of the limit law.
pub(crate) fn extreme<const N: usize>(
    id: &'static str,
    title: &str,
    eigenvalue: &str,
    names: [&str; 3],
    rows: &[[f64; N]],
) -> Figure {
    let ends = |pick: fn(f64, f64) -> f64, start: f64| {
        rows.iter()
            .map(|row| pick(row[0], row[1]))
            .fold(start, pick)
    };
    let (low, high) = (ends(f64::min, f64::INFINITY), ends(f64::max, 0.0));
    let mut figure = Figure::new(
        id,
        title,
        Axis::log("predicted edge"),
        Axis::log(format!("{eigenvalue} of the NTK, sampled")),
    );
    for (k, name) in names.into_iter().enumerate() {
        let mine = rows.iter().skip(k).step_by(3);
        figure = figure.points(name, mine.map(|row| (row[1], row[0])));
    }
    figure.line("equality", [(low, low), (high, high)])
}

/// One NTK against the law as corrected and as printed.
pub(crate) fn ntk(
    ctx: &Context,
    id: &'static str,
    name: &str,
    activation: &Activation,
    corrected: &dyn Response,
    printed: &PrintedLaw,
) -> Result<Figure, CheckError> {
    let sizes = Sizes::quadratic(ctx.choose(16, 28, 44), 0.5, 1.5)?;
    let mut rng = ctx.streams().stream(STREAM);
    let weights = WeightLaw::PlusMinusOne;
    let mut sample = NtkSample::draw(sizes, EntryLaw::Gaussian, &weights, &mut rng);
    sample.x = sphere_rows(sizes.n, sizes.d, &mut rng);
    let eigenvalues = sample.ntk_eigenvalues(activation)?;
    let here = ExactCovariance::new(sample.w.view(), sample.a.view(), activation)?.law()?;
    let high = bulk_end(&eigenvalues, 0.93);
    // A point of the printed law is an integral at each step of a search.
    let points = grid(high / 400.0, high).into_iter();
    let points: Vec<f64> = points.step_by(ctx.choose(4, 1, 1)).collect();
    let density = |law: &dyn Response| -> Result<Vec<(f64, f64)>, CheckError> {
        let transforms = scalar::along(sizes.gamma_1(), law, &points, 1e-3 * high)?;
        let heights = transforms.iter().map(|s| s.m.im / PI);
        Ok(points.iter().copied().zip(heights).collect())
    };
    let outside = eigenvalues.iter().filter(|x| **x > high).count();
    Ok(Figure::new(
        id,
        format!("The NTK for σ′ = {name}"),
        Axis::linear("λ").within(0.0, high),
        Axis::linear("density"),
    )
    .histogram(
        format!("eigenvalues, n = {}", sizes.n),
        &eigenvalues,
        (1e-9, high),
        60,
    )
    .line("its law: the exact Cov ω of this W", density(&here)?)
    .line("limit law as printed", density(printed)?)
    .line("limit law as corrected", density(corrected)?)
    .caption(format!(
        "One sample: n = {}, d = {}, p = {}, a = ±1, rows with |x|² = d. {outside} eigenvalues \
         lie to the right of the frame; a mass at 0 is not shown.",
        sizes.n, sizes.d, sizes.p
    )))
}

/// The NTK's eigenvalues one by one, with the minibulk that the mean of σ′ makes.
pub(crate) fn minibulk(ctx: &Context, activation: &Activation) -> Result<Figure, CheckError> {
    let sizes = Sizes::quadratic(ctx.choose(20, 36, 60), 0.5, 1.5)?;
    let mut rng = ctx.streams().stream(STREAM);
    let weights = WeightLaw::PlusMinusOne;
    let sample = NtkSample::draw(sizes, EntryLaw::Gaussian, &weights, &mut rng);
    let eigenvalues = sample.ntk_eigenvalues(activation)?;
    let (n, d) = (sizes.n as f64, sizes.d as f64);
    let mean = activation.hermite_data().mean();
    let spread = 2.0 * mean * mean * (n / d).sqrt();
    let centre = mean * mean * n / d;
    let ranked = eigenvalues.iter().rev().enumerate();
    Ok(Figure::new(
        "minibulk",
        "Outliers: the d largest eigenvalues of the NTK for σ′ = cos",
        Axis::log("rank of the eigenvalue"),
        Axis::log("λ"),
    )
    .points("eigenvalues", ranked.map(|(k, &x)| (k as f64 + 1.0, x)))
    .line("c₀² n/d", [(1.0, centre), (d, centre)])
    .line(
        "c₀² n/d + 2c₀² √(n/d)",
        [(1.0, centre + spread), (d, centre + spread)],
    )
    .rules("rank d", [d + 0.5])
    .caption(format!(
        "One sample: n = {n}, d = {d}, p = {}. Exactly d eigenvalues leave the bulk.",
        sizes.p
    )))
}

/// The largest eigenvalue of the sampled NTK against the prediction.
pub(crate) fn outlier(ctx: &Context, pairs: &[(f64, f64)]) -> Figure {
    let top = pairs.iter().map(|p| p.1).fold(0.0, f64::max);
    Figure::new(
        "outlier",
        "The outlier that the mean of ω makes, σ′ = x",
        Axis::linear("z(m), predicted from W"),
        Axis::linear("λ_max of the NTK, sampled"),
    )
    .points("samples", pairs.iter().copied())
    .line("equality", [(0.0, 0.0), (top, top)])
    .caption(format!(
        "Sizes d = 8, 16 and {}, p = 0.75 d, n = dp.",
        ctx.choose(24, 32, 56)
    ))
}
