//! What rests on what, as inline SVG: assumptions on top, then a band a section with its claims in their order, so
//! that a claim stands right of what it uses, or below it.

use super::About;
use super::scene::{Anchor, Px, Scene};
use super::scripts::escaped;
use crate::ledger::{Outcome, plain_text};
use std::collections::BTreeMap;

const HEIGHT: f64 = 22.0;
/// Between neighbours, and below a row, where the edges between its claims dip.
const GAP: (f64, f64) = (10.0, 22.0);
/// The left edge, with room for a box's stroke, and the right one.
const LEFT: f64 = 1.0;
const WIDTH: f64 = 1081.0;

/// The width of a claim's box.
fn width(label: &str) -> f64 {
    6.6 * label.chars().count() as f64 + 16.0
}

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

/// A picture that fills up from left to right and from top to bottom.
#[derive(Default)]
struct Drawing {
    scene: Scene,
    /// The middle of a node's upper edge, by its key.
    at: BTreeMap<String, (f64, f64)>,
    x: f64,
    y: f64,
}

impl Drawing {
    fn band(&mut self, name: &str) {
        let y = self.y + 18.0;
        let style = "class=\"band\" font-size=\"13\"";
        self.scene.text((LEFT, y), Anchor::Start, style, name);
        (self.x, self.y) = (LEFT, y + 9.0);
    }

    fn node(&mut self, key: &str, target: &str, class: &str, title: &str) {
        let width = width(key);
        if self.x > LEFT && self.x + width > WIDTH {
            (self.x, self.y) = (LEFT, self.y + HEIGHT + GAP.1);
        }
        let (x, y, middle) = (self.x, self.y, self.x + width / 2.0);
        self.at.insert(key.to_owned(), (middle, y));
        let (name, target) = (escaped(key), escaped(target));
        self.scene.tag(&format!(
            "<a href=\"#{target}\" data-node=\"{name}\"><g class=\"node {class}\"><title>{}</title>",
            escaped(title),
        ));
        self.scene.rect((x, y), (width, HEIGHT), "rx=\"5\"");
        let style = "font-size=\"11.5\"";
        self.scene
            .text((middle, y + 15.0), Anchor::Middle, style, key);
        self.scene.tag("</g></a>");
        self.x += width + GAP.0;
    }

    fn end_band(&mut self) {
        self.y += HEIGHT + GAP.1;
    }

    /// An edge, if both ends were drawn: a claim that was left out of the run was not.
    fn edge(&self, from: &str, to: &str, class: &str) -> Option<String> {
        let (&(x0, y0), &(x1, y1)) = (self.at.get(from)?, self.at.get(to)?);
        let start = y0 + HEIGHT;
        let (first, second) = if y0 == y1 {
            // Three quarters of it is seen: clear of the boxes, and of the row below.
            let dip = start + 8.0 + 0.016 * (x1 - x0).abs();
            (dip, dip)
        } else {
            let bend = ((y1 - start) / 2.0).clamp(10.0, 60.0);
            (start + bend, y1 - bend)
        };
        let end = if y0 == y1 { start } else { y1 };
        let [x0, x1, start, first, second, end] = [x0, x1, start, first, second, end].map(Px);
        let curve = format!("M{x0} {start}C{x0} {first} {x1} {second} {x1} {end}");
        let (from, to) = (escaped(from), escaped(to));
        Some(format!(
            "<path class=\"edge{class}\" data-from=\"{from}\" data-to=\"{to}\" d=\"{curve}\"/>"
        ))
    }
}

/// The graph: claims link to their articles, assumptions to their list.
pub(super) fn graph(about: &About, outcomes: &[Outcome]) -> String {
    let trusted = assumptions(outcomes);
    let mut drawing = Drawing::default();
    if !trusted.is_empty() {
        drawing.band("Taken on trust");
        for (k, text) in trusted.iter().enumerate() {
            let key = format!("A{}", k + 1);
            drawing.node(&key, &key, "trust", text);
        }
        drawing.end_band();
    }
    for section in outcomes.chunk_by(|a, b| a.section == b.section) {
        drawing.band(&about.section(section[0].section));
        for o in section {
            let class = format!("v-{}", o.verdict.name());
            drawing.node(
                o.id,
                &format!("claim-{}", o.id),
                &class,
                &plain_text(o.statement),
            );
        }
        drawing.end_band();
    }
    let mut edges = String::new();
    for outcome in outcomes {
        let used = outcome
            .uses
            .iter()
            .map(|id| drawing.edge(id, outcome.id, ""));
        let taken = outcome.assumes.iter().map(|assumption| {
            let k = trusted.iter().position(|a| a == assumption)?;
            drawing.edge(&format!("A{}", k + 1), outcome.id, " trust")
        });
        edges.extend(used.chain(taken).flatten());
    }
    let style = "class=\"graph\" aria-label=\"What rests on what\"";
    let size = (WIDTH + 1.0, drawing.y);
    Scene::over(&edges, drawing.scene).finished(size, style)
}
