//! Functions in a feature: `φ(G[k,b] x[k])`.

use super::{assert_hold, derived, settled, text};
use tensor_dyson::covariance::ExactCovariance;
use tensor_dyson::derive::{Derivation, Drawn, Model, Operator};
use tensor_dyson::ledger::{Measurement, Verdict};
use tensor_dyson::model::{Activation, Streams};
use tensor_dyson::tensor::matricize;

const MODELS: [&str; 4] = ["relu", "structured-tanh", "conjugate", "sum-of-both"];

/// The covariance in means of φ, exactly; what is left of it in the limit, and what is dropped.
#[test]
fn the_covariance_of_a_function_and_its_limit() {
    let lines = derived("relu").lines();
    for line in [
        "𝒬_abce = δ_ac K₀₀_be + G_ab G_cb K₂₀_be + G_ab G_ce K₁₁_be − G_ab G_ce m₁_b m₁_e + G_ae G_cb K₁₁_be + G_ae G_ce K₂₀_eb",
        "𝒬 ≈ τ₂₃(I⊗diag(v)) + τ₂₃(I⊗diag(m₁)GᵀGdiag(m₁)) + τ₂₄(Gdiag(m₁)⊗Gdiag(m₁))",
        "left out: δ_ac m₀_b m₀_e (rank ≤ d), G_ab G_cb m₀_e m₂_b (rank ≤ p), G_ae G_ce m₀_b m₂_e (rank ≤ d)",
    ] {
        assert!(lines.iter().any(|own| own == line), "{line}: {lines:#?}");
    }
    let structured = derived("structured-tanh").lines();
    let limit = "𝒬 ≈ τ₂₃(Σ⊗diag(v)) + τ₂₃(Σ⊗diag(m₁)GᵀΣGdiag(m₁)) + τ₂₄(ΣGdiag(m₁)⊗ΣGdiag(m₁))";
    assert!(structured.iter().any(|own| own == limit), "{structured:#?}");
    let conjugate = derived("conjugate").lines();
    let exact = "𝒬_be = K₀₀_be − m₀_b m₀_e";
    assert!(conjugate.iter().any(|own| own == exact), "{conjugate:#?}");
}

/// Against the tensor that was derived by hand, closed forms of the step in it.
#[test]
fn the_operator_of_a_function_is_the_exact_covariance() {
    let derivation = derived("relu");
    let mut rng = Streams::new(7, "relu").stream(0);
    let drawn = Drawn::new(&derivation.model, 6, &mut rng).unwrap();
    let g = drawn.weight("G").unwrap().into_dimensionality().unwrap();
    let w = &g * 6_f64.sqrt();
    let ones = ndarray::Array1::ones(9);
    let by_hand = ExactCovariance::new(w.view(), ones.view(), &Activation::Step).unwrap();
    let by_hand = matricize(by_hand.dense().view());
    let own = Operator::new(derivation.moments.covariance(), &drawn).dense();
    let apart = (&own - &by_hand)
        .iter()
        .fold(0.0, |far: f64, x| far.max(x.abs()));
    // The series of the step is cut: |ρ|³⁰⁰ of what is left, at |ρ| ≤ 0.9.
    assert!(apart < 1e-9, "{apart:e}");
}

#[test]
fn what_is_algebra_is_proved_for_every_function() {
    assert_hold(&MODELS, &["covariance", "equation"]);
    for name in ["relu", "conjugate"] {
        let outcome = settled(derived(name), "claimed");
        assert_eq!(outcome.verdict, Verdict::Holds, "{name}: {outcome:#?}");
        let wrong = text(name).replace("K₀₀[b,e]", "2 K₀₀[b,e]");
        let model = Model::read(&wrong).unwrap();
        let outcome = settled(Derivation::of(model).unwrap(), "claimed");
        assert_eq!(outcome.verdict, Verdict::Refuted, "{name}");
    }
}

#[test]
fn the_limit_of_the_covariance_has_its_law() {
    assert_hold(&["relu", "sum-of-both"], &["limit"]);
    // The mean of the function, of rank d, is not a part of its noise.
    let outcome = settled(derived("relu"), "limit");
    let told = |m: &tensor_dyson::ledger::Measurement| m.what.contains("with m₀² in v");
    assert!(outcome.controls.iter().any(told), "{outcome:#?}");
}

