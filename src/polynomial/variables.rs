//! The variables of an expression, as they are declared and as what they are made of.

use num_traits::{One, Zero};

use super::PolynomialError;
use super::letter::{Symbol, SymbolKind};
use super::scalar::{Exact, binary};
use super::shape::Dimensions;
use super::token::is_name;
use super::tree::Tree;
use crate::measure::FreeForm;
use crate::measure::Law;

/// Declared variables: free ones with laws, rectangular Gaussian matrices, and the ratios of dimensions.
///
/// ```
/// use tensor_dyson::measure::Law;
/// use tensor_dyson::polynomial::{MatrixExpression, Variables};
///
/// let variables = Variables::new()
///     .gaussian("X", "n", "d")
///     .free("D", Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5])?)
///     .ratio("n", "d", 0.5);
/// let law = MatrixExpression::parse("X*D*X'", &variables)?.law()?;
/// let map = Law::parse("mpmap(0.5, atoms(1:0.5, 3:0.5))")?;
/// let (one, other) = (law.density(1.0)?, map.density(1.0)?);
/// assert!((one.value - other.value).abs() <= one.radius + other.radius);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Variables {
    pub(super) declared: Vec<(String, Declared)>,
    pub(super) ratios: Vec<(String, String, f64)>,
}

/// How a variable was declared.
#[derive(Clone, Debug)]
pub(super) enum Declared {
    Free(Law),
    Gaussian(String, String),
}

impl Variables {
    /// No variables.
    pub fn new() -> Self {
        Self::default()
    }

    /// A selfadjoint variable of a law, free of all others: a matrix of these eigenvalues in general position. Its dimension is that which the
    /// expression gives it.
    #[must_use]
    pub fn free(mut self, name: &str, law: Law) -> Self {
        self.declared.push((name.to_owned(), Declared::Free(law)));
        self
    }

    /// A rows×cols matrix of independent Gaussian entries of variance `1/cols`, so that `X*X'` has the law `MP^γ`, `γ = rows/cols`.
    #[must_use]
    pub fn gaussian(mut self, name: &str, rows: &str, cols: &str) -> Self {
        let shape = Declared::Gaussian(rows.to_owned(), cols.to_owned());
        self.declared.push((name.to_owned(), shape));
        self
    }

    /// `first/second → value`, of two dimensions.
    #[must_use]
    pub fn ratio(mut self, first: &str, second: &str, value: f64) -> Self {
        self.ratios
            .push((first.to_owned(), second.to_owned(), value));
        self
    }

    pub(super) fn names(&self) -> Result<Vec<String>, PolynomialError> {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in &self.declared {
            if names.contains(name) || !is_name(name) {
                let name = name.clone();
                return Err(PolynomialError::Declared { name });
            }
            names.push(name.clone());
        }
        Ok(names)
    }
}

/// The variables that the declared ones are made of.
#[derive(Clone, Default)]
pub(super) struct Basis {
    pub(super) symbols: Vec<Symbol>,
    pub(super) dimensions: Dimensions,
    /// `first/second = value`.
    pub(super) ratios: Vec<(usize, usize, f64)>,
}

impl Basis {
    /// What each declared variable stands for.
    pub(super) fn new(variables: &Variables) -> Result<(Self, Vec<Tree>), PolynomialError> {
        let mut basis = Self::default();
        let mut trees = Vec::new();
        for (name, declared) in &variables.declared {
            trees.push(match declared {
                Declared::Gaussian(rows, cols) => {
                    let rows = basis.dimensions.named(rows);
                    let cols = basis.dimensions.named(cols);
                    basis.symbol(name.clone(), SymbolKind::Gaussian, rows, cols)
                }
                Declared::Free(law) => {
                    let dimension = basis.dimensions.open(&format!("dim({name})"));
                    let tree = basis.free(name, law, dimension);
                    tree.ok_or_else(|| PolynomialError::Law {
                        name: name.clone(),
                        law: law.to_string(),
                    })?
                }
            });
        }
        for (first, second, value) in &variables.ratios {
            let [a, b] = [first, second].map(|name| basis.dimensions.named(name));
            basis.ratios.push((a, b, *value));
        }
        Ok((basis, trees))
    }

