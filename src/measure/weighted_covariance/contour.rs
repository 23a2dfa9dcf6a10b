//! The line that separates the spectrum of K from its mirror image, and the rule on it.

use super::*;

/// Most nodes that are spent on one response.
const NODES: usize = 1 << 14;
/// `e^{−40} = 4·10⁻¹⁸`: the factor left of the trapezoidal rule's error.
const DIGITS: f64 = 40.0;

/// The line `v = −½ + i e^{iψ} y`, `y = δ tan(φ/2)`, with the midpoints of N equal parts of
/// `−π < φ < π` as nodes; node `N−1−j` is the mirror image `−1−v` of node j.
///
/// The numerical range of K lies in the convex hull of 0 and the `Λ τ_b/|τ_b|`, Λ the norm of
/// `W diag(|τ_b|) Wᵀ/d`, because a point of it is `Σ τ_b s_b` with `s_b ≥ 0` and `Σ |τ_b| s_b ≤ Λ`. In the
/// plane of `w = e^{iφ}` a half plane of η, `η = e^{−iψ}(v+½)`,
/// becomes the outside of the unit circle through `w = (δ+η)/(δ−η)`, and the hull lies outside
/// `|w| = 1/r`, r the largest `|(δ−η)/(δ+η)|` over its corners. The integrand is analytic in
/// `r < |w| < 1/r`, so that the rule's error falls as `r^N`.
pub(super) struct Contour {
    psi: f64,
    delta: f64,
    nodes: usize,
}

impl Contour {
    /// The line and scale, of a few, that need the fewest nodes.
    pub(super) fn separating(
        t: Complex64,
        gamma: f64,
        weights: &[Weight],
    ) -> Result<Self, ResponseError> {
        const ANGLES: usize = 16;
        let largest = norm(gamma, weights);
        let mut best = (1.0, 0.0, 1.0);
        for k in 0..=ANGLES {
            // At the half angle every cone of τ's is separated; at 0 negative real t is.
            let psi = 0.5 * t.arg() * k as f64 / ANGLES as f64;
            let turn = Complex64::from_polar(1.0, -psi);
            let corners = || {
                let corner = move |w: &Weight| turn * (largest * w.direction() + 0.5);
                std::iter::once(turn * 0.5).chain(weights.iter().map(corner))
            };
            let (near, far) = corners().fold((f64::INFINITY, 0.0f64), |(near, far), eta| {
                (near.min(eta.norm()), far.max(eta.norm()))
            });
            let delta = (near * far).sqrt();
            let rate = corners()
                .map(|eta| {
                    if eta.re > 0.0 {
                        ((delta - eta) / (delta + eta)).norm()
                    } else {
                        1.0
                    }
                })
                .fold(0.0, f64::max);
            if rate < best.0 {
                best = (rate, psi, delta);
            }
        }
        let (rate, psi, delta) = best;
        // A rate of 0 happens for t = 0, where 8 nodes are plenty.
        let wanted = (DIGITS / -rate.ln()).ceil().max(8.0);
        let nodes = 2 * (0.5 * wanted).ceil() as usize;
        if nodes > NODES {
            let limit = NODES;
            return Err(ResponseError::Pinched { t, nodes, limit });
        }
        Ok(Self { psi, delta, nodes })
    }

    pub(super) fn len(&self) -> usize {
        self.nodes
    }

    fn tangent(&self, j: usize) -> f64 {
        let phi = -PI + (2 * j + 1) as f64 * PI / self.nodes as f64;
        (0.5 * phi).tan()
    }

    /// The node `v_j`.
    pub(super) fn node(&self, j: usize) -> Complex64 {
        -0.5 + Complex64::from_polar(self.delta * self.tangent(j), self.psi + 0.5 * PI)
    }

    /// The weight of node j in `−(1/2πi)∮ f dv`, K on the left of the contour.
    pub(super) fn weight(&self, j: usize) -> Complex64 {
        let tangent = self.tangent(j);
        let size = self.delta * (1.0 + tangent * tangent) / (2.0 * self.nodes as f64);
        Complex64::from_polar(size, self.psi)
    }

    /// Whether `Re(g e^{iψ}) > 0`, as for the transform of a K whose numerical range lies beyond the line.
    pub(super) fn is_beyond(&self, g: Complex64) -> bool {
        (g * Complex64::from_polar(1.0, self.psi)).re > 0.0
    }
}

/// An upper bound of the norm of `W diag(|τ_b|) Wᵀ/d` in the limit: every value of
/// `1/s + γ₂ ∫ |τ|/(1−|τ|s) dν` on `0 < s < 1/max|τ|` is one, and the least of them is the edge
/// (Silverstein and Choi 1995), which bisection comes close to.
fn norm(gamma: f64, weights: &[Weight]) -> f64 {
    let largest = weights.iter().map(|w| w.tau.norm()).fold(0.0, f64::max);
    if largest == 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0 / largest);
    for _ in 0..20 {
        let s = 0.5 * (low + high);
        let slope: f64 = weights
            .iter()
            .map(|w| gamma * w.mass * (w.tau.norm() * s / (1.0 - w.tau.norm() * s)).powi(2))
            .sum();
        if slope < 1.0 { low = s } else { high = s }
    }
    let bound = |w: &Weight| gamma * w.mass * w.tau.norm() / (1.0 - w.tau.norm() * low);
    1.0 / low + weights.iter().map(bound).sum::<f64>()
}
