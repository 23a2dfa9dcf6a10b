//! One claim on the page.

use super::graph::assumptions;
use super::html::{RunOf, rich};
use super::scripts::plain;
use super::svg;
use super::table::{counted, open_reason, weakest};
use crate::ledger::{Measurement, Outcome, PrintedVerdict, Verdict};
use crate::numerals::three_digits as number;
use maud::{Markup, PreEscaped, html};

/// A verdict as a badge: told by its word, not by its colour.
pub(super) fn badge(verdict: Verdict) -> Markup {
    let name = verdict.name();
    html! { span class={ "badge " (name) } { (name) } }
}

/// What is found of the printed formula, as a badge.
pub(super) fn printed_badge(verdict: PrintedVerdict) -> Markup {
    let (class, name) = match verdict {
        PrintedVerdict::Holds => ("holds", "as printed"),
        PrintedVerdict::Slip => ("slip", "slip"),
        PrintedVerdict::Incomplete => ("incomplete", "incomplete"),
        PrintedVerdict::Open => ("open", "open"),
        PrintedVerdict::Unevaluated => ("vacuous", "not evaluated"),
    };
    html! { span class={ "badge " (class) } { (name) } }
}

/// Three digits.
pub(super) fn measured(x: f64) -> Markup {
    plain(&number(x))
}

fn row(m: &Measurement) -> Markup {
    let (mark, sign) = match m.supports() {
        Some(true) => ("✓", "≤"),
        Some(false) => ("✗", ">"),
        None => ("?", "?"),
    };
    html! {
        div.row {
            (mark) " " (plain(&m.what)) " "
            span.num {
                "[" (m.kind.name()) ", " (counted(m.cases, "case"))
                @if m.cross_check { ", cross-check" }
                "]: " (measured(m.distance)) "\u{a0}" (sign) "\u{a0}" (measured(m.allowance))
            }
            @if let Some(argument) = &m.argument {
                details { summary { "in full" } pre { (argument) } }
            }
            @if let Some(file) = &m.certificate_file {
                div.small.ui {
                    "checked twice, independently: by normal form, and index by index in a prime field; whoever believes \
                     neither has the certificate " a href={ "certificates/" (file) } download { (file) }
                }
            }
        }
    }
}

/// Names of claims, those of this run as links.
pub(super) fn links<'a>(ids: impl Iterator<Item = &'a str>, outcomes: &[Outcome]) -> Markup {
    html! {
        @for (k, id) in ids.enumerate() {
            @if k > 0 { ", " }
            @if outcomes.iter().any(|o| o.id == id) { a href={ "#claim-" (id) } { (id) } } @else { (id) }
        }
    }
}

/// The article of a claim.
pub(super) fn article(run: &RunOf<'_>, o: &Outcome) -> Markup {
    let trusted = assumptions(run.outcomes);
    let used_by: Vec<&str> = run
        .outcomes
        .iter()
        .filter(|other| other.uses.contains(&o.id))
        .map(|other| other.id)
        .collect();
    let printed = &o.printed;
    html! {
        article id={ "claim-" (o.id) } {
            header {
                h3 { a href={ "#claim-" (o.id) } { (o.id) } }
                (badge(o.verdict))
                span.small.ui { "rests on: " (weakest(o)) "; slide ‘" (o.slide) "’" }
            }
            div.statement { (rich(o.statement)) }
            @if !o.figures.is_empty() {
                div.figures { @for figure in &o.figures {
                    figure id={ "figure-" (figure.id) } {
                        (PreEscaped(svg(figure)))
                        @if !figure.caption.is_empty() { figcaption { (plain(&figure.caption)) } }
                    }
                } }
            }
            dl {
                dt { "printed" }
                dd {
                    (printed_badge(printed.verdict)) " " (rich(&o.printed.text))
                    @if printed.verdict != PrintedVerdict::Open {
                        span.small.ui { " measured\u{a0}" (measured(printed.distance)) ", allowed\u{a0}" (measured(printed.allowance)) }
                    }
                    @if let Some(open) = printed.open {
                        div.row { (plain(&open_reason(&open))) }
                    }
                }
                dt { "evidence" } dd { @for m in &o.evidence { (row(m)) } @if o.evidence.is_empty() { "none" } }
                dt { "controls" } dd { @for m in &o.controls { (row(m)) } @if o.controls.is_empty() { "none" } }
                @if let Some(error) = &o.error { dt { "error" } dd { (error) } }
                @if !o.uses.is_empty() { dt { "uses" } dd.row { (links(o.uses.iter().copied(), run.outcomes)) } }
                @if !used_by.is_empty() { dt { "used by" } dd.row { (links(used_by.into_iter(), run.outcomes)) } }
                @if !o.assumes.is_empty() {
                    dt { "assumes" }
                    dd.row { @for assumption in o.assumes {
                        @let k = trusted.iter().position(|a| a == assumption).unwrap_or(0) + 1;
                        div { a href={ "#A" (k) } { "A" (k) } ": " (plain(assumption)) }
                    } }
                }
            }
        }
    }
}
