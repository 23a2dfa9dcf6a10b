//! How far a matrix is from the root, in more than the ordinary precision: `D = z − A₀ − η(G) − G⁻¹`.
//!
//! G is the root at `z − D` exactly, which is all that the bounds need of it. Matrices are sums of two, the first of so few bits that its
//! products have no rounding in any order of summation (Ozaki, Ogita, Oishi and Rump 2012); what is left is so small that the rounding of
//! its products is far below that of G itself.

use ndarray::{Array2, ArrayView2, Axis, concatenate, s};
use num_complex::Complex64;

use super::MatrixSemicircle;
use crate::linalg::{complex_product, product};
use crate::measure::arithmetic::bound::Upper;
use crate::measure::arithmetic::sum::add;

/// A matrix as an exact sum.
#[derive(Debug)]
pub(super) struct Halves {
    pub(super) whole: Array2<f64>,
    high: Array2<f64>,
    low: Array2<f64>,
}

impl Halves {
    pub(super) fn rows(&self) -> usize {
        self.whole.nrows()
    }

    /// Such that sums of so many products of entries of first summands are exact: multiples of one power of two, with fewer than 53 bits.
    pub(super) fn of(whole: Array2<f64>, terms: usize) -> Self {
        let bits = (53 - terms.next_power_of_two().trailing_zeros() as i32) / 2;
        let top = whole.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        // Added and taken away again, it leaves multiples of `2^−bits` of the power of two above the largest entry.
        let far = 1.5 * 2.0_f64.powi(52 - bits) * 2.0_f64.powf(top.log2().floor() + 1.0);
        let high = whole.map(|x| if top > 0.0 { (x + far) - far } else { 0.0 });
        let low = &whole - &high;
        Self { whole, high, low }
    }
}

/// A product as an exact part, a small one, and a bound of what the rounding of the second leaves, in Frobenius' norm.
struct Product {
    exact: Array2<f64>,
    rest: Array2<f64>,
    lost: Upper,
}

/// `(A + T) B`, T small.
fn fine(a: &Halves, small: Option<(&Array2<f64>, Upper)>, b: &Halves) -> Product {
    let known = Upper(0.0);
    let (low, before) = match small {
        Some((small, lost)) => (&a.low + small, lost),
        None => (a.low.clone(), known),
    };
    // Of N products and three sums.
    let share = (a.whole.ncols() as f64 + 8.0) * 2.0 * f64::EPSILON;
    let sizes = real_norm(&a.high) * real_norm(&b.low) + real_norm(&low) * real_norm(&b.whole);
    Product {
        exact: product(a.high.view(), b.high.view()),
        rest: product(a.high.view(), b.low.view()) + product(low.view(), b.whole.view()),
        lost: sizes * share + before * real_norm(&b.whole).0,
    }
}

/// Frobenius' norm, from above: of N squares, `(N + 3) u` of the sum are lost at most.
pub(super) fn real_norm(a: &Array2<f64>) -> Upper {
    norm(a.iter().map(|x| x * x).sum(), a.len())
}

fn norm(squares: f64, count: usize) -> Upper {
    let share = 1.0 + (count as f64 + 8.0) * f64::EPSILON;
    Upper(squares * share).sqrt() + Upper(f64::MIN_POSITIVE)
}

/// Frobenius' norm of a complex matrix, from above.
pub(super) fn frobenius(a: ArrayView2<'_, Complex64>) -> Upper {
    norm(a.iter().map(|x| x.norm_sqr()).sum(), 2 * a.len())
}

/// What is known of a matrix near the root.
pub(super) struct Residual {
    /// `B = z − A₀ − η(G)`, rounded.
    pub(super) denominator: Array2<Complex64>,
    /// D, and a bound of what it is off by in Frobenius' norm, hence as an operator.
    pub(super) defect: Array2<Complex64>,
    pub(super) off: Upper,
    /// A bound of `|D|`.
    pub(super) most: Upper,
}

