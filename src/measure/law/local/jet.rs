//! The values of a transform at a point.

use num_complex::Complex64;

use crate::measure::arithmetic::scalar::Scalar;

/// The transform at a point, or over a disc of points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LawJet<T = Complex64> {
    /// z.
    pub(crate) at: T,
    /// `s(z)`.
    pub(crate) s: T,
    /// `s′(z)`.
    pub(crate) ds: T,
    /// `χ(z) = ∫ x dμ(x)/(z − x) = −1 − z s(z)`, computed without that cancellation.
    pub(crate) chi: T,
    /// `χ′(z) = −∫ x dμ(x)/(z − x)² = −s − z s′`, likewise: an atom at 0, and what is far away, cancel in these terms.
    pub(crate) dchi: T,
}

impl<T: Scalar> LawJet<T> {
    /// From the response and its derivative at `t = −1/z`: `χ(z) = I(−1/z)/z`, `χ′ = −χ/z + I′/z³`.
    pub(crate) fn from_response(z: T, [value, derivative]: [T; 2]) -> Self {
        let chi = value / z;
        let dchi = (derivative / z.square() - chi) / z;
        let s = -((chi + T::real(1.0)) / z);
        Self::from_chi(z, s, chi, dchi)
    }

    /// From χ and its derivative: `s′ = −(χ′ + s)/z`.
    pub(crate) fn from_chi(z: T, s: T, chi: T, dchi: T) -> Self {
        Self {
            at: z,
            s,
            ds: -((dchi + s) / z),
            chi,
            dchi,
        }
    }

    /// From `s` and `s′`, where no cancellation matters: `χ = −1 − z s`, `χ′ = −s − z s′`.
    pub(crate) fn from_stieltjes(z: T, s: T, ds: T) -> Self {
        Self {
            at: z,
            s,
            ds,
            chi: -(z * s + T::real(1.0)),
            dchi: -(s + z * ds),
        }
    }

    /// The slope of the self-energy `H = −1/s − z = χ/s`. With `χ_c = χ + c s = ∫ (x−c) dμ/(z−x)`, whatever c is, it is
    /// `(χ_c′ − (χ_c/s) s′)/s`: for c in the middle of the support no term is much larger than the whole.
    pub(crate) fn energy_slope(&self, center: f64) -> T {
        let (chi, dchi) = (self.chi + self.s * center, self.dchi + self.ds * center);
        (dchi - chi / self.s * self.ds) / self.s
    }
}

impl LawJet {
    /// The values at the conjugate point.
    pub(crate) fn conj(&self) -> Self {
        Self {
            at: self.at.conj(),
            s: self.s.conj(),
            ds: self.ds.conj(),
            chi: self.chi.conj(),
            dchi: self.dchi.conj(),
        }
    }
}
