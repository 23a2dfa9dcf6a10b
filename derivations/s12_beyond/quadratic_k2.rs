//! K₁ + K₂ in the quadratic scaling, E σ = 0, a = ±1: the bulk is that of K₁, and d + p eigenvalues lie near γ₁d times the roots of
//! `μ² − μ(s₁²(γ₂ + s²) + s*²) + s₁²s*²γ₂ = 0`, s the singular values of V = W/√d, `s₁ = E σ′`, `s*² = E σ² − s₁²`.
//!
//! Beyond the talk, which leaves K₂ out; derived here. The features `ω/√(pd)` are near `s₁x 1ᵀ/√(pd)`, those of K₂ are `σ(Vᵀx)/√p`: times n, and on
//! the direction 1/√p, their covariance is γ₁d times `[[s₁²γ₂, s₁²√γ₂V], [s₁²√γ₂Vᵀ, s₁²VᵀV + s*²]]`; (d−p)₊ of its eigenvalues are s₁²γ₂, (p−d)₊
//! are s*². Reach: the roots against dense eigenvalues, to rounding; σ = h₁ + 0.6h₃, X and the w_b on the sphere, fitted rates in d for the d + p
//! and for the law. Controls: K₁ and K₂ taken apart, E σ² for s*², 1/γ₂ for γ₂; for the law the shift β² − α².

use super::{SLIDE, ranked};
use crate::kit::common::{UNIT, halfway, points, quarter, rms};
use crate::kit::draw::ladders;
use ndarray::{Array2, s};
use tensor_dyson::ledger::{
    Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{gram, product, singular_values, symmetric_eigenvalues};
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::{Activation, Sizes, sphere_rows};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "quadratic-k2",
    section: 12,
    slide: SLIDE,
    settles: &["K₂ in the quadratic scaling"],
    statement: r"$K_1 + K_2$, $n = \gamma_1 dp$, $E\,\sigma = 0$: the bulk of $K_1$, and $d + p$ eigenvalues near $\gamma_1 d$ times the roots of $\mu^2 - \mu(s_1^2(\gamma_2 + s^2) + s_*^2)$ $+\,s_1^2 s_*^2\gamma_2 = 0.$",
    uses: &["jacobian-gram", "theorem-cos", "outlier-count"],
    check,
    ..Claim::BLANK
};

/// `s₁²` and `s*²` of σ = h₁ + 0.6h₃.
const PARTS: (f64, f64) = (1.0, 0.36);

fn activation() -> Activation {
    Activation::Hermite(vec![1.0, 0.0, 0.6 * 3.0_f64.sqrt()])
}

/// The roots over the singular values of V, and what the smaller side lacks, ascending.
fn roots(
    singular: &[f64],
    (d, p): (usize, usize),
    ratio: f64,
    (first, rest): (f64, f64),
) -> Vec<f64> {
    let mut out = vec![];
    for s in singular {
        let half = 0.5 * (first * (ratio + s * s) + rest);
        let product = first * rest * ratio;
        let upper = half + (half * half - product).max(0.0).sqrt();
        out.extend([product / upper, upper]);
    }
    out.extend(std::iter::repeat_n(first * ratio, d.saturating_sub(p)));
    out.extend(std::iter::repeat_n(rest, p.saturating_sub(d)));
    out.sort_by(f64::total_cmp);
    out
}

/// The eigenvalues of the (d+p)×(d+p) matrix.
fn dense(v: &Array2<f64>, ratio: f64, (first, rest): (f64, f64)) -> Result<Vec<f64>, CheckError> {
    let (d, p) = v.dim();
    let mut whole = Array2::zeros((d + p, d + p));
    whole
        .slice_mut(s![..d, d..])
        .assign(&(v * (first * ratio.sqrt())));
    whole
        .slice_mut(s![d.., ..d])
        .assign(&(&v.t() * (first * ratio.sqrt())));
    whole.slice_mut(s![d.., d..]).assign(&(gram(v.t()) * first));
    for (k, x) in whole.diag_mut().iter_mut().enumerate() {
        *x += if k < d { first * ratio } else { rest };
    }
    Ok(symmetric_eigenvalues(whole.view())?)
}

struct Seen {
    /// `λ/(γ₁d)` of the top d + p against: the roots, the parts apart, E σ² for s*², 1/γ₂.
    places: [f64; 4],
    /// The law: as K₁'s, with the shift as printed.
    law: [f64; 2],
    top: [Vec<f64>; 2],
}

