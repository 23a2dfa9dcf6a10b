//! Joint cumulants of scalars, as expressions in independent copies of what is random.

use super::conjugate::Conjugate;
use super::draw::Draw;
use super::error::SymbolicError;
use super::expression::{Expression, Factor, Term};
use super::normal::named;
use super::polynomial::Polynomial;
use super::tensor::Tensor;
use super::theory::Theory;
use std::collections::BTreeSet;

/// The most scalars of a joint cumulant: 8 have 4140 set partitions.
const SCALARS: usize = 8;
/// The most terms of one, over all set partitions.
const TERMS: usize = 200_000;

impl Theory {
    /// Independent copies of an arbitrary real tensor or Hermitian matrix, as in `copies("x", &["x′"])`: their laws are given where the
    /// expectations are taken, and have to be the same in a proof.
    ///
    /// # Errors
    /// As [`Theory::tensors`]; [`SymbolicError::Dependent`] for a tensor that is made of others, or has a conjugate of its own.
    pub fn copies(&mut self, tensor: &str, names: &[&str]) -> Result<&mut Self, SymbolicError> {
        let original = self.copied(self.original_of(tensor))?;
        let slots = original
            .slots()
            .iter()
            .map(|space| space.dimension().to_string());
        let slots: Vec<String> = slots.collect();
        self.wholly(|theory| {
            for name in names {
                let copy = theory
                    .signature
                    .add_tensor(name, &slots, original.symmetries())?;
                let of = original.name();
                theory.copies.insert(copy.name().clone(), of.clone());
                if let Some(conjugate) = theory.conjugates.get(of).cloned() {
                    theory.conjugates.insert(copy.name().clone(), conjugate);
                }
                theory.draw(Draw::Free(copy));
            }
            Ok(())
        })
    }

    /// The joint cumulant of scalars in a random tensor, before any expectation is taken:
    ///
    /// ```math
    /// κ(A_1, …, A_m) = E Σ_π (−1)^{|π|−1} (|π|−1)! Π_{B ∈ π} Π_{j ∈ B} A_j(x^B)
    /// ```
    ///
    /// over the set partitions, with an independent copy of `x` for each block (Leonov and Shiryaev 1959). The first of
    /// `copies` is the tensor itself, and as many are needed as there are scalars.
    ///
    /// ```
    /// use tensor_dyson::symbolic::{ProofError, TensorLaw, Theory};
    ///
    /// let mut theory = Theory::new();
    /// theory.tensors("x[n,d]")?.copies("x", &["x′"])?;
    /// let variance = theory.cumulant(&["x[i,a] x[i,a]", "x[j,c] x[j,c]"], &["x", "x′"])?;
    /// let proof = theory
    ///     .prove("Var Tr XXᵀ = 2nd")
    ///     .from_expression(variance)?
    ///     .expect("over X", "x", &TensorLaw::Gaussian)?
    ///     .expect("over its copy", "x′", &TensorLaw::Gaussian)?
    ///     .is("the variance", "2 n d")?
    ///     .done();
    /// # Ok::<(), ProofError>(())
    /// ```
    ///
    /// # Errors
    /// [`SymbolicError::Legs`] for what is no scalar, [`SymbolicError::TooManyScalars`], [`SymbolicError::Copies`] unless there are as many different copies of
    /// the first tensor, none of which stands in a scalar, [`SymbolicError::MadeOf`] for what hides one behind a definition, and
    /// what reading may give.
    pub fn cumulant(&self, scalars: &[&str], copies: &[&str]) -> Result<Expression, SymbolicError> {
        let scalars = scalars.iter().map(|text| self.expression(text));
        let scalars = scalars.collect::<Result<Vec<_>, _>>()?;
        let tensors = copies.iter().map(|name| self.copied(name));
        let tensors = tensors.collect::<Result<Vec<Tensor>, _>>()?;
        let different: BTreeSet<&Tensor> = tensors.iter().collect();
        let original = copies.first().map(|first| self.original_of(first));
        let is_copy = |one: &Tensor| Some(self.original_of(one.name())) == original;
        let stands = |one: &Tensor| {
            scalars
                .iter()
                .flat_map(Expression::tensors)
                .any(|t| t == one)
        };
        let are_copies = tensors
            .iter()
            .skip(1)
            .all(|one| is_copy(one) && !stands(one));
        if different.len() < scalars.len().max(1) || different.len() < tensors.len() || !are_copies
        {
            let (needed, found) = (scalars.len(), copies.len());
            return Err(SymbolicError::Copies { needed, found });
        }
        for tensor in scalars.iter().flat_map(Expression::tensors) {
            let is_hidden =
                |one: &&Tensor| *one != tensor && self.is_made_of(tensor.name(), one.name());
            if let Some(random) = tensors.iter().find(is_hidden) {
                return Err(SymbolicError::MadeOf {
                    tensor: tensor.name().to_string(),
                    random: random.name().to_string(),
                });
            }
        }
        if scalars.len() > SCALARS {
            return Err(SymbolicError::TooManyScalars {
                scalars: scalars.len(),
                limit: SCALARS,
            });
        }
        let partitions = partitions(scalars.len());
        let each = scalars.iter().map(|scalar| scalar.terms().len());
        let count = each.fold(partitions.len(), usize::saturating_mul);
        if count > TERMS {
            return Err(SymbolicError::TooMany {
                what: "terms of a joint cumulant",
                count,
                limit: TERMS,
            });
        }
        let mut terms = Vec::new();
        for blocks in partitions {
            let count = blocks.iter().max().map_or(0, |last| last + 1);
            let scale = (1..count as i64).fold(1, |product, k| -product * k);
            let mut product = self.expression("1")?.scaled(&Polynomial::from(scale));
            for (scalar, &block) in scalars.iter().zip(&blocks) {
                product = product.times(&scalar.with(&tensors[0], &tensors[block]))?;
            }
            terms.extend(product.terms);
        }
        let legs = Vec::new();
        Ok(Expression { legs, terms })
    }

