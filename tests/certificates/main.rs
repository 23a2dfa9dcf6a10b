//! Certificates against the independent checker: it accepts those of proofs, and refuses every change of one.

mod checker;
mod falsehoods;
mod forged;
mod honest;
mod misuses;
mod proofs;
mod tamper;
mod written;

use checker::checked;
use rayon::prelude::*;
use serde_json::Value;
use tensor_dyson::symbolic::Proof;

fn json(proof: &Proof) -> String {
    proof.certificate().unwrap().to_json()
}

/// The certificates of the small proofs, by name.
fn certificates() -> Vec<(&'static str, String)> {
    let proofs = proofs::small().into_iter();
    proofs.map(|(name, proof)| (name, json(&proof))).collect()
}

#[test]
fn certificates_are_written_for_every_kind_of_step() {
    let mut kinds: Vec<String> = Vec::new();
    let mut origins: Vec<String> = Vec::new();
    for (name, text) in certificates() {
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (&value["format"], &value["version"]),
            (&"tensor-dyson certificate".into(), &1.into()),
            "{name}"
        );
        let steps = value["chains"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|chain| chain["steps"].as_array().unwrap());
        kinds.extend(steps.flat_map(|step| step["by"].as_object().unwrap().keys().cloned()));
        let rules = value["theories"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|theory| theory["rules"].as_array().unwrap());
        let origin = |rule: &Value| match &rule["from"] {
            Value::Object(from) => from
                .get("fact")
                .map_or("rules", |fact| fact["form"].as_str().unwrap())
                .to_owned(),
            from => from.as_str().unwrap().to_owned(),
        };
        origins.extend(rules.map(origin));
    }
    for list in [&mut kinds, &mut origins] {
        list.sort();
        list.dedup();
    }
    assert_eq!(kinds, ["dropping", "expectation", "parts", "rewriting"]);
    // Nothing here is assumed.
    assert_eq!(origins, ["left", "right", "rules", "value"]);
}

#[test]
fn the_checker_accepts_the_certificates() {
    let (names, texts): (Vec<_>, Vec<_>) = certificates().into_iter().unzip();
    if let Some(said) = checked("accepted", &texts) {
        for (name, said) in names.iter().zip(said) {
            assert!(said.accepted, "{name}: {}", said.line);
        }
    }
}

/// 2 027 025 pairings in some hundreds of contractions.
#[test]
fn the_certificate_of_the_fourth_moment_is_small_and_accepted() {
    let text = json(&proofs::fourth_moment().unwrap());
    assert!(text.len() < 2_000_000, "{} bytes", text.len());
    if let Some(said) = checked("fourth", &[text]) {
        assert!(said[0].accepted, "{}", said[0].line);
    }
}

/// Each made of the one before: nothing is gone through again for each of them, and no call waits within another's.
#[test]
fn thousands_of_definitions_are_read() {
    let text = json(&proofs::doublings(3_000).unwrap());
    if let Some(said) = checked("doublings", &[text]) {
        assert!(said[0].accepted, "{}", said[0].line);
    }
}

#[test]
fn the_checker_refuses_every_change() {
    certificates()
        .into_par_iter()
        .for_each(|(name, text)| every_change_is_refused(name, &text));
}

fn every_change_is_refused(name: &str, text: &str) {
    let whole: Value = serde_json::from_str(text).unwrap();
    // Each field is changed in several ways: every other change stands for its neighbour.
    let changes: Vec<tamper::Change> = tamper::changes(&whole).into_iter().step_by(2).collect();
    let texts: Vec<String> = changes
        .iter()
        .map(|change| change.value.to_string())
        .collect();
    let Some(said) = checked(&format!("tampered-{name}"), &texts) else {
        return;
    };
    let survive = changes.iter().zip(&said).filter(|(_, said)| said.accepted);
    let survivors: Vec<&tamper::Change> = survive.map(|(change, _)| change).collect();
    let told = |change: &&&tamper::Change| !tamper::is_harmless(change);
    let harmful: Vec<String> = survivors
        .iter()
        .filter(told)
        .map(|change| format!("{}: {}", change.at, change.how))
        .collect();
    let (all, accepted) = (changes.len(), survivors.len());
    println!("{name}: {all} changes, {accepted} harmless ones accepted");
    assert!(
        all > 150 && 4 * accepted < all,
        "{name}: {accepted} of {all}"
    );
    assert!(harmful.is_empty(), "{name}:\n{}", harmful.join("\n"));
}
