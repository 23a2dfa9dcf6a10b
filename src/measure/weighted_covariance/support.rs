//! The support of the Marchenko–Pastur map of 𝒬's limit law.

use super::*;
use crate::measure::MpMapError;

/// Points of the grid on which gaps are looked for.
const GRID: usize = 160;

impl WeightedCovariance {
    /// The intervals of the support of the Marchenko–Pastur map with ratio `gamma`, ascending, without the atom
    /// at 0.
    ///
    /// The complement is the image of the real ω with −1/t = ω/γ off the support of 𝒬's law and `dz/dω > 0`
    /// (Silverstein and Choi 1995). It is looked for on a grid of 160 points of ω up to twice the bound of the
    /// support, and at the atoms `γcx` of 𝒬, and each end is found by bisection: a gap narrower than the
    /// grid may be missed.
    ///
    /// # Errors
    /// A ratio that is not a positive number.
    pub fn mp_map_support(&self, gamma: f64) -> Result<Vec<(f64, f64)>, MpMapError> {
        if !(gamma.is_finite() && gamma > 0.0) {
            return Err(MpMapError::Gamma { gamma });
        }
        let top = self.support_bound();
        if top == 0.0 {
            return Ok(Vec::new());
        }
        let jet = |w: f64| self.response(Complex64::from(-gamma / w)).ok();
        let outside =
            |w: f64| jet(w).is_some_and(|at| 1.0 + gamma / (w * w) * at.derivative.re > 0.0);
        let reach = top * (gamma + gamma.sqrt()) * (1.0 + 1e-9);
        let mut grid = vec![-reach];
        // Finer towards 0 on both sides, where ω changes sign.
        grid.extend((0..24).map(|k| -reach * 0.5f64.powi(k + 1)));
        grid.extend((0..24).rev().map(|k| reach / GRID as f64 * 0.5f64.powi(k)));
        grid.extend((2..=GRID).map(|k| reach * k as f64 / GRID as f64));
        let poles: Vec<f64> = self
            .weights
            .at()
            .iter()
            .map(|x| gamma * self.shift * x)
            .filter(|w| *w > 0.0)
            .collect();
        grid.extend(&poles);
        grid.sort_by(f64::total_cmp);
        grid.dedup();
        let states: Vec<bool> = grid
            .iter()
            .map(|w| !poles.contains(w) && outside(*w))
            .collect();
        let mut edges = Vec::new();
        for k in 1..grid.len() {
            if states[k - 1] == states[k] {
                continue;
            }
            let (mut low, mut high) = (grid[k - 1], grid[k]);
            loop {
                let middle = 0.5 * (low + high);
                if middle <= low || middle >= high {
                    break;
                }
                if outside(middle) == states[k - 1] {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            let w = if states[k] { high } else { low };
            let value = jet(w).map_or(f64::NAN, |at| w + at.value.re);
            edges.push(value.max(0.0));
        }
        Ok(edges.chunks_exact(2).map(|e| (e[0], e[1])).collect())
    }
}
