//! The features of degree 2 of structured data: `Cov(x⊗x) = τ₂₃(Σ⊗Σ) + τ₂₄(Σ⊗Σ)` has the eigenvalues `2σ_iσ_j`, i ≤ j, on symmetric
//! matrices and 0 on the others; their law tends to the classical *product* of the law ν of Σ's eigenvalues with itself, that
//! of `2ss′` for independent s and s′.
//!
//! Beyond the talk; kernel ridge regression at n ≍ d² rests on it (Pandit, Wang and Zhu, arXiv 2408.01062). Reach: the covariance proved
//! for every d by Wick's theorem; its eigenvalues against dense ones, to rounding, for Σ = AAᵀ; the law for ν uniform on (0.4, 1.6), σ_i
//! its quantiles: a fitted rate in d, 1/d from the diagonal i = j. Controls: the proof with a braid dropped, twice, and white; σ_iσ_j;
//! all pairs i, j; for the law the classical sum, Voiculescu's product, and squares.

use super::SLIDE;
use crate::kit::common::{UNIT, halfway, points, rms};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array2;
use num_complex::Complex64;
use tensor_dyson::ledger::{
    Axis, CheckError, Claim, Context, Figure, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::Law;
use tensor_dyson::model::EntryLaw;
use tensor_dyson::symbolic::{TensorLaw as Entries, Theory};

pub(crate) const CLAIM: Claim = Claim {
    id: "product-law",
    section: 12,
    slide: SLIDE,
    settles: &["regression at n ≍ d²"],
    statement: r"$x \sim N(0, \Sigma)$: $\mathrm{Cov}(x\otimes x) = \tau_{23}(\Sigma\otimes\Sigma) + \tau_{24}(\Sigma\otimes\Sigma)$ has the eigenvalues $2\sigma_i\sigma_j$, $i \le j$; their law $\to$ that of $2ss'$, $s, s' \sim \nu$ independent: a classical product.",
    uses: &["structured-covariance"],
    check,
    ..Claim::BLANK
};

/// ν is uniform on this interval.
const RANGE: (f64, f64) = (0.4, 1.6);

/// The quantiles of ν at the middles of `count` equal shares.
fn quantiles(count: usize) -> Vec<f64> {
    let (low, high) = RANGE;
    let at = |i: usize| low + (high - low) * (i as f64 + 0.5) / count as f64;
    (0..count).map(at).collect()
}

/// `2σ_iσ_j`, i ≤ j.
fn products(variances: &[f64]) -> Vec<f64> {
    let d = variances.len();
    let pairs = (0..d).flat_map(|i| (i..d).map(move |j| (i, j)));
    pairs
        .map(|(i, j)| 2.0 * variances[i] * variances[j])
        .collect()
}

fn transform(values: impl Iterator<Item = f64>, z: Complex64) -> Complex64 {
    let (mut sum, mut count) = (Complex64::ZERO, 0.0);
    for x in values {
        sum += (x - z).inv();
        count += 1.0;
    }
    sum / count
}

/// The largest distances of the dense eigenvalues from `2σ_iσ_j`, from `σ_iσ_j` and from all pairs, padded by zeros, over the largest.
fn dense(d: usize, ctx: &Context) -> Result<[f64; 3], CheckError> {
    let a = EntryLaw::Gaussian.matrix(d, d + 2, &mut ctx.streams().stream(d as u64));
    let sigma = gram(a.view());
    let covariance = Array2::from_shape_fn((d * d, d * d), |(x, y)| {
        let ((a, b), (c, e)) = ((x / d, x % d), (y / d, y % d));
        sigma[[a, c]] * sigma[[b, e]] + sigma[[a, e]] * sigma[[c, b]]
    });
    let seen = symmetric_eigenvalues(covariance.view())?;
    let variances = symmetric_eigenvalues(sigma.view())?;
    let right = products(&variances);
    let all = variances
        .iter()
        .flat_map(|x| variances.iter().map(move |y| x * y));
    let distance = |mut values: Vec<f64>| {
        values.resize(d * d, 0.0);
        values.sort_by(f64::total_cmp);
        largest(values.iter().zip(&seen).map(|(x, y)| (x - y).abs())) / seen[d * d - 1]
    };
    Ok([
        distance(right.clone()),
        distance(right.iter().map(|x| 0.5 * x).collect()),
        distance(all.collect()),
    ])
}

/// Over d, how far the law of the eigenvalues is from the product, the sum, Voiculescu's product and the squares.
fn ladders() -> Result<[Ladder; 4], CheckError> {
    let fine = quantiles(300);
    let uniform = Law::uniform(RANGE.0, RANGE.1)?;
    let free = uniform.free_product(&uniform)?.scaled(2.0)?;
    let mut laws = vec![];
    for z in points() {
        let pairs = |f: &dyn Fn(f64, f64) -> f64| {
            transform(
                fine.iter()
                    .flat_map(|x| fine.iter().map(move |y| f(*x, *y))),
                z,
            )
        };
        laws.push([
            pairs(&|x, y| 2.0 * x * y),
            pairs(&|x, y| x + y),
            free.stieltjes(z)?.s,
            transform(fine.iter().map(|x| 2.0 * x * x), z),
        ]);
    }
    let mut out: [Ladder; 4] = Default::default();
    for d in [8, 16, 32, 64, 128] {
        let values = products(&quantiles(d));
        for (k, ladder) in out.iter_mut().enumerate() {
            let gaps = points()
                .into_iter()
                .zip(&laws)
                .map(|(z, law)| transform(values.iter().copied(), z) - law[k]);
            ladder.push(d as f64, rms(gaps));
        }
    }
    Ok(out)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut half, mut all) = (vec![], vec![], vec![]);
    for d in 2..6 {
        let [a, b, c] = dense(d, ctx)?;
        right.push(a);
        half.push(b);
        all.push(c);
    }
    // d² ≤ 25 twice over: the decomposition, and Σ's own, each errs by its size times ε of the norm.
    let bound = 20.0 * 50.0 * UNIT;
    let rounding =
        |what: &str, seen: Vec<f64>| Measurement::rounding(what, seen.len(), largest(seen), bound);
    let [product, sum, free, squares] = &ladders()?;
    let rate = halfway(1.0);
    let mut evidence =
        PROOF.evidence([rounding("dense eigenvalues of Cov(x⊗x), relative", right)])?;
    evidence.push(product.measure("|s_d − s| of the product's law, against d", rate)?);
    Ok(Finding {
        printed: Printed::as_claimed("Cov(x⊗x), X not white", &evidence),
        evidence,
        controls: PROOF.controls([
            rounding("σ_iσ_j", half),
            rounding("σ_iσ_j, all pairs", all),
            sum.measure("the law of s + s′", rate)?,
            free.measure("2ν ⊠ ν", rate)?,
            squares.measure("the law of 2s²", rate)?,
        ])?,
        figures: vec![figure()],
        ..Finding::default()
    })
}

