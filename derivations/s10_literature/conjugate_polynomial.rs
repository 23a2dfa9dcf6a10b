//! Conjugate kernel, polynomial width, n/d^{ℓ₁} → γ₁, n/p^{ℓ₂} → γ₂.
//!
//! Slide 'Nonlinear random matrix models' cites [Misiakiewicz '24] and prints no law: open. No evidence is offered: a
//! sample that fitted some law would not settle a statement that is not there.

use super::SLIDE;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Open, Printed};

pub(crate) const CLAIM: Claim = Claim {
    id: "conjugate-polynomial",
    section: 10,
    slide: SLIDE,
    settles: &["conjugate kernel, polynomial width"],
    statement: r"Conjugate kernel, $n/d^{\ell_1} \to \gamma_1$, $n/p^{\ell_2} \to \gamma_2$: an eigenvalue distribution, cited and not printed.",
    uses: &["conjugate-kernel", "kernel-polynomial"],
    check,
    ..Claim::BLANK
};

fn check(_: &Context) -> Result<Finding, CheckError> {
    let open = Open {
        why: "The slide prints no law for this regime, only a citation.",
        settled_by: "the statement of the paper with its normalisation; then samples at n = γ₁d^{ℓ₁} above 10⁴ \
                     (for ℓ₁ = 2 the kernel's own limit is approached like d^{−1/4} to d^{−1/2})",
    };
    Ok(Finding {
        printed: Printed::unsettled("Polynomial width n/d^{ℓ₁} → γ₁, n/p^{ℓ₂} → γ₂", open),
        ..Finding::default()
    })
}
