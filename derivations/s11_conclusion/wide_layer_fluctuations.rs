//! p ≫ d, σ′ = x: of the d(d+1)/2 nonzero eigenvalues all but the largest fluctuate as
//! `(λ/mean − 1)√(p/d) → ½·(sc(1) * sc(1)) ⊞ sc(1/(2γ₁))`, for p = d², n = γ₁pd.
//!
//! Slide 'Conclusion' (other scalings). `½·(sc*sc)` is the law of (s_i + s_j)/2 for GGᵀ = (p/d)(1 + √(d/p) S), and
//! ⊞ sc(1/(2γ₁)) the sampling of n rows in d(d+1)/2 dimensions. The nonzero eigenvalues come from the features
//! `x_a x_b √(h_a + h_b)` (a < b) and `x_a² √h_a` in the eigenbasis of GGᵀ, never from n×n. Reach: rows on the sphere, a
//! rate in d of the Stieltjes distance (the third cumulant is of order √(d/p) = d^{−1/2}); the reduction against the NTK itself. Controls: without sc(1/(2γ₁)), and
//! sc(1/γ₁) for it.

use crate::kit::common::{halfway, rms};
use crate::kit::draw::{Rows, replicates, rows};
use ndarray::Array2;
use num_complex::Complex64;
use rayon::prelude::*;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{gram, product, symmetric_eigen, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw, ntk};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "wide-layer-fluctuations",
    section: 11,
    slide: "Conclusion",
    settles: &["other scalings d/p^ℓ → γ₂"],
    statement: r"$p = d^2$, $\sigma' = x$: $(\lambda/\mathrm{mean} - 1)\sqrt{p/d}$ $\to \tfrac12\cdot(\mathrm{sc}(1) * \mathrm{sc}(1))$ $\boxplus\;\mathrm{sc}\big(1/(2\gamma_1)\big)$ for the nonzero $\lambda.$",
    uses: &["scaling-wide-layer"],
    check,
    ..Claim::BLANK
};

const GAMMA_1: f64 = 0.5;

/// The d(d+1)/2 nonzero eigenvalues for X (n×d) and W (d×p).
fn nonzero(x: &Array2<f64>, w: &Array2<f64>) -> Result<Vec<f64>, CheckError> {
    let ((n, d), p) = (x.dim(), w.ncols());
    let h = symmetric_eigen((gram(w.view()) / d as f64).view())?;
    let rotated = product(x.view(), h.vectors.view());
    let pairs: Vec<(usize, usize)> = (0..d).flat_map(|a| (a..d).map(move |b| (a, b))).collect();
    let scale = ((d * p) as f64).sqrt().recip();
    let features = Array2::from_shape_fn((pairs.len(), n), |(k, i)| {
        let (a, b) = pairs[k];
        let sum = if a == b {
            h.values[a]
        } else {
            h.values[a] + h.values[b]
        };
        rotated[[i, a]] * rotated[[i, b]] * sum.max(0.0).sqrt() * scale
    });
    Ok(symmetric_eigenvalues(gram(features.view()).view())?)
}

/// The transform of the semicircle law of variance 1.
fn semicircle(z: Complex64) -> Complex64 {
    ((z - 2.0).sqrt() * (z + 2.0).sqrt() - z) / 2.0
}

/// The transform of `½·(sc * sc)`: Gauss's rule of the second kind in one variable, exact here far below the errors.
fn half_sum(z: Complex64) -> Complex64 {
    let nodes = 200;
    let sum: Complex64 = (1..=nodes)
        .map(|k| {
            let angle = std::f64::consts::PI * f64::from(k) / f64::from(nodes + 1);
            let weight = 2.0 / f64::from(nodes + 1) * angle.sin().powi(2);
            semicircle(2.0 * z - 2.0 * angle.cos()) * weight
        })
        .sum();
    2.0 * sum
}

/// `s(z) = s_μ(z + v s(z))`, the free sum with sc(v), by iteration in the upper half plane.
fn with_semicircle(mu: impl Fn(Complex64) -> Complex64, v: f64, z: Complex64) -> Complex64 {
    let mut s = mu(z);
    for _ in 0..200 {
        s = 0.5 * (s + mu(z + v * s));
    }
    s
}

/// The largest difference of the reduced eigenvalues from the NTK's at a small size, and its rounding bound.
fn reduced_against_whole(ctx: &Context) -> Result<(f64, f64), CheckError> {
    let mut rng = ctx.streams().stream(0);
    let (w, x) = (
        EntryLaw::Gaussian.matrix(3, 9, &mut rng),
        rows(Rows::Gaussian, 13, 3, &mut rng),
    );
    let small = nonzero(&x, &w)?;
    let a = ndarray::Array1::ones(9);
    let whole =
        symmetric_eigenvalues(ntk(x.view(), w.view(), a.view(), &Activation::Identity)?.view())?;
    let apart = largest((0..6).map(|k| (small[k] - whole[7 + k]).abs()));
    // n = 13: two decompositions of matrices of norm λ_max.
    let bound = 64.0 * 13.0 * f64::EPSILON * whole[12];
    Ok((apart, bound))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (apart, bound) = reduced_against_whole(ctx)?;
    let zs: Vec<Complex64> = [-2.0, -1.0, 0.0, 1.0, 2.0]
        .iter()
        .map(|&x| Complex64::new(x, 0.7))
        .collect();
    let noise = 1.0 / (2.0 * GAMMA_1);
    let transform = |v: f64| -> Vec<Complex64> {
        let values = zs.iter().map(|&z| with_semicircle(half_sum, v, z));
        values.collect()
    };
    let laws = [noise, 0.0, 2.0 * noise].map(transform);
    let mut ladders: [Ladder; 3] = Default::default();
    let tops = ctx.choose([6, 10, 18], [8, 13, 22], [10, 20, 36]);
    for d in tops {
        let errors: Vec<[f64; 3]> = (0..replicates(12, d, tops[2]))
            .into_par_iter()
            .map(|seed: u64| {
                let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
                let w = EntryLaw::Gaussian.matrix(d, d * d, &mut rng);
                let n = (GAMMA_1 * (d * d * d) as f64) as usize;
                let x = rows(Rows::Sphere, n, d, &mut rng);
                let mut values = nonzero(&x, &w)?;
                values.pop();
                let mean = values.iter().sum::<f64>() / values.len() as f64;
                let scaled: Vec<f64> = values
                    .iter()
                    .map(|x| (x / mean - 1.0) * (d as f64).sqrt())
                    .collect();
                Ok(std::array::from_fn(|k| {
                    rms(zs
                        .iter()
                        .zip(&laws[k])
                        .map(|(&z, s)| empirical_stieltjes(&scaled, z) - s))
                }))
            })
            .collect::<Result<_, CheckError>>()?;
        for error in errors {
            for (ladder, error) in ladders.iter_mut().zip(error) {
                ladder.push(d as f64, error);
            }
        }
    }
    let evidence = vec![
        Measurement::rounding("the reduced features against the NTK", 6, apart, bound),
        ladders[0].measure("|s_emp − s| against d", halfway(0.5))?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("other scalings d/p^ℓ → γ₂, ℓ = ½", &evidence),
        evidence,
        controls: vec![
            ladders[1].measure("without sc(1/(2γ₁))", halfway(0.5))?,
            ladders[2].measure("sc(1/γ₁) for sc(1/(2γ₁))", halfway(0.5))?,
        ],
        ..Finding::default()
    })
}
