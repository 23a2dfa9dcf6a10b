use super::*;
use crate::measure::law::covariance::WeightedCovariance;
use crate::measure::{Atoms, LawError};

/// The laws that are integrals: of the talk with one, three and zero weights, p below and above d, and of classical sums.
fn integrals() -> Vec<Law> {
    let covariance = |gamma: f64, beta: f64, at: &[f64]| {
        let weights = Atoms::empirical(at.to_vec()).unwrap();
        let law = WeightedCovariance::new(gamma, 0.7, beta, 0.3, weights).unwrap();
        Law::from_response(law)
    };
    let sum = |a: &str, b: &str| {
        let [a, b] = [a, b].map(|text| Law::parse(text).unwrap());
        a.classical(&b).unwrap()
    };
    vec![
        covariance(1.5, 0.95, &[0.1, 1.1, 2.1]),
        covariance(0.4, 1.2, &[0.0, 1.0, 6.0]),
        covariance(2.0, 0.7_f64.hypot(0.3), &[1.0]),
        sum("mp(0.5)", "semicircle(1)"),
        sum("uniform(-1, 2)", "semicircle(1) [+] mp(2)"),
    ]
}

fn exteriors() -> Vec<(Law, Exterior)> {
    let leaf = |law: Law| {
        let made = Exterior::new(law.transform()).unwrap();
        (law, made)
    };
    let known = integrals().into_iter().map(leaf);
    known.filter(|(law, _)| law.0.kind.is_integral()).collect()
}

/// Within each circle values, slopes and what is told of their errors are those of the integrals, also next to the axis and in
/// the lower corner.
#[test]
fn the_values_inside_a_circle_are_the_laws_own() {
    let all = exteriors();
    assert!(all.len() >= 4);
    for (law, outside) in &all {
        let (interval, transform) = (outside.interval, law.transform());
        for radius in [2.0, 1.2] {
            let shell = Shell::new(transform, interval, radius).unwrap();
            for share in [0.1, 0.7, 1.0 / INSIDE] {
                for angle in [1e-3, 0.4, 1.5, 2.8, 3.139] {
                    let s = Complex64::from_polar(share / radius, -angle);
                    let found = shell.local(interval, s, outside.pole).unwrap();
                    let direct = transform.evaluate(Ball::exact(found.at), &mut Memory::default());
                    let direct = direct.unwrap();
                    for (a, b, fine) in [
                        (found.s, direct.s, 1e-11),
                        (found.ds, direct.ds, 1e-8),
                        (found.chi, direct.chi, 1e-11),
                        (found.dchi, direct.dchi, 1e-8),
                    ] {
                        let apart = size(a.center - b.center);
                        assert!(apart <= a.radius + b.radius, "{law} {s}: {a:?} {b:?}");
                        let fine = fine * size(a.center);
                        assert!(a.radius <= fine, "{law} {radius} {share} {angle}: {a:?}");
                    }
                    let pole = outside.pole && found.law.reach > size(found.at);
                    assert!(!pole, "{law} {s}: {found:?}");
                    let jet = shell.jet(interval, found.at, s);
                    let off = size(jet.chi - found.chi.center) + size(jet.s - found.s.center);
                    assert!(off <= 1e-13 * (1.0 + size(found.s.center)), "{law} {s}");
                    // No distance is told that reaches over the support.
                    let (low, high) = interval.ends();
                    assert!(
                        found.chi_law.reach
                            <= found
                                .at
                                .im
                                .hypot((found.at.re - high).max(low - found.at.re).max(0.0))
                    );
                }
            }
        }
    }
}

/// For a point mass at an end of the interval `μ_k` is as large as it can be: with few points what is left out is within what
/// is told, and a good part of it.
#[test]
fn what_few_points_leave_out_is_told() {
    let at = 3.0;
    let law = Law::point(at).unwrap();
    let interval = Interval {
        middle: 1.0,
        half: 2.0,
    };
    for (rho, count) in [(0.5, 10), (0.5, 20), (0.8, 40), (0.8, 80)] {
        let shell = Shell::of(law.transform(), interval, rho, count).unwrap();
        let (mut largest, mut steepest): (f64, f64) = (0.0, 0.0);
        for k in 0..40 {
            let s = Complex64::from_polar(0.999 * rho, -std::f64::consts::PI * f64::from(k) / 40.0);
            // f = χ h/(2s) = 3 Σ (k+1) s^k.
            let [f, df] = shell.enclosed(s).unwrap();
            let exact = at * (1.0 - s).powi(-2);
            let slope = 2.0 * at * (1.0 - s).powi(-3);
            let off = [size(f.center - exact), size(df.center - slope)];
            assert!(
                off[0] <= f.radius && off[1] <= df.radius,
                "{rho} {count} {k}: {off:?}"
            );
            largest = largest.max(off[0] / shell.tails[0].0);
            steepest = steepest.max(off[1] / shell.tails[1].0);
        }
        assert!(
            largest > 0.15 && steepest > 0.15,
            "{rho} {count}: {largest} {steepest}"
        );
    }
}

