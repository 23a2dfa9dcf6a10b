//! Conjugate kernel, overparametrized, n/p → 0, n/d → γ₁: `√(p/n)(K₂ − E_W K₂)` has the limit law
//! `sc(1) ⊠ (a MP^{γ₁} + b)`.
//!
//! Slide 'Nonlinear random matrix models' prints n/d → 0 for n/p → 0, and a and b interchanged: a slip. Reach: tanh; a
//! fitted rate in n at n/p = ¼ against the law of that ratio, `Φ^{1/2}(MP^{γ₂} − 1)Φ^{1/2}/√γ₂`, Φ = a MP^{γ₁} + b; that law
//! tends to the limit with a fitted rate in γ₂, and samples at γ₂ = 1/4 … 1/64 follow it.
//! Controls: a and b interchanged, 1/γ₁ for γ₁, the limit law at n/p = ¼.

use super::conjugate_kernel::features;
use super::{Measured, RATE, SLIDE, distances, linear_and_rest};
use crate::kit::common::{halfway, points, quarter, rms};
use crate::kit::fixed_point::{NoFixedPoint, fixed_point};
use ndarray::Array2;
use num_complex::Complex64;
use rand::rngs::ChaCha8Rng;
use tensor_dyson::ledger::{
    CheckError, Claim, Comparison, Context, Finding, Ladder, Predicted, Printed, SpectralModel,
    compare,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::{Activation, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "conjugate-overparametrized",
    section: 10,
    slide: SLIDE,
    settles: &["conjugate kernel, overparametrized: sc ⊠ (a + b MP^{γ₁})"],
    statement: r"$n/p \to 0$, $n/d \to \gamma_1$: $\sqrt{p/n}\,(K_2 - E_W K_2)$ $\to \mathrm{sc}(1)$ $\boxtimes\;(a\,\mathrm{MP}^{\gamma_1} + b)$, $a = (E\sigma')^2$, $b = \mathrm{Var}\,\sigma - a.$",
    uses: &["conjugate-kernel"],
    check,
    ..Claim::BLANK
};

/// `E_W f(u_i) f(u_j) = Σ_k c_k² ρᵏ` for rows on the sphere, `ρ = ⟨x_i, x_j⟩/d`, c_k the Hermite coefficients of f.
pub(super) struct MeanKernel {
    squares: Vec<f64>,
    second: f64,
}

impl MeanKernel {
    /// For tanh, and for its derivative: `h_k′ = √k h_{k−1}`. At the largest ρ, about ½, the 32 terms leave 1e-10.
    pub(super) fn of_tanh() -> [Self; 2] {
        let tanh = Activation::TanhPrime;
        let squares: Vec<f64> = tanh.sigma_coefficients(32).iter().map(|c| c * c).collect();
        let slope = squares.iter().zip(0..).skip(1);
        let slope = slope.map(|(c, k)| f64::from(k) * c).collect();
        [
            MeanKernel {
                squares,
                second: tanh.sigma_second_moment(),
            },
            MeanKernel {
                squares: slope,
                second: tanh.hermite_data().beta_squared(),
            },
        ]
    }

    /// The kernel, n×n; `E f²` on the diagonal.
    pub(super) fn at(&self, rho: &Array2<f64>) -> Array2<f64> {
        let horner = |rho: f64| self.squares.iter().rev().fold(0.0, |sum, c| sum * rho + c);
        let mut kernel = rho.mapv(horner);
        kernel.diag_mut().fill(self.second);
        kernel
    }
}

/// σ = tanh.
pub(super) struct Centred<'a> {
    pub mean: &'a MeanKernel,
    pub gamma_1: f64,
    /// n/p of the samples.
    pub gamma_2: f64,
    /// n/p of the prediction; 0 is the limit.
    pub ratio: f64,
    /// a and b of the prediction.
    pub parts: (f64, f64),
}

impl SpectralModel for Centred<'_> {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let (d, p) = (
            (n as f64 / self.gamma_1) as usize,
            (n as f64 / self.gamma_2) as usize,
        );
        let x = sphere_rows(n, d, rng);
        let values = features(x.view(), p, f64::tanh, rng);
        let inner = gram(x.view()) / d as f64;
        let centred = gram(values.view()) / p as f64 - self.mean.at(&inner);
        Ok(symmetric_eigenvalues(
            (centred / self.gamma_2.sqrt()).view(),
        )?)
    }

    fn predicted(&self, _: usize) -> Result<Predicted, CheckError> {
        let t = linear_part(self.gamma_1, self.parts)?;
        let ratio = self.ratio;
        Ok(Predicted::Equation(Box::new(move |z| {
            Ok(transform(&t, ratio, z)?)
        })))
    }
}

/// `s` of `a MP^γ + b` in both half planes.
fn linear_part(
    gamma: f64,
    (a, b): (f64, f64),
) -> Result<impl Fn(Complex64) -> Complex64 + Send + Sync, CheckError> {
    let law = MarchenkoPastur::new(gamma)?;
    Ok(move |z: Complex64| {
        let at = (z - b) / a;
        if at.im < 0.0 {
            law.stieltjes(at.conj()).conj() / a
        } else {
            law.stieltjes(at) / a
        }
    })
}

