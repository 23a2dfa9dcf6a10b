//! `â = (σᵀσ + γI)⁻¹σᵀy` minimises `½‖σa − y‖² + (γ/2)‖a‖²`, σ = σ(XW).
//!
//! Slide 'Computation of the NTK'. As printed: holds. (The first argmin of the line, of ℒ(σ(XW)a, y), lacks the
//! penalty that the second has.) Reach: rounding, for n < p, n = p, n > p and γ over six decades: the gradient by
//! dual numbers vanishes at â, the objective rises by exactly ½δᵀ(σᵀσ + γI)δ in every direction δ, and
//! â = σᵀ(K₂ + γI)⁻¹y, through the conjugate kernel. Controls: 2γ for γ, and the minimiser without the penalty.

use super::{Network, Sigma};
use crate::kit::common::UNIT;
use ndarray::{Array1, Array2};
use num_complex::Complex64;
use num_dual::{Dual64, DualNum};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::{LinalgError, complex_inverse};
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "ridge",
    section: 1,
    slide: "Computation of the NTK",
    settles: &["ridge regression on the random features: â = (σᵀσ + γI)⁻¹σᵀy"],
    statement: r"$\mathrm{argmin}_a$ $\tfrac12\|\sigma(XW)a - y\|^2$ $+ \tfrac{\gamma}{2}\|a\|^2$ $= (\sigma^\top\sigma + \gamma I)^{-1}\sigma^\top y$ $= \sigma^\top(K_2 + \gamma I)^{-1}y.$",
    check,
    ..Claim::BLANK
};

fn objective<T: DualNum<Primitive = f64> + Copy>(
    features: &Array2<f64>,
    y: &Array1<f64>,
    penalty: f64,
    a: &[T],
) -> T {
    let mut sum = T::from(0.0);
    for (row, &y) in features.rows().into_iter().zip(y) {
        let out = row
            .iter()
            .zip(a)
            .fold(T::from(-y), |out, (&f, &a)| out + a * f);
        sum += out * out;
    }
    (a.iter().fold(sum, |sum, &a| sum + a * a * penalty)) * 0.5
}

fn inverse(a: &Array2<f64>, penalty: f64) -> Result<Array2<f64>, LinalgError> {
    let shifted = a + &(Array2::<f64>::eye(a.nrows()) * penalty);
    Ok(complex_inverse(shifted.mapv(Complex64::from).view())?.mapv(|x| x.re))
}

/// In rounding bounds: the gradient at â, the rise beyond it, â against its dual form; the gradient at 2γ and without penalty.
fn distances(ctx: &Context) -> Result<[Vec<f64>; 5], CheckError> {
    let [mut gradients, mut rises, mut duals, mut doubled, mut free] = [const { vec![] }; 5];
    for (k, &(n, d, p)) in [(5, 3, 9), (6, 4, 6), (12, 3, 4), (1, 2, 3)]
        .iter()
        .enumerate()
    {
        let mut rng = ctx.streams().stream(k as u64);
        let network = Network::draw(Sigma::Tanh, d, p, &mut rng);
        let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
        let features = network.features(x.view());
        let y = EntryLaw::Gaussian
            .matrix(n, 1, &mut rng)
            .column(0)
            .to_owned();
        let gram = features.t().dot(&features);
        let top = gram.diag().sum();
        for penalty in [1e-4, 1e-2, 1.0, 100.0] {
            let solve = |penalty: f64| -> Result<Array1<f64>, LinalgError> {
                Ok(inverse(&gram, penalty)?.dot(&features.t().dot(&y)))
            };
            let found = solve(penalty)?;
            // The inverse errs by its condition times pε; the gradient multiplies the error of â by the norm of
            // the matrix.
            let condition = (top + penalty) / penalty;
            let size = largest(found.iter().map(|x| x.abs())) + 1.0;
            let unit = 100.0 * (n + p) as f64 * UNIT * condition * (top + penalty) * size;
            let slope = |a: &Array1<f64>| {
                largest((0..p).map(|b| {
                    let mut dual: Vec<Dual64> = a.iter().map(|&a| Dual64::from(a)).collect();
                    dual[b].eps = 1.0;
                    objective(&features, &y, penalty, &dual).eps.abs()
                })) / unit
            };
            gradients.push(slope(&found));
            doubled.push(slope(&solve(2.0 * penalty)?));
            if penalty >= 1.0 {
                free.push(slope(&solve(1e-6)?));
            }
            let delta = EntryLaw::Gaussian
                .matrix(p, 1, &mut rng)
                .column(0)
                .to_owned();
            let moved = &found + &delta;
            let at =
                |a: &Array1<f64>| objective(&features, &y, penalty, a.as_slice().unwrap_or(&[]));
            let rise = at(&moved) - at(&found);
            let expected = 0.5 * (delta.dot(&gram.dot(&delta)) + penalty * delta.dot(&delta));
            // The gradient's rounding times δ, and that of the two objectives.
            let terms = unit * delta.mapv(f64::abs).sum()
                + 10.0 * (n + p) as f64 * UNIT * (at(&moved) + at(&found));
            rises.push((rise - expected).abs() / terms);
            let kernel = features.dot(&features.t());
            let dual = features.t().dot(&inverse(&kernel, penalty)?.dot(&y));
            duals.push(largest((&dual - &found).iter().map(|x| x.abs())) * (top + penalty) / unit);
        }
    }
    Ok([gradients, rises, duals, doubled, free])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let [gradients, rises, duals, doubled, free] = distances(ctx)?;
    let count = gradients.len();
    let controls = vec![
        Measurement::rounding("2γ for γ", count, largest(doubled), 1.0),
        Measurement::rounding("no penalty (γ = 1e-6)", free.len(), largest(free), 1.0),
    ];
    let evidence = vec![
        Measurement::rounding(
            "the gradient at â, in rounding bounds",
            count,
            largest(gradients),
            1.0,
        ),
        Measurement::rounding("the rise less ½δᵀ(σᵀσ+γI)δ", count, largest(rises), 1.0),
        Measurement::rounding("â against σᵀ(K₂+γI)⁻¹y", count, largest(duals), 1.0),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("â = (σ(XW)ᵀσ(XW) + γI_p)⁻¹σ(XW)ᵀy", &evidence),
        evidence,
        controls,
        ..Finding::default()
    })
}
