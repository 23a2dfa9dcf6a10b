//! The subordination functions of a free convolution.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::node::Kind;
use crate::measure::law::subordination::enclosure;
use crate::measure::law::{Law, LawError};

/// A complex number with a bound on its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EnclosedPoint {
    /// The number.
    pub value: Complex64,
    /// A proved bound of its error.
    pub radius: f64,
}

impl Law {
    /// The subordination functions at z, `Im z ≥ 0`:
    ///
    /// ```math
    /// s_{μ⊞ν}(z) = s_μ(ω₁) = s_ν(ω₂),   χ_{μ⊠ν}(z) = χ_μ(ω₁) = χ_ν(ω₂),   s_{μ^{⊞t}}(z) = s_μ(ω₁),
    /// ```
    ///
    /// with `χ(z) = −1 − z s(z)`, and for the Marchenko–Pastur map of ν `γχ(z) = χ_ν(ω₁)` (Biane 1998; Belinschi and Bercovici
    /// 2007). None for a law that is none of these.
    ///
    /// ```
    /// use num_complex::Complex64;
    /// use tensor_dyson::measure::Law;
    /// let (mu, nu) = (Law::marchenko_pastur(0.5)?, Law::semicircle(1.0)?);
    /// let (z, sum) = (Complex64::new(1.0, 0.5), mu.free_sum(&nu));
    /// let omega = sum.subordination(z)?;
    /// let (a, b) = (sum.stieltjes(z)?, mu.stieltjes(omega[0].value)?);
    /// assert!((a.s - b.s).norm() < 1e-14 && omega[0].radius < 1e-13);
    /// # Ok::<(), tensor_dyson::measure::LawError>(())
    /// ```
    ///
    /// # Errors
    /// [`LawError::Point`], and as [`Law::stieltjes`]; at a point where one of them is infinite too.
    pub fn subordination(&self, z: Complex64) -> Result<Vec<EnclosedPoint>, LawError> {
        if !(z.is_finite() && z.im >= 0.0) {
            return Err(LawError::Point { z });
        }
        self.reach()?;
        let z = Complex64::new(z.re + 0.0, z.im + 0.0);
        let found = match &self.0.kind {
            Kind::FreeSum(law) => enclosure::functions(law, z)?,
            Kind::FreeProduct(law) => enclosure::functions(law, z)?,
            Kind::FreePower(law) => enclosure::functions(law, z)?,
            Kind::MpMap(law) => enclosure::functions(law, z)?,
            _ => Vec::new(),
        };
        let point = |Ball { center, radius }| EnclosedPoint {
            value: center,
            radius,
        };
        Ok(found.into_iter().map(point).collect())
    }
}
