//! The report: one self-contained page, and the figures and certificates as files beside it.

use super::certificates::write_certificates;
use super::claim_html::{article, badge, links, measured, printed_badge};
use super::graph::{assumptions, graph};
use super::scripts::plain;
use super::style::style;
use super::table::weakest;
use super::{About, errata, live, svg_file, text_with_math};
use crate::files::{WriteError, write_whole};
use crate::ledger::{Outcome, PrintedVerdict, Size, Verdict};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::path::Path;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The samples of the part that recomputes are no JSON.
    #[error("the samples of the page: {0}")]
    Samples(#[from] serde_json::Error),
}

/// What was run.
#[derive(Debug, Clone, Copy)]
pub struct RunOf<'a> {
    /// The paper.
    pub about: &'a About,
    /// How much work was done.
    pub size: Size,
    /// The seed.
    pub seed: u64,
    /// What was found, in the paper's order.
    pub outcomes: &'a [Outcome],
}

/// A text with formulas; where they are no TeX, as it stands (a derivation's tests should look for that). One without
/// formulas has its scripts lowered and raised.
pub(super) fn rich(text: &str) -> Markup {
    if !text.contains('$') {
        return plain(text);
    }
    match text_with_math(text) {
        Ok(html) => PreEscaped(html),
        Err(_) => html! { code { (text) } },
    }
}

const SCRIPT: &str = include_str!("page/script.js");

fn summary(run: &RunOf<'_>) -> Markup {
    let verdicts = [
        (Verdict::Holds, "hold"),
        (Verdict::Open, "open"),
        (Verdict::Refuted, "refuted"),
        (Verdict::Vacuous, "vacuous"),
    ];
    let printed = [
        (PrintedVerdict::Holds, "as printed"),
        (PrintedVerdict::Incomplete, "incomplete as printed"),
        (PrintedVerdict::Slip, "slips as printed"),
    ];
    let controls: usize = run.outcomes.iter().map(|o| o.controls.len()).sum();
    let count = |keep: &dyn Fn(&Outcome) -> bool| run.outcomes.iter().filter(|o| keep(o)).count();
    html! {
        ul.counts {
            li { b { (run.outcomes.len()) } "claims" }
            @for (verdict, name) in verdicts {
                @let n = count(&|o| o.verdict == verdict);
                @if n > 0 { li class=(verdict.name()) { b { (n) } (name) } }
            }
            li { b { (controls) } "controls" }
            @for (verdict, name) in printed {
                @let n = count(&|o| o.printed.verdict == verdict);
                @if n > 0 { li { b { (n) } (name) } }
            }
        }
    }
}

fn table(run: &RunOf<'_>) -> Markup {
    // With the class of numbers, which stand on the right.
    let heads = [
        ("Claim", None),
        ("Section", Some("n")),
        ("Verdict", None),
        ("Rests on", None),
        ("Controls", Some("n")),
        ("Printed", None),
        ("Seconds", Some("n")),
    ];
    html! {
        div.wide { table.sortable {
            thead { tr { @for (head, class) in heads { th class=[class] scope="col" { button type="button" { (head) } } } } }
            tbody { @for (k, o) in run.outcomes.iter().enumerate() {
                @let kind = o.rests_on();
                @let refuted = o.controls.iter().filter(|m| m.supports() == Some(false)).count();
                tr {
                    td data-key=(o.id) { a href={ "#claim-" (o.id) } { (o.id) } }
                    td.n data-key=(k) { (o.section) }
                    td data-key=(o.verdict.name()) { (badge(o.verdict)) }
                    td data-key=(kind.map_or(9, |kind| kind as u8)) { (weakest(o)) }
                    td.n data-key=(refuted) { (refuted) "/" (o.controls.len()) " refuted" }
                    td data-key=(format!("{:?}", o.printed.verdict)) { (printed_badge(o.printed.verdict)) }
                    td.n data-key=(o.seconds) { (format!("{:.2}", o.seconds)) }
                }
            } }
        } }
    }
}

/// The graph's edges in words: for a window too narrow for it, and where two of them cross.
fn uses_list(run: &RunOf<'_>, trusted: &[&str]) -> Markup {
    let rests = |o: &&Outcome| !(o.uses.is_empty() && o.assumes.is_empty());
    html! {
        details.uses { summary { "As a list" } ul { @for o in run.outcomes.iter().filter(rests) {
            li {
                a href={ "#claim-" (o.id) } { (o.id) }
                @if !o.uses.is_empty() { " uses " (links(o.uses.iter().copied(), run.outcomes)) }
                @if !o.assumes.is_empty() { (if o.uses.is_empty() { " assumes " } else { "; assumes " }) }
                @for (k, assumption) in o.assumes.iter().enumerate() {
                    @if k > 0 { ", " }
                    @let number = trusted.iter().position(|a| *a == assumption.as_str()).unwrap_or(0) + 1;
                    a href={ "#A" (number) } { "A" (number) }
                }
            }
        } } }
    }
}