fn draw(ctx: &Context, d: usize, seed: u64) -> Result<Seen, CheckError> {
    let sizes = Sizes::quadratic(d, 2.0, 1.5)?;
    let (n, p) = (sizes.n, sizes.p);
    let rng = &mut ctx.streams().stream(1000 * d as u64 + seed);
    let v = sphere_rows(p, d, rng).reversed_axes() / (d as f64).sqrt();
    let x = sphere_rows(n, d, rng);
    let (phi, u) = (activation(), product(x.view(), v.view()));
    let slopes = u.mapv(|u| phi.phi(u));
    let values = u.mapv(|u| phi.sigma(u));
    // n > dp + p: the features' side, and the zeros that the samples' side has besides.
    let (features, width) = (d * p, ((d * p) as f64).sqrt());
    let jacobian = Array2::from_shape_fn((n, features + p), |(i, k)| {
        if k < features {
            x[[i, k / p]] * slopes[[i, k % p]] / width
        } else {
            values[[i, k - features]] / (p as f64).sqrt()
        }
    });
    let small = symmetric_eigenvalues(gram(jacobian.t()).view())?;
    let spectrum: Vec<f64> = std::iter::repeat_n(0.0, n.saturating_sub(small.len()))
        .chain(small)
        .collect();
    let (ratio, scale) = (p as f64 / d as f64, n as f64 / p as f64);
    let singular = singular_values(v.view())?;
    let top: Vec<f64> = spectrum[n - d - p..].iter().map(|x| x / scale).collect();
    let mut apart: Vec<f64> = symmetric_eigenvalues(gram(v.t()).view())?;
    apart.iter_mut().for_each(|x| *x = PARTS.0 * *x + PARTS.1);
    apart.extend(std::iter::repeat_n(PARTS.0 * ratio, d));
    apart.sort_by(f64::total_cmp);
    let right = roots(&singular, (d, p), ratio, PARTS);
    let candidates = [
        &right,
        &apart,
        &roots(&singular, (d, p), ratio, (PARTS.0, PARTS.0 + PARTS.1)),
        &roots(&singular, (d, p), ratio.recip(), PARTS),
    ];
    let gap = |other: &Vec<f64>| {
        let sum: f64 = top.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum();
        (sum / top.len() as f64).sqrt()
    };
    let data = phi.hermite_data();
    let law = MarchenkoPastur::new(sizes.gamma_1())?;
    let mut against = [data.shift(), data.shift() + data.mean().powi(2)].map(|c| {
        rms(points()
            .into_iter()
            .map(|z| empirical_stieltjes(&spectrum, z) - law.stieltjes(z / c) / c))
    });
    against.iter_mut().for_each(|x| *x = x.abs());
    Ok(Seen {
        places: candidates.map(gap),
        law: against,
        top: [top, right],
    })
}

/// The largest distances of the roots from dense eigenvalues, relative.
fn by_roots(ctx: &Context) -> Result<Vec<f64>, CheckError> {
    let mut out = vec![];
    for (k, (d, p)) in [(4, 6), (5, 5), (6, 4)].into_iter().enumerate() {
        let rng = &mut ctx.streams().stream(u64::MAX - k as u64);
        let v = sphere_rows(p, d, rng).reversed_axes() / (d as f64).sqrt();
        let ratio = p as f64 / d as f64;
        let whole = dense(&v, ratio, PARTS)?;
        let by_roots = roots(&singular_values(v.view())?, (d, p), ratio, PARTS);
        let gaps = whole.iter().zip(&by_roots).map(|(a, b)| (a - b).abs());
        out.push(largest(gaps) / whole[d + p - 1]);
    }
    Ok(out)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let exact = by_roots(ctx)?;
    let tops = ctx.choose([6, 9, 14], [6, 10, 16], [12, 20, 32]);
    let ladders: [Ladder; 6] = ladders(tops, 4, |d, seed| {
        let Seen { places, law, .. } = draw(ctx, d, seed)?;
        let [a, b, c, e] = places;
        Ok([a, b, c, e, law[0], law[1]])
    })?;
    let shown = draw(ctx, tops[2], 0)?.top;
    let [right, apart, whole, inverted, bulk, printed] = &ladders;
    // n samples blur the covariance of d + p features by ((d + p)/n)^{1/2}.
    let rate = halfway(0.5);
    let evidence = vec![
        // d + p ≤ 10, and two square roots.
        Measurement::rounding(
            "roots against dense eigenvalues",
            3,
            largest(exact),
            200.0 * UNIT,
        ),
        right.measure("rms |λ/(γ₁d) − μ| of the d + p largest, against d", rate)?,
        bulk.measure("|s_emp − s| of the law of K₁, against d", quarter(0.5))?,
    ];
    let figure = Figure::new(
        "quadratic-k2",
        "The d + p largest eigenvalues of K₁ + K₂",
        Axis::linear("rank of the eigenvalue"),
        Axis::linear("λ/(γ₁d)"),
    )
    .points("eigenvalues", ranked(&shown[0]))
    .line("roots of the quadratic", ranked(&shown[1]))
    .caption(format!(
        "σ = h₁ + 0.6h₃, d = {}, p = 1.5d, n = 2dp.",
        tops[2]
    ));
    Ok(Finding {
        printed: Printed::as_claimed("K = K₁ + K₂ in the quadratic scaling", &evidence),
        evidence,
        controls: vec![
            apart.measure("K₁ and K₂ taken apart", rate)?,
            whole.measure("E σ² for s*²", rate)?,
            inverted.measure("1/γ₂ for γ₂", rate)?,
            printed.measure("the law with the shift β² − α²", quarter(1.0))?,
        ],
        figures: vec![figure],
        ..Finding::default()
    })
}
