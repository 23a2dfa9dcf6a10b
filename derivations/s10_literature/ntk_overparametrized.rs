//! NTK, overparametrized, n/p → 0: `√(p/n)(K₁ + K₂ − E_W(K₁ + K₂))` has the limit law of K₂ alone,
//! `sc(1) ⊠ (a MP^{γ₁} + b)`. K₁ is smaller by a factor √d: its own scale is √(pd/n), with second moment
//! `Var(σ′²)/γ₁ + (E σ′²)² − (E σ′)⁴`.
//!
//! Slide 'Nonlinear random matrix models' prints that law for M₄ = K₁ + XXᵀ, which has no K₂: a slip, M₄'s law at
//! this scale is δ₀. Reach: fitted rates in n at n/p = ¼, tanh (what K₁ adds is of relative order 1/d). Controls: the law of
//! K₂ for K₁ alone, 1/γ₁ for γ₁, and the second moment without its diagonal.

use super::conjugate_overparametrized::{Centred, MeanKernel};
use super::{Measured, RATE, SLIDE, distances, linear_and_rest};
use crate::kit::common::quarter;
use ndarray::Array2;
use num_complex::Complex64;
use rand::rngs::ChaCha8Rng;
use rayon::prelude::*;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Predicted, Printed, SpectralModel,
};
use tensor_dyson::linalg::{gram, product, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw, gaussian_mean, hadamard_gram, sphere_rows};

pub(crate) const CLAIM: Claim = Claim {
    id: "ntk-overparametrized",
    section: 10,
    slide: SLIDE,
    settles: &["NTK, overparametrized: sc ⊠ (a + b MP^{γ₁})"],
    statement: r"$n/p \to 0$: $\sqrt{p/n}\,(K_1 + K_2 - E_W)$ has the limit law of $K_2$ alone; $K_1$'s own scale is $\sqrt{pd/n}.$",
    uses: &["conjugate-overparametrized"],
    check,
    ..Claim::BLANK
};

/// The centred K₁ and K₂ at the scale √(p/n).
fn centred(
    [of_values, of_slopes]: &[MeanKernel; 2],
    n: usize,
    (gamma_1, gamma_2): (f64, f64),
    rng: &mut ChaCha8Rng,
) -> (Array2<f64>, Array2<f64>) {
    let (d, p) = ((n as f64 / gamma_1) as usize, (n as f64 / gamma_2) as usize);
    let x = sphere_rows(n, d, rng);
    let w = EntryLaw::Gaussian.matrix(d, p, rng);
    let u = product(x.view(), w.view()) / (d as f64).sqrt();
    let inner = gram(x.view()) / d as f64;
    let slopes = u.mapv(|u| u.cosh().powi(-2));
    let first = hadamard_gram(x.view(), slopes.view()) - &inner * &of_slopes.at(&inner);
    let second = gram(u.mapv(f64::tanh).view()) / p as f64 - of_values.at(&inner);
    let scale = gamma_2.sqrt();
    (first / scale, second / scale)
}

struct Whole<'a> {
    means: &'a [MeanKernel; 2],
    of: Centred<'a>,
}

impl SpectralModel for Whole<'_> {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        let (first, second) = centred(self.means, n, (self.of.gamma_1, self.of.gamma_2), rng);
        Ok(symmetric_eigenvalues((first + second).view())?)
    }
    fn predicted(&self, size: usize) -> Result<Predicted, CheckError> {
        self.of.predicted(size)
    }
}

/// M₄ as printed: K₁ alone is random given X, and its predicted law is δ₀.
struct First<'a> {
    means: &'a [MeanKernel; 2],
    gammas: (f64, f64),
}

impl SpectralModel for First<'_> {
    fn sample(&self, n: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
        Ok(symmetric_eigenvalues(
            centred(self.means, n, self.gammas, rng).0.view(),
        )?)
    }
    fn predicted(&self, _: usize) -> Result<Predicted, CheckError> {
        Ok(Predicted::Equation(Box::new(|z: Complex64| Ok(-z.inv()))))
    }
}

