//! The four blocks of `𝒮(M) = E[[A°ᵀM₂₂A°, A°ᵀM₂₁A°ᵀ], [A°M₁₂A°, A°M₁₁A°ᵀ]]`, exactly.
//!
//! Slide 'Superoperator computation' prints the diagonal blocks with ≈: for deterministic M they are
//! equalities. Reach: proved for every n, d, p, G and M; beside it exact integers: M and G are small integers, x
//! follows a law with the Gaussian's moments to order 5, and pd = 4, so that no division rounds. Controls: the
//! off-diagonal blocks as 0, and not transposed, the sum of M₁₁ for its trace, ω for ω°.

use crate::proofs::superoperator::NTK;
use ndarray::{Array1, Array2, Axis};
use num_complex::Complex64;
use rand::RngExt;
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::dyson;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::linearization::Blocks;
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "superoperator",
    section: 7,
    slide: "Superoperator computation",
    statement: "E[A°ᵀM₂₂A°] = (1/pd)⟨𝒬,M₂₂⟩I_n, E[A°M₁₁A°ᵀ] = (1/pd)Tr(M₁₁)𝒬, E[A°ᵀM₂₁A°ᵀ] = (1/pd)(𝒬M₂₁)ᵀ, E[A°M₁₂A°] = (1/pd)(M₁₂𝒬)ᵀ.",
    uses: &["covariance", "linearization"],
    assumes: &[],
    check,
};

const D: usize = 2;
const P: usize = 2;
const N: usize = 2;
/// Values and weights of the law of x, weights over 12.
const LAW: [(f64, f64); 5] = [(-2.0, 1.0), (-1.0, 2.0), (0.0, 6.0), (1.0, 2.0), (2.0, 1.0)];

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut rng = ctx.streams().stream(0);
    let mut integer = |rows, cols| {
        Array2::from_shape_simple_fn((rows, cols), || f64::from(rng.random_range(-3..=3)))
    };
    let g = integer(D, P);
    let m = [
        integer(N, N),
        integer(N, D * P),
        integer(D * P, N),
        integer(D * P, D * P),
    ];
    let mut sums = m.each_ref().map(|x| Array2::<f64>::zeros(x.dim()));
    for outcome in 0..LAW.len().pow((N * D) as u32) {
        let (mut rest, mut weight) = (outcome, 1.0);
        let x = Array2::from_shape_simple_fn((N, D), || {
            let (value, w) = LAW[rest % LAW.len()];
            rest /= LAW.len();
            weight *= w;
            value
        });
        // Column i of √(pd) A° is ω^i − G.
        let mut a = Array2::zeros((D * P, N));
        for (x, mut column) in x.axis_iter(Axis(0)).zip(a.columns_mut()) {
            let u = g.t().dot(&x);
            let omega: Array1<f64> = (0..D * P)
                .map(|k| x[k / P] * u[k % P] - g[[k / P, k % P]])
                .collect();
            column.assign(&omega);
        }
        let at = a.t();
        sums[0].scaled_add(weight, &at.dot(&m[3]).dot(&a));
        sums[1].scaled_add(weight, &at.dot(&m[2]).dot(&at));
        sums[2].scaled_add(weight, &a.dot(&m[1]).dot(&a));
        sums[3].scaled_add(weight, &a.dot(&m[0]).dot(&at));
    }
    let total = 12.0_f64.powi((N * D) as i32);
    let complex = |x: &Array2<f64>| x.mapv(Complex64::from);
    let blocks = Blocks {
        m11: complex(&m[0]),
        m12: complex(&m[1]),
        m21: complex(&m[2]),
        m22: complex(&m[3]),
    };
    let q = matricize(linear_covariance(g.view()).view());
    let s = dyson::superoperator(q.view(), &blocks);
    let scale = total * (D * P) as f64;
    // All numbers are integers below 2⁵³: equality is exact.
    let differing = |sum: &Array2<f64>, block: &Array2<Complex64>| {
        sum.iter()
            .zip(block)
            .filter(|(x, y)| Complex64::from(**x) != *y * scale)
            .count()
    };
    let names = ["E[A°ᵀM₂₂A°]", "E[A°ᵀM₂₁A°ᵀ]", "E[A°M₁₂A°]", "E[A°M₁₁A°ᵀ]"];
    let enumerated: Vec<Measurement> = names
        .iter()
        .zip(&sums)
        .zip([&s.m11, &s.m12, &s.m21, &s.m22])
        .map(|((name, sum), block)| {
            Measurement::exact(
                format!("entries of {name}"),
                sum.len(),
                differing(sum, block),
            )
        })
        .collect();
    let printed: f64 = enumerated[0].distance + enumerated[3].distance;
    let zero = Array2::zeros(sums[1].dim());
    let plain = blocks.m12.dot(&complex(&q)) / Complex64::from((D * P) as f64);
    Ok(Finding {
        printed: Printed::judged("(δ_ij/pd)⟨𝒬, M₂₂⟩ and (1/pd)Tr(M₁₁)𝒬, with ≈", printed, 0.0),
        controls: NTK.controls([
            Measurement::exact(
                "no off-diagonal block",
                zero.len(),
                differing(&sums[1], &zero),
            ),
            Measurement::exact(
                "(1/pd)M₁₂𝒬 in the 1,2 block",
                plain.len(),
                differing(&sums[1], &plain),
            ),
        ])?,
        evidence: NTK.evidence(enumerated)?,
        intermediates: vec![(
            "E[A°ᵀM₂₂A°] times 12⁴·pd",
            sums[0].iter().copied().collect(),
        )],
        ..Finding::default()
    })
}
