//! Whether what is inverted has an inverse: 0 lies beside the support of its law.

use super::tree::Tree;
use super::variables::Basis;
use super::{MatrixExpression, PolynomialError, parts};

impl MatrixExpression {
    /// That every inverse in the expression exists, from the inside.
    pub(super) fn inverses_exist(&self) -> Result<(), PolynomialError> {
        for part in self.tree.parts() {
            if let Tree::Inverse(at, inner) = part {
                self.is_invertible(*at, inner)?;
            }
        }
        Ok(())
    }

    /// Of a that is not selfadjoint `a'a` is looked at: under a trace a has an inverse if that has one.
    fn is_invertible(&self, at: usize, inner: &Tree) -> Result<(), PolynomialError> {
        let mut basis = Basis {
            symbols: self.symbols.clone(),
            dimensions: self.dimensions.clone(),
            ratios: self.ratios.clone(),
        };
        let Some(dimension) = parts::dimension(inner, &mut basis)? else {
            return Ok(());
        };
        let text = parts::spelled(inner, &basis);
        let of = |tree: Tree| Self::of_tree(text.clone(), tree, basis.clone(), dimension);
        let found = match of(inner.clone()) {
            Err(PolynomialError::Adjoint { .. }) => {
                of(Tree::Adjoint(Box::new(inner.clone())).times(at, inner.clone()))
            }
            found => found,
        };
        let law = match found {
            // A number, which is not 0: it has an expansion.
            Err(PolynomialError::Constant { .. }) => return Ok(()),
            found => found?.law()?,
        };
        if law.room(0.0) > 0.0 {
            return Ok(());
        }
        Err(PolynomialError::Singular {
            text: format!("inv({text})"),
        })
    }
}
