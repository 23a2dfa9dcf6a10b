//! Whether what is inverted has an inverse, and how large that is: 0 lies beside the support of its law.

use super::scalar::{dot, rounded};
use super::tree::Tree;
use super::value::{Value, value};
use super::{MatrixExpression, PolynomialError, parts};

impl MatrixExpression {
    /// Bounds of the norms of all inverses in the expression, from the inside: that they exist.
    pub(super) fn inverses(&self) -> Result<Vec<f64>, PolynomialError> {
        let mut norms = Vec::new();
        for part in self.tree.parts() {
            if let Tree::Inverse(at, inner) = part {
                norms.push(self.inverse_norm(*at, inner)?);
            }
        }
        Ok(norms)
    }

    /// One over the distance of 0 from the support. Of a that is not selfadjoint `a'a` is looked at: under a trace a has an inverse
    /// if that has one, and its norm is the root.
    fn inverse_norm(&self, at: usize, inner: &Tree) -> Result<f64, PolynomialError> {
        let mut basis = self.basis();
        let Some(dimension) = parts::dimension(inner, &mut basis)? else {
            return self.inverse_of_number(inner);
        };
        let text = parts::spelled(inner, &basis);
        let of = |tree: Tree| Self::of_tree(text.clone(), tree, basis.clone(), dimension);
        let (found, is_square) = match of(inner.clone()) {
            Err(PolynomialError::Adjoint { .. }) => {
                let square = Tree::Adjoint(Box::new(inner.clone())).times(at, inner.clone());
                (of(square), true)
            }
            found => (found, false),
        };
        let law = match found {
            Err(PolynomialError::Constant { .. }) => return self.inverse_of_number(inner),
            found => found?.law()?,
        };
        let room = law.room(0.0);
        if room > 0.0 {
            return Ok(1.0 / if is_square { room.sqrt() } else { room });
        }
        Err(PolynomialError::Singular {
            text: format!("inv({text})"),
        })
    }

    /// Of a number, which is not 0: it has an expansion.
    fn inverse_of_number(&self, inner: &Tree) -> Result<f64, PolynomialError> {
        let number = match value(inner, &self.symbols)? {
            Value::Number(x) => x,
            Value::Series(series) => dot(&series.start, &series.end),
        };
        Ok(1.0 / rounded(&number).norm())
    }
}
