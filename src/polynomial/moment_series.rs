//! Moments modulo a prime, as many as an equation for scalars needs, from the linearisation.
//!
//! With `W₀ = (z e₁₁ − K)⁻¹` the equation is `W = W₀ + W₀ R(W) W`, where `R(W) = η(W) + Σ_x Σ_k κ_k(x) L_x (W L_x)^{k−1}`, κ the free cumulants of
//! the variables with atoms. As series in 1/z both sides agree in as many letters of words as the equation was put into itself.

use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::letter::{Letter, SymbolKind};
use super::moments::free_cumulants;
use super::scalar::{Exact, Matrix, simplest};
use super::sizes::Sizes;
use super::{MatrixExpression, PolynomialError};
use crate::tensor::Fp;

/// Times that the equation is put into itself, at most.
const ROUNDS: usize = 1500;

/// Words of the expression at most.
const WORDS: usize = 4000;

/// A prime field with a square root of −1.
pub(super) struct Field<const P: u64> {
    pub(super) i: Fp<P>,
}

/// A matrix of series in 1/z; no entry is an empty one but 0.
type Series<const P: u64> = Vec<Vec<Fp<P>>>;

/// A part of R.
enum Term<const P: u64> {
    /// It adds `factor · W_{from}` to `R_{to}`.
    Flow {
        to: usize,
        from: usize,
        factor: Fp<P>,
    },
    /// A variable of these cumulants, with its coefficient.
    Family {
        coefficient: Vec<Fp<P>>,
        cumulants: Vec<Fp<P>>,
    },
}

impl<const P: u64> Field<P> {
    /// A rational number; `None` where P divides its denominator.
    pub(super) fn rational(x: &BigRational) -> Option<Fp<P>> {
        let prime = num_bigint::BigInt::from(P);
        let residue = |x: &num_bigint::BigInt| -> Option<Fp<P>> {
            let least = ((x % &prime) + &prime) % &prime;
            Some(Fp::new(least.to_u64()?))
        };
        Some(residue(x.numer())? * residue(x.denom())?.inverse()?)
    }

    fn exact(&self, x: &Exact) -> Option<Fp<P>> {
        Some(Self::rational(&x.re)? + Self::rational(&x.im)? * self.i)
    }

    fn matrix(&self, matrix: &Matrix) -> Option<Vec<Fp<P>>> {
        let entries = (0..matrix.rows).flat_map(|i| matrix.row(i));
        entries.map(|x| self.exact(x)).collect()
    }
}

fn add<const P: u64>(into: &mut Vec<Fp<P>>, from: &[Fp<P>], factor: Fp<P>) {
    if into.len() < from.len() {
        into.resize(from.len(), Fp::zero());
    }
    for (sum, &x) in into.iter_mut().zip(from) {
        *sum = *sum + factor * x;
    }
}

/// Adds the product of two series, cut off.
fn add_product<const P: u64>(into: &mut Vec<Fp<P>>, a: &[Fp<P>], b: &[Fp<P>], terms: usize) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    into.resize(terms, Fp::zero());
    for (k, &x) in a.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
        for (sum, &y) in into[k..].iter_mut().zip(b) {
            *sum = *sum + x * y;
        }
    }
}

fn product<const P: u64>(a: &Series<P>, b: &Series<P>, n: usize, terms: usize) -> Series<P> {
    let mut out = vec![vec![]; n * n];
    for i in 0..n {
        for l in (0..n).filter(|&l| !a[i * n + l].is_empty()) {
            for j in 0..n {
                add_product(&mut out[i * n + j], &a[i * n + l], &b[l * n + j], terms);
            }
        }
    }
    out
}

impl MatrixExpression {
    /// `s = −Σ m_k z^{−k−1}` as a series in 1/z, modulo a prime; `None` where a law or a ratio is no simple rational number,
    /// or where the series does not end.
    pub(super) fn transform_series<const P: u64>(
        &self,
        field: &Field<P>,
        terms: usize,
    ) -> Result<Option<Vec<Fp<P>>>, PolynomialError> {
        // Of an inverse every moment is the sum of infinitely many words.
        if self.series.words(WORDS).is_none() {
            return Ok(None);
        }
        let Some(parts) = self.parts(field, &self.sizes()?, terms)? else {
            return Ok(None);
        };
        let Some(start) = self.start(field, terms) else {
            return Ok(None);
        };
        let n = self.pencil.constant.rows;
        let mut whole = start.clone();
        for _ in 0..ROUNDS {
            let mut energy = vec![vec![]; n * n];
            for part in &parts {
                part.add_to(&mut energy, &whole, n, terms);
            }
            let mut next = product(&start, &product(&energy, &whole, n, terms), n, terms);
            for (into, from) in next.iter_mut().zip(&start) {
                add(into, from, Fp::one());
            }
            let zero = |x: &Vec<Fp<P>>| x.iter().all(Zero::is_zero);
            let same = next
                .iter()
                .zip(&whole)
                .all(|(a, b)| a == b || (zero(a) && zero(b)));
            if same {
                return Ok(whole.first().map(|s| s.iter().map(|&x| -x).collect()));
            }
            whole = next;
        }
        Ok(None)
    }

