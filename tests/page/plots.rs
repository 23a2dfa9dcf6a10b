//! Where a plot puts what it draws.

use super::*;

/// Marks stand where their scales put them, and a legend's swatch is its series' own.
#[test]
fn points_are_placed_by_their_scales() {
    let (x, y) = (Axis::log("x-name"), Axis::linear("y-name"));
    let figure = Figure::new("placed", "T", x, y)
        .points("first", [(1.0, 1.0), (10.0, 2.0), (100.0, 3.0)])
        .line("second", [(1.0, 3.0), (100.0, 1.0)])
        .points("third", [(10.0, 1.0)]);
    let drawing = svg(&figure);
    let discs: Vec<(f64, f64)> = drawing
        .split("<circle ")
        .skip(1)
        .map(|c| (number(c, "cx=\""), number(c, "cy=\"")))
        .collect();
    // The swatch, and the three.
    let [_, a, b, c] = discs[..] else {
        panic!("{drawing}");
    };
    let even = |[u, v, w]: [f64; 3]| (2.0 * v - u - w).abs() < 0.05 && (w - u).abs() > 100.0;
    assert!(even([a.0, b.0, c.0]) && a.0 < c.0, "{discs:?}");
    assert!(even([a.1, b.1, c.1]) && a.1 > c.1, "{discs:?}");
    // The swatch, and the line from the first disc's column and the last one's height to the reverse.
    let lines: Vec<&str> = drawing
        .split("<polyline fill=\"none\" class=\"s-l0\"")
        .skip(1)
        .map(|line| between(line, "points=\"", "\""))
        .collect();
    let ends: Vec<f64> = lines[1]
        .split([' ', ','])
        .filter_map(|x| x.parse().ok())
        .collect();
    assert_eq!((lines.len(), ends), (2, vec![a.0, c.1, c.0, a.1]));
    // Each name follows its swatch.
    for (name, mark, class) in [
        ("first", "<circle ", "l0"),
        ("second", "<polyline ", "l0"),
        ("third", "<polygon ", "l1"),
    ] {
        let before = drawing.split(&format!(">{name}</text>")).next().unwrap();
        let swatch = before.rsplit('<').nth(1).unwrap();
        let swatch = format!("<{swatch}");
        assert!(
            swatch.starts_with(mark) && swatch.contains(class),
            "{name}: {swatch}"
        );
    }
    let below = drawing.find(">x-name<").unwrap();
    let beside = drawing.find(">y-name<").unwrap();
    let turned = |at: usize| drawing[..at].rsplit('<').next().unwrap().contains("rotate");
    assert!(turned(beside) && !turned(below));
}

/// Each bar between its edges, from the axis to its height.
#[test]
fn bars_stand_on_the_axis() {
    let values = [0.5, 1.5, 1.5, 1.5, 2.5, 2.5];
    let figure = Figure::new("bars", "T", Axis::linear("x"), Axis::linear("y"))
        .histogram("h", &values, (0.0, 3.0), 3)
        .points("ends", [(0.0, 0.0), (3.0, 0.5)]);
    let drawing = svg(&figure);
    let discs: Vec<(f64, f64)> = drawing
        .split("<circle ")
        .skip(2)
        .map(|c| (number(c, "cx=\""), number(c, "cy=\"")))
        .collect();
    let [origin, corner] = discs[..] else {
        panic!("{drawing}");
    };
    // The swatch, and the three.
    let bars: Vec<[f64; 4]> = drawing
        .split("<rect ")
        .skip(1)
        .filter(|rect| between(rect, "", "/>").contains("f-b0"))
        .map(|rect| {
            [" x=\"", " y=\"", " width=\"", " height=\""]
                .map(|mark| number(&format!(" {rect}"), mark))
        })
        .skip(1)
        .collect();
    assert_eq!(bars.len(), 3, "{drawing}");
    for (k, (bar, height)) in bars.iter().zip([1.0, 3.0, 2.0]).enumerate() {
        let step = (corner.0 - origin.0) / 3.0;
        let top = origin.1 + (corner.1 - origin.1) * height / 3.0;
        let expected = [origin.0 + k as f64 * step, top, step, origin.1 - top];
        for (x, y) in bar.iter().zip(expected) {
            assert!((x - y).abs() < 0.05, "{bar:?} {expected:?}");
        }
    }
}
