//! How far beyond the edge of the bulk the largest eigenvalue of noise reaches at the sizes at hand.

use super::DataError;
use super::tracy_widom::{curvature, inverse, tracy_widom};
use crate::measure::Law;
use std::f64::consts::PI;

/// Centre and scale of an extreme eigenvalue of noise of variance 1: `(λ − centre)/scale → TW₁`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// The centre.
    pub center: f64,
    /// The scale, of the order of the size to the power −2/3.
    pub scale: f64,
    /// What the noise variance's own estimate takes away: `(1/(np)) (centre/scale)²`; 0 where that variance is given.
    pub studentised: f64,
}

impl Margin {
    /// Of the largest eigenvalue of `XᵀX/n`, X n×p with independent entries.
    ///
    /// ```math
    /// n centre = (√(n−½) + √(p−½))²,   n scale = (√(n−½) + √(p−½)) (1/√(n−½) + 1/√(p−½))^{1/3}
    /// ```
    ///
    /// (Johnstone 2001, with the shifts by ½ of Ma 2012, which bring the error from the order of the size^(−1/3) to −2/3; El
    /// Karoui 2006 has them for complex matrices.)
    pub fn white(n: f64, p: f64) -> Self {
        let (a, b) = ((n - 0.5).sqrt(), (p - 0.5).sqrt());
        Margin {
            center: (a + b).powi(2) / n,
            scale: (a + b) * (1.0 / a + 1.0 / b).cbrt() / n,
            studentised: 0.0,
        }
    }

    /// Of the largest of p eigenvalues with a law whose density falls to 0 like a root, `ρ ≈ (c/π) √(edge − x)`: then
    /// the scale is `(c p)^{−2/3}` (El Karoui 2007, Lee and Schnelli 2016). c is read off the density beside the edge.
    ///
    /// # Errors
    /// [`DataError::Law`] where the law has no upper edge or no density there.
    pub fn of_law(law: &Law, p: f64) -> Result<Self, DataError> {
        let (low, edge) = law.support()?.last().copied().ok_or(DataError::NoEdge)?;
        let near = |share: f64| -> Result<f64, DataError> {
            let below = share * (edge - low);
            Ok(PI * law.density(edge - below)?.value / below.sqrt())
        };
        // What is linear in the distance cancels.
        let c = 2.0 * near(5e-4)? - near(1e-3)?;
        if !(c.is_finite() && c > 0.0) {
            return Err(DataError::NoEdge);
        }
        Ok(Margin {
            center: edge,
            scale: (c * p).powf(-2.0 / 3.0),
            studentised: 0.0,
        })
    }

    /// For an eigenvalue that is divided by the mean of all, which varies with variance `2/(np)`: less wide than TW₁,
    /// `F₁(s) − (1/(np)) (centre/scale)² F₁″(s)` (Nadler 2011).
    pub fn studentised(self, n: f64, p: f64) -> Self {
        let studentised = (self.center / self.scale).powi(2) / (n * p);
        Margin {
            studentised,
            ..self
        }
    }

    fn cumulative(&self, s: f64) -> f64 {
        let f = tracy_widom(s);
        if self.studentised == 0.0 || f == 0.0 || f == 1.0 {
            return f;
        }
        (f - self.studentised * curvature(s)).clamp(0.0, 1.0)
    }

    /// The probability that noise of variance 1 reaches beyond `value`.
    pub fn p_value(&self, value: f64) -> f64 {
        1.0 - self.cumulative((value - self.center) / self.scale)
    }

    /// What noise of variance 1 exceeds with probability `level`.
    pub fn threshold(&self, level: f64) -> f64 {
        self.center + self.scale * inverse(1.0 - level, |s| self.cumulative(s))
    }
}

/// What the smallest nonzero eigenvalue of noise of variance 1 falls below with probability `level`, for `XᵀX/n`, X n×p:
/// with `μ = (√(n−½) − √(p−½))²`, `τ = σ/μ`, `(log λ − log μ − τ²/8)/τ → −TW₁` (Ma 2012). `None` where n and p are so near
/// that there is no lower edge.
pub(crate) fn lowest_of_white(n: f64, p: f64, level: f64) -> Option<f64> {
    let (long, short) = ((n.max(p) - 0.5).sqrt(), (n.min(p) - 0.5).sqrt());
    let center = (long - short).powi(2);
    let scale = (long - short) * (1.0 / short - 1.0 / long).cbrt();
    let share = scale / center;
    // Ma's expansion is one in τ.
    if !(share > 0.0 && share < 0.5) {
        return None;
    }
    let s = inverse(1.0 - level, tracy_widom);
    let log = (center / n).ln() + share * share / 8.0 - share * s;
    Some(log.exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The scale from a density's root is the one in closed form, but for the shifts by ½, of relative size 1/size; and
    /// for two population values it is that of El Karoui's formula with the root c of the critical equation.
    #[test]
    fn the_scale_of_a_law_is_that_of_the_formulas() {
        let (n, p) = (4000.0, 1000.0);
        let law = Law::marchenko_pastur(p / n).unwrap();
        let (ours, theirs) = (Margin::of_law(&law, p).unwrap(), Margin::white(n, p));
        assert!((ours.scale / theirs.scale - 1.0).abs() < 2e-3);
        assert!((ours.center / theirs.center - 1.0).abs() < 1e-3);

        // In other units, in these units the same.
        for unit in [1e-3, 1e3] {
            let scaled = Law::parse(&format!("{unit} * mp(0.25)")).unwrap();
            let margin = Margin::of_law(&scaled, p).unwrap();
            assert!((margin.scale / (unit * ours.scale) - 1.0).abs() < 1e-9);
        }

        let gamma = 0.5;
        let two = Law::parse("mp(0.5) [x] atoms(1:0.5, 3:0.5)").unwrap();
        let margin = Margin::of_law(&two, p).unwrap();
        // ∫ (λc/(1−λc))² dH = 1/γ for c in (0, 1/3).
        let moment = |c: f64, k: i32| -> f64 {
            [1.0, 3.0]
                .map(|t: f64| 0.5 * (t * c / (1.0 - t * c)).powi(k))
                .iter()
                .sum()
        };
        let (mut low, mut high) = (0.0, 1.0 / 3.0);
        for _ in 0..60 {
            let c = 0.5 * (low + high);
            if moment(c, 2) < 1.0 / gamma {
                low = c;
            } else {
                high = c;
            }
        }
        let center = (1.0 + gamma * moment(low, 1)) / low;
        let scale =
            ((1.0 + gamma * moment(low, 3)) / low.powi(3)).cbrt() * (p / gamma).powf(-2.0 / 3.0);
        assert!(
            (margin.center - center).abs() < 1e-9,
            "{} {center}",
            margin.center
        );
        assert!(
            (margin.scale / scale - 1.0).abs() < 1e-4,
            "{} {scale}",
            margin.scale
        );
    }

    #[test]
    fn a_threshold_has_its_p_value() {
        let margin = Margin::white(100.0, 40.0);
        for margin in [margin, margin.studentised(100.0, 40.0)] {
            for level in [0.3, 0.05, 1e-3] {
                assert!((margin.p_value(margin.threshold(level)) - level).abs() < 1e-9);
            }
        }
        // A ratio to the mean varies less.
        assert!(margin.studentised(100.0, 40.0).threshold(0.05) < margin.threshold(0.05));
        assert!(lowest_of_white(100.0, 100.0, 0.05).is_none());
        let low = lowest_of_white(400.0, 100.0, 0.05).unwrap();
        assert!(low < 0.25 && low > 0.2, "{low}");
    }
}
