//! Certificates written by hand to deceive the checker: each is refused for its own reason.

use crate::checker::checked;
use crate::falsehoods::falsehoods;
use crate::honest::honest;
use crate::misuses::misuses;

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

/// What the checker says of each file in `forgeries`, all of which it once accepted or could have.
const FORGERIES: [(&str, &str); 41] = [
    ("cayley-hamilton", "the rule e3 fails at"),
    (
        "constant-with-a-fourth-cumulant",
        "no law has these cumulants of x",
    ),
    ("cyrillic", "the name \u{445}"),
    (
        "dropped-and-averaged",
        "two meanings of the order and the law of x",
    ),
    ("function-of-complex", "two meanings of the conjugate of Z"),
    ("hall", "D has symmetries that nothing gives it"),
    (
        "hermitian-and-symmetric",
        "H has symmetries that nothing gives it",
    ),
    ("hidden-loops", "the rule r fails at"),
    (
        "inverse-of-four-hundred-rows",
        "R is too large to be inverted at 400",
    ),
    ("inverse-with-roots", "R has not its symmetry"),
    ("mean-behind-dropping", "a mean behind ≈"),
    ("mean-beside-another-law", "two meanings of the law of x"),
    ("mean-of-another-law", "two meanings of the law of x"),
    ("mean-of-nothing", "a mean behind ≈"),
    ("negative-variance", "no law has these cumulants of x"),
    ("numeral", "the name l"),
    ("order-against-a-definition", "≈ beside q which is defined"),
    (
        "order-against-two-conditions",
        "n is of a lower order than p",
    ),
    (
        "orders-against-a-condition-of-another-theory",
        "n is of a lower order than d",
    ),
    ("orders-against-a-condition", "n is of a lower order than d"),
    (
        "orders-of-two-steps-against-a-condition",
        "n is of a lower order than d",
    ),
    ("partial-transpose", "the symmetry [0, 3, 2, 1] of R"),
    ("random-beside-dropping", "≈ beside x which is random"),
    (
        "rule-by-an-order-of-three-dimensions",
        "the rule z fails at",
    ),
    ("rule-by-roots-in-two-entries", "the rule r fails at"),
    ("rule-of-one-order", "the rule q fails at"),
    ("rule-of-two-lines", "a text that is not one line"),
    ("rule-with-poles", "the rule r fails at"),
    ("rule-with-roots", "the rule r fails at"),
    (
        "symmetric-definition",
        "D has symmetries that nothing gives it",
    ),
    (
        "symmetry-by-a-fifth-derivative",
        "S has not its symmetry at",
    ),
    (
        "symmetry-by-an-order-of-three-dimensions",
        "S has not its symmetry at",
    ),
    (
        "symmetry-by-roots-in-two-entries",
        "S has not its symmetry at",
    ),
    ("symmetry-under-a-condition", "S has not its symmetry at"),
    ("title-of-two-lines", "a text that is not one line"),
    ("transposed-meaning", "two meanings of D"),
    ("two-laws-in-a-chain", "two meanings of the law of x"),
    ("two-laws-in-two-chains", "two meanings of the law of x"),
    ("two-laws-of-conjugates", "two meanings of the law of Ū"),
    ("two-meanings", "two meanings of o"),
    ("two-scalings", "two meanings of the order of d"),
];

/// What the checker prints as assumed, or as meant, with each file in `conditional`, of which no more is true.
const CONDITIONAL: [(&str, &str); 4] = [
    (
        "by-parts-without-a-mean",
        "assuming what is integrated by parts over x and its derivatives have means",
    ),
    ("doubling-definitions", "-v says what is meant by t2, t3"),
    (
        "scalar-beside-its-pole",
        "assuming (z+5) stays away from 0 under ≈",
    ),
    (
        "symmetry-by-a-definition",
        "assuming the matrix that S inverts has the symmetry (2 1), as at all points tried",
    ),
];

/// What the files of a folder say, which are those of a table.
fn read(folder: &str, table: &[(&str, &str)]) -> Vec<String> {
    let folder = format!("{}/tests/certificates/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    let names: Vec<String> = table
        .iter()
        .map(|(name, _)| format!("{name}.json"))
        .collect();
    assert_eq!(found, names);
    names
        .iter()
        .map(|name| std::fs::read_to_string(format!("{folder}/{name}")).unwrap())
        .collect()
}

#[test]
fn every_forgery_is_refused_for_its_own_reason() {
    let Some(said) = checked("forgeries", &read("forgeries", &FORGERIES)) else {
        return;
    };
    for ((name, reason), said) in FORGERIES.iter().zip(&said) {
        let refused = !said.accepted && said.line.contains(reason);
        assert!(refused, "{name}: {} without '{reason}'", said.line);
    }
}

#[test]
fn what_is_true_under_a_condition_is_accepted_with_it() {
    let Some(said) = checked("conditional", &read("conditional", &CONDITIONAL)) else {
        return;
    };
    for ((name, condition), said) in CONDITIONAL.iter().zip(&said) {
        let told = said.accepted && said.line.contains(condition);
        assert!(told, "{name}: {} without '{condition}'", said.line);
    }
}
