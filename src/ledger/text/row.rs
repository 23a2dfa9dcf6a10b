//! Pieces one after another, with the spaces between them.

use super::Before;
use super::piece::{Kind, Piece};

/// What stands around signs and relations.
pub(super) type Gap = &'static str;
/// On the line.
pub(super) const SPACED: Gap = " ";
/// In scripts.
pub(super) const TIGHT: Gap = "";

/// Whether a space stands before the piece and one after it, beside those written in the formula.
fn apart(last: Option<&Piece>, piece: &Piece, first: Before) -> (bool, bool) {
    use Kind::{Close, Comma, Fraction, Letter, Open, Operator, Relation, Sign, Sum};
    let Some(last) = last else {
        // A minus may be the formula's own.
        let own = piece.text == "−" || piece.text == "±";
        let sign = piece.kind == Sign && (first == Before::Formula || !own);
        return (false, sign || matches!(piece.kind, Relation | Comma));
    };
    match (last.kind, piece.kind) {
        (Open, Relation) => (false, true),
        (_, Relation) => (true, true),
        (Letter | Fraction | Close, Sign) => (true, true),
        (_, Comma) => (false, true),
        (Letter | Close | Fraction | Operator | Sum, Operator | Sum) => (true, false),
        (Operator, Letter) | (Sum, Letter | Open | Fraction) => (true, false),
        (Letter, Letter) => (
            last.trails && piece.text.starts_with(char::is_alphanumeric),
            false,
        ),
        _ => (false, false),
    }
}

/// The pieces one after another: relations and signs between spaces, names by themselves, a fraction in brackets where
/// something multiplies it.
pub(super) fn joined(row: &[Piece], gap: Gap, first: Before) -> String {
    use Kind::{Close, Comma, Fraction, Letter, Open, Operator, Slash, Space, Sum};
    let mut out = String::new();
    let space = |out: &mut String| {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push_str(gap);
        }
    };
    let mut last: Option<&Piece> = None;
    for (k, piece) in row.iter().enumerate() {
        if piece.kind == Space {
            space(&mut out);
            continue;
        }
        let (before, after) = apart(last, piece, first);
        if before {
            space(&mut out);
        } else if matches!(piece.kind, Comma | Slash) {
            out.truncate(out.trim_end().len());
        }
        let next = row[k + 1..]
            .iter()
            .map(|p| p.kind)
            .find(|kind| *kind != Space);
        let multiplied = matches!(last.map(|p| p.kind), Some(Letter | Close | Fraction))
            || matches!(
                next,
                Some(Letter | Open | Operator | Sum | Fraction | Slash)
            );
        if piece.kind == Fraction && multiplied {
            out.push_str(&format!("({})", piece.text));
        } else {
            out.push_str(&piece.text);
        }
        if after {
            space(&mut out);
        }
        last = Some(piece);
    }
    out.truncate(out.trim_end().len());
    out
}
