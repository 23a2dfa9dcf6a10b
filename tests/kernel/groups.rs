//! Integrals over the orthogonal and the unitary group, alone and beside Gaussians.

use super::{refused, theory};
use tensor_dyson::symbolic::{Ensemble, Haar, Proof, ProofError, TensorLaw, Theory};

fn mean(theory: &Theory, text: &str, law: &TensorLaw, value: &str) -> Result<Proof, ProofError> {
    let begun = theory.prove("").from(text)?.expect("over it", "U", law)?;
    Ok(begun.is("the value", value)?.done())
}

fn unitary() -> (Theory, TensorLaw) {
    let theory = theory(|t| t.complex("U[d,d]", "Ū")?.tensors("A[d,d] B[d,d]"));
    (theory.unwrap(), TensorLaw::Haar(Haar::unitary("Ū")))
}

fn orthogonal() -> (Theory, TensorLaw) {
    let theory = theory(|t| t.tensors("U[d,d] A[d,d] B[d,d] v[d] w[d]"));
    (theory.unwrap(), TensorLaw::Haar(Haar::orthogonal()))
}

/// `E |Tr U^k|² = k` for `n ≥ k` (Diaconis and Shahshahani 1994).
#[test]
fn traces_of_powers_of_a_unitary_matrix() {
    let (theory, law) = unitary();
    let trace = |name: &str, letter: &str, power: usize| {
        let factor = |k: usize| format!("{name}[{letter}{k},{letter}{}]", (k + 1) % power);
        (0..power).map(factor).collect::<Vec<_>>().join(" ")
    };
    for power in 1..=5 {
        let text = format!("{} {}", trace("U", "a", power), trace("Ū", "c", power));
        let proof = mean(&theory, &text, &law, &power.to_string()).unwrap();
        let printed = proof.to_string();
        assert_eq!(
            printed.contains(&format!("d ≥ {power}")),
            power > 1,
            "{printed}"
        );
        refused(
            mean(&theory, &text, &law, &(power + 1).to_string()),
            "the sides differ",
        );
    }
    let apart = format!(
        "{} {} {}",
        trace("U", "a", 1),
        trace("U", "c", 1),
        trace("Ū", "k", 2)
    );
    assert!(mean(&theory, &apart, &law, "0").is_ok());
    assert!(mean(&theory, "U[a,a] U[c,c]", &law, "0").is_ok());
}

/// Collins and Śniady 2006: rows v, v, w, w and columns a, a, c, c; and one entry to the fourth, `3/(n(n + 2))` where a
/// Gaussian of the same variance has `3/n²`.
#[test]
fn four_entries_of_an_orthogonal_matrix() {
    let (theory, law) = orthogonal();
    let rows = "v[k0] v[k1] w[k2] w[k3]";
    let text = format!("{rows} U[k0,a] U[k1,a] U[k2,c] U[k3,c]");
    assert!(mean(&theory, &text, &law, "v[a] v[a] w[c] w[c]").is_ok());
    let apart = "1/d/(d - 1)/(d + 2) ((d + 1) v[k] v[k] w[q] w[q] - 2 v[k] w[k] v[q] w[q])";
    let equal = "1/d/(d + 2) (v[k] v[k] w[q] w[q] + 2 v[k] w[k] v[q] w[q])";
    let entries = format!("[a,c] δ[a] δ[c] {apart} + δ[a,c] ({equal} - {apart})");
    let proof = mean(&theory, &format!("[a,c] {text}"), &law, &entries);
    assert!(proof.is_ok(), "{proof:?}");
    let wrong = entries.replace("d + 2", "d + 1");
    refused(
        mean(&theory, &format!("[a,c] {text}"), &law, &wrong),
        "the sides differ",
    );
    let fourth = "[a,c] U[a,c] U[a,c] U[a,c] U[a,c]";
    assert!(mean(&theory, fourth, &law, "[a,c] 3/d/(d + 2) δ[a] δ[c]").is_ok());
    refused(
        mean(&theory, fourth, &law, "[a,c] 3/d^2 δ[a] δ[c]"),
        "the sides differ",
    );
}

/// `E Tr (A U B Uᵀ)²`, for fixed A and B that need not be symmetric.
#[test]
fn a_fixed_matrix_conjugated_at_random() {
    let (theory, law) = orthogonal();
    let text = "A[a0,a1] U[a1,a2] B[a2,a3] U[a4,a3] A[a4,a5] U[a5,a6] B[a6,a7] U[a0,a7]";
    // The second moments of A: its trace squared, of A², of AAᵀ; of B likewise.
    let [t, s, o] = ["A[a,a] A[c,c]", "A[a,c] A[c,a]", "A[a,c] A[a,c]"];
    let [u, r, q] = [
        "B[k0,k0] B[q0,q0]",
        "B[k0,q0] B[q0,k0]",
        "B[k0,q0] B[k0,q0]",
    ];
    let value = format!(
        "1/d/(d - 1)/(d + 2) ((d + 1) ({s} {u} + {t} {r} + {o} {q}) - ({s} {r} + {s} {q} + {t} {u} + {t} {q} + {o} {u} + {o} {r}))"
    );
    let proof = mean(&theory, text, &law, &value);
    let proof = proof.unwrap_or_else(|error| panic!("{error}"));
    assert!(proof.to_string().contains("d ≥ 2"));
    refused(
        mean(&theory, text, &law, &value.replace("(d + 1)", "d")),
        "the sides differ",
    );
    let (theory, law) = unitary();
    let first = "A[a0,a1] U[a1,a2] B[a2,a3] Ū[a0,a3]";
    assert!(mean(&theory, first, &law, "A[a,a] B[c,c]/d").is_ok());
    let sixth = "A[a0,a1] U[a1,a2] B[a2,a3] Ū[a4,a3] A[a4,a5] U[a5,a6] B[a6,a7] Ū[q0,a7] A[q0,q1] U[q1,q2] B[q2,q3] Ū[a0,q3]";
    let begun = theory.prove("").from(sixth).unwrap();
    let mean = begun.expect("", "U", &law).unwrap().done();
    assert_eq!(mean.steps()[1].expression().terms().len(), 9);
}

