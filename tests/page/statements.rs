//! What the rows of a claim say, and where formulas stand.

use super::*;

fn proof() -> Result<Proof, ProofError> {
    let mut theory = Theory::new();
    theory.tensors("X[n,d]")?;
    Ok(theory
        .prove("E XᵀX = n I")
        .from("[a,c] X[i,a] X[i,c]")?
        .expect("over X", "X", &TensorLaw::Gaussian)?
        .is("the mean", "[a,c] n δ[a,c]")?
        .done())
}

fn measured(_: &Context) -> Result<Finding, CheckError> {
    let evidence = vec![
        Measurement::rounding("x < y", 7, 0.25, 0.5),
        Measurement::rounding("again", 1, 0.125, 0.5).as_cross_check(),
        Measurement::proved("the identity", &proof())?,
    ];
    Ok(Finding {
        printed: Printed::judged("x", 3.0, 4.0),
        evidence,
        controls: vec![Measurement::rounding("2x", 7, 2.0, 0.5)],
        ..Finding::default()
    })
}

/// Each measurement with its own numbers, and a proof in full.
#[test]
fn a_row_says_what_was_measured() {
    let claim = Claim {
        check: measured,
        ..claims()[0]
    };
    let outcomes = run(&[claim], Size::Small, 1, |_| {});
    let page = page_of(&outcomes);
    let article = between(&page, "<article", "</article>");
    let rows: Vec<String> = article
        .split("<div class=\"row\">")
        .skip(1)
        .map(|row| {
            row.replace("<span class=\"num\">", "")
                .replace("</span>", "")
        })
        .collect();
    for (row, text) in rows.iter().zip([
        "✓ x &lt; y [rounding, 7 cases]: 0.25\u{a0}≤\u{a0}0.5<",
        "✓ again [rounding, 1 case, cross-check]: 0.125\u{a0}≤\u{a0}0.5<",
        "✓ the identity",
        "✗ 2x [rounding, 7 cases]: 2\u{a0}&gt;\u{a0}0.5<",
    ]) {
        assert!(row.starts_with(text), "{text}: {row}");
    }
    assert!(
        article.contains(" measured\u{a0}3, allowed\u{a0}4<"),
        "{article}"
    );
    let proof = outcomes[0].evidence[2].argument.as_ref().unwrap();
    assert!(proof.contains("over X"), "{proof}");
    assert!(between(&rows[2], "<pre>", "</pre>") == proof, "{}", rows[2]);
}

#[test]
fn the_counts_are_those_of_the_run() {
    let (_, page) = the_page();
    let counts = between(&page, "<ul class=\"counts\">", "</ul>");
    let words: String = counts
        .split('<')
        .filter_map(|tag| tag.split_once('>'))
        .map(|(_, text)| format!("{text} "))
        .collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "8 claims 7 hold 1 refuted 7 controls 2 as printed 6 slips as printed"
    );
}

#[test]
fn formulas_stand_where_they_belong() {
    let (outcomes, page) = the_page();
    let theorem = between(&page, "<div class=\"theorem\">", "</div>");
    assert!(theorem.contains(&indexed("t")), "{theorem}");
    let article = between(&page, "<article id=\"claim-one\"", "</article>");
    let statement = between(article, "<div class=\"statement\">", "</div>");
    assert!(statement.contains(&indexed("s")), "{statement}");
    let printed = between(article, "<dt>printed</dt>", "</dd>");
    assert!(printed.contains(&indexed("p")), "{printed}");
    // One item for every claim that is not as printed, with all it has to say.
    let errata = between(&page, "<ol class=\"errata\">", "</ol>");
    let wrong: Vec<&str> = errata.split("<li>").skip(1).collect();
    let ids: Vec<&str> = outcomes
        .iter()
        .filter(|o| o.printed.erratum.is_some())
        .map(|o| o.id)
        .collect();
    assert_eq!((wrong.len(), ids.len()), (6, 6));
    for (item, id) in wrong.iter().zip(ids) {
        let part = |name: &str| between(item, &format!("<dt>{name}</dt>"), "</dd>");
        assert!(part("wrong").contains("too large"), "{item}");
        assert!(part("by").contains("2 (of x)"), "{item}");
        assert!(
            part("shown by").contains(&format!("#claim-{id}\"")),
            "{item}"
        );
        let (printed, holds) = match id {
            "one" => (indexed("p"), indexed("c")),
            _ => ("x = 1".to_owned(), "x = 2".to_owned()),
        };
        assert!(item.contains(&printed), "{item}");
        assert!(part("holds").contains(&holds), "{item}");
    }
}

/// Light and dark: every colour has both, the one by the system's wish and the other by the button.
#[test]
fn both_grounds_have_every_colour() {
    let (_, page) = the_page();
    let style = between(&page, "<style>", "</style>");
    let names = |rules: &str| -> BTreeMap<String, String> {
        rules
            .split(';')
            .filter_map(|rule| rule.trim().strip_prefix("--")?.split_once(':'))
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect()
    };
    let light = names(between(style, ":root{", "}"));
    let chosen = names(between(style, ":root[data-theme=dark]{", "}"));
    let media = between(style, "@media(prefers-color-scheme:dark){", "}}");
    let wished = names(between(media, ":root:not([data-theme=light]){", "}"));
    assert!(media.contains("color-scheme:dark"), "{media}");
    assert_eq!(chosen, wished);
    let keys = |m: &BTreeMap<String, String>| m.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&light), keys(&chosen));
    // WCAG's contrast: 4.5 for text, 3 for lines; ink on a light ground is dark, on a dark one light.
    let luminance = |hex: &str| {
        let digits = hex.trim_start_matches('#');
        let wide: String = match digits.len() {
            3 => digits.chars().flat_map(|c| [c, c]).collect(),
            _ => digits.to_owned(),
        };
        let channel = |at: usize| {
            let c = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    };
    for (colours, dark) in [(&light, false), (&chosen, true)] {
        let card = luminance(&colours["card"]);
        assert_eq!(card < 0.2, dark);
        let contrast = |name: &str| {
            let l = luminance(&colours[name]);
            (l.max(card) + 0.05) / (l.min(card) + 0.05)
        };
        for text in ["ink", "soft", "accent", "good", "bad", "open"] {
            assert!(contrast(text) >= 4.5, "{text}: {}", contrast(text));
        }
        for line in ["l0", "l1", "l2", "l3", "l4", "l5"] {
            let least = if line == "l5" { 2.0 } else { 3.0 };
            assert!(contrast(line) >= least, "{line}: {}", contrast(line));
        }
    }
}
