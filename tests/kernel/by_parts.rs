//! Integration by parts beside a resolvent: Schwinger–Dyson equations, exact for every dimension.

use super::{refused, theory};
use tensor_dyson::symbolic::{Ensemble, Haar, Polynomial, Proof, ProofError, TensorLaw, Theory};

/// A matrix of a kind, and `R = (z − tH)⁻¹` with what `HR` is.
fn resolvent(kind: &str, symmetries: &[Vec<usize>]) -> Theory {
    theory(|t| {
        match kind {
            "Hermitian" => t.hermitian("H[d,d]")?,
            _ => t.symmetric("H[d,d]", symmetries)?,
        }
        .scalars("z t")?
        .inverse("R", symmetries, "[a,c] z δ[a,c] - t H[a,c]")?
        .rule("HR", "[a,c] H[a,k] R[k,c] = z/t R[a,c] - δ[a,c]/t")
    })
    .unwrap()
}

/// `z Tr R = d + t Tr HR`, integrated by parts and claimed to have the mean of `value`.
fn dyson(theory: &Theory, law: Ensemble, value: &str) -> Result<Proof, ProofError> {
    let begun = theory.prove("").from("z R[a,a]")?;
    let opened = begun.follows("", "d + t H[a,c] R[c,a]", &["HR"])?;
    let taken = opened.by_parts("", "H", &TensorLaw::Ensemble(law))?;
    Ok(taken.is("", value)?.done())
}

/// With `t² = 1/d` and `g = Tr R/d`: `z E g = 1 + E g²` for the GUE, `+ E Tr R²/d²` for the GOE, and for antisymmetric
/// matrices `z E g = 1 − E g² + E Tr RRᵀ/d²`.
#[test]
fn the_equation_of_each_ensemble_is_its_own() {
    let transposed = vec![vec![1, 0]];
    let unitary = "d + t^2 R[a,a] R[c,c]";
    let orthogonal = "d + t^2 R[a,a] R[c,c] + t^2 R[a,c] R[a,c]";
    let antisymmetric = "d - t^2 R[a,a] R[c,c] + t^2 R[a,c] R[a,c]";
    let ensembles = [
        ("Hermitian", vec![], Ensemble::hermitian(), unitary),
        ("real", transposed, Ensemble::symmetric(2), orthogonal),
        ("real", vec![], Ensemble::antisymmetric(2), antisymmetric),
    ];
    for (kind, symmetries, law, value) in ensembles {
        let theory = resolvent(kind, &symmetries);
        let proof = dyson(&theory, law.clone(), value);
        let proof = proof
            .unwrap_or_else(|error| panic!("{kind}: {error}"))
            .to_string();
        for said in [
            "E=",
            "the mean over H by parts",
            "products of R with entries of H have means over H, and so have their derivatives",
            "R is the inverse of",
            "t ≠ 0",
        ] {
            assert!(proof.contains(said), "{said}: {proof}");
        }
        for wrong in [
            unitary,
            orthogonal,
            antisymmetric,
            "d",
            "d + 2 t^2 R[a,a] R[c,c]",
        ] {
            if wrong != value {
                refused(dyson(&theory, law.clone(), wrong), "the sides differ");
            }
        }
    }
}

/// One entry is taken out at a time, and what is left may be averaged: `E Tr H⁴ = 2 d E Tr H² + E (Tr H)²`.
#[test]
fn moments_by_parts_are_those_of_pairings() {
    let theory = resolvent("Hermitian", &[]);
    let law = TensorLaw::Ensemble(Ensemble::hermitian());
    let taken = theory
        .prove("")
        .from("H[a,c] H[c,k] H[k,q] H[q,a]")
        .and_then(|p| p.by_parts("", "H", &law))
        .and_then(|p| p.is("", "2 d H[a,c] H[c,a] + H[a,a] H[c,c]"))
        .unwrap();
    let whole = taken.expect("", "H", &law).unwrap();
    assert!(whole.clone().is("", "2 d^3 + d").is_ok());
    refused(whole.is("", "2 d^3").map(|p| p.done()), "the sides differ");
    // The second equation of the hierarchy: z E (Tr R)² = d E Tr R + t² E (Tr R)³ + t² E Tr R³.
    let second = |value: &str| {
        let begun = theory.prove("").from("t H[a,c] R[c,a] R[k,k]")?;
        Ok::<_, ProofError>(begun.by_parts("", "H", &law)?.is("", value)?.done())
    };
    let value = "t^2 R[a,a] R[c,c] R[k,k] + t^2 R[a,c] R[c,k] R[k,a]";
    assert!(second(value).is_ok());
    refused(
        second(&value.replace(" + t^2", " - t^2")),
        "the sides differ",
    );
    refused(second("t^2 R[a,a] R[c,c] R[k,k]"), "the sides differ");
}

