//! What stands above a plot: the title, and the legend in rows.

use super::series::draw_marker;
use super::style::{FONT, LEFT, Role, TITLE_FONT, UNIT, WIDTH, stroke, text_style, text_width};
use super::{Area, Drawn};
use crate::ledger::{Series, Shape};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A line of the title and a row of the legend, in pixels.
pub(super) const TITLE_LINE: i32 = 20;
pub(super) const LEGEND_ROW: i32 = 19;

pub(super) fn wrapped_title(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if text_width(line, TITLE_FONT) + text_width(word, TITLE_FONT) < WIDTH - 30 =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

pub(super) struct LegendEntry<'a> {
    name: &'a str,
    role: Role,
    shape: &'a Shape,
    x: i32,
}

/// Width of a legend's swatch with its gaps.
const SWATCH: i32 = 38;

pub(super) fn legend_rows<'a>(series: &'a [Series], roles: &[Role]) -> Vec<Vec<LegendEntry<'a>>> {
    let mut rows: Vec<Vec<LegendEntry<'a>>> = vec![];
    let mut x = WIDTH;
    for (series, &role) in series.iter().zip(roles) {
        let width = SWATCH + text_width(&series.name, FONT) + 14;
        if x + width > WIDTH - LEFT {
            rows.push(vec![]);
            x = LEFT;
        }
        if let Some(row) = rows.last_mut() {
            row.push(LegendEntry {
                name: &series.name,
                role,
                shape: &series.shape,
                x,
            });
        }
        x += width;
    }
    rows
}

/// Draws both; what is drawn below them starts at the height that is returned.
pub(super) fn draw_head(
    root: &Area<'_>,
    title: &[String],
    legend: &[Vec<LegendEntry<'_>>],
) -> Result<i32, DrawingAreaErrorKind<std::io::Error>> {
    let mut y = 8;
    for line in title {
        let style = text_style(TITLE_FONT, Role::Ink);
        let font = style.font.style(FontStyle::Bold);
        let style = TextStyle { font, ..style };
        root.draw(&Text::new(line.clone(), (UNIT * LEFT, UNIT * y), style))?;
        y += TITLE_LINE;
    }
    for row in legend {
        for entry in row {
            draw_swatch(root, entry, UNIT * (y + LEGEND_ROW / 2))?;
            let style = text_style(FONT, Role::Ink).pos(Pos::new(HPos::Left, VPos::Center));
            root.draw(&Text::new(
                entry.name.to_owned(),
                (UNIT * (entry.x + SWATCH - 6), UNIT * (y + LEGEND_ROW / 2)),
                style,
            ))?;
        }
        y += LEGEND_ROW;
    }
    Ok(y)
}

fn draw_swatch(root: &Area<'_>, entry: &LegendEntry<'_>, y: i32) -> Drawn {
    let (from, to) = (UNIT * entry.x, UNIT * (entry.x + SWATCH - 12));
    let middle = i32::midpoint(from, to);
    match entry.shape {
        Shape::Line(_) => root.draw(&PathElement::new(
            vec![(from, y), (to, y)],
            stroke(entry.role, 20),
        )),
        Shape::Points(_) => draw_marker(root, (middle, y), entry.role),
        Shape::Bars { .. } => root.draw(&Rectangle::new(
            [
                (from + 4 * UNIT, y - 5 * UNIT),
                (to - 4 * UNIT, y + 5 * UNIT),
            ],
            entry.role.color().filled(),
        )),
        Shape::Rules(_) => root.draw(&PathElement::new(
            vec![(middle, y - 8 * UNIT), (middle, y + 8 * UNIT)],
            stroke(entry.role, 15),
        )),
    }
}
