//! A certificate written by hand, and the pieces to write others with.

use serde_json::{Value, json};

/// A certificate of one step that says, rightly, `Y_ak A_kc = Y_ka A_kc` for a symmetric `Y`.
pub(crate) fn honest() -> Value {
    json!({
        "format": "tensor-dyson certificate",
        "version": 1,
        "title": "Y = Yᵀ",
        "theories": [{
            "spaces": "n d",
            "conditions": [],
            "scalars": "z κ",
            "tensors": [
                free("x", "n d", &[]),
                free("A", "d d", &[]),
                free("Y", "d d", &["1 0"]),
                made("o", "", "defined", "", json!([term("1", "", &[])])),
                made("ω", "n d", "defined", "i:n a:d", json!([term("1", "k:d", &["x i k", "A k a"])])),
                made("R", "d d", "inverse", "a:d c:d", json!([term("1", "", &["A a c"])])),
            ],
            "rules": []
        }],
        "chains": [chain("a:d c:d", json!([term("1", "k:d", &["Y a k", "A k c"])]), rewriting(
            json!([]),
            json!([term("1", "k:d", &["Y k a", "A k c"])]),
            flow(json!([node("k:d", &["Y a k", "A k c"])]), &["0 k"], &["0 k 0:1,0"]),
        ))]
    })
}

pub(crate) fn free(name: &str, slots: &str, symmetries: &[&str]) -> Value {
    json!({"name": name, "slots": slots, "symmetries": symmetries, "values": "free"})
}

pub(crate) fn made(name: &str, slots: &str, kind: &str, legs: &str, terms: Value) -> Value {
    let values = json!({kind: {"legs": legs, "terms": terms}});
    json!({"name": name, "slots": slots, "symmetries": [], "values": values})
}

pub(crate) fn term(coefficient: &str, sum: &str, product: &[&str]) -> Value {
    json!({"coefficient": [coefficient], "sum": sum, "product": product})
}

pub(crate) fn node(sum: &str, product: &[&str]) -> Value {
    json!({"sum": sum, "product": product})
}

pub(crate) fn acting(sum: &str, product: &[&str], action: Value, into: &[&str]) -> Value {
    json!({"sum": sum, "product": product, "do": action, "into": into})
}

pub(crate) fn flow(nodes: Value, left: &[&str], right: &[&str]) -> Value {
    json!({"nodes": nodes, "left": left, "right": right})
}

pub(crate) fn step(by: Value, to: Value, flow: Value) -> Value {
    json!({"name": "so it is", "by": by, "to": to, "flow": flow})
}

pub(crate) fn rewriting(rules: Value, to: Value, flow: Value) -> Value {
    step(json!({"rewriting": rules}), to, flow)
}

pub(crate) fn chain(legs: &str, begin: Value, step: Value) -> Value {
    json!({"theory": 0, "legs": legs, "begin": begin, "steps": [step]})
}

/// The honest one with something else in one place.
pub(crate) fn with(at: &str, value: Value) -> String {
    let mut forged = honest();
    match forged.pointer_mut(at) {
        Some(place) => *place = value,
        None => panic!("{at} is nowhere"),
    }
    forged.to_string()
}

/// The honest one with another chain.
pub(crate) fn stating(legs: &str, begin: Value, step: Value) -> String {
    with("/chains/0", chain(legs, begin, step))
}

/// The honest one with a rule, and a chain that uses it: `[legs] begin = to`.
pub(crate) fn under(rules: Value, legs: &str, begin: Value, step: Value) -> String {
    let mut forged = honest();
    forged["theories"][0]["rules"] = rules;
    forged["chains"][0] = chain(legs, begin, step);
    forged.to_string()
}

pub(crate) fn rule(name: &str, legs: &str, left: Value, right: Value, from: Value) -> Value {
    json!({"name": name, "legs": legs, "left": left, "right": right, "from": from})
}
