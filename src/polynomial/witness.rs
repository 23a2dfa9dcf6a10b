//! The unknowns of the block equation as rational functions on the curve `P(s, z) = 0`: found modulo a prime, from
//! their series.

use num_bigint::BigInt;
use num_complex::Complex;
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::block_system::System;
use super::quotient::{common, divided, times};
use super::residues::{Residues, primes};
use super::scalar::Exact;
use super::scalar_equation::{Modulo, dependence, powers, rational, shifted};

/// Coefficients of a relation at most, and terms of the series that are left to check it.
const MOST: usize = 96;
const SPARE: usize = 16;

/// `N_e/D` of each unknown: the entries of W by their places, then ρ of each family. N by powers of s, then of z.
pub(super) struct Witness {
    pub(super) numerators: Vec<(usize, Vec<Vec<Exact>>)>,
    pub(super) denominator: Vec<Exact>,
}

/// `N − D w = 0`.
struct Relation {
    numerator: Vec<Vec<Exact>>,
    denominator: Vec<Exact>,
}

impl System {
    /// The unknowns, where all are rational in s and z, of small degrees; `degree` is that of P in s.
    pub(super) fn witness(&self, degree: usize) -> Option<Witness> {
        let field = primes().next()?;
        let fields = [field, field.conjugate()];
        let fields = &fields[..if self.symmetric { 1 } else { 2 }];
        // Of each field the series of all unknowns.
        let series = fields.iter().map(|field| self.unknown_series(*field));
        let series = series.collect::<Option<Vec<_>>>()?;
        let places = (0..series[0].len()).filter(|e| self.present.get(*e) != Some(&false));
        let mut relations = Vec::new();
        for e in places {
            let of = series.iter().map(|all| &all[e]).collect::<Vec<_>>();
            relations.push((e, relation(&series, &of, fields, degree)?));
        }
        let mut denominator = vec![Exact::one()];
        for (_, relation) in &relations {
            let factor = common(&denominator, &relation.denominator);
            let rest = divided(&relation.denominator, &factor).0;
            denominator = times(&denominator, &rest);
        }
        let numerators = relations.into_iter().map(|(e, relation)| {
            let factor = divided(&denominator, &relation.denominator).0;
            let rows = relation.numerator.iter();
            (e, rows.map(|row| times(row, &factor)).collect())
        });
        Some(Witness {
            numerators: numerators.collect(),
            denominator,
        })
    }

    fn unknown_series(&self, field: Residues) -> Option<Vec<Vec<Modulo>>> {
        let solved = self.solved(MOST + SPARE, field)?;
        let all = solved.whole.into_iter().chain(solved.rho);
        Some(
            all.map(|x| x.into_iter().map(Modulo::new).collect())
                .collect(),
        )
    }
}

/// A relation of smallest degrees in z.
fn relation(
    all: &[Vec<Vec<Modulo>>],
    of: &[&Vec<Modulo>],
    fields: &[Residues],
    degree: usize,
) -> Option<Relation> {
    (0..MOST / (degree + 1)).find_map(|height| {
        let found: Option<Vec<Vec<Modulo>>> = all
            .iter()
            .zip(of)
            .map(|(all, w)| {
                let s: Vec<Modulo> = all[0].iter().map(|x| Modulo::zero() - *x).collect();
                let powers = powers(&s, degree - 1);
                let series = powers.iter().chain([*w]);
                let columns = series.flat_map(|x| (0..=height).map(|k| shifted(x, height - k)));
                dependence(columns.collect())
            })
            .collect();
        let numbers = joined(&found?, fields)?;
        let mut rows: Vec<Vec<Exact>> = numbers.chunks(height + 1).map(<[Exact]>::to_vec).collect();
        let denominator = rows.pop()?;
        let denominator: Vec<Exact> = denominator.into_iter().map(|x| -x).collect();
        let last = denominator.iter().rposition(|x| !x.is_zero())?;
        Some(Relation {
            numerator: rows,
            denominator: denominator[..=last].to_vec(),
        })
    })
}

/// The numbers of which these are the residues, for both roots of −1.
fn joined(found: &[Vec<Modulo>], fields: &[Residues]) -> Option<Vec<Exact>> {
    let number = |k: usize| {
        let zero = BigRational::from_integer(BigInt::zero());
        let (Some(first), Some(field)) = (found.first(), fields.first()) else {
            return None;
        };
        let Some(second) = found.get(1) else {
            return Some(Complex::new(rational(first[k])?, zero));
        };
        let half = Modulo::new(2).inverse()?;
        let [a, b] = [first[k], second[k]];
        let i = Modulo::new(field.root());
        // `(a − b)/2i`, and 1/i is −i.
        let imaginary = (b - a) * i * half;
        Some(Complex::new(
            rational((a + b) * half)?,
            rational(imaginary)?,
        ))
    };
    (0..found.first()?.len()).map(number).collect()
}
