//! Moments and free cumulants.

use crate::measure::law::{Law, LawError};
use crate::numbers::larger;

/// The error of a free cumulant, relative to it and to the size of the law, at which rounding hides it.
const HIDDEN: f64 = 1e-6;

impl Law {
    /// `∫ xᵏ dμ` for `k = 0, …, count`: `count + 1` numbers.
    ///
    /// # Errors
    /// [`LawError::Moment`] where one is beyond the range of the numbers, and where an inner law has none.
    pub fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let found = self.transform().moments(count)?;
        match found.iter().position(|m| !m.is_finite()) {
            Some(order) => Err(LawError::Moment { order }),
            None => Ok(found),
        }
    }

    /// The free cumulants `κ_1, …, κ_count`, the coefficients of `R(g) = Σ κ_k g^{k−1}`: those of `μ ⊞ ν` are the sums of
    /// those of μ and ν (Speicher 1994).
    ///
    /// # Errors
    /// As [`Law::moments`], and [`LawError::Rounding`] from the order on at which the rounding of the moments hides them.
    pub fn free_cumulants(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let moments = self.moments(count)?;
        let spread = match moments[..] {
            [_, mean, second, ..] => (second - mean * mean).max(0.0).sqrt(),
            _ => 0.0,
        };
        let found = free_cumulants(&moments);
        // What they are with moments that are rounded otherwise.
        let mut off = vec![0.0; found.len()];
        for signs in [[1.0, 1.0], [1.0, -1.0], [0.0, 1.0]] {
            let turned = moments.iter().enumerate();
            let turned = turned.map(|(k, m)| m * (1.0 + 4.0 * f64::EPSILON * signs[k % 2]));
            let other = free_cumulants(&turned.collect::<Vec<_>>());
            for ((off, a), b) in off.iter_mut().zip(&found).zip(&other) {
                *off = larger(*off, (a - b).abs());
            }
        }
        let hidden = |(k, (off, kappa)): (usize, (&f64, &f64))| {
            let size = larger(spread.powi(k as i32 + 1), kappa.abs());
            off.is_nan() || *off > HIDDEN * size
        };
        let first = off.iter().zip(&found).enumerate().position(hidden);
        match first.filter(|_| self.as_point().is_none()) {
            Some(k) => Err(LawError::Rounding { order: k + 1 }),
            None => Ok(found),
        }
    }

    /// The same without a word about rounding, for moments that are made of them again.
    pub(crate) fn rounded_free_cumulants(&self, count: usize) -> Result<Vec<f64>, LawError> {
        Ok(free_cumulants(&self.moments(count)?))
    }
}

/// The moments `m_0 = 1, m_1, …` from the free cumulants `κ_1, κ_2, …`.
///
/// Speicher's relation over non-crossing partitions, summed by the size s of the block of the first element:
///
/// ```math
/// m_n = Σ_{s=1}^n κ_s Σ_{i_1+…+i_s = n−s} m_{i_1} ⋯ m_{i_s}.
/// ```
pub(crate) fn from_free_cumulants(cumulants: &[f64]) -> Vec<f64> {
    let count = cumulants.len();
    let mut moments = vec![1.0];
    for n in 1..=count {
        let m = (1..=n)
            .map(|s| cumulants[s - 1] * power_coefficient(&moments, s, n - s))
            .sum();
        moments.push(m);
    }
    moments
}

/// The free cumulants `κ_1, κ_2, …` from the moments `m_0 = 1, m_1, …`.
pub(crate) fn free_cumulants(moments: &[f64]) -> Vec<f64> {
    let mut cumulants: Vec<f64> = Vec::new();
    // Of the sth power of the moments' series the coefficients that are needed.
    let mut powers: Vec<Vec<f64>> = vec![];
    for n in 1..moments.len() {
        let before = powers.last().map_or(moments, Vec::as_slice);
        let known = cumulants.iter().enumerate();
        let known = known.map(|(s, &kappa)| kappa * powers[s][n - s - 1]);
        cumulants.push(known.fold(moments[n], |sum, x| sum - x));
        let count = moments.len() - n;
        powers.push(match powers.is_empty() {
            true => moments[..count].to_vec(),
            false => (0..count)
                .map(|k| coefficient(before, moments, k))
                .collect(),
        });
    }
    cumulants
}

