//! The catalogue of the derivation's tensors, each computed by the library from X, W, a, φ and z.

use super::super::CommandError;
use ndarray::{Array1, Array2, Array3, Array4, ArrayBase, ArrayD, Data, Dimension, Ix0};
use num_complex::Complex64;
use std::cell::OnceCell;
use tensor_dyson::covariance::{Covariance, braided_covariance};
use tensor_dyson::dyson::{exchangeable, literal, superoperator};
use tensor_dyson::linalg::{complex_inverse, symmetric_eigen, symmetric_eigenvalues};
use tensor_dyson::linearization::{
    Blocks, block_resolvent, feature_tensor, linearization, mean_linearization,
};
use tensor_dyson::model::{Activation, HermiteData, NtkSample, ntk};
use tensor_dyson::tensor::{matricize, outer, tau_23};

/// A tensor that can be shown.
pub(crate) struct Entry {
    /// Its name on the command line and in the archive.
    pub name: &'static str,
    /// The names of its indices.
    pub indices: &'static [&'static str],
    /// What it is.
    pub meaning: &'static str,
}

const fn entry(
    name: &'static str,
    indices: &'static [&'static str],
    meaning: &'static str,
) -> Entry {
    Entry {
        name,
        indices,
        meaning,
    }
}

/// All tensors: i, j run over samples, a, c over inputs, b, e over hidden units, k over eigenvalues.
pub(crate) const CATALOGUE: [Entry; 31] = [
    entry("X", &["i", "a"], "the samples, n×d"),
    entry("W", &["a", "b"], "the first layer, d×p"),
    entry("a", &["b"], "the output weights"),
    entry("G", &["a", "b"], "G = W D/√d, D = diag(a)"),
    entry("F", &["i", "b"], "the features φ(XW/√d) D"),
    entry("omega", &["i", "a", "b"], "ω^i = x_i ⊗ F_i"),
    entry("A", &["a", "b", "i"], "𝒜 = Σ_i ω^i ⊗ e_i/√(pd)"),
    entry(
        "EA",
        &["a", "b", "i"],
        "E𝒜 = αG ⊗ 1/√(pd) (exact for φ(x) = x)",
    ),
    entry("NTK", &["i", "j"], "the kernel 𝒜ᵀ𝒜"),
    entry("NTK-eigenvalues", &["k"], "the eigenvalues of the kernel"),
    entry("Q", &["a", "b", "c", "e"], "𝒬, the covariance of ω"),
    entry("Q23", &["a", "b", "c", "e"], "its part α² τ₂₃(I⊗GᵀG)"),
    entry("Q24", &["a", "b", "c", "e"], "its part α² τ₂₄(G⊗G)"),
    entry(
        "Qshift",
        &["a", "b", "c", "e"],
        "its part c τ₂₃(I⊗D²), c = β² − α² − c₀²",
    ),
    entry("Qmean", &["a", "b", "c", "e"], "its part c₀² τ₂₃(I⊗aaᵀ)"),
    entry("Q-eigenvalues", &["k"], "the eigenvalues q_k of 𝒬"),
    entry(
        "Q-eigenvectors",
        &["k", "a", "b"],
        "matrices M_k with 𝒬·M_k = q_k M_k, of norm 1",
    ),
    entry("m", &[], "m(z) = (1/n) Tr M₁₁"),
    entry("M11", &["i", "j"], "M₁₁ of the tensor Dyson equation at z"),
    entry("M12", &["i", "a", "b"], "M₁₂ at z"),
    entry("M21", &["a", "b", "i"], "M₂₁ at z"),
    entry("M22", &["a", "b", "c", "e"], "M₂₂ at z"),
    entry(
        "M-residual",
        &[],
        "M put back into the equation: the largest entry of F(M) − M",
    ),
    entry("S11", &["i", "j"], "𝒮(M)₁₁ = (1/pd) ⟨𝒬, M₂₂⟩ I_n"),
    entry("S12", &["i", "a", "b"], "𝒮(M)₁₂ = (1/pd) (𝒬 M₂₁)ᵀ"),
    entry("S21", &["a", "b", "i"], "𝒮(M)₂₁ = (1/pd) (M₁₂ 𝒬)ᵀ"),
    entry("S22", &["a", "b", "c", "e"], "𝒮(M)₂₂ = (1/pd) Tr(M₁₁) 𝒬"),
    entry(
        "R11",
        &["i", "j"],
        "the resolvent (𝒜ᵀ𝒜 − z)⁻¹ of the sample",
    ),
    entry(
        "R12",
        &["i", "a", "b"],
        "the block 1,2 of the linearized resolvent",
    ),
    entry(
        "R21",
        &["a", "b", "i"],
        "the block 2,1 of the linearized resolvent",
    ),
    entry(
        "R22",
        &["a", "b", "c", "e"],
        "the block 2,2 of the linearized resolvent",
    ),
];

