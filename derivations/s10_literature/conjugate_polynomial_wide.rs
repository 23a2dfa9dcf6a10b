//! Conjugate kernel, n ≍ d², n ≪ p: the kernel is its mean over W, `c₂² MP^{n/N₂} + Σ_{k>2} c_k²`; n ≫ p ≍ d²: `(1/n)FᵀF`, the companion,
//! has that law with p for n.
//!
//! Slide 'Nonlinear random matrix models' prints no law. The second regime is the first with X and W exchanged, and is sampled as
//! such: the p×p companion has the nonzero eigenvalues of the n×n kernel times p/n, of which n − p are 0. Reach: as in
//! `conjugate-polynomial`, p = d³/8; the limit is approached by a rate in d up to 10⁸, 1/d from n/p and n/N₃. Controls: at finite
//! size MP alone, p/n for n/p, d^k for the harmonics; for the limit MP alone, d² for N₂ and an n/p that stays.

use super::SLIDE;
use super::polynomial_width::{POWERS, Slip, features, sampled, three_degrees, towards};
use crate::kit::common::{UNIT, halfway};
use crate::kit::degrees::Degrees;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};

pub(crate) const CLAIM: Claim = Claim {
    id: "conjugate-polynomial-wide",
    section: 10,
    slide: SLIDE,
    settles: &["conjugate kernel, polynomial width"],
    statement: r"$n \asymp d^2$, $n \ll p$: the conjugate kernel $\to c_2^2\,\mathrm{MP}^{n/N_2}$ $+\,\sum_{k>2} c_k^2$; $n \gg p$: its companion, $p$ for $n.$",
    uses: &["conjugate-polynomial"],
    check,
    ..Claim::BLANK
};

fn rows(d: usize) -> (usize, usize) {
    (d * d / 4, d * d * d / 8)
}

/// How far the eigenvalues of `(1/n)FᵀF` are from the largest ones of `(1/n)FFᵀ`, and the rest of those from 0, for n > p; with
/// `(1/p)FFᵀ` beside it.
fn companion(ctx: &Context) -> Result<[f64; 2], CheckError> {
    let (d, p, n) = (8, 20, 60);
    let mut rng = ctx.streams().stream(u64::MAX);
    let f = features(&three_degrees(), (n, p), d, &mut rng);
    let long = symmetric_eigenvalues(gram(f.view()).view())?;
    let short = symmetric_eigenvalues(gram(f.t()).view())?;
    let gap = |scale: f64| {
        let padded = std::iter::repeat_n(0.0, n - p).chain(short.iter().copied());
        let gaps = long.iter().zip(padded).map(|(a, b)| (a * scale - b).abs());
        largest(gaps) / short[p - 1]
    };
    Ok([gap(1.0), gap(n as f64 / p as f64)])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let sizes = ctx.choose([7, 11, 17], [7, 12, 20], [10, 18, 30]);
    let slips = [Slip::Ratio, Slip::Count, Slip::Isotropic];
    let found = sampled(ctx, sizes, rows, &slips)?;
    let rate = halfway(1.0);
    // A spectrum of d² values fluctuates by d^{−2}; coefficients that are off by 1/d, a near miss, leave an error of 1/d.
    let fine = halfway(2.0);
    let seen = |k: usize, what: &str| found[k].stieltjes.measure(what, fine);
    let wide = |d: f64| (d * d / 4.0, d * d * d / 8.0);
    let narrow = |d: f64| (d * d / 4.0, d * d / 2.0);
    let [_, _, two, three] = POWERS;
    let law = |ratio: f64| Degrees(vec![(two, ratio), (three, 0.0)]);
    let right = towards(wide, &|z| Ok(law(0.5).alone(z)?))?;
    let flat = towards(wide, &|z| Ok(law(0.0).alone(z)?))?;
    let square = towards(wide, &|z| Ok(law(0.25).alone(z)?))?;
    let stays = towards(narrow, &|z| Ok(law(0.5).alone(z)?))?;
    let [same, scaled] = companion(ctx)?;
    // Both Gram matrices err by (n + p)ε of their norm, and their eigenvalues by n·ε more.
    let allowance = 200.0 * UNIT;
    let evidence = vec![
        seen(0, "samples: |s_emp − s| of the finite law, against d")?,
        right.measure("the finite law against the limit, in d", rate)?,
        Measurement::rounding(
            "n > p: FFᵀ and FᵀF share what is not 0",
            60,
            same,
            allowance,
        ),
    ];
    let figure = Figure::rates(
        "conjugate-polynomial-wide",
        "From the law of finite size to the limit, n = d²/4",
        "d",
        "rms |s − s_limit|",
        &[("p = d³/8", &right), ("p = d²/2", &stays)],
    )?;
    Ok(Finding {
        printed: Printed::as_claimed("Polynomial width, n/p → 0 or ∞", &evidence),
        evidence,
        controls: vec![
            seen(1, "samples, p/n for n/p")?,
            seen(2, "samples, d^k for the harmonics of degree k")?,
            seen(3, "samples, MP^{n/p} alone")?,
            flat.measure("the limit with c₂² for its MP", rate)?,
            square.measure("the limit with d² for N₂", rate)?,
            stays.measure("p = d²/2: n/p that stays", rate)?,
            Measurement::rounding("the companion over p, not n", 60, scaled, allowance),
        ],
        figures: vec![figure],
        ..Finding::default()
    })
}
