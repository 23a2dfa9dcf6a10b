//! Gaussian kernels by the Mehler series, for activations without a closed form.
//!
//! What J terms of the series leave out is at most `|ρ|ᴶ` times the norms of the two tails, which Parseval's identity
//! gives. Proportional Gaussians (`|ρ| = 1`) take a one-dimensional quadrature instead.

use super::kernels::{Entry, GaussianKernels, proportional, square};
use crate::model::gaussian_nodes;
use crate::numbers::larger;
use ndarray::{Array1, Array2, ArrayView2};

/// Terms of the series for a φ that is no polynomial.
const TERMS: usize = 160;

/// What is taken of the Hermite series of φ.
#[derive(Clone, Copy)]
pub(super) enum Series {
    /// So many terms, which are all that a polynomial has.
    Whole(usize),
    /// The first [`TERMS`].
    Cut,
}

impl Series {
    fn terms(self) -> usize {
        match self {
            Series::Whole(terms) => terms,
            Series::Cut => TERMS,
        }
    }
}

/// `c_0(r), …, c_{terms+1}(r)`, and the norm of what follows.
struct Coefficients {
    c: Vec<f64>,
    tail: f64,
}

/// Nodes that are taken together: the recurrence of one waits for itself.
const ABREAST: usize = 8;

/// By the trapezoidal rule of [`crate::model::gaussian_mean`], all coefficients in one sweep.
fn coefficients(phi: &dyn Fn(f64) -> f64, r: f64, series: Series) -> Coefficients {
    let terms = series.terms();
    let root = r.sqrt();
    let steps = (0..terms + 2).map(|j| ((j as f64).sqrt(), (j as f64 + 1.0).sqrt().recip()));
    let steps: Vec<(f64, f64)> = steps.collect();
    let mut c = vec![0.0; terms + 2];
    let mut norm = 0.0;
    for nodes in gaussian_nodes().chunks(ABREAST) {
        let (mut z, mut weighted) = ([0.0; ABREAST], [0.0; ABREAST]);
        for (k, &(at, weight)) in nodes.iter().enumerate() {
            let value = phi(root * at);
            (z[k], weighted[k]) = (at, weight * value);
            norm += weighted[k] * value;
        }
        let (mut before, mut now) = ([0.0; ABREAST], [1.0; ABREAST]);
        for (c, &(root, inverse)) in c.iter_mut().zip(&steps) {
            let mut next = [0.0; ABREAST];
            let mut sum = 0.0;
            for k in 0..ABREAST {
                sum += weighted[k] * now[k];
                next[k] = (z[k] * now[k] - root * before[k]) * inverse;
            }
            *c += sum;
            (before, now) = (now, next);
        }
    }
    let tail = if matches!(series, Series::Whole(_)) {
        c.truncate(terms);
        c.resize(terms + 2, 0.0);
        0.0
    } else {
        // The difference is known to its rounding.
        let kept: f64 = c.iter().map(|c| c * c).sum();
        ((norm - kept).max(0.0) + 8.0 * f64::EPSILON * norm).sqrt()
    };
    Coefficients { c, tail }
}

/// The kernels from the terms of a series.
pub(super) fn kernels(
    phi: &dyn Fn(f64) -> f64,
    kept: Series,
    gram: ArrayView2<'_, f64>,
) -> GaussianKernels {
    let (p, terms) = (square(gram), kept.terms());
    let variances = gram.diag().to_owned();
    let expansions: Vec<Coefficients> = variances
        .iter()
        .map(|&r| coefficients(phi, r, kept))
        .collect();
    let mut kernels = GaussianKernels {
        value: Array2::zeros((p, p)),
        slope: Array2::zeros((p, p)),
        bend: Array2::zeros((p, p)),
        mean: Array1::from_iter(expansions.iter().map(|x| x.c[0])),
        mean_slope: Array1::from_shape_fn(p, |b| per_root(expansions[b].c[1], variances[b])),
        truncation: 0.0,
    };
    for ((b, e), &r) in gram.indexed_iter() {
        let (rb, re) = (variances[b], variances[e]);
        let entry = if rb == 0.0 || re == 0.0 {
            Entry {
                value: expansions[b].c[0] * expansions[e].c[0],
                slope: 0.0,
                // v_b = 0 or u_e = 0: E φ″(u_b) φ(0), which meets v_b.
                bend: if rb == 0.0 {
                    0.0
                } else {
                    2.0_f64.sqrt() * expansions[b].c[2] / rb * expansions[e].c[0]
                },
            }
        } else if proportional(rb, re, r) {
            on_a_line(phi, rb, r / rb)
        } else {
            let rho = r / (rb * re).sqrt();
            let (entry, left_out) = series(&expansions[b], &expansions[e], rb, re, rho, terms);
            kernels.truncation = larger(kernels.truncation, left_out);
            entry
        };
        kernels.value[[b, e]] = entry.value;
        kernels.slope[[b, e]] = entry.slope;
        kernels.bend[[b, e]] = entry.bend;
    }
    kernels
}

fn per_root(c: f64, r: f64) -> f64 {
    if r == 0.0 { 0.0 } else { c / r.sqrt() }
}

/// `u_e = κu_b`: `E φ(u)φ(κu)` and half of `E [φ(u)φ(κu)]″ = E φ(u)φ(κu)(u² − r)/r²`, whose other half is
/// the entry (e, b).
fn on_a_line(phi: &dyn Fn(f64) -> f64, r: f64, ratio: f64) -> Entry {
    let root = r.sqrt();
    let (mut value, mut bend) = (0.0, 0.0);
    for &(z, weight) in gaussian_nodes() {
        let one = phi(root * z);
        let other = if ratio == 1.0 {
            one
        } else {
            phi(ratio * root * z)
        };
        let both = weight * one * other;
        value += both;
        bend += both * (z * z - 1.0);
    }
    Entry {
        value,
        slope: 0.0,
        bend: 0.5 * bend / r,
    }
}

/// The three sums, and a bound of what they leave out.
fn series(
    x: &Coefficients,
    y: &Coefficients,
    rb: f64,
    re: f64,
    rho: f64,
    terms: usize,
) -> (Entry, f64) {
    let (mut value, mut slope, mut bend) = (0.0, 0.0, 0.0);
    let mut power = 1.0;
    for j in 0..terms {
        let k = j as f64;
        value += power * x.c[j] * y.c[j];
        slope += power * (k + 1.0) * x.c[j + 1] * y.c[j + 1];
        bend += power * ((k + 1.0) * (k + 2.0)).sqrt() * x.c[j + 2] * y.c[j];
        power *= rho;
        if power.abs() < 1e-24 {
            break;
        }
    }
    let entry = Entry {
        value,
        slope: slope / (rb * re).sqrt(),
        bend: bend / rb,
    };
    // Of each tail the first two coefficients are known; (j+2)|ρ|ʲ is largest at j = −1/ln|ρ| − 2.
    let norms =
        [x, y].map(|z| (z.tail.powi(2) + z.c[terms].powi(2) + z.c[terms + 1].powi(2)).sqrt());
    let at = (terms as f64).max(-1.0 / rho.abs().max(1e-300).ln() - 2.0);
    let factor = (at + 2.0) * rho.abs().powf(at) / rb.min(re).min(1.0);
    (entry, factor * norms[0] * norms[1])
}
