//! Words and expressions broken into lines, and words as TeX prints them.

use crate::symbolic::expression::Expression;

/// Columns of a line.
const WIDTH: usize = 100;

/// Lines of one expression before the rest of it is left out.
const LINES: usize = 24;

/// Words as TeX prints them: no mark in them is a command, so that they cannot end the step they stand in.
pub(super) fn in_tex(words: &str) -> String {
    let mark = |c: char| match c {
        '\\' => "\\textbackslash{}".into(),
        '^' => "\\textasciicircum{}".into(),
        '~' => "\\textasciitilde{}".into(),
        '{' | '}' | '$' | '&' | '#' | '_' | '%' => format!("\\{c}"),
        c => c.to_string(),
    };
    words.chars().map(mark).collect()
}

/// Words after `indent`, broken between them where the line would be too long.
pub(super) fn wrapped(indent: &str, text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{}  {word}", " ".repeat(indent.chars().count()))),
            None => lines.push(format!("{indent}{word}")),
        }
    }
    lines.join("\n")
}

/// An expression after `first`, broken before a sign where the line would be too long, and between factors
/// where one term alone is.
pub(super) fn lines(first: &str, expression: &Expression) -> String {
    const INDENT: &str = "        ";
    let text = expression.to_string();
    let signs = text
        .match_indices([' '])
        .filter(|(at, _)| text[at + 1..].starts_with(['+', '−']));
    let mut starts: Vec<usize> = vec![0];
    starts.extend(signs.map(|(at, _)| at + 1));
    starts.push(text.len());
    let width = |text: &str| text.chars().count();
    let mut lines = vec![first.to_string()];
    let mut push = |piece: &str| match lines.last_mut() {
        Some(line) if width(line) + width(piece) <= WIDTH => {
            line.push_str(piece);
            line.push(' ');
        }
        _ => lines.push(format!("{INDENT}{piece} ")),
    };
    for term in starts.windows(2).map(|w| text[w[0]..w[1]].trim_end()) {
        if width(term) + width(INDENT) <= WIDTH {
            push(term);
        } else {
            term.split(' ').for_each(&mut push);
        }
    }
    let left_out = lines.len() > LINES;
    lines.truncate(LINES);
    if left_out {
        lines.push(format!(
            "{INDENT}…: {} terms in all",
            expression.term_count()
        ));
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}
