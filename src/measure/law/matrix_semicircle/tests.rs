use ndarray::{Array2, Array3, arr2};
use num_complex::Complex64;

use super::MatrixSemicircle;
use super::search::Found;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::node::Kind;
use crate::measure::law::transform::Memory;
use crate::measure::{Law, LawError};

fn inner(law: &Law) -> &MatrixSemicircle {
    match &law.0.kind {
        Kind::MatrixSemicircle(inner) => inner,
        other => panic!("{other:?}"),
    }
}

/// Matrices with entries of no structure.
fn pencil(n: usize, k: usize) -> Law {
    let entry = |j: usize, a: usize, b: usize| {
        let (a, b) = (a.min(b) as f64, a.max(b) as f64);
        (1.7 * a * b + 2.3 * b + 5.1 * j as f64 * (a + 1.0) + 0.4).sin() / (n as f64).sqrt()
    };
    let constant = Array2::from_shape_fn((n, n), |(a, b)| 2.0 * entry(0, a, b));
    let rest = Array3::from_shape_fn((k, n, n), |(j, a, b)| entry(j + 1, a, b));
    Law::matrix_semicircle(constant.view(), rest.view()).unwrap()
}

fn places() -> Vec<Complex64> {
    let mut all = Vec::new();
    for re in [-3.0, -0.4, 0.0, 0.9, 2.5] {
        for im in [2.0, 0.1, 1e-3] {
            all.push(Complex64::new(re, im));
        }
    }
    all
}

/// The averaged iteration, which the solver does not use, from far away.
fn iterated(law: &MatrixSemicircle, z: Complex64) -> Complex64 {
    let mut g = Array2::from_diag_elem(law.n, z.inv());
    for _ in 0..60_000 {
        let hat = law.mapped(z, g.view()).unwrap();
        let change = (&hat - &g).iter().map(|x| x.norm()).fold(0.0, f64::max);
        g = (&hat + &g).map(|x| 0.5 * x);
        if change < 1e-15 {
            break;
        }
    }
    -law.trace(&g).center
}

#[test]
fn values_are_those_of_the_averaged_iteration() {
    for (n, k) in [(1, 1), (3, 1), (4, 3), (7, 2)] {
        let law = pencil(n, k);
        for z in places().into_iter().filter(|z| z.im >= 0.1) {
            let value = law.stieltjes(z).unwrap();
            let other = iterated(inner(&law), z);
            assert!(value.radius < 1e-12, "{n} {k} {z}: {:e}", value.radius);
            let apart = (value.s - other).norm();
            assert!(apart <= value.radius + 1e-12, "{n} {k} {z}: {apart:e}");
        }
    }
}

