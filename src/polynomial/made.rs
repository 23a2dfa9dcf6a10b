//! What declared variables stand for: for a reader, and of an expression in one of them.

use std::collections::BTreeSet;

use super::letter::{Symbol, SymbolKind};
use super::parts::spelled;
use super::quotient::Quotient;
use super::tree::Tree;
use super::unit::{Unit, single};
use super::variables::{Basis, Declared, Variables};
use crate::measure::Law;

impl Variables {
    /// The law and the function of an expression in the declared variables that is a function of one free variable.
    pub(super) fn single(&self, written: &Tree) -> Option<(Law, Quotient)> {
        let mut basis = Basis::default();
        for (name, declared) in &self.declared {
            let kind = match declared {
                Declared::Gaussian(..) => SymbolKind::Gaussian,
                Declared::Free(law) => SymbolKind::Law { law: law.clone() },
            };
            basis.symbol(name.clone(), kind, 0, 0);
        }
        let (unit, quotient) = single(written, &basis.symbols)?;
        let Unit::Symbol(k) = unit else { return None };
        match &basis.symbols[k].kind {
            SymbolKind::Law { law } => Some((law.clone(), quotient)),
            _ => None,
        }
    }

    /// What the variables of an expression stand for, those that stand for themselves left out: `a = X.1*X.1'`, and of
    /// which laws the parts are.
    pub(super) fn made(&self, written: &Tree, trees: &[Tree], basis: &Basis) -> Vec<String> {
        let stands = |k: usize| {
            let parts = written.parts();
            parts
                .iter()
                .any(|part| matches!(part, Tree::Variable(j) if *j == k))
        };
        let of_one = |(k, (name, _)): (usize, &(String, Declared))| {
            let tree = trees.get(k).filter(|_| stands(k))?;
            let own = |j: &usize| basis.symbols[*j].name == *name;
            if matches!(tree, Tree::Variable(j) if own(j)) {
                return None;
            }
            let parts = tree.parts().into_iter().filter_map(|part| match part {
                Tree::Variable(j) if !own(j) => Some(*j),
                _ => None,
            });
            let parts: BTreeSet<usize> = parts.collect();
            let laws = parts.iter().map(|j| basis.described(&basis.symbols[*j]));
            let whole = std::iter::once(format!("{name} = {}", spelled(tree, basis)));
            Some(whole.chain(laws).collect::<Vec<_>>().join(", "))
        };
        self.declared
            .iter()
            .enumerate()
            .filter_map(of_one)
            .collect()
    }
}

impl Basis {
    /// `X.1 Gaussian (n×d)`, `e.1 of law atoms(…)`.
    fn described(&self, symbol: &Symbol) -> String {
        let name = &symbol.name;
        match &symbol.kind {
            SymbolKind::Gaussian => {
                let [rows, cols] = [symbol.rows, symbol.cols].map(|k| self.dimensions.name(k));
                format!("{name} Gaussian of {rows}×{cols}")
            }
            SymbolKind::Semicircle { variance } => format!("{name} of law semicircle({variance})"),
            SymbolKind::Law { law } => format!("{name} of law {law}"),
            SymbolKind::Discrete { atoms } => {
                let atoms = atoms.iter().map(|(at, mass)| format!("{at}:{mass}"));
                let atoms = atoms.collect::<Vec<_>>().join(", ");
                format!("{name} of law atoms({atoms})")
            }
        }
    }
}
