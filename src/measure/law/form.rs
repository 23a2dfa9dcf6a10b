//! What form a law is known to have: point masses, parts with a density in closed form, an image of a named law.

use super::Law;
use super::classical::{Part, Shape, Smooth};
use super::kind::affine::Affine;
use super::kind::algebraic::Algebraic;
use super::kind::meixner::Meixner;
use super::node::Kind;
use super::transform::Transform;
use crate::measure::atoms::PointMasses;

impl Law {
    /// The point masses and the parts with a density in closed form that the law is a mixture of; `None` for any
    /// other law.
    pub(crate) fn parts(&self) -> Option<Vec<(f64, Part)>> {
        let smooth = |shape| (1.0, Part::Smooth(Smooth::standard(shape)));
        let points = |law: &dyn Transform| -> Vec<(f64, Part)> {
            let atoms = law.atoms().into_iter();
            atoms
                .map(|atom| (atom.mass, Part::Point(atom.at)))
                .collect()
        };
        match &self.0.kind {
            Kind::Points(law) => Some(points(law)),
            Kind::Algebraic(law) => {
                let mut parts = points(law);
                parts.push(smooth(Shape::Algebraic(*law)));
                Some(parts)
            }
            Kind::Uniform(law) => {
                let (low, high) = (law.low, law.high);
                Some(vec![smooth(Shape::Uniform { low, high })])
            }
            Kind::Affine(image) => {
                let parts = image.law.parts()?.into_iter();
                let of = |part: Part| part.image(image.scale, image.shift);
                Some(parts.map(|(weight, part)| (weight, of(part))).collect())
            }
            Kind::Mixture(mixture) => {
                let mut all = Vec::new();
                for (weight, law) in &mixture.parts {
                    let parts = law.parts()?.into_iter();
                    all.extend(parts.map(|(inner, part)| (weight * inner, part)));
                }
                Some(all)
            }
            _ => None,
        }
    }

    /// `(γ, a)` for `a·MP^γ`, `a > 0`.
    pub(crate) fn as_marchenko_pastur(&self) -> Option<(f64, f64)> {
        match &self.0.kind {
            Kind::Algebraic(Algebraic::MarchenkoPastur { gamma }) => Some((*gamma, 1.0)),
            Kind::Affine(image) if image.shift == 0.0 && image.scale > 0.0 => {
                let (gamma, a) = image.law.as_marchenko_pastur()?;
                Some((gamma, a * image.scale))
            }
            _ => None,
        }
    }

    /// Variance and mean of a semicircle.
    pub(crate) fn as_semicircle(&self) -> Option<(f64, f64)> {
        match &self.0.kind {
            Kind::Algebraic(Algebraic::Semicircle { variance }) => Some((*variance, 0.0)),
            Kind::Affine(image) => {
                let (variance, mean) = image.law.as_semicircle()?;
                Some((variance * image.scale * image.scale, image.image(mean)))
            }
            _ => None,
        }
    }

    /// The image that the law is made as.
    pub(crate) fn as_affine(&self) -> Option<&Affine> {
        match &self.0.kind {
            Kind::Affine(image) => Some(image),
            _ => None,
        }
    }

    /// The points of a law of finitely many.
    pub(crate) fn as_points(&self) -> Option<&PointMasses> {
        match &self.0.kind {
            Kind::Points(points) => Some(points),
            _ => None,
        }
    }

    /// a for `δ_a`.
    pub(crate) fn as_point(&self) -> Option<f64> {
        let (low, high) = self.hull();
        match self.point_masses() {
            [atom] if low == high => Some(atom.at),
            _ => None,
        }
    }
}

impl Law {
    /// The parameters of a law that is known to be a free Meixner law.
    pub(crate) fn as_meixner(&self) -> Option<Meixner> {
        let of = |mean, variance, skew, excess| Meixner {
            mean,
            variance,
            skew,
            excess,
        };
        match &self.0.kind {
            Kind::Meixner(law) => Some(*law),
            Kind::Algebraic(Algebraic::MarchenkoPastur { gamma }) => {
                Some(of(1.0, *gamma, *gamma, 0.0))
            }
            Kind::Algebraic(Algebraic::Semicircle { variance }) => {
                Some(of(0.0, *variance, 0.0, 0.0))
            }
            Kind::Algebraic(Algebraic::Arcsine { low, high }) => {
                let square = (0.25 * (high - low)).powi(2);
                Some(of(0.5 * (low + high), 2.0 * square, 0.0, -square))
            }
            Kind::Affine(image) => Some(image.law.as_meixner()?.image(image.scale, image.shift)),
            Kind::Points(_) => match *self.point_masses() {
                // α₁ = x + y − m and β₁ = (x − m)(m − y), β₂ = 0.
                [x, y] => {
                    let mean = x.mass * x.at + y.mass * y.at;
                    let variance = x.mass * y.mass * (y.at - x.at).powi(2);
                    Some(of(mean, variance, x.at + y.at - 2.0 * mean, -variance))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a law is made of by operations that free variables have.
pub(crate) enum FreeForm {
    /// A number.
    Point(f64),
    /// Places and masses.
    Discrete(Vec<(f64, f64)>),
    /// A semicircle of this variance.
    Semicircle(f64),
    /// `MP^γ`.
    MarchenkoPastur(f64),
    /// The arcsine law between two points.
    Arcsine(f64, f64),
    /// `scale·a + shift`.
    Affine(f64, f64, Law),
    /// `a + b`.
    Sum(Law, Law),
    /// `X a X'`, X with γ rows for each column.
    MpMap(f64, Law),
}

impl Law {
    /// How free variables make a variable of this law; `None` where that is not known.
    pub(crate) fn free_form(&self) -> Option<FreeForm> {
        Some(match &self.0.kind {
            Kind::Points(_) => match self.as_point() {
                Some(at) => FreeForm::Point(at),
                None => {
                    let atoms = self.point_masses().iter();
                    FreeForm::Discrete(atoms.map(|atom| (atom.at, atom.mass)).collect())
                }
            },
            Kind::Algebraic(Algebraic::Semicircle { variance }) => FreeForm::Semicircle(*variance),
            Kind::Algebraic(Algebraic::MarchenkoPastur { gamma }) => {
                FreeForm::MarchenkoPastur(*gamma)
            }
            Kind::Algebraic(Algebraic::Arcsine { low, high }) => FreeForm::Arcsine(*low, *high),
            Kind::Affine(image) => FreeForm::Affine(image.scale, image.shift, image.law.clone()),
            Kind::FreeSum(sum) => {
                let [a, b] = sum.summands();
                FreeForm::Sum(a.clone(), b.clone())
            }
            Kind::MpMap(map) => FreeForm::MpMap(map.gamma(), map.inner().clone()),
            _ => return None,
        })
    }
}
