//! Index expressions, Gaussian and i.i.d. expectations, and proofs that hold for every dimension.
//!
//! An [`Expression`] is written as on a slide, with its open legs in front; every other index is summed,
//! and an index may occur more than twice (`κ₄ δ_ac G_ab G_ae`). A [`Theory`] declares what may occur in
//! it. [`Theory::prove`] begins a chain of named steps; each is decided by a normal form and checked again,
//! by arithmetic that knows nothing of normal forms, at random points of a prime field.
//!
//! ```
//! use tensor_dyson::symbolic::{ProofError, TensorLaw, Theory};
//!
//! let mut theory = Theory::new();
//! theory.tensors("x[n,d] G[d,p]")?;
//! let proof = theory
//!     .prove("E ω = G, with ω_ab = x_a (Gᵀx)_b")
//!     .from("[i,a,b] x[i,a] x[i,k] G[k,b]")?
//!     .expect("over X", "x", &TensorLaw::Gaussian)?
//!     .is("the mean", "[i,a,b] δ[i] G[a,b]")?
//!     .done();
//! println!("{proof}");
//! # Ok::<(), ProofError>(())
//! ```
//!
//! It prints the chain with its reasons, and below each reason the check:
//!
//! ```text
//! E ω = G, with ω_ab = x_a (Gᵀx)_b
//!
//!     Assuming:
//!       x has independent standard Gaussian entries
//!
//!     free: i, a, b
//!       x_ia x_ik G_kb
//!     E     over X: x with standard Gaussian entries
//!           ✓ d=2 n=4 p=3; …: ≤ 3e-18
//!       G_ab
//!     =     the mean
//!           ✓ d=2 n=3 p=4; …: ≤ 9e-19
//!       δ_i G_ab
//! ```
//!
//! A false claim ends the chain with the normal form of the difference ([`Refutation`]): with `2 G[a,b]` it
//! is `−G_ab`.
//!
//! | symbol | item |
//! |---|---|
//! | `Σ_k x_ia x_ik G_kb` | [`Theory::expression`], [`Expression`] |
//! | `n, d, p, κ₄, z, …` | [`Polynomial`] |
//! | `τ₂₃, τ₂₄` | [`Expression::braided`] |
//! | `W v^j = σ_j u^j`, `R = (𝒜ᵀ𝒜 − z)⁻¹` | [`Rule`], [`Theory::singular_vectors`], [`Theory::inverse`] |
//! | `E_X`, `E_W` | [`Prover::expect`], [`TensorLaw`] |
//! | GOE, GUE, antisymmetric and complex tensors | [`Ensemble`], [`Theory::hermitian`], [`Theory::complex`] |
//! | `i`, `Z̄` | [`Theory::scalars`], [`Theory::conjugate`] |
//! | Haar orthogonal and unitary matrices | [`Haar`] |
//! | `z E g = 1 + E g²`: Schwinger–Dyson equations | [`Prover::by_parts`] |
//! | `φ(Gᵀx)`, `E φ(u_b) φ(u_e)` | [`Theory::functions`], [`Theory::mean`] |
//! | joint cumulants, `Var Tr W` | [`Theory::cumulant`], [`Theory::copies`] |
//! | `n ≥ d` | [`Theory::at_least`] |
//! | `≈` | [`Prover::approximately`], [`Expression::split_at`] |
//! | `\sum`, `\delta_{ac}` | [`Proof::written`], [`Notation`] |
//! | every step with its witness, as JSON | [`Proof::certificate`], [`Certificate`] |
//!
//! # The rules
//!
//! - Factors commute, terms add up, and δ's are carried out: `δ_ab T_bc = T_ac`. An index that nothing holds
//!   any more gives its dimension: `δ_aa = d`.
//! - Summed indices have no names of their own. A name is one index throughout a product, also across its
//!   parentheses: `(x_a y_a)(x_a y_a)` is `Σ_a x_a² y_a²`; for the square of a sum, write two names.
//! - A tensor keeps its value under the permutations of slots that are declared for it, and no others.
//! - An expectation over independent entries is `Σ_π Π_{B∈π} κ_|B| δ(the slots of B agree)` over the set
//!   partitions of the random factors, which for Gaussian entries are pairings (Isserlis 1918, Wick 1950). Over an
//!   [`Ensemble`] each pair is tied by each permutation of its slots; over a uniform matrix of a group ([`Haar`]) there is
//!   one pairing for the rows and one for the columns, with the Weingarten function of both (Collins and Śniady 2006);
//!   functions of a Gaussian form are differentiated (Stein 1972). Resolvents cannot be integrated out, but by parts:
//!   `E T_s F = Σ_t E[T_s T_t] E ∂F/∂T_t` with `∂R = −R (∂M) R` for `R = M⁻¹` ([`Prover::by_parts`]); such a step, `E=` in
//!   print, says that both sides have one mean.
//!   What is defined by the random tensor must be rewritten first: [`Prover::expect`] refuses to hold it fixed.
//! - Definitions and hypotheses rewrite from left to right, where all that the left side sums over is summed
//!   within the match; [`Theory::reversed`] gives a rule that goes back.
//! - Coefficients are polynomials in the symbols, their reciprocals, and `1/(n + k)` for integers `k`.
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
//! With poles the coefficients are rational functions of the dimensions, and the same holds: `1/(n + k)^e` and the powers
//! of `n` are linearly independent, and products of them are written as sums of them.
//!
//! Not decided: identities that hold at a fixed small dimension only (those of Cayley and Hamilton, say);
//! anything that uses the signs or the reality of entries; consequences of hypotheses beyond what their
//! rules reach ([`Expression::rewritten`]). A tensor that is antisymmetric can be drawn but not declared. A rule for a
//! whole family, `E Tr H^{2k}` with a symbolic `k`, cannot be stated: each `k` is a statement of its own.
//!
//! # What speaks for a rule
//!
//! A rule is judged once and by itself, before the first step that uses it, at sizes that no step chooses. Between
//! arbitrary tensors and what is defined by them, the normal form of the difference of its sides, with all
//! definitions written out, decides for all dimensions. A rule is derived from an inverse if it is a multiple of
//! `M M⁻¹ − 1`, of `M⁻¹ M − 1` or of their traces. Any other rule about inverses or singular vectors is tested: at
//! sizes that are pairwise different and above the number of its indices over each space, as many of them as the
//! powers of the dimensions in it can have roots. It then stands among the assumptions that open the printed proof
//! ([`Proof::assumptions`]), as do laws, inverses, and scalars that are divided by. The symmetries of an inverse
//! are those of its matrix, by normal form.
//!
//! # What has to be trusted
//!
//! Not the normal form: a step stands only if the checker, which sums index by index, finds both sides equal at three
//! shapes without a dimension 1 and without two equal ones, modulo `2⁶¹ − 1` and modulo a prime that is drawn with
//! the points from SHA-256 of the theory and the step; expectations are taken entry by entry from moments, over a group
//! from the projection onto what the group fixes, and of functions as those of random polynomials; what is integrated by
//! parts is differentiated along each entry, a resolvent as a block of an inverse. A
//! difference that is a nonzero polynomial of degree `k` modulo the prime vanishes at a random point with
//! probability at most `k` over the prime (Schwartz 1980, Zippel 1979), at most `k/2⁶⁰` here, which is what is
//! printed ([`FieldCheck`]). The hash stands for the chance: who tries `N` statements has to multiply by `N`.
//! Both read the same text: that the formula is the one meant is for the reader of the printed proof. Only the
//! passage from these shapes to all dimensions rests on the normal form alone.
//!
//! Only [`Prover`] makes a [`Proof`]; a tensor of another theory is another tensor, whatever its name, and
//! [`Proof::and`] refuses names that mean two things.
//!
//! Whoever believes neither has the [`Certificate`]: it holds every renaming, match and pairing, and is checked by a
//! program in another language that shares no code with this one.
//!
//! # Complexity
//!
//! A contraction is labelled by colour refinement with individualisation, connected component by component,
//! pruned by the automorphisms that are met (McKay 1981): next to nothing unless many vertices of one connected
//! component look alike and no automorphism exchanges them; 3 ms for a complete graph of 12 vertices. Pairings of
//! `2k` factors are enumerated, `(2k − 1)!!` of them, 2·10⁶ for the 16 entries of X in `E Tr NTK⁴`; equal
//! outcomes are counted, so that its 2 027 025 pairings end as 5 contractions. Over a group there are as many terms as pairs of
//! pairings: `k!²` of `k` unitary entries with their conjugates, up to five, `(2k − 1)!!²` of `2k` orthogonal ones, up to eight;
//! more are refused before anything is integrated, with their number. The checker sums the fixed factors index by index, the
//! cheapest next, and takes at most 4·10⁷ products a shape, which is asked before an expectation is taken as well. Declarations
//! are found by name, in thousands as in tens.

