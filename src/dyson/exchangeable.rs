//! The block equation reduced by the exchangeability of the samples: any n, no dp × dp matrix.
//!
//! Permuting the samples leaves the equation alone, so `M₁₁ = m₁(I − 11ᵀ/n) + m₂ 11ᵀ/n` and
//! `M₂₁ = r 1ᵀ` with one d×p matrix r. With `τ = (1/pd) Tr M₁₁`, `R = (ℐ + τ𝒬)⁻¹` and
//! `b = (pd)^{−1/2} E ω − (1/pd) 𝒬r`, the inverse of a bordered matrix gives
//!
//! ```math
//! m₁ = 1/(−z − s),   m₂ = 1/(−z − s + n bᵀRb),   r = m₂ R b,
//! M₂₂ = −R + n m₂ (Rb)(Rb)ᵀ,   s = (1/pd)⟨𝒬, M₂₂⟩ = −I(τ) + (n m₂/pd) ⟨Rb, 𝒬Rb⟩.
//! ```
//!
//! Slide 'Tensor Dyson Equation', of which this is the equation without its 'think of 𝒮 as block-diagonal'.

use super::{DysonError, checked_point, scalar};
use crate::covariance::Covariance;
use crate::measure::{NotConverged, Response};
use ndarray::{Array1, Array2};
use num_complex::Complex64;
use std::collections::VecDeque;

/// A solution of the reduced equation: the blocks of the [module](self)'s formula by their few numbers.
#[derive(Debug, Clone)]
pub struct ExchangeableSolution {
    /// `M₁₁` on vectors of sum 0.
    pub m_1: Complex64,
    /// `M₁₁` on the constant vector.
    pub m_2: Complex64,
    /// The column of `M₂₁`, d×p.
    pub r: Array2<Complex64>,
    /// `τ = (1/pd) Tr M₁₁`: `M₂₂ = −(ℐ + τ𝒬)⁻¹ + (r rᵀ) n/m₂`.
    pub tau: Complex64,
    /// `m = (1/n) Tr M₁₁`.
    pub m: Complex64,
    /// `‖v − F(v)‖/‖v‖` at the end, v the unknowns τ, m₂ and r.
    pub residual: f64,
    /// Steps of the iteration.
    pub steps: usize,
}

const STEPS: usize = 200;
/// Rounding of one evaluation: sums of dp terms through an eigenbasis of moderate condition.
const RESIDUAL: f64 = 1e-13;
/// How many earlier steps the extrapolation combines.
const MEMORY: usize = 12;

/// Solves the full block equation, off-diagonal blocks and E𝒜 included, for n samples.
///
/// From the scalar solution, by Newton's step in τ with the scalar equation's derivative (the rest is of
/// relative size 1/(pd)), extrapolated over the last steps (Anderson 1965).
///
/// # Errors
/// [`DysonError::NotConverged`], z not in the upper half plane, n = 0.
pub fn solve(q: &Covariance, n: usize, z: Complex64) -> Result<ExchangeableSolution, DysonError> {
    checked_point(z, n)?;
    let (d, p) = q.shape();
    let pd = (d * p) as f64;
    let start = scalar::solve(n as f64 / pd, q, z)?;
    let mut v = Array1::zeros(2 + d * p);
    v[0] = start.m * n as f64 / pd;
    v[1] = start.m;
    let mut history = Extrapolation::default();
    let mut residual = f64::INFINITY;
    for steps in 1..=STEPS {
        let at = step(q, n, z, &v)?;
        residual = norm(&at.change) / norm(&v);
        // Near the axis the equation's own condition, of order (Im z)^{−1/2} at an edge, is added.
        if residual <= RESIDUAL * (1.0 + z.im.recip().sqrt()) && at.m.im > 0.0 {
            let r = Array2::from_shape_fn((d, p), |(i, j)| v[2 + i * p + j]);
            return Ok(ExchangeableSolution {
                m_1: at.m_1,
                m_2: v[1],
                r,
                tau: v[0],
                m: at.m,
                residual,
                steps,
            });
        }
        v = history.next(v, at.change);
    }
    let steps = STEPS;
    Err(NotConverged { z, residual, steps }.into())
}

