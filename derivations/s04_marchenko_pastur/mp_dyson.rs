//! The fixed point of `(E − 𝒮(M))⁻¹ = M`, `E = [[−z, 0], [0, −1]]`, 𝒮 with all four blocks, is
//! `M = diag(m I_n, −I_d/(1 + (n/d)m))`, and approximates the resolvent of the linearization.
//!
//! Slide 'Matrix Dyson Equation for Marchenko–Pastur'. As printed: holds; the off-diagonal blocks that it drops
//! from 𝒮 vanish at the fixed point. Reach: the iteration from starts with full off-diagonal blocks, against MP^{n/d}
//! in closed form; fitted rates in n for both blocks of the sampled resolvent. Controls: 𝒮₂₂ dropped,
//! 1/n for 1/d.

use crate::kit::common::{points, rms};
use ndarray::{Array2, s};
use num_complex::Complex64;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{complex_inverse, gram, symmetric_eigenvalues};
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::EntryLaw;
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "mp-dyson",
    section: 4,
    slide: "Matrix Dyson Equation for Marchenko–Pastur",
    settles: &["the matrix Dyson equation"],
    statement: r"$(E - \mathcal S(M))^{-1} = M$ has $M = \mathrm{diag}\big(m I_n, -I_d/(1+(n/d)m)\big)$, $m$ of $\mathrm{MP}^{n/d}$, near the sampled resolvent.",
    uses: &["linear-m1", "mp-superoperator"],
    check,
    ..Claim::BLANK
};

/// What is wrong with 𝒮 in a control.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    NoSecondBlock,
    OneOverN,
}

/// `𝒮(M) = (1/d)[[Tr M₂₂ I_n, M₂₁ᵀ], [M₁₂ᵀ, Tr M₁₁ I_d]]`.
fn superoperator(m: &Array2<Complex64>, n: usize, flaw: Flaw) -> Array2<Complex64> {
    let d = m.nrows() - n;
    let scale = (if flaw == Flaw::OneOverN { n } else { d } as f64).recip();
    let trace = |from: usize, to: usize| m.diag().slice(s![from..to]).sum();
    let mut image = Array2::zeros(m.dim());
    image
        .slice_mut(s![..n, n..])
        .assign(&m.slice(s![n.., ..n]).t());
    image
        .slice_mut(s![n.., ..n])
        .assign(&m.slice(s![..n, n..]).t());
    for k in 0..n + d {
        image[[k, k]] = match (k < n, flaw) {
            (true, _) => trace(n, n + d),
            (false, Flaw::NoSecondBlock) => Complex64::ZERO,
            (false, _) => trace(0, n),
        };
    }
    image * Complex64::from(scale)
}

/// The iteration `M ← ½(M + (E − 𝒮(M))⁻¹)` from `start` until it rests.
fn fixed_point(
    z: Complex64,
    n: usize,
    start: Array2<Complex64>,
    flaw: Flaw,
) -> Result<Array2<Complex64>, CheckError> {
    let size = start.nrows();
    let diagonal = (0..size).map(|k| if k < n { -z } else { Complex64::from(-1.0) });
    let e = Array2::from_diag(&diagonal.collect::<ndarray::Array1<_>>());
    let mut m = start;
    for _ in 0..400 {
        let image = complex_inverse((&e - &superoperator(&m, n, flaw)).view())?;
        let change = largest((&image - &m).iter().map(|x| x.norm()));
        m = (m + image) * Complex64::from(0.5);
        if change < 1e-14 {
            break;
        }
    }
    Ok(m)
}

