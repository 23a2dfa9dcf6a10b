//! That the transform satisfies an equation, proved in exact arithmetic.
//!
//! The solution of the block equation is a point of a curve of degree δ at most (see [`super::block_system`]), which at `1/z = 0` is simple, and there has
//! the parameter `t = 1/z`. A polynomial in s and z of degree d that does not vanish on the curve has at most `d δ` zeros on its projective closure (Bézout). At
//! `t = 0`, where z is infinite, it is counted as a zero of order `d + ord_t`: so if its series in t has no term up to `t^{d(δ−1)}`, it vanishes.
//!
//! The coefficients of that series are rational numbers whose denominators and sizes are bounded. They vanish if they vanish modulo primes whose product
//! is larger: the moments of the expression are sums over words of products of its coefficients, of variances and of free cumulants.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

use super::block_series::convolved;
use super::block_system::System;
use super::letter::SymbolKind;
use super::residues::{Residues, denominator, enough};
use super::scalar::simplest;
use super::sizes::Sizes;
use super::{MatrixExpression, PolynomialError};

/// Terms of the series at most.
const TERMS: usize = 240;
/// Primes at most.
const PRIMES: usize = 40;
/// Words of the expression at most.
const WORDS: usize = 4000;

/// By what an equation is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScalarProof {
    /// A bound of the degree of the curve of the block equation.
    pub degree: usize,
    /// Terms of the series that vanish: as many as the degrees need.
    pub terms: usize,
    /// Primes modulo which they do: as many as their sizes need.
    pub primes: usize,
}

impl MatrixExpression {
    /// A proof that the transform satisfies `Σ c_{jk} sʲ zᵏ = 0`; `None` where there is none, or too many terms would be needed.
    pub(super) fn scalar_proof(
        &self,
        coefficients: &[Vec<BigInt>],
    ) -> Result<Option<ScalarProof>, PolynomialError> {
        let sizes = self.sizes()?;
        let Some(system) = self.system(&sizes)? else {
            return Ok(None);
        };
        let Some(degree) = system.degree() else {
            return Ok(None);
        };
        let in_z = coefficients.iter().map(Vec::len).max().unwrap_or(1) - 1;
        let of_row = |(j, row): (usize, &Vec<BigInt>)| {
            let last = row.iter().rposition(|c| !c.is_zero());
            last.map(|k| j + k)
        };
        let whole = coefficients.iter().enumerate().filter_map(of_row).max();
        let last = whole.unwrap_or(0).saturating_mul(degree - 1);
        if last > TERMS {
            return Ok(None);
        }
        let Some(bound) = self.largest(&system, coefficients, last + in_z, &sizes)? else {
            return Ok(None);
        };
        let fields = enough(&bound);
        if fields.len() > PRIMES {
            return Ok(None);
        }
        let holds = |field: &Residues| vanishes(&system, coefficients, [last, in_z], *field);
        let proof = ScalarProof {
            degree,
            terms: last + in_z + 1,
            primes: fields.len(),
        };
        Ok(fields.iter().all(holds).then_some(proof))
    }

    /// A number above twice the numerators of the terms over their common denominator: with `D mᵢ Dⁱ⁻¹` whole and `|mᵢ| ≤ rⁱ` it is
    /// `2 Σ |c| (2 r D)^count`, as the coefficient of `t^q` of sʲ is a sum of less than 2^q products.
    fn largest(
        &self,
        system: &System,
        coefficients: &[Vec<BigInt>],
        count: usize,
        sizes: &Sizes,
    ) -> Result<Option<BigInt>, PolynomialError> {
        let Some(words) = self.series.words(WORDS) else {
            return Ok(None);
        };
        let longest = words.keys().map(Vec::len).max().unwrap_or(0);
        let parts = words.values().flat_map(|x| [&x.re, &x.im]);
        let of_words = denominator(parts);
        let Some(variances) = self.variances(sizes)? else {
            return Ok(None);
        };
        let of_pairs = denominator(variances.iter()).pow(longest.div_ceil(2) as u32);
        let places = denominator(system.atoms().map(|(at, _)| at));
        let masses = denominator(system.atoms().map(|(_, mass)| mass));
        let of_atoms = (places * masses).pow(longest as u32);
        let (low, high) = self.hull(sizes)?;
        let reach = BigInt::from_f64(low.abs().max(high.abs()).ceil() + 1.0);
        let Some(reach) = reach else { return Ok(None) };
        let base = BigInt::from(2) * reach * of_words * of_pairs * of_atoms;
        let sum = coefficients
            .iter()
            .flatten()
            .fold(BigInt::one(), |sum, c| sum + c.abs());
        let Some(count) = count.to_u32() else {
            return Ok(None);
        };
        Ok(Some(BigInt::from(2) * sum * base.pow(count)))
    }

    /// The variances and ratios of dimensions that moments are polynomials in.
    fn variances(&self, sizes: &Sizes) -> Result<Option<Vec<BigRational>>, PolynomialError> {
        let mut found = Vec::new();
        for letter in self.pencil.terms.keys() {
            let symbol = &self.symbols[letter.symbol];
            let variance = match symbol.kind {
                SymbolKind::Semicircle { variance } => variance,
                SymbolKind::Gaussian => {
                    self.size(sizes, symbol.rows)? / self.size(sizes, symbol.cols)?
                }
                SymbolKind::Discrete { .. } | SymbolKind::Law { .. } => continue,
            };
            let Some(variance) = simplest(variance) else {
                return Ok(None);
            };
            found.push(variance);
        }
        Ok(Some(found))
    }
}

/// Whether the terms up to `t^last` vanish modulo a prime, and the curve is simple there.
fn vanishes(
    system: &System,
    coefficients: &[Vec<BigInt>],
    [last, in_z]: [usize; 2],
    field: Residues,
) -> bool {
    let count = last + in_z;
    let Some(solved) = system.solved(count, field) else {
        return false;
    };
    if system.is_simple(&solved, field) != Some(true) {
        return false;
    }
    let s: Vec<u64> = solved.whole[0].iter().map(|&x| field.minus(0, x)).collect();
    let mut power = vec![0; count + 1];
    power[0] = 1;
    let mut sum = vec![0; count + 1];
    for row in coefficients {
        for (k, c) in row.iter().enumerate() {
            let c = field.integer(c);
            // `sʲ zᵏ t^{in_z}`: its terms begin with `t^{in_z − k}`.
            for (q, &x) in power.iter().enumerate() {
                if let Some(sum) = sum.get_mut(q + in_z - k) {
                    *sum = field.plus(*sum, field.times(c, x));
                }
            }
        }
        power = (0..=count)
            .map(|k| convolved(&power, &s, k, field))
            .collect();
    }
    sum.iter().all(|&x| x == 0)
}
