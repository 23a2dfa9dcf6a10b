//! A model at one size: its weights drawn, its data to be drawn, and the kernel by evaluating the text.

use super::applied::Applied;
use super::arrays::{covariance, entries, shaped};
use super::built::Built;
use super::model::{Data, Model};
use super::model_laws::{DataLaw, WeightsLaw};
use super::size::ModelSizes;
use crate::linalg::{LinalgError, product};
use crate::model::{EntryLaw, sphere_rows};
use crate::symbolic::{Expression, ProofError, SymbolicError, Term};
use ndarray::{Array2, ArrayD, ArrayViewD, Ix2};
use rand::Rng;
use std::collections::BTreeMap;

/// Weights at one size.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub(super) sizes: ModelSizes,
    pub(super) weights: BTreeMap<String, ArrayD<f64>>,
    data: Vec<(Data, Vec<usize>)>,
    feature: Expression,
    /// Functions with their forms.
    functions: Vec<(Applied, Expression)>,
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
                own @ (WeightsLaw::Covariance { .. } | WeightsLaw::OfRows(_)) => {
                    let d = shape.first().copied().unwrap_or(1);
                    let (matrix, root) = match own {
                        WeightsLaw::OfRows(rows) => rows.covariance(d)?,
                        WeightsLaw::Covariance { low, high } => covariance(d, *low, *high, rng)?,
                        WeightsLaw::Entries { .. } => continue,
                    };
                    if let Some(name) = model.root_of(&item.name) {
                        weights.insert(name.to_owned(), root.into_dyn());
                    }
                    weights.insert(item.name.clone(), matrix.into_dyn());
                }
            }
        }
        Drawn::with(model, sizes, weights)
    }

    /// Weights that are given in place of drawn ones.
    pub(super) fn given(
        model: &Model,
        spaces: BTreeMap<String, usize>,
        samples: usize,
        weights: BTreeMap<String, ArrayD<f64>>,
    ) -> Result<Self, DrawError> {
        let slots = model.slots().into_iter();
        let features = slots.map(|slot| spaces.get(slot).copied().unwrap_or(1));
        let sizes = ModelSizes {
            features: features.product(),
            samples,
            spaces,
        };
        Drawn::with(model, sizes, weights)
    }

    /// What is to be drawn from row to row, and the means of functions.
    fn with(
        model: &Model,
        sizes: ModelSizes,
        weights: BTreeMap<String, ArrayD<f64>>,
    ) -> Result<Self, DrawError> {
        let length = |slot: &String| sizes.spaces.get(slot).copied().unwrap_or(1);
        let data = model.data.iter().map(|data| {
            let shape: Vec<usize> = data.slots.iter().map(length).collect();
            (data.clone(), shape)
        });
        let data: Vec<(Data, Vec<usize>)> = data.collect();
        let legs = model.feature.legs.join(",");
        let theory = model.theory()?;
        let mut functions = Vec::new();
        for applied in &model.functions {
            let form = format!("[{}] {}", applied.legs.join(","), applied.argument);
            functions.push((applied.clone(), theory.expression(&form)?.normal_form()));
        }
        let mut drawn = Drawn {
            data,
            feature: theory
                .expression(&format!("[{legs}] {}", model.feature.text))?
                .normal_form(),
            functions,
            weights,
            sizes,
        };
        drawn.take_means(model)?;
        Ok(drawn)
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
            if let Some(own) = &data.rows {
                let d = shape.iter().product();
                rows.insert(data.name.clone(), own.drawn(n, d, rng).into_dyn());
                continue;
            }
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
        for (applied, form) in &self.functions {
            let mut values = self.over_rows(form, &rows, n);
            values.mapv_inplace(|u| applied.function.value(u));
            rows.insert(applied.tensor.clone(), values);
        }
        rows
    }

    /// An expression in the data, its value for each row in front of its legs.
    fn over_rows(
        &self,
        expression: &Expression,
        rows: &BTreeMap<String, ArrayD<f64>>,
        n: usize,
    ) -> ArrayD<f64> {
        let mut empty = Built::new(expression, self);
        let sample = empty.index(n);
        let open = [vec![sample], (0..expression.legs().len()).collect()].concat();
        let parts = expression.terms().iter().map(|term| {
            let mut network = Built::new(expression, self);
            let sample = network.index(n);
            network.add(term, rows, Some(sample), self.value(term));
            network.finished(&open)
        });
        parts
            .reduce(|sum, part| sum + part)
            .unwrap_or_else(|| empty.zeros(&open))
    }

    /// The values that an index of the feature runs over.
    pub(super) fn length(&self, model: &Model, index: &str) -> usize {
        let symbol = model.space_of(index).unwrap_or_default();
        self.sizes.spaces.get(symbol).copied().unwrap_or(1)
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
        let features = self.over_rows(&self.feature, &rows, n);
        shaped(features, (n, self.sizes.features))
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
        shaped(network.finished(&[i, j]), (n, n))
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
    /// The covariance of a function's form is not found.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// A file of data has too few columns.
    #[error("d = {d}, but the file of the data has {columns} columns")]
    Columns {
        /// The columns asked for.
        d: usize,
        /// Those that there are.
        columns: usize,
    },
    /// A decomposition failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}
