//! Classical convolution: the law of the sum of two independent variables.
//!
//! Discrete laws add their atoms; a discrete law mixes shifts of the other. Otherwise both laws are taken apart
//! into point masses and parts with densities in closed form, whose convolutions are computed by
//! quadrature, see [`convolution`]; or one of them is, and its parts are taken against the other law, see [`against`]. A sum of
//! several is taken in such an order that one of two always is of that form, if there is one.

use crate::measure::law::kind::algebraic::Algebraic;
use crate::measure::law::node::Kind;
use crate::measure::law::{Law, LawError};

mod against;
mod convolution;
mod direct;
mod integrands;
mod legs;
mod named;
mod panels;
mod part;
mod smooth;

pub(crate) use against::Against;
use against::Operation;
pub(crate) use convolution::Convolution;
pub(crate) use direct::Stretch;
pub(crate) use named::Classical;
pub(crate) use part::{Part, Smooth};
pub(crate) use smooth::Shape;

/// Pairs of atoms at most.
const PAIRS: usize = 4_000_000;

/// The atoms of a discrete law.
pub(crate) fn discrete(law: &Law) -> Option<Vec<(f64, f64)>> {
    let point = |(weight, part): (f64, Part)| match part {
        Part::Point(at) => Some((weight, at)),
        Part::Smooth(_) => None,
    };
    law.parts()?.into_iter().map(point).collect()
}

/// `μ * ν`.
pub(crate) fn classical(mu: &Law, nu: &Law) -> Result<Law, LawError> {
    let whole = match (discrete(mu), discrete(nu)) {
        (Some(a), Some(b)) => return sums(&a, &b),
        (Some(atoms), None) => Law::mixture(&shifts(&atoms, nu)?)?,
        (None, Some(atoms)) => Law::mixture(&shifts(&atoms, mu)?)?,
        (None, None) => mixed(mu, nu)?,
    };
    Ok(Law::new(Kind::Classical(Classical {
        operation: Operation::Sum,
        first: mu.clone(),
        second: nu.clone(),
        whole,
    })))
}

fn sums(a: &[(f64, f64)], b: &[(f64, f64)]) -> Result<Law, LawError> {
    let pairs = a.len().saturating_mul(b.len());
    if pairs > PAIRS {
        return Err(LawError::Argument {
            name: "number of pairs of atoms",
            value: pairs as f64,
            needed: "at most 4000000",
        });
    }
    let all = a
        .iter()
        .flat_map(|(p, x)| b.iter().map(move |(q, y)| (x + y, p * q)));
    let (at, mass) = all.unzip();
    Law::atoms(at, mass)
}

fn shifts(atoms: &[(f64, f64)], law: &Law) -> Result<Vec<(f64, Law)>, LawError> {
    atoms
        .iter()
        .map(|&(weight, by)| Ok((weight, law.shifted(by)?)))
        .collect()
}

type Split = (Vec<(f64, f64)>, Vec<(f64, Smooth)>);

fn split(law: &Law) -> Option<Split> {
    let mut split = (Vec::new(), Vec::new());
    for (weight, part) in law.parts()? {
        match part {
            Part::Point(at) => split.0.push((weight, at)),
            Part::Smooth(smooth) => split.1.push((weight, smooth)),
        }
    }
    Some(split)
}

/// With `μ = Σ pᵢ δ(xᵢ) + μ_c` and the same for ν,
/// `μ*ν = Σ pᵢ ν(·−xᵢ) + Σ qⱼ μ(·−yⱼ) − Σ pᵢqⱼ δ(xᵢ+yⱼ) + μ_c*ν_c`.
fn mixed(mu: &Law, nu: &Law) -> Result<Law, LawError> {
    let ((a, smooth_a), (b, smooth_b)) = match (split(mu), split(nu)) {
        (Some(a), Some(b)) => (a, b),
        (Some(closed), None) => return against(&closed, nu),
        (None, Some(closed)) => return against(&closed, mu),
        (None, None) => return reordered(mu, nu),
    };
    let mut parts = shifts(&a, nu)?;
    parts.extend(shifts(&b, mu)?);
    for (p, x) in &a {
        for (q, y) in &b {
            parts.push((-p * q, Law::point(x + y)?));
        }
    }
    for (p, x) in &smooth_a {
        for (q, y) in &smooth_b {
            let mass = (x.shape.mass() * y.shape.mass()).center.re;
            parts.push((p * q * mass, smooth_sum(*x, *y)?));
        }
    }
    match &parts[..] {
        [(_, only)] => Ok(only.clone()),
        _ => Law::mixture(&parts),
    }
}

