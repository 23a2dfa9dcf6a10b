//! Quadratic scaling, n/(dp) → γ₁: `M₁ = XXᵀ/d` has rank d of n, so that its law tends to δ₀; the d others are
//! near n/d, `(λ − n/d)/√(n/d)` → sc(1).
//!
//! Slide 'Linear and Quadratic Scaling' prints 'Low rank'. As printed: holds. Reach: the rank is counted
//! (zeros to rounding); fitted rates for the law and for the law of the d others (from XᵀX/d, which has
//! the same ones). Controls: MP^{γ₁} for δ₀, the centre d/n for n/d, the width 2.

use crate::kit::common::{UNIT, points, rms};
use num_complex::Complex64;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Ladder, Measurement, Printed,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::{Law, MarchenkoPastur};
use tensor_dyson::model::{EntryLaw, Sizes};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "quadratic-m1",
    section: 2,
    slide: "Linear and Quadratic Scaling",
    settles: &["quadratic: M₁ → low rank"],
    statement: r"$n/(dp) \to \gamma_1$: $M_1$ has rank $d$, law $\to \delta_0$; its $d$ others have $(\lambda - n/d)/\sqrt{n/d}$ $\to \mathrm{sc}(1).$",
    uses: &["linear-m1"],
    check,
    ..Claim::BLANK
};

fn sizes_of(ctx: &Context) -> [usize; 3] {
    ctx.choose([6, 12, 24], [8, 16, 32], [8, 24, 56])
}

/// The d eigenvalues off 0 against sc(1), against sc(2), and around d/n in place of n/d.
fn others(ctx: &Context) -> Result<[Ladder; 3], CheckError> {
    let mut ladders: [Ladder; 3] = Default::default();
    let semicircle = |t: f64| -> Result<Vec<Complex64>, CheckError> {
        let law = Law::semicircle(t)?;
        let values = points().into_iter();
        values.map(|z| Ok(law.stieltjes(z)?.s)).collect()
    };
    let (unit, double) = (semicircle(1.0)?, semicircle(2.0)?);
    for d in sizes_of(ctx) {
        // The d others, at sizes where n×n would be large: n = d³, whose ratio d/n is that of p = 2d².
        for seed in 0..12 {
            let n = 3 * d * d;
            let mut rng = ctx.streams().stream(1000 * d as u64 + 100 + seed);
            let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
            let ratio = n as f64 / d as f64;
            let others = symmetric_eigenvalues((gram(x.t()) / d as f64).view())?;
            let around =
                |c: f64| -> Vec<f64> { others.iter().map(|l| (l - c) / ratio.sqrt()).collect() };
            let error = |eigenvalues: Vec<f64>, s: &[Complex64]| {
                let differences = points().into_iter().zip(s);
                rms(differences.map(|(z, s)| empirical_stieltjes(&eigenvalues, z) - s))
            };
            ladders[0].push(d as f64, error(around(ratio), &unit));
            ladders[1].push(d as f64, error(around(ratio), &double));
            ladders[2].push(d as f64, error(around(ratio.recip()), &unit));
        }
    }
    Ok(ladders)
}

fn figure(ctx: &Context) -> Result<Figure, CheckError> {
    let d = ctx.choose(60, 200, 300);
    let x = EntryLaw::Gaussian.matrix(100 * d, d, &mut ctx.streams().stream(u64::MAX));
    let ratio: f64 = 100.0;
    let shown: Vec<f64> = symmetric_eigenvalues((gram(x.t()) / d as f64).view())?
        .iter()
        .map(|l| (l - ratio) / ratio.sqrt())
        .collect();
    Ok(crate::kit::figures::fluctuations(
        "quadratic-m1",
        "M₁ in the quadratic scaling: its d eigenvalues off 0",
        "(λ − n/d)/√(n/d)",
        &shown,
        ("semicircle", &|z| Ok(Law::semicircle(1.0)?.stieltjes(z)?.s)),
    )?
    .caption("One sample, n/d = 100; the n − d other eigenvalues are 0."))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut zero, mut mp) = (Ladder::default(), Ladder::default());
    let [right, wide, centre] = others(ctx)?;
    let (mut cases, mut wrong, mut full) = (0, 0, 0);
    let law = MarchenkoPastur::new(0.5)?;
    for d in sizes_of(ctx) {
        for seed in 0..8 {
            let sizes = Sizes::quadratic(d, 0.5, 1.5)?;
            let n = sizes.n as f64;
            let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
            let x = EntryLaw::Gaussian.matrix(sizes.n, d, &mut rng);
            let spectrum = symmetric_eigenvalues((gram(x.view()) / d as f64).view())?;
            // A zero eigenvalue comes out as at most nε‖M₁‖.
            let rounding = 8.0 * n * UNIT * spectrum[sizes.n - 1];
            let rank = spectrum.iter().filter(|&&l| l > rounding).count();
            cases += 1;
            wrong += usize::from(rank != d.min(sizes.n));
            full += usize::from(rank != sizes.n);
            let error = |s: &dyn Fn(Complex64) -> Complex64| {
                rms(points()
                    .into_iter()
                    .map(|z| empirical_stieltjes(&spectrum, z) - s(z)))
            };
            zero.push(d as f64, error(&|z| -z.inv()));
            mp.push(d as f64, error(&|z| law.stieltjes(z)));
        }
    }
    // The mass off 0 is d/n, of order 1/p.
    let evidence = vec![
        Measurement::exact("samples whose rank is not d", cases, wrong),
        zero.measure("|s_emp + 1/z| against d", -0.5)?,
        right.measure("(λ − n/d)/√(n/d) of the others: |s_emp − s_sc|", -0.25)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("M₁ → Low rank", &evidence[..2]),
        evidence,
        controls: vec![
            Measurement::exact("rank n", cases, full),
            mp.measure("MP^{γ₁} for δ₀", -0.5)?,
            wide.measure("sc(2)", -0.25)?,
            centre.measure("around d/n", -0.25)?,
        ],
        figures: vec![figure(ctx)?],
        ..Finding::default()
    })
}
