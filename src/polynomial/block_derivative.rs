//! The derivative of the block equation at infinity, modulo a prime.

use super::block_series::Solved;
use super::block_system::System;
use super::residues::Residues;

impl System {
    /// Whether the derivative of the system at `1/z = 0` has an inverse there, so that near it the solutions are one curve; the
    /// system is solved up to order 0 at least.
    pub(super) fn is_simple(&self, solved: &Solved, field: Residues) -> Option<bool> {
        let n = self.size;
        let unknown: Vec<usize> = (0..n * n)
            .filter(|&e| self.present[e] && (!self.symmetric || e / n <= e % n))
            .collect();
        let (count, entries) = (unknown.len() + self.families.len(), unknown.len());
        // The unknown that an entry of W is.
        let place = |e: usize| {
            let kept = if self.symmetric && e / n > e % n {
                (e % n) * n + e / n
            } else {
                e
            };
            unknown.iter().position(|&other| other == kept)
        };
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
                    self.subtract(
                        &mut row,
                        [k, e % n],
                        factor,
                        (solved, &place, entries),
                        field,
                    )?;
                }
            }
            rows.push(row);
        }
        for (q, family) in self.families.iter().enumerate() {
            // `ρ = κ_1 + κ_2 g + …`, and g vanishes.
            let spread = *family.cumulants(2, field)?.get(1)?;
            let mut row = vec![0; count];
            row[entries + q] = 1;
            for (e, x) in family.reading.iter().filter(|(e, _)| self.present[*e]) {
                let at = place(*e)?;
                row[at] = field.minus(row[at], field.times(spread, field.exact(x)?));
            }
            rows.push(row);
        }
        Some(is_regular(rows, field))
    }

    /// Takes `factor · d(R W)_{ij}` from a row.
    fn subtract(
        &self,
        row: &mut [u64],
        [i, j]: [usize; 2],
        factor: u64,
        (solved, place, entries): (&Solved, &dyn Fn(usize) -> Option<usize>, usize),
        field: Residues,
    ) -> Option<()> {
        let n = self.size;
        let mut take = |at: usize, x: u64| row[at] = field.minus(row[at], field.times(factor, x));
        for l in 0..n {
            let (beside, here) = (i * n + l, l * n + j);
            if !self.present[here] {
                continue;
            }
            take(place(here)?, solved.energy[beside]);
            let value = solved.whole[here][0];
            let flows = self.flows.iter().filter(|flow| flow.to == beside);
            for flow in flows.filter(|flow| self.present[flow.from]) {
                take(
                    place(flow.from)?,
                    field.times(field.exact(&flow.factor)?, value),
                );
            }
            for (q, family) in self.families.iter().enumerate() {
                let c = field.exact(family.coefficient.at(i, l))?;
                take(entries + q, field.times(c, value));
            }
        }
        Some(())
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
