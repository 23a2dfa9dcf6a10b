//! Lanczos, and the quadrature of a density.

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

struct Diagonal(Vec<f64>);

impl SymmetricOperator for Diagonal {
    fn dimension(&self) -> usize {
        self.0.len()
    }
    fn apply(&self, block: ndarray::ArrayView2<'_, f64>, mut out: ndarray::ArrayViewMut2<'_, f64>) {
        out.assign(&(&block * &ArrayView1::from(&self.0)));
    }
    fn operations(&self) -> f64 {
        self.0.len() as f64
    }
}

fn go_on(_: usize) -> std::ops::ControlFlow<()> {
    std::ops::ControlFlow::Continue(())
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

#[test]
fn the_quadrature_encloses_the_measure_of_its_probe_and_meets_its_errors() {
    let n = 3000;
    let values: Vec<f64> = (0..n).map(|k| (k as f64 / n as f64).powi(2)).collect();
    let depth = Depth {
        probes: 2,
        steps: 40,
    };
    let streams = Streams::new(9, "quadrature");
    let operator = Diagonal(values.clone());
    let (found, _) = quadrature(&operator, depth, None, streams, &mut go_on).unwrap();
    let error = found.error();
    // Random signs give each eigenvector of a diagonal matrix the weight 1/n: the probe's own measure is
    // the empirical one, and the enclosure is all there is.
    for k in 0..200 {
        let x = k as f64 / 199.0;
        let exact = values.iter().filter(|v| **v <= x).count() as f64 / n as f64;
        let off = (found.distribution(x) - exact).abs();
        assert!(off <= 2.0 * error.enclosure + 1e-12, "{x}: {off} {error:?}");
        assert!(
            off <= 4.0 * error.depth + 1.0 / n as f64,
            "{x}: {off} {error:?}"
        );
    }
    assert!(error.enclosure < 0.06 && error.depth < 0.02, "{error:?}");
    // Between two nodes the bounds are the weights of both apart; both probes have this measure.
    let pairs = found.rules[0].weights.windows(2);
    let widest = pairs.map(|w| 0.5 * (w[0] + w[1])).fold(0.0, f64::max);
    assert!(
        (error.enclosure - widest).abs() < 1e-9,
        "{error:?} {widest}"
    );
    let probes = 1.628 * (2.0 / (2.0 * n as f64)).sqrt();
    assert!((error.probes - probes).abs() < 1e-12, "{error:?}");
    // Moments to degree 2·40 − 1 are exact.
    for power in [1, 2, 5, 30] {
        let exact = values.iter().map(|x| x.powi(power)).sum::<f64>() / n as f64;
        for rule in &found.rules {
            let sum: f64 = rule
                .nodes
                .iter()
                .zip(&rule.weights)
                .map(|(x, w)| w * x.powi(power))
                .sum();
            assert!((sum - exact).abs() < 1e-12);
        }
    }
}

/// What the search for the ends adds to the rule of the first probe: a node for each product before the first restart.
#[test]
fn the_first_rule_is_as_deep_as_the_search_for_the_ends() {
    let n = 3000;
    let values: Vec<f64> = (0..n).map(|k| (k as f64 / n as f64).powi(2)).collect();
    let depth = Depth {
        probes: 2,
        steps: 40,
    };
    let operator = Diagonal(values.clone());
    let streams = Streams::new(9, "quadrature");
    let (plain, _) = quadrature(&operator, depth, None, streams, &mut go_on).unwrap();
    let with = |basis: usize, products: usize| {
        let ends = Lanczos {
            low: 1,
            high: 1,
            tolerance: 0.0,
            floor: 0.0,
            basis,
            products,
        };
        quadrature(&operator, depth, Some(&ends), streams, &mut go_on).unwrap()
    };
    // Products that run out before the basis is full, at 200 with 80 of them for both probes, and far beyond.
    for (basis, products, nodes) in [(200, 150, 40 + 70), (200, 900, 200)] {
        let (found, ends) = with(basis, products);
        assert_eq!(ends.unwrap().products, products);
        assert_eq!(
            (found.rules[0].nodes.len(), found.rules[1].nodes.len()),
            (nodes, 40)
        );
        assert_eq!(found.rules[1], plain.rules[1]);
        assert!(found.error().enclosure < 0.75 * plain.error().enclosure);
        let rule = &found.rules[0];
        for power in [1, 2, 30, 2 * nodes as i32 - 1] {
            let exact = values.iter().map(|x| x.powi(power)).sum::<f64>() / n as f64;
            let each = rule.nodes.iter().zip(&rule.weights);
            let sum: f64 = each.map(|(x, w)| w * x.powi(power)).sum();
            assert!((sum - exact).abs() < 1e-12, "{power}: {sum} {exact}");
        }
        for k in 0..200 {
            let x = k as f64 / 199.0;
            let exact = values.iter().filter(|v| **v <= x).count() as f64 / n as f64;
            let off = (found.distribution(x) - exact).abs();
            assert!(off <= 2.0 * found.error().enclosure + 1e-12, "{x}: {off}");
        }
    }
}

/// A side of half of n rows has half of the mass, and half of the errors.
#[test]
fn errors_are_shares_of_the_whole_kernel() {
    let operator = Diagonal((0..300).map(f64::from).collect());
    let depth = Depth {
        probes: 2,
        steps: 20,
    };
    let streams = Streams::new(9, "quadrature");
    let (found, _) = quadrature(&operator, depth, None, streams, &mut go_on).unwrap();
    let whole = SampledDistribution::estimated(found.clone(), 300);
    let half = SampledDistribution::estimated(found, 600);
    let (whole, half) = (whole.error().unwrap(), half.error().unwrap());
    assert!(whole.probes > 0.0 && whole.depth > 0.0 && whole.enclosure > 0.0);
    assert_eq!(half.probes, 0.5 * whole.probes);
    assert_eq!(half.depth, 0.5 * whole.depth);
    assert_eq!(half.enclosure, 0.5 * whole.enclosure);
}

#[test]
fn the_density_of_an_ntk_agrees_with_its_dense_eigenvalues() {
    let shape = (900, 20, 30);
    let data = data(shape);
    let map = KhatriRao::<f64>::ntk(
        Samples::Stored(data.x.clone()),
        layer(&data, &Activation::Cos),
    );
    let depth = Depth {
        probes: 6,
        steps: 80,
    };
    let ends = Lanczos {
        low: 1,
        high: 1,
        tolerance: 1e-8,
        floor: f64::NEG_INFINITY,
        basis: 80,
        products: 5000,
    };
    let streams = Streams::new(4, "density");
    let operator = Covariance(&map);
    let (found, extremes) = quadrature(&operator, depth, Some(&ends), streams, &mut go_on).unwrap();
    let exact = dense_eigenvalues(&map, Side::Features).unwrap();
    let error = found.error();
    let n = exact.len() as f64;
    let worst = exact
        .iter()
        .enumerate()
        .map(|(k, &x)| (found.distribution(x) - (k as f64 + 0.5) / n).abs());
    let worst = worst.fold(0.0, f64::max);
    assert!(
        worst <= error.probes + error.depth + 1.0 / n,
        "{worst} {error:?}"
    );
    let extremes = extremes.unwrap();
    let (low, high) = (extremes.lowest[0], extremes.highest[0]);
    assert!((high.value - exact[exact.len() - 1]).abs() <= high.bound + 1e-12);
    assert!((low.value - exact[0]).abs() <= low.bound + 1e-12 && extremes.converged);
    // The other side has the same nonzero eigenvalues.
    let other = dense_eigenvalues(&map, Side::Samples).unwrap();
    for (a, b) in exact.iter().rev().zip(other.iter().rev()) {
        assert!((a - b).abs() < 1e-11 * exact[exact.len() - 1]);
    }
    let dense = symmetric_eigenvalues(
        ntk(
            data.x.view(),
            data.w.view(),
            data.a.view(),
            &Activation::Cos,
        )
        .unwrap()
        .view(),
    );
    for (a, b) in dense.unwrap().iter().zip(&other) {
        assert!((a - b).abs() < 1e-11 * exact[exact.len() - 1]);
    }
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
