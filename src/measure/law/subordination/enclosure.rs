//! The enclosure of a root: with it `s`, `s′`, `χ` have bounds.
//!
//! **Enclosure.** Let `a ≠ 0`, and let E be analytic on the disc of radius ρ around c with `|E′ − a| ≤ q|a|`,
//! `q ≤ ½`. Then `ω ↦ ω − E(ω)/a` contracts by q; if `|E(c)| ≤ (1−q)ρ|a|` it maps the disc to itself, and E has
//! one root there, at most `|E(c)|/((1−q)|a|)` from c (Banach; in this form Krawczyk 1969, and the theorem of
//! Newton and Kantorovich with the Lipschitz bound replaced by the range of E′). E(c) and the range of E′ are
//! computed in [`Ball`], errors of the inner laws and of rounding included.
//!
//! **Which root.** A disc inside the upper half plane holds the one root there. For real z the branch is analytic
//! across the axis and continues that root. Where ω is real or nearly so, the disc is centred on the real axis, off
//! the supports of the inner laws, and z is a disc of radius r around a real number; if all subordination
//! functions have derivative with positive real part there, they map the upper half of that disc to
//! the upper half plane: again the unique root. The law then has no support within r, and its values off the axis
//! follow from those on it by Taylor's series.

use num_complex::Complex64;

use super::equation::{Derivatives, Enclosable};
use super::solver::Search;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::law::LawError;
use crate::measure::law::local::{Beside, Local};
use crate::measure::law::transform::Memory;

/// `s`, `s′`, `χ` at z with bounds.
pub(crate) fn evaluate<E: Enclosable>(
    equation: &E,
    z: Ball,
    memory: &mut Memory,
) -> Result<Local, LawError> {
    let mut search = Search::new(equation, z);
    let found = match search.continued(memory) {
        Some(found) => Ok(found),
        None => search.run(memory, |search, omega, inner| search.certify(omega, inner)),
    };
    let mut local = match found {
        Err(error) => from_the_axis(equation, z, memory).ok_or(error)?,
        Ok(found) => found,
    };
    local.steps += search.steps;
    Ok(local)
}

/// `∫ arg(z − x) dμ(x)`, see [`super::super::transform::Transform::phase`].
pub(crate) fn phase<E: Enclosable>(
    equation: &E,
    z: Ball,
    memory: &mut Memory,
) -> Result<Ball, LawError> {
    let mut search = Search::new(equation, z);
    if let Some((_, omega, inner)) = search.followed(memory)
        && let Ok(found) = search.phase(omega, &inner, memory.inner(E::PARTS))
    {
        return Ok(found);
    }
    search.run(memory, |search, omega, parts| {
        let (_, omega, inner) = search.certified(omega, parts)?;
        search.phase(omega, &inner, parts)
    })
}

/// The subordination functions at z.
pub(crate) fn functions<E: Enclosable>(equation: &E, z: Complex64) -> Result<Vec<Ball>, LawError> {
    let mut search = Search::new(equation, Ball::exact(z));
    search.run(&mut Memory::default(), |search, omega, inner| {
        search.certify(omega, inner)?;
        let (_, inner, delta) = search.located(omega, inner)?;
        let found = equation.functions(&inner, search.disc, delta);
        found.ok_or(LawError::at_edge(z, delta))
    })
}

/// How far beside z on the axis a root is taken instead, in heights of the equation: there and back Taylor's series costs the
/// square of it over the distance to the support.
const ASIDE: [f64; 5] = [0.0, 1e-11, -1e-11, 1e-9, -1e-9];