    /// What a tensor is a copy of: itself where it is none.
    pub(super) fn original_of<'a>(&'a self, tensor: &'a str) -> &'a str {
        self.copies.get(tensor).map_or(tensor, |of| of)
    }

    /// The arbitrary tensor of a name, whose conjugate is itself or its transpose.
    fn copied(&self, name: &str) -> Result<Tensor, SymbolicError> {
        let unknown = || SymbolicError::Unknown { name: name.into() };
        let tensor = self.signature.tensor(name).ok_or_else(unknown)?;
        let is_free = self
            .draws
            .iter()
            .any(|draw| matches!(draw, Draw::Free(t) if t == tensor));
        let has_conjugate = matches!(self.conjugates.get(name), Some(Conjugate::Of(_)));
        if !is_free || has_conjugate {
            return Err(SymbolicError::Dependent {
                tensor: name.into(),
            });
        }
        Ok(tensor.clone())
    }
}

impl Expression {
    /// One tensor replaced by another with the same slots.
    fn with(&self, tensor: &Tensor, other: &Tensor) -> Self {
        let mut replaced = self.clone();
        for factor in replaced.terms.iter_mut().flat_map(|term| &mut term.factors) {
            if let Factor::Entry(own, slots) = factor
                && own == tensor
            {
                *factor = Factor::Entry(other.clone(), slots.clone());
            }
        }
        replaced
    }

    /// The product of two scalars.
    fn times(&self, other: &Self) -> Result<Self, SymbolicError> {
        // Legs are numbered first: only without them the numbers of the second factor can go on from the first's.
        let scalar = Expression {
            legs: Vec::new(),
            terms: Vec::new(),
        };
        scalar.plus(self)?.plus(other)?;
        let product = |one: &Term, two: &Term| Term {
            coefficient: &one.coefficient * &two.coefficient,
            factors: {
                let moved = two
                    .factors
                    .iter()
                    .map(|f| f.renumbered(|v| v + one.summed.len()));
                one.factors.iter().cloned().chain(moved).collect()
            },
            summed: {
                let both = one.summed.iter().chain(&two.summed);
                named(both.map(|index| index.space.clone()).collect(), &[])
            },
        };
        let pairs = self
            .terms
            .iter()
            .flat_map(|one| other.terms.iter().map(move |two| product(one, two)));
        Ok(Expression {
            legs: Vec::new(),
            terms: pairs.collect(),
        })
    }
}

/// All set partitions of `0..count`, each as the block of every element; blocks are numbered as they occur.
fn partitions(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..count {
        let longer = |blocks: &Vec<usize>| -> Vec<Vec<usize>> {
            let next = blocks.iter().max().map_or(0, |last| last + 1);
            (0..=next)
                .map(|block| [blocks.as_slice(), &[block]].concat())
                .collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}
