//! The covariance of `ω = x ⊗ Dφ(u)`, `u = Wᵀx/√d`, for any φ, exactly at finite d and p:
//!
//! ```math
//! E ω_ab ω_ce = a_b a_e (δ_ac K₀₀_be + V_ab V_cb K₂₀_be + V_ae V_ce K₂₀_eb + (V_ab V_ce + V_ae V_cb) K₁₁_be),   V = W/√d.
//! ```
//!
//! Slide 'Conclusion' asks for the eigenvalues outside the bulk; they are those of this tensor, which the
//! talk's 𝒬 has the bulk of. Reach: proved for every d and p and every φ that has two derivatives, by Stein's formula;
//! beside it the operator against the dense tensor and, for φ = x, the talk's 𝒬, to rounding, and quadratic forms
//! `⟨ω − Eω, M⟩²` of samples in random and special directions for seven φ, a step among them, and random weights.
//! Controls: a kernel with its indices exchanged, a term left out, the talk's 𝒬 with its mean part, and the mean not
//! subtracted.

use crate::kit::common::{SHAPES, UNIT};
use crate::kit::proved::{Outcome, Statement};
use ndarray::{Array2, Axis};
use tensor_dyson::covariance::{Covariance, ExactCovariance};
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, MeanTest, Measurement, Printed, largest,
};
use tensor_dyson::model::{Activation, EntryLaw, WeightLaw};
use tensor_dyson::symbolic::{TensorLaw, Theory};
use tensor_dyson::tensor::act;

pub(crate) const CLAIM: Claim = Claim {
    id: "exact-covariance",
    section: 11,
    slide: "Conclusion",
    settles: &["outliers or minibulk, O(d) eigenvalues"],
    statement: r"$E\,\omega\otimes\omega$ $= \delta_{ac}\,K^{00}$ $+\,V_{ab} V_{cb} K^{20}_{be}$ $+\,V_{ae} V_{ce} K^{20}_{eb}$ $+\,(V_{ab} V_{ce} + V_{ae} V_{cb})K^{11}$, for any $\varphi.$",
    uses: &["covariance", "mean-part"],
    check,
    ..Claim::BLANK
};

const PROOF: Statement = Statement {
    what: "E ω ⊗ ω by Stein's formula, for every φ",
    prove: || second_moment(VALUE),
    near_misses: || {
        let with = |from: &str, to: &str| second_moment(&VALUE.replace(from, to));
        vec![
            (
                "K₂₀ with its indices exchanged",
                with("K₂₀[e,b]", "K₂₀[b,e]"),
            ),
            (
                "without the second K₁₁",
                with(" + V[a,e] V[c,b] K₁₁[b,e]", ""),
            ),
        ]
    },
};

/// The five terms, without the weights.
const VALUE: &str = "δ[a,c] K₀₀[b,e] + V[a,b] V[c,b] K₂₀[b,e] + V[a,e] V[c,e] K₂₀[e,b] \
                     + V[a,b] V[c,e] K₁₁[b,e] + V[a,e] V[c,b] K₁₁[b,e]";

fn second_moment(value: &str) -> Outcome {
    let mut theory = Theory::new();
    theory
        .tensors("x[d] V[d,p] w[p]")?
        .functions(&["φ", "φ′", "φ″"], "x", "u[b] = x[a] V[a,b]")?
        .define("ω[a,b] = x[a] w[b] φ[b]")?
        .mean("K₀₀[b,e] = φ[b] φ[e]")?
        .mean("K₁₁[b,e] = φ′[b] φ′[e]")?
        .mean("K₂₀[b,e] = φ″[b] φ[e]")?;
    Ok(theory
        .prove("E ω ⊗ ω for ω = x ⊗ Dφ(Vᵀx), D = diag(w)")
        .from("[a,b,c,e] ω[a,b] ω[c,e]")?
        .rewrite("ω = x ⊗ Dφ(u)", &["ω"])?
        .expect("over x", "x", &TensorLaw::Gaussian)?
        .is("the five terms", &format!("[a,b,c,e] w[b] w[e] ({value})"))?
        .done())
}

fn activations() -> Vec<Activation> {
    vec![
        Activation::Identity,
        Activation::Cos,
        Activation::Sin,
        Activation::Step,
        Activation::TanhPrime,
        Activation::ErfPrime,
        Activation::Hermite(vec![0.5, 0.3, -0.4, 0.2]),
    ]
}