/// An array of numbers.
pub(crate) enum Tensor {
    Real(ArrayD<f64>),
    Complex(ArrayD<Complex64>),
}

/// A tensor of the catalogue with its values.
pub(crate) struct Named {
    pub entry: &'static Entry,
    pub tensor: Tensor,
}

fn real<S: Data<Elem = f64>, D: Dimension>(array: &ArrayBase<S, D>) -> Tensor {
    Tensor::Real(array.to_owned().into_dyn())
}

/// Entries a dense tensor may have: 128 MB of complex numbers.
const LIMIT: usize = 1 << 23;

/// Refuses what would not fit.
pub(crate) fn checked(name: &'static str, entries: usize) -> Result<(), CommandError> {
    if entries > LIMIT {
        return Err(CommandError::TooLarge {
            name,
            entries,
            limit: LIMIT,
        });
    }
    Ok(())
}

/// X, W, a, φ and z, with what several tensors share, computed once.
pub(crate) struct Model {
    sample: NtkSample,
    phi: Activation,
    hermite: HermiteData,
    covariance: Covariance,
    z: Complex64,
    solution: OnceCell<Blocks>,
    resolvent: OnceCell<Blocks>,
}

impl Model {
    pub(crate) fn new(
        sample: NtkSample,
        phi: &Activation,
        z: Complex64,
    ) -> Result<Self, CommandError> {
        // The kernel checks the shapes of X, W and a; the covariance that W and a are finite.
        let hermite = phi.hermite_data();
        let covariance = Covariance::new(sample.w.view(), sample.a.view(), &hermite)?;
        let one = sample.x.slice(ndarray::s![..sample.x.nrows().min(1), ..]);
        ntk(one, sample.w.view(), sample.a.view(), phi)?;
        Ok(Model {
            sample,
            phi: phi.clone(),
            hermite,
            covariance,
            z,
            solution: OnceCell::new(),
            resolvent: OnceCell::new(),
        })
    }

    fn sizes(&self) -> (usize, usize, usize) {
        let (d, p) = self.covariance.shape();
        (self.sample.x.nrows(), d, p)
    }

    /// The sizes, the ratios and the Hermite data.
    pub(crate) fn heading(&self) -> String {
        let (n, d, p) = self.sizes();
        format!(
            "n = {n}, d = {d}, p = {p}; n/(dp) = {:.4}, p/d = {:.4}\nc₀ = {:.4}, α = {:.4}, β² = {:.4}; z = {}",
            n as f64 / (d * p) as f64,
            p as f64 / d as f64,
            self.hermite.mean(),
            self.hermite.alpha(),
            self.hermite.beta_squared(),
            self.z
        )
    }

    /// The shape of a tensor of the catalogue.
    fn shape(&self, entry: &Entry) -> Vec<usize> {
        let (n, d, p) = self.sizes();
        let length = |index: &&str| match *index {
            "i" | "j" => n,
            "a" | "c" => d,
            "b" | "e" => p,
            _ if entry.name.starts_with('Q') => d * p,
            _ => n,
        };
        entry.indices.iter().map(length).collect()
    }

    /// `M`, from the equation reduced by exchangeability, with its dense blocks.
    fn solution(&self) -> Result<&Blocks, CommandError> {
        if let Some(blocks) = self.solution.get() {
            return Ok(blocks);
        }
        let (n, d, p) = self.sizes();
        checked("M", (n + d * p) * (n + d * p))?;
        let m = exchangeable::solve(&self.covariance, n, self.z)?;
        let constant = (m.m_2 - m.m_1) / n as f64;
        let column = Array1::from_iter(m.r.iter().copied());
        let m21 = Array2::from_shape_fn((d * p, n), |(k, _)| column[k]);
        let q = matricize(self.covariance.dense().view()).mapv(|x| m.tau * x);
        let mut m22 = -complex_inverse((Array2::<Complex64>::eye(d * p) + q).view())?;
        let scale = Complex64::from(n as f64) / m.m_2;
        for ((k, l), x) in m22.indexed_iter_mut() {
            *x += scale * column[k] * column[l];
        }
        let blocks = Blocks {
            m11: Array2::eye(n) * m.m_1 + constant,
            m12: m21.t().to_owned(),
            m21,
            m22,
        };
        Ok(self.solution.get_or_init(|| blocks))
    }

