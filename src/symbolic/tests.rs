//! The calculus on small identities whose answers are known by hand.

use super::*;

mod graphs;
mod proofs;

fn theory() -> Theory {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] G[d,p] W[d,p] T[d,d,d,d]")
        .and_then(|t| t.symmetric("Y[d,d]", &[vec![1, 0]]))
        .and_then(|t| t.scalars("κ₄ z"))
        .unwrap();
    theory
}

fn equal(left: &str, right: &str) -> bool {
    let theory = theory();
    let [left, right] = [left, right].map(|text| theory.expression(text).unwrap());
    left.equals(&right).unwrap()
}

#[test]
fn names_order_and_deltas_do_not_matter() {
    assert!(equal("[a,b] δ[a,c] G[c,b]", "[s,f] G[s,f]"));
    assert!(equal(
        "G[a,b] G[c,b] x[i,a] x[i,c]",
        "x[j,q] G[q,e] x[j,s] G[s,e]"
    ));
    assert!(equal("δ[a,a] δ[i,j] δ[j,i]", "n d"));
    assert!(equal("[a] δ[a] δ[c]", "[a] d δ[a]"));
    assert!(equal("(1/2 + 1/2) z/(2 z^2)", "z^-1/2"));
}

#[test]
fn one_index_of_four_tells_contractions_apart() {
    assert!(!equal(
        "G[a,b] G[c,b] G[c,e] G[a,e]",
        "G[a,b] G[a,b] G[c,e] G[c,e]"
    ));
    assert!(!equal("[a,c] T[a,k,k,c]", "[a,c] T[k,a,k,c]"));
    assert!(!equal(
        "[a,c] Y[a,c] + T[a,c,k,k]",
        "[a,c] Y[c,a] + T[c,a,k,k]"
    ));
}

#[test]
fn declared_symmetries_are_used_and_no_others() {
    assert!(equal("[a,c] Y[a,k] Y[k,c]", "[a,c] Y[k,a] Y[c,k]"));
    assert!(!equal("[a,c] T[a,c,k,k]", "[a,c] T[c,a,k,k]"));
}

#[test]
fn regular_graphs_that_colours_cannot_tell_apart_are_told_apart() {
    let ring = |size: usize, name: &str| {
        let edge = |k: usize| format!("Y[{name}{k},{name}{}]", (k + 1) % size);
        (0..size).map(edge).collect::<Vec<_>>().join(" ")
    };
    assert!(!equal(
        &ring(6, "a"),
        &format!("{} {}", ring(3, "a"), ring(3, "c"))
    ));
    assert!(equal(&ring(8, "a"), &ring(8, "q")));
}

#[test]
fn braids_permute_the_legs() {
    let t = theory().expression("[a,c,k,q] T[a,c,k,q]").unwrap();
    let braided = t.braided(&[0, 2, 1, 3]).unwrap();
    assert_eq!(braided.to_string(), "T_akcq");
    assert_eq!(
        t.braided(&[0, 0, 1, 2])
            .map_err(|e| e.to_string())
            .unwrap_err(),
        "[0, 0, 1, 2] does not permute 4 legs"
    );
}

#[test]
fn text_that_cannot_be_read_is_an_error_with_its_reason() {
    let theory = theory();
    let reason = |text: &str| theory.expression(text).unwrap_err().to_string();
    assert_eq!(
        reason("[a] G[a,b]"),
        "index `b` stands alone in a term of `[a] G[a,b]`; where that is meant, write δ[b]"
    );
    assert_eq!(reason("G[a,a]"), "index `a` runs over `d` and over `p`");
    assert_eq!(reason("H[a]"), "`H` is not declared");
    assert_eq!(reason("G[a]"), "`G` has 2 slots, not 1");
    assert_eq!(reason("z +"), "`end` cannot stand at character 3 of `z +`");
    assert_eq!(
        reason("1/(n + d)"),
        "only a single power product can be divided by, or a polynomial in one symbol with integer roots, in `1/(n + d)`"
    );
    assert_eq!(reason("[w] δ[w]"), "nothing tells what index `w` runs over");
}

#[test]
fn rules_rewrite_only_what_is_summed_inside_the_match() {
    let mut theory = theory();
    theory
        .rule("orthogonal", "[a,c] G[a,b] G[c,b] = δ[a,c]")
        .unwrap();
    let rules = theory.rules(&["orthogonal"]).unwrap();
    let rewritten = |text: &str| {
        theory
            .expression(text)
            .unwrap()
            .rewritten(&rules)
            .unwrap()
            .to_string()
    };
    assert_eq!(rewritten("[a,c] G[a,b] G[c,b] z"), "z δ_ac");
    assert_eq!(rewritten("G[a,b] G[a,b]"), "d");
    assert_eq!(rewritten("[b] G[a,b] G[a,b]"), "G_ab G_ab");
    assert_eq!(
        rewritten("[a,c] G[a,b] G[c,b] W[k,b] W[k,b]"),
        "G_ab G_cb W_kb W_kb"
    );
}

