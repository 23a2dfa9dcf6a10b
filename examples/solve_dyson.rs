//! The tensor Dyson equation, solved three ways and watched while it converges.
//!
//! ```math
//! \Big(\begin{bmatrix} -z & E\mathcal A^\top \\ E\mathcal A & -\mathcal I \end{bmatrix} - \mathcal S(M)\Big)^{-1} = M
//! ```
//!
//! M has the blocks M₁₁ (n×n), M₁₂, M₂₁ and M₂₂ (dp×dp). The literal equation is iterated with averaging; the reduced
//! one uses that the samples are exchangeable; the scalar one drops the off-diagonal blocks and E𝒜.
//!
//! `cargo run --example solve_dyson`

use ndarray::Array2;
use num_complex::Complex64;
use std::error::Error;
use std::fmt::Write;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::dyson::{exchangeable, literal, scalar};
use tensor_dyson::linearization::Blocks;
use tensor_dyson::model::{
    Activation, EntryLaw, NtkSample, Sizes, Streams, WeightLaw, sphere_rows,
};
use tensor_dyson::spectrum::empirical_stieltjes;

const SIZES: Sizes = Sizes { n: 8, d: 3, p: 4 };

/// The first steps of the iteration that finds M.
fn iterate(page: &mut String, q: &Covariance, z: Complex64) -> Result<(), Box<dyn Error>> {
    let Sizes { n, d, p } = SIZES;
    // M ← ½(M + F(M)), F the left side: a contraction in the half plane Im M₁₁ > 0.
    writeln!(page, "step   m = (1/n) Tr M₁₁               |M − F(M)|")?;
    let mut m = Blocks::split(&(Array2::<Complex64>::eye(n + d * p) * Complex64::i()), n);
    for step in 1..=60 {
        let image = literal::evaluate(q, &m, z)?;
        let (old, new) = (m.join(), image.join());
        let change = (&new - &old)
            .iter()
            .map(|x| x.norm_sqr())
            .sum::<f64>()
            .sqrt();
        if step <= 4 || step % 10 == 0 {
            let trace = new.diag().iter().take(n).sum::<Complex64>() / n as f64;
            writeln!(page, "{step:4}   {trace:.12}   {change:.1e}")?;
        }
        m = Blocks::split(&((old + new) * Complex64::from(0.5)), n);
    }
    Ok(())
}

fn page() -> Result<String, Box<dyn Error>> {
    let mut page = String::new();
    let z = Complex64::new(0.5, 1.0);
    let streams = Streams::new(1, "solve-dyson");
    let unit = WeightLaw::PlusMinusOne;
    let first = NtkSample::draw(SIZES, EntryLaw::Gaussian, &unit, &mut streams.stream(0));
    let phi = Activation::Identity.hermite_data();
    let q = Covariance::new(first.w.view(), first.a.view(), &phi)?;
    let Sizes { n, d, p } = SIZES;
    writeln!(page, "n = {n}, d = {d}, p = {p}, σ′ = x, z = {z}\n")?;

    iterate(&mut page, &q, z)?;

    let whole = literal::solve(&q, n, z)?;
    let reduced = exchangeable::solve(&q, n, z)?;
    let alone = scalar::solve(SIZES.gamma_1(), &q, z)?;
    let trace = whole.blocks.m11.diag().sum() / n as f64;
    writeln!(page, "\nliteral      {trace:.12}   {} steps", whole.steps)?;
    writeln!(
        page,
        "exchangeable {:.12}   {} steps",
        reduced.m, reduced.steps
    )?;
    writeln!(
        page,
        "scalar       {:.12}   without E𝒜: O(1/(pd)) away",
        alone.m
    )?;

    // What it is an equation for: (1/n) Tr (𝒜ᵀ𝒜 − z)⁻¹ at this W, over X, as d grows.
    writeln!(
        page,
        "\n   d    n   mean over samples of X     |mean − m|, which falls as 1/d"
    )?;
    for doubled in [1, 2, 4] {
        let sizes = Sizes {
            n: n * doubled * doubled,
            d: d * doubled,
            p: p * doubled,
        };
        let (mean, m) = sampled(sizes, 4000 / doubled as u64, z)?;
        let apart = (mean - m).norm();
        writeln!(
            page,
            "{:4} {:4}   {mean:.6}   {apart:.1e}",
            sizes.d, sizes.n
        )?;
    }
    Ok(page)
}

/// The mean of `(1/n) Tr (K − z)⁻¹` over draws of X with rows on the sphere, at one W, and the equation's m: they are
/// 1/d apart, as 𝒬 has a Gaussian x's fourth moments.
fn sampled(
    sizes: Sizes,
    draws: u64,
    z: Complex64,
) -> Result<(Complex64, Complex64), Box<dyn Error>> {
    let streams = Streams::new(2, "solve-dyson");
    let unit = WeightLaw::PlusMinusOne;
    let first = NtkSample::draw(sizes, EntryLaw::Gaussian, &unit, &mut streams.stream(0));
    let phi = Activation::Identity;
    let q = Covariance::new(first.w.view(), first.a.view(), &phi.hermite_data())?;
    let mut sum = Complex64::ZERO;
    for k in 1..=draws {
        let x = sphere_rows(sizes.n, sizes.d, &mut streams.stream(k));
        let eigenvalues = NtkSample { x, ..first.clone() }.ntk_eigenvalues(&phi)?;
        sum += empirical_stieltjes(&eigenvalues, z);
    }
    Ok((sum / draws as f64, exchangeable::solve(&q, sizes.n, z)?.m))
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", page()?);
    Ok(())
}
