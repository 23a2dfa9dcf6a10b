//! What '≈' may drop.

use super::{reason, refused, theory};
use tensor_dyson::symbolic::{Proof, ProofError, Scaling, TensorLaw, Theory};

fn dropped(theory: &Theory, text: &str, scaling: Scaling, order: i32) -> Result<Proof, ProofError> {
    let begun = theory.prove("").from(text)?;
    Ok(begun.approximately("", scaling, order)?.done())
}

#[test]
fn nothing_is_dropped_whose_order_nothing_tells() {
    let theory = theory(|t| t.scalars("z κ₄")?.tensors("x[n,d] G[d,p]")).unwrap();
    let all: Scaling = &[("n", 1), ("d", 1), ("p", 1)];
    for (text, scaling, name) in [
        ("n^-1 x[i,a] x[i,a]", all, "x"),
        ("n + G[a,b] G[a,b]/n", all, "G"),
        ("n + z", all, "z"),
        ("n + κ₄ d^-1", all, "κ₄"),
        ("n + d", &all[..1], "d"),
        ("δ[a,a] + n", &all[..1], "d"),
        ("n + 1/d", &[("n", 1), ("p", 1)], "d"),
    ] {
        refused(
            dropped(&theory, text, scaling, 1),
            &format!("nothing tells of what order `{name}` is"),
        );
    }
    refused(
        dropped(&theory, "n + 1", &[("n", 1), ("n", 5)], 1),
        "`n` is declared already",
    );
    let kept = dropped(&theory, "n + d^-1", all, 1).unwrap();
    assert_eq!(kept.conclusion().unwrap().to_string(), "n");
}

#[test]
fn an_expectation_does_not_follow_what_was_dropped() {
    let mut theory = theory(|t| t.tensors("x[n,d] G[d,p]")).unwrap();
    let scaling: Scaling = &[("n", 1), ("d", 1), ("p", 1)];
    theory.of_order("x", 0).unwrap();
    let begun = theory.prove("").from("n^-1 x[i,a] x[i,a]").unwrap();
    let begun = begun.approximately("", scaling, 0).unwrap();
    refused(
        begun
            .expect("", "x", &TensorLaw::Gaussian)
            .map(|p| p.done()),
        "cannot stand after ≈",
    );
    // A new chain begins without it.
    let begun = theory.prove("").from("n").unwrap();
    let begun = begun.approximately("", scaling, 0).unwrap();
    let begun = begun.from("x[i,a] x[i,a]").unwrap();
    assert!(begun.expect("", "x", &TensorLaw::Gaussian).is_ok());
}

#[test]
fn a_tensor_counts_with_its_declared_order_and_the_proof_says_so() {
    let mut theory = theory(|t| t.tensors("G[d,p]")).unwrap();
    let scaling: Scaling = &[("d", 1), ("p", 1)];
    theory.of_order("G", 1).unwrap();
    let proof = dropped(&theory, "d G[a,b] G[a,b] + d^2", scaling, 3).unwrap();
    assert_eq!(proof.conclusion().unwrap().to_string(), "d G_ab G_ab");
    let printed = proof.to_string();
    assert!(
        printed.contains("each factor G counts as of order 1 under ≈"),
        "{printed}"
    );
    assert!(
        printed.contains("≈ as N grows, with d ~ N, p ~ N"),
        "{printed}"
    );
    assert_eq!(reason(theory.of_order("G", 0)), "`G` is declared already");
    assert_eq!(reason(theory.of_order("H", 0)), "`H` is not declared");
}

/// A dimension is at least 1, and `i` is a number: neither can be small or large.
#[test]
fn what_cannot_grow_has_no_order() {
    let theory = theory(|t| t.scalars("i z")).unwrap();
    for (text, scaling, name) in [
        ("1 + n", &[("n", -1)][..], "`n` cannot be of order -1"),
        ("1 + n", &[("n", i32::MIN)], "`n` cannot be of order"),
        ("i + n", &[("i", 5), ("n", 1)], "`i` cannot be of order 5"),
        ("i + n", &[("i", 0), ("n", 1)], "`i` cannot be of order 0"),
        (
            "1 + z/n",
            &[("z", 3), ("n", -2)],
            "`n` cannot be of order -2",
        ),
    ] {
        refused(dropped(&theory, text, scaling, 0), name);
    }
    // The unit counts as a number, and a scalar may be small.
    let kept = dropped(&theory, "i n + i + z", &[("n", 1), ("z", -1)], 1).unwrap();
    assert_eq!(kept.conclusion().unwrap().to_string(), "i n");
}

#[test]
fn a_tensor_has_not_two_orders_in_two_theories() {
    let base = theory(|t| t.tensors("G[d,p]")).unwrap();
    let proof = |order: Option<i32>| {
        let mut theory = base.clone();
        if let Some(order) = order {
            theory.of_order("G", order).unwrap();
        }
        let begun = theory.prove("").from("G[a,b] G[a,b] + d").unwrap();
        let begun = begun.is("", "d + G[a,b] G[a,b]").unwrap();
        match order {
            Some(_) => begun.approximately("", &[("d", 1), ("p", 1)], 1).unwrap(),
            None => begun,
        }
        .done()
    };
    for (one, other) in [(Some(0), Some(2)), (Some(2), Some(0)), (None, Some(0))] {
        refused(proof(one).and(proof(other)), "`G` stands for");
    }
    assert!(proof(Some(0)).and(proof(Some(0))).is_ok());
}
