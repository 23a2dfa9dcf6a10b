//! Ridge regression on random features, averaged over data and weights: Defilippis, Loureiro and Misiakiewicz (arXiv 2405.15699).

use super::DysonError;

/// The deterministic equivalent of ridge regression from n samples on p random features `z_j = ⟨w_j, Σ^{1/2}g⟩/√p`, g and w_j with
/// independent standard entries: the minimiser of `Σ_i (y_i − ⟨θ, z(x_i)⟩)² + λ|θ|²`.
///
/// With ν₁, ν₂ > 0 of
///
/// ```math
/// n − λ/ν₁ = Tr Σ(Σ + ν₂)⁻¹ = p(1 − ν₁/ν₂)
/// ```
///
/// and `r = ν₁/ν₂`, `T₂ = Tr Σ²(Σ + ν₂)⁻²`, `χ = Tr Σ(Σ + ν₂)⁻²/(p − T₂)`, `Υ = (p/n)((1 − r)² + r²T₂/(p − T₂))`, the test error for
/// `y = ⟨β, g⟩ + ε`, `E ε² = σ²`, is `(B + σ²)/(1 − Υ)`, `B = ν₂²(⟨β, (Σ + ν₂)⁻²β⟩ + χ⟨β, Σ(Σ + ν₂)⁻²β⟩)`: ν₁ solves the equation of
/// ridge regression at the features' covariance `WΣWᵀ/p`, ν₂ that of the covariance itself, a sample of p.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomFeatureRidge {
    variances: Vec<f64>,
    samples: f64,
    lambda: f64,
    nu: (f64, f64),
    spread: f64,
    upsilon: f64,
}

