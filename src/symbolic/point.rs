//! Random points of a prime field that satisfy a theory's hypotheses.

use super::check::CheckError;
use super::degree::{Degree, degree};
use super::evaluate::{advance, evaluate};
use super::expression::Expression;
use super::matrix::{inverse, orthogonal};
use super::polynomial::{Polynomial, Symbol};
use super::tensor::{Space, Tensor};
use crate::tensor::Fp61;
use ndarray::Array2;
use num_traits::Zero;
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use std::collections::BTreeMap;

/// How a tensor gets its values, in the order of declaration.
#[derive(Debug, Clone)]
pub(super) enum Draw {
    /// Independent uniform entries, up to the declared symmetries.
    Free(Tensor),
    /// The values of an expression.
    Defined(Tensor, Expression),
    /// The inverse of a matrix whose rows are the first half of the legs.
    Inverse(Tensor, Expression),
    /// `W = U diag(s) Vᵀ` with `U`, `V` orthogonal; the vectors as rows of `left` and `right`.
    SingularVectors {
        matrix: Tensor,
        left: Tensor,
        values: Tensor,
        right: Tensor,
    },
}

/// The entries of a tensor, the last slot fastest, and their degree in the draws.
#[derive(Debug, Clone)]
pub(super) struct Entries {
    pub(super) dimensions: Vec<usize>,
    pub(super) values: Vec<Fp61>,
    degree: Degree,
}

/// Values for dimensions, formal scalars and tensors.
#[derive(Debug, Clone)]
pub(super) struct Point {
    dimensions: BTreeMap<Symbol, usize>,
    scalars: BTreeMap<Symbol, Fp61>,
    tensors: BTreeMap<Symbol, Entries>,
}

