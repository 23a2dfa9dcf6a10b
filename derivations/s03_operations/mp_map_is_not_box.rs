//! The Marchenko–Pastur map is not Voiculescu's `MP^γ ⊠ ν` but its companion: the same nonzero eigenvalues, another
//! scale and another number of zeros,
//!
//! ```math
//! s_{MP^γ ⊠ ν}(z) = s_{map(1/γ, ν)}(z/γ)/γ² − (1 − 1/γ)/z,
//! ```
//!
//! where `MP^γ ⊠ ν`, the law of `T^{1/2}(1/p)ZZᵀT^{1/2}`, T n×n, Z n×p, has `s = ∫ dν(t)/(t(1−γ−γzs) − z)`.
//!
//! Slide 'Limiting distribution' writes the map as `μ_MP^γ ⊠ ν` with the map's formula: a slip unless ν is a
//! point mass, where the two agree. Reach: shared eigenvalues to rounding; the relation put into the product's
//! equation and against ⊠ of the calculus of laws (free subordination, which knows no map), for γ = ½, 1, 2 and z
//! down to Im z = 1e-3; a fitted rate for samples of the product. Controls: the map's s in the product's equation
//! and in the relation, and the map against those samples.

use super::{diagonal, error, nu};
use crate::kit::common::{UNIT, points};
use num_complex::Complex64;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::{Atoms, Law, MpMapError, Response, marchenko_pastur_map};
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "mp-map-is-not-box",
    section: 3,
    slide: "Limiting distribution",
    settles: &["the Marchenko–Pastur map's equation"],
    statement: r"$s_{\mathrm{MP}^\gamma\boxtimes\nu}(z)$ $= s_{\mathrm{map}(1/\gamma,\nu)}(z/\gamma)/\gamma^2$ $-\,(1-1/\gamma)/z$: the MP map is the companion of Voiculescu's product.",
    uses: &["mp-map"],
    check,
    ..Claim::BLANK
};

/// The right side of the relation.
fn companion(gamma: f64, nu: &dyn Response, z: Complex64) -> Result<Complex64, MpMapError> {
    let map = marchenko_pastur_map(gamma.recip(), nu, z / gamma, None)?.m;
    Ok(map / (gamma * gamma) - (1.0 - gamma.recip()) / z)
}

/// The relative residual of s in `s = ∫ dν(t)/(t(1−γ−γzs) − z)`.
fn residual(gamma: f64, nu: &Atoms, z: Complex64, s: Complex64) -> f64 {
    let w = 1.0 - gamma - gamma * z * s;
    let terms = nu.at().iter().zip(nu.mass());
    let sum: Complex64 = terms.map(|(&t, &m)| m / (t * w - z)).sum();
    (sum - s).norm() / s.norm()
}

/// The eigenvalues of XDXᵀ and of D^{1/2}XᵀXD^{1/2} beside each other, and those that only one has, in rounding bounds.
fn eigenvalues_shared(ctx: &Context, nu: &Atoms) -> Result<Vec<f64>, CheckError> {
    let mut shared = vec![];
    for (k, (n, d)) in [(4, 7), (6, 6), (8, 3)].into_iter().enumerate() {
        let x = EntryLaw::Gaussian.matrix(n, d, &mut ctx.streams().stream(k as u64));
        let weighted = x * &diagonal(nu, d).mapv(f64::sqrt);
        let long = symmetric_eigenvalues(gram(weighted.view()).view())?;
        let short = symmetric_eigenvalues(gram(weighted.t()).view())?;
        let top = long[n - 1];
        // Each set errs by a small multiple of its dimension times ε‖·‖.
        let unit = 20.0 * (n + d) as f64 * UNIT * top;
        let common = n.min(d);
        for j in 1..=common {
            shared.push((long[n - j] - short[d - j]).abs() / unit);
        }
        shared.extend(long.iter().rev().skip(common).map(|l| l.abs() / unit));
        shared.extend(short.iter().rev().skip(common).map(|l| l.abs() / unit));
    }
    Ok(shared)
}

