//! That the transform satisfies an equation `P(s, z) = 0`, proved in exact arithmetic.
//!
//! The block equation has one solution in power series of `t = 1/z` with the values that it has at `t = 0`, since its
//! derivative has an inverse there
//! ([`super::block_derivative`]). The unknowns are found as rational functions of s and z ([`super::witness`]); what
//! is proved of these is
//!
//! 1. that modulo P they satisfy the block equation: the numerators of its left sides, of bounded degrees and with
//!    bounded coefficients, have the rest 0 for as many z and modulo as many primes;
//! 2. that P has one root `s = −t + …` in power series: `P = t^m (Λ(u) + …)` with `s = −ut`, `Λ(1) = 0` and `Λ′(1) ≠ 0`;
//! 3. that at this root they have the values of the solution at `t = 0`, by the first terms of u.
//!
//! So they are the solution, and s, which is `−W₁₁`, satisfies the equation.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::block_equations::Unknowns;
use super::block_system::System;
use super::residues::{Residues, denominator, enough};
use super::scalar::{Exact, real};
use super::witness::Witness;

mod infinity;
mod majorant;
mod modular;

use majorant::Majorant;
use modular::Modular;

/// Points and primes at most.
const POINTS: usize = 4000;
const PRIMES: usize = 60;

/// By what an equation is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScalarProof {
    /// Unknowns of the block equation that are rational functions of s and z.
    pub unknowns: usize,
    /// Points z at which they satisfy it modulo P: as many as the degrees need.
    pub points: usize,
    /// Primes modulo which they do: as many as the sizes need.
    pub primes: usize,
}

impl System {
    /// A proof that the transform satisfies `Σ c_{jk} sʲ zᵏ = 0`; `None` where there is none, or the unknowns are no
    /// rational functions of small degrees.
    pub(super) fn proof(&self, curve: &[Vec<BigInt>]) -> Option<ScalarProof> {
        let degree = curve.len().checked_sub(1).filter(|degree| *degree > 0)?;
        let witness = self.witness(degree)?.whole(self)?;
        // The first unknown is −s.
        let (first, numerator) = witness.numerators.first()?;
        if *first != 0 || !is_minus_s(numerator, &witness.denominator) {
            return None;
        }
        self.begins_as(curve, &witness)?;
        let (points, primes) = self.holds_on(curve, &witness)?;
        Some(ScalarProof {
            unknowns: witness.numerators.len(),
            points,
            primes,
        })
    }

    /// Points and primes for which the left sides vanish modulo P: as many as prove that they do.
    fn holds_on(&self, curve: &[Vec<BigInt>], witness: &Witness) -> Option<(usize, usize)> {
        let majorant = Majorant::new(&witness.denominator);
        let sides = self.left_sides(&majorant, &witness.unknowns(self, |n| majorant.of(n))?)?;
        let bounds = sides.iter().map(|side| side.of_the_rest(curve));
        let (mut points, mut bound) = (0, BigInt::one());
        for (size, height) in bounds {
            points = points.max(height + 1);
            bound = bound.max(size * 2);
        }
        let fields = enough(&bound);
        if points > POINTS || fields.len() > PRIMES {
            return None;
        }
        let holds = |field: &Residues| self.holds_modulo(curve, witness, points, *field);
        fields.iter().all(holds).then_some((points, fields.len()))
    }

    fn holds_modulo(
        &self,
        curve: &[Vec<BigInt>],
        witness: &Witness,
        points: usize,
        field: Residues,
    ) -> bool {
        let mut left = points;
        // Of more points than degrees the leading coefficients leave as many.
        for z in 0..(2 * points + 64) as u64 {
            if left == 0 {
                break;
            }
            let Some(ring) = Modular::new(curve, &witness.denominator, z, field) else {
                continue;
            };
            let at = witness.unknowns(self, |n| ring.of(n));
            let sides = at.and_then(|at| self.left_sides(&ring, &at));
            if !sides.is_some_and(|sides| sides.iter().flatten().all(|x| *x == 0)) {
                return false;
            }
            left -= 1;
        }
        left == 0
    }
}

