//! What form a law is known to have: point masses, parts with a density in closed form, an image of a named law.

use super::Law;
use super::classical::{Part, Shape, Smooth};
use super::kind::affine::Affine;
use super::kind::algebraic::Algebraic;
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
