//! The checker's means of functions of a Gaussian form: each function is a random polynomial, so that a product of
//! functions and entries is a polynomial in the independent entries, whose mean is taken monomial by monomial. Nothing here
//! knows of derivatives under an expectation.

use super::evaluate::evaluate;
use super::expression::{Expression, Factor, Term};
use super::fault::FieldError;
use super::modulus::{Field, Residue};
use super::point::{Point, Sizes};
use super::stein::Function;
use super::tensor::Tensor;
use rand::rngs::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap};

/// The degree of the polynomials: with two derivatives taken a square is left.
pub(super) const DEGREE: usize = 4;

/// The most entries of the random tensor: their powers stand in one number.
const ENTRIES: usize = 16;

/// A polynomial in the entries, by their powers, a byte each.
type Powers = u128;
type Entrywise = BTreeMap<Powers, Residue>;

/// The coefficients of a random polynomial.
pub(super) fn coefficients(field: Field, rng: &mut ChaCha8Rng) -> Vec<Residue> {
    (0..=DEGREE).map(|_| field.uniform(rng)).collect()
}

/// The values of the derivative of an order of a polynomial.
pub(super) fn derivative(
    field: Field,
    coefficients: &[Residue],
    order: usize,
    at: Residue,
) -> Residue {
    // Horner's rule.
    let terms = (order..coefficients.len()).rev();
    terms.fold(Residue::default(), |value, j| {
        field.sum(
            field.product(value, at),
            falling(field, coefficients, j, order),
        )
    })
}

/// `c_j j!/(j − order)!`, of which the derivative is made.
fn falling(field: Field, coefficients: &[Residue], j: usize, order: usize) -> Residue {
    (j - order + 1..=j).fold(coefficients[j], |product, k| {
        field.product(product, field.number(k as u64))
    })
}

/// The mean of an expression over a tensor with standard Gaussian entries, at every assignment of the legs.
pub(super) fn mean(
    functions: &[&Function],
    expression: &Expression,
    point: &Point,
    random: &Tensor,
) -> Result<Vec<Residue>, FieldError> {
    let mut means = Means::new(functions, point, random)?;
    let field = point.field();
    let of = |index: &super::expression::Index| point.sizes().of(&index.space);
    let legs: Vec<usize> = expression.legs().iter().map(of).collect::<Result<_, _>>()?;
    let mut values = vec![Residue::default(); legs.iter().product()];
    for term in expression.terms() {
        let summed: Vec<usize> = term.summed.iter().map(of).collect::<Result<_, _>>()?;
        let sizes = [legs.as_slice(), &summed].concat();
        let turns: usize = summed.iter().product();
        let scale = point.coefficient(&term.coefficient)?;
        for assignment in 0..values.len() * turns {
            let digits = digits(assignment, &sizes);
            let product = means.product(term, &digits, scale)?;
            let value = &mut values[assignment / turns];
            *value = field.sum(*value, product);
        }
    }
    Ok(values)
}

/// The products that a mean takes; no number of them is enough where the powers do not stand in one number.
pub(super) fn cost(
    expression: &Expression,
    sizes: &Sizes,
    random: &Tensor,
) -> Result<u128, FieldError> {
    // A product of two polynomials of this degree in a few entries.
    const EACH: u128 = 2_000;
    if sizes.entries(random)? > ENTRIES as u128 {
        return Ok(u128::MAX);
    }
    // A power of an entry has a byte.
    let degree = |factors: usize| factors.saturating_mul(DEGREE);
    if expression
        .terms()
        .iter()
        .any(|term| degree(term.factors.len()) > 255)
    {
        return Ok(u128::MAX);
    }
    let mut all = 0_u128;
    for term in expression.terms() {
        let indices = expression.legs().iter().chain(&term.summed);
        let sizes = indices.map(|index| sizes.of(&index.space));
        let assignments = sizes.collect::<Result<Vec<_>, _>>()?.into_iter();
        let assignments = assignments.fold(EACH, |all, size| all.saturating_mul(size as u128));
        all = all.saturating_add(assignments);
    }
    Ok(all)
}

fn digits(mut number: usize, sizes: &[usize]) -> Vec<usize> {
    let digit = |&size: &usize| {
        let digit = number % size;
        number /= size;
        digit
    };
    let mut digits: Vec<usize> = sizes.iter().rev().map(digit).collect();
    digits.reverse();
    digits
}

/// The means of products of random entries and functions, each product once.
struct Means<'a> {
    functions: &'a [&'a Function],
    point: &'a Point,
    random: &'a Tensor,
    /// The form of each function's first name, at each assignment of its legs, as a polynomial in the entries.
    forms: BTreeMap<String, Vec<Entrywise>>,
    known: HashMap<(Powers, Vec<(Tensor, usize)>), Residue>,
}

