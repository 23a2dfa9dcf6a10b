//! Structured data and any φ, a = ±1, Tr Σ = d: the NTK's law tends to the Marchenko–Pastur map of 𝒬's, `𝒬 = α²(…) + cτ₂₃(Σ⊗I)`; for α = 0 of
//! c·law(Σ); and, exactly, with `Σ_t = Σ(1 + tcΣ)⁻¹`,
//! `log det(ℐ + t𝒬) = p log det(1 + tcΣ) + log det(1 + tα²(Σ_t·S + S·Σ_t))` on symmetric matrices.
//!
//! Beyond the talk; derived here: Woodbury as in `weights-law`, with Σ on the left for D² on the right. Reach: the determinant against
//! dense eigenvalues, to rounding; sampled NTKs, fitted rates in d, for φ = x, cos and the step, Σ of two atoms and a power law. Controls:
//! Σ for Σ_t; white Σ, for σ′ = x; the printed shift β² − α², for the others.

use super::{SLIDE, Spectrum, power_law, two_atoms};
use crate::kit::common::{SHAPES, UNIT, halfway, points, quarter, rms};
use crate::kit::draw::ladders;
use ndarray::{Array1, ArrayView2};
use tensor_dyson::covariance::StructuredCovariance;
use tensor_dyson::dyson::scalar;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Measurement, Printed, largest,
};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{Activation, EntryLaw, HermiteData, NtkSample, Sizes, WeightLaw};
use tensor_dyson::spectrum::empirical_stieltjes;
use tensor_dyson::tensor::matricize;

pub(crate) const CLAIM: Claim = Claim {
    id: "structured-nonlinearity",
    section: 12,
    slide: SLIDE,
    settles: &["structured data"],
    statement: r"$x \sim N(0, \Sigma)$, any $\varphi$: the NTK's law $\to$ MP map of law$(\mathcal Q)$, $\mathcal Q = \alpha^2\big(\tau_{23}(\Sigma\otimes G^\top\Sigma G)$ $+\,\tau_{24}(\Sigma G\otimes\Sigma G)\big)$ $+\,(\beta^2 - \alpha^2 - c_0^2)\,\tau_{23}(\Sigma\otimes I).$",
    uses: &["structured-spectrum", "weights-law", "mean-part"],
    check,
    ..Claim::BLANK
};

/// The determinant's distance from dense eigenvalues in rounding bounds: right, and with Σ for Σ_t.
fn determinants(ctx: &Context) -> Result<[Vec<f64>; 2], CheckError> {
    let mut out = [vec![], vec![]];
    let phi = HermiteData::new(0.0, 0.8, 0.64 + 0.9)?;
    let linear = HermiteData::new(0.0, 0.8, 0.64)?;
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let w = EntryLaw::Gaussian.matrix(d, p, &mut ctx.streams().stream(k as u64));
        let variances = power_law(d);
        let q = StructuredCovariance::new(&variances, w.view(), &phi)?;
        let bare = StructuredCovariance::new(&variances, w.view(), &linear)?;
        let dense = symmetric_eigenvalues(matricize(q.dense().view()).view())?;
        for t in [0.3, 0.7, 2.0] {
            let sum: f64 = dense.iter().map(|x| (t * x).ln_1p()).sum();
            // Each of dp eigenvalues errs by dp·ε‖𝒬‖, its logarithm by t times that.
            let size = dense.len() as f64;
            let unit = 20.0 * size * size * UNIT * (1.0 + t * dense[dense.len() - 1]);
            let apart: f64 = variances.iter().map(|x| (t * 0.9 * x).ln_1p()).sum();
            out[0].push((q.log_det(t)? - sum).abs() / unit);
            out[1].push((p as f64 * apart + bare.log_det(t)? - sum).abs() / unit);
        }
    }
    Ok(out)
}

/// The law of 𝒬 for one W.
fn law(variances: &[f64], w: ArrayView2<'_, f64>, phi: &HermiteData) -> Result<Atoms, CheckError> {
    let q = if phi.alpha() == 0.0 {
        variances.iter().map(|x| phi.shift() * x).collect()
    } else {
        let q = StructuredCovariance::new(variances, w, phi)?;
        let mut values = if phi.shift() == 0.0 {
            q.linear_eigenvalues()?
        } else {
            symmetric_eigenvalues(matricize(q.dense().view()).view())?
        };
        // The linear part has no more eigenvalues than symmetric matrices; the largest remain.
        values.reverse();
        values.resize(w.len(), 0.0);
        values.into_iter().map(|x| x.max(0.0)).collect()
    };
    Ok(Atoms::empirical(q)?)
}

