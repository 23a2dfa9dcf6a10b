//! The transform of a law at a point, enclosed, with what is known of it on a disc around the point.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::arithmetic::scalar::Scalar;

/// The transform at a point, or over a disc of points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LawJet<T = Complex64> {
    /// z.
    pub(crate) at: T,
    /// `s(z)`.
    pub(crate) s: T,
    /// `s′(z)`.
    pub(crate) ds: T,
    /// `χ(z) = ∫ x dμ(x)/(z − x) = −1 − z s(z)`, computed without that cancellation.
    pub(crate) chi: T,
}

impl<T: Scalar> LawJet<T> {
    /// From the response and its derivative at `t = −1/z`: `χ(z) = I(−1/z)/z`, `χ′ = −χ/z + I′/z³`.
    pub(crate) fn from_response(z: T, [value, derivative]: [T; 2]) -> Self {
        let chi = value / z;
        let dchi = (derivative / z.square() - chi) / z;
        let s = -((chi + T::real(1.0)) / z);
        Self::from_chi(z, s, chi, dchi)
    }

    /// From χ and its derivative: `s′ = −(χ′ + s)/z`.
    pub(crate) fn from_chi(z: T, s: T, chi: T, dchi: T) -> Self {
        Self {
            at: z,
            s,
            ds: -((dchi + s) / z),
            chi,
        }
    }

    /// `χ′ = −s − z s′`.
    pub(crate) fn dchi(&self) -> T {
        -self.s - self.at * self.ds
    }

    /// The slope of the self-energy `H = −1/s − z`: `s′/s² − 1`.
    pub(crate) fn energy_slope(&self) -> T {
        self.ds / self.s.square() - T::real(1.0)
    }
}

impl LawJet {
    /// The values at the conjugate point.
    pub(crate) fn conj(&self) -> Self {
        Self {
            at: self.at.conj(),
            s: self.s.conj(),
            ds: self.ds.conj(),
            chi: self.chi.conj(),
        }
    }
}

/// `s`, `s′` and `χ` at a point, enclosed; analytic within `reach` of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Local {
    pub(crate) at: Complex64,
    pub(crate) s: Ball,
    pub(crate) ds: Ball,
    pub(crate) chi: Ball,
    /// A lower bound of the distance to the support; at least `Im z`.
    pub(crate) reach: f64,
    /// An upper bound of `∫ dμ(x)/|x − z|²`.
    pub(crate) spread: f64,
    /// Newton steps and quadrature nodes spent.
    pub(crate) steps: usize,
}

impl Local {
    /// From enclosures and a lower bound of the distance to the support.
    ///
    /// `z` stands for every point of the disc in the closed upper half plane; the bounds hold for all of them.
    pub(crate) fn new(z: Ball, s: Ball, ds: Ball, chi: Ball, reach: f64) -> Self {
        let height = z.center.im - z.radius;
        let reach = reach.max(height);
        Self {
            at: z.center,
            s,
            ds,
            chi,
            reach,
            spread: spread(height, s, ds, reach),
            steps: 1,
        }
    }

    /// The same for every point within `radius`; `None` where the support is as near.
    pub(crate) fn widened(mut self, radius: f64) -> Option<Self> {
        if radius > 0.0 {
            let over = self.over(radius)?;
            (self.s, self.ds, self.chi) = (over.s, over.ds, over.chi);
            let (reach, radius) = (Lower(self.reach), Upper(radius));
            let left = Lower(1.0) - radius / reach;
            self.spread = (Upper(self.spread) / (left * left)).0;
            self.reach = (reach - radius).0;
        }
        Some(self)
    }

    /// From a point of the axis the same at `height` above it, by Taylor's series; `None` where the support is as near.
    pub(crate) fn raised(self, height: f64) -> Option<Self> {
        let [second, chi_second] = self.curvature(Upper(height))?;
        let (up, rise) = (Complex64::new(0.0, height), Upper(height));
        let rest = |second: Upper| (rise * rise * second * 0.5).0;
        let (reach, left) = (Lower(self.reach), Lower(1.0) - rise / Lower(self.reach));
        let mut local = Self::new(
            Ball::exact(self.at + up),
            (self.s + Ball::exact(up) * self.ds).grown(rest(second)),
            self.ds.grown((rise * second).0),
            (self.chi + Ball::exact(up) * self.dchi()).grown(rest(chi_second)),
            (reach - rise).0,
        );
        let spread = Upper(self.spread) / (left * left);
        local.spread = Upper(local.spread).min(spread).0;
        local.steps = self.steps;
        Some(local)
    }

    /// `χ′ = −s − z s′`.
    fn dchi(&self) -> Ball {
        -self.s - Ball::exact(self.at) * self.ds
    }

    /// Bounds of `|s″|` and `|χ″| = |2s′ + z s″|` over all points within `rho`; `None` where the disc meets the support.
    ///
    /// For `|w − z| ≤ ρ < dist` and x in the support `|x − w| ≥ |x − z| (1 − ρ/dist)`, hence
    /// `|s″(w)| = 2 |∫ dμ/(x−w)³| ≤ 2 spread / (dist (1 − ρ/dist)³)`.
    fn curvature(&self, rho: Upper) -> Option<[Upper; 2]> {
        let reach = Lower(self.reach);
        let left = Lower(1.0) - rho / reach;
        if left.0.is_nan() || left.0 <= 0.0 {
            return None;
        }
        let second = Upper(self.spread) * 2.0 / (reach * left * left * left);
        let at = Ball::exact(self.at).upper();
        let chi_second = (self.ds.upper() + rho * second) * 2.0 + (at + rho) * second;
        Some([second, chi_second])
    }

    /// The centres.
    pub(crate) fn jet(&self) -> LawJet {
        LawJet {
            at: self.at,
            s: self.s.center,
            ds: self.ds.center,
            chi: self.chi.center,
        }
    }

    /// Enclosures of `s`, `s′`, `χ` over all points within `rho`; `None` where the disc meets the support.
    pub(crate) fn over(&self, rho: f64) -> Option<LawJet<Ball>> {
        let (at, rho) = (Ball::exact(self.at), Upper(rho));
        let [second, chi_second] = self.curvature(rho)?;
        let (ds, dchi) = (self.ds.upper(), self.dchi());
        let chi_slope = (self.s.upper() + at.upper() * ds).min(dchi.upper());
        Some(LawJet {
            at: at.grown(rho.0),
            s: self.s.grown((rho * (ds + rho * second * 0.5)).0),
            ds: self.ds.grown((rho * second).0),
            chi: self
                .chi
                .grown((rho * (chi_slope + rho * chi_second * 0.5)).0),
        })
    }
}

/// The least of three bounds of `∫ dμ/|x − z|²`: `Im s/Im z` exactly; `1/dist²`; and, because
/// `Re (x−z)⁻² ≥ |x−z|⁻² (1 − 2 (Im z)²/dist²)`, what `|s′|` leaves.
fn spread(height: f64, s: Ball, ds: Ball, reach: f64) -> f64 {
    let reach = Lower(reach);
    let mut least = Upper(1.0) / (reach * reach);
    if height > 0.0 {
        let mass = Upper(s.center.im.max(0.0)) + Upper(s.radius);
        least = least.min(mass / Lower(height));
    }
    let ratio = Upper(height) / reach;
    let share = Lower(1.0) - ratio * ratio * 2.0;
    if share.0 > 0.0 {
        least = least.min(ds.upper() / share);
    }
    least.0
}
