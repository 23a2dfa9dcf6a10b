//! The eigenvalue that the mean of ω puts outside of the bulk.

use super::arrays::shaped;
use super::claims::Derivation;
use super::drawn::Drawn;
use super::law::Rungs;
use super::operator::Operator;
use super::unsettled::heavy_rows;
use crate::ledger::{CheckError, Context, Finding, Ladder, Measurement, Open, Printed};
use crate::linalg::{LinalgError, symmetric_eigen, symmetric_eigenvalues};
use crate::symbolic::Expression;
use ndarray::{Array1, Array2};

/// Samples in a mean square, and means at each size. The logarithm of one error strays by 1.1, that of a root mean square
/// of sixteen by a quarter: over sizes from 1 to 3.4 four of them tell an exponent to ±0.2.
const DRAWS: u64 = 16;
const MEANS: u64 = 4;

/// Steps of Lanczos from the mean; `⟨μ, (1+t𝒬)⁻¹μ⟩` is rational in t, and its Gauss rule converges geometrically.
const STEPS: usize = 48;

/// The spectral measure of 𝒬 at the mean of ω, `⟨μ, f(𝒬)μ⟩ = Σ w_k f(θ_k)`, by Lanczos with full reorthogonalisation.
fn measure_at(operator: &Operator<'_>, mean: &Array1<f64>) -> Result<Vec<(f64, f64)>, LinalgError> {
    let norm = mean.dot(mean).sqrt();
    if norm == 0.0 {
        return Ok(Vec::new());
    }
    let mut basis: Vec<Array1<f64>> = vec![mean / norm];
    let (mut diagonal, mut off): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    while let Some(last) = basis.last() {
        let row = last.view().insert_axis(ndarray::Axis(0));
        let mut next = operator.act(row).row(0).to_owned();
        diagonal.push(last.dot(&next));
        for _ in 0..2 {
            for vector in &basis {
                let share = vector.dot(&next);
                next.scaled_add(-share, vector);
            }
        }
        let length = next.dot(&next).sqrt();
        let scale = diagonal
            .iter()
            .fold(0.0, |largest: f64, x| largest.max(x.abs()));
        if diagonal.len() == STEPS || length <= 1e-12 * scale {
            break;
        }
        off.push(length);
        basis.push(next / length);
    }
    let size = diagonal.len();
    let tridiagonal = Array2::from_shape_fn((size, size), |(i, j)| match i.abs_diff(j) {
        0 => diagonal[i],
        1 => off[i.min(j)],
        _ => 0.0,
    });
    let eigen = symmetric_eigen(tridiagonal.view())?;
    let first = eigen.vectors.row(0);
    let weight = |x: &f64| norm * norm * x * x;
    Ok(eigen
        .values
        .iter()
        .copied()
        .zip(first.iter().map(weight))
        .collect())
}

/// A place where an eigenvalue may be.
struct Position {
    at: f64,
    /// `dz/dm`, z(m) = −1/m + Tr 𝒬(1+γm𝒬)⁻¹/N: above 0 outside of the bulk, and there alone (Silverstein and Choi 1995).
    increase: f64,
}