impl Point {
    /// A point with the given dimensions, everything else drawn from `rng`.
    pub(super) fn draw<'a>(
        dimensions: BTreeMap<Symbol, usize>,
        scalars: impl Iterator<Item = &'a Symbol>,
        draws: &[Draw],
        rng: &mut ChaCha8Rng,
    ) -> Result<Self, CheckError> {
        let scalars = scalars.map(|name| (name.clone(), uniform(rng))).collect();
        let mut point = Point {
            dimensions,
            scalars,
            tensors: BTreeMap::new(),
        };
        for draw in draws {
            match draw {
                Draw::Free(tensor) => point.draw_free(tensor, rng)?,
                Draw::Defined(tensor, expression) => {
                    let values = evaluate(expression, &point, &[])?;
                    let degree = degree(expression, &point);
                    point.insert(tensor, values, degree)?;
                }
                Draw::Inverse(tensor, expression) => point.invert(tensor, expression)?,
                Draw::SingularVectors {
                    matrix,
                    left,
                    values,
                    right,
                } => {
                    point.draw_singular_vectors([matrix, left, values, right], rng)?;
                }
            }
        }
        Ok(point)
    }

    pub(super) fn dimension(&self, space: &Space) -> Result<usize, CheckError> {
        let name = space.dimension();
        self.dimensions
            .get(name)
            .copied()
            .ok_or_else(|| CheckError::NoValue {
                name: name.to_string(),
            })
    }

    pub(super) fn tensor(&self, name: &str) -> Result<&Entries, CheckError> {
        self.tensors
            .get(name)
            .ok_or_else(|| CheckError::NoValue { name: name.into() })
    }

    pub(super) fn degree(&self, tensor: &str) -> Degree {
        self.tensors
            .get(tensor)
            .map_or(Degree::DRAW, |entries| entries.degree)
    }

    pub(super) fn draws_scalar(&self, symbol: &str) -> bool {
        self.scalars.contains_key(symbol)
    }

    /// The value of a coefficient.
    pub(super) fn coefficient(&self, coefficient: &Polynomial) -> Result<Fp61, CheckError> {
        let value = |name: &str| {
            let dimension = || {
                self.dimensions
                    .get(name)
                    .map(|size| Fp61::new(*size as u64))
            };
            self.scalars.get(name).copied().or_else(dimension)
        };
        let undefined = || CheckError::NoValue {
            name: coefficient.to_string(),
        };
        coefficient.evaluate(value).ok_or_else(undefined)
    }

    fn sizes(&self, tensor: &Tensor) -> Result<Vec<usize>, CheckError> {
        tensor
            .slots()
            .iter()
            .map(|space| self.dimension(space))
            .collect()
    }

    /// Stores the values, if they have the symmetries that are declared.
    fn insert(
        &mut self,
        tensor: &Tensor,
        values: Vec<Fp61>,
        degree: Degree,
    ) -> Result<(), CheckError> {
        let dimensions = self.sizes(tensor)?;
        let mut slots = vec![0; dimensions.len()];
        for value in &values {
            for symmetry in tensor.symmetries() {
                if values[place(&permuted(&slots, symmetry), &dimensions)] != *value {
                    return Err(CheckError::NotSymmetric {
                        tensor: tensor.name().to_string(),
                    });
                }
            }
            advance(&mut slots, &dimensions);
        }
        self.tensors.insert(
            tensor.name().clone(),
            Entries {
                dimensions,
                values,
                degree,
            },
        );
        Ok(())
    }

    fn draw_free(&mut self, tensor: &Tensor, rng: &mut ChaCha8Rng) -> Result<(), CheckError> {
        let dimensions = self.sizes(tensor)?;
        let mut values = vec![Fp61::zero(); dimensions.iter().product()];
        let mut slots = vec![0; dimensions.len()];
        loop {
            let orbit = tensor
                .symmetries()
                .iter()
                .map(|s| place(&permuted(&slots, s), &dimensions));
            let here = place(&slots, &dimensions);
            // The first of an orbit is drawn, the others repeat it.
            values[here] = match orbit.min() {
                Some(first) if first < here => values[first],
                _ => uniform(rng),
            };
            if !advance(&mut slots, &dimensions) {
                return self.insert(tensor, values, Degree::DRAW);
            }
        }
    }

    fn invert(&mut self, tensor: &Tensor, expression: &Expression) -> Result<(), CheckError> {
        let sizes = self.sizes(tensor)?;
        let rows = sizes[..sizes.len() / 2].iter().product();
        let values = evaluate(expression, self, &[])?;
        let singular = || CheckError::Singular {
            tensor: tensor.name().to_string(),
        };
        let matrix = Array2::from_shape_vec((rows, rows), values).map_err(|_| singular())?;
        let inverse = inverse(&matrix).ok_or_else(singular)?;
        let degree = degree(expression, self).of_inverse(rows);
        self.insert(tensor, inverse.into_iter().collect(), degree)
    }

    fn draw_singular_vectors(
        &mut self,
        [matrix, left, values, right]: [&Tensor; 4],
        rng: &mut ChaCha8Rng,
    ) -> Result<(), CheckError> {
        let (rows, columns) = (
            self.dimension(&matrix.slots()[0])?,
            self.dimension(&matrix.slots()[1])?,
        );
        let modes = self.dimension(&values.slots()[0])?;
        let singular = || CheckError::Singular {
            tensor: matrix.name().to_string(),
        };
        let u = orthogonal(rows, || uniform(rng)).ok_or_else(singular)?;
        let v = orthogonal(columns, || uniform(rng)).ok_or_else(singular)?;
        // Beyond min(d, p) the singular value is 0, and a vector that does not exist is 0 too.
        let s: Vec<Fp61> = (0..modes)
            .map(|k| {
                if k < rows.min(columns) {
                    uniform(rng)
                } else {
                    Fp61::zero()
                }
            })
            .collect();
        let vectors = |basis: &Array2<Fp61>| {
            let entry = |(k, a)| basis.get((a, k)).copied().unwrap_or_default();
            Array2::from_shape_fn((modes, basis.nrows()), entry)
        };
        // With fewer modes than min(d, p) the singular values beyond them are 0.
        let (us, vs) = (vectors(&u), vectors(&v));
        let w = Array2::from_shape_fn((rows, columns), |(a, b)| {
            (0..modes).fold(Fp61::zero(), |sum, k| sum + us[[k, a]] * s[k] * vs[[k, b]])
        });
        let degrees = |size: usize| Degree {
            numerator: size as u64,
            denominator: size as u64,
        };
        let (du, dv) = (degrees(rows), degrees(columns));
        let dw = Degree {
            numerator: du.numerator + dv.numerator + 1,
            denominator: du.denominator + dv.denominator,
        };
        self.insert(matrix, w.into_iter().collect(), dw)?;
        self.insert(left, us.into_iter().collect(), du)?;
        self.insert(values, s, Degree::DRAW)?;
        self.insert(right, vs.into_iter().collect(), dv)
    }
}

fn uniform(rng: &mut ChaCha8Rng) -> Fp61 {
    // 2⁶⁴ is not a multiple of the prime: drawing below it keeps every residue equally likely.
    Fp61::new(rng.random_range(0..crate::tensor::MERSENNE_61))
}

fn permuted(slots: &[usize], symmetry: &[usize]) -> Vec<usize> {
    symmetry.iter().map(|&slot| slots[slot]).collect()
}

fn place(slots: &[usize], dimensions: &[usize]) -> usize {
    slots
        .iter()
        .zip(dimensions)
        .fold(0, |place, (slot, dimension)| place * dimension + slot)
}
