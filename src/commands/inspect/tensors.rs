//! The catalogue of the derivation's tensors, each computed by the library from X, W, a, φ and z.

use super::super::CommandError;
use super::catalogue::Entry;
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
        let tensor = match entry.name {
            name if name.starts_with('Q') => self.of_the_covariance(name, shape)?,
            name if name.starts_with(['m', 'M', 'S', 'R']) => self.of_the_equation(name, shape)?,
            name => self.of_the_sample(name)?,
        };
        Ok(Named { entry, tensor })
    }

    /// What X, W and a make, to the kernel.
    fn of_the_sample(&self, name: &str) -> Result<Tensor, CommandError> {
        let NtkSample { x, w, a } = &self.sample;
        let features = || self.sample.features(&self.phi);
        Ok(match name {
            "X" => real(x),
            "W" => real(w),
            "a" => real(a),
            "G" => real(&self.covariance.g()),
            "F" => real(&features()),
            "omega" => {
                let omega = feature_tensor(x.view(), features().view());
                real(&omega.permuted_axes([2, 0, 1]))
            }
            "A" => real(&self.linearized()),
            "EA" => {
                let mean = self.covariance.mean_feature();
                real(&mean_linearization(mean.view(), x.nrows()))
            }
            "NTK" => real(&self.kernel()?),
            _ => real(&Array1::from(symmetric_eigenvalues(self.kernel()?.view())?)),
        })
    }

    /// 𝒬, its parts and its spectrum.
    fn of_the_covariance(&self, name: &str, shape: Vec<usize>) -> Result<Tensor, CommandError> {
        let (q, a) = (&self.covariance, &self.sample.a);
        let alpha_squared = self.hermite.alpha().powi(2);
        Ok(match name {
            "Q" => real(&q.dense()),
            "Q23" => real(&(braided_covariance(q.g()).0 * alpha_squared)),
            "Q24" => real(&(braided_covariance(q.g()).1 * alpha_squared)),
            "Qshift" => {
                let squares = a.mapv(|x| self.hermite.shift() * x * x);
                real(&self.right(&Array2::from_diag(&squares)))
            }
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
            _ => {
                let vectors = symmetric_eigen(matricize(q.dense().view()).view())?.vectors;
                let rows: Vec<f64> = vectors.t().iter().copied().collect();
                Tensor::Real(ArrayD::from_shape_vec(shape, rows)?)
            }
        })
    }

    /// M, 𝒮(M) and the resolvent, in blocks.
    fn of_the_equation(&self, name: &str, shape: Vec<usize>) -> Result<Tensor, CommandError> {
        let q = &self.covariance;
        let scalar = Ix0().into_dyn();
        let dense;
        let blocks = match name {
            "m" => {
                let m = self.solution()?.stieltjes();
                return Ok(Tensor::Complex(ArrayD::from_elem(scalar, m)));
            }
            "M-residual" => {
                let m = self.solution()?;
                let back = literal::evaluate(q, m, self.z)?.join() - m.join();
                let largest = tensor_dyson::ledger::largest(back.iter().map(|x| x.norm()));
                return Ok(Tensor::Real(ArrayD::from_elem(scalar, largest)));
            }
            name if name.starts_with('M') => self.solution()?,
            name if name.starts_with('S') => {
                dense = superoperator(matricize(q.dense().view()).view(), self.solution()?);
                &dense
            }
            _ => self.resolvent()?,
        };
        let block = match &name[1..] {
            "11" => &blocks.m11,
            "12" => &blocks.m12,
            "21" => &blocks.m21,
            _ => &blocks.m22,
        };
        // The blocks are matricized with row a·p + b: C order gives the named indices back.
        let values: Vec<Complex64> = block.iter().copied().collect();
        Ok(Tensor::Complex(ArrayD::from_shape_vec(shape, values)?))
    }

    fn kernel(&self) -> Result<Array2<f64>, CommandError> {
        let (n, ..) = self.sizes();
        checked("NTK", n * n)?;
        let NtkSample { x, w, a } = &self.sample;
        Ok(ntk(x.view(), w.view(), a.view(), &self.phi)?)
    }
}
