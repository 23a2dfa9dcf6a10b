//! The theorem for σ = tanh, a = ±1.
//!
//! Slide 'Main result', as printed and as corrected in `plus_minus_one`. Reach: rates in d for `|s_emp − s|` and the
//! Kolmogorov distance. Controls: the law as printed; where there is a linear part the printed mixture with the shift
//! corrected; without a shift 1/γ₂ for γ₂.

use super::plus_minus_one::{USES, plus_minus_one};
use tensor_dyson::ledger::Claim;
use tensor_dyson::model::Activation;

pub(crate) const CLAIM: Claim = Claim {
    id: "theorem-tanh",
    section: 9,
    slide: "Main result",
    settles: &["a = ±1: MP^{γ₁} ⊠ (α² μ*μ + (β² − α²))"],
    statement: r"$\sigma = \tanh$, $a = \pm1$: the NTK's law tends to the MP map of $\delta$ at $\beta^2 - c_0^2.$",
    uses: USES,
    check: |ctx| plus_minus_one(ctx, Activation::TanhPrime),
    ..Claim::BLANK
};