/// Beside the support, so near the axis that rounding takes a subordination function below it, or where one of them is 0 or
/// infinite: from the real root beside, if the law is analytic on a disc around it that holds z.
pub(super) fn from_the_axis<E: Enclosable>(
    equation: &E,
    z: Ball,
    memory: &mut Memory,
) -> Option<Local> {
    let scale = equation.height();
    if z.center.im > 1e-3 * scale {
        return None;
    }
    let mut at = |share: f64| {
        let foot = Complex64::new(z.center.re + share * scale, 0.0);
        if foot == z.center {
            return None;
        }
        let mut search = Search::new(equation, Ball::exact(foot));
        let found = search.run(memory, |search, omega, inner| search.certify(omega, inner));
        let mut local = found.ok()?.moved_to(z.center)?.widened(z.radius)?;
        local.steps += search.steps;
        Some(local)
    };
    ASIDE.into_iter().find_map(&mut at)
}

/// |a| for the centre a of the range of E′, and q.
fn variation(range: &Derivatives<Ball>) -> (Lower, Upper) {
    let a = Ball::exact(range.domega.center).lower();
    (a, Upper(range.domega.radius) / a)
}

impl<E: Enclosable> Search<'_, E> {
    /// The enclosure that the module's documentation describes.
    fn certify(&self, omega: Complex64, memory: &mut [Memory]) -> Result<Local, LawError> {
        Ok(self.certified(omega, memory)?.0)
    }

    /// The same with the root, and the inner laws there.
    pub(super) fn certified(
        &self,
        omega: Complex64,
        memory: &mut [Memory],
    ) -> Result<(Local, Complex64, E::Inner), LawError> {
        let (equation, z, disc) = (self.equation, self.z, self.disc);
        let edge = |radius| LawError::at_edge(z, radius);
        let (omega, inner, delta) = self.located(omega, memory)?;
        let (distance, steps) = equation.about(&inner);
        let mut reach = z.im - disc.radius;
        if omega.im <= delta || omega.im < 0.125 * distance {
            match self.beside_the_support(omega, delta, memory) {
                Some(found) => reach = reach.max(found),
                None if omega.im <= delta => return Err(edge(delta)),
                None => {}
            }
        }
        let found = equation.result(&inner, disc, delta).ok_or(edge(delta))?;
        let values = [found.s, found.ds, found.chi, found.dchi];
        if !values.iter().all(|value| value.is_finite()) {
            return Err(edge(delta));
        }
        let (of_chi, mut of_law) = (Beside::at(reach), Beside::at(reach));
        if equation.pole_at_zero() {
            of_law.reach = reach.min(disc.least());
        }
        let mut local = Local::new(disc, found.s, found.ds, found.chi, of_law.reach)
            .with_slope(found.dchi)
            .with_bounds(of_law, of_chi);
        local.steps = steps;
        Ok((local, omega, inner))
    }

    /// `∫ arg(z − x) dμ(x)` from the inner laws at a root that is certified.
    fn phase(
        &self,
        omega: Complex64,
        inner: &E::Inner,
        memory: &mut [Memory],
    ) -> Result<Ball, LawError> {
        let (equation, disc) = (self.equation, self.disc);
        let edge = LawError::at_edge(self.z, disc.radius);
        let value = equation.value(inner, disc).ok_or(edge)?;
        let delta = self.contraction(omega, inner, value).map_err(|_| edge)?;
        let found = equation.phase(inner, disc, delta, memory).ok_or(edge)?;
        if !found.is_finite() {
            return Err(edge);
        }
        Ok(found)
    }

    /// The root with the inner laws there, and the radius around it within which it is the only one.
    fn located(
        &self,
        omega: Complex64,
        memory: &mut [Memory],
    ) -> Result<(Complex64, E::Inner, f64), LawError> {
        let edge = |(radius, variation)| LawError::Edge {
            z: self.z,
            radius,
            variation,
        };
        let none = edge((0.0, f64::INFINITY));
        let (omega, inner, value) = self.polished(omega, memory)?.ok_or(none)?;
        let delta = self.contraction(omega, &inner, value).map_err(edge)?;
        Ok((omega, inner, delta))
    }

    /// The root with the inner laws and E there, after one more step if the residual is more than rounding.
    fn polished(
        &self,
        omega: Complex64,
        memory: &mut [Memory],
    ) -> Result<Option<(Complex64, E::Inner, Ball)>, LawError> {
        let (equation, z, disc) = (self.equation, self.z, self.disc);
        let inner = equation.inner(z, omega, memory)?;
        let Some(value) = equation.value(&inner, disc) else {
            return Ok(None);
        };
        if size(value.center) <= 4.0 * value.radius {
            return Ok(Some((omega, inner, value)));
        }
        let Some(range) = equation.range(&inner, disc, 0.0) else {
            return Ok(None);
        };
        let next = omega - value.center / range.domega.center;
        let height = if omega.im == 0.0 { 0.0 } else { next.im };
        if height > 0.0 || omega.im == 0.0 {
            let next = Complex64::new(next.re, height);
            let inner = match equation.moved(&inner, next) {
                Some(moved) => moved,
                None => equation.inner(z, next, memory)?,
            };
            let value = equation.value(&inner, disc);
            return Ok(value.map(|value| (next, inner, value)));
        }
        Ok(Some((omega, inner, value)))
    }

    /// A radius around the centre within which there is one root; or the last radius tried, with the variation there.
    fn contraction(
        &self,
        omega: Complex64,
        inner: &E::Inner,
        value: Ball,
    ) -> Result<f64, (f64, f64)> {
        let (equation, disc) = (self.equation, self.disc);
        let mut rho = 8.0 * f64::EPSILON * size(omega);
        let mut last = f64::INFINITY;
        for _ in 0..4 {
            let Some(range) = equation.range(inner, disc, rho) else {
                break;
            };
            let (a, q) = variation(&range);
            last = q.0;
            if q.0.is_nan() || q.0 > 0.5 {
                break;
            }
            let bound = (value.upper() / ((Lower(1.0) - q) * a)).0;
            if bound <= rho {
                return Ok(bound);
            }
            rho = 2.0 * bound;
        }
        Err((rho, last))
    }

    /// The largest distance, of a few tried, within which the law is proved to have no support, if the root
    /// within `delta` of ω is the branch that is real on the axis.
    fn beside_the_support(
        &self,
        omega: Complex64,
        delta: f64,
        memory: &mut [Memory],
    ) -> Option<f64> {
        let (equation, z) = (self.equation, self.z);
        let (real, center) = (Complex64::new(z.re, 0.0), Complex64::new(omega.re, 0.0));
        let inner = equation.inner(real, center, memory).ok()?;
        let (distance, _) = equation.about(&inner);
        let value = equation.value(&inner, Ball::exact(real))?.most();
        let mut rho = 0.25 * distance;
        for _ in 0..16 {
            if let Some(reach) = self.try_disc(&inner, value, rho)
                && reach > z.im + self.disc.radius
                && omega.im + delta < rho
            {
                return Some((Lower(reach) - Upper(z.im) - Upper(self.disc.radius)).0);
            }
            if omega.im + delta >= rho {
                return None;
            }
            rho *= 0.25;
        }
        None
    }

    /// The radius of a disc of z around the real axis whose roots lie within `rho` of the real centre.
    fn try_disc(&self, inner: &E::Inner, value: f64, rho: f64) -> Option<f64> {
        let equation = self.equation;
        let real = Complex64::new(self.z.re, 0.0);
        let first = equation.range(inner, Ball::exact(real), rho)?;
        // Half of what the contraction leaves, in the first approximation.
        let radius = 0.25 * rho * size(first.domega.center) / size(first.dz.center);
        let disc = Ball::exact(real).grown(radius);
        let range = equation.range(inner, disc, rho)?;
        let (a, q) = variation(&range);
        if q.0.is_nan() || q.0 > 0.5 {
            return None;
        }
        let moved = Upper(value) + range.dz.upper() * Upper(disc.radius);
        let allowed = (Lower(1.0) - q) * a * Lower(rho);
        if moved.0.is_nan() || moved.0 > allowed.0 {
            return None;
        }
        let slopes = range.slopes();
        slopes
            .iter()
            .all(|slope| slope.is_right())
            .then_some(radius)
    }
}
