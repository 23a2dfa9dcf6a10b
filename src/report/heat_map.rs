//! A matrix as a picture: what a large tensor looks like.

use super::scene::{Anchor, Scene, text_width};
use crate::numerals::three_digits;
use ndarray::ArrayView2;

/// Cells along a side: more could not be told apart.
const CELLS: usize = 160;
/// Pixels of the longer side of the map, and of what stands around it.
const SIDE: f64 = 480.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 44.0;
const RIGHT: f64 = 96.0;
const BOTTOM: f64 = 44.0;
const TITLE_FONT: f64 = 15.0;
/// The ends of the scale, blue and vermilion of Okabe and Ito (2008), on white.
const PLUS: [f64; 3] = [0.0, 114.0, 178.0];
const MINUS: [f64; 3] = [213.0, 94.0, 0.0];

fn colour(share: f64) -> String {
    if share.is_nan() {
        return "#888888".to_owned();
    }
    let end = if share < 0.0 { MINUS } else { PLUS };
    let mixed = end.map(|c| (255.0 + (c - 255.0) * share.abs().min(1.0)).round() as u8);
    format!("#{:02X}{:02X}{:02X}", mixed[0], mixed[1], mixed[2])
}

fn filled(share: f64) -> String {
    format!("fill=\"{}\"", colour(share))
}

/// The entry of largest modulus of each cell; NaN if there is one.
fn largest_of_cells(matrix: ArrayView2<'_, f64>) -> ndarray::Array2<f64> {
    let (rows, columns) = matrix.dim();
    let cells = (rows.min(CELLS), columns.min(CELLS));
    ndarray::Array2::from_shape_fn(cells, |(i, j)| {
        let part = matrix.slice(ndarray::s![
            i * rows / cells.0..(i + 1) * rows / cells.0,
            j * columns / cells.1..(j + 1) * columns / cells.1
        ]);
        part.iter().fold(0.0, |most: f64, &x| {
            if x.abs() > most.abs() || x.is_nan() {
                x
            } else {
                most
            }
        })
    })
}

/// Where the map is and how far it goes, in pixels.
struct Layout {
    /// Rows and columns of cells, at least 1.
    cells: (f64, f64),
    high: f64,
    wide: f64,
}

impl Layout {
    /// Square cells, but no side shorter than a tenth of the other.
    fn of((rows, columns): (usize, usize)) -> Self {
        let cells = (rows.max(1) as f64, columns.max(1) as f64);
        let cell = SIDE / cells.0.max(cells.1);
        Layout {
            cells,
            high: (cell * cells.0).max(0.1 * SIDE),
            wide: (cell * cells.1).max(0.1 * SIDE),
        }
    }
}

/// An m×n matrix as a map in SVG, on white: blue for positive entries, vermilion for negative ones, white for 0, grey for what
/// is no number. Where there are more rows or columns than can be told apart, a cell shows its entry of largest modulus.
pub fn heat_map(title: &str, (rows, columns): (&str, &str), matrix: ArrayView2<'_, f64>) -> String {
    let cells = largest_of_cells(matrix);
    let finite = cells.iter().filter(|x| x.is_finite());
    let top = finite.fold(0.0, |top: f64, x| top.max(x.abs()));
    let scale = if top > 0.0 { top } else { 1.0 };
    let Layout {
        cells: (down, across),
        high,
        wide,
    } = Layout::of(cells.dim());
    let mut scene = Scene::default();
    scene.tag("<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>");
    let bold = format!("font-size=\"{TITLE_FONT}\" font-weight=\"bold\"");
    scene.text((LEFT, 20.0), Anchor::Start, &bold, title);
    scene.tag("<g shape-rendering=\"crispEdges\">");
    let step = (wide / across, high / down);
    for ((i, j), x) in cells.indexed_iter().filter(|(_, x)| **x != 0.0) {
        let corner = (LEFT + j as f64 * step.0, TOP + i as f64 * step.1);
        scene.rect(corner, step, &filled(x / scale));
    }
    scene.tag("</g>");
    let frame = "fill=\"none\" stroke=\"#1A1A1A\"";
    scene.rect((LEFT, TOP), (wide, high), frame);
    let at = (LEFT + wide / 2.0, TOP + high + 24.0);
    let names = indices(columns, matrix.ncols());
    scene.text(at, Anchor::Middle, "", &names);
    let at = (LEFT - 16.0, TOP + high / 2.0);
    let names = indices(rows, matrix.nrows());
    scene.text(at, Anchor::Turned, "", &names);
    draw_scale(&mut scene, LEFT + wide + 16.0, top);
    let title_end = LEFT + text_width(title, TITLE_FONT) + 16.0;
    let size = (
        (LEFT + wide + RIGHT).max(title_end).round(),
        (TOP + high.max(100.0) + BOTTOM).round(),
    );
    scene.finished(
        size,
        "font-family=\"sans-serif\" font-size=\"13\" fill=\"#1A1A1A\"",
    )
}

