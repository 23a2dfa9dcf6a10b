//! Classical convolution: the law of the sum of two independent variables.
//!
//! Discrete laws add their atoms; a discrete law mixes shifts of the other. Otherwise both laws are taken apart
//! into point masses and parts with densities in closed form, whose convolutions are computed by
//! quadrature, see [`convolution`].

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::answer::moments;
use crate::measure::law::kind::algebraic::Algebraic;
use crate::measure::law::kind::uniform::Uniform;
use crate::measure::law::local::{LawJet, Local};
use crate::measure::law::node::Kind;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

mod convolution;
mod panels;
mod smooth;

pub(crate) use convolution::Convolution;
pub(crate) use smooth::Shape;

/// A part of a law that is a mixture of parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    /// A point mass.
    Point(f64),
    /// A density of total mass `shape.mass()`.
    Smooth(Smooth),
}

/// The law of `scale·ξ + shift`, ξ of a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Smooth {
    shape: Shape,
    scale: f64,
    shift: f64,
}

impl Part {
    /// The image under `x ↦ scale·x + shift`.
    pub(crate) fn image(self, scale: f64, shift: f64) -> Self {
        match self {
            Part::Point(at) => Part::Point(scale * at + shift),
            Part::Smooth(smooth) => Part::Smooth(Smooth {
                shape: smooth.shape,
                scale: scale * smooth.scale,
                shift: scale * smooth.shift + shift,
            }),
        }
    }
}

impl std::fmt::Display for Smooth {
    fn fmt(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        let (scale, shift) = (self.scale, self.shift);
        if scale != 1.0 {
            write!(f, "{scale} . ")?;
        }
        match self.shape {
            Shape::Algebraic(law) => law.notation(f),
            Shape::Uniform { low, high } => Uniform { low, high }.notation(f),
        }?;
        match shift {
            0.0 => Ok(()),
            _ => write!(f, " + {shift}"),
        }
    }
}

impl Smooth {
    pub(crate) fn standard(shape: Shape) -> Self {
        Self {
            shape,
            scale: 1.0,
            shift: 0.0,
        }
    }

    /// With a positive scale, where its mirror image is of the same shape.
    fn upright(self) -> Self {
        match self.shape.mirrored() {
            Some(shape) if self.scale < 0.0 => Self {
                shape,
                scale: -self.scale,
                shift: self.shift,
            },
            _ => self,
        }
    }

    fn negated(self) -> Self {
        Self {
            shape: self.shape,
            scale: -self.scale,
            shift: -self.shift,
        }
    }

    fn ends(self) -> (f64, f64) {
        let [low, high] = self.shape.ends().map(|end| end.center.re);
        let (a, b) = (
            self.scale * low + self.shift,
            self.scale * high + self.shift,
        );
        (a.min(b), a.max(b))
    }

    /// Moments of the part divided by its mass.
    fn moments(self, count: usize) -> Result<Vec<f64>, LawError> {
        let mass = self.shape.mass().center.re;
        let mut moments = match self.shape {
            Shape::Algebraic(algebraic) => algebraic.moments(count)?,
            Shape::Uniform { low, high } => Uniform { low, high }.moments(count)?,
        };
        // The atom at 0 has mass and no moments.
        moments
            .iter_mut()
            .skip(1)
            .for_each(|moment| *moment /= mass);
        Ok(moments::affine(&moments, self.scale, self.shift))
    }
}

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
    let ((a, smooth_a), (b, smooth_b)) = split(mu).zip(split(nu)).ok_or(LawError::Classical)?;
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

/// `μ * ν` under its own name.
#[derive(Clone, Debug)]
pub(crate) struct Classical {
    first: Law,
    second: Law,
    whole: Law,
}

impl Transform for Classical {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        self.whole.jet(z, &mut memory.inner(1)[0])
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        self.whole.local(z, &mut memory.inner(1)[0])
    }

    fn atoms(&self) -> Vec<Atom> {
        self.whole.point_masses().to_vec()
    }

    fn hull(&self) -> (f64, f64) {
        self.whole.hull()
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(self.whole.support()?.to_vec())
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        self.whole.kinks()
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let (first, second) = (self.first.moments(count)?, self.second.moments(count)?);
        Ok(moments::convolved(&first, &second))
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        write!(f, "({} * {})", self.first, self.second)
    }
}
