//! The tensor Dyson equation of a model: proofs, and three solvers beside one another at a small size.

use super::claims::Derivation;
use super::equation::{Centred, Claimed, Equation, Trace};
use super::law::Rungs;
use super::operator::Operator;
use super::unsettled::BEYOND;
use crate::dyson::superoperator;
use crate::ledger::{CheckError, Context, Finding, Measurement, Printed, largest};
use crate::linalg::{complex_inverse, symmetric_eigenvalues};
use crate::linearization::Blocks;
use crate::measure::Law;
use crate::symbolic::ProofError;
use ndarray::Array2;
use num_complex::Complex64;

/// Samples in the block equation, and the most features.
const SAMPLES: usize = 6;
const FEATURES: usize = 60;

/// The change that ends the iteration, rounding in an inverse of moderate condition; and the steps after which it is
/// given up.
const CHANGE: f64 = 1e-13;
const STEPS: usize = 1000;

/// Where the solvers are compared, in units of `Tr 𝒬/N`: half a unit above the axis the averaged iteration halves an error
/// in a few steps, so that a thousand times its last change bounds what is left.
const POINTS: [(f64, f64); 2] = [(0.5, 0.5), (-1.0, 1.0)];

/// What is claimed.
const EQUATION: &str = "𝒮(M), the block equation and its scalar reduction";

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let Derivation { model, moments, .. } = derivation;
    let Some(equation) = Equation::of(model, moments) else {
        return Ok(open());
    };
    let right = right(derivation);
    let proofs = [
        ("𝒮(M), all four blocks", equation.superoperator(&right)),
        (
            "M₁₁ = mI, M₂₂ = −(ℐ + γm𝒬)⁻¹, and the equation of m",
            equation.solution("-R", "+"),
        ),
    ];
    let mut evidence = Vec::new();
    for (what, proof) in &proofs {
        if matches!(proof, Err(ProofError::Check(_))) {
            return Ok(open());
        }
        evidence.push(Measurement::proved(what, proof)?);
    }
    let mut controls = Vec::new();
    for (what, claimed) in near_misses(derivation, &right) {
        controls.push(Measurement::proved(
            &what,
            &equation.superoperator(&claimed),
        )?);
    }
    for (what, lower, sign) in [
        ("M₂₂ = +(ℐ + γm𝒬)⁻¹", "R", "+"),
        ("−⟨𝒬, …⟩ in the equation of m", "-R", "-"),
    ] {
        controls.push(Measurement::proved(what, &equation.solution(lower, sign))?);
    }
    let [own, inverse] = solved(derivation, ctx)?;
    let cases = own.len();
    let bound = 1000.0 * CHANGE;
    let what = "the block equation, iterated, against the law's m";
    evidence.push(Measurement::rounding(what, cases, largest(own), bound));
    controls.push(Measurement::rounding(
        "1/γ for γ",
        cases,
        largest(inverse),
        bound,
    ));
    Ok(Finding {
        printed: Printed::as_claimed(EQUATION, &evidence),
        evidence,
        controls,
        ..Finding::default()
    })
}

fn open() -> Finding {
    Finding {
        printed: Printed::unsettled(EQUATION, BEYOND),
        ..Finding::default()
    }
}

fn right(derivation: &Derivation) -> Claimed {
    Claimed {
        covariance: match derivation.model.functions.is_empty() {
            true => derivation.moments.text().to_owned(),
            false => "1".into(),
        },
        trace: Trace::Diagonal,
        centred: Centred::MeanOff,
    }
}

/// The sum of all entries for the trace, the mean left in, and each wrong covariance.
fn near_misses(derivation: &Derivation, right: &Claimed) -> Vec<(String, Claimed)> {
    let trace = Trace::AllEntries;
    let mut misses = vec![(
        "the sum of M₁₁ for its trace".to_owned(),
        Claimed {
            trace,
            ..right.clone()
        },
    )];
    if !derivation.model.functions.is_empty() {
        let covariance = "2".into();
        misses.push((
            "2𝒬 for 𝒬".into(),
            Claimed {
                covariance,
                ..right.clone()
            },
        ));
        return misses;
    }
    if !derivation.moments.is_centred() {
        let centred = Centred::AsItIs;
        misses.push((
            "ω for ω°".into(),
            Claimed {
                centred,
                ..right.clone()
            },
        ));
    }
    for variant in &derivation.variants {
        let covariance = variant.text.clone();
        misses.push((
            format!("𝒬 {}", variant.what),
            Claimed {
                covariance,
                ..right.clone()
            },
        ));
    }
    misses
}

/// `|Tr M₁₁/n − m|` of the iterated block equation, at γ and at 1/γ.
fn solved(derivation: &Derivation, ctx: &Context) -> Result<[Vec<f64>; 2], CheckError> {
    let model = &derivation.model;
    let free = (2..FEATURES)
        .take_while(|free| model.sizes(*free).features <= FEATURES && model.has_columns(*free))
        .last()
        .unwrap_or(2);
    let rungs = Rungs::new(model, &[free], ctx.seed)?;
    let dense = Operator::new(derivation.moments.covariance(), rungs.at(free)?).dense();
    let size = dense.nrows();
    let dense = &dense * (size as f64 / dense.diag().sum());
    let eigenvalues = symmetric_eigenvalues(dense.view())?;
    let positive: Vec<f64> = eigenvalues.iter().map(|x| x.max(0.0)).collect();
    let mass = vec![1.0 / size as f64; size];
    let gamma = SAMPLES as f64 / size as f64;
    let (mut own, mut inverse) = (Vec::new(), Vec::new());
    for (x, y) in POINTS {
        let z = Complex64::new(x, y);
        let m = iterated(&dense, z)?;
        for (ratio, far) in [(gamma, &mut own), (gamma.recip(), &mut inverse)] {
            let law = Law::atoms(positive.clone(), mass.clone())?.mp_map(ratio)?;
            far.push((law.stieltjes(z)?.s - m).norm());
        }
    }
    Ok([own, inverse])
}

/// `Tr M₁₁/n` of the solution of `([[−z, 0], [0, −ℐ]] − 𝒮(M))⁻¹ = M`, all four blocks, by the averaged iteration.
fn iterated(dense: &Array2<f64>, z: Complex64) -> Result<Complex64, CheckError> {
    let size = dense.nrows();
    let free = Blocks {
        m11: Array2::eye(SAMPLES) * -z,
        m12: Array2::zeros((SAMPLES, size)),
        m21: Array2::zeros((size, SAMPLES)),
        m22: Array2::eye(size) * Complex64::from(-1.0),
    };
    let mut m = Blocks::split(&complex_inverse(free.join().view())?, SAMPLES);
    for _ in 0..STEPS {
        let left = free.join() - superoperator(dense.view(), &m).join();
        let (old, new) = (m.join(), complex_inverse(left.view())?);
        let change = largest((&new - &old).iter().map(|x| x.norm()));
        m = Blocks::split(&((new + old) * Complex64::from(0.5)), SAMPLES);
        if change <= CHANGE {
            break;
        }
    }
    Ok(m.m11.diag().sum() / SAMPLES as f64)
}
