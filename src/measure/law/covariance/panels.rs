//! The integral over the line by Gauss–Legendre panels that are halved until each resolves the integrand.
//!
//! On the line the integrand is analytic; what lies near it are branch points of g and of its mirror image, on
//! any sheet, and those are few. A panel at distance D of one needs a length of the order D, so that a
//! branch point at distance ε costs log(1/ε) panels, where a rule of equal steps would need 1/ε nodes.

use num_complex::Complex64;
use std::f64::consts::PI;

use super::line::{Line, Place};
use crate::measure::response::ResponseError;
use crate::numbers::most;
use std::num::NonZeroUsize;
use std::sync::OnceLock;

/// Nodes of a panel.
const ORDER: usize = 16;
/// Most nodes that are spent on one response.
const NODES: usize = 1 << 16;

/// The integrals, and bounds of what is cut off and of what is rounded in the first.
pub(super) struct Sum {
    pub(super) value: Complex64,
    pub(super) derivative: Complex64,
    pub(super) error: f64,
}

struct Rule {
    nodes: Vec<(f64, f64)>,
    /// The last three Legendre coefficients from the values at the nodes.
    tail: [Vec<f64>; 3],
}

fn rule() -> &'static Rule {
    static RULE: OnceLock<Rule> = OnceLock::new();
    RULE.get_or_init(|| {
        let Some(order) = NonZeroUsize::new(ORDER) else {
            unreachable!("the order is a positive constant")
        };
        let mut nodes: Vec<(f64, f64)> = gauss_quad::GaussLegendre::new(order)
            .iter()
            .copied()
            .collect();
        nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let tail = [ORDER - 3, ORDER - 2, ORDER - 1].map(|k| {
            let scale = (2 * k + 1) as f64 / 2.0;
            nodes
                .iter()
                .map(|&(x, w)| scale * w * legendre(k, x))
                .collect()
        });
        Rule { nodes, tail }
    })
}

fn legendre(degree: usize, x: f64) -> f64 {
    let (mut before, mut now) = (0.0, 1.0);
    for k in 0..degree {
        let k = k as f64;
        (before, now) = (now, ((2.0 * k + 1.0) * x * now - k * before) / (k + 1.0));
    }
    now
}

/// The error of the panel's rule. With Legendre coefficients that fall as `M r^{−k}` the rule of n nodes
/// errs by at most `(64/15) M r^{−2n}/(1 − r^{−2})` (Trefethen 2013, theorem 19.3): here M is the largest
/// value, and `M r^{−(n−3)}` the largest of the last three coefficients.
fn cut_off(values: &[Complex64; ORDER], half: f64) -> f64 {
    let largest = most(values.iter().map(|x| x.norm()));
    let last = most(rule().tail.iter().map(|row| {
        let sum: Complex64 = row.iter().zip(values).map(|(c, x)| c * x).sum();
        sum.norm()
    }));
    if largest == 0.0 {
        return 0.0;
    }
    let share = last / largest;
    half * largest * 5.0 * share.powf(2.0 * ORDER as f64 / (ORDER - 3) as f64)
}

/// `(e^{iψ}/2π) ∫_{−∞}^{∞} q(v) g̃(−1−v) dy` along the line, and its t-derivative.
pub(super) fn integrate(
    line: &Line<'_>,
    ends: [Place; 2],
    t: Complex64,
) -> Result<Sum, ResponseError> {
    let zero = Complex64::new(0.0, 0.0);
    let mut sum = Sum {
        value: zero,
        derivative: zero,
        error: 0.0,
    };
    // y = scale/tan(χ/2): from infinity, χ = 0, to the middle, χ = π.
    let mut stack: Vec<(f64, f64)> = (0..4)
        .rev()
        .map(|k| (0.25 * PI * f64::from(k), 0.25 * PI))
        .collect();
    let mut places = ends;
    let (mut spent, mut sizes) = (0, (0.0, 0.0));
    while let Some((from, length)) = stack.pop() {
        spent += ORDER;
        if spent > NODES {
            let (nodes, limit) = (spent, NODES);
            return Err(ResponseError::Pinched { t, nodes, limit });
        }
        let half = 0.5 * length;
        let (mut values, mut derivatives) = ([zero; ORDER], [zero; ORDER]);
        let (mut value, mut derivative, mut size, mut rounding) = (zero, zero, (0.0, 0.0), 0.0);
        let mut now = places;
        for (k, &(x, weight)) in rule().nodes.iter().enumerate() {
            let chi = from + half * (1.0 + x);
            let y = line.scale / (0.5 * chi).tan();
            let stretch = 0.5 * line.scale / (0.5 * chi).sin().powi(2);
            for (place, y) in now.iter_mut().zip([y, -y]) {
                *place = line
                    .follow(*place, line.point(y))
                    .ok_or(ResponseError::Inner {
                        t,
                        at: line.point(y),
                    })?;
            }
            let [above, below] = now.map(|place| line.node(place));
            values[k] = stretch * (above.q * below.g + below.q * above.g);
            derivatives[k] = stretch
                * (above.dq * below.g
                    + above.q * below.dg
                    + below.dq * above.g
                    + below.q * above.dg);
            let weight = half * weight;
            value += weight * values[k];
            derivative += weight * derivatives[k];
            size.0 += weight * values[k].norm();
            size.1 += weight * derivatives[k].norm();
            rounding += weight
                * stretch
                * (above.q.norm() * below.g_error
                    + above.q_error * below.g.norm()
                    + below.q.norm() * above.g_error
                    + below.q_error * above.g.norm());
        }
        let errors = (cut_off(&values, half), cut_off(&derivatives, half));
        let (whole, whole_derivative) = (sizes.0 + size.0, sizes.1 + size.1);
        let resolved = errors.0 <= 1e-17 * whole && errors.1 <= 1e-14 * whole_derivative;
        // Half of a panel of a few roundings is no shorter panel.
        if resolved || length < 1e-14 {
            sum.value += value;
            sum.derivative += derivative;
            sum.error += errors.0 + rounding + 4.0 * f64::EPSILON * size.0;
            sizes = (whole, whole_derivative);
            places = now;
        } else {
            stack.push((from + half, half));
            stack.push((from, half));
        }
    }
    let scale = line.turn() / (2.0 * PI);
    sum.value *= scale;
    sum.derivative *= scale;
    sum.error /= 2.0 * PI;
    Ok(sum)
}
