//! The population spectrum behind a bulk: the Marchenko–Pastur map inverted.

use super::nonnegative::nonnegative;
use num_complex::Complex64;

/// An estimate of the population's law as masses on a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationSpectrum {
    /// Points of the grid with mass, ascending.
    pub at: Vec<f64>,
    /// Their masses, which add to 1.
    pub mass: Vec<f64>,
    /// The height above the real axis at which the equation is held: the first part of the regularisation.
    pub height: f64,
    /// The weight of the masses' squares in what is minimised: its second part.
    pub ridge: f64,
    /// The root of the mean square of what is left of the equation, relative to its terms.
    pub residual: f64,
}

/// Points of the grid on which the population may lie, and points at which the equation is held.
const GRID: usize = 100;
const POINTS: usize = 60;
/// Weight of the squared masses beside the mean square of the equation's relative error: it decides between grids points
/// that the data do not tell apart, and no more.
const RIDGE: f64 = 1e-7;
/// Weight of the total mass's distance from 1.
const TOTAL: f64 = 1e3;
/// Lowest point of the grid in means, where the data do not bound it from below.
const LOWEST: f64 = 1e-2;

/// El Karoui's estimate (2008): masses w on a geometric grid t, none negative, that hold the Marchenko–Pastur equation
///
/// ```math
/// z = −1/m + γ Σ_k w_k t_k/(1 + t_k m),   m(z) = (1/N) Σ 1/(λ_i − z) over the companion's N eigenvalues
/// ```
///
/// best in the mean square over points z at one height above the spectrum, each equation divided by `1/m`. m is taken
/// from the sample, so that the equation is linear in w. The regularisation is the height, `(λ_max − λ_min) N^{−1/2}`, below
/// which single eigenvalues show, and a ridge of 1e-7.
///
/// `eigenvalues` are the min(N, p) largest, descending. `None` where they do not span an interval.
pub(crate) fn population_spectrum(
    eigenvalues: &[f64],
    freedom: usize,
    p: usize,
) -> Option<PopulationSpectrum> {
    let (n, q) = (freedom as f64, p as f64);
    let mean = eigenvalues.iter().sum::<f64>() / q;
    let (high, least) = (*eigenvalues.first()?, *eigenvalues.last()?);
    if !(mean > 0.0 && high.is_finite() && high > least) {
        return None;
    }
    let low = if p <= freedom {
        least.max(1e-4 * mean).min(0.9 * high)
    } else {
        LOWEST * mean
    };
    let step = (high / low).ln() / (GRID - 1) as f64;
    let grid: Vec<f64> = (0..GRID).map(|k| low * (step * k as f64).exp()).collect();
    let height = (high - least) / n.sqrt();
    let equations: Vec<Vec<Complex64>> = (0..POINTS)
        .map(|j| {
            let x = -0.1 * high + 1.2 * high * j as f64 / (POINTS - 1) as f64;
            let z = Complex64::new(x, height);
            let zeros = n - eigenvalues.len() as f64;
            let sum: Complex64 = eigenvalues.iter().map(|l| (l - z).inv()).sum();
            let m = (sum - zeros / z) / n;
            let terms = grid.iter().map(|t| q / n * t * m / (1.0 + t * m));
            // The last is the other side.
            terms.chain([z * m + 1.0]).collect()
        })
        .collect();
    let masses = fitted(&equations);
    let total: f64 = masses.iter().sum();
    let left = equations.iter().map(|row| {
        let sum: Complex64 = row.iter().zip(&masses).map(|(a, w)| a * w).sum();
        (sum - row[GRID]).norm_sqr()
    });
    let residual = (left.sum::<f64>() / POINTS as f64).sqrt();
    let kept = grid.iter().zip(&masses).filter(|(_, w)| **w > 1e-9);
    let (at, mass): (Vec<f64>, Vec<f64>) = kept.map(|(t, w)| (*t, w / total)).unzip();
    let kept: f64 = mass.iter().sum();
    Some(PopulationSpectrum {
        at,
        mass: mass.into_iter().map(|w| w / kept).collect(),
        height,
        ridge: RIDGE,
        residual,
    })
}

/// The masses for equations whose last column is the right side.
fn fitted(equations: &[Vec<Complex64>]) -> Vec<f64> {
    let scale = 1.0 / POINTS as f64;
    let product = |j: usize, k: usize| -> f64 {
        let terms = equations.iter().map(|row| (row[j].conj() * row[k]).re);
        scale * terms.sum::<f64>()
    };
    let g: Vec<Vec<f64>> = (0..GRID)
        .map(|j| {
            let row = (0..GRID).map(|k| {
                let ridge = if j == k { RIDGE } else { 0.0 };
                product(j, k) + TOTAL + ridge
            });
            row.collect()
        })
        .collect();
    let c: Vec<f64> = (0..GRID).map(|k| product(k, GRID) + TOTAL).collect();
    nonnegative(&g, &c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg;
    use crate::model::{EntryLaw, Streams};

    /// Wasserstein's distance of two discrete laws, `∫ |F − G|`.
    fn distance(found: &PopulationSpectrum, at: &[f64], mass: &[f64]) -> f64 {
        let mut steps: Vec<(f64, f64)> = found
            .at
            .iter()
            .copied()
            .zip(found.mass.iter().copied())
            .collect();
        steps.extend(at.iter().zip(mass).map(|(x, w)| (*x, -w)));
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        steps.windows(2).fold(0.0, |level, pair| {
            let level = level + pair[0].1;
            sum += f64::abs(level) * (pair[1].0 - pair[0].0);
            level
        });
        sum
    }

    #[test]
    fn one_and_two_population_values_are_found_on_both_sides() {
        for (n, p, values) in [
            (800, 200, [1.0, 1.0]),
            (800, 200, [1.0, 3.0]),
            (200, 400, [1.0, 6.0]),
        ] {
            let mut x =
                EntryLaw::Gaussian.matrix(n, p, &mut Streams::new(3, "population").stream(0));
            for (j, mut column) in x.columns_mut().into_iter().enumerate() {
                column *= f64::sqrt(values[j % 2]);
            }
            let small = if n < p { x.view() } else { x.t() };
            let mut found = linalg::symmetric_eigenvalues(linalg::gram(small).view()).unwrap();
            found.reverse();
            found.iter_mut().for_each(|x| *x /= n as f64);
            let spectrum = population_spectrum(&found, n, p).unwrap();
            let total: f64 = spectrum.mass.iter().sum();
            assert!((total - 1.0).abs() < 1e-12);
            let mean = 0.5 * (values[0] + values[1]);
            let off = distance(&spectrum, &values, &[0.5, 0.5]) / mean;
            // The sample's own spectrum is 0.3 to 0.8 means away.
            let mut at = found.clone();
            at.resize(p, 0.0);
            at.reverse();
            let own = PopulationSpectrum {
                mass: vec![1.0 / p as f64; p],
                at,
                ..spectrum
            };
            let sample = distance(&own, &values, &[0.5, 0.5]) / mean;
            assert!(off < 0.4 * sample, "{n} {p} {values:?}: {off} {sample}");
        }
        assert!(population_spectrum(&[1.0, 1.0], 4, 2).is_none());
        assert!(population_spectrum(&[], 4, 2).is_none());
    }
}
