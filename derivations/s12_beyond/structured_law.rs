//! Structured data: the law of `Y ↦ ΣYS + SYΣ` in the limit, by the tensor Dyson equation with one leg averaged and one kept:
//!
//! ```math
//! M_σ = (σS − z + σγ₂Σ^{1/2}(1 + Σ^{1/2}TΣ^{1/2})⁻¹Σ^{1/2})⁻¹,   T = ∫ σM_σ,   s = ∫ tr M_σ.
//! ```
//!
//! Beyond the talk; derived here, no published source. Moments of the two legs factor, so that the legs may have independent W; averaged
//! over the first, the operator is a Wishart matrix with coefficients in the second (Schur's complement column by column).
//! Reach: σ′ = x, p = 1.5d, Σ of two atoms and a power law: fitted rates in d of the distance to the operator's own spectrum, on
//! symmetric matrices. Controls, for each Σ: white data, and Σ and S as if they commuted. (With
//! their eigenvalues paired in order, in the figure, the law is off by 5e-2.)

use super::{SLIDE, Spectrum, power_law};
use crate::kit::common::{halfway, points, rms};
use crate::kit::draw::ladders;
use ndarray::Array2;
use num_complex::Complex64;
use tensor_dyson::covariance::StructuredCovariance;
use tensor_dyson::dyson::half_quenched;
use tensor_dyson::ledger::{CheckError, Claim, Context, Figure, Finding, Printed};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, EntryLaw};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "structured-law",
    section: 12,
    slide: SLIDE,
    settles: &["structured data"],
    statement: r"$x \sim N(0, \Sigma)$: the law of $Y \mapsto \Sigma Y S + S Y\Sigma$ is that of the half-quenched Dyson equation, $M_\sigma^{-1} = \sigma S - z$ $+\;\sigma\gamma_2\,\Sigma^{1/2}(1 + \Sigma^{1/2} T\Sigma^{1/2})^{-1}\Sigma^{1/2}.$",
    uses: &["structured-spectrum", "mp-superoperator"],
    check,
    ..Claim::BLANK
};

const GAMMA_2: f64 = 1.5;

/// d eigenvalues, half of them 0.2 and half 1.8: far enough apart for Σ and S to commute by no means.
fn far_atoms(d: usize) -> Vec<f64> {
    (0..d).map(|i| if 2 * i < d { 0.2 } else { 1.8 }).collect()
}

fn draw(ctx: &Context, variances: &[f64], stream: u64) -> Result<StructuredCovariance, CheckError> {
    let d = variances.len();
    let p = (GAMMA_2 * d as f64).round() as usize;
    let w = EntryLaw::Gaussian.matrix(d, p, &mut ctx.streams().stream(stream));
    let phi = Activation::Identity.hermite_data();
    Ok(StructuredCovariance::new(variances, w.view(), &phi)?)
}

/// `s` of the law of the sum of two of the values, independent.
fn pairs(values: &[f64], z: Complex64) -> Complex64 {
    let each = |x: &f64| -> Complex64 { values.iter().map(|y| (x + y - z).inv()).sum() };
    values.iter().map(each).sum::<Complex64>() / (values.len() as f64).powi(2)
}

/// Right, white, and as if Σ and S commuted: in order, and with all pairs of their eigenvalues; at some points, for d different
/// variances cost d inversions a step.
fn errors(
    q: &StructuredCovariance,
    variances: &[f64],
    points: &[Complex64],
) -> Result<[f64; 4], CheckError> {
    let s = q.image();
    let d = variances.len();
    let whole = Array2::from_shape_fn((d * d, d * d), |(x, y)| {
        let ((i, j), (k, l)) = ((x / d, x % d), (y / d, y % d));
        let left = if i == k {
            variances[i] * s[[j, l]]
        } else {
            0.0
        };
        let right = if j == l {
            s[[i, k]] * variances[j]
        } else {
            0.0
        };
        left + right
    });
    let spectrum = symmetric_eigenvalues(whole.view())?;
    let h = symmetric_eigenvalues(s.view())?;
    let mut sorted = variances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let products: Vec<f64> = sorted
        .iter()
        .flat_map(|x| h.iter().map(move |y| x * y))
        .collect();
    let mut differences: [Vec<Complex64>; 4] = Default::default();
    for &z in points {
        let seen = empirical_stieltjes(&spectrum, z);
        let all = |f: &dyn Fn(usize, usize) -> f64| -> Complex64 {
            let sum: Complex64 = (0..d * d).map(|k| (f(k / d, k % d) - z).inv()).sum();
            sum / (d * d) as f64
        };
        let found = [
            half_quenched(variances, s.view(), GAMMA_2, z)?,
            all(&|i, j| h[i] + h[j]),
            all(&|i, j| sorted[i] * h[j] + sorted[j] * h[i]),
            pairs(&products, z),
        ];
        for (list, s) in differences.iter_mut().zip(found) {
            list.push(seen - s);
        }
    }
    Ok(differences.map(rms))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut evidence, mut controls, mut figures) = (vec![], vec![], vec![]);
    let rate = halfway(1.0);
    let kinds: [(&str, Spectrum); 2] = [("two atoms", far_atoms), ("Σ_i ∝ i^{−0.7}", power_law)];
    for (k, (name, of)) in kinds.into_iter().enumerate() {
        let tops = ctx.choose([4, 7, 11], [4, 8, 14], [8, 14, 24]);
        let at = points();
        let at = if k == 0 { &at[..3] } else { &at[..2] };
        let [right, white, ordered, all] = &ladders(tops, 4, |d, seed| {
            let variances = of(d);
            let stream = 1_000_000 * k as u64 + 1000 * d as u64 + seed;
            errors(&draw(ctx, &variances, stream)?, &variances, at)
        })?;
        evidence.push(right.measure(&format!("|s_𝒬 − s| against d, {name}"), rate)?);
        controls.push(white.measure(&format!("white Σ, {name}"), rate)?);
        controls.push(all.measure(&format!("Σ and S commute, unordered, {name}"), rate)?);
        if k == 0 {
            figures.push(Figure::rates(
                "structured-law",
                "The law of 𝒬 for Σ of two atoms, 0.2 and 1.8",
                "d",
                "rms |s_𝒬 − s|",
                &[
                    ("the half-quenched equation", right),
                    ("as if Σ and S commuted", ordered),
                    ("white Σ", white),
                ],
            )?);
        }
    }
    Ok(Finding {
        printed: Printed::as_claimed("the law of 𝒬, X not white", &evidence),
        evidence,
        controls,
        figures,
        ..Finding::default()
    })
}
