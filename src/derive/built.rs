//! From terms of the calculus to networks of arrays: data and weights put in for tensors, δ's carried out.

use super::drawn::Drawn;
use super::network::{Network, Operand};
use crate::symbolic::{Expression, Factor, Term};
use ndarray::{ArrayD, IxDyn};
use std::collections::BTreeMap;

/// A network in the making: terms with their legs in common, δ's carried out.
pub(super) struct Built<'a> {
    drawn: &'a Drawn,
    legs: usize,
    lengths: Vec<usize>,
    /// The index that each stands for, itself or one it is tied to.
    class: Vec<usize>,
    operands: Vec<Operand>,
    factor: f64,
}

impl<'a> Built<'a> {
    pub(super) fn new(expression: &Expression, drawn: &'a Drawn) -> Self {
        let spaces: Vec<String> = expression
            .legs()
            .iter()
            .map(|leg| leg.space.dimension().to_string())
            .collect();
        let mut built = Built {
            drawn,
            legs: spaces.len(),
            lengths: Vec::new(),
            class: Vec::new(),
            operands: Vec::new(),
            factor: 1.0,
        };
        for space in spaces {
            built.index_over(&space);
        }
        built
    }

    /// A further index.
    pub(super) fn index(&mut self, length: usize) -> usize {
        self.lengths.push(length);
        self.class.push(self.class.len());
        self.class.len() - 1
    }

    fn index_over(&mut self, space: &str) -> usize {
        self.index(self.drawn.sizes.spaces.get(space).copied().unwrap_or(1))
    }

    pub(super) fn operand(&mut self, array: ArrayD<f64>, indices: Vec<usize>) {
        self.operands.push(Operand { array, indices });
    }

    /// Adds the factors of a term; data among them have the index of the sample in front.
    pub(super) fn add(
        &mut self,
        term: &Term,
        rows: &BTreeMap<String, ArrayD<f64>>,
        sample: Option<usize>,
        coefficient: f64,
    ) {
        self.factor *= coefficient;
        let mut place: Vec<usize> = (0..self.legs).collect();
        for index in &term.summed {
            place.push(self.index_over(index.space.dimension()));
        }
        for factor in &term.factors {
            let indices: Vec<usize> = factor.indices().iter().map(|&k| place[k]).collect();
            match factor {
                Factor::Delta(_) => {
                    for pair in indices.windows(2) {
                        self.tie(pair[0], pair[1]);
                    }
                }
                Factor::Entry(tensor, _) => {
                    let name: &str = tensor.name();
                    match (rows.get(name), sample) {
                        (Some(array), Some(sample)) => {
                            self.operand(array.clone(), [vec![sample], indices].concat());
                        }
                        _ => {
                            if let Some(array) = self.drawn.weights.get(name) {
                                self.operand(array.clone(), indices);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Lets two indices be one.
    pub(super) fn tie(&mut self, a: usize, b: usize) {
        let (from, to) = (
            self.class[a].max(self.class[b]),
            self.class[a].min(self.class[b]),
        );
        for class in &mut self.class {
            if *class == from {
                *class = to;
            }
        }
    }

    /// What is without terms, with these axes.
    pub(super) fn zeros(&self, open: &[usize]) -> ArrayD<f64> {
        let shape: Vec<usize> = open.iter().map(|&k| self.lengths[k]).collect();
        ArrayD::zeros(IxDyn(&shape))
    }

    /// The contraction with these axes; where two are tied, it is 0 off their diagonal.
    pub(super) fn finished(self, open: &[usize]) -> ArrayD<f64> {
        let all: Vec<usize> = (0..self.class.len()).collect();
        self.over(&all, open)
    }

    /// The contraction of one component: legs that it does not hold are no part of it.
    pub(super) fn of_component(self, open: &[usize]) -> ArrayD<f64> {
        let held = self.operands.iter().flat_map(|operand| &operand.indices);
        let indices: Vec<usize> = held.chain(open).copied().collect();
        self.over(&indices, open)
    }

    fn over(self, indices: &[usize], open: &[usize]) -> ArrayD<f64> {
        let Built {
            lengths,
            class,
            operands,
            factor,
            ..
        } = self;
        // The indices that stand for themselves, numbered anew.
        let mut roots: Vec<usize> = indices.iter().map(|&k| class[k]).collect();
        roots.sort_unstable();
        roots.dedup();
        let number = |index: usize| roots.binary_search(&class[index]).unwrap_or(0);
        let mut distinct: Vec<usize> = Vec::new();
        for &index in open {
            if !distinct.contains(&number(index)) {
                distinct.push(number(index));
            }
        }
        let renumbered = operands.into_iter().map(|operand| Operand {
            indices: operand.indices.iter().map(|&k| number(k)).collect(),
            array: operand.array,
        });
        let network = Network {
            operands: renumbered.collect(),
            open: distinct.clone(),
            lengths: roots.iter().map(|&k| lengths[k]).collect(),
        };
        let value = network.contracted() * factor;
        if distinct.len() == open.len() {
            return value;
        }
        let shape: Vec<usize> = open.iter().map(|&k| lengths[k]).collect();
        let mut spread = ArrayD::zeros(IxDyn(&shape));
        for (at, x) in value.indexed_iter() {
            let place = |&index: &usize| {
                let position = distinct.iter().position(|&d| d == number(index));
                at[position.unwrap_or(0)]
            };
            let place: Vec<usize> = open.iter().map(place).collect();
            spread[IxDyn(&place)] = *x;
        }
        spread
    }
}
