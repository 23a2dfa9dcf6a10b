//! The limit law of the talk against values to 40 digits, for d < p, d = p, d > p and on both sides of γ₁ = 1.

use num_complex::Complex64;
use tensor_dyson::measure::{Atoms, Law, WeightedCovariance};

/// `[γ₁, γ₂, Re z, Im z, Re m, Im m]` for α = 0.7, β = 0.95, c₀ = 0.3.
type Row = [f64; 6];

/// Squared weights 1. Made with mpmath at 45 digits: `m = 1/(−z + I(γ₁m))` by secants, I from the transform of
/// `α²[(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀] + c`, where μ*μ is the integral of the density of μ times the transform of μ.
const EQUAL: &[Row] = &[
    [
        0.5,
        0.6,
        1.0,
        1e-09,
        -0.8036816848484966,
        1.1166783600537231,
    ],
    [
        0.5,
        0.6,
        0.3,
        0.0001,
        -0.13252982395000557,
        2.91271966786205,
    ],
    [0.5, 0.6, 2.5, 0.1, -0.6467480206758857, 0.2665222736074217],
    [
        0.5,
        0.6,
        1.5,
        10.0,
        -0.006781385982922367,
        0.0990665224463976,
    ],
    [
        0.5,
        1.0,
        1.0,
        1e-09,
        -0.8268391900673758,
        0.9838384662768642,
    ],
    [
        0.5,
        1.0,
        0.3,
        0.0001,
        -0.45170785112696166,
        2.9662454399923908,
    ],
    [0.5, 1.0, 2.5, 0.1, -0.5795783364579576, 0.27459193996689196],
    [
        0.5,
        1.0,
        1.5,
        10.0,
        -0.006780776898793145,
        0.09897288727118499,
    ],
    [
        0.5,
        1.5,
        1.0,
        1e-09,
        -0.8463123920807624,
        0.8474336015405484,
    ],
    [
        0.5,
        1.5,
        0.3,
        0.0001,
        -0.7865066765337629,
        3.0745607168930618,
    ],
    [0.5, 1.5, 2.5, 0.1, -0.5245510601700426, 0.2671204709656943],
    [
        0.5,
        1.5,
        1.5,
        10.0,
        -0.006784981013087163,
        0.09885676120065781,
    ],
    [
        1.0,
        0.6,
        1.0,
        1e-09,
        -0.7375283123888388,
        0.7417143067675442,
    ],
    [
        1.0,
        0.6,
        0.3,
        0.0001,
        -1.0438566740665767,
        2.0203260389723288,
    ],
    [
        1.0,
        0.6,
        2.5,
        0.1,
        -0.47244652367317247,
        0.26592704807639367,
    ],
    [
        1.0,
        0.6,
        1.5,
        10.0,
        -0.006787638255137322,
        0.09861068261048891,
    ],
    [1.0, 1.0, 1.0, 1e-09, -0.7973731509648054, 0.637200778310905],
    [
        1.0,
        1.0,
        0.3,
        0.0001,
        -1.2510166011666488,
        2.1272494183176027,
    ],
    [1.0, 1.0, 2.5, 0.1, -0.43869446339353746, 0.2360729946431374],
    [
        1.0,
        1.0,
        1.5,
        10.0,
        -0.006820561680779912,
        0.09843354734516867,
    ],
    [
        1.0,
        1.5,
        1.0,
        1e-09,
        -0.8705148607268524,
        0.5126145857470291,
    ],
    [
        1.0,
        1.5,
        0.3,
        0.0001,
        -1.3971789961489047,
        2.270168328697992,
    ],
    [1.0, 1.5, 2.5, 0.1, -0.4117386900800567, 0.20580665138869475],
    [
        1.0,
        1.5,
        1.5,
        10.0,
        -0.0068776747834079196,
        0.09822121334510851,
    ],
    [
        2.0,
        0.6,
        1.0,
        1e-09,
        -0.7316431316377483,
        0.46260130968611324,
    ],
    [
        2.0,
        0.6,
        0.3,
        0.0001,
        -1.4679693587350615,
        1.1458259152282557,
    ],
    [
        2.0,
        0.6,
        2.5,
        0.1,
        -0.38081665079620847,
        0.19485993538198862,
    ],
    [
        2.0,
        0.6,
        1.5,
        10.0,
        -0.006968984438927003,
        0.09777461876405415,
    ],
    [
        2.0,
        1.0,
        1.0,
        1e-09,
        -0.8564826307120884,
        0.4426441296628941,
    ],
    [2.0, 1.0, 0.3, 0.0001, -1.537331570100512, 1.266666695878894],
    [
        2.0,
        1.0,
        2.5,
        0.1,
        -0.37452812611239494,
        0.15780495016307466,
    ],
    [
        2.0,
        1.0,
        1.5,
        10.0,
        -0.007129025965174377,
        0.09749803719746228,
    ],
    [2.0, 1.5, 1.0, 1e-09, -0.9622969318302843, 0.498797525324785],
    [
        2.0,
        1.5,
        0.3,
        0.0001,
        -1.5741737543993768,
        1.3588629467336333,
    ],
    [
        2.0,
        1.5,
        2.5,
        0.1,
        -0.37158337535961034,
        0.12119475082209508,
    ],
    [
        2.0,
        1.5,
        1.5,
        10.0,
        -0.007355349453264147,
        0.09720180554969117,
    ],
];

