//! The theorem for σ = ReLU, a = ±1.
//!
//! Slide 'Main result', as printed and as corrected in `plus_minus_one`. Reach: rates in d for `|s_emp − s|` and the
//! Kolmogorov distance. Controls: the law as printed; where there is a linear part the printed mixture with the shift
//! corrected; without a shift 1/γ₂ for γ₂.

use super::plus_minus_one::{USES, plus_minus_one};
use tensor_dyson::ledger::Claim;
use tensor_dyson::model::Activation;

pub(crate) const CLAIM: Claim = Claim {
    id: "theorem-relu",
    section: 9,
    slide: "Main result",
    settles: &["a = ±1: MP^{γ₁} ⊠ (α² μ*μ + (β² − α²))"],
    statement: r"$\sigma = \mathrm{ReLU}$, $a = \pm1$: the NTK's law tends to the MP map of $\alpha^2$-mixture $+\,(\beta^2 - \alpha^2 - c_0^2).$",
    uses: USES,
    assumes: &["The step function is not pseudo-Lipschitz: outside the slide's assumptions"],
    check: |ctx| plus_minus_one(ctx, Activation::Step),
    ..Claim::BLANK
};
