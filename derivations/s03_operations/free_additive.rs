//! `μ ⊞ ν` is the limit law of `A + UBUᵀ`, A of law μ, B of law ν, U Haar on O(n).
//!
//! Slide 'Limiting distribution'. As printed: holds. Reach: U by QR with its signs mended, a mean test of the
//! Haar law's first moments; fitted rates in n for two free sums known in closed form: that of two symmetric
//! Bernoulli laws (arcsine on (−2, 2)) and that of ν, atoms at 0, 1, 3, and a semicircle. Controls: U = 1
//! and the classical convolution, against the same samples or laws; Q without its signs.

use super::{diagonal, error, nu};
use crate::kit::common::{UNIT, points};
use ndarray::{Array1, Array2};
use num_complex::Complex64;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, MeanTest, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{product, qr, symmetric_eigenvalues};
use tensor_dyson::measure::{Atoms, Law};
use tensor_dyson::model::{EntryLaw, haar_orthogonal};

pub(crate) const CLAIM: Claim = Claim {
    id: "free-additive",
    section: 3,
    slide: "Limiting distribution",
    settles: &["μ ⊞ ν = limspec(A + UBUᵀ)"],
    statement: r"$\mu \boxplus \nu$ is the limit law of $A + UBU^\top$, limspec $A = \mu$, limspec $B = \nu$, $U$ Haar on $O(n).$",
    check,
    ..Claim::BLANK
};

/// The quantiles of sc(1) at (k + ½)/n, by bisection.
fn semicircle_quantiles(n: usize) -> Array1<f64> {
    let below =
        |x: f64| 0.5 + (x * (4.0 - x * x).sqrt() / 4.0 + (x / 2.0).asin()) / std::f64::consts::PI;
    (0..n)
        .map(|k| {
            let level = (k as f64 + 0.5) / n as f64;
            let (mut low, mut high) = (-2.0, 2.0);
            for _ in 0..60 {
                let middle = 0.5 * (low + high);
                if below(middle) < level {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            low
        })
        .collect()
}

/// `E u₁₁`, `E u₁₁²`, `E u₁₁u₂₂` of U, n = 4, and of Q of a QR without the signs.
fn haar_moments(ctx: &Context) -> Result<[MeanTest; 2], CheckError> {
    let (mut moments, mut unmended) = (MeanTest::new(3), MeanTest::new(3));
    for draw in 0..ctx.choose(2000, 8000, 50_000) {
        let mut rng = ctx.streams().stream(draw);
        let u = haar_orthogonal(4, &mut rng)?;
        let (q, _) = qr(EntryLaw::Gaussian.matrix(4, 4, &mut rng).view())?;
        let of = |u: &Array2<f64>| [u[[0, 0]], u[[0, 0]].powi(2), u[[0, 0]] * u[[1, 1]]];
        moments.push(&of(&u));
        unmended.push(&of(&q));
    }
    Ok([moments, unmended])
}

/// Samples of ±1 ⊞ ±1 against the first two transforms, of ν ⊞ sc(1) against the others, and with U = 1.
fn sampled(
    ctx: &Context,
    nu: &Atoms,
    [arcsine, binomial, free, classical]: [&[Complex64]; 4],
) -> Result<[Ladder; 5], CheckError> {
    let mut ladders: [Ladder; 5] = std::array::from_fn(|_| Ladder::default());
    for n in ctx.choose([16, 48, 128], [20, 80, 200], [40, 160, 640]) {
        let ones = Array1::from_shape_fn(n, |k| if k % 2 == 0 { 1.0 } else { -1.0 });
        let (atoms, quantiles) = (diagonal(nu, n), semicircle_quantiles(n));
        for seed in 0..(480 / n as u64).max(6) {
            let mut rng = ctx.streams().stream(1000 * n as u64 + seed);
            let u = haar_orthogonal(n, &mut rng)?;
            let rotated_sum = |a: &Array1<f64>, b: &Array1<f64>, u: &Array2<f64>| {
                let rotated = product((u * b).view(), u.t());
                symmetric_eigenvalues((rotated + Array2::from_diag(a)).view())
            };
            let size = n as f64;
            let two = rotated_sum(&ones, &ones, &u)?;
            ladders[0].push(size, error(&two, arcsine));
            ladders[1].push(size, error(&two, binomial));
            let mixed = rotated_sum(&atoms, &quantiles, &u)?;
            ladders[2].push(size, error(&mixed, free));
            ladders[3].push(size, error(&mixed, classical));
            if seed == 0 {
                let unmoved = rotated_sum(&atoms, &quantiles, &Array2::eye(n))?;
                for _ in 0..2 {
                    ladders[4].push(size, error(&unmoved, free));
                }
            }
        }
    }
    Ok(ladders)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let nu = nu()?;
    let semicircle = Law::semicircle(1.0)?;
    let sum = Law::from(&nu).free_sum(&semicircle);
    let signs = Law::atoms(vec![-1.0, 1.0], vec![0.5, 0.5])?;
    let both = signs.free_sum(&signs);
    let (mut arcsine, mut binomial, mut free, mut classical) = (vec![], vec![], vec![], vec![]);
    let mut apart = vec![];
    for z in points() {
        let closed = -((z - 2.0).sqrt() * (z + 2.0).sqrt()).inv();
        let found = both.stieltjes(z)?;
        apart.push((found.s - closed).norm() / (found.radius + 8.0 * UNIT));
        arcsine.push(closed);
        binomial.push(-0.5 * z.inv() + 0.25 * ((2.0 - z).inv() + (-2.0 - z).inv()));
        free.push(sum.stieltjes(z)?.s);
        // sc(1) moved to each atom.
        let mut convolved = Complex64::ZERO;
        for (&x, &m) in nu.at().iter().zip(nu.mass()) {
            convolved += m * semicircle.stieltjes(z - x)?.s;
        }
        classical.push(convolved);
    }
    let ladders = sampled(ctx, &nu, [&arcsine, &binomial, &free, &classical])?;
    let [moments, unmended] = haar_moments(ctx)?;
    let haar = [0.0, 0.25, 0.0];
    let [right, independent, added, convolved, unmoved] = ladders;
    let evidence = vec![
        moments.measure("E u₁₁, E u₁₁², E u₁₁u₂₂ of U, n = 4", &haar),
        // The closed form is rounded a few times, the other is known within its radius.
        Measurement::rounding(
            "±1 ⊞ ±1 of the calculus of laws is arcsine, over its bound",
            apart.len(),
            largest(apart),
            1.0,
        ),
        right.measure("±1 ⊞ ±1 is arcsine: |s_emp − s| against n", -0.5)?,
        added.measure("ν ⊞ sc(1): |s_emp − s| against n", -0.5)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("μ ⊞ ν = limspec(A + UBUᵀ), U ~ Haar(O_n(ℝ))", &evidence),
        evidence,
        controls: vec![
            unmended.measure("Q of a QR without the signs", &haar),
            independent.measure("±1 * ±1, the classical convolution", -0.5)?,
            convolved.measure("ν * sc(1), the classical convolution", -0.5)?,
            unmoved.measure("U = 1", -0.5)?,
        ],
        ..Finding::default()
    })
}
