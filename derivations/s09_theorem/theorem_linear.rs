//! The theorem for `σ′ = x`, a = ±1.
//!
//! Slide 'Main result', as printed and as corrected in `plus_minus_one`. Reach: rates in d for `|s_emp − s|` and the
//! Kolmogorov distance. Controls: the law as printed; where there is a linear part the printed mixture with the shift
//! corrected; without a shift 1/γ₂ for γ₂.

use super::plus_minus_one::{USES, plus_minus_one};
use tensor_dyson::ledger::Claim;
use tensor_dyson::model::Activation;

pub(crate) const CLAIM: Claim = Claim {
    id: "theorem-linear",
    section: 9,
    slide: "Main result",
    settles: &[
        "a = ±1: MP^{γ₁} ⊠ (α² μ*μ + (β² − α²))",
        "figures: σ′ = x, σ′ = cos",
    ],
    statement: r"$\sigma' = x$, $a = \pm1$: the NTK's law tends to the MP map of $\tfrac{\gamma_2}{2}\,\mu * \mu$ $+\,(1-\gamma_2)\,\mu$ $+\,\tfrac{\gamma_2}{2}\,\delta_0.$",
    uses: USES,
    check: |ctx| plus_minus_one(ctx, Activation::Identity),
    ..Claim::BLANK
};
