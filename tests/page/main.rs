//! The page against the run that it shows: nothing left out, nothing in another's place.

mod plots;
mod statements;
mod whole;

use std::collections::BTreeMap;
use tensor_dyson::ledger::{Axis, Verdict};
use tensor_dyson::ledger::{
    CheckError, Claim, Context, Figure, Finding, Measurement, Outcome, Printed, Size, run,
};
use tensor_dyson::report::{About, RunOf, page, svg};
use tensor_dyson::symbolic::{Proof, ProofError, TensorLaw, Theory};

fn slip(_: &Context) -> Result<Finding, CheckError> {
    let [good, bad] = [0, 1].map(|differing| Measurement::exact("m", 1, differing));
    Ok(Finding {
        printed: Printed::judged("x = 1", 3.0, 1.0).erratum("too large", "x = 2", 2.0, "of x"),
        evidence: vec![good],
        controls: vec![bad],
        ..Finding::default()
    })
}

/// A slip with its formulas in TeX.
fn in_tex(ctx: &Context) -> Result<Finding, CheckError> {
    Ok(Finding {
        printed: Printed::judged("$p_1$", 3.0, 1.0).erratum("too large", "$c_1$", 2.0, "of x"),
        ..slip(ctx)?
    })
}

fn drawn(ctx: &Context) -> Result<Finding, CheckError> {
    let mut finding = slip(ctx)?;
    finding.printed = Printed::as_claimed("x = 1", &finding.evidence);
    let axes = (Axis::log("size"), Axis::linear("share"));
    finding.figures = vec![
        Figure::new("drawn", "T", axes.0, axes.1)
            .points("p", [(1.0, 1.0)])
            .caption("its caption"),
    ];
    Ok(finding)
}

fn refuted(ctx: &Context) -> Result<Finding, CheckError> {
    let mut finding = drawn(ctx)?;
    finding.figures.clear();
    finding.evidence.append(&mut finding.controls);
    Ok(finding)
}

const A: &str = "the first assumption";
const B: &str = "the second assumption";

/// Two sections; the second one fills two rows of the graph.
fn claims() -> Vec<Claim> {
    type Row = (
        &'static str,
        u8,
        &'static [&'static str],
        &'static [&'static str],
        fn(&Context) -> Result<Finding, CheckError>,
    );
    let rows: [Row; 8] = [
        ("one", 1, &[], &[], in_tex),
        ("two", 1, &["one"], &[B], drawn),
        ("three", 1, &["one", "two"], &[], refuted),
        ("a-claim-with-quite-a-long-name-1", 2, &["two"], &[], slip),
        ("a-claim-with-quite-a-long-name-2", 2, &[], &[A, B], slip),
        (
            "a-claim-with-quite-a-long-name-3",
            2,
            &["a-claim-with-quite-a-long-name-1", "three"],
            &[],
            slip,
        ),
        ("a-claim-with-quite-a-long-name-4", 2, &[], &[], slip),
        (
            "a-claim-with-quite-a-long-name-5",
            2,
            &[
                "a-claim-with-quite-a-long-name-4",
                "a-claim-with-quite-a-long-name-3",
            ],
            &[A],
            slip,
        ),
    ];
    rows.map(|(id, section, uses, assumes, check)| Claim {
        id,
        section,
        slide: "S",
        statement: if id == "one" { "$s_1$" } else { "x" },
        uses,
        assumes,
        check,
        ..Claim::BLANK
    })
    .to_vec()
}

fn the_page() -> (Vec<Outcome>, String) {
    let outcomes = run(&claims(), Size::Small, 1, |_| {});
    let page = page_of(&outcomes);
    (outcomes, page)
}

fn page_of(outcomes: &[Outcome]) -> String {
    let about = About {
        title: "T",
        source: "S",
        introduction: "$i_1$",
        theorem: "$t_1$",
        sections: &[(1, "First"), (2, "Second")],
        seed: 1,
        live: None,
    };
    let whole = RunOf {
        about: &about,
        size: Size::Small,
        seed: 11,
        outcomes,
    };
    page(&whole).unwrap()
}

/// What stands between two marks, at the first place.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let found = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    found.1.split(to).next().unwrap()
}

/// A formula `x_1` as MathML.
fn indexed(letter: &str) -> String {
    format!("<msub><mi>{letter}</mi><mn>1</mn></msub>")
}

