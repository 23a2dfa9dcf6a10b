mod gaps;

use num_complex::Complex64;
use std::f64::consts::PI;

use super::line::Line;
use super::*;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::marchenko_pastur::MarchenkoPastur;

fn atoms(at: &[f64], mass: &[f64]) -> Atoms {
    Atoms::new(at.to_vec(), mass.to_vec()).unwrap()
}

/// `∬ f` over `μ⊗μ`, μ = MP^γ, by the midpoint rule in `x = 1+γ−2√γ cos θ`, which is exact to
/// rounding for a function analytic near the square, with the atom of `γ > 1` apart.
fn over_marchenko_pastur(gamma: f64, f: impl Fn(f64) -> Complex64) -> Complex64 {
    let law = MarchenkoPastur::new(gamma).unwrap();
    let n = 400;
    let mut total = law.mass_at_zero() * f(0.0);
    for k in 0..n {
        let theta = PI * (k as f64 + 0.5) / n as f64;
        let x = 1.0 + gamma - 2.0 * gamma.sqrt() * theta.cos();
        total += PI / n as f64 * law.density(x) * 2.0 * gamma.sqrt() * theta.sin() * f(x);
    }
    total
}

#[test]
fn unit_weights_give_the_mixture_of_the_talk() {
    for gamma in [0.6, 1.5, 4.0] {
        let (alpha, beta, mean) = (0.7f64, 0.95f64, 0.3f64);
        let law = WeightedCovariance::new(gamma, alpha, beta, mean, atoms(&[1.0], &[1.0])).unwrap();
        let c = beta * beta - alpha * alpha - mean * mean;
        for t in [
            Complex64::new(0.4, 0.9),
            Complex64::new(-0.08, 0.05),
            Complex64::new(-0.03, 0.0),
            Complex64::new(-2.0, 1.5),
            Complex64::new(12.0, -3.0),
        ] {
            let term = |x: f64| {
                let q = alpha * alpha * x + c;
                q / (1.0 + t * q)
            };
            let exact = 0.5
                * gamma
                * over_marchenko_pastur(gamma, |x| over_marchenko_pastur(gamma, |y| term(x + y)))
                + (1.0 - gamma) * over_marchenko_pastur(gamma, term)
                + 0.5 * gamma * term(0.0);
            let got = law.response(t).unwrap().value;
            assert!(
                (got - exact).norm() < 2e-13 * (1.0 + exact.norm()),
                "{gamma} {t}: {got} {exact}"
            );
        }
    }
}

#[test]
fn the_second_moment_holds_the_correlation_that_a_free_sum_misses() {
    // a uniform on (−2, 2), by the Gauss rule that is exact for the moments of a² used here;
    // mathematics.md, `free-sum`: 9.774 (9.74 sampled at d = 60), the free sum 8.135.
    let (x, w): (Vec<f64>, Vec<f64>) = [
        (0.238_619_186_083_197, 0.467_913_934_572_691),
        (0.661_209_386_466_265, 0.360_761_573_048_139),
        (0.932_469_514_203_152, 0.171_324_492_379_170),
    ]
    .iter()
    .map(|(x, w)| (4.0 * x * x, *w))
    .unzip();
    let (alpha, c) = (0.8f64, 0.9f64);
    let law = WeightedCovariance::new(1.5, alpha, (alpha * alpha + c).sqrt(), 0.0, atoms(&x, &w))
        .unwrap();
    let jet = law.response(Complex64::new(0.0, 0.0)).unwrap();
    assert!(
        (jet.value.re - law.mean()).abs() < 1e-13,
        "{jet:?} {}",
        law.mean()
    );
    assert!((jet.derivative.re + 9.774).abs() < 5e-4, "{jet:?}");
}

