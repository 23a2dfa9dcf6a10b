//! The NTK's features, the fewest that there are for the activation, the weights and the samples.

use super::features::FeatureMap;
use super::khatri_rao::{KhatriRao, LayerFeatures};
use super::rotation::Rotation;
use super::samples::{Layer, Samples};
use super::square::SymmetricSquare;
use crate::linalg::{LinalgError, Real};
use crate::model::Activation;
use crate::numbers::most;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

/// Why there are no features.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NtkError {
    /// A number that the kernel is made of has no square in f64, or no sum of such squares.
    #[error(
        "the kernel overflows: {what} reaches {largest:.3e}, too much for its square to be an f64; \
         scale it down"
    )]
    Overflow {
        /// Which number.
        what: &'static str,
        /// Its largest modulus.
        largest: f64,
    },
    /// A decomposition failed.
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}

/// What W, a and φ make of a sample: its features, and their number, kept once.
pub(crate) struct NtkModel {
    kind: Kind,
    d: usize,
    p: usize,
}

enum Kind {
    /// `φ(x) = x`: the symmetric part of the feature space.
    Square(Rotation),
    /// `x ⊗ f`, for the columns of W with `a ≠ 0`.
    Rows {
        w: Array2<f64>,
        a: Array1<f64>,
        phi: Activation,
    },
}

/// Above this no number may be that is squared, and summed over the samples: the root of the largest f64, with room for
/// 10¹⁰⁰ terms.
const LARGEST: f64 = 1e104;

fn largest<'a>(entries: impl IntoIterator<Item = &'a f64>) -> f64 {
    most(entries.into_iter().map(|x| x.abs()))
}

fn checked(what: &'static str, largest: f64) -> Result<(), NtkError> {
    if largest <= LARGEST {
        Ok(())
    } else {
        Err(NtkError::Overflow { what, largest })
    }
}

impl NtkModel {
    /// The model of W (d×p), a (p) and `φ = σ′`.
    ///
    /// # Errors
    /// [`NtkError::Overflow`] names W or a; weights that are not finite.
    ///
    /// # Panics
    /// If a has not as many entries as W has columns.
    pub(crate) fn new(
        w: ArrayView2<'_, f64>,
        a: ArrayView1<'_, f64>,
        phi: &Activation,
    ) -> Result<Self, NtkError> {
        let (d, p) = w.dim();
        assert!(
            a.len() == p,
            "W of shape {:?} and a of length {}",
            w.dim(),
            a.len()
        );
        checked("an entry of W", largest(w))?;
        checked("an entry of a", largest(a))?;
        checked("an entry of W times one of a", largest(w) * largest(a))?;
        let kind = if *phi == Activation::Identity {
            Kind::Square(Rotation::of(w, a)?)
        } else {
            let kept: Vec<usize> = (0..p).filter(|&b| a[b] != 0.0).collect();
            Kind::Rows {
                w: w.select(Axis(1), &kept),
                a: a.select(Axis(0), &kept),
                phi: phi.clone(),
            }
        };
        Ok(NtkModel { kind, d, p })
    }

    /// The number of features of a sample; 0 if all of them are 0.
    pub(crate) fn dimension(&self) -> usize {
        match &self.kind {
            Kind::Square(rotation) => rotation.dimension(),
            Kind::Rows { a, .. } => self.d.saturating_mul(a.len()),
        }
    }

    /// Numbers of a sample that are kept.
    pub(crate) fn row(&self) -> usize {
        match &self.kind {
            Kind::Square(_) => self.d,
            Kind::Rows { a, .. } => self.d.saturating_add(a.len()),
        }
    }

    /// The features of X (n×d); with `counts`, those of a stored X whose row i stands there `counts[i]` times. The nonzero
    /// eigenvalues of `Σ_i c_i ω_i ω_iᵀ` are those of the kernel of all rows: a feature is scaled by `√c_i`.
    ///
    /// # Errors
    /// [`NtkError::Overflow`].
    ///
    /// # Panics
    /// If the shapes do not fit.
    pub(crate) fn features<S: Real>(
        &self,
        mut x: Samples<S>,
        counts: Option<&[usize]>,
    ) -> Result<Box<dyn FeatureMap>, NtkError> {
        checked("an entry of X", entry(&x))?;
        let scaled = |x: &mut Samples<S>, power: f64| {
            if let (Samples::Stored(x), Some(counts)) = (x, counts) {
                for (mut row, &count) in x.rows_mut().into_iter().zip(counts) {
                    let root = (count as f64).powf(power);
                    row.map_inplace(|x| *x = S::round(x.widen() * root));
                }
            }
        };
        match &self.kind {
            Kind::Square(rotation) => {
                // Quadratic in x.
                scaled(&mut x, 0.25);
                let root = rotation.largest().sqrt();
                checked(
                    "an entry of X, squared, times a singular value of WD/√d",
                    entry(&x).powi(2) * root,
                )?;
                Ok(Box::new(SymmetricSquare::rotated(x, rotation, self.p)))
            }
            Kind::Rows { w, a, phi } => {
                let phi = phi.clone();
                let layer = Layer::<S>::new(w.view(), a.view(), move |u| phi.phi(u));
                let scale = ((self.d * self.p) as f64).sqrt().recip();
                let f = match &x {
                    Samples::Stored(_) => {
                        let f = layer.stored(&x);
                        let value = most(f.iter().map(|f| f.widen().abs()));
                        checked("a value of σ′(XW/√d) diag(a)", value)?;
                        checked(
                            "an entry of X times a value of σ′(XW/√d)",
                            value * entry(&x),
                        )?;
                        LayerFeatures::Stored(f)
                    }
                    Samples::Drawn(_) => LayerFeatures::Layer(layer),
                };
                scaled(&mut x, 0.5);
                Ok(Box::new(KhatriRao::new(x, f, scale)))
            }
        }
    }

