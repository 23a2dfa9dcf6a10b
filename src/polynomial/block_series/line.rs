//! The series of `ρ = Σ κ_{k+1} γᵏ` of a variable with atoms, modulo a prime.

use super::super::block_system::Family;
use super::super::residues::Residues;
use super::convolved;

/// A variable with atoms.
pub(super) struct Line {
    /// Entry of R, entry of ρ, factor.
    pub(super) acting: Vec<(usize, usize, u64)>,
    /// Entry of γ, entry of W, factor.
    reading: Vec<(usize, usize, u64)>,
    /// The entries of ρ.
    pub(super) rho: Vec<Vec<u64>>,
    rule: Rule,
}

/// How ρ is found.
enum Rule {
    /// Of rank 1 from the cumulants and the powers of γ: `γʲ` begins at `1/zʲ`.
    Cumulants {
        cumulants: Vec<u64>,
        powers: Vec<Vec<u64>>,
    },
    /// Of two atoms from `ρ = m − (ρ − x₁) γ (ρ − x₂)`.
    TwoAtoms {
        rank: usize,
        places: [u64; 2],
        mean: u64,
    },
}

impl Line {
    pub(super) fn new(family: &Family, last: usize, field: Residues) -> Option<Self> {
        let modulo = |list: &[(usize, usize, super::super::scalar::Exact)]| {
            let entries = list
                .iter()
                .map(|(to, from, x)| Some((*to, *from, field.exact(x)?)));
            entries.collect::<Option<Vec<_>>>()
        };
        let rank = family.rank;
        let rule = match family.places() {
            Some([first, second]) => Rule::TwoAtoms {
                rank,
                places: [field.rational(first)?, field.rational(second)?],
                mean: field.rational(&family.mean())?,
            },
            None => {
                let mut powers = vec![vec![0; last + 1]; last + 1];
                powers[0][0] = 1;
                Rule::Cumulants {
                    cumulants: family.cumulants(last + 1, field)?,
                    powers,
                }
            }
        };
        Some(Self {
            acting: modulo(&family.acting)?,
            reading: modulo(&family.reading)?,
            rho: vec![vec![0; last + 1]; rank * rank],
            rule,
        })
    }

    /// Coefficient k of ρ, from those of W; `None` where γ does not vanish at `1/z = 0` though the rank is 1.
    pub(super) fn next(&mut self, whole: &[Vec<u64>], k: usize, field: Residues) -> Option<()> {
        let mut gamma = vec![vec![0; k + 1]; self.rho.len()];
        for (to, from, factor) in &self.reading {
            for (sum, x) in gamma[*to].iter_mut().zip(&whole[*from]) {
                *sum = field.plus(*sum, field.times(*factor, *x));
            }
        }
        match &mut self.rule {
            Rule::Cumulants { cumulants, powers } => {
                if gamma[0][0] != 0 {
                    return None;
                }
                let mut rho = 0;
                for j in 0..=k {
                    if j > 0 {
                        powers[j][k] = convolved(&gamma[0], &powers[j - 1], k, field);
                    }
                    rho = field.plus(rho, field.times(cumulants[j], powers[j][k]));
                }
                self.rho[0][k] = rho;
            }
            Rule::TwoAtoms { rank, places, mean } => {
                let (rank, places, mean) = (*rank, *places, *mean);
                // `γ(∞)` is nilpotent: what is put in has settled after as many times as it has powers, on either side.
                for _ in 0..=2 * rank {
                    let through = through(&gamma, &self.rho, (rank, places, k), field);
                    for (e, (rho, x)) in self.rho.iter_mut().zip(through).enumerate() {
                        let start = if k == 0 && e / rank == e % rank {
                            mean
                        } else {
                            0
                        };
                        rho[k] = field.minus(start, x);
                    }
                }
            }
        }
        Some(())
    }
}

/// Coefficient k of the entries of `(ρ − x₁) γ (ρ − x₂)`.
fn through(
    gamma: &[Vec<u64>],
    rho: &[Vec<u64>],
    (rank, places, k): (usize, [u64; 2], usize),
    field: Residues,
) -> Vec<u64> {
    let less = |place: u64| -> Vec<Vec<u64>> {
        let mut all: Vec<Vec<u64>> = rho.iter().map(|x| x[..=k].to_vec()).collect();
        for a in 0..rank {
            all[a * rank + a][0] = field.minus(all[a * rank + a][0], place);
        }
        all
    };
    let [left, right] = places.map(less);
    let entry = |a: &[Vec<u64>], b: &[Vec<u64>], e: usize, k: usize| {
        let terms = (0..rank)
            .map(|l| convolved(&a[(e / rank) * rank + l], &b[l * rank + e % rank], k, field));
        terms.fold(0, |sum, x| field.plus(sum, x))
    };
    let of_order = |e: usize| (0..=k).map(|m| entry(gamma, &right, e, m)).collect();
    let product: Vec<Vec<u64>> = (0..rank * rank).map(of_order).collect();
    (0..rank * rank)
        .map(|e| entry(&left, &product, e, k))
        .collect()
}
