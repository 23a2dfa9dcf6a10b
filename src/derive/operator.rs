//! 𝒬 as an operator at given weights: each term contracted with what it acts on, in the cheapest order.

use super::arrays::shaped;
use super::built::Built;
use super::drawn::Drawn;
use crate::linalg::{LinalgError, symmetric_eigenvalues};
use crate::spectrum::SymmetricOperator;
use crate::symbolic::Expression;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, IxDyn};
use std::collections::BTreeMap;

/// `M ↦ 𝒬·M`, `(𝒬·M)_{ab…} = Σ 𝒬_{ab…,ce…} M_{ce…}`, at one draw of the weights.
#[derive(Debug, Clone, Copy)]
pub struct Operator<'a> {
    expression: &'a Expression,
    drawn: &'a Drawn,
}

impl<'a> Operator<'a> {
    /// The operator of an expression over the legs of ω and their copies.
    pub fn new(expression: &'a Expression, drawn: &'a Drawn) -> Self {
        Operator { expression, drawn }
    }

    fn shape(&self) -> Vec<usize> {
        let half = self.expression.legs().len() / 2;
        let legs = self.expression.legs().iter().take(half);
        let length = |symbol: &str| self.drawn.sizes.spaces.get(symbol).copied().unwrap_or(1);
        legs.map(|leg| length(leg.space.dimension())).collect()
    }

    /// N.
    pub fn dimension(&self) -> usize {
        self.shape().iter().product()
    }

    /// 𝒬 on each row of a k × N matrix.
    ///
    /// # Panics
    /// If a row has not N entries.
    pub fn act(&self, block: ArrayView2<'_, f64>) -> Array2<f64> {
        let (rows, shape) = (block.nrows(), self.shape());
        assert!(
            block.ncols() == self.dimension(),
            "{} columns for 𝒬 of dimension {}",
            block.ncols(),
            self.dimension()
        );
        let whole = [&[rows], shape.as_slice()].concat();
        let vectors = shaped(block.iter().copied().collect::<Array1<_>>(), IxDyn(&whole));
        let half = shape.len();
        let mut sum = Array2::zeros(block.dim());
        for term in self.expression.terms() {
            let mut network = Built::new(self.expression, self.drawn);
            let row = network.index(rows);
            network.add(
                term,
                &BTreeMap::new(),
                None,
                self.drawn.sizes.value(&term.coefficient),
            );
            network.operand(
                vectors.clone(),
                [vec![row], (half..2 * half).collect()].concat(),
            );
            let open = [vec![row], (0..half).collect()].concat();
            sum += &shaped(network.finished(&open), block.dim());
        }
        sum
    }

    /// The N×N matrix.
    pub fn dense(&self) -> Array2<f64> {
        self.act(Array2::eye(self.dimension()).view())
    }

    /// All eigenvalues by the dense matrix, ascending.
    ///
    /// # Errors
    /// [`LinalgError`].
    pub fn dense_eigenvalues(&self) -> Result<Vec<f64>, LinalgError> {
        symmetric_eigenvalues(self.dense().view())
    }
}

impl SymmetricOperator for Operator<'_> {
    fn dimension(&self) -> usize {
        Operator::dimension(self)
    }

    fn apply(&self, block: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        out.assign(&self.act(block));
    }

    fn operations(&self) -> f64 {
        // Two products with the longest leg for each term.
        let longest = self.shape().into_iter().max().unwrap_or(1);
        4.0 * (self.expression.terms().len() * self.dimension() * longest) as f64
    }
}
