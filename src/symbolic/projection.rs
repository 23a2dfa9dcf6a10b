//! The mean over a uniform matrix of a group, as the checker takes it.
//!
//! The mean of all products of `m` entries is the orthogonal projection onto the tensors that the group fixes. These are
//! spanned by the pairings (Brauer 1937, Schur and Weyl), so that it is what the inverse of their Gram matrix `n^loops` at
//! the size says:
//!
//! ```math
//! E\,U_{i_1 j_1}\cdots U_{i_m j_m} = \sum_{p, q} (\mathrm{Gram}^{-1})_{pq}\,\delta_p(i)\,\delta_q(j)
//! ```
//!
//! No Weingarten function occurs here, and what is tied is summed index by index.

use super::error::SymbolicError;
use super::evaluate::{cost as products, evaluate};
use super::expression::{Expression, Factor, Term};
use super::fault::FieldError;
use super::haar::Haar;
use super::matrix::{Rows, inverse};
use super::modulus::{Field, Residue};
use super::point::{Point, Sizes};
use super::polynomial::Symbol;
use super::tensor::Tensor;
use super::weingarten::coset_type;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many of the sums of a term are priced.
const PRICED: usize = 16;

/// The mean of an expression over a tensor that is uniform in its group, at every assignment of its legs.
pub(super) fn mean(
    expression: &Expression,
    point: &Point,
    random: &Tensor,
    haar: &Haar,
) -> Result<Vec<Residue>, FieldError> {
    let (field, size) = (point.field(), point.sizes().slots(random)?[0]);
    let mut total: Option<Vec<Residue>> = None;
    for term in expression.terms() {
        let uniform = Uniform::new(expression, term, random.name(), haar)?;
        let weights = uniform.weights(field, size);
        let weights = weights.ok_or_else(|| FieldError::Singular {
            tensor: random.name().to_string(),
            shape: point.sizes().to_string(),
        })?;
        let of_rows = |rows: &Vec<usize>| {
            let mut sum = None;
            for columns in &uniform.pairings {
                let weight = weights[&coset_type(rows, columns)];
                let values = evaluate(&uniform.tied(rows, columns), point, &[])?;
                add(field, &mut sum, weight, values);
            }
            Ok(sum)
        };
        let sums: Vec<Result<_, FieldError>> = uniform.pairings.par_iter().map(of_rows).collect();
        for sum in sums {
            if let Some(sum) = sum? {
                add(field, &mut total, field.one(), sum);
            }
        }
    }
    match total {
        Some(total) => Ok(total),
        None => evaluate(&expression.zero(), point, &[]),
    }
}

/// The products that [`mean`] takes, by some of its sums.
pub(super) fn cost(
    expression: &Expression,
    sizes: &Sizes,
    random: &Tensor,
    haar: &Haar,
) -> Result<u128, FieldError> {
    let mut total = 0_u128;
    for term in expression.terms() {
        let uniform = Uniform::new(expression, term, random.name(), haar)?;
        let Some(rows) = uniform.pairings.first() else {
            continue;
        };
        let count = uniform.pairings.len();
        let priced = uniform.pairings.iter().step_by(count.div_ceil(PRICED));
        let (mut sum, mut summed) = (0_u128, 0);
        for columns in priced {
            sum = sum.saturating_add(products(&uniform.tied(rows, columns), sizes, &[])?);
            summed += 1;
        }
        // One more for each index, which is tied or not.
        let each = (sum / summed).saturating_add(term.summed.len() as u128);
        let all = (count as u128).saturating_mul(count as u128);
        total = total.saturating_add(all.saturating_mul(each));
    }
    Ok(total)
}

fn add(field: Field, sum: &mut Option<Vec<Residue>>, weight: Residue, values: Vec<Residue>) {
    let sum = sum.get_or_insert_with(|| vec![Residue::default(); values.len()]);
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum = field.sum(*sum, field.product(weight, value));
    }
}

/// A term with entries of a uniform matrix.
struct Uniform<'a> {
    expression: &'a Expression,
    term: &'a Term,
    /// The slots of the random entries.
    entries: Vec<&'a [usize]>,
    /// The other factors.
    fixed: Vec<&'a Factor>,
    pairings: Vec<Vec<usize>>,
}

