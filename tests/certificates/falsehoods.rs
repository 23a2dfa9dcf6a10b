//! False statements, each with the best certificate that can be written for it.

use crate::honest::{acting, flow, node, rewriting, rule, stating, step, term, under};
use serde_json::{Value, json};

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

pub(crate) fn falsehoods() -> Vec<(String, &'static str)> {
    let one = || json!([term("1", "", &[])]);
    let square = || json!([term("1", "i:n a:d", &["x i a", "x i a"])]);
    let squared = |action: Value| acting("i:n a:d", &["x i a", "x i a"], action, &["1"]);
    let scalar = || node("", &[]);
    let drop =
        |orders, terms: Value| json!({"dropping": {"orders": orders, "below": 1, "terms": terms}});
    let same = || {
        let node = node("i:n a:d", &["x i a", "x i a"]);
        flow(json!([node]), &["0 i a"], &["0 i a"])
    };
    // d, written as a sum over an index that nothing holds, so that its order is hidden.
    let loops = || json!([term("1", "a:d", &[])]);
    let scalars = || flow(json!([scalar()]), &["0"], &["0"]);
    let law = |over: &str, law: Value| {
        let mut law = law;
        law["over"] = json!(over);
        let by = json!({ "expectation": law });
        stating(
            "",
            json!([]),
            step(by, json!([]), flow(json!([]), &[], &[])),
        )
    };
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
            "a symbol or a tensor that has no order",
        ),
        (
            law("x", json!({"pairs": ["1 0 1"], "cumulants": []})),
            "two laws of x",
        ),
        (
            law("Y", json!({"pairs": ["1 0 1"]})),
            "Y has other symmetries",
        ),
        (law("A", json!({"pairs": ["-1 1 0"]})), "A has no such law"),
        (
            law("A", json!({"pairs": ["1 0 1", "2 1 0"]})),
            "A has no such law",
        ),
        (
            law("x", json!({"pairs": ["1 0 1", "1 1 0"]})),
            "x has no such slots",
        ),
        (
            law("A", json!({"conjugate": "x"})),
            "x is not the conjugate of A",
        ),
        (
            law("x", json!({"weingarten": []})),
            "x is not a matrix of a group",
        ),
        (
            law(
                "A",
                json!({"weingarten": [{"class": "1", "value": ["1 n^-1"]}]}),
            ),
            "inverts nothing",
        ),
        (
            law(
                "A",
                json!({"weingarten": [{"class": "2", "value": ["1 d^-1"]}]}),
            ),
            "no value of the class 1 1",
        ),
        (
            stating("", square(), step(drop("d^1", square()), json!([]), same())),
            "a symbol or a tensor that has no order",
        ),
        (
            stating("", square(), step(drop("x^1", square()), json!([]), same())),
            "keeps or drops a term wrongly",
        ),
        (
            stating(
                "",
                loops(),
                step(drop("d^1", loops()), json!([]), scalars()),
            ),
            "a sum that is a dimension",
        ),
    ]
}