/// `R = (XXᵀ/d − z)⁻¹`: `n + z E Tr R = E Tr R − (E Tr R + z E Tr R²)/d − (n E Tr R + z E (Tr R)²)/d`.
#[test]
fn the_equation_of_a_sample_covariance_matrix() {
    let theory = theory(|t| {
        t.scalars("z")?
            .tensors("x[n,d]")?
            .inverse("R", &[vec![1, 0]], "[i,j] d^-1 x[i,a] x[j,a] - z δ[i,j]")?
            .rule("xxR", "[i,l] x[i,a] x[j,a] R[j,l] = d δ[i,l] + d z R[i,l]")
    })
    .unwrap();
    let equation = |value: &str| {
        let begun = theory.prove("").from("n + z R[i,i]")?;
        let opened = begun.follows("", "d^-1 x[i,a] x[j,a] R[j,i]", &["xxR"])?;
        let taken = opened.by_parts("", "x", &TensorLaw::Gaussian)?;
        Ok::<_, ProofError>(taken.follows("", value, &["xxR"])?.done())
    };
    let value = "R[i,i] - d^-1 R[i,i] - z/d R[i,j] R[i,j] - n/d R[i,i] - z/d R[i,i] R[j,j]";
    let proof = equation(value);
    assert!(proof.is_ok(), "{proof:?}");
    for (from, to) in [
        ("R[i,i] - d^-1 R[i,i]", "R[i,i]"),
        ("z/d R[i,j] R[i,j]", "z/d R[i,i]"),
        ("n/d R[i,i]", "R[i,i]"),
        ("R[i,i] R[j,j]", "2 R[i,i] R[j,j]"),
    ] {
        let wrong = value.replace(from, to);
        assert_ne!(wrong, value);
        refused(equation(&wrong), "the sides differ");
    }
}

/// `R = (ZZ* − z)⁻¹` of Ginibre's matrix: `d + z E Tr R = p E Tr R − E Tr R (d + z Tr R)`, without the terms of the real one.
#[test]
fn a_complex_entry_is_paired_with_conjugates_only() {
    let theory = theory(|t| {
        t.scalars("z")?
            .complex("Z[d,p]", "Z̄")?
            .inverse("R", &[], "[a,c] Z[a,b] Z̄[c,b] - z δ[a,c]")?
            .rule("ZZR", "[a,k] Z[a,b] Z̄[c,b] R[c,k] = δ[a,k] + z R[a,k]")?
            .rule("RZZ", "[a,k] R[a,c] Z[c,b] Z̄[k,b] = δ[a,k] + z R[a,k]")
    })
    .unwrap();
    let law = TensorLaw::Ensemble(Ensemble::complex(2, "Z̄"));
    let equation = |value: &str| {
        let begun = theory.prove("").from("d + z R[a,a]")?;
        let opened = begun.follows("", "Z[a,b] Z̄[c,b] R[c,a]", &["ZZR"])?;
        let taken = opened.by_parts("", "Z", &law)?;
        Ok::<_, ProofError>(taken.follows("", value, &["ZZR", "RZZ"])?.done())
    };
    let value = "p R[a,a] - d R[a,a] - z R[a,a] R[c,c]";
    let proof = equation(value);
    assert!(proof.is_ok(), "{proof:?}");
    refused(equation("p R[a,a] - z R[a,a] R[c,c]"), "the sides differ");
    let real = format!("{value} - R[a,a] - z R[a,c] R[c,a]");
    refused(equation(&real), "the sides differ");
}

/// Two entries of one tensor are tied by each permutation with its own sign, whichever way the second is written.
#[test]
fn a_pair_of_antisymmetric_entries_has_the_sign_of_their_permutation() {
    let theory = theory(|t| t.tensors("A[d,d] T[d,d,d] v[d]")).unwrap();
    let matrix = TensorLaw::Ensemble(Ensemble::antisymmetric(2));
    let cube = TensorLaw::Ensemble(Ensemble::antisymmetric(3));
    for (text, tensor, law, value, wrong) in [
        ("A[a,c] A[a,c]", "A", &matrix, "d^2 - d", "d^2 + d"),
        ("A[a,c] A[c,a]", "A", &matrix, "d - d^2", "d^2 - d"),
        (
            "[a,c] A[a,k] A[c,k]",
            "A",
            &matrix,
            "[a,c] (d - 1) δ[a,c]",
            "[a,c] (d + 1) δ[a,c]",
        ),
        (
            "v[a] v[c] T[a,k,q] T[c,q,k]",
            "T",
            &cube,
            "-(d - 1) (d - 2) v[a] v[a]",
            "(d - 1) (d - 2) v[a] v[a]",
        ),
    ] {
        let once = |value: &str| {
            let begun = theory.prove("").from(text)?;
            Ok::<_, ProofError>(begun.by_parts("", tensor, law)?.is("", value)?.done())
        };
        let proof = once(value);
        assert!(proof.is_ok(), "{text}: {proof:?}");
        refused(once(wrong), "the sides differ");
    }
}

