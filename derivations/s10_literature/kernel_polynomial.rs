//! Kernel matrices, polynomial width n/d^ℓ → γ: `f(⟨x_i,x_j⟩/√d)/√n`, 0 on the diagonal, tends to
//! `(c_ℓ/√γ′)(MP^{γ′} − 1) ⊞ sc(Σ_{k>ℓ} c_k²)`, γ′ = ℓ!γ, for an integer ℓ, to `sc(Σ_{k>ℓ} c_k²)` for another.
//!
//! Slide 'Nonlinear random matrix models' prints `a′ μ_MP^{γ′} ⊞ b′ μ_sc`: incomplete, the shift is missing;
//! and `b′ μ_sc` for ℓ ∉ ℕ: holds. At finite n one law has both, `z = 1/G − c₀/√n + Σ_k c_k²G/(1 − c_k√g_k G)`,
//! `g_k = n/C(d+k−1, k)`, with the c₀/√n that the diagonal lacks. Reach: samples against it with a fitted rate in d; from there to the limit by a fitted
//! rate in d up to 10⁸, without samples: ℓ = 2 like d^{−1/2}, from √g₃ and 1/√g₁, ℓ = 3/2 like d^{−1/4}. Of Hermite's
//! coefficients those of the sphere differ by 1/d: the exponent of the first rate is −1 or steeper.
//! Controls: γ for ℓ!γ, 1/γ′ for γ′, no shift; for ℓ = 3/2 Σ_{k≥1} for Σ_{k>ℓ}, and another mass.

use super::{SLIDE, distances, inner_product_kernel};
use crate::kit::common::{halfway, points, rms};
use crate::kit::fixed_point::from_r_transform;
use num_complex::Complex64;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Predicted, Printed, SpectralModel,
};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, sphere_rows};

const fn claim(
    id: &'static str,
    statement: &'static str,
    check: fn(&Context) -> Result<Finding, CheckError>,
) -> Claim {
    Claim {
        id,
        section: 10,
        slide: SLIDE,
        statement,
        uses: &["kernel-linear"],
        assumes: &[],
        check,
    }
}

pub(crate) const INTEGER: Claim = claim(
    "kernel-polynomial",
    "n/d² → γ: f(⟨x_i,x_j⟩/√d)/√n → (c₂/√γ′)(MP^{γ′} − 1) ⊞ sc(Σ_{k>2} c_k²), γ′ = 2γ.",
    integer,
);

pub(crate) const FRACTIONAL: Claim = claim(
    "kernel-polynomial-fractional",
    "n/d^{3/2} → γ: f(⟨x_i,x_j⟩/√d)/√n → sc(Σ_{k≥2} c_k²).",
    fractional,
);

/// Degrees with a ratio of their own; the others are semicircular.
const DEGREES: usize = 12;

struct Kernel {
    f: Activation,
    /// n = γd^ℓ.
    ell: f64,
    gamma: f64,
    /// The ratio of degree k is `n/C(d+k−1, k)` to this power.
    power: f64,
}

/// `g_k = n/C(d+k−1, k)`.
fn ratio(n: f64, d: f64, k: usize) -> f64 {
    (0..k).fold(n, |g, j| g * (j as f64 + 1.0) / (d + j as f64))
}

impl Kernel {
    fn count(&self, d: f64) -> f64 {
        (self.gamma * d.powf(self.ell)).round()
    }

    /// `s` of the law of finite size.
    fn finite(&self, d: f64, z: Complex64) -> Result<Complex64, CheckError> {
        let c = self.f.sigma_coefficients(DEGREES);
        let tail = self.f.sigma_second_moment() - c.iter().map(|c| c * c).sum::<f64>();
        let n = self.count(d);
        let r = |g: Complex64| {
            let terms = c.iter().enumerate().skip(1).map(|(k, c)| {
                let root = ratio(n, d, k).powf(0.5 * self.power);
                c * c * g / (1.0 - c * root * g)
            });
            terms.sum::<Complex64>() + tail * g - c[0] / n.sqrt()
        };
        Ok(from_r_transform(&r, z)?)
    }
}

impl SpectralModel for Kernel {
    fn sample(&self, d: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let n = self.count(d as f64);
        let x = sphere_rows(n as usize, d, rng);
        let kernel = inner_product_kernel(x.view(), &self.f, n.sqrt());
        Ok(symmetric_eigenvalues(kernel.view())?)
    }

    fn predicted(&self, d: usize) -> Result<Predicted, CheckError> {
        let values: Vec<Complex64> = points();
        let found: Result<Vec<Complex64>, CheckError> =
            values.iter().map(|&z| self.finite(d as f64, z)).collect();
        let found = found?;
        Ok(Predicted::Equation(Box::new(move |z| {
            let at = values.iter().position(|&known| known == z);
            Ok(at.map_or(Complex64::new(f64::NAN, f64::NAN), |k| found[k]))
        })))
    }
}

