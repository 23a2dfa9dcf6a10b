//! Declarations: scalars, tensors, definitions, inverses, singular vectors, rules.

use super::Theory;
use crate::symbolic::draw::Draw;
use crate::symbolic::error::SymbolicError;
use crate::symbolic::expression::Index;
use crate::symbolic::hypothesis::Origin;
use crate::symbolic::parse;
use crate::symbolic::rewrite::Rule;
use crate::symbolic::signature::{declaration, declarations};
use std::sync::OnceLock;

impl Theory {
    /// Formal scalars, as in `z κ₄`. The scalar `i` is the imaginary unit, `i² = −1`.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`], [`SymbolicError::Unexpected`].
    pub fn scalars(&mut self, names: &str) -> Result<&mut Self, SymbolicError> {
        let names = declarations(names)?;
        self.wholly(|theory| {
            let mut names = names.iter();
            names.try_for_each(|(name, _)| theory.signature.add_scalar(name))
        })
    }

    /// Arbitrary tensors with the dimensions of their slots, as in `x[n,d] G[d,p]`.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`], [`SymbolicError::Unknown`], [`SymbolicError::Unexpected`].
    pub fn tensors(&mut self, declared: &str) -> Result<&mut Self, SymbolicError> {
        let declared = declarations(declared)?;
        self.wholly(|theory| {
            for (name, slots) in &declared {
                let tensor = theory.signature.add_tensor(name, slots, &[])?;
                theory.draw(Draw::Free(tensor));
            }
            Ok(())
        })
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
        let declared = declarations(declared)?;
        self.wholly(|theory| {
            for (name, slots) in &declared {
                let tensor = theory.signature.add_tensor(name, slots, symmetries)?;
                theory.draw(Draw::Free(tensor));
            }
            Ok(())
        })
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
        let (name, legs) = declaration(left)?;
        let value = parse::sum(&self.signature, &legs, right)?;
        self.wholly(|theory| {
            let tensor = theory.declare_like(&name, &value, &[])?;
            theory.draw(Draw::Defined(tensor, value));
            theory.add_rule(&name, definition, Origin::Declared)
        })
    }

    /// Declares what each factor of a tensor counts as under `≈`: `of_order("G", 0)` for one whose contractions
    /// stay bounded as `N` grows. The proof that uses it says so among its assumptions.
    ///
    /// # Errors
    /// [`SymbolicError::Unknown`], [`SymbolicError::Declared`] for a second order, and [`SymbolicError::OfDefined`] for what is
    /// defined, whose order follows from what it is made of.
    pub fn of_order(&mut self, tensor: &str, order: i32) -> Result<&mut Self, SymbolicError> {
        let name = tensor.to_string();
        let Some(declared) = self.signature.tensor(tensor) else {
            return Err(SymbolicError::Unknown { name });
        };
        if let Some(Draw::Defined(..)) = self.draw_of(declared.name()) {
            return Err(SymbolicError::OfDefined { name });
        }
        match self.orders.insert(declared.name().clone(), order) {
            Some(first) if first != order => {
                self.orders.insert(tensor.into(), first);
                Err(SymbolicError::Declared { name })
            }
            _ => Ok(self),
        }
    }

    /// What was declared with [`Theory::of_order`].
    pub(in crate::symbolic) fn order_of(&self, tensor: &str) -> Option<i32> {
        self.orders.get(tensor).copied()
    }