/// Squared weights 0.25, 1 and 3 with probabilities 0.5, 0.3 and 0.2. Made with mpmath at 40 digits: `I = ∫ cx/(1+tcx) dν + F′/(2γ₂)`, where
/// `F(t) = ∬ log(1+k+k′) dρ_t dρ_t = (1/2πi) ∫ g(v) U(−1−v) dv` along the line through −½, g from the roots of its
/// polynomial and the logarithmic potential U in closed form, and F′ a central difference under the integral.
const DIFFERENT: &[Row] = &[
    [
        0.5,
        0.6,
        1.0,
        1e-09,
        -0.7988905244975559,
        0.7671864087577344,
    ],
    [0.5, 1.5, 0.4, 0.001, -1.333061065143074, 1.8228927263340429],
    [2.0, 0.6, 1.0, 1e-09, -0.803509551763823, 0.2993648073446582],
];

/// The same weights: within a millionth of an edge, in the bulk, far away, next to the atom at 0 and in the gap above it,
/// below and above the threshold, d > p, d = p and d < p. Made with mpmath at 38 digits from another program than the rows
/// above: the integral of [`WeightedCovariance`] along its line by Gauss's rule on intervals halved until 1e-23, g the
/// one root of its polynomial with `Re(g e^{iψ}) > 0`, m by secants until the last step is below 1e-19.
const MORE_DIFFERENT: &[Row] = &[
    [
        0.4,
        0.6,
        0.046686,
        1e-09,
        9.966158927256249,
        0.06280504318382221,
    ],
    [
        0.4,
        0.6,
        3.9,
        1e-06,
        -0.4021905598282703,
        0.0068515666833162975,
    ],
    [
        0.4,
        0.6,
        -0.5,
        0.001,
        1.0059677270344058,
        0.001229409956348363,
    ],
    [
        1.0,
        0.6,
        0.001,
        0.001,
        17.310096228874695,
        50.65674268675393,
    ],
    [
        1.0,
        0.6,
        30.0,
        10.0,
        -0.03071204002192821,
        0.010573067561287244,
    ],
    [
        2.5,
        0.6,
        0.001,
        0.001,
        -298.84817668840327,
        300.00824188624216,
    ],
    [
        2.5,
        0.6,
        0.0569,
        1e-09,
        -7.336753416333399,
        3.3140235160272322e-06,
    ],
    [
        2.5,
        0.6,
        17.7604,
        0.0001,
        -0.060905847338425044,
        4.035082315427457e-07,
    ],
    [
        0.4,
        1.0,
        4.360905,
        1e-09,
        -0.32991369288156225,
        1.9386186262348068e-10,
    ],
    [
        0.4,
        1.0,
        0.7,
        1e-09,
        -0.9415641622990039,
        1.2146024353715918,
    ],
    [
        1.0,
        1.0,
        2.0,
        1e-05,
        -0.46522189688264576,
        0.20575906208142905,
    ],
    [
        2.5,
        1.0,
        0.01,
        1e-09,
        -58.56852774159516,
        6.013422567244095e-06,
    ],
    [
        2.5,
        1.0,
        0.0005,
        1e-09,
        -1198.6821183177767,
        0.002400010675770034,
    ],
    [
        2.5,
        1.0,
        0.001,
        1e-09,
        -598.6767507170381,
        0.0006000107950261832,
    ],
    [
        2.5,
        1.0,
        5.0,
        0.1,
        -0.19220872279683487,
        0.040628717520783966,
    ],
    [
        0.4,
        1.5,
        0.0368,
        1e-06,
        12.058072148206424,
        0.012272736659218316,
    ],
    [
        0.4,
        1.5,
        4.809,
        1e-09,
        -0.2876545741621479,
        1.3735801428119556e-10,
    ],
    [
        1.0,
        1.5,
        1.3,
        1e-09,
        -0.6890757361490906,
        0.3060256777961508,
    ],
    [
        1.0,
        1.5,
        -2.0,
        1e-06,
        0.4069596333345181,
        1.7821441687820798e-07,
    ],
    [
        2.5,
        1.5,
        0.0001,
        1e-05,
        -5939.1355219706975,
        594.0595338230025,
    ],
];

