//! Rational expressions that fall apart: sums of free ones, and functions of one part.
//!
//! Where no variable stands in two groups of terms, the groups are free, and the law is the free sum of theirs. Where all variables stand in copies of
//! one selfadjoint part, as in `inv(2 + a*b + b*a)`, the law is an image of that of the part. Both have better values than the pencil of the whole,
//! whose rows are as many as those of all parts, and whose entries are as large as the inverses may be.

use super::parts::{dimension, spelled};
use super::tree::Tree;
use super::unit::{function_of, image};
use super::variables::Basis;
use super::{MatrixExpression, PolynomialError};
use crate::measure::Law;

/// The terms of a sum.
fn terms<'a>(tree: &'a Tree, into: &mut Vec<&'a Tree>) {
    match tree {
        Tree::Sum(_, a, b) => {
            terms(a, into);
            terms(b, into);
        }
        other => into.push(other),
    }
}

/// The variables of an expression, each once.
fn variables(tree: &Tree) -> Vec<usize> {
    let parts = tree.parts().into_iter();
    let mut found: Vec<usize> = parts
        .filter_map(|part| match part {
            Tree::Variable(k) => Some(*k),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Terms with the variables in them.
struct Group<'a> {
    terms: Vec<&'a Tree>,
    variables: Vec<usize>,
}

/// The groups of terms that have variables in common, in the order of their first terms; numbers go with the first.
fn groups(tree: &Tree) -> Vec<Group<'_>> {
    let mut all = Vec::new();
    terms(tree, &mut all);
    let (numbers, all): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|term| variables(term).is_empty());
    let mut groups: Vec<Group<'_>> = Vec::new();
    for term in all {
        let mut joined = Group {
            terms: vec![term],
            variables: variables(term),
        };
        let meets =
            |group: &Group<'_>| group.variables.iter().any(|k| joined.variables.contains(k));
        let (near, far): (Vec<_>, Vec<_>) = groups.into_iter().partition(meets);
        groups = far;
        for group in near.into_iter().rev() {
            joined.terms.splice(0..0, group.terms);
            joined.variables.extend(group.variables);
        }
        groups.push(joined);
    }
    if let Some(first) = groups.first_mut() {
        first.terms.extend(numbers);
    }
    groups
}

impl MatrixExpression {
    pub(super) fn basis(&self) -> Basis {
        Basis {
            symbols: self.symbols.clone(),
            dimensions: self.dimensions.clone(),
            ratios: self.ratios.clone(),
        }
    }

    /// The law of a rational expression that falls apart; `None` for any other one.
    ///
    /// # Errors
    /// As those of the parts' laws.
    pub(super) fn apart(&self) -> Result<Option<Law>, PolynomialError> {
        let is_inverse = |part: &&Tree| matches!(part, Tree::Inverse(..));
        if !self.tree.parts().iter().any(is_inverse) {
            return Ok(None);
        }
        match self.sum_of_free()? {
            None => self.image_of_part(),
            found => Ok(found),
        }
    }

    /// The expression of a part on the same rows; `None` where it is not selfadjoint or a number.
    fn part(&self, tree: Tree) -> Result<Option<Self>, PolynomialError> {
        let basis = self.basis();
        let text = spelled(&tree, &basis);
        match Self::of_tree(text, tree, basis, self.main) {
            Err(PolynomialError::Adjoint { .. } | PolynomialError::Constant { .. }) => Ok(None),
            found => found.map(Some),
        }
    }

    fn sum_of_free(&self) -> Result<Option<Law>, PolynomialError> {
        let groups = groups(&self.tree);
        if groups.len() < 2 {
            return Ok(None);
        }
        let mut whole: Option<Law> = None;
        for group in groups {
            let terms = group.terms.into_iter().cloned();
            let Some(part) = terms.reduce(|a, b| a.plus(0, b)) else {
                return Ok(None);
            };
            let Some(part) = self.part(part)? else {
                return Ok(None);
            };
            let law = part.law()?;
            whole = Some(whole.map_or(law.clone(), |whole| whole.free_sum(&law)));
        }
        Ok(whole)
    }

    fn image_of_part(&self) -> Result<Option<Law>, PolynomialError> {
        let parts = self.tree.parts();
        let Some((_, inner)) = parts.split_last() else {
            return Ok(None);
        };
        let main = self.dimensions.root(self.main);
        // The largest first: the whole is the simplest function of that.
        for part in inner.iter().rev() {
            let quotient = function_of(&self.tree, part, &self.symbols);
            let Some(quotient) = quotient.filter(|quotient| !quotient.is_affine()) else {
                continue;
            };
            // A number has no rows.
            let rows = dimension(part, &mut self.basis())?;
            if rows.map(|rows| self.dimensions.root(rows)) != Some(main) {
                continue;
            }
            if let Some(part) = self.part((*part).clone())? {
                let law = part.law()?;
                return image(&self.text, &law, &quotient);
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::polynomial::scalar::real;
    use num_rational::BigRational;

    /// Terms that others connect are one group, and numbers go with the first.
    #[test]
    fn terms_with_variables_in_common_are_one_group() {
        let number = Tree::Number(real(BigRational::from_integer(2.into())));
        let product = |j: usize, k: usize| Tree::Variable(j).times(0, Tree::Variable(k));
        let all = [
            product(0, 1),
            product(2, 3),
            number,
            product(4, 4),
            product(1, 5),
            product(5, 3),
        ];
        let tree = all.into_iter().reduce(|a, b| a.plus(0, b)).unwrap();
        let mut found: Vec<(usize, Vec<usize>)> = groups(&tree)
            .into_iter()
            .map(|mut group| {
                group.variables.sort_unstable();
                group.variables.dedup();
                (group.terms.len(), group.variables)
            })
            .collect();
        found.sort_by_key(|(_, variables)| variables.len());
        let terms: usize = found.iter().map(|(terms, _)| terms).sum();
        assert_eq!(terms, 6);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].1, [4]);
        assert_eq!(found[1].1, [0, 1, 2, 3, 5]);
    }
}
