//! The place in a row of tokens.

use super::ParseError;
use super::token::{Placed, Token};

pub(super) struct Cursor<'a> {
    tokens: &'a [Placed],
    next: usize,
    /// The number of characters.
    end: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: &'a [Placed], end: usize) -> Self {
        Self {
            tokens,
            next: 0,
            end,
        }
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    /// Where the next token starts.
    pub(super) fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    pub(super) fn unexpected(&self, wanted: &'static str) -> ParseError {
        let found = self
            .peek()
            .map_or("the end".to_owned(), |token| token.to_string());
        ParseError::Unexpected {
            at: self.at(),
            found,
            wanted,
        }
    }

    pub(super) fn takes(&mut self, mark: char) -> bool {
        let there = self.peek() == Some(&Token::Mark(mark));
        self.next += usize::from(there);
        there
    }

    pub(super) fn expect(&mut self, mark: char, wanted: &'static str) -> Result<(), ParseError> {
        if self.takes(mark) {
            Ok(())
        } else {
            Err(self.unexpected(wanted))
        }
    }

    /// The token after the next one.
    pub(super) fn second(&self) -> Option<&Token> {
        self.tokens.get(self.next + 1).map(|(_, token)| token)
    }

    pub(super) fn advance(&mut self) {
        self.next += 1;
    }
}