    fn resolvent(&self) -> Result<&Blocks, CommandError> {
        if let Some(blocks) = self.resolvent.get() {
            return Ok(blocks);
        }
        let (n, d, p) = self.sizes();
        checked("the linearized resolvent", (n + d * p) * (n + d * p))?;
        let blocks = block_resolvent(self.linearized().view(), self.z)?;
        Ok(self.resolvent.get_or_init(|| blocks))
    }

    fn linearized(&self) -> Array3<f64> {
        linearization(self.sample.x.view(), self.sample.features(&self.phi).view())
    }

    /// `τ₂₃(I⊗C)` for a p×p matrix C.
    fn right(&self, c: &Array2<f64>) -> Array4<f64> {
        let identity = Array2::eye(self.covariance.shape().0);
        tau_23(outer(identity.view(), c.view()).view()).to_owned()
    }

    /// Computes a tensor of the catalogue.
    pub(crate) fn tensor(&self, entry: &'static Entry) -> Result<Named, CommandError> {
        let shape = self.shape(entry);
        checked(entry.name, shape.iter().product())?;
        let (n, ..) = self.sizes();
        let (q, alpha) = (&self.covariance, self.hermite.alpha());
        let a = &self.sample.a;
        let complex = |m: &Array2<Complex64>| -> Result<Tensor, CommandError> {
            // The blocks are matricized with row a·p + b: C order gives the named indices back.
            let values: Vec<Complex64> = m.iter().copied().collect();
            Ok(Tensor::Complex(ArrayD::from_shape_vec(
                shape.clone(),
                values,
            )?))
        };
        let blocks = |blocks: &Blocks| match &entry.name[1..] {
            "11" => complex(&blocks.m11),
            "12" => complex(&blocks.m12),
            "21" => complex(&blocks.m21),
            _ => complex(&blocks.m22),
        };
        let scalar = |x: Complex64| Tensor::Complex(ArrayD::from_elem(Ix0().into_dyn(), x));
        let tensor = match entry.name {
            "X" => real(&self.sample.x),
            "W" => real(&self.sample.w),
            "a" => real(a),
            "G" => real(&q.g()),
            "F" => real(&self.sample.features(&self.phi)),
            "omega" => {
                let features = self.sample.features(&self.phi);
                let omega = feature_tensor(self.sample.x.view(), features.view());
                real(&omega.permuted_axes([2, 0, 1]))
            }
            "A" => real(&self.linearized()),
            "EA" => real(&mean_linearization(q.mean_feature().view(), n)),
            "NTK" => real(&self.kernel()?),
            "NTK-eigenvalues" => real(&Array1::from(symmetric_eigenvalues(self.kernel()?.view())?)),
            "Q" => real(&q.dense()),
            "Q23" => real(&(braided_covariance(q.g()).0 * (alpha * alpha))),
            "Q24" => real(&(braided_covariance(q.g()).1 * (alpha * alpha))),
            "Qshift" => real(&self.right(&Array2::from_diag(
                &a.mapv(|x| self.hermite.shift() * x * x),
            ))),
            "Qmean" => {
                let square = self.hermite.mean().powi(2);
                let p = a.len();
                real(&self.right(&Array2::from_shape_fn((p, p), |(b, e)| {
                    square * a[b] * a[e]
                })))
            }
            "Q-eigenvalues" => {
                checked("𝒬", shape[0] * shape[0])?;
                real(&symmetric_eigen(matricize(q.dense().view()).view())?.values)
            }
            "Q-eigenvectors" => {
                let vectors = symmetric_eigen(matricize(q.dense().view()).view())?.vectors;
                let rows: Vec<f64> = vectors.t().iter().copied().collect();
                Tensor::Real(ArrayD::from_shape_vec(shape.clone(), rows)?)
            }
            "m" => scalar(self.solution()?.stieltjes()),
            "M-residual" => {
                let m = self.solution()?;
                let back = literal::evaluate(q, m, self.z)?.join() - m.join();
                let largest = tensor_dyson::ledger::largest(back.iter().map(|x| x.norm()));
                Tensor::Real(ArrayD::from_elem(Ix0().into_dyn(), largest))
            }
            name if name.starts_with('M') => blocks(self.solution()?)?,
            name if name.starts_with('S') => {
                let dense = matricize(q.dense().view());
                blocks(&superoperator(dense.view(), self.solution()?))?
            }
            _ => blocks(self.resolvent()?)?,
        };
        Ok(Named { entry, tensor })
    }

    fn kernel(&self) -> Result<Array2<f64>, CommandError> {
        let (n, ..) = self.sizes();
        checked("NTK", n * n)?;
        let NtkSample { x, w, a } = &self.sample;
        Ok(ntk(x.view(), w.view(), a.view(), &self.phi)?)
    }
}
