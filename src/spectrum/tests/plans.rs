//! The route that sizes and memory allow, and the distance of a sample from a law.

use super::*;
use crate::measure::Law;

const SMALL: Problem = Problem {
    n: 2000,
    features: 3000,
    row: 100,
    number: 8,
    drawn: true,
    probes: 2,
    steps: 100,
    basis: (200, 200),
    ends: 3,
    products: 4000,
    weights: 0,
};

#[test]
fn the_route_follows_from_sizes_and_memory() {
    let small = SMALL;
    let chosen = plan(&small, None, 1 << 40).unwrap();
    assert_eq!((chosen.route, chosen.reason), (Route::Dense, Reason::Few));
    assert_eq!((chosen.side, chosen.rows), (Side::Samples, 2000));
    // The matrix and its copy are there, and not much more.
    assert!(chosen.bytes > 2 * 8 * 2000 * 2000 && chosen.bytes < 3 * 8 * 2000 * 2000);
    let tight = plan(&small, None, chosen.bytes - 1).unwrap();
    assert_eq!(tight.reason, Reason::TooLarge(chosen.bytes));
    assert!(tight.route == Route::MatrixFree && tight.bytes < chosen.bytes);
    let large = Problem {
        n: 250_000,
        features: 125_250,
        row: 500,
        ..small
    };
    let free = plan(&large, None, 1 << 40).unwrap();
    assert_eq!((free.route, free.reason), (Route::MatrixFree, Reason::Many));
    assert!(free.side == Side::Features && free.stored);
    // Without room for X it is drawn again; if it cannot be, or nothing fits, the number is named.
    let drawn = plan(&large, None, free.bytes - 1).unwrap();
    assert!(!drawn.stored && drawn.bytes < free.bytes);
    // Each further Krylov vector takes its 8 bytes a row, besides the projection.
    let wider = Problem {
        basis: (300, 300),
        ..large
    };
    let more = plan(&wider, None, 1 << 40).unwrap().bytes - free.bytes;
    assert_eq!(
        more,
        100 * 8 * free.rows as u64 + 32 * (300_u64.pow(2) - 200_u64.pow(2))
    );
    // Where it is free to, the basis shrinks before X is drawn again.
    let free_basis = Problem {
        basis: (100, 800),
        ..large
    };
    assert_eq!(plan(&free_basis, None, 1 << 40).unwrap().basis, 800);
    let shrunk = plan(&free_basis, None, free.bytes).unwrap();
    assert!(shrunk.stored && shrunk.basis == 200 && shrunk.bytes == free.bytes);
    let least = plan(&free_basis, None, free.bytes - 1).unwrap();
    assert!(least.stored && least.basis == 100 && least.bytes < free.bytes);
    // In f32 the samples take half, and on the dense route they are in f64 whatever is said.
    let single = Problem { number: 4, ..large };
    let spared = free.bytes - plan(&single, None, 1 << 40).unwrap().bytes;
    assert!((4 * 500 * 250_000..5 * 500 * 250_000).contains(&spared));
    let both = [small, Problem { number: 4, ..small }];
    let [double, single] = both.map(|problem| plan(&problem, None, 1 << 40).unwrap().bytes);
    assert_eq!(double, single);
    // Each thread has a block of samples, its product with W and the product with that: three times its numbers.
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap()
            .install(|| plan(&large, None, 1 << 40))
            .unwrap()
            .bytes
    };
    assert_eq!(on(5) - on(1), 4 * 3 * 8 * (BLOCK * large.row) as u64);
    let own = Problem {
        drawn: false,
        ..large
    };
    let needed = |problem: &Problem, asked, available| match plan(problem, asked, available) {
        Err(error @ PlanError::Memory(memory)) => (memory.needed, error.to_string()),
        other => panic!("{other:?}"),
    };
    assert_eq!(needed(&own, None, free.bytes - 1).0, free.bytes);
    let (bytes, said) = needed(&large, Some(Route::Dense), 8_000_000_000);
    assert!(bytes > 2 * 8 * 125_250 * 125_250);
    assert!(said.contains("8.00 GB are there"), "{said}");
    // W counts on both routes, and sizes that have no product are named as such.
    let heavy = Problem {
        weights: 1 << 50,
        ..large
    };
    for route in [Route::Dense, Route::MatrixFree] {
        assert!(needed(&heavy, Some(route), 1 << 40).0 > 1 << 50);
    }
    for huge in [
        Problem {
            n: usize::MAX,
            drawn: false,
            ..large
        },
        Problem {
            probes: usize::MAX,
            ..large
        },
        Problem {
            row: usize::MAX,
            ..large
        },
    ] {
        assert!(
            needed(&huge, None, 1 << 40).1.contains("more than 18 EB"),
            "{huge:?}"
        );
    }
    assert_eq!(
        weights_bytes(6, 99_999_999_999),
        8 * (5 * 6 * 99_999_999_999 + 6 * 36)
    );
    assert_eq!(weights_bytes(usize::MAX, usize::MAX), u64::MAX);
    // No core does that.
    let endless = Problem {
        n: 99_999_999_999,
        ..large
    };
    let said = plan(&endless, None, 1 << 40).unwrap_err();
    assert!(
        matches!(
            said,
            PlanError::Endless {
                n: 99_999_999_999,
                ..
            }
        ),
        "{said}"
    );
    let nothing = Problem {
        features: 0,
        ..small
    };
    let empty = plan(&nothing, Some(Route::MatrixFree), 1 << 40).unwrap();
    assert_eq!(
        (empty.route, empty.reason, empty.rows),
        (Route::Dense, Reason::Nothing, 0)
    );
}

