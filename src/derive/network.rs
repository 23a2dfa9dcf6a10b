//! Contractions of many tensors, pair by pair in the cheapest order.

use super::arrays::shaped;
use crate::linalg::product;
use ndarray::{Array1, ArrayD, ArrayView2, Axis, IxDyn};
use rayon::prelude::*;

/// A tensor with the number of the index in each of its slots.
#[derive(Debug, Clone)]
pub(super) struct Operand {
    pub(super) array: ArrayD<f64>,
    pub(super) indices: Vec<usize>,
}

/// `Σ Π_k T_k`, over every index that is not open. An index may occur in any number of tensors.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub(super) operands: Vec<Operand>,
    /// The axes of the result; each index at most once.
    pub(super) open: Vec<usize>,
    /// The length of each index.
    pub(super) lengths: Vec<usize>,
}

impl Network {
    /// The contraction, with an axis for each open index. One that no tensor holds is an axis along which nothing
    /// changes; a summed one, a factor.
    pub(super) fn contracted(mut self) -> ArrayD<f64> {
        let held = |operands: &[Operand], index: usize| {
            operands.iter().any(|o| o.indices.contains(&index))
        };
        for index in 0..self.lengths.len() {
            if !held(&self.operands, index) {
                let array = ArrayD::ones(IxDyn(&[self.lengths[index]]));
                self.operands.push(Operand {
                    array,
                    indices: vec![index],
                });
            }
        }
        let operands = std::mem::take(&mut self.operands);
        let mut left: Vec<Operand> = Vec::new();
        for (k, operand) in operands.iter().enumerate() {
            let elsewhere = |index: usize| {
                self.open.contains(&index)
                    || operands
                        .iter()
                        .enumerate()
                        .any(|(j, o)| j != k && o.indices.contains(&index))
            };
            left.push(reduced(operand.clone(), &elsewhere));
        }
        if left.is_empty() {
            return ArrayD::ones(IxDyn(&[]));
        }
        let mut order = self.order(&left);
        while left.len() > 1 {
            let (i, j) = order.pop().unwrap_or((0, 1));
            let second = left.remove(j.max(i));
            let first = left.remove(i.min(j));
            let needed = |index: usize| self.open.contains(&index) || held(&left, index);
            let joined = joined(&first, &second, &needed, &self.lengths);
            left.push(joined);
        }
        match left.pop() {
            Some(last) => arranged(&last, &self.open),
            None => ArrayD::ones(IxDyn(&[])),
        }
    }
}

/// Takes the diagonal of an index that occurs twice, and the sum over one that nothing else needs.
fn reduced(mut operand: Operand, needed: &dyn Fn(usize) -> bool) -> Operand {
    let mut axis = 0;
    while axis < operand.indices.len() {
        let index = operand.indices[axis];
        if let Some(first) = operand.indices[..axis].iter().position(|&i| i == index) {
            operand = diagonal(&operand, first, axis);
        } else {
            axis += 1;
        }
    }
    for axis in (0..operand.indices.len()).rev() {
        if !needed(operand.indices[axis]) {
            operand.array = operand.array.sum_axis(Axis(axis));
            operand.indices.remove(axis);
        }
    }
    operand
}

fn diagonal(operand: &Operand, first: usize, second: usize) -> Operand {
    // The diagonal's axis goes first.
    fn moved<T: Copy>(mut list: Vec<T>, first: usize, second: usize) -> Vec<T> {
        list.remove(second);
        let one = list.remove(first);
        list.insert(0, one);
        list
    }
    let shape = moved(operand.array.shape().to_vec(), first, second);
    let mut array = ArrayD::zeros(IxDyn(&shape));
    for (k, mut slice) in array.outer_iter_mut().enumerate() {
        let fixed = operand.array.index_axis(Axis(second), k);
        slice.assign(&fixed.index_axis(Axis(first), k));
    }
    let indices = moved(operand.indices.clone(), first, second);
    Operand { array, indices }
}

/// The axes in the order of `indices`, in standard layout.
fn arranged(operand: &Operand, indices: &[usize]) -> ArrayD<f64> {
    let place = |index: &usize| operand.indices.iter().position(|i| i == index).unwrap_or(0);
    let axes: Vec<usize> = indices.iter().map(place).collect();
    let view = operand.array.view().permuted_axes(IxDyn(&axes));
    view.as_standard_layout().into_owned()
}

