//! A kernel with the way to its spectrum, before the work.

use super::rows::Rows;
use super::{Comparison, Effort, Precision, Stage, StudyError, Watch};
use crate::measure::{Atoms, Distribution, Law, WeightedCovariance};
use crate::model::{Activation, HermiteData, Sizes};
use crate::spectrum::{NtkModel, Plan, Problem, Route, Samples, plan, weights_bytes};
use ndarray::{Array1, Array2};

/// A kernel with the way to its spectrum, before the work.
pub struct Prepared {
    pub(super) rows: Rows,
    pub(super) model: NtkModel,
    pub(super) sizes: Sizes,
    pub(super) seed: u64,
    pub(super) effort: Effort,
    pub(super) probes: usize,
    phi: HermiteData,
    squared_weights: Atoms,
    plan: Plan,
    precision: Precision,
}

/// The error of F at which the law's cells are no longer halved; what is reached stands in the law.
const LAW_ERROR: f64 = 1e-6;

impl Prepared {
    pub(super) fn new(
        rows: Rows,
        (w, a): (Array2<f64>, Array1<f64>),
        squared_weights: Atoms,
        activation: Activation,
        seed: u64,
        effort: Effort,
    ) -> Result<Self, StudyError> {
        let ((n, d), p) = (rows.x.dim(), a.len());
        let model = NtkModel::new(w.view(), a.view(), &activation)?;
        let features = model.dimension();
        let drawn = matches!(rows.x, Samples::Drawn(_));
        let held = if drawn { 0 } else { n.saturating_mul(d) };
        let precision = effort.precision_for(model.is_moderate(&rows.x));
        let probes = effort.probes_for(n.min(features));
        let ends = effort.highest.saturating_add(1);
        let problem = Problem {
            n,
            features,
            row: model.row(),
            number: 8,
            drawn,
            probes,
            steps: effort.steps,
            basis: effort.basis_for(ends),
            ends,
            products: effort.products,
            weights: weights_bytes(d, p).saturating_add(8 * held as u64),
        };
        let plan = plan(&problem, effort.route, effort.memory)?;
        plan.reserve()?;
        let sizes = Sizes {
            n: rows.total,
            d,
            p,
        };
        Ok(Prepared {
            rows,
            model,
            sizes,
            seed,
            effort,
            probes,
            phi: activation.hermite_data(),
            squared_weights,
            precision: match plan.route {
                Route::Dense => Precision::Double,
                Route::MatrixFree => precision,
            },
            plan,
        })
    }

    /// The route, its reason and its memory.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The arithmetic of the products.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// About how long it takes at most, in seconds.
    pub fn seconds(&self) -> f64 {
        self.plan.seconds(rayon::current_num_threads())
    }

    /// The limit law of the kernel of these sizes: the Marchenko–Pastur map, at `γ₁ = n/(dp)`, of 𝒬's law at `γ₂ = p/d`.
    ///
    /// # Errors
    /// [`StudyError`]: coefficients without a law, or a distribution function that fails.
    pub fn law(&self) -> Result<Distribution, StudyError> {
        let (phi, nu) = (&self.phi, self.squared_weights.clone());
        let beta = phi.beta_squared().sqrt();
        let gamma_2 = self.sizes.gamma_2();
        let q = WeightedCovariance::new(gamma_2, phi.alpha(), beta, phi.mean(), nu)?;
        let law = Law::from(q).mp_map(self.sizes.gamma_1())?;
        Ok(law.distribution_within(LAW_ERROR)?)
    }

    /// Finds the law and the spectrum.
    ///
    /// # Errors
    /// [`StudyError`]; [`SpectrumError::Stopped`](crate::spectrum::SpectrumError) if the watch ends the run before anything
    /// is known.
    pub fn run(self, watch: &mut dyn Watch) -> Result<Comparison, StudyError> {
        watch.begin(Stage::Law);
        let law = self.law()?;
        let share = self.effort.tolerance_for(&law);
        let edge = law.support().last().map_or(1.0, |interval| interval.1);
        let found = self.spectrum(share * edge, watch)?;
        Ok(Comparison {
            sizes: self.sizes,
            distinct: self.rows.x.dim().0,
            phi: self.phi,
            plan: self.plan,
            precision: self.precision,
            law,
            distribution: found.distribution,
            tolerance: share,
            ends: found.ends,
            is_complete: found.is_complete,
        })
    }
}