fn inner(x: &Array2<f64>, y: &Array2<f64>) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// The largest entry of `operator − dense` and, for φ = x, of `exact − talk`, in units of their bounds.
fn identities(ctx: &Context) -> Result<(usize, f64, f64), CheckError> {
    let (mut apart, mut from_talk) = (vec![], vec![]);
    for (k, activation) in activations().iter().enumerate() {
        for (d, p) in SHAPES {
            let mut rng = ctx.streams().stream((1000 * k + 10 * d + p) as u64);
            let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
            let a = WeightLaw::Uniform(2.0).sample(p, &mut rng);
            let m = EntryLaw::Gaussian.matrix(d, p, &mut rng);
            let exact = ExactCovariance::new(w.view(), a.view(), activation)?;
            let dense = exact.dense();
            // Each side is a sum of dp products of five rounded factors, two ways.
            let size: f64 = dense.iter().map(|x| x.abs()).sum::<f64>() * inner(&m, &m).sqrt();
            let bound = 16.0 * UNIT * (d * p) as f64 * size;
            let gaps = act(dense.view(), m.view()) - exact.apply(m.view());
            apart.extend(gaps.iter().map(|x| x.abs() / bound));
            if *activation == Activation::Identity {
                let talk = Covariance::new(w.view(), a.view(), &activation.hermite_data())?;
                let gaps = talk.dense() - dense;
                from_talk.extend(gaps.iter().map(|x| x.abs() / bound));
            }
        }
    }
    Ok((apart.len(), largest(apart), largest(from_talk)))
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (cases, apart, from_talk) = identities(ctx)?;
    let mut cross_checks = vec![
        Measurement::rounding(
            "𝒬·M as operator and as tensor, over its bound",
            cases,
            apart,
            1.0,
        ),
        Measurement::rounding("φ = x: the talk's 𝒬, over its bound", cases, from_talk, 1.0),
    ];
    let count = ctx.choose(20_000, 60_000, 600_000);
    let (mut forms, mut predicted, mut talks, mut uncentred) = (vec![], vec![], vec![], vec![]);
    for (k, activation) in activations().iter().enumerate() {
        let (d, p) = [(4, 6), (5, 5), (6, 4)][k % 3];
        let mut rng = ctx.streams().stream(k as u64);
        let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
        let a = WeightLaw::Uniform(2.0).sample(p, &mut rng);
        let exact = ExactCovariance::new(w.view(), a.view(), activation)?;
        let talk = Covariance::new(w.view(), a.view(), &activation.hermite_data())?;
        let second = exact.second_moment();
        let v = &w / (d as f64).sqrt();
        // Random directions, the mean's, and y ⊗ a.
        let mut directions: Vec<_> = (0..4)
            .map(|_| EntryLaw::Gaussian.matrix(d, p, &mut rng))
            .collect();
        directions.push(&v * &a);
        directions.push(Array2::ones((d, p)) * &a);
        let x = EntryLaw::Gaussian.matrix(count, d, &mut rng);
        let f = x.dot(&v).mapv(|u| activation.phi(u)) * &a;
        for m in &directions {
            predicted.push(inner(m, &exact.apply(m.view())));
            talks.push(inner(m, &talk.apply(m.view())));
            uncentred.push(inner(m, &second.apply(m.view())));
            let mean = (m * &exact.mean()).sum();
            let form = (x.dot(m) * &f).sum_axis(Axis(1));
            forms.push(form.mapv(|x| (x - mean).powi(2)));
        }
    }
    let mut test = MeanTest::new(forms.len());
    for i in 0..count {
        let draw: Vec<f64> = forms.iter().map(|form| form[i]).collect();
        test.push(&draw);
    }
    cross_checks.push(test.measure("E⟨ω − Eω, M⟩² of samples, seven φ", &predicted));
    let evidence = PROOF.evidence(cross_checks)?;
    Ok(Finding {
        printed: Printed::as_claimed("Cov(ω) ∈ R^{d,p} ⊗ R^{d,p}, beyond the e.e.d.", &evidence),
        evidence,
        controls: PROOF.controls([
            test.measure("the talk's 𝒬 with its mean part", &talks),
            test.measure("the mean not subtracted", &uncentred),
        ])?,
        intermediates: vec![("⟨M, 𝒬M⟩", predicted)],
        ..Finding::default()
    })
}