    /// A tensor that is the inverse of a matrix given by an expression whose first half of legs are the
    /// rows: `inverse("R", &[vec![1, 0]], "[i,j] A[i,a] A[j,a] - z δ[i,j]")`. It brings no rule of its
    /// own: the form in which a proof uses it is stated with [`Theory::rule`]. The symmetries have to be those of
    /// the matrix.
    ///
    /// # Errors
    /// As [`Theory::symmetric`], [`SymbolicError::NotAMatrix`], [`SymbolicError::NotSymmetric`], and what reading
    /// the expression may give.
    pub fn inverse(
        &mut self,
        name: &str,
        symmetries: &[Vec<usize>],
        matrix: &str,
    ) -> Result<&mut Self, SymbolicError> {
        let matrix = self.expression(matrix)?;
        let (rows, columns) = matrix.legs().split_at(matrix.legs().len() / 2);
        let spaces = |legs: &[Index]| legs.iter().map(|leg| leg.space.clone()).collect::<Vec<_>>();
        if spaces(rows) != spaces(columns) {
            return Err(SymbolicError::NotAMatrix {
                tensor: name.into(),
            });
        }
        self.wholly(|theory| {
            let tensor = theory.declare_like(name, &matrix, symmetries)?;
            for symmetry in symmetries {
                theory.inherits(&tensor, &matrix, symmetry)?;
            }
            theory
                .inverses
                .insert(tensor.name().clone(), OnceLock::new());
            theory.draw(Draw::Inverse(tensor, matrix));
            Ok(())
        })
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
        let (name, slots) = declaration(matrix)?;
        let [rows, columns] = slots.as_slice() else {
            return Err(SymbolicError::Slots {
                tensor: name,
                expected: 2,
                found: slots.len(),
            });
        };
        let on_the_right = format!("[j,a] {name}[a,b] {right}[j,b] = {values}[j] {left}[j,a]");
        let on_the_left = format!("[j,b] {name}[a,b] {left}[j,a] = {values}[j] {right}[j,b]");
        self.wholly(|theory| {
            let modes = modes.to_string();
            let over = |space: &String| [modes.clone(), space.clone()];
            let signature = &mut theory.signature;
            let draw = Draw::SingularVectors {
                matrix: signature.add_tensor(&name, &slots, &[])?,
                left: signature.add_tensor(left, &over(rows), &[])?,
                values: signature.add_tensor(values, std::slice::from_ref(&modes), &[])?,
                right: signature.add_tensor(right, &over(columns), &[])?,
            };
            theory.draw(draw);
            theory.add_rule(&format!("{name}{right}"), &on_the_right, Origin::Declared)?;
            theory.add_rule(&format!("{name}ᵀ{left}"), &on_the_left, Origin::Declared)
        })
    }

    /// A rule used from left to right, as in `[j,a] W[a,b] v[j,b] = σ[j] u[j,a]`.
    ///
    /// The first step that uses it asks, once, what speaks for it. A rule between arbitrary tensors and what is
    /// defined by them is decided by the normal form. One that is an instance of `M M⁻¹ = 1` is derived from that.
    /// Any other is tested by itself, at sizes that are pairwise different and above the number of its indices,
    /// and stands among the proof's assumptions.
    ///
    /// # Errors
    /// [`SymbolicError::Declared`] for a second rule of one name, [`SymbolicError::Pattern`], and what reading the
    /// equation may give.
    pub fn rule(&mut self, name: &str, equation: &str) -> Result<&mut Self, SymbolicError> {
        self.add_rule(name, equation, Origin::Stated)?;
        Ok(self)
    }

    /// A rule used from right to left, under a name of its own: `reversed("Wv", "vW")` replaces `σ_j u^j` by `W v^j`. It
    /// stands or falls with the first. Two rules that undo each other do not belong in one step: it would not end.
    ///
    /// # Errors
    /// [`SymbolicError::Unknown`], [`SymbolicError::Declared`], and [`SymbolicError::Pattern`] unless the right side is
    /// one product of tensors with coefficient 1.
    pub fn reversed(&mut self, rule: &str, name: &str) -> Result<&mut Self, SymbolicError> {
        let place = self
            .rules
            .iter()
            .position(|known| known.rule.name() == rule);
        let place = place.ok_or_else(|| SymbolicError::Unknown { name: rule.into() })?;
        self.fresh_rule(name)?;
        let (left, right) = self.rules[place].rule.sides();
        let rule = Rule::new(name, right.clone(), left.clone())?;
        self.push_rule(rule, Origin::Reversed(place));
        Ok(self)
    }
}
