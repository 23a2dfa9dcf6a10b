//! A theory: what an expression may speak of, which hypotheses hold, and where points that satisfy them
//! come from.

mod declare;
mod meaning;
mod orders;
mod record;

use super::condition::{Condition, Conditions, Least};
use super::conjugate::Conjugate;
use super::draw::Draw;
use super::error::SymbolicError;
use super::expression::Expression;
use super::fault::FieldError;
use super::hypothesis::Hypothesis;
use super::parse;
use super::polynomial::{Polynomial, Symbol, base};
use super::proof::Prover;
use super::rewrite::Rule;
use super::signature::Signature;
use super::tensor::Tensor;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Declared spaces, tensors and scalars, definitions and hypotheses.
///
/// [`Theory::of`] begins with the spaces that are written; [`Theory::new`] with three of them, `n` samples (indices
/// `i j l m`), `d` inputs (`a c k q s`) and `p` hidden units (`b e f g r`).
#[derive(Debug, Clone)]
pub struct Theory {
    pub(super) signature: Signature,
    pub(super) rules: Vec<Hypothesis>,
    pub(super) draws: Vec<Draw>,
    /// The place of each tensor's among the draws.
    places: BTreeMap<Symbol, usize>,
    /// The place of each rule, by what its name looks like.
    looks: BTreeMap<String, usize>,
    /// Whether the matrix of each inverse is regular, once that was asked.
    pub(super) inverses: BTreeMap<Symbol, OnceLock<Result<(), FieldError>>>,
    /// What a tensor that is left counts as under `≈`.
    orders: BTreeMap<Symbol, i32>,
    /// Side conditions on the dimensions.
    pub(super) conditions: Conditions,
    /// The tensors that are independent copies of others.
    pub(super) copies: BTreeMap<Symbol, Symbol>,
    /// The tensors that are not real.
    pub(super) conjugates: BTreeMap<Symbol, Conjugate>,
}

impl Default for Theory {
    fn default() -> Self {
        Self::new()
    }
}

impl Theory {
    /// The theory with the three spaces `n: i j l m; d: a c k q s; p: b e f g r`.
    pub fn new() -> Self {
        // Three different names, and no letter twice: nothing is refused.
        Self::of("n: i j l m; d: a c k q s; p: b e f g r").unwrap_or_else(|_| Self::empty())
    }

    /// The theory with these spaces, each with the symbol of its dimension and the letters of its indices, as in
    /// `h: u v; w: s t`.
    ///
    /// # Errors
    /// As [`Theory::space`], and [`SymbolicError::Unexpected`].
    pub fn of(spaces: &str) -> Result<Self, SymbolicError> {
        let mut theory = Self::empty();
        for space in spaces.split(';').filter(|space| !space.trim().is_empty()) {
            let unexpected = || SymbolicError::Unexpected {
                found: "end".into(),
                at: spaces.chars().count(),
                text: spaces.into(),
            };
            let (dimension, letters) = space.split_once(':').ok_or_else(unexpected)?;
            let letters: String = letters.chars().filter(|c| !c.is_whitespace()).collect();
            theory.space(dimension.trim(), &letters)?;
        }
        Ok(theory)
    }

    fn empty() -> Self {
        Theory {
            signature: Signature::default(),
            rules: Vec::new(),
            draws: Vec::new(),
            places: BTreeMap::new(),
            looks: BTreeMap::new(),
            inverses: BTreeMap::new(),
            orders: BTreeMap::new(),
            conditions: Conditions::default(),
            copies: BTreeMap::new(),
            conjugates: BTreeMap::new(),
        }
    }

    /// A further space, by the symbol of its dimension and the letters of its indices.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`], [`SymbolicError::LooksLike`], and [`SymbolicError::Unexpected`] for a dimension
    /// that is not one name.
    pub fn space(&mut self, dimension: &str, letters: &str) -> Result<&mut Self, SymbolicError> {
        self.signature.add_space(dimension, letters)?;
        Ok(self)
    }

    /// A side condition: a dimension that is not below another one, or a number, as in `at_least("n", "d")` where `XᵀX`
    /// of an n×d matrix is to have an inverse. Sizes that do not satisfy it are not tried, and every proof says so.
    ///
    /// # Errors
    /// [`SymbolicError::Unknown`], [`SymbolicError::Unexpected`], and [`SymbolicError::Equal`] for a circle.
    pub fn at_least(&mut self, dimension: &str, least: &str) -> Result<&mut Self, SymbolicError> {
        let known = |name: &str| {
            let unknown = || SymbolicError::Unknown { name: name.into() };
            let space = self.signature.space(name).ok_or_else(unknown)?;
            Ok::<_, SymbolicError>(space.dimension().clone())
        };
        // Sizes above this are never tried.
        let least = match least.parse::<u16>() {
            Ok(number) => Least::Number(number.into()),
            Err(_) if least.starts_with(|c: char| c.is_ascii_digit()) => {
                let (found, at, text) = (least.into(), 0, least.into());
                return Err(SymbolicError::Unexpected { found, at, text });
            }
            Err(_) => Least::Dimension(known(least)?),
        };
        let condition = Condition {
            dimension: known(dimension)?,
            least,
        };
        if let Some(back) = condition.back()
            && self.conditions.closed().contains(&back)
        {
            let Condition { dimension, .. } = &condition;
            return Err(SymbolicError::Equal {
                equal: format!("{dimension} = {}", back.dimension),
                condition: condition.to_string(),
            });
        }
        self.conditions.insert(condition);
        // What was judged at other sizes is judged anew.
        self.inverses
            .values_mut()
            .for_each(|judged| *judged = OnceLock::new());
        self.rules.iter_mut().for_each(Hypothesis::forget);
        Ok(self)
    }

