//! Rules, inverses and symmetries that are false at some sizes.

use super::{claim, reason, refused, theory};
use tensor_dyson::symbolic::{Assumption, Theory};

#[test]
fn a_rule_between_arbitrary_tensors_is_decided_and_not_sampled() {
    for rule in [
        "o = 1 + d (d-1) (d-2) (d-3)",
        "o = 1 + (d-1) (d-2) (d-3) (d-4) (d-5) (d-6) (d-7) (d-8)",
        "o = 1 + (n-d) (d-p) (n-p)",
        "o = h/d",
        "o = h/n",
        "o = w/h",
        "o = 1 + (h-d) (h-n) (h-p) (h-w)",
    ] {
        let theory = theory(|t| {
            t.space("w", "w")?
                .space("h", "h")?
                .define("o = 1")?
                .rule("r", rule)
        });
        let (_, right) = rule.split_once('=').unwrap();
        refused(
            claim(&theory.unwrap(), "o", right, &["r"]),
            "rule `r` is false",
        );
    }
}

/// `e_k(H) = 0` holds for `d < k`: Newton's identities in traces, and the same for a product of two matrices.
#[test]
fn identities_of_cayley_and_hamilton_hold_at_small_sizes_only() {
    let second = "[a,c,k,q] H[a,c] H[k,q] = H[a,q] H[k,c]";
    let third = "H[a,a] H[c,c] H[k,k] = 3 H[a,a] H[c,k] H[k,c] - 2 H[a,c] H[c,k] H[k,a]";
    let fourth = "H[a,a] H[c,c] H[k,k] H[q,q] = 6 H[a,a] H[c,c] H[k,q] H[q,k] - 3 H[a,c] H[c,a] H[k,q] H[q,k] \
                  - 8 H[a,a] H[c,k] H[k,q] H[q,c] + 6 H[a,c] H[c,k] H[k,q] H[q,a]";
    for rule in [second, third, fourth] {
        let theory = theory(|t| t.symmetric("H[d,d]", &[vec![1, 0]])?.rule("e", rule));
        let outcome = claim(&theory.unwrap(), "H[a,a]", "H[a,a]", &["e"]);
        refused(outcome, "rule `e` is false");
    }
}

/// The same for an inverse, where no normal form decides: `H² − Tr(H) H + det(H) = 0` at d = 2 gives the inverse as
/// `(Tr H − H)/det H`.
#[test]
fn a_formula_for_the_inverse_at_one_size_is_tested_above_the_number_of_its_indices() {
    let adjugate = "[a,c] K[a,c] H[k,k] H[q,q] = K[a,c] H[k,q] H[q,k] + 2 δ[a,c] H[k,k] - 2 H[a,c]";
    let theory = theory(|t| {
        t.tensors("H[d,d]")?
            .inverse("K", &[], "[a,c] H[a,c]")?
            .rule("K", adjugate)
    });
    refused(
        claim(&theory.unwrap(), "K[a,a]", "K[a,a]", &["K"]),
        "the rule `K` does not hold at d=",
    );
}