impl<'a> Means<'a> {
    fn new(
        functions: &'a [&'a Function],
        point: &'a Point,
        random: &'a Tensor,
    ) -> Result<Self, FieldError> {
        let entries: usize = point.sizes().slots(random)?.iter().product();
        if entries > ENTRIES {
            return Err(FieldError::TooLarge {
                shapes: 0,
                terms: entries as u128,
                budget: ENTRIES as u128,
            });
        }
        Ok(Means {
            functions,
            point,
            random,
            forms: BTreeMap::new(),
            known: HashMap::new(),
        })
    }

    /// The mean of a term at an assignment.
    fn product(
        &mut self,
        term: &Term,
        at: &[usize],
        scale: Residue,
    ) -> Result<Residue, FieldError> {
        let field = self.point.field();
        let (mut product, mut powers, mut functions) = (scale, 0, Vec::new());
        for factor in &term.factors {
            let (tensor, slots) = match factor {
                Factor::Delta(indices) => {
                    if indices.windows(2).any(|pair| at[pair[0]] != at[pair[1]]) {
                        return Ok(Residue::default());
                    }
                    continue;
                }
                Factor::Entry(tensor, slots) => (tensor, slots),
            };
            let sizes = self.point.sizes().slots(tensor)?;
            let place = slots
                .iter()
                .zip(&sizes)
                .fold(0, |place, (&v, size)| place * size + at[v]);
            if tensor == self.random {
                powers += 1 << (8 * place);
            } else if self
                .functions
                .iter()
                .any(|f| f.of == *self.random && f.order_of(tensor).is_some())
            {
                functions.push((tensor.clone(), place));
            } else {
                product = field.product(product, self.point.tensor(tensor.name())?.values[place]);
            }
        }
        if field.is_zero(product) {
            return Ok(product);
        }
        functions.sort_unstable();
        Ok(field.product(product, self.mean(powers, functions)?))
    }

    /// `E x^powers Π φ(u)`.
    fn mean(
        &mut self,
        powers: Powers,
        functions: Vec<(Tensor, usize)>,
    ) -> Result<Residue, FieldError> {
        let field = self.point.field();
        if let Some(known) = self.known.get(&(powers, functions.clone())) {
            return Ok(*known);
        }
        let mut product = Entrywise::from([(powers, field.one())]);
        for (name, place) in &functions {
            product = times(field, &product, &self.function(name, *place)?);
        }
        let terms = product
            .iter()
            .map(|(powers, value)| field.product(*value, gaussian(field, *powers)));
        let mean = terms.fold(Residue::default(), |sum, term| field.sum(sum, term));
        self.known.insert((powers, functions), mean);
        Ok(mean)
    }

    /// A function at an entry of its form, as a polynomial in the random entries.
    fn function(&mut self, tensor: &Tensor, place: usize) -> Result<Entrywise, FieldError> {
        let no_value = || FieldError::NoValue {
            name: tensor.name().to_string(),
        };
        let field = self.point.field();
        let found = self
            .functions
            .iter()
            .find_map(|function| Some((*function, function.order_of(tensor)?)));
        let (function, order) = found.ok_or_else(no_value)?;
        let own = function.derivatives[0].name().to_string();
        if !self.forms.contains_key(&own) {
            let form = form(function, self.point, self.random)?;
            self.forms.insert(own.clone(), form);
        }
        let coefficients = self.point.function(&own)?;
        let form = self
            .forms
            .get(&own)
            .and_then(|form| form.get(place))
            .ok_or_else(no_value)?;
        let mut value = Entrywise::new();
        for j in (order..coefficients.len()).rev() {
            let falling = falling(field, coefficients, j, order);
            value = times(field, &value, form);
            let constant = value.entry(0).or_default();
            *constant = field.sum(*constant, falling);
        }
        Ok(value)
    }
}

/// The form at each assignment of its legs: the coefficient of an entry is the value where that entry is 1 and all others 0.
fn form(function: &Function, point: &Point, random: &Tensor) -> Result<Vec<Entrywise>, FieldError> {
    let entries: usize = point.sizes().slots(random)?.iter().product();
    let mut form: Vec<Entrywise> = Vec::new();
    for place in 0..entries {
        let values = evaluate(&function.form, &point.with_unit_entry(random, place), &[])?;
        form.resize(values.len(), Entrywise::new());
        for (linear, value) in form.iter_mut().zip(values) {
            linear.insert(1 << (8 * place), value);
        }
    }
    Ok(form)
}

fn times(field: Field, one: &Entrywise, other: &Entrywise) -> Entrywise {
    let mut product = Entrywise::new();
    for (&m, &a) in one {
        for (&k, &b) in other {
            let sum = product.entry(m + k).or_default();
            *sum = field.sum(*sum, field.product(a, b));
        }
    }
    product
}

/// `Π (k − 1)!!` over the powers `k` of the entries, 0 if one is odd.
fn gaussian(field: Field, mut powers: Powers) -> Residue {
    let mut product = field.one();
    while powers != 0 {
        let power = powers as u8;
        if power % 2 == 1 {
            return Residue::default();
        }
        let odd = (1..u64::from(power)).step_by(2);
        product = odd.fold(product, |product, k| {
            field.product(product, field.number(k))
        });
        powers >>= 8;
    }
    product
}
