//! The derivative of the block equation at infinity, modulo a prime.

use num_traits::Zero;

use super::block_equations::Ring;
use super::block_system::{Family, System};
use super::residues::Residues;
use super::scalar::Exact;

/// The unknowns at `1/z = 0`, exactly.
pub(super) struct AtInfinity {
    /// W.
    pub(super) whole: Vec<Exact>,
    /// R.
    pub(super) energy: Vec<Exact>,
    /// The entries of ρ of each family.
    pub(super) rho: Vec<Exact>,
}

impl System {
    /// Whether the derivative of the system at `1/z = 0` has an inverse there, so that near it the solutions are one curve.
    pub(super) fn is_simple(&self, at: &AtInfinity, field: Residues) -> Option<bool> {
        let n = self.size;
        let unknown: Vec<usize> = (0..n * n)
            .filter(|&e| self.present[e] && (!self.symmetric || e / n <= e % n))
            .collect();
        let (count, entries) = (unknown.len() + at.rho.len(), unknown.len());
        // The unknown that an entry of W is.
        let place = |e: usize| {
            let kept = if self.symmetric && e / n > e % n {
                (e % n) * n + e / n
            } else {
                e
            };
            unknown.iter().position(|&other| other == kept)
        };
        let columns: Vec<usize> = (entries..count).collect();
        let mut rows = Vec::with_capacity(count);
        for &e in unknown.iter().filter(|&&e| e / n == 0) {
            let mut row = vec![0; count];
            row[place(e)?] = 1;
            rows.push(row);
        }
        for &e in unknown.iter().filter(|&&e| e / n > 0) {
            let mut row = vec![0; count];
            row[place(e)?] = 1;
            for k in 1..n {
                let factor = field.exact(self.inverse.at(e / n - 1, k - 1))?;
                if factor != 0 {
                    self.subtract(&mut row, [k, e % n], factor, (at, &place, &columns), field)?;
                }
            }
            rows.push(row);
        }
        let families = self.with_rho(&at.rho).zip(self.with_rho(&columns));
        for ((family, rho), (_, columns)) in families {
            let of_gamma = family.reading.iter();
            let mut gamma = Vec::new();
            for (to, from, x) in of_gamma.filter(|(_, from, _)| self.present[*from]) {
                gamma.push((*to, place(*from)?, field.exact(x)?));
            }
            for row in family.derivatives(&at.whole, rho, field)? {
                let mut whole = vec![0; count];
                for (column, x) in columns.iter().zip(&row.of_rho) {
                    whole[*column] = *x;
                }
                for (to, place, x) in &gamma {
                    let part = field.times(row.of_gamma[*to], *x);
                    whole[*place] = field.plus(whole[*place], part);
                }
                rows.push(whole);
            }
        }
        Some(is_regular(rows, field))
    }

    /// Takes `factor · d(R W)_{ij}` from a row.
    fn subtract(
        &self,
        row: &mut [u64],
        [i, j]: [usize; 2],
        factor: u64,
        (at, place, columns): (&AtInfinity, &dyn Fn(usize) -> Option<usize>, &[usize]),
        field: Residues,
    ) -> Option<()> {
        let n = self.size;
        let mut take = |to: usize, x: u64| row[to] = field.minus(row[to], field.times(factor, x));
        for l in 0..n {
            let (beside, here) = (i * n + l, l * n + j);
            if !self.present[here] {
                continue;
            }
            take(place(here)?, field.exact(&at.energy[beside])?);
            let value = field.exact(&at.whole[here])?;
            let flows = self.flows.iter().filter(|flow| flow.to == beside);
            for flow in flows.filter(|flow| self.present[flow.from]) {
                take(
                    place(flow.from)?,
                    field.times(field.exact(&flow.factor)?, value),
                );
            }
            for (family, columns) in self.with_rho(columns) {
                for (_, from, x) in family.acting.iter().filter(|(to, ..)| *to == beside) {
                    take(columns[*from], field.times(field.exact(x)?, value));
                }
            }
        }
        Some(())
    }
}

/// The derivative of one of a family's equations, by the entries of ρ and of γ.
struct Derivative {
    of_rho: Vec<u64>,
    of_gamma: Vec<u64>,
}

/// `a + bε` modulo a prime, `ε² = 0`.
struct Dual(Residues);

impl Ring for Dual {
    type Element = [u64; 2];

    fn number(&self, x: &Exact) -> Option<[u64; 2]> {
        Some([self.0.exact(x)?, 0])
    }

    fn sum(&self, a: &[u64; 2], b: &[u64; 2]) -> [u64; 2] {
        [self.0.plus(a[0], b[0]), self.0.plus(a[1], b[1])]
    }

    fn product(&self, a: &[u64; 2], b: &[u64; 2]) -> [u64; 2] {
        let Self(field) = self;
        let (left, right) = (field.times(a[1], b[0]), field.times(a[0], b[1]));
        [field.times(a[0], b[0]), field.plus(left, right)]
    }
}

impl Family {
    /// `γ = V W L` of exact numbers.
    pub(super) fn gamma(&self, whole: &[Exact]) -> Vec<Exact> {
        let mut gamma = vec![Exact::zero(); self.rank * self.rank];
        for (to, from, factor) in &self.reading {
            gamma[*to] += factor * &whole[*from];
        }
        gamma
    }

