//! Certificates with one thing that may not be: in the theory, in a term, in a witness.

use crate::honest::{acting, flow, node, rewriting, rule, stating, step, term, under, with};
use serde_json::json;

/// `A_ak R_kc = δ_ac` used where `k` is held by something else, or is a leg.
fn not_local(legs: &str, sum: &str, product: &[&str]) -> String {
    let left = node("k:d", &["A a k", "R k c"]);
    let right = json!([term("1", "", &["δ a c"])]);
    let derived = flow(
        json!([node("k:d", &["A a k", "R k c"]), node("", &["δ a c"])]),
        &["0 k", "1"],
        &["1", "0 c~"],
    );
    let fact = json!({"fact": {"of": "R", "form": "right", "scale": ["1"], "flow": derived}});
    let rules = json!([rule("AR", "a:d c:d", left, right, fact)]);
    let action = json!({"rule": "AR", "at": "0 1", "as": "a c k"});
    let begin = json!([json!({"coefficient": ["1"], "sum": sum, "product": product})]);
    let nodes = json!([acting(sum, product, action, &["1"]), node("", &["δ a c"])]);
    let entry = if sum.is_empty() { "0" } else { "0 k" };
    let to = json!([term("1", "", &["δ a c"])]);
    under(
        rules,
        legs,
        begin,
        rewriting(json!(["AR"]), to, flow(nodes, &[entry], &["1"])),
    )
}

/// An exponent that would run over into that of the next variable: `E Σ x^256` where all cumulants are 0.
fn power_of_256() -> String {
    let factors = vec!["x i a"; 256];
    let law = json!({"expectation": {"over": "x", "cumulants": vec![json!([]); 256]}});
    let node = acting("i:n a:d", &factors, json!({"integrate": 0}), &[]);
    stating(
        "",
        json!([term("1", "i:n a:d", &factors)]),
        step(law, json!([]), flow(json!([node]), &["0 i a"], &[])),
    )
}

pub(crate) fn misuses() -> Vec<(String, &'static str)> {
    let tensors = "/theories/0/tensors";
    let flow_at = "/chains/0/steps/0/flow";
    let asymmetric = json!({"name": "R", "slots": "d d", "symmetries": ["1 0"],
        "values": {"inverse": {"legs": "a:d c:d", "terms": [term("1", "", &["A a c"])]}}});
    vec![
        (
            not_local("a:d c:d", "k:d", &["A a k", "R k c", "A k k"]),
            "is not local",
        ),
        (
            not_local("a:d c:d k:d", "", &["A a k", "R k c"]),
            "is not local",
        ),
        (
            with(&format!("{tensors}/2/symmetries"), json!([])),
            "has no symmetry 1,0",
        ),
        (
            with(&format!("{tensors}/0/symmetries"), json!(["1 0"])),
            "the symmetry",
        ),
        (
            with(&format!("{tensors}/5"), asymmetric),
            "has not its symmetry",
        ),
        (
            with(
                &format!("{tensors}/4/values/defined/terms/0/product/1"),
                json!("ω k a"),
            ),
            "the tensor ω",
        ),
        (
            with(&format!("{tensors}/0/values"), json!("hermitian")),
            "x is not square",
        ),
        (
            with(&format!("{tensors}/1/values"), json!({"conjugate": "x"})),
            "A is no conjugate",
        ),
        (
            with(
                &format!("{tensors}/4/values"),
                json!({"mean": {"of": "x", "legs": "i:n a:d",
                "terms": [term("1", "", &["x i a"])]}}),
            ),
            "ω is no such mean",
        ),
        (
            with(
                &format!("{tensors}/4/values"),
                json!({"function": {"of": "x", "derivatives": "ω ψ", "legs": "i:n a:d",
                "terms": [term("1", "k:d", &["x i a", "x i k"])]}}),
            ),
            "ω is of a form that is not linear",
        ),
        (
            with("/theories/0/conditions", json!(["n d", "d q"])),
            "the number q",
        ),
        (
            with("/theories/0/conditions", json!(["z d"])),
            "the condition on z",
        ),
        (
            with("/theories/0/conditions", json!(["n d", "d n"])),
            "no sizes that differ satisfy",
        ),
        (
            with(&format!("{tensors}/1/name"), json!("x")),
            "two meanings of x",
        ),
        (with(&format!("{tensors}/1/name"), json!("δ")), "the name δ"),
        (
            with("/theories/0/scalars", json!("z d")),
            "two meanings of d",
        ),
        (
            with("/chains/0/legs", json!("a:d a:d")),
            "two meanings of a",
        ),
        (
            with("/chains/0/begin/0/sum", json!("k:d k:d")),
            "two meanings of k",
        ),
        (
            with("/chains/0/begin/0/sum", json!("k:d a:d")),
            "two meanings of a",
        ),
        (with("/chains/0/begin/0/sum", json!("k:n")), "Y over d n"),
        (
            with("/chains/0/begin/0/coefficient/0", json!("1/0")),
            "the coefficient 1/0",
        ),
        (
            with("/chains/0/begin/0/coefficient/0", json!("NaN")),
            "the coefficient NaN",
        ),
        (
            with("/chains/0/begin/0/coefficient/0", json!("9".repeat(999))),
            "the coefficient 999",
        ),
        (
            with("/chains/0/begin/0/coefficient/0", json!("1 q")),
            "the symbol q",
        ),
        (
            with(
                "/chains/0/begin/0/coefficient/0",
                json!("1 d^9999999999999"),
            ),
            "the power",
        ),
        (
            with(&format!("{flow_at}/left/0"), json!("0 k k")),
            "has not each index",
        ),
        (
            with(&format!("{flow_at}/left/0"), json!("0 a")),
            "has not each index",
        ),
        (
            with(&format!("{flow_at}/left/0"), json!("7 k")),
            "the number 7",
        ),
        (
            with(&format!("{flow_at}/right/0"), json!("0 k")),
            "is not the node 0",
        ),
        (
            with(&format!("{flow_at}/nodes/0/sum"), json!("k:d e:d")),
            "a node has a loop",
        ),
        (power_of_256(), "an expectation of degree 256"),
        (with("/chains/0/steps", json!([])), "a chain without a step"),
        (with("/chains", json!([])), "nothing is stated"),
        (with("/chains/0/theory", json!(true)), "the theory"),
        (with("/chains/0/theory", json!(1)), "the theory 1"),
        (with("/version", json!(2)), "not a certificate of version 1"),
        (
            with("/format", json!("proof")),
            "not a certificate of version 1",
        ),
    ]
}
