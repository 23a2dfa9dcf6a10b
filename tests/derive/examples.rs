//! Every example file: what is derived of it, and that its claims are settled as they should be.

use super::{assert_hold, derived, settled, text};
use tensor_dyson::derive::{Derivation, Model};
use tensor_dyson::ledger::Verdict;

const BRAIDS: [(&str, &str); 8] = [
    ("talk", "τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)"),
    ("structured", "τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG)"),
    ("degree-two", "τ₂₃(I⊗I) + τ₂₄(I⊗I)"),
    ("cubic", "(I)₁₄(I)₂₅(I)₃₆"),
    ("cubic-gaussian", "(I)₁₄(I)₂₅(I)₃₆"),
    ("two-layers", "τ₂₃(I⊗VᵀGᵀGV) + τ₂₄(GV⊗GV)"),
    ("linear-width", "(GᵀG)₁₂"),
    ("sum", "τ₂₃(I⊗I) + τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)"),
];

#[test]
fn the_covariance_of_each_example_is_the_braid_worked_out_by_hand() {
    for (name, braids) in BRAIDS {
        assert_eq!(derived(name).braids().as_deref(), Some(braids), "{name}");
    }
}

#[test]
fn what_is_algebra_is_proved_and_its_near_misses_refuted() {
    for (name, _) in BRAIDS {
        for id in ["covariance", "claimed"] {
            let outcome = settled(derived(name), id);
            assert_eq!(outcome.verdict, Verdict::Holds, "{name}, {id}: {outcome:?}");
            assert!(outcome.controls.len() >= 2, "{name}, {id}");
        }
    }
}

/// The superoperator, the block equation and the equation of m, with and without a mean, with a covariance of the data,
/// with three legs, with one.
#[test]
fn the_tensor_dyson_equation_follows_from_the_feature() {
    for name in ["talk", "structured", "cubic", "linear-width"] {
        let outcome = settled(derived(name), "equation");
        assert_eq!(outcome.verdict, Verdict::Holds, "{name}: {outcome:#?}");
        assert!(outcome.controls.len() >= 6, "{name}");
    }
}

/// A scalar of the data has no index of its own and gets that of its sample: E r² = 1, and the means of different samples
/// are apart.
#[test]
fn a_scalar_of_the_data_is_another_for_each_sample() {
    let scaled = text("talk")
        .replace("= x[a] G[k,b] x[k]", "= r x[a] G[k,b] x[k]")
        .replace("[data]", "[data]\nr = \"rademacher\"");
    let model = Model::read(&scaled.replace("claim", "# claim")).unwrap();
    let outcome = settled(Derivation::of(model).unwrap(), "equation");
    assert_eq!(outcome.verdict, Verdict::Holds, "{outcome:#?}");
}

#[test]
fn lengths_concentrate_and_eigenvalues_have_their_structure() {
    assert_hold(
        &BRAIDS.map(|(name, _)| name),
        &["concentration", "spectrum"],
    );
}

#[test]
fn samples_have_the_law() {
    let names = [
        "talk",
        "structured",
        "rademacher",
        "degree-two",
        "cubic",
        "sum",
        "linear-width",
    ];
    assert_hold(&names, &["law"]);
}

#[test]
fn the_mean_puts_an_eigenvalue_where_it_should() {
    assert_hold(&["talk", "structured"], &["outlier"]);
    let centred = derived("cubic").claims();
    assert!(centred.iter().all(|claim| claim.id != "outlier"));
}

/// Gaussian rows in the cubic scaling: `|ω|²/N` fluctuates by d^{−1/2}, and the law is approached at the rate −1 at best.
#[test]
fn gaussian_rows_in_the_cubic_scaling_are_refused_and_the_term_is_named() {
    assert_eq!(
        settled(derived("cubic-gaussian"), "law").verdict,
        Verdict::Refuted
    );
    let concentration = settled(derived("cubic-gaussian"), "concentration");
    let named = concentration
        .evidence
        .iter()
        .any(|m| m.what.contains("of it by"));
    assert!(named, "{concentration:#?}");
}

/// On a sphere `|x⊗x|² = d²` is no random number, so that 𝒬 takes the identity matrix to 0: both from the fourth moment
/// `d/(d+2)` of a Gaussian vector's. The square of the second moment is no fourth moment.
#[test]
fn a_vector_on_a_sphere_may_stand_twice_in_a_term() {
    let on_sphere = text("degree-two")
        .replace("\"gaussian\"", "\"sphere\"")
        .replace(
            "δ[a,k] δ[c,q] + δ[a,q] δ[c,k]",
            "d (d+2)^-1 (δ[a,k] δ[c,q] + δ[a,q] δ[c,k]) - 2 (d+2)^-1 δ[a,c] δ[k,q]",
        );
    let derivation = || Derivation::of(Model::read(&on_sphere).unwrap()).unwrap();
    // Of the concentration's variance, terms have eight factors in a Haar basis.
    for id in ["covariance", "claimed", "concentration", "spectrum", "law"] {
        let outcome = settled(derivation(), id);
        assert_eq!(outcome.verdict, Verdict::Holds, "{id}: {outcome:#?}");
    }
}