#[test]
fn the_derivative_is_the_difference_and_the_conjugate_is_the_mirror() {
    let law = WeightedCovariance::new(
        1.5,
        0.7,
        0.95,
        0.3,
        atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]),
    )
    .unwrap();
    for t in [
        Complex64::new(0.3, 0.5),
        Complex64::new(-0.2, 0.2),
        Complex64::new(5.0, 1e-3),
    ] {
        let h = 1e-3 * t.norm();
        let at = |u: Complex64| law.response(u).unwrap().value;
        let difference =
            (8.0 * (at(t + h) - at(t - h)) - (at(t + 2.0 * h) - at(t - 2.0 * h))) / (12.0 * h);
        let jet = law.response(t).unwrap();
        assert!(
            (jet.derivative - difference).norm() < 1e-9 * difference.norm(),
            "{t}"
        );
        assert_eq!(law.response(t.conj()).unwrap().value, jet.value.conj());
    }
}

#[test]
fn far_out_the_mass_at_zero_is_what_the_ranks_say() {
    // t I(t) → 1 − mass at 0; the continuous part near 0 leaves O(1/t) unless an edge is hard.
    for (gamma, zero) in [(0.5, 0.0), (0.5, 0.3), (3.0, 0.0), (3.0, 0.2)] {
        let weights = if zero > 0.0 {
            atoms(&[0.0, 1.0, 2.0], &[zero, 0.6 - zero, 0.4])
        } else {
            atoms(&[1.0, 2.0], &[0.6, 0.4])
        };
        for beta in [0.8, 1.0] {
            let law = WeightedCovariance::new(gamma, 0.8, beta, 0.0, weights.clone()).unwrap();
            let t = Complex64::new(3e4, 0.0);
            let share = (t * law.response(t).unwrap().value).re;
            assert!(
                (share - 1.0 + law.mass_at_zero()).abs() < 2e-3,
                "{gamma} {zero} {beta}: {share}"
            );
        }
    }
}

#[test]
fn coefficients_of_no_function_are_refused() {
    let one = || atoms(&[1.0], &[1.0]);
    assert!(matches!(
        WeightedCovariance::new(1.0, 1.0, 0.9, 0.0, one()),
        Err(WeightedCovarianceError::Bessel { .. })
    ));
    assert!(matches!(
        WeightedCovariance::new(-1.0, 1.0, 1.0, 0.0, one()),
        Err(WeightedCovarianceError::Ratio(RatioError {
            value: -1.0,
            ..
        }))
    ));
    assert!(WeightedCovariance::new(1.0, f64::NAN, 1.0, 0.0, one()).is_err());
}

/// The mixture of the talk has a transform with proved bounds of its own; other weights have the value without bounds.
#[test]
fn discs_contain_the_response() {
    use crate::measure::law::Law;
    let cases = [
        atoms(&[1.0], &[1.0]),
        atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]),
        atoms(&[0.0, 1.0, 3.0], &[0.3, 0.5, 0.2]),
    ];
    for (gamma, weights) in [0.6, 1.0, 4.0]
        .iter()
        .flat_map(|gamma| cases.iter().map(move |weights| (*gamma, weights)))
    {
        let law = WeightedCovariance::new(gamma, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        let equal = (weights.at().len() == 1).then(|| Law::from(law.clone()));
        for t in [
            Complex64::new(0.4, 0.9),
            Complex64::new(-0.08, 0.05),
            Complex64::new(-0.03, 0.0),
            Complex64::new(-0.03, 1e-11),
            Complex64::new(-0.2, 1e-4),
            Complex64::new(-2.0, 1.5),
            Complex64::new(12.0, 3.0),
            Complex64::new(-1e5, 3.0),
            Complex64::new(1e-9, 3e-8),
            Complex64::new(0.0, 0.0),
        ] {
            let found = law.response_disc(Ball::exact(t)).unwrap().unwrap();
            let jet = law.response(t).unwrap();
            let most = 2e-12 * jet.value.norm();
            let off = found.value.distance(jet.value);
            assert!(
                found.value.radius <= most && off <= most,
                "{gamma} {t}: {off:e}"
            );
            let off = found.derivative.distance(jet.derivative);
            assert!(off <= 1e-9 * jet.derivative.norm(), "{gamma} {t}: {off:e}");
            // I = χ(−1/t)/(−t), from another formula.
            if let Some(equal) = equal.as_ref().filter(|_| t.norm() > 0.0) {
                let z = -t.inv();
                let value = equal.stieltjes(z).unwrap();
                let chi = -1.0 - z * value.s;
                let rounding = 8.0 * f64::EPSILON * (1.0 + (z * value.s).norm());
                let apart = (found.value.center - chi * z).norm();
                let bound = found.value.radius + (value.radius * z.norm() + rounding) * z.norm();
                assert!(apart <= bound, "{gamma} {t}: {apart:e} {bound:e}");
            }
        }
    }
}

