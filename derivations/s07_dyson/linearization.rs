//! `𝒜ᵀ𝒜 = NTK`, and `(𝒜ᵀ𝒜 − z)⁻¹` is the 1,1 block of `[[−z, 𝒜ᵀ], [𝒜, −ℐ_{d,p}]]⁻¹`.
//!
//! Slide 'Tensor Dyson Equation' (it writes ℐ_{n,d} once for ℐ_{d,p}; that block cannot even be added). As
//! printed: holds.
//! Reach: proved for every n, d, p and 𝒜; rounding beside it, with the condition of the inverses measured.
//! Controls: ℐ_{n,d}, +ℐ, a sign in the inverse, half the resolvent.

use crate::kit::common::{SHAPES, UNIT, frobenius};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array2;
use num_complex::Complex64;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::complex_inverse;
use tensor_dyson::linearization::{block_resolvent, flatten, linearization, linearized_matrix};
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw, ntk};
use tensor_dyson::symbolic::Theory;

pub(crate) const CLAIM: Claim = Claim {
    id: "linearization",
    section: 7,
    slide: "Tensor Dyson Equation",
    settles: &["𝒜ᵀ𝒜 = NTK, its resolvent as a block of an inverse"],
    statement: r"$\mathcal A^\top\mathcal A = \mathrm{NTK}$, and $$(\mathcal A^\top\mathcal A - z)^{-1} = \begin{bmatrix} -z & \mathcal A^\top \\ \mathcal A & -\mathcal I_{d,p} \end{bmatrix}^{-1}_{11}.$$",
    uses: &["gram"],
    check,
    ..Claim::BLANK
};

/// In rounding bounds: 𝒜ᵀ𝒜 against the NTK; and against the resolvent the block 1,1, that with +ℐ for −ℐ, half of it.
fn distances(ctx: &Context) -> Result<[Vec<f64>; 4], CheckError> {
    let [mut kernels, mut blocks, mut plus, mut halved] = [const { vec![] }; 4];
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let sizes = Sizes { n: 5, d, p };
        let mut rng = ctx.streams().stream(k as u64);
        let sample = NtkSample::draw(
            sizes,
            EntryLaw::Gaussian,
            &WeightLaw::Uniform(2.0),
            &mut rng,
        );
        for phi in [Activation::Identity, Activation::Cos] {
            let kernel = ntk(sample.x.view(), sample.w.view(), sample.a.view(), &phi)?;
            let a = linearization(sample.x.view(), sample.features(&phi).view());
            let flat = flatten(a.view());
            let size = (d * p + sizes.n) as f64;
            let scale = kernel.iter().map(|x| x * x).sum::<f64>().sqrt();
            let apart = largest((flat.t().dot(&flat) - &kernel).iter().map(|x| x.abs()));
            kernels.push(apart / (10.0 * size * UNIT * scale));
            for z in [Complex64::new(0.4, 0.3), Complex64::new(-1.0, 0.01)] {
                let shifted = kernel.mapv(Complex64::from) - Array2::<Complex64>::eye(sizes.n) * z;
                let exact = complex_inverse(shifted.view())?;
                let linear = linearized_matrix(a.view(), z);
                let inverse = block_resolvent(a.view(), z)?;
                // ε times size, times the condition numbers of both inverses.
                let condition = frobenius(&linear) * frobenius(&inverse.join())
                    + frobenius(&shifted) * frobenius(&exact);
                let unit = 10.0 * size * UNIT * condition * frobenius(&inverse.join());
                let far = |m: &Array2<Complex64>| frobenius(&(m - &exact)) / unit;
                blocks.push(far(&inverse.m11));
                let mut wrong = linear.clone();
                for i in sizes.n..wrong.nrows() {
                    wrong[[i, i]] = Complex64::from(1.0);
                }
                let inverse = complex_inverse(wrong.view())?;
                let n = sizes.n;
                plus.push(far(&inverse.slice(ndarray::s![..n, ..n]).to_owned()));
                halved.push(far(&(&exact * Complex64::from(0.5))));
            }
        }
    }
    Ok([kernels, blocks, plus, halved])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let [kernels, blocks, plus, halved] = distances(ctx)?;
    let cases = blocks.len();
    let evidence = PROOF.evidence([
        Measurement::rounding(
            "𝒜ᵀ𝒜 = NTK, in rounding bounds",
            kernels.len(),
            largest(kernels),
            1.0,
        ),
        Measurement::rounding(
            "the 1,1 block, in rounding bounds",
            cases,
            largest(blocks),
            1.0,
        ),
    ])?;
    Ok(Finding {
        printed: Printed::as_claimed("(𝒜ᵀ𝒜 − z)⁻¹ = [[−z, 𝒜ᵀ], [𝒜, −ℐ]]⁻¹₁₁", &evidence),
        evidence,
        controls: PROOF.controls([
            Measurement::rounding("+ℐ for −ℐ", cases, largest(plus), 1.0),
            Measurement::rounding("half the resolvent", cases, largest(halved), 1.0),
        ])?,
        ..Finding::default()
    })
}

