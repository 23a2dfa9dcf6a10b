//! The spectrum of 𝒬 against its law.

use super::figures::{STREAM, grid};
use tensor_dyson::covariance::linear_eigenvalues;
use tensor_dyson::ledger::{Axis, CheckError, Context, Figure};
use tensor_dyson::linalg::singular_values;
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::EntryLaw;

/// The density at x of ρ*ρ, ρ the part of a Marchenko–Pastur law off 0: by midpoints in u, the edges at u = 0, 1
/// reached as u²(3 − 2u), where the square roots are smooth.
fn self_convolution(law: &MarchenkoPastur, x: f64) -> f64 {
    let (low, high) = law.edges();
    let (from, to) = (low.max(x - high), high.min(x - low));
    let steps = 400;
    let sum: f64 = (0..steps)
        .map(|k| {
            let u = (f64::from(k) + 0.5) / f64::from(steps);
            let y = from + (to - from) * u * u * (3.0 - 2.0 * u);
            6.0 * u * (1.0 - u) * law.density(y) * law.density(x - y)
        })
        .sum();
    (to - from).max(0.0) * sum / f64::from(steps)
}

/// The spectrum of 𝒬 at finite d and p against its limit and the law as printed.
pub(crate) fn covariance_spectrum(ctx: &Context) -> Result<Figure, CheckError> {
    let gamma_2 = 1.5;
    let d: usize = ctx.choose(60, 120, 200);
    let p = (gamma_2 * d as f64) as usize;
    let g = EntryLaw::Gaussian.matrix(d, p, &mut ctx.streams().stream(STREAM)) / (d as f64).sqrt();
    let q = linear_eigenvalues(&singular_values(g.view())?, d, p).expanded();
    let high = 1.1 * q[q.len() - 1];
    let mu = MarchenkoPastur::new(gamma_2)?;
    // μ has the mass 1 − 1/γ₂ at 0, so that μ*μ = (…)δ₀ + 2(1−1/γ₂)μ_c + μ_c*μ_c, and the limit is (γ₂/2) μ_c*μ_c.
    let twice = |x: f64| (x, self_convolution(&mu, x));
    let limit = grid(0.0, high)
        .into_iter()
        .map(|x| (x, gamma_2 / 2.0 * twice(x).1));
    let printed: Vec<_> = grid(high / 300.0, high)
        .into_iter()
        .map(|x| (x, 2.0 * (1.0 - 1.0 / gamma_2) * mu.density(x) + twice(x).1))
        .collect();
    let peak = printed.iter().map(|at| at.1).fold(0.0, f64::max);
    let zeros = q.iter().filter(|x| **x < 1e-9).count() as f64 / q.len() as f64;
    Ok(Figure::new(
        "q-spectrum",
        "The spectrum of 𝒬: its limit law and the law as printed",
        Axis::linear("eigenvalue q of 𝒬"),
        Axis::linear("density"),
    )
    .histogram(format!("eigenvalues, d = {d}, p = {p}"), &q, (1e-9, high), 60)
    .line("(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀", limit)
    .line("μ*μ, as printed", printed)
    .caption(format!(
        "A share of {zeros:.2} of the eigenvalues is 0, in the limit {:.2}; the densities are those beside the mass \
         at 0. The printed one rises to {peak:.2}, above the frame. γ₂ = 1.5, μ = MP^{{γ₂}}.",
        1.0 - 0.5 / gamma_2
    )))
}
