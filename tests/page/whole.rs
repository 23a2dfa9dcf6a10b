//! The whole page and a figure of each kind, as they were looked at: a tick, a label, a row or a colour that changes is seen.

#[path = "../spoken/shortened.rs"]
mod shortened;
#[path = "../../derivations/tests/tolerant.rs"]
mod tolerant;

use super::*;
use insta::assert_snapshot;
use ndarray::Array2;
use std::path::Path;
use tensor_dyson::ledger::Ladder;
use tensor_dyson::report::{heat_map, svg_file};

/// Up to a quarter of a pixel: rounding differs between machines.
fn hold(name: &str, pictures: &[String]) {
    let shown = |text: &String| shortened::file(Path::new("x.svg"), text.as_bytes());
    let text: Vec<String> = pictures.iter().map(shown).collect();
    let snapshots = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/page/snapshots");
    let near = |x: f64, y: f64| (x - y).abs() <= 0.25;
    tolerant::in_snapshots(snapshots, near, || {
        assert_snapshot!(name, text.join("\n"));
    });
}

#[test]
fn the_page_is_the_one_that_was_looked_at() {
    let (_, page) = the_page();
    hold("page", &[page]);
}

/// One figure for each pair of axes and each shape, with long titles, many series, ranges that cut, and nothing.
fn figures() -> Vec<Figure> {
    let (linear, log) = (Axis::linear("λ"), Axis::log("size"));
    let figure = |x: &Axis, y: &Axis| Figure::new("kind", "Title", x.clone(), y.clone());
    let wave =
        |k: f64| (0..=40).map(move |i| (0.25 * f64::from(i), (0.25 * k * f64::from(i)).sin()));
    let title = "A title of so many words that it is broken into two lines, x < y & \"z\"";
    let many = Figure::new("many", title, linear.clone(), Axis::linear("height"));
    let many = (1..8).fold(many, |figure, k| {
        figure.line(format!("a line of some length, {k}"), wave(f64::from(k)))
    });
    let marks = (1..8).fold(figure(&log, &log), |figure, k| {
        let at = [10.0, 40.0, 200.0].map(|n: f64| (n, n.powf(-0.2 * f64::from(k))));
        figure.points(format!("p{k}"), at)
    });
    let heights = [0.1, 0.4, 0.45, 0.5, 0.55, 0.9, 2.0];
    let pole = (1..200).map(|k| (0.01 * f64::from(k), 1.0 / (0.01 * f64::from(k)).sqrt()));
    let bars = figure(&linear, &Axis::linear("density"))
        .histogram("sampled", &heights, (0.0, 1.0), 10)
        .line("law", pole)
        .rules("edges", [0.2, 0.8])
        .rules("others", [0.5, 7.0]);
    let cut = figure(
        &linear.clone().within(2.0, 6.0),
        &Axis::linear("y").within(-0.5, 0.7),
    );
    let mut falling = Ladder::default();
    for (size, error) in [(10.0, 0.1), (100.0, 0.03), (1000.0, 0.011)] {
        falling.push(size, error);
    }
    vec![
        many,
        marks,
        bars,
        cut.line("cut", wave(2.0)).points("inside", wave(1.0)),
        figure(&linear, &log).line("decades", [(0.0, 1e-9), (1.0, 1e9)]),
        figure(&log, &linear).points("narrow", [(101.0, -3.0), (107.0, 2.0)]),
        figure(&log, &log).points("thousands", [(0.002, 3e4), (0.3, 2e5)]),
        figure(&linear, &linear).line("large", [(-2e6, 1e-7), (3e6, 4e-7)]),
        figure(&linear, &linear).points("one", [(3.0, 3.0)]),
        figure(&linear, &linear).line(
            "broken",
            [(0.0, 1.0), (1.0, f64::NAN), (2.0, 3.0), (3.0, 2.0)],
        ),
        Figure::rates("rate", "Title", "d", "error", &[("right", &falling)]).unwrap(),
        figure(&linear, &linear),
    ]
}

#[test]
fn each_kind_of_figure_is_the_one_that_was_looked_at() {
    let (first, last) = (svg_file(&figures()[2]), figures());
    let drawn = last.iter().map(svg);
    hold(
        "figures",
        &[first].into_iter().chain(drawn).collect::<Vec<_>>(),
    );
}

/// Signs, zeros, NaN, a row, a column, and more entries than cells.
#[test]
fn heat_maps_are_the_ones_that_were_looked_at() {
    let small = Array2::from_shape_fn((3, 4), |(i, j)| (i as f64 - 1.0) * (j as f64 + 1.0));
    let mut holed = small.clone() * 1e-7;
    holed[[1, 2]] = f64::NAN;
    let tall = Array2::from_shape_fn((400, 3), |(i, j)| ((i * (j + 1)) as f64 * 0.1).sin());
    let maps = [small, holed, tall, Array2::zeros((1, 2)), Array2::eye(2)]
        .map(|m| heat_map("A map < of it", ("ab", "ce"), m.view()));
    hold("maps", &maps);
}