    /// Whether f32 holds the products of these weights and samples with room on both sides.
    pub(crate) fn is_moderate(&self, x: &Samples<f64>) -> bool {
        let weights = match &self.kind {
            Kind::Square(rotation) => rotation.largest().sqrt(),
            Kind::Rows { w, a, phi } => {
                let bounded = !matches!(phi, Activation::Hermite(_));
                let w = if bounded { 1.0 } else { largest(w) };
                w * largest(a)
            }
        };
        [weights, entry(x)]
            .iter()
            .all(|x| *x == 0.0 || (1e-6..=1e6).contains(x))
    }
}

/// The largest modulus of an entry; of one that is drawn, some.
fn entry<S: Real>(x: &Samples<S>) -> f64 {
    match x {
        Samples::Stored(x) => most(x.iter().map(|x| x.widen().abs())),
        Samples::Drawn(_) => 1.0,
    }
}

/// The features of the NTK of X (n×d), W (d×p), a (p) and `φ = σ′`; at `φ(x) = x` those of the symmetric part.
///
/// # Errors
/// [`NtkError::Overflow`] names what overflows; weights that are not finite.
///
/// # Panics
/// If the shapes do not fit.
pub fn ntk_features<S: Real>(
    x: Samples<S>,
    w: ArrayView2<'_, f64>,
    a: ArrayView1<'_, f64>,
    phi: &Activation,
) -> Result<Box<dyn FeatureMap>, NtkError> {
    NtkModel::new(w, a, phi)?.features(x, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What overflows is named: each number by itself, and products of two that are within bounds each.
    #[test]
    fn what_overflows_is_named() {
        let refused = |x: f64, w: f64, a: f64, phi: &Activation| {
            let array = |value: f64| Array2::from_elem((2, 2), value);
            let x = Samples::<f64>::Stored(array(x));
            let a = Array1::from_elem(2, a);
            match ntk_features(x, array(w).view(), a.view(), phi) {
                Err(NtkError::Overflow { what, largest }) => Some((what, largest)),
                Err(error) => panic!("{error}"),
                Ok(_) => None,
            }
        };
        let linear = Activation::Hermite(vec![0.0, 1.0]);
        for phi in [Activation::Identity, Activation::Cos, linear.clone()] {
            assert_eq!(refused(1.0, 1.0, 1.0, &phi), None);
            let [x, w, a] = [
                refused(1e105, 1.0, 1.0, &phi),
                refused(1.0, 1e105, 1.0, &phi),
                refused(1.0, 1.0, 1e105, &phi),
            ];
            assert_eq!(x, Some(("an entry of X", 1e105)));
            assert_eq!(w, Some(("an entry of W", 1e105)));
            assert_eq!(a, Some(("an entry of a", 1e105)));
            let both = refused(1.0, 1e55, 1e50, &phi);
            assert_eq!(both, Some(("an entry of W times one of a", 1e55 * 1e50)));
            assert_eq!(refused(1.0, 1e-55, 1e50, &phi), None);
        }
        // φ(u) = u at u = √2 · 1e30 · 1e30, times a = 1, times x = 1e60 once more.
        let (what, largest) = refused(1e60, 1.0, 1.0, &linear).unwrap();
        assert_eq!(what, "an entry of X times a value of σ′(XW/√d)");
        assert!(
            (largest / (2f64.sqrt() * 1e120) - 1.0).abs() < 1e-14,
            "{largest:e}"
        );
        assert_eq!(refused(1e60, 1.0, 1.0, &Activation::Cos), None);
        assert_eq!(refused(1e60, 1e-60, 1.0, &linear), None);
    }

    /// Features of a bounded φ are as large as a, whatever W is; others as large as both.
    #[test]
    fn moderate_are_weights_and_samples_that_f32_holds() {
        let moderate = |x: f64, w: f64, a: f64, phi: Activation| {
            let w = Array2::from_elem((2, 2), w);
            let a = Array1::from_elem(2, a);
            let model = NtkModel::new(w.view(), a.view(), &phi).unwrap();
            model.is_moderate(&Samples::Stored(Array2::from_elem((2, 2), x)))
        };
        let linear = || Activation::Hermite(vec![0.0, 1.0]);
        for phi in [Activation::Cos, linear()] {
            assert!(moderate(1.0, 1.0, 1.0, phi.clone()));
            assert!(
                !moderate(1e7, 1.0, 1.0, phi.clone()) && !moderate(1e-7, 1.0, 1.0, phi.clone())
            );
            assert!(!moderate(1.0, 1.0, 1e7, phi.clone()) && !moderate(1.0, 1.0, 1e-7, phi));
        }
        assert!(moderate(1.0, 1e9, 1.0, Activation::Cos));
        assert!(!moderate(1.0, 1e9, 1.0, linear()));
        assert!(moderate(1.0, 1e9, 1e-9, linear()));
    }
}