impl RandomFeatureRidge {
    /// For the eigenvalues of Σ, n samples, p features and λ > 0.
    ///
    /// # Errors
    /// No samples or features, a λ that is not positive, or eigenvalues that are negative, not finite or all 0.
    ///
    /// ```
    /// use tensor_dyson::dyson::RandomFeatureRidge;
    /// // Far more features than there are dimensions: ridge regression on Σ itself, ν₁ = ν₂ = λ/(n − df).
    /// let ridge = RandomFeatureRidge::solve(&[1.0; 10], 40, 1_000_000_000, 3.0)?;
    /// assert!((ridge.nu().0 / ridge.nu().1 - 1.0).abs() < 1e-7);
    /// # Ok::<(), tensor_dyson::dyson::DysonError>(())
    /// ```
    pub fn solve(variances: &[f64], n: usize, p: usize, lambda: f64) -> Result<Self, DysonError> {
        if n == 0 {
            return Err(DysonError::Samples);
        }
        if p == 0 {
            return Err(DysonError::Features);
        }
        if !(lambda.is_finite() && lambda > 0.0) {
            return Err(DysonError::Ridge { lambda });
        }
        let total: f64 = variances.iter().sum();
        let smallest = variances.iter().copied().fold(0.0, f64::min);
        if !(total.is_finite() && total > 0.0 && smallest >= 0.0) {
            return Err(DysonError::Variances { smallest, total });
        }
        let (samples, features) = (n as f64, p as f64);
        let freedom = |nu: f64| variances.iter().map(|x| x / (x + nu)).sum::<f64>();
        // ν₂(1 − T/p)(n − T) = λ, T = Tr Σ(Σ+ν₂)⁻¹: the left side rises wherever T < min(n, p), and is −∞ before.
        let enough = |nu: f64| {
            let t = freedom(nu);
            t < samples.min(features) && nu * (1.0 - t / features) * (samples - t) >= lambda
        };
        // T ≤ Tr Σ/ν₂: at four times this the left side is at least ν₂·½·n/2.
        let mut high = 4.0 * (lambda / samples + total / samples.min(features));
        let mut low = high * 1e-30;
        while high / low > 1.0 + 4.0 * f64::EPSILON {
            let middle = (low * high).sqrt();
            if middle <= low || middle >= high {
                break;
            }
            if enough(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        let nu_2 = high;
        let ratio = 1.0 - freedom(nu_2) / features;
        let moment = |f: &dyn Fn(f64) -> f64| variances.iter().map(|&x| f(x)).sum::<f64>();
        let second = moment(&|x| (x / (x + nu_2)).powi(2));
        let spread = moment(&|x| x / (x + nu_2).powi(2)) / (features - second);
        let inflated = (1.0 - ratio).powi(2) + ratio * ratio * second / (features - second);
        Ok(RandomFeatureRidge {
            variances: variances.to_vec(),
            samples,
            lambda,
            nu: (ratio * nu_2, nu_2),
            spread,
            upsilon: features / samples * inflated,
        })
    }

    /// (ν₁, ν₂).
    pub fn nu(&self) -> (f64, f64) {
        self.nu
    }

    /// `(B + σ²)/(1 − Υ)` at the squares β_k² of the target's coefficients, in the order of the variances.
    ///
    /// # Panics
    /// If there are not as many squares as variances.
    pub fn test_error(&self, squares: &[f64], noise: f64) -> f64 {
        assert!(
            squares.len() == self.variances.len(),
            "{} coefficients for {} variances",
            squares.len(),
            self.variances.len()
        );
        let nu = self.nu.1;
        let parts = squares.iter().zip(&self.variances);
        let bias: f64 = parts
            .map(|(b, x)| b * (nu / (x + nu)).powi(2) * (1.0 + self.spread * x))
            .sum();
        (bias + noise) / (1.0 - self.upsilon)
    }

    /// `(λ/(nν₁))²`: the mean square error on the samples over that at new ones. `λ/(nν₁)` is `1 − (1/n)Tr` of the smoother, so that
    /// generalised cross-validation estimates the test error (Golub, Heath and Wahba 1979).
    pub fn training_share(&self) -> f64 {
        (self.lambda / (self.samples * self.nu.0)).powi(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dyson::Ridge;
    use crate::measure::Atoms;

    const VARIANCES: [f64; 4] = [0.3, 1.0, 2.0, 5.0];

    #[test]
    fn both_equations_hold() {
        let many: Vec<f64> = VARIANCES.iter().cycle().take(60).copied().collect();
        for (n, p, lambda) in [
            (30, 20, 0.1),
            (20, 45, 1e-3),
            (300, 40, 2.0),
            (50, 50, 1e-8),
        ] {
            let ridge = RandomFeatureRidge::solve(&many, n, p, lambda).unwrap();
            let (one, two) = ridge.nu();
            let freedom: f64 = many.iter().map(|x| x / (x + two)).sum();
            assert!((n as f64 - lambda / one - freedom).abs() < 1e-6 * n as f64);
            assert!((p as f64 * (1.0 - one / two) - freedom).abs() < 1e-9 * p as f64);
        }
    }

    /// Infinitely many features: ridge regression on Σ, by the other solver.
    #[test]
    fn many_features_are_plain_ridge_regression() {
        let (n, noise, lambda) = (3, 0.2, 0.7);
        let wide = RandomFeatureRidge::solve(&VARIANCES, n, 1_000_000_000_000, lambda).unwrap();
        let law = Atoms::empirical(VARIANCES.to_vec()).unwrap();
        // Ridge has features over √4.
        let plain = Ridge::solve(n as f64 / 4.0, &law, lambda / 4.0).unwrap();
        let squares = [0.5, 1.0, 0.1, 0.4];
        let parts = squares.iter().zip(&VARIANCES);
        let bias = parts.map(|(b, &q)| b * plain.shrinkage(q).powi(2)).sum();
        let (seen, expected) = (
            wide.test_error(&squares, noise),
            plain.test_error(bias, noise),
        );
        assert!((seen / expected - 1.0).abs() < 1e-8, "{seen} {expected}");
        let share = plain.training_error(bias, noise) / expected;
        assert!((wide.training_share() / share - 1.0).abs() < 1e-8);
    }

    /// White data of D > p dimensions and no ridge: beyond n = p samples what is left is the projection off p random directions, 1 − p/D
    /// of the target, and all is inflated by 1/(1 − p/n).
    #[test]
    fn white_data_without_ridge_have_the_known_error() {
        let (dimension, p) = (60, 24);
        for n in [30, 100, 100_000] {
            let ridge = RandomFeatureRidge::solve(&[1.0; 60], n, p, 1e-9).unwrap();
            let squares = vec![0.5 / dimension as f64; dimension];
            let left = 0.5 * (1.0 - p as f64 / dimension as f64) + 0.3;
            let known = left / (1.0 - p as f64 / n as f64);
            let seen = ridge.test_error(&squares, 0.3);
            assert!((seen / known - 1.0).abs() < 1e-6, "{n}: {seen} {known}");
        }
    }

    /// 1/(1 − Υ) is n dν₁/dλ, by differences; and the target's coefficients belong to g, so that Σ and λ scale together.
    #[test]
    fn the_inflation_is_a_derivative_and_the_units_are_free() {
        let many: Vec<f64> = VARIANCES.iter().cycle().take(60).copied().collect();
        let double: Vec<f64> = many.iter().map(|x| 2.0 * x).collect();
        for (n, p) in [(30, 20), (20, 45)] {
            let at = |lambda: f64| RandomFeatureRidge::solve(&many, n, p, lambda).unwrap();
            let slope = (at(0.501).nu().0 - at(0.499).nu().0) / 0.002;
            let inflation = at(0.5).test_error(&[0.0; 60], 1.0);
            assert!((n as f64 * slope / inflation - 1.0).abs() < 1e-5);
            let scaled = RandomFeatureRidge::solve(&double, n, p, 1.0).unwrap();
            let (one, two) = (
                at(0.5).test_error(&[0.1; 60], 0.2),
                scaled.test_error(&[0.1; 60], 0.2),
            );
            assert!((one / two - 1.0).abs() < 1e-10, "{one} {two}");
        }
    }

    #[test]
    fn what_is_no_task_is_refused() {
        let made =
            |variances: &[f64], n, p, lambda| RandomFeatureRidge::solve(variances, n, p, lambda);
        assert!(matches!(
            made(&VARIANCES, 0, 1, 1.0),
            Err(DysonError::Samples)
        ));
        assert!(matches!(
            made(&VARIANCES, 1, 0, 1.0),
            Err(DysonError::Features)
        ));
        assert!(matches!(
            made(&VARIANCES, 1, 1, 0.0),
            Err(DysonError::Ridge { .. })
        ));
        for wrong in [vec![], vec![0.0], vec![1.0, -1.0], vec![f64::NAN]] {
            assert!(matches!(
                made(&wrong, 1, 1, 1.0),
                Err(DysonError::Variances { .. })
            ));
        }
    }
}
