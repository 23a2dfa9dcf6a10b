//! What the checker knows of random tensors: the mean of a product of entries.
//!
//! For Gaussian and independent entries from the moments of those that are independent; no pairing occurs here. For
//! uniform matrices of a group the mean of all products of `m` entries is the orthogonal projection onto the tensors that
//! the group fixes. These are spanned by the pairings (Brauer 1937, Schur and Weyl), so that it is what the inverse of
//! their Gram matrix at the size says; no Weingarten function occurs here.

mod projection;
mod variables;

use super::ensemble::Ensemble;
use super::haar::Haar;
use super::modulus::{Field, Residue};
use projection::Projection;
use variables::Variables;

/// A random tensor, with its conjugate if that is another one.
#[derive(Debug, Clone)]
pub(super) struct Random {
    pub(super) name: String,
    pub(super) law: Entrywise,
}

/// The law of the entries.
#[derive(Debug, Clone)]
pub(super) enum Entrywise {
    /// `E x^k`, `k = 0, 1, …`, of independent entries.
    Independent(Vec<Residue>),
    /// Entries that permutations of slots tie to one another.
    Tied(Ensemble),
    /// Entries of a uniform matrix of a group.
    Haar(Haar),
}

impl Random {
    /// Whether a tensor is this one, as side 0, or its conjugate, as side 1.
    pub(super) fn side(&self, tensor: &str) -> Option<usize> {
        let conjugate = match &self.law {
            Entrywise::Independent(_) => None,
            Entrywise::Tied(ensemble) => ensemble.conjugate(),
            Entrywise::Haar(haar) => haar.conjugate(),
        };
        match conjugate {
            _ if self.name == tensor => Some(0),
            Some(name) if **name == *tensor => Some(1),
            _ => None,
        }
    }
}

/// How the mean of a product of entries of a tensor of some sizes is computed.
#[derive(Debug, Clone)]
pub(super) enum Means {
    /// From independent variables.
    Variables(Variables),
    /// From an orthogonal projection.
    Projection(Projection),
}

impl Means {
    /// For a tensor with slots of these sizes, the last fastest, and a product of entries with these sides; `None` if
    /// the sizes are too small for the pairings to be independent.
    pub(super) fn new(
        field: Field,
        law: &Entrywise,
        sizes: &[usize],
        sides: &[usize],
    ) -> Option<Self> {
        match law {
            Entrywise::Haar(haar) => {
                Projection::new(field, haar, sizes, sides).map(Means::Projection)
            }
            _ => Some(Means::Variables(Variables::new(
                field,
                law,
                sizes,
                sides.len(),
            ))),
        }
    }

    /// The mean of a product of entries, each by its place and its side.
    pub(super) fn mean(&mut self, field: Field, entries: &[(usize, usize)]) -> Residue {
        match self {
            Means::Variables(variables) => variables.mean(field, entries),
            Means::Projection(projection) => projection.mean(field, entries),
        }
    }
}