#[test]
fn wicks_theorem_and_the_cumulant_expansion() {
    let theory = theory();
    let x = theory.expression("x[i,a] x[i,a] x[i,c] x[i,c]").unwrap();
    let law = TensorLaw::standardized(Polynomial::symbol("κ₄", 1));
    let gaussian = x
        .expected("x", &TensorLaw::Gaussian)
        .unwrap()
        .as_polynomial()
        .unwrap();
    let general = x.expected("x", &law).unwrap().as_polynomial().unwrap();
    assert_eq!(gaussian.to_string(), "d² n + 2 d n");
    assert_eq!((&general - &gaussian).to_string(), "d n κ₄");
    // Each block brings its own cumulant: E x⁴ = 3v² + κ for the variance v.
    let fourth = theory.expression("x[i,a] x[i,a] x[i,a] x[i,a]").unwrap();
    let zero = Polynomial::zero();
    let with_variance = TensorLaw::Cumulants(vec![
        zero.clone(),
        Polynomial::symbol("v", 1),
        zero,
        Polynomial::symbol("κ", 1),
    ]);
    let moment = fourth.expected("x", &with_variance).unwrap();
    let expected =
        &(&Polynomial::from(3) * &Polynomial::symbol("v", 2)) + &Polynomial::symbol("κ", 1);
    let all = &expected * &(&Polynomial::symbol("n", 1) * &Polynomial::symbol("d", 1));
    assert_eq!(moment.as_polynomial(), Some(all));
    let sixth = theory
        .expression("x[i,a] x[i,a] x[i,a] x[i,a] x[i,a] x[i,a]")
        .unwrap();
    assert_eq!(
        sixth.expected("x", &law),
        Err(SymbolicError::Cumulant { order: 5 })
    );
}

#[test]
fn both_notations_write_the_same_term() {
    let term = theory()
        .expression("[a,c,b,e] -κ₄/2 n^-1 δ[a,c] G[a,b] G[a,e]")
        .unwrap();
    assert_eq!(term.written(Notation::Unicode), "−κ₄/(2 n) δ_ac G_ab G_ae");
    assert_eq!(
        term.written(Notation::Tex),
        "- \\frac{\\kappa_{4}}{2 n} {\\delta}_{ac} {G}_{ab} {G}_{ae}"
    );
    let sum = theory()
        .expression("n^2 - d^-1/3")
        .unwrap()
        .as_polynomial()
        .unwrap();
    assert_eq!(sum.written(Notation::Unicode), "n² − 1/(3 d)");
    assert_eq!(sum.written(Notation::Tex), "n^{2} - \\frac{1}{3 d}");
}

#[test]
fn the_slides_identity_over_samples_and_inputs_cannot_be_typed() {
    let mut theory = Theory::new();
    theory.tensors("𝒜[d,p,n]").unwrap();
    let block = theory
        .prove("")
        .from("[a,b,c,e] δ[a,c] δ[b,e] - 𝒜[a,b,i] 𝒜[c,e,i]")
        .unwrap();
    let printed = block.is(
        "ℐ_{n,d} for ℐ_{d,p}",
        "[i,a,j,c] δ[i,j] δ[a,c] - 𝒜[a,b,i] 𝒜[c,b,j]",
    );
    let legs = SymbolicError::Legs {
        left: "d,p,d,p".into(),
        right: "n,d,n,d".into(),
    };
    assert_eq!(printed.err(), Some(ProofError::Symbolic(legs)));
}

#[test]
fn a_delta_does_not_tie_indices_of_two_spaces() {
    let reason = |text: &str| theory().expression(text).unwrap_err().to_string();
    assert_eq!(
        reason("[a,i] δ[a,i]"),
        "index `i` runs over `n` and over `d`"
    );
    assert_eq!(
        reason("δ[i,c] x[i,k] G[c,b] δ[k] δ[b]"),
        "index `c` runs over `d` and over `n`"
    );
    // A summed index runs over the space of what it is tied to, whatever its letter.
    for tied in ["δ[a,w] δ[w,a]", "δ[a,i] δ[i,a]"] {
        let expression = theory().expression(tied).unwrap();
        let spaces = expression.terms()[0]
            .summed
            .iter()
            .map(|index| &index.space);
        assert!(
            spaces
                .clone()
                .all(|space| Some(space) == spaces.clone().next())
        );
        assert!(equal(tied, "d"));
    }
}

#[test]
fn lowered_digits_are_one_subscript_in_tex() {
    let mut theory = Theory::new();
    theory.tensors("M₂₁[d,n] 𝒮*Y[d,d]").unwrap();
    let term = theory.expression("[a,i] M₂₁[a,i] 𝒮*Y[c,c]").unwrap();
    assert_eq!(
        term.written(Notation::Tex),
        "{M_{21}}_{ai} {\\mathcal{S}^{*}Y}_{cc}"
    );
}

#[test]
fn a_coefficient_of_several_terms_keeps_its_sign_in_a_sum() {
    let sum = theory().expression("[] (d - n) + G[a,b] G[a,b]").unwrap();
    assert_eq!(sum.to_string(), "d − n + G_ab G_ab");
    assert_eq!(sum.normal_form().to_string(), "(−n + d) + G_ab G_ab");
}

/// A pattern is one product of tensors, with coefficient 1, in which every leg stands.
#[test]
fn other_left_sides_are_no_patterns() {
    for equation in [
        "[a,b] 2 G[a,b] = W[a,b]",
        "[a,b] z G[a,b] = W[a,b]",
        "[a,b] G[a,b] + W[a,b] = G[a,b]",
        "[a,c] δ[a,c] = G[a,b] G[c,b]",
        "[] z = G[a,b] W[a,b]",
        "[a,c] G[a,b] W[a,b] δ[a,c] = G[a,b] G[c,b]",
    ] {
        let found = theory().rule("left", equation).map(|_| ());
        assert!(
            matches!(found, Err(SymbolicError::Pattern { .. })),
            "{equation}: {found:?}"
        );
    }
    for equation in [
        "[a,b] G[a,b] = 2 W[a,b]",
        "[a,c] G[a,b] G[c,b] = δ[a,c]",
        "[] G[a,b] W[a,b] = z",
    ] {
        let mut theory = theory();
        let found = theory.rule("left", equation);
        assert!(found.is_ok(), "{equation}: {:?}", found.err());
    }
}