/// Of an even σ the mean of σ′ is 0, and with it terms of 𝒬 and the mean of ω: to leave them out is no near miss.
#[test]
fn an_even_activation_has_no_mean_to_be_missed() {
    let talk = text("talk").replace("claim", "# claim");
    for (function, name) in [("φ′", "tanh"), ("φ", "cos")] {
        let written = talk.replace("x[a] G", &format!("x[a] {function}(G"));
        let written = written.replace("x[k]\"", "x[k])\"").replace(
            "[data]",
            &format!("[activations]\nφ = \"{name}\"\n\n[data]"),
        );
        for id in ["covariance", "spectrum"] {
            let derivation = Derivation::of(Model::read(&written).unwrap()).unwrap();
            let outcome = settled(derivation, id);
            assert_eq!(
                outcome.verdict,
                Verdict::Holds,
                "{name}, {id}: {outcome:#?}"
            );
            assert!(!outcome.controls.is_empty());
        }
    }
}

#[test]
fn samples_of_functions_have_the_law_and_lengths_that_concentrate() {
    assert_hold(&["structured-tanh", "conjugate"], &["law", "concentration"]);
}

/// The eigenvalues of the mean of φ, of rank d, hide the one that E ω would put outside of the bulk.
#[test]
fn no_outlier_is_claimed_within_the_bulk() {
    let outcome = settled(derived("relu"), "outlier");
    assert_eq!(outcome.verdict, Verdict::Open, "{outcome:#?}");
    let outcome = settled(derived("conjugate"), "outlier");
    assert_eq!(outcome.verdict, Verdict::Holds, "{outcome:#?}");
}

#[test]
fn functions_that_do_not_fit_are_refused() {
    for (right, wrong, begins) in [
        (
            "φ = \"step\"",
            "φ = \"softmax\"",
            "line 12, column 5: 'softmax' is no activation",
        ),
        (
            "φ = \"step\"",
            "ψ = \"step\"",
            "line 3, column 26: `φ(…)`: no function of this name",
        ),
        (
            "φ = \"step\"",
            "φ = \"step\"\nψ = \"relu\"",
            "line 13, column 5: `ψ` does not occur",
        ),
        (
            "φ(G[k,b] x[k])\"",
            "φ′(G[k,b] x[k])\"",
            "line 3, column 26: `φ′` is known for",
        ),
        (
            "φ(G[k,b] x[k])\"",
            "φ(G[k,b])\"",
            "line 3, column 26: `(G[k,b])`: a function is applied",
        ),
        (
            "φ(G[k,b] x[k])\"",
            "φ(φ(G[k,b] x[k]))\"",
            "line 3, column 26: `(φ(G[k,b] x[k]))`",
        ),
        (
            "φ(G[k,b] x[k])\"",
            "φ(G[k,b] x[k]\"",
            "line 3, column 26: `()`",
        ),
        (
            "φ(G[k,b] x[k])\"",
            "φ(G[k,b] x[k] + x[k])\"",
            "line 3, column 26: `(G[k,b] x[k] + x[k])`",
        ),
        (
            "φ(G[k,b] x[k])\"",
            "φ(G[k,b] x[k]) φ(G[k,b] x[k])\"",
            "line 3, column 11: beside a function of `x`",
        ),
        (
            "φ(G[k,b] x[k])\"",
            "φ(G[k,b] x[k]) φ(x[a])\"",
            "line 3, column 41: `x` stands in the arguments of two",
        ),
        (
            "x[a] φ(G[k,b] x[k])\"",
            "x[a] x[c] x[c] φ(G[k,b] x[k])\"",
            "line 3, column 11: beside a function of `x`",
        ),
        (
            "φ(G[k,b] x[k])\"",
            "φ(G[k,b] x[k] x[c] x[c])\"",
            "line 3, column 11: `u[b] = ",
        ),
        (
            "x = \"gaussian\"",
            "x = \"rademacher\"",
            "line 15, column 5: `φ` of a form in `x`",
        ),
    ] {
        let whole = text("relu");
        assert!(whole.contains(right), "{right}");
        let error = Model::read(&whole.replacen(right, wrong, 1)).unwrap_err();
        assert!(error.to_string().starts_with(begins), "{wrong}: {error}");
    }
}

/// A feature whose mean counts has the control that forgets it, against samples.
#[test]
fn samples_miss_a_mean_that_is_not_subtracted() {
    let outcome = settled(derived("relu"), "covariance");
    let missed = |control: &Measurement| control.what.contains("the mean not subtracted");
    assert!(outcome.controls.iter().any(missed), "{outcome:#?}");
}
