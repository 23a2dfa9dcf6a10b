//! Laws of the output weights a, and ν, the law of a².

use crate::measure::{Atoms, AtomsError};
use ndarray::Array1;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use std::num::NonZeroUsize;

/// The law of the entries of a, length p, with `a² ~ ν`. Slide 'Main result'.
#[derive(Debug, Clone, PartialEq)]
pub enum WeightLaw {
    /// ±1 with probability ½: ν is the point mass at 1.
    PlusMinusOne,
    /// Uniform on (−L, L).
    Uniform(f64),
    /// N(0, 1).
    Gaussian,
    /// ν discrete, with a random sign of a.
    Squares(Atoms),
}

/// Why a weight law is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WeightLawError {
    /// The half-width of the uniform law is not a positive number.
    #[error("the uniform law of a on (−L, L) has L = {half_width}: it must be finite and above 0")]
    HalfWidth {
        /// L.
        half_width: f64,
    },
    /// The quadrature of ν is no probability.
    #[error(transparent)]
    Atoms(#[from] AtomsError),
}

/// Nodes of the Gauss rule that stands for a continuous ν. The integrands are analytic in a², and the
/// error of an m-point rule falls geometrically in m.
const NODES: usize = 48;

impl WeightLaw {
    /// a: p independent weights, a vector of shape (p).
    pub fn sample(&self, p: usize, rng: &mut impl Rng) -> Array1<f64> {
        Array1::from_shape_simple_fn(p, || {
            let sign = if rng.random::<bool>() { 1.0 } else { -1.0 };
            match self {
                WeightLaw::PlusMinusOne => sign,
                WeightLaw::Uniform(half_width) => sign * half_width * rng.random::<f64>(),
                WeightLaw::Gaussian => StandardNormal.sample(rng),
                WeightLaw::Squares(nu) => {
                    let mut left = rng.random::<f64>();
                    let mut square = 0.0;
                    for (&x, &mass) in nu.at().iter().zip(nu.mass()) {
                        square = x;
                        left -= mass;
                        if left < 0.0 {
                            break;
                        }
                    }
                    sign * square.sqrt()
                }
            }
        })
    }

    /// ν, the law of a²: exact for the discrete laws, the Gauss rule of 48 nodes in |a| for the others (Golub
    /// and Welsch 1969).
    ///
    /// # Errors
    /// A half-width that is not a positive number.
    pub fn squares(&self) -> Result<Atoms, WeightLawError> {
        let rule = |nodes: Vec<(f64, f64)>| {
            let total: f64 = nodes.iter().map(|(_, mass)| mass).sum();
            let (at, mass) = nodes.into_iter().map(|(x, m)| (x * x, m / total)).unzip();
            Atoms::new(at, mass).map_err(WeightLawError::from)
        };
        let count = const { NonZeroUsize::new(NODES).unwrap() };
        match self {
            WeightLaw::PlusMinusOne => Ok(Atoms::new(vec![1.0], vec![1.0])?),
            WeightLaw::Squares(nu) => Ok(nu.clone()),
            &WeightLaw::Uniform(half_width) => {
                if !(half_width.is_finite() && half_width > 0.0) {
                    return Err(WeightLawError::HalfWidth { half_width });
                }
                let legendre = gauss_quad::GaussLegendre::new(count);
                rule(
                    legendre
                        .iter()
                        .map(|&(x, w)| (half_width * (1.0 + x) / 2.0, w))
                        .collect(),
                )
            }
            WeightLaw::Gaussian => {
                let hermite = gauss_quad::GaussHermite::new(count);
                rule(
                    hermite
                        .iter()
                        .map(|&(x, w)| (2.0_f64.sqrt() * x, w))
                        .collect(),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Response;

    #[test]
    fn nu_has_the_moments_of_the_squared_weights() {
        let moment = |law: &WeightLaw, k: i32| {
            let nu = law.squares().unwrap();
            nu.at()
                .iter()
                .zip(nu.mass())
                .map(|(x, m)| m * x.powi(k))
                .sum::<f64>()
        };
        for k in 1..=6 {
            let uniform = 2.0_f64.powi(2 * k) / f64::from(2 * k + 1);
            assert!((moment(&WeightLaw::Uniform(2.0), k) / uniform - 1.0).abs() < 1e-12);
            let gaussian: f64 = (1..=k).map(|j| f64::from(2 * j - 1)).product();
            assert!((moment(&WeightLaw::Gaussian, k) / gaussian - 1.0).abs() < 1e-11);
        }
        assert_eq!(WeightLaw::PlusMinusOne.squares().unwrap().mean(), 1.0);
        assert!(WeightLaw::Uniform(f64::NAN).squares().is_err());
        assert!(WeightLaw::Uniform(0.0).squares().is_err());
    }

    /// 20,000 draws: shares and moments within four and a half deviations.
    #[test]
    fn draws_have_the_signs_and_the_squares_of_their_law() {
        let mut rng = crate::model::Streams::new(5, "weights").stream(0);
        let count = 20_000;
        let near = |found: f64, wanted: f64, variance: f64| {
            let off = (found - wanted).abs();
            assert!(
                off <= 4.5 * (variance / f64::from(count)).sqrt(),
                "{found} {wanted}"
            );
        };
        let atoms = [(0.0, 0.1), (0.25, 0.2), (1.0, 0.4), (9.0, 0.3)];
        let nu = Atoms::new(atoms.map(|x| x.0).to_vec(), atoms.map(|x| x.1).to_vec()).unwrap();
        let a = WeightLaw::Squares(nu).sample(count as usize, &mut rng);
        for (square, mass) in atoms {
            let share = |sign: f64| {
                let same = a.iter().filter(|x| **x == sign * square.sqrt());
                same.count() as f64 / f64::from(count)
            };
            if square == 0.0 {
                near(share(1.0), mass, mass);
            } else {
                near(share(1.0), 0.5 * mass, 0.5 * mass);
                near(share(-1.0), 0.5 * mass, 0.5 * mass);
            }
        }
        // The variances of a² are 0, 16 · 4/45 and 2.
        for (law, square, variance) in [
            (WeightLaw::PlusMinusOne, 1.0, 0.0),
            (WeightLaw::Uniform(2.0), 4.0 / 3.0, 64.0 / 45.0),
            (WeightLaw::Gaussian, 1.0, 2.0),
        ] {
            let a = law.sample(count as usize, &mut rng);
            let mean = |power: i32| a.iter().map(|x| x.powi(power)).sum::<f64>() / f64::from(count);
            near(mean(1), 0.0, square);
            near(mean(2), square, variance);
        }
    }
}
