//! Structured data: the law of `Y ↦ ΣYS + SYΣ` in the limit, by the tensor Dyson equation with one leg averaged and one kept:
//!
//! ```math
//! M_σ = (σS − z + σγ₂Σ^{1/2}(1 + Σ^{1/2}TΣ^{1/2})⁻¹Σ^{1/2})⁻¹,   T = ∫ σM_σ,   s = ∫ tr M_σ.
//! ```
//!
//! Beyond the talk; derived here, no published source. Moments of the two legs factor, so that the legs may have independent W; averaged
//! over the first, the operator is a Wishart matrix with coefficients in the second (Schur's complement column by column).
//! Reach: σ′ = x, p = 1.5d, Σ of two atoms and a power law: fitted rates in d of the distance to the operator's own spectrum, on
//! symmetric matrices. Controls: white Σ, Σ and S commuting, γ₂ inverted.

use super::{SLIDE, Spectrum, power_law, two_atoms};
use crate::kit::common::{points, quarter, rms};
use crate::kit::draw::push_sixes;
use num_complex::Complex64;
use rayon::prelude::*;
use tensor_dyson::covariance::StructuredCovariance;
use tensor_dyson::dyson::half_quenched;
use tensor_dyson::ledger::{CheckError, Claim, Context, Figure, Finding, Ladder, Printed};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{Activation, EntryLaw};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "structured-law",
    section: 12,
    slide: SLIDE,
    statement: "x ~ N(0, Σ): the law of Y ↦ ΣYS + SYΣ is that of the half-quenched Dyson equation, M_σ = (σS − z + σγ₂Σ^{1/2}(1 + Σ^{1/2}TΣ^{1/2})⁻¹Σ^{1/2})⁻¹.",
    uses: &["structured-spectrum", "mp-superoperator"],
    assumes: &[],
    check,
};

const GAMMA_2: f64 = 1.5;

fn draw(ctx: &Context, variances: &[f64], stream: u64) -> Result<StructuredCovariance, CheckError> {
    let d = variances.len();
    let p = (GAMMA_2 * d as f64).round() as usize;
    let w = EntryLaw::Gaussian.matrix(d, p, &mut ctx.streams().stream(stream));
    let phi = Activation::Identity.hermite_data();
    Ok(StructuredCovariance::new(variances, w.view(), &phi)?)
}

/// Right, white, commuting in order, with 1/γ₂.
fn errors(q: &StructuredCovariance, variances: &[f64]) -> Result<[f64; 4], CheckError> {
    let spectrum = q.linear_eigenvalues()?;
    let s = q.image();
    let h = symmetric_eigenvalues(s.view())?;
    let d = h.len();
    let mut sorted = variances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut differences: [Vec<Complex64>; 4] = Default::default();
    for z in points() {
        let seen = empirical_stieltjes(&spectrum, z);
        let all = |f: &dyn Fn(usize, usize) -> f64| -> Complex64 {
            let sum: Complex64 = (0..d * d).map(|k| (f(k / d, k % d) - z).inv()).sum();
            sum / (d * d) as f64
        };
        let found = [
            half_quenched(variances, s.view(), GAMMA_2, z)?,
            all(&|i, j| h[i] + h[j]),
            all(&|i, j| sorted[i] * h[j] + sorted[j] * h[i]),
            half_quenched(variances, s.view(), GAMMA_2.recip(), z)?,
        ];
        for (list, s) in differences.iter_mut().zip(found) {
            list.push(seen - s);
        }
    }
    Ok(differences.map(rms))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut evidence, mut controls, mut figures) = (vec![], vec![], vec![]);
    let rate = quarter(1.0);
    let kinds: [(&str, Spectrum); 2] = [("two atoms", two_atoms), ("Σ_i ∝ i^{−0.7}", power_law)];
    for (k, (name, of)) in kinds.into_iter().enumerate() {
        let mut ladders: [Ladder; 4] = Default::default();
        let tops = ctx.choose([6, 10, 16], [6, 12, 22], [8, 16, 36]);
        for d in tops {
            let variances = of(d);
            let count = 6 * ((4 * tops[2] / d) as u64).max(4) / (1 + k as u64);
            let rows: Vec<[f64; 4]> = (0..count)
                .into_par_iter()
                .map(|seed: u64| {
                    let stream = 1_000_000 * k as u64 + 1000 * d as u64 + seed;
                    errors(&draw(ctx, &variances, stream)?, &variances)
                })
                .collect::<Result<_, CheckError>>()?;
            for (j, ladder) in ladders.iter_mut().enumerate() {
                push_sixes(ladder, d, rows.iter().map(|row| row[j]));
            }
        }
        let [right, white, ordered, inverted] = &ladders;
        evidence.push(right.measure(&format!("|s_𝒬 − s| against d, {name}"), rate)?);
        controls.push(white.measure(&format!("white Σ, {name}"), rate)?);
        controls.push(inverted.measure(&format!("1/γ₂ for γ₂, {name}"), rate)?);
        if k == 0 {
            figures.push(Figure::rates(
                "structured-law",
                "The law of 𝒬 for Σ of two atoms, 0.4 and 1.6",
                "d",
                "rms |s_𝒬 − s|",
                &[
                    ("the half-quenched equation", right),
                    ("as if Σ and S commuted", ordered),
                    ("white Σ", white),
                ],
            )?);
            controls.push(ordered.measure(&format!("Σ and S commute, {name}"), rate)?);
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