impl<'a> Uniform<'a> {
    /// # Errors
    /// Those of [`Haar::affords`].
    fn new(
        expression: &'a Expression,
        term: &'a Term,
        random: &Symbol,
        haar: &Haar,
    ) -> Result<Self, SymbolicError> {
        let (mut entries, mut sides, mut fixed) = (Vec::new(), Vec::new(), Vec::new());
        for factor in &term.factors {
            match factor {
                Factor::Entry(tensor, slots) if tensor.name() == random => {
                    entries.push(slots.as_slice());
                    sides.push(0);
                }
                Factor::Entry(tensor, slots) if haar.conjugate() == Some(tensor.name()) => {
                    entries.push(slots.as_slice());
                    sides.push(1);
                }
                _ => fixed.push(factor),
            }
        }
        haar.affords(&sides)?;
        Ok(Uniform {
            expression,
            term,
            entries,
            fixed,
            pairings: haar.pairings(&sides),
        })
    }

    /// The term with its entries gone, their rows tied by one pairing and their columns by another.
    fn tied(&self, rows: &[usize], columns: &[usize]) -> Expression {
        let mut factors: Vec<Factor> = self.fixed.iter().copied().cloned().collect();
        for (slot, pairing) in [rows, columns].into_iter().enumerate() {
            for (one, &other) in pairing
                .iter()
                .enumerate()
                .filter(|(one, other)| one < *other)
            {
                let pair = [one, other].map(|entry| self.entries[entry][slot]);
                factors.push(Factor::Delta(pair.to_vec()));
            }
        }
        let term = Term {
            coefficient: self.term.coefficient.clone(),
            factors,
            summed: self.term.summed.clone(),
        };
        Expression {
            terms: vec![term],
            ..self.expression.zero()
        }
    }

    /// The inverse of the Gram matrix of the pairings, by the class of a pair of them: a column of it, since permutations of the
    /// entries exchange the columns, and a column is alike on the pairings of one class with its own. `None` if it is singular.
    fn weights(&self, field: Field, size: usize) -> Option<BTreeMap<Vec<usize>, Residue>> {
        let Some(first) = self.pairings.first() else {
            return Some(BTreeMap::new());
        };
        let class = |p: &Vec<usize>| coset_type(p, first);
        let met: BTreeMap<_, _> = self.pairings.iter().map(|p| (class(p), p)).collect();
        let places: BTreeMap<&Vec<usize>, usize> = met.keys().zip(0..).collect();
        let row = |p: &Vec<usize>| {
            let mut row = vec![Residue::default(); met.len()];
            for q in &self.pairings {
                let loops = coset_type(p, q).len() as u64;
                let entry = &mut row[places[&class(q)]];
                *entry = field.sum(*entry, field.power(field.number(size as u64), loops));
            }
            row
        };
        let gram: Rows = met.values().map(|p| row(p)).collect();
        let inverse = inverse(field, &gram)?;
        let own = places[&class(first)];
        let column = inverse.into_iter().map(|row| row[own]);
        Some(met.into_keys().zip(column).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbolic::modulus::Field;
    use crate::symbolic::theory::Theory;

    /// `Σ_q n^loops(p, q) w(q, r) = δ_pr`.
    #[test]
    fn the_weights_invert_the_gram_matrix() {
        let field = Field::new(crate::tensor::MERSENNE_61);
        let mut theory = Theory::new();
        theory.complex("U[d,d]", "Ū").unwrap();
        for (haar, text) in [
            (
                Haar::orthogonal(),
                "U[a,a] U[c,c] U[k,k] U[q,q] U[s,s] U[a1,a1]",
            ),
            (
                Haar::unitary("Ū"),
                "U[a,a] U[c,c] Ū[k,k] U[q,q] Ū[s,s] Ū[a1,a1]",
            ),
        ] {
            let expression = theory.expression(text).unwrap();
            let uniform =
                Uniform::new(&expression, &expression.terms[0], &"U".into(), &haar).unwrap();
            let weights = uniform.weights(field, 5).unwrap();
            for p in &uniform.pairings {
                for r in &uniform.pairings {
                    let terms = uniform.pairings.iter().map(|q| {
                        let loops = coset_type(p, q).len() as u64;
                        field.product(
                            field.power(field.number(5), loops),
                            weights[&coset_type(q, r)],
                        )
                    });
                    let sum = terms.fold(Residue::default(), |sum, term| field.sum(sum, term));
                    assert_eq!(sum, field.number(u64::from(p == r)), "{p:?} {r:?}");
                }
            }
            assert!(uniform.weights(field, 1).is_none());
        }
    }
}
