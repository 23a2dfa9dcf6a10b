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
