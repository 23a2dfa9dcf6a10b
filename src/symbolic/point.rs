//! Random points of a prime field that satisfy a theory's hypotheses.

mod draws;

use super::degree::{Degree, degree};
use super::draw::{Draw, functions};
use super::evaluate::evaluate;
use super::fault::FieldError;
use super::modulus::{Field, Residue};
use super::polynomial::{IMAGINARY, Polynomial, Symbol};
use super::smooth;
use super::tensor::{Space, Tensor};
use rand::rngs::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fmt;

/// The sizes of the spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sizes(pub(super) BTreeMap<Symbol, usize>);

impl Sizes {
    pub(super) fn of(&self, space: &Space) -> Result<usize, FieldError> {
        let name = space.dimension();
        let unknown = || FieldError::NoValue {
            name: name.to_string(),
        };
        self.0.get(name).copied().ok_or_else(unknown)
    }

    /// The number of a tensor's entries; one that does not fit is as good as any other that is too large.
    pub(super) fn entries(&self, tensor: &Tensor) -> Result<u128, FieldError> {
        let sizes = self.slots(tensor)?.into_iter();
        Ok(sizes.fold(1, |all, size| all.saturating_mul(size as u128)))
    }

    /// The sizes of a tensor's slots.
    pub(super) fn slots(&self, tensor: &Tensor) -> Result<Vec<usize>, FieldError> {
        tensor.slots().iter().map(|space| self.of(space)).collect()
    }
}

/// As in `n=2 d=3 p=4`.
impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.0.iter().map(|(name, size)| format!("{name}={size}"));
        match self.0.is_empty() {
            true => f.write_str("no dimension"),
            false => f.write_str(&sizes.collect::<Vec<_>>().join(" ")),
        }
    }
}

/// The entries of a tensor, the last slot fastest, and their degree in the draws.
#[derive(Debug, Clone)]
pub(super) struct Entries {
    pub(super) values: Vec<Residue>,
    degree: Degree,
}

/// Values for dimensions, formal scalars and tensors, modulo a prime.
#[derive(Debug, Clone)]
pub(super) struct Point {
    field: Field,
    sizes: Sizes,
    scalars: BTreeMap<Symbol, Residue>,
    tensors: BTreeMap<Symbol, Entries>,
    /// The coefficients of the polynomials, by the name of each function.
    functions: BTreeMap<Symbol, Vec<Residue>>,
}

impl Point {
    /// A point with the given dimensions, everything else drawn from `rng`.
    pub(super) fn draw<'a>(
        field: Field,
        sizes: Sizes,
        scalars: impl Iterator<Item = &'a Symbol>,
        draws: &[&Draw],
        rng: &mut ChaCha8Rng,
    ) -> Result<Self, FieldError> {
        let mut values = BTreeMap::new();
        for name in scalars {
            let value = match &**name == IMAGINARY {
                true => field.unit().ok_or_else(|| FieldError::NoValue {
                    name: name.to_string(),
                })?,
                false => field.uniform(rng),
            };
            values.insert(name.clone(), value);
        }
        let mut point = Point {
            field,
            scalars: values,
            sizes,
            tensors: BTreeMap::new(),
            functions: BTreeMap::new(),
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
                Draw::Function(function) => point.draw_function(function, rng)?,
                Draw::Mean(mean) => {
                    let functions = functions(draws);
                    let values = smooth::mean(&functions, &mean.value, &point, &mean.of)?;
                    let degree = degree(&mean.value, &point);
                    point.insert(&mean.tensor, values, degree)?;
                }
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

    /// The coefficients of the polynomial that a function is here.
    pub(super) fn function(&self, name: &str) -> Result<&[Residue], FieldError> {
        let coefficients = self.functions.get(name).map(Vec::as_slice);
        coefficients.ok_or_else(|| FieldError::NoValue { name: name.into() })
    }

    /// The same point with one entry of a tensor 1 and the others 0.
    pub(super) fn with_unit_entry(&self, tensor: &Tensor, place: usize) -> Point {
        let mut point = self.clone();
        if let Some(entries) = point.tensors.get_mut(tensor.name()) {
            entries.values.fill(Residue::default());
            if let Some(entry) = entries.values.get_mut(place) {
                *entry = self.field.one();
            }
        }
        point
    }

    /// The same point with a tensor more.
    pub(super) fn with(&self, tensor: &Symbol, values: Vec<Residue>) -> Point {
        let degree = Degree::DRAW;
        let mut point = self.clone();
        point
            .tensors
            .insert(tensor.clone(), Entries { values, degree });
        point
    }

    /// The same point with multiples of some values added to those of tensors.
    pub(super) fn moved(&self, slopes: &BTreeMap<Symbol, Vec<Residue>>, times: u64) -> Point {
        let (field, mut point) = (self.field, self.clone());
        let times = field.number(times);
        for (name, slopes) in slopes {
            let values = point.tensors.get_mut(name).into_iter();
            let pairs = values.flat_map(|entries| entries.values.iter_mut().zip(slopes));
            pairs.for_each(|(value, slope)| {
                *value = field.sum(*value, field.product(times, *slope));
            });
        }
        point
    }

    pub(super) fn field(&self) -> Field {
        self.field
    }

    pub(super) fn sizes(&self) -> &Sizes {
        &self.sizes
    }

    pub(super) fn tensor(&self, name: &str) -> Result<&Entries, FieldError> {
        self.tensors
            .get(name)
            .ok_or_else(|| FieldError::NoValue { name: name.into() })
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
    pub(super) fn coefficient(&self, coefficient: &Polynomial) -> Result<Residue, FieldError> {
        let value = |name: &str| {
            let dimension = || {
                self.sizes
                    .0
                    .get(name)
                    .map(|size| self.field.number(*size as u64))
            };
            self.scalars.get(name).copied().or_else(dimension)
        };
        let undefined = || FieldError::NoValue {
            name: coefficient.to_string(),
        };
        coefficient
            .evaluate(self.field, value)
            .ok_or_else(undefined)
    }

    /// Stores the values, if they have the symmetries that are declared.
    fn insert(
        &mut self,
        tensor: &Tensor,
        values: Vec<Residue>,
        degree: Degree,
    ) -> Result<(), FieldError> {
        let dimensions = self.sizes.slots(tensor)?;
        let mut slots = vec![0; dimensions.len()];
        for value in &values {
            for symmetry in tensor.symmetries() {
                if values[place(&permuted(&slots, symmetry), &dimensions)] != *value {
                    return Err(FieldError::NotSymmetric {
                        tensor: tensor.name().to_string(),
                    });
                }
            }
            advance(&mut slots, &dimensions);
        }
        self.tensors
            .insert(tensor.name().clone(), Entries { values, degree });
        Ok(())
    }
}

/// The next assignment in lexicographic order, `false` after the last.
pub(super) fn advance(assignment: &mut [usize], dimensions: &[usize]) -> bool {
    for (index, dimension) in assignment.iter_mut().zip(dimensions).rev() {
        *index += 1;
        if *index < *dimension {
            return true;
        }
        *index = 0;
    }
    false
}

fn permuted(slots: &[usize], symmetry: &[usize]) -> Vec<usize> {
    symmetry.iter().map(|&slot| slots[slot]).collect()
}

/// The place of an entry, the last slot fastest.
pub(super) fn place(slots: &[usize], dimensions: &[usize]) -> usize {
    slots
        .iter()
        .zip(dimensions)
        .fold(0, |place, (slot, dimension)| place * dimension + slot)
}
