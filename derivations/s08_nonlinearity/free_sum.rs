//! law(𝒬) is not the free sum of its two parts: the second moments differ by `2α²c Var(a²)`.
//!
//! Slide 'Main result' prints `α²(…)*(…) ⊞ (β²−α²)ν`: a slip unless ν is a point mass. The first summand is
//! taken as corrected by `q-limit`, and c as corrected by `mean-part`, so that ⊞ alone is judged.
//! Reach: the identity to rounding in the limit law; a rate for Tr 𝒬²/(pd). Control: the free sum.

use crate::kit::common::rms;
use crate::kit::second_moment::{bounded_second_moment, free_sum_second_moment, second_moment};
use tensor_dyson::covariance::Covariance;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Measurement, Printed};
use tensor_dyson::measure::{Atoms, Response, WeightedCovariance};
use tensor_dyson::model::{EntryLaw, HermiteData, WeightLaw};

pub(crate) const CLAIM: Claim = Claim {
    id: "free-sum",
    section: 8,
    slide: "Main result",
    settles: &["general a: MP^{γ₁} ⊠ (α² (μ⊠ν)*(μ⊠ν) ⊞ (β² − α²)ν)"],
    statement: r"The second moment of $\mathrm{law}(\mathcal Q)$ is that of the free sum of its parts plus $2\alpha^2 c\,\mathrm{Var}(a^2)$: they are not free.",
    uses: &["weights-law"],
    check,
    ..Claim::BLANK
};

const ALPHA: f64 = 0.8;
const SHIFT: f64 = 0.9;
const GAMMA_2: f64 = 1.5;
/// Root mean squares at each size.
const BATCHES: u64 = 10;
/// Samples of each: the logarithm of one error alone scatters by 1, which hides a rate.
const BATCH: u64 = 4;

/// Second moments of sampled 𝒬 against the law, and against the free sum.
fn sampled(
    ctx: &Context,
    weights: &WeightLaw,
    phi: &HermiteData,
) -> Result<[Ladder; 2], CheckError> {
    let beta = (ALPHA * ALPHA + SHIFT).sqrt();
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
                let sampled = second_moment(&Covariance::new(w.view(), a.view(), phi)?)?;
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
    Ok([ladder, printed])
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
    let [ladder, printed] = sampled(ctx, &weights, &phi)?;
    let slip = printed.measure("⊞, as printed", -0.5)?;
    Ok(Finding {
        printed: Printed::judged(r"$\alpha^2(\dots) * (\dots)$ $\boxplus\;(\beta^2-\alpha^2)\nu$", slip.distance, slip.allowance).erratum(
            "the two parts of 𝒬 share the weights a and are not free unless a² is constant",
            r"the law of weights-law; its second moment is larger by $2\alpha^2 c\,\mathrm{Var}(a^2)$",
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