/// Of diagonal matrices the law is a mixture of semicircle laws.
#[test]
fn diagonal_matrices_give_a_mixture_of_semicircle_laws() {
    let constant = Array2::from_diag(&ndarray::arr1(&[-3.0, 0.5, 4.0]));
    let mut rest = Array3::zeros((2, 3, 3));
    for (i, (a, b)) in [(0.6, 0.8), (0.3, 0.4), (1.0, 0.5)].into_iter().enumerate() {
        rest[[0, i, i]] = a;
        rest[[1, i, i]] = b;
    }
    let law = Law::matrix_semicircle(constant.view(), rest.view()).unwrap();
    let part = |variance: f64, at: f64| {
        let part = Law::semicircle(variance).unwrap().shifted(at).unwrap();
        (1.0 / 3.0, part)
    };
    let parts = [part(1.0, -3.0), part(0.25, 0.5), part(1.25, 4.0)];
    let known = Law::mixture(&parts).unwrap();
    let both = |z: Complex64| {
        let (value, other) = (law.stieltjes(z).unwrap(), known.stieltjes(z).unwrap());
        let apart = (value.s - other.s).norm();
        assert!(apart <= value.radius + other.radius, "{z}: {apart:e}");
        let apart = (value.derivative - other.derivative).norm();
        let allowed = value.derivative_radius + other.derivative_radius;
        assert!(apart <= allowed, "{z}: {apart:e}");
        (value, other)
    };
    for z in places() {
        let (value, _) = both(z);
        assert!(value.radius < 1e-11, "{z}: {:e}", value.radius);
    }
    for x in [-5.3, -0.8, 1.62, 6.5, 40.0] {
        let (value, other) = both(Complex64::from(x));
        assert!(
            value.s.im == 0.0 && value.radius < 1e-10,
            "{x}: {:e}",
            value.radius
        );
        // Next to the axis as well.
        let value = law.stieltjes(Complex64::new(x, 1e-14)).unwrap();
        assert!(
            (value.s - other.s).norm() < 1e-10 && value.radius < 1e-10,
            "{x}"
        );
    }
    for x in [-4.0, 0.5, 3.3] {
        let (found, other) = (law.density(x).unwrap(), known.density(x).unwrap());
        assert!(found.radius.is_infinite());
        assert!((found.value - other.value).abs() < 1e-12, "{x}");
        assert_eq!(
            law.stieltjes(Complex64::from(x)),
            Err(LawError::NoBound { z: x.into() })
        );
        // What is known all the same is off by no more than it says.
        let (s, error) = law.walk().estimate(Complex64::from(x)).unwrap();
        let exact = known.stieltjes(Complex64::from(x)).unwrap();
        let apart = (s - exact.s).norm();
        assert!(
            apart <= error + exact.radius && error < 1e-12,
            "{x}: {apart:e} {error:e}"
        );
        assert_eq!(law.walk().estimate(Complex64::new(x, 0.1)), None);
    }
    let (support, other) = (law.support().unwrap(), known.support().unwrap());
    assert_eq!(support.len(), other.len());
    for (a, b) in support.iter().zip(other) {
        assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() < 1e-8, "{a:?} {b:?}");
    }
    let (moments, other) = (law.moments(8).unwrap(), known.moments(8).unwrap());
    for (a, b) in moments.iter().zip(&other) {
        assert!((a - b).abs() <= 1e-12 * b.abs().max(1.0), "{a} {b}");
    }
}

/// `[[0, s₁, s₂], [s₁, 0, 0], [s₂, 0, 0]]`: mass ⅓ at 0, and beside it the square roots of `s₁² + s₂²`.
#[test]
fn a_kernel_of_every_realisation_is_an_atom() {
    let mut rest = Array3::zeros((2, 3, 3));
    for j in 0..2 {
        rest[[j, 0, j + 1]] = 1.0;
        rest[[j, j + 1, 0]] = 1.0;
    }
    let law = Law::matrix_semicircle(Array2::zeros((3, 3)).view(), rest.view()).unwrap();
    let square = Law::marchenko_pastur(1.0).unwrap().free_power(2.0).unwrap();
    assert_eq!(law.point_masses().len(), 1);
    assert_eq!((law.mass_at(0.0) - 1.0 / 3.0).abs(), 0.0);
    for z in places() {
        let value = law.stieltjes(z).unwrap();
        let sign = if (z * z).im < 0.0 {
            (z * z).conj()
        } else {
            z * z
        };
        let m = square.stieltjes(sign).unwrap().s;
        let m = if sign == z * z { m } else { m.conj() };
        let known = -1.0 / (3.0 * z) + 2.0 / 3.0 * z * m;
        let apart = (value.s - known).norm();
        assert!(
            apart <= value.radius + 1e-12 * value.s.norm(),
            "{z}: {apart:e}"
        );
    }
    // √ of the edges (√2 ∓ 1)² of s₁² + s₂².
    let known = [2.0_f64.sqrt() - 1.0, 2.0_f64.sqrt() + 1.0];
    let support = law.support().unwrap();
    assert_eq!(support.len(), 2, "{support:?}");
    assert!(
        (support[1].0 - known[0]).abs() + (support[1].1 - known[1]).abs() < 1e-8,
        "{support:?}"
    );
    assert!((support[0].0 + known[1]).abs() + (support[0].1 + known[0]).abs() < 1e-8);
    let f = law.distribution().unwrap();
    assert!((f.at(0.0) - 2.0 / 3.0).abs() < 1e-9, "{}", f.at(0.0));
    assert!((f.at(-0.1) - 1.0 / 3.0).abs() < 1e-9);
}

