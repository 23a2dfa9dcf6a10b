//! How the tensors of a point are drawn.

use super::{Point, advance, permuted, place};
use crate::symbolic::degree::{Degree, degree};
use crate::symbolic::evaluate::evaluate;
use crate::symbolic::expression::Expression;
use crate::symbolic::fault::FieldError;
use crate::symbolic::matrix::{Rows, inverse, orthogonal, product};
use crate::symbolic::modulus::Residue;
use crate::symbolic::smooth;
use crate::symbolic::stein::Function;
use crate::symbolic::tensor::Tensor;
use rand::rngs::ChaCha8Rng;

impl Point {
    /// Every derivative at the values of the form.
    pub(super) fn draw_function(
        &mut self,
        function: &Function,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), FieldError> {
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

    pub(super) fn draw_free(
        &mut self,
        tensor: &Tensor,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), FieldError> {
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

    pub(super) fn invert(
        &mut self,
        tensor: &Tensor,
        expression: &Expression,
    ) -> Result<(), FieldError> {
        let sizes = self.sizes.slots(tensor)?;
        let [rows, columns] = [&sizes[..sizes.len() / 2], &sizes[sizes.len() / 2..]]
            .map(|half| half.iter().product::<usize>());
        let singular = || FieldError::Singular {
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

    pub(super) fn draw_singular_vectors(
        &mut self,
        [matrix, left, values, right]: [&Tensor; 4],
        rng: &mut ChaCha8Rng,
    ) -> Result<(), FieldError> {
        let [rows, columns, modes] = [&matrix.slots()[0], &matrix.slots()[1], &values.slots()[0]]
            .map(|space| self.sizes.of(space));
        let (rows, columns, modes) = (rows?, columns?, modes?);
        let field = self.field;
        let singular = || FieldError::Singular {
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
