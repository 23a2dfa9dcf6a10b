//! Functions of a Gaussian form: Stein's formula for every φ.

use super::{claim, refused, theory};
use tensor_dyson::symbolic::{Proof, ProofError, TensorLaw, Theory};

/// `x` with its form `u = Gᵀx`, a function with two derivatives, and the means that features need.
fn features() -> Theory {
    theory(|t| {
        t.tensors("x[d] G[d,p]")?
            .functions(&["φ", "φ′", "φ″"], "x", "u[b] = x[a] G[a,b]")?
            .define("ω[a,b] = x[a] φ[b]")?
            .mean("K₀₀[b,e] = φ[b] φ[e]")?
            .mean("K₁₁[b,e] = φ′[b] φ′[e]")?
            .mean("K₂₀[b,e] = φ″[b] φ[e]")?
            .mean("m[b] = φ′[b]")
    })
    .unwrap()
}

fn mean(theory: &Theory, text: &str, value: &str) -> Result<Proof, ProofError> {
    let begun = theory
        .prove("")
        .from(text)?
        .rewrite("ω = x ⊗ φ(Gᵀx)", &["ω"])?;
    let taken = begun.expect("over x", "x", &TensorLaw::Gaussian)?;
    Ok(taken.is("the value", value)?.done())
}

/// `E ω⊗ω = δ_ac K₀₀_be + G_ab G_cb K₂₀_be + G_ce G_ae K₂₀_eb + (G_ab G_ce + G_ae G_cb) K₁₁_be`.
#[test]
fn the_second_moment_of_features_for_every_function() {
    let theory = features();
    let text = "[a,b,c,e] ω[a,b] ω[c,e]";
    let value = "[a,b,c,e] δ[a,c] K₀₀[b,e] + G[a,b] G[c,b] K₂₀[b,e] + G[c,e] G[a,e] K₂₀[e,b] \
                 + G[a,b] G[c,e] K₁₁[b,e] + G[a,e] G[c,b] K₁₁[b,e]";
    let proof = mean(&theory, text, value);
    let proof = proof.unwrap_or_else(|error| panic!("{error}"));
    let printed = proof.to_string();
    assert!(
        printed.contains("φ, φ′, φ″: a function with its derivatives"),
        "{printed}"
    );
    for (from, to) in [
        ("K₂₀[e,b]", "K₂₀[b,e]"),
        ("G[a,e] G[c,b] K₁₁[b,e]", "0 G[a,e] G[c,b] K₁₁[b,e]"),
        ("δ[a,c] K₀₀[b,e]", "δ[a,c] K₁₁[b,e]"),
    ] {
        let wrong = value.replace(from, to);
        assert_ne!(wrong, value);
        refused(mean(&theory, text, &wrong), "the sides differ");
    }
    let first = mean(&theory, "[a,b] ω[a,b]", "[a,b] G[a,b] m[b]");
    assert!(first.is_ok(), "{first:?}");
    refused(
        mean(&theory, "[a,b] ω[a,b]", "[a,b] G[a,b]"),
        "the sides differ",
    );
    // Equal factors may change places, a function and its derivative may not.
    assert!(mean(&theory, "[b,e] φ[b] φ[e]", "[b,e] K₀₀[e,b]").is_ok());
    refused(
        mean(&theory, "[b,e] φ″[b] φ[e]", "[b,e] K₂₀[e,b]"),
        "the sides differ",
    );
}