/// What is enclosed is enclosed however poor the root is.
#[test]
fn bounds_hold_for_roots_that_are_off() {
    let law = pencil(5, 2);
    let inner = inner(&law);
    for z in places() {
        let exact = law.stieltjes(z).unwrap();
        let found = inner.root(z, &mut Memory::default()).unwrap();
        for share in [1e-9, 1e-7, 1e-5] {
            let bump = |(i, j): (usize, usize)| {
                let (i, j) = (i.min(j) as f64, i.max(j) as f64);
                share * Complex64::new((3.0 * i + j).sin(), (i * j - 1.0).cos())
            };
            let off = Found {
                g: &found.g + &Array2::from_shape_fn((5, 5), bump),
                slope: &found.slope + &Array2::from_shape_fn((5, 5), bump),
                ..found.clone()
            };
            // Where the bump is as high as z there is none.
            let Some(local) = inner.above(&off, Ball::exact(z)) else {
                assert!(z.im < 1e4 * share, "{z} {share}");
                continue;
            };
            let apart = (local.s.center - exact.s).norm();
            assert!(
                apart <= local.s.radius + exact.radius,
                "{z} {share}: {apart:e}"
            );
            let apart = (local.ds.center - exact.derivative).norm();
            assert!(
                apart <= local.ds.radius + exact.derivative_radius,
                "{z} {share}: {apart:e}"
            );
        }
    }
}

/// The other half plane's root, and a root of nothing.
#[test]
fn another_root_is_refused() {
    let law = pencil(4, 2);
    let inner = inner(&law);
    let z = Complex64::new(0.3, 0.2);
    let found = inner.root(z, &mut Memory::default()).unwrap();
    assert!(inner.above(&found, Ball::exact(z)).is_some());
    let turned = |change: fn(Complex64) -> Complex64| Found {
        g: found.g.map(|&x| change(x)),
        ..found.clone()
    };
    assert!(inner.above(&turned(|x| x.conj()), Ball::exact(z)).is_none());
    assert!(inner.above(&turned(|x| 1.2 * x), Ball::exact(z)).is_none());
    // A disc that reaches the axis is none above it.
    assert!(inner.above(&found, Ball::exact(z).grown(0.2)).is_none());
    let x = Complex64::from(9.0);
    let real = inner.root(x, &mut Memory::default()).unwrap();
    assert!(real.is_beside && inner.beside(&real).is_some());
    let off = Found {
        g: real.g.map(|&g| 0.9 * g),
        ..real.clone()
    };
    // From there the root is found again: what is enclosed is that.
    let (near, exact) = (inner.beside(&off).unwrap(), law.stieltjes(x).unwrap());
    let apart = (near.s.center - exact.s).norm();
    assert!(apart <= near.s.radius + exact.radius, "{apart:e}");
    let other = Found {
        g: real.g.map(|&g| -g),
        ..real.clone()
    };
    assert!(
        inner
            .beside(&other)
            .is_none_or(|local| local.s.center.re < 0.0)
    );
    // Above a real point, all values of a disc.
    let local = inner.above(&found, Ball::exact(z).grown(0.05)).unwrap();
    for turn in 0..12 {
        let at = z + Complex64::from_polar(0.049, f64::from(turn));
        let value = law.stieltjes(at).unwrap();
        assert!(
            (value.s - local.s.center).norm() <= local.s.radius + value.radius,
            "{turn}"
        );
    }
}

