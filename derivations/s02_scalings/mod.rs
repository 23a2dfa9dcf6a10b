//! Section 2: the simpler models `M₁ = XXᵀ/d` and `M₂ = XXᵀ/d ∘ YYᵀ/p` in the linear and the quadratic scaling.

claims! {
    linear_m1,
    linear_m2,
    quadratic_m1,
    quadratic_m2,
}