    /// Of all equations, one entry after the other moved by ε.
    fn derivatives(
        &self,
        whole: &[Exact],
        rho: &[Exact],
        field: Residues,
    ) -> Option<Vec<Derivative>> {
        let constant = |all: &[Exact]| {
            let entries = all.iter().map(|x| Some([field.exact(x)?, 0]));
            entries.collect::<Option<Vec<_>>>()
        };
        let (gamma, rho) = (constant(&self.gamma(whole))?, constant(rho)?);
        let along = |moved: &dyn Fn(usize) -> [Vec<[u64; 2]>; 2]| {
            let columns = (0..rho.len()).map(|k| {
                let [gamma, rho] = moved(k);
                self.sides(&Dual(field), &gamma, &rho)
            });
            columns.collect::<Option<Vec<_>>>()
        };
        let raised = |all: &[[u64; 2]], k: usize| {
            let mut all = all.to_vec();
            all[k][1] = 1;
            all
        };
        let of_rho = along(&|k| [gamma.clone(), raised(&rho, k)])?;
        let of_gamma = along(&|k| [raised(&gamma, k), rho.clone()])?;
        let row = |columns: &[Vec<[u64; 2]>], e: usize| columns.iter().map(|x| x[e][1]).collect();
        let rows = (0..rho.len()).map(|e| Derivative {
            of_rho: row(&of_rho, e),
            of_gamma: row(&of_gamma, e),
        });
        Some(rows.collect())
    }
}

/// Whether a square matrix has an inverse.
fn is_regular(mut rows: Vec<Vec<u64>>, field: Residues) -> bool {
    let n = rows.len();
    for col in 0..n {
        let Some(pivot) = (col..n).find(|&row| rows[row][col] != 0) else {
            return false;
        };
        rows.swap(col, pivot);
        let Some(scale) = field.inverse(rows[col][col]) else {
            return false;
        };
        let taken = rows[col].clone();
        for row in &mut rows[col + 1..] {
            let factor = field.times(row[col], scale);
            for (x, y) in row.iter_mut().zip(&taken) {
                *x = field.minus(*x, field.times(factor, *y));
            }
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::residues::primes;
    use super::super::scalar::real;
    use super::*;
    use num_rational::BigRational;

    fn integer(x: i64) -> Exact {
        real(BigRational::from_integer(x.into()))
    }

    /// The equations of three atoms are of third degree in ρ, of which differences over one and two steps tell the derivative.
    #[test]
    fn derivatives_are_differences_of_the_left_sides() {
        let rank = 2;
        let third = BigRational::new(1.into(), 3.into());
        let at = |x: i64| (BigRational::from_integer(x.into()), third.clone());
        let reading = (0..rank * rank).map(|e| (e, e, integer(1))).collect();
        let family = Family {
            rank,
            acting: vec![],
            reading,
            atoms: vec![at(1), at(4), at(-2)],
        };
        let field = primes().next().unwrap();
        let numbers = |all: [i64; 4]| all.map(integer).to_vec();
        let (gamma, rho) = (numbers([2, 3, 5, 7]), numbers([11, -13, 17, 19]));
        let moved = |all: &[Exact], k: usize, by: i64| {
            let mut all = all.to_vec();
            all[k] += integer(by);
            all
        };
        let sides = |gamma: &[Exact], rho: &[Exact]| {
            let residues = |all: &[Exact]| -> Vec<[u64; 2]> {
                all.iter().map(|x| [field.exact(x).unwrap(), 0]).collect()
            };
            let found = family.sides(&Dual(field), &residues(gamma), &residues(rho));
            found.unwrap()
        };
        let twelfth = field.inverse(12).unwrap();
        // Of values at −2, −1, 1 and 2.
        let slope = |at: [Vec<[u64; 2]>; 4], e: usize| {
            let near = field.times(8, field.minus(at[2][e][0], at[1][e][0]));
            let far = field.minus(at[3][e][0], at[0][e][0]);
            field.times(twelfth, field.minus(near, far))
        };
        let derivatives = family.derivatives(&gamma, &rho, field).unwrap();
        for k in 0..rank * rank {
            for (e, row) in derivatives.iter().enumerate() {
                let by_rho = [-2, -1, 1, 2].map(|by| sides(&gamma, &moved(&rho, k, by)));
                let by_gamma = [-2, -1, 1, 2].map(|by| sides(&moved(&gamma, k, by), &rho));
                assert_eq!(row.of_rho[k], slope(by_rho, e), "{e} {k}");
                assert_eq!(row.of_gamma[k], slope(by_gamma, e), "{e} {k}");
            }
        }
    }

    /// Whether rows are independent, with zeros where a pivot is looked for.
    #[test]
    fn regular_matrices_are_those_with_independent_rows() {
        let field = primes().next().unwrap();
        let rows = |rows: &[&[u64]]| rows.iter().map(|row| row.to_vec()).collect();
        for regular in [
            &[&[0, 1][..], &[1, 0]][..],
            &[&[1, 2], &[3, 4]],
            &[&[1, 2, 3], &[4, 5, 6], &[7, 8, 10]],
        ] {
            assert!(is_regular(rows(regular), field), "{regular:?}");
        }
        for singular in [
            &[&[0, 0][..], &[1, 0]][..],
            &[&[2, 1], &[4, 2]],
            &[&[1, 2, 3], &[4, 5, 6], &[7, 8, 9]],
        ] {
            assert!(!is_regular(rows(singular), field), "{singular:?}");
        }
    }
}
