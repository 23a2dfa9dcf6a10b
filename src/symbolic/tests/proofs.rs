//! Chains of steps, their checks in the field and what a check is worth.

use super::*;

#[test]
fn a_false_hypothesis_is_caught_at_the_points() {
    let mut theory = theory();
    theory.rule("false", "[a,b] G[a,b] = W[a,b]").unwrap();
    let proof = theory
        .prove("")
        .from("G[a,b] W[a,b]")
        .unwrap()
        .rewrite("by a falsehood", &["false"]);
    assert!(matches!(
        proof,
        Err(ProofError::Check(FieldError::RuleFalse { .. }))
    ));
}

#[test]
fn what_is_dropped_is_kept_with_its_order() {
    let theory = theory();
    let proof = theory
        .prove("")
        .from("x[i,a] x[i,a] x[i,c] x[i,c]")
        .and_then(|p| p.expect("over X", "x", &TensorLaw::Gaussian))
        .and_then(|p| p.approximately("of order N⁴", &[("n", 2), ("d", 1)], 4))
        .unwrap()
        .done();
    let last = proof.steps().last().unwrap();
    assert_eq!(last.expression().to_string(), "d² n");
    let Relation::Approximates(dropped) = last.relation() else {
        panic!("{last:?}");
    };
    assert_eq!(dropped.order(), Some(3));
}

#[test]
fn a_refutation_shows_the_difference_and_a_witness() {
    let theory = theory();
    let proof = theory.prove("").from("x[i,a] x[i,a]").unwrap();
    let refuted = proof
        .expect("over X", "x", &TensorLaw::Gaussian)
        .unwrap()
        .is("a factor forgotten", "n");
    let Err(ProofError::Refuted(refutation)) = refuted else {
        panic!("a false statement was proved");
    };
    assert_eq!(refutation.difference().to_string(), "d n − n");
    assert_eq!(refutation.witness(), Some("d=2 n=3"));
}

#[test]
fn the_bound_counts_the_denominators_of_inverses() {
    let mut theory = Theory::new();
    theory
        .tensors("m")
        .and_then(|t| t.inverse("μ", &[], "m"))
        .unwrap();
    let proof = theory
        .prove("")
        .from("μ μ")
        .and_then(|p| p.is("itself", "μ μ"))
        .unwrap()
        .done();
    // Each side is brought over m², which the other side's numerator is multiplied by as well.
    assert_eq!(proof.steps()[1].check().unwrap().degree(), 8);
}

#[test]
fn an_expectation_holds_nothing_fixed_that_is_made_of_the_random_tensor() {
    let mut theory = theory();
    theory
        .define("ω[i,a,b] = x[i,a] G[k,b] x[i,k]")
        .and_then(|t| t.define("Ω[i] = ω[i,a,b] ω[i,a,b]"))
        .and_then(|t| t.inverse("R", &[], "[i,j] x[i,a] x[j,a] - z δ[i,j]"))
        .and_then(|t| t.space("r", "uv"))
        .and_then(|t| t.singular_vectors("B[d,p]", "r", ["u", "s", "v"]))
        .unwrap();
    let over = |tensor: &str, text: &str| {
        let begun = theory.prove("").from(text).unwrap();
        begun
            .expect("", tensor, &TensorLaw::Gaussian)
            .map(|p| p.done())
    };
    let made_of_x = |tensor: &str| {
        let (tensor, random) = (tensor.into(), "x".into());
        Some(ProofError::Symbolic(SymbolicError::MadeOf {
            tensor,
            random,
        }))
    };
    // Each would be held fixed, by the normal form and by the points alike.
    assert_eq!(over("x", "[i,a,b] ω[i,a,b]").err(), made_of_x("ω"));
    assert_eq!(over("x", "Ω[i] δ[i]").err(), made_of_x("Ω"));
    assert_eq!(over("x", "R[i,i]").err(), made_of_x("R"));
    assert!(over("G", "R[i,i] G[a,b] G[a,b]").is_ok());
    // Entries that are tied to one another, and a name that is mistyped.
    for tied in ["Y", "u", "B", "ω"] {
        let refused = over(tied, "Y[a,c] Y[a,c]").err();
        assert!(
            matches!(&refused, Some(ProofError::Symbolic(SymbolicError::Dependent { tensor })) if tensor == tied),
            "{refused:?}"
        );
    }
    assert!(over("X", "x[i,a] x[i,a]").is_err());
}

