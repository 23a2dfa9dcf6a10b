//! The calculus of laws, described at the head of [`crate::measure`]. The theorem behind the bounds is stated in `subordination/enclosure.rs`.

use num_complex::Complex64;
use std::f64::consts::PI;
use std::fmt;
use std::sync::Arc;

mod answer;
mod build;
mod classical;
mod covariance;
mod error;
mod expression;
mod exterior;
mod form;
pub(crate) mod image;
mod kind;
mod local;
mod matrix_semicircle;
mod node;
mod operations;
pub(crate) mod operator;
mod scan;
mod subordination;
mod transform;
mod walk;

#[cfg(test)]
mod tests;

pub use answer::{Density, Distribution, Enclosed, EnclosedPoint};
pub use covariance::{WeightedCovariance, WeightedCovarianceError};
pub use error::LawError;
pub use expression::ParseError;
pub(crate) use form::FreeForm;
pub(crate) use kind::algebraic::marchenko_pastur;
pub use subordination::mp_map_of_response::{
    MpMapError, MpMapPoint, NotConverged, marchenko_pastur_map,
};
pub use transform::Atom;
pub use walk::Walk;

use super::arithmetic::ball::Ball;
use crate::numbers::larger;
use local::{LawJet, Local};
use node::Node;
use transform::{Memory, Transform};

type Notation<'a> = fmt::Formatter<'a>;

/// A probability law on the line with compact support.
///
/// Cheap to clone. Built by the constructors and operations below; an expression reads as written:
///
/// ```
/// use num_complex::Complex64;
/// use tensor_dyson::measure::Law;
///
/// // MP^{1/2} of a mixture with an atom at 0, and its transform on the real axis.
/// let nu = Law::mixture(&[(0.75, Law::semicircle(1.0)?.shifted(3.0)?), (0.25, Law::point(0.0)?)])?;
/// let value = nu.mp_map(0.5)?.stieltjes(Complex64::new(2.0, 0.0))?;
/// assert!(value.s.im > 0.0 && value.radius < 1e-14);
/// # Ok::<(), tensor_dyson::measure::LawError>(())
/// ```
#[derive(Clone)]
pub struct Law(Arc<Node>);

/// `s(z)` and `s′(z)` with proved bounds on their errors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// `s(z) = ∫ dμ(x)/(x − z)`.
    pub s: Complex64,
    /// `|s − exact|` is at most this.
    pub radius: f64,
    /// `s′(z) = ∫ dμ(x)/(x − z)²`.
    pub derivative: Complex64,
    /// `|s′ − exact|` is at most this; infinite where s′ is.
    pub derivative_radius: f64,
    /// Newton steps and quadrature nodes spent, inner laws included where they were bounded.
    pub steps: usize,
}

/// Questions.
impl Law {
    /// `s(z) = ∫ dμ(x)/(x − z)` and `s′(z)` for `Im z ≥ 0`; on the real axis the limit from above. For many points see
    /// [`Law::walk`].
    ///
    /// # Errors
    /// [`LawError`]: z refused, an atom, or no bound, next to an edge.
    pub fn stieltjes(&self, z: Complex64) -> Result<Value, LawError> {
        self.walk().stieltjes(z)
    }