/// Coefficient k of a product of series.
fn coefficient(a: &[f64], b: &[f64], k: usize) -> f64 {
    (0..=k).map(|i| a[i] * b[k - i]).sum()
}

/// The coefficient of `xᵏ` in `(Σ m_i xⁱ)ˢ`.
fn power_coefficient(moments: &[f64], s: usize, k: usize) -> f64 {
    let mut power = vec![0.0; k + 1];
    power[0] = 1.0;
    for _ in 0..s {
        let next = (0..=k).map(|n| (0..=n).map(|i| moments[i] * power[n - i]).sum());
        power = next.collect();
    }
    power[k]
}

/// The moments of a sum of independent variables.
pub(crate) fn convolved(first: &[f64], second: &[f64]) -> Vec<f64> {
    let count = first.len().min(second.len());
    let mut row = vec![1.0];
    (0..count)
        .map(|n| {
            if n > 0 {
                row = pascal(&row);
            }
            (0..=n).map(|k| row[k] * first[k] * second[n - k]).sum()
        })
        .collect()
}

/// The moments of `scale·X + shift`.
pub(crate) fn affine(moments: &[f64], scale: f64, shift: f64) -> Vec<f64> {
    let scaled: Vec<f64> = moments
        .iter()
        .enumerate()
        .map(|(k, m)| m * scale.powi(k as i32))
        .collect();
    let powers: Vec<f64> = (0..moments.len()).map(|k| shift.powi(k as i32)).collect();
    convolved(&scaled, &powers)
}

fn pascal(row: &[f64]) -> Vec<f64> {
    let inner = row.windows(2).map(|pair| pair[0] + pair[1]);
    std::iter::once(1.0).chain(inner).chain([1.0]).collect()
}

/// The moments of a free multiplicative convolution: `S` multiplies.
///
/// With `χ(w) = Σ m_k w^{−k}` and its inverse in `x = 1/w`, `x = (y/(1+y)) S(y)`, as power series in y.
pub(crate) fn free_product(first: &[f64], second: &[f64]) -> Vec<f64> {
    let count = first.len().min(second.len()) - 1;
    if count == 0 {
        return vec![1.0];
    }
    // x/y as a series: S = (x/y)(1 + y); the product's x/y is the product of the two times (1 + y).
    let (a, b) = (inverse(&first[1..=count]), inverse(&second[1..=count]));
    let product = series_product(&a, &b);
    let with_factor: Vec<f64> = (0..count)
        .map(|k| product[k] + if k > 0 { product[k - 1] } else { 0.0 })
        .collect();
    let mut moments = vec![1.0];
    moments.extend(inverse(&with_factor));
    moments
}

fn series_product(a: &[f64], b: &[f64]) -> Vec<f64> {
    (0..a.len())
        .map(|n| (0..=n).map(|k| a[k] * b[n - k]).sum())
        .collect()
}

/// The series inverse of `y = Σ c_k x^k`, `k = 1, 2, …`, again from its first coefficient on (Lagrange):
/// the k-th coefficient is `[x^{k−1}] (x/y(x))ᵏ / k`.
fn inverse(coefficients: &[f64]) -> Vec<f64> {
    let count = coefficients.len();
    let reciprocal = reciprocal(coefficients);
    let mut power = reciprocal.clone();
    let mut out = Vec::with_capacity(count);
    for k in 1..=count {
        out.push(power[k - 1] / k as f64);
        power = series_product(&power, &reciprocal);
    }
    out
}

fn reciprocal(series: &[f64]) -> Vec<f64> {
    let mut out: Vec<f64> = vec![1.0 / series[0]];
    for n in 1..series.len() {
        let sum: f64 = (1..=n).map(|k| series[k] * out[n - k]).sum();
        out.push(-sum / series[0]);
    }
    out
}
