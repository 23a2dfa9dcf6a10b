//! Laws of independent entries, by their cumulants.

use super::condition::Condition;
use super::ensemble::Ensemble;
use super::error::SymbolicError;
use super::haar::Haar;
use super::polynomial::{Polynomial, Symbol};
use super::tensor::Tensor;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::fmt;

/// The law of a random tensor: that of its independent entries, by their cumulants (Thiele 1889; McCullagh 1987 for
/// tensors), or that of a Gaussian tensor whose entries are tied to one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TensorLaw {
    /// Standard Gaussian.
    Gaussian,
    /// Cumulants of order 1, 2, 3, …; an expectation that needs more of them is refused.
    Cumulants(Vec<Polynomial>),
    /// Gaussian with tied entries.
    Ensemble(Ensemble),
    /// Uniform on a compact group.
    Haar(Haar),
}

impl TensorLaw {
    /// Mean 0, variance 1, third cumulant 0 and fourth cumulant (excess kurtosis) `kurtosis`; nothing is
    /// said about higher ones.
    pub fn standardized(kurtosis: Polynomial) -> Self {
        TensorLaw::Cumulants(vec![
            Polynomial::zero(),
            Polynomial::one(),
            Polynomial::zero(),
            kurtosis,
        ])
    }

    /// The ensemble of Gaussian entries that are tied.
    pub(super) fn ensemble(&self) -> Option<&Ensemble> {
        match self {
            TensorLaw::Ensemble(ensemble) => Some(ensemble),
            TensorLaw::Gaussian | TensorLaw::Cumulants(_) | TensorLaw::Haar(_) => None,
        }
    }

    /// The tensor that is random together with this one.
    pub(super) fn conjugate(&self) -> Option<&Symbol> {
        match self {
            TensorLaw::Ensemble(ensemble) => ensemble.conjugate(),
            TensorLaw::Haar(haar) => haar.conjugate(),
            TensorLaw::Gaussian | TensorLaw::Cumulants(_) => None,
        }
    }

    /// Whether the entries are independent, with cumulants.
    pub(super) fn is_of_independent_entries(&self) -> bool {
        matches!(self, TensorLaw::Gaussian | TensorLaw::Cumulants(_))
    }

    /// What a product of `factors` entries of a tensor asks of its dimension.
    pub(super) fn condition(&self, tensor: &Tensor, factors: usize) -> Option<Condition> {
        match (self, tensor.slots().first()) {
            (TensorLaw::Haar(_), Some(space)) if factors > 2 => {
                Some(Condition::number(space.dimension(), factors / 2))
            }
            _ => None,
        }
    }

