//! c₀ = α = 0, c₂ ≠ 0: the p directions `w_b ⊗ e_b`, along which ω has the variance `Var zφ(z)` (5 for φ = h₂, beside Var φ = 1),
//! lie above the rest of `E ω⊗ω`; whether they part from it is not settled here.
//!
//! Slide 'Conclusion' (outliers or minibulk). No evidence is offered: at the sizes that samples reach, `|w_b|²/d` fluctuates by
//! √(2/d), which h₂ turns into a spread of those p values wider than their distance from the others.

use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Open, Printed};

pub(crate) const CLAIM: Claim = Claim {
    id: "minibulk-h2",
    section: 11,
    slide: "Conclusion",
    settles: &["outliers or minibulk, O(d) eigenvalues"],
    statement: r"$c_0 = \alpha = 0$, $c_2 \ne 0$: $O(p)$ eigenvalues near those of $w_b \otimes e_b$ leave the bulk.",
    uses: &["exact-covariance", "outlier-count"],
    check,
    ..Claim::BLANK
};

fn check(_: &Context) -> Result<Finding, CheckError> {
    let open = Open {
        why: "Up to d = 45 the p largest eigenvalues of the exact covariance run into the others without a gap.",
        settled_by: "weights with |w_b|² = d, whose exact covariance has no such spread, or the law of 𝒬's eigenvalues with \
                     |w_b| random; then samples at d of several hundred",
    };
    Ok(Finding {
        printed: Printed::unsettled("minibulk, φ = h₂", open),
        ..Finding::default()
    })
}
