//! Certificates written by hand to deceive the checker: each is refused for its own reason.

use crate::checker::checked;
use serde_json::{Value, json};

/// A certificate of one step that says, rightly, `Y_ak A_kc = Y_ka A_kc` for a symmetric `Y`.
fn honest() -> Value {
    json!({
        "format": "tensor-dyson certificate",
        "version": 1,
        "title": "Y = Yᵀ",
        "theories": [{
            "spaces": "n d",
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

fn free(name: &str, slots: &str, symmetries: &[&str]) -> Value {
    json!({"name": name, "slots": slots, "symmetries": symmetries, "values": "free"})
}

fn made(name: &str, slots: &str, kind: &str, legs: &str, terms: Value) -> Value {
    let values = json!({kind: {"legs": legs, "terms": terms}});
    json!({"name": name, "slots": slots, "symmetries": [], "values": values})
}

fn term(coefficient: &str, sum: &str, product: &[&str]) -> Value {
    json!({"coefficient": [coefficient], "sum": sum, "product": product})
}

fn node(sum: &str, product: &[&str]) -> Value {
    json!({"sum": sum, "product": product})
}

fn acting(sum: &str, product: &[&str], action: Value, into: &[&str]) -> Value {
    json!({"sum": sum, "product": product, "do": action, "into": into})
}

fn flow(nodes: Value, left: &[&str], right: &[&str]) -> Value {
    json!({"nodes": nodes, "left": left, "right": right})
}

fn step(by: Value, to: Value, flow: Value) -> Value {
    json!({"name": "so it is", "by": by, "to": to, "flow": flow})
}

fn rewriting(rules: Value, to: Value, flow: Value) -> Value {
    step(json!({"rewriting": rules}), to, flow)
}

fn chain(legs: &str, begin: Value, step: Value) -> Value {
    json!({"theory": 0, "legs": legs, "begin": begin, "steps": [step]})
}

/// The honest one with something else in one place.
fn with(at: &str, value: Value) -> String {
    let mut forged = honest();
    match forged.pointer_mut(at) {
        Some(place) => *place = value,
        None => panic!("{at} is nowhere"),
    }
    forged.to_string()
}

/// The honest one with another chain.
fn stating(legs: &str, begin: Value, step: Value) -> String {
    with("/chains/0", chain(legs, begin, step))
}

/// The honest one with a rule, and a chain that uses it: `[legs] begin = to`.
fn under(rules: Value, legs: &str, begin: Value, step: Value) -> String {
    let mut forged = honest();
    forged["theories"][0]["rules"] = rules;
    forged["chains"][0] = chain(legs, begin, step);
    forged.to_string()
}

fn rule(name: &str, legs: &str, left: Value, right: Value, from: Value) -> Value {
    json!({"name": name, "legs": legs, "left": left, "right": right, "from": from})
}

/// `o = z`, which is 1.
fn contradiction(from: Value) -> String {
    let rules = json!([rule(
        "o",
        "",
        node("", &["o"]),
        json!([term("1 z", "", &[])]),
        from
    )]);
    let action = json!({"rule": "o", "at": "0", "as": ""});
    let nodes = json!([acting("", &["o"], action, &["1"]), node("", &[])]);
    let step = rewriting(
        json!(["o"]),
        json!([term("1 z", "", &[])]),
        flow(nodes, &["0"], &["1"]),
    );
    under(rules, "", json!([term("1", "", &["o"])]), step)
}

/// `E` of a product over a tensor, `= to`, with one flow.
fn expectation(over: &str, begin: Value, to: Value, flow: Value) -> String {
    stating(
        "",
        begin,
        step(json!({"expectation": {"over": over}}), to, flow),
    )
}

fn falsehoods() -> Vec<(String, &'static str)> {
    let one = || json!([term("1", "", &[])]);
    let square = || json!([term("1", "i:n a:d", &["x i a", "x i a"])]);
    let squared = |action: Value| acting("i:n a:d", &["x i a", "x i a"], action, &["1"]);
    let scalar = || node("", &[]);
    let zero_is_one = |nodes, right: &[&str]| {
        stating(
            "",
            json!([]),
            rewriting(json!([]), one(), flow(nodes, &[], right)),
        )
    };
    vec![
        (
            zero_is_one(json!([scalar()]), &["0"]),
            "the sides differ at node 0",
        ),
        (
            zero_is_one(json!([scalar()]), &[]),
            "a side of 1 terms has 0",
        ),
        (
            zero_is_one(
                json!([acting(
                    "",
                    &[],
                    json!({"rule": "o", "at": "", "as": ""}),
                    &[]
                )]),
                &["0"],
            ),
            "does not name the rule o",
        ),
        (contradiction(json!("assumed")), "the rule o fails at"),
        (
            contradiction(
                json!({"rules": {"by": [], "flow": flow(json!([node("", &["o"]), scalar()]), &["0"], &["1"])}}),
            ),
            "the sides differ",
        ),
        (
            contradiction(json!({"rules": {"by": ["o"], "flow": flow(json!([]), &[], &[])}})),
            "rests on a later one",
        ),
        (
            contradiction(
                json!({"fact": {"of": "x", "form": "value", "scale": ["1"], "flow": flow(json!([]), &[], &[])}}),
            ),
            "has no value",
        ),
        (
            contradiction(
                json!({"fact": {"of": "o", "form": "value", "scale": ["1"], "flow":
            flow(json!([node("", &["o"]), scalar()]), &["0", "1"], &["1", "0"])}}),
            ),
            "the sides differ",
        ),
        (
            expectation(
                "x",
                square(),
                one(),
                flow(
                    json!([squared(json!({"integrate": 0})), scalar()]),
                    &["0 i a"],
                    &["1"],
                ),
            ),
            "the sides differ",
        ),
        (
            expectation(
                "x",
                square(),
                square(),
                flow(
                    json!([node("i:n a:d", &["x i a", "x i a"])]),
                    &["0 i a"],
                    &["0 i a"],
                ),
            ),
            "is left behind its expectation",
        ),
        (
            expectation(
                "x",
                square(),
                json!([]),
                flow(
                    json!([node("i:n a:d", &["x i a", "x i a"])]),
                    &["0 i a"],
                    &[],
                ),
            ),
            "is unfinished",
        ),
        (
            expectation("Y", json!([]), json!([]), flow(json!([]), &[], &[])),
            "is not of independent entries",
        ),
        (
            expectation("ω", json!([]), json!([]), flow(json!([]), &[], &[])),
            "is not of independent entries",
        ),
        (
            expectation(
                "x",
                json!([term("1", "i:n a:d", &["ω i a", "x i a"])]),
                json!([]),
                flow(
                    json!([acting(
                        "i:n a:d",
                        &["ω i a", "x i a"],
                        json!({"integrate": 1}),
                        &[]
                    )]),
                    &["0 i a"],
                    &[],
                ),
            ),
            "is made of x",
        ),
        (
            stating(
                "",
                square(),
                step(
                    json!({"expectation": {"over": "x", "cumulants": [[]]}}),
                    json!([]),
                    flow(
                        json!([acting(
                            "i:n a:d",
                            &["x i a", "x i a"],
                            json!({"integrate": 0}),
                            &[]
                        )]),
                        &["0 i a"],
                        &[],
                    ),
                ),
            ),
            "no cumulant of order 2",
        ),
        (
            stating(
                "",
                json!([term("1 d", "", &[])]),
                step(
                    json!({"dropping": {"orders": "d^1", "below": 1, "terms": [term("1 d", "", &[])]}}),
                    json!([]),
                    flow(json!([scalar()]), &["0"], &["0"]),
                ),
            ),
            "keeps or drops a term wrongly",
        ),
        (
            stating(
                "",
                json!([term("1 n^-1", "", &[])]),
                step(
                    json!({"dropping": {"orders": "d^1", "below": 1, "terms": [term("1 n^-1", "", &[])]}}),
                    json!([]),
                    flow(json!([scalar()]), &["0"], &["0"]),
                ),
            ),
            "a symbol that has no order",
        ),
        (
            stating(
                "",
                square(),
                step(
                    json!({"dropping": {"orders": "d^1", "below": 1, "terms": square()}}),
                    json!([]),
                    flow(
                        json!([node("i:n a:d", &["x i a", "x i a"])]),
                        &["0 i a"],
                        &["0 i a"],
                    ),
                ),
            ),
            "beside a tensor",
        ),
    ]
}

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

fn misuses() -> Vec<(String, &'static str)> {
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
            with("/chains/0/begin/0/coefficient/0", json!("1 d^99999")),
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

/// What no record can say, as text.
fn unreadable() -> Vec<(String, &'static str)> {
    let text = honest().to_string();
    let replaced = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    vec![
        (String::new(), "malformed"),
        ("[".repeat(100_000), "malformed"),
        ("[]".into(), "an object is missing"),
        (text[..text.len() - 1].into(), "malformed"),
        (
            replaced("\"version\":1", "\"version\":NaN"),
            "the number NaN",
        ),
        (
            replaced("\"version\":1", "\"version\":1e999"),
            "the number 1e999",
        ),
        (
            replaced("\"version\":1", "\"version\":1.0"),
            "the number 1.0",
        ),
        (
            replaced(
                "\"version\":1",
                &format!("\"version\":{}", "1".repeat(10_000)),
            ),
            "the number 1111",
        ),
        (
            replaced("\"version\":1", "\"version\":1,\"version\":1"),
            "a field occurs twice",
        ),
        (
            replaced("\"version\":1", "\"version\":1,\"proved\":true"),
            "unknown field proved",
        ),
        (replaced("\"title\":\"Y = Yᵀ\",", ""), "missing field title"),
        (
            replaced("\"version\":1", "\"version\":null"),
            "not a certificate of version 1",
        ),
    ]
}

#[test]
fn a_forged_certificate_is_refused_for_its_own_reason() {
    let forged = [falsehoods(), misuses(), unreadable()].concat();
    let mut texts = vec![honest().to_string()];
    texts.extend(forged.iter().map(|(text, _)| text.clone()));
    let Some(said) = checked("forged", &texts) else {
        return;
    };
    assert!(said[0].accepted, "{}", said[0].line);
    for ((text, reason), said) in forged.iter().zip(&said[1..]) {
        let refused = !said.accepted && said.line.contains(reason);
        let shown: String = text.chars().take(1500).collect();
        assert!(refused, "for '{reason}': {}\n{shown}", said.line);
    }
}
