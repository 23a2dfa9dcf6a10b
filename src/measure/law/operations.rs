//! Operations on laws.

use super::build::{argument, finite, positive};
use super::kind::affine::Affine;
use super::kind::meixner::Meixner;
use super::kind::mixture::Mixture;
use super::node::Kind;
use super::subordination::edges;
use super::subordination::free_power::FreePower;
use super::subordination::free_product::FreeProduct;
use super::subordination::free_sum::FreeSum;
use super::subordination::mp_map::MpMap;
use super::transform::Atom;
use super::{Law, LawError, classical};

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
        if let Some(points) = self.as_points()
            && let Ok(law) = Self::atoms(
                points.at.iter().map(|x| scale * x + shift).collect(),
                points.mass.clone(),
            )
        {
            return Ok(law);
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

    /// `μ^{⊞t}` for `t ≥ 1`: the law whose free cumulants are t times those of μ; for whole t the sum of t free copies
    /// (Bercovici and Voiculescu 1995; Nica and Speicher 1996 for all t).
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let power = Law::semicircle(1.0)?.free_power(2.5)?;
    /// let (a, b) = (power.density(0.3)?, Law::semicircle(2.5)?.density(0.3)?);
    /// assert!((a.value - b.value).abs() <= a.radius + b.radius);
    /// // A free Meixner law is divisible: half of MP, twice.
    /// let whole = Law::marchenko_pastur(0.5)?;
    /// let half = whole.free_power(0.5)?;
    /// let (a, b) = (half.free_sum(&half).density(1.0)?, whole.density(1.0)?);
    /// assert!((a.value - b.value).abs() <= a.radius + b.radius);
    /// assert!(Law::uniform(0.0, 1.0)?.free_power(0.5).is_err());
    /// assert!(Law::arcsine(0.0, 1.0)?.free_power(0.4).is_err());
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    ///
    /// # Errors
    /// An exponent that is not finite, or below 1: of free Meixner laws, semicircle and Marchenko–Pastur among them, there are powers below 1 too,
    /// as long as `v t + e ≥ 0`, and of points.
    pub fn free_power(&self, exponent: f64) -> Result<Self, LawError> {
        finite("exponent", exponent)?;
        if exponent > 0.0 && exponent < 1.0 {
            let power = self.as_meixner().map(|law| law.power(exponent));
            let power = power.filter(|power| power.width() >= 0.0);
            match power {
                Some(power) => return Self::of_meixner(power),
                None if self.as_point().is_some() => return self.scaled(exponent),
                None => {}
            }
        }
        argument(exponent >= 1.0, "exponent", exponent, "at least 1")?;
        if exponent == 1.0 || self.as_point().is_some() {
            return self.scaled(exponent);
        }
        if let Kind::Meixner(law) = &self.0.kind {
            return Self::of_meixner(law.power(exponent));
        }
        let power = FreePower::new(exponent, self.clone());
        Ok(Self::new(Kind::FreePower(power)))
    }

    /// The law of a free compression: of the upper left corner, of `share` of the dimension, of a large matrix of this law in
    /// general position, `μ^{⊞1/share}` scaled by `share` (Nica and Speicher 1996). Not every law is one of a compression;
    /// [`Law::free_decompression`] goes back.
    ///
    /// # Errors
    /// A share that is not above 0 and at most 1.
    pub fn free_compression(&self, share: f64) -> Result<Self, LawError> {
        let ok = share > 0.0 && share <= 1.0;
        argument(ok, "share", share, "above 0 and at most 1")?;
        self.free_power(1.0 / share)?.scaled(share)
    }

    /// The free Meixner law with the first four moments of this one: the law itself if it is of that kind.
    ///
    /// # Errors
    /// A law of one point, or those of [`Law::moments`].
    pub fn nearest_meixner(&self) -> Result<Self, LawError> {
        if self.as_meixner().is_some() {
            return Ok(self.clone());
        }
        let law = Meixner::of_moments(&self.moments(4)?);
        positive("variance", law.variance)?;
        Self::of_meixner(law)
    }

    /// Free decompression: the law of a large matrix in general position of which the upper left corner, of `share` of the dimension,
    /// has this law. The inverse of [`Law::free_compression`], known for free Meixner laws: `m, v/share, a/share, e/share²`. Of the
    /// eigenvalues of a submatrix it estimates those of the whole, through [`Law::nearest_meixner`] (Ameli, van der Heide, Hodgkinson and
    /// Mahoney 2025 continue densities instead).
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let corner = Law::marchenko_pastur(0.5)?.free_compression(0.25)?;
    /// let whole = corner.nearest_meixner()?.free_decompression(0.25)?;
    /// let (a, b) = (whole.density(0.7)?.value, Law::marchenko_pastur(0.5)?.density(0.7)?.value);
    /// assert!((a - b).abs() < 1e-10);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    ///
    /// # Errors
    /// A share that is not above 0 and at most 1; a law of another kind, [`LawError::Meixner`]; a law that is no corner's of this
    /// share, [`LawError::Corner`].
    pub fn free_decompression(&self, share: f64) -> Result<Self, LawError> {
        let ok = share > 0.0 && share <= 1.0;
        argument(ok, "share", share, "above 0 and at most 1")?;
        if self.as_point().is_some() {
            return Ok(self.clone());
        }
        let corner = self.as_meixner().ok_or(LawError::Meixner)?;
        let whole = corner.image(1.0 / share, 0.0).power(share);
        let whole = whole.rounded(corner.lost() / (share * share));
        let least = -corner.excess / corner.variance;
        if whole.width() < 0.0 {
            return Err(LawError::Corner { share, least });
        }
        Self::of_meixner(whole)
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
    /// of mixtures and affine images of atoms, Marchenko–Pastur, semicircle, uniform and arcsine laws, and of such a law and any
    /// other one, sums among them, by quadratures with a proved bound, on the real axis too.
    ///
    /// # Errors
    /// [`LawError::Classical`] if more than one of all laws in the sum is of another form,
    /// [`LawError::Argument`] for more than 4 million pairs of atoms.
    pub fn classical(&self, other: &Law) -> Result<Self, LawError> {
        classical::classical(self, other)
    }

    /// The law of the product of two independent variables, the classical multiplicative convolution: where one of the two laws is
    /// discrete, or a mixture of atoms and densities in closed form of which none reaches over 0, by a quadrature with a
    /// proved bound.
    ///
    /// ```
    /// use tensor_dyson::measure::Law;
    /// let product = Law::uniform(0.0, 1.0)?.classical_product(&Law::uniform(0.0, 1.0)?)?;
    /// let density = product.density(0.25)?;
    /// assert!((density.value - 4f64.ln()).abs() <= density.radius && density.radius < 1e-12);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    ///
    /// # Errors
    /// [`LawError::Product`] where neither law is of that form.
    pub fn classical_product(&self, other: &Law) -> Result<Self, LawError> {
        classical::product(self, other)
    }
}
