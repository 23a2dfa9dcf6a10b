//! What the two free convolutions are on the real axis beside the supports.

use crate::measure::law::local::LawJet;

/// What the two convolutions have in common on the real axis.
pub(crate) trait Pairing {
    /// A function of w that increases along the complement of the support.
    fn level(&self, w: f64, jet: &LawJet) -> (f64, f64);
    /// Positive where `(ω₁, ω₂)` belongs to a z off the support.
    fn sign(&self, first: (f64, &LawJet), second: (f64, &LawJet)) -> f64;
    /// z.
    fn z(&self, first: (f64, &LawJet), second: (f64, &LawJet)) -> f64;
    /// Whether an atom at 0 is no pole of the level.
    fn skips_zero(&self) -> bool;
}

/// `s_μ(ω₁) = s_ν(ω₂)`; `dω₁/dz > 0` is `H_μ′ H_ν′ < 1`.
pub(crate) struct Sum;

impl Pairing for Sum {
    fn level(&self, _: f64, jet: &LawJet) -> (f64, f64) {
        (jet.s.re, jet.ds.re)
    }

    fn sign(&self, (_, a): (f64, &LawJet), (_, b): (f64, &LawJet)) -> f64 {
        let slope = |jet: &LawJet| jet.ds.re / (jet.s.re * jet.s.re) - 1.0;
        1.0 - slope(a) * slope(b)
    }

    fn z(&self, (w, a): (f64, &LawJet), (v, b): (f64, &LawJet)) -> f64 {
        if w.abs() > v.abs() {
            v - a.chi.re / a.s.re
        } else {
            w - b.chi.re / b.s.re
        }
    }

    fn skips_zero(&self) -> bool {
        false
    }
}

/// `χ_μ(w₁) = χ_ν(w₂) = y`; the condition is `dz/dy < 0`.
pub(crate) struct Product;

impl Pairing for Product {
    fn level(&self, w: f64, jet: &LawJet) -> (f64, f64) {
        (-jet.chi.re, jet.s.re + w * jet.ds.re)
    }

    fn sign(&self, first: (f64, &LawJet), second: (f64, &LawJet)) -> f64 {
        // z = −w₁ y/s₂ with the larger of the two w in front: no term is infinite where the other vanishes.
        let ((w, a), (v, b)) = if first.0.abs() > second.0.abs() {
            (first, second)
        } else {
            (second, first)
        };
        let slope = |w: f64, jet: &LawJet| -jet.s.re - w * jet.ds.re;
        let relative = 1.0 / (w * slope(w, a)) + 1.0 / a.chi.re - b.ds.re / (b.s.re * slope(v, b));
        -self.z((w, a), (v, b)) * relative
    }

    fn z(&self, (w, a): (f64, &LawJet), (v, b): (f64, &LawJet)) -> f64 {
        if w.abs() > v.abs() {
            -w * a.chi.re / b.s.re
        } else {
            -v * b.chi.re / a.s.re
        }
    }

    fn skips_zero(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    /// At places with one χ the product of both, `z = w₁ w₂ y/(1 + y)`, whichever is the larger.
    #[test]
    fn the_place_of_a_product_is_symmetric() {
        let y = 0.75;
        let jet = |w: f64| LawJet {
            at: Complex64::from(w),
            s: Complex64::from(-(1.0 + y) / w),
            ds: Complex64::ONE,
            chi: Complex64::from(y),
            dchi: Complex64::ONE,
        };
        for (w, v) in [(2.0, 5.0), (5.0, 2.0), (-3.0, 7.0), (7.0, -3.0)] {
            let found = Product.z((w, &jet(w)), (v, &jet(v)));
            assert!(
                (found - w * v * y / (1.0 + y)).abs() < 1e-14,
                "{w} {v}: {found}"
            );
        }
    }
}
