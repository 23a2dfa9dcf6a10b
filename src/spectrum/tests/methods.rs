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
            assert!(error <= ritz.bound, "{basis}: {ritz:?} {exact}");
        }
    }
}

/// The gap is that to the neighbour less the neighbour's residual, and the floor bounds the lowest value alone.
#[test]
fn the_gap_and_the_floor_are_as_stated() {
    let operator = Diagonal((0..300).map(|k| k as f64).collect());
    let search = |floor: f64| {
        let options = Lanczos {
            low: 2,
            high: 2,
            tolerance: 1e-12,
            floor,
            basis: 30,
            products: 24,
        };
        extremes(&operator, &options, Streams::new(2, "floor"), &mut go_on).unwrap()
    };
    let free = search(f64::NEG_INFINITY);
    let [below, top] = [free.highest[0], free.highest[1]];
    let gap = top.value - below.value - below.residual;
    assert!(below.residual > 1e-6 && (top.gap - gap.max(0.0)).abs() < 1e-10);
    let lowest = free.lowest[0];
    let under = 0.01 * lowest.bound;
    let floored = search(lowest.value - under);
    assert!(
        (floored.lowest[0].bound - under).abs() < 1e-9,
        "{floored:?}"
    );
    // A floor at the second value would leave it no bound at all.
    assert_eq!(search(free.lowest[1].value).lowest[1], free.lowest[1]);
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
    let mut space = Krylov::new(random(1), 8);
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
    let few = extremes(&Diagonal(vec![1.0, 2.0]), &options, streams, &mut go_on);
    assert!(matches!(
        few,
        Err(SpectrumError::Count {
            wanted: 4,
            dimension: 2
        })
    ));
    let none = Depth {
        probes: 0,
        steps: 4,
    };
    assert!(quadrature(&Diagonal(vec![1.0]), none, None, streams, &mut go_on).is_err());
}

/// The ends found with f32 products, held against the f64 operator: within their bounds of the dense ones, where the
/// values found before are off by the rounding of f32.
#[test]
fn ends_found_in_single_precision_are_verified_in_double() {
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
        basis: 210,
        products: 2000,
    };
    let streams = Streams::new(4, "single");
    let found = extremes(&Covariance(&single), &options, streams, &mut go_on).unwrap();
    let good = verified(&Covariance(&exact), &found, &options).unwrap();
    assert!(good.converged, "{good:?}");
    let dense = dense_eigenvalues(&exact, Side::Features).unwrap();
    let n = dense.len();
    let ends = [dense[0], dense[1], dense[n - 2], dense[n - 1]];
    let all = |found: &Extremes| -> Vec<RitzValue> {
        found.lowest.iter().chain(&found.highest).copied().collect()
    };
    for ((before, after), exact) in all(&found).iter().zip(all(&good)).zip(ends) {
        assert!(
            (after.value - exact).abs() <= after.bound,
            "{after:?} {exact}"
        );
        assert!(before.value != after.value);
        let gap = before.gap - (after.value - before.value).abs() - after.residual;
        assert!(before.gap > 0.0 && (after.gap - gap.max(0.0)).abs() <= 1e-12 * before.gap);
    }
    // Vectors that are no eigenvectors are not let through.
    let mut wrong = found;
    wrong.vectors.row_mut(0).fill(1.0);
    assert!(
        !verified(&Covariance(&exact), &wrong, &options)
            .unwrap()
            .converged
    );
}