#[test]
fn a_root_lies_within_what_its_residual_says() {
    let weights = atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]);
    let law = WeightedCovariance::new(1.5, 0.7, 0.95, 0.3, weights).unwrap();
    for t in [Complex64::new(0.4, 0.9), Complex64::new(-2.0, 1.5)] {
        let discs = law.kernel(Ball::exact(t));
        let line = Line::new(&law, t, 0.5 * t.arg());
        let v = line.point(0.7);
        let place = line.follow(line.ends(t).unwrap()[0], v).unwrap();
        for step in [1e-13, 1e-7, 1e-4].map(|h| Complex64::new(h, -h)) {
            let mut beside = place;
            beside.omega += step;
            let region = discs.near(beside, Ball::exact(v), 1e-3).unwrap();
            let root = discs.root(&region, beside, Ball::exact(v)).unwrap();
            let apart = (root.center - place.omega).norm();
            // The place itself is solved to a few roundings.
            let rounding = 32.0 * f64::EPSILON * place.omega.norm();
            assert!(apart <= root.radius + rounding, "{t} {apart:e} {root:?}");
            assert!(
                root.radius <= 10.0 * apart + rounding,
                "{t} {apart:e} {root:?}"
            );
        }
    }
}

/// The support of 𝒬 for equal weights, where the mixture of the talk has it in closed form.
#[test]
fn edges_and_atoms_of_equal_weights_are_those_of_the_mixture() {
    use crate::measure::law::Law;
    for gamma in [0.3, 0.6, 1.0, 1.7, 4.0] {
        for beta in [0.8, 0.95, 3.0] {
            for x in [1.0, 0.3] {
                let law =
                    WeightedCovariance::new(gamma, 0.8, beta, 0.0, atoms(&[x], &[1.0])).unwrap();
                let closed = Law::from(law.clone());
                let (wanted, found) = (closed.support().unwrap(), law.intervals().unwrap());
                assert_eq!(
                    wanted.len(),
                    found.len(),
                    "{gamma} {beta}: {wanted:?} {found:?}"
                );
                for (a, b) in wanted.iter().zip(&found) {
                    let apart = (a.0 - b.0).abs().max((a.1 - b.1).abs());
                    assert!(
                        apart < 1e-13 * (1.0 + a.1),
                        "{gamma} {beta}: {wanted:?} {found:?}"
                    );
                }
                let masses: Vec<(f64, f64)> = closed
                    .point_masses()
                    .iter()
                    .map(|atom| (atom.at, atom.mass))
                    .collect();
                let found = law.atoms();
                assert_eq!(
                    masses.len(),
                    found.len(),
                    "{gamma} {beta}: {masses:?} {found:?}"
                );
                for (a, b) in masses.iter().zip(&found) {
                    assert!(
                        (a.0 - b.0).abs() < 1e-14 && (a.1 - b.1).abs() < 1e-14,
                        "{gamma} {beta}: {masses:?} {found:?}"
                    );
                }
            }
        }
    }
}

