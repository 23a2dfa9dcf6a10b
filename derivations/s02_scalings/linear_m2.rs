//! Linear scaling, n/d → γ₁, n/p → γ₂: `M₂ = XXᵀ/d ∘ YYᵀ/p` tends to I_n; more finely √n(M₂ − I) has the limit law
//! `N(0, 2γ₁+2γ₂) ⊞ sc(γ₁γ₂)`: the diagonal is Gaussian, the rest a Wigner matrix.
//!
//! Slide 'Linear and Quadratic Scaling'. As printed: holds. Reach: a mean test of `(1/n)Tr(M₂ − I)²`
//! against its exact value at finite size, `(1+2/d)(1+2/p) − 1 + (n−1)/(dp)`; a fitted rate for s_{M₂} and for
//! the law of √n(M₂ − I). Controls: the diagonal alone, δ₀ and the fluctuations without ⊞.

use crate::kit::common::{points, rms};
use crate::kit::fixed_point::{NoFixedPoint, fixed_point};
use num_complex::Complex64;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Ladder, MeanTest, Printed,
};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{EntryLaw, hadamard_gram};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "linear-m2",
    section: 2,
    slide: "Linear and Quadratic Scaling",
    settles: &["linear: M₂ → I_n"],
    statement: r"$n/d \to \gamma_1$, $n/p \to \gamma_2$: $M_2 \to I_n$, and $\sqrt n(M_2 - I)$ $\to N(0, 2\gamma_1+2\gamma_2)$ $\boxplus\;\mathrm{sc}(\gamma_1\gamma_2).$",
    uses: &["linear-m1"],
    check,
    ..Claim::BLANK
};

const GAMMA_1: f64 = 3.0;
const GAMMA_2: f64 = 2.0;

/// `s` of N(0, v) at a point above the axis, by the trapezoidal rule in which a pole at height h leaves
/// exp(−2πh/step).
fn gaussian(variance: f64, z: Complex64) -> Complex64 {
    let step = 0.02;
    let root = variance.sqrt();
    let sum: Complex64 = (-500..=500)
        .map(|k| {
            let x = f64::from(k) * step;
            (-0.5 * x * x).exp() / (root * x - z)
        })
        .sum();
    sum * step / (2.0 * std::f64::consts::PI).sqrt()
}

/// The variances of the two parts.
const DIAGONAL: f64 = 2.0 * GAMMA_1 + 2.0 * GAMMA_2;
const WIGNER: f64 = GAMMA_1 * GAMMA_2;

/// The transform of their free sum: `s(z) = s_μ(w)`, `w = z + t s_μ(w)` (Biane 1997).
fn sum(z: Complex64) -> Result<Complex64, NoFixedPoint> {
    let w = fixed_point(&|w| z + WIGNER * gaussian(DIAGONAL, w), z, z)?;
    Ok(gaussian(DIAGONAL, w))
}

fn figure(ctx: &Context) -> Result<Figure, CheckError> {
    let n = ctx.choose(240, 900, 1800);
    let mut rng = ctx.streams().stream(u64::MAX);
    let [x, y] = [3, 2].map(|ratio| EntryLaw::Gaussian.matrix(n, n / ratio, &mut rng));
    let shown: Vec<f64> = symmetric_eigenvalues(hadamard_gram(x.view(), y.view()).view())?
        .iter()
        .map(|l| (n as f64).sqrt() * (l - 1.0))
        .collect();
    Ok(crate::kit::figures::fluctuations(
        "linear-m2",
        "M₂ in the linear scaling: around the identity",
        "√n(λ − 1)",
        &shown,
        ("N(0, 2γ₁+2γ₂) ⊞ sc(γ₁γ₂)", &|z| Ok(sum(z)?)),
    )?
    .caption("One sample; γ₁ = 3, γ₂ = 2. All eigenvalues of M₂ are near 1."))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut zero) = (Ladder::default(), Ladder::default());
    let (mut fine, mut alone) = (Ladder::default(), Ladder::default());
    let sizes = ctx.choose([24, 72, 216], [24, 96, 288], [48, 240, 960]);
    // The prediction is exact at every size: the smallest, with the most draws, tests it best.
    let mut smallest = None;
    let mut predicted = vec![];
    for z in points() {
        predicted.push((z, sum(z)?, gaussian(DIAGONAL, z)));
    }
    for n in sizes {
        let (d, p) = ((n as f64 / GAMMA_1) as usize, (n as f64 / GAMMA_2) as usize);
        let (size, df, pf) = (n as f64, d as f64, p as f64);
        let mut test = MeanTest::new(1);
        for seed in 0..(2400 / n as u64).max(8) {
            let mut rng = ctx.streams().stream(10_000 * n as u64 + seed);
            let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
            let y = EntryLaw::Gaussian.matrix(n, p, &mut rng);
            let spectrum = symmetric_eigenvalues(hadamard_gram(x.view(), y.view()).view())?;
            let scaled: Vec<f64> = spectrum.iter().map(|l| size.sqrt() * (l - 1.0)).collect();
            test.push(&[spectrum.iter().map(|l| (l - 1.0).powi(2)).sum::<f64>() / size]);
            let errors = |eigenvalues: &[f64], s: &dyn Fn(usize) -> Complex64| {
                let differences = points().into_iter().enumerate();
                rms(differences.map(|(k, z)| empirical_stieltjes(eigenvalues, z) - s(k)))
            };
            right.push(size, errors(&spectrum, &|k| (1.0 - predicted[k].0).inv()));
            zero.push(size, errors(&spectrum, &|k| -predicted[k].0.inv()));
            fine.push(size, errors(&scaled, &|k| predicted[k].1));
            alone.push(size, errors(&scaled, &|k| predicted[k].2));
        }
        let on_diagonal = (1.0 + 2.0 / df) * (1.0 + 2.0 / pf) - 1.0;
        smallest.get_or_insert((test, on_diagonal, (size - 1.0) / (df * pf)));
    }
    let (test, on_diagonal, off_diagonal) =
        smallest.unwrap_or((MeanTest::new(1), f64::NAN, f64::NAN));
    let evidence = vec![
        // The eigenvalues are within n^{−1/2} of 1: halfway to 0 is −¼.
        right.measure("|s_emp − 1/(1−z)| against n", -0.25)?,
        test.measure(
            "(1/n)Tr(M₂ − I)² at the smallest n",
            &[on_diagonal + off_diagonal],
        ),
        fine.measure("√n(M₂ − I): |s_emp − s|", -0.25)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("M₂ → I_n", &evidence[..1]),
        evidence,
        controls: vec![
            zero.measure("δ₀ for δ₁", -0.25)?,
            test.measure("the diagonal's part alone", &[on_diagonal]),
            alone.measure("N(0, 2γ₁+2γ₂) without the semicircle", -0.25)?,
        ],
        figures: vec![figure(ctx)?],
        ..Finding::default()
    })
}