#[test]
fn matrices_that_are_no_pencil_are_refused() {
    let constant = arr2(&[[1.0, 0.0], [0.0, 2.0]]);
    let said = |a: Array3<f64>| {
        let law = Law::matrix_semicircle(constant.view(), a.view());
        law.map(|law| law.to_string()).unwrap_err().to_string()
    };
    let shapes = "the constant matrix is 2×2, the coefficients are 3×3: they must be square matrices of one size";
    assert_eq!(said(Array3::zeros((1, 3, 3))), shapes);
    let mut skew = Array3::zeros((2, 2, 2));
    skew[[1, 0, 1]] = 1.0;
    let entry = "matrix 2: entry (0, 1) is 1, the one opposite 0: the matrices must be finite and symmetric";
    assert_eq!(said(skew), entry);
    let nan = Array3::from_elem((1, 2, 2), f64::NAN);
    assert!(said(nan).contains("entry (0, 0) is NaN"));
    let huge = Array3::from_elem((1, 2, 2), 1e100);
    assert!(said(huge).contains("1e-75 to 1e75"));
    let wide = Array2::zeros((101, 101));
    let error = Law::matrix_semicircle(wide.view(), Array3::zeros((1, 101, 101)).view());
    assert!(error.unwrap_err().to_string().contains("rows is 101"));
    // Without variables the atoms would stand at rounded places.
    for none in [Array3::zeros((0, 0, 0)), Array3::zeros((1, 2, 2))] {
        assert!(said(none).contains("nonzero coefficients is 0"));
    }
}

/// A root that is off by δ costs δ² only, and the bound knows.
#[test]
fn what_is_left_is_a_square() {
    let law = pencil(6, 3);
    let inner = inner(&law);
    let z = Complex64::new(0.2, 0.3);
    let found = inner.root(z, &mut Memory::default()).unwrap();
    let exact = law.stieltjes(z).unwrap();
    let radius = |share: f64| {
        let off = Found {
            g: found.g.map(|x| x * (1.0 + share)),
            slope: found.slope.map(|x| x * (1.0 + share)),
            ..found.clone()
        };
        let local = inner.above(&off, Ball::exact(z)).unwrap();
        let apart = (local.s.center - exact.s).norm();
        assert!(
            apart > 1e-3 * share * share && apart <= local.s.radius,
            "{share}: {apart:e}"
        );
        local.s.radius
    };
    let (small, large) = (radius(1e-5), radius(1e-4));
    assert!(
        (50.0..200.0).contains(&(large / small)),
        "{small:e} {large:e}"
    );
}

/// The residual against one from exact fractions: a 1×1 pencil with numbers of many digits.
#[test]
fn the_residual_has_more_digits_than_its_terms() {
    let (level, scale) = (0.1_f64, 0.7_f64);
    let rest = Array3::from_elem((1, 1, 1), scale);
    let law = Law::matrix_semicircle(arr2(&[[level]]).view(), rest.view()).unwrap();
    let z = Complex64::new(0.3, 0.01);
    let found = inner(&law).root(z, &mut Memory::default()).unwrap();
    let residual = inner(&law).residual(z, found.g.view()).unwrap();
    // D G = (z − A₀ − A² G) G − 1 over the integers, in units of 2^−250.
    let whole = |x: f64| exact(x);
    let (g, at) = (found.g[[0, 0]], [whole(z.re) - whole(level), whole(z.im)]);
    let (re, im) = (whole(g.re), whole(g.im));
    let square = &whole(scale) * whole(scale);
    let b = [&at[0] - &square * &re, &at[1] - &square * &im];
    let product = [
        &b[0] * &re - &b[1] * &im - whole(1.0),
        &b[0] * &im + &b[1] * &re,
    ];
    let known = product.map(|x| num_traits::ToPrimitive::to_f64(&x).unwrap());
    let known = Complex64::new(known[0], known[1]) / g;
    let apart = (residual.defect[[0, 0]] - known).norm();
    assert!(
        apart <= residual.off.0 && residual.off.0 < 1e-20,
        "{apart:e} {:e}",
        residual.off.0
    );
    assert!(known.norm() <= residual.most.0 && known.norm() > 1e-22);
}