    /// Whether a tensor can have this law.
    ///
    /// # Errors
    /// [`SymbolicError::Unsuited`], [`SymbolicError::Dependent`].
    pub(super) fn suits(&self, tensor: &Tensor) -> Result<(), SymbolicError> {
        match self {
            TensorLaw::Ensemble(ensemble) => ensemble.suits(tensor),
            TensorLaw::Haar(haar) => haar.suits(tensor),
            _ if tensor.symmetries().len() > 1 => Err(SymbolicError::Dependent {
                tensor: tensor.name().to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// The cumulant of an order from 1 of the independent entries.
    ///
    /// # Errors
    /// [`SymbolicError::Cumulant`] where the law does not give it: an ensemble gives none.
    pub fn cumulant(&self, order: usize) -> Result<Polynomial, SymbolicError> {
        match self {
            TensorLaw::Gaussian => Ok(Polynomial::from(i64::from(order == 2))),
            TensorLaw::Cumulants(given) => {
                let index = order.checked_sub(1);
                let cumulant = index.and_then(|k| given.get(k)).cloned();
                cumulant.ok_or(SymbolicError::Cumulant { order })
            }
            TensorLaw::Ensemble(_) | TensorLaw::Haar(_) => Err(SymbolicError::Cumulant { order }),
        }
    }

    /// The moments of order `0..=order`: `m_k = Σ_j C(k−1, j−1) κ_j m_{k−j}`.
    ///
    /// # Errors
    /// [`SymbolicError::Cumulant`] where the law does not give what they need.
    pub fn moments(&self, order: usize) -> Result<Vec<Polynomial>, SymbolicError> {
        let mut moments = vec![Polynomial::one()];
        for k in 1..=order {
            let mut moment = Polynomial::zero();
            let mut binomial = BigInt::one();
            for j in 1..=k {
                let term = &self.cumulant(j)? * &moments[k - j];
                let times = Polynomial::constant(binomial.clone().into());
                moment = &moment + &(&times * &term);
                binomial = binomial * (k - j) / j;
            }
            moments.push(moment);
        }
        Ok(moments)
    }
}

/// The most cumulants of which it is asked whether they are those of a law.
const CUMULANTS: usize = 64;

impl TensorLaw {
    /// Whether a law on the real line has the cumulants, as far as the first of them are numbers; none of them holds `i`.
    ///
    /// # Errors
    /// [`SymbolicError::Impossible`]: a negative variance, `κ₄ < κ₃²/κ₂ − 2κ₂²` (Pearson 1916), or any other
    /// moments that are those of no measure (Hamburger 1920).
    pub fn exists(&self) -> Result<(), SymbolicError> {
        let numbers = match self {
            // What an ensemble is made of exists.
            TensorLaw::Gaussian | TensorLaw::Ensemble(_) | TensorLaw::Haar(_) => 0,
            TensorLaw::Cumulants(given) => given
                .iter()
                .take_while(|k| k.as_constant().is_some())
                .count(),
        };
        if let TensorLaw::Cumulants(given) = self
            && let Some(order) = given.iter().position(Polynomial::is_complex)
        {
            return Err(SymbolicError::Impossible { order: order + 1 });
        }
        if numbers > CUMULANTS {
            return Err(SymbolicError::TooMany {
                what: "cumulants of a law",
                count: numbers,
                limit: CUMULANTS,
            });
        }
        let moments = self.moments(numbers)?;
        let moments: Vec<BigRational> =
            moments.iter().filter_map(Polynomial::as_constant).collect();
        match are_moments(&moments) {
            true => Ok(()),
            false => Err(SymbolicError::Impossible { order: numbers }),
        }
    }
}

/// `standard Gaussian entries`, the ensemble, or the cumulants: formal ones where they are not all numbers, since what is then proved
/// is an identity in them.
impl fmt::Display for TensorLaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = match self {
            TensorLaw::Gaussian => return f.write_str("standard Gaussian entries"),
            TensorLaw::Ensemble(ensemble) => return ensemble.fmt(f),
            TensorLaw::Haar(haar) => return haar.fmt(f),
            TensorLaw::Cumulants(given) => given,
        };
        let list: Vec<String> = given.iter().map(Polynomial::to_string).collect();
        let formal = given.iter().any(|k| k.as_constant().is_none());
        let kind = if formal {
            "formal cumulants"
        } else {
            "cumulants"
        };
        write!(f, "entries with the {kind} {}", list.join(", "))
    }
}

/// Whether numbers are the moments of order 0, 1, … of a measure on the line: the orthogonal polynomials of the moments
/// have squares with positive means until, for a measure of finitely many atoms, one is 0 at all of them.
fn are_moments(moments: &[BigRational]) -> bool {
    // The mean of x^k times a polynomial.
    let mean = |k: usize, polynomial: &[BigRational]| {
        let terms = polynomial.iter().zip(&moments[k..]).map(|(c, m)| c * m);
        terms.fold(BigRational::zero(), |sum, term| sum + term)
    };
    let mut known: Vec<(Vec<BigRational>, BigRational)> = Vec::new();
    for degree in (0..).take_while(|degree| 2 * degree < moments.len()) {
        let mut next = vec![BigRational::zero(); degree];
        next.push(BigRational::one());
        for (polynomial, square) in &known {
            let part = mean(degree, polynomial) / square;
            for (coefficient, own) in next.iter_mut().zip(polynomial) {
                *coefficient -= &part * own;
            }
        }
        let square = mean(degree, &next);
        if square.is_negative() {
            return false;
        }
        if square.is_zero() {
            // It is 0 at every atom, and so is what it is multiplied with.
            return (0..moments.len() - degree).all(|k| mean(k, &next).is_zero());
        }
        known.push((next, square));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaussian_moments_are_double_factorials() {
        let moments = TensorLaw::Gaussian.moments(8).unwrap();
        let even: Vec<Polynomial> = [1, 1, 3, 15, 105].map(Polynomial::from).into();
        assert_eq!(moments.into_iter().step_by(2).collect::<Vec<_>>(), even);
        // Binomial coefficients of 70 do not fit 64 bits: of a constant 2 the moment is 2⁷⁰.
        let constant = TensorLaw::Cumulants(
            [&[Polynomial::from(2)][..], &vec![Polynomial::zero(); 69]].concat(),
        );
        let last = constant.moments(70).unwrap().pop().unwrap();
        assert_eq!(last, Polynomial::from(2).power(70));
    }

    #[test]
    fn the_fourth_moment_is_three_plus_the_kurtosis() {
        let kurtosis = Polynomial::symbol("κ₄", 1);
        let law = TensorLaw::standardized(kurtosis.clone());
        assert_eq!(law.moments(4).unwrap()[4], &Polynomial::from(3) + &kurtosis);
        assert_eq!(law.moments(5), Err(SymbolicError::Cumulant { order: 5 }));
    }

    #[test]
    fn cumulants_that_no_law_has_are_refused() {
        let exists = |cumulants: &[i64]| {
            let given = cumulants.iter().map(|k| Polynomial::from(*k)).collect();
            TensorLaw::Cumulants(given).exists().is_ok()
        };
        // Two equal atoms at ±1 have κ₄ = −2, the least; a skew pair of atoms has κ₄ = κ₃²/κ₂ − 2κ₂²; all of a
        // constant's are 0 from the second on; those of a Poisson law are equal, and its κ₆ is no less than 1 + …
        for possible in [
            &[0, 1, 0, -2][..],
            &[0, 1, 2, 2],
            &[3, 0, 0, 0, 0],
            &[1, 1, 1, 1, 1, 1],
            &[0, 1, 0, -2, 0, 16, 0, -272],
            &[0, 1],
            &[],
        ] {
            assert!(exists(possible), "{possible:?}");
        }
        for impossible in [
            &[0, -1][..],
            &[0, 1, 0, -3],
            &[0, 1, 2, 1],
            &[0, 0, 1],
            &[1, 0, 0, 1],
            &[0, 0, 0, 0, 0, 1],
            &[0, 1, 0, -2, 1],
            &[0, 1, 0, -2, 0, 17],
            &[0, 1, 0, 0, 0, -1000],
        ] {
            assert!(!exists(impossible), "{impossible:?}");
        }
        // What is not a number is taken as formal, after what is.
        let mixed = TensorLaw::Cumulants(vec![Polynomial::zero(), Polynomial::symbol("v", 1)]);
        assert_eq!(mixed.exists(), Ok(()));
        assert_eq!(mixed.to_string(), "entries with the formal cumulants 0, v");
    }
}
