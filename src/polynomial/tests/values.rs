//! Values from equations and digits that stand elsewhere.

use num_complex::Complex64;
use num_traits::ToPrimitive;

use super::super::MatrixExpression;
use super::{free, law, of, parsed, rectangular};
use crate::measure::Law;
use crate::measure::operator::Operator;
use crate::measure::operator::energy::Source;
use crate::measure::operator::equation::{Equation, Family};

fn s(law: &Law, z: Complex64) -> (Complex64, f64) {
    let value = law
        .stieltjes(z)
        .unwrap_or_else(|error| panic!("{z}: {error}"));
    assert!(value.radius < 1e-11, "{z}: {}", value.radius);
    (value.s, value.radius)
}

/// 40 digits from another equation: over the algebra of p the covariance of `ap + pa` is
/// `φ(pDp) + 2 φ(Dp) p + φ(D) p²`, solved with Gauss's rule of 400 nodes in mpmath; at 2, where that errs by 2e-15, a root of its polynomial to 40 digits.
#[test]
fn the_anticommutator_of_a_semicircular_and_a_poisson() {
    let found = of("a*p + p*a", &free());
    for (x, re, im) in [
        (0.5, -0.232_029_792_944_583_4, 0.622_082_906_350_468_9),
        (-0.25, 0.144_589_533_185_968_7, 0.705_702_385_422_786_1),
        (2.0, -0.308_901_982_712_353_05, 0.304_264_177_731_274_5),
    ] {
        let (value, radius) = s(&found, Complex64::from(x));
        let apart = (value - Complex64::new(re, im)).norm();
        assert!(apart <= radius + 1e-15, "{x}: {value} {apart}");
    }
}

/// Dozier and Silverstein 2007: `m = ∫ dH(t)/(t/(1+m) − (1+m) z)` for `(D+X)(D+X)ᵀ`, n = d, H the law of D².
#[test]
fn information_plus_noise() {
    let variables = super::Variables::new()
        .gaussian("X", "n", "n")
        .free("D", law("atoms(1:0.5, 3:0.5)"));
    let found = of("(D + X)*(D + X)'", &variables);
    for (re, im) in [(2.0, 0.0), (9.0, 0.0), (0.5, 0.3), (60.0, 0.0)] {
        let z = Complex64::new(re, im);
        let (m, _) = s(&found, z);
        let term = |t: f64| (t / (1.0 + m) - (1.0 + m) * z).inv();
        let apart = (m - 0.5 * term(1.0) - 0.5 * term(9.0)).norm();
        assert!(apart < 1e-11, "{z}: {apart}");
    }
}

/// The NTK of one hidden layer at linear width (Fan and Wang 2020) is `c₀ + c₁ XXᵀ + BBᵀ` in the limit, the p columns of B independent given X, of
/// covariance `Φ/p`, `Φ = XXᵀ/4 + 1/16`. So `s = ∫ dH(t)/(A + Φ/(1+τ) − z)` and `τ = n/p ∫ Φ dH(t)/(A + Φ/(1+τ) − z)`, H the law
/// of `XXᵀ` and A the part without B: 40 digits by a rule of 400 nodes in mpmath.
#[test]
fn the_whole_ntk_at_linear_width() {
    let text = "1/2 + 1/3*X*X' + (0.5*X*W + 0.25*Y)*(0.5*X*W + 0.25*Y)'";
    let found = of(text, &rectangular());
    for (z, re, im) in [
        (
            (1.2, 0.3),
            -0.586_506_329_480_456_2,
            1.333_181_036_839_482_8,
        ),
        (
            (0.8, 0.0),
            -0.797_660_573_274_812_6,
            3.514_286_331_207_042_6,
        ),
        ((1.0, 0.0), -1.292_321_099_912_065_3, 2.155_887_197_526_419),
        ((2.0, 0.0), -0.837_585_210_156_945_1, 0.514_673_877_824_728),
    ] {
        let (value, radius) = s(&found, Complex64::new(z.0, z.1));
        let apart = (value - Complex64::new(re, im)).norm();
        // The last term is the rounding of these digits, and of the third.
        assert!(apart <= radius + 1e-14, "{z:?}: {value} {apart:e}");
    }
}

/// The law of `1/(1+x)`, x of `MP^{1/2}`: `s(z) = −(1 + (1+w) s_MP(w))/z`, `w = 1/z − 1`.
#[test]
fn a_rational_expression_is_an_image() {
    let found = of("inv(1 + X*X')", &rectangular());
    let mp = law("mp(0.5)");
    for (re, im) in [(0.5, 0.0), (0.4, 0.2), (0.6, 1e-6), (1.5, 0.0), (-0.3, 0.0)] {
        let z = Complex64::new(re, im);
        let w = z.inv() - 1.0;
        // w lies in the lower half plane.
        let inner = s(&mp, w.conj()).0.conj();
        let wanted = -(1.0 + (1.0 + w) * inner) / z;
        let wanted = if im == 0.0 { wanted.conj() } else { wanted };
        let wanted = Complex64::new(wanted.re, wanted.im.abs());
        let (value, radius) = s(&found, z);
        assert!(
            (value - wanted).norm() <= radius + 1e-12,
            "{z}: {value} {wanted}"
        );
    }
}

