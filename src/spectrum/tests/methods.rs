//! Lanczos, its bounds, and the same numbers at any number of threads.

use super::*;
use crate::spectrum::krylov::Krylov;

#[test]
fn the_numbers_do_not_depend_on_the_number_of_threads() {
    let data = data((3 * BLOCK + 1, 6, 7));
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| {
            let map = KhatriRao::<f64>::ntk(
                Samples::Stored(data.x.clone()),
                layer(&data, &Activation::Cos),
            );
            let streams = Streams::new(1, "threads");
            let options = Lanczos {
                low: 1,
                high: 2,
                tolerance: 1e-8,
                floor: f64::NEG_INFINITY,
                basis: 12,
                products: 200,
            };
            let depth = Depth {
                probes: 2,
                steps: 12,
            };
            let mut go = |_| std::ops::ControlFlow::Continue(());
            let found = quadrature(&Kernel(&map), depth, Some(&options), streams, &mut go);
            let gram = dense_eigenvalues(&map, Side::Features).unwrap();
            (found.unwrap(), gram)
        })
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(5));
}

#[test]
fn lanczos_bounds_hold_with_restarts_and_without() {
    // Soft edges below, two outliers above.
    let mut values: Vec<f64> = (0..100).map(|k| 2.0 - (k as f64 / 32.0).cos()).collect();
    values.extend([7.0, 9.5]);
    values.sort_by(f64::total_cmp);
    let n = values.len();
    for basis in [20, 40, n] {
        let options = Lanczos {
            low: 2,
            high: 3,
            tolerance: 1e-9,
            floor: f64::NEG_INFINITY,
            basis,
            products: 4000,
        };
        let found = extremes(
            &Diagonal(values.clone()),
            &options,
            Streams::new(2, "lanczos"),
            &mut go_on,
        )
        .unwrap();
        assert!(found.converged, "{found:?}");
        let ends = found.lowest.iter().zip(&values[..2]);
        for (ritz, exact) in ends.chain(found.highest.iter().zip(&values[n - 3..])) {
            let error = (ritz.value - exact).abs();
            assert!(error <= ritz.estimate, "{basis}: {ritz:?} {exact}");
        }
    }
}

/// The gap is that to the neighbour less the neighbour's residual, and the floor bounds the lowest value alone.
#[test]
fn the_gap_and_the_floor_are_as_stated() {
    let operator = Diagonal((0..300).map(|k| k as f64).collect());
    let search = |products: usize, floor: f64| {
        let options = Lanczos {
            low: 2,
            high: 2,
            tolerance: 1e-12,
            floor,
            basis: 30,
            products,
        };
        extremes(&operator, &options, Streams::new(2, "floor"), &mut go_on).unwrap()
    };
    // The first search that is cut short where the gap helps.
    let of_gap = |products: usize| {
        let found = search(products, f64::NEG_INFINITY);
        let [below, top] = [found.highest[0], found.highest[1]];
        let gap = top.value - below.value - below.residual;
        let quadratic = top.residual * top.residual / gap;
        let helps = below.residual > 1e-6 && gap > 0.0 && quadratic < top.residual;
        helps.then_some((products, found, top, quadratic))
    };
    let (products, free, top, quadratic) = (16..200).find_map(of_gap).unwrap();
    let rounding = f64::EPSILON * top.value * products as f64;
    assert!((top.estimate - quadratic - rounding).abs() < 1e-10);
    let lowest = free.lowest[0];
    let under = 0.01 * lowest.estimate;
    let floored = search(products, lowest.value - under);
    assert!(
        (floored.lowest[0].estimate - under).abs() < 1e-9,
        "{floored:?}"
    );
    // A floor at the second value would leave it no bound at all.
    assert_eq!(
        search(products, free.lowest[1].value).lowest[1],
        free.lowest[1]
    );
}

#[test]
fn a_search_that_is_stopped_says_how_far_it_got() {
    let values: Vec<f64> = (0..300).map(|k| k as f64).collect();
    let options = Lanczos {
        low: 1,
        high: 1,
        tolerance: 1e-12,
        floor: f64::NEG_INFINITY,
        basis: 10,
        products: 14,
    };
    let streams = Streams::new(2, "stopped");
    let found = extremes(&Diagonal(values.clone()), &options, streams, &mut go_on).unwrap();
    assert!(!found.converged && found.products == 14);
    // The residual is a bound of the distance to some eigenvalue, converged or not.
    for ritz in found.lowest.iter().chain(&found.highest) {
        let nearest = (ritz.value - ritz.value.round()).abs();
        assert!(nearest <= ritz.residual + 1e-12 && ritz.residual > 1e-6);
    }
    let mut at_once = |_| std::ops::ControlFlow::Break(());
    let nothing = extremes(&Diagonal(values.clone()), &options, streams, &mut at_once);
    assert_eq!(nothing, Err(SpectrumError::Stopped { products: 0 }));
    // One end is not found because nothing is asked of the other.
    for (low, high) in [(0, 1), (1, 0)] {
        let one = Lanczos {
            low,
            high,
            ..options
        };
        let found = extremes(&Diagonal(values.clone()), &one, streams, &mut go_on).unwrap();
        assert!(!found.converged, "{} products", found.products);
        assert_eq!(found.products, 14);
    }
}

