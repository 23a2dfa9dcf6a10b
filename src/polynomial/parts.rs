//! Parts of an expression that are variables by themselves.
//!
//! Where the variables of a part stand nowhere else, but perhaps in the same part again, the part is free of all
//! others: what it is made of is. So `inv(b)` in `a*inv(b)*a` is a variable with the law of 1/b, `inv(Y*Y')` in `X'*inv(Y*Y')*X` one with an image of
//! the law of Marchenko and Pastur, and the powers of a variable that no Gaussian matrices make are one variable of rank 1.
//!
//! Inverses that have no expansion where all variables are 0 are made so; what is left of these is expanded where the
//! variables with laws are numbers c: x is written `c + (x − c)`.

use num_bigint::BigInt;
use num_rational::BigRational;

use super::letter::SymbolKind;

use super::scalar::{Exact, binary, real, written};
use super::shape::{Shape, Typing};
use super::sizes::Sizes;
use super::tree::Tree;
use super::unit::{Unit, law_of_unit, single};
use super::value::value;
use super::variables::Basis;
use super::{MatrixExpression, PolynomialError};
use crate::measure::Law;
use crate::measure::image::Fraction;

/// Parts at most.
const PARTS: usize = 40;
/// Numbers at which variables are expanded are multiples of its inverse.
const GRID: f64 = 64.0;

/// The expression with parts made variables, where it needs them.
pub(super) fn reduced(mut tree: Tree, basis: &mut Basis) -> Result<Tree, PolynomialError> {
    for _ in 0..PARTS {
        let Some(part) = inverse(&tree, basis).or_else(|| powers(&tree, basis)) else {
            break;
        };
        let part = part.clone();
        let name = spelled(&part, basis);
        let (law, dimension) = law(&part, basis, &name)?;
        let kind = match discrete(&law) {
            Some(atoms) => SymbolKind::Discrete { atoms },
            None => SymbolKind::Law { law },
        };
        // In a row of the linearisation a sum is one factor.
        let name = match part {
            Tree::Sum(..) => format!("({name})"),
            _ => name,
        };
        let symbol = basis.symbol(name, kind, dimension, dimension);
        tree = tree.exchanged(&part, &symbol);
    }
    let regular = |tree: &Tree, basis: &Basis| {
        let found = value(tree, &basis.symbols);
        !matches!(found, Err(PolynomialError::Inverse { .. }))
    };
    if regular(&tree, basis) {
        return Ok(tree);
    }
    let mut moved = basis.clone();
    let expanded = expanded(&tree, &mut moved);
    if regular(&expanded, &moved) {
        *basis = moved;
        return Ok(expanded);
    }
    Ok(tree)
}

/// Places and masses of a law of finitely many points.
fn discrete(law: &Law) -> Option<Vec<(f64, f64)>> {
    let points = law.as_points()?;
    Some(
        points
            .at
            .iter()
            .copied()
            .zip(points.mass.iter().copied())
            .collect(),
    )
}

/// How often each symbol stands in an expression.
fn counted(tree: &Tree, symbols: usize) -> Vec<usize> {
    let mut counts = vec![0; symbols];
    for part in tree.parts() {
        if let Tree::Variable(k) = part {
            counts[*k] += 1;
        }
    }
    counts
}

/// Whether the variables of a part stand nowhere but in parts like it.
fn is_closed(tree: &Tree, part: &Tree, basis: &Basis) -> bool {
    let [all, here] = [tree, part].map(|tree| counted(tree, basis.symbols.len()));
    let copies = tree
        .parts()
        .into_iter()
        .filter(|other| other.is_like(part))
        .count();
    here.iter().any(|count| *count > 0)
        && all
            .iter()
            .zip(&here)
            .all(|(all, here)| *here == 0 || *all == here * copies)
}

/// The first inverse, from the inside, that has no expansion and is closed.
fn inverse<'a>(tree: &'a Tree, basis: &Basis) -> Option<&'a Tree> {
    let needed = |part: &&Tree| {
        matches!(part, Tree::Inverse(..))
            && matches!(
                value(part, &basis.symbols),
                Err(PolynomialError::Inverse { .. })
            )
            && is_closed(tree, part, basis)
    };
    tree.parts().into_iter().find(needed)
}

/// The largest function of degree 2 or more of a variable that no Gaussian matrices make, if it is closed and not the whole.
fn powers<'a>(tree: &'a Tree, basis: &Basis) -> Option<&'a Tree> {
    let of_law = |part: &&Tree| {
        let Some((Unit::Symbol(k), quotient)) = single(part, &basis.symbols) else {
            return false;
        };
        let law = matches!(basis.symbols[k].kind, SymbolKind::Law { .. });
        law && !quotient.is_affine() && is_closed(tree, part, basis)
    };
    let parts = tree.parts();
    let (_, inner) = parts.split_last()?;
    if single(tree, &basis.symbols).is_some() {
        return None;
    }
    inner.iter().rev().copied().find(of_law)
}

