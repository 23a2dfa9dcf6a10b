//! A theory: what an expression may speak of, which hypotheses hold, and where points that satisfy them
//! come from.

use super::error::SymbolicError;
use super::expression::Expression;
use super::parse;
use super::point::Draw;
use super::proof::Prover;
use super::rewrite::Rule;
use super::signature::{Signature, declarations};
use super::tensor::Tensor;

/// Declared spaces, tensors and scalars, definitions and hypotheses.
///
/// The spaces of the talk are there from the start: `n` samples (indices `i j l m`), `d` inputs
/// (`a c k q`) and `p` hidden units (`b e f g r`).
#[derive(Debug, Clone)]
pub struct Theory {
    pub(super) signature: Signature,
    pub(super) rules: Vec<Rule>,
    pub(super) draws: Vec<Draw>,
}

impl Default for Theory {
    fn default() -> Self {
        Self::new()
    }
}

impl Theory {
    /// The theory with nothing but the three spaces.
    pub fn new() -> Self {
        let mut signature = Signature::default();
        for (dimension, letters) in [("n", "ijlm"), ("d", "ackqs"), ("p", "befgr")] {
            // Three different names: none can be declared already.
            signature.add_space(dimension, letters).unwrap_or_default();
        }
        Theory {
            signature,
            rules: Vec::new(),
            draws: Vec::new(),
        }
    }

    /// A further space, by the symbol of its dimension and the letters of its indices.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`].
    pub fn space(&mut self, dimension: &str, letters: &str) -> Result<&mut Self, SymbolicError> {
        self.signature.add_space(dimension, letters)?;
        Ok(self)
    }

    /// Formal scalars, as in `z κ₄`.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`], [`SymbolicError::Unexpected`].
    pub fn scalars(&mut self, names: &str) -> Result<&mut Self, SymbolicError> {
        for (name, _) in declarations(names)? {
            self.signature.add_scalar(&name)?;
        }
        Ok(self)
    }

    /// Arbitrary tensors with the dimensions of their slots, as in `x[n,d] G[d,p]`.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`], [`SymbolicError::Unknown`], [`SymbolicError::Unexpected`].
    pub fn tensors(&mut self, declared: &str) -> Result<&mut Self, SymbolicError> {
        for (name, slots) in declarations(declared)? {
            let tensor = self.signature.add_tensor(&name, &slots, &[])?;
            self.draws.push(Draw::Free(tensor));
        }
        Ok(self)
    }

    /// An arbitrary tensor that given permutations of its slots leave unchanged: `Q[d,p,d,p]` with
    /// `[2, 3, 0, 1]` is a symmetric operator.
    ///
    /// # Errors
    /// As [`Theory::tensors`], and [`SymbolicError::Symmetry`].
    pub fn symmetric(
        &mut self,
        declared: &str,
        symmetries: &[Vec<usize>],
    ) -> Result<&mut Self, SymbolicError> {
        for (name, slots) in declarations(declared)? {
            let tensor = self.signature.add_tensor(&name, &slots, symmetries)?;
            self.draws.push(Draw::Free(tensor));
        }
        Ok(self)
    }

    /// A tensor defined by an expression, as in `ω[i,a,b] = x[i,a] G[k,b] x[i,k]`; the definition is a
    /// rule called by the tensor's name.
    ///
    /// # Errors
    /// As [`Theory::tensors`], and what reading the expression may give.
    pub fn define(&mut self, definition: &str) -> Result<&mut Self, SymbolicError> {
        let unexpected = || SymbolicError::Unexpected {
            found: "end".into(),
            at: 0,
            text: definition.into(),
        };
        let (left, right) = definition.split_once('=').ok_or_else(unexpected)?;
        let (name, legs) = declarations(left)?.pop().ok_or_else(unexpected)?;
        let value = parse::sum(&self.signature, &legs, right)?;
        let tensor = self.declare_like(&name, &value, &[])?;
        self.draws.push(Draw::Defined(tensor, value));
        self.rule(&name, definition)
    }

    /// A tensor that is the inverse of a matrix given by an expression whose first half of legs are the
    /// rows: `inverse("R", &[vec![1, 0]], "[i,j] A[i,a] A[j,a] - z δ[i,j]")`. It brings no rule of its
    /// own: the form in which a proof uses it is stated with [`Theory::rule`].
    ///
    /// # Errors
    /// As [`Theory::symmetric`], and what reading the expression may give.
    pub fn inverse(
        &mut self,
        name: &str,
        symmetries: &[Vec<usize>],
        matrix: &str,
    ) -> Result<&mut Self, SymbolicError> {
        let matrix = self.expression(matrix)?;
        let tensor = self.declare_like(name, &matrix, symmetries)?;
        self.draws.push(Draw::Inverse(tensor, matrix));
        Ok(self)
    }

