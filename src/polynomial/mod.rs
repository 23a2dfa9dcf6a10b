//! Selfadjoint polynomials and rational expressions in free variables and in rectangular Gaussian matrices: from the
//! expression to its law.
//!
//! ```
//! use tensor_dyson::measure::Law;
//! use tensor_dyson::polynomial::{MatrixExpression, Variables};
//!
//! let variables = Variables::new()
//!     .free("a", Law::semicircle(1.0)?)
//!     .free("b", Law::marchenko_pastur(0.5)?);
//! let law = MatrixExpression::parse("a*b + b*a", &variables)?.law()?;
//! let density = law.density(0.5)?;
//! assert!(density.value > 0.0 && density.radius < 1e-11);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The way is that of the talk's slides 'Tensor Dyson Equation', for any expression: linearise, write the matrix Dyson equation, solve it.
//!
//! 1. [`MatrixExpression::parse`] types the expression: `X*X` of a rectangular X is refused with both shapes.
//! 2. [`MatrixExpression::linearisation`] is the smallest selfadjoint pencil of which the expression is the Schur complement; that it
//!    is, is decided exactly, for every dimension.
//! 3. [`MatrixExpression::law`] is a [`Law`]: each value is enclosed by the theorem of Newton and Kantorovich,
//!    and the root is shown to be the right one by the sign of its imaginary part.
//!    Where the transform satisfies a polynomial equation that is proved, see [`MatrixExpression::scalar_equation`], it is computed from that.
//! 4. [`MatrixExpression::moments`] counts non-crossing partitions, and [`MatrixExpression::sample`] draws matrices: both know nothing of the
//!    linearisation.

mod apart;
mod block_derivative;
mod block_equations;
mod block_series;
mod block_system;
mod curve;
mod equation;
mod error;
mod families;
mod hull;
mod inverse;
mod letter;
mod made;
mod moments;
mod parts;
mod pencil;
mod print;
mod quotient;
mod residues;
mod sample;
mod scalar;
mod scalar_equation;
mod scalar_proof;
mod series;
mod shape;
mod sizes;
mod syntax;
mod token;
mod tree;
mod unit;
mod value;
mod variables;
mod witness;

#[cfg(test)]
mod tests;

pub use error::PolynomialError;
pub use print::Linearisation;
pub use scalar_equation::ScalarEquation;
pub use scalar_proof::ScalarProof;
pub use variables::Variables;

use std::sync::OnceLock;

use crate::measure::Law;

use self::letter::Symbol;
use self::pencil::Pencil;
use self::quotient::Quotient;
use self::series::Series;
use self::shape::{Dimensions, Shape, Typing};
use self::sizes::Sizes;
use self::tree::Tree;
use self::unit::image;
use self::value::Value;
use self::variables::Basis;

/// A selfadjoint expression with its linearisation.
#[derive(Clone, Debug)]
pub struct MatrixExpression {
    text: String,
    /// The expression as it is drawn, in symbols of its own: no part is a variable by itself.
    drawn: Tree,
    drawn_symbols: Vec<Symbol>,
    /// What declared variables stand for that do not stand for themselves.
    made: Vec<String>,
    /// Of a function of one free variable its law and the function.
    single: Option<(Law, Quotient)>,
    /// The expression in the symbols, some of them parts of it.
    tree: Tree,
    symbols: Vec<Symbol>,
    dimensions: Dimensions,
    ratios: Vec<(usize, usize, f64)>,
    /// The dimension of the expression.
    main: usize,
    series: Series,
    pencil: Pencil,
    /// The equation of its transform, once it is sought.
    scalar: OnceLock<Option<ScalarEquation>>,
}

impl MatrixExpression {
    /// Reads, types and linearises an expression.
    ///
    /// `a*b`, `a + b`, `a - b`, `a/2`, `a^3`, `X'` (the adjoint), `i`, and for rational expressions `inv(1 + a^2)` or `(1 + a^2)^-1`. A number
    /// stands for as many times the identity.
    ///
    /// # Errors
    /// [`PolynomialError`]: what stands where; shapes that do not fit; an expression that is not selfadjoint, with a word that
    /// shows it; an inverse that has no expansion.
    pub fn parse(text: &str, variables: &Variables) -> Result<Self, PolynomialError> {
        let written = syntax::parse(text, &variables.names()?)?;
        let (mut basis, trees) = Basis::new(variables)?;
        let typed = |tree: &Tree, basis: &mut Basis| {
            let mut typing = Typing {
                dimensions: &mut basis.dimensions,
                symbols: &basis.symbols,
            };
            typing.shape(tree)
        };
        let tree = written.substituted(&trees);
        let made = variables.made(&written, &trees, &basis);
        let single = variables.single(&written);
        let main = match typed(&tree, &mut basis)? {
            Shape::Matrix(rows, cols)
                if basis.dimensions.root(rows) == basis.dimensions.root(cols) =>
            {
                rows
            }
            Shape::Scalar => {
                let value = match value::value(&tree, &basis.symbols)? {
                    Value::Number(x) => scalar::written(&x),
                    Value::Series(_) => String::new(),
                };
                return Err(PolynomialError::Constant { value });
            }
            shape => {
                let shape = shape.written(&basis.dimensions);
                return Err(PolynomialError::Rectangular { shape });
            }
        };
        let written = (tree.clone(), basis.symbols.clone());
        let tree = parts::reduced(tree, &mut basis)?;
        let found = Self::of_tree(text.trim().to_owned(), tree, basis, main);
        // Of a function without a pencil the law, which says why.
        let mut found = match (found, &single) {
            (Err(PolynomialError::Inverse { at }), Some((law, quotient))) => {
                image(text, law, quotient)?;
                return Err(PolynomialError::Inverse { at });
            }
            (found, _) => found?,
        };
        (found.drawn, found.drawn_symbols) = written;
        (found.made, found.single) = (made, single);
        Ok(found)
    }

    /// The selfadjoint expression of a typed tree.
    fn of_tree(
        text: String,
        tree: Tree,
        basis: Basis,
        main: usize,
    ) -> Result<Self, PolynomialError> {
        let series = match value::value(&tree, &basis.symbols)? {
            Value::Series(series) => series,
            Value::Number(x) => Series::constant(x),
        };
        if let Some(apart) = series.difference(&series.adjoint(&basis.symbols)) {
            return Err(PolynomialError::Adjoint {
                word: letter::spelled(&apart.word, &basis.symbols),
                coefficient: scalar::written(&apart.left),
                adjoint: scalar::written(&apart.right),
            });
        }
        let pencil = Pencil::new(&series, &basis.symbols)?.proved(&series, &basis.symbols)?;
        if pencil.terms.is_empty() {
            let value = scalar::written(pencil.constant.at(0, 0));
            return Err(PolynomialError::Constant { value });
        }
        Ok(Self {
            text,
            drawn: tree.clone(),
            drawn_symbols: basis.symbols.clone(),
            made: vec![],
            single: None,
            tree,
            symbols: basis.symbols,
            dimensions: basis.dimensions,
            ratios: basis.ratios,
            main,
            series,
            pencil,
            scalar: OnceLock::new(),
        })
    }

    fn sizes(&self) -> Result<Sizes, PolynomialError> {
        Sizes::new(&self.dimensions, &self.ratios, self.main)
    }

    /// The relative size of a dimension.
    fn size(&self, sizes: &Sizes, k: usize) -> Result<f64, PolynomialError> {
        sizes.of(&self.dimensions, k, self.main)
    }
}