/// A scalar that scales each feature leaves `|ω|²/N` random in the limit; Student's law with five degrees of freedom has
/// no sixth moment.
#[test]
fn features_whose_length_does_not_concentrate_are_told() {
    let scaled = text("talk")
        .replace("= x[a] G[k,b] x[k]", "= r x[a] G[k,b] x[k]")
        .replace("[data]", "[data]\nr = \"gaussian\"");
    let model = Model::read(&scaled).unwrap();
    let outcome = settled(Derivation::of(model).unwrap(), "concentration");
    assert_eq!(outcome.verdict, Verdict::Refuted, "{outcome:#?}");
    let heavy = text("talk").replace("x = \"gaussian\"", "x = \"student\"");
    let heavy = heavy.replace("claim", "# claim");
    // Nor is anything said of the largest eigenvalue: a single row may hold it.
    for id in ["concentration", "outlier"] {
        let model = Model::read(&heavy).unwrap();
        let outcome = settled(Derivation::of(model).unwrap(), id);
        assert_eq!(outcome.verdict, Verdict::Open, "{id}");
        let open = outcome.printed.open.unwrap();
        let of_x = open.why.contains("of an entry of `x`");
        assert!(of_x, "{id}: {}", open.why);
    }
}

/// A tenth of a feature that a random number scales leaves a hundredth of the variance in the limit, which no fit over
/// small sizes tells: the closed form does.
#[test]
fn a_small_share_that_does_not_concentrate_is_told() {
    for feature in [
        "ω[a,b] = x[a] y[b] + 1/10 s x[a] y[b]",
        "ω[a,b] = x[a] y[b] + 1/20 s x[a] y[b]",
    ] {
        let model = format!(
            "feature = \"{feature}\"\n[sizes]\np = \"d\"\nn = \"d p\"\n[data]\nx = \"gaussian\"\ny = \"gaussian\"\ns = \"rademacher\"\n"
        );
        for (id, verdict) in [("concentration", Verdict::Refuted), ("law", Verdict::Open)] {
            let derivation = Derivation::of(Model::read(&model).unwrap()).unwrap();
            let outcome = settled(derivation, id);
            assert_eq!(outcome.verdict, verdict, "{feature}: {outcome:#?}");
        }
    }
}

/// A scalar among the weights, and a trace, are factors of 𝒬: with them it is no braid.
#[test]
fn factors_without_legs_are_kept() {
    let model = |feature: &str, weight: &str| {
        let text = format!(
            "feature = \"{feature}\"\n[sizes]\np = \"d\"\nn = \"d p\"\n[data]\nx = \"gaussian\"\ny = \"gaussian\"\n[weights]\n{weight} = {{ law = \"gaussian\", variance = \"1\" }}\n"
        );
        Derivation::of(Model::read(&text).unwrap()).unwrap()
    };
    let of_scalar = || model("ω[a,b] = s x[a] y[b]", "s");
    assert_eq!(of_scalar().braids(), None);
    for id in ["spectrum", "law"] {
        let outcome = settled(of_scalar(), id);
        assert_eq!(outcome.verdict, Verdict::Holds, "{id}: {outcome:#?}");
    }
    let trace = model("ω[a,b] = x[a] y[b] A[k,k]", "A");
    assert_eq!(trace.braids(), None);
}

/// An index that stands three times, and constants in several parentheses: the tool reads its own texts.
#[test]
fn what_stands_alone_is_summed_with_ones() {
    let triple = text("talk").replace("x[a] G[k,b] x[k]", "x[a] G[k,b] x[k] x[k]");
    let triple = triple.replace("claim", "# claim");
    let constants = "feature = \"ω[a,b] = (x[a] + 2 δ[a]) (y[b] - 3 δ[b])\"\n[sizes]\np = \"d\"\nn = \"d p\"\n[data]\nx = \"gaussian\"\ny = \"gaussian\"\n";
    for text in [triple.as_str(), constants] {
        let derivation = || Derivation::of(Model::read(text).unwrap()).unwrap();
        for id in ["covariance", "equation"] {
            let outcome = settled(derivation(), id);
            assert_eq!(outcome.verdict, Verdict::Holds, "{text} {id}: {outcome:#?}");
        }
    }
}

/// Errors planted in a model: an index, a factor, the law of the data. The author's claim no longer holds, and the
/// difference is shown.
#[test]
fn planted_errors_are_refuted_with_the_difference() {
    for (right, wrong, difference) in [
        (
            "= x[a] G[k,b] x[k]",
            "= 2 x[a] G[k,b] x[k]",
            "3 δ_ac G_kb G_ke",
        ),
        ("= x[a] G[k,b] x[k]", "= G[a,b] x[k] x[k]", "2 d G_ab G_ce"),
        ("x = \"gaussian\"", "x = \"rademacher\"", "2 δ_ac G_ab G_ae"),
        ("+ G[a,e] G[c,b]", "", "G_ae G_cb"),
    ] {
        let model = Model::read(&text("talk").replace(right, wrong)).unwrap();
        let outcome = settled(Derivation::of(model).unwrap(), "claimed");
        assert_eq!(outcome.verdict, Verdict::Refuted, "{wrong}");
        let shown = outcome
            .evidence
            .iter()
            .filter_map(|m| m.argument.as_deref());
        let shown: Vec<&str> = shown.collect();
        assert!(
            shown.iter().any(|text| text.contains(difference)),
            "{wrong}: {shown:?}"
        );
    }
}
