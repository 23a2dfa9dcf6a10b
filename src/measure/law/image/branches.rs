//! What the branches of the inverse function make of the transform of a law.
//!
//! Let `R = N/D` and let `x_i(z)` be the roots of `N − zD`. The partial fractions of `1/(R(x) − z)` are
//!
//! ```math
//! s(z) = 1/(R(∞) − z) + Σ_i s_μ(x_i)/R′(x_i) = 1/(R(0) − z) + Σ_{i ∈ A} (s_μ(x_i) + 1/x_i)/R′(x_i) − Σ_{i ∉ A} χ_μ(x_i)/(x_i R′(x_i))
//! ```
//!
//! for every set A, because `s = −(1 + χ)/x`: with the roots far from the law outside of A nothing large cancels. Where R is infinite the first term is 0.

use num_complex::Complex64;

use super::Fraction;
use super::roots::{derivative, value};
use crate::measure::arithmetic::ball::Ball;
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::local::LawJet;

/// A root with R′ and R″ there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch<T> {
    pub(super) x: T,
    pub(super) slope: T,
    pub(super) bend: T,
}

impl Fraction {
    /// The coefficients of `N − zD`.
    pub(super) fn polynomial<T: Scalar>(&self, z: T) -> Vec<T> {
        let count = self.numerator.len().max(self.denominator.len());
        let at = |p: &[f64], k: usize| p.get(k).copied().unwrap_or(0.0);
        let entry = |k: usize| match at(&self.denominator, k) {
            0.0 => T::real(at(&self.numerator, k)),
            d => T::real(at(&self.numerator, k)) - z * d,
        };
        (0..count).map(entry).collect()
    }

    /// R′ and R″ at a root of `N − zD`: from `N = RD`, `N′ − zD′ = R′D` and `N″ − zD″ = R″D + 2R′D′`.
    pub(super) fn branch<T: Scalar>(&self, z: T, x: T) -> Branch<T> {
        let first = derivative(&self.polynomial(z));
        let second = derivative(&first);
        let bottom: Vec<T> = self.denominator.iter().map(|&c| T::real(c)).collect();
        let (at, along) = (value(&bottom, x), value(&derivative(&bottom), x));
        let slope = value(&first, x) / at;
        Branch {
            x,
            slope,
            bend: (value(&second, x) - slope * along * 2.0) / at,
        }
    }

    /// `R(∞)`, if it is finite.
    pub(super) fn at_infinity(&self) -> Option<f64> {
        let (n, d) = (self.numerator.len(), self.denominator.len());
        match n.cmp(&d) {
            std::cmp::Ordering::Less => Some(0.0),
            std::cmp::Ordering::Equal => Some(self.numerator[n - 1] / self.denominator[d - 1]),
            std::cmp::Ordering::Greater => None,
        }
    }
}

/// `s`, `s′` and `χ`.
pub(super) type Values<T> = [T; 3];

fn pole<T: Scalar>(z: T, at: Option<(T, T)>) -> [T; 2] {
    // `1/(n/d − z) = d/(n − dz)`.
    let Some((n, d)) = at else {
        return [T::real(0.0); 2];
    };
    let term = d / (n - d * z);
    [term, term.square()]
}

/// By the first formula.
fn plain<T: Scalar>(of: &Fraction, z: T, branches: &[(Branch<T>, LawJet<T>)]) -> Values<T> {
    let last = |p: &[f64]| T::real(p.last().copied().unwrap_or(0.0));
    let top = if of.numerator.len() < of.denominator.len() {
        T::real(0.0)
    } else {
        last(&of.numerator)
    };
    let finite = of.at_infinity().is_some();
    let start = pole(z, finite.then(|| (top, last(&of.denominator))));
    let [s, ds] = branches.iter().fold(start, |[s, ds], (branch, jet)| {
        let back = branch.slope.inv();
        let term = jet.s * back;
        let slope = (jet.ds - term * branch.bend) * back.square();
        [s + term, ds + slope]
    });
    [s, ds, -(s * z) - T::real(1.0)]
}

/// By the second; the roots of a modulus above `far` are not in A.
fn mixed<T: Scalar>(
    of: &Fraction,
    z: T,
    branches: &[(Branch<T>, LawJet<T>)],
    far: f64,
) -> Values<T> {
    let first = |p: &[f64]| T::real(p.first().copied().unwrap_or(0.0));
    let (n, d) = (first(&of.numerator), first(&of.denominator));
    let finite = d.size() > 0.0;
    let start = pole(z, finite.then_some((n, d)));
    let zero = [T::real(0.0); 2];
    let [rest, slope] = branches.iter().fold(zero, |[sum, along], (branch, jet)| {
        let (back, over) = (branch.slope.inv(), branch.x.inv());
        // `f(x)/R′` has the derivative `(f′ − (f/R′) R″)/R′²`.
        let (f, df) = if branch.x.size() > far {
            (-(jet.chi * over), (jet.chi * over - jet.dchi) * over)
        } else {
            (jet.s + over, jet.ds - over.square())
        };
        let term = f * back;
        let slope = (df - term * branch.bend) * back.square();
        [sum + term, along + slope]
    });
    let chi = if finite {
        -(n / (n - d * z)) - z * rest
    } else {
        -(z * rest) - T::real(1.0)
    };
    [start[0] + rest, start[1] + slope, chi]
}

/// Without bounds.
pub(super) fn plainly(
    of: &Fraction,
    z: Complex64,
    branches: &[(Branch<Complex64>, LawJet)],
    far: f64,
) -> Values<Complex64> {
    if branches.iter().any(|(branch, _)| branch.x.size() > far) {
        mixed(of, z, branches, far)
    } else {
        plain(of, z, branches)
    }
}

/// With the smaller bound of both.
pub(super) fn bounded(
    of: &Fraction,
    z: Ball,
    branches: &[(Branch<Ball>, LawJet<Ball>)],
    far: f64,
) -> Values<Ball> {
    let values = plain(of, z, branches);
    if !branches.iter().any(|(branch, _)| branch.x.size() > far) {
        return values;
    }
    let others = mixed(of, z, branches, far);
    [0, 1, 2].map(|k| values[k].tighter(others[k]))
}
