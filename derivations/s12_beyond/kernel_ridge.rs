//! Kernel ridge regression at n ≍ d² with covariance Σ, kernel `f(⟨x, x′⟩/d)`: the features of degree 2 have the covariance `2P_sym(Σ⊗Σ)/2`, of
//! eigenvalues `σ_iσ_j`, i ≤ j, and what f has beyond degree 2 is a ridge `f(τ) − Σ_{k≤2} f_kτ^k`, τ = Tr Σ/d; test error, training error and
//! the estimate of cross-validation follow.
//!
//! Beyond the talk (Pandit, Wang and Zhu, arXiv 2408.01062, for the universality). In the limit the law of the σ_iσ_j is the classical
//! *product* of two copies of Σ's. At finite d the mean of x⊗x and, for f with a cubic part, the degree 1 that it has are features too, d + 1 of
//! them. Reach: Gaussian data, Σ of two atoms, n = 0.7·d(d+1)/2, a target of degree 2 with random coefficients, f = u²/2 and u²/2 + u³/2: fitted
//! rates in d of the logarithms. Controls: white Σ, 2σ_iσ_j, the remainder's ridge left out, one power
//! too few of the share in training error (f = u²/2) and cross-validation.

use super::{SLIDE, two_atoms};
use crate::kit::common::{halfway, quarter};
use crate::kit::draw::ladders;
use crate::kit::regression::log_gap;
use ndarray::{Array1, Array2};
use tensor_dyson::dyson::Ridge;
use tensor_dyson::ledger::{CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::{gram, product, symmetric_eigen};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "kernel-ridge",
    section: 12,
    slide: SLIDE,
    settles: &["regression at n ≍ d²"],
    statement: r"Kernel ridge regression, $n \asymp d^2$, $x \sim N(0, \Sigma)$: test, training and cross-validation error from the $\sigma_i\sigma_j$, $i \le j$, of $\mathrm{Cov}(x\otimes x)$, and $f$'s remainder as a ridge.",
    uses: &["product-law", "double-descent-ridge"],
    check,
    ..Claim::BLANK
};

const NOISE: f64 = 0.2;
const TEACHERS: usize = 40;
const TESTS: usize = 500;

/// f = u²/2 + cubic·u³/6.
#[derive(Clone, Copy)]
struct Kernel {
    cubic: f64,
}

impl Kernel {
    fn at(self, u: f64) -> f64 {
        0.5 * u * u + self.cubic * u * u * u / 6.0
    }

    /// What acts as a ridge at τ = 1.
    fn remainder(self) -> f64 {
        self.cubic / 6.0
    }
}

/// `⟨Θ, xxᵀ − Σ⟩/√(2N)` of every row for every teacher, Θ of rows of d² entries.
fn targets(x: &Array2<f64>, teachers: &Array2<f64>, variances: &[f64]) -> Array2<f64> {
    let d = variances.len();
    let pairs = Array2::from_shape_fn((x.nrows(), d * d), |(i, k)| {
        let (a, b) = (k / d, k % d);
        let mean = if a == b { variances[a] } else { 0.0 };
        x[[i, a]] * x[[i, b]] - mean
    });
    product(pairs.view(), teachers.t()) / ((d * (d + 1)) as f64).sqrt()
}

/// Test error, training error, `λTr(K+λ)⁻¹/n`.
fn measured(
    ctx: &Context,
    kernel: Kernel,
    (n, lambda): (usize, f64),
    variances: &[f64],
    stream: u64,
) -> Result<[f64; 3], CheckError> {
    let d = variances.len();
    let rng = &mut ctx.streams().stream(stream);
    let roots = Array1::from(variances.to_vec()).mapv(f64::sqrt);
    let mut rows = |count: usize| EntryLaw::Gaussian.matrix(count, d, rng) * &roots;
    let (x, fresh) = (rows(n), rows(TESTS));
    let raw = EntryLaw::Gaussian.matrix(TEACHERS, d * d, rng);
    // Symmetric, E⟨Θ, Y⟩² = |Y|².
    let teachers = Array2::from_shape_fn(raw.dim(), |(t, k)| {
        0.5_f64.sqrt() * (raw[[t, k]] + raw[[t, (k % d) * d + k / d]]) / 2.0_f64.sqrt()
    });
    let noise = EntryLaw::Gaussian.matrix(n, TEACHERS, rng) * NOISE.sqrt();
    let labels = targets(&x, &teachers, variances) + noise;
    let of = |u: Array2<f64>| (u / d as f64).mapv(|u| kernel.at(u));
    let eigen = symmetric_eigen(of(gram(x.view())).view())?;
    let inverse = eigen.values.mapv(|k| (k.max(0.0) + lambda).recip());
    let solve = product((&eigen.vectors * &inverse).view(), eigen.vectors.t());
    let dual = product(solve.view(), labels.view());
    let predicted = product(of(product(fresh.view(), x.t())).view(), dual.view());
    let gaps = targets(&fresh, &teachers, variances) - predicted;
    let square = |a: &Array2<f64>| a.iter().map(|x| x * x).sum::<f64>() / a.len() as f64;
    let train = square(&dual) * lambda * lambda;
    Ok([
        square(&gaps) + NOISE,
        train,
        lambda * inverse.sum() / n as f64,
    ])
}

