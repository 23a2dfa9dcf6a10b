//! 𝒬 and its resolvent as operators on d×p matrices, which never form a dp × dp array.

use super::Covariance;
use crate::linalg::{LinalgError, complex_inverse, product};
use ndarray::{Array2, ArrayView2, Axis};
use num_complex::Complex64;

impl Covariance {
    /// `𝒬·M = α²(M GᵀG + G MᵀG) + c M D² + c₀² (M a) aᵀ`, d×p, in `O(dp·min(d, p))` operations. Slide 'Spectrum of 𝒬'.
    ///
    /// # Panics
    /// If M is not d×p.
    pub fn apply(&self, m: ArrayView2<'_, f64>) -> Array2<f64> {
        assert!(
            m.dim() == self.g.dim(),
            "𝒬 of shape {:?} applied to a matrix of shape {:?}",
            self.g.dim(),
            m.dim()
        );
        let (d, p) = self.g.dim();
        let g = self.g.view();
        let linear = if d <= p {
            // M GᵀG + G MᵀG = (M Gᵀ + G Mᵀ) G, through d×d.
            let half = product(m, g.t());
            product((&half + &half.t()).view(), g)
        } else {
            product(m, product(g.t(), g).view()) + product(g, product(m.t(), g).view())
        };
        let squares = self.a.mapv(|x| x * x);
        let mean = m.dot(&self.a).insert_axis(Axis(1)) * &self.a;
        linear * (self.alpha * self.alpha)
            + &m * &squares * self.shift
            + mean * (self.mean * self.mean)
    }

    /// [`Covariance::apply`] for a complex d×p matrix.
    pub fn apply_complex(&self, m: ArrayView2<'_, Complex64>) -> Array2<Complex64> {
        let re = self.apply(m.mapv(|x| x.re).view());
        let im = self.apply(m.mapv(|x| x.im).view());
        ndarray::Zip::from(&re)
            .and(&im)
            .map_collect(|&re, &im| Complex64::new(re, im))
    }

    /// `(ℐ + t𝒬)⁻¹·M` for complex t, by Woodbury's identity (1950) over `𝒬 = ½α²𝒮*𝒮 + (M ↦ MC)`: with
    /// `N = (1+tC)⁻¹` and `H = GNGᵀ = VhV⁻¹`, the inner equation `Y + tα²(YH + HY) = Z` is diagonal in V.
    /// Costs one eigendecomposition of a d×d matrix.
    ///
    /// # Errors
    /// [`LinalgError`]: t at a pole, or an eigenbasis of H that is singular to working precision.
    ///
    /// # Panics
    /// If M is not d×p.
    pub fn resolvent(
        &self,
        t: Complex64,
        m: ArrayView2<'_, Complex64>,
    ) -> Result<Array2<Complex64>, LinalgError> {
        assert!(
            m.dim() == self.g.dim(),
            "the resolvent of 𝒬 of shape {:?} applied to a matrix of shape {:?}",
            self.g.dim(),
            m.dim()
        );
        let n = self.right_inverse(t)?;
        let g = self.g.mapv(Complex64::from);
        let h = g.dot(&n).dot(&g.t());
        let eigen = crate::linalg::complex_eigen(h.view())?;
        let (v, v_inverse) = (&eigen.vectors, complex_inverse(eigen.vectors.view())?);
        let scale = t * self.alpha * self.alpha;
        let right = m.dot(&n);
        // Z = 𝒮(M N) = M N Gᵀ + G (M N)ᵀ.
        let half = right.dot(&g.t());
        let z = &half + &half.t();
        let mut y = v_inverse.dot(&z).dot(v);
        for ((i, j), y) in y.indexed_iter_mut() {
            *y /= 1.0 + scale * (eigen.values[i] + eigen.values[j]);
        }
        let y = v.dot(&y).dot(&v_inverse);
        Ok(right - y.dot(&g).dot(&n) * scale)
    }
}