/// Errors are within the bounds and below 1e-11, and bounds below 1e-11 relative to m where m is large.
fn errors_are_within_bounds(rows: &[Row], weights: &Atoms) {
    for &[gamma1, gamma2, x, y, re, im] in rows {
        let q = WeightedCovariance::new(gamma2, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        let law = Law::from(q).mp_map(gamma1).unwrap();
        let value = law.stieltjes(Complex64::new(x, y)).unwrap();
        let exact = Complex64::new(re, im);
        let apart = (value.s - exact).norm() - f64::EPSILON * exact.norm();
        assert!(
            apart <= value.radius
                && apart <= 1e-11
                && value.radius <= 1e-11 * exact.norm().max(1.0),
            "γ₁ = {gamma1}, γ₂ = {gamma2}, z = {x} + {y}i: {apart:e} {value:?}"
        );
    }
}

#[test]
fn equal_weights_with_a_proved_bound() {
    let one = Atoms::new(vec![1.0], vec![1.0]).unwrap();
    assert_eq!(EQUAL.len(), 36);
    errors_are_within_bounds(EQUAL, &one);
}

#[test]
fn different_weights_with_a_proved_bound() {
    let weights = Atoms::new(vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]).unwrap();
    errors_are_within_bounds(DIFFERENT, &weights);
    errors_are_within_bounds(MORE_DIFFERENT, &weights);
}

/// At every height from 1e-9 to 10, d < p, d = p and d > p, γ₁ below and above 1, in the support, beside it and at its
/// edges to a millionth.
#[test]
fn different_weights_have_a_proved_bound_at_every_height() {
    let weights = Atoms::new(vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]).unwrap();
    for gamma2 in [0.6, 1.0, 1.5] {
        let q = WeightedCovariance::new(gamma2, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        for gamma1 in [0.4, 2.5] {
            let law = Law::from(q.clone()).mp_map(gamma1).unwrap();
            let support = law.support().unwrap();
            let (low, high) = (support[0].0, support[support.len() - 1].1);
            for y in [1e-9, 1e-4, 10.0] {
                let inside = [0.03, 0.4, 0.9].map(|share| low + share * (high - low));
                for x in inside
                    .into_iter()
                    .chain([-0.5, 0.5 * low, high + 1e-6, 1.5 * high])
                {
                    let z = Complex64::new(x, y);
                    let value = law.stieltjes(z);
                    // Beside an edge at 2e-4 s is 3000: there the bound is relative.
                    assert!(
                        value
                            .as_ref()
                            .is_ok_and(|v| v.radius <= 1e-11 * v.s.norm().max(1.0)),
                        "γ₁ = {gamma1}, γ₂ = {gamma2}, z = {z}: {value:?}"
                    );
                }
            }
        }
    }
}

