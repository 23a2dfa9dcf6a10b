//! A model at one size: its weights drawn, its data to be drawn, and the kernel by evaluating the text.

use super::built::Built;
use super::model::{Data, Model};
use super::model_laws::{DataLaw, WeightsLaw};
use super::size::ModelSizes;
use crate::linalg::{LinalgError, gram, product};
use crate::model::{EntryLaw, haar_orthogonal, sphere_rows};
use crate::symbolic::{Expression, SymbolicError, Term};
use ndarray::{Array1, Array2, ArrayD, ArrayViewD, Axis, Ix2, IxDyn};
use rand::Rng;
use std::collections::BTreeMap;

/// Weights at one size.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub(super) sizes: ModelSizes,
    pub(super) weights: BTreeMap<String, ArrayD<f64>>,
    data: Vec<(Data, Vec<usize>)>,
    feature: Expression,
}

impl Drawn {
    /// Draws the weights where the free size has this value.
    ///
    /// # Errors
    /// A feature that cannot be read; an orthogonal basis that is not found.
    pub fn new(model: &Model, free: usize, rng: &mut impl Rng) -> Result<Self, DrawError> {
        let sizes = model.sizes(free);
        let shape = |slots: &[String]| -> Vec<usize> {
            slots
                .iter()
                .map(|s| sizes.spaces.get(s).copied().unwrap_or(1))
                .collect()
        };
        let mut weights = BTreeMap::new();
        for item in &model.weights {
            let shape = shape(&item.slots);
            match &item.law {
                WeightsLaw::Entries { law, variance } => {
                    let scale = sizes.value(variance).sqrt();
                    weights.insert(item.name.clone(), entries(*law, &shape, rng) * scale);
                }
                WeightsLaw::Covariance { low, high } => {
                    let (matrix, root) =
                        covariance(shape.first().copied().unwrap_or(1), *low, *high, rng)?;
                    if let Some(name) = model.root_of(&item.name) {
                        weights.insert(name.to_owned(), root.into_dyn());
                    }
                    weights.insert(item.name.clone(), matrix.into_dyn());
                }
            }
        }
        let data = model
            .data
            .iter()
            .map(|data| (data.clone(), shape(&data.slots)));
        let legs = model.feature.legs.join(",");
        let theory = model.theory()?;
        Ok(Drawn {
            data: data.collect(),
            feature: theory
                .expression(&format!("[{legs}] {}", model.feature.text))?
                .normal_form(),
            weights,
            sizes,
        })
    }

    /// The sizes.
    pub fn sizes(&self) -> &ModelSizes {
        &self.sizes
    }