impl MatrixSemicircle {
    /// The residual of a symmetric matrix; `None` where it is far from the root, or no number.
    pub(super) fn residual(&self, z: Complex64, g: ArrayView2<'_, Complex64>) -> Option<Residual> {
        let n = self.n;
        let (high, low, lost) = self.fine_denominator(z, g);
        let both = |a: &Array2<f64>| {
            Array2::from_shape_fn((n, n), |(i, j)| Complex64::new(a[[i, j]], a[[n + i, j]]))
        };
        let denominator = both(&high);
        // [Re B, −Im B; Im B, Re B] times [Re G; Im G].
        let embedded = |a: &Array2<f64>| {
            let (re, im) = (a.slice(s![..n, ..]), a.slice(s![n.., ..]));
            let upper = concatenate![Axis(1), re, -&im];
            concatenate![Axis(0), upper, concatenate![Axis(1), im, re]]
        };
        let stacked = concatenate![Axis(0), g.map(|x| x.re), g.map(|x| x.im)];
        let [left, right] = [embedded(&high), stacked].map(|a| Halves::of(a, 2 * n));
        let Product {
            mut exact,
            rest,
            lost: rounded,
        } = fine(&left, Some((&embedded(&low), Upper(0.0))), &right);
        // Exact next to 1.
        exact.diag_mut().iter_mut().for_each(|x| *x -= 1.0);
        let error = both(&(exact + rest));
        let (size, whole) = (frobenius(g), frobenius(denominator.view()));
        let known = frobenius(error.view());
        let off = rounded + lost * size + known * (4.0 * f64::EPSILON);
        let apart = known + off;
        if apart.0.is_nan() || apart.0 > 0.125 {
            return None;
        }
        // D = (1 + E)⁻¹ E B, and (1 + E)⁻¹ is at most 8/7; the product EB is rounded.
        let defect = complex_product(error.view(), denominator.view());
        let terms = (8 * n + 16) as f64 * f64::EPSILON;
        let off = (off + known * terms + apart * apart) * whole * 1.142_857_142_857_15 + lost;
        Some(Residual {
            most: frobenius(defect.view()) + off,
            denominator,
            defect,
            off,
        })
    }

    /// `z − A₀ − η(G)` as a sum of two matrices, its imaginary part below the real one, and a bound of what is lost.
    fn fine_denominator(
        &self,
        z: Complex64,
        g: ArrayView2<'_, Complex64>,
    ) -> (Array2<f64>, Array2<f64>, Upper) {
        let n = self.n;
        let terms = self.below.rows();
        let parts = concatenate![Axis(1), g.map(|x| x.re), g.map(|x| x.im)];
        let inner = fine(&self.below, None, &Halves::of(parts, n));
        let exact = Halves::of(self.side_by_side(&inner.exact), terms);
        let rest = self.side_by_side(&inner.rest);
        let outer = fine(&exact, Some((&rest, inner.lost)), &self.below);
        let mut high = Array2::zeros((2 * n, n));
        let mut low = Array2::zeros((2 * n, n));
        for ((i, j), &x) in outer.exact.indexed_iter() {
            let at = match (i % n == j, i < n) {
                (true, true) => z.re,
                (true, false) => z.im,
                _ => 0.0,
            };
            let level = if i < n { self.constant[[i, j]] } else { 0.0 };
            let (mut sum, mut lost) = (at, 0.0);
            add(&mut sum, &mut lost, -level);
            add(&mut sum, &mut lost, -x);
            let small = lost - outer.rest[[i, j]];
            let whole = sum + small;
            high[[i, j]] = whole;
            low[[i, j]] = (sum - whole) + small;
        }
        let rounded = real_norm(&outer.rest) + real_norm(&low) + real_norm(&high) * f64::EPSILON;
        (high, low, outer.lost + rounded * (8.0 * f64::EPSILON))
    }
}
