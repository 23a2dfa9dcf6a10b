//! The optimal threshold and the optimal shrinkers of singular values.

use super::{Bulk, DataError};
use crate::measure::Law;

/// What to keep of the singular values `y = √(Nλ)` of the prepared data, for the least mean square (or other) error of the
/// matrix behind them, in noise of variance σ².
#[derive(Debug, Clone, PartialEq)]
pub struct Denoising {
    /// Keep above this for the noise variance that was fitted or given: `λ*(β) √max(N, p) σ`.
    pub threshold: f64,
    /// Keep above this where σ is taken from the median alone: `ω(β) · median y`.
    pub threshold_from_median: f64,
    /// Singular values above the first, and above the second threshold.
    pub kept: (usize, usize),
    /// Those that some shrinker leaves above 0, descending.
    pub values: Vec<Denoised>,
}

/// A singular value and what the optimal shrinkers make of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Denoised {
    /// y.
    pub singular_value: f64,
    /// For the least Frobenius norm of the error.
    pub frobenius: f64,
    /// For the least operator norm.
    pub operator: f64,
    /// For the least nuclear norm.
    pub nuclear: f64,
}

impl Denoising {
    /// In the units of the data.
    pub(super) fn scale(&mut self, by: f64) {
        self.threshold *= by;
        self.threshold_from_median *= by;
        for value in &mut self.values {
            value.singular_value *= by;
            value.frobenius *= by;
            value.operator *= by;
            value.nuclear *= by;
        }
    }
}

/// `λ*(β) = √(2(β+1) + 8β/(β+1+√(β²+14β+1)))` (Gavish and Donoho 2014, equation 11): 4/√3 for a square matrix.
fn optimal(beta: f64) -> f64 {
    let root = (beta * beta + 14.0 * beta + 1.0).sqrt();
    (2.0 * (beta + 1.0) + 8.0 * beta / (beta + 1.0 + root)).sqrt()
}

/// The three shrinkers at y in units of `√max(N,p) σ` (Gavish and Donoho 2017, equations 7 and following).
fn shrunk(y: f64, beta: f64) -> [f64; 3] {
    if y <= 1.0 + beta.sqrt() {
        return [0.0; 3];
    }
    let square = y * y - beta - 1.0;
    let root = (square * square - 4.0 * beta).max(0.0).sqrt();
    let x = (0.5 * (square + root)).sqrt();
    let nuclear = (x.powi(4) - beta - beta.sqrt() * x * y) / (x * x * y);
    [root / y, x, nuclear.max(0.0)]
}

/// Of descending eigenvalues in noise of variance σ².
pub(super) fn denoising(
    eigenvalues: &[f64],
    bulk: &Bulk,
    variance: f64,
) -> Result<Denoising, DataError> {
    let (n, p) = (bulk.sizes.0 as f64, bulk.sizes.1 as f64);
    let beta = n.min(p) / n.max(p);
    let unit = (n.max(p) * variance).sqrt();
    let singular: Vec<f64> = eigenvalues.iter().map(|x| (n * x).sqrt()).collect();
    let half = singular.len() / 2;
    let median = if singular.len().is_multiple_of(2) {
        0.5 * (singular[half - 1] + singular[half])
    } else {
        singular[half]
    };
    let middle = Law::marchenko_pastur(beta)?.distribution_within(1e-10)?;
    let middle = middle.quantile(0.5).unwrap_or(f64::NAN);
    let threshold = optimal(beta) * unit;
    let threshold_from_median = optimal(beta) / middle.sqrt() * median;
    let above = |threshold: f64| singular.partition_point(|y| *y > threshold);
    let values = singular.iter().map(|&y| {
        let [frobenius, operator, nuclear] = shrunk(y / unit, beta).map(|x| x * unit);
        Denoised {
            singular_value: y,
            frobenius,
            operator,
            nuclear,
        }
    });
    Ok(Denoising {
        threshold,
        threshold_from_median,
        kept: (above(threshold), above(threshold_from_median)),
        values: values.take_while(|value| value.operator > 0.0).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 4/√3 and 2.858 for a square matrix, Gavish and Donoho's approximation of ω elsewhere (to its 2 %).
    #[test]
    fn the_thresholds_are_those_of_the_paper() {
        assert!((optimal(1.0) - 4.0 / 3.0_f64.sqrt()).abs() < 1e-14);
        let omega = |beta: f64| {
            let law = Law::marchenko_pastur(beta).unwrap();
            optimal(beta) / law.distribution().unwrap().quantile(0.5).unwrap().sqrt()
        };
        assert!((omega(1.0) - 2.858_362_424).abs() < 1e-6, "{}", omega(1.0));
        for beta in [0.05f64, 0.2, 0.5, 0.9] {
            let near = 0.56 * beta.powi(3) - 0.95 * beta * beta + 1.82 * beta + 1.43;
            assert!((omega(beta) - near).abs() < 0.02, "{beta}");
        }
    }

    /// The Frobenius shrinker is `x c_u c_v` (Benaych-Georges and Nadakuditi 2012), the operator's is the x behind y, and
    /// the nuclear one is `x (c_u c_v − s_u s_v)`.
    #[test]
    fn the_shrinkers_come_from_the_cosines() {
        for beta in [0.2f64, 0.7, 1.0] {
            for x in [1.1f64, 2.0, 9.0] {
                if x.powi(4) <= beta {
                    continue;
                }
                let square = x * x;
                let y = ((square + 1.0) * (square + beta) / square).sqrt();
                let left = (square * square - beta) / (square * square + beta * square);
                let right = (square * square - beta) / (square * square + square);
                let both = (left * right).sqrt();
                let apart = ((1.0 - left) * (1.0 - right)).sqrt();
                let wanted = [x * both, x, (x * (both - apart)).max(0.0)];
                for (found, wanted) in shrunk(y, beta).into_iter().zip(wanted) {
                    assert!(
                        (found - wanted).abs() < 1e-12 * x,
                        "{beta} {x}: {found} {wanted}"
                    );
                }
            }
            assert_eq!(shrunk(1.0 + beta.sqrt(), beta), [0.0; 3]);
        }
    }
}
