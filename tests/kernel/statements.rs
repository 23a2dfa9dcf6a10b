//! Joint cumulants, side conditions, and rules used in both directions.

use super::{refused, theory};
use tensor_dyson::symbolic::{Polynomial, Proof, ProofError, TensorLaw, Theory};

fn cumulant(scalars: &[&str], law: &TensorLaw, value: &str) -> Result<Proof, ProofError> {
    let copies = ["x", "x′", "y"];
    let theory = theory(|t| t.scalars("κ")?.tensors("x[n,d]")?.copies("x", &copies[1..]))?;
    let mut prover = theory
        .prove("")
        .from_expression(theory.cumulant(scalars, &copies)?)?;
    for copy in copies {
        prover = prover.expect("over a copy", copy, law)?;
    }
    Ok(prover.is("the cumulant", value)?.done())
}

/// A Wishart matrix is a sum over samples: cumulants of its trace are `n d` times those of `x²`.
#[test]
fn cumulants_of_the_trace_of_a_wishart_matrix() {
    let trace = ["x[i,a] x[i,a]", "x[j,c] x[j,c]", "x[l,k] x[l,k]"];
    let kurtosis = TensorLaw::standardized(Polynomial::symbol("κ", 1));
    for (scalars, law, value, wrong) in [
        (&trace[..1], &TensorLaw::Gaussian, "n d", "n d + 1"),
        (&trace[..2], &TensorLaw::Gaussian, "2 n d", "n d"),
        (&trace[..2], &kurtosis, "(2 + κ) n d", "2 n d"),
        (&trace[..3], &TensorLaw::Gaussian, "8 n d", "6 n d"),
        (
            &["x[i,a] x[i,a]", "x[j,c] x[j,k] x[l,k] x[l,c]"],
            &TensorLaw::Gaussian,
            "4 n d (n + d + 1)",
            "4 n d (n + d)",
        ),
        (&["x[i,a] x[i,a]", "n"], &TensorLaw::Gaussian, "0", "n"),
    ] {
        let proof = cumulant(scalars, law, value);
        assert!(proof.is_ok(), "{scalars:?}: {proof:?}");
        refused(cumulant(scalars, law, wrong), "the sides differ");
    }
    let theory = theory(|t| {
        t.tensors("x[n,d] G[d,p]")?
            .copies("x", &["y", "z"])?
            .define("S[a,c] = x[i,a] x[i,c]")
    })
    .unwrap();
    for (scalars, copies, reason) in [
        (
            &["x[i,a] x[i,a]", "n", "d"],
            &["x", "y"][..],
            "needs as many different copies",
        ),
        (
            &["x[i,a] x[i,a]", "n", "d"],
            &["x", "y", "G"],
            "needs as many different copies",
        ),
        (
            &["S[a,a]", "n", "d"],
            &["S", "x", "y"],
            "the entries of `S` are not independent",
        ),
        (
            &["[i,j] x[i,a] x[j,a]", "n", "d"],
            &["x", "y", "z"],
            "legs over",
        ),
    ] {
        let error = theory.cumulant(scalars, copies).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
}

/// The hat matrix has the trace d, if n ≥ d: otherwise `XᵀX` has no inverse.
#[test]
fn the_trace_of_the_hat_matrix_needs_enough_samples() {
    let declare = |t: &mut Theory| {
        t.tensors("X[n,d]")?
            .inverse("K", &[vec![1, 0]], "[a,c] X[i,a] X[i,c]")?
            .rule("K", "[a,c] K[a,k] X[i,k] X[i,c] = δ[a,c]")
            .map(|_| ())
    };
    let prove = |theory: &Theory, value: &str| {
        let begun = theory.prove("Tr X(XᵀX)⁻¹Xᵀ").from("X[i,a] K[a,c] X[i,c]")?;
        Ok::<_, ProofError>(begun.follows("K XᵀX = 1", value, &["K"])?.done())
    };
    let mut theory = Theory::new();
    declare(&mut theory).unwrap();
    refused(prove(&theory, "d"), "is singular at");
    theory.at_least("n", "d").unwrap();
    let printed = prove(&theory, "d").unwrap().to_string();
    assert!(
        printed.contains("n ≥ d") && printed.contains("K is the inverse"),
        "{printed}"
    );
    refused(prove(&theory, "n"), "the sides differ");
    let mut other = super::theory(|t| t.at_least("d", "n")).unwrap();
    assert_eq!(
        other.at_least("q", "n").unwrap_err().to_string(),
        "`q` is not declared"
    );
}

#[test]
fn a_rule_is_used_from_right_to_left() {
    let mut theory = theory(|t| {
        t.space("r", "t")?
            .tensors("x[n,d] G[d,p]")?
            .singular_vectors("W[d,p]", "r", ["u", "σ", "v"])?
            .define("ω[i,b] = x[i,a] G[a,b]")
    })
    .unwrap();
    theory
        .reversed("Wv", "vW")
        .unwrap()
        .reversed("ω", "of ω")
        .unwrap();
    let proof = |text: &str, to: &str, rule: &str| {
        let begun = theory.prove("").from(text)?;
        Ok::<_, ProofError>(begun.rewrite("back", &[rule])?.is("so", to)?.done())
    };
    assert!(proof("[t,a] σ[t] u[t,a]", "[t,a] W[a,b] v[t,b]", "vW").is_ok());
    assert!(proof("[i,b] x[i,a] G[a,b]", "[i,b] ω[i,b]", "of ω").is_ok());
    refused(
        proof("[t,a] σ[t] u[t,a]", "[t,a] W[a,b] u[t,a] δ[b]", "vW"),
        "the sides differ",
    );
    let begun = theory.prove("").from("[t,a] σ[t] u[t,a]").unwrap();
    refused(
        begun.rewrite("both", &["Wv", "vW"]).map(|p| p.done()),
        "still rewriting",
    );
    for (rule, name, reason) in [
        ("Wv", "Wv", "`Wv` is declared already"),
        ("Wu", "uW", "`Wu` is not declared"),
    ] {
        let error = theory.clone().reversed(rule, name).map(|_| ()).unwrap_err();
        assert_eq!(error.to_string(), reason);
    }
    // A false rule is as false from the other side.
    let mut false_one =
        super::theory(|t| t.define("o = 1")?.define("p′ = n")?.rule("r", "o = p′")).unwrap();
    false_one.reversed("r", "s").unwrap();
    let begun = false_one.prove("").from("p′").unwrap();
    refused(
        begun.rewrite("", &["s"]).map(|p| p.done()),
        "rule `r` is false",
    );
}
