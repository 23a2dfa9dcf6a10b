//! Free Meixner laws against the laws that are known to be of this kind, and decompression as the inverse of compression.

use super::law;
use super::powers::same;
use num_complex::Complex64;
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::{Law, LawError};
use tensor_dyson::model::{EntryLaw, Streams};

#[test]
fn the_classical_laws_are_of_this_kind() {
    same("meixner(0, 1.5, 0, 0)", "semicircle(1.5)");
    same("meixner(1, 0.5, 0.5, 0)", "mp(0.5)");
    same("meixner(-1, 2.5, -2.5, 0)", "-mp(2.5)");
    same("meixner(0.5, 1/8, 0, -1/16)", "arcsine(0, 1)");
    // Kesten and McKay's law of the tree of degree 3.
    same("meixner(0, 3, 0, -1)", "power(3, atoms(-1:0.5, 1:0.5))");
    // Wachter's: corners of a projection, without atoms and with two.
    let of = |share: f64| format!("{share} * power({}, atoms(0:0.6, 1:0.4))", 1.0 / share);
    same("meixner(0.4, 0.072, 0.06, -0.0216)", &of(0.3));
    same("meixner(0.4, 0.168, 0.14, -0.1176)", &of(0.7));
    same("power(2.5, meixner(1, 2, 2, 0))", "2.5 * mp(0.8)");
    // One atom far out, e > 0.
    same(
        "meixner(0, 1, 3, 0.5) [+] meixner(0, 0.4, 3, 0.5)",
        "meixner(0, 1.4, 3, 0.5)",
    );
}

/// `η Im s(x + iη)` is the mass at x up to `(η/gap)²`, and to what the rounding of x takes.
#[test]
fn atoms_are_where_the_transform_has_its_poles() {
    for (text, count) in [
        ("meixner(1e9, 1, 3, 0.5)", 1),
        ("meixner(1, 1e-9, 1, 1e-12)", 1),
        ("meixner(0, 0.7, 1e6, -0.2)", 1),
        ("meixner(0, 1, -1.2, -0.9)", 2),
        ("meixner(0, 1, 1.001, 0)", 1),
        ("meixner(0, 1, 0.999, 0)", 0),
        // Two zeros of K near one another, both on the other sheet.
        ("meixner(5, 1, 2.1, 1.1)", 0),
    ] {
        let law = law(text);
        let (low, high) = law.support().unwrap()[0];
        let atoms = law.point_masses();
        assert_eq!(atoms.len(), count, "{text}: {atoms:?}");
        for atom in atoms {
            let gap = (low - atom.at).max(atom.at - high);
            let height = 1e-5 * gap;
            let rounding = 64.0 * f64::EPSILON * (atom.at.abs() + low.abs() + high.abs()) / height;
            let s = law.stieltjes(Complex64::new(atom.at, height)).unwrap().s;
            let seen = height * s.im;
            assert!(
                (seen - atom.mass).abs() < atom.mass * (1e-9 + rounding * rounding),
                "{text}: {seen} at {atom:?}, rounding {rounding}"
            );
        }
    }
}

#[test]
fn decompression_goes_back() {
    for text in [
        "mp(0.5)",
        "2 * mp(3) + 1",
        "semicircle(0.3)",
        "arcsine(-1, 2)",
        "atoms(0:0.6, 1:0.4)",
        "meixner(0.3, 1, -0.7, 0.2)",
    ] {
        for share in [0.07, 0.5, 0.9] {
            let corner = law(text).free_compression(share).unwrap();
            let seen = corner.nearest_meixner().unwrap();
            let seen = seen.free_decompression(share).unwrap();
            let pairs = seen
                .moments(6)
                .unwrap()
                .into_iter()
                .zip(law(text).moments(6).unwrap());
            for (k, (x, y)) in pairs.enumerate() {
                assert!(
                    (x - y).abs() < 1e-9 * (1.0 + y.abs()),
                    "{text} {share} m_{k}: {x} {y}"
                );
            }
        }
    }
    same("decompress(0.5, arcsine(0, 1))", "atoms(0:0.5, 1:0.5)");
    same(
        "decompress(0.25, meixner(0.25 * power(4, mp(0.5))))",
        "mp(0.5)",
    );
}

