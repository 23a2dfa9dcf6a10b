//! `𝒜ᵀ𝒜 = NTK`, and `(𝒜ᵀ𝒜 − z)⁻¹` is the 1,1 block of `[[−z, 𝒜ᵀ], [𝒜, −ℐ_{d,p}]]⁻¹`.
//!
//! Slide 'Tensor Dyson Equation' (it writes ℐ_{n,d} once for ℐ_{d,p}; that block cannot even be added). As
//! printed: holds.
//! Reach: proved for every n, d, p and 𝒜; rounding beside it, with the condition of the inverses measured.
//! Controls: ℐ_{n,d}, +ℐ, a sign in the inverse, half the resolvent.

use crate::kit::common::{SHAPES, UNIT, frobenius};
use crate::proofs::linearization::NTK;
use ndarray::Array2;
use num_complex::Complex64;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::complex_inverse;
use tensor_dyson::linearization::{block_resolvent, flatten, linearization, linearized_matrix};
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw, ntk};

pub(crate) const CLAIM: Claim = Claim {
    id: "linearization",
    section: 7,
    slide: "Tensor Dyson Equation",
    statement: "𝒜ᵀ𝒜 = NTK, and (𝒜ᵀ𝒜 − z)⁻¹ = ([[−z, 𝒜ᵀ], [𝒜, −ℐ_{d,p}]]⁻¹)₁₁.",
    uses: &["gram"],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut kernels, mut blocks, mut plus, mut halved) = (vec![], vec![], vec![], vec![]);
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
    let cases = blocks.len();
    let evidence = NTK.evidence([
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
        controls: NTK.controls([
            Measurement::rounding("+ℐ for −ℐ", cases, largest(plus), 1.0),
            Measurement::rounding("half the resolvent", cases, largest(halved), 1.0),
        ])?,
        ..Finding::default()
    })
}