mod assumption;
mod by_parts;
mod canonical;
mod certificate;
mod check;
mod condition;
mod conjugate;
mod contract;
mod cumulant;
mod degree;
mod draw;
mod ensemble;
mod error;
mod evaluate;
mod expectation;
mod explain;
mod expression;
mod fault;
mod graph;
mod haar;
mod hypothesis;
mod law;
mod matrix;
mod modulus;
mod normal;
mod order;
mod parse;
mod point;
mod polynomial;
mod print;
mod projection;
mod proof;
mod random;
mod reach;
mod rewrite;
mod shapes;
mod signature;
mod slope;
mod smooth;
mod stein;
mod tensor;
#[cfg(test)]
mod tests;
mod theory;
mod token;
mod typing;
mod weingarten;

pub use assumption::Assumption;
pub use certificate::Certificate;
pub use check::FieldCheck;
pub use ensemble::Ensemble;
pub use error::SymbolicError;
pub use expression::{Expression, Factor, Index, Term};
pub use fault::FieldError;
pub use haar::Haar;
pub use law::TensorLaw;
pub use polynomial::{Monomial, Polynomial, Scaling, Symbol};
pub use print::Notation;
pub use proof::{Average, Dropped, Proof, ProofError, Prover, Refutation, Relation, Step};
pub use rewrite::Rule;
pub use tensor::{Space, Tensor};
pub use theory::Theory;
