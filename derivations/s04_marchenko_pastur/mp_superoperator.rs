//! The four blocks of `𝒮(M) = (1/d) E [[XM₂₂Xᵀ, XM₂₁X], [XᵀM₁₂Xᵀ, XᵀM₁₁X]]`, exactly.
//!
//! Slide 'Matrix Dyson Equation for Marchenko–Pastur' prints `diag(Tr M₂₂ I_n, Tr M₁₁ I_d)/d` with ≈. For a
//! deterministic M its diagonal blocks are equalities, and it drops `M₂₁ᵀ` and `M₁₂ᵀ`, which vanish for a
//! block-diagonal M only: incomplete.
//! Reach: proved for every n, d and M, X with independent entries of mean 0 and variance 1. Beside it, exact
//! expectations over Rademacher entries in a prime field.

use crate::kit::common::{RADEMACHER, differing, field_matrix};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use ndarray::Array2;
use num_traits::Zero;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::symbolic::{Polynomial, TensorLaw, Theory};
use tensor_dyson::tensor::Fp61;

pub(crate) const CLAIM: Claim = Claim {
    id: "mp-superoperator",
    section: 4,
    slide: "Matrix Dyson Equation for Marchenko–Pastur",
    settles: &["𝒮(M) for i.i.d. X"],
    statement: r"$$\mathcal S(M) = \frac1d \begin{bmatrix} \mathrm{Tr}\,M_{22}\, I_n & M_{21}^\top \\ M_{12}^\top & \mathrm{Tr}\,M_{11}\, I_d \end{bmatrix}$$ for deterministic $M.$",
    uses: &["mp-linearization"],
    check,
    ..Claim::BLANK
};

fn scalar_matrix(size: usize, value: Fp61) -> Array2<Fp61> {
    Array2::from_diag_elem(size, value)
}

/// How many entries there are, differ; how many are off the diagonal, not 0 there, and differ from the transposed blocks.
fn counts(ctx: &Context) -> [usize; 5] {
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
    [cases, wrong, off, dropped, transposed]
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let [cases, wrong, off, dropped, transposed] = counts(ctx);
    Ok(Finding {
        printed: Printed::completed(
            r"$\mathcal S(M) \approx \tfrac1d \begin{bmatrix} \mathrm{Tr}\,M_{22}\, I_n & 0 \\ 0 & \mathrm{Tr}\,M_{11}\, I_d \end{bmatrix}$",
            dropped as f64,
            0.0,
            wrong as f64,
        )
        .erratum(
            "the off-diagonal blocks are dropped; they vanish for a block-diagonal M only",
            r"$\tfrac1d \begin{bmatrix} \mathrm{Tr}\,M_{22}\, I_n & M_{21}^\top \\ M_{12}^\top & \mathrm{Tr}\,M_{11}\, I_d \end{bmatrix}$",
            dropped as f64 / off as f64,
            "the part of the off-diagonal entries that are not 0, over the shapes checked",
        ),
        evidence: PROOF.evidence([Measurement::exact(
            "entries of the four blocks by enumeration of X",
            cases,
            wrong,
        )])?,
        controls: PROOF.controls([
            Measurement::exact("no off-diagonal blocks, as printed", off, dropped),
            Measurement::exact("M₁₂ for M₂₁ᵀ", off, transposed),
        ])?,
        ..Finding::default()
    })
}

/// All four blocks, exactly, for a deterministic M.
const PROOF: Statement = Statement {
    what: "all four blocks, entries of mean 0 and variance 1",
    prove,
    near_misses,
};

/// A block: the product before the expectation, and its expectation.
type Block<'a> = (&'a str, &'a str, &'a str);

/// The blocks of `d 𝒮(M)` for the matrix `X` itself.
const BLOCKS: [Block; 4] = [
    (
        "X M₂₂ Xᵀ = Tr(M₂₂) I",
        "[i,j] x[i,a] M₂₂[a,c] x[j,c]",
        "[i,j] M₂₂[a,a] δ[i,j]",
    ),
    (
        "X M₂₁ X = M₂₁ᵀ",
        "[i,c] x[i,a] M₂₁[a,j] x[j,c]",
        "[i,c] M₂₁[c,i]",
    ),
    (
        "Xᵀ M₁₂ Xᵀ = M₁₂ᵀ",
        "[a,j] x[i,a] M₁₂[i,c] x[j,c]",
        "[a,j] M₁₂[j,a]",
    ),
    (
        "Xᵀ M₁₁ X = Tr(M₁₁) I",
        "[a,c] x[i,a] M₁₁[i,j] x[j,c]",
        "[a,c] M₁₁[i,i] δ[a,c]",
    ),
];

/// The four blocks for Marchenko–Pastur.
fn prove() -> Outcome {
    blocks_are(&BLOCKS)
}

/// The off-diagonal blocks that the slide sets to 0, and a trace forgotten.
fn near_misses() -> NearMisses {
    let [(trace, product, _), (name, off, _), ..] = BLOCKS;
    vec![
        (
            "as printed, the off-diagonal block is 0",
            blocks_are(&[(name, off, "[i,c] 0")]),
        ),
        (
            "the sum of M₂₂ for its trace",
            blocks_are(&[(trace, product, "[i,j] M₂₂[a,c] δ[a] δ[c] δ[i,j]")]),
        ),
    ]
}

fn blocks_are(blocks: &[Block]) -> Outcome {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] M₁₁[n,n] M₁₂[n,d] M₂₁[d,n] M₂₂[d,d]")?;
    // Nothing is said of cumulants beyond the second, and nothing is needed.
    let law = TensorLaw::Cumulants(vec![Polynomial::zero(), Polynomial::one()]);
    let mut proof = theory.prove("d 𝒮(M), block by block");
    for (name, product, expectation) in blocks {
        proof = proof
            .from(product)?
            .expect("over X", "x", &law)?
            .is(name, expectation)?;
    }
    Ok(proof.done())
}
