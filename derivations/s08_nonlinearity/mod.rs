//! Section 8: the nonlinearity and the weights a.

claims! {
    hermite_split,
    universality,
    mean_part,
    random_weights,
    weights_law,
    free_sum,
}
