//! A formula's events as pieces of text, each with what decides where spaces go.

use super::Before;
use super::letters::{LOWERED, RAISED, accented, in_font, small, usual};
use super::row::{SPACED, TIGHT, joined};
use pulldown_latex::event::{Content, DelimiterType, EnvironmentFlow, Event, Font, Grouping};
use pulldown_latex::event::{ScriptPosition, ScriptType, StateChange, Visual};
use std::slice::Iter;

/// What decides where a space goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter, a number, a group.
    Letter,
    /// A name with an argument.
    Operator,
    /// A sum or an integral, with its range.
    Sum,
    Fraction,
    Sign,
    Relation,
    Slash,
    Open,
    Close,
    Comma,
    Space,
}

#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub text: String,
    pub kind: Kind,
    /// Whether it ends in a script of letters, which a letter after it would lengthen.
    pub trails: bool,
}

impl Piece {
    fn new(text: impl Into<String>, kind: Kind) -> Self {
        Piece {
            text: text.into(),
            kind,
            trails: false,
        }
    }
}

/// Pieces up to the end of the group.
pub(super) fn row(events: &mut Iter<'_, Event<'_>>, font: Option<Font>) -> Vec<Piece> {
    let mut font = font;
    let mut row = vec![];
    while let Some(event) = events.next() {
        match event {
            Event::End => break,
            Event::StateChange(StateChange::Font(to)) => font = *to,
            event => row.extend(piece(event, events, font)),
        }
    }
    row
}

/// The next element: one event, or as many as it takes along.
fn element(events: &mut Iter<'_, Event<'_>>, font: Option<Font>) -> Piece {
    let nothing = || Piece::new("", Kind::Letter);
    events
        .next()
        .and_then(|event| piece(event, events, font))
        .unwrap_or_else(nothing)
}

fn piece(event: &Event<'_>, events: &mut Iter<'_, Event<'_>>, font: Option<Font>) -> Option<Piece> {
    Some(match event {
        Event::Content(content) => of_content(content, font),
        Event::Begin(grouping) => group(grouping, events, font),
        Event::Visual(Visual::Fraction(_)) => {
            let above = element(events, font);
            fraction(&above, &element(events, font))
        }
        Event::Visual(Visual::SquareRoot) => {
            let under = element(events, font);
            Piece::new(format!("√{}", bracketed(&under, is_long)), Kind::Letter)
        }
        Event::Script { ty, position } => scripted(*ty, *position, events, font),
        Event::Space {
            width: Some(width), ..
        } if width.value > 0.0 => Piece::new(" ", Kind::Space),
        _ => return None,
    })
}

fn of_content(content: &Content<'_>, font: Option<Font>) -> Piece {
    match content {
        Content::Text(text) | Content::Number(text) => Piece::new(*text, Kind::Letter),
        Content::Function(name) => Piece::new(*name, Kind::Operator),
        Content::LargeOp { content, .. } => Piece::new(usual(*content), Kind::Sum),
        Content::Ordinary { content, .. } => sign(in_font(*content, font), Kind::Letter),
        Content::BinaryOp { content, .. } => sign(*content, Kind::Sign),
        Content::Relation { content, .. } => {
            let mut buffer = [0; 8];
            let text =
                String::from_utf8_lossy(content.encode_utf8_to_buf(&mut buffer)).into_owned();
            let mut letters = text.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => sign(letter, Kind::Relation),
                _ => Piece::new(text, Kind::Relation),
            }
        }
        Content::Delimiter { content, ty, .. } => sign(
            *content,
            match ty {
                DelimiterType::Open => Kind::Open,
                DelimiterType::Close => Kind::Close,
                DelimiterType::Fence => Kind::Letter,
            },
        ),
        Content::Punctuation(mark) => Piece::new(*mark, Kind::Comma),
    }
}

fn sign(letter: char, kind: Kind) -> Piece {
    Piece::new(
        usual(letter),
        if letter == '/' { Kind::Slash } else { kind },
    )
}

fn group(grouping: &Grouping, events: &mut Iter<'_, Event<'_>>, font: Option<Font>) -> Piece {
    match grouping {
        Grouping::Normal => {
            let mut row = row(events, font);
            match row.len() {
                1 => row.remove(0),
                _ => whole(&row),
            }
        }
        Grouping::LeftRight(open, close) => {
            let side = |sign: &Option<char>| sign.map(String::from).unwrap_or_default();
            let inner = joined(&row(events, font), SPACED, Before::Text);
            Piece::new(
                format!("{}{inner}{}", side(open), side(close)),
                Kind::Letter,
            )
        }
        _ => Piece::new(rows(events, font), Kind::Letter),
    }
}