/// For several weights: outside the support, and only there, the response has a real value.
#[test]
fn the_response_is_real_off_the_support_and_only_there() {
    for (gamma, beta, at, mass) in [
        (0.05, 1.5, vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]),
        (0.05, 2.5, vec![1.0, 5.0], vec![0.3, 0.7]),
        (0.6, 1.2, vec![0.25, 1.0, 30.0], vec![0.5, 0.3, 0.2]),
        (4.0, 2.0, vec![0.0, 1.0, 6.0], vec![0.2, 0.5, 0.3]),
        (1.5, 0.8, vec![0.05, 1.0], vec![0.5, 0.5]),
    ] {
        let law = WeightedCovariance::new(gamma, 0.8, beta, 0.0, atoms(&at, &mass)).unwrap();
        let support = law.intervals().unwrap();
        assert!(!support.is_empty());
        let top = 1.1 * support[support.len() - 1].1;
        let mut seen = [0, 0];
        for k in 0..200 {
            let z = top * (f64::from(k) + 0.371) / 200.0;
            let edge = support.iter().flat_map(|pair| [pair.0, pair.1]);
            let poles = law.atoms().into_iter().map(|atom| atom.0);
            let near = edge
                .chain(poles)
                .map(|x| (x - z).abs())
                .fold(f64::INFINITY, f64::min);
            if near < 1e-3 * z {
                continue;
            }
            let inside = support.iter().any(|pair| pair.0 <= z && z <= pair.1);
            let real = law.response(Complex64::from(-1.0 / z)).is_ok();
            assert!(real != inside, "{gamma} {beta} {z}: {support:?}");
            seen[usize::from(inside)] += 1;
        }
        assert!(seen[0] > 10 && seen[1] > 10, "{seen:?} {support:?}");
    }
}

/// `i y s(cx + iy)` tends to the mass of the atom.
#[test]
fn atoms_at_the_shifts_are_in_the_transform() {
    use crate::measure::law::Law;
    for (gamma, at, mass) in [
        (0.6, vec![0.25, 3.0], vec![0.5, 0.5]),
        (3.0, vec![0.25, 3.0], vec![0.7, 0.3]),
        (3.0, vec![0.0, 1.0, 3.0], vec![0.1, 0.6, 0.3]),
    ] {
        let law = WeightedCovariance::new(gamma, 0.8, 1.3, 0.0, atoms(&at, &mass)).unwrap();
        let found = law.atoms();
        assert_eq!(found.len(), at.len());
        let law = Law::from(law);
        assert_eq!(law.point_masses().len(), at.len());
        for (x, mass) in found {
            let y = 1e-6;
            let s = law.stieltjes(Complex64::new(x, y)).unwrap().s;
            assert!(
                (s.im * y - mass).abs() < 1e-3,
                "{gamma} {x}: {} {mass}",
                s.im * y
            );
        }
    }
}

/// Moments from the circle against the response's Taylor coefficients at 0, and those of the mixture.
#[test]
fn moments_of_unequal_weights_are_derivatives_of_the_response() {
    use crate::measure::law::Law;
    let weights = atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]);
    let q = WeightedCovariance::new(1.5, 0.7, 0.95, 0.3, weights).unwrap();
    let moments = Law::from(q.clone()).moments(6).unwrap();
    let zero = q.response(Complex64::new(0.0, 0.0)).unwrap();
    assert!((moments[1] - q.mean()).abs() < 1e-14);
    assert!((moments[2] + zero.derivative.re).abs() < 1e-12);
    // I′(t) = −Σ (k+1) (−t)ᵏ m_{k+2}: by two differences of step h, their error is of the order h².
    let h = 1e-3;
    let slope = |t: f64| q.response(Complex64::from(t)).unwrap().derivative.re;
    let third = (slope(h) - slope(-h)) / (4.0 * h);
    assert!(
        (third / moments[3] - 1.0).abs() < 1e-3,
        "{third} {moments:?}"
    );
    let fourth = -(slope(h) - 2.0 * slope(0.0) + slope(-h)) / (6.0 * h * h);
    assert!(
        (fourth / moments[4] - 1.0).abs() < 1e-2,
        "{fourth} {moments:?}"
    );
    // Equal weights, where the mixture has them in closed form.
    let q = WeightedCovariance::new(1.5, 0.7, 0.95, 0.3, atoms(&[1.0], &[1.0])).unwrap();
    let closed = Law::from(q.clone()).moments(8).unwrap();
    let circle = Law::from_response(q).moments(8).unwrap();
    for (a, b) in closed.iter().zip(circle) {
        assert!((a - b).abs() < 1e-12 * a, "{closed:?}");
    }
}

