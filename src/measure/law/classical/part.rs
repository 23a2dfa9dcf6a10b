//! The parts of which a law in closed form is a mixture.

use super::smooth::Shape;
use crate::measure::law::answer::moments;
use crate::measure::law::kind::uniform::Uniform;
use crate::measure::law::transform::Transform;
use crate::measure::law::{LawError, Notation};

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
    pub(super) shape: Shape,
    pub(super) scale: f64,
    pub(super) shift: f64,
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
    pub(super) fn upright(self) -> Self {
        match self.shape.mirrored() {
            Some(shape) if self.scale < 0.0 => Self {
                shape,
                scale: -self.scale,
                shift: self.shift,
            },
            _ => self,
        }
    }

    pub(super) fn negated(self) -> Self {
        Self {
            shape: self.shape,
            scale: -self.scale,
            shift: -self.shift,
        }
    }

    pub(super) fn ends(self) -> (f64, f64) {
        let [low, high] = self.shape.ends().map(|end| end.center.re);
        let (a, b) = (
            self.scale * low + self.shift,
            self.scale * high + self.shift,
        );
        (a.min(b), a.max(b))
    }

    /// Moments of the part divided by its mass.
    pub(super) fn moments(self, count: usize) -> Result<Vec<f64>, LawError> {
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