/// The rows of a part; `None` for a number.
pub(super) fn dimension(part: &Tree, basis: &mut Basis) -> Result<Option<usize>, PolynomialError> {
    let mut typing = Typing {
        dimensions: &mut basis.dimensions,
        symbols: &basis.symbols,
    };
    Ok(match typing.shape(part)? {
        Shape::Matrix(rows, _) => Some(rows),
        Shape::Scalar => None,
    })
}

/// The law of a part, and its dimension.
fn law(part: &Tree, basis: &mut Basis, name: &str) -> Result<(Law, usize), PolynomialError> {
    let Some(dimension) = dimension(part, basis)? else {
        let value = name.to_owned();
        return Err(PolynomialError::Constant { value });
    };
    let singular = || PolynomialError::Singular {
        text: name.to_owned(),
    };
    let sizes = Sizes::new(&basis.dimensions, &basis.ratios, dimension)?;
    if let Some((unit, quotient)) = single(part, &basis.symbols)
        && let Some(fraction) = quotient.fraction()
    {
        let size = |k: usize| sizes.of(&basis.dimensions, k, dimension);
        let law = law_of_unit(unit, &basis.symbols, size)?;
        let image = law.image(fraction, format!("poly({name})"));
        return Ok((image.ok_or_else(singular)?, dimension));
    }
    let Tree::Inverse(at, inner) = part else {
        return Err(singular());
    };
    let at = *at;
    let text = spelled(inner, basis);
    let inner = MatrixExpression::of_tree(text, (**inner).clone(), basis.clone(), dimension);
    let inner = inner.map_err(|error| match error {
        // An inverse that is not selfadjoint is no variable with a law, and 0 has none.
        PolynomialError::Adjoint { .. } | PolynomialError::Constant { .. } => {
            PolynomialError::Inverse { at }
        }
        other => other,
    })?;
    let over = Fraction {
        numerator: vec![1.0],
        denominator: vec![0.0, 1.0],
        poles: vec![0.0, 1.0],
    };
    let image = inner.law()?.image(over, format!("poly({name})"));
    Ok((image.ok_or_else(singular)?, dimension))
}

/// With each variable with a law written as a number and what it differs by.
fn expanded(tree: &Tree, basis: &mut Basis) -> Tree {
    let mut tree = tree.clone();
    for k in 0..basis.symbols.len() {
        let symbol = basis.symbols[k].clone();
        let law = match &symbol.kind {
            SymbolKind::Discrete { atoms } => {
                let (at, mass) = atoms.iter().copied().unzip();
                Law::atoms(at, mass)
            }
            SymbolKind::Law { law } => Ok(law.clone()),
            SymbolKind::Semicircle { .. } | SymbolKind::Gaussian => continue,
        };
        let shifted = law.and_then(|law| {
            let mean = law.moments(1)?[1];
            let c = (GRID * mean).round() / GRID;
            Ok((c, law.shifted(-c)?))
        });
        let Ok((c, law)) = shifted else { continue };
        let Some(number) = binary(c) else {
            continue;
        };
        let kind = match discrete(&law) {
            Some(atoms) => SymbolKind::Discrete { atoms },
            None => SymbolKind::Law { law },
        };
        let name = format!("({} - {})", symbol.name, written(&number));
        let rest = basis.symbol(name, kind, symbol.rows, symbol.cols);
        tree = tree.exchanged(&Tree::Variable(k), &Tree::Number(number).plus(0, rest));
    }
    tree
}

/// A part as it is read.
pub(super) fn spelled(tree: &Tree, basis: &Basis) -> String {
    let of = |tree: &Tree| spelled(tree, basis);
    let tight = |tree: &Tree| match tree {
        Tree::Sum(..) => format!("({})", of(tree)),
        _ => of(tree),
    };
    let minus = real(BigRational::from_integer(BigInt::from(-1)));
    match tree {
        Tree::Number(x) => written(x),
        Tree::Variable(k) => basis.symbols[*k].name.clone(),
        Tree::Sum(_, a, b) => match &**b {
            Tree::Product(_, sign, b) if is_number(sign, &minus) => {
                format!("{} - {}", of(a), tight(b))
            }
            _ => format!("{} + {}", of(a), of(b)),
        },
        Tree::Product(_, sign, a) if is_number(sign, &minus) => format!("-{}", tight(a)),
        Tree::Product(_, a, b) => format!("{}*{}", tight(a), tight(b)),
        Tree::Adjoint(a) => match **a {
            Tree::Variable(_) => format!("{}'", of(a)),
            _ => format!("({})'", of(a)),
        },
        Tree::Power(_, a, n) => match **a {
            Tree::Variable(_) => format!("{}^{n}", of(a)),
            _ => format!("({})^{n}", of(a)),
        },
        Tree::Inverse(_, a) => format!("inv({})", of(a)),
    }
}

fn is_number(tree: &Tree, value: &Exact) -> bool {
    matches!(tree, Tree::Number(x) if x == value)
}
