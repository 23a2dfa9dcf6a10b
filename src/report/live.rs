//! The part of the page that recomputes: its frame and the samples that are drawn beside it. What is computed is the paper's affair.

use super::Live;
use super::html::rich;
use crate::ledger::{Outcome, Shape};
use maud::{Markup, PreEscaped, html};
use serde::Serialize;
use std::collections::BTreeMap;

/// The bars of a figure.
#[derive(Serialize)]
struct Bars<'a> {
    edges: &'a [f64],
    heights: &'a [f64],
}

/// The first bars of each figure that has some, by the figure's name.
fn samples(outcomes: &[Outcome]) -> BTreeMap<&'static str, Bars<'_>> {
    let figures = outcomes.iter().flat_map(|o| &o.figures);
    figures
        .filter_map(|figure| {
            let bars = figure
                .series
                .iter()
                .find_map(|series| match &series.shape {
                    Shape::Bars { edges, heights } => Some(Bars { edges, heights }),
                    _ => None,
                })?;
            Some((figure.id, bars))
        })
        .collect()
}

/// The section, with its script.
///
/// # Errors
/// Bars that are no JSON.
pub(super) fn section(live: &Live, outcomes: &[Outcome]) -> Result<Markup, serde_json::Error> {
    // Within a script `</` would end it.
    let data = serde_json::to_string(&samples(outcomes))?.replace("</", "<\\/");
    Ok(html! {
        h2 #play { (live.title) }
        p { (rich(live.introduction)) }
        div #live {}
        script #live-data type="application/json" { (PreEscaped(data)) }
        script { (PreEscaped(live.script)) }
    })
}