#[test]
fn what_follows_from_an_inverse_is_derived_and_what_does_not_is_printed_as_assumed() {
    let theory = theory(|t| {
        t.scalars("z w")?
            .tensors("A[d,d]")?
            .inverse("R", &[], "[a,c] A[a,c] - z δ[a,c]")?
            .inverse("S", &[], "[a,c] A[a,c] - w δ[a,c]")?
            .rule("AR", "[a,c] A[a,k] R[k,c] = δ[a,c] + z R[a,c]")?
            .rule("RA", "[a,c] R[a,k] A[k,c] = δ[a,c] + z R[a,c]")?
            .rule("trace", "A[a,k] R[k,a] = d + z R[a,a]")?
            .rule("resolvent", "[a,c] R[a,k] S[k,c] = (R[a,c] - S[a,c]) v")?
            .rule("wrong", "[a,c] R[a,k] S[k,c] = R[a,c] - S[a,c]")?
            .rule("commute", "[a,c] S[a,k] R[k,c] = R[a,k] S[k,c]")
    });
    // v is not declared: nothing of the theory is kept, and the reason says so.
    assert_eq!(reason(theory), "`v` is not declared");
    let theory = super::theory(|t| {
        t.scalars("z w")?
            .tensors("A[d,d]")?
            .inverse("R", &[], "[a,c] A[a,c] - z δ[a,c]")?
            .inverse("S", &[], "[a,c] A[a,c] - w δ[a,c]")?
            .rule("AR", "[a,c] A[a,k] R[k,c] = δ[a,c] + z R[a,c]")?
            .rule("RA", "[a,c] R[a,k] A[k,c] = δ[a,c] + z R[a,c]")?
            .rule("trace", "A[a,k] R[k,a] = d + z R[a,a]")?
            .rule("wrong", "[a,c] R[a,k] S[k,c] = R[a,c] - S[a,c]")?
            .rule("commute", "[a,c] S[a,k] R[k,c] = R[a,k] S[k,c]")
    })
    .unwrap();
    let assumed = |rule: &str| {
        let proof = claim(&theory, "n", "n", &[rule]).unwrap();
        let rules = proof
            .assumptions()
            .filter(|a| matches!(a, Assumption::Rule { .. }));
        rules.count()
    };
    assert_eq!(["AR", "RA", "trace"].map(assumed), [0; 3]);
    assert_eq!(assumed("commute"), 1);
    refused(
        claim(&theory, "n", "n", &["wrong"]),
        "the rule `wrong` does not hold at",
    );
    let printed = claim(&theory, "n", "n", &["commute"]).unwrap().to_string();
    assert!(printed.contains("Assuming:\n"), "{printed}");
    assert!(
        printed.contains("rule commute: [a,c] S_ak R_kc = R_ak S_kc (not derived, tested at"),
        "{printed}"
    );
    assert!(printed.contains("R is the inverse of [a,c]"), "{printed}");
}

#[test]
fn an_inverse_has_the_symmetries_of_its_matrix_and_no_others() {
    // 19 paddings that make every shape but those with n = 1 too large to be summed change nothing.
    let padding: String = (0..19).map(|k| format!(" δ[i{k}] x[i{k}]")).collect();
    let declared = theory(|t| {
        t.tensors("x[n] A[d,d] B[d,d]")?
            .inverse("K", &[vec![1, 0]], "[a,c] A[a,c]")
    });
    refused(declared, "`K` has not the symmetry");
    let theory = theory(|t| {
        t.tensors("x[n] A[d,d] B[d,d]")?
            .inverse("K", &[], "[a,c] A[a,c]")
    })
    .unwrap();
    let [left, right] = ["K[a,c] B[c,a]", "K[c,a] B[c,a]"].map(|trace| format!("{trace}{padding}"));
    refused(claim(&theory, &left, &right, &[]), "the sides differ by");
    for (symmetry, matrix) in [
        (vec![1, 0], "[a,c] A[a,k] A[k,c]"),
        (vec![2, 3, 0, 1], "[a,c,k,q] A[a,k] B[c,q]"),
        (vec![1, 0, 3, 2], "[a,c,k,q] A[a,k] B[c,q]"),
        (vec![0, 3, 2, 1], "[a,c,k,q] A[a,k] A[c,q] + A[a,q] A[c,k]"),
    ] {
        let declared = super::theory(|t| {
            t.tensors("A[d,d] B[d,d]")?
                .inverse("K", &[symmetry], matrix)
        });
        refused(declared, "`K` has not the symmetry");
    }
    for (symmetry, matrix) in [
        (vec![1, 0], "[a,c] A[a,k] A[c,k]"),
        (vec![1, 0], "[a,c] S[a,c]"),
        (vec![1, 0, 3, 2], "[a,c,k,q] A[a,k] A[c,q]"),
    ] {
        let declared = super::theory(|t| {
            t.tensors("A[d,d]")?
                .define("S[a,c] = A[a,c] + A[c,a]")?
                .inverse("K", &[symmetry], matrix)
        });
        assert!(declared.is_ok(), "{}", reason(declared));
    }
}