/// Non-crossing partitions know nothing of the linearisation or of its equation.
#[test]
fn moments_are_those_of_non_crossing_partitions() {
    for (texts, variables) in [
        (
            &[
                "a*b + b*a",
                "a*p + p*a",
                "a*b*a + a",
                "e*f + f*e",
                "i*(a*e - e*a) + p",
                "c^3 + e",
                "(a + i*b)*(a - i*b)",
            ][..],
            free(),
        ),
        (
            &[
                "X*D*X' + Y*Y'",
                "X*W*W'*X' + 2*X*X' + 1",
                "D*W*W'*D",
                "1/2 + 1/3*X*X' + (0.5*X*W + 0.25*Y)*(0.5*X*W + 0.25*Y)'",
            ][..],
            rectangular(),
        ),
    ] {
        for text in texts {
            let polynomial = parsed(text, &variables);
            let exact = polynomial.moments(4).unwrap().unwrap();
            let found = polynomial.law().unwrap().moments(4).unwrap();
            for (k, (x, y)) in found.iter().zip(exact).enumerate() {
                let y = y.to_f64().unwrap();
                let apart = (x - y).abs() / (1.0 + y.abs());
                assert!(apart < 1e-11, "{text}: moment {k} is {x}, not {y}");
            }
        }
    }
}

/// Atoms and density together have mass 1: atoms at 0 by ranks, and inside.
#[test]
fn masses_add_up() {
    for (text, variables, atoms) in [
        ("a*b + b*a", free(), vec![]),
        ("f + g", free(), vec![(1.0, 0.25), (2.0, 0.25)]),
        ("Y*Y' + 1", rectangular(), vec![(1.0, 0.5)]),
        ("Y*V*V'*Y'", rectangular(), vec![(0.0, 0.5)]),
    ] {
        let law = of(text, &variables);
        let found: Vec<(f64, f64)> = law.point_masses().iter().map(|a| (a.at, a.mass)).collect();
        assert_eq!(found, atoms, "{text}");
        let total = law.distribution().unwrap().total();
        assert!((total - 1.0).abs() < 1e-9, "{text}: {total}");
    }
}

/// Each part of the superoperator matters: with another factor the value is another one. One alone does not: that which takes an
/// entry of W that is 0, as those of an odd word are where the variables may change their signs.
#[test]
fn an_error_in_the_superoperator_is_found() {
    for (text, variables, vanishing) in [
        ("a*b + b*a", free(), 4),
        ("a*b + b*a + a + 1/2*b", free(), 0),
        ("a*p + p*a", free(), 0),
        ("X*D*X' + Y*Y'", rectangular(), 0),
    ] {
        let polynomial = parsed(text, &variables);
        let sizes = polynomial.sizes().unwrap();
        let z = Complex64::new(0.5, 0.5);
        let right = polynomial.law().unwrap().stieltjes(z).unwrap();
        let count = polynomial.equation(&sizes).unwrap().flows.len();
        let mut same = 0;
        for k in 0..count {
            let mut equation = polynomial.equation(&sizes).unwrap();
            equation.flows[k].factor *= 1.001;
            let planted = planted(&polynomial, equation);
            let wrong = Law::of_operator(planted).stieltjes(z);
            // Of a value there is none, or it is another one; the bounds tell them apart.
            if let Ok(wrong) = wrong {
                let apart = (wrong.s - right.s).norm();
                if apart <= right.radius + wrong.radius {
                    same += 1;
                } else {
                    assert!(apart > 1e-6, "{text}, flow {k}: {apart:e}");
                }
            }
        }
        assert_eq!(same, vanishing, "{text}: of {count}");
    }
}

/// The law of a pencil's equation, which knows of no other.
fn planted(polynomial: &MatrixExpression, equation: Equation) -> Operator {
    let sizes = polynomial.sizes().unwrap();
    let mut operator = polynomial.operator(&sizes, equation, &[]).unwrap();
    operator.curve = None;
    operator
}

fn atoms(family: &mut Family) -> &mut Vec<(f64, f64)> {
    match &mut family.source {
        Source::Atoms(atoms) => atoms,
        Source::Law(law) => panic!("{law}"),
    }
}

/// The same of the families of atoms: a mass, a place, a coefficient.
#[test]
fn an_error_in_subordination_is_found() {
    let polynomial = parsed("e + 2*g", &free());
    let sizes = polynomial.sizes().unwrap();
    let z = Complex64::new(2.0, 0.5);
    let wanted = law("atoms(1:0.5, 3:0.5) [+] atoms(0:0.25, 2:0.75)");
    let wanted = wanted.stieltjes(z).unwrap().s;
    type Change = fn(&mut Family);
    let changes: [Change; 3] = [
        |family| atoms(family)[0].0 += 1e-3,
        |family| {
            atoms(family)[0].1 += 1e-3;
            atoms(family)[1].1 -= 1e-3;
        },
        |family| family.middle[0] *= 1.001,
    ];
    for (k, change) in changes.iter().enumerate() {
        for j in 0..2 {
            let mut equation = polynomial.equation(&sizes).unwrap();
            change(&mut equation.blocks[0].families[j]);
            let planted = planted(&polynomial, equation);
            let wrong = Law::of_operator(planted).stieltjes(z).unwrap().s;
            assert!((wrong - wanted).norm() > 1e-5, "{k} {j}");
        }
    }
}
