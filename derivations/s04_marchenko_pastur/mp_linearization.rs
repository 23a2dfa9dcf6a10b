//! `((1/d)XXᵀ − z)⁻¹` is the 1,1 block of `[[−z, X/√d], [Xᵀ/√d, −1]]⁻¹`.
//!
//! Slide 'Matrix Dyson Equation for Marchenko–Pastur'. As printed: holds.
//! Reach: proved for every n, d and matrix X. The inverse is evaluated beside it, n < d, n = d and n > d.
//! Controls: +1 for −1, the scale 1/√d lost.

use crate::kit::common::{UNIT, frobenius};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::{Array2, concatenate, s};
use num_complex::Complex64;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::complex_inverse;
use tensor_dyson::model::EntryLaw;
use tensor_dyson::symbolic::Theory;

pub(crate) const CLAIM: Claim = Claim {
    id: "mp-linearization",
    section: 4,
    slide: "Matrix Dyson Equation for Marchenko–Pastur",
    settles: &["the resolvent as a block of an inverse"],
    statement: r"$\big(\tfrac1d XX^\top - zI_n\big)^{-1}$ $= \begin{bmatrix} -zI_n & X/\sqrt d \\ X^\top/\sqrt d & -I_d \end{bmatrix}^{-1}_{11}.$",
    check,
    ..Claim::BLANK
};

/// The 1,1 block of `[[−z, Y], [Yᵀ, c]]⁻¹`.
fn block(y: &Array2<Complex64>, z: Complex64, c: f64) -> Result<Array2<Complex64>, CheckError> {
    let (n, d) = y.dim();
    let upper = concatenate![ndarray::Axis(1), Array2::eye(n) * -z, *y];
    let lower = concatenate![ndarray::Axis(1), y.t(), Array2::eye(d) * Complex64::from(c)];
    let inverse = complex_inverse(concatenate![ndarray::Axis(0), upper, lower].view())?;
    Ok(inverse.slice(s![..n, ..n]).to_owned())
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut sign, mut scale) = (vec![], vec![], vec![]);
    for (k, (n, d)) in [(3, 6), (5, 5), (6, 3), (1, 4), (4, 2)]
        .into_iter()
        .enumerate()
    {
        let x = EntryLaw::Gaussian.matrix(n, d, &mut ctx.streams().stream(k as u64));
        let x = x.mapv(Complex64::from);
        let y = &x / Complex64::from((d as f64).sqrt());
        let kernel = y.dot(&y.t());
        for z in [Complex64::new(0.4, 0.3), Complex64::new(-1.0, 0.1)] {
            let exact = complex_inverse((&kernel - &(Array2::<Complex64>::eye(n) * z)).view())?;
            // Both inverses err by a small multiple of ε times size and condition: ‖[[−z, Y], [Yᵀ, −1]]‖
            // is at most 2 + |z| + ‖Y‖, and its inverse, written out in blocks, at most (2 + ‖Y‖)²‖R‖ + 1.
            let (of_y, of_r) = (frobenius(&y), frobenius(&exact));
            let condition = (2.0 + z.norm() + of_y) * ((2.0 + of_y).powi(2) * of_r + 1.0);
            let unit = 10.0 * (n + d) as f64 * UNIT * condition * of_r;
            let far = |block: Array2<Complex64>| frobenius(&(block - &exact)) / unit;
            right.push(far(block(&y, z, -1.0)?));
            sign.push(far(block(&y, z, 1.0)?));
            scale.push(far(block(&x, z, -1.0)?));
        }
    }
    let cases = right.len();
    let evidence = PROOF.evidence([Measurement::rounding(
        "the 1,1 block, in rounding bounds",
        cases,
        largest(right),
        1.0,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed(
            "((1/d)XXᵀ − zI)⁻¹ = [[−z, X/√d], [Xᵀ/√d, −1]]⁻¹₁₁",
            &evidence,
        ),
        evidence,
        controls: PROOF.controls([
            Measurement::rounding("+1 for −1", cases, largest(sign), 1.0),
            Measurement::rounding("X for X/√d", cases, largest(scale), 1.0),
        ])?,
        ..Finding::default()
    })
}

/// The inverse is written out and multiplied block by block.
const PROOF: Statement = Statement {
    what: "the inverse multiplied out, block by block",
    prove,
    near_misses,
};

/// `((1/d)XXᵀ − z)⁻¹` is the block 1,1 of `[[−z, Y], [Yᵀ, −1]]⁻¹`, `Y = X/√d`.
fn prove() -> Outcome {
    product_with("-", "-")
}

/// The same signs wrong.
fn near_misses() -> NearMisses {
    vec![
        ("+1 for −1", product_with("+", "-")),
        ("YᵀRY + 1 in the inverse", product_with("-", "+")),
    ]
}

fn product_with(identity: &str, inverse: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .scalars("z")?
        .tensors("Y[n,d]")?
        .inverse("R", &[vec![1, 0]], "[i,j] Y[i,a] Y[j,a] - z δ[i,j]")?
        .rule("R", "[i,l] Y[i,a] Y[j,a] R[j,l] = δ[i,l] + z R[i,l]")?;
    let corner = format!("(Y[j,a] R[j,l] Y[l,c] {inverse} δ[a,c])");
    let proof = theory
        .prove("[[−z, Y], [Yᵀ, −1]] · [[R, RY], [YᵀR, YᵀRY − 1]] = 1, Y = X/√d, R = (YYᵀ − z)⁻¹")
        .from("[i,l] -z R[i,l] + Y[i,a] Y[j,a] R[j,l]")?
        .follows("block 1,1: YYᵀR = 1 + zR", "[i,l] δ[i,l]", &["R"])?
        .from(&format!("[i,c] -z R[i,l] Y[l,c] + Y[i,a] {corner}"))?
        .follows("block 1,2", "[i,c] 0", &["R"])?
        .from(&format!("[a,l] Y[j,a] R[j,l] {identity} Y[j,a] R[j,l]"))?
        .follows("block 2,1", "[a,l] 0", &["R"])?
        .from(&format!("[a,c] Y[i,a] R[i,l] Y[l,c] {identity} {corner}"))?
        .follows("block 2,2", "[a,c] δ[a,c]", &["R"])?;
    Ok(proof.done())
}