/// A sample at the quantiles `(k − ½)/m` of the law is ½/m from it; moved by a tenth of the mass, that much.
#[test]
fn the_distance_of_quantiles_is_half_a_step() {
    let law = Law::point(1.0).unwrap().mp_map(2.0).unwrap();
    let law = law.distribution_within(1e-10).unwrap();
    let m = 50;
    let quantile = |p: f64| {
        let (mut low, mut high) = law.support()[0];
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if law.at(middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    };
    let half = |k: usize| 0.5 + 0.5 * (k as f64 + 0.5) / m as f64;
    let values: Vec<f64> = (0..m).map(|k| quantile(half(k))).collect();
    // Half of the 2m eigenvalues are 0: those that the side leaves out, or rounding of them.
    let exact = SampledDistribution::exact(values.clone(), 2 * m);
    let found = exact.kolmogorov(&law);
    assert!((found.distance - 0.25 / m as f64).abs() < 1e-8, "{found:?}");
    let rounding = (0..m)
        .map(|k| 1e-17 * k as f64)
        .chain(values.iter().copied());
    let whole = SampledDistribution::exact(rounding.collect(), 2 * m);
    assert!(whole.mass_at_zero().value == 0.5 && exact.mass_at_zero().value == 0.5);
    assert!(whole.mass_at_zero().least == 0.0 && exact.mass_at_zero().least == 0.5);
    // A kernel that is given may have negative eigenvalues, which are no zeros.
    let signed = SampledDistribution::exact(vec![-2.0, -1.0, 0.0, 3.0], 8);
    assert_eq!(signed.mass_at_zero().value, 0.625);
    assert_eq!(whole.kolmogorov(&law).distance, found.distance);
    let z = num_complex::Complex64::new(0.3, 0.5);
    let all: Vec<f64> = std::iter::repeat_n(0.0, m)
        .chain(values.iter().copied())
        .collect();
    assert!((exact.stieltjes(z) - empirical_stieltjes(&all, z)).norm() < 1e-14);
    // Without the zeros half of the mass is in the wrong place.
    let moved = SampledDistribution::exact(values, m);
    assert!((moved.kolmogorov(&law).distance - 0.5).abs() < 0.5 / m as f64);
}

/// Each Krylov vector and each product costs what it takes, on either route.
#[test]
fn the_price_of_a_route_is_that_of_its_products() {
    let problem = Problem {
        n: 50_000,
        features: 40_000,
        row: 500,
        ..SMALL
    };
    let price = |problem: &Problem| {
        let plan = plan(problem, Some(Route::MatrixFree), 1 << 60).unwrap();
        plan.operations
    };
    let (rows, whole) = (40_000.0, price(&problem));
    let wider = Problem {
        basis: (300, 300),
        ..problem
    };
    let vectors = price(&wider) - whole;
    assert!((vectors - 4000.0 * 4.0 * rows * 100.0).abs() <= 1e-12 * whole);
    let once = 6.0 * 50_000.0 * rows + 4.0 * rows * 200.0;
    assert!((whole - 4000.0 * once).abs() <= 1e-12 * whole);
    let fewer = Problem {
        products: 50,
        ..problem
    };
    assert!((price(&fewer) - 200.0 * once).abs() <= 1e-12 * whole);
    let dense = plan(&problem, Some(Route::Dense), 1 << 60).unwrap();
    let expected = rows * rows * 50_000.0 + 4.0 / 3.0 * rows.powi(3);
    assert!((dense.operations - expected).abs() <= 1e-12 * expected);
}

/// What a product takes: each feature of each sample is met twice, and made anew where it is a layer's.
#[test]
fn products_with_features_are_counted() {
    use crate::model::{EntryLaw, Streams};
    let (n, d, p) = (40, 6, 9);
    let mut rng = Streams::new(1, "counted").stream(0);
    let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
    let weights = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let stored = || Samples::Stored(x.clone());
    let plain = Plain::new(stored(), None, 1.0);
    assert_eq!(plain.operations(), (4 * n * d) as f64);
    let layer = Layer::new(weights.view(), Array1::ones(p).view(), f64::tanh);
    let plain = Plain::new(stored(), Some(layer), 1.0);
    assert_eq!(plain.operations(), (4 * n * p + 4 * n * d * p) as f64);
}