    /// A new variable as an expression.
    pub(super) fn symbol(
        &mut self,
        name: String,
        kind: SymbolKind,
        rows: usize,
        cols: usize,
    ) -> Tree {
        self.symbols.push(Symbol {
            name,
            kind,
            rows,
            cols,
        });
        Tree::Variable(self.symbols.len() - 1)
    }

    /// A name that no variable has: with a number of its own.
    fn part(&self, name: &str) -> String {
        let taken = |name: &str| self.symbols.iter().any(|symbol| symbol.name == name);
        let mut numbers = 1..;
        let found = numbers.find_map(|k| {
            let part = format!("{name}.{k}");
            (!taken(&part)).then_some(part)
        });
        found.unwrap_or_default()
    }

    /// A variable of the law on a dimension, made of Gaussian ones where it can be; `None` where a number is not finite.
    fn free(&mut self, name: &str, law: &Law, dimension: usize) -> Option<Tree> {
        self.variable(name.to_owned(), name, law, dimension)
    }

    /// A part of such a variable.
    fn inner(&mut self, name: &str, law: &Law, dimension: usize) -> Option<Tree> {
        self.variable(self.part(name), name, law, dimension)
    }

    /// A variable with a name of its own, or the parts it is made of.
    fn variable(&mut self, own: String, name: &str, law: &Law, dimension: usize) -> Option<Tree> {
        let number = |x: f64| binary(x).map(Tree::Number);
        let Some(form) = law.free_form() else {
            let kind = SymbolKind::Law { law: law.clone() };
            return Some(self.symbol(own, kind, dimension, dimension));
        };
        Some(match form {
            FreeForm::Point(at) => number(at)?,
            FreeForm::Semicircle(variance) => {
                let kind = SymbolKind::Semicircle { variance };
                self.symbol(own, kind, dimension, dimension)
            }
            FreeForm::Discrete(atoms) => {
                let kind = SymbolKind::Discrete { atoms };
                self.symbol(own, kind, dimension, dimension)
            }
            FreeForm::MarchenkoPastur(gamma) => self.sandwich(name, gamma, dimension, None)?,
            FreeForm::MpMap(gamma, inner) => self.sandwich(name, gamma, dimension, Some(&inner))?,
            FreeForm::Affine(scale, shift, inner) => {
                let inner = self.inner(name, &inner, dimension)?;
                let scaled = match scale {
                    1.0 => inner,
                    _ => number(scale)?.times(0, inner),
                };
                match shift {
                    0.0 => scaled,
                    _ => scaled.plus(0, number(shift)?),
                }
            }
            FreeForm::Sum(a, b) => {
                let a = self.inner(name, &a, dimension)?;
                a.plus(0, self.inner(name, &b, dimension)?)
            }
            // The sum of two free signs has the arcsine law on [−2, 2].
            FreeForm::Arcsine(low, high) => {
                let mut sign = || {
                    let atoms = vec![(-1.0, 0.5), (1.0, 0.5)];
                    let kind = SymbolKind::Discrete { atoms };
                    self.symbol(self.part(name), kind, dimension, dimension)
                };
                let signs = sign().plus(0, sign());
                let quarter = (binary(high)? - binary(low)?) / (Exact::one() + Exact::one());
                let quarter = quarter / (Exact::one() + Exact::one());
                let middle = (binary(high)? + binary(low)?) / (Exact::one() + Exact::one());
                let scaled = Tree::Number(quarter).times(0, signs);
                match middle.is_zero() {
                    true => scaled,
                    false => scaled.plus(0, Tree::Number(middle)),
                }
            }
        })
    }

    /// `X X'` or `X a X'` with `γ` rows for each column of X.
    fn sandwich(
        &mut self,
        name: &str,
        gamma: f64,
        dimension: usize,
        inner: Option<&Law>,
    ) -> Option<Tree> {
        let part = self.part(name);
        let cols = self.dimensions.open(&format!("cols({part})"));
        self.ratios.push((dimension, cols, gamma));
        let x = self.symbol(part, SymbolKind::Gaussian, dimension, cols);
        let adjoint = Tree::Adjoint(Box::new(x.clone()));
        let left = match inner {
            None => x,
            Some(law) => x.times(0, self.inner(name, law, cols)?),
        };
        Some(left.times(0, adjoint))
    }
}
