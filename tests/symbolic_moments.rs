//! `E Tr NTKᵏ` as a polynomial in n, d, p against the kernel itself: by a quadrature that is exact for its
//! degree, and by samples.

use gauss_quad::GaussHermite;
use ndarray::Array2;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use tensor_dyson::symbolic::{Polynomial, TensorLaw, Theory};

/// `E Tr NTKᵏ` for `σ′(x) = x`, `a = ±1`, Gaussian X and W, by Wick's theorem on contraction graphs.
fn moment(k: usize) -> Polynomial {
    let omega = |i: usize, t: usize, c: &str| format!("x[i{i},a{t}] x[i{i},{c}{t}] W[{c}{t},b{t}]");
    let link = |t: usize| format!("{} {}", omega(t, t, "k"), omega((t + 1) % k, t, "q"));
    let links: Vec<String> = (0..k).map(link).collect();
    let text = format!("p^-{k} d^-{} {}", 2 * k, links.join(" "));
    let mut theory = Theory::new();
    theory.tensors("x[n,d] W[d,p]").unwrap();
    let over_x = theory
        .expression(&text)
        .unwrap()
        .expected("x", &TensorLaw::Gaussian)
        .unwrap();
    over_x
        .expected("W", &TensorLaw::Gaussian)
        .unwrap()
        .as_polynomial()
        .unwrap()
}

fn value(polynomial: &Polynomial, [n, d, p]: [usize; 3]) -> f64 {
    let size = |symbol: &str| match symbol {
        "n" => n as f64,
        "d" => d as f64,
        _ => p as f64,
    };
    let number = |x: &dyn ToString| x.to_string().parse::<f64>().unwrap();
    let terms = polynomial.terms().map(|(monomial, c)| {
        let powers: f64 = monomial
            .powers()
            .map(|(s, power)| size(s).powi(power as i32))
            .product();
        number(c.numer()) / number(c.denom()) * powers
    });
    terms.sum()
}

/// `Tr NTKᵏ` for `k = 1, …, 4`, `NTK = (1/d) XXᵀ ∘ (1/pd) XW(XW)ᵀ`; the entries of X first, then of W.
fn traces(entries: &[f64], [n, d, p]: [usize; 3]) -> [f64; 4] {
    let x = Array2::from_shape_vec((n, d), entries[..n * d].to_vec()).unwrap();
    let w = Array2::from_shape_vec((d, p), entries[n * d..].to_vec()).unwrap();
    let xw = x.dot(&w);
    let ntk = x.dot(&x.t()) * xw.dot(&xw.t()) / (p * d * d) as f64;
    let square = ntk.dot(&ntk);
    let inner = |a: &Array2<f64>, b: &Array2<f64>| (a * b).sum();
    [
        ntk.diag().sum(),
        inner(&ntk, &ntk),
        inner(&square, &ntk),
        inner(&square, &square),
    ]
}

#[test]
fn all_four_moments_agree_with_a_quadrature_exact_for_their_degree() {
    // Degree at most 16 in one entry of X, 8 in one of W: nine nodes are exact up to degree 17.
    let rule = GaussHermite::new(9.try_into().unwrap());
    let pairs: Vec<(f64, f64)> = rule.as_node_weight_pairs().to_vec();
    for shape in [
        [1, 1, 1],
        [1, 2, 1],
        [1, 1, 2],
        [2, 1, 1],
        [2, 1, 2],
        [3, 1, 1],
    ] {
        let [n, d, p] = shape;
        let entries = n * d + d * p;
        let mut sums = [0.0; 4];
        for point in 0..9_usize.pow(entries as u32) {
            let digit = |k: usize| pairs[point / 9_usize.pow(k as u32) % 9];
            let chosen: Vec<(f64, f64)> = (0..entries).map(digit).collect();
            let at: Vec<f64> = chosen.iter().map(|(node, _)| node * 2f64.sqrt()).collect();
            let weight: f64 = chosen
                .iter()
                .map(|(_, w)| w / std::f64::consts::PI.sqrt())
                .product();
            for (sum, trace) in sums.iter_mut().zip(traces(&at, shape)) {
                *sum += weight * trace;
            }
        }
        for (k, sum) in (1..).zip(sums) {
            let exact = value(&moment(k), shape);
            // Nodes and weights carry a few units of rounding each, times 16 in the highest power.
            assert!(
                (sum / exact - 1.0).abs() < 1e-11,
                "k = {k} at {shape:?}: {sum} for {exact}"
            );
        }
    }
}

#[test]
fn the_first_two_moments_agree_with_samples() {
    // Two tests at 4.5 standard errors: a false alarm once in 70 000 runs of a right formula.
    let (shape, draws) = ([12, 6, 4], 4000);
    let [n, d, p] = shape;
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let samples: Vec<[f64; 4]> = (0..draws)
        .map(|_| {
            let entries: Vec<f64> = (0..n * d + d * p)
                .map(|_| StandardNormal.sample(&mut rng))
                .collect();
            traces(&entries, shape)
        })
        .collect();
    for k in 1..=2 {
        let mean = samples.iter().map(|s| s[k - 1]).sum::<f64>() / draws as f64;
        let variance = samples
            .iter()
            .map(|s| (s[k - 1] - mean).powi(2))
            .sum::<f64>()
            / draws as f64;
        let error = (variance / draws as f64).sqrt();
        let exact = value(&moment(k), shape);
        let distance = (mean - exact) / error;
        assert!(
            distance.abs() < 4.5,
            "k = {k}: {mean} ± {error} for {exact}"
        );
        // What the test would see: a relative error of 4.5 standard errors, at most a fifth.
        assert!(4.5 * error < 0.2 * exact, "k = {k}: resolution {error}");
    }
}
