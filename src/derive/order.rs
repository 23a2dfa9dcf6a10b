//! In which order the tensors of a network are joined.

use super::network::{Network, Operand};

/// Up to so many tensors the order is the best of all; beyond, the pair with the smallest product comes first.
const SEARCHED: usize = 8;

impl Network {
    /// The pairs to join, the first one last; each joined tensor goes to the end of the list.
    pub(super) fn order(&self, operands: &[Operand]) -> Vec<(usize, usize)> {
        let sets: Vec<u64> = operands.iter().map(|o| bits(&o.indices)).collect();
        let mut pairs = match operands.len() <= SEARCHED && self.lengths.len() <= 64 {
            true => self.best(&sets),
            false => self.greedy(sets),
        };
        pairs.reverse();
        pairs
    }

    /// The order with the fewest multiplications, by dynamic programming over the subsets of the tensors.
    fn best(&self, sets: &[u64]) -> Vec<(usize, usize)> {
        let all = (1_usize << sets.len()) - 1;
        let open = bits(&self.open);
        let union = |subset: usize| {
            (0..sets.len())
                .filter(|k| subset >> k & 1 == 1)
                .fold(0, |u, k| u | sets[k])
        };
        // What a subset's contraction still carries: what others or the result need.
        let carried: Vec<u64> = (0..=all)
            .map(|s| union(s) & (open | union(all & !s)))
            .collect();
        let mut cost = vec![f64::INFINITY; all + 1];
        let mut split = vec![0; all + 1];
        for subset in 1..=all {
            if subset.is_power_of_two() {
                cost[subset] = 0.0;
                continue;
            }
            let mut part = (subset - 1) & subset;
            while part > 0 {
                let other = subset & !part;
                if part > other {
                    let work = self.volume(carried[part] | carried[other]);
                    let total = cost[part] + cost[other] + work;
                    if total < cost[subset] {
                        cost[subset] = total;
                        split[subset] = part;
                    }
                }
                part = (part - 1) & subset;
            }
        }
        let mut joins = Vec::new();
        collect(all, &split, &mut joins);
        places(sets.len(), &joins)
    }

    /// At each step the pair whose product is the smallest.
    fn greedy(&self, mut sets: Vec<u64>) -> Vec<(usize, usize)> {
        let open = bits(&self.open);
        let mut pairs = Vec::new();
        while sets.len() > 1 {
            let mut best = (f64::INFINITY, (0, 1), 0);
            for i in 0..sets.len() {
                for j in i + 1..sets.len() {
                    let others = sets.iter().enumerate().filter(|(k, _)| *k != i && *k != j);
                    let needed = others.fold(open, |needed, (_, set)| needed | set);
                    let product = (sets[i] | sets[j]) & needed;
                    // Of equal products that of tensors with an index in common.
                    let apart = if sets[i] & sets[j] == 0 { 2.0 } else { 1.0 };
                    let size = apart * self.volume(product) + 1e-9 * self.volume(sets[i] | sets[j]);
                    if size < best.0 {
                        best = (size, (i, j), product);
                    }
                }
            }
            let (_, (i, j), product) = best;
            pairs.push((i, j));
            sets.remove(j);
            sets.remove(i);
            sets.push(product);
        }
        pairs
    }

    fn volume(&self, set: u64) -> f64 {
        let lengths = self
            .lengths
            .iter()
            .enumerate()
            .filter(|(k, _)| set >> k & 1 == 1);
        lengths.map(|(_, &length)| length as f64).product()
    }
}

fn bits(indices: &[usize]) -> u64 {
    indices
        .iter()
        .filter(|k| **k < 64)
        .fold(0, |set, k| set | 1 << k)
}

/// The joins of a tree of subsets, children first.
fn collect(subset: usize, split: &[usize], joins: &mut Vec<(usize, usize)>) {
    if subset.count_ones() < 2 {
        return;
    }
    let (part, other) = (split[subset], subset & !split[subset]);
    collect(part, split, joins);
    collect(other, split, joins);
    joins.push((part, other));
}

/// Joins of subsets as places in the list, from which two are taken and to whose end one is put.
fn places(count: usize, joins: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut list: Vec<usize> = (0..count).map(|k| 1 << k).collect();
    let mut pairs = Vec::new();
    for &(part, other) in joins {
        let at = |subset: usize| list.iter().position(|&s| s == subset).unwrap_or(0);
        let (i, j) = (at(part), at(other));
        pairs.push((i, j));
        list.remove(i.max(j));
        list.remove(i.min(j));
        list.push(part | other);
    }
    pairs
}
