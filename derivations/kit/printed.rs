//! Formulas of 𝒬 as the slides print them, for weights ±1: the sum `½Σ_{i,j}` of finite d and p, and the law
//! `α² μ*μ + (β² − α²)`, `μ = MP^{γ₂}`, of the theorem.

use num_complex::Complex64;
use tensor_dyson::measure::{
    Atoms, AtomsError, Jet, MarchenkoPastur, Response, ResponseError, WeightedCovariance,
};

/// `α² μ*μ + shift`: no zeros, no ratio.
pub(crate) struct PrintedLaw {
    mixture: WeightedCovariance,
    mu: MarchenkoPastur,
    gamma_2: f64,
    alpha_squared: f64,
    shift: f64,
}

impl PrintedLaw {
    /// The printed law for `alpha` and any shift.
    pub(crate) fn new(
        gamma_2: f64,
        alpha: f64,
        shift: f64,
    ) -> Result<Self, tensor_dyson::ledger::CheckError> {
        let one: Result<Atoms, AtomsError> = Atoms::new(vec![1.0], vec![1.0]);
        Ok(PrintedLaw {
            mixture: WeightedCovariance::new(gamma_2, 1.0, 1.0, 0.0, one?)?,
            mu: MarchenkoPastur::new(gamma_2)?,
            gamma_2,
            alpha_squared: alpha * alpha,
            shift,
        })
    }

    /// The response of μ*μ, solved for in the mixture `(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀`.
    fn convolution(&self, t: Complex64) -> Result<Jet, ResponseError> {
        // I(0) is the mean 2, I′(0) minus the second moment 2(1 + γ₂) + 2.
        if t == Complex64::ZERO {
            return Ok(Jet {
                value: Complex64::from(2.0),
                derivative: Complex64::from(-(4.0 + 2.0 * self.gamma_2)),
            });
        }
        let (mixture, mu) = (self.mixture.response(t)?, self.mu.response(t)?);
        let solve =
            |x: Complex64, y: Complex64| (x - (1.0 - self.gamma_2) * y) * 2.0 / self.gamma_2;
        Ok(Jet {
            value: solve(mixture.value, mu.value),
            derivative: solve(mixture.derivative, mu.derivative),
        })
    }
}

impl Response for PrintedLaw {
    /// With `u = t/(1+tc)` and J(u) the response of α²μ*μ, the shifted law has
    /// `I(t) = c/(1+tc) + J(u)/(1+tc)²`.
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError> {
        let below = (1.0 + t * self.shift).inv();
        let scaled = self.convolution(t * below * self.alpha_squared)?;
        let (j, dj) = (
            scaled.value * self.alpha_squared,
            scaled.derivative * self.alpha_squared * self.alpha_squared,
        );
        let (c, square) = (self.shift, below * below);
        Ok(Jet {
            value: c * below + j * square,
            derivative: -c * c * square - 2.0 * c * j * square * below + dj * square * square,
        })
    }

    fn mass_at_zero(&self) -> f64 {
        if self.shift > 0.0 {
            0.0
        } else {
            // Two independent variables, each 0 with the mass that MP has there.
            self.mu.mass_at_zero().powi(2)
        }
    }

    fn mean(&self) -> f64 {
        2.0 * self.alpha_squared + self.shift
    }

    fn support_bound(&self) -> f64 {
        2.0 * self.alpha_squared * self.mu.edges().1 + self.shift
    }
}

/// The response with the printed sum `(1/2pd) Σ_{i,j ≤ d}`, `σ_i = 0` beyond min(d, p).
pub(crate) struct HalfSum {
    squares: Vec<f64>,
    p: usize,
}

impl HalfSum {
    /// From the singular values of a d×p matrix G.
    pub(crate) fn new(singular: &[f64], d: usize, p: usize) -> Self {
        let mut squares: Vec<f64> = singular.iter().map(|s| s * s).collect();
        squares.resize(d, 0.0);
        HalfSum { squares, p }
    }

    /// The half diagonal that the sum lacks, `(1/2pd) Σ_i 2σ_i²/(1 + 2tσ_i²)`.
    pub(crate) fn half_diagonal(&self, t: Complex64) -> Complex64 {
        let sum: Complex64 = self.squares.iter().map(|x| x / (1.0 + 2.0 * t * x)).sum();
        sum / (self.squares.len() * self.p) as f64
    }
}

impl Response for HalfSum {
    fn response(&self, t: Complex64) -> Result<Jet, ResponseError> {
        let scale = 0.5 / (self.squares.len() * self.p) as f64;
        let (mut value, mut derivative) = (Complex64::ZERO, Complex64::ZERO);
        for x in &self.squares {
            for y in &self.squares {
                let term = (x + y) / (1.0 + t * (x + y));
                value += scale * term;
                derivative -= scale * term * term;
            }
        }
        Ok(Jet { value, derivative })
    }
    fn mass_at_zero(&self) -> f64 {
        0.0
    }
    fn mean(&self) -> f64 {
        self.squares.iter().sum::<f64>() / self.p as f64
    }
    fn support_bound(&self) -> f64 {
        2.0 * self.squares.iter().copied().fold(0.0, f64::max)
    }
}