/// `λ = −1/m + (1/N) Tr 𝒬(1+γm𝒬)⁻¹` where `1 + γm⟨μ, (1+γm𝒬)⁻¹μ⟩ = 0`, m < 0: the resolvent of the bulk, to which the
/// mean is a perturbation of rank one. None where no m between the bulk and 0 solves it.
fn position(at_mean: &[(f64, f64)], eigenvalues: &[f64], gamma: f64) -> Option<Position> {
    let top = eigenvalues.last().copied()?;
    let f = |m: f64| {
        let sum: f64 = at_mean.iter().map(|(x, w)| w / (1.0 + gamma * m * x)).sum();
        1.0 + gamma * m * sum
    };
    let (mut low, mut high) = (-(1.0 - 1e-12) / (gamma * top), 0.0);
    if !(top > 0.0 && f(low) < 0.0) {
        return None;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if f(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let m = 0.5 * (low + high);
    let trace: f64 = eigenvalues.iter().map(|x| x / (1.0 + gamma * m * x)).sum();
    let slope: f64 = eigenvalues
        .iter()
        .map(|x| (x / (1.0 + gamma * m * x)).powi(2))
        .sum();
    let count = eigenvalues.len() as f64;
    Some(Position {
        at: -1.0 / m + trace / count,
        increase: m.powi(-2) - gamma * slope / count,
    })
}

impl Drawn {
    /// An expression over the legs of ω at these weights, as a vector of N entries.
    pub(super) fn vector(&self, expression: &Expression) -> Array1<f64> {
        shaped(self.value_of(expression), self.sizes().features)
    }
}

/// A ratio that is not γ: 1/γ, or 2γ where that is too near.
fn other(gamma: f64) -> (f64, &'static str) {
    if gamma.ln().abs() < 1.5_f64.ln() {
        (2.0 * gamma, "2γ for γ")
    } else {
        (1.0 / gamma, "1/γ for γ")
    }
}

/// The predicted places at a size: the right one, that with half the mean, that with another ratio.
fn predicted(derivation: &Derivation, drawn: &Drawn) -> Result<Option<[f64; 3]>, CheckError> {
    let covariance = derivation.moments.covariance();
    let operator = Operator::new(covariance, drawn);
    let structure = super::SpectralStructure::of(covariance, drawn, &derivation.symmetric())?;
    let eigenvalues = structure.eigenvalues(&operator)?;
    let mean = drawn.vector(derivation.moments.mean_expression());
    let measure = measure_at(&operator, &mean)?;
    let half: Vec<(f64, f64)> = measure.iter().map(|&(x, w)| (x, w / 4.0)).collect();
    let gamma = drawn.sizes().gamma();
    let right = position(&measure, &eigenvalues, gamma).filter(|place| place.increase > 0.0);
    // A wrong mean may put no eigenvalue outside: then the prediction is none, as far off as can be.
    let place = |found: Option<Position>| found.map_or(0.0, |place| place.at);
    let half = place(position(&half, &eigenvalues, gamma));
    let other = place(position(&measure, &eigenvalues, other(gamma).0));
    Ok(right.map(|right| [right.at, half, other]))
}

const INSIDE: Open = Open {
    why: "the mean is too small, at these sizes, to put an eigenvalue outside of the bulk",
    settled_by: "weights with a larger mean of the feature",
};

fn unsettled(open: Open) -> Finding {
    Finding {
        printed: Printed::unsettled("the outlier of E ω", open),
        ..Finding::default()
    }
}

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let model = &derivation.model;
    if let Some(open) = heavy_rows(derivation) {
        return Ok(unsettled(open));
    }
    let ladder = model.ladder_within(ctx.choose(150, 400, 1000));
    let rungs = Rungs::new(model, &ladder, ctx.seed)?;
    let mut distances = [Ladder::default(), Ladder::default(), Ladder::default()];
    let (mut gamma, mut last) = (f64::NAN, (0, f64::NAN));
    for size in rungs.sizes() {
        let drawn = rungs.at(size)?;
        gamma = drawn.sizes().gamma();
        let Some(places) = predicted(derivation, drawn)? else {
            // At the smallest sizes the bulk may still be too wide.
            if Some(&size) == ladder.last() {
                return Ok(unsettled(INSIDE));
            }
            continue;
        };
        last = (size, places[0]);
        for mean in 0..MEANS {
            let mut squares = [0.0; 3];
            for draw in 0..DRAWS {
                let place = 1000 * size as u64 + mean * DRAWS + draw;
                let kernel = drawn.kernel(&mut ctx.streams().stream(place));
                let values = symmetric_eigenvalues(kernel.view())?;
                let top = values.last().copied().unwrap_or(f64::NAN);
                for (square, place) in squares.iter_mut().zip(places) {
                    *square += ((top - place) / places[0]).powi(2) / DRAWS as f64;
                }
            }
            for (ladder, square) in distances.iter_mut().zip(squares) {
                ladder.push(size as f64, square.sqrt());
            }
        }
    }
    let [own, half, another] = &distances;
    if own.sizes().0 >= own.sizes().1 {
        return Ok(unsettled(INSIDE));
    }
    let evidence = vec![own.measure("|λ_max/λ − 1|, root mean square", -0.5)?];
    let controls: Vec<Measurement> = vec![
        half.measure("half the mean", -0.5)?,
        another.measure(other(gamma).1, -0.5)?,
    ];
    let (size, place) = last;
    let name = model.free();
    Ok(Finding {
        printed: Printed::as_claimed(
            format!("the outlier of E ω, at {place:.5} for {name} = {size}"),
            &evidence,
        ),
        evidence,
        controls,
        ..Finding::default()
    })
}
