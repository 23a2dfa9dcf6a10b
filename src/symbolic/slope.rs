//! The checker's integration by parts: `Σ_s ∂_s F_s` for `Σ_s T_s F_s`, where `∂_s` is the derivative in the direction
//! `Σ_t E[T_s T_t] e_t`, at a point of the field.
//!
//! Nothing here knows of the product rule or of the derivative of an inverse. Along a direction a product of tensors that
//! move linearly is a polynomial, whose slope at 0 comes from its values at 0, 1, …, m; the slope of an inverse is a
//! block of the inverse of `(M M′; 0 M)`, since `a + bε` with `ε² = 0` is the matrix `(a b; 0 a)`.

use super::draw::Draw;
use super::ensemble::Signed;
use super::evaluate::{cost, evaluate};
use super::expression::{Expression, Factor, Term};
use super::fault::FieldError;
use super::law::TensorLaw;
use super::matrix::{Rows, inverse};
use super::modulus::{Field, Residue};
use super::point::{Point, Sizes, advance, place};
use super::polynomial::Symbol;
use super::tensor::Tensor;
use std::collections::BTreeMap;

/// The tensors that move, each with its slope.
type Slopes = BTreeMap<Symbol, Vec<Residue>>;

/// A mean that is integrated by parts over a tensor.
pub(super) struct Slope<'a> {
    /// The random tensor, with its conjugate if that is another one.
    pub(super) random: Vec<&'a Tensor>,
    pub(super) law: &'a TensorLaw,
    /// In the order of declaration.
    pub(super) draws: &'a [&'a Draw],
}

impl Slope<'_> {
    /// What the first random entry of each term leaves, at each assignment of the legs.
    pub(super) fn by_parts(
        &self,
        normal: &Expression,
        point: &Point,
    ) -> Result<Vec<Residue>, FieldError> {
        let field = point.field();
        let unmoved = self.parted(normal, None);
        let mut sum = evaluate(&unmoved, point, &[])?;
        for (side, tensor) in self.random.iter().enumerate() {
            // No theory has a name with this mark.
            let held = Tensor::new(&format!("{}~", tensor.name()), tensor.slots().to_vec(), &[]);
            let Some(held) = held else { continue };
            let taken = self.parted(normal, Some((tensor, &held)));
            if taken.is_zero() {
                continue;
            }
            let entries: usize = point.sizes().slots(tensor)?.iter().product();
            for entry in 0..entries {
                let one = unit(field, entries, entry);
                let point = point.with(held.name(), one);
                let slopes = self.slopes(&point, side, entry)?;
                let slope = self.along(&taken, &point, &slopes)?;
                for (sum, slope) in sum.iter_mut().zip(slope) {
                    *sum = field.sum(*sum, slope);
                }
            }
        }
        Ok(sum)
    }

    /// The terms whose first random factor is an entry of a tensor, with another tensor in its place; those without one.
    fn parted(&self, normal: &Expression, taken: Option<(&Tensor, &Tensor)>) -> Expression {
        let part = |term: &Term| {
            let mut term = term.clone();
            let first = term.factors.iter_mut().find_map(|factor| match factor {
                Factor::Entry(tensor, _) if self.random.contains(&&*tensor) => Some(tensor),
                _ => None,
            });
            match (first, taken) {
                (None, None) => {}
                (Some(first), Some((tensor, held))) if first == tensor => *first = held.clone(),
                _ => return None,
            }
            Some(term)
        };
        Expression {
            legs: normal.legs().to_vec(),
            terms: normal.terms().iter().filter_map(part).collect(),
        }
    }

    /// How all that is made of the random tensor moves with what has a covariance with one of its entries.
    fn slopes(&self, point: &Point, side: usize, entry: usize) -> Result<Slopes, FieldError> {
        // Of a complex tensor an entry has a covariance with its conjugate only.
        let moving = self.random[self.random.len() - 1 - side];
        let sizes = point.sizes().slots(moving)?;
        let field = point.field();
        let direction = match self.law.ensemble() {
            None => unit(field, sizes.iter().product(), entry),
            Some(ensemble) => covariances(field, ensemble.pairings(), &sizes, entry),
        };
        let mut slopes = Slopes::from([(moving.name().clone(), direction)]);
        for draw in self.draws {
            match draw {
                Draw::Inverse(tensor, matrix) => {
                    let slope = self.of_inverse(tensor, matrix, point, &slopes)?;
                    slopes.insert(tensor.name().clone(), slope);
                }
                Draw::Function(function) => {
                    let Some(first) = function.derivatives.first() else {
                        continue;
                    };
                    let (at, slope) = (
                        evaluate(&function.form, point, &[])?,
                        self.along(&function.form, point, &slopes)?,
                    );
                    let coefficients = point.function(first.name())?.to_vec();
                    for (order, tensor) in function.derivatives.iter().enumerate() {
                        let next = |(&x, &slope): (&Residue, &Residue)| {
                            let own = super::smooth::derivative(field, &coefficients, order + 1, x);
                            field.product(own, slope)
                        };
                        let own = at.iter().zip(&slope).map(next).collect();
                        slopes.insert(tensor.name().clone(), own);
                    }
                }
                Draw::Free(_)
                | Draw::Defined(..)
                | Draw::Mean(_)
                | Draw::SingularVectors { .. } => {}
            }
        }
        Ok(slopes)
    }

    /// The slope of an expression, from its values at as many places as its degree along the direction asks for.
    fn along(
        &self,
        expression: &Expression,
        point: &Point,
        slopes: &Slopes,
    ) -> Result<Vec<Residue>, FieldError> {
        let field = point.field();
        let moves = |factor: &&Factor| matches!(factor, Factor::Entry(t, _) if slopes.contains_key(t.name()));
        let degree = |term: &Term| term.factors.iter().filter(moves).count();
        let degree = expression.terms().iter().map(degree).max().unwrap_or(0);
        let mut sum: Vec<Residue> = Vec::new();
        for (at, weight) in (0..).zip(weights(field, degree)) {
            let values = evaluate(expression, &point.moved(slopes, at), &[])?;
            sum.resize(values.len(), Residue::default());
            for (sum, value) in sum.iter_mut().zip(values) {
                *sum = field.sum(*sum, field.product(weight, value));
            }
        }
        Ok(sum)
    }

    fn of_inverse(
        &self,
        tensor: &Tensor,
        matrix: &Expression,
        point: &Point,
        slopes: &Slopes,
    ) -> Result<Vec<Residue>, FieldError> {
        let own = evaluate(matrix, point, &[])?;
        let slope = self.along(matrix, point, slopes)?;
        let sizes = point.sizes().slots(tensor)?;
        let rows: usize = sizes[..sizes.len() / 2].iter().product();
        let zero = vec![Residue::default(); rows];
        let above = own.chunks(rows).zip(slope.chunks(rows));
        let above = above.map(|(own, slope)| [own, slope].concat());
        let below = own.chunks(rows).map(|own| [zero.as_slice(), own].concat());
        let blocks: Rows = above.chain(below).collect();
        let inverse = inverse(point.field(), &blocks).ok_or_else(|| FieldError::Singular {
            tensor: tensor.name().to_string(),
            shape: point.sizes().to_string(),
        })?;
        Ok(inverse[..rows]
            .iter()
            .flat_map(|row| row[rows..].to_vec())
            .collect())
    }

    /// The products that it takes at some sizes.
    pub(super) fn cost(&self, normal: &Expression, sizes: &Sizes) -> Result<u128, FieldError> {
        let factors = normal.terms().iter().map(|term| term.factors.len()).max();
        let values = factors.unwrap_or(0) as u128 + 1;
        let mut each = cost(normal, sizes, &[])?.saturating_mul(values);
        for draw in self.draws {
            if let Draw::Inverse(tensor, matrix) = draw {
                // Entries are rows times columns, blocks have twice as many rows.
                let entries = sizes.entries(tensor)?;
                let blocks = entries.saturating_mul(entries).saturating_mul(16);
                let matrix = cost(matrix, sizes, &[])?.saturating_mul(4);
                each = each.saturating_add(blocks).saturating_add(matrix);
            }
        }
        let mut entries = 0_u128;
        for tensor in &self.random {
            entries = entries.saturating_add(sizes.entries(tensor)?);
        }
        Ok(each.saturating_mul(entries))
    }
}