#[test]
fn an_inverse_that_exists_for_some_shapes_only_is_refused() {
    for matrix in [
        "[i,j] x[i,a] x[j,a]",
        "[a,c] x[i,a] x[i,c]",
        "[i,j] u[i] u[j]",
        "[i,j] δ[i] δ[j]",
    ] {
        let theory = theory(|t| t.tensors("x[n,d] u[n]")?.inverse("R", &[], matrix));
        let trace = if matrix.starts_with("[i") {
            "R[i,i]"
        } else {
            "R[a,a]"
        };
        refused(
            claim(&theory.unwrap(), trace, trace, &[]),
            "the matrix that defines `R` is singular at",
        );
    }
    let not_square = theory(|t| t.tensors("x[n,d]")?.inverse("R", &[], "[i,a] x[i,a]"));
    refused(not_square, "`R` is the inverse of no matrix");
    let odd = theory(|t| t.tensors("x[n,n,n]")?.inverse("R", &[], "[i,j,l] x[i,j,l]"));
    refused(odd, "`R` is the inverse of no matrix");
}

#[test]
fn no_step_is_checked_at_dimension_one_or_at_equal_dimensions() {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] W[d,p]").unwrap();
    let omega = |i: usize, t: usize, c: &str| format!("x[i{i},a{t}] x[i{i},{c}{t}] W[{c}{t},b{t}]");
    let link = |t: usize| format!("{} {}", omega(t, t, "k"), omega((t + 1) % 3, t, "q"));
    let text: String = (0..3).map(link).collect::<Vec<_>>().join(" ");
    let begun = theory.prove("E Tr NTK³").from(&text).unwrap();
    let law = tensor_dyson::symbolic::TensorLaw::Gaussian;
    let proof = begun
        .expect("over X", "x", &law)
        .and_then(|p| p.expect("over W", "W", &law));
    for check in proof.unwrap().done().checks() {
        assert_eq!(check.shapes().len(), 3);
        for shape in check.shapes() {
            let mut sizes: Vec<&str> = shape
                .split(' ')
                .map(|size| size.split_once('=').unwrap().1)
                .collect();
            sizes.sort_unstable();
            let count = sizes.len();
            sizes.dedup();
            assert!(sizes.len() == count && !sizes.contains(&"1"), "{shape}");
        }
    }
}

/// There are no more vectors than rows on the left, or columns on the right, and beyond they are 0: that they are
/// orthonormal needs a condition, which nothing derives. It then stands in print.
#[test]
fn what_holds_for_enough_rows_only_needs_the_condition() {
    let declare = |rule: &str, conditions: &[(&str, &str)]| {
        let mut theory = theory(|t| {
            t.space("r", "tw")?
                .singular_vectors("W[d,p]", "r", ["u", "σ", "v"])?
                .rule("o", rule)
        })
        .unwrap();
        for (large, small) in conditions {
            theory.at_least(large, small).unwrap();
        }
        theory
    };
    let (left, right) = (("d", "r"), ("p", "r"));
    for (rule, enough, other) in [
        ("[t,w] u[t,a] u[w,a] = δ[t,w]", left, right),
        ("[t,w] v[t,b] v[w,b] = δ[t,w]", right, left),
    ] {
        for conditions in [&[][..], &[("r", "d")], &[("r", "p")], &[other]] {
            refused(
                claim(&declare(rule, conditions), "n", "n", &["o"]),
                "the rule `o` does not hold at",
            );
        }
        let proof = claim(&declare(rule, &[enough]), "n", "n", &["o"]);
        let printed = proof.unwrap().to_string();
        let condition = format!("      {} ≥ r\n", enough.0);
        assert!(
            printed.contains("(not derived, tested at") && printed.contains(&condition),
            "{printed}"
        );
    }
    // The other way round they are complete, Σ_t u_ta u_tc = δ_ac: with fewer modes than rows they are not.
    let complete = "[a,c] u[t,a] u[t,c] = δ[a,c]";
    for conditions in [&[][..], &[left], &[left, right], &[right]] {
        refused(
            claim(&declare(complete, conditions), "n", "n", &["o"]),
            "the rule `o` does not hold at",
        );
    }
}
