//! A run writes a certificate for each proof, and the page and the JSON name it.

use crate::proofs;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, Size, run};
use tensor_dyson::report::{About, RunOf, write_certificates, write_report};

fn check(_: &Context) -> Result<Finding, CheckError> {
    let proved = |(name, proof)| Measurement::proved(name, &Ok(proof));
    let mut evidence = proofs::small()
        .into_iter()
        .take(2)
        .map(proved)
        .collect::<Result<Vec<_>, _>>()?;
    evidence.insert(1, Measurement::exact("no proof", 1, 0));
    Ok(Finding {
        printed: Printed::as_claimed("x", &evidence),
        evidence,
        controls: vec![Measurement::exact("c", 1, 1)],
        ..Finding::default()
    })
}

#[test]
fn a_run_writes_a_certificate_for_each_proof_and_names_it() {
    let claim = Claim {
        id: "both",
        section: 1,
        slide: "S",
        statement: "x",
        check,
        ..Claim::BLANK
    };
    let outcomes = run(&[claim], Size::Small, 1, |_| {});
    let names: Vec<Option<&str>> = outcomes[0]
        .evidence
        .iter()
        .map(|m| m.certificate_file.as_deref())
        .collect();
    assert_eq!(names, [Some("both.json"), None, Some("both-2.json")]);

    let folder = std::env::temp_dir().join(format!("certificates-written-{}", std::process::id()));
    assert_eq!(write_certificates(&folder, &outcomes).unwrap(), 2);
    let about = About {
        title: "T",
        source: "",
        introduction: "",
        theorem: "",
        sections: &[],
        seed: 1,
        live: None,
    };
    let run = RunOf {
        about: &about,
        size: Size::Small,
        seed: 1,
        outcomes: &outcomes,
    };
    write_report(&folder, &run).unwrap();
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap();
    for (proof, name) in [(0, "both.json"), (2, "both-2.json")] {
        let text = outcomes[0].evidence[proof]
            .certificate
            .as_ref()
            .unwrap()
            .to_json();
        for path in [folder.join(name), folder.join("certificates").join(name)] {
            assert_eq!(std::fs::read_to_string(path).unwrap(), text);
        }
        assert!(page.contains(&format!("href=\"certificates/{name}\"")));
    }
    assert_eq!(page.matches("checked twice, independently").count(), 2);
    std::fs::remove_dir_all(&folder).unwrap();
}