/// 1 at one place and 0 elsewhere.
fn unit(field: Field, entries: usize, at: usize) -> Vec<Residue> {
    let value = |k| {
        if k == at {
            field.one()
        } else {
            Residue::default()
        }
    };
    (0..entries).map(value).collect()
}

/// `E T_s T_t = Σ_g χ(g) δ(s, g·t)` at every `t`, for the entry `s` at a place.
fn covariances(field: Field, pairings: &[Signed], sizes: &[usize], s: usize) -> Vec<Residue> {
    let mut slots = vec![0; sizes.len()];
    let mut all = Vec::new();
    loop {
        let moved = |g: &[usize]| g.iter().map(|&k| slots[k]).collect::<Vec<_>>();
        let met = pairings
            .iter()
            .filter(|(_, g)| place(&moved(g), sizes) == s);
        all.push(field.integer(met.map(|(sign, _)| sign).sum()));
        if !advance(&mut slots, sizes) {
            return all;
        }
    }
}

/// The weights of the values at 0, 1, …, m in the slope at 0 of a polynomial of degree m: `−Σ_j 1/j` at 0,
/// `(−1)^{j−1} C(m, j)/j` at j.
fn weights(field: Field, degree: usize) -> Vec<Residue> {
    let reciprocal = |k: u64| field.inverse(field.number(k)).unwrap_or_default();
    let (mut weights, mut binomial) = (vec![Residue::default()], field.one());
    for j in 1..=degree as u64 {
        let step = field.product(field.number(degree as u64 + 1 - j), reciprocal(j));
        binomial = field.product(binomial, step);
        let weight = field.product(binomial, reciprocal(j));
        weights.push(if j % 2 == 1 {
            weight
        } else {
            field.minus(weight)
        });
        weights[0] = field.sum(weights[0], field.minus(reciprocal(j)));
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::MERSENNE_61;

    #[test]
    fn the_slope_of_a_polynomial_comes_from_its_values() {
        let field = Field::new(MERSENNE_61);
        // 7 + 5t + 3t² + t³
        let value = |t: u64| field.number(7 + 5 * t + 3 * t * t + t * t * t);
        for degree in 3..6 {
            let terms = (0..).zip(weights(field, degree));
            let terms = terms.map(|(t, weight)| field.product(weight, value(t)));
            let slope = terms.fold(Residue::default(), |sum, term| field.sum(sum, term));
            assert_eq!(slope, field.number(5), "{degree}");
        }
    }
}
