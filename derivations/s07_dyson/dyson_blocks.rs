//! With 𝒮 block-diagonal and E𝒜 = 0: `M₁₁ = I_n/(−z − ⟨𝒬,M₂₂⟩/pd)`, `M₂₂ = −(ℐ + γ₁m𝒬)⁻¹`.
//!
//! Slide 'Superoperator computation' (with ℐ_{n,d} for ℐ_{d,p}). As printed: holds.
//! Reach: proved for every n, d, p and 𝒬; rounding beside it, the two blocks put back into the literal block
//! equation. Controls: the sign of M₂₂, its inverse lost, the factor 1/(pd) for γ₁.

use super::solution;
use crate::kit::common::{SHAPES, UNIT, draw_covariance};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array2;
use num_complex::Complex64;
use tensor_dyson::dyson::{scalar, superoperator};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::complex_inverse;
use tensor_dyson::linearization::Blocks;
use tensor_dyson::model::{HermiteData, WeightLaw};
use tensor_dyson::symbolic::{SymbolicError, Theory};
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "dyson-blocks",
    section: 7,
    slide: "Superoperator computation",
    settles: &["M₁₁ and M₂₂"],
    statement: r"$M_{11} = I_n$ $/\big(-z - \langle\mathcal Q, M_{22}\rangle/pd\big)$ and $M_{22} = -\big(\mathcal I + \tfrac{1}{pd}\mathrm{Tr}(M_{11})\mathcal Q\big)^{-1}.$",
    uses: &["superoperator", "block-diagonal"],
    check,
    ..Claim::BLANK
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
    let evidence = PROOF.evidence([Measurement::rounding(
        "block equation at the two blocks, in rounding bounds",
        cases,
        largest(right),
        1.0,
    )])?;
    Ok(Finding {
        printed: Printed::as_claimed("M₁₁ = …I_n, M₂₂ = −(ℐ + (1/pd)Tr(M₁₁)𝒬)⁻¹", &evidence),
        evidence,
        controls: PROOF.controls([
            Measurement::rounding("M₂₂ = +(ℐ + γ₁m𝒬)⁻¹", cases, largest(sign), 1.0),
            Measurement::rounding("1/(pd) for n/(pd)", cases, largest(factor), 1.0),
        ])?,
        ..Finding::default()
    })
}

/// The two blocks.
const PROOF: Statement = Statement {
    what: "the blocks solve the equation, and every M₁₁ is mI",
    prove,
    near_misses,
};

const SOLUTION: [&str; 6] = ["M₁₁", "M₂₂", "q", "z", "1/m", "R"];

/// `M₁₁ = mI`, `M₂₂ = −(ℐ + γ₁m𝒬)⁻¹` solve the block equation, and every solution's `M₁₁` is `mI`.
fn prove() -> Outcome {
    blocks_with("-R[a,b,c,e]")
}

/// The second block with the printed equation's sign lost, and without the inverse.
fn near_misses() -> NearMisses {
    vec![
        ("M₂₂ = +(ℐ + γ₁m𝒬)⁻¹", blocks_with("R[a,b,c,e]")),
        (
            "M₂₂ = −(ℐ + γ₁m𝒬)",
            blocks_with("-δ[a,c] δ[b,e] - n p^-1 d^-1 m 𝒬[a,b,c,e]"),
        ),
    ]
}

fn blocks_with(lower: &str) -> Outcome {
    let theory = solution(lower)?;
    let arbitrary = arbitrary_solution()?;
    let solves = theory
        .prove("(E − 𝒮(M)) M = 1 with γ₁ = n/(pd), m(−z − ⟨𝒬, M₂₂⟩/(pd)) = 1")
        .from("[i,j] -z M₁₁[i,j] - p^-1 d^-1 𝒬[a,b,c,e] M₂₂[a,b,c,e] M₁₁[i,j]")?
        .follows("block 1,1, M₁₁ = mI", "[i,j] δ[i,j]", &SOLUTION)?
        .from("[a,b,k,f] -M₂₂[a,b,k,f] - p^-1 d^-1 M₁₁[i,i] 𝒬[a,b,c,e] M₂₂[c,e,k,f]")?
        .follows("block 2,2, M₂₂ = −R", "[a,b,k,f] δ[a,k] δ[b,f]", &SOLUTION)?
        .done();
    let unique = arbitrary
        .prove("")
        .from("-z′ m′ - q′ m′")?
        .follows(
            "the trace of block 1,1, m′ = Tr M′/n",
            "1",
            &["m′", "block"],
        )?
        .from("[i,j] m′ δ[i,j]")?
        .follows(
            "block 1,1 times m′",
            "[i,j] -(z′ + q′) m′ M′[i,j]",
            &["block"],
        )?
        .follows("m′(−z′ − q′) = 1", "[i,j] M′[i,j]", &["trace"])?
        .done();
    Ok(solves.and(unique)?)
}

/// Any `M′` for `M₁₁` with `(−z′ − q′)M′ = I`; the primes tell it from the solution above, where `z` is made of `m`.
fn arbitrary_solution() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .scalars("z′")?
        .tensors("q′")?
        .inverse("M′", &[vec![1, 0]], "[i,j] -z′ δ[i,j] - q′ δ[i,j]")?
        .rule("block", "[i,j] q′ M′[i,j] = -δ[i,j] - z′ M′[i,j]")?
        .define("m′ = n^-1 M′[i,i]")?
        .rule("trace", "q′ m′ = -1 - z′ m′")?;
    Ok(theory)
}
