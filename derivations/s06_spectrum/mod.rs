//! Section 6: the spectrum of 𝒬.

mod traces;

use crate::kit::common::{SHAPES, UNIT};
use ndarray::{Array2, ArrayView1};
use tensor_dyson::ledger::Context;
use tensor_dyson::linalg::{LinalgError, Svd, product, svd};
use tensor_dyson::model::EntryLaw;
use tensor_dyson::symbolic::{SymbolicError, Theory};

claims! {
    tau23_action,
    tau24_action,
    two_by_two_block,
    q_square_root,
    q_trace,
    q_trace_of_square,
    q_spectrum,
    q_sum,
    q_limit,
}

/// One Gaussian G a shape, with its singular value decomposition; `sigma(i) = 0` beyond min(d, p).
struct Decomposed {
    g: Array2<f64>,
    svd: Svd,
}

impl Decomposed {
    fn all(ctx: &Context) -> Result<Vec<Self>, LinalgError> {
        SHAPES
            .iter()
            .enumerate()
            .map(|(k, &(d, p))| {
                let g = EntryLaw::Gaussian.matrix(d, p, &mut ctx.streams().stream(k as u64));
                let svd = svd(g.view())?;
                Ok(Decomposed { g, svd })
            })
            .collect()
    }

    fn sigma(&self, i: usize) -> f64 {
        self.svd.singular.get(i).copied().unwrap_or(0.0)
    }

    /// `u^i ⊗ v^j`.
    fn dyad(&self, i: usize, j: usize) -> Array2<f64> {
        outer_of(self.svd.u.column(i), self.svd.v.column(j))
    }

    /// All index pairs (i, j), i over inputs and j over hidden units.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (d, p) = self.g.dim();
        (0..d).flat_map(move |i| (0..p).map(move |j| (i, j)))
    }

    /// The rounding of a few products of length d + p with factors of norm σ₁: each product of length k
    /// errs by at most kε‖·‖‖·‖, the decomposition by a small multiple of (d + p)ε σ₁.
    fn rounding(&self) -> f64 {
        let (d, p) = self.g.dim();
        40.0 * (d + p) as f64 * UNIT * self.sigma(0).powi(2)
    }
}

fn outer_of(u: ArrayView1<'_, f64>, v: ArrayView1<'_, f64>) -> Array2<f64> {
    let column = u.insert_axis(ndarray::Axis(1));
    let row = v.insert_axis(ndarray::Axis(0));
    product(column, row)
}

/// The largest modulus of an entry of the difference.
fn apart(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
    tensor_dyson::ledger::largest((a - b).iter().map(|x| x.abs()))
}

/// What the chains about singular vectors use.
const RULES: [&str; 4] = ["τ₂₃", "τ₂₄", "Wv", "Wᵀu"];

/// `W v^j = σ_j u^j`, `Wᵀ u^i = σ_i v^i`, and the two parts of 𝒬.
fn singular_vectors() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .space("r", "tw")?
        .singular_vectors("W[d,p]", "r", ["u", "σ", "v"])?
        .define("τ₂₃[a,b,c,e] = δ[a,c] W[k,b] W[k,e]")?
        .define("τ₂₄[a,b,c,e] = W[a,e] W[c,b]")?;
    Ok(theory)
}