/// The edges of unequal weights: the density is positive just inside each and 0 just outside, and between the atom at 0 and
/// the lowest edge, where it has a proved value on the axis.
#[test]
fn the_edges_of_unequal_weights_are_where_the_density_begins() {
    let three = Atoms::new(vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]).unwrap();
    let two = Atoms::new(vec![1.0, 5.0], vec![0.3, 0.7]).unwrap();
    for (weights, gamma2, gamma1, count) in [
        (&three, 0.6, 0.4, 1),
        (&three, 0.6, 2.5, 1),
        (&three, 1.0, 2.5, 1),
        (&three, 1.5, 2.5, 1),
        (&two, 0.05, 20.0, 6),
    ] {
        let q = WeightedCovariance::new(gamma2, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        let law = Law::from(q.clone()).mp_map(gamma1).unwrap();
        let support = law.support().unwrap();
        assert_eq!(
            support.len(),
            count,
            "γ₁ = {gamma1}, γ₂ = {gamma2}: {support:?}"
        );
        assert_eq!(q.mp_map_support(gamma1).unwrap(), support);
        let mass = law.mass_at(0.0);
        assert!((mass - (1.0 - 1.0 / gamma1).max(0.0)).abs() < 1e-15);
        let im = |x: f64| law.stieltjes(Complex64::new(x, 1e-9)).unwrap().s.im;
        for (k, &(low, high)) in support.iter().enumerate() {
            // At the edges of 𝒬 itself the density vanishes to second order: a tenth of the interval away.
            let tenth = 0.1 * (high - low);
            let below = if k > 0 { support[k - 1].1 } else { 0.0 };
            let above = support.get(k + 1).map_or(2.0 * high, |next| next.0);
            for (inside, outside) in [
                (low + tenth, 0.75 * low + 0.25 * below),
                (high - tenth, 0.75 * high + 0.25 * above),
            ] {
                let (inside, outside) = (im(inside), im(outside));
                assert!(
                    inside > 1e3 * outside,
                    "γ₁ = {gamma1}, γ₂ = {gamma2}: {inside} {outside} {support:?}"
                );
            }
        }
        if mass > 0.0 {
            let x = 0.5 * support[0].0;
            let density = law.density(x).unwrap();
            assert!(density.value == 0.0 && density.radius < 1e-7, "{density:?}");
        }
    }
}

/// Against 25 digits: the top of 𝒬's support is where the lowest edge of K, the maximum of its inverse function, is −½,
/// by two bisections in mpmath. For `γ₁ = 0.4` the map's own edge is the image of it: `z′` is positive up to it.
#[test]
fn the_upper_edge_of_unequal_weights_is_the_known_one() {
    let weights = Atoms::new(vec![0.25, 1.0, 3.0], vec![0.5, 0.3, 0.2]).unwrap();
    for (gamma2, top) in [(0.6, 6.567480168574076), (1.5, 8.690923917086211)] {
        let q = WeightedCovariance::new(gamma2, 0.7, 0.95, 0.3, weights.clone()).unwrap();
        let support = Law::from(q).support().unwrap().to_vec();
        assert!(
            (support[support.len() - 1].1 - top).abs() < 1e-14,
            "{support:?}"
        );
    }
}

/// A gap of a thousandth in the talk's law with two weights, and the value of γ₁ at which it has closed.
#[test]
fn a_gap_of_a_thousandth_between_unequal_weights_is_found() {
    let two = Atoms::new(vec![1.0, 5.0], vec![0.3, 0.7]).unwrap();
    let q = Law::from(WeightedCovariance::new(0.05, 0.7, 0.95, 0.3, two).unwrap());
    let open = q.mp_map(2.232501402998181).unwrap();
    let support = open.support().unwrap();
    assert_eq!(support.len(), 2, "{support:?}");
    let (from, to) = (support[0].1, support[1].0);
    assert!((to - from - 1e-3).abs() < 1e-9, "{support:?}");
    let im = |x: f64| open.stieltjes(Complex64::new(x, 1e-9)).unwrap().s.im;
    assert!(im(from - 1e-3) > 1e-2 && im(0.5 * (from + to)) < 1e-4 && im(to + 1e-3) > 1e-2);
    assert_eq!(q.mp_map(1.7).unwrap().support().unwrap().len(), 1);
}
