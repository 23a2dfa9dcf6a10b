//! A drawing in SVG, element by element: what plots, heat maps and the graph are made of. Lengths are in pixels.

use super::scripts::{escaped, with_scripts};
use std::fmt::{self, Write};

/// A point, in pixels from the left and from the top.
pub(super) type Point = (f64, f64);

/// Pixels, to a hundredth.
#[derive(Clone, Copy)]
pub(super) struct Px(pub(super) f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Adding 0 turns −0 into 0.
        write!(f, "{}", (100.0 * self.0).round() / 100.0 + 0.0)
    }
}

/// How a text stands to its point, which is on its baseline.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
    /// Its middle, read from below.
    Turned,
}

/// The elements so far. An element's `style` is its other attributes, as they are written.
#[derive(Default)]
pub(super) struct Scene {
    elements: String,
}

impl Scene {
    /// A tag that opens or closes what holds others.
    pub(super) fn tag(&mut self, tag: &str) {
        self.elements.push_str(tag);
        self.elements.push('\n');
    }

    pub(super) fn rect(&mut self, (x, y): Point, (width, height): (f64, f64), style: &str) {
        let [x, y, width, height] = [x, y, width, height].map(Px);
        let _ = writeln!(
            self.elements,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {style}/>"
        );
    }

    pub(super) fn circle(&mut self, (x, y): Point, radius: f64, style: &str) {
        let [x, y, radius] = [x, y, radius].map(Px);
        let _ = writeln!(
            self.elements,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {style}/>"
        );
    }

    /// Points joined in their order, `polyline`, or around, `polygon`.
    fn joined(&mut self, element: &str, points: &[Point], style: &str) {
        let points = points.iter().map(|&(x, y)| format!("{},{}", Px(x), Px(y)));
        let points: Vec<String> = points.collect();
        let points = points.join(" ");
        let _ = writeln!(self.elements, "<{element} {style} points=\"{points}\"/>");
    }

    pub(super) fn line(&mut self, points: &[Point], style: &str) {
        self.joined("polyline", points, style);
    }

    pub(super) fn polygon(&mut self, points: &[Point], style: &str) {
        self.joined("polygon", points, style);
    }

    /// A text, its scripts lowered and raised.
    pub(super) fn text(&mut self, (x, y): Point, anchor: Anchor, style: &str, text: &str) {
        let [x, y] = [x, y].map(Px);
        let place = match anchor {
            Anchor::Start => format!("x=\"{x}\" y=\"{y}\""),
            Anchor::Middle => format!("x=\"{x}\" y=\"{y}\" text-anchor=\"middle\""),
            Anchor::End => format!("x=\"{x}\" y=\"{y}\" text-anchor=\"end\""),
            Anchor::Turned => {
                format!("transform=\"translate({x} {y}) rotate(-90)\" text-anchor=\"middle\"")
            }
        };
        let text = scripted(&escaped(text));
        let _ = writeln!(self.elements, "<text {place} {style}>{text}</text>");
    }

    /// The drawing on top of other elements.
    pub(super) fn over(ground: &str, scene: Scene) -> Self {
        Scene {
            elements: format!("{ground}{}", scene.elements),
        }
    }

    /// The drawing, with its other attributes.
    pub(super) fn finished(self, (width, height): (f64, f64), attributes: &str) -> String {
        let [width, height] = [width, height].map(Px);
        format!(
            "<svg {attributes} role=\"img\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">\n{}</svg>\n",
            self.elements
        )
    }
}

/// The width of a text in pixels, roughly: no font is at hand.
pub(super) fn text_width(text: &str, font: f64) -> f64 {
    (text.chars().filter(|c| !"_^{}".contains(*c)).count() as f64 * 0.56 * font).ceil()
}

/// Lowers and raises scripts.
fn scripted(text: &str) -> String {
    let opened = |raised| match raised {
        false => "<tspan font-size=\"75%\" dy=\"0.3em\">",
        true => "<tspan font-size=\"75%\" dy=\"-0.5em\">",
    };
    let closed = |raised| match raised {
        false => "</tspan><tspan dy=\"-0.225em\">\u{200b}</tspan>",
        true => "</tspan><tspan dy=\"0.375em\">\u{200b}</tspan>",
    };
    with_scripts(text, opened, closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_written_in_their_order_with_short_numbers() {
        let mut scene = Scene::default();
        scene.rect((-0.0, 1.0 / 3.0), (2.0, 100.0), "fill=\"none\"");
        scene.line(&[(0.0, 1.5), (2.004, 3.0)], "class=\"s\"");
        scene.text((1.0, 2.0), Anchor::Turned, "font-size=\"13\"", "a<b, x_2");
        let svg = scene.finished((10.0, 20.5), "class=\"c\"");
        assert_eq!(
            svg,
            "<svg class=\"c\" role=\"img\" width=\"10\" height=\"20.5\" viewBox=\"0 0 10 20.5\" \
             xmlns=\"http://www.w3.org/2000/svg\">\n\
             <rect x=\"0\" y=\"0.33\" width=\"2\" height=\"100\" fill=\"none\"/>\n\
             <polyline class=\"s\" points=\"0,1.5 2,3\"/>\n\
             <text transform=\"translate(1 2) rotate(-90)\" text-anchor=\"middle\" font-size=\"13\">a&lt;b, \
             x<tspan font-size=\"75%\" dy=\"0.3em\">2</tspan><tspan dy=\"-0.225em\">\u{200b}</tspan></text>\n\
             </svg>\n"
        );
    }
}
