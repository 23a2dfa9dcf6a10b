//! law(𝒬) is not the free sum of its two parts: the second moments differ by `2α²c Var(a²)`.
//!
//! Slide 'Main result' prints `α²(…)*(…) ⊞ (β²−α²)ν`: a slip unless ν is a point mass. The first summand is
//! taken as corrected by `q-limit`, and c as corrected by `mean-part`, so that ⊞ alone is judged.
//! Reach: the identity to rounding in the limit law; a rate for Tr 𝒬²/(pd). Control: the free sum.

use crate::common::{UNIT, draw_covariance};
use num_complex::Complex64;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Measurement, Printed};
use tensor_dyson::measure::{Atoms, Response, WeightedCovariance};
use tensor_dyson::model::{HermiteData, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "free-sum",
    section: 8,
    slide: "Main result",
    statement: "The second moment of law(𝒬) is that of the free sum of its parts plus 2α²c Var(a²): they are not free.",
    uses: &["weights-law"],
    assumes: &[],
    check,
};

const ALPHA: f64 = 0.8;
const SHIFT: f64 = 0.9;
const GAMMA_2: f64 = 1.5;

/// `∫ x² dλ = −I′(0)`.
pub(crate) fn second_moment(law: &dyn Response) -> Result<f64, CheckError> {
    Ok(-law.response(Complex64::ZERO)?.derivative.re)
}

/// `∫ x²` of `law(α²-part) ⊞ cν`: the second moments and twice the product of the means.
pub(crate) fn free_sum_second_moment(
    gamma_2: f64,
    alpha: f64,
    shift: f64,
    nu: &Atoms,
) -> Result<f64, CheckError> {
    let part = WeightedCovariance::new(gamma_2, alpha, alpha.abs(), 0.0, nu.clone())?;
    let nu_second = second_moment(nu)?;
    Ok(second_moment(&part)? + 2.0 * part.mean() * shift * nu.mean() + shift * shift * nu_second)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let weights = WeightLaw::Uniform(2.0);
    let nu = weights.squares()?;
    let beta = (ALPHA * ALPHA + SHIFT).sqrt();
    let exact = second_moment(&WeightedCovariance::new(
        GAMMA_2,
        ALPHA,
        beta,
        0.0,
        nu.clone(),
    )?)?;
    let free = free_sum_second_moment(GAMMA_2, ALPHA, SHIFT, &nu)?;
    let variance = second_moment(&nu)? - nu.mean().powi(2);
    let gap = 2.0 * ALPHA * ALPHA * SHIFT * variance;
    let phi = HermiteData::new(0.0, ALPHA, beta * beta)?;
    let (mut ladder, mut printed) = (Ladder::default(), Ladder::default());
    for d in ctx.choose([8, 24, 64], [8, 32, 120], [16, 64, 256]) {
        let p = (GAMMA_2 * d as f64) as usize;
        for seed in 0..10 {
            let mut rng = ctx.streams().stream(1000 * d as u64 + seed);
            let q = draw_covariance((d, p), &weights, &phi, &mut rng)?;
            let sampled = second_moment(&q)?;
            ladder.push(d as f64, (sampled - exact).abs());
            printed.push(d as f64, (sampled - free).abs());
        }
    }
    let slip = printed.measure("⊞, as printed", -0.2)?;
    Ok(Finding {
        printed: Printed::judged("α²(…)*(…) ⊞ (β²−α²)ν", slip.distance, slip.allowance).erratum(
            "the two parts of 𝒬 share the weights a and are not free unless a² is constant",
            "the law of weights-law; its second moment is larger by 2α²c Var(a²)",
            (exact - free).abs() / exact,
            "relative, of the second moment, a uniform on (−2, 2), α = 0.8, c = 0.9",
        ),
        evidence: vec![
            // The contour's trapezoidal rule is good to 1e-13 (measured in its tests); the moments are
            // of order 10.
            Measurement::rounding(
                format!("second moment {exact:.3} less that of ⊞, {free:.3}, less 2α²c Var(a²)"),
                1,
                (exact - free - gap).abs(),
                1e-12 + 1000.0 * UNIT * exact,
            ),
            // a² fluctuates, which moves Tr 𝒬² by p^{−1/2}.
            ladder.measure("|Tr 𝒬²/(pd) − ∫x²| against d", -0.2)?,
        ],
        controls: vec![
            slip,
            Measurement::rounding(
                "a gap of α²c Var(a²)",
                1,
                (exact - free - gap / 2.0).abs(),
                1e-12,
            ),
        ],
        intermediates: vec![("second moments: law(𝒬), free sum", vec![exact, free])],
        ..Finding::default()
    })
}
