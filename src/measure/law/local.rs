//! The transform of a law at a point, enclosed, with what is known of it on a disc around the point.

use num_complex::Complex64;

use crate::measure::arithmetic::ball::{Ball, size};

/// Transform and derivative without bounds: what an iteration needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LawJet {
    /// `s(z)`.
    pub(crate) s: Complex64,
    /// `s′(z)`.
    pub(crate) ds: Complex64,
    /// `χ(z) = ∫ x dμ(x)/(z − x) = −1 − z s(z)`, computed without that cancellation.
    pub(crate) chi: Complex64,
}

impl LawJet {
    /// `χ′ = −s − z s′`.
    pub(crate) fn dchi(&self, z: Complex64) -> Complex64 {
        -self.s - z * self.ds
    }

    /// The values at the conjugate point.
    pub(crate) fn conj(&self) -> Self {
        Self {
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
            let left = 1.0 - radius / self.reach;
            self.spread /= left * left * (1.0 - 1e-14);
            self.reach -= radius;
        }
        Some(self)
    }

    /// The centres.
    pub(crate) fn jet(&self) -> LawJet {
        LawJet {
            s: self.s.center,
            ds: self.ds.center,
            chi: self.chi.center,
        }
    }

    /// Enclosures of `s`, `s′`, `χ` over all points within `rho`; `None` where the disc meets the support.
    ///
    /// For `|w − z| ≤ ρ < dist` and x in the support `|x − w| ≥ |x − z| (1 − ρ/dist)`, hence
    /// `|s″(w)| = 2 |∫ dμ/(x−w)³| ≤ 2 spread / (dist (1 − ρ/dist)³)`.
    pub(crate) fn over(&self, rho: f64) -> Option<Over> {
        let left = 1.0 - rho / self.reach;
        if left.is_nan() || left <= 0.0 {
            return None;
        }
        let second = 2.0 * self.spread / (self.reach * left * left * left) * (1.0 + 1e-14);
        let chi_slope = self.s.most() + size(self.at) * self.ds.most();
        let chi_slope = chi_slope.min(self.dchi().most());
        let chi_second = 2.0 * (self.ds.most() + rho * second) + (size(self.at) + rho) * second;
        Some(Over {
            at: Ball::exact(self.at).grown(rho),
            s: self.s.grown(rho * (self.ds.most() + 0.5 * rho * second)),
            ds: self.ds.grown(rho * second),
            chi: self.chi.grown(rho * (chi_slope + 0.5 * rho * chi_second)),
        })
    }

    fn dchi(&self) -> Ball {
        -self.s - Ball::exact(self.at) * self.ds
    }
}

/// Enclosures over a disc of points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Over {
    pub(crate) at: Ball,
    pub(crate) s: Ball,
    pub(crate) ds: Ball,
    pub(crate) chi: Ball,
}

impl Over {
    /// `χ′ = −s − z s′`.
    pub(crate) fn dchi(&self) -> Ball {
        -self.s - self.at * self.ds
    }
}

/// The least of three bounds of `∫ dμ/|x − z|²`: `Im s/Im z` exactly; `1/dist²`; and, because
/// `Re (x−z)⁻² ≥ |x−z|⁻² (1 − 2 (Im z)²/dist²)`, what `|s′|` leaves.
fn spread(height: f64, s: Ball, ds: Ball, reach: f64) -> f64 {
    let mut least = 1.0 / (reach * reach);
    if height > 0.0 {
        least = least.min((s.center.im.max(0.0) + s.radius) / height);
    }
    let share = 1.0 - 2.0 * (height / reach) * (height / reach);
    if share > 0.0 {
        least = least.min(ds.most() / share);
    }
    least * (1.0 + 1e-14)
}
