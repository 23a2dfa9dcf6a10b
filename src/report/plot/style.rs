//! Colours, dashes and the sizes of things.
//!
//! plotters writes colours as numbers and knows no dashes. So everything is drawn in a stand-in colour, one
//! a role, and the finished SVG is dressed: each stand-in becomes a class with a colour and, for lines, a
//! dash. The page restyles the classes for dark mode; a file keeps what it is given.

use crate::report::scripts::with_scripts;
use plotters::prelude::{IntoFont, ShapeStyle, TextStyle};
use plotters::style::{Color, RGBColor};

/// Drawing units a pixel: plotters writes whole numbers, so it draws larger than the picture is shown.
pub(super) const UNIT: i32 = 4;

/// Sizes in pixels: the width, the left edge of title and legend, and the fonts.
pub(super) const WIDTH: i32 = 440;
pub(super) const LEFT: i32 = 10;
pub(super) const FONT: i32 = 13;
pub(super) const TITLE_FONT: i32 = 15;
/// plotters divides a font's size by this on writing.
const FONT_FACTOR: f64 = 1.24;

/// The width of a text in pixels, roughly: no font is at hand.
pub(in crate::report) fn text_width(text: &str, font: i32) -> i32 {
    (text.chars().filter(|c| !"_^{}".contains(*c)).count() as f64 * 0.56 * f64::from(font)).ceil()
        as i32
}

/// Text of a size in a role's colour.
pub(super) fn text_style(font: i32, role: Role) -> TextStyle<'static> {
    ("sans-serif", f64::from(UNIT * font) * FONT_FACTOR)
        .into_font()
        .color(&role.color())
}

/// A stroke of tenths of a pixel.
pub(super) fn stroke(role: Role, tenths: i32) -> ShapeStyle {
    role.color().stroke_width((UNIT * tenths / 10) as u32)
}

/// What a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Text and axes.
    Ink,
    /// Grid lines.
    Grid,
    /// The k-th line or set of points.
    Line(usize),
    /// A marker of the k-th set of points: the k-th line's colour without its dashes.
    Marker(usize),
    /// The k-th set of bars.
    Bars(usize),
    /// The k-th set of rules.
    Rules(usize),
}

/// Colours of Okabe and Ito (2008), told apart by the colour-blind, in an order whose greys differ in print.
const LINES: [(&str, &str); 6] = [
    ("#0072B2", "none"),
    ("#D55E00", "9 5"),
    ("#009E73", "12 4 2 4"),
    ("#CC79A7", "3 3"),
    ("#000000", "16 4"),
    ("#E69F00", "8 3 2 3 2 3"),
];
const BARS: [&str; 2] = ["#B8BEC6", "#E6C88A"];
const RULES: [(&str, &str); 3] = [("#000000", "2 3"), ("#D55E00", "6 3"), ("#009E73", "10 3")];

impl Role {
    /// The stand-in colour.
    pub(super) fn color(self) -> RGBColor {
        let (kind, index) = match self {
            Role::Ink => (1, 0),
            Role::Grid => (2, 0),
            Role::Line(k) => (3, k % LINES.len()),
            Role::Marker(k) => (6, k % LINES.len()),
            Role::Bars(k) => (4, k % BARS.len()),
            Role::Rules(k) => (5, k % RULES.len()),
        };
        RGBColor(0xF0, kind, index as u8)
    }

    /// Class, colour and dash, in pixels.
    fn dress(self) -> (String, &'static str, &'static str) {
        match self {
            Role::Ink => ("ink".to_owned(), "#1A1A1A", "none"),
            Role::Grid => ("grid".to_owned(), "#E3E3E0", "none"),
            Role::Line(k) => (format!("l{k}"), LINES[k].0, LINES[k].1),
            Role::Marker(k) => (format!("l{k}"), LINES[k].0, "none"),
            Role::Bars(k) => (format!("b{k}"), BARS[k], "none"),
            Role::Rules(k) => (format!("r{k}"), RULES[k].0, RULES[k].1),
        }
    }

    fn all() -> impl Iterator<Item = Role> {
        [Role::Ink, Role::Grid]
            .into_iter()
            .chain((0..LINES.len()).map(Role::Line))
            .chain((0..LINES.len()).map(Role::Marker))
            .chain((0..BARS.len()).map(Role::Bars))
            .chain((0..RULES.len()).map(Role::Rules))
    }
}

/// Puts classes, colours and dashes for the stand-ins, and drops what every element repeats.
pub(super) fn dressed(svg: &str) -> String {
    let mut svg = svg
        .replace(" opacity=\"1\"", "")
        .replace(" font-family=\"sans-serif\"", "");
    for role in Role::all() {
        let RGBColor(r, g, b) = role.color();
        let stand_in = format!("#{r:02X}{g:02X}{b:02X}");
        let (class, color, dash) = role.dress();
        let dash: Vec<String> = dash
            .split(' ')
            .filter_map(|length| length.parse().ok())
            .map(|length: i32| (UNIT * length).to_string())
            .collect();
        let dash = if dash.is_empty() {
            String::new()
        } else {
            format!(" stroke-dasharray=\"{}\"", dash.join(" "))
        };
        svg = svg
            .replace(
                &format!("stroke=\"{stand_in}\""),
                &format!("class=\"s-{class}\" stroke=\"{color}\"{dash}"),
            )
            .replace(
                &format!("fill=\"{stand_in}\""),
                &format!("class=\"f-{class}\" fill=\"{color}\""),
            );
    }
    scripted(&svg)
}

/// Lowers and raises scripts: a text is a line of its own.
pub(in crate::report) fn scripted(svg: &str) -> String {
    let shifted = |raised, there| match (raised, there) {
        (false, true) => "<tspan font-size=\"75%\" dy=\"0.3em\">",
        (false, false) => "</tspan><tspan dy=\"-0.225em\">\u{200b}</tspan>",
        (true, true) => "<tspan font-size=\"75%\" dy=\"-0.5em\">",
        (true, false) => "</tspan><tspan dy=\"0.375em\">\u{200b}</tspan>",
    };
    let opened = |raised| shifted(raised, true);
    let closed = |raised| shifted(raised, false);
    let lines = svg.lines().map(|line| match line.starts_with('<') {
        true => line.to_owned(),
        false => with_scripts(line, opened, closed),
    });
    lines.collect::<Vec<_>>().join("\n")
}