/// The fixed point against the claimed one: as it is, without its block 2,2, with 1/n for 1/d.
fn fixed_points(ctx: &Context) -> Result<[Vec<f64>; 3], CheckError> {
    let (mut right, mut lame, mut scaled) = (vec![], vec![], vec![]);
    for (k, (n, d)) in [(3, 6), (4, 4), (6, 3)].into_iter().enumerate() {
        let law = MarchenkoPastur::new(n as f64 / d as f64)?;
        for z in points() {
            let mut rng = ctx.streams().stream(k as u64);
            let noise = EntryLaw::Gaussian.matrix(n + d, n + d, &mut rng) * 0.1;
            let start = noise.mapv(Complex64::from)
                + Array2::<Complex64>::eye(n + d) * Complex64::new(0.0, 1.0);
            let m = law.stieltjes(z);
            let second = -(1.0 + law.gamma() * m).inv();
            let diagonal = (0..n + d).map(|k| if k < n { m } else { second });
            let predicted = Array2::from_diag(&diagonal.collect::<ndarray::Array1<_>>());
            let apart = |flaw| -> Result<f64, CheckError> {
                let found = fixed_point(z, n, start.clone(), flaw)?;
                Ok(largest((&found - &predicted).iter().map(|x| x.norm())))
            };
            right.push(apart(Flaw::None)?);
            lame.push(apart(Flaw::NoSecondBlock)?);
            if n != d {
                scaled.push(apart(Flaw::OneOverN)?);
            }
        }
    }
    Ok([right, lame, scaled])
}

/// The blocks of sampled resolvents: 1,1 and 2,2 as claimed, and 2,2 near −I.
fn sampled(ctx: &Context) -> Result<[Ladder; 3], CheckError> {
    let (mut first, mut second, mut without) =
        (Ladder::default(), Ladder::default(), Ladder::default());
    for gamma in [0.5, 2.0] {
        let law = MarchenkoPastur::new(gamma)?;
        for n in ctx.choose([16, 48, 128], [20, 80, 240], [40, 160, 640]) {
            let d = (n as f64 / gamma) as usize;
            for seed in 0..(480 / n as u64).max(6) {
                let index = 10_000 * n as u64 + (100.0 * gamma) as u64 * 10 + seed;
                let x = EntryLaw::Gaussian.matrix(n, d, &mut ctx.streams().stream(index));
                let long = symmetric_eigenvalues((gram(x.view()) / d as f64).view())?;
                let (mut one, mut two, mut bare) = (vec![], vec![], vec![]);
                for z in points() {
                    let m = law.stieltjes(z);
                    let sampled = empirical_stieltjes(&long, z);
                    // The 2,2 block of the resolvent is z(XᵀX/d − z)⁻¹, with d − n more zeros.
                    let block = z * (gamma * sampled - (1.0 - gamma) / z);
                    one.push(sampled - m);
                    two.push(block + (1.0 + gamma * m).inv());
                    bare.push(block + 1.0);
                }
                first.push(n as f64, rms(one));
                second.push(n as f64, rms(two));
                without.push(n as f64, rms(bare));
            }
        }
    }
    Ok([first, second, without])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let [right, lame, scaled] = fixed_points(ctx)?;
    let [first, second, without] = sampled(ctx)?;
    let cases = right.len();
    // The iteration contracts by at most ½(1 + q), q the distance from 1 of its worst direction at
    // Im z = ½: it rests at some 1e3 times its last change.
    let evidence = vec![
        Measurement::rounding(
            "‖M − diag(m, −1/(1+(n/d)m))‖ of the fixed point",
            cases,
            largest(right),
            1e-11,
        ),
        first.measure("|(1/n)Tr R₁₁ − m| against n", -0.5)?,
        second.measure("|(1/d)Tr R₂₂ + 1/(1+(n/d)m)|", -0.5)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed(
            "([[−z, 0], [0, −I_d]] − 𝒮(M))⁻¹ = M, 𝒮 block-diagonal",
            &evidence,
        ),
        evidence,
        controls: vec![
            Measurement::rounding("𝒮₂₂ dropped", cases, largest(lame), 1e-11),
            Measurement::rounding("1/n for 1/d", scaled.len(), largest(scaled), 1e-11),
            without.measure("R₂₂ near −I_d", -0.5)?,
        ],
        ..Finding::default()
    })
}
