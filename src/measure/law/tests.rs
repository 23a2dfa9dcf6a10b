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
