//! Weingarten functions: Haar integrals over the unitary and the orthogonal group as rational functions of the dimension.
//!
//! ```math
//! E\,U_{i_1 j_1}\cdots U_{i_k j_k}\,\bar U_{i'_1 j'_1}\cdots\bar U_{i'_k j'_k}
//!   = \sum_{\sigma,\tau\in S_k} \prod_l \delta_{i_l i'_{\sigma(l)}}\,\delta_{j_l j'_{\tau(l)}}\;\mathrm{Wg}(\sigma\tau^{-1})
//! ```
//!
//! and, for the orthogonal group, a sum over two pairings of the `2k` factors, one for the rows and one for the columns
//! (Weingarten 1978; Collins and Śniady 2006; Collins and Matsumoto 2009). Both hold for `n ≥ k`.

mod characters;

use super::polynomial::Polynomial;
use characters::{character, hook_product, partitions};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::BTreeMap;

/// A Weingarten function on its classes, by partitions of `k` with descending parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weingarten(BTreeMap<Vec<usize>, Polynomial>);

impl Weingarten {
    /// Of the unitary group, by the cycle type of `στ⁻¹`:
    /// `Wg(σ) = Σ_{λ ⊢ k} χ^λ(σ) / Π_{boxes} hook · (n + column − row)`.
    ///
    /// Takes `k!`-many steps for large k; the classes of `k = 6` take milliseconds.
    pub(super) fn unitary(k: usize, dimension: &str) -> Self {
        let all = partitions(k);
        let of_class = |cycles: &Vec<usize>| {
            let terms = all.iter().map(|lambda| {
                let contents = boxes(lambda).map(|(row, column)| column - row);
                let value = ratio(character(lambda, cycles), hook_product(lambda));
                over(value, dimension, contents)
            });
            terms.sum()
        };
        Self(
            all.iter()
                .map(|cycles| (cycles.clone(), of_class(cycles)))
                .collect(),
        )
    }

    /// Of the orthogonal group, by the coset type of two pairings, half the lengths of the cycles that they form together:
    /// `Wg = Σ_{λ ⊢ k} 2^k k! ω^λ / (Π_{boxes of 2λ} hook · Π_{boxes of λ} (n + 2 column − row))`, rows and columns from 0,
    /// with the zonal spherical function `ω^λ(σ) = (2^k k!)⁻¹ Σ_ζ χ^{2λ}(σζ)` over the hyperoctahedral group.
    pub(super) fn orthogonal(k: usize, dimension: &str) -> Self {
        let all = partitions(k);
        let of_class = |coset: &Vec<usize>| {
            let types = types_of_coset(coset);
            let terms = all.iter().map(|lambda| {
                let doubled: Vec<usize> = lambda.iter().map(|part| 2 * part).collect();
                let zonal =
                    |(cycles, count): (&Vec<usize>, &i64)| count * character(&doubled, cycles);
                let value: i64 = types.iter().map(zonal).sum();
                let shifts = boxes(lambda).map(|(row, column)| 2 * column - row);
                over(ratio(value, hook_product(&doubled)), dimension, shifts)
            });
            terms.sum()
        };
        Self(
            all.iter()
                .map(|coset| (coset.clone(), of_class(coset)))
                .collect(),
        )
    }

    /// The value on a class; parts in any order. `None` if they do not sum to `k`.
    #[cfg(test)]
    pub(super) fn of(&self, class: &[usize]) -> Option<&Polynomial> {
        let mut parts = class.to_vec();
        parts.sort_unstable_by(|a, b| b.cmp(a));
        self.0.get(&parts)
    }

    /// The classes with the values.
    pub(super) fn classes(&self) -> impl Iterator<Item = (&Vec<usize>, &Polynomial)> {
        self.0.iter()
    }
}

/// Row and column of each box of a diagram.
fn boxes(lambda: &[usize]) -> impl Iterator<Item = (i64, i64)> {
    let rows = lambda.iter().enumerate();
    rows.flat_map(|(row, &part)| (0..part as i64).map(move |column| (row as i64, column)))
}

fn ratio(value: i64, over: u128) -> BigRational {
    BigRational::new(value.into(), BigInt::from(over))
}

/// `value / Π (n + shift)`.
fn over(value: BigRational, dimension: &str, shifts: impl Iterator<Item = i64>) -> Polynomial {
    let n = Polynomial::symbol(dimension, 1);
    let factor = |shift: i64| (&n + &Polynomial::from(shift)).reciprocal();
    // n plus an integer always has one.
    let factors = shifts.filter_map(factor);
    factors.fold(Polynomial::constant(value), |product, factor| {
        &product * &factor
    })
}

/// The lengths of the cycles, descending.
pub(super) fn cycle_type(permutation: &[usize]) -> Vec<usize> {
    let mut seen = vec![false; permutation.len()];
    let mut lengths = Vec::new();
    for start in 0..permutation.len() {
        let (mut at, mut length) = (start, 0);
        while !seen[at] {
            seen[at] = true;
            at = permutation[at];
            length += 1;
        }
        if length > 0 {
            lengths.push(length);
        }
    }
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    lengths
}