/// A product that lies almost whole along an old vector leaves a new one that is orthogonal to it all the same: what is
/// left of one subtraction is mostly its rounding, 1e-16/1e-8 of it.
#[test]
fn a_new_krylov_vector_is_orthogonal_to_all_old_ones() {
    let random = |seed: u64| {
        let mut rng = Streams::new(seed, "orthogonal").stream(0);
        EntryLaw::Gaussian
            .matrix(1, 200, &mut rng)
            .row(0)
            .to_owned()
    };
    let rng = Streams::new(9, "orthogonal").stream(0);
    let mut space = Krylov::new(random(1), 8, 0.5 * f64::EPSILON, rng);
    let mut rows = vec![space.next().to_owned()];
    for seed in 2..8 {
        let mut product = &rows[0] + &(1e-8 * &random(seed));
        space.absorb(product.view_mut());
        rows.push(space.next().to_owned());
    }
    for (i, row) in rows.iter().enumerate() {
        for (j, other) in rows[..=i].iter().enumerate() {
            let exact = if i == j { 1.0 } else { 0.0 };
            assert!(
                (row.dot(other) - exact).abs() < 1e-14,
                "{i} {j}: {}",
                row.dot(other)
            );
        }
    }
}

#[test]
fn bad_operators_and_bad_counts_are_errors() {
    let options = Lanczos {
        low: 2,
        high: 2,
        tolerance: 1e-8,
        floor: f64::NEG_INFINITY,
        basis: 10,
        products: 100,
    };
    let streams = Streams::new(2, "bad");
    let nan = extremes(
        &Diagonal(vec![1.0, f64::NAN, 2.0, 3.0]),
        &options,
        streams,
        &mut go_on,
    );
    assert_eq!(nan, Err(SpectrumError::NotFinite { product: 1 }));
    let nothing = extremes(&Diagonal(vec![]), &options, streams, &mut go_on);
    assert!(matches!(
        nothing,
        Err(SpectrumError::Count {
            wanted: 4,
            dimension: 0
        })
    ));
    let none = Depth {
        probes: 0,
        steps: 4,
    };
    assert!(quadrature(&Diagonal(vec![1.0]), none, None, streams, &mut go_on).is_err());
}

/// The ends found with f32 products, certified with the f64 operator: within their enclosures, where the values found
/// before are off by the rounding of f32.
#[test]
fn ends_found_in_single_precision_are_certified_in_double() {
    let data = data((700, 20, 30));
    let exact = SymmetricSquare::<f64>::new(
        Samples::Stored(data.x.clone()),
        data.w.view(),
        data.a.view(),
    );
    let exact = exact.unwrap();
    let rounded = Samples::Stored(data.x.mapv(|x| x as f32));
    let single = SymmetricSquare::<f32>::new(rounded, data.w.view(), data.a.view()).unwrap();
    let options = Lanczos {
        low: 2,
        high: 2,
        tolerance: 1e-6,
        floor: f64::NEG_INFINITY,
        basis: 150,
        products: 2000,
    };
    let streams = Streams::new(4, "single");
    let found = extremes(&SampleCovariance(&single), &options, streams, &mut go_on).unwrap();
    let certify = |found: &Extremes| {
        certified(
            &SampleCovariance(&exact),
            found,
            &options,
            streams,
            &mut go_on,
        )
        .unwrap()
    };
    let good = certify(&found);
    assert!(good.converged, "{good:?}");
    let dense = dense_eigenvalues(&exact, Side::Features).unwrap();
    let n = dense.len();
    let ends = [dense[0], dense[1], dense[n - 2], dense[n - 1]];
    let before = found.lowest.iter().chain(&found.highest);
    let after = good.lowest.iter().chain(&good.highest);
    for ((before, after), exact) in before.zip(after).zip(ends) {
        let rounding = 1e-14 * dense[n - 1];
        assert!(
            after.low - rounding <= exact && exact <= after.high + rounding,
            "{after:?} {exact}"
        );
        assert!(before.value != after.value);
    }
    // Vectors that are no eigenvectors are not let through, and what they miss is found.
    let mut wrong = found;
    wrong.vectors.row_mut(0).fill(1.0);
    let found = certify(&wrong);
    for (end, exact) in found.lowest.iter().chain(&found.highest).zip(ends) {
        assert!(
            end.low - 1e-12 <= exact && exact <= end.high + 1e-12,
            "{end:?} {exact}"
        );
    }
}

