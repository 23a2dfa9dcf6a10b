//! Section 1: the two-layer network, its derivatives and its training.

mod rank;

use ndarray::{Array1, Array2, ArrayView2};
use num_dual::{Dual64, DualNum};
use rand::Rng;
use tensor_dyson::model::{Activation, EntryLaw};

claims! {
    parameter_count,
    interpolation_threshold,
    lazy_remainder,
    gradient_flow,
    jacobian_gram,
    ridge,
}

/// σ over any scalar, apart from its derivative [`Sigma::derivative`], so that one checks the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sigma {
    /// x²/2: exact on small integers.
    Square,
    /// tanh.
    Tanh,
    /// sin.
    Sin,
}

impl Sigma {
    fn of<T: DualNum<Primitive = f64> + Copy>(self, x: T) -> T {
        match self {
            Sigma::Square => x * x * 0.5,
            Sigma::Tanh => x.tanh(),
            Sigma::Sin => x.sin(),
        }
    }

    /// σ′ from the toolkit.
    fn derivative(self) -> Activation {
        match self {
            Sigma::Square => Activation::Identity,
            Sigma::Tanh => Activation::TanhPrime,
            Sigma::Sin => Activation::Cos,
        }
    }
}

/// `ŷ = c_out σ(c_in XW)a` and its parameters; both scales are 1 on the slide.
#[derive(Debug, Clone)]
struct Network {
    sigma: Sigma,
    w: Array2<f64>,
    a: Array1<f64>,
    /// `c_in`, `c_out`.
    scale: (f64, f64),
}

impl Network {
    /// Gaussian parameters, both scales 1.
    fn draw(sigma: Sigma, d: usize, p: usize, rng: &mut impl Rng) -> Self {
        let w = EntryLaw::Gaussian.matrix(d, p, rng);
        let a = EntryLaw::Gaussian.matrix(p, 1, rng).column(0).to_owned();
        Network {
            sigma,
            w,
            a,
            scale: (1.0, 1.0),
        }
    }

    /// The number of parameters.
    fn count(&self) -> usize {
        self.w.len() + self.a.len()
    }

    /// Θ as one vector: W row by row, then a.
    fn parameters(&self) -> Array1<f64> {
        self.w.iter().chain(&self.a).copied().collect()
    }

    /// ŷ at the parameters `theta` over any scalar.
    fn outputs<T: DualNum<Primitive = f64> + Copy>(
        &self,
        x: ArrayView2<'_, f64>,
        theta: &[T],
    ) -> Array1<T> {
        let (d, p) = self.w.dim();
        let (inner, outer) = self.scale;
        x.rows()
            .into_iter()
            .map(|x| {
                let unit = |b: usize| {
                    let u = (0..d).fold(T::from(0.0), |u, c| u + theta[c * p + b] * x[c]);
                    self.sigma.of(u * inner) * theta[d * p + b]
                };
                (0..p).fold(T::from(0.0), |y, b| y + unit(b)) * outer
            })
            .collect()
    }

    /// ∇ŷ, n × p(d+1), exactly: one pass of dual numbers a parameter.
    fn jacobian(&self, x: ArrayView2<'_, f64>) -> Array2<f64> {
        let mut theta: Vec<Dual64> = self.parameters().iter().map(|&t| Dual64::from(t)).collect();
        let mut jacobian = Array2::zeros((x.nrows(), theta.len()));
        for (k, mut column) in jacobian.columns_mut().into_iter().enumerate() {
            theta[k].eps = 1.0;
            column.assign(&self.outputs(x, &theta).mapv(|y| y.eps));
            theta[k].eps = 0.0;
        }
        jacobian
    }

    /// `σ(c_in XW)`, n×p.
    fn features(&self, x: ArrayView2<'_, f64>) -> Array2<f64> {
        (x.dot(&self.w) * self.scale.0).mapv(|u| self.sigma.of(u))
    }
}
