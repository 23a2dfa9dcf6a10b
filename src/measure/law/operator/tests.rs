//! Equations whose roots are known otherwise.

use super::energy::Source;
use super::equation::{Block, Equation, Family, Flow};
use crate::measure::Law;
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