/// The inverse is written out and multiplied block by block.
/// The slides' `ℐ_{n,d}` is `ℐ_{d,p}`: with the other one the product cannot even be typed.
const PROOF: Statement = Statement {
    what: "the inverse multiplied out, block by block",
    prove,
    near_misses,
};

/// `(𝒜ᵀ𝒜 − z)⁻¹` is the block 1,1 of `[[−z, 𝒜ᵀ], [𝒜, −ℐ_{d,p}]]⁻¹`.
fn prove() -> Outcome {
    product_with("-", "-")
}

/// The lower right block, or that of the inverse, with the wrong sign.
fn near_misses() -> NearMisses {
    vec![
        ("+ℐ for −ℐ", product_with("+", "-")),
        ("𝒜R𝒜ᵀ + ℐ in the inverse", product_with("-", "+")),
        (
            "as printed once, ℐ_{n,d} for ℐ_{d,p} in block 2,2",
            printed_identity(),
        ),
    ]
}

fn product_with(identity: &str, inverse: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .scalars("z")?
        .tensors("𝒜[d,p,n]")?
        .inverse("R", &[vec![1, 0]], "[i,j] 𝒜[a,b,i] 𝒜[a,b,j] - z δ[i,j]")?
        .rule("R", "[i,l] 𝒜[a,b,i] 𝒜[a,b,j] R[j,l] = δ[i,l] + z R[i,l]")?;
    let corner = format!("(𝒜[a,b,j] R[j,l] 𝒜[c,e,l] {inverse} δ[a,c] δ[b,e])");
    let outer = format!("(𝒜[k,f,j] R[j,l] 𝒜[c,e,l] {inverse} δ[k,c] δ[f,e])");
    let minus_i = |at: &str| format!("{identity} δ[k,a] δ[f,b] {at}");
    let proof = theory
        .prove("[[−z, 𝒜ᵀ], [𝒜, −ℐ]] · [[R, R𝒜ᵀ], [𝒜R, 𝒜R𝒜ᵀ − ℐ]] = 1, R = (𝒜ᵀ𝒜 − z)⁻¹")
        .from("[i,l] -z R[i,l] + 𝒜[a,b,i] 𝒜[a,b,j] R[j,l]")?
        .follows("block 1,1: 𝒜ᵀ𝒜R = 1 + zR", "[i,l] δ[i,l]", &["R"])?
        .from(&format!("[i,c,e] -z R[i,l] 𝒜[c,e,l] + 𝒜[a,b,i] {corner}"))?
        .follows("block 1,2", "[i,c,e] 0", &["R"])?
        .from(&format!(
            "[k,f,l] 𝒜[k,f,j] R[j,l] {}",
            minus_i("𝒜[a,b,j] R[j,l]")
        ))?
        .follows("block 2,1", "[k,f,l] 0", &["R"])?
        .from(&format!(
            "[k,f,c,e] 𝒜[k,f,i] R[i,l] 𝒜[c,e,l] {identity} {outer}"
        ))?
        .follows("block 2,2", "[k,f,c,e] δ[k,c] δ[f,e]", &["R"])?;
    Ok(proof.done())
}

/// `ℐ_{n,d}` is the identity of n×d matrices, of trace nd; block 2,2 acts on d×p ones, where it is dp.
fn printed_identity() -> Outcome {
    let theory = Theory::new();
    let proof = theory
        .prove("the trace of the identity in block 2,2 of the linearization")
        .from("δ[a,a] δ[b,b]")?
        .is("as printed", "δ[i,i] δ[a,a]")?;
    Ok(proof.done())
}