/// The finite law against a limit with the R-transform `r`, over d up to 10⁸.
fn towards(kernel: &Kernel, r: &dyn Fn(Complex64) -> Complex64) -> Result<Ladder, CheckError> {
    let mut ladder = Ladder::default();
    for d in [1e2, 1e4, 1e6, 1e8] {
        let mut differences = vec![];
        for z in points() {
            differences.push(kernel.finite(d, z)? - from_r_transform(r, z)?);
        }
        ladder.push(d, rms(differences));
    }
    Ok(ladder)
}

fn integer(ctx: &Context) -> Result<Finding, CheckError> {
    let f = Activation::Step;
    let model = |gamma, power| Kernel {
        f: f.clone(),
        ell: 2.0,
        gamma,
        power,
    };
    let right = model(1.0, 1.0);
    let c = f.sigma_coefficients(3);
    let rest = f.sigma_second_moment() - c.iter().map(|c| c * c).sum::<f64>();
    // γ′ = 2: at ratio g the linear part is c₂²G/(1 − c₂√g G), its mean 0; with its mean it is a MP.
    let limit = |g: f64, mean: f64| {
        let (a, b) = (c[2], rest);
        move |x: Complex64| a / g.sqrt() * mean + a * a * x / (1.0 - a * g.sqrt() * x) + b * x
    };
    let inverted = model(1.0, -1.0);
    let found = distances(
        ctx,
        ctx.choose([6, 10, 16], [8, 13, 20], [10, 18, 32]),
        ctx.choose(12, 12, 12),
        false,
        &right,
        &[&inverted],
    )?;
    let towards_right = towards(&right, &limit(2.0, 0.0))?;
    let printed = towards(&right, &limit(2.0, 1.0))?;
    let slip = printed.measure("the limit without its shift, as printed", halfway(0.5))?;
    let evidence = vec![
        found[0].stieltjes.measure(
            "samples: |s_emp − s| of the finite law, against d",
            halfway(1.0),
        )?,
        towards_right.measure("the finite law against the limit, in d", halfway(0.5))?,
    ];
    Ok(Finding {
        printed: Printed::completed(
            "ℓ ∈ ℕ: a′_σ μ_MP^{γ′} ⊞ b′_σ μ_sc",
            slip.distance,
            slip.allowance,
            evidence[1].distance,
        )
        .erratum(
            "the shift of the missing diagonal is not there",
            "(c_ℓ/√γ′)(MP^{γ′} − 1) ⊞ sc(Σ_{k>ℓ} c_k²), γ′ = ℓ!γ",
            printed.last_error(),
            "rms of |s − s_limit| at d = 10⁸, ReLU, ℓ = 2, γ = 1",
        ),
        evidence,
        controls: vec![
            slip,
            towards(&right, &limit(1.0, 0.0))?.measure("γ for γ′ = 2γ", halfway(0.5))?,
            towards(&right, &limit(0.5, 0.0))?.measure("1/γ′ for γ′", halfway(0.5))?,
            found[1]
                .stieltjes
                .measure("samples, 1/g_k for g_k", halfway(1.0))?,
        ],
        ..Finding::default()
    })
}

fn fractional(ctx: &Context) -> Result<Finding, CheckError> {
    let f = Activation::Step;
    let model = |gamma, power| Kernel {
        f: f.clone(),
        ell: 1.5,
        gamma,
        power,
    };
    let right = model(1.0, 1.0);
    let c = f.sigma_coefficients(3);
    let from_one = f.sigma_second_moment() - c[0] * c[0];
    let from_two = from_one - c[1] * c[1];
    let semicircle = |variance: f64| move |g: Complex64| variance * g;
    let inverted = model(1.0, -1.0);
    let sizes = ctx.choose([12, 24, 48], [12, 24, 48], [16, 40, 100]);
    let found = distances(ctx, sizes, 12, false, &right, &[&inverted])?;
    // Both c₁/√g₁ and √g₂ are of order d^{−1/4}.
    let allowance = halfway(0.25);
    let limit = towards(&right, &semicircle(from_two))?;
    let evidence = vec![
        found[0].stieltjes.measure(
            "samples: |s_emp − s| of the finite law, against d",
            halfway(1.0),
        )?,
        limit.measure("the finite law against sc(Σ_{k≥2} c_k²), in d", allowance)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("ℓ ∉ ℕ: b′_σ μ_sc", &evidence),
        evidence,
        controls: vec![
            towards(&right, &semicircle(from_one))?.measure("Σ_{k≥1} c_k²", allowance)?,
            towards(&right, &semicircle(from_two - c[2] * c[2]))?
                .measure("Σ_{k≥3} c_k²", allowance)?,
            found[1]
                .stieltjes
                .measure("samples, 1/g_k for g_k", halfway(1.0))?,
        ],
        ..Finding::default()
    })
}
