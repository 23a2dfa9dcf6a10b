//! The transform at a point.

use super::super::point;
use super::answer::{Answered, answered, complex};
use num_complex::Complex64;
use tensor_dyson::measure::{LawError, Value, Walk};

/// The transform, and where only its bound is missing what is known, and about how far that is off.
pub(super) struct At {
    pub z: Complex64,
    pub value: Answered<Value>,
    pub estimate: Option<(Complex64, f64)>,
}

impl At {
    pub(super) fn new(walk: &mut Walk<'_>, z: Complex64) -> Self {
        let value = walk.stieltjes(z);
        let estimate = match value {
            Err(LawError::NoBound { .. }) => walk.estimate(z),
            _ => None,
        };
        Self { z, value, estimate }
    }

    pub(super) fn is_answer(&self) -> bool {
        self.value.is_ok() || self.estimate.is_some()
    }

    pub(super) fn line(&self) -> String {
        let z = point(self.z);
        if let Some((s, error)) = self.estimate {
            let s = complex(s);
            return format!(
                "m({z}) = {s}, off by about {error:.1e}: an estimate, which nothing proves here"
            );
        }
        let value = self.value.as_ref();
        answered("m", &z, value.map(|v| (complex(v.s), v.radius)))
    }
}
