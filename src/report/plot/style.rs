//! Colours, dashes and the sizes of things. Each element has the class of its role, `s-…` for strokes and `f-…` for fills:
//! the page restyles the classes for dark mode; a file keeps what it is given.

/// Sizes in pixels: the width, the left edge of title and legend, and the fonts.
pub(super) const WIDTH: f64 = 440.0;
pub(super) const LEFT: f64 = 10.0;
pub(super) const FONT: f64 = 13.0;
pub(super) const TITLE_FONT: f64 = 15.0;

/// From the middle of a line of text down to its baseline, as a share of the font.
pub(super) const BASELINE: f64 = 0.35;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Text and axes.
    Ink,
    /// Grid lines.
    Grid,
    /// The k-th line or set of points.
    Line(usize),
    /// The k-th set of bars.
    Bars(usize),
    /// The k-th set of rules.
    Rules(usize),
}

/// Colours of Okabe and Ito (2008), told apart by the colour-blind, in an order whose greys differ in print.
const LINES: [(&str, &str); 6] = [
    ("#0072B2", ""),
    ("#D55E00", "9 5"),
    ("#009E73", "12 4 2 4"),
    ("#CC79A7", "3 3"),
    ("#000000", "16 4"),
    ("#E69F00", "8 3 2 3 2 3"),
];
const BARS: [&str; 2] = ["#B8BEC6", "#E6C88A"];
const RULES: [(&str, &str); 3] = [("#000000", "2 3"), ("#D55E00", "6 3"), ("#009E73", "10 3")];

impl Role {
    /// Class, colour and dashes.
    fn dress(self) -> (String, &'static str, &'static str) {
        let from = |table: &[(&'static str, &'static str)], letter: char, k: usize| {
            let k = k % table.len();
            (format!("{letter}{k}"), table[k].0, table[k].1)
        };
        match self {
            Role::Ink => ("ink".to_owned(), "#1A1A1A", ""),
            Role::Grid => ("grid".to_owned(), "#E3E3E0", ""),
            Role::Line(k) => from(&LINES, 'l', k),
            Role::Rules(k) => from(&RULES, 'r', k),
            Role::Bars(k) => {
                let k = k % BARS.len();
                (format!("b{k}"), BARS[k], "")
            }
        }
    }

    /// A filled area, or letters.
    pub(super) fn fill(self) -> String {
        let (class, color, _) = self.dress();
        format!("class=\"f-{class}\" fill=\"{color}\"")
    }

    /// An outline without dashes, which would break it.
    pub(super) fn outline(self, width: f64) -> String {
        let (class, color, _) = self.dress();
        format!("fill=\"none\" class=\"s-{class}\" stroke=\"{color}\" stroke-width=\"{width}\"")
    }

    /// A line with its dashes.
    pub(super) fn stroke(self, width: f64) -> String {
        let outline = self.outline(width);
        match self.dress().2 {
            "" => outline,
            dashes => format!("{outline} stroke-dasharray=\"{dashes}\""),
        }
    }

    /// Text of a size.
    pub(super) fn text(self, font: f64) -> String {
        format!("font-size=\"{font}\" {}", self.fill())
    }
}
