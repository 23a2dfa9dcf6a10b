//! The quadrature of a density, and its errors.

use super::*;

/// Squares of equidistant points as eigenvalues, the operator, and what is asked of its quadrature.
fn squares() -> (Vec<f64>, Diagonal, Depth, Streams) {
    let n = 3000;
    let values: Vec<f64> = (0..n).map(|k| (k as f64 / n as f64).powi(2)).collect();
    let depth = Depth {
        probes: 2,
        steps: 40,
    };
    let operator = Diagonal(values.clone());
    (values, operator, depth, Streams::new(9, "quadrature"))
}

#[test]
fn the_quadrature_encloses_the_measure_of_its_probe_and_meets_its_errors() {
    let (values, operator, depth, streams) = squares();
    let n = values.len();
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
    let (values, operator, depth, streams) = squares();
    let n = values.len();
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
    let operator = SampleCovariance(&map);
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
    assert!((high.value - exact[exact.len() - 1]).abs() <= high.estimate + 1e-12);
    assert!((low.value - exact[0]).abs() <= low.estimate + 1e-12 && extremes.converged);
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

/// A chain of neighbours, whose eigenvectors are spread over all entries.
struct Chain(usize);

impl SymmetricOperator for Chain {
    fn dimension(&self) -> usize {
        self.0
    }
    fn apply(&self, block: ndarray::ArrayView2<'_, f64>, mut out: ndarray::ArrayViewMut2<'_, f64>) {
        for i in 0..self.0 {
            let mut entry = &block.column(i) * (0.1 * i as f64);
            if i > 0 {
                entry += &block.column(i - 1);
            }
            if i + 1 < self.0 {
                entry += &block.column(i + 1);
            }
            out.column_mut(i).assign(&entry);
        }
    }
    fn operations(&self) -> f64 {
        3.0 * self.0 as f64
    }
}

/// The standard error between probes: of each probe's own transform, of their spread over the root of their number.
#[test]
fn the_error_of_a_transform_is_the_standard_error_of_the_probes() {
    let operator = Chain(40);
    let depth = Depth {
        probes: 5,
        steps: 6,
    };
    let streams = Streams::new(3, "probes");
    let (found, _) = quadrature(&operator, depth, None, streams, &mut go_on).unwrap();
    let z = num_complex::Complex64::new(0.4, 0.3);
    let each: Vec<_> = found
        .rules
        .iter()
        .map(|rule| {
            let terms = rule
                .nodes
                .iter()
                .zip(&rule.weights)
                .map(|(x, w)| w / (x - z));
            terms.sum::<num_complex::Complex64>()
        })
        .collect();
    let mean = each.iter().sum::<num_complex::Complex64>() / 5.0;
    let variance: f64 = each.iter().map(|s| (s - mean).norm_sqr()).sum::<f64>() / 4.0;
    assert!(variance > 1e-6);
    let (s, error) = found.stieltjes(z);
    assert!((s - mean).norm() < 1e-14 && (error - (variance / 5.0).sqrt()).abs() < 1e-14);
}
