//! Contraction by named indices, with errors that name the index and the operand.

use ndarray::{ArrayD, LinalgScalar};
use ndarray_einsum_beta::{ArrayLike, einsum};
use std::collections::BTreeMap;

/// Why a contraction cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContractError {
    /// The specification is not of the form `ab,bc->ac` with letters `a` to `z`.
    #[error("contraction '{spec}': {reason}")]
    Spec {
        /// The specification as given.
        spec: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The specification names another number of operands than were given.
    #[error("contraction '{spec}' names {named} operands, {given} were given")]
    Operands {
        /// The specification as given.
        spec: String,
        /// Number of operands in the specification.
        named: usize,
        /// Number of operands given.
        given: usize,
    },
    /// An operand has another number of axes than the specification gives it.
    #[error("contraction '{spec}': operand {operand} ('{indices}') has shape {shape:?}")]
    Axes {
        /// The specification as given.
        spec: String,
        /// Which operand, counted from 0.
        operand: usize,
        /// Its indices.
        indices: String,
        /// Its shape.
        shape: Vec<usize>,
    },
    /// One index has two lengths.
    #[error(
        "contraction '{spec}': index '{index}' has length {length} in operand {operand}, {earlier} before"
    )]
    Length {
        /// The specification as given.
        spec: String,
        /// The index.
        index: char,
        /// The operand where it differs, counted from 0.
        operand: usize,
        /// Its length there.
        length: usize,
        /// Its length in an earlier operand.
        earlier: usize,
    },
    /// The output names an index that no operand has.
    #[error("contraction '{spec}': output index '{index}' is in no operand")]
    Output {
        /// The specification as given.
        spec: String,
        /// The index.
        index: char,
    },
}

/// Contracts the operands as `spec` says, in Einstein's notation (1916): `"abcd,cd->ab"` is the action of a
/// 4-tensor on a matrix. Indices that the output does not name are summed over; it has one axis for each that it names.
///
/// Products are taken from left to right; for large operands write the cheapest order, or reshape to
/// matrices and multiply. The scalar is any: floating point, complex, rational or a prime field.
///
/// ```
/// use ndarray::array;
/// use tensor_dyson::tensor::{contract, outer};
/// let a = array![[1, 2], [3, 4]];
/// let t = outer(a.view(), a.view());
/// let trace = contract("abab->", &[&t]).unwrap();
/// assert_eq!(trace.sum(), 1 + 4 + 9 + 16);
/// ```
///
/// # Errors
/// [`ContractError`]: a spec that is none, another number of operands or axes than it names, or an index with two
/// lengths.
pub fn contract<A: LinalgScalar>(
    spec: &str,
    operands: &[&dyn ArrayLike<A>],
) -> Result<ArrayD<A>, ContractError> {
    let bad = |reason| ContractError::Spec {
        spec: spec.to_owned(),
        reason,
    };
    let (inputs, output) = spec.split_once("->").ok_or(bad("no '->'"))?;
    if !spec
        .replace("->", "")
        .chars()
        .all(|c| c == ',' || c.is_ascii_lowercase())
    {
        return Err(bad("an index is not a letter from a to z"));
    }
    let named: Vec<&str> = inputs.split(',').collect();
    if named.len() != operands.len() {
        return Err(ContractError::Operands {
            spec: spec.to_owned(),
            named: named.len(),
            given: operands.len(),
        });
    }
    let mut lengths = BTreeMap::new();
    for (operand, (indices, array)) in named.iter().zip(operands).enumerate() {
        let view = array.into_dyn_view();
        if indices.len() != view.ndim() {
            return Err(ContractError::Axes {
                spec: spec.to_owned(),
                operand,
                indices: (*indices).to_owned(),
                shape: view.shape().to_vec(),
            });
        }
        for (index, &length) in indices.chars().zip(view.shape()) {
            let earlier = *lengths.entry(index).or_insert(length);
            if earlier != length {
                return Err(ContractError::Length {
                    spec: spec.to_owned(),
                    index,
                    operand,
                    length,
                    earlier,
                });
            }
        }
    }
    for index in output.chars() {
        if !lengths.contains_key(&index) {
            return Err(ContractError::Output {
                spec: spec.to_owned(),
                index,
            });
        }
    }
    einsum(spec, operands).map_err(bad)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tensor::{Fp61, act, outer};
    use ndarray::{Array2, Array4};
    use num_complex::Complex64;
    use num_rational::Ratio;

    fn check<A: LinalgScalar + PartialEq + std::fmt::Debug>(value: impl Fn(i64) -> A) {
        let a = Array2::from_shape_fn((2, 3), |(i, j)| value((i * 5 + j * 3) as i64 - 4));
        let t = outer(a.view(), a.view());
        let m = Array2::from_shape_fn((2, 3), |(i, j)| value((i + 2 * j) as i64 - 1));
        let by_name = contract("abcd,cd->ab", &[&t, &m]).unwrap();
        assert_eq!(by_name, act(t.view(), m.view()).into_dyn());
    }

    #[test]
    fn one_contraction_serves_every_scalar() {
        check(|x| x as f64);
        check(|x| Complex64::new(x as f64, 2.0));
        check(|x| Ratio::<i64>::new(x, 3));
        check(Fp61::from);
    }

    #[test]
    fn errors_name_the_index_and_the_operand() {
        let t = Array4::<f64>::zeros((2, 3, 2, 3));
        let m = Array2::<f64>::zeros((2, 4));
        let error = |spec: &str| contract(spec, &[&t, &m]).unwrap_err();
        assert!(matches!(
            error("abcd,cd->ab"),
            ContractError::Length {
                index: 'd',
                operand: 1,
                length: 4,
                earlier: 3,
                ..
            }
        ));
        assert!(matches!(
            error("abcd->ab"),
            ContractError::Operands {
                named: 1,
                given: 2,
                ..
            }
        ));
        assert!(matches!(
            error("abc,cd->ab"),
            ContractError::Axes { operand: 0, .. }
        ));
        assert!(matches!(
            error("abcd,ce->az"),
            ContractError::Output { index: 'z', .. }
        ));
        assert!(matches!(error("abcd,cd"), ContractError::Spec { .. }));
        assert!(matches!(error("aBcd,cd->a"), ContractError::Spec { .. }));
    }
}
