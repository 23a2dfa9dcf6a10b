//! Which kernel is compared: sizes, activation, and X, W, a as given or drawn.

use super::rows::Rows;
use super::{Comparison, Effort, Prepared, StudyError, Unwatched};
use crate::measure::Atoms;
use crate::model::{Activation, EntryLaw, ModelError, Sizes, Streams, WeightLaw, WeightLawError};
use crate::spectrum::{DrawnRows, MemoryError, Needs, PlanError, reserve, weights_bytes};
use ndarray::{Array1, Array2};

/// Which kernel `(1/d) XXᵀ ∘ (1/p) F Fᵀ`, `F = σ′(XW/√d) diag(a)`, is compared with its limit law, and with how much work.
///
/// What of X, W and a is not given is drawn, the same at any number of threads; a drawn X of many rows is never in memory.
/// Slide 'Main result'.
#[derive(Debug, Clone)]
pub struct Study {
    /// n, d, p.
    pub sizes: Sizes,
    /// σ′.
    pub activation: Activation,
    /// X, n×d, one sample a row.
    pub x: Option<Array2<f64>>,
    /// W, d×p, entries of variance 1.
    pub w: Option<Array2<f64>>,
    /// a, length p; the law then has its squares for ν.
    pub a: Option<Array1<f64>>,
    /// The law of the entries of an X that is drawn.
    pub entries: EntryLaw,
    /// The law of an a that is drawn.
    pub weights: WeightLaw,
    /// The seed of all that is drawn.
    pub seed: u64,
    /// How much work it may be.
    pub effort: Effort,
}

/// The streams of W and a; the blocks of X have the small numbers.
const WEIGHTS: u64 = u64::MAX;
const OUTER: u64 = u64::MAX - 1;

impl Study {
    /// Of these sizes and this `φ = σ′`, with X and W Gaussian and `a = ±1`, drawn with seed 1.
    pub fn new(sizes: Sizes, activation: Activation) -> Self {
        Study {
            sizes,
            activation,
            x: None,
            w: None,
            a: None,
            entries: EntryLaw::Gaussian,
            weights: WeightLaw::PlusMinusOne,
            seed: 1,
            effort: Effort::default(),
        }
    }

    /// Sizes of which some are given: d = 60, `p = 3d/2` and `n = dp/2` where they are not.
    pub fn sizes(n: Option<usize>, d: Option<usize>, p: Option<usize>) -> Sizes {
        let d = d.unwrap_or(60);
        let p = p.unwrap_or(d.saturating_mul(3).div_ceil(2));
        let n = n.unwrap_or(d.saturating_mul(p).div_ceil(2));
        Sizes { n, d, p }
    }

    /// Plans the way to the spectrum, within the memory, before anything large is allocated.
    ///
    /// # Errors
    /// [`StudyError`]: shapes that do not fit, numbers that overflow, too little memory, or work that would not end.
    pub fn prepare(self) -> Result<Prepared, StudyError> {
        self.check()?;
        self.effort.check()?;
        let Sizes { n, d, p } = self.sizes;
        // W is made before the route is planned.
        let weights = weights_bytes(d, p);
        if weights > self.effort.memory {
            let missing = MemoryError {
                what: Needs::Weights { d, p },
                needed: weights,
                available: self.effort.memory,
            };
            return Err(PlanError::Memory(missing).into());
        }
        reserve(weights)?;
        let streams = Streams::new(self.seed, "sample");
        let squared = match &self.a {
            Some(a) => {
                let squares = a.iter().map(|a| a * a).collect();
                Atoms::empirical(squares).map_err(WeightLawError::from)?
            }
            None => self.weights.squares()?,
        };
        let drawn = DrawnRows {
            streams,
            entries: self.entries,
            n,
            d,
        };
        let rows = self.x.map_or_else(|| drawn.into(), Rows::from);
        let gaussian = || EntryLaw::Gaussian.matrix(d, p, &mut streams.stream(WEIGHTS));
        let w = self.w.unwrap_or_else(gaussian);
        let outer = || self.weights.sample(p, &mut streams.stream(OUTER));
        let a = self.a.unwrap_or_else(outer);
        Prepared::new(
            rows,
            (w, a),
            squared,
            self.activation,
            self.seed,
            self.effort,
        )
    }

    /// [`Study::prepare`] and [`Prepared::run`], watched by nobody.
    ///
    /// # Errors
    /// As both.
    pub fn run(self) -> Result<Comparison, StudyError> {
        self.prepare()?.run(&mut Unwatched)
    }

    fn check(&self) -> Result<(), ModelError> {
        let Sizes { n, d, p } = self.sizes;
        if n == 0 || d == 0 || p == 0 {
            return Err(ModelError::Empty { n, d, p });
        }
        let x = self.x.as_ref().map_or((n, d), |x| x.dim());
        let w = self.w.as_ref().map_or((d, p), |w| w.dim());
        let weights = self.a.as_ref().map_or(p, |a| a.len());
        if x != (n, d) || w != (d, p) || weights != p {
            return Err(ModelError::Shape {
                n: x.0,
                d: x.1,
                w_rows: w.0,
                p: w.1,
                weights,
            });
        }
        Ok(())
    }
}