fn norm(v: &Array1<Complex64>) -> f64 {
    v.iter().map(|x| x.norm_sqr()).sum::<f64>().sqrt()
}

struct Step {
    change: Array1<Complex64>,
    m_1: Complex64,
    m: Complex64,
}

/// The change that the equations ask of the unknowns `v = (τ, m₂, r)`.
fn step(q: &Covariance, n: usize, z: Complex64, v: &Array1<Complex64>) -> Result<Step, DysonError> {
    let (d, p) = q.shape();
    let (samples, pd) = (n as f64, (d * p) as f64);
    let (tau, m_2) = (v[0], v[1]);
    let r = Array2::from_shape_fn((d, p), |(i, j)| v[2 + i * p + j]);
    let response = q.response(tau)?;
    let mean = q.mean_feature().mapv(|x| Complex64::from(x / pd.sqrt()));
    let b = mean - q.apply_complex(r.view()) / Complex64::from(pd);
    let solved = q.resolvent(tau, b.view())?;
    let quadratic = (&b * &solved).sum();
    let pairing = (&solved * &q.apply_complex(solved.view())).sum();
    let s = -response.value + samples * m_2 / pd * pairing;
    let m_1 = (-z - s).inv();
    let m_2_next = (-z - s + samples * quadratic).inv();
    let tau_next = ((samples - 1.0) * m_1 + m_2_next) / pd;
    let slope = -samples / pd * m_1 * m_1 * response.derivative;
    let mut change = Array1::zeros(v.len());
    change[0] = (tau_next - tau) / (1.0 - slope);
    change[1] = m_2_next - m_2;
    for (k, x) in (solved * m_2 - r).iter().enumerate() {
        change[2 + k] = *x;
    }
    Ok(Step {
        change,
        m_1,
        m: tau_next * pd / samples,
    })
}

/// Anderson's extrapolation: the combination of the last changes of least norm.
#[derive(Default)]
struct Extrapolation {
    last: Option<(Array1<Complex64>, Array1<Complex64>)>,
    differences: VecDeque<(Array1<Complex64>, Array1<Complex64>)>,
}

impl Extrapolation {
    fn next(&mut self, v: Array1<Complex64>, change: Array1<Complex64>) -> Array1<Complex64> {
        if let Some((v_last, change_last)) = self.last.take() {
            self.differences
                .push_back((&v - &v_last, &change - &change_last));
            if self.differences.len() > MEMORY {
                self.differences.pop_front();
            }
        }
        let mut next = &v + &change;
        // Modified Gram–Schmidt from the newest difference back, without those that add nothing new.
        let mut rest = change.clone();
        let mut basis: Vec<(Array1<Complex64>, Array1<Complex64>)> = Vec::new();
        for (dv, df) in self.differences.iter().rev() {
            let (mut dv, mut df) = (dv.clone(), df.clone());
            let length = norm(&df);
            for (bv, bf) in &basis {
                let c: Complex64 = bf.iter().zip(&df).map(|(x, y)| x.conj() * y).sum();
                df.scaled_add(-c, bf);
                dv.scaled_add(-c, bv);
            }
            let left = norm(&df);
            if left <= 1e-8 * length || !left.is_finite() {
                continue;
            }
            df.mapv_inplace(|x| x / left);
            dv.mapv_inplace(|x| x / left);
            let c: Complex64 = df.iter().zip(&rest).map(|(x, y)| x.conj() * y).sum();
            rest.scaled_add(-c, &df);
            next.scaled_add(-c, &dv);
            next.scaled_add(-c, &df);
            basis.push((dv, df));
        }
        self.last = Some((v, change));
        next
    }
}