    /// An evaluator that starts each search at the root of the point before.
    pub fn walk(&self) -> Walk<'_> {
        self.walk_over(0)
    }

    /// The same for about so many points: what the law keeps for later, and pays for itself over as many, it makes at once.
    ///
    /// ```
    /// use num_complex::Complex64;
    /// let law = tensor_dyson::measure::Law::parse("mpmap(0.5, mp(0.5) * semicircle(1))")?;
    /// let mut walk = law.walk_over(1000);
    /// for k in 0..1000 {
    ///     let z = Complex64::new(0.001 * f64::from(k), 1.0);
    ///     assert!(walk.stieltjes(z)?.radius < 1e-11);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn walk_over(&self, points: usize) -> Walk<'_> {
        Walk {
            law: self,
            memory: Memory::over(points),
        }
    }

    /// The atoms, ascending: places and masses by theory, not from a density.
    pub fn point_masses(&self) -> &[Atom] {
        &self.0.atoms
    }

    /// `μ{at}`.
    pub fn mass_at(&self, at: f64) -> f64 {
        let atoms = self.point_masses();
        let found = atoms.binary_search_by(|atom| atom.at.total_cmp(&at));
        // −0 and 0 are one place.
        let found = found
            .or_else(|_| atoms.binary_search_by(|atom| (atom.at + 0.0).total_cmp(&(at + 0.0))));
        found.map_or(0.0, |k| atoms[k].mass)
    }

    /// The intervals of the support without isolated atoms, ascending and disjoint.
    ///
    /// # Errors
    /// Where an edge needs an inner law that has no answer, or overflows.
    pub fn support(&self) -> Result<&[(f64, f64)], LawError> {
        let intervals = self.0.intervals.get_or_init(|| {
            let found = self.transform().intervals()?;
            let bad = found
                .iter()
                .find(|(a, b)| !(a.is_finite() && b.is_finite() && (b - a).is_finite()));
            match bad {
                Some(&(low, high)) => Err(LawError::Overflow { low, high }),
                None => {
                    // An edge at an end of what is known to contain the support, an end such as 0, may be rounded beyond it.
                    let (least, most) = self.hull();
                    let inside = |x: f64| x.max(least).min(most);
                    let ends = found.iter().map(|&(a, b)| (inside(a), inside(b)));
                    Ok(ends.collect())
                }
            }
        });
        intervals.as_deref().map_err(|error| *error)
    }

    /// The density at a point and what it is off by, without a proof, where that comes far quicker.
    pub(crate) fn guessed(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        self.transform().guessed(x, memory)
    }

    fn transform(&self) -> &dyn Transform {
        self.0.kind.transform()
    }

    /// An interval that contains the support; cheap, and not always the smallest.
    pub fn hull(&self) -> (f64, f64) {
        self.0.hull
    }

    /// The largest modulus of a point of [`Law::hull`]; an error where the numbers of a bound would leave their range.
    pub(crate) fn reach(&self) -> Result<f64, LawError> {
        let (low, high) = self.hull();
        let reach = larger(low.abs(), high.abs());
        if reach == 0.0 || (1.0 / LARGEST..=LARGEST).contains(&reach) {
            Ok(reach)
        } else {
            Err(LawError::Range { reach })
        }
    }

    /// Whether integrals are solved for in each of its values, which are lost next to a hard edge at 0.
    fn takes_integrals(&self) -> bool {
        self.0.kind.takes_integrals()
    }

    fn has_phase(&self) -> bool {
        self.0.kind.has_phase()
    }

    /// Points inside the support where the density is not smooth.
    pub(crate) fn kinks(&self) -> Result<Vec<f64>, LawError> {
        self.transform().kinks()
    }

    pub(crate) fn local(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let outside = self.exterior();
        let outside = outside.and_then(|outside| outside.local(self.transform(), z, memory));
        let local = match outside {
            Some(local) => local,
            None => {
                let found = self.transform().evaluate(z, memory);
                found.or_else(|error| self.afar(z).ok_or(error))?
            }
        };
        Ok(local.within(self.hull(), z.radius))
    }

    /// `∫ arg(z − x) dμ(x)` for every point of a disc in the closed upper half plane, see [`Transform::phase`].
    pub(crate) fn phase(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        let ((low, high), at) = (self.hull(), z.center);
        match at.im == 0.0 && z.radius == 0.0 {
            true if at.re > high => Ok(Ball::real(0.0)),
            true if at.re < low => Ok(Ball::pi()),
            _ => self.transform().phase(z, memory),
        }
    }

    /// The same on the axis, where it has no bound as far as is known without a proof.
    pub(crate) fn guessed_phase(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        let (low, high) = self.hull();
        match x {
            _ if x > high => Some([0.0; 2]),
            _ if x < low => Some([PI, f64::EPSILON]),
            _ => self.transform().guessed_phase(x, memory),
        }
    }

    /// Without bounds; in the lower half plane by reflection.
    pub(crate) fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        if z.im < 0.0 {
            return Ok(self.jet(z.conj(), memory)?.conj());
        }
        let outside = self.exterior();
        if let Some(jet) = outside.and_then(|outside| outside.jet(self.transform(), z, memory)) {
            return Ok(jet);
        }
        let found = self.transform().jet(z, memory);
        found.or_else(|error| self.jet_afar(z).ok_or(error))
    }
}

impl fmt::Display for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.transform().notation(f)
    }
}

impl fmt::Debug for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Law({self})")
    }
}

/// The largest support with bounds, and the inverse of the smallest: the fourth powers of which they are made neither
/// overflow nor vanish.
const LARGEST: f64 = 1e75;