/// Every search ends, whatever the spectrum, and says what is there: multiple eigenvalues as often as they are there.
#[test]
fn few_distinct_eigenvalues_are_found_as_often_as_they_are_there() {
    let outlier: Vec<f64> = (0..39).map(f64::from).chain([1e7]).collect();
    let cases: Vec<Vec<f64>> = vec![
        vec![3.0],
        vec![2.0; 30],
        vec![0.0; 30],
        [vec![0.0; 25], vec![5.0; 5]].concat(),
        [vec![1.0; 2], vec![2.0; 20], vec![7.0; 3]].concat(),
        outlier,
        (0..400).map(|k| f64::from(k % 7)).collect(),
    ];
    for mut values in cases {
        values.sort_by(f64::total_cmp);
        let n = values.len();
        for basis in [1, 9, 1000] {
            let options = Lanczos {
                low: 1,
                high: 2,
                tolerance: 1e-6,
                floor: 0.0,
                basis,
                products: 3000,
            };
            let streams = Streams::new(3, "degenerate");
            let mut calls = 0;
            let mut count = |_| {
                calls += 1;
                assert!(calls < 20_000, "{values:?} does not end");
                std::ops::ControlFlow::Continue(())
            };
            let operator = Diagonal(values.clone());
            let found = extremes(&operator, &options, streams, &mut count).unwrap();
            let found = certified(&operator, &found, &options, streams, &mut count).unwrap();
            let low = found.lowest.iter().zip(&values);
            let high = found.highest.iter().rev().zip(values.iter().rev());
            for (end, exact) in low.chain(high) {
                assert!(
                    end.low <= *exact && *exact <= end.high,
                    "{basis} {n}: {end:?} {exact}"
                );
                assert!(end.bound() < 1e-5, "{basis} {n}: {end:?} {exact}");
            }
            assert_eq!(found.highest.len(), 2.min(n));
        }
        let depth = Depth {
            probes: 2,
            steps: 50,
        };
        let streams = Streams::new(3, "degenerate");
        let (found, _) =
            quadrature(&Diagonal(values.clone()), depth, None, streams, &mut go_on).unwrap();
        // Random signs see each eigenvalue of a diagonal matrix with its multiplicity.
        let zeros = values.iter().filter(|x| **x == 0.0).count() as f64 / n as f64;
        // The outlier's products are rounded to 1e7 ε, and the weights with them.
        assert!((found.mass_at_zero().0 - zeros).abs() < 1e-7, "{n}");
        assert!(found.mass_at_zero().1 >= zeros - 1e-7);
        if found.rules.iter().all(|rule| rule.exhausted) {
            assert_eq!(found.error().enclosure, 0.0);
        }
    }
}

/// The largest Ritz value of few steps is below the largest eigenvalue; the bound of Kuczyński and Woźniakowski is not, in all
/// of 20 tries, and says nothing where the steps are too few.
#[test]
fn a_missing_eigenvalue_is_seen_or_bounded() {
    let values: Vec<f64> = (0..1500)
        .map(|k| f64::from(k) / 1500.0)
        .chain([1.2, 1.2])
        .collect();
    let operator = Diagonal(values);
    let options = Lanczos {
        low: 0,
        high: 1,
        tolerance: 1e-9,
        floor: 0.0,
        basis: 60,
        products: 400,
    };
    for seed in 0..20 {
        let streams = Streams::new(seed, "missing");
        // The vector that the search is made to find is one that is not at the end.
        let mut found = extremes(&operator, &options, streams, &mut go_on).unwrap();
        found.vectors = Array2::zeros((1, 1502));
        found.vectors[[0, 1499]] = 1.0;
        for steps in [1, 64] {
            found.products = steps;
            let limited = Lanczos {
                products: 1,
                ..options
            };
            let seen = certified(&operator, &found, &limited, streams, &mut go_on).unwrap();
            assert!(seen.highest[0].high >= 1.2 - 1e-12, "{seed}: {seen:?}");
        }
        let seen = certified(&operator, &found, &options, streams, &mut go_on).unwrap();
        let end = seen.highest[0];
        assert!(
            end.low <= 1.2 + 1e-12 && end.high >= 1.2 - 1e-12,
            "{seed}: {end:?}"
        );
        assert!(end.low > 1.19, "{seed}: {end:?}");
    }
}

/// Without some directions products are as exact as they were.
#[test]
fn the_roundoff_of_a_deflated_operator_is_its_own() {
    use crate::spectrum::confirmation::Deflated;
    let data = data((5, 3, 2));
    let single = KhatriRao::<f32>::ntk(
        Samples::Stored(data.x.mapv(|x| x as f32)),
        layer(&data, &Activation::Cos),
    );
    let (single, double) = (Kernel(&single), Diagonal(vec![1.0; 5]));
    let vectors = Array2::zeros((0, 5));
    let operators: [&dyn SymmetricOperator; 2] = [&single, &double];
    for (operator, unit) in operators
        .into_iter()
        .zip([<f32 as Real>::UNIT, <f64 as Real>::UNIT])
    {
        let deflated = Deflated {
            operator,
            vectors: vectors.view(),
            fill: 0.0,
        };
        assert_eq!(deflated.unit(), unit);
    }
}
