//! L blocks of features side by side, `K = Σ_l (1/d)XXᵀ ∘ (1/p)φ_l(XW_l/√d)φ_l(XW_l/√d)ᵀ`: the law tends to the Marchenko–Pastur map at ratio γ₁/L of
//! the law of L·𝒬, 𝒬 the covariance of the `L·dp` features together, its cross terms included.
//!
//! Beyond the talk; derived here: K is `1/(Ldp)` times the Gram matrix of features √L ω in L·dp dimensions, and with `G = [α₁W₁, …, α_LW_L]/√d`,
//! `𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) + τ₂₃(I⊗C)`, `C = diag(c_l)`: the talk's form for one layer whose neurons have activations of their own.
//! It needs the quadratic forms of ω to concentrate, which the samples test. Reach: L = 2, (x, x) and (x, step), fitted rates in d.
//! Controls: γ₁ for γ₁/L, 𝒬 for L·𝒬, and the blocks' own covariances side by side.

use super::SLIDE;
use crate::kit::common::{halfway, points, rms};
use crate::kit::draw::ladders;
use ndarray::{Array1, Array2, Axis as Along, concatenate};
use tensor_dyson::covariance::{linear_covariance, linear_eigenvalues};
use tensor_dyson::dyson::scalar;
use tensor_dyson::ledger::{CheckError, Claim, Context, Figure, Finding, Printed};
use tensor_dyson::linalg::{product, singular_values, symmetric_eigenvalues};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{Activation, EntryLaw, Sizes, hadamard_gram};
use tensor_dyson::spectrum::empirical_stieltjes;
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "blocks",
    section: 12,
    slide: SLIDE,
    settles: &["blocks of features"],
    statement: r"$L$ blocks of $dp$ features, $n/(dp) \to \gamma_1$: the law of the kernels' sum $\to$ MP map at $\gamma_1/L$ of the law of $L\cdot\mathcal Q$, $\mathcal Q$ that of all blocks together.",
    uses: &["weights-law", "scalar"],
    check,
    ..Claim::BLANK
};

/// The eigenvalues of `𝒬` for G (d×P) and the diagonal C of length P.
fn eigenvalues(g: &Array2<f64>, c: &Array1<f64>) -> Result<Vec<f64>, CheckError> {
    if c.iter().all(|&x| x == 0.0) {
        let (d, width) = g.dim();
        let singular = singular_values(g.view())?;
        return Ok(linear_eigenvalues(&singular, d, width).expanded());
    }
    let mut q = matricize(linear_covariance(g.view()).view());
    let width = c.len();
    for (k, x) in q.diag_mut().iter_mut().enumerate() {
        *x += c[k % width];
    }
    let values = symmetric_eigenvalues(q.view())?;
    Ok(values.into_iter().map(|x| x.max(0.0)).collect())
}

/// One block: its features, `αW/√d` and the shift.
struct Block {
    features: Array2<f64>,
    g: Array2<f64>,
    c: Array1<f64>,
}

/// The errors of one sample: right, γ₁ for γ₁/2, 𝒬 for 2𝒬, the blocks side by side.
fn errors(
    ctx: &Context,
    sizes: Sizes,
    activations: &[Activation; 2],
    stream: u64,
) -> Result<[f64; 4], CheckError> {
    let rng = &mut ctx.streams().stream(stream);
    let x = EntryLaw::Gaussian.matrix(sizes.n, sizes.d, rng);
    let blocks = activations.each_ref().map(|phi| {
        let v = EntryLaw::Gaussian.matrix(sizes.d, sizes.p, rng) / (sizes.d as f64).sqrt();
        let data = phi.hermite_data();
        Block {
            features: product(x.view(), v.view()).mapv(|u| phi.phi(u)),
            g: v * data.alpha(),
            c: Array1::from_elem(sizes.p, data.shift()),
        }
    });
    let [one, two] = &blocks;
    let join = |a: &Array2<f64>, b: &Array2<f64>| concatenate(Along(1), &[a.view(), b.view()]);
    // XXᵀ/d ∘ FFᵀ/(2p), twice.
    let kernel = hadamard_gram(x.view(), join(&one.features, &two.features)?.view()) * 2.0;
    let spectrum = symmetric_eigenvalues(kernel.view())?;
    let all = concatenate(Along(0), &[one.c.view(), two.c.view()])?;
    let together = eigenvalues(&join(&one.g, &two.g)?, &all)?;
    let mut apart = eigenvalues(&one.g, &one.c)?;
    apart.extend(eigenvalues(&two.g, &two.c)?);
    let law = |scale: f64, q: &[f64]| Atoms::empirical(q.iter().map(|x| scale * x).collect());
    let gamma = sizes.gamma_1();
    let cases = [
        (0.5 * gamma, law(2.0, &together)?),
        (gamma, law(2.0, &together)?),
        (0.5 * gamma, law(1.0, &together)?),
        (0.5 * gamma, law(2.0, &apart)?),
    ];
    let mut out = [0.0; 4];
    for (slot, (gamma, law)) in out.iter_mut().zip(&cases) {
        let mut differences = vec![];
        for z in points() {
            let s = scalar::solve(*gamma, law, z)?.m;
            differences.push(empirical_stieltjes(&spectrum, z) - s);
        }
        *slot = rms(differences);
    }
    Ok(out)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut evidence, mut controls, mut figures) = (vec![], vec![], vec![]);
    let rate = halfway(1.0);
    let x = Activation::Identity;
    // Two wide linear blocks share one space of symmetric matrices, which side by side they would have each.
    for (k, (name, activations, gamma_2)) in [
        ("(x, x)", [x.clone(), x.clone()], 1.5),
        ("(x, step)", [x, Activation::Step], 0.75),
    ]
    .into_iter()
    .enumerate()
    {
        let tops = ctx.choose([4, 6, 9], [5, 8, 12], [8, 14, 22]);
        let [right, ratio, scale, apart] = &ladders(tops, 2, |d, seed| {
            let sizes = Sizes::quadratic(d, 1.0, gamma_2)?;
            let stream = 1_000_000 * k as u64 + 1000 * d as u64 + seed;
            errors(ctx, sizes, &activations, stream)
        })?;
        evidence.push(right.measure(&format!("|s_emp − s| against d, {name}"), rate)?);
        controls.push(ratio.measure(&format!("γ₁ for γ₁/L, {name}"), rate)?);
        controls.push(scale.measure(&format!("𝒬 for L·𝒬, {name}"), rate)?);
        if k == 0 {
            controls.push(apart.measure(&format!("no cross terms, {name}"), rate)?);
            figures.push(Figure::rates(
                "blocks",
                "Two linear blocks of features: the law of all of them together",
                "d",
                "rms |s_emp − s|",
                &[("together", right), ("without cross terms", apart)],
            )?);
        }
    }
    Ok(Finding {
        printed: Printed::as_claimed("Main result, L blocks", &evidence),
        evidence,
        controls,
        figures,
        ..Finding::default()
    })
}
