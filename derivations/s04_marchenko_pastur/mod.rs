//! Section 4: the matrix Dyson equation for Marchenko–Pastur.

claims! {
    mp_linearization,
    mp_superoperator,
    mp_dyson,
    mp_scalar,
}
