//! The derivative of the block equation at infinity, modulo a prime.

use num_rational::BigRational;
use num_traits::Zero;

use super::block_system::{Family, System};
use super::residues::Residues;
use super::scalar::{Exact, real};

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

impl Family {
    /// `γ = V W L` of exact numbers.
    pub(super) fn gamma(&self, whole: &[Exact]) -> Vec<Exact> {
        let mut gamma = vec![Exact::zero(); self.rank * self.rank];
        for (to, from, factor) in &self.reading {
            gamma[*to] += factor * &whole[*from];
        }
        gamma
    }

    /// Of rank 1, where γ vanishes, `ρ = κ_1 + κ_2 γ + …`; of two atoms `ρ − m + (ρ − x₁) γ (ρ − x₂)`.
    fn derivatives(
        &self,
        whole: &[Exact],
        rho: &[Exact],
        field: Residues,
    ) -> Option<Vec<Derivative>> {
        let Some([first, second]) = self.places() else {
            let spread = *self.cumulants(2, field)?.get(1)?;
            return Some(vec![Derivative {
                of_rho: vec![1],
                of_gamma: vec![field.minus(0, spread)],
            }]);
        };
        let r = self.rank;
        let modulo = |all: &[Exact]| {
            all.iter()
                .map(|x| field.exact(x))
                .collect::<Option<Vec<_>>>()
        };
        let less = |x: &BigRational| {
            let entry = |(e, rho): (usize, &Exact)| match e / r == e % r {
                true => rho - real(x.clone()),
                false => rho.clone(),
            };
            modulo(&rho.iter().enumerate().map(entry).collect::<Vec<_>>())
        };
        let gamma = modulo(&self.gamma(whole))?;
        let (left, right) = (less(first)?, less(second)?);
        let product = |a: &[u64], b: &[u64]| -> Vec<u64> {
            let entry = |e: usize| {
                let terms = (0..r).map(|k| field.times(a[(e / r) * r + k], b[k * r + e % r]));
                terms.fold(0, |sum, x| field.plus(sum, x))
            };
            (0..r * r).map(entry).collect()
        };
        let (before, after) = (product(&left, &gamma), product(&gamma, &right));
        let one = |a: usize, b: usize| u64::from(a == b);
        let entry = |e: usize| {
            let (i, j) = (e / r, e % r);
            let (mut of_rho, mut of_gamma) = (Vec::new(), Vec::new());
            for (k, l) in (0..r * r).map(|e| (e / r, e % r)) {
                // `dρ + dρ γ (ρ − x₂) + (ρ − x₁) γ dρ + (ρ − x₁) dγ (ρ − x₂)`.
                let mut x = one(i, k) * one(l, j);
                x = field.plus(x, one(i, k) * after[l * r + j]);
                x = field.plus(x, one(l, j) * before[i * r + k]);
                of_rho.push(x);
                of_gamma.push(field.times(left[i * r + k], right[l * r + j]));
            }
            Derivative { of_rho, of_gamma }
        };
        Some((0..r * r).map(entry).collect())
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
    use super::super::block_equations::{Ring, Unknowns};
    use super::super::residues::primes;
    use super::*;

    /// Numbers modulo a prime.
    struct Modulo(Residues);

    impl Ring for Modulo {
        type Element = u64;

        fn number(&self, x: &Exact) -> Option<u64> {
            self.0.exact(x)
        }

        fn z(&self) -> u64 {
            0
        }

        fn sum(&self, a: &u64, b: &u64) -> u64 {
            self.0.plus(*a, *b)
        }

        fn product(&self, a: &u64, b: &u64) -> u64 {
            self.0.times(*a, *b)
        }
    }

    fn integer(x: i64) -> Exact {
        real(BigRational::from_integer(x.into()))
    }

    /// The equations of two atoms are of second degree, so that half of what they change by between `−1` and `+1` is the derivative.
    #[test]
    fn derivatives_are_differences_of_the_left_sides() {
        let rank = 2;
        let half = BigRational::new(1.into(), 2.into());
        let at = |x: i64| (BigRational::from_integer(x.into()), half.clone());
        let reading = (0..rank * rank).map(|e| (e, e, integer(1))).collect();
        let family = Family {
            rank,
            acting: vec![],
            reading,
            atoms: vec![at(1), at(4)],
        };
        let field = primes().next().unwrap();
        let numbers = |all: [i64; 4]| all.map(integer).to_vec();
        let (whole, rho) = (numbers([2, 3, 5, 7]), numbers([11, -13, 17, 19]));
        let sides = |whole: &[Exact], rho: &[Exact]| {
            let residue = |x: &Exact| field.exact(x).unwrap();
            let at = Unknowns {
                whole: whole.iter().map(|x| Some(residue(x))).collect(),
                rho: rho.iter().map(residue).collect(),
            };
            family.left_sides(&Modulo(field), &at, &at.rho).unwrap()
        };
        let moved = |all: &[Exact], k: usize, by: i64| {
            let mut all = all.to_vec();
            all[k] += integer(by);
            all
        };
        let two = field.inverse(2).unwrap();
        let derivatives = family.derivatives(&whole, &rho, field).unwrap();
        for k in 0..rank * rank {
            let by_rho = [1, -1].map(|by| sides(&whole, &moved(&rho, k, by)));
            let by_gamma = [1, -1].map(|by| sides(&moved(&whole, k, by), &rho));
            for (e, row) in derivatives.iter().enumerate() {
                let half = |[up, down]: [u64; 2]| field.times(two, field.minus(up, down));
                assert_eq!(row.of_rho[k], half([by_rho[0][e], by_rho[1][e]]), "{e} {k}");
                assert_eq!(
                    row.of_gamma[k],
                    half([by_gamma[0][e], by_gamma[1][e]]),
                    "{e} {k}"
                );
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
