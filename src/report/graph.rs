//! What rests on what, as inline SVG: a band a section, claims below what they use, assumptions on top.

use super::About;
use super::plot::escaped;
use crate::ledger::Outcome;
use std::collections::BTreeMap;
use std::fmt::Write;

const NODE: (f64, f64) = (152.0, 24.0);
const GAP: (f64, f64) = (14.0, 26.0);
const PER_ROW: usize = 6;
/// Room for a band's name.
const MARGIN: f64 = 30.0;

/// The assumptions of a run, each once, in the order of their first claim.
pub(super) fn assumptions(outcomes: &[Outcome]) -> Vec<&'static str> {
    let mut all = vec![];
    for assumption in outcomes.iter().flat_map(|o| o.assumes) {
        if !all.contains(assumption) {
            all.push(*assumption);
        }
    }
    all
}

/// Rows of a section: a claim stands below the claims of its own section that it uses; long rows are split.
fn rows<'a>(section: &[&'a Outcome]) -> Vec<Vec<&'a Outcome>> {
    let mut depth: BTreeMap<&str, usize> = BTreeMap::new();
    let mut levels: Vec<Vec<&Outcome>> = vec![];
    for outcome in section {
        let below = outcome.uses.iter().filter_map(|id| depth.get(id)).max();
        let level = below.map_or(0, |d| d + 1);
        depth.insert(outcome.id, level);
        if levels.len() <= level {
            levels.resize(level + 1, vec![]);
        }
        levels[level].push(outcome);
    }
    levels
        .iter()
        .flat_map(|level| level.chunks(PER_ROW).map(<[_]>::to_vec))
        .collect()
}

/// The graph: claims link to their articles, assumptions to their list.
pub(super) fn graph(about: &About, outcomes: &[Outcome]) -> String {
    let trusted = assumptions(outcomes);
    let mut at: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    let mut nodes = String::new();
    let mut y = 8.0;
    let width = MARGIN + PER_ROW as f64 * (NODE.0 + GAP.0);
    let mut band = |name: &str, y: &mut f64| {
        *y += 18.0;
        let _ = write!(
            nodes,
            "<text class=\"band\" x=\"4\" y=\"{y}\" font-size=\"13\">{}</text>",
            escaped(name)
        );
        *y += 8.0;
    };
    let mut boxes = String::new();
    if !trusted.is_empty() {
        band("Taken on trust", &mut y);
        for (k, text) in trusted.iter().enumerate() {
            let across = 20;
            let x = MARGIN + (k % across) as f64 * 48.0;
            if k > 0 && k % across == 0 {
                y += 30.0;
            }
            at.insert(format!("A{}", k + 1), (x + 20.0, y));
            let _ = write!(
                boxes,
                "<a href=\"#A{n}\" data-node=\"A{n}\"><g class=\"node trust\"><title>{}</title>\
                 <rect x=\"{x}\" y=\"{y}\" width=\"40\" height=\"24\" rx=\"12\"/><text x=\"{}\" y=\"{}\" \
                 font-size=\"12\" text-anchor=\"middle\">A{n}</text></g></a>",
                escaped(text),
                x + 20.0,
                y + 16.5,
                n = k + 1
            );
        }
        y += NODE.1 + GAP.1;
    }
    let mut sections: Vec<u8> = outcomes.iter().map(|o| o.section).collect();
    sections.dedup();
    for section in sections {
        let members: Vec<&Outcome> = outcomes.iter().filter(|o| o.section == section).collect();
        band(&about.section(section), &mut y);
        for row in rows(&members) {
            for (k, outcome) in row.iter().enumerate() {
                let x = MARGIN + k as f64 * (NODE.0 + GAP.0);
                at.insert(outcome.id.to_owned(), (x + NODE.0 / 2.0, y));
                let _ = write!(
                    boxes,
                    "<a href=\"#claim-{id}\" data-node=\"{id}\"><g class=\"node v-{}\">\
                     <title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"5\"/>\
                     <text x=\"{}\" y=\"{}\" font-size=\"12\" text-anchor=\"middle\">{id}</text></g></a>",
                    outcome.verdict.name(),
                    escaped(outcome.statement),
                    NODE.0,
                    NODE.1,
                    x + NODE.0 / 2.0,
                    y + 16.5,
                    id = outcome.id
                );
            }
            y += NODE.1 + GAP.1;
        }
    }
    let mut edges = String::new();
    let mut edge = |from: &str, to: &str, class: &str| {
        // A claim that was left out of the run has no node.
        if let (Some(&(x0, y0)), Some(&(x1, y1))) = (at.get(from), at.get(to)) {
            let (y0, bend) = (y0 + NODE.1, ((y1 - y0 - NODE.1) / 2.0).clamp(12.0, 60.0));
            let _ = write!(
                edges,
                "<path class=\"edge{class}\" data-from=\"{from}\" data-to=\"{to}\" \
                 d=\"M{x0} {y0}C{x0} {} {x1} {} {x1} {y1}\"/>",
                y0 + bend,
                y1 - bend
            );
        }
    };
    for outcome in outcomes {
        for id in outcome.uses {
            edge(id, outcome.id, "");
        }
        for assumption in outcome.assumes {
            if let Some(k) = trusted.iter().position(|a| a == assumption) {
                edge(&format!("A{}", k + 1), outcome.id, " trust");
            }
        }
    }
    format!(
        "<svg class=\"graph\" role=\"img\" aria-label=\"What rests on what\" viewBox=\"0 0 {width} {y}\" \
         width=\"{width}\" height=\"{y}\">{edges}{nodes}{boxes}</svg>"
    )
}
