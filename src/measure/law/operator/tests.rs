//! Equations whose roots are known otherwise.

use super::energy::Source;
use super::equation::{Block, Equation, Family, Flow};
use super::solver::Search;
use crate::measure::Law;
use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::transform::Memory;
use num_complex::Complex64;

fn reals<const N: usize>(entries: [f64; N]) -> Vec<Complex64> {
    entries.map(Complex64::from).to_vec()
}

/// Blocks without atoms, with one family and with two, and flows between them.
pub(super) fn mixed() -> Equation {
    let family = |left, middle: Vec<Complex64>, source| Family {
        rank: middle.len().isqrt(),
        left,
        middle,
        source,
    };
    let atoms = |atoms: &[(f64, f64)]| Source::Atoms(atoms.to_vec());
    let law = |text: &str| Source::Law(Law::parse(text).unwrap());
    let blocks = vec![
        Block {
            size: 2,
            constant: reals([0.3, 1.0, 1.0, -0.5]),
            families: vec![
                family(
                    reals([1.0, 0.0, 0.0, 1.0]),
                    reals([0.0, 1.0, 1.0, 0.2]),
                    law("uniform(-1, 2)"),
                ),
                family(reals([1.0, 0.5]), reals([-0.7]), law("semicircle(0.5)")),
                family(
                    reals([1.0, 0.5, 0.0, 1.0]),
                    reals([1.0, 0.25, 0.25, 0.5]),
                    atoms(&[(0.5, 0.5), (3.0, 0.5)]),
                ),
            ],
        },
        Block {
            size: 2,
            constant: reals([1.0, 0.0, 0.0, 2.0]),
            families: vec![],
        },
        Block {
            size: 1,
            constant: reals([0.7]),
            families: vec![family(
                reals([1.0]),
                reals([1.5]),
                atoms(&[(1.0, 0.25), (2.0, 0.75)]),
            )],
        },
    ];
    let flow = |to, from, re| Flow {
        to,
        from,
        factor: Complex64::new(re, 0.1 * re),
    };
    let flows = vec![
        flow(0, 3, 1.0),
        flow(1, 6, 0.5),
        flow(5, 2, -0.7),
        flow(8, 7, 0.4),
        flow(4, 8, 2.0),
    ];
    Equation::new(blocks, flows)
}

/// `uv + vu + u²` of uniform variables, u in two rows and in a combination of two others.
fn combined() -> Equation {
    let family = |left: Vec<Complex64>| Family {
        rank: 2,
        left,
        middle: reals([0.0, 1.0, 1.0, 0.0]),
        source: Source::Law(Law::uniform(0.0, 1.0).unwrap()),
    };
    let block = Block {
        size: 3,
        constant: reals([0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0]),
        families: vec![
            family(reals([1.0, 0.0, 0.0, 1.0, 0.0, 1.0])),
            family(reals([1.0, 0.0, 0.0, 0.0, 0.0, 1.0])),
        ],
    };
    Equation::new(vec![block], vec![])
}

/// A root with the signs of the lower half plane is none, also where only those of W or of one variable are.
#[test]
fn a_root_below_the_axis_is_refused() {
    let (equation, z) = (combined(), Complex64::new(1.0, 0.5));
    let mut memory = Memory::default();
    let mut search = Search::new(&equation, z);
    let found = search.run(&mut memory, |search, found| {
        search.certify(found, Ball::exact(z))
    });
    assert!(found.unwrap().s.center.im > 0.1);
    let x = memory.root.take().unwrap().x;
    let zeros = vec![0.0; x.len()];
    let is_upper = |x: &[Complex64], radii: &[f64]| equation.is_upper(z, x, radii, &mut vec![]);
    assert!(is_upper(&x, &zeros));
    // W has nine entries, Ω of each variable four. Of the second variable `Im ω > 0` only if `Im Ω > 0` of the first.
    for range in [0..17, 0..9, 9..13] {
        let mut other = x.clone();
        other[range.clone()].iter_mut().for_each(|x| *x = x.conj());
        assert!(!is_upper(&other, &zeros), "{range:?}");
    }
    let mut wide = zeros.clone();
    wide[9..13].fill(1.0);
    assert!(!is_upper(&x, &wide));
}
