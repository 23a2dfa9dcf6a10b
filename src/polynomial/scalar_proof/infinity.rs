//! The root of P and the unknowns at `t = 1/z = 0`, exactly.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::super::block_derivative::AtInfinity;
use super::super::block_equations::Exactly;
use super::super::block_system::{Family, System};
use super::super::residues::primes;
use super::super::scalar::{Exact, Matrix, real};
use super::super::witness::Witness;

impl System {
    /// Whether the witness has at the root of P the values of the solution at infinity, which is the only one with these: `None` if not.
    pub(super) fn begins_as(&self, curve: &[Vec<BigInt>], witness: &Witness) -> Option<()> {
        let at = self.at_infinity()?;
        if self.is_simple(&at, primes().next()?) != Some(true) {
            return None;
        }
        let heights = witness.numerators.iter().flat_map(|(_, rows)| rows);
        let top = heights
            .map(Vec::len)
            .chain([witness.denominator.len()])
            .max()?;
        // `t^top D` begins at `t^order`.
        let degree = witness.denominator.iter().rposition(|c| !c.is_zero())?;
        let order = top - degree;
        let root = root(curve, order)?;
        let values: Vec<&Exact> = at.whole.iter().chain(&at.rho).collect();
        let begins = |(e, rows): &(usize, Vec<Vec<Exact>>)| {
            let terms = (0..=order).map(|q| coefficient(rows, &root, top, q));
            let lead = &witness.denominator[degree];
            terms.enumerate().all(|(q, x)| match q == order {
                true => x == values[*e] * lead,
                false => x.is_zero(),
            })
        };
        witness.numerators.iter().all(begins).then_some(())
    }

    /// The unknowns at infinity: the equation put into itself until nothing moves.
    fn at_infinity(&self) -> Option<AtInfinity> {
        let n = self.size;
        let mut whole = vec![Exact::zero(); n * n];
        for _ in 0..2 * n + 4 {
            let rho = self
                .families
                .iter()
                .map(|family| family.at_nilpotent(&whole));
            let rho = rho.collect::<Option<Vec<_>>>()?.concat();
            let mut energy = vec![Exact::zero(); n * n];
            for flow in &self.flows {
                energy[flow.to] += &flow.factor * &whole[flow.from];
            }
            for (family, rho) in self.with_rho(&rho) {
                for (to, from, factor) in &family.acting {
                    energy[*to] += factor * &rho[*from];
                }
            }
            let product = |k: usize, j: usize| {
                let terms = (0..n).map(|l| &energy[k * n + l] * &whole[l * n + j]);
                terms.fold(Exact::zero(), |sum, x| sum + x)
            };
            let entry = |e: usize| {
                let (i, j) = (e / n, e % n);
                if i == 0 || !self.present[e] {
                    return Exact::zero();
                }
                let start = match j {
                    0 => Exact::zero(),
                    _ => self.inverse.at(i - 1, j - 1).clone(),
                };
                let terms = (1..n).map(|k| self.inverse.at(i - 1, k - 1) * product(k, j));
                terms.fold(start, |sum, x| sum + x)
            };
            let next: Vec<Exact> = (0..n * n).map(entry).collect();
            if next == whole {
                return Some(AtInfinity { whole, energy, rho });
            }
            whole = next;
        }
        None
    }
}

impl Family {
    /// ρ where γ is nilpotent; `None` where it is not.
    fn at_nilpotent(&self, whole: &[Exact]) -> Option<Vec<Exact>> {
        let r = self.rank;
        let entries = self.gamma(whole);
        let gamma = Matrix::from_fn(r, r, |i, j| entries[i * r + j].clone());
        let power = (1..r).fold(gamma.clone(), |power, _| power.times(&gamma));
        if !power.is_zero() {
            return None;
        }
        // Each time one more power of γ is right, and then nothing moves.
        let mut rho = vec![Exact::zero(); r * r];
        for _ in 0..r {
            let apart = self.sides(&Exactly, &entries, &rho)?;
            rho = rho.iter().zip(&apart).map(|(x, by)| x - by).collect();
        }
        let settled = self.sides(&Exactly, &entries, &rho)?;
        settled.iter().all(Zero::is_zero).then_some(rho)
    }
}

/// Powers `u⁰, …` of the root `s = −ut` of P with `u = 1 + …`, up to `t^order`; `None` if it is not simple.
fn root(curve: &[Vec<BigInt>], order: usize) -> Option<Vec<Vec<BigRational>>> {
    let terms = || {
        curve.iter().enumerate().flat_map(|(j, row)| {
            let sign = if j % 2 == 0 { 1 } else { -1 };
            let entries = row.iter().enumerate().filter(|(_, c)| !c.is_zero());
            entries.map(move |(k, c)| (j, j as i64 - k as i64, c * sign))
        })
    };
    let least = terms().map(|(_, power, _)| power).min()?;
    let leading = || terms().filter(|(_, power, _)| *power == least);
    let value: BigInt = leading().map(|(_, _, c)| c).sum();
    let slope: BigInt = leading().map(|(j, _, c)| c * j).sum();
    if !value.is_zero() || slope.is_zero() {
        return None;
    }
    let slope = BigRational::from_integer(slope);
    let mut powers = powers(vec![BigRational::one()], curve.len(), order);
    for r in 1..=order {
        // With the terms of u before this one.
        let mut rest = BigRational::zero();
        for (j, power, c) in terms() {
            let shift = (power - least) as usize;
            if let Some(q) = r.checked_sub(shift) {
                rest += &powers[j][q] * c;
            }
        }
        let mut u = powers[1].clone();
        u[r] = -rest / &slope;
        powers = self::powers(u, curve.len(), order);
    }
    Some(powers)
}

fn powers(mut u: Vec<BigRational>, count: usize, order: usize) -> Vec<Vec<BigRational>> {
    u.resize(order + 1, BigRational::zero());
    let mut one = vec![BigRational::zero(); order + 1];
    one[0] = BigRational::one();
    let mut powers = vec![one];
    for _ in 1..count {
        let last = &powers[powers.len() - 1];
        let next = (0..=order).map(|k| {
            let terms = (0..=k).map(|i| &last[i] * &u[k - i]);
            terms.fold(BigRational::zero(), |sum, x| sum + x)
        });
        let next = next.collect();
        powers.push(next);
    }
    powers
}

/// Of `t^top N(−ut, 1/t)`.
fn coefficient(rows: &[Vec<Exact>], powers: &[Vec<BigRational>], top: usize, q: usize) -> Exact {
    let mut sum = Exact::zero();
    for (j, row) in rows.iter().enumerate() {
        for (k, c) in row.iter().enumerate() {
            // `sʲ zᵏ t^top` is `(−u)ʲ t^{top − k + j}`.
            if let Some(at) = (q + k).checked_sub(top + j) {
                let power = real(powers[j][at].clone());
                let term = c * power;
                sum = if j % 2 == 0 { sum + term } else { sum - term };
            }
        }
    }
    sum
}
