//! Bad inputs, as a stranger would give them, through the built programs: exit code 2, the essential words, nothing on the
//! standard output, no panic, and no file left or lost.

mod files;
mod running;
#[path = "../../derivations/tests/tolerant.rs"]
mod tolerant;

use insta::assert_snapshot;
use running::{answer, contents};

/// A command line, `F` its folder, and after `=>` the words that the message must have.
const CASES: &str = include_str!("cases.txt");

#[test]
fn every_bad_input_is_refused_with_its_reason() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-refused-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    files::make(&folder);
    let before = contents(&folder);
    let place = format!("{}/", folder.display());
    let (mut wrong, mut count, mut messages) = (vec![], 0, String::new());
    for case in CASES
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let (line, words) = case.split_once(" => ").expect(case);
        let run = answer(&line.replace("F/", &place), &folder);
        let error = String::from_utf8_lossy(&run.stderr).replace("\n    ", " ");
        messages += &format!("$ {line}\n{}", error.replace(&place, "F/"));
        let missing: Vec<&str> = words.split(" & ").filter(|w| !error.contains(w)).collect();
        if run.status.code() != Some(2) || !missing.is_empty() || error.contains("panicked") {
            wrong.push(format!("{case}\n    {:?}: {error}", run.status));
        }
        if !run.stdout.is_empty() {
            wrong.push(format!(
                "{case}\n    prints {:?}",
                String::from_utf8_lossy(&run.stdout)
            ));
        }
        count += 1;
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count >= 130, "{count}");
    assert_eq!(contents(&folder), before);
    std::fs::remove_dir_all(&folder).unwrap();
    let snapshots = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/refused/snapshots");
    tolerant::in_snapshots(
        snapshots,
        |x, y| x == y,
        || assert_snapshot!("messages", messages),
    );
}
