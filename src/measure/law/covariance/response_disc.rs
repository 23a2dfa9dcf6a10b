//! The response with proved bounds.

use num_complex::Complex64;

use super::WeightedCovariance;
use super::kernel::Kernel;
use super::line::{Line, Place};
use super::panel_discs::{self, Integrand};
use super::response::{NEARLY_REAL, Side};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::{Lower, Upper};
use crate::measure::response::ResponseError;

/// `I` and `I′`, enclosed; and how far the support is known to be from `−1/t`, as a share of it.
pub(crate) struct ResponseDisc {
    pub(crate) value: Ball,
    pub(crate) derivative: Ball,
    pub(crate) beside: f64,
    /// Nodes spent.
    pub(crate) nodes: usize,
}

impl WeightedCovariance {
    /// `I(t)` and `I′(t)` for every t of a disc in the closed upper half plane.
    ///
    /// On the line of angle `arg(t)/2` the integral is enclosed panel by panel. Where t is nearly real and −1/t above the
    /// support or below it: at `Re t`, with Taylor's series. For real t elsewhere there is no bound.
    pub(crate) fn response_disc(&self, t: Ball) -> Result<Option<ResponseDisc>, ResponseError> {
        let at = t.center + 0.0;
        let real = Ball::new(Complex64::from(at.re), t.radius);
        if at.re >= 0.0 {
            return self.enclosed(t, 0.5 * at.arg()).map(Some);
        }
        if at.im <= NEARLY_REAL * at.re.abs()
            && let Some(share) = self.room(at.re)
        {
            let mut found = self.enclosed(real, 0.0)?;
            // Where 1 + t′x has the same sign for t′ = t (1 ± share) too, x/|1+tx| ≤ 1/|t − t′|, so that along the way
            // |I″|/2 ≤ ∫ |x/(1+tx)|³ ≤ |I′|/|t − t′|.
            let third = found.derivative.upper() / (Lower(share) * at.re.abs());
            let up = Ball::exact(Complex64::new(0.0, at.im));
            found.value = (found.value + found.derivative * up).grown((third * at.im * at.im).0);
            found.derivative = found.derivative.grown((third * 2.0 * at.im).0);
            found.beside = (Lower(share) / (Upper(1.0) + Upper(share))).0;
            return Ok(Some(found));
        }
        // At rounding's distance from the axis, in a gap or in the support, the line is pinched.
        if at.im <= t.radius.max(4.0 * f64::EPSILON * at.re.abs()) {
            return Ok(None);
        }
        self.enclosed(t, 0.5 * at.arg()).map(Some)
    }

    /// The largest share of a few by which t may be moved towards the support without meeting it.
    pub(super) fn room(&self, t: f64) -> Option<f64> {
        let side = self.side(t)?;
        // −1/t comes nearer from above as t falls, from below as t rises.
        let sign = if side == Side::Above { 1.0 } else { -1.0 };
        let mut shares = (0..20).map(|k| 0.5f64.powi(k));
        shares.find(|&share| self.side(t * (1.0 + sign * share)) == Some(side))
    }

    /// [`WeightedCovariance::response_disc`] without the derivative.
    pub(super) fn value_disc(&self, t: Ball) -> Result<Ball, ResponseError> {
        let ([value], _) = self.over_discs(t, 0.5 * t.center.arg())?;
        Ok(value)
    }

    pub(super) fn enclosed(&self, t: Ball, psi: f64) -> Result<ResponseDisc, ResponseError> {
        let ([value, derivative], nodes) = self.over_discs(t, psi)?;
        Ok(ResponseDisc {
            value,
            derivative,
            beside: 0.0,
            nodes,
        })
    }

    /// The diagonal part, the integral over the line of angle ψ and the residue at −1, with the nodes spent.
    fn over_discs<const K: usize>(
        &self,
        t: Ball,
        psi: f64,
    ) -> Result<([Ball; K], usize), ResponseError> {
        let diagonal = self.diagonal(t);
        let mut sums: [Ball; K] = std::array::from_fn(|k| diagonal[k]);
        let mut nodes = self.weights.at().len();
        let discs = self.kernel(t);
        if self.alpha_squared > 0.0 && !discs.weights.is_empty() {
            let line = Line::new(self, t.center, psi);
            let [above, below, before] = line.ends(t.center)?;
            let found = panel_discs::integrate::<K>(
                Integrand::Response,
                &line,
                &discs,
                [above, below],
                t.center,
            )?;
            sums = std::array::from_fn(|k| sums[k] + found.sums[k]);
            nodes += found.nodes;
            if let Some(pole) = discs.pole {
                let root = root_before(&line, &discs, before, t.center)?;
                let node = discs.node::<K>(root);
                sums = std::array::from_fn(|k| sums[k] + pole * node[k][1]);
            }
        }
        Ok((sums, nodes))
    }

    /// The distance from z to the support, bounded below by what `beside` says of `−1/t = z`.
    pub(crate) fn clearance(z: Complex64, beside: f64) -> f64 {
        (beside * z.re.abs()).max(0.0).min(size(z))
    }
}

/// The root at −1, followed from far before the line.
pub(super) fn root_before(
    line: &Line,
    discs: &Kernel<Ball>,
    before: Place,
    t: Complex64,
) -> Result<Ball, ResponseError> {
    let at = Complex64::new(-1.0, 0.0);
    let exact = Ball::exact(at);
    let found = line.follow(before, at).and_then(|place| {
        let region = discs.near(place, exact, 0.0)?;
        let root = discs.root(&region, place, exact)?;
        discs.is_before(root, line.turn()).then_some(root)
    });
    found.ok_or(ResponseError::Inner { t, at })
}
