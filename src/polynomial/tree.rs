//! Expressions as trees.

use super::scalar::Exact;

/// An expression, each operation with the place where it stands.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Number(Exact),
    /// A variable by its index.
    Variable(usize),
    Sum(usize, Box<Tree>, Box<Tree>),
    Product(usize, Box<Tree>, Box<Tree>),
    Adjoint(Box<Tree>),
    /// The power, with where it stands.
    Power(usize, Box<Tree>, u32),
    Inverse(usize, Box<Tree>),
}

impl Tree {
    pub(super) fn plus(self, at: usize, other: Tree) -> Tree {
        Tree::Sum(at, Box::new(self), Box::new(other))
    }

    pub(super) fn times(self, at: usize, other: Tree) -> Tree {
        Tree::Product(at, Box::new(self), Box::new(other))
    }

    /// The expression and all its parts, each after its own parts.
    pub(super) fn parts(&self) -> Vec<&Tree> {
        let mut parts = Vec::new();
        self.add_parts(&mut parts);
        parts
    }

    fn add_parts<'a>(&'a self, parts: &mut Vec<&'a Tree>) {
        match self {
            Tree::Number(_) | Tree::Variable(_) => {}
            Tree::Sum(_, a, b) | Tree::Product(_, a, b) => {
                a.add_parts(parts);
                b.add_parts(parts);
            }
            Tree::Adjoint(a) | Tree::Power(_, a, _) | Tree::Inverse(_, a) => a.add_parts(parts),
        }
        parts.push(self);
    }

    /// Whether both are written alike, wherever they stand.
    pub(super) fn is_like(&self, other: &Tree) -> bool {
        match (self, other) {
            (Tree::Number(x), Tree::Number(y)) => x == y,
            (Tree::Variable(j), Tree::Variable(k)) => j == k,
            (Tree::Sum(_, a, b), Tree::Sum(_, c, d))
            | (Tree::Product(_, a, b), Tree::Product(_, c, d)) => a.is_like(c) && b.is_like(d),
            (Tree::Adjoint(a), Tree::Adjoint(b)) | (Tree::Inverse(_, a), Tree::Inverse(_, b)) => {
                a.is_like(b)
            }
            (Tree::Power(_, a, m), Tree::Power(_, b, n)) => m == n && a.is_like(b),
            _ => false,
        }
    }

    /// Each part that is written like `part` replaced.
    pub(super) fn exchanged(&self, part: &Tree, by: &Tree) -> Tree {
        if self.is_like(part) {
            return by.clone();
        }
        let inner = |tree: &Tree| Box::new(tree.exchanged(part, by));
        match self {
            Tree::Number(_) | Tree::Variable(_) => self.clone(),
            Tree::Sum(at, a, b) => Tree::Sum(*at, inner(a), inner(b)),
            Tree::Product(at, a, b) => Tree::Product(*at, inner(a), inner(b)),
            Tree::Adjoint(a) => Tree::Adjoint(inner(a)),
            Tree::Power(at, a, n) => Tree::Power(*at, inner(a), *n),
            Tree::Inverse(at, a) => Tree::Inverse(*at, inner(a)),
        }
    }

    /// Each variable replaced by what it stands for.
    pub(super) fn substituted(&self, by: &[Tree]) -> Tree {
        let inner = |tree: &Tree| Box::new(tree.substituted(by));
        match self {
            Tree::Number(x) => Tree::Number(x.clone()),
            Tree::Variable(k) => by[*k].clone(),
            Tree::Sum(at, a, b) => Tree::Sum(*at, inner(a), inner(b)),
            Tree::Product(at, a, b) => Tree::Product(*at, inner(a), inner(b)),
            Tree::Adjoint(a) => Tree::Adjoint(inner(a)),
            Tree::Power(at, a, n) => Tree::Power(*at, inner(a), *n),
            Tree::Inverse(at, a) => Tree::Inverse(*at, inner(a)),
        }
    }
}