/// The distance that is claimed to the support is no larger than the one to its nearest edge.
#[test]
fn the_room_beside_the_support_is_not_overstated() {
    let nu = atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]);
    for gamma in [0.6, 1.0, 1.5] {
        let law = WeightedCovariance::new(gamma, 0.7, 0.95, 0.3, nu.clone()).unwrap();
        let support = law.intervals().unwrap();
        let top = support[support.len() - 1].1;
        let low = support[0].0.min(law.atoms()[0].0);
        for share in [1e-6, 1e-3, 0.1, 0.5] {
            for (z, distance) in [
                (top * (1.0 + share), top * share),
                (low * (1.0 - share), low * share),
            ] {
                let t = Ball::exact(Complex64::from(-1.0 / z));
                let Ok(Some(found)) = law.response_disc(t) else {
                    continue;
                };
                let reach = WeightedCovariance::clearance(Complex64::from(z), found.beside);
                assert!(
                    reach > 0.0 && reach <= distance * (1.0 + 1e-6),
                    "γ₂ = {gamma}, {z}: {reach} {distance}"
                );
            }
        }
    }
}

/// Beside the support I is real on the axis, and just above it `Im I(t + ih) = h I′(t)` up to the order h³.
#[test]
fn just_above_the_axis_the_response_is_what_its_slope_says() {
    let nu = atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]);
    for gamma in [0.6, 1.5] {
        let law = WeightedCovariance::new(gamma, 0.7, 0.95, 0.3, nu.clone()).unwrap();
        let support = law.intervals().unwrap();
        let top = support[support.len() - 1].1;
        let low = support[0].0.min(law.atoms()[0].0);
        for z in [1.5 * top, 4.0 * top, 0.5 * low] {
            let t = -1.0 / z;
            let real = law.response(Complex64::from(t)).unwrap();
            for share in [1e-12, 1e-10, 1e-7] {
                let h = share * t.abs();
                let value = law.response(Complex64::new(t, h)).unwrap().value;
                let slope = value.im / h;
                // The rounding of I, 1e-15 of it, is divided by h.
                let most = 1e-8 + 1e-14 * (value.norm() / (h * real.derivative.norm()));
                let most = if share < 1e-9 { 1e-8 } else { most };
                let off = (slope / real.derivative.re - 1.0).abs();
                assert!(off <= most, "γ₂ = {gamma}, {z}, {share:e}: {off:e}");
                assert!((value.re / real.value.re - 1.0).abs() < 1e-11);
            }
        }
    }
}

/// Just above the axis beside the support `∫ arg(z − x) dμ` is that on the axis and `h Re G`, to the order h³.
#[test]
fn just_above_the_axis_the_phase_is_what_its_slope_says() {
    use crate::measure::law::Law;
    let nu = atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]);
    for gamma in [0.6, 1.5] {
        let q = WeightedCovariance::new(gamma, 0.7, 0.95, 0.3, nu.clone()).unwrap();
        let (support, law) = (q.intervals().unwrap(), Law::from(q.clone()));
        let top = support[support.len() - 1].1;
        let low = support[0].0.min(q.atoms()[0].0);
        for (x, on_axis) in [(1.5 * top, 0.0), (4.0 * top, 0.0), (0.5 * low, PI)] {
            let s = law.stieltjes(Complex64::from(x)).unwrap().s.re;
            for share in [1e-12, 5e-10] {
                let h = share * x;
                let found = q.phase(Ball::exact(Complex64::new(x, h))).unwrap();
                let apart = (found.center.re - (on_axis - h * s)).abs();
                assert!(
                    apart <= found.radius + 1e-15,
                    "{gamma} {x} {h:e}: {apart:e}"
                );
                assert!(
                    found.radius < 1e-2 * h * s.abs() + 2e-13,
                    "{gamma} {x} {h:e}"
                );
            }
        }
    }
}

