//! Index expressions, Gaussian and i.i.d. expectations, and proofs that hold for every dimension.
//!
//! An [`Expression`] is written as on a slide, with its open legs in front; every other index is summed,
//! and an index may occur more than twice (`κ₄ δ_ac G_ab G_ae`). A [`Theory`] declares what may occur in
//! it. [`Theory::prove`] begins a chain of named steps; each is decided by a normal form and checked again,
//! by arithmetic that knows nothing of normal forms, at random points of a prime field.
//!
//! ```
//! use tensor_dyson::symbolic::{Law, ProofError, Theory};
//!
//! let mut theory = Theory::new();
//! theory.tensors("x[n,d] G[d,p]")?;
//! let proof = theory
//!     .prove("E ω = G, with ω_ab = x_a (Gᵀx)_b")
//!     .from("[i,a,b] x[i,a] x[i,k] G[k,b]")?
//!     .expect("over X", "x", &Law::Gaussian)?
//!     .is("the mean", "[i,a,b] δ[i] G[a,b]")?
//!     .done();
//! println!("{proof}");
//! # Ok::<(), ProofError>(())
//! ```
//!
//! | symbol | item |
//! |---|---|
//! | `Σ_k x_ia x_ik G_kb` | [`Theory::expression`], [`Expression`] |
//! | `n, d, p, κ₄, z, …` | [`Polynomial`] |
//! | `τ₂₃, τ₂₄` | [`Expression::braided`] |
//! | `W v^j = σ_j u^j`, `R = (𝒜ᵀ𝒜 − z)⁻¹` | [`Rule`], [`Theory::singular_vectors`], [`Theory::inverse`] |
//! | `E_X`, `E_W` | [`Expression::expected`], [`Law`] |
//! | `≈` | [`Expression::split_at`], [`Prover::approximately`] |
//!
//! # What is decided
//!
//! Without rules, equality of two expressions **for all dimensions** and all values of their tensors
//! (with the declared symmetries) and scalars: it holds exactly if the normal forms agree. That equal
//! forms give equal values is plain, since each step of the normal form is an identity. Conversely, let a
//! combination of pairwise non-isomorphic contractions without loose vertices vanish. Write each sum over
//! all assignments of its vertices as a sum over set partitions `π` of them of the sums over *injective*
//! assignments of the quotient by `π`. This is triangular in the number of vertices, so the same
//! combination of injective sums has a coefficient that does not vanish at a contraction with the most
//! vertices. At dimensions above that number an injective sum is a sum of monomials in independent
//! entries, each of which determines the contraction up to isomorphism: the coefficients vanish. They are
//! polynomials in the dimensions that vanish at all large dimensions, hence zero. (The independence of
//! homomorphism numbers: Erdős, Lovász and Spencer 1979.)
//!
//! Not decided: identities that hold at a fixed small dimension only (those of Cayley and Hamilton, say);
//! anything that uses the signs or the reality of entries; consequences of hypotheses beyond what their
//! rules reach from left to right ([`Expression::rewritten`]). Expectations are exact for tensors of
//! independent entries; antisymmetric tensors are not provided for.
//!
//! # What has to be trusted
//!
//! Not the normal form: a step stands only if the checker, which sums index by index, finds both sides
//! equal at three shapes, with hypotheses tested at the same points, and expectations taken entry by entry
//! from moments. A difference that is a nonzero polynomial of degree `k` at a shape vanishes at a random
//! point with probability at most `k/(2⁶¹ − 1)` (Schwartz 1980, Zippel 1979); [`FieldCheck`] has the bound.
//! Only the passage from these shapes to all dimensions rests on the normal form alone.

mod canonical;
mod check;
mod degree;
mod error;
mod evaluate;
mod expectation;
mod explain;
mod expression;
mod graph;
mod law;
mod matrix;
mod normal;
mod order;
mod parse;
mod point;
mod polynomial;
mod print;
mod proof;
mod rewrite;
mod signature;
mod tensor;
#[cfg(test)]
mod tests;
mod theory;
mod token;
mod typing;

pub use check::{CheckError, FieldCheck};
pub use error::SymbolicError;
pub use expression::{Expression, Factor, Index, Term};
pub use law::Law;
pub use polynomial::{Monomial, Polynomial, Scaling, Symbol};
pub use print::Notation;
pub use proof::{Dropped, Proof, ProofError, Prover, Refutation, Relation, Step};
pub use rewrite::Rule;
pub use tensor::{Space, Tensor};
pub use theory::Theory;
