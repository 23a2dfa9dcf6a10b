//! The report as a file: self-contained, its links resolve, its figures are drawn.

use std::collections::BTreeSet;
use std::process::Command;

/// The values of an attribute in a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opened = format!(" {attribute}=\"");
    page.match_indices(&opened)
        .filter_map(|(at, _)| page[at + opened.len()..].split('"').next())
        .collect()
}

#[test]
fn the_page_is_self_contained_and_whole() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-report-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let target = folder.join("report");
    let run = Command::new(env!("CARGO_BIN_EXE_derivations"))
        .args([
            "--size",
            "small",
            "--only",
            "q-spectrum",
            "q-limit",
            "linear-m1",
            "outlier",
        ])
        .arg("--report")
        .arg(&target)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{error}");
    let page = std::fs::read_to_string(target.join("index.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"));
    let ids = values(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id stands twice");
    for id in [
        "claim-q-limit",
        "claim-outlier",
        "figure-q-limit-rate",
        "summary",
        "graph",
    ] {
        assert!(unique.contains(id), "{id}");
    }
    // Nothing is loaded from anywhere: links lead into the page only.
    assert!(values(&page, "src").is_empty());
    for link in values(&page, "href") {
        match link.strip_prefix('#') {
            Some(id) => assert!(unique.contains(id), "{link} leads nowhere"),
            None => assert_eq!(link, "data:,"),
        }
    }
    assert!(!page.contains("@import") && !page.contains("url("));
    assert!(
        page.contains("<math") && !page.contains("<code>"),
        "a formula is no TeX"
    );
    let drawings: Vec<&str> = page.split("<svg class=\"plot\"").skip(1).collect();
    assert_eq!(drawings.len(), 4);
    for drawing in drawings {
        let drawing = drawing.split("</svg>").next().unwrap();
        assert!(
            drawing.contains("s-l0") || drawing.contains("f-l0"),
            "{drawing}"
        );
        assert!(drawing.matches("<text").count() > 8, "{drawing}");
    }
    let mut files: Vec<_> = std::fs::read_dir(target.join("figures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(
        files,
        [
            "linear-m1.svg",
            "outlier.svg",
            "q-limit-rate.svg",
            "q-spectrum.svg"
        ]
    );
    // A report where none can be: an error that names the place, before anything is run.
    let file = folder.join("file");
    std::fs::write(&file, "").unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_derivations"))
        .args(["--only", "gram", "--report"])
        .arg(&file)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("not a folder"));
    std::fs::remove_dir_all(&folder).unwrap();
}
