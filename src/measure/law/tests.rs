use super::*;

#[test]
fn the_map_of_a_unit_mass_is_marchenko_pastur() {
    for gamma in [0.2, 0.999, 1.0, 3.5] {
        let law = Law::point(1.0).unwrap().mp_map(gamma).unwrap();
        let exact = Law::marchenko_pastur(gamma).unwrap();
        for x in [-3.0, 0.05, 0.5, 1.3, 2.0, 4.5, 9.0, 1e4] {
            for y in [0.0, 1e-9, 1e-3, 1.0, 1e3] {
                let z = Complex64::new(x, y);
                let (a, b) = (law.stieltjes(z), exact.stieltjes(z));
                let (a, b) = (a.unwrap(), b.unwrap());
                assert!(
                    (a.s - b.s).norm() <= a.radius + b.radius,
                    "{gamma} {z} {a:?} {b:?}"
                );
                let apart = (a.derivative - b.derivative).norm();
                assert!(
                    apart <= a.derivative_radius + b.derivative_radius,
                    "{gamma} {z} {a:?} {b:?}"
                );
                assert!(
                    a.radius < 1e-12 * a.s.norm() && b.radius < 1e-13 * b.s.norm(),
                    "{gamma} {z} {a:?} {b:?}"
                );
            }
        }
        let (one, two) = (law.support().unwrap(), exact.support().unwrap());
        assert!(
            (one[0].0 - two[0].0).abs() < 1e-14 && (one[0].1 - two[0].1).abs() < 1e-14,
            "{one:?} {two:?}"
        );
        for law in [law, exact] {
            let f = law.distribution().unwrap();
            assert!(
                f.error_estimate() < 1e-12,
                "{gamma} {law}: {} {}",
                f.error_estimate(),
                f.total()
            );
            for p in [0.1, 0.5, 0.77, 0.95] {
                let x = law.quantile(p).unwrap();
                assert!(f.at(x) >= p - 1e-12, "{gamma} {p} {x}");
            }
        }
    }
}

/// Enclosures over a disc hold every point of it, for each kind of law, on the axis and off it.
#[test]
fn over_a_disc_hold_its_points() {
    let laws = [
        Law::semicircle(1.0).unwrap(),
        Law::marchenko_pastur(0.5).unwrap(),
        Law::atoms(vec![0.0, 1.0], vec![0.25, 0.75]).unwrap(),
        Law::from_samples(vec![0.0, 1.0, 2.0], vec![1.0, 0.5, 0.0]).unwrap(),
        Law::marchenko_pastur(0.5)
            .unwrap()
            .free_sum(&Law::semicircle(1.0).unwrap()),
    ];
    for law in laws {
        for z in [(0.4, 0.3), (-3.0, 0.0), (5.0, 1e-3), (1.0, 2.0)] {
            let z = Complex64::new(z.0, z.1);
            let local = law.local(Ball::exact(z), &mut Memory::default()).unwrap();
            for share in [1e-3, 0.1, 0.5] {
                let rho = share * local.reach;
                let over = local.over(rho).unwrap();
                for k in 0..8 {
                    let w = z + Complex64::from_polar(rho, 0.785 * f64::from(k));
                    let at = law.jet(w, &mut Memory::default()).unwrap();
                    for (ball, value) in [(over.s, at.s), (over.ds, at.ds), (over.chi, at.chi)] {
                        let apart = (ball.center - value).norm();
                        assert!(
                            apart <= ball.radius + 1e-13 * value.norm(),
                            "{law} {z} {rho}"
                        );
                    }
                }
            }
        }
    }
}

/// The value for a disc of z holds the values at its points: the root's radius counts there, not the rounding.
#[test]
fn the_value_for_a_disc_holds_those_at_its_points() {
    let mp = Law::marchenko_pastur(0.5).unwrap();
    let two = Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5]).unwrap();
    for law in [
        two.mp_map(0.5).unwrap(),
        mp.free_sum(&two),
        mp.free_product(&two).unwrap(),
    ] {
        for (z, radius) in [((1.5, 0.5), 1e-3), ((2.0, 1e-2), 1e-5), ((-2.0, 0.0), 1e-3)] {
            let z = Complex64::new(z.0, z.1);
            let disc = Ball::exact(z).grown(radius);
            let whole = law.local(disc, &mut Memory::default()).unwrap();
            assert!(whole.s.radius < 0.1, "{law} {z}");
            for k in 0..8 {
                let mut w = z + Complex64::from_polar(radius, 0.785 * f64::from(k));
                w.im = w.im.max(0.0);
                let at = law.jet(w, &mut Memory::default()).unwrap();
                for (ball, value) in [(whole.s, at.s), (whole.ds, at.ds), (whole.chi, at.chi)] {
                    let apart = (ball.center - value).norm();
                    assert!(apart <= ball.radius, "{law} {w}: {ball:?} {value}");
                }
            }
        }
    }
}