/// Two tensors contracted over what neither the result nor another tensor needs.
fn joined(a: &Operand, b: &Operand, needed: &dyn Fn(usize) -> bool, lengths: &[usize]) -> Operand {
    let in_b = |index: &&usize| b.indices.contains(index);
    let (shared, left): (Vec<&usize>, Vec<&usize>) = a.indices.iter().partition(in_b);
    let (batch, inner): (Vec<usize>, Vec<usize>) = shared.into_iter().partition(|i| needed(**i));
    let left: Vec<usize> = left.into_iter().copied().collect();
    let right: Vec<usize> = b
        .indices
        .iter()
        .copied()
        .filter(|i| !a.indices.contains(i))
        .collect();
    let volume = |indices: &[usize]| indices.iter().map(|&i| lengths[i]).product::<usize>();
    let (batches, rows, columns, depth) = (
        volume(&batch),
        volume(&left),
        volume(&right),
        volume(&inner),
    );
    let first = arranged(a, &[batch.as_slice(), &left, &inner].concat());
    let second = arranged(b, &[batch.as_slice(), &right, &inner].concat());
    let mut out = vec![0.0; batches * rows * columns];
    if let (Some(first), Some(second)) = (first.as_slice(), second.as_slice()) {
        let pieces = out
            .par_chunks_mut((rows * columns).max(1))
            .with_min_len(1 + 4096 / (rows * columns * depth).max(1));
        pieces.enumerate().for_each(|(k, out)| {
            let a = &first[k * rows * depth..(k + 1) * rows * depth];
            let b = &second[k * columns * depth..(k + 1) * columns * depth];
            multiply(a, b, [rows, columns, depth], out);
        });
    }
    let indices = [batch, left, right].concat();
    let shape: Vec<usize> = indices.iter().map(|&i| lengths[i]).collect();
    let array = shaped(Array1::from(out), IxDyn(&shape));
    Operand { array, indices }
}

/// `A Bᵀ` of rows × depth and columns × depth: by matrix product where it is worth it.
fn multiply(a: &[f64], b: &[f64], [rows, columns, depth]: [usize; 3], out: &mut [f64]) {
    if depth > 1 && rows * columns * depth > 512 {
        let a = ArrayView2::from_shape((rows, depth), a);
        let b = ArrayView2::from_shape((columns, depth), b);
        if let (Ok(a), Ok(b)) = (a, b) {
            let c = product(a, b.t());
            out.iter_mut().zip(&c).for_each(|(out, x)| *out = *x);
            return;
        }
    }
    for (out, a) in out
        .chunks_exact_mut(columns.max(1))
        .zip(a.chunks_exact(depth.max(1)))
    {
        for (out, b) in out.iter_mut().zip(b.chunks_exact(depth.max(1))) {
            *out = a.iter().zip(b).map(|(x, y)| x * y).sum();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn operand(array: ndarray::Array2<f64>, indices: [usize; 2]) -> Operand {
        Operand {
            array: array.into_dyn(),
            indices: indices.into(),
        }
    }

    /// `Σ_bc A_ab B_bc C_cb` with b thrice, a matrix with a repeated index, and an index that nothing holds.
    #[test]
    fn a_network_is_its_sum_written_out() {
        let a = array![[1.0, 2.0, 3.0], [-1.0, 0.5, 2.0]];
        let b = array![[1.0, 0.0], [2.0, -1.0], [0.5, 3.0]];
        let c = array![[2.0, 1.0, -1.0], [0.0, 3.0, 1.0]];
        let mut expected = [0.0; 2];
        for (i, sum) in expected.iter_mut().enumerate() {
            for j in 0..3 {
                for k in 0..2 {
                    *sum += a[[i, j]] * b[[j, k]] * c[[k, j]];
                }
            }
        }
        let network = Network {
            operands: vec![operand(a, [0, 1]), operand(b, [1, 2]), operand(c, [2, 1])],
            open: vec![0, 3],
            lengths: vec![2, 3, 2, 4],
        };
        let found = network.contracted();
        for i in 0..2 {
            for j in 0..4 {
                assert!((found[[i, j]] - expected[i]).abs() < 1e-14);
            }
        }
        let square = array![[1.0, 5.0], [7.0, 2.0]];
        let trace = Network {
            operands: vec![operand(square.clone(), [0, 0])],
            open: vec![],
            lengths: vec![2],
        };
        assert_eq!(trace.contracted().sum(), 3.0);
        let diagonal = Network {
            operands: vec![operand(square, [0, 0])],
            open: vec![0],
            lengths: vec![2],
        };
        assert_eq!(diagonal.contracted(), array![1.0, 2.0].into_dyn());
    }

    /// A chain of matrices is multiplied at the narrow end first: 40·1·40 and not 40·40·40.
    #[test]
    fn the_order_is_the_cheapest() {
        let ones = |m, n, indices| operand(ndarray::Array2::ones((m, n)), indices);
        let network = Network {
            operands: vec![
                ones(40, 40, [0, 1]),
                ones(40, 40, [1, 2]),
                ones(40, 1, [2, 3]),
            ],
            open: vec![0, 3],
            lengths: vec![40, 40, 40, 1],
        };
        assert_eq!(network.order(&network.operands).last(), Some(&(2, 1)));
        assert_eq!(network.contracted().sum(), 40.0 * 1600.0);
    }
}
