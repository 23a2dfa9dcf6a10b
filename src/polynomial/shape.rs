//! Shapes: every matrix is of named dimensions, and what does not fit is refused.

use super::PolynomialError;
use super::letter::Symbol;
use super::tree::Tree;

/// What a dimension is called. Two whose names were given are never joined.
#[derive(Clone, Debug, PartialEq)]
enum Name {
    Given(String),
    Open(String),
}

/// Dimensions by index; those of free variables take the name of what they are joined to.
#[derive(Clone, Debug, Default)]
pub(super) struct Dimensions {
    names: Vec<Name>,
    parent: Vec<usize>,
}

impl Dimensions {
    /// The dimension of a name that was given.
    pub(super) fn named(&mut self, name: &str) -> usize {
        let name = Name::Given(name.to_owned());
        let known = self.names.iter().position(|own| *own == name);
        known.unwrap_or_else(|| self.added(name))
    }

    /// A new one without a name of its own.
    pub(super) fn open(&mut self, name: &str) -> usize {
        self.added(Name::Open(name.to_owned()))
    }

    fn added(&mut self, name: Name) -> usize {
        self.names.push(name);
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    /// The one that stands for all it is joined to.
    pub(super) fn root(&self, mut k: usize) -> usize {
        while self.parent[k] != k {
            k = self.parent[k];
        }
        k
    }

    /// Whether two are one, joining them if they may be.
    fn joined(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return true;
        }
        let given = [a, b].map(|k| matches!(self.names[k], Name::Given(_)));
        let (kept, merged) = match given {
            [true, true] => return false,
            [_, true] => (b, a),
            [_, false] => (a, b),
        };
        self.parent[merged] = kept;
        true
    }

    pub(super) fn name(&self, k: usize) -> &str {
        match &self.names[self.root(k)] {
            Name::Given(name) | Name::Open(name) => name,
        }
    }
}

/// The shape of a subexpression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// A number, which is as many times the identity as is needed.
    Scalar,
    /// Rows and columns.
    Matrix(usize, usize),
}

impl Shape {
    pub(super) fn written(self, dimensions: &Dimensions) -> String {
        match self {
            Shape::Scalar => "1×1".to_owned(),
            Shape::Matrix(r, c) => format!("{}×{}", dimensions.name(r), dimensions.name(c)),
        }
    }
}

/// Types an expression.
pub(super) struct Typing<'a> {
    pub(super) dimensions: &'a mut Dimensions,
    pub(super) symbols: &'a [Symbol],
}

impl Typing<'_> {
    pub(super) fn shape(&mut self, tree: &Tree) -> Result<Shape, PolynomialError> {
        match tree {
            Tree::Number(_) => Ok(Shape::Scalar),
            Tree::Variable(k) => {
                let symbol = &self.symbols[*k];
                Ok(Shape::Matrix(symbol.rows, symbol.cols))
            }
            Tree::Adjoint(a) => Ok(match self.shape(a)? {
                Shape::Matrix(r, c) => Shape::Matrix(c, r),
                Shape::Scalar => Shape::Scalar,
            }),
            Tree::Power(at, a, _) => {
                let shape = self.shape(a)?;
                self.square(*at, "a power", shape)
            }
            Tree::Inverse(at, a) => {
                let shape = self.shape(a)?;
                self.square(*at, "an inverse", shape)
            }
            Tree::Sum(at, a, b) => {
                let (a, b) = (self.shape(a)?, self.shape(b)?);
                self.sum(*at, a, b)
            }
            Tree::Product(at, a, b) => {
                let (a, b) = (self.shape(a)?, self.shape(b)?);
                self.product(*at, a, b)
            }
        }
    }

    fn square(
        &mut self,
        at: usize,
        what: &'static str,
        shape: Shape,
    ) -> Result<Shape, PolynomialError> {
        match shape {
            Shape::Matrix(r, c) if !self.dimensions.joined(r, c) => Err(PolynomialError::Square {
                at,
                what,
                shape: shape.written(self.dimensions),
            }),
            _ => Ok(shape),
        }
    }

    fn sum(&mut self, at: usize, a: Shape, b: Shape) -> Result<Shape, PolynomialError> {
        let (Shape::Matrix(r, c), Shape::Matrix(s, d)) = (a, b) else {
            let matrix = if a == Shape::Scalar { b } else { a };
            return self.square(at, "the sum with a number", matrix);
        };
        if self.dimensions.joined(r, s) && self.dimensions.joined(c, d) {
            return Ok(a);
        }
        Err(self.mismatch(at, '+', a, b))
    }

    fn product(&mut self, at: usize, a: Shape, b: Shape) -> Result<Shape, PolynomialError> {
        match (a, b) {
            (Shape::Scalar, other) | (other, Shape::Scalar) => Ok(other),
            (Shape::Matrix(r, c), Shape::Matrix(s, d)) => {
                if self.dimensions.joined(c, s) {
                    return Ok(Shape::Matrix(r, d));
                }
                Err(self.mismatch(at, '*', a, b))
            }
        }
    }

    fn mismatch(&self, at: usize, operation: char, left: Shape, right: Shape) -> PolynomialError {
        PolynomialError::Shapes {
            at,
            operation,
            left: left.written(self.dimensions),
            right: right.written(self.dimensions),
        }
    }
}