/// `μ*ν = Σ pᵢ ν(·−xᵢ) + Σ wⱼ μⱼ*ν` for a law μ of atoms and closed parts, and any ν.
fn against((atoms, smooth): &Split, nu: &Law) -> Result<Law, LawError> {
    let mut parts = shifts(atoms, nu)?;
    for &(weight, x) in smooth {
        let mass = x.shape.mass().center.re;
        let sum = Against::new(x.upright(), nu.clone(), Operation::Sum);
        parts.push((weight * mass, Law::new(Kind::Against(sum))));
    }
    match &parts[..] {
        [(_, only)] => Ok(only.clone()),
        _ => Law::mixture(&parts),
    }
}

/// The law of XY, X of law μ and Y of law ν.
pub(crate) fn product(mu: &Law, nu: &Law) -> Result<Law, LawError> {
    let whole = match (split(mu), split(nu)) {
        (Some(closed), _) if is_one_sided(&closed) => times(&closed, nu)?,
        (_, Some(closed)) if is_one_sided(&closed) => times(&closed, mu)?,
        _ => return Err(LawError::Product),
    };
    Ok(Law::new(Kind::Classical(Classical {
        operation: Operation::Product,
        first: mu.clone(),
        second: nu.clone(),
        whole,
    })))
}

/// Whether no density reaches to both sides of 0.
fn is_one_sided((_, smooth): &Split) -> bool {
    let mut ends = smooth.iter().map(|(_, x)| x.ends());
    ends.all(|(low, high)| low >= 0.0 || high <= 0.0)
}

/// The mixture of the images `xᵢ·ν` and of products with parts on one side of 0.
fn times((atoms, smooth): &Split, nu: &Law) -> Result<Law, LawError> {
    let mut parts = Vec::new();
    for &(weight, x) in atoms {
        parts.push((weight, nu.scaled(x)?));
    }
    for &(weight, x) in smooth {
        let mass = x.shape.mass().center.re;
        // XY is (−X)(−Y).
        let (x, y) = if x.ends().0 >= 0.0 {
            (x, nu.clone())
        } else {
            (x.negated(), nu.scaled(-1.0)?)
        };
        let product = Against::new(x.upright(), y, Operation::Product);
        parts.push((weight * mass, Law::new(Kind::Against(product))));
    }
    match &parts[..] {
        [(_, only)] => Ok(only.clone()),
        _ => Law::mixture(&parts),
    }
}

/// The sum of the factors of both laws, those in closed form taken one by one against the rest.
fn reordered(mu: &Law, nu: &Law) -> Result<Law, LawError> {
    let all = factors(mu)?.into_iter().chain(factors(nu)?);
    let (closed, mut others): (Vec<Law>, Vec<Law>) = all.partition(|law| law.parts().is_some());
    let mut closed = closed.into_iter();
    let first = others.pop().or_else(|| closed.next());
    match (first, others.is_empty()) {
        (Some(first), true) => closed.try_fold(first, |sum, law| classical(&sum, &law)),
        _ => Err(LawError::Classical),
    }
}

/// The laws that a law is a classical convolution of.
fn factors(law: &Law) -> Result<Vec<Law>, LawError> {
    if let Some(image) = law.as_affine() {
        let mut factors = factors(&image.law)?.into_iter();
        let first = factors
            .next()
            .map(|law| law.affine(image.scale, image.shift));
        let others = factors.map(|law| law.scaled(image.scale));
        return first.into_iter().chain(others).collect();
    }
    match &law.0.kind {
        Kind::Classical(sum) if sum.operation == Operation::Sum => {
            let mut all = factors(&sum.first)?;
            all.extend(factors(&sum.second)?);
            Ok(all)
        }
        _ => Ok(vec![law.clone()]),
    }
}

/// The law of X + Y, roles and signs such that the density's scale is positive, and the logarithms of a
/// uniform law are in the density's place if they can be.
fn smooth_sum(x: Smooth, y: Smooth) -> Result<Law, LawError> {
    let (mut x, mut y) = (x.upright(), y.upright());
    if x.scale < 0.0 && y.scale < 0.0 {
        let mirror = Convolution::new(x.negated(), y.negated());
        return Law::new(Kind::Convolution(mirror)).scaled(-1.0);
    }
    if x.scale < 0.0 || (y.shape.has_logarithms() && x.scale > 0.0 && y.scale > 0.0) {
        std::mem::swap(&mut x, &mut y);
    }
    Ok(Law::new(Kind::Convolution(Convolution::new(x, y))))
}

/// `μ_c * μ_c`, normalised, μ_c the part of `MP^γ` with a density.
pub(crate) fn continuous_square(gamma: f64) -> Law {
    let smooth = Smooth::standard(Shape::Algebraic(Algebraic::MarchenkoPastur { gamma }));
    Law::new(Kind::Convolution(Convolution::new(smooth, smooth)))
}
