//! Complex numbers in a theory: the imaginary unit, tensors with their conjugates, and the conjugate of an expression.

use super::draw::Draw;
use super::ensemble::Kind;
use super::error::SymbolicError;
use super::expression::{Expression, Factor};
use super::law::TensorLaw;
use super::modulus::{Field, Seed};
use super::polynomial::{IMAGINARY, Polynomial, Symbol};
use super::signature::declarations;
use super::theory::Theory;

/// What the conjugate of a complex tensor is. A tensor that is none of these is real.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Conjugate {
    /// Another tensor.
    Of(Symbol),
    /// Its transpose.
    Transposed,
}

impl Theory {
    /// A complex tensor and its conjugate, as in `complex("Z[d,p]", "Z̄")`. Both are arbitrary as far as identities go;
    /// [`Theory::conjugate`] and laws take the one for the conjugate of the other.
    ///
    /// # Errors
    /// As [`Theory::tensors`].
    pub fn complex(&mut self, declared: &str, conjugate: &str) -> Result<&mut Self, SymbolicError> {
        let declared = declarations(declared)?;
        self.wholly(|theory| {
            for (name, slots) in &declared {
                for one in [name.as_str(), conjugate] {
                    let tensor = theory.signature.add_tensor(one, slots, &[])?;
                    theory.draw(Draw::Free(tensor));
                }
                let pairs = [(name.as_str(), conjugate), (conjugate, name)];
                let pairs = pairs.map(|(one, other)| (one.into(), Conjugate::Of(other.into())));
                theory.conjugates.extend(pairs);
            }
            Ok(())
        })
    }

    /// Complex matrices whose conjugates are their transposes, as in `hermitian("H[d,d]")`.
    ///
    /// # Errors
    /// As [`Theory::tensors`], and [`SymbolicError::NotAMatrix`].
    pub fn hermitian(&mut self, declared: &str) -> Result<&mut Self, SymbolicError> {
        let matrices = declarations(declared)?;
        let is_square = |slots: &[String]| matches!(slots, [rows, columns] if rows == columns);
        if let Some((name, _)) = matrices.iter().find(|(_, slots)| !is_square(slots)) {
            let tensor = name.clone();
            return Err(SymbolicError::NotAMatrix { tensor });
        }
        self.wholly(|theory| {
            theory.tensors(declared)?;
            let all = matrices
                .iter()
                .map(|(name, _)| (name.as_str().into(), Conjugate::Transposed));
            theory.conjugates.extend(all);
            Ok(())
        })
    }

    /// The conjugate of an expression: of `i` (declared with [`Theory::scalars`]), of complex tensors and of Hermitian
    /// matrices. All other scalars and tensors are real.
    ///
    /// # Errors
    /// [`SymbolicError::Foreign`] for an expression of another theory, [`SymbolicError::MadeOf`] for a definition, an
    /// inverse or the like that is made of something complex: rewrite it first.
    pub fn conjugate(&self, expression: &Expression) -> Result<Expression, SymbolicError> {
        self.owns(expression)?;
        let mut conjugate = expression.clone();
        let minus = Polynomial::from(-1);
        for term in &mut conjugate.terms {
            let minus_i = &minus * &Polynomial::symbol(IMAGINARY, 1);
            // A positive power of i, which there is once at most, of one term: always possible.
            if let Some(value) = term.coefficient.substitute(IMAGINARY, &minus_i) {
                term.coefficient = value;
            }
            for factor in &mut term.factors {
                *factor = self.conjugate_factor(factor)?;
            }
        }
        Ok(conjugate)
    }

    fn conjugate_factor(&self, factor: &Factor) -> Result<Factor, SymbolicError> {
        let Factor::Entry(tensor, slots) = factor else {
            return Ok(factor.clone());
        };
        let hidden = self
            .conjugates
            .keys()
            .find(|other| *other != tensor.name() && self.is_made_of(tensor.name(), other));
        match (self.conjugates.get(tensor.name()), hidden) {
            (Some(Conjugate::Transposed), _) => {
                let slots = slots.iter().rev().copied().collect();
                Ok(Factor::Entry(tensor.clone(), slots))
            }
            (Some(Conjugate::Of(other)), _) => {
                let unknown = || SymbolicError::Unknown {
                    name: other.to_string(),
                };
                let other = self.signature.tensor(other).ok_or_else(unknown)?;
                Ok(Factor::Entry(other.clone(), slots.clone()))
            }
            (None, Some(random)) => Err(SymbolicError::MadeOf {
                tensor: tensor.name().to_string(),
                random: random.to_string(),
            }),
            (None, None) if self.holds_the_unit(tensor.name()) => Err(SymbolicError::MadeOf {
                tensor: tensor.name().to_string(),
                random: IMAGINARY.into(),
            }),
            (None, None) => Ok(factor.clone()),
        }
    }

    /// Two prime fields in which the theory's scalars have values.
    pub(super) fn fields(&self, seed: &Seed) -> [Field; 2] {
        match self.signature.is_scalar(IMAGINARY) {
            true => seed.fields_with_unit(),
            false => seed.fields(),
        }
    }

    /// Whether `i` stands in what a tensor is made of.
    fn holds_the_unit(&self, tensor: &str) -> bool {
        let made = |draw: &&Draw| {
            let tensors = draw.tensors();
            tensors
                .iter()
                .any(|own| self.is_made_of(tensor, own.name()))
        };
        let sources = self.draws.iter().filter(made).filter_map(Draw::source);
        let mut coefficients =
            sources.flat_map(|source| source.terms().iter().map(|t| &t.coefficient));
        coefficients.any(Polynomial::is_complex)
    }

    /// Whether the law of a tensor is one of those of its kind: complex, Hermitian, or real.
    ///
    /// # Errors
    /// [`SymbolicError::Unsuited`].
    pub(super) fn admits_law(&self, random: &str, law: &TensorLaw) -> Result<(), SymbolicError> {
        let hermitian = law.ensemble().is_some_and(|e| *e.kind() == Kind::Hermitian);
        match (self.conjugates.get(random), law.conjugate()) {
            (Some(Conjugate::Transposed), _) if hermitian => Ok(()),
            (None, None) if !hermitian => Ok(()),
            (Some(Conjugate::Of(own)), Some(other)) if own == other => Ok(()),
            _ => Err(SymbolicError::Unsuited {
                tensor: random.into(),
                law: law.to_string(),
            }),
        }
    }

    /// The tensors that are random together with one: itself and its conjugate.
    pub(super) fn random_with(&self, tensor: &str) -> Vec<Symbol> {
        match self.conjugates.get(tensor) {
            Some(Conjugate::Of(other)) => vec![tensor.into(), other.clone()],
            _ => vec![tensor.into()],
        }
    }
}
