//! The modules of the library depend on one another in one direction only, that of `docs/architecture.md`.

use std::path::{Path, PathBuf};

/// From the ground up: a module may name those before it.
const ORDER: [&str; 18] = [
    "numbers",
    "numerals",
    "files",
    "tensor",
    "linalg",
    "measure",
    "model",
    "covariance",
    "linearization",
    "dyson",
    "symbolic",
    "spectrum",
    "polynomial",
    "sample_covariance",
    "study",
    "ledger",
    "report",
    "derive",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The modules that the code of a text names as `crate::module`, its tests and its comments apart.
fn named(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
    let parts = lines.flat_map(|line| line.split("crate::").skip(1));
    let name = |part: &str| {
        part.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap()
            .to_owned()
    };
    parts.map(name).collect()
}

#[test]
fn arrows_run_down() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![];
    sources(&source, &mut files);
    let place = |module: &str| ORDER.iter().position(|name| *name == module);
    let mut seen = 0;
    for path in files {
        let inside = path.strip_prefix(&source).unwrap().with_extension("");
        let mut parts = inside.iter().map(|part| part.to_str().unwrap());
        let module = parts.next().unwrap();
        if ["lib", "main", "commands"].contains(&module) || parts.any(|part| part == "tests") {
            continue;
        }
        let own = place(module).unwrap_or_else(|| panic!("{module} has no place in the order"));
        for other in named(&std::fs::read_to_string(&path).unwrap()) {
            let below = place(&other);
            assert!(
                below.is_some_and(|at| at <= own),
                "{} names {other}",
                path.display()
            );
            seen += 1;
        }
    }
    assert!(seen > 300, "{seen} arrows: the search finds nothing");
    assert_eq!(
        named("// crate::a\nuse crate::b_c::D; crate::e(1)"),
        ["b_c", "e"]
    );
}
