//! Constructors of laws, and operations on them.

use std::sync::Arc;

use super::kind::affine::Affine;
use super::kind::algebraic::Algebraic;
use super::kind::mixture::Mixture;
use super::kind::uniform::Uniform;
use super::node::{Kind, Node};
use super::operator::Operator;
use super::subordination::edges;
use super::subordination::free_product::FreeProduct;
use super::subordination::free_sum::FreeSum;
use super::subordination::mp_map::MpMap;
use super::transform::Atom;
use super::{Law, LawError, classical, covariance};
use crate::measure::WeightedCovariance;
use crate::measure::atoms::{Atoms, PointMasses};

fn argument(
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
        Self::new(Kind::Operator(operator))
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

/// Operations.
impl Law {
    /// The law of `factor·X`.
    ///
    /// # Errors
    /// A factor that is not finite.
    pub fn scaled(&self, factor: f64) -> Result<Self, LawError> {
        self.affine(factor, 0.0)
    }

    /// The law of `X + by`.
    ///
    /// # Errors
    /// A shift that is not finite.
    pub fn shifted(&self, by: f64) -> Result<Self, LawError> {
        self.affine(1.0, by)
    }

    /// The law of `scale·X + shift`.
    ///
    /// # Errors
    /// Numbers that are not finite.
    pub fn affine(&self, scale: f64, shift: f64) -> Result<Self, LawError> {
        finite("scale", scale)?;
        finite("shift", shift)?;
        if scale == 0.0 {
            return Self::point(shift);
        }
        if scale == 1.0 && shift == 0.0 {
            return Ok(self.clone());
        }
        let law = self.clone();
        Ok(Self::new(Kind::Affine(Affine { scale, shift, law })))
    }

    /// `Σ weightᵢ lawᵢ`. The weights must add to 1 to `1e-9`. A negative weight is allowed where the whole is a
    /// law, as in `γ MP^γ + (1−γ) δ₀`; that it is one is the caller's claim, of which the masses of atoms are checked.
    /// The support is the union of those of the parts: densities that cancel are not noticed.
    ///
    /// # Errors
    /// No law, a weight that is not finite, weights that do not add to 1, an atom of negative mass.
    pub fn mixture(parts: &[(f64, Law)]) -> Result<Self, LawError> {
        let mut total = 0.0;
        for (weight, _) in parts {
            finite("weight", *weight)?;
            total += weight;
        }
        let ok = (total - 1.0).abs() <= 1e-9;
        argument(ok, "sum of the weights", total, "1")?;
        let parts: Vec<(f64, Law)> = parts
            .iter()
            .filter(|(weight, _)| *weight != 0.0)
            .map(|(weight, law)| (weight / total, law.clone()))
            .collect();
        let atoms = parts.iter().flat_map(|(weight, law)| {
            law.point_masses().iter().map(|atom| Atom {
                at: atom.at,
                mass: *weight * atom.mass,
            })
        });
        for atom in edges::merged(atoms.collect()) {
            let ok = atom.mass >= -8.0 * f64::EPSILON;
            argument(
                ok,
                "mass of an atom of the mixture",
                atom.mass,
                "at least 0",
            )?;
        }
        Ok(Self::new(Kind::Mixture(Mixture { parts })))
    }

    /// The Marchenko–Pastur map with ratio γ: the law of `XDXᵀ/d`, X n×d, `n/d → γ`, where this is the law of the
    /// d×d matrix D on the long side, as in [`crate::measure::marchenko_pastur_map`]. It is not `⊠` with `MP^γ`,
    /// where the matrix stands on the short side. Its transform is the solution in the upper half plane of
    /// `s = 1/(−z + ∫ x dν/(1 + γxs))` (Marchenko and Pastur 1967; Silverstein and Bai 1995). Slide 'Limiting distribution'.
    ///
    /// # Errors
    /// Unless `gamma` is finite and positive.
    pub fn mp_map(&self, gamma: f64) -> Result<Self, LawError> {
        positive("gamma", gamma)?;
        if self.as_point() == Some(0.0) {
            return Ok(self.clone());
        }
        Ok(Self::new(Kind::MpMap(MpMap::new(gamma, self.clone()))))
    }

    /// `μ ⊞ ν`, the free additive convolution: the limit law of `A + UBUᵀ`, U Haar (Voiculescu 1991).
    /// Slide 'Limiting distribution'.
    ///
    /// With `F = −1/s`, the subordination functions solve `F_μ(ω₁) = F_ν(ω₂) = ω₁ + ω₂ − z`, the common value being that of
    /// `μ ⊞ ν` (Belinschi and Bercovici 2007, theorem 4.1).
    ///
    /// With a point mass it is a shift.
    pub fn free_sum(&self, other: &Law) -> Self {
        for (law, point) in [(self, other), (other, self)] {
            if let Some(by) = point.as_point()
                && let Ok(shifted) = law.shifted(by)
            {
                return shifted;
            }
        }
        Self::new(Kind::FreeSum(FreeSum::new(self.clone(), other.clone())))
    }

    /// `μ ⊠ ν`, Voiculescu's free multiplicative convolution: the limit law of `A^{1/2} UBUᵀ A^{1/2}`, U Haar
    /// (Voiculescu 1991). With a point mass it is a scaling. Slide 'Limiting distribution'.
    ///
    /// With `χ(w) = ∫ x dμ(x)/(w − x)`, the subordination functions solve `χ_μ(w₁) = χ_ν(w₂) = y`, `w₁w₂ = z(1 + y)/y`, and y is
    /// `χ(z)` of `μ ⊠ ν` (Belinschi and Bercovici 2007, theorem 3.2).
    ///
    /// # Errors
    /// [`LawError::Negative`] unless both laws live on `x ≥ 0`.
    pub fn free_product(&self, other: &Law) -> Result<Self, LawError> {
        let product = FreeProduct::new(self.clone(), other.clone())?;
        for (law, point) in [(self, other), (other, self)] {
            if let Some(by) = point.as_point() {
                return law.scaled(by);
            }
        }
        Ok(Self::new(Kind::FreeProduct(product)))
    }

    /// `μ * ν`, the law of the sum of two independent variables. Slide 'Limiting distribution'.
    ///
    /// Of two discrete laws the atoms at all sums (rounded); of a discrete law and any other one a mixture of shifts;
    /// of mixtures and affine images of atoms, Marchenko–Pastur, semicircle, uniform and arcsine laws by a quadrature
    /// with a proved bound, on the real axis too.
    ///
    /// # Errors
    /// [`LawError::Classical`] if neither law is discrete and one has no density in closed form,
    /// [`LawError::Argument`] for more than 4 million pairs of atoms.
    pub fn classical(&self, other: &Law) -> Result<Self, LawError> {
        classical::classical(self, other)
    }
}