/// The number after a mark in a tag.
fn number(tag: &str, mark: &str) -> f64 {
    between(tag, mark, "\"").parse().unwrap()
}

#[test]
fn every_edge_is_drawn_once_from_what_is_used_to_what_uses_it_and_is_seen() {
    let (outcomes, page) = the_page();
    let graph = between(&page, "<svg class=\"graph\"", "</svg>");
    // x, y, width and height of the boxes.
    let boxes: BTreeMap<&str, [f64; 4]> = graph
        .split("data-node=\"")
        .skip(1)
        .map(|node| {
            let rect = between(node, "<rect ", "/>");
            let size = ["x=\"", "y=\"", "width=\"", "height=\""].map(|mark| {
                let rect = format!(" {rect}");
                number(&rect, &format!(" {mark}"))
            });
            (node.split('"').next().unwrap(), size)
        })
        .collect();
    assert_eq!(boxes.len(), outcomes.len() + 2);
    let rows: std::collections::BTreeSet<i64> = boxes.values().map(|b| b[1] as i64).collect();
    assert_eq!(rows.len(), 4, "trust, a row, and two");
    let mut edges: Vec<(String, String)> = vec![];
    for path in graph.split("<path ").skip(1) {
        let path = path.split("/>").next().unwrap();
        let [from, to] = ["data-from=\"", "data-to=\""].map(|mark| between(path, mark, "\""));
        let trust = from.starts_with('A');
        assert_eq!(path.contains("class=\"edge trust\""), trust, "{path}");
        let points: Vec<f64> = between(path, " d=\"M", "\"")
            .split([' ', 'C'])
            .map(|x| x.parse().unwrap())
            .collect();
        let (a, b) = (boxes[from], boxes[to]);
        let [x0, y0, _, c0, _, c1, x1, y1] = points[..] else {
            panic!("{path}");
        };
        // Written to a hundredth of a pixel.
        let at = |x: f64, y: f64| (x - y).abs() < 0.011;
        assert!(at(x0, a[0] + a[2] / 2.0) && at(y0, a[1] + a[3]), "{path}");
        assert!(at(x1, b[0] + b[2] / 2.0), "{path}");
        if a[1] == b[1] {
            // The middle of the curve is the lowest point: below the boxes, above those of the next row.
            let middle = (y0 + 3.0 * c0 + 3.0 * c1 + y1) / 8.0;
            assert_eq!(y1, b[1] + b[3]);
            assert!((4.0..=22.0).contains(&(middle - y0)), "{path}");
        } else {
            assert_eq!(y1, b[1], "{path}");
        }
        edges.push((from.to_owned(), to.to_owned()));
    }
    let mut expected = vec![];
    for o in &outcomes {
        let numbered = |a: &String| if a == B { "A1" } else { "A2" };
        let from = o.uses.iter().copied().chain(o.assumes.iter().map(numbered));
        expected.extend(from.map(|from| (from.to_owned(), o.id.to_owned())));
    }
    // The list beside the graph has them all too.
    let list = between(&page, "<details class=\"uses\">", "</details>");
    for item in list.split("<li>").skip(1) {
        let mut links = item.split("href=\"#").skip(1);
        let mut next = || {
            let target = links.next()?.split('"').next().unwrap();
            Some(target.trim_start_matches("claim-").to_owned())
        };
        let to = next().unwrap();
        while let Some(from) = next() {
            let at = edges.iter().position(|e| *e == (from.clone(), to.clone()));
            let at = at.unwrap_or_else(|| panic!("{from} to {to} is not drawn"));
            edges.swap_remove(at);
            let at = expected
                .iter()
                .position(|e| *e == (from.clone(), to.clone()));
            expected.swap_remove(at.unwrap_or_else(|| panic!("{from} to {to} is not so")));
        }
    }
    assert!(edges.is_empty() && expected.is_empty(), "{expected:?}");
}

