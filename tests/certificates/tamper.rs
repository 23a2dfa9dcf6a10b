//! Every word of a certificate, changed.

use serde_json::{Value, json};

/// A change, by the place of what is changed and how.
pub(crate) struct Change {
    pub(crate) at: String,
    pub(crate) how: String,
    pub(crate) value: Value,
}

/// Every change of one place: a word left out, written twice, or replaced; a number raised; an element or a
/// field left out, an element written twice, a field added.
pub(crate) fn changes(whole: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut places = vec![String::new()];
    while let Some(at) = places.pop() {
        let Some(value) = whole.pointer(&at) else {
            continue;
        };
        let mut change = |how: String, new: Value| {
            let mut changed = whole.clone();
            if let Some(place) = changed.pointer_mut(&at) {
                *place = new;
            }
            changes.push(Change {
                at: at.clone(),
                how,
                value: changed,
            });
        };
        match value {
            Value::String(text) => {
                for (how, text) in of_text(text) {
                    change(how, text.into());
                }
            }
            Value::Number(number) => {
                let number = number.as_i64().unwrap_or_default();
                change(format!("{}", number + 1), json!(number + 1));
                change("null".into(), Value::Null);
            }
            Value::Array(elements) => {
                for k in 0..elements.len() {
                    let mut fewer = elements.clone();
                    fewer.remove(k);
                    change(format!("without element {k} {}", elements[k]), fewer.into());
                    let mut more = elements.clone();
                    more.insert(k, elements[k].clone());
                    change(format!("element {k} twice"), more.into());
                    places.push(format!("{at}/{k}"));
                }
            }
            Value::Object(fields) => {
                for name in fields.keys() {
                    let mut fewer = fields.clone();
                    fewer.remove(name);
                    change(format!("without {name}"), fewer.into());
                    places.push(format!(
                        "{at}/{}",
                        name.replace('~', "~0").replace('/', "~1")
                    ));
                }
                let mut more = fields.clone();
                more.insert("more".into(), Value::Null);
                change("a field more".into(), more.into());
            }
            Value::Bool(_) | Value::Null => change("0".into(), json!(0)),
        }
    }
    changes
}

/// The changes of a text, word by word.
fn of_text(text: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut changed = vec![(format!("{text} x"), format!("{text} x").trim().to_owned())];
    for (k, word) in words
        .iter()
        .enumerate()
        .filter(|(_, word)| !word.is_empty())
    {
        let mut with = |new: &[&str]| {
            let text = [&words[..k], new, &words[k + 1..]].concat().join(" ");
            changed.push((format!("{word} → {}", new.join(" ")), text));
        };
        with(&[]);
        with(&[word, word]);
        if let Some(other) = words.iter().find(|other| *other != word) {
            with(&[other]);
        }
        if let Some(at) = word.find(|c: char| c.is_ascii_digit()) {
            let digit = (word.as_bytes()[at] - b'0' + 1) % 10;
            with(&[&format!("{}{digit}{}", &word[..at], &word[at + 1..])]);
            with(&[&format!("-{word}")]);
        }
    }
    changed
}

/// Whether a change that is accepted leaves a true statement, by rule: where, how, why.
pub(crate) fn is_harmless(change: &Change) -> bool {
    let twice = change.how.ends_with(" twice");
    let without = change.how.starts_with("without element");
    let ends = |places: &[&str]| places.iter().any(|place| change.at.ends_with(place));
    let within = |place: &str| change.at.contains(place);
    let rules = [
        // Words for the reader: the title, and the names of steps.
        change.at == "/title" || within("/steps/") && ends(&["/name"]),
        // The same chain, theory, step or rule twice, and a node that nothing enters.
        twice
            && ends(&[
                "/chains",
                "/theories",
                "/steps",
                "/nodes",
                "/rewriting",
                "/by",
                "/symmetries",
            ]),
        // A form of Gaussian entries and its negative have the same law.
        within("/values/function/terms/") && change.how == "1 → -1",
        // A symmetry that nothing needs.
        without && ends(&["/symmetries"]),
        // A chain that ends earlier.
        without && ends(&["/steps"]),
        // A rule is named that no node needs.
        without && ends(&["/rewriting", "/by"]),
        // A name that nothing needs, and the name of such.
        ends(&["/spaces", "/scalars"]),
        // δ_ab is δ_aab and δ_ab δ_ab.
        twice && ends(&["/product"]) || within("/product/") && doubled(&change.how),
        // δ_ee is 1, and δ_e.
        without && change.how.contains("\"δ ") || within("/product/") && change.how.ends_with("→ "),
        // Any random factor may be the first, and any of equal factors the one that a rule matches.
        ends(&["/integrate", "/at"]),
        // A cumulant of higher order than the factors have.
        twice && ends(&["/cumulants"]),
        // Orders that drop the same terms.
        ends(&["/orders", "/below"]),
    ];
    rules.contains(&true)
}

/// `a → a a`
fn doubled(how: &str) -> bool {
    how.split_once(" → ")
        .is_some_and(|(word, new)| new == format!("{word} {word}"))
}
