//! Where claims stand: each in its file, its section's list and its snapshot.

use crate::claims;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn ids_are_unique_and_uses_name_earlier_claims() {
    let mut seen = BTreeSet::new();
    for claim in claims() {
        for id in claim.uses {
            assert!(
                seen.contains(id),
                "{} uses {id}, which is not before it",
                claim.id
            );
        }
        assert!(seen.insert(claim.id), "{} stands twice", claim.id);
    }
}

/// The names of the files of a folder below the package, without their endings.
fn files(folder: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let stem = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    entries.map(|path| stem(&path)).collect()
}

/// A claim stands in the file of its name, in its section's folder, and in one snapshot.
#[test]
fn a_claim_is_one_file_and_one_snapshot() {
    let folders = files("derivations");
    let snapshots = files("snapshots");
    let mut missing = vec![];
    for claim in claims() {
        let number = format!("s{:02}_", claim.section);
        let folder = folders
            .iter()
            .find(|name| name.starts_with(&number))
            .unwrap();
        let name = claim.id.replace('-', "_");
        if !files(&format!("derivations/{folder}")).contains(&name) {
            missing.push(format!("{folder}/{name}.rs"));
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    let ids: BTreeSet<String> = claims().iter().map(|claim| claim.id.to_owned()).collect();
    let others: Vec<_> = snapshots.difference(&ids).collect();
    assert_eq!(others, ["assumptions", "open"], "snapshots of no claim");
}

/// A file with a `CLAIM` is in its section's list: else it would not even be compiled.
#[test]
fn every_file_with_a_claim_is_listed() {
    let names: BTreeSet<String> = claims().iter().map(|c| c.id.replace('-', "_")).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("derivations");
    for folder in files("derivations")
        .iter()
        .filter(|name| root.join(name).join("mod.rs").is_file())
    {
        for file in files(&format!("derivations/{folder}")) {
            let text =
                std::fs::read_to_string(root.join(folder).join(format!("{file}.rs"))).unwrap();
            let is_claim = text.contains("const CLAIM: Claim");
            assert_eq!(is_claim, names.contains(&file), "{folder}/{file}.rs");
        }
    }
}
