//! `m = 1/(−z − (1/d)Tr M₂₂) = 1/(−z + 1/(1 + (n/d)m))`.
//!
//! Slide 'Matrix Dyson Equation for Marchenko–Pastur'. As printed: holds. Reach: the equation that the linearisation of `XXᵀ/d` has, found by the
//! toolkit and proved from the block equation, exactly, for four ratios; MP^{n/d} in closed form put into it,
//! to rounding, over a grid down to Im z = 1e-9; the residual of sampled transforms falls with a fitted
//! rate. Controls: d/n for n/d, and −1/(1 + (n/d)m).

use crate::kit::common::{UNIT, points, rms};
use num_bigint::BigInt;
use num_complex::Complex64;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Ladder, Measurement, Printed, largest,
};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::MarchenkoPastur;
use tensor_dyson::model::EntryLaw;
use tensor_dyson::polynomial::{MatrixExpression, Variables};
use tensor_dyson::spectrum::empirical_stieltjes;

pub(crate) const CLAIM: Claim = Claim {
    id: "mp-scalar",
    section: 4,
    slide: "Matrix Dyson Equation for Marchenko–Pastur",
    settles: &["the scalar equation"],
    statement: r"$$m = \frac{1}{-z - \frac1d \mathrm{Tr}\,M_{22}} = \frac{1}{-z + \displaystyle\frac{1}{1 + (n/d)m}}.$$",
    uses: &["mp-dyson"],
    check,
    ..Claim::BLANK
};

/// `m − 1/(−z + sign/(1 + ratio·m))`, and the size of its terms.
fn residual(m: Complex64, z: Complex64, ratio: f64, sign: f64) -> (Complex64, f64) {
    let inner = sign / (1.0 + ratio * m);
    let right = (-z + inner).inv();
    // Each of the two inverses magnifies the rounding of its argument.
    let condition =
        right.norm() * (z.norm() + inner.norm() * (1.0 + inner.norm() * ratio * m.norm()));
    (m - right, m.norm() * (1.0 + condition))
}

/// n/d as fractions.
const RATIOS: [(i64, i64); 4] = [(1, 5), (1, 2), (2, 1), (5, 1)];

/// How many coefficients of the equations of `X*X'`, proved from its linearisation, differ from those of `(n/d) z m² + (z + n/d − 1) m + 1 = 0`; the
/// same at d/n for n/d.
fn derived() -> Result<[usize; 2], CheckError> {
    let mut differing = [0; 2];
    for (n, d) in RATIOS {
        let ratio = n as f64 / d as f64;
        let variables = Variables::new()
            .gaussian("X", "n", "d")
            .ratio("n", "d", ratio);
        let found = MatrixExpression::parse("X*X'", &variables)?.scalar_equation()?;
        let proved = found.filter(|equation| equation.proof.is_some());
        let found = proved.map_or(vec![], |equation| equation.coefficients.concat());
        for (count, (n, d)) in differing.iter_mut().zip([(n, d), (d, n)]) {
            let wanted = [d, 0, n - d, d, 0, n].map(BigInt::from);
            let pairs = wanted.iter().enumerate();
            *count += pairs.filter(|(k, c)| found.get(*k) != Some(c)).count();
        }
    }
    Ok(differing)
}

/// The residual of sampled transforms, and at d/n for n/d.
fn sampled(ctx: &Context) -> Result<[Ladder; 2], CheckError> {
    let (mut sampled, mut wrong) = (Ladder::default(), Ladder::default());
    for (n, d) in ctx.choose(
        [(16, 32), (48, 96), (128, 256)],
        [(20, 40), (80, 160), (240, 480)],
        [(40, 80), (160, 320), (640, 1280)],
    ) {
        for seed in 0..(480 / n as u64).max(8) {
            let mut rng = ctx.streams().stream(1000 * n as u64 + seed);
            let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
            let spectrum = symmetric_eigenvalues((gram(x.view()) / d as f64).view())?;
            let ratio = n as f64 / d as f64;
            let error = |ratio: f64| {
                rms(points()
                    .into_iter()
                    .map(|z| residual(empirical_stieltjes(&spectrum, z), z, ratio, 1.0).0))
            };
            sampled.push(n as f64, error(ratio));
            wrong.push(n as f64, error(1.0 / ratio));
        }
    }
    Ok([sampled, wrong])
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut right, mut inverted, mut signed) = (vec![], vec![], vec![]);
    for gamma in [0.2, 0.5, 2.0, 5.0] {
        let law = MarchenkoPastur::new(gamma)?;
        for x in [-1.0, -0.01, 0.05, 0.7, 2.0, 9.0] {
            for height in [1.0, 1e-3, 1e-9] {
                let z = Complex64::new(x, height);
                let m = law.stieltjes(z);
                let off = |ratio, sign| {
                    let (difference, size) = residual(m, z, ratio, sign);
                    // The closed form rounds some 20 times, its root included.
                    difference.norm() / (40.0 * UNIT * size)
                };
                right.push(off(gamma, 1.0));
                inverted.push(off(1.0 / gamma, 1.0));
                signed.push(off(gamma, -1.0));
            }
        }
    }
    let [sampled, wrong] = sampled(ctx)?;
    let cases = right.len();
    let [derived, otherwise] = derived()?;
    let coefficients = 6 * RATIOS.len();
    let evidence = vec![
        Measurement::exact(
            "coefficients of the equation proved of the linearisation",
            coefficients,
            derived,
        ),
        Measurement::rounding(
            "residual of MP^{n/d}, in rounding bounds",
            cases,
            largest(right),
            1.0,
        ),
        sampled.measure("residual of the sampled transform against n", -0.5)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed(
            "m = 1/(−z − (1/d)Tr M₂₂) = 1/(−z + 1/(1+(n/d)m))",
            &evidence,
        ),
        evidence,
        controls: vec![
            Measurement::rounding("d/n for n/d", cases, largest(inverted), 1.0),
            Measurement::rounding("−1/(1+(n/d)m)", cases, largest(signed), 1.0),
            wrong.measure("d/n for n/d, sampled", -0.5)?,
            Measurement::exact("d/n for n/d in the coefficients", coefficients, otherwise),
        ],
        ..Finding::default()
    })
}
