//! With 𝒮 block-diagonal and E𝒜 = 0: `M₁₁ = I_n/(−z − ⟨𝒬,M₂₂⟩/pd)`, `M₂₂ = −(ℐ + γ₁m𝒬)⁻¹`.
//!
//! Slide 'Superoperator computation' (with ℐ_{n,d} for ℐ_{d,p}). As printed: holds.
//! Reach: proved for every n, d, p and 𝒬; rounding beside it, the two blocks put back into the literal block
//! equation. Controls: the sign of M₂₂, its inverse lost, the factor 1/(pd) for γ₁.

use crate::kit::common::{SHAPES, UNIT, draw_covariance};
use crate::proofs::dyson::BLOCKS;
use ndarray::Array2;
use num_complex::Complex64;
use tensor_dyson::dyson::{scalar, superoperator};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::complex_inverse;
use tensor_dyson::linearization::Blocks;
use tensor_dyson::model::{HermiteData, WeightLaw};
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "dyson-blocks",
    section: 7,
    slide: "Superoperator computation",
    statement: "M₁₁ = I_n/(−z − ⟨𝒬,M₂₂⟩/pd) and M₂₂ = −(ℐ + (1/pd)Tr(M₁₁)𝒬)⁻¹.",
    uses: &["superoperator", "block-diagonal"],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let n = 6;
    let (mut right, mut sign, mut factor) = (vec![], vec![], vec![]);
    for (k, &shape) in SHAPES.iter().enumerate() {
        let phi = HermiteData::new(0.0, 0.8, 1.2)?;
        let mut rng = ctx.streams().stream(k as u64);
        let q = draw_covariance(shape, &WeightLaw::Uniform(2.0), &phi, &mut rng)?;
        let dense = matricize(q.dense().view());
        let size = dense.nrows();
        for z in [Complex64::new(0.5, 0.2), Complex64::new(-1.0, 0.01)] {
            let m = scalar::solve(n as f64 / size as f64, &q, z)?.m;
            let block = |t: Complex64, sign: f64| -> Result<Blocks, CheckError> {
                let one_plus = Array2::eye(size) + dense.mapv(|x| t * x);
                Ok(Blocks {
                    m11: Array2::eye(n) * m,
                    m12: Array2::zeros((n, size)),
                    m21: Array2::zeros((size, n)),
                    m22: complex_inverse(one_plus.view())? * Complex64::from(sign),
                })
            };
            let residual = |blocks: &Blocks| -> Result<f64, CheckError> {
                let free = Blocks {
                    m11: Array2::eye(n) * -z,
                    m12: blocks.m12.clone(),
                    m21: blocks.m21.clone(),
                    m22: Array2::eye(size) * Complex64::from(-1.0),
                };
                let left = free.join() - superoperator(dense.view(), blocks).join();
                let back = complex_inverse(left.view())?;
                let scale = largest(back.iter().map(|x| x.norm()));
                let apart = largest((back - blocks.join()).iter().map(|x| x.norm()));
                // m solves its equation to 1e-12 relatively, the solver's own bound; the inverse adds
                // its size times ε times a condition that |Im z| bounds.
                Ok(apart / (scale * (1e-12 + 10.0 * size as f64 * UNIT / z.im)))
            };
            let tau = m * n as f64 / size as f64;
            right.push(residual(&block(tau, -1.0)?)?);
            sign.push(residual(&block(tau, 1.0)?)?);
            factor.push(residual(&block(m / size as f64, -1.0)?)?);
        }
    }
    let cases = right.len();
    let evidence = BLOCKS.evidence([Measurement::rounding(
        "block equation at the two blocks, in rounding bounds",
        cases,
        largest(right),
        1.0,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("M₁₁ = …I_n, M₂₂ = −(ℐ + (1/pd)Tr(M₁₁)𝒬)⁻¹", &evidence),
        evidence,
        controls: BLOCKS.controls([
            Measurement::rounding("M₂₂ = +(ℐ + γ₁m𝒬)⁻¹", cases, largest(sign), 1.0),
            Measurement::rounding("1/(pd) for n/(pd)", cases, largest(factor), 1.0),
        ])?,
        ..Finding::default()
    })
}