    /// `(z e₁₁ − K)⁻¹`.
    fn start<const P: u64>(&self, field: &Field<P>, terms: usize) -> Option<Series<P>> {
        let n = self.pencil.constant.rows;
        let inner = Matrix::from_fn(n - 1, n - 1, |i, j| {
            -self.pencil.constant.at(i + 1, j + 1).clone()
        });
        let inner = field.matrix(&inner.inverse()?)?;
        let at = field.exact(self.pencil.constant.at(0, 0))?;
        let mut start = vec![vec![]; n * n];
        let mut power = Fp::one();
        start[0].push(Fp::zero());
        for _ in 1..terms {
            start[0].push(power);
            power = power * at;
        }
        for i in 1..n {
            for j in 1..n {
                let x = inner[(i - 1) * (n - 1) + j - 1];
                if !x.is_zero() {
                    start[i * n + j].push(x);
                }
            }
        }
        Some(start)
    }

    fn parts<const P: u64>(
        &self,
        field: &Field<P>,
        sizes: &Sizes,
        terms: usize,
    ) -> Result<Option<Vec<Term<P>>>, PolynomialError> {
        let mut parts = Vec::new();
        let simple = |x: f64| simplest(x).and_then(|x| Field::<P>::rational(&x));
        for (&letter, matrix) in &self.pencil.terms {
            let Some(coefficient) = field.matrix(matrix) else {
                return Ok(None);
            };
            let symbol = &self.symbols[letter.symbol];
            let variance = match &symbol.kind {
                SymbolKind::Discrete { atoms } => {
                    let pairs = atoms
                        .iter()
                        .map(|&(at, mass)| Some((simple(at)?, simple(mass)?)));
                    let Some(pairs) = pairs.collect::<Option<Vec<_>>>() else {
                        return Ok(None);
                    };
                    // A word has as many letters as the longest of the linearisation for each power of the expression.
                    let longest = self.pencil.words.iter().map(Vec::len).max().unwrap_or(0) * 2 + 1;
                    let moments = power_sums(&pairs, terms * longest);
                    parts.push(Term::Family {
                        coefficient,
                        cumulants: free_cumulants(&moments),
                    });
                    continue;
                }
                SymbolKind::Law { .. } => return Ok(None),
                SymbolKind::Semicircle { variance } => *variance,
                SymbolKind::Gaussian => self.variance(sizes, letter)?,
            };
            let Some(variance) = simple(variance) else {
                return Ok(None);
            };
            self.add_flows_of(&mut parts, letter, &coefficient, variance, field);
        }
        Ok(Some(parts))
    }

    /// `E |x_ab|²` times the number of columns, of a Gaussian matrix or its adjoint.
    pub(super) fn variance(&self, sizes: &Sizes, letter: Letter) -> Result<f64, PolynomialError> {
        let symbol = &self.symbols[letter.symbol];
        if !letter.adjoint {
            return Ok(1.0);
        }
        Ok(self.size(sizes, symbol.rows)? / self.size(sizes, symbol.cols)?)
    }

    /// `L x W x* L*`: `L_ik (L_jl)* W_kl` for k and l of the dimension of the letter's columns.
    fn add_flows_of<const P: u64>(
        &self,
        parts: &mut Vec<Term<P>>,
        letter: Letter,
        coefficient: &[Fp<P>],
        variance: Fp<P>,
        field: &Field<P>,
    ) {
        let n = self.pencil.constant.rows;
        let matrix = &self.pencil.terms[&letter];
        for i in 0..n {
            for k in (0..n).filter(|&k| !coefficient[i * n + k].is_zero()) {
                for j in 0..n {
                    for l in 0..n {
                        let right = field.exact(&matrix.at(j, l).conj());
                        let right = right.unwrap_or_else(Fp::zero);
                        let factor = coefficient[i * n + k] * right * variance;
                        if !factor.is_zero() {
                            let (to, from) = (i * n + j, k * n + l);
                            parts.push(Term::Flow { to, from, factor });
                        }
                    }
                }
            }
        }
    }
}

/// `Σ p_i x_iᵏ`, `k = 0, …, count`, the masses divided by their sum.
fn power_sums<const P: u64>(atoms: &[(Fp<P>, Fp<P>)], count: usize) -> Vec<Fp<P>> {
    let sum = |terms: &[Fp<P>]| terms.iter().fold(Fp::zero(), |sum, &x| sum + x);
    let mut powers: Vec<Fp<P>> = atoms.iter().map(|&(_, mass)| mass).collect();
    let scale = sum(&powers).inverse().unwrap_or_else(Fp::one);
    let mut out = Vec::with_capacity(count + 1);
    for _ in 0..=count {
        out.push(sum(&powers) * scale);
        for (power, &(at, _)) in powers.iter_mut().zip(atoms) {
            *power = *power * at;
        }
    }
    out
}

impl<const P: u64> Term<P> {
    fn add_to(&self, energy: &mut Series<P>, whole: &Series<P>, n: usize, terms: usize) {
        match self {
            Term::Flow { to, from, factor } => add(&mut energy[*to], &whole[*from], *factor),
            Term::Family {
                coefficient,
                cumulants,
            } => {
                // Horner's scheme: κ_k L + L W (…).
                let constant = |x: &Fp<P>| if x.is_zero() { vec![] } else { vec![*x] };
                let coefficient: Series<P> = coefficient.iter().map(constant).collect();
                let through = product(&coefficient, whole, n, terms);
                let mut sum: Series<P> = vec![vec![]; n * n];
                for &cumulant in cumulants.iter().rev() {
                    sum = product(&through, &sum, n, terms);
                    for (sum, x) in sum.iter_mut().zip(&coefficient) {
                        add(sum, x, cumulant);
                    }
                }
                for (into, from) in energy.iter_mut().zip(&sum) {
                    add(into, from, Fp::one());
                }
            }
        }
    }
}
