//! The README's table of the JSON is the JSON: every field, and every word that a field may hold.

use serde_json::{Value, json, to_value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Kind, Measurement, Open, Printed, PrintedVerdict, Size,
    Verdict, run,
};
use tensor_dyson::report::write_json;

/// The rows of the table, by field: what it is.
fn documented() -> BTreeMap<String, String> {
    let readme = include_str!("../README.md");
    let section = readme.split("\n## The JSON").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let mut cells = row.split('|').skip(1).map(str::trim);
        let field = cells.next().unwrap().trim_matches('`').to_owned();
        (field, cells.next().unwrap().to_owned())
    })
    .collect()
}

/// Every value at the end of a path, with the path.
fn leaves(value: &Value, path: &str, out: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                leaves(value, &format!("{path}{dot}{key}"), out);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                leaves(element, &format!("{path}[]"), out);
            }
        }
        leaf => out.push((path.to_owned(), leaf.clone())),
    }
}

fn read(path: &Path) -> Vec<(String, Value)> {
    let json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut out = vec![];
    leaves(&json, "", &mut out);
    out
}

fn fails(_: &Context) -> Result<Finding, CheckError> {
    Err("x".parse::<f64>().unwrap_err().into())
}

fn unsettled(_: &Context) -> Result<Finding, CheckError> {
    let open = Open {
        why: "no law is printed",
        settled_by: "the paper",
    };
    Ok(Finding {
        printed: Printed::unsettled("a law", open),
        ..Finding::default()
    })
}

fn slips(_: &Context) -> Result<Finding, CheckError> {
    let [near, far] = [0.25, 2.0].map(|off| Measurement::rounding("m", 7, off, 0.5));
    Ok(Finding {
        printed: Printed::judged("x = 1", 3.0, 1.0).erratum("too large", "x = 2", 4.0, "of x"),
        evidence: vec![near],
        controls: vec![far],
        ..Finding::default()
    })
}

/// Each value of a run in its field.
#[test]
fn the_values_are_those_of_the_run() {
    let path = std::env::temp_dir().join(format!("tensor-dyson-{}.json", std::process::id()));
    let claim = Claim {
        id: "one",
        section: 2,
        slide: "S",
        statement: "y",
        uses: &["zero"],
        assumes: &["A"],
        check: slips,
        ..Claim::BLANK
    };
    let outcomes = run(&[claim], Size::Small, 1, |_| {});
    write_json(&path, Size::Large, 11, &outcomes).unwrap();
    let written: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    std::fs::remove_file(&path).unwrap();
    let measured = |distance: f64| {
        json!({
            "what": "m", "kind": "rounding", "cases": 7, "distance": distance, "allowance": 0.5,
            "cross_check": false,
        })
    };
    let expected = json!({
        "size": "large",
        "seed": 11,
        "version": env!("CARGO_PKG_VERSION"),
        "claims": [{
            "id": "one",
            "section": 2,
            "slide": "S",
            "statement": "y",
            "printed": {
                "text": "x = 1", "verdict": "slip", "distance": 3.0, "allowance": 1.0,
                "erratum": { "wrong": "too large", "corrected": "x = 2", "size": 4.0, "of": "of x" },
            },
            "verdict": "holds",
            "evidence": [measured(0.25)],
            "controls": [measured(2.0)],
            "uses": ["zero"],
            "assumes": ["A"],
            "seconds": outcomes[0].seconds,
        }],
    });
    assert_eq!(written, expected);
}

/// What a run writes: proofs, rates, an erratum, a cross-check; an open claim, and one whose check ends with an error.
fn written() -> Vec<(String, Value)> {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-json-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("run.json");
    let status = Command::new(env!("CARGO_BIN_EXE_derivations"))
        .args(["--size", "small", "--json"])
        .arg(&path)
        .args(["--only", "tau23-action", "q-limit"])
        .output()
        .unwrap()
        .status;
    assert_eq!(status.code(), Some(0));
    let mut out = read(&path);
    let claim = |id, check| Claim {
        id,
        assumes: &["nothing"],
        check,
        ..Claim::BLANK
    };
    let claims = [claim("fails", fails), claim("open", unsettled)];
    let outcomes = run(&claims, Size::Small, 1, |_| {});
    write_json(&path, Size::Small, 1, &outcomes).unwrap();
    out.extend(read(&path));
    std::fs::remove_dir_all(&folder).unwrap();
    out
}

#[test]
fn the_readme_lists_every_field_and_no_other() {
    let documented = documented();
    let listed: BTreeSet<&str> = documented.keys().map(String::as_str).collect();
    let mut seen = BTreeSet::from(["claims[].controls[]"]);
    let written = written();
    for (path, value) in &written {
        // A control has the fields of an evidence.
        let field = path.replace(".controls[].", ".evidence[].");
        let Some((field, is)) = documented.get_key_value(&field) else {
            panic!("{path} is not in the README");
        };
        seen.insert(field);
        let kind = is.trim_end_matches(", if any");
        let fits = match value {
            Value::Null => kind.contains("null"),
            Value::Bool(_) => kind == "true or false",
            Value::Number(x) => kind.starts_with("number") || kind == "integer" && x.is_u64(),
            Value::String(x) => kind == "text" || kind.contains(&format!("`\"{x}\"`")),
            _ => false,
        };
        assert!(fits, "{path} is {value}, and said to be {is}");
    }
    assert_eq!(listed, seen);
}

/// The words in quotes of a field's row.
fn words(field: &str) -> BTreeSet<String> {
    let documented = documented();
    let quoted = documented[field].split('"').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

#[test]
fn the_readme_lists_every_word_of_a_verdict_a_kind_and_a_size() {
    let of = |values: Vec<Value>| -> BTreeSet<String> {
        values
            .iter()
            .map(|x| x.as_str().unwrap().to_owned())
            .collect()
    };
    use PrintedVerdict as P;
    let printed = [P::Holds, P::Slip, P::Incomplete, P::Open, P::Unevaluated];
    let verdicts = [
        Verdict::Holds,
        Verdict::Refuted,
        Verdict::Vacuous,
        Verdict::Open,
    ];
    let kinds = [
        Kind::Proved,
        Kind::Exact,
        Kind::Enclosed,
        Kind::Rounding,
        Kind::Rate,
        Kind::Sampled,
    ];
    let sizes = [Size::Small, Size::Standard, Size::Large];
    assert_eq!(
        words("claims[].printed.verdict"),
        of(printed.iter().map(|x| to_value(x).unwrap()).collect())
    );
    assert_eq!(
        words("claims[].verdict"),
        of(verdicts.iter().map(|x| to_value(x).unwrap()).collect())
    );
    assert_eq!(
        words("claims[].evidence[].kind"),
        of(kinds.iter().map(|x| to_value(x).unwrap()).collect())
    );
    assert_eq!(
        words("size"),
        of(sizes.iter().map(|x| to_value(x).unwrap()).collect())
    );
    // A run names its verdicts as the terminal does.
    for verdict in verdicts {
        assert_eq!(to_value(verdict).unwrap(), verdict.name());
    }
}

#[test]
fn the_readme_shows_the_figure_that_it_names() {
    assert!(include_str!("../README.md").contains("(docs/ntk-linear.svg)"));
    let figure = include_str!("../docs/ntk-linear.svg");
    for series in [
        "eigenvalues, n = ",
        "its law",
        "limit law as printed",
        "limit law as corrected",
    ] {
        assert!(figure.contains(series), "{series}");
    }
    assert!(figure.len() < 40_000);
}