fn is_minus_s(numerator: &[Vec<Exact>], denominator: &[Exact]) -> bool {
    numerator.iter().enumerate().all(|(j, row)| match j {
        1 => {
            let pairs = row.iter().zip(denominator);
            row.len() == denominator.len() && pairs.into_iter().all(|(a, b)| *a == -b)
        }
        _ => row.iter().all(Zero::is_zero),
    })
}

impl Witness {
    /// With whole coefficients, and such that D times the numbers of the system are whole.
    fn whole(mut self, system: &System) -> Option<Self> {
        let numbers = system.numbers_in_it();
        let rows = self.numerators.iter().flat_map(|(_, rows)| rows);
        let own = rows.flatten().chain(&self.denominator).chain(&numbers);
        let parts: Vec<&BigRational> = own.flat_map(|x| [&x.re, &x.im]).collect();
        let scale = real(BigRational::from_integer(denominator(parts.into_iter())));
        let rows = self.numerators.iter_mut().flat_map(|(_, rows)| rows);
        for x in rows.flatten().chain(&mut self.denominator) {
            // Once for its own denominators and once for those of numbers.
            *x = &*x * &scale * &scale;
        }
        Some(self)
    }

    fn unknowns<E>(
        &self,
        system: &System,
        of: impl Fn(&[Vec<Exact>]) -> Option<E>,
    ) -> Option<Unknowns<E>> {
        let count = system.size * system.size;
        let mut whole: Vec<Option<E>> = (0..count).map(|_| None).collect();
        let mut rho = Vec::new();
        for (e, numerator) in &self.numerators {
            let value = of(numerator)?;
            match whole.get_mut(*e) {
                Some(entry) => *entry = Some(value),
                None => rho.push(value),
            }
        }
        Some(Unknowns { whole, rho })
    }
}

impl System {
    /// All numbers of the equations.
    fn numbers_in_it(&self) -> Vec<Exact> {
        let n = self.size - 1;
        let inverse = (0..n).flat_map(|i| self.inverse.row(i)).cloned();
        let flows = self.flows.iter().map(|flow| flow.factor.clone());
        let families = self.families.iter().flat_map(|family| {
            let lists = family.acting.iter().chain(&family.reading);
            let factors = lists.map(|(_, _, x)| x.clone());
            let atoms = family.atoms.iter().flat_map(|(x, p)| [x, p]);
            let atoms = atoms.map(|x| real(x.clone()));
            factors.chain(atoms).collect::<Vec<_>>()
        });
        let corner = std::iter::once(self.corner.clone());
        inverse.chain(flows).chain(families).chain(corner).collect()
    }
}

/// `|re| + |im|`, rounded up.
fn modulus(x: &Exact) -> BigInt {
    (x.re.abs() + x.im.abs()).ceil().to_integer()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of `N₀ + N₁ s + …` over D only `−D s` over D is −s.
    #[test]
    fn only_minus_s_is_minus_s() {
        let of = |row: &[i64]| -> Vec<Exact> {
            let exact = |x: &i64| real(BigRational::from_integer(BigInt::from(*x)));
            row.iter().map(exact).collect()
        };
        let denominator = of(&[2, 0, 3]);
        let is = |rows: &[&[i64]]| {
            let rows: Vec<Vec<Exact>> = rows.iter().map(|row| of(row)).collect();
            is_minus_s(&rows, &denominator)
        };
        assert!(is(&[&[], &[-2, 0, -3]]) && is(&[&[0, 0], &[-2, 0, -3], &[0]]));
        let others: [&[&[i64]]; 7] = [
            &[&[], &[2, 0, 3]],
            &[&[], &[-2, 0, -4]],
            &[&[], &[-2, 1, -3]],
            &[&[], &[-2, 0]],
            &[&[], &[-2, 0, -3, 0]],
            &[&[1], &[-2, 0, -3]],
            &[&[], &[-2, 0, -3], &[0, 1]],
        ];
        for other in others {
            assert!(!is(other), "{other:?}");
        }
    }
}
