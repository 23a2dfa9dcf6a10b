//! Gaussian tensors whose entries are tied: their moments, and what they are not.

use super::{refused, theory};
use tensor_dyson::symbolic::{Ensemble, Proof, ProofError, TensorLaw, Theory};

fn mean(
    theory: &Theory,
    text: &str,
    over: &str,
    law: &TensorLaw,
    value: &str,
) -> Result<Proof, ProofError> {
    let begun = theory.prove("").from(text)?.expect("over it", over, law)?;
    Ok(begun.is("the value", value)?.done())
}

/// `Tr H^{2k}` over names of indices that are all different.
fn trace(tensor: &str, power: usize) -> String {
    let factor = |k: usize| format!("{tensor}[a{k},a{}]", (k + 1) % power);
    (0..power).map(factor).collect::<Vec<_>>().join(" ")
}

/// Harer and Zagier 1986: orientable gluings of a polygon by genus.
#[test]
fn even_moments_of_the_gue_count_gluings() {
    let theory = theory(|t| t.hermitian("H[d,d]")).unwrap();
    let law = TensorLaw::Ensemble(Ensemble::hermitian());
    for (power, value, wrong) in [
        (2, "d^2", "d"),
        (4, "2 d^3 + d", "2 d^3"),
        (6, "5 d^4 + 10 d^2", "5 d^4 + 9 d^2"),
        (8, "14 d^5 + 70 d^3 + 21 d", "14 d^5 + 70 d^3 + 20 d"),
    ] {
        let proof = mean(&theory, &trace("H", power), "H", &law, value);
        assert!(proof.is_ok(), "{power}: {proof:?}");
        let near_miss = mean(&theory, &trace("H", power), "H", &law, wrong);
        refused(near_miss, "the sides differ");
    }
    let odd = mean(&theory, &trace("H", 3), "H", &law, "0");
    assert!(odd.is_ok(), "{odd:?}");
}

/// Goulden and Jackson 1997: all gluings, orientable or not.
#[test]
fn even_moments_of_the_goe_count_all_gluings() {
    let law = TensorLaw::Ensemble(Ensemble::symmetric(2));
    let plain = theory(|t| t.tensors("H[d,d]")).unwrap();
    let declared = theory(|t| t.symmetric("H[d,d]", &[vec![1, 0]])).unwrap();
    for theory in [plain, declared] {
        for (power, value, wrong) in [
            (2, "d^2 + d", "d^2"),
            (4, "2 d^3 + 5 d^2 + 5 d", "2 d^3 + d"),
            (
                6,
                "5 d^4 + 22 d^3 + 52 d^2 + 41 d",
                "5 d^4 + 22 d^3 + 52 d^2 + 40 d",
            ),
        ] {
            let proof = mean(&theory, &trace("H", power), "H", &law, value);
            assert!(proof.is_ok(), "{power}: {proof:?}");
            let near_miss = mean(&theory, &trace("H", power), "H", &law, wrong);
            refused(near_miss, "the sides differ");
        }
    }
}

#[test]
fn antisymmetric_tensors_have_signs() {
    let theory = theory(|t| t.tensors("A[d,d] T[d,d,d] v[d]")).unwrap();
    let matrix = TensorLaw::Ensemble(Ensemble::antisymmetric(2));
    let cube = TensorLaw::Ensemble(Ensemble::antisymmetric(3));
    for (text, law, over, value, wrong) in [
        ("A[a,c] A[a,c]", &matrix, "A", "d^2 - d", "d^2"),
        ("A[a,c] A[c,a]", &matrix, "A", "d - d^2", "d^2 - d"),
        ("A[a,c] v[a] v[c] A[k,q] v[k] v[q]", &matrix, "A", "0", "1"),
        (
            "A[a,c] A[c,k] A[k,q] A[q,a]",
            &matrix,
            "A",
            "2 d^3 - 3 d^2 + d",
            "2 d^3 - 3 d^2",
        ),
        ("T[a,c,k] T[a,c,k]", &cube, "T", "d (d - 1) (d - 2)", "d^3"),
        ("T[a,c,k] T[c,k,a]", &cube, "T", "d (d - 1) (d - 2)", "0"),
        (
            "T[a,c,k] T[c,a,k]",
            &cube,
            "T",
            "-d (d - 1) (d - 2)",
            "d (d - 1) (d - 2)",
        ),
    ] {
        let proof = mean(&theory, text, over, law, value);
        assert!(proof.is_ok(), "{text}: {proof:?}");
        refused(mean(&theory, text, over, law, wrong), "the sides differ");
    }
}

