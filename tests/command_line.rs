//! The program `derivations` as a user runs it.

use std::process::{Command, Output};

fn derivations(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_derivations"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

#[test]
fn one_claim_is_settled_in_lines_of_100_columns() {
    let run = derivations(&["--only", "braid-laws", "covariance", "--size", "small"]);
    assert_eq!(run.status.code(), Some(0));
    let out = text(&run.stdout);
    assert!(
        out.contains("2 claims: 2 hold, 0 refuted, 0 vacuous"),
        "{out}"
    );
    assert!(out.contains("control: τ₂₃τ₂₄ = τ₂₄τ₂₃"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    // No terminal, so a line as each ends, in whatever order.
    let progress = text(&run.stderr);
    let mut ended: Vec<&str> = progress
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    ended.sort_unstable();
    assert_eq!(ended, ["braid-laws", "covariance"], "{progress}");
    assert!(progress.starts_with("1/2 "), "{progress}");
}

#[test]
fn a_proof_is_explained_with_its_checks_and_near_misses() {
    let run = derivations(&["--only", "fourth-moment", "--explain", "--size", "small"]);
    assert_eq!(run.status.code(), Some(0));
    let out = text(&run.stdout);
    for line in [
        "✓ fourth-moment          holds    proved    ",
        "  Proof: E ω⊗ω = G⊗G + τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G) + κ₄ δ_ac G_ab G_ae",
        "    E     over x, i.i.d. entries with cumulants 0, 1, 0, κ₄",
        "          ✓ d=2 p=3; d=3 p=2; d=2 p=5: ≤ 6e-18",
        "    the left side minus the right: κ₄ δ_ac G_ab G_ae",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn the_list_names_every_claim_in_the_talks_order() {
    let run = derivations(&["--list"]);
    let out = text(&run.stdout);
    assert_eq!(run.status.code(), Some(0));
    assert!(out.starts_with("parameter-count "));
    let rows: Vec<(&str, u8)> = out
        .lines()
        .map(|line| {
            let mut words = line.split_whitespace();
            let id = words.next().unwrap();
            assert_eq!(words.next(), Some("section"), "{line}");
            (id, words.next().unwrap().parse().unwrap())
        })
        .collect();
    let ids: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.0).collect();
    assert!(ids.len() >= 60 && ids.len() == rows.len(), "{out}");
    assert!(rows.is_sorted_by_key(|row| row.1), "{out}");
    assert_eq!(rows.last().map(|row| row.1), Some(12), "{out}");
}

#[test]
fn bad_arguments_end_with_code_2_and_say_which() {
    for (arguments, named) in [
        (vec!["--only", "grem"], "grem"),
        (vec!["--section", "77"], "77"),
        (
            vec!["--section", "5", "--only", "scalar"],
            "select no claim",
        ),
        (vec!["--size", "huge"], "huge"),
        (vec!["--seed", "-1"], "-1"),
        (vec!["--seed", "x"], "x"),
        (vec!["--threads", "0"], "0"),
        (
            vec!["--json", "/nonexistent/folder/x.json"],
            "/nonexistent/folder/x.json",
        ),
        (vec!["--json", "/"], "/"),
        (vec!["--frobnicate"], "--frobnicate"),
    ] {
        let run = derivations(&arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        assert!(
            text(&run.stderr).contains(named),
            "{arguments:?}: {}",
            text(&run.stderr)
        );
        assert!(!text(&run.stderr).contains("panicked"));
    }
}

#[test]
fn the_json_is_written_whole() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("run.json");
    let run = derivations(&[
        "--section",
        "5",
        "--size",
        "small",
        "--json",
        path.to_str().unwrap(),
    ]);
    assert_eq!(run.status.code(), Some(0));
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(json["size"], "small");
    assert!(json["seed"].is_u64() && json["version"].is_string());
    let claims = json["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 5);
    // Nothing half-written stays beside it.
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_reader_that_goes_away_takes_neither_file_nor_exit_code() {
    let path = std::env::temp_dir().join(format!("tensor-dyson-pipe-{}.json", std::process::id()));
    let mut child = Command::new(env!("CARGO_BIN_EXE_derivations"))
        .args(["--only", "tau23-action", "--json"])
        .arg(&path)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let json = std::fs::read_to_string(&path).unwrap();
    assert!(json.contains("tau23-action"), "{json}");
    std::fs::remove_file(&path).unwrap();
}
