//! A rational function by its coefficients.

use super::roots;

/// `N/D` by ascending coefficients, the last of each not 0, without a common factor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fraction {
    pub(crate) numerator: Vec<f64>,
    pub(crate) denominator: Vec<f64>,
    /// A polynomial with each root of D, and each once.
    pub(crate) poles: Vec<f64>,
}

impl Fraction {
    pub(super) fn at(&self, x: f64) -> f64 {
        let [n, d] = [&self.numerator, &self.denominator].map(|p| {
            let terms = p.iter().rev();
            terms.fold(0.0, |sum, c| f64::mul_add(sum, x, *c))
        });
        n / d
    }

    /// Where R′ vanishes: the roots of `N′D − ND′`.
    pub(super) fn turns(&self) -> Vec<f64> {
        let (n, d) = (&self.numerator, &self.denominator);
        let mut wronskian = vec![0.0; n.len() + d.len()];
        for (i, a) in n.iter().enumerate() {
            for (j, b) in d.iter().enumerate().filter(|(j, _)| i != *j) {
                wronskian[i + j - 1] += a * b * (i as f64 - j as f64);
            }
        }
        roots::real(&wronskian)
    }
}
