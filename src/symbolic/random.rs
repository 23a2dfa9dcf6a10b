//! What the checker knows of random tensors: the mean of a product of entries.
//!
//! It is taken from the moments of entries that are independent; no pairing occurs here.

mod variables;

use super::ensemble::Ensemble;
use super::modulus::Residue;
pub(super) use variables::Variables;

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
}

impl Random {
    /// Whether a tensor is this one, as side 0, or its conjugate, as side 1.
    pub(super) fn side(&self, tensor: &str) -> Option<usize> {
        let conjugate = match &self.law {
            Entrywise::Independent(_) => None,
            Entrywise::Tied(ensemble) => ensemble.conjugate(),
        };
        match conjugate {
            _ if self.name == tensor => Some(0),
            Some(name) if **name == *tensor => Some(1),
            _ => None,
        }
    }
}
