//! Which way a spectrum is computed and why, in words; and what a search on a small space hands on.

use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use std::ops::ControlFlow;
use tensor_dyson::model::Streams;
use tensor_dyson::spectrum::{Lanczos, Problem, Route, SymmetricOperator, extremes, plan};

/// A drawn X of so many rows.
fn problem(n: usize) -> Problem {
    Problem {
        n,
        features: 9000,
        row: 100,
        number: 8,
        drawn: true,
        probes: 2,
        steps: 100,
        basis: (200, 200),
        ends: 3,
        products: 4000,
        weights: 0,
    }
}

#[test]
fn a_plan_says_its_route_its_side_and_its_reason() {
    let large = 1 << 40;
    let said = |n: usize, asked: Option<Route>, available: u64| {
        plan(&problem(n), asked, available).unwrap().to_string()
    };
    for (n, asked, sentence) in [
        (
            8000,
            None,
            "dense on 8000 rows (𝒜ᵀ𝒜 on the samples, the smaller side): at most 8000, so all eigenvalues; memory ",
        ),
        (
            8001,
            None,
            "matrix-free on 8001 rows (𝒜ᵀ𝒜 on the samples, the smaller side): above 8000, where all eigenvalues take long; memory ",
        ),
        (
            9001,
            Some(Route::Dense),
            "dense on 9000 rows (𝒜𝒜ᵀ on the features, the smaller side), as asked; memory ",
        ),
        (
            300,
            Some(Route::MatrixFree),
            "matrix-free on 300 rows (𝒜ᵀ𝒜 on the samples, the smaller side), as asked; memory ",
        ),
    ] {
        let text = said(n, asked, large);
        assert!(
            text.starts_with(sentence) && text.ends_with(" of 1.10 TB"),
            "{text}"
        );
    }
    let dense = plan(&problem(8000), None, large).unwrap().bytes;
    let text = said(8000, None, dense - 1);
    assert!(text.contains("smaller side): dense needs 1.0"), "{text}");
    // Without room for X its rows are drawn again.
    let free = plan(&problem(8001), None, large).unwrap();
    let text = said(8001, None, free.bytes - 1);
    assert!(
        text.ends_with("; X is drawn again for each product"),
        "{text}"
    );
    assert!(!said(8001, None, free.bytes).contains("drawn again"));
}

/// Diagonal with 1, 2, …
struct Numbers(usize);

impl SymmetricOperator for Numbers {
    fn dimension(&self) -> usize {
        self.0
    }

    fn apply(&self, block: ArrayView2<'_, f64>, mut out: ArrayViewMut2<'_, f64>) {
        out.assign(&block);
        for (k, mut column) in out.columns_mut().into_iter().enumerate() {
            column *= k as f64 + 1.0;
        }
    }

    fn operations(&self) -> f64 {
        self.0 as f64
    }
}

/// On a small space the neighbours of one end are those of the other: each vector is handed on once, in the order of the values.
#[test]
fn the_vectors_of_a_small_space_are_orthonormal() {
    for dimension in [3, 5, 8, 13, 21] {
        let options = Lanczos {
            low: 1,
            high: 2,
            tolerance: 1e-10,
            floor: f64::NEG_INFINITY,
            basis: dimension + 4,
            products: 400,
        };
        let operator = Numbers(dimension);
        let mut go_on = |_| ControlFlow::Continue(());
        let found = extremes(&operator, &options, Streams::new(1, "small"), &mut go_on).unwrap();
        let gram = found.vectors.dot(&found.vectors.t());
        let apart = gram - Array2::<f64>::eye(found.vectors.nrows());
        assert!(
            apart.iter().all(|x| x.abs() < 1e-12),
            "{dimension}: {apart}"
        );
        // Of a diagonal matrix the Rayleigh quotients are the values.
        let squares = found.vectors.mapv(|x| x * x);
        let values = squares.dot(&ndarray::Array1::from_iter(
            (1..=dimension).map(|k| k as f64),
        ));
        assert!(values.to_vec().is_sorted(), "{values}");
    }
}