    /// Weights by their name.
    pub fn weight(&self, name: &str) -> Option<ArrayViewD<'_, f64>> {
        self.weights.get(name).map(|array| array.view())
    }

    /// `n` rows of each tensor of the data.
    fn rows(&self, n: usize, rng: &mut impl Rng) -> BTreeMap<String, ArrayD<f64>> {
        let mut rows = BTreeMap::new();
        for (data, shape) in &self.data {
            let whole = [&[n], shape.as_slice()].concat();
            let array = match &data.law {
                DataLaw::Entries(law) => entries(*law, &whole, rng),
                DataLaw::Sphere { .. } => sphere_rows(n, shape.iter().product(), rng).into_dyn(),
                DataLaw::Correlated { root, .. } => {
                    let white = EntryLaw::Gaussian.matrix(n, shape.iter().product(), rng);
                    match self
                        .weights
                        .get(root)
                        .and_then(|s| s.view().into_dimensionality::<Ix2>().ok())
                    {
                        Some(root) => product(white.view(), root).into_dyn(),
                        None => white.into_dyn(),
                    }
                }
            };
            rows.insert(data.name.clone(), array);
        }
        rows
    }

    /// `K = (1/N) Σ_legs ω^i ω^j` (n×n) of fresh samples, each pair of terms of ω contracted in the cheapest order, the
    /// n×N matrix of features among the possibilities and rarely the cheapest.
    pub fn kernel(&self, rng: &mut impl Rng) -> Array2<f64> {
        let n = self.sizes.samples;
        let rows = self.rows(n, rng);
        let mut kernel = Array2::zeros((n, n));
        let terms = self.feature.terms();
        for (k, left) in terms.iter().enumerate() {
            for (j, right) in terms.iter().enumerate().take(k + 1) {
                let block = self.pair(&rows, n, left, right);
                if j < k {
                    kernel += &block.t();
                }
                kernel += &block;
            }
        }
        kernel / self.sizes.features as f64
    }

    /// The features of fresh samples, n × N.
    pub fn features(&self, n: usize, rng: &mut impl Rng) -> Array2<f64> {
        let rows = self.rows(n, rng);
        let mut sum: Array2<f64> = Array2::zeros((n, self.sizes.features));
        for term in self.feature.terms() {
            let mut network = Built::new(&self.feature, self);
            let sample = network.index(n);
            network.add(term, &rows, Some(sample), self.value(term));
            let open = [vec![sample], (0..self.feature.legs().len()).collect()].concat();
            let array = network.finished(&open);
            if let Ok(matrix) = array.into_shape_with_order((n, self.sizes.features)) {
                sum += &matrix;
            }
        }
        sum
    }

    fn pair(
        &self,
        rows: &BTreeMap<String, ArrayD<f64>>,
        n: usize,
        left: &Term,
        right: &Term,
    ) -> Array2<f64> {
        let mut network = Built::new(&self.feature, self);
        let (i, j) = (network.index(n), network.index(n));
        network.add(left, rows, Some(i), self.value(left));
        network.add(right, rows, Some(j), self.value(right));
        let array = network.finished(&[i, j]);
        array
            .into_dimensionality::<Ix2>()
            .unwrap_or_else(|_| Array2::zeros((n, n)))
    }

    fn value(&self, term: &Term) -> f64 {
        self.sizes.value(&term.coefficient)
    }

    /// A term of an expression of weights, with an axis for each of these legs.
    pub(super) fn contracted(
        &self,
        whole: &Expression,
        term: &Term,
        open: &[usize],
    ) -> ArrayD<f64> {
        let mut network = Built::new(whole, self);
        network.add(term, &BTreeMap::new(), None, self.value(term));
        network.finished(open)
    }

    /// The trace of an expression over the legs of ω and their copies.
    pub(super) fn trace(&self, expression: &Expression) -> f64 {
        let half = expression.legs().len() / 2;
        let term = |term: &Term| {
            let mut network = Built::new(expression, self);
            for leg in 0..half {
                network.tie(leg, leg + half);
            }
            network.add(term, &BTreeMap::new(), None, self.value(term));
            network.finished(&[]).sum()
        };
        expression.terms().iter().map(term).sum()
    }

    /// The value of an expression without legs, of weights alone.
    pub(super) fn scalar(&self, expression: &Expression) -> f64 {
        let term = |term: &Term| self.contracted(expression, term, &[]).sum();
        expression.terms().iter().map(term).sum()
    }
}

/// Why a model has no sample.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DrawError {
    /// Its feature cannot be read.
    #[error(transparent)]
    Symbolic(#[from] SymbolicError),
    /// A decomposition failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}

fn entries(law: EntryLaw, shape: &[usize], rng: &mut impl Rng) -> ArrayD<f64> {
    let rows = shape.first().copied().unwrap_or(1);
    let columns = shape.iter().skip(1).product();
    let matrix = law.matrix(rows, columns, rng);
    matrix
        .into_shape_with_order(IxDyn(shape))
        .unwrap_or_else(|_| ArrayD::zeros(IxDyn(shape)))
}

/// A matrix with equidistant eigenvalues in a Haar-distributed basis, and its root.
fn covariance(
    d: usize,
    low: f64,
    high: f64,
    rng: &mut impl Rng,
) -> Result<(Array2<f64>, Array2<f64>), LinalgError> {
    let basis = haar_orthogonal(d, rng)?;
    let step = if d > 1 {
        (high - low) / (d - 1) as f64
    } else {
        0.0
    };
    let values = Array1::from_shape_fn(d, |k| low + step * k as f64);
    let with = |power: f64| {
        let half = &basis * &values.mapv(|x| x.powf(power / 2.0)).insert_axis(Axis(0));
        gram(half.view())
    };
    Ok((with(1.0), with(0.5)))
}