#[test]
fn every_claim_has_a_row_an_article_and_a_node_that_lead_to_it() {
    let (outcomes, page) = the_page();
    let body = between(&page, "<tbody>", "</tbody>");
    let rows: Vec<&str> = body.split("<tr>").skip(1).collect();
    assert_eq!(rows.len(), outcomes.len());
    let articles: Vec<&str> = page.split("<article id=\"claim-").skip(1).collect();
    assert_eq!(articles.len(), outcomes.len());
    let graph = between(&page, "<svg class=\"graph\"", "</svg>");
    for ((o, row), article) in outcomes.iter().zip(&rows).zip(&articles) {
        let link = format!("<a href=\"#claim-{0}\">{0}</a>", o.id);
        assert!(row.contains(&link) && article.contains(&link), "{row}");
        assert!(article.starts_with(&format!("{}\"", o.id)), "{article}");
        let node = format!("href=\"#claim-{0}\" data-node=\"{0}\"", o.id);
        assert_eq!(graph.matches(&node).count(), 1, "{node}");
        let verdict = o.verdict.name();
        let badge = format!("<span class=\"badge {verdict}\">{verdict}</span>");
        assert!(row.contains(&badge) && article.contains(&badge), "{row}");
        let class = between(graph, &format!("{node}><g class=\"node "), "\"");
        assert_eq!(class, format!("v-{verdict}"));
        let keys: Vec<&str> = row.split("data-key=\"").skip(1).collect();
        let keys: Vec<&str> = keys.iter().map(|k| k.split('"').next().unwrap()).collect();
        assert_eq!(keys.len(), 7, "every column sorts: {row}");
        assert_eq!((keys[0], keys[2]), (o.id, verdict));
        let refuted = if o.verdict == Verdict::Refuted {
            "0/0"
        } else {
            "1/1"
        };
        assert!(row.contains(&format!("{refuted} refuted")), "{row}");
        let printed = match o.printed.erratum {
            Some(_) => "<span class=\"badge slip\">slip</span>",
            None => "<span class=\"badge holds\">as printed</span>",
        };
        assert!(row.contains(printed) && article.contains(printed), "{row}");
        // What it uses, what uses it, and what it assumes.
        let part = |name: &str| match article.split_once(&format!("<dt>{name}</dt>")) {
            Some((_, part)) => part
                .split("</dd>")
                .next()
                .unwrap()
                .split("href=\"#")
                .skip(1)
                .map(|link| link.split('"').next().unwrap().trim_start_matches("claim-"))
                .collect(),
            None => vec![],
        };
        let article = article.split("</article>").next().unwrap();
        assert_eq!(part("uses"), o.uses, "{article}");
        let using = outcomes.iter().filter(|other| other.uses.contains(&o.id));
        assert_eq!(part("used by"), using.map(|u| u.id).collect::<Vec<_>>());
        let numbered = o.assumes.iter().map(|a| if a == B { "A1" } else { "A2" });
        assert_eq!(part("assumes"), numbered.collect::<Vec<_>>());
        assert_eq!(article.contains("<svg class=\"plot\""), o.id == "two");
    }
    // Sections hold their own claims, in order.
    let [first, second] = ["section-1", "section-2"].map(|id| page.find(&format!("id=\"{id}\"")));
    let third = page.find("id=\"claim-three\"");
    let fourth = page.find("id=\"claim-a-claim-with-quite-a-long-name-1\"");
    assert!(first < third && third < second && second < fourth);
    for text in [
        "Section 1: First",
        "Section 2: Second",
        "size small, seed 11",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

/// The script's handles are on the page.
#[test]
fn what_the_script_looks_for_is_there() {
    let (_, page) = the_page();
    let script = between(&page, "<script>", "</script>");
    for (asked, there) in [
        ("getElementById(\"theme\")", "<button id=\"theme\""),
        ("table.sortable", "<table class=\"sortable\""),
        ("svg.graph .edge", "class=\"edge\""),
        ("[data-node]", "data-node=\""),
        ("details.uses", "<details class=\"uses\""),
        ("dataset.key", "data-key=\""),
    ] {
        assert!(script.contains(asked) && page.contains(there), "{asked}");
    }
    assert!(page.contains("<figcaption>its caption</figcaption>"));
    for a in [A, B] {
        assert!(page.contains(a), "{a}");
    }
}

/// A phone has the list for the graph, which would be cut: by a rule as specific as the one that shows it.
#[test]
fn the_graph_is_not_shown_where_it_would_be_cut() {
    let (_, page) = the_page();
    let narrow = between(&page, "@media(max-width:36rem){", "@media print");
    assert!(narrow.contains("svg.graph,p.graph{display:none}"));
    assert!(!narrow.contains("details.uses"));
}
