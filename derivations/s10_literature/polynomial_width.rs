//! Conjugate kernels at polynomial width: samples, and the one law that has every regime in it.
//!
//! With rows of X and W on the sphere, `F = σ(XWᵀ/√d) = Σ_k (c_k/√B_k) Y_k(X)Y_k(W)ᵀ` over the degrees k, `B_k` harmonics each.
//! Gaussian equivalence (Hu, Lu and Misiakiewicz, arXiv 2403.08160) takes the `Y_k(W)` for independent: given X the
//! columns of F have the covariance `Σ_k c_k² Y_kY_kᵀ/B_k`, of law `T = ⊞_k c_k² MP^{n/B_k}`, and `(1/p)FFᵀ` has the law `MP^{n/p} ⊠ T`.

use crate::kit::common::{points, rms};
use crate::kit::degrees::Degrees;
use num_complex::Complex64;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Comparison, Context, Distances, Ladder, Predicted, SpectralModel, compare,
};
use tensor_dyson::linalg::{gram, product, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, sphere_rows};

/// `σ = 0.7h₁ + h₂ + 0.6h₃`.
pub(super) fn three_degrees() -> Activation {
    Activation::Hermite(vec![0.7, 2.0_f64.sqrt(), 0.6 * 3.0_f64.sqrt()])
}

/// `c_k²`, k ≤ 3, of [`three_degrees`] in the limit of large d.
pub(super) const POWERS: [f64; 4] = [0.0, 0.49, 1.0, 0.36];

/// What a near miss gets wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Nothing.
    None,
    /// p/n for n/p.
    Ratio,
    /// `d^k` for the number of harmonics.
    Count,
    /// Every degree a point mass: the law `MP^{n/p}`, scaled.
    Isotropic,
}

/// `σ(XWᵀ/√d)` of n(d) and p(d) rows on the sphere.
pub(super) struct Width {
    pub rows: fn(usize) -> (usize, usize),
    pub slip: Slip,
}

/// `σ(XWᵀ/√d)`, n×p.
pub(super) fn features(
    sigma: &Activation,
    (n, p): (usize, usize),
    d: usize,
    rng: &mut ChaCha8Rng,
) -> ndarray::Array2<f64> {
    let (x, w) = (sphere_rows(n, d, rng), sphere_rows(p, d, rng));
    let root = (d as f64).sqrt();
    product(x.view(), w.t()).mapv(|u| sigma.sigma(u / root))
}

impl Width {
    /// The law of finite size and `γ = n/p`.
    fn parts(&self, d: usize) -> Result<(Degrees, f64), CheckError> {
        let (n, p) = (self.rows)(d);
        let mut degrees = Degrees::on_sphere(&three_degrees(), d, n, 3)?;
        let mut gamma = n as f64 / p as f64;
        match self.slip {
            Slip::None => {}
            Slip::Ratio => gamma = gamma.recip(),
            Slip::Count => {
                for (k, part) in degrees.0.iter_mut().enumerate() {
                    part.1 = n as f64 / (d as f64).powi(k as i32 + 1);
                }
            }
            Slip::Isotropic => degrees.0.iter_mut().for_each(|part| part.1 = 0.0),
        }
        Ok((degrees, gamma))
    }
}

impl SpectralModel for Width {
    fn sample(&self, d: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let sizes = (self.rows)(d);
        let f = features(&three_degrees(), sizes, d, rng);
        let kernel = gram(f.view()) / sizes.1 as f64;
        Ok(symmetric_eigenvalues(kernel.view())?)
    }

    fn predicted(&self, d: usize) -> Result<Predicted, CheckError> {
        let (degrees, gamma) = self.parts(d)?;
        Ok(Predicted::Equation(Box::new(move |z| {
            Ok(degrees.product(gamma, z)?)
        })))
    }
}

/// Samples against the law of finite size and against the same with each slip, over the sizes d.
pub(super) fn sampled(
    ctx: &Context,
    sizes: [usize; 3],
    rows: fn(usize) -> (usize, usize),
    slips: &[Slip],
) -> Result<Vec<Distances>, CheckError> {
    let wrong: Vec<Width> = slips.iter().map(|&slip| Width { rows, slip }).collect();
    let rivals: Vec<&dyn SpectralModel> = wrong.iter().map(|w| w as &dyn SpectralModel).collect();
    let right = Width {
        rows,
        slip: Slip::None,
    };
    let ladder = Comparison {
        sizes: sizes.to_vec(),
        replicates: ctx.choose(8, 8, 12),
        points: points(),
        kolmogorov: false,
    };
    compare(ctx.streams(), &ladder, &right, &rivals)
}

/// The law of large finite size, `n = n(d)` and `p = p(d)` real, against a limit's transform, over d up to 10⁸.
pub(super) fn towards(
    rows: impl Fn(f64) -> (f64, f64),
    limit: &dyn Fn(Complex64) -> Result<Complex64, CheckError>,
) -> Result<Ladder, CheckError> {
    let mut ladder = Ladder::default();
    for d in [1e3, 1e4, 1e6, 1e8] {
        let (n, p) = rows(d);
        // k!n/(d(d+1)…(d+k−1)), which is n over the number of harmonics up to 1/d.
        let ratio = |k: usize| (0..k).fold(n, |g, j| g * (j as f64 + 1.0) / (d + j as f64));
        let law = Degrees((1..4).map(|k| (POWERS[k], ratio(k))).collect());
        let mut differences = vec![];
        for z in points() {
            differences.push(law.product(n / p, z)? - limit(z)?);
        }
        ladder.push(d, rms(differences));
    }
    Ok(ladder)
}