/// `2σ_iσ_j` at d = 40 with the product's density: that of `st`, s and t uniform on (a, b), is `log(t₁/t₀)/(b − a)²` where t runs from
/// t₀ to t₁.
fn figure() -> Figure {
    let values = products(&quantiles(40));
    let (low, high) = RANGE;
    let density = |x: f64| {
        let (from, to) = (low.max(x / high), high.min(x / low));
        (to / from).ln().max(0.0) / (high - low).powi(2)
    };
    let (left, right) = (2.0 * low * low, 2.0 * high * high);
    let grid = (0..=200).map(|k| left + (right - left) * f64::from(k) / 200.0);
    Figure::new(
        "product-law",
        "Eigenvalues of Cov(x⊗x), ν uniform, d = 40",
        Axis::linear("λ"),
        Axis::linear("density"),
    )
    .histogram("2σ_iσ_j, i ≤ j", &values, (left, right), 40)
    .line("the law of 2ss′", grid.map(|x| (x, 0.5 * density(0.5 * x))))
}

const PROOF: Statement = Statement {
    what: "Cov(x⊗x) by Wick's theorem, x = Σ^{1/2}g",
    prove,
    near_misses,
};

/// `R = Σ^{1/2}`, symmetric; `Σ = RR`.
fn prove() -> Outcome {
    covariance_is("Σ[a,c] Σ[b,e] + Σ[a,e] Σ[c,b]")
}

/// A braid dropped, one twice, and white data.
fn near_misses() -> NearMisses {
    vec![
        ("τ₂₄(Σ⊗Σ) dropped", covariance_is("Σ[a,c] Σ[b,e]")),
        ("2τ₂₃(Σ⊗Σ)", covariance_is("2 Σ[a,c] Σ[b,e]")),
        (
            "white: δ for Σ",
            covariance_is("δ[a,c] δ[b,e] + δ[a,e] δ[c,b]"),
        ),
    ]
}

fn covariance_is(claimed: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("g[d]")?
        .symmetric("R[d,d]", &[vec![1, 0]])?
        .define("Σ[a,c] = R[a,k] R[k,c]")?
        .define("x[a] = R[a,k] g[k]")?;
    let proof = theory
        .prove("Cov(x⊗x) = τ₂₃(Σ⊗Σ) + τ₂₄(Σ⊗Σ), x = Rg, Σ = R²")
        .from("[a,b,c,e] x[a] x[b] x[c] x[e]")?
        .rewrite("x = Rg", &["x"])?
        .expect("over g", "g", &Entries::Gaussian)?
        .follows(
            "the square of the mean Σ, and the definition of Σ",
            &format!("[a,b,c,e] Σ[a,b] Σ[c,e] + {claimed}"),
            &["Σ"],
        )?;
    Ok(proof.done())
}
