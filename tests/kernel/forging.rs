//! Proofs that are put together from what does not belong together.

use super::{reason, refused, theory};
use tensor_dyson::symbolic::{
    Ensemble, Notation, Polynomial, Proof, ProofError, SymbolicError, TensorLaw, Theory,
};

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
    let over = own.prove("").expect("", "x", &TensorLaw::Gaussian);
    refused(over.map(|p| p.done()), "nothing to start from");
}

/// Legs are matched by their places: printed under their own names, a transpose would look like what it is the
/// transpose of.
#[test]
fn legs_keep_their_names_in_print() {
    let own = theory(|t| t.tensors("T[d,d] S[d,d] v[d]")).unwrap();
    let printed = |from: &str, to: &str| {
        let begun = own.prove("").from(from).unwrap();
        let proof = begun.is("", to).unwrap().done();
        proof.conclusion().unwrap().to_string()
    };
    assert_eq!(printed("[a,c] T[a,c]", "[c,a] T[c,a]"), "T_ac");
    assert_eq!(printed("[a,c] T[a,c]", "[k,q] T[k,q]"), "T_ac");
    assert_eq!(
        printed("[a,c] T[a,k] S[k,c]", "[c,k] T[c,a] S[a,k]"),
        "T_ak S_kc"
    );
    let begun = own.prove("").from("[a,c] T[a,c]").unwrap();
    refused(
        begun.is("", "[c,a] T[a,c]").map(|p| p.done()),
        "the sides differ by T_ac − T_ca",
    );
    // By an expression that is made and not written, too.
    let made = own.expression("[c,a] T[c,a] v[k] v[k]").unwrap();
    let begun = own.prove("").from("[a,c] v[q] v[q] T[a,c]").unwrap();
    let proof = begun.follows_expression("", made, &[]).unwrap().done();
    assert_eq!(proof.conclusion().unwrap().to_string(), "T_ac v_k v_k");
}

#[test]
fn marks_in_words_turn_nothing_and_end_no_step() {
    let own = theory(|t| t.tensors("x[d]")).unwrap();
    let marks = "a\u{2028}    =     b\u{202e}c\u{2066}\u{200b}\u{feff}d";
    let begun = own.prove(marks).from("x[a] x[a]").unwrap();
    let proof = begun
        .is("} \\\\ 0 &= 1 \\text{$x^2_3~%#", "x[c] x[c]")
        .unwrap()
        .done();
    assert_eq!(proof.title(), "a = b c d");
    let tex = proof.written(Notation::Tex);
    let reason = "\\text{\\} \\textbackslash{}\\textbackslash{} 0 \\&= 1 \\textbackslash{}text\\{\\$x\\textasciicircum{}2\\_3\\textasciitilde{}\\%\\#}";
    assert!(tex.contains(reason), "{tex}");
    // Behind what is assumed, and behind the first expression.
    assert_eq!(tex.matches("\\\\\n").count(), 2, "{tex}");
}

/// Two means of one tensor under two laws would stand under assumptions that contradict each other.
#[test]
fn a_random_tensor_has_one_law_in_a_proof() {
    let own = theory(|t| t.scalars("κ")?.tensors("x[n,d] y[n,d]")).unwrap();
    let kurtosis = TensorLaw::standardized(Polynomial::symbol("κ", 1));
    let fourth = |tensor: &str, law: &TensorLaw| {
        let text = format!("{tensor}[i,a] {tensor}[i,a] {tensor}[i,a] {tensor}[i,a]");
        own.prove("")
            .from(&text)
            .and_then(|p| p.expect("", tensor, law))
    };
    let gaussian = fourth("x", &TensorLaw::Gaussian).unwrap();
    let second = gaussian.clone().from("x[i,a] x[i,a]").unwrap();
    refused(
        second.clone().expect("", "x", &kurtosis).map(|p| p.done()),
        "under another law",
    );
    refused(
        second
            .clone()
            .by_parts("", "x", &TensorLaw::Ensemble(Ensemble::symmetric(1)))
            .map(|p| p.done()),
        "under another law",
    );
    assert!(second.expect("", "x", &TensorLaw::Gaussian).is_ok());
    let proof = gaussian.done();
    let other = fourth("x", &kurtosis).unwrap().done();
    refused(proof.clone().and(other.clone()), "under another law");
    refused(other.and(proof.clone()), "under another law");
    assert!(proof.and(fourth("y", &kurtosis).unwrap().done()).is_ok());
    // What is averaged one after the other is independent, and the proof says so.
    let both = own.prove("").from("x[i,a] y[i,a] x[j,c] y[j,c]").unwrap();
    let both = both
        .expect("", "y", &TensorLaw::Gaussian)
        .and_then(|p| p.expect("", "x", &TensorLaw::Gaussian));
    let printed = both.unwrap().done().to_string();
    assert!(
        printed.contains("      x and y are independent\n"),
        "{printed}"
    );
}
