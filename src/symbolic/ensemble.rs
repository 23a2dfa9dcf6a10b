//! Gaussian tensors whose entries are tied to one another: symmetric and antisymmetric ones of any rank, Hermitian
//! matrices, complex tensors.

use super::error::SymbolicError;
use super::polynomial::Symbol;
use super::tensor::Tensor;
use std::fmt;

/// The most slots whose permutations are listed.
const RANK: usize = 8;

/// A permutation of slots with its sign.
pub(super) type Signed = (i64, Vec<usize>);

/// The law of a centred Gaussian tensor `T` that is made of one with independent entries:
/// `E T_s T_t = Σ_g χ(g) δ(s, g·t)`, where `(g·t)_k = t_{g(k)}`.
///
/// ```
/// use tensor_dyson::symbolic::{Ensemble, ProofError, TensorLaw, Theory};
///
/// let mut theory = Theory::new();
/// theory.hermitian("H[d,d]")?;
/// let proof = theory
///     .prove("E Tr H⁴ of the GUE")
///     .from("H[a,c] H[c,k] H[k,q] H[q,a]")?
///     .expect("over H", "H", &TensorLaw::Ensemble(Ensemble::hermitian()))?
///     .is("Harer and Zagier 1986", "2 d^3 + d")?
///     .done();
/// # Ok::<(), ProofError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ensemble {
    kind: Kind,
    pairings: Vec<Signed>,
}

/// What the entries are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Real: `T = Σ_g χ(g) g·Z/√|G|` for a `Z` of independent entries.
    Real,
    /// Complex, `H_ba` the conjugate of `H_ab`.
    Hermitian,
    /// Complex, with this tensor as its conjugate; `E T T = 0`.
    Complex(Symbol),
}

impl Ensemble {
    /// A real tensor that no permutation of its `rank` slots, at most 8, changes: `E T_s T_t = Σ_g δ(s, g·t)` over all `rank!` of
    /// them. For a matrix the Gaussian orthogonal ensemble, `E H_ab H_ce = δ_ac δ_be + δ_ae δ_bc`.
    pub fn symmetric(rank: usize) -> Self {
        Ensemble {
            kind: Kind::Real,
            pairings: signed(rank).into_iter().map(|(_, g)| (1, g)).collect(),
        }
    }

    /// A real tensor that odd permutations of its slots take to its negative: `E T_s T_t = Σ_g sign(g) δ(s, g·t)`.
    pub fn antisymmetric(rank: usize) -> Self {
        Ensemble {
            kind: Kind::Real,
            pairings: signed(rank),
        }
    }

    /// A Hermitian matrix, the Gaussian unitary ensemble: `E H_ab H_ce = δ_ae δ_bc`.
    pub fn hermitian() -> Self {
        Ensemble {
            kind: Kind::Hermitian,
            pairings: vec![(1, vec![1, 0])],
        }
    }

    /// A complex tensor of `rank` slots with independent entries, and its conjugate, whose name is given:
    /// `E Z_s Z̄_t = δ(s, t)`, `E Z_s Z_t = 0` (Ginibre 1965).
    pub fn complex(rank: usize, conjugate: &str) -> Self {
        Ensemble {
            kind: Kind::Complex(conjugate.into()),
            pairings: vec![(1, (0..rank).collect())],
        }
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The `g` with their `χ(g)`, the identity first where it is one of them.
    pub(super) fn pairings(&self) -> &[Signed] {
        &self.pairings
    }

    /// The tensor that is random together with this one.
    pub(super) fn conjugate(&self) -> Option<&Symbol> {
        match &self.kind {
            Kind::Complex(conjugate) => Some(conjugate),
            Kind::Real | Kind::Hermitian => None,
        }
    }

    /// Whether a tensor can have this law: its rank, slots that are exchanged over one space, and symmetries that
    /// are declared for it.
    ///
    /// # Errors
    /// [`SymbolicError::Unsuited`].
    pub(super) fn suits(&self, tensor: &Tensor) -> Result<(), SymbolicError> {
        let slots = tensor.slots();
        let permutes = |(_, g): &Signed| {
            g.len() == slots.len() && g.iter().enumerate().all(|(k, &to)| slots[k] == slots[to])
        };
        // A symmetry h is one of the law if the sum over g is one over h·g.
        let keeps = |h: &Vec<usize>| {
            let moved = |(sign, g): &Signed| (*sign, h.iter().map(|&k| g[k]).collect());
            let moved: Vec<Signed> = self.pairings.iter().map(moved).collect();
            moved.iter().all(|pair| self.pairings.contains(pair))
        };
        let suits = !self.pairings.is_empty()
            && self.pairings.iter().all(permutes)
            && tensor.symmetries().iter().all(keeps);
        suits.then_some(()).ok_or_else(|| SymbolicError::Unsuited {
            tensor: tensor.name().to_string(),
            law: self.to_string(),
        })
    }
}

/// All permutations of `0..rank` with their signs, the identity first; none where they are too many.
fn signed(rank: usize) -> Vec<Signed> {
    if rank > RANK {
        return Vec::new();
    }
    let mut all: Vec<Signed> = vec![(1, Vec::new())];
    for next in 0..rank {
        let longer = |(sign, shorter): &Signed| -> Vec<Signed> {
            let at = |place: usize| {
                let mut longer = shorter.clone();
                longer.insert(place, next);
                let passed = shorter.len() - place;
                (
                    if passed.is_multiple_of(2) {
                        *sign
                    } else {
                        -sign
                    },
                    longer,
                )
            };
            (0..=shorter.len()).rev().map(at).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// As in `symmetric Gaussian entries, E T_s T_t = Σ_g δ(s, g·t) over 2 permutations g`.
impl fmt::Display for Ensemble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = self.pairings.len();
        match &self.kind {
            Kind::Real if self.pairings.iter().all(|(sign, _)| *sign == 1) => write!(
                f,
                "symmetric Gaussian entries, E T_s T_t = Σ_g δ(s, g·t) over {many} permutations g of the slots"
            ),
            Kind::Real => write!(
                f,
                "antisymmetric Gaussian entries, E T_s T_t = Σ_g sign(g) δ(s, g·t) over {many} permutations g of the slots"
            ),
            Kind::Hermitian => f.write_str("Hermitian Gaussian entries, E T_ab T_ce = δ_ae δ_bc"),
            Kind::Complex(conjugate) => write!(
                f,
                "independent complex Gaussian entries, E T_s T̄_t = δ(s, t), E T_s T_t = 0, and the conjugate {conjugate}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permutations_have_their_signs() {
        let all = signed(3);
        assert_eq!(all[0], (1, vec![0, 1, 2]));
        for (sign, g) in &all {
            let pairs = (0..3).flat_map(|j| (0..j).map(move |i| (i, j)));
            let inversions = pairs.filter(|&(i, j)| g[i] > g[j]).count();
            assert_eq!(*sign, if inversions % 2 == 0 { 1 } else { -1 }, "{g:?}");
        }
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn eight_slots_are_permuted_and_nine_are_too_many() {
        assert_eq!(signed(8).len(), 40_320);
        assert!(signed(9).is_empty());
    }
}