/// Factors of one mass whose arguments add up to more than π have their logarithms one by one.
#[test]
fn logarithms_of_products_are_sums_of_logarithms() {
    let mass = [0.2; 5];
    let law = WeightedCovariance::new(
        1.5,
        0.7,
        0.95,
        0.0,
        atoms(&[0.2, 0.5, 1.0, 2.0, 3.0], &mass),
    );
    let kernel = law.unwrap().kernel(Complex64::new(-0.8, 0.9));
    for omega in [(0.02, 0.03), (0.3, -0.2), (-0.4, 0.1), (0.1, -0.4)] {
        let omega = Complex64::new(omega.0, omega.1);
        let (mut a, mut logs) = (Complex64::ZERO, Complex64::ZERO);
        for weight in &kernel.weights {
            a += 0.3 * weight.tau / (omega - weight.tau);
            logs += 0.3 * (1.0 - weight.tau / omega).ln();
        }
        let [[_, found]] = kernel.potential(omega, |z| z.ln());
        let apart = (found - (a - (1.0 + a).ln() + logs)).norm();
        assert!(apart < 1e-13 * (1.0 + found.norm()), "{omega}: {apart:e}");
    }
}

/// Equal weights by the way of unequal ones, which on the support have values and no bounds.
#[test]
fn on_its_own_support_the_law_is_known_without_bounds() {
    use crate::measure::Law;
    for gamma in [0.6, 1.5] {
        let q = WeightedCovariance::new(gamma, 0.7, 0.95, 0.3, atoms(&[1.0], &[1.0])).unwrap();
        let (closed, other) = (Law::from(q.clone()), Law::from_response(q));
        for x in [0.7, 1.3, 2.1] {
            let [wanted, found] = [&closed, &other].map(|law| law.density(x).unwrap());
            assert!(found.radius.is_infinite() && wanted.radius < 1e-12);
            assert!(
                (found.value - wanted.value).abs() < 1e-11,
                "{x}: {found:?} {wanted:?}"
            );
        }
        let distribution = other.distribution().unwrap();
        let below = closed.cumulative(1.3).unwrap();
        let apart = (distribution.at(1.3) - below.value).abs();
        assert!(apart <= distribution.error_estimate() + 1e-10, "{apart:e}");
        let known = other.cumulative(1.3).unwrap_err().estimate().unwrap();
        assert!((known.0 - below.value).abs() < 1e-9, "{known:?}");
    }
}

/// Values without a bound say what they are off by: next to an edge, where the second order of the step tells, it is more than nothing.
#[test]
fn what_a_value_without_a_bound_is_off_by_is_said() {
    use crate::measure::Law;
    use crate::measure::law::transform::Memory;
    let q = WeightedCovariance::new(0.6, 0.7, 0.95, 0.3, atoms(&[1.0], &[1.0])).unwrap();
    let (closed, other) = (Law::from(q.clone()), Law::from_response(q));
    let mut largest: f64 = 0.0;
    for &(low, high) in closed.support().unwrap() {
        for share in [1e-9, 1e-7, 1e-5, 1e-3, 0.1, 0.5] {
            let x = high - share * (high - low);
            let Ok(wanted) = closed.density(x) else {
                continue;
            };
            let [value, error] = other.guessed(x, &mut Memory::default()).unwrap();
            let apart = (value - wanted.value).abs();
            assert!(apart <= error + wanted.radius, "{x}: {apart:e} {error:e}");
            largest = largest.max(apart);
        }
    }
    assert!(largest > 0.0);
}