/// Test and training error for the variances of degree 2, those of the other features, the kernel's ridge and its remainder, all
/// in units of the kernel's scale 1/d².
fn predicted(
    n: usize,
    quadratic: &[f64],
    others: &[f64],
    (lambda, remainder): (f64, f64),
) -> Result<[f64; 2], CheckError> {
    let all: Vec<f64> = quadratic.iter().chain(others).copied().collect();
    let count = all.len() as f64;
    let ridge = lambda + remainder;
    let solved = Ridge::solve(n as f64 / count, &Atoms::empirical(all)?, ridge / count)?;
    let left = quadratic.iter().map(|&q| q * solved.shrinkage(q).powi(2));
    let bias = left.sum::<f64>() / quadratic.len() as f64;
    let share = (lambda / ridge).powi(2);
    Ok([
        solved.test_error(bias, NOISE),
        share * solved.training_error(bias, NOISE),
    ])
}

/// The pairs (measured, predicted) of one sample, by what they are.
fn pairs(
    ctx: &Context,
    kernel: Kernel,
    d: usize,
    stream: u64,
) -> Result<[(f64, f64); 8], CheckError> {
    let variances = two_atoms(d);
    let all = (0..d).flat_map(|i| (i..d).map(move |j| (i, j)));
    let products: Vec<f64> = all.map(|(i, j)| variances[i] * variances[j]).collect();
    let count = products.len();
    let n = (0.7 * count as f64) as usize;
    let scale = (d * d) as f64;
    let lambda = 0.2 * count as f64 / scale;
    let [test, train, share] = measured(ctx, kernel, (n, lambda), &variances, stream)?;
    let squares: f64 = variances.iter().map(|x| x * x).sum();
    // |Σ/√2|², and for u³/6 the linear part (u/2)E(u²): ⟨x, x′⟩³ has 3⟨x, Σx′⟩… of degree 1.
    let mut others = vec![0.5 * squares];
    if kernel.cubic != 0.0 {
        let slope = 0.5 * kernel.cubic * squares / scale;
        others.extend(variances.iter().map(|x| d as f64 * slope * x));
    }
    let ridges = (lambda * scale, kernel.remainder() * scale);
    let at = |quadratic: &[f64], ridges| predicted(n, quadratic, &others, ridges);
    let [right, fitted] = at(&products, ridges)?;
    let mean = products.iter().sum::<f64>() / count as f64;
    let doubled: Vec<f64> = products.iter().map(|x| 2.0 * x).collect();
    Ok([
        (test, right),
        (train, fitted),
        (train / (share * share), test),
        (test, at(&vec![mean; count], ridges)?[0]),
        (test, at(&doubled, ridges)?[0]),
        (test, at(&products, (ridges.0, 0.0))?[0]),
        (train, (fitted / right).sqrt() * right),
        (train / share, test),
    ])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut evidence, mut controls, mut figures) = (vec![], vec![], vec![]);
    let (rate, scattered) = (halfway(1.0), quarter(1.0));
    let kernels = [
        ("u²/2", Kernel { cubic: 0.0 }),
        ("u²/2 + u³/2", Kernel { cubic: 3.0 }),
    ];
    for (k, (name, kernel)) in kernels.into_iter().enumerate() {
        let tops = ctx.choose([6, 10, 16], [6, 12, 22], [10, 20, 36]);
        let ladders: [Ladder; 8] = ladders(tops, 3, |d, seed| {
            let stream = 1_000_000 * k as u64 + 1000 * d as u64 + seed;
            let gap = |pair: (f64, f64)| log_gap([pair].into_iter());
            Ok(pairs(ctx, kernel, d, stream)?.map(gap))
        })?;
        let measure = |j: usize, what: &str, rate: f64| {
            ladders[j].measure(&format!("{what}, f = {name}"), rate)
        };
        evidence.extend([
            measure(0, "log(measured/predicted), test error, against d", rate)?,
            // Two errors of one sample, whose scatter adds up.
            measure(
                2,
                "cross-validation estimate over the test error",
                scattered,
            )?,
        ]);
        controls.push(measure(
            7,
            "cross-validation, one power of the share",
            scattered,
        )?);
        if k > 0 {
            controls.push(measure(5, "no ridge from the remainder", rate)?);
            continue;
        }
        evidence.push(measure(1, "the same, training error", rate)?);
        controls.extend([
            measure(6, "training error, one power of the share", rate)?,
            measure(3, "white Σ", rate)?,
            measure(4, "2σ_iσ_j", rate)?,
        ]);
        figures.push(Figure::rates(
            "kernel-ridge",
            "Kernel ridge regression at n ≍ d²: the error of the prediction",
            "d",
            "rms |log(measured/predicted)|",
            &[("σ_iσ_j", &ladders[0]), ("white Σ", &ladders[3])],
        )?);
    }
    Ok(Finding {
        printed: Printed::as_claimed("test error, n ≍ d²", &evidence),
        evidence,
        controls,
        figures,
        ..Finding::default()
    })
}
