//! The four blocks of `𝒮(M) = E[[A°ᵀM₂₂A°, A°ᵀM₂₁A°ᵀ], [A°M₁₂A°, A°M₁₁A°ᵀ]]`, exactly.
//!
//! Slide 'Superoperator computation' prints the diagonal blocks with ≈: for deterministic M they are
//! equalities. Reach: proved for every n, d, p, G and M; beside it exact integers: M and G are small integers, x
//! follows a law with the Gaussian's moments to order 5, and pd = 4, so that no division rounds. Controls: the
//! off-diagonal blocks as 0, and not transposed, the sum of M₁₁ for its trace, ω for ω°.

use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::{Array1, Array2, Axis};
use num_complex::Complex64;
use rand::RngExt;
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::dyson;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::linearization::Blocks;
use tensor_dyson::symbolic::{TensorLaw, Theory};
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "superoperator",
    section: 7,
    slide: "Superoperator computation",
    settles: &["the diagonal blocks of 𝒮(M)"],
    statement: r"$E[A^{\circ\top} M_{22} A^\circ]$ $= \tfrac{1}{pd}\langle\mathcal Q, M_{22}\rangle I_n$, $E[A^\circ M_{11} A^{\circ\top}]$ $= \tfrac{1}{pd}\mathrm{Tr}(M_{11})\,\mathcal Q$, $E[A^{\circ\top} M_{21} A^{\circ\top}]$ $= \tfrac{1}{pd}(\mathcal Q M_{21})^\top$, $E[A^\circ M_{12} A^\circ]$ $= \tfrac{1}{pd}(M_{12}\mathcal Q)^\top.$",
    uses: &["covariance", "linearization"],
    check,
    ..Claim::BLANK
};

const D: usize = 2;
const P: usize = 2;
const N: usize = 2;
/// Values and weights of the law of x, weights over 12.
const LAW: [(f64, f64); 5] = [(-2.0, 1.0), (-1.0, 2.0), (0.0, 6.0), (1.0, 2.0), (2.0, 1.0)];

/// `E A°ᵀM₂₂A°`, `E A°ᵀM₂₁A°ᵀ`, `E A°M₁₂A°` and `E A°M₁₁A°ᵀ` times pd and the sum of all weights, by enumeration of X.
fn enumerated(g: &Array2<f64>, m: &[Array2<f64>; 4]) -> [Array2<f64>; 4] {
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
    sums
}

/// G, and the blocks of M.
fn integers(ctx: &Context) -> (Array2<f64>, [Array2<f64>; 4]) {
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
    (g, m)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (g, m) = integers(ctx);
    let sums = enumerated(&g, &m);
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
    let exact: Vec<Measurement> = names
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
    let printed: f64 = exact[0].distance + exact[3].distance;
    let zero = Array2::zeros(sums[1].dim());
    let plain = blocks.m12.dot(&complex(&q)) / Complex64::from((D * P) as f64);
    Ok(Finding {
        printed: Printed::judged("(δ_ij/pd)⟨𝒬, M₂₂⟩ and (1/pd)Tr(M₁₁)𝒬, with ≈", printed, 0.0),
        controls: PROOF.controls([
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
        evidence: PROOF.evidence(exact)?,
        intermediates: vec![(
            "E[A°ᵀM₂₂A°] times 12⁴·pd",
            sums[0].iter().copied().collect(),
        )],
        ..Finding::default()
    })
}

/// All four blocks, exactly, for a deterministic M.
const PROOF: Statement = Statement {
    what: "all four blocks by Wick's theorem",
    prove,
    near_misses,
};

/// A block: the product before the expectation, and its expectation.
type Block<'a> = (&'a str, &'a str, &'a str);

/// The blocks of `E A°MA°` for `A° = (pd)^{−1/2} Σ_i (ω^i − E ω^i) ⊗ e_i`.
const BLOCKS: [Block; 4] = [
    (
        "𝒜°ᵀM₂₂𝒜° = ⟨𝒬, M₂₂⟩/(pd) I",
        "[i,j] ω°[i,a,b] M₂₂[a,b,c,e] ω°[j,c,e]",
        "[i,j] δ[i,j] 𝒬[a,b,c,e] M₂₂[a,b,c,e]",
    ),
    (
        "𝒜°ᵀM₂₁𝒜°ᵀ = (𝒬M₂₁)ᵀ/(pd)",
        "[i,c,e] ω°[i,a,b] M₂₁[a,b,j] ω°[j,c,e]",
        "[i,c,e] 𝒬[c,e,a,b] M₂₁[a,b,i]",
    ),
    (
        "𝒜°M₁₂𝒜° = (M₁₂𝒬)ᵀ/(pd)",
        "[a,b,j] ω°[i,a,b] M₁₂[i,c,e] ω°[j,c,e]",
        "[a,b,j] M₁₂[j,c,e] 𝒬[c,e,a,b]",
    ),
    (
        "𝒜°M₁₁𝒜°ᵀ = Tr(M₁₁)/(pd) 𝒬",
        "[a,b,c,e] ω°[i,a,b] M₁₁[i,j] ω°[j,c,e]",
        "[a,b,c,e] M₁₁[i,i] 𝒬[a,b,c,e]",
    ),
];

/// The four blocks for the NTK.
fn prove() -> Outcome {
    blocks_are(&BLOCKS, "ω[i,a,b] - δ[i] G[a,b]")
}

/// The blocks that the slide drops, a sum over samples forgotten, and `ω` not centred.
fn near_misses() -> NearMisses {
    let [(name, product, _), ..] = [BLOCKS[1]];
    let (trace_name, trace_product, _) = BLOCKS[3];
    let untraced = [(
        trace_name,
        trace_product,
        "[a,b,c,e] M₁₁[i,j] δ[i] δ[j] 𝒬[a,b,c,e]",
    )];
    vec![
        (
            "the off-diagonal block is 0",
            blocks_are(&[(name, product, "[i,c,e] 0")], CENTRED),
        ),
        (
            "the sum of M₁₁ for its trace",
            blocks_are(&untraced, CENTRED),
        ),
        ("ω for ω°", blocks_are(&BLOCKS, "ω[i,a,b]")),
    ]
}

const CENTRED: &str = "ω[i,a,b] - δ[i] G[a,b]";

fn blocks_are(blocks: &[Block], centred: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] G[d,p] M₁₁[n,n] M₁₂[n,d,p] M₂₁[d,p,n] M₂₂[d,p,d,p]")?
        .define("ω[i,a,b] = x[i,a] G[k,b] x[i,k]")?
        .define(&format!("ω°[i,a,b] = {centred}"))?
        .define("𝒬[a,b,c,e] = δ[a,c] G[k,b] G[k,e] + G[a,e] G[c,b]")?;
    let mut proof =
        theory.prove("pd 𝒮(M), block by block; 𝒜° = (pd)^{−1/2} Σ_i (ω^i − E ω^i) ⊗ e_i");
    for (name, product, expectation) in blocks {
        proof = proof
            .from(product)?
            .rewrite("ω° = ω − E ω, ω = x ⊗ Gᵀx", &["ω°", "ω"])?
            .expect("over X", "x", &TensorLaw::Gaussian)?
            .follows(name, expectation, &["𝒬"])?;
    }
    Ok(proof.done())
}