fn errata_list(run: &RunOf<'_>) -> Markup {
    html! {
        ol.errata { @for o in errata(run.outcomes) {
            li {
                (printed_badge(o.printed.verdict)) " slide ‘" (o.slide) "’ prints " (rich(&o.printed.text))
                dl {
                    @if let Some(e) = &o.printed.erratum {
                        dt { "wrong" } dd { (rich(e.wrong)) }
                        dt { "by" } dd { (measured(e.size)) " (" (plain(&e.of)) ")" }
                        dt { "holds" } dd { (rich(e.corrected)) }
                    } @else {
                        dt { "holds" } dd { (rich(o.statement)) }
                    }
                    dt { "shown by" } dd { a href={ "#claim-" (o.id) } { (o.id) } }
                }
            }
        } }
    }
}

/// Title, source and the way around the page.
fn top(run: &RunOf<'_>) -> Markup {
    let sections = run.outcomes.chunk_by(|a, b| a.section == b.section);
    html! {
        header.top {
            h1 { (run.about.title) }
            p.source { (run.about.source) }
            nav aria-label="Contents" {
                @if run.about.live.is_some() { a href="#play" { "Recompute" } }
                a href="#summary" { "Summary" }
                @if !errata(run.outcomes).is_empty() { a href="#errata" { "Errata" } }
                a href="#graph" { "What rests on what" }
                @for section in sections.map(|claims| claims[0].section) {
                    a href={ "#section-" (section) } { "§" (section) }
                }
                a href="#reading" { "How to read this" }
                button #theme type="button" { "Light / dark" }
            }
        }
    }
}

/// What rests on what: the graph, and the same as lists.
fn rests(run: &RunOf<'_>) -> Markup {
    let trusted = assumptions(run.outcomes);
    html! {
        h2 #graph { "What rests on what" }
        p.small.graph { "An edge leads from what is used, above or on the left, to the claim that uses it; a dashed one from what is taken on trust." }
        div.wide { (PreEscaped(graph(run.about, run.outcomes))) }
        (uses_list(run, &trusted))
        @if !trusted.is_empty() {
            ol.trusted { @for (k, text) in trusted.iter().enumerate() {
                li id={ "A" (k + 1) } value=(k + 1) { b { "A" (k + 1) } " " (plain(text)) }
            } }
        }
    }
}

/// The page as text.
///
/// # Errors
/// [`ReportError::Samples`].
pub fn page(run: &RunOf<'_>) -> Result<String, ReportError> {
    let about = run.about;
    let live = about.live.as_ref();
    let live = live.map(|live| live::section(live, run.outcomes));
    let live = live.transpose()?;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (about.title) }
                link rel="icon" href="data:,";
                style { (PreEscaped(style())) }
            }
            body {
                (top(run))
                main {
                    p { (rich(about.introduction)) }
                    @if !about.theorem.is_empty() { div.theorem { b { "Theorem, as it holds. " } (rich(about.theorem)) } }
                    @if let Some(live) = live { (live) }
                    h2 #summary { "Summary" }
                    (summary(run))
                    (table(run))
                    @if !errata(run.outcomes).is_empty() {
                        h2 #errata { "Errata: what is not as printed" } (errata_list(run))
                    }
                    (rests(run))
                    @for claims in run.outcomes.chunk_by(|a, b| a.section == b.section) {
                        h2 id={ "section-" (claims[0].section) } { (about.section(claims[0].section)) }
                        @for outcome in claims { (article(run, outcome)) }
                    }
                    (reading())
                }
                footer.ui.small {
                    "Written by tensor-dyson " (env!("CARGO_PKG_VERSION")) "; size "
                    (format!("{:?}", run.size).to_lowercase()) ", seed " (run.seed) "."
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    Ok(page.into_string())
}

fn reading() -> Markup {
    let kinds = [
        ("proved", "symbolic: holds for every dimension"),
        (
            "exact",
            "equality in the integers, the rationals or a prime field",
        ),
        ("enclosed", "a rigorous bound on the error"),
        ("rounding", "a bound from the rounding unit and the sizes"),
        (
            "rate",
            "the upper end of a fitted exponent’s 95 % interval over a ladder of sizes, against the allowed exponent",
        ),
        (
            "sampled",
            "a statistical test: the distance in standard errors against the quantile of a named false-alarm rate",
        ),
    ];
    html! {
        h2 #reading { "How to read this" }
        p { "A claim " b { "holds" } " if all its evidence is within its allowance and every control — a near miss through \
             the same code — is refuted. It is " b { "refuted" } " if some evidence is not; " b { "vacuous" } " without \
             evidence, without a control, with a control that passes, or with a NaN; " b { "open" } " where it cannot be \
             settled. No verdict is written by hand. Kinds of evidence, strongest first:" }
        dl { @for (kind, text) in kinds { dt { (kind) } dd { (text) } } }
    }
}

/// Writes `index.html`, `figures/<id>.svg` and `certificates/<id>.json` into the folder, which is made if it is
/// not there. Each file is written whole or not at all, the page last.
///
/// # Errors
/// [`ReportError`].
pub fn write_report(folder: &Path, run: &RunOf<'_>) -> Result<(), ReportError> {
    let page = page(run)?;
    let figures = folder.join("figures");
    std::fs::create_dir_all(&figures).map_err(|source| WriteError {
        path: figures.clone(),
        source,
    })?;
    for figure in run.outcomes.iter().flat_map(|o| &o.figures) {
        let path = figures.join(format!("{}.svg", figure.id));
        write_whole(&path, svg_file(figure).as_bytes())?;
    }
    write_certificates(&folder.join("certificates"), run.outcomes)?;
    Ok(write_whole(&folder.join("index.html"), page.as_bytes())?)
}