/// At points of the half plane: the residual of the map's companion and of the map in the product's equation; the two at a
/// point mass, and apart; companion and map against ⊠ by subordination.
fn compared(nu: &Atoms) -> Result<[Vec<f64>; 6], CheckError> {
    let point = Atoms::new(vec![1.7], vec![1.0])?;
    let [
        mut right,
        mut mapped,
        mut mass,
        mut between,
        mut relation,
        mut unrelated,
    ] = [const { vec![] }; 6];
    for gamma in [0.5, 1.0, 2.0] {
        let box_product = Law::marchenko_pastur(gamma)?.free_product(&Law::from(nu))?;
        for x in [-0.5, 0.3, 1.0, 4.0] {
            for height in [1.0, 1e-1, 1e-3] {
                let z = Complex64::new(x, height);
                let product = companion(gamma, nu, z)?;
                let boxed = box_product.stieltjes(z)?.s;
                let map = marchenko_pastur_map(gamma, nu, z, None)?.m;
                right.push(residual(gamma, nu, z, product));
                mapped.push(residual(gamma, nu, z, map));
                relation.push((product - boxed).norm() / boxed.norm());
                unrelated.push((map - boxed).norm() / boxed.norm());
                between.push((map - product).norm());
                let (a, b) = (
                    companion(gamma, &point, z)?,
                    marchenko_pastur_map(gamma, &point, z, None)?.m,
                );
                mass.push((a - b).norm() / b.norm());
            }
        }
    }
    Ok([right, mapped, mass, between, relation, unrelated])
}

/// Samples of the product against ⊠ and against the map.
fn sampled(ctx: &Context, nu: &Atoms) -> Result<[Ladder; 2], CheckError> {
    let (mut ladder, mut refuted) = (Ladder::default(), Ladder::default());
    let gamma = 2.0;
    let boxed = Law::marchenko_pastur(gamma)?.free_product(&Law::from(nu))?;
    let (mut product, mut map) = (vec![], vec![]);
    for z in points() {
        product.push(boxed.stieltjes(z)?.s);
        map.push(marchenko_pastur_map(gamma, nu, z, None)?.m);
    }
    for n in ctx.choose([20, 60, 160], [20, 80, 240], [40, 200, 800]) {
        let p = (n as f64 / gamma) as usize;
        let roots = diagonal(nu, n)
            .mapv(f64::sqrt)
            .insert_axis(ndarray::Axis(1));
        for seed in 0..(960 / n as u64).max(6) {
            let mut rng = ctx.streams().stream(10_000 * n as u64 + seed);
            let z = EntryLaw::Gaussian.matrix(n, p, &mut rng) * &roots;
            let spectrum = symmetric_eigenvalues((gram(z.view()) / p as f64).view())?;
            ladder.push(n as f64, error(&spectrum, &product));
            refuted.push(n as f64, error(&spectrum, &map));
        }
    }
    Ok([ladder, refuted])
}

fn bounded(what: &str, distances: Vec<f64>, allowance: f64) -> Measurement {
    Measurement::rounding(what, distances.len(), largest(distances), allowance)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let nu = nu()?;
    let shared = eigenvalues_shared(ctx, &nu)?;
    let [right, mapped, mass, between, relation, unrelated] = compared(&nu)?;
    let [ladder, refuted] = sampled(ctx, &nu)?;
    // The map's own relative residual is 1e-12; the equation's condition grows as (Im z)^{−1/2} at an edge,
    // and in z s/(…) by |z|/Im z at most.
    let allowance = 1e-12 * 1e3;
    let evidence = vec![
        bounded(
            "eigenvalues shared, the rest 0, in rounding bounds",
            shared,
            1.0,
        ),
        bounded(
            "residual of the relation in the product's equation",
            right,
            allowance,
        ),
        bounded(
            "the relation against ⊠ by subordination, relative",
            relation,
            allowance,
        ),
        bounded("the two at a point mass, relative", mass, allowance),
        ladder.measure("samples of T^{1/2}(1/p)ZZᵀT^{1/2}: |s_emp − s|", -0.5)?,
    ];
    let apart = largest(between);
    Ok(Finding {
        printed: Printed::judged(r"$\mu_{\mathrm{MP}}^\gamma \boxtimes \nu$: $s = 1/\big(-z + \int x\,d\nu/(1+\gamma x s)\big)$", apart, allowance)
            .erratum(
                "⊠ is Voiculescu's product, the formula is the MP map's, its companion",
                r"$\mathrm{MP}^\gamma \boxtimes \nu$: $s = \int d\nu(t)/\big(t(1-\gamma-\gamma z s)-z\big)$; the theorem needs the MP map, $\tfrac1d XDX^\top$",
                apart,
                "the largest |s_map − s_⊠|, ν with atoms at 0, 1, 3",
            ),
        evidence,
        controls: vec![
            bounded("the map in the product's equation", mapped, allowance),
            bounded("the map for its companion", unrelated, allowance),
            refuted.measure("the map against samples of the product", -0.5)?,
        ],
        ..Finding::default()
    })
}
