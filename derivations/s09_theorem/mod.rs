//! Section 9: the theorem, end to end: the NTK's law against the Marchenko–Pastur map of law(𝒬).

mod limit_law;
mod moments;
mod plus_minus_one;

#[cfg(test)]
pub(crate) use plus_minus_one::density;

claims! {
    theorem_linear,
    theorem_cos,
    theorem_relu,
    theorem_tanh,
    theorem_random_weights,
    theorem_non_gaussian,
    ntk_moments,
    ntk_limit_moments,
}