/// How many of the `σζ`, ζ in the hyperoctahedral group, have each cycle type, for a σ of the coset type.
fn types_of_coset(coset: &[usize]) -> BTreeMap<Vec<usize>, i64> {
    // σ sends the pair {2j, 2j + 1} of a part to {2j + 1, 2(j + 1)}, around the part.
    let mut sigma = Vec::new();
    for &part in coset {
        let first = sigma.len();
        for j in 0..part {
            sigma.push(first + 2 * j + 1);
            sigma.push(first + 2 * ((j + 1) % part));
        }
    }
    let k = sigma.len() / 2;
    let mut types = BTreeMap::new();
    for order in permutations(k) {
        for flips in 0..1_u32 << k {
            let image =
                |pair: usize, side: usize| 2 * order[pair] + (side ^ (flips >> pair & 1) as usize);
            let product: Vec<usize> = (0..2 * k).map(|x| sigma[image(x / 2, x % 2)]).collect();
            *types.entry(cycle_type(&product)).or_insert(0) += 1;
        }
    }
    types
}

/// All permutations of `0..k`.
pub(super) fn permutations(k: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for next in 0..k {
        let longer = |shorter: &Vec<usize>| -> Vec<Vec<usize>> {
            (0..=shorter.len())
                .map(|at| {
                    let mut permutation = shorter.clone();
                    permutation.insert(at, next);
                    permutation
                })
                .collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// All pairings of `0..2k`, each as a fixed-point-free involution.
pub(super) fn pairings(k: usize) -> Vec<Vec<usize>> {
    fn extend(partner: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        let Some(first) = partner.iter().position(|&p| p == usize::MAX) else {
            all.push(partner.clone());
            return;
        };
        for second in first + 1..partner.len() {
            if partner[second] == usize::MAX {
                (partner[first], partner[second]) = (second, first);
                extend(partner, all);
                (partner[first], partner[second]) = (usize::MAX, usize::MAX);
            }
        }
    }
    let mut all = Vec::new();
    extend(&mut vec![usize::MAX; 2 * k], &mut all);
    all
}

/// Half the lengths of the cycles that two pairings form together, descending.
pub(super) fn coset_type(one: &[usize], two: &[usize]) -> Vec<usize> {
    // Each cycle of the two pairings is walked twice by their product, once in each direction.
    let product: Vec<usize> = one.iter().map(|&x| two[x]).collect();
    cycle_type(&product).into_iter().step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::{One, Zero};

    fn at(value: Option<&Polynomial>, n: i64) -> BigRational {
        let at = value.unwrap().substitute("n", &Polynomial::from(n));
        at.unwrap().as_constant().unwrap()
    }

    /// `Σ_τ n^{cycles(στ⁻¹)} Wg(τ) = δ_{σ,1}` at integers n ≥ k: the definition.
    #[test]
    fn the_unitary_function_inverts_the_gram_matrix_of_permutations() {
        for k in 1..=4 {
            let wg = Weingarten::unitary(k, "n");
            for n in k as i64..k as i64 + 3 {
                for sigma in permutations(k) {
                    let mut sum = BigRational::zero();
                    for tau in permutations(k) {
                        let mut quotient = vec![0; k];
                        for (&s, &t) in sigma.iter().zip(&tau) {
                            quotient[t] = s;
                        }
                        let loops = cycle_type(&quotient).len();
                        let power = BigRational::from_integer(BigInt::from(n).pow(loops as u32));
                        sum += power * at(wg.of(&cycle_type(&tau)), n);
                    }
                    let identity = sigma.iter().enumerate().all(|(x, &s)| x == s);
                    let expected = if identity {
                        BigRational::one()
                    } else {
                        BigRational::zero()
                    };
                    assert_eq!(sum, expected, "k = {k}, n = {n}, {sigma:?}");
                }
            }
        }
    }

    /// `Σ_q n^{loops(p, q)} Wg(q, r) = δ_pr` at integers n ≥ k.
    #[test]
    fn the_orthogonal_function_inverts_the_gram_matrix_of_pairings() {
        for k in 1..=4 {
            let wg = Weingarten::orthogonal(k, "n");
            let all = pairings(k);
            for n in k as i64..k as i64 + 3 {
                for p in &all {
                    let mut sum = BigRational::zero();
                    for q in &all {
                        let loops = coset_type(p, q).len();
                        let power = BigRational::from_integer(BigInt::from(n).pow(loops as u32));
                        sum += power * at(wg.of(&coset_type(q, &all[0])), n);
                    }
                    let expected = if *p == all[0] {
                        BigRational::one()
                    } else {
                        BigRational::zero()
                    };
                    assert_eq!(sum, expected, "k = {k}, n = {n}, {p:?}");
                }
            }
        }
    }

    /// Collins and Śniady 2006, section 2.3, and Collins and Matsumoto 2009, table at k = 2.
    #[test]
    fn small_values_are_those_in_print() {
        let n = Polynomial::symbol("n", 1);
        let shifted = |shift| &n + &Polynomial::from(shift);
        let is = |value: Option<&Polynomial>, above: Polynomial, below: &[i64]| {
            let below = below.iter().map(|&shift| shifted(shift));
            let below = below.fold(Polynomial::one(), |product, factor| &product * &factor);
            assert_eq!(value.unwrap() * &below, above);
        };
        let unitary = Weingarten::unitary(2, "n");
        is(unitary.of(&[1, 1]), Polynomial::one(), &[-1, 1]);
        is(unitary.of(&[2]), Polynomial::from(-1), &[-1, 0, 1]);
        let orthogonal = Weingarten::orthogonal(2, "n");
        is(orthogonal.of(&[1, 1]), shifted(1), &[-1, 0, 2]);
        is(orthogonal.of(&[2]), Polynomial::from(-1), &[-1, 0, 2]);
        assert_eq!(orthogonal.of(&[3]), None);
    }
}
