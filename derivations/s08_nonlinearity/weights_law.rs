//! `log det(ℐ+t𝒬) = d Σ_b log(1+tca_b²) + Σ_{i≤j} log(1+tα²(h_i+h_j))`, h the eigenvalues of
//! `H(t) = G(1+tcD²)⁻¹Gᵀ`, exactly; and its limit.
//!
//! Slide 'Adding the nonlinearity' leaves the law at 'Consider the SVD of WD'. Reach: the step
//! of Woodbury is proved for every d and p; the sum over eigenvalues is held to rounding against dense ones, real
//! and complex t; a rate for the limit form. Controls: D for D², i < j for i ≤ j, H without the weights' resolvent.

use crate::kit::common::{SHAPES, UNIT, response_points, rms};
use crate::kit::ntk_ladder::replicates;
use crate::proofs::weights::WOODBURY;
use num_complex::Complex64;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::measure::{Atoms, Response, WeightedCovariance};
use tensor_dyson::model::{EntryLaw, HermiteData, WeightLaw};
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "weights-law",
    section: 8,
    slide: "Adding the nonlinearity",
    statement: "log det(ℐ+t𝒬) = d Σ_b log(1+tca_b²) + Σ_{i≤j} log(1+tα²(h_i+h_j)), h = eig G(1+tcD²)⁻¹Gᵀ, and I(t) is its derivative over pd.",
    uses: &["random-weights", "q-spectrum"],
    assumes: &["Silverstein and Bai's theorem for ρ_t, the limit law of H(t)"],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let phi = HermiteData::new(0.0, 0.8, 0.8 * 0.8 + 0.9)?;
    let weights = WeightLaw::Uniform(2.0);
    let (mut exact, mut root, mut strict) = (vec![], vec![], vec![]);
    for (k, &shape) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        let w = EntryLaw::Gaussian.matrix(shape.0, shape.1, &mut rng);
        let a = weights.sample(shape.1, &mut rng);
        let q = Covariance::new(w.view(), a.view(), &phi)?;
        let roots = Covariance::new(w.view(), a.mapv(|a| a.abs().sqrt()).view(), &phi)?;
        let dense = symmetric_eigenvalues(matricize(q.dense().view()).view())?;
        for t in response_points() {
            let sum: Complex64 = dense.iter().map(|x| (1.0 + t * x).ln()).sum();
            // Each of dp eigenvalues errs by dp·ε‖𝒬‖, its logarithm by |t| times that over |1 + tq|,
            // and |1 + tq| ≥ ½ at these t.
            let size = dense.len() as f64;
            let unit = 20.0 * size * size * UNIT * (1.0 + 2.0 * t.norm() * q.support_bound());
            exact.push((q.log_det(t)? - sum).norm() / unit);
            root.push((roots.log_det(t)? - sum).norm() / unit);
            // i < j: without the diagonal, the double sum less Σ_i log(1 + 2tα²h_i), seen at a shift of 0.
            let plain = HermiteData::new(0.0, 0.8, 0.64)?;
            let linear = Covariance::new(w.view(), a.view(), &plain)?;
            let squares = tensor_dyson::linalg::singular_values(linear.g())?;
            let diagonal: Complex64 = squares
                .iter()
                .map(|s| (1.0 + 2.0 * t * 0.64 * s * s).ln())
                .sum();
            let dense_linear = symmetric_eigenvalues(matricize(linear.dense().view()).view())?;
            let sum: Complex64 = dense_linear.iter().map(|x| (1.0 + t * x).ln()).sum();
            strict.push((linear.log_det(t)? - diagonal - sum).norm() / unit);
        }
    }
    let (mut ladder, mut inverted) = (Ladder::default(), Ladder::default());
    for d in ctx.choose([8, 20, 48], [8, 24, 72], [16, 48, 144]) {
        let p = 3 * d / 2;
        for seed in 0..replicates(d) {
            let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
            let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
            let a = weights.sample(p, &mut rng);
            let q = Covariance::new(w.view(), a.view(), &phi)?;
            // ν is the law of these weights: their own fluctuation is not what is tested.
            let law = |gamma: f64| -> Result<WeightedCovariance, CheckError> {
                let nu = Atoms::empirical(a.iter().map(|a| a * a).collect())?;
                let beta = phi.beta_squared().sqrt();
                Ok(WeightedCovariance::new(gamma, phi.alpha(), beta, 0.0, nu)?)
            };
            let (limit, wrong) = (law(1.5)?, law(1.0 / 1.5)?);
            let (mut errors, mut errors_wrong) = (vec![], vec![]);
            for t in response_points() {
                let value = q.response(t)?.value;
                errors.push(value - limit.response(t)?.value);
                errors_wrong.push(value - wrong.response(t)?.value);
            }
            ladder.push(d as f64, rms(errors));
            inverted.push(d as f64, rms(errors_wrong));
        }
    }
    let cases = exact.len();
    let evidence = [
        WOODBURY.evidence([])?,
        vec![
            Measurement::rounding(
                "log det against dense eigenvalues, in rounding bounds",
                cases,
                largest(exact),
                1.0,
            ),
            ladder.measure("|I_d(t) − I(t)| against d, ν that of the sample", -0.5)?,
        ],
    ]
    .concat();
    Ok(Finding {
        printed: Printed::as_claimed("SVD of WD, additional term τ₂₃(I_d ⊗ D²)", &evidence),
        evidence,
        controls: WOODBURY.controls([
            Measurement::rounding("D for D²", cases, largest(root), 1.0),
            Measurement::rounding("i < j for i ≤ j", cases, largest(strict), 1.0),
            inverted.measure("1/γ₂ for γ₂ in the limit", -0.5)?,
        ])?,
        ..Finding::default()
    })
}