/// `[a, b], [c, d]`.
fn rows(events: &mut Iter<'_, Event<'_>>, font: Option<Font>) -> String {
    let mut rows = vec![vec![vec![]]];
    while let Some(event) = events.next() {
        match event {
            Event::End => break,
            Event::EnvironmentFlow(EnvironmentFlow::NewLine { .. }) => rows.push(vec![vec![]]),
            Event::EnvironmentFlow(EnvironmentFlow::Alignment) => {
                rows.last_mut().into_iter().for_each(|row| row.push(vec![]));
            }
            event => {
                let cell = rows.last_mut().and_then(|row| row.last_mut());
                if let (Some(cell), Some(piece)) = (cell, piece(event, events, font)) {
                    cell.push(piece);
                }
            }
        }
    }
    let cells = |row: &Vec<Vec<Piece>>| -> Vec<String> {
        row.iter()
            .map(|cell| joined(cell, SPACED, Before::Text))
            .collect()
    };
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("[{}]", cells(row).join(", ")))
        .collect();
    rows.join(", ")
}

/// A row as one piece.
fn whole(row: &[Piece]) -> Piece {
    Piece {
        text: joined(row, SPACED, Before::Text),
        kind: Kind::Letter,
        trails: row.last().is_some_and(|piece| piece.trails),
    }
}

/// Whether signs part it.
fn is_sum(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|c| {
        depth += i32::from("([⟨".contains(c)) - i32::from(")]⟩".contains(c));
        depth == 0 && "+−=≤".contains(c)
    })
}

/// Whether it is more than a letter with its scripts.
fn is_long(text: &str) -> bool {
    let scripts = |c: &char| !"₀₁₂₃₄₅₆₇₈₉²³¹⁰⁴ᵀ_′".contains(*c);
    text.chars().filter(scripts).count() > 1 && text.parse::<f64>().is_err()
}

fn bracketed(piece: &Piece, needed: impl Fn(&str) -> bool) -> String {
    if needed(&piece.text) {
        format!("({})", piece.text)
    } else {
        piece.text.clone()
    }
}

fn fraction(above: &Piece, below: &Piece) -> Piece {
    let vulgar = match (above.text.as_str(), below.text.as_str()) {
        ("1", "2") => Some('½'),
        ("1", "3") => Some('⅓'),
        ("1", "4") => Some('¼'),
        ("3", "4") => Some('¾'),
        _ => None,
    };
    match vulgar {
        Some(vulgar) => Piece::new(vulgar, Kind::Letter),
        None => {
            let (above, below) = (bracketed(above, is_sum), bracketed(below, is_long));
            Piece::new(format!("{above}/{below}"), Kind::Fraction)
        }
    }
}

fn scripted(
    ty: ScriptType,
    position: ScriptPosition,
    events: &mut Iter<'_, Event<'_>>,
    font: Option<Font>,
) -> Piece {
    let mut base = element(events, font);
    let mut script = || {
        let font = None;
        match events.next() {
            Some(Event::Begin(Grouping::Normal)) => joined(&row(events, font), TIGHT, Before::Text),
            Some(event) => piece(event, events, font).map_or(String::new(), |piece| piece.text),
            None => String::new(),
        }
    };
    let (below, above) = match ty {
        ScriptType::Subscript => (script(), String::new()),
        ScriptType::Superscript => (String::new(), script()),
        ScriptType::SubSuperscript => (script(), script()),
    };
    if position == ScriptPosition::AboveBelow
        && let Some(text) = accented(&base.text, &above)
    {
        base.text = text;
        return base;
    }
    for (script, mark, letters) in [(below, '_', &LOWERED), (above, '^', &RAISED)] {
        let small: Option<String> = script.chars().map(|c| small(c, letters)).collect();
        let one = script.chars().nth(1).is_none();
        let word = script.chars().all(char::is_alphanumeric) && (mark == '_' || one);
        base.trails |= small.is_none() && word;
        base.text.push_str(&match small {
            Some(small) => small,
            None if word => format!("{mark}{script}"),
            None => format!("{mark}{{{script}}}"),
        });
    }
    base
}
