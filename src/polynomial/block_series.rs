//! The series of the block equation modulo a prime, order by order.

mod line;

use super::block_system::System;
use super::residues::Residues;
use super::scalar::Matrix;
use line::Line;

/// The first coefficients of the unknowns as series in 1/z.
pub(super) struct Solved {
    /// Entries of W.
    pub(super) whole: Vec<Vec<u64>>,
    /// Entries of ρ of each family.
    pub(super) rho: Vec<Vec<u64>>,
}

/// Coefficient k of a product of series.
fn convolved(a: &[u64], b: &[u64], k: usize, field: Residues) -> u64 {
    let terms = a.iter().take(k + 1).enumerate().filter(|(_, x)| **x != 0);
    terms.fold(0, |sum, (m, &x)| match b.get(k - m) {
        Some(&y) => field.plus(sum, field.times(x, y)),
        None => sum,
    })
}

/// The system's numbers modulo a prime.
struct Numbers {
    inverse: Vec<u64>,
    corner: u64,
    flows: Vec<u64>,
    lines: Vec<Line>,
}

fn matrix(matrix: &Matrix, field: Residues) -> Option<Vec<u64>> {
    let entries = (0..matrix.rows).flat_map(|i| matrix.row(i));
    entries.map(|x| field.exact(x)).collect()
}

impl System {
    fn numbers(&self, last: usize, field: Residues) -> Option<Numbers> {
        let flows = self.flows.iter().map(|flow| field.exact(&flow.factor));
        let lines = self
            .families
            .iter()
            .map(|family| Line::new(family, last, field));
        Some(Numbers {
            inverse: matrix(&self.inverse, field)?,
            corner: field.exact(&self.corner)?,
            flows: flows.collect::<Option<_>>()?,
            lines: lines.collect::<Option<_>>()?,
        })
    }

    /// The series modulo a prime, coefficients up to `1/z^last`; `None` where p divides a denominator, or where an order is not settled.
    pub(super) fn solved(&self, last: usize, field: Residues) -> Option<Solved> {
        let n = self.size;
        let mut numbers = self.numbers(last, field)?;
        let mut whole = vec![vec![0u64; last + 1]; n * n];
        let mut energy = whole.clone();
        for k in 0..=last {
            let mut rounds = 0;
            loop {
                self.add_energy(&mut energy, &whole, k, &mut numbers, field);
                let before: Vec<u64> = whole.iter().map(|entry| entry[k]).collect();
                self.next(&mut whole, &energy, k, &numbers, field);
                let pairs = whole.iter().zip(&before);
                if pairs.into_iter().all(|(entry, before)| entry[k] == *before) {
                    break;
                }
                rounds += 1;
                // Of a polynomial each order has as many letters as the linearisation allows.
                if rounds > 2 * n + 2 {
                    return None;
                }
            }
        }
        let rho = numbers.lines.iter().flat_map(|line| line.rho().to_vec());
        let rho = rho.collect();
        Some(Solved { whole, rho })
    }

    /// Coefficient k of R.
    fn add_energy(
        &self,
        energy: &mut [Vec<u64>],
        whole: &[Vec<u64>],
        k: usize,
        numbers: &mut Numbers,
        field: Residues,
    ) {
        energy.iter_mut().for_each(|entry| entry[k] = 0);
        for (flow, &factor) in self.flows.iter().zip(&numbers.flows) {
            let part = field.times(factor, whole[flow.from][k]);
            energy[flow.to][k] = field.plus(energy[flow.to][k], part);
        }
        for line in &mut numbers.lines {
            line.next(whole, k, field);
            for (to, from, factor) in &line.acting {
                let part = field.times(*factor, line.rho()[*from][k]);
                energy[*to][k] = field.plus(energy[*to][k], part);
            }
        }
    }

    /// Coefficient k of every entry of W from those before and what is known of this one.
    fn next(
        &self,
        whole: &mut [Vec<u64>],
        energy: &[Vec<u64>],
        k: usize,
        numbers: &Numbers,
        field: Residues,
    ) {
        let (n, inverse) = (self.size, &numbers.inverse);
        let part = |whole: &[Vec<u64>], i: usize, j: usize, k: usize| {
            let terms = (0..n).map(|l| convolved(&energy[i * n + l], &whole[l * n + j], k, field));
            terms.fold(0, |sum, x| field.plus(sum, x))
        };
        let all: Vec<u64> = (0..n * n).map(|e| part(whole, e / n, e % n, k)).collect();
        for e in (0..n * n).filter(|&e| self.present[e]) {
            let (i, j) = (e / n, e % n);
            whole[e][k] = if i == 0 {
                // z W = δ + k W + R W, one order before.
                match k.checked_sub(1) {
                    None => 0,
                    Some(before) => {
                        let start = u64::from(j == 0 && before == 0);
                        let here = field.times(numbers.corner, whole[e][before]);
                        field.plus(field.plus(start, here), part(whole, 0, j, before))
                    }
                }
            } else {
                let start = match (j, k) {
                    (0, _) => 0,
                    (_, 0) => inverse[(i - 1) * (n - 1) + j - 1],
                    _ => 0,
                };
                let terms =
                    (1..n).map(|l| field.times(inverse[(i - 1) * (n - 1) + l - 1], all[l * n + j]));
                terms.fold(start, |sum, x| field.plus(sum, x))
            };
        }
    }
}