#[test]
fn the_bound_counts_the_scalars_of_the_cumulants() {
    let cube = &Polynomial::symbol("z", 3) * &Polynomial::symbol("κ₄", -2);
    let law = TensorLaw::Cumulants(vec![Polynomial::zero(), cube]);
    let theory = theory();
    let proof = theory
        .prove("")
        .from("x[i,a] x[i,a]")
        .and_then(|p| p.expect("", "x", &law))
        .unwrap()
        .done();
    // Two factors, each with a moment of numerator degree 3 + 2 and denominator 2; the result z³/κ₄² has
    // 3 + 2 over 2, and each side is brought over the other's denominator.
    assert_eq!(
        proof.checks().last().unwrap().degree(),
        (2 + 2 * 5) + 2 * 2 + 2
    );
}

#[test]
fn the_checker_refuses_steps_that_the_normaliser_would_let_pass() {
    // The checker on its own: a false equality of normal forms is caught at a shape, and named.
    let theory = theory();
    let [left, right] =
        ["x[i,a] x[i,a]", "x[i,a] x[j,a] δ[i] δ[j]"].map(|text| theory.expression(text).unwrap());
    let different = check::compare(&theory, &left, check::Under::Nothing, &right).unwrap();
    assert!(matches!(different, check::Comparison::Different { .. }));
    let wrong = theory.expression("n d + 1").unwrap();
    let law = TensorLaw::Gaussian;
    let different = check::compare(&theory, &left, check::Under::Mean("x", &law), &wrong).unwrap();
    assert!(matches!(different, check::Comparison::Different { .. }));
}

/// The check of a claimed step is of the two sides as they are written, before any normal form: what cancels counts in
/// its degree.
#[test]
fn a_claimed_step_is_checked_as_it_is_written() {
    let theory = theory();
    let begun = theory.prove("").from("x[i,a] x[i,a]").unwrap();
    let written = "x[i,a] x[i,a] + x[i,a] x[i,a] x[j,a] x[j,a] - x[j,a] x[i,a] x[j,a] x[i,a]";
    let proof = begun.is("what cancels", written).unwrap().done();
    assert_eq!(proof.checks().map(|check| check.degree()).max(), Some(4));
}

/// Neither the order in which a hypothesis writes the slots of a symmetric tensor nor that of the term decides whether
/// it is found.
#[test]
fn a_rule_finds_symmetric_tensors_in_every_order_of_their_slots() {
    for left in ["[a] Y[a,k] u[k]", "[a] Y[k,a] u[k]"] {
        let mut theory = Theory::new();
        theory
            .tensors("u[d] v[d]")
            .and_then(|t| t.symmetric("Y[d,d]", &[vec![1, 0]]))
            .unwrap();
        theory
            .rule("eigenvector", &format!("{left} = v[a]"))
            .unwrap();
        let rules = theory.rules(&["eigenvector"]).unwrap();
        for text in ["[a] Y[a,c] u[c]", "[a] u[c] Y[c,a]"] {
            let term = theory.expression(text).unwrap();
            assert_eq!(
                term.rewritten(&rules).unwrap().to_string(),
                "v_a",
                "{left}, {text}"
            );
        }
    }
}

/// A shape is used only if both sides can be evaluated there: 16 slots at d = 3 are 43 046 721 entries.
#[test]
fn the_right_side_counts_in_what_a_check_can_afford() {
    let mut theory = theory();
    let slots = |name: &str| vec![name; 16].join(",");
    theory.tensors(&format!("Z[{}]", slots("d"))).unwrap();
    let text = format!("Z[{}] - Z[{}] + G[a,b] G[a,b]", slots("k"), slots("q"));
    let proof = theory.prove("").from("G[a,b] G[a,b]");
    let proof = proof
        .and_then(|p| p.is("with what cancels", &text))
        .unwrap()
        .done();
    let shapes = proof.checks().last().unwrap().shapes();
    assert!(
        shapes.iter().all(|shape| shape.contains("d=2")),
        "{shapes:?}"
    );
}

