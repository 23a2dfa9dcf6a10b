//! Proofs that are put together from what does not belong together.

use super::{reason, refused, theory};
use tensor_dyson::symbolic::{Law, Proof, ProofError, SymbolicError, Theory};

type Declare = fn(&mut Theory) -> Result<&mut Theory, SymbolicError>;

/// `left = left` in a theory, which holds whatever the names mean.
fn trivial(declare: Declare, text: &str) -> Proof {
    let theory = theory(declare).unwrap();
    let begun = theory.prove("").from(text).unwrap();
    begun.is("the same", text).unwrap().done()
}

#[test]
fn proofs_in_which_a_name_has_two_meanings_are_not_joined() {
    let pairs: [(Declare, Declare, &str, &str); 7] = [
        (
            |t| t.scalars("m"),
            |t| t.tensors("m"),
            "m",
            "`m` stands for",
        ),
        (
            |t| t.define("m = n"),
            |t| t.define("m = d"),
            "m",
            "`m` stands for",
        ),
        (
            |t| t.define("m = n"),
            |t| t.scalars("m"),
            "m",
            "`m` stands for",
        ),
        (
            |t| t.tensors("A[d,d]"),
            |t| t.symmetric("A[d,d]", &[vec![1, 0]]),
            "A[a,a]",
            "`A` stands for",
        ),
        (
            |t| t.inverse("R", &[], "[a,c] δ[a,c]"),
            |t| t.inverse("R", &[], "[a,c] 2 δ[a,c]"),
            "R[a,a]",
            "`R` stands for",
        ),
        (
            |t| t.tensors("H[d,d]"),
            |t| t.hermitian("H[d,d]"),
            "H[a,a]",
            "`H` stands for",
        ),
        (
            |t| t.complex("Z[d]", "Y"),
            |t| t.tensors("Z[d] Y[d]"),
            "Z[a] Y[a]",
            "`Y` stands for",
        ),
    ];
    for (one, other, text, because) in pairs {
        let (first, second) = (trivial(one, text), trivial(other, text));
        refused(first.clone().and(second.clone()), because);
        refused(second.and(first.clone()), because);
        // The same declarations in a theory of their own mean the same.
        assert!(first.and(trivial(one, text)).is_ok(), "{text}");
    }
}

#[test]
fn what_another_theory_declares_is_another_thing() {
    let own = theory(|t| t.scalars("z")?.tensors("x[d] G[d,p]")).unwrap();
    let others: [(Declare, &str); 5] = [
        (|t| t.scalars("z")?.tensors("x[d] G[d,p]"), "x[a] x[a]"),
        (|t| t.symmetric("x[d]", &[]), "x[a] x[a]"),
        (|t| t.scalars("w"), "w"),
        (|t| t.space("h", "h"), "h"),
        (|t| t.define("x[a] = δ[a]"), "x[a]  x[a]"),
    ];
    for (declare, text) in others {
        let foreign = theory(declare).unwrap().expression(text).unwrap();
        let begun = own.prove("").from_expression(foreign.clone());
        refused(begun.map(|p| p.done()), "is not");
        let begun = own.prove("").from("x[a] x[a]").unwrap();
        refused(
            begun.follows_expression("", foreign, &[]).map(|p| p.done()),
            "is not",
        );
    }
    let letters = Theory::of("n: i j; d: q r; p: b e").unwrap();
    let foreign = letters.expression("[q,r] δ[q,r]").unwrap();
    refused(
        own.prove("").from_expression(foreign).map(|p| p.done()),
        "is not",
    );
    // Two of one name are told apart in one expression, too.
    let twin = theory(|t| t.scalars("z")?.tensors("x[d] G[d,p]")).unwrap();
    let one = own.expression("[a] x[a]").unwrap();
    let sum = one.minus(&twin.expression("[a] x[a]").unwrap());
    assert!(reason(sum).contains("`x` of the expression"));
}

#[test]
fn words_do_not_print_steps() {
    let own = theory(|t| t.tensors("x[d]")).unwrap();
    let fake = "a title\n\n    =     by magic\n          ✓ d=2 n=3: ≤ 1e-18\n      0";
    let begun = own.prove(fake).from("x[a] x[a]").unwrap();
    let proof = begun.is(fake, "x[c] x[c]").unwrap().done();
    let printed = proof.to_string();
    assert_eq!(printed.matches("\n    =  ").count(), 1, "{printed}");
    assert_eq!(
        printed
            .lines()
            .filter(|line| line.trim_start().starts_with('✓'))
            .count(),
        1,
        "{printed}"
    );
    let refutation = own.prove("").from("x[a] x[a]").unwrap().is(fake, "0");
    assert!(!reason(refutation.map(|p| p.done())).contains('\n'));
}

#[test]
fn a_chain_without_a_step_proves_nothing() {
    let own = theory(|t| t.tensors("x[d]")).unwrap();
    let printed = own
        .prove("0 = 1")
        .from("x[a] x[a]")
        .unwrap()
        .done()
        .to_string();
    assert!(printed.contains("nothing is proved"), "{printed}");
    let none: Result<_, ProofError> = own.prove("").is("", "0");
    refused(none.map(|p| p.done()), "nothing to start from");
    let over = own.prove("").expect("", "x", &Law::Gaussian);
    refused(over.map(|p| p.done()), "nothing to start from");
}
