//! The Haar measures of the orthogonal and the unitary group.

use super::error::SymbolicError;
use super::polynomial::{Polynomial, Symbol};
use super::tensor::Tensor;
use super::weingarten::{Weingarten, coset_type, pairings};
use std::collections::BTreeMap;
use std::fmt;

/// The most terms of a sum over two pairings, so that a certificate is read in seconds: eight orthogonal entries have `105²`, ten
/// `945²`; five unitary ones with their conjugates `120²`, six `720²`.
const TERMS: usize = 1 << 15;

/// The law of a matrix that is drawn uniformly from a compact group. Five entries with their conjugates can be integrated over the
/// unitary group, eight entries over the orthogonal group.
///
/// ```
/// use tensor_dyson::symbolic::{Haar, ProofError, TensorLaw, Theory};
///
/// let mut theory = Theory::new();
/// theory.complex("U[d,d]", "Ū")?;
/// let proof = theory
///     .prove("E |Tr U²|² = 2")
///     .from("U[a,c] U[c,a] Ū[k,q] Ū[q,k]")?
///     .expect("over U", "U", &TensorLaw::Haar(Haar::unitary("Ū")))?
///     .is("Diaconis and Shahshahani 1994", "2")?
///     .done();
/// assert!(proof.to_string().contains("d ≥ 2"));
/// # Ok::<(), ProofError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Haar {
    conjugate: Option<Symbol>,
}

/// What an integral of some entries is a sum over.
#[derive(Debug, Clone)]
pub(super) struct Pairings {
    /// Who is paired with whom: one of these for the rows, one for the columns.
    pub(super) all: Vec<Vec<usize>>,
    /// The Weingarten function, each class once.
    pub(super) values: Vec<Polynomial>,
    classes: BTreeMap<Vec<usize>, usize>,
}

impl Pairings {
    /// The place of the value of two pairings among the values.
    pub(super) fn class(&self, rows: &[usize], columns: &[usize]) -> usize {
        let class = coset_type(rows, columns);
        self.classes.get(&class).copied().unwrap_or_default()
    }
}

impl Haar {
    /// The orthogonal group.
    pub fn orthogonal() -> Self {
        Haar { conjugate: None }
    }

    /// The unitary group; the conjugate matrix is the tensor of this name.
    pub fn unitary(conjugate: &str) -> Self {
        Haar {
            conjugate: Some(conjugate.into()),
        }
    }

    pub(super) fn conjugate(&self) -> Option<&Symbol> {
        self.conjugate.as_ref()
    }

    /// How many there are of [`Haar::pairings`], or as many as can be counted.
    fn count(&self, sides: &[usize]) -> usize {
        let conjugates = sides.iter().filter(|side| **side == 1).count();
        let factors: Box<dyn Iterator<Item = usize>> = match &self.conjugate {
            _ if !sides.len().is_multiple_of(2) => return 0,
            Some(_) if 2 * conjugates != sides.len() => return 0,
            Some(_) => Box::new(1..=conjugates),
            None => Box::new((1..sides.len()).step_by(2)),
        };
        factors.fold(1, usize::saturating_mul)
    }

    /// Whether a sum over two pairings can be gone through.
    ///
    /// # Errors
    /// [`SymbolicError::TooMany`].
    pub(super) fn affords(&self, sides: &[usize]) -> Result<(), SymbolicError> {
        let count = self.count(sides);
        match count.saturating_mul(count) {
            count if count > TERMS => Err(SymbolicError::TooMany {
                what: "terms of an integral over a group",
                count,
                limit: TERMS,
            }),
            _ => Ok(()),
        }
    }

    /// The pairings of entries, of which side 1 are conjugates: all of them, or those of entries with conjugates.
    pub(super) fn pairings(&self, sides: &[usize]) -> Vec<Vec<usize>> {
        if sides.len() % 2 == 1 {
            return Vec::new();
        }
        let mut all = pairings(sides.len() / 2);
        if self.conjugate.is_some() {
            let mixed = |p: &Vec<usize>| p.iter().enumerate().all(|(x, &y)| sides[x] != sides[y]);
            all.retain(mixed);
        }
        all
    }

    /// The Weingarten function of `pairs` pairs in a dimension.
    pub(super) fn weingarten(&self, pairs: usize, dimension: &str) -> Weingarten {
        match self.conjugate {
            None => Weingarten::orthogonal(pairs, dimension),
            Some(_) => Weingarten::unitary(pairs, dimension),
        }
    }

    /// What the integral of entries with these sides is a sum over.
    ///
    /// # Errors
    /// Those of [`Haar::affords`].
    pub(super) fn sums(&self, sides: &[usize], dimension: &str) -> Result<Pairings, SymbolicError> {
        self.affords(sides)?;
        let weingarten = self.weingarten(sides.len() / 2, dimension);
        let classes = weingarten.classes().enumerate();
        Ok(Pairings {
            all: self.pairings(sides),
            classes: classes.map(|(k, (class, _))| (class.clone(), k)).collect(),
            values: weingarten
                .classes()
                .map(|(_, value)| value.clone())
                .collect(),
        })
    }

    /// Whether a tensor can have this law: a square matrix without symmetries.
    ///
    /// # Errors
    /// [`SymbolicError::Unsuited`].
    pub(super) fn suits(&self, tensor: &Tensor) -> Result<(), SymbolicError> {
        match tensor.slots() {
            [rows, columns] if rows == columns && tensor.symmetries().len() == 1 => Ok(()),
            _ => Err(SymbolicError::Unsuited {
                tensor: tensor.name().to_string(),
                law: self.to_string(),
            }),
        }
    }
}

/// As in `the Haar measure of the orthogonal group`.
impl fmt::Display for Haar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.conjugate {
            None => f.write_str("the Haar measure of the orthogonal group"),
            Some(conjugate) => write!(
                f,
                "the Haar measure of the unitary group, and the conjugate {conjugate}"
            ),
        }
    }
}