/// A walk of few points never asks for a circle; one over many points does at once, and a long one when it has paid for it.
#[test]
fn a_circle_is_made_for_those_who_need_it() {
    let (law, outside) = exteriors().swap_remove(3);
    let z = Complex64::new(outside.interval.middle, 1.2 * outside.interval.half);
    let ask = |memory: &mut Memory| outside.jet(law.transform(), z, memory).is_some();
    let mut walk = Memory::over(10);
    assert!(!ask(&mut walk) && outside.shells.iter().all(|shell| shell.get().is_none()));
    let paid = (0..200).take_while(|_| !ask(&mut walk)).count();
    assert!((20..120).contains(&paid), "{paid}");
    assert_eq!(
        outside
            .shells
            .iter()
            .filter(|shell| shell.get().is_some())
            .count(),
        1
    );
    // Whoever comes later pays as much, so that its values do not depend on who was first.
    assert!(!ask(&mut Memory::over(10)) && ask(&mut Memory::over(1000)));
}

/// The density of an image with the circles and without.
#[test]
fn a_density_over_many_points_is_that_of_single_ones() -> Result<(), LawError> {
    for law in integrals().into_iter().take(3) {
        let image = law.mp_map(0.5)?;
        let support = image.support()?;
        let (low, high) = (support[0].0, support[support.len() - 1].1);
        let at = |k: usize| low + (high - low) * (k as f64 + 0.5) / 400.0;
        let grid: Vec<f64> = (0..400).map(at).collect();
        let found = image.density_on(&grid);
        for k in (7..400).step_by(31) {
            let (many, one) = (found[k]?, image.density(grid[k])?);
            assert!((many.value - one.value).abs() <= many.radius + one.radius);
            assert!(many.radius <= 1e-11 * (1.0 + many.value), "{law}: {many:?}");
        }
    }
    Ok(())
}

/// A law whose values are off by as much as it says, all in one direction.
#[derive(Debug)]
struct Off(Law, f64);

impl Transform for Off {
    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        self.0.local(z, memory)
    }

    fn chi(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        let exact = self.evaluate(z, memory)?.chi;
        let moved =
            exact.center + Complex64::new(0.0, self.1 * if z.center.re > 1.0 { 1.0 } else { -1.0 });
        Ok(Ball::new(moved, exact.radius + self.1))
    }

    fn atoms(&self) -> Vec<crate::measure::Atom> {
        self.0.point_masses().to_vec()
    }

    fn hull(&self) -> (f64, f64) {
        self.0.hull()
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(Vec::new())
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        self.0.moments(count)
    }

    fn notation(&self, f: &mut crate::measure::law::Notation<'_>) -> std::fmt::Result {
        write!(f, "off")
    }
}

/// What the values on the circle are off by, inside they are off by as well, and no more is told than some times that.
#[test]
fn errors_on_the_circle_stay_errors_inside() {
    let law = Law::point(3.0).unwrap();
    let interval = Interval {
        middle: 1.0,
        half: 2.0,
    };
    let (rho, by) = (0.7, 1e-6);
    let shell = Shell::of(&Off(law, by), interval, rho, count_of(rho)).unwrap();
    let (mut worst, mut steepest): (f64, f64) = (0.0, 0.0);
    for k in 0..60 {
        let s = Complex64::from_polar(0.98 * rho, -std::f64::consts::PI * f64::from(k) / 60.0);
        let [f, df] = shell.enclosed(s).unwrap();
        let off = [
            size(f.center - 3.0 * (1.0 - s).powi(-2)) / f.radius,
            size(df.center - 6.0 * (1.0 - s).powi(-3)) / df.radius,
        ];
        assert!(off.iter().all(|off| *off <= 1.0), "{k}: {off:?}");
        worst = worst.max(off[0]);
        steepest = steepest.max(off[1]);
    }
    assert!(worst > 0.02 && steepest > 0.02, "{worst} {steepest}");
}

fn count_of(rho: f64) -> usize {
    2 * Shell::price(1.0 / rho)
}