/// With one weight V has its branch points at `τ(1 ± √γ₂)²`: no disc on which the root is continued reaches one, and discs reach a good
/// part of the way.
#[test]
fn a_root_is_continued_up_to_a_branch_point_and_no_further() {
    for gamma in [0.3_f64, 1.0, 2.5] {
        let law = WeightedCovariance::new(gamma, 0.7, 0.95, 0.3, atoms(&[1.0], &[1.0])).unwrap();
        for t in [Complex64::new(0.4, 0.9), Complex64::new(-2.0, 1.5)] {
            let discs = law.kernel(Ball::exact(t));
            let line = Line::new(&law, t, 0.5 * t.arg());
            let tau = line.kernel.weights[0].tau;
            for y in [0.05, 0.3, 1.0, 4.0] {
                let v = line.point(y);
                let place = line.follow(line.ends(t).unwrap()[0], v).unwrap();
                let branch = |sign: f64| (tau * (1.0 + sign * gamma.sqrt()).powi(2) - v).norm();
                let nearest = branch(1.0).min(branch(-1.0));
                let reaches = |share: f64| {
                    let region = discs.near(place, Ball::exact(v), share * nearest);
                    region.is_some()
                };
                assert!(reaches(0.3), "{gamma} {t} {y}");
                assert!(
                    (100..200).all(|k| !reaches(0.01 * f64::from(k))),
                    "{gamma} {t} {y}"
                );
            }
        }
    }
}

/// Far out g, q and their derivatives are within what is told, also where γ₂ is small and little moves.
#[test]
fn far_out_the_integrand_is_within_its_bounds() {
    for (gamma, beta) in [(0.01, 0.77), (0.01, 1.2), (1.5, 0.95), (0.5, 0.95)] {
        let weights = atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]);
        let law = WeightedCovariance::new(gamma, 0.7, beta, 0.3, weights).unwrap();
        for t in [Complex64::new(0.4, 0.9), Complex64::new(-2.0, 1.5)] {
            let discs = law.kernel(Ball::exact(t));
            let line = Line::new(&law, t, 0.5 * t.arg());
            let most = (1..30).map(|k| 0.7_f64.powi(k));
            let (most, (_, bounds)) = most
                .filter_map(|most| Some((most, discs.far(most, 1.0)?)))
                .find(|(_, (_, bounds))| bounds.lambda.0.is_finite())
                .unwrap();
            for share in [1.0, 0.3, 0.01] {
                let v = line.point(1.0 / (share * most));
                let place = line.follow(line.ends(t).unwrap()[0], v).unwrap();
                let [[g, q], [dg, dq]] = line.kernel.node(place.omega);
                let [[_, lambda]] = line.kernel.potential(place.omega, |z| z.ln());
                let told = [bounds.g, bounds.q, bounds.slope_of_g, bounds.slope_of_q];
                let told = told.into_iter().chain([bounds.lambda]);
                for (value, bound) in [g, q, dg, dq, lambda].into_iter().zip(told) {
                    let value = value.norm() / (share * most);
                    assert!(value <= bound.0, "{gamma} {t} {share}: {value} {bound:?}");
                }
            }
        }
    }
}

/// v, its slope and its bend are what the definition says, whether ω is far beyond all τ or next to one.
#[test]
fn v_and_its_derivatives_are_those_of_the_definition() {
    for at in [&[0.25, 0.5, 1.0, 2.0, 3.0][..], &[0.25, 1.0], &[2.0]] {
        let mass = vec![1.0 / at.len() as f64; at.len()];
        let law = WeightedCovariance::new(1.5, 0.7, 0.95, 0.0, atoms(at, &mass)).unwrap();
        for t in [
            (0.4, 0.9),
            (-2.0, 1.5),
            (-1.0, 1e-7),
            (1e-9, 0.0),
            (0.0, 0.0),
        ] {
            let t = Complex64::new(t.0, t.1);
            let kernel = law.kernel(t);
            let rows = law.rows(kernel.weights.iter().map(|w| w.tau));
            let beside = kernel.weights[0].tau * Complex64::new(1.0, 1e-3);
            for omega in [(-0.6, 0.4), (2.0, -1.0), (1e-3, 1e-3), (-1e5, 3e5)] {
                for omega in [Complex64::new(omega.0, omega.1), beside + 1e-9] {
                    let found = rows.inverse(omega);
                    let (mut v, mut slope) = (omega, Complex64::ONE);
                    let (mut bend, mut size) = (Complex64::ZERO, omega.norm());
                    let mut sizes = [1.0, 1.0 / omega.norm()];
                    for (weight, mass) in kernel.weights.iter().zip(&mass) {
                        let over = (omega - weight.tau).inv();
                        let (share, all) = (weight.tau * over, (omega * over).norm());
                        v += 1.5 * mass * share * omega;
                        slope -= 1.5 * mass * share * share;
                        bend += 1.5 * mass * share * share * over;
                        size += 1.5 * mass * (1.0 + all) * omega.norm();
                        sizes[0] += 1.5 * mass * (1.0 + all).powi(2);
                        sizes[1] += 1.5 * mass * (1.0 + all).powi(2) * over.norm();
                    }
                    let eps = 64.0 * f64::EPSILON;
                    assert!((found.v - v).norm() <= eps * size, "{t} {omega}");
                    assert!(
                        (found.slope - slope).norm() <= eps * sizes[0],
                        "{t} {omega}"
                    );
                    assert!((found.bend - bend).norm() <= eps * sizes[1], "{t} {omega}");
                    assert!(found.size >= 0.99 * size && found.size <= 1.5 * size);
                }
            }
        }
    }
}

