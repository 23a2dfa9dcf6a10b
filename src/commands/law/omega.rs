//! The subordination functions of a free convolution at points of the half plane.

use super::super::point;
use super::answer::{Answered, answered, complex};
use num_complex::Complex64;
use serde_json::{Value as Json, json};
use tensor_dyson::measure::{EnclosedPoint, Law};

/// What was asked of one point.
pub(super) struct Omega {
    z: Complex64,
    found: Answered<Vec<EnclosedPoint>>,
}

/// Why there is nothing to say, where a law is no free convolution.
const NONE: &str = "the law is no free sum, free product, power or mpmap, and has none";

impl Omega {
    pub(super) fn of(law: &Law, z: Complex64) -> Self {
        let found = law.subordination(z);
        Self { z, found }
    }

    /// The functions, or why there are none.
    fn known(&self) -> Result<&[EnclosedPoint], String> {
        match &self.found {
            Ok(all) if all.is_empty() => Err(NONE.to_owned()),
            Ok(all) => Ok(all),
            Err(error) => Err(error.to_string()),
        }
    }

    pub(super) fn is_known(&self) -> bool {
        self.known().is_ok()
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let at = point(self.z);
        match self.known() {
            Err(error) => vec![format!("ω({at}): {error}")],
            Ok(all) => {
                let names = ["ω₁", "ω₂"].into_iter().zip(all);
                let line = |(name, omega): (&str, &EnclosedPoint)| {
                    answered(name, &at, Ok((complex(omega.value), omega.radius)))
                };
                names.map(line).collect()
            }
        }
    }

    pub(super) fn json(&self) -> Json {
        let z = [self.z.re, self.z.im];
        match self.known() {
            Err(error) => json!({"z": z, "omega": null, "bounds": null, "error": error}),
            Ok(all) => {
                let omega: Vec<[f64; 2]> = all.iter().map(|w| [w.value.re, w.value.im]).collect();
                let bounds: Vec<f64> = all.iter().map(|w| w.radius).collect();
                json!({"z": z, "omega": omega, "bounds": bounds})
            }
        }
    }
}