/// `E Tr (ZZ*)^k` counts bipartite gluings; `E (v·Zw)² = 0` where a real matrix would have `|v|²|w|²`.
#[test]
fn complex_tensors_pair_with_their_conjugates() {
    let theory = theory(|t| t.complex("Z[d,p]", "Z̄")?.tensors("v[d] w[p]")).unwrap();
    let law = TensorLaw::Ensemble(Ensemble::complex(2, "Z̄"));
    for (text, value, wrong) in [
        ("Z[a,b] Z̄[a,b]", "d p", "2 d p"),
        (
            "Z[a,b] Z̄[c,b] Z[c,e] Z̄[a,e]",
            "d^2 p + d p^2",
            "d^2 p + d p^2 + d p",
        ),
        (
            "v[a] Z[a,b] w[b] v[c] Z[c,e] w[e]",
            "0",
            "v[a] v[a] w[b] w[b]",
        ),
        (
            "v[a] Z[a,b] w[b] v[c] Z̄[c,e] w[e]",
            "v[a] v[a] w[b] w[b]",
            "0",
        ),
    ] {
        let proof = mean(&theory, text, "Z", &law, value);
        assert!(proof.is_ok(), "{text}: {proof:?}");
        refused(mean(&theory, text, "Z", &law, wrong), "the sides differ");
    }
    let printed = mean(&theory, "Z[a,b] Z̄[a,b]", "Z", &law, "d p")
        .unwrap()
        .to_string();
    assert!(
        printed.contains("E T_s T̄_t = δ(s, t), E T_s T_t = 0"),
        "{printed}"
    );
}

#[test]
fn a_tensor_has_no_law_of_another_kind() {
    let all = theory(|t| {
        t.complex("Z[d,d]", "Z̄")?
            .complex("Y[d,d]", "Ȳ")?
            .hermitian("H[d,d]")?
            .symmetric("S[d,d]", &[vec![1, 0]])?
            .tensors("X[d,d] G[d,p] T[d,d,d]")
    });
    let all = all.unwrap();
    let over = |tensor: &str, law: TensorLaw| {
        let slots = if tensor == "T" { "a,a,a" } else { "a,a" };
        let text = if tensor == "G" {
            "G[a,b] G[a,b]".into()
        } else {
            format!("{tensor}[{slots}]")
        };
        mean(&all, &text, tensor, &law, "0")
    };
    for (tensor, law) in [
        ("Z", TensorLaw::Gaussian),
        ("Z̄", TensorLaw::Gaussian),
        ("H", TensorLaw::Gaussian),
        ("Z", TensorLaw::Ensemble(Ensemble::hermitian())),
        ("X", TensorLaw::Ensemble(Ensemble::hermitian())),
        ("H", TensorLaw::Ensemble(Ensemble::symmetric(2))),
        ("Z", TensorLaw::Ensemble(Ensemble::complex(2, "Ȳ"))),
        ("X", TensorLaw::Ensemble(Ensemble::complex(2, "Z̄"))),
        ("S", TensorLaw::Ensemble(Ensemble::antisymmetric(2))),
        ("X", TensorLaw::Ensemble(Ensemble::symmetric(3))),
        ("G", TensorLaw::Ensemble(Ensemble::symmetric(2))),
        ("T", TensorLaw::Ensemble(Ensemble::symmetric(2))),
        ("Z", TensorLaw::Ensemble(Ensemble::complex(3, "Z̄"))),
    ] {
        refused(
            over(tensor, law),
            "is not declared as a tensor that can have",
        );
    }
    refused(
        over("S", TensorLaw::Gaussian),
        "the entries of `S` are not independent",
    );
    let law = TensorLaw::Ensemble(Ensemble::complex(2, "Z̄"));
    let made = theory(|t| t.complex("Z[d,d]", "Z̄")?.define("N[a,c] = Z̄[k,a] Z[k,c]"));
    refused(
        mean(&made.unwrap(), "N[a,a]", "Z", &law, "d^2"),
        "`N` is made of `Z`",
    );
}

#[test]
fn conjugates_are_taken_once() {
    let mut theory = theory(|t| {
        t.scalars("i z")?
            .complex("Z[d,p]", "Z̄")?
            .hermitian("H[d,d]")?
            .tensors("x[d]")
    })
    .unwrap();
    let conjugate = |theory: &Theory, text: &str| {
        let expression = theory.expression(text).unwrap();
        theory.conjugate(&expression).map(|e| e.to_string())
    };
    assert_eq!(
        conjugate(&theory, "(1 + i z) (2 - i)").unwrap(),
        "2 + i − 2 i z + z"
    );
    assert_eq!(conjugate(&theory, "[a,b] i Z[a,b]").unwrap(), "−i Z̄_ab");
    assert_eq!(
        conjugate(&theory, "[a,c] i H[a,c] x[a]").unwrap(),
        "−i H_ca x_a"
    );
    let trace = theory.expression("H[a,c] H[c,k] H[k,a]").unwrap();
    let same = theory.conjugate(&trace).unwrap();
    assert!(trace.equals(&same).unwrap());
    let proof = theory.prove("").from("(1 + i)^2 x[a] x[a]").unwrap();
    assert!(proof.clone().is("", "2 i x[a] x[a]").is_ok());
    refused(
        proof.is("", "2 x[a] x[a]").map(|p| p.done()),
        "the sides differ",
    );
    theory.define("y[a] = i x[a]").unwrap();
    theory.define("N[a,c] = H[a,k] H[k,c]").unwrap();
    assert!(
        conjugate(&theory, "[a] y[a]")
            .unwrap_err()
            .to_string()
            .contains("is made of `i`")
    );
    assert!(
        conjugate(&theory, "[a,c] N[a,c]")
            .unwrap_err()
            .to_string()
            .contains("is made of `H`")
    );
    refused(
        super::theory(|t| t.space("i", "w")),
        "`i` is declared already",
    );
}