/// Of four moments of any law, the four; of a law of the kind, itself.
#[test]
fn the_nearest_has_the_first_four_moments() {
    for text in [
        "uniform(0, 1)",
        "mp(1) * mp(1)",
        "atoms(0:0.2, 1:0.3, 5:0.5)",
    ] {
        let (given, found) = (law(text), law(text).nearest_meixner().unwrap());
        for (x, y) in given
            .moments(4)
            .unwrap()
            .iter()
            .zip(found.moments(4).unwrap())
        {
            assert!((x - y).abs() < 1e-12 * (1.0 + y.abs()), "{text}: {x} {y}");
        }
        // Of no other order.
        let (x, y) = (given.moments(6).unwrap()[6], found.moments(6).unwrap()[6]);
        assert!((x - y).abs() > 1e-5 * y, "{text}: {x} {y}");
    }
    assert_eq!(law("meixner(mp(0.5))").to_string(), "mp(0.5)");
}

/// What is rounding and what is a width does not depend on the unit.
#[test]
fn two_atoms_have_no_width_and_a_narrow_law_has_one_in_any_unit() {
    for unit in [1e-6, 1e-3, 1.0, 1e3, 1e6] {
        let (low, high) = (0.1 * unit, 1.7 * unit);
        let two = law(&format!("atoms({low}:0.3, {high}:0.7)")).nearest_meixner();
        let two = two.unwrap();
        assert_eq!(two.point_masses().len(), 2, "{unit}: {two}");
        assert!(two.support().unwrap().is_empty(), "{unit}: {two}");
        let narrow = law(&format!("{unit} . meixner(0, 1, 0.5, -0.999)")).nearest_meixner();
        let narrow = narrow.unwrap();
        assert!(!narrow.support().unwrap().is_empty(), "{unit}: {narrow}");
    }
}

#[test]
fn what_has_no_decompression_is_refused() {
    let refused = |text: &str| Law::parse(text).unwrap_err().to_string();
    let corner = law("arcsine(0, 1)").free_decompression(0.4);
    assert!(
        matches!(
            corner,
            Err(LawError::Corner {
                share: 0.4,
                least: 0.5
            })
        ),
        "{corner:?}"
    );
    for (text, words) in [
        (
            "decompress(0.4, arcsine(0, 1))",
            "its share is at least 0.5",
        ),
        ("decompress(0.4, uniform(0, 1))", "meixner(LAW)"),
        ("decompress(0, mp(1))", "share is 0"),
        ("decompress(1.5, mp(1))", "share is 1.5"),
        ("meixner(0, 0, 1, 1)", "variance is 0"),
        ("meixner(0, 1, 0, -1.5)", "variance + excess is -0.5"),
        ("meixner(point(1))", "variance is 0"),
        ("meixner(0, 1, 0)", "','"),
    ] {
        assert!(refused(text).contains(words), "{text}: {}", refused(text));
    }
}

/// Of a quarter of a Wishart matrix the spectrum of the whole: its moments are nearer than those of the corner by far.
#[test]
fn a_corner_tells_the_spectrum_of_the_whole() {
    let (n, corner) = (480, 120);
    for seed in 1..=4 {
        let x = EntryLaw::Gaussian.matrix(n, 2 * n, &mut Streams::new(seed, "corner").stream(0));
        let whole = gram(x.view()) / (2 * n) as f64;
        let part = whole.slice(ndarray::s![..corner, ..corner]);
        let of = |values: Vec<f64>| Law::empirical(values).unwrap();
        let [full, part] = [whole.view(), part].map(|a| of(symmetric_eigenvalues(a).unwrap()));
        let estimate = part.nearest_meixner().unwrap();
        let estimate = estimate
            .free_decompression(corner as f64 / n as f64)
            .unwrap();
        let [full, part, found] = [&full, &part, &estimate].map(|law| law.moments(4).unwrap());
        for k in 2..=4 {
            let (seen, control) = ((found[k] - full[k]).abs(), (part[k] - full[k]).abs());
            assert!(
                seen < 0.15 * control,
                "seed {seed}, m_{k}: {seen} {control}"
            );
        }
    }
}
