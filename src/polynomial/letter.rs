//! The letters of which words are made: variables and their adjoints.

use crate::measure::Law;

/// A variable, or its adjoint where it is not selfadjoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Letter {
    /// Which of the [`Symbol`]s.
    pub(super) symbol: usize,
    /// Whether it is the adjoint.
    pub(super) adjoint: bool,
}

/// A product of letters.
pub(super) type Word = Vec<Letter>;

/// A variable that is not made of others.
#[derive(Clone, Debug)]
pub(super) struct Symbol {
    pub(super) name: String,
    pub(super) kind: SymbolKind,
    /// Its shape, as indices into [`super::shape::Dimensions`].
    pub(super) rows: usize,
    pub(super) cols: usize,
}

/// How it is distributed.
#[derive(Clone, Debug)]
pub(super) enum SymbolKind {
    /// Independent Gaussian entries of variance 1/columns.
    Gaussian,
    /// A semicircle of this variance and mean 0.
    Semicircle { variance: f64 },
    /// Places and masses.
    Discrete { atoms: Vec<(f64, f64)> },
    /// Any law.
    Law { law: Law },
}

impl Symbol {
    pub(super) fn selfadjoint(&self) -> bool {
        !matches!(self.kind, SymbolKind::Gaussian)
    }
}

/// The adjoint of a letter.
pub(super) fn adjoint(letter: Letter, symbols: &[Symbol]) -> Letter {
    Letter {
        adjoint: !letter.adjoint && !symbols[letter.symbol].selfadjoint(),
        ..letter
    }
}

/// The adjoint of a word.
pub(super) fn reversed(word: &[Letter], symbols: &[Symbol]) -> Word {
    word.iter().rev().map(|&x| adjoint(x, symbols)).collect()
}

/// A word as it is read, `1` if it is empty.
pub(super) fn spelled(word: &[Letter], symbols: &[Symbol]) -> String {
    let one = |letter: &Letter| {
        let mark = if letter.adjoint { "'" } else { "" };
        format!("{}{mark}", symbols[letter.symbol].name)
    };
    match word {
        [] => "1".to_owned(),
        _ => word.iter().map(one).collect::<Vec<_>>().join("*"),
    }
}
