//! A law at a point of the field.

use crate::symbolic::condition::Condition;
use crate::symbolic::degree::{Degree, degree_of_moments};
use crate::symbolic::expression::Expression;
use crate::symbolic::fault::FieldError;
use crate::symbolic::haar::Haar;
use crate::symbolic::law::TensorLaw;
use crate::symbolic::modulus::Residue;
use crate::symbolic::point::Point;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::random::{Entrywise, Random};
use crate::symbolic::tensor::Tensor;
use crate::symbolic::theory::Theory;

/// How the mean of an expression is taken.
pub(super) enum Way<'a> {
    /// From the moments of entries.
    Entries,
    /// As that of polynomials in the entries of a tensor.
    Functions(&'a Tensor),
    /// By projection onto what a group fixes.
    Uniform(&'a Tensor, &'a Haar),
}

/// A law, with the moments of independent entries up to the order that an expression can meet.
pub(super) struct Average<'a> {
    name: &'a str,
    law: &'a TensorLaw,
    /// None where the entries are not independent: their moments are numbers.
    pub(super) moments: Vec<Polynomial>,
    /// The most random factors of a term.
    factors: usize,
}

impl<'a> Average<'a> {
    pub(super) fn new(
        name: &'a str,
        law: &'a TensorLaw,
        expression: &Expression,
    ) -> Result<Self, FieldError> {
        let factors = expression.factors_of(name, law);
        let moments = match law.is_of_independent_entries() {
            true => law.moments(factors)?,
            false => Vec::new(),
        };
        Ok(Average {
            name,
            law,
            moments,
            factors,
        })
    }

    /// The law in words that agree exactly if what is checked does.
    pub(super) fn text(&self) -> String {
        format!("{} {} {:?}", self.name, self.law, self.moments)
    }

    /// The names that are random.
    pub(super) fn random(&self) -> Vec<&str> {
        let conjugate = self.law.conjugate().map(|name| &**name);
        [Some(self.name), conjugate].into_iter().flatten().collect()
    }

    /// A bound on the degree of a mean: at most one moment for each random factor.
    pub(super) fn degree(&self, of: Degree, point: &Point) -> Degree {
        let one = degree_of_moments(&self.moments, point);
        let factors = self.factors as u64;
        let more = |own: u64, each: u64| own.saturating_add(factors.saturating_mul(each));
        Degree {
            numerator: more(of.numerator, one.numerator),
            denominator: more(of.denominator, one.denominator),
        }
    }

    /// How its mean of an expression is taken.
    pub(super) fn way<'t>(&'t self, theory: &'t Theory, before: &Expression) -> Way<'t> {
        let Some(random) = theory.signature.tensor(self.name) else {
            return Way::Entries;
        };
        if let TensorLaw::Haar(haar) = self.law {
            return Way::Uniform(random, haar);
        }
        let mut tensors = before.tensors();
        match tensors.any(|tensor| theory.is_function_of(tensor, self.name)) {
            true => Way::Functions(random),
            false => Way::Entries,
        }
    }

    /// What the law asks of the sizes.
    pub(super) fn condition(&self, theory: &Theory) -> Option<Condition> {
        let tensor = theory.signature.tensor(self.name)?;
        self.law.condition(tensor, self.factors)
    }

    /// The law of the entries; none where they are tied all at once.
    pub(super) fn at(&self, point: &Point) -> Result<Option<Random>, FieldError> {
        let moment = |moment: &Polynomial| match moment.is_zero() {
            true => Ok(Residue::default()),
            false => point.coefficient(moment),
        };
        let law = match self.law {
            TensorLaw::Ensemble(ensemble) => Entrywise::Tied(ensemble.clone()),
            TensorLaw::Haar(_) => return Ok(None),
            TensorLaw::Gaussian | TensorLaw::Cumulants(_) => {
                let moments = self.moments.iter().map(moment);
                Entrywise::Independent(moments.collect::<Result<_, _>>()?)
            }
        };
        let name = self.name.to_string();
        Ok(Some(Random { name, law }))
    }
}
