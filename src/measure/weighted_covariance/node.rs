//! The transform g of K at the nodes of the contour.

use super::*;

/// One value of the squared weights, with `τ = tα²x/(1+tcx)` and its two t-derivatives.
pub(super) struct Weight {
    pub(super) mass: f64,
    pub(super) tau: Complex64,
    pub(super) first: Complex64,
    pub(super) second: Complex64,
}

impl Weight {
    /// `τ/|τ|`, and 1 for `τ = 0`.
    pub(super) fn direction(&self) -> Complex64 {
        let size = self.tau.norm();
        if size > 0.0 {
            self.tau / size
        } else {
            Complex64::new(1.0, 0.0)
        }
    }
}

/// g and q at a node, with their t-derivatives.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) g: Complex64,
    pub(super) dg: Complex64,
    pub(super) q: Complex64,
    pub(super) dq: Complex64,
}

/// Newton steps after which a node is given up; a neighbour's value needs three or four.
const STEPS: usize = 40;

/// All nodes, from infinity inwards along both halves of the line.
///
/// For `ψ = arg(t)/2` the root with `Re(g e^{iψ}) > 0` is unique. For the other lines the root is
/// the continuation from infinity, and the two halves must agree where they meet.
pub(super) fn solve(
    contour: &Contour,
    gamma: f64,
    weights: &[Weight],
    t: Complex64,
) -> Result<Vec<Node>, ResponseError> {
    let count = contour.len();
    let mean: Complex64 = weights.iter().map(|w| w.mass * w.tau).sum();
    let mut omega = vec![Complex64::new(0.0, 0.0); count];
    let failed = |residual: f64| ResponseError::Inner {
        t,
        residual,
        steps: STEPS,
    };
    let follow = |j: usize, start: Complex64| {
        let root = newton(contour.node(j), gamma, weights, start).map_err(failed)?;
        if contour.is_beyond(-root.inv()) {
            Ok(root)
        } else {
            Err(failed(f64::INFINITY))
        }
    };
    for half in 0..2 {
        let place = |k: usize| if half == 0 { k } else { count - 1 - k };
        for k in 0..count / 2 {
            let v = contour.node(place(k));
            // ω − v tends to a constant at infinity and varies slowly from node to node.
            let start = match k {
                0 => v - gamma * mean,
                _ => v + omega[place(k - 1)] - contour.node(place(k - 1)),
            };
            omega[place(k)] = follow(place(k), start)?;
        }
    }
    let (left, right) = (count / 2 - 1, count / 2);
    let met = follow(
        right,
        contour.node(right) + omega[left] - contour.node(left),
    )?;
    let apart = (met - omega[right]).norm() / omega[right].norm();
    // Both solve the same equation to rounding, at a point where it is well conditioned.
    if apart > 1e-10 {
        return Err(failed(apart));
    }
    Ok(omega
        .iter()
        .map(|&root| node(root, gamma, weights))
        .collect())
}

/// The root of `v = ω + γ₂ ∫ τω/(ω−τ) dν`, `ω = −1/g`, near `start`; the relative residual on failure.
fn newton(
    v: Complex64,
    gamma: f64,
    weights: &[Weight],
    start: Complex64,
) -> Result<Complex64, f64> {
    let mut omega = start;
    let mut last = f64::INFINITY;
    for _ in 0..STEPS {
        let mut value = omega;
        let mut slope = Complex64::new(1.0, 0.0);
        let mut size = omega.norm() + v.norm();
        for weight in weights {
            let share = weight.tau / (omega - weight.tau);
            value += gamma * weight.mass * share * omega;
            slope -= gamma * weight.mass * share * share;
            size += gamma * weight.mass * (share * omega).norm();
        }
        let gap = v - value;
        let residual = gap.norm() / size;
        if residual <= 4.0 * f64::EPSILON || (residual < 1e-14 && residual >= last) {
            return Ok(omega);
        }
        last = residual;
        omega += gap / slope;
    }
    Err(last)
}

/// g, q and their derivatives from the root, by implicit differentiation of
/// `E = −1/g − v + γ₂ ∫ τ/(1+τg) dν = 0`.
fn node(omega: Complex64, gamma: f64, weights: &[Weight]) -> Node {
    let g = -omega.inv();
    let zero = Complex64::new(0.0, 0.0);
    let mut slope_g = omega * omega;
    let mut slope_t = zero;
    let (mut q, mut q_t, mut q_g) = (zero, zero, zero);
    for weight in weights {
        let y = (1.0 + weight.tau * g).inv();
        slope_g -= gamma * weight.mass * (weight.tau * y) * (weight.tau * y);
        slope_t += gamma * weight.mass * weight.first * y * y;
        q += weight.mass * weight.first * g * y;
        q_t += weight.mass * (weight.second * g * y - (weight.first * g * y).powi(2));
        q_g += weight.mass * weight.first * y * y;
    }
    let dg = -slope_t / slope_g;
    Node {
        g,
        dg,
        q,
        dq: q_t + q_g * dg,
    }
}