/// χ over a disc holds its values on the edge.
#[test]
fn over_a_disc_the_self_energy_holds_all_values() {
    use crate::measure::law::transform::{Memory, Transform};
    let weights = atoms(&[0.25, 1.0, 3.0], &[0.5, 0.3, 0.2]);
    let law = WeightedCovariance::new(1.5, 0.7, 0.95, 0.3, weights).unwrap();
    let chi = |disc: Ball| law.chi(disc, &mut Memory::default()).unwrap();
    for z in [Complex64::new(2.0, 0.5), Complex64::new(9.0, 0.2)] {
        let radius = 0.1 * z.im;
        let over = chi(Ball::new(z, radius));
        for k in 0..8 {
            let at = z + Complex64::from_polar(radius, PI * f64::from(k) / 4.0);
            let exact = chi(Ball::exact(at));
            assert!(
                (exact.center - over.center).norm() <= over.radius,
                "{z} {k}"
            );
        }
        assert!(over.radius <= 200.0 * chi(Ball::new(z, 0.01 * radius)).radius);
    }
}

/// Of equal weights the bound of K's norm is its norm.
#[test]
fn the_reach_of_equal_weights_is_the_largest_eigenvalue() {
    for (gamma, x, t) in [(0.25, 1.0, 0.5), (4.0, 3.0, 2.0), (1.0, 0.1, 7.0)] {
        let law = WeightedCovariance::new(gamma, 0.7, 0.7, 0.0, atoms(&[x], &[1.0])).unwrap();
        let line = Line::new(&law, Complex64::from(t), 0.0);
        let edge = 0.49 * t * x * (1.0 + f64::sqrt(gamma)).powi(2);
        assert!((line.reach() / edge - 1.0).abs() < 1e-14);
    }
}

/// A law whose weights are a million times as large is the law's image: its density on the axis and what that is off by.
#[test]
fn densities_are_those_of_scaled_weights() {
    use crate::measure::law::Transform;
    use crate::measure::law::transform::Memory;
    let of = |scale: f64| {
        let at = [0.25 * scale, scale, 3.0 * scale];
        WeightedCovariance::new(1.5, 0.7, 0.95, 0.3, atoms(&at, &[0.5, 0.3, 0.2])).unwrap()
    };
    let one = of(1.0);
    for scale in [1e-6, 1e6] {
        let law = of(scale);
        for x in [0.5, 1.0, 2.5] {
            let guess = |law: &WeightedCovariance, x| law.guessed(x, &mut Memory::default());
            let ([plain, error], [scaled, off]) =
                (guess(&one, x).unwrap(), guess(&law, scale * x).unwrap());
            assert!(
                plain > 0.0 && (scaled * scale - plain).abs() < 1e-9 * plain,
                "{scale} {x}"
            );
            assert!(
                off * scale < 10.0 * error && error < 10.0 * off * scale,
                "{scale} {x}"
            );
        }
    }
}