#[test]
fn what_is_not_declared_is_not_guessed() {
    let theory = features();
    for (text, reason) in [
        ("[a,b] x[a] φ″[b]", "the derivative of `φ″` is not declared"),
        ("φ[b] φ[b] φ[b]", "the mean of `φ φ φ` is not declared"),
        ("[b] φ[b]", "the mean of `φ` is not declared"),
        ("φ′[b] φ[b]", "the mean of `φ φ′` is not declared"),
    ] {
        refused(mean(&theory, text, "0"), reason);
    }
    let begun = theory.prove("").from("[a,b] x[a] φ[b]").unwrap();
    let law = TensorLaw::standardized(tensor_dyson::symbolic::Polynomial::zero());
    refused(
        begun.clone().expect("", "x", &law).map(|p| p.done()),
        "that can have entries with",
    );
    refused(
        begun
            .expect("", "G", &TensorLaw::Gaussian)
            .map(|p| p.done()),
        "`φ` is made of `G`",
    );
    // A mean is a number over x, and random over G.
    assert!(mean(&theory, "K₀₀[b,b] x[a] x[a]", "d K₀₀[b,b]").is_ok());
    let begun = theory.prove("").from("K₀₀[b,b]").unwrap();
    refused(
        begun
            .expect("", "G", &TensorLaw::Gaussian)
            .map(|p| p.done()),
        "`K₀₀` is made of `G`",
    );
    for (form, reason) in [
        ("v[b] = x[a] G[a,b] x[c] G[c,b]", "is not linear"),
        ("v[b] = G[a,b] G[a,b]", "is not linear"),
        ("v[b] = ω[a,b] G[a,b]", "is not linear"),
        ("v[b] = x[a] G[a,b] + m[b]", "is not linear"),
    ] {
        let mut other = features();
        refused(other.functions(&["ψ"], "x", form), reason);
        refused(other.expression("[b] ψ[b]"), "`ψ` is not declared");
    }
    let mut other = features();
    refused(
        other.functions(&["ψ"], "ω", "v[a,b] = ω[a,b]"),
        "is not linear",
    );
    for definition in [
        "k[b] = φ[b] φ[b]",
        "k[b,e] = φ[e] φ[b]",
        "k[b] = 2 φ[b]",
        "k[a,b] = x[a] φ[b]",
        "k[b] = φ[b] + φ[b]",
    ] {
        refused(other.mean(definition), "is not the mean of functions");
    }
}

/// A polynomial of degree 4 has no fifth derivative, and a constant fourth one: what the drawn functions do says nothing of
/// others.
#[test]
fn a_rule_about_functions_is_not_tested() {
    let names = ["f0", "f1", "f2", "f3", "f4", "f5"];
    for rule in [
        "[b] f5[b] = 0",
        "[b,e] f5[b] G[a,e] = f5[e] G[a,e]",
        "[b] f4[b] f1[b] = f4[b] f0[b]",
        "m[b] m[b] = 0",
        "[b,e] R[b,e] f5[b] = 0",
        "[b,e] R[b,e] = R[e,b]",
        "s[b] s[b] = 0",
    ] {
        let theory = theory(|t| {
            t.tensors("y[d] G[d,p]")?
                .functions(&names, "y", "u[b] = y[a] G[a,b]")?
                .mean("m[b] = f5[b]")?
                .define("s[b] = f5[b]")?
                .inverse("R", &[], "[b,e] f0[b] f1[e] + δ[b,e]")?
                .rule("r", rule)
        });
        let Ok(theory) = theory else {
            assert!(rule.contains("G[a,e]"), "{rule}");
            continue;
        };
        refused(
            claim(&theory, "n", "n", &["r"]),
            "rule `r` is about functions",
        );
    }
    // What follows from a definition or an inverse is derived.
    let theory = theory(|t| {
        t.tensors("y[d] G[d,p]")?
            .functions(&names, "y", "u[b] = y[a] G[a,b]")?
            .define("s[b] = f5[b]")?
            .inverse("R", &[], "[b,e] f0[b] f1[e] + δ[b,e]")?
            .rule("s′", "[b] s[b] = f5[b]")?
            .rule("fR", "[b,e] f0[b] f1[g] R[g,e] = δ[b,e] - R[b,e]")
    });
    assert!(claim(&theory.unwrap(), "n", "n", &["s′", "fR"]).is_ok());
}
