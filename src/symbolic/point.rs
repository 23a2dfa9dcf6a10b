//! Random points of a prime field that satisfy a theory's hypotheses.

use super::check::CheckError;
use super::degree::{Degree, degree};
use super::draw::{Draw, functions};
use super::evaluate::evaluate;
use super::expression::Expression;
use super::matrix::{Rows, inverse, orthogonal, product};
use super::modulus::{Field, Residue};
use super::polynomial::{IMAGINARY, Polynomial, Symbol};
use super::smooth;
use super::stein::Function;
use super::tensor::{Space, Tensor};
use rand::rngs::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fmt;

/// The sizes of the spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sizes(pub(super) BTreeMap<Symbol, usize>);

impl Sizes {
    pub(super) fn of(&self, space: &Space) -> Result<usize, CheckError> {
        let name = space.dimension();
        let unknown = || CheckError::NoValue {
            name: name.to_string(),
        };
        self.0.get(name).copied().ok_or_else(unknown)
    }

    /// The sizes of a tensor's slots.
    pub(super) fn slots(&self, tensor: &Tensor) -> Result<Vec<usize>, CheckError> {
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
    ) -> Result<Self, CheckError> {
        let mut values = BTreeMap::new();
        for name in scalars {
            let value = match &**name == IMAGINARY {
                true => field.unit().ok_or_else(|| CheckError::NoValue {
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

    /// Every derivative at the values of the form.
    fn draw_function(
        &mut self,
        function: &Function,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), CheckError> {
        let at = evaluate(&function.form, self, &[])?;
        let coefficients = smooth::coefficients(self.field, rng);
        let form = degree(&function.form, self);
        let times = smooth::DEGREE as u64;
        let degree = Degree {
            numerator: form.numerator.saturating_mul(times).saturating_add(1),
            denominator: form.denominator.saturating_mul(times),
        };
        for (order, tensor) in function.derivatives.iter().enumerate() {
            let value = |x: &Residue| smooth::derivative(self.field, &coefficients, order, *x);
            let values = at.iter().map(value).collect();
            self.insert(tensor, values, degree)?;
        }
        if let Some(first) = function.derivatives.first() {
            self.functions.insert(first.name().clone(), coefficients);
        }
        Ok(())
    }

    /// The coefficients of the polynomial that a function is here.
    pub(super) fn function(&self, name: &str) -> Result<&[Residue], CheckError> {
        let coefficients = self.functions.get(name).map(Vec::as_slice);
        coefficients.ok_or_else(|| CheckError::NoValue { name: name.into() })
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

    pub(super) fn field(&self) -> Field {
        self.field
    }

    pub(super) fn sizes(&self) -> &Sizes {
        &self.sizes
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
    pub(super) fn coefficient(&self, coefficient: &Polynomial) -> Result<Residue, CheckError> {
        let value = |name: &str| {
            let dimension = || {
                self.sizes
                    .0
                    .get(name)
                    .map(|size| self.field.number(*size as u64))
            };
            self.scalars.get(name).copied().or_else(dimension)
        };
        let undefined = || CheckError::NoValue {
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
    ) -> Result<(), CheckError> {
        let dimensions = self.sizes.slots(tensor)?;
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
        self.tensors
            .insert(tensor.name().clone(), Entries { values, degree });
        Ok(())
    }

    fn draw_free(&mut self, tensor: &Tensor, rng: &mut ChaCha8Rng) -> Result<(), CheckError> {
        let dimensions = self.sizes.slots(tensor)?;
        let mut values = vec![Residue::default(); dimensions.iter().product()];
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
                _ => self.field.uniform(rng),
            };
            if !advance(&mut slots, &dimensions) {
                return self.insert(tensor, values, Degree::DRAW);
            }
        }
    }

    fn invert(&mut self, tensor: &Tensor, expression: &Expression) -> Result<(), CheckError> {
        let sizes = self.sizes.slots(tensor)?;
        let [rows, columns] = [&sizes[..sizes.len() / 2], &sizes[sizes.len() / 2..]]
            .map(|half| half.iter().product::<usize>());
        let singular = || CheckError::Singular {
            tensor: tensor.name().to_string(),
            shape: self.sizes.to_string(),
        };
        if rows != columns {
            return Err(singular());
        }
        let values = evaluate(expression, self, &[])?;
        let matrix: Rows = values.chunks(rows).map(<[Residue]>::to_vec).collect();
        let inverse = inverse(self.field, &matrix).ok_or_else(singular)?;
        let degree = degree(expression, self).of_inverse(rows);
        self.insert(tensor, inverse.concat(), degree)
    }

    fn draw_singular_vectors(
        &mut self,
        [matrix, left, values, right]: [&Tensor; 4],
        rng: &mut ChaCha8Rng,
    ) -> Result<(), CheckError> {
        let [rows, columns, modes] = [&matrix.slots()[0], &matrix.slots()[1], &values.slots()[0]]
            .map(|space| self.sizes.of(space));
        let (rows, columns, modes) = (rows?, columns?, modes?);
        let field = self.field;
        let singular = || CheckError::Singular {
            tensor: matrix.name().to_string(),
            shape: self.sizes.to_string(),
        };
        let u = orthogonal(field, rows, || field.uniform(rng)).ok_or_else(singular)?;
        let v = orthogonal(field, columns, || field.uniform(rng)).ok_or_else(singular)?;
        // Beyond min(d, p) the singular value is 0, and a vector that does not exist is 0 too.
        let exists = |k: usize| k < rows.min(columns);
        let draw = |k| {
            if exists(k) {
                field.uniform(rng)
            } else {
                Residue::default()
            }
        };
        let s: Vec<Residue> = (0..modes).map(draw).collect();
        let vectors = |basis: &Rows| -> Rows {
            let entry = |row: &Vec<Residue>, k: usize| row.get(k).copied().unwrap_or_default();
            (0..modes)
                .map(|k| basis.iter().map(|row| entry(row, k)).collect())
                .collect()
        };
        // With fewer modes than min(d, p) the singular values beyond them are 0.
        let (us, vs) = (vectors(&u), vectors(&v));
        let scaled = |a: usize, k: usize| field.product(us[k][a], s[k]);
        let left_scaled: Rows = (0..rows)
            .map(|a| (0..modes).map(|k| scaled(a, k)).collect())
            .collect();
        let w = product(field, &left_scaled, &vs);
        let degrees = |size: usize| Degree {
            numerator: size as u64,
            denominator: size as u64,
        };
        let (du, dv) = (degrees(rows), degrees(columns));
        let dw = Degree {
            numerator: du.numerator + dv.numerator + 1,
            denominator: du.denominator + dv.denominator,
        };
        self.insert(matrix, w.concat(), dw)?;
        self.insert(left, us.concat(), du)?;
        self.insert(values, s, Degree::DRAW)?;
        self.insert(right, vs.concat(), dv)
    }
}

/// The next assignment in lexicographic order, `false` after the last.
fn advance(assignment: &mut [usize], dimensions: &[usize]) -> bool {
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

fn place(slots: &[usize], dimensions: &[usize]) -> usize {
    slots
        .iter()
        .zip(dimensions)
        .fold(0, |place, (slot, dimension)| place * dimension + slot)
}
