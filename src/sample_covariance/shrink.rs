//! Nonlinear shrinkage of a covariance matrix's eigenvalues, in closed form.

use std::f64::consts::PI;

/// What the p eigenvalues of the sample covariance should be for the least Frobenius loss with the sample's eigenvectors
/// kept: Ledoit and Wolf's analytical estimate (2020), Epanechnikov's kernel with the bandwidth `h λ`, `h = N^{−1/3}`, which is
/// its regularisation.
///
/// ```math
/// d(λ) = λ/((πγλ f(λ))² + (1 − γ − πγλ H f(λ))²)
/// ```
///
/// `eigenvalues` are the min(N, p) largest, descending; the result has as many, and one for each of the p − N zeros if there
/// are any.
pub fn shrunk_eigenvalues(eigenvalues: &[f64], freedom: usize, p: usize) -> Vec<f64> {
    let (n, q) = (freedom as f64, p as f64);
    let bandwidth = n.powf(-1.0 / 3.0);
    let gamma = q / n;
    let positive: Vec<f64> = eigenvalues.iter().copied().filter(|x| *x > 0.0).collect();
    let mut shrunk: Vec<f64> = eigenvalues
        .iter()
        .map(|&at| {
            if at <= 0.0 {
                return 0.0;
            }
            let (density, hilbert) = kernel(at, &positive, bandwidth);
            if p <= freedom {
                let imaginary = PI * gamma * at * density;
                let real = 1.0 - gamma - PI * gamma * at * hilbert;
                at / (imaginary * imaginary + real * real)
            } else {
                // Of the companion's N eigenvalues.
                at / (PI * at).powi(2) / (density * density + hilbert * hilbert)
            }
        })
        .collect();
    if p > freedom && !positive.is_empty() {
        let inverse = positive.iter().map(|x| x.recip()).sum::<f64>() / positive.len() as f64;
        let root = 5.0f64.sqrt() * bandwidth;
        let square = bandwidth * bandwidth;
        let log = ((1.0 + root) / (1.0 - root).abs()).ln();
        let at_zero = 3.0 / (10.0 * square)
            + 3.0 / (4.0 * 5.0f64.sqrt() * bandwidth) * (1.0 - 1.0 / (5.0 * square)) * log;
        let hilbert = at_zero * inverse / PI;
        let value = 1.0 / (PI * (q - n) / n * hilbert);
        shrunk.extend(std::iter::repeat_n(value, p - freedom));
    }
    shrunk
}

/// Density and Hilbert transform at `at` of the mean of Epanechnikov kernels around each value, as wide as it is large.
fn kernel(at: f64, values: &[f64], bandwidth: f64) -> (f64, f64) {
    let root = 5.0f64.sqrt();
    let (mut density, mut hilbert) = (0.0, 0.0);
    for &value in values {
        let width = bandwidth * value;
        let u = (at - value) / width;
        let rest = 1.0 - u * u / 5.0;
        let weight = 3.0 / (4.0 * root * width);
        density += weight * rest.max(0.0);
        hilbert -= 3.0 * u / (10.0 * PI * width);
        // At u = ±√5 the logarithm's pole is cancelled by its factor.
        if rest != 0.0 {
            hilbert += weight / PI * rest * ((root - u) / (root + u)).abs().ln();
        }
    }
    let count = values.len() as f64;
    (density / count, hilbert / count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg;
    use crate::model::{EntryLaw, Streams};

    /// The loss is below that of the sample's own eigenvalues by much, and near that of the best that keep the vectors,
    /// `uᵀΣu`; on both sides of p = N.
    #[test]
    fn it_is_near_the_oracle() {
        for (n, p) in [(400, 200), (120, 200)] {
            let mut x = EntryLaw::Gaussian.matrix(n, p, &mut Streams::new(2, "shrink").stream(0));
            let variance = |j: usize| if j < p / 2 { 1.0f64 } else { 4.0 };
            for (j, mut column) in x.columns_mut().into_iter().enumerate() {
                column *= variance(j).sqrt();
            }
            let s = linalg::gram(x.t()) / n as f64;
            let eigen = linalg::symmetric_eigen(s.view()).unwrap();
            let oracle: Vec<f64> = (0..p)
                .rev()
                .map(|k| {
                    (0..p)
                        .map(|j| variance(j) * eigen.vectors[[j, k]].powi(2))
                        .sum()
                })
                .collect();
            let values: Vec<f64> = eigen.values.iter().rev().take(n.min(p)).copied().collect();
            let shrunk = shrunk_eigenvalues(&values, n, p);
            assert_eq!(shrunk.len(), p);
            let zeros = std::iter::repeat_n(0.0, p - values.len());
            let sample: Vec<f64> = values.iter().copied().chain(zeros).collect();
            let loss = |d: &[f64]| {
                d.iter()
                    .zip(&oracle)
                    .map(|(d, o)| (d - o).powi(2))
                    .sum::<f64>()
            };
            assert!(
                loss(&shrunk) < 0.03 * loss(&sample),
                "{} {}",
                loss(&shrunk),
                loss(&sample)
            );
        }
    }

    /// Kernel by kernel against integrals: the density's is 1, and the transform is `(1/π) ∫ k(t)/(t − x) dt`, here beside what the
    /// kernels reach; where they reach, the singular part is split off.
    #[test]
    fn the_transform_is_the_density_s() {
        let (values, bandwidth) = ([1.0, 1.7, 4.0], 0.2);
        let reach = 5.0f64.sqrt() * bandwidth;
        let (low, high) = (1.0 - reach, 4.0 * (1.0 + reach));
        let count = 200_000;
        let step = (high - low) / f64::from(count);
        let nodes = (0..count).map(|k| low + (f64::from(k) + 0.5) * step);
        let density: Vec<(f64, f64)> = nodes
            .map(|t| (t, kernel(t, &values, bandwidth).0))
            .collect();
        let whole: f64 = density.iter().map(|(_, f)| f * step).sum();
        assert!((whole - 1.0).abs() < 1e-8, "{whole}");
        for x in [0.2, 0.9, 1.3, 2.1, 3.9, 9.0] {
            let (own, found) = kernel(x, &values, bandwidth);
            let regular: f64 = density
                .iter()
                .map(|(t, f)| step * (f - own) / (t - x))
                .sum();
            let singular = own * ((high - x) / (x - low)).abs().ln();
            let expected = (regular + singular) / PI;
            assert!((found - expected).abs() < 1e-4, "{x}: {found} {expected}");
        }
    }
}
