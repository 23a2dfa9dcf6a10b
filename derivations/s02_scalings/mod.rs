//! Section 2: the simpler models `M₁ = XXᵀ/d` and `M₂ = XXᵀ/d ∘ YYᵀ/p` in the linear and the quadratic scaling.

mod linear_m1;
mod linear_m2;
mod quadratic_m1;
mod quadratic_m2;

use tensor_dyson::ledger::Claim;

pub(crate) const CLAIMS: [Claim; 4] = [
    linear_m1::CLAIM,
    linear_m2::CLAIM,
    quadratic_m1::CLAIM,
    quadratic_m2::CLAIM,
];