/// `s = ∫ dT(t)/(tk − z)`, `k = (1/(1 + √γe) − 1)/√γ`, `e = ∫ t dT/(tk − z)`; at γ = 0, k = −e. The calculus of laws has ⊠ for
/// laws on the half line only.
fn transform(
    t: &dyn Fn(Complex64) -> Complex64,
    gamma: f64,
    z: Complex64,
) -> Result<Complex64, NoFixedPoint> {
    let factor = |e: Complex64| -e / (1.0 + gamma.sqrt() * e);
    let s = |k: Complex64| t(z / k) / k;
    let step = |e: Complex64| {
        let k = factor(e);
        (1.0 + z * s(k)) / k
    };
    let e = fixed_point(&step, Complex64::new(0.1, 1.0), z)?;
    Ok(s(factor(e)))
}

/// The law of a falling ratio γ₂ against the limit, and against the limit with a and b interchanged.
fn towards(gamma_1: f64, parts: (f64, f64)) -> Result<[Ladder; 2], CheckError> {
    let t = linear_part(gamma_1, parts)?;
    let swapped = linear_part(gamma_1, (parts.1, parts.0))?;
    let mut ladders: [Ladder; 2] = Default::default();
    for power in [2, 6, 10, 14] {
        let ratio = 0.5_f64.powi(power);
        let (mut one, mut two) = (vec![], vec![]);
        for z in points() {
            let finite = transform(&t, ratio, z)?;
            one.push(finite - transform(&t, 0.0, z)?);
            two.push(finite - transform(&swapped, 0.0, z)?);
        }
        ladders[0].push(ratio.recip(), rms(one));
        ladders[1].push(ratio.recip(), rms(two));
    }
    Ok(ladders)
}

/// Samples against the limit, in 1/γ₂.
fn falling<'a>(ctx: &Context, model: impl Fn(f64) -> Centred<'a>) -> Result<Ladder, CheckError> {
    // One n at falling ratios: 1/n stays far below √γ₂.
    let mut falling = Ladder::default();
    for ratio in [0.25, 1.0 / 16.0, 1.0 / 64.0] {
        let ladder = Comparison {
            sizes: vec![ctx.choose(80, 100, 160)],
            replicates: 8,
            points: points(),
            kolmogorov: false,
        };
        let trial = compare(ctx.streams(), &ladder, &model(ratio), &[])?;
        for &(_, error) in trial[0].stieltjes.errors() {
            falling.push(ratio.recip(), error);
        }
    }
    Ok(falling)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let parts = linear_and_rest(&Activation::TanhPrime);
    let (gamma_1, gamma_2) = (0.8, 0.25);
    let [mean, _] = &MeanKernel::of_tanh();
    let model = |gamma_1, gamma_2, ratio, parts| Centred {
        mean,
        gamma_1,
        gamma_2,
        ratio,
        parts,
    };
    let sizes = ctx.choose([20, 50, 120], [20, 60, 160], [40, 120, 360]);
    let rivals = [
        model(gamma_1, gamma_2, gamma_2, (parts.1, parts.0)),
        model(1.0 / gamma_1, gamma_2, gamma_2, parts),
        model(gamma_1, gamma_2, 0.0, parts),
    ];
    let rivals = rivals.each_ref().map(|rival| rival as &dyn SpectralModel);
    let right = model(gamma_1, gamma_2, gamma_2, parts);
    let found = distances(ctx, sizes, 12, Measured::Transform, &right, &rivals)?;
    let [limit, interchanged] = towards(gamma_1, parts)?;
    let falling = falling(ctx, |ratio| model(gamma_1, ratio, 0.0, parts))?;
    let evidence = vec![
        found[0]
            .stieltjes
            .measure("n/p = ¼: |s_emp − s| of that ratio, against n", RATE)?,
        // The third cumulant is of order √γ₂.
        limit.measure(
            "the law of the ratio γ₂ against the limit, in 1/γ₂",
            halfway(0.5),
        )?,
        falling.measure("samples against the limit, in 1/γ₂", quarter(0.5))?,
    ];
    let size = interchanged.last_error();
    let slip = interchanged.measure("a + b MP, as printed, for a MP + b", halfway(0.5))?;
    Ok(Finding {
        printed: Printed::judged(
            r"$n/d \to 0$: $\mu_{\mathrm{sc}}$ $\boxtimes\;(a_\sigma + b_\sigma\,\mu_{\mathrm{MP}}^{\gamma_1})$",
            slip.distance,
            slip.allowance,
        )
        .erratum(
            "n/d → 0 stands for n/p → 0, and a and b are interchanged",
            r"$n/p \to 0$, $n/d \to \gamma_1$: $\mathrm{sc}(1)$ $\boxtimes\;(a\,\mathrm{MP}^{\gamma_1} + b)$, for $\sqrt{p/n}\,(K_2 - E_W K_2)$",
            size,
            "rms of |s − s_limit| at n/p = 2⁻¹⁴, tanh, γ₁ = 0.8",
        ),
        evidence,
        controls: vec![
            slip,
            found[1].stieltjes.measure("a and b interchanged", RATE)?,
            found[2].stieltjes.measure("1/γ₁ for γ₁", RATE)?,
            found[3]
                .stieltjes
                .measure("the limit law at n/p = ¼", RATE)?,
        ],
        ..Finding::default()
    })
}
