//! What stands above a plot: the title, and the legend in rows.

use super::series::draw_marker;
use super::style::{BASELINE, FONT, LEFT, Role, TITLE_FONT, WIDTH};
use crate::ledger::{Series, Shape};
use crate::report::scene::{Anchor, Scene, text_width};

/// Above the title, and the heights of its lines and of the legend's rows, in pixels.
const TOP: f64 = 8.0;
const TITLE_LINE: f64 = 20.0;
const LEGEND_ROW: f64 = 19.0;

fn wrapped_title(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if text_width(line, TITLE_FONT) + text_width(word, TITLE_FONT) < WIDTH - 30.0 =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Width of a legend's swatch with its gaps.
const SWATCH: f64 = 38.0;

/// Draws both; what is drawn below them starts at the height that is returned.
pub(super) fn draw_head(scene: &mut Scene, title: &str, series: &[(&Series, Role)]) -> f64 {
    let mut y = TOP;
    let style = format!("{} font-weight=\"bold\"", Role::Ink.text(TITLE_FONT));
    for line in wrapped_title(title) {
        scene.text((LEFT, y + 11.0), Anchor::Start, &style, &line);
        y += TITLE_LINE;
    }
    let mut x = LEFT;
    for (k, (series, role)) in series.iter().enumerate() {
        let width = SWATCH + text_width(&series.name, FONT) + 14.0;
        if k > 0 && x + width > WIDTH - LEFT {
            (x, y) = (LEFT, y + LEGEND_ROW);
        }
        let middle = y + LEGEND_ROW / 2.0;
        draw_swatch(scene, &series.shape, *role, (x, middle));
        let at = (x + SWATCH - 6.0, middle + BASELINE * FONT);
        scene.text(at, Anchor::Start, &Role::Ink.text(FONT), &series.name);
        x += width;
    }
    if series.is_empty() { y } else { y + LEGEND_ROW }
}

fn draw_swatch(scene: &mut Scene, shape: &Shape, role: Role, (from, y): (f64, f64)) {
    let to = from + SWATCH - 12.0;
    let middle = (from + to) / 2.0;
    match shape {
        Shape::Line(_) => scene.line(&[(from, y), (to, y)], &role.stroke(2.0)),
        Shape::Points(_) => draw_marker(scene, (middle, y), role),
        Shape::Bars { .. } => {
            let size = (to - from - 8.0, 10.0);
            scene.rect((from + 4.0, y - 5.0), size, &role.fill());
        }
        Shape::Rules(_) => {
            let ends = [(middle, y - 8.0), (middle, y + 8.0)];
            scene.line(&ends, &role.stroke(1.5));
        }
    }
}