/// The colours and what they stand for.
fn draw_scale(scene: &mut Scene, left: f64, top: f64) {
    for k in 0..20 {
        let corner = (left, TOP + 5.0 * f64::from(k));
        scene.rect(corner, (14.0, 5.2), &filled(1.0 - f64::from(k) / 9.5));
    }
    for (value, y) in [(top, 8.0), (0.0, 55.0), (-top, 102.0)] {
        let text = three_digits(value).replace('-', "−");
        scene.text((left + 20.0, TOP + y), Anchor::Start, "", &text);
    }
}

/// An axis: its indices and their range; nothing where there is no index, as beside a vector.
fn indices(names: &str, count: usize) -> String {
    if names.is_empty() {
        String::new()
    } else {
        format!("{names} (0…{})", count.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn signs_have_their_colours_and_zeros_none() {
        let svg = heat_map(
            "a < b",
            ("i", "j"),
            array![[2.0, 0.0], [f64::NAN, -2.0]].view(),
        );
        let cells: Vec<&str> = svg
            .split("crispEdges\">\n")
            .nth(1)
            .unwrap()
            .lines()
            .take_while(|line| line.starts_with("<rect"))
            .collect();
        assert_eq!(cells.len(), 3, "{svg}");
        for (cell, colour) in cells.iter().zip(["#0072B2", "#888888", "#D55E00"]) {
            assert!(cell.contains(colour), "{cell}");
        }
        assert!(svg.contains("a &lt; b") && svg.contains("j (0…1)"));
    }

    /// Rows go down and columns to the right; the scale ends at the largest entry.
    #[test]
    fn every_cell_has_its_place() {
        let svg = heat_map(
            "",
            ("i", "j"),
            array![[4.0, 1.0, 0.0], [0.0, 0.0, -2.0]].view(),
        );
        let cell = SIDE / 3.0;
        for (i, j, share) in [(0, 0, 1.0), (0, 1, 0.25), (1, 2, -0.5)] {
            let place = format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{cell}\" height=\"{cell}\" fill=\"{}\"/>",
                LEFT + f64::from(j) * cell,
                TOP + f64::from(i) * cell,
                colour(share)
            );
            assert!(svg.contains(&place), "{place}: {svg}");
        }
        let texts = |value: &str| svg.matches(&format!(">{value}</text>")).count();
        assert_eq!([texts("4"), texts("0"), texts("−4")], [1, 1, 1], "{svg}");
    }

    #[test]
    fn a_long_title_fits_over_a_narrow_map_and_a_vector_has_one_axis() {
        let title = "Q-eigenvectors, matrices M with 𝒬·M = q M";
        let svg = heat_map(title, ("abk", ""), Array2::<f64>::ones((500, 1)).view());
        let width = svg.split("width=\"").nth(1).unwrap().split('"').next();
        let letters = title.chars().count() as f64;
        assert!(width.unwrap().parse::<f64>().unwrap() > LEFT + 7.0 * letters);
        assert_eq!(svg.matches("(0…").count(), 1, "{svg}");
        assert!(heat_map("ω^i", ("i", "j"), Array2::zeros((1, 1)).view()).contains("<tspan"));
    }

    #[test]
    fn one_entry_among_many_is_seen_and_odd_shapes_are_drawn() {
        let mut large = Array2::zeros((1000, 7));
        large[[999, 3]] = -1e-3;
        let svg = heat_map("", ("i", "j"), large.view());
        assert!(svg.contains("fill=\"#D55E00\"/>\n</g>"), "{svg}");
        // The largest of a cell, wherever in it.
        large.fill(0.0);
        (large[[0, 0]], large[[1, 0]]) = (1.0, 0.5);
        let svg = heat_map("", ("i", "j"), large.view());
        assert!(svg.contains("fill=\"#0072B2\"/>\n</g>"), "{svg}");
        for shape in [(0, 0), (1, 0), (1, 1), (1, 500)] {
            let svg = heat_map("", ("i", "j"), Array2::zeros(shape).view());
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{shape:?}");
        }
    }
}