/// The second moment of K₁ at its own scale against its limit, and against the part off the diagonal alone.
fn second_moment(
    ctx: &Context,
    means: &[MeanKernel; 2],
    sizes: [usize; 3],
    gammas: (f64, f64),
) -> Result<[Ladder; 2], CheckError> {
    let square = |k| gaussian_mean(|z: f64| z.cosh().powi(-2 * k));
    let off = square(2).powi(2) - square(1).powi(4);
    let moment = (square(4) - square(2).powi(2)) / gammas.0 + off;
    let mut ladders: [Ladder; 2] = Default::default();
    for n in sizes {
        let d = (n as f64 / gammas.0) as usize;
        let values: Vec<f64> = (0..(36 * sizes[2] / n) as u64)
            .into_par_iter()
            .map(|seed| {
                let stream = 5_000_000 + 1000 * n as u64 + seed;
                let first = centred(means, n, gammas, &mut ctx.streams().stream(stream)).0;
                first.iter().map(|x| x * x).sum::<f64>() * d as f64 / n as f64
            })
            .collect();
        for six in values.chunks(6) {
            for (ladder, at) in ladders.iter_mut().zip([moment, off]) {
                let sum: f64 = six.iter().map(|value| (value - at).powi(2)).sum();
                ladder.push(n as f64, (sum / six.len() as f64).sqrt());
            }
        }
    }
    Ok(ladders)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let parts = linear_and_rest(&Activation::TanhPrime);
    let means = &MeanKernel::of_tanh();
    let (gamma_1, gamma_2) = (0.8, 0.25);
    let of = |gamma_1| Centred {
        mean: &means[0],
        gamma_1,
        gamma_2,
        ratio: gamma_2,
        parts,
    };
    let sizes = ctx.choose([20, 50, 120], [20, 55, 140], [40, 120, 360]);
    let rival = of(1.0 / gamma_1);
    let whole = Whole {
        means,
        of: of(gamma_1),
    };
    let whole = distances(ctx, sizes, 12, Measured::Transform, &whole, &[&rival])?;
    let first = First {
        means,
        gammas: (gamma_1, gamma_2),
    };
    let alone = distances(ctx, sizes, 12, Measured::Transform, &first, &[&of(gamma_1)])?;
    let [own, no_diagonal] = second_moment(ctx, means, sizes, (gamma_1, gamma_2))?;
    let size = alone[1].stieltjes.last_error();
    let slip = alone[1]
        .stieltjes
        .measure("the law of K₂ for M₄'s random part", RATE)?;
    Ok(Finding {
        printed: Printed::judged(
            r"$M_4 = XX^\top\circ\sigma'\sigma'^\top + XX^\top$: $\mu_{\mathrm{sc}}$ $\boxtimes\;(a_\sigma + b_\sigma\,\mu_{\mathrm{MP}}^{\gamma_1})$",
            slip.distance,
            slip.allowance,
        )
        .erratum(
            "M₄ has no K₂: at this scale its law is δ₀; a and b are interchanged too",
            r"$K_1 + K_2$: $\mathrm{sc}(1)$ $\boxtimes\;(a\,\mathrm{MP}^{\gamma_1} + b)$ at $\sqrt{p/n}$; $K_1$ alone lives at $\sqrt{pd/n}$",
            size,
            "rms of |s_emp − s| of M₄ at the largest n, tanh, n/p = ¼",
        ),
        evidence: vec![
            whole[0]
                .stieltjes
                .measure("K₁ + K₂ against the law of K₂, in n", RATE)?,
            alone[0]
                .stieltjes
                .measure("K₁ alone against δ₀, in n", RATE)?,
            // The mean over n entries of the diagonal fluctuates by n^{−1/2}.
            own.measure("K₁'s second moment at √(pd/n), in n", quarter(0.5))?,
        ],
        controls: vec![
            slip,
            whole[1].stieltjes.measure("1/γ₁ for γ₁", RATE)?,
            no_diagonal.measure("the second moment without its diagonal", quarter(0.5))?,
        ],
        ..Finding::default()
    })
}
