//! law(𝒬) is not the free sum of its two parts: the second moments differ by `2α²c Var(a²)`.
//!
//! Slide 'Main result' prints `α²(…)*(…) ⊞ (β²−α²)ν`: a slip unless ν is a point mass. The first summand is
//! taken as corrected by `q-limit`, and c as corrected by `mean-part`, so that ⊞ alone is judged.
//! Reach: the identity to rounding in the limit law; a rate for Tr 𝒬²/(pd). Control: the free sum.

use crate::kit::common::{UNIT, rms};
use num_complex::Complex64;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Measurement, Printed};
use tensor_dyson::measure::{Atoms, Response, WeightedCovariance};
use tensor_dyson::model::{EntryLaw, HermiteData, WeightLaw};

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
/// Root mean squares at each size.
const BATCHES: u64 = 10;
/// Samples of each: the logarithm of one error alone scatters by 1, which hides a rate.
const BATCH: u64 = 4;

/// `∫ x² dλ = −I′(0)`.
fn second_moment(law: &dyn Response) -> Result<f64, CheckError> {
    Ok(-law.response(Complex64::ZERO)?.derivative.re)
}

/// `∫ x²` of a limit law with a bound of its error: the distance of −I′(0) from a central difference, and what
/// that may be off by, the stated errors of the values over h and `h² ∫ x⁴/(1 − (hx)²) ≤ 2h² S³ ∫ x` for a
/// support below S.
pub(crate) fn bounded_second_moment(law: &WeightedCovariance) -> Result<(f64, f64), CheckError> {
    let (top, mean) = (law.support_bound(), law.mean());
    // Here rounding over h and h² are of one size, and hS < ½ by far.
    let h = UNIT.cbrt() / top;
    let at = |t: f64| -> Result<(f64, f64), CheckError> {
        let (jet, error) = law.response_with_error(t.into())?;
        Ok((jet.value.re, error.unwrap_or(f64::NAN)))
    };
    let ((above, error_above), (below, error_below)) = (at(h)?, at(-h)?);
    let moment = second_moment(law)?;
    let apart = (moment + (above - below) / (2.0 * h)).abs();
    let off = (error_above + error_below) / (2.0 * h) + 2.0 * h * h * top.powi(3) * mean;
    Ok((moment, apart + off))
}

/// `∫ x²` of `law(α²-part) ⊞ cν`, the second moments and twice the product of the means, with a bound of its error.
pub(crate) fn free_sum_second_moment(
    gamma_2: f64,
    alpha: f64,
    shift: f64,
    nu: &Atoms,
) -> Result<(f64, f64), CheckError> {
    let part = WeightedCovariance::new(gamma_2, alpha, alpha.abs(), 0.0, nu.clone())?;
    let (second, bound) = bounded_second_moment(&part)?;
    let rest = 2.0 * part.mean() * shift * nu.mean() + shift * shift * second_moment(nu)?;
    // A sum over the atoms of ν rounds once a term.
    Ok((
        second + rest,
        bound + 2.0 * nu.at().len() as f64 * UNIT * rest,
    ))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let weights = WeightLaw::Uniform(2.0);
    let nu = weights.squares()?;
    let beta = (ALPHA * ALPHA + SHIFT).sqrt();
    let law = WeightedCovariance::new(GAMMA_2, ALPHA, beta, 0.0, nu.clone())?;
    let (exact, bound) = bounded_second_moment(&law)?;
    let (free, free_bound) = free_sum_second_moment(GAMMA_2, ALPHA, SHIFT, &nu)?;
    let bound = bound + free_bound;
    let variance = second_moment(&nu)? - nu.mean().powi(2);
    let gap = 2.0 * ALPHA * ALPHA * SHIFT * variance;
    let phi = HermiteData::new(0.0, ALPHA, beta * beta)?;
    let (mut ladder, mut printed) = (Ladder::default(), Ladder::default());
    for d in ctx.choose([8, 24, 64], [8, 24, 72], [16, 64, 256]) {
        let p = (GAMMA_2 * d as f64) as usize;
        for batch in 0..BATCHES {
            let (mut errors, mut errors_printed) = (vec![], vec![]);
            for seed in 0..BATCH {
                let mut rng = ctx.streams().stream(1000 * d as u64 + BATCH * batch + seed);
                let (w, a) = (
                    EntryLaw::Gaussian.matrix(d, p, &mut rng),
                    weights.sample(p, &mut rng),
                );
                let sampled = second_moment(&Covariance::new(w.view(), a.view(), &phi)?)?;
                // Against the law of these very weights: that of a² fluctuates by p^{−1/2}, the rest by 1/d.
                let nu = Atoms::empirical(a.iter().map(|x| x * x).collect())?;
                let law = WeightedCovariance::new(GAMMA_2, ALPHA, beta, 0.0, nu.clone())?;
                let (free, _) = free_sum_second_moment(GAMMA_2, ALPHA, SHIFT, &nu)?;
                errors.push((sampled - second_moment(&law)?).into());
                errors_printed.push((sampled - free).into());
            }
            ladder.push(d as f64, rms(errors));
            printed.push(d as f64, rms(errors_printed));
        }
    }
    let slip = printed.measure("⊞, as printed", -0.5)?;
    Ok(Finding {
        printed: Printed::judged("α²(…)*(…) ⊞ (β²−α²)ν", slip.distance, slip.allowance).erratum(
            "the two parts of 𝒬 share the weights a and are not free unless a² is constant",
            "the law of weights-law; its second moment is larger by 2α²c Var(a²)",
            (exact - free).abs() / exact,
            "relative, of the second moment, a uniform on (−2, 2), α = 0.8, c = 0.9",
        ),
        evidence: vec![
            Measurement::enclosed(
                format!("second moment {exact:.3} less that of ⊞, {free:.3}, less 2α²c Var(a²)"),
                1,
                (exact - free - gap).abs(),
                bound,
            ),
            ladder.measure("|Tr 𝒬²/(pd) − ∫x²| against d", -0.5)?,
        ],
        controls: vec![
            slip,
            Measurement::enclosed(
                "a gap of α²c Var(a²)",
                1,
                (exact - free - gap / 2.0).abs(),
                bound,
            ),
        ],
        intermediates: vec![("second moments: law(𝒬), free sum", vec![exact, free])],
        ..Finding::default()
    })
}
