//! The four blocks of `𝒮(M) = (1/d) E [[XM₂₂Xᵀ, XM₂₁X], [XᵀM₁₂Xᵀ, XᵀM₁₁X]]`, exactly.
//!
//! Slide 'Matrix Dyson Equation for Marchenko–Pastur' prints `diag(Tr M₂₂ I_n, Tr M₁₁ I_d)/d` with ≈. For a
//! deterministic M its diagonal blocks are equalities, and it drops `M₂₁ᵀ` and `M₁₂ᵀ`, which vanish for a
//! block-diagonal M only: incomplete.
//! Reach: proved for every n, d and M, X with independent entries of mean 0 and variance 1. Beside it, exact
//! expectations over Rademacher entries in a prime field.

use crate::kit::common::{RADEMACHER, differing, field_matrix};
use crate::proofs::superoperator::MARCHENKO_PASTUR;
use ndarray::Array2;
use num_traits::Zero;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::tensor::Fp61;

pub(crate) const CLAIM: Claim = Claim {
    id: "mp-superoperator",
    section: 4,
    slide: "Matrix Dyson Equation for Marchenko–Pastur",
    statement: "𝒮(M) = (1/d)[[Tr M₂₂ I_n, M₂₁ᵀ], [M₁₂ᵀ, Tr M₁₁ I_d]] for deterministic M.",
    uses: &["mp-linearization"],
    assumes: &[],
    check,
};

fn scalar_matrix(size: usize, value: Fp61) -> Array2<Fp61> {
    Array2::from_diag_elem(size, value)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut cases, mut wrong, mut off, mut dropped, mut transposed) = (0, 0, 0, 0, 0);
    for (k, (n, d)) in [(2, 3), (3, 2), (2, 2), (1, 3), (3, 1)]
        .into_iter()
        .enumerate()
    {
        let mut rng = ctx.streams().stream(k as u64);
        let [m11, m12, m21, m22] =
            [(n, n), (n, d), (d, n), (d, d)].map(|(rows, cols)| field_matrix(rows, cols, &mut rng));
        let mut sums = [(n, n), (n, d), (d, n), (d, d)].map(Array2::<Fp61>::zeros);
        RADEMACHER.enumerate(n * d, |entries, probability| {
            let x = Array2::from_shape_fn((n, d), |(i, a)| entries[i * d + a]);
            let xt = x.t();
            let products = [
                x.dot(&m22).dot(&xt),
                x.dot(&m21).dot(&x),
                xt.dot(&m12).dot(&xt),
                xt.dot(&m11).dot(&x),
            ];
            for (sum, product) in sums.iter_mut().zip(products) {
                *sum = &*sum + &(product * probability);
            }
        });
        let trace = |m: &Array2<Fp61>| m.diag().iter().fold(Fp61::zero(), |sum, &x| sum + x);
        let blocks = [
            scalar_matrix(n, trace(&m22)),
            m21.t().to_owned(),
            m12.t().to_owned(),
            scalar_matrix(d, trace(&m11)),
        ];
        for (sum, block) in sums.iter().zip(&blocks) {
            cases += sum.len();
            wrong += differing(sum, block);
        }
        let nothing = |k: usize| differing(&sums[k], &Array2::zeros(sums[k].dim()));
        off += sums[1].len() + sums[2].len();
        dropped += nothing(1) + nothing(2);
        transposed += differing(&sums[1], &m12) + differing(&sums[2], &m21);
    }
    Ok(Finding {
        printed: Printed::completed(
            "𝒮(M) ≈ (1/d)[[Tr M₂₂ I_n, 0], [0, Tr M₁₁ I_d]]",
            dropped as f64,
            0.0,
            wrong as f64,
        )
        .erratum(
            "the off-diagonal blocks are dropped; they vanish for a block-diagonal M only",
            "(1/d)[[Tr M₂₂ I_n, M₂₁ᵀ], [M₁₂ᵀ, Tr M₁₁ I_d]]",
            dropped as f64 / off as f64,
            "the part of the off-diagonal entries that are not 0, over the shapes checked",
        ),
        evidence: MARCHENKO_PASTUR.evidence([Measurement::exact(
            "entries of the four blocks by enumeration of X",
            cases,
            wrong,
        )])?,
        controls: MARCHENKO_PASTUR.controls([
            Measurement::exact("no off-diagonal blocks, as printed", off, dropped),
            Measurement::exact("M₁₂ for M₂₁ᵀ", off, transposed),
        ])?,
        ..Finding::default()
    })
}
