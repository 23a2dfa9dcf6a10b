//! The integral over the line by Gauss–Legendre panels that are halved until each resolves the integrand.
//!
//! On the line the integrand is analytic; what lies near it are branch points of g and of its mirror image, on
//! any sheet, and those are few. A panel at distance D of one needs a length of the order D, so that a
//! branch point at distance ε costs log(1/ε) panels, where a rule of equal steps would need 1/ε nodes.

use num_complex::Complex64;
use std::f64::consts::PI;

use super::line::{Line, Place};
use crate::measure::arithmetic::ball::size;
use crate::measure::response::ResponseError;
use crate::numbers::most;
use std::num::NonZeroUsize;
use std::sync::OnceLock;

/// Nodes of a panel.
const ORDER: usize = 16;
/// The shares of the integrals of the moduli that the rule may be off by.
const SHARES: [f64; 2] = [1e-17, 1e-14];
/// Most nodes that are spent on one response.
const NODES: usize = 1 << 16;

struct Rule {
    nodes: Vec<(f64, f64)>,
    /// The last three Legendre coefficients from the values at the nodes.
    tail: [Vec<f64>; 3],
}

fn rule() -> &'static Rule {
    static RULE: OnceLock<Rule> = OnceLock::new();
    RULE.get_or_init(|| {
        let mut nodes: Vec<(f64, f64)> =
            gauss_quad::GaussLegendre::new(const { NonZeroUsize::new(ORDER).unwrap() })
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
    let largest = most(values.iter().map(|x| size(*x)));
    let last = most(rule().tail.iter().map(|row| {
        let sum: Complex64 = row.iter().zip(values).map(|(c, x)| c * x).sum();
        size(sum)
    }));
    if largest == 0.0 {
        return 0.0;
    }
    let share = last / largest;
    half * largest * 5.0 * share.powf(2.0 * ORDER as f64 / (ORDER - 3) as f64)
}

/// What a panel adds, and where it ends.
struct Found {
    sums: [Complex64; 2],
    /// The integrals of the moduli, and what the rule cuts off.
    sizes: [f64; 2],
    errors: [f64; 2],
    places: [Place; 2],
}

/// `(e^{iψ}/2π) ∫_{−∞}^{∞} f dy` along the line of two functions f of the roots at v and −1−v, as of `q(v) g̃(−1−v)` and its
/// t-derivative.
pub(super) fn integrate(
    line: &Line,
    integrand: impl Fn([Complex64; 2]) -> [Complex64; 2],
    ends: [Place; 2],
    t: Complex64,
) -> Result<[Complex64; 2], ResponseError> {
    let mut sums = [Complex64::ZERO; 2];
    // y = scale/tan(χ/2): from infinity, χ = 0, to the middle, χ = π.
    let mut stack: Vec<(f64, f64)> = (0..4)
        .rev()
        .map(|k| (0.25 * PI * f64::from(k), 0.25 * PI))
        .collect();
    let mut places = ends;
    let (mut spent, mut sizes) = (0, [0.0; 2]);
    while let Some((from, length)) = stack.pop() {
        spent += ORDER;
        if spent > NODES {
            let (nodes, limit) = (spent, NODES);
            return Err(ResponseError::Pinched { t, nodes, limit });
        }
        let half = 0.5 * length;
        let found = panel(line, &integrand, (from, half), places);
        let found = found.map_err(|at| ResponseError::Inner { t, at })?;
        let whole = [0, 1].map(|k| sizes[k] + found.sizes[k]);
        let resolved = (0..2).all(|k| found.errors[k] <= SHARES[k] * whole[k]);
        // Half of a panel of a few roundings is no shorter panel.
        if resolved || length < 1e-14 {
            sums = [0, 1].map(|k| sums[k] + found.sums[k]);
            (sizes, places) = (whole, found.places);
        } else {
            stack.push((from + half, half));
            stack.push((from, half));
        }
    }
    let scale = line.turn() / (2.0 * PI);
    Ok(sums.map(|sum| sum * scale))
}

/// One panel, followed from the places before it; an error where a root is lost.
fn panel(
    line: &Line,
    integrand: &impl Fn([Complex64; 2]) -> [Complex64; 2],
    (from, half): (f64, f64),
    mut places: [Place; 2],
) -> Result<Found, Complex64> {
    let mut values = [[Complex64::ZERO; ORDER]; 2];
    let (mut sums, mut sizes) = ([Complex64::ZERO; 2], [0.0; 2]);
    for (k, &(x, weight)) in rule().nodes.iter().enumerate() {
        let chi = from + half * (1.0 + x);
        let y = line.scale / (0.5 * chi).tan();
        let stretch = 0.5 * line.scale / (0.5 * chi).sin().powi(2);
        for (place, y) in places.iter_mut().zip([y, -y]) {
            let v = line.point(y);
            *place = line.follow(*place, v).ok_or(v)?;
        }
        let found = integrand(places.map(|place| place.omega));
        for (which, value) in found.into_iter().enumerate() {
            let value = value * stretch;
            values[which][k] = value;
            sums[which] += value * (half * weight);
            sizes[which] += half * weight * size(value);
        }
    }
    let errors = values.each_ref().map(|values| cut_off(values, half));
    Ok(Found {
        sums,
        sizes,
        errors,
        places,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of Legendre's polynomials up to the rule's degree the last three coefficients are 0, and 1 of their own.
    #[test]
    fn the_last_coefficients_are_those_of_the_polynomial() {
        let rule = rule();
        for degree in 0..ORDER {
            let values = rule.nodes.iter().map(|&(x, _)| legendre(degree, x));
            let values: Vec<f64> = values.collect();
            for (row, own) in rule.tail.iter().zip(ORDER - 3..) {
                let found: f64 = row.iter().zip(&values).map(|(c, x)| c * x).sum();
                let wanted = f64::from(u8::from(own == degree));
                // The rule is exact for the product's degree, to the rounding of 16 terms with weights of up to 16.
                assert!((found - wanted).abs() < 1e-13, "{degree} {own}: {found}");
            }
        }
    }

    /// `P_0 = 1`, `P_1 = x`, `2P_2 = 3x² − 1`, `2P_3 = 5x³ − 3x`, and 1 at 1 in every degree.
    #[test]
    fn legendre_polynomials_are_those_of_the_tables() {
        for x in [-1.0, -0.6, 0.0, 0.3, 1.0] {
            let tables = [1.0, x, 1.5 * x * x - 0.5, (2.5 * x * x - 1.5) * x];
            for (degree, wanted) in tables.into_iter().enumerate() {
                assert!((legendre(degree, x) - wanted).abs() < 1e-15, "{degree} {x}");
            }
        }
        assert!((0..20).all(|degree| (legendre(degree, 1.0) - 1.0).abs() < 1e-14));
    }
}
