//! `tensor-dyson new` as a user runs it; that its crate builds and passes is `.ci/new.sh`.

use std::process::Command;
use tensor_dyson::ledger::{Kind, Size, Verdict, plain_text, run};

/// The claim that every new crate starts with, as it is written there.
#[path = "../src/commands/new/symmetric_part.rs.txt"]
mod symmetric_part;

/// What a crate that starts from a model reads it with.
#[path = "../src/commands/new/derived.rs.txt"]
mod derived;

#[test]
fn the_first_claim_holds_has_a_control_and_is_its_snapshot() {
    for size in [Size::Small, Size::Standard, Size::Large] {
        let outcome = run(&[symmetric_part::CLAIM], size, 1, |_| {}).remove(0);
        assert_eq!(outcome.verdict, Verdict::Holds, "{outcome:#?}");
        assert_eq!(outcome.rests_on(), Some(Kind::Exact));
        assert_eq!(outcome.controls.len(), 1);
        // The ½ lost: every entry but those that are 0 is wrong.
        let [evidence, control] = [&outcome.evidence[0], &outcome.controls[0]];
        assert_eq!(control.distance, control.cases as f64);
        assert_eq!(evidence.cases, control.cases);
        if size == Size::Small {
            let snapshot = include_str!("../src/commands/new/symmetric-part.snap.txt");
            let statement = plain_text(outcome.statement);
            let text = format!("{statement}\n{:?}\n", outcome.intermediates);
            assert!(snapshot.ends_with(&format!("---\n{text}")), "{text}");
        }
    }
}

#[test]
fn a_crate_is_written_once_and_bad_names_are_refused() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-new-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let new = |arguments: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
            .current_dir(&folder)
            .arg("new")
            .args(arguments)
            .output()
            .unwrap();
        (
            run.status.code(),
            String::from_utf8_lossy(&run.stderr).into_owned(),
        )
    };
    assert_eq!(new(&["my-paper"]).0, Some(0));
    let read = |path: &str| std::fs::read_to_string(folder.join("my-paper").join(path)).unwrap();
    let manifest = read("Cargo.toml");
    assert!(manifest.contains("name = \"my-paper\""), "{manifest}");
    assert!(manifest.contains(env!("CARGO_MANIFEST_DIR")), "{manifest}");
    assert!(read("src/main.rs").contains("title: \"my-paper\""));
    for (path, part) in [
        (".gitignore", "/target\n/report\n"),
        (
            "src/tests.rs",
            include_str!("../src/commands/new/tests.rs.txt"),
        ),
        (
            "src/symmetric_part.rs",
            include_str!("../src/commands/new/symmetric_part.rs.txt"),
        ),
        (
            "snapshots/symmetric-part.snap",
            include_str!("../src/commands/new/symmetric-part.snap.txt"),
        ),
    ] {
        assert_eq!(read(path), part, "{path}");
    }
    // A name is not taken for the place of the dependency, and a path is TOML whatever is in it.
    let source = folder.join("a \"source\" e\u{301}");
    std::fs::create_dir(&source).unwrap();
    std::fs::write(source.join("Cargo.toml"), "").unwrap();
    assert_eq!(
        new(&["TOOLKIT", "--toolkit", source.to_str().unwrap()]).0,
        Some(0)
    );
    let odd = std::fs::read_to_string(folder.join("TOOLKIT/Cargo.toml")).unwrap();
    let canonical = folder.canonicalize().unwrap();
    for line in [
        "name = \"TOOLKIT\"".to_owned(),
        format!(
            "tensor-dyson = {{ path = \"{}/a \\\"source\\\" e\u{301}\", default-features = false, features = [\"program\"] }}",
            canonical.display()
        ),
    ] {
        assert!(odd.lines().any(|l| l == line), "{line}: {odd}");
    }
    // From a model: the crate holds it, and what is derived of it.
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/models/talk.toml");
    assert_eq!(new(&["derived-paper", "--model", model]).0, Some(0));
    let of_model =
        |path: &str| std::fs::read_to_string(folder.join("derived-paper").join(path)).unwrap();
    let text = std::fs::read_to_string(model).unwrap();
    assert_eq!(of_model("model.toml"), text);
    let lines = derived::derivation(&text).unwrap().lines().join("\n");
    let snapshot = of_model("snapshots/derived.snap");
    assert!(snapshot.ends_with(&format!("---\n{lines}\n")), "{snapshot}");
    assert!(of_model("Cargo.toml").contains("features = [\"models\"]"));
    assert!(of_model("src/main.rs").contains("title: \"derived-paper\""));
    let broken = folder.join("broken.toml");
    std::fs::write(&broken, text.replace("x[k]", "y[k]")).unwrap();
    let (code, error) = new(&["broken", "--model", broken.to_str().unwrap()]);
    assert_eq!(code, Some(2), "{error}");
    assert!(
        error.contains("line 3, column 33: `y` is neither"),
        "{error}"
    );
    assert!(!folder.join("broken").exists());
    let before = read("src/main.rs");
    for (arguments, named) in [
        (vec!["my-paper"], "my-paper"),
        (vec!["2nd"], "'2nd'"),
        (vec!["a b"], "'a b'"),
        (vec![".."], "'..'"),
        (vec!["nowhere/paper"], "nowhere/paper"),
        (vec!["other", "--toolkit", "/nowhere"], "/nowhere"),
    ] {
        let (code, error) = new(&arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {error}");
        assert!(error.contains(named), "{arguments:?}: {error}");
    }
    assert_eq!(before, read("src/main.rs"));
    assert!(!folder.join("other").exists());
    std::fs::remove_dir_all(&folder).unwrap();
}