    /// Reads an expression: its legs in brackets first, none for a scalar; every other index is summed.
    ///
    /// ```text
    /// expression = [ "[" names "]" ] sum            legs first, none for a scalar
    /// sum        = [ "-" ] product { ("+" | "-") product }
    /// product    = factor { factor | "/" factor }
    /// factor     = ( number | symbol | tensor [ "[" names "]" ] | "(" sum ")" ) [ power ]
    /// ```
    ///
    /// # Errors
    /// The [`SymbolicError`]s of reading and typing.
    pub fn expression(&self, text: &str) -> Result<Expression, SymbolicError> {
        parse::expression(&self.signature, text, &[])
    }

    /// The rules of the given names.
    ///
    /// # Errors
    /// [`SymbolicError::Unknown`].
    pub fn rules(&self, names: &[&str]) -> Result<Vec<&Rule>, SymbolicError> {
        let hypotheses = self.hypotheses(names)?;
        Ok(hypotheses
            .into_iter()
            .map(|hypothesis| &hypothesis.rule)
            .collect())
    }

    /// The rules of the given names, with what speaks for them.
    pub(super) fn hypotheses(&self, names: &[&str]) -> Result<Vec<&Hypothesis>, SymbolicError> {
        let rule = |name: &&str| {
            let found = self.rules.iter().find(|known| known.rule.name() == *name);
            found.ok_or_else(|| SymbolicError::Unknown {
                name: (*name).into(),
            })
        };
        names.iter().map(rule).collect()
    }

    /// Begins a proof of what `title` says: [`Prover`] has its steps.
    pub fn prove(&self, title: &str) -> Prover<'_> {
        Prover::new(self, title)
    }

    /// Whether all that an expression speaks of is declared here, as what it is there.
    pub(super) fn owns(&self, expression: &Expression) -> Result<(), SymbolicError> {
        let foreign = |name: &str| Err(SymbolicError::Foreign { name: name.into() });
        if let Some(tensor) = expression
            .tensors()
            .find(|t| self.signature.tensor(t.name()) != Some(t))
        {
            return foreign(tensor.name());
        }
        let summed = expression.terms().iter().flat_map(|term| &term.summed);
        for space in expression.legs().iter().chain(summed).map(|i| &i.space) {
            if self.signature.space(space.dimension()) != Some(space) {
                return foreign(space.dimension());
            }
        }
        for coefficient in expression.terms().iter().map(|term| &term.coefficient) {
            self.owns_symbols(coefficient)?;
            if !coefficient.is_within_limits() {
                let text = coefficient.to_string();
                return Err(SymbolicError::Overflow { text });
            }
        }
        Ok(())
    }

    /// Whether every symbol of a coefficient is a formal scalar or a dimension.
    pub(super) fn owns_symbols(&self, coefficient: &Polynomial) -> Result<(), SymbolicError> {
        let symbols = coefficient.terms().flat_map(|(powers, _)| powers.powers());
        for (symbol, _) in symbols {
            if !self.signature.is_scalar(base(symbol)) {
                return Err(SymbolicError::Foreign {
                    name: symbol.to_string(),
                });
            }
        }
        Ok(())
    }

    /// Whether an inverse has a symmetry because its matrix has it: one that moves all rows to rows or all to columns, and
    /// the columns alike. A partial transpose is none: the inverse of a transposed block is another.
    fn inherits(
        &self,
        tensor: &Tensor,
        matrix: &Expression,
        symmetry: &[usize],
    ) -> Result<(), SymbolicError> {
        let half = symmetry.len() / 2;
        let alike = (0..half).all(|k| symmetry[k + half] == (symmetry[k] + half) % (2 * half));
        let (rows, _) = symmetry.split_at(half);
        let keeps = alike && (rows.iter().all(|k| *k < half) || rows.iter().all(|k| *k >= half));
        let difference = matrix.braided(symmetry)?.minus(matrix)?;
        if keeps && self.unfolded(&difference)?.is_zero() {
            return Ok(());
        }
        Err(SymbolicError::NotSymmetric {
            tensor: tensor.name().to_string(),
        })
    }

    pub(super) fn declare_like(
        &mut self,
        name: &str,
        value: &Expression,
        symmetries: &[Vec<usize>],
    ) -> Result<Tensor, SymbolicError> {
        let slots: Vec<String> = value
            .legs()
            .iter()
            .map(|leg| leg.space.dimension().to_string())
            .collect();
        self.signature.add_tensor(name, &slots, symmetries)
    }
}