/// A uniform matrix beside a Gaussian one, in either order.
#[test]
fn groups_mix_with_gaussians() {
    let theory = theory(|t| {
        t.tensors("U[d,d] v[d]")?
            .hermitian("H[d,d]")?
            .tensors("X[d,p]")
    });
    let theory = theory.unwrap();
    let (haar, gue) = (
        TensorLaw::Haar(Haar::orthogonal()),
        TensorLaw::Ensemble(Ensemble::hermitian()),
    );
    let text = "H[a,c] U[c,k] X[k,b] X[q,b] U[s,q] H[s,a]";
    for order in [["U", "H", "X"], ["X", "U", "H"], ["H", "X", "U"]] {
        let mut prover = theory.prove("").from(text).unwrap();
        for name in order {
            let law = match name {
                "U" => &haar,
                "H" => &gue,
                _ => &TensorLaw::Gaussian,
            };
            prover = prover.expect(name, name, law).unwrap();
        }
        assert!(prover.clone().is("", "d^2 p").is_ok(), "{order:?}");
        refused(prover.is("", "d p").map(|p| p.done()), "the sides differ");
    }
}

#[test]
fn only_square_matrices_are_of_a_group() {
    let theory = theory(|t| {
        t.tensors("G[d,p] T[d,d,d]")?
            .symmetric("S[d,d]", &[vec![1, 0]])?
            .complex("U[d,d]", "Ū")?
            .complex("Z[d,p]", "Z̄")?
            .tensors("O[d,d]")
    });
    let theory = theory.unwrap();
    let over = |text: &str, tensor: &str, haar: Haar| {
        let begun = theory.prove("").from(text)?;
        begun
            .expect("", tensor, &TensorLaw::Haar(haar))
            .map(|p| p.done())
    };
    for (text, tensor, haar) in [
        ("G[a,b] G[a,b]", "G", Haar::orthogonal()),
        ("T[a,a,a]", "T", Haar::orthogonal()),
        ("S[a,a]", "S", Haar::orthogonal()),
        ("U[a,a]", "U", Haar::orthogonal()),
        ("O[a,a]", "O", Haar::unitary("Ū")),
        ("Z[a,b] Z̄[a,b]", "Z", Haar::unitary("Z̄")),
    ] {
        refused(
            over(text, tensor, haar),
            "is not declared as a tensor that can have",
        );
    }
    let twelve = ["O[a,a]"; 12].join(" ");
    refused(
        over(&twelve, "O", Haar::orthogonal()),
        "108056025 terms of an integral over a group",
    );
    // The price is asked before anything is listed.
    let sixty = ["O[a,a]"; 60].join(" ");
    refused(
        over(&sixty, "O", Haar::orthogonal()),
        "terms of an integral over a group",
    );
}

/// Coefficients with poles are compared as functions, and what they divide by is said.
#[test]
fn poles_are_functions() {
    let mut theory = theory(|t| t.scalars("z")).unwrap();
    let is = |theory: &Theory, left: &str, right: &str| {
        let begun = theory.prove("").from(left)?;
        Ok::<_, ProofError>(begun.is("", right)?.done())
    };
    for (left, right, wrong) in [
        ("1/(d + 1)", "1/d - 1/d/(d + 1)", "1/d - 1/d^2"),
        ("(d^2 - 1)/(d - 1)", "d + 1", "d - 1"),
        (
            "d^3/(d + 2)^2",
            "d - 4 + 12/(d + 2) - 8/(d + 2)^2",
            "d - 4 + 12/(d + 2)",
        ),
        ("1/(z - 1) - 1/(z + 1)", "2/(z - 1)/(z + 1)", "2/(z - 1)^2"),
        ("1/(2 d + 4)", "1/2/(d + 2)", "1/(d + 2)"),
    ] {
        assert!(is(&theory, left, right).is_ok(), "{left}");
        refused(is(&theory, left, wrong), "the sides differ");
    }
    let printed = is(&theory, "1/(z - 1)/(d - 3)", "1/(d - 3)/(z - 1)")
        .unwrap()
        .to_string();
    assert!(
        printed.contains("(z-1) ≠ 0") && printed.contains("(d-3) ≠ 0"),
        "{printed}"
    );
    let unread = |text: &str| theory.expression(text).unwrap_err().to_string();
    assert!(unread("1/(d + p)").contains("only a single power product"));
    assert!(unread("1/(d + 1/2)").contains("only a single power product"));
    assert!(unread("1/(d - 1000)").contains("only a single power product"));
    assert!(unread("d^999/(d + 1)").contains("is too large"));
    theory.at_least("d", "4").unwrap();
    assert!(
        is(&theory, "1/(d - 3)", "1/(d - 3)")
            .unwrap()
            .to_string()
            .contains("d ≥ 4")
    );
}
