use super::*;
use ndarray::array;

fn sample(rows: usize, cols: usize) -> Array2<f64> {
    Array2::from_shape_fn((rows, cols), |(i, j)| {
        ((3 * i + 7 * j + i * j) % 11) as f64 - 4.0
    })
}

fn distance(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
    (a - b).iter().fold(0.0, |m: f64, x| {
        assert!(!x.is_nan());
        m.max(x.abs())
    })
}

#[test]
fn every_decomposition_rebuilds_its_matrix() {
    for (m, n) in [(5, 3), (3, 5), (4, 4), (1, 6), (6, 1)] {
        let a = sample(m, n);
        let s = svd(a.view()).unwrap();
        let mut sigma = Array2::zeros((m, n));
        for (k, &x) in s.singular.iter().enumerate() {
            sigma[[k, k]] = x;
        }
        assert!(distance(&s.u.dot(&sigma).dot(&s.v.t()), &a) < 1e-13);
        let g = gram(a.view());
        assert!(distance(&g, &a.dot(&a.t())) < 1e-12);
        assert!(distance(&product(a.view(), a.t()), &g) < 1e-12);
        let e = symmetric_eigen(g.view()).unwrap();
        let rebuilt = (&e.vectors * &e.values).dot(&e.vectors.t());
        assert!(distance(&rebuilt, &g) < 1e-11);
        let r = qr_r(a.view()).unwrap();
        let (q, same) = qr(a.view()).unwrap();
        assert!(distance(&q.dot(&same), &a) < 1e-12 && distance(&same, &r) < 1e-12);
        assert!(distance(&r.t().dot(&r), &a.t().dot(&a)) < 1e-12);
    }
}

#[test]
fn complex_inverse_and_eigenvectors_satisfy_their_equations() {
    let a = Array2::from_shape_fn((4, 4), |(i, j)| {
        Complex64::new((i * j) as f64 + 1.0, (i + 2 * j) as f64 % 3.0)
            + if i == j { 5.0 } else { 0.0 }
    });
    let inverse = complex_inverse(a.view()).unwrap();
    let one = a.dot(&inverse) - Array2::<Complex64>::eye(4);
    assert!(one.iter().all(|x| x.norm() < 1e-13));
    let e = complex_eigen(a.view()).unwrap();
    let residual = a.dot(&e.vectors) - &e.vectors * &e.values;
    assert!(residual.iter().all(|x| x.norm() < 1e-12));
}

#[test]
fn bad_matrices_are_errors() {
    let nan = array![[1.0, f64::NAN], [0.0, 1.0]];
    assert!(matches!(
        symmetric_eigenvalues(nan.view()),
        Err(LinalgError::NotFinite { row: 0, col: 1, .. })
    ));
    assert!(matches!(
        symmetric_eigenvalues(sample(2, 3).view()),
        Err(LinalgError::NotSquare { .. })
    ));
    let singular = Array2::<Complex64>::ones((3, 3));
    assert!(matches!(
        complex_inverse(singular.view()),
        Err(LinalgError::Singular { size: 3, .. })
    ));
}