/// The check of a rewriting is of what was rewritten against what came of it: W and v have a higher degree than σ and u.
#[test]
fn a_rewriting_is_checked_against_what_it_began_with() {
    let mut theory = Theory::new();
    theory
        .space("r", "t")
        .and_then(|t| t.singular_vectors("W[d,p]", "r", ["u", "σ", "v"]))
        .unwrap();
    let proof = theory
        .prove("")
        .from("[j,a] W[a,b] v[j,b]")
        .and_then(|p| p.rewrite("the singular vectors", &["Wv"]))
        .and_then(|p| p.is("the same", "[j,a] σ[j] u[j,a]"))
        .unwrap()
        .done();
    let degrees: Vec<u64> = proof.checks().map(|check| check.degree()).collect();
    assert!(degrees[0] > degrees[1], "{degrees:?}");
}

#[test]
fn an_expression_of_another_theory_does_not_enter_a_proof() {
    let (one, other) = (theory(), theory());
    let foreign = |name: &str| {
        let name = name.into();
        Some(ProofError::Symbolic(SymbolicError::Foreign { name }))
    };
    let of_other = other.expression("G[a,b] G[a,b]").unwrap();
    let begun = one.prove("").from_expression(of_other.clone());
    assert_eq!(begun.err(), foreign("G"));
    let claimed = one.prove("").from("G[a,b] G[a,b]").unwrap();
    let claimed = claimed.follows_expression("", of_other.clone(), &[]);
    assert_eq!(claimed.err(), foreign("G"));
    // Outside a proof as well: G − G is not 0 where the two are different tensors.
    let own = one.expression("G[a,b] G[a,b]").unwrap();
    assert!(own.equals(&of_other).is_err());
    // A scalar here that is a tensor there, and a space of other letters.
    let mut third = Theory::new();
    third.scalars("w").and_then(|t| t.space("h", "uv")).unwrap();
    for (text, name) in [("w", "w"), ("[u] δ[u]", "h"), ("h", "h")] {
        let begun = one
            .prove("")
            .from_expression(third.expression(text).unwrap());
        assert_eq!(begun.err(), foreign(name), "{text}");
    }
    // A copy of a theory goes on with the same tensors, until it declares its own.
    let mut copy = one.clone();
    copy.tensors("V[d]").unwrap();
    let shared = copy.expression("x[i,a] x[i,a]").unwrap();
    assert!(one.prove("").from_expression(shared).is_ok());
    let new = copy.expression("V[a] V[a]").unwrap();
    assert_eq!(one.prove("").from_expression(new).err(), foreign("V"));
}

#[test]
fn proofs_are_joined_only_if_every_name_means_the_same_in_both() {
    let proof = |theory: &Theory, text: &str| {
        let begun = theory.prove("").from(text).unwrap();
        begun.is("itself", text).unwrap().done()
    };
    let make = |text: &str| {
        let mut theory = theory();
        theory.define(text).unwrap();
        theory
    };
    let [first, same, second] =
        ["m = n^-1 x[i,a] x[i,a]", "m = n^-1 x[i,a] x[i,a]", "m = d"].map(make);
    let join = |a: &Theory, b: &Theory| proof(a, "m").and(proof(b, "m"));
    assert!(join(&first, &same).is_ok());
    let refused = join(&first, &second).unwrap_err();
    assert!(
        matches!(&refused, SymbolicError::TwoMeanings { name, .. } if name == "m"),
        "{refused}"
    );
    let mut symmetric = Theory::new();
    symmetric.symmetric("G[d,p]", &[]).unwrap();
    assert!(proof(&first, "m").and(proof(&symmetric, "n")).is_ok());
    let mut scalar = Theory::new();
    scalar.scalars("m").unwrap();
    let mut transposed = Theory::new();
    transposed.tensors("G[p,d]").unwrap();
    let mut inverse = Theory::new();
    inverse.inverse("G", &[], "[a,c] 2 δ[a,c]").unwrap();
    for other in [scalar, transposed, inverse] {
        assert!(proof(&first, "m").and(proof(&other, "n")).is_err());
    }
}

#[test]
fn a_title_or_a_reason_cannot_print_steps_of_its_own() {
    let theory = theory();
    let forged = "true\n      0\n    =     clear\n          ✓ n=2 d=3 p=2: ≤ 5e-19\n      1";
    let printed = theory.prove(forged).from("n").unwrap();
    let printed = printed.is(forged, "n").unwrap().done().to_string();
    let is_step = |line: &&str| line.starts_with("    =  ");
    assert_eq!(printed.lines().filter(is_step).count(), 1, "{printed}");
    let nothing = theory.prove("0 = 1").from("0").unwrap().done().to_string();
    assert!(nothing.contains("nothing is proved"), "{nothing}");
}
