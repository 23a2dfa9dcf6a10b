//! Partitions, and the characters of the symmetric groups by the rule of Murnaghan (1937) and Nakayama (1941).

/// The partitions of `k`, parts descending, in descending order.
pub(super) fn partitions(k: usize) -> Vec<Vec<usize>> {
    fn extend(left: usize, largest: usize, parts: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        if left == 0 {
            all.push(parts.clone());
        }
        for part in (1..=left.min(largest)).rev() {
            parts.push(part);
            extend(left - part, part, parts, all);
            parts.pop();
        }
    }
    let mut all = Vec::new();
    extend(k, k, &mut Vec::new(), &mut all);
    all
}

/// `χ^λ` at a permutation of the cycle type `cycles`: the sum over all ways to take rim hooks of the cycles' lengths off
/// λ, each with the sign `(−1)^(rows − 1)` of its hooks. `Σ cycles = Σ λ`.
///
/// A rim hook of length r is a move of a bead from `b` to the free place `b − r` of the abacus `b_i = λ_i + (rows − i)`; the
/// rows that it spans are the beads passed, and one.
pub(super) fn character(lambda: &[usize], cycles: &[usize]) -> i64 {
    let rows = lambda.len();
    let beads: Vec<usize> = lambda
        .iter()
        .enumerate()
        .map(|(i, part)| part + rows - 1 - i)
        .collect();
    on_abacus(&beads, cycles)
}

fn on_abacus(beads: &[usize], cycles: &[usize]) -> i64 {
    let Some((&length, rest)) = cycles.split_first() else {
        return 1;
    };
    let mut sum = 0;
    for (k, &bead) in beads.iter().enumerate() {
        let Some(place) = bead.checked_sub(length) else {
            continue;
        };
        if beads.contains(&place) {
            continue;
        }
        let passed = beads.iter().filter(|&&b| place < b && b < bead).count();
        let mut moved = beads.to_vec();
        moved[k] = place;
        let sign = if passed % 2 == 0 { 1 } else { -1 };
        sum += sign * on_abacus(&moved, rest);
    }
    sum
}

/// `f^λ = χ^λ(1)`, the number of standard tableaux, over `k!`: one over the product of the hook lengths (Frame, Robinson
/// and Thrall 1954), returned as that product.
pub(super) fn hook_product(lambda: &[usize]) -> u128 {
    let boxes = lambda
        .iter()
        .enumerate()
        .flat_map(|(row, &part)| (0..part).map(move |column| (row, column)));
    boxes
        .map(|(row, column)| {
            let arm = lambda[row] - column - 1;
            let leg = lambda[row + 1..]
                .iter()
                .filter(|&&below| below > column)
                .count();
            (arm + leg + 1) as u128
        })
        .product()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factorial(k: usize) -> u128 {
        (1..=k as u128).product()
    }

    /// The size of the centraliser of a permutation of a cycle type.
    fn centraliser(cycles: &[usize]) -> i64 {
        let mut size = 1;
        for length in 1..=cycles.iter().sum() {
            let count = cycles.iter().filter(|&&c| c == length).count();
            size *= (length as i64).pow(count as u32) * factorial(count) as i64;
        }
        size
    }

    #[test]
    fn there_are_as_many_partitions_as_euler_counts() {
        let counts: Vec<usize> = (0..9).map(|k| partitions(k).len()).collect();
        assert_eq!(counts, [1, 1, 2, 3, 5, 7, 11, 15, 22]);
    }

    /// Columns of a character table: `Σ_λ χ^λ(μ) χ^λ(ν) = z_μ δ_μν`.
    #[test]
    fn characters_are_orthogonal() {
        for k in 1..=7 {
            let all = partitions(k);
            for mu in &all {
                for nu in &all {
                    let sum: i64 = all
                        .iter()
                        .map(|l| character(l, mu) * character(l, nu))
                        .sum();
                    let expected = if mu == nu { centraliser(mu) } else { 0 };
                    assert_eq!(sum, expected, "{mu:?} {nu:?}");
                }
            }
        }
    }

    #[test]
    fn the_degree_is_the_hook_formula() {
        for lambda in partitions(6) {
            let degree = character(&lambda, &[1; 6]) as u128;
            assert_eq!(degree * hook_product(&lambda), factorial(6), "{lambda:?}");
        }
    }
}
