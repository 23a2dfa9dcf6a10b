//! The report as a file: self-contained, its links resolve, its figures are drawn.

use std::collections::BTreeSet;
use std::process::Command;
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Finding, Measurement, Open, Printed, Size, run,
};
use tensor_dyson::report::{About, RunOf, write_report};

/// The values of an attribute in a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opened = format!(" {attribute}=\"");
    page.match_indices(&opened)
        .filter_map(|(at, _)| page[at + opened.len()..].split('"').next())
        .collect()
}

/// What a claim with a number of passing, failing and undecided measurements looks like, by its name.
fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let _ = ctx;
    let [good, bad] = [0, 1].map(|differing| Measurement::exact("m", 1, differing));
    Ok(Finding {
        printed: Printed::judged("x = 1", 3.0, 1.0).erratum("too large", "x = 2", 2.0, "of x"),
        evidence: vec![good.clone(), good],
        controls: vec![bad.clone(), bad.clone(), bad],
        ..Finding::default()
    })
}

fn fails(ctx: &Context) -> Result<Finding, CheckError> {
    let mut finding = check(ctx)?;
    finding.evidence.append(&mut finding.controls);
    finding.printed = Printed::default();
    Ok(finding)
}

fn passes_its_control(ctx: &Context) -> Result<Finding, CheckError> {
    let mut finding = check(ctx)?;
    finding.controls = vec![
        Measurement::exact("m", 1, 0),
        Measurement::rounding("m", 1, f64::NAN, 1.0),
    ];
    finding.printed = Printed::completed("x = 1", 3.0, 1.0, 0.5);
    Ok(finding)
}

fn is_open(_: &Context) -> Result<Finding, CheckError> {
    let (why, settled_by) = ("no law is printed", "a law");
    Ok(Finding {
        printed: Printed::unsettled("x", Open { why, settled_by }),
        ..Finding::default()
    })
}

/// The printed formula is the claim, and wrong: nothing is known to hold instead.
fn falls(_: &Context) -> Result<Finding, CheckError> {
    let [good, bad] = [0, 1].map(|differing| Measurement::exact("m", 1, differing));
    Ok(Finding {
        printed: Printed::as_claimed("x", std::slice::from_ref(&bad)),
        evidence: vec![good, bad.clone()],
        controls: vec![bad],
        ..Finding::default()
    })
}

fn ends(_: &Context) -> Result<Finding, CheckError> {
    Err("zero".parse::<f64>().unwrap_err().into())
}

/// Each article has its claim's own words and marks: a verdict, what is printed, one row a measurement.
#[test]
fn an_article_shows_what_was_found_and_nothing_else() {
    type Check = fn(&Context) -> Result<Finding, CheckError>;
    let cases: [(&str, Check, &str, &str, &str, &str); 6] = [
        ("one", check, "holds", "slip", "✓✓", "✗✗✗"),
        ("two", fails, "refuted", "not evaluated", "✓✓✗✗✗", ""),
        (
            "three",
            passes_its_control,
            "vacuous",
            "incomplete",
            "✓✓",
            "✓?",
        ),
        ("four", is_open, "open", "open", "", ""),
        ("five", ends, "vacuous", "not evaluated", "", ""),
        ("six", falls, "refuted", "slip", "✓✗", "✗"),
    ];
    let claims = cases.map(|(id, check, ..)| Claim {
        id,
        section: 1,
        slide: "S",
        statement: "x",
        uses: if id == "two" { &["one"] } else { &[] },
        check,
        ..Claim::BLANK
    });
    let outcomes = run(&claims, Size::Small, 1, |_| {});
    let about = About {
        title: "T",
        source: "S",
        introduction: "",
        theorem: "",
        sections: &[],
        seed: 1,
        live: None,
    };
    let folder = std::env::temp_dir().join(format!("tensor-dyson-page-{}", std::process::id()));
    let whole = RunOf {
        about: &about,
        size: Size::Small,
        seed: 1,
        outcomes: &outcomes,
    };
    write_report(&folder, &whole).unwrap();
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    for (id, _, verdict, printed, evidence, controls) in cases {
        let article = page.split(&format!("<article id=\"claim-{id}\"")).nth(1);
        let article = article.unwrap().split("</article>").next().unwrap();
        let badges: Vec<&str> = article
            .split("<span class=\"badge ")
            .skip(1)
            .map(|badge| badge.split(['<', '>']).nth(1).unwrap())
            .collect();
        assert_eq!(badges, [verdict, printed], "{article}");
        for (part, marks) in [("evidence", evidence), ("controls", controls)] {
            let rows = article.split(&format!("<dt>{part}</dt>")).nth(1).unwrap();
            let rows = rows.split("</dd>").next().unwrap();
            let shown: String = rows.chars().filter(|c| "✓✗?".contains(*c)).collect();
            // A mark that is undecided has two: itself and its sign.
            assert_eq!(shown.replace("??", "?"), marks, "{rows}");
            assert_eq!(rows.contains("none"), marks.is_empty(), "{rows}");
        }
    }
    for text in [
        "no law is printed. It would be settled by: a law.<",
        "invalid float literal",
    ] {
        assert!(page.contains(text), "{text}");
    }
    // The errata are the claims whose printed formula is wrong, and no other.
    let errata = page.split("id=\"errata\"").nth(1).unwrap();
    let errata = errata.split("</ol>").next().unwrap();
    assert!(
        errata.contains("too large") && errata.contains("x = 2"),
        "{errata}"
    );
    assert!(
        errata.contains("#claim-three")
            && !errata.contains("#claim-two")
            && !errata.contains("#claim-six"),
        "{errata}"
    );
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
        // A swatch and at least one mark for each series.
        let series: usize = values(drawing, "data-series")[0].parse().unwrap();
        let drawn = values(drawing, "class");
        let marks = drawn.iter().filter(|c| {
            let c = c.trim_start_matches("s-").trim_start_matches("f-");
            c.starts_with(['l', 'b', 'r']) && c[1..].parse::<u8>().is_ok()
        });
        assert!(series > 0 && marks.count() >= 2 * series, "{drawing}");
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