    /// The singular values and vectors of a matrix: `singular_vectors("W[d,p]", "r", ["u", "σ", "v"])`
    /// declares `W`, `u[r,d]`, `σ[r]`, `v[r,p]` over a declared space `r` of modes, with the rules
    /// `Wv` (`W v^j = σ_j u^j`) and `Wᵀu` (`Wᵀ u^i = σ_i v^i`). Beyond `min(d, p)` modes `σ` is 0.
    ///
    /// # Errors
    /// As [`Theory::tensors`].
    pub fn singular_vectors(
        &mut self,
        matrix: &str,
        modes: &str,
        [left, values, right]: [&str; 3],
    ) -> Result<&mut Self, SymbolicError> {
        let unexpected = || SymbolicError::Unexpected {
            found: "end".into(),
            at: 0,
            text: matrix.into(),
        };
        let (name, slots) = declarations(matrix)?.pop().ok_or_else(unexpected)?;
        let [rows, columns] = slots.as_slice() else {
            return Err(SymbolicError::Slots {
                tensor: name,
                expected: 2,
                found: slots.len(),
            });
        };
        let modes = modes.to_string();
        self.draws.push(Draw::SingularVectors {
            matrix: self.signature.add_tensor(&name, &slots, &[])?,
            left: self
                .signature
                .add_tensor(left, &[modes.clone(), rows.clone()], &[])?,
            values: self
                .signature
                .add_tensor(values, std::slice::from_ref(&modes), &[])?,
            right: self
                .signature
                .add_tensor(right, &[modes, columns.clone()], &[])?,
        });
        let on_the_right = format!("[j,a] {name}[a,b] {right}[j,b] = {values}[j] {left}[j,a]");
        let on_the_left = format!("[j,b] {name}[a,b] {left}[j,a] = {values}[j] {right}[j,b]");
        self.rule(&format!("{name}{right}"), &on_the_right)?;
        self.rule(&format!("{name}ᵀ{left}"), &on_the_left)
    }

    /// A hypothesis used from left to right, as in `[j,a] W[a,b] v[j,b] = σ[j] u[j,a]`. The checker tests
    /// it at the points where it tests the steps that use it.
    ///
    /// # Errors
    /// [`SymbolicError::Pattern`], and what reading the equation may give.
    pub fn rule(&mut self, name: &str, equation: &str) -> Result<&mut Self, SymbolicError> {
        let (left, right) = parse::equation(&self.signature, equation)?;
        self.rules.push(Rule::new(name, left, right)?);
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
        let rule = |name: &&str| {
            let found = self.rules.iter().find(|rule| rule.name() == *name);
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

    /// Whether an expectation over `random` may hold fixed what else is in the expression: `random` must
    /// have free entries, and nothing may be made of it.
    pub(super) fn admits_expectation(
        &self,
        expression: &Expression,
        random: &str,
    ) -> Result<(), SymbolicError> {
        if self.signature.tensor(random).is_none() {
            return Err(SymbolicError::Unknown {
                name: random.into(),
            });
        }
        let is_free = |draw: &Draw| matches!(draw, Draw::Free(t) if **t.name() == *random);
        if !self.draws.iter().any(is_free) {
            return Err(SymbolicError::Dependent {
                tensor: random.into(),
            });
        }
        let hidden = expression
            .tensors()
            .find(|t| **t.name() != *random && self.is_made_of(t.name(), random));
        match hidden {
            Some(tensor) => Err(SymbolicError::MadeOf {
                tensor: tensor.name().to_string(),
                random: random.into(),
            }),
            None => Ok(()),
        }
    }

    /// Whether the values of a tensor come from those of another. A definition names earlier tensors only.
    fn is_made_of(&self, tensor: &str, other: &str) -> bool {
        let sources = self.draws.iter().find_map(|draw| match draw {
            Draw::Defined(t, value) | Draw::Inverse(t, value) if **t.name() == *tensor => {
                Some(value)
            }
            _ => None,
        });
        *tensor == *other
            || sources.is_some_and(|value| {
                value
                    .tensors()
                    .any(|source| self.is_made_of(source.name(), other))
            })
    }

    fn declare_like(
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
