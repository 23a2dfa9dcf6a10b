//! Laws of independent entries, by their cumulants.

use super::error::SymbolicError;
use super::polynomial::Polynomial;

/// The common law of the independent entries of a tensor, by its cumulants (Thiele 1889; McCullagh 1987 for tensors).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Law {
    /// Standard Gaussian.
    Gaussian,
    /// Cumulants of order 1, 2, 3, …; an expectation that needs more of them is refused.
    Cumulants(Vec<Polynomial>),
}

impl Law {
    /// Mean 0, variance 1, third cumulant 0 and fourth cumulant (excess kurtosis) `kurtosis`; nothing is
    /// said about higher ones.
    pub fn standardized(kurtosis: Polynomial) -> Self {
        Law::Cumulants(vec![
            Polynomial::zero(),
            Polynomial::one(),
            Polynomial::zero(),
            kurtosis,
        ])
    }

    /// The cumulant of an order from 1.
    ///
    /// # Errors
    /// [`SymbolicError::Cumulant`] where the law does not give it.
    pub fn cumulant(&self, order: usize) -> Result<Polynomial, SymbolicError> {
        match self {
            Law::Gaussian => Ok(Polynomial::from(i64::from(order == 2))),
            Law::Cumulants(given) => {
                let index = order.checked_sub(1);
                let cumulant = index.and_then(|k| given.get(k)).cloned();
                cumulant.ok_or(SymbolicError::Cumulant { order })
            }
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
            let mut binomial: i64 = 1;
            for j in 1..=k {
                let term = &self.cumulant(j)? * &moments[k - j];
                moment = &moment + &(&Polynomial::from(binomial) * &term);
                binomial = binomial * (k - j) as i64 / j as i64;
            }
            moments.push(moment);
        }
        Ok(moments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaussian_moments_are_double_factorials() {
        let moments = Law::Gaussian.moments(8).unwrap();
        let even: Vec<Polynomial> = [1, 1, 3, 15, 105].map(Polynomial::from).into();
        assert_eq!(moments.into_iter().step_by(2).collect::<Vec<_>>(), even);
    }

    #[test]
    fn the_fourth_moment_is_three_plus_the_kurtosis() {
        let kurtosis = Polynomial::symbol("κ₄", 1);
        let law = Law::standardized(kurtosis.clone());
        assert_eq!(law.moments(4).unwrap()[4], &Polynomial::from(3) + &kurtosis);
        assert_eq!(law.moments(5), Err(SymbolicError::Cumulant { order: 5 }));
    }
}