/// The errors of one sample: right, and the near miss of its case: white Σ for φ = x, the shift β² − α² else.
fn errors(
    ctx: &Context,
    d: usize,
    of: Spectrum,
    activation: &Activation,
    stream: u64,
) -> Result<[f64; 2], CheckError> {
    let sizes = Sizes::quadratic(d, 0.5, 1.5)?;
    let rng = &mut ctx.streams().stream(stream);
    let variances = of(d);
    let mut sample = NtkSample::draw(sizes, EntryLaw::Gaussian, &WeightLaw::PlusMinusOne, rng);
    sample.x *= &Array1::from(variances.clone()).mapv(f64::sqrt);
    let spectrum = sample.ntk_eigenvalues(activation)?;
    let phi = activation.hermite_data();
    let w = sample.w.view();
    let wrong = if phi.mean() == 0.0 {
        law(&vec![1.0; d], w, &phi)?
    } else {
        law(
            &variances,
            w,
            &HermiteData::new(0.0, phi.alpha(), phi.beta_squared())?,
        )?
    };
    let mut out = [0.0; 2];
    for (slot, law) in out.iter_mut().zip(&[law(&variances, w, &phi)?, wrong]) {
        let mut differences = vec![];
        for z in points() {
            let s = scalar::solve(sizes.gamma_1(), law, z)?.m;
            differences.push(empirical_stieltjes(&spectrum, z) - s);
        }
        *slot = rms(differences);
    }
    Ok(out)
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let [exact, undamped] = determinants(ctx)?;
    let cases = exact.len();
    let mut evidence = vec![Measurement::rounding(
        "log det against dense eigenvalues, in rounding bounds",
        cases,
        largest(exact),
        1.0,
    )];
    let mut controls = vec![Measurement::rounding(
        "Σ for Σ_t",
        cases,
        largest(undamped),
        1.0,
    )];
    let kinds: [(&str, Spectrum, Activation); 3] = [
        ("σ′ = x, two atoms", two_atoms, Activation::Identity),
        ("σ′ = cos, two atoms", two_atoms, Activation::Cos),
        ("ReLU, Σ_i ∝ i^{−0.7}", power_law, Activation::Step),
    ];
    let mut figure = None;
    let tops = ctx.choose([4, 6, 10], [6, 9, 14], [10, 18, 28]);
    for (k, (name, of, activation)) in kinds.iter().enumerate() {
        // σ′ = x costs least, and has to show the fastest rate.
        let times = if k == 0 { 4 } else { 2 };
        let [right, wrong] = &ladders(tops, times, |d, seed| {
            let stream = 1_000_000 * (k as u64 + 1) + 1000 * d as u64 + seed;
            errors(ctx, d, *of, activation, stream)
        })?;
        // 1/d for φ = x; else |x|² and |Gᵀx|, which fluctuate by d^{−1/2}, reach the law through φ.
        let linear = activation.hermite_data().shift() == 0.0;
        let rate = if linear { halfway(1.0) } else { quarter(0.5) };
        evidence.push(right.measure(&format!("|s_emp − s| against d, {name}"), rate)?);
        if activation.hermite_data().mean() != 0.0 {
            controls.push(wrong.measure(&format!("the shift β² − α², {name}"), rate)?);
        }
        if k == 0 {
            controls.push(wrong.measure(&format!("white Σ, {name}"), rate)?);
            figure = Some(Figure::rates(
                "structured-nonlinearity",
                "The NTK's law for structured data, σ′ = x, Σ of two atoms",
                "d",
                "rms |s_emp − s|",
                &[("the law of 𝒬", right), ("white Σ", wrong)],
            )?);
        }
    }
    Ok(Finding {
        printed: Printed::as_claimed("Main result, X not white", &evidence),
        evidence,
        controls,
        figures: figure.into_iter().collect(),
        ..Finding::default()
    })
}
