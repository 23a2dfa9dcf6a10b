//! Constructors of laws.

use std::sync::Arc;

use super::kind::algebraic::Algebraic;
use super::kind::meixner::Meixner;
use super::kind::uniform::Uniform;
use super::node::{Kind, Node};
use super::operator::Operator;
use super::{Law, LawError, covariance};
use crate::measure::WeightedCovariance;
use crate::measure::atoms::{Atoms, PointMasses};

pub(super) fn argument(
    ok: bool,
    name: &'static str,
    value: f64,
    needed: &'static str,
) -> Result<(), LawError> {
    if ok {
        Ok(())
    } else {
        Err(LawError::Argument {
            name,
            value,
            needed,
        })
    }
}

pub(crate) fn finite(name: &'static str, value: f64) -> Result<(), LawError> {
    argument(value.is_finite(), name, value, "a finite number")
}

pub(crate) fn positive(name: &'static str, value: f64) -> Result<(), LawError> {
    let ok = value.is_finite() && value > 0.0;
    argument(ok, name, value, "a finite number above 0")
}

/// Constructors.
impl Law {
    pub(crate) fn new(kind: Kind) -> Self {
        Law(Arc::new(Node::new(kind)))
    }

    /// The law of a pencil in free variables.
    pub(crate) fn of_operator(operator: Operator) -> Self {
        Self::new(Kind::Operator(Box::new(operator)))
    }

    /// `δ_at`.
    ///
    /// # Errors
    /// A position that is not finite.
    pub fn point(at: f64) -> Result<Self, LawError> {
        Self::atoms(vec![at], vec![1.0])
    }

    /// `Σ mass[i] δ(at[i])` on the whole line; equal positions are merged, none is dropped. The masses may miss 1
    /// by `1e-9` and are then divided by their sum.
    ///
    /// # Errors
    /// As [`Atoms::new`], but positions may be negative.
    pub fn atoms(at: Vec<f64>, mass: Vec<f64>) -> Result<Self, LawError> {
        let at = at.into_iter().map(|x| x + 0.0).collect();
        let points = PointMasses::sorted(at, mass, f64::NEG_INFINITY)?;
        Ok(Self::new(Kind::Points(points)))
    }

    /// Mass `1/n` at each entry of a list.
    ///
    /// # Errors
    /// As [`Law::atoms`].
    pub fn empirical(at: Vec<f64>) -> Result<Self, LawError> {
        let mass = vec![1.0 / at.len() as f64; at.len()];
        Self::atoms(at, mass)
    }

    /// `MP^γ`: support `[(1−√γ)², (1+√γ)²]`, mass `1 − 1/γ` at 0 where `γ > 1`, mean 1 (Marchenko
    /// and Pastur 1967). Slide 'Linear and Quadratic Scaling'.
    ///
    /// # Errors
    /// Unless `gamma` is finite and positive.
    pub fn marchenko_pastur(gamma: f64) -> Result<Self, LawError> {
        positive("gamma", gamma)?;
        Ok(Self::new(Kind::Algebraic(Algebraic::MarchenkoPastur {
            gamma,
        })))
    }

    /// The centred semicircle law: support `[−2√t, 2√t]` for variance t (Wigner 1955).
    ///
    /// # Errors
    /// Unless `variance` is finite and positive.
    pub fn semicircle(variance: f64) -> Result<Self, LawError> {
        positive("variance", variance)?;
        Ok(Self::new(Kind::Algebraic(Algebraic::Semicircle {
            variance,
        })))
    }

    /// Uniform on `[low, high]`.
    ///
    /// # Errors
    /// Unless both are finite, `low < high`, and `high − low` does not overflow.
    pub fn uniform(low: f64, high: f64) -> Result<Self, LawError> {
        ordered(low, high)?;
        Ok(Self::new(Kind::Uniform(Uniform { low, high })))
    }

    /// Arcsine on `[low, high]`: density `1/(π√((x−low)(high−x)))`.
    ///
    /// # Errors
    /// As [`Law::uniform`].
    pub fn arcsine(low: f64, high: f64) -> Result<Self, LawError> {
        ordered(low, high)?;
        Ok(Self::new(Kind::Algebraic(Algebraic::Arcsine { low, high })))
    }
}

/// Free Meixner laws.
impl Law {
    /// The free Meixner law with Jacobi coefficients `α₀ = m`, `α_k = m + a`, `β₁ = v`, `β_k = v + e`: mean m, variance v, free
    /// cumulants `va` and `v(a² + e)` of third and fourth order, and R-transform `m + v r`, `r = g (1 + a r + e r²)`
    /// (Saitoh and Yoshida 2001; Bożejko and Bryc 2006). Semicircle, Marchenko–Pastur, Kesten–McKay and free Jacobi laws are of
    /// this kind.
    ///
    /// # Errors
    /// Numbers that are not finite, a variance that is not positive, or `v + e < 0`.
    pub fn free_meixner(
        mean: f64,
        variance: f64,
        skew: f64,
        excess: f64,
    ) -> Result<Self, LawError> {
        finite("mean", mean)?;
        positive("variance", variance)?;
        finite("skew", skew)?;
        finite("excess", excess)?;
        Self::of_meixner(Meixner {
            mean,
            variance,
            skew,
            excess,
        })
    }

    pub(crate) fn of_meixner(law: Meixner) -> Result<Self, LawError> {
        let width = law.width();
        argument(width >= 0.0, "variance + excess", width, "at least 0")?;
        if width == 0.0 {
            let (at, mass) = law.two_points().into_iter().unzip();
            return Self::atoms(at, mass);
        }
        Ok(Self::new(Kind::Meixner(law)))
    }
}

pub(crate) fn ordered(low: f64, high: f64) -> Result<(), LawError> {
    finite("low", low)?;
    finite("high", high)?;
    argument(high > low, "high", high, "above low")?;
    finite("high − low", high - low)
}

impl From<&Atoms> for Law {
    fn from(atoms: &Atoms) -> Self {
        Self::new(Kind::Points(atoms.point_masses().clone()))
    }
}

/// The limit law of 𝒬, with proved radii. For weights that are all equal it is the mixture of the talk, for `α = 0` the law of
/// `c a²`; for others its contour integral is enclosed, and there are no values on the real axis between the lowest and
/// the highest edge: `s(z)` there is an error, while the Marchenko–Pastur map of it has values everywhere but in gaps
/// between two intervals.
impl From<WeightedCovariance> for Law {
    fn from(covariance: WeightedCovariance) -> Self {
        let closed = covariance::closed_form(&covariance);
        closed.unwrap_or_else(|| Self::new(Kind::Covariance(covariance)))
    }
}
