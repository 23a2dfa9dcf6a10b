//! Residues modulo a prime and P at one z.

use num_bigint::BigInt;

use super::super::block_equations::{AtPoint, Ring};
use super::super::residues::Residues;
use super::super::scalar::Exact;

/// `F_p[s]/P(s, z)`.
pub(super) struct Modular {
    field: Residues,
    z: u64,
    /// `s^d` by lower powers.
    last: Vec<u64>,
    /// `1/D`.
    over: u64,
}

impl Modular {
    /// `None` where p divides the leading coefficient or D.
    pub(super) fn new(
        curve: &[Vec<BigInt>],
        denominator: &[Exact],
        z: u64,
        field: Residues,
    ) -> Option<Self> {
        let at = |row: &Vec<BigInt>| {
            let terms = row.iter().rev();
            terms.fold(0, |sum, c| {
                field.plus(field.times(sum, z), field.integer(c))
            })
        };
        let (lead, rest) = curve.split_last()?;
        let scale = field.minus(0, field.inverse(at(lead))?);
        let mut found = Self {
            field,
            z,
            last: rest.iter().map(|row| field.times(at(row), scale)).collect(),
            over: 1,
        };
        found.over = field.inverse(found.value(denominator)?)?;
        Some(found)
    }

    fn value(&self, p: &[Exact]) -> Option<u64> {
        let (field, z) = (self.field, self.z);
        p.iter().rev().try_fold(0, |sum, c| {
            Some(field.plus(field.times(sum, z), field.exact(c)?))
        })
    }

    /// `N/D`.
    pub(super) fn of(&self, numerator: &[Vec<Exact>]) -> Option<Vec<u64>> {
        let value = |row: &Vec<Exact>| Some(self.field.times(self.value(row)?, self.over));
        let mut value: Vec<u64> = numerator.iter().map(value).collect::<Option<_>>()?;
        value.resize(self.last.len(), 0);
        Some(value)
    }
}

impl Ring for Modular {
    type Element = Vec<u64>;

    fn number(&self, x: &Exact) -> Option<Vec<u64>> {
        let mut value = vec![0; self.last.len()];
        value[0] = self.field.exact(x)?;
        Some(value)
    }

    fn sum(&self, a: &Vec<u64>, b: &Vec<u64>) -> Vec<u64> {
        a.iter()
            .zip(b)
            .map(|(&a, &b)| self.field.plus(a, b))
            .collect()
    }

    fn product(&self, a: &Vec<u64>, b: &Vec<u64>) -> Vec<u64> {
        let (field, d) = (self.field, self.last.len());
        let mut whole = vec![0; 2 * d - 1];
        for (i, &x) in a.iter().enumerate().filter(|(_, x)| **x != 0) {
            for (j, &y) in b.iter().enumerate() {
                whole[i + j] = field.plus(whole[i + j], field.times(x, y));
            }
        }
        for k in (d..2 * d - 1).rev() {
            let x = whole[k];
            for (j, &c) in self.last.iter().enumerate() {
                let at = k - d + j;
                whole[at] = field.plus(whole[at], field.times(x, c));
            }
        }
        whole.truncate(d);
        whole
    }
}

impl AtPoint for Modular {
    fn z(&self) -> Vec<u64> {
        let mut value = vec![0; self.last.len()];
        value[0] = self.z;
        value
    }
}