#[test]
fn functions_are_differentiated_once() {
    let theory = theory(|t| {
        t.tensors("x[d] G[d,p]")?
            .functions(&["φ", "φ′"], "x", "u[b] = x[a] G[a,b]")
    })
    .unwrap();
    let once = |text: &str, value: &str| {
        let taken = theory
            .prove("")
            .from(text)?
            .by_parts("", "x", &TensorLaw::Gaussian)?;
        Ok::<_, ProofError>(taken.is("", value)?.done())
    };
    assert!(once("[a,b] x[a] φ[b]", "[a,b] G[a,b] φ′[b]").is_ok());
    refused(
        once("[a,b] x[a] φ[b]", "[a,b] G[a,b] φ[b]"),
        "the sides differ",
    );
    refused(
        once("[a,b] x[a] φ′[b]", "0"),
        "the derivative of `φ′` is not declared",
    );
    // Nothing is random here, and nothing is claimed.
    assert!(once("[b] φ[b]", "[b] φ[b]").is_ok());
}

#[test]
fn what_cannot_be_integrated_by_parts_is_refused() {
    let theory = theory(|t| {
        t.scalars("z κ")?
            .tensors("x[n,d] y[n,d]")?
            .hermitian("H[d,d]")?
            .complex("Z[d,d]", "Z̄")?
            .define("K[i,j] = x[i,a] x[j,a]")?
            .inverse("R", &[], "[i,j] x[i,a] x[j,a] - z δ[i,j]")?
            .inverse("S", &[], "[i,j] K[i,j] - z δ[i,j]")?
            .inverse("T", &[], "[i,j] R[i,j] - z δ[i,j]")?
            .symmetric("Y[d,d]", &[vec![1, 0]])?
            .of_order("R", 0)?
            .of_order("x", 0)
    })
    .unwrap();
    let gue = TensorLaw::Ensemble(Ensemble::hermitian());
    let skew = TensorLaw::standardized(Polynomial::symbol("κ", 1));
    let complex = TensorLaw::Ensemble(Ensemble::complex(2, "Z̄"));
    let haar = TensorLaw::Haar(Haar::orthogonal());
    let once = |text: &str, tensor: &str, law: &TensorLaw| {
        let begun = theory.prove("").from(text)?;
        Ok::<_, ProofError>(begun.by_parts("", tensor, law)?.done())
    };
    let trace = "x[i,a] R[i,j] x[j,a]";
    for (text, tensor, law, because) in [
        (
            "x[i,a] S[i,j] x[j,a]",
            "x",
            &TensorLaw::Gaussian,
            "`S` is made of `x`",
        ),
        (
            "x[i,a] T[i,j] x[j,a]",
            "x",
            &TensorLaw::Gaussian,
            "`T` is made of `x`",
        ),
        (
            "x[i,a] K[i,j] x[j,a]",
            "x",
            &TensorLaw::Gaussian,
            "`K` is made of `x`",
        ),
        (trace, "x", &skew, "not declared as a tensor that can have"),
        ("Y[a,a]", "Y", &TensorLaw::Gaussian, "are not independent"),
        (
            "H[a,a]",
            "H",
            &TensorLaw::Gaussian,
            "not declared as a tensor that can have",
        ),
        (
            "H[a,a]",
            "H",
            &haar,
            "not declared as a tensor that can have",
        ),
        (
            "Y[a,a]",
            "Y",
            &gue,
            "not declared as a tensor that can have",
        ),
        (
            "Z[a,a]",
            "Z",
            &gue,
            "not declared as a tensor that can have",
        ),
        (
            "H[a,a]",
            "H",
            &complex,
            "not declared as a tensor that can have",
        ),
        (trace, "R", &TensorLaw::Gaussian, "are not independent"),
        (trace, "w", &TensorLaw::Gaussian, "`w` is not declared"),
    ] {
        refused(once(text, tensor, law), because);
    }
    let taken = theory
        .prove("")
        .from(trace)
        .and_then(|p| p.by_parts("", "x", &TensorLaw::Gaussian))
        .unwrap();
    // A chain has one law of each tensor.
    refused(
        taken.clone().expect("", "x", &skew).map(|p| p.done()),
        "under another law",
    );
    refused(
        taken
            .clone()
            .expect("", "x", &TensorLaw::Gaussian)
            .map(|p| p.done()),
        "`R` is made of `x`",
    );
    // What was dropped may count in the mean.
    let orders = [("n", 1), ("d", 1), ("z", 0)];
    refused(
        taken.approximately("", &orders, 1).map(|p| p.done()),
        "of what order `x` is",
    );
    let begun = theory.prove("").from(trace).unwrap();
    let dropped = begun.approximately("", &orders, 1).unwrap();
    refused(
        dropped
            .by_parts("", "x", &TensorLaw::Gaussian)
            .map(|p| p.done()),
        "cannot stand after ≈",
    );
}