fn exact(x: f64) -> num_rational::BigRational {
    num_rational::BigRational::from_float(x).unwrap()
}

/// A constant that is large against the coefficients is rounded in what is as small as they are: the intervals are found all the same.
#[test]
fn small_coefficients_beside_a_large_constant_are_seen() {
    let constant = Array2::from_diag(&ndarray::arr1(&[1e5, 2e5, 3e5]));
    let rest = Array3::from_shape_fn((1, 3, 3), |(_, i, j)| f64::from(u8::from(i == j)));
    let law = Law::matrix_semicircle(constant.view(), rest.view()).unwrap();
    let support = law.support().unwrap();
    assert_eq!(support.len(), 3, "{support:?}");
    for (k, (low, high)) in support.iter().enumerate() {
        let at = 1e5 * (k as f64 + 1.0);
        assert!(
            (low - at + 2.0).abs() + (high - at - 2.0).abs() < 1e-5,
            "{support:?}"
        );
    }
}

/// Matrices of rank one, up to the rounding of their products: what none of them reaches is an atom.
#[test]
fn rounded_matrices_of_rank_one_leave_an_atom() {
    for (n, k) in [(4, 1), (5, 2), (8, 4)] {
        let v = |j: usize, a: usize| (1.3 * ((j + 2) * (a + 1)) as f64 + (a * a) as f64).sin();
        let rest = Array3::from_shape_fn((k, n, n), |(j, a, b)| v(j, a) * v(j, b));
        let law = Law::matrix_semicircle(Array2::zeros((n, n)).view(), rest.view()).unwrap();
        let mass = (n - k) as f64 / n as f64;
        assert!(
            (law.mass_at(0.0) - mass).abs() < 1e-12,
            "{n} {k}: {:?}",
            law.point_masses()
        );
        let total = law.distribution().unwrap().at(1e3);
        assert!((total - 1.0).abs() < 1e-6, "{n} {k}: {total}");
    }
    // A narrow interval is none.
    let mut rest = Array3::zeros((1, 2, 2));
    (rest[[0, 0, 0]], rest[[0, 1, 1]]) = (1.0, 1e-6);
    let constant = Array2::from_diag(&ndarray::arr1(&[0.0, 5.0]));
    let law = Law::matrix_semicircle(constant.view(), rest.view()).unwrap();
    assert!(law.point_masses().is_empty(), "{:?}", law.point_masses());
}

/// The slope tells the next root to second order in the step.
#[test]
fn a_root_is_followed_by_its_slope() {
    let law = pencil(4, 2);
    let inner = inner(&law);
    let z = Complex64::new(0.4, 0.7);
    let mut memory = Memory::default();
    inner.root(z, &mut memory).unwrap();
    let root = memory.root.clone().unwrap();
    let missed = |step: f64| {
        let next = z + Complex64::new(step, -step);
        let exact = inner.root(next, &mut Memory::default()).unwrap().g;
        let told = inner.ahead(&root, next).unwrap();
        (&told - &exact)
            .iter()
            .map(|x| x.norm())
            .fold(0.0, f64::max)
    };
    let (far, near) = (missed(1e-2), missed(1e-3));
    assert!(
        far < 0.1 && near > 0.0 && (50.0..200.0).contains(&(far / near)),
        "{far:e} {near:e}"
    );
}

/// A matrix that is no root has no residual, one near a root has.
#[test]
fn what_is_no_root_has_no_residual() {
    let law = pencil(3, 2);
    let inner = inner(&law);
    let z = Complex64::new(0.2, 0.5);
    let found = inner.root(z, &mut Memory::default()).unwrap();
    let of = |factor: f64| inner.residual(z, found.g.map(|&g| g * factor).view());
    assert!(of(1.0).is_some() && of(1.001).is_some() && of(2.0).is_none());
}
