//! The talk: its title, its theorem as it holds, its sections, and its formulas in TeX for the report.

use tensor_dyson::report::About;

pub(crate) const TALK: About = About {
    title: "Eigenvalue distribution of the Neural Tangent Kernel in the quadratic scaling",
    source: "L. Benigni and E. Paquette, ICERM, 22 May 2024; arXiv 2508.20036",
    introduction: "",
    theorem: "",
    sections: &[
        (1, "Neural networks and their tangent kernel"),
        (2, "Linear and quadratic scaling"),
        (3, "Operations on laws"),
        (4, "The matrix Dyson equation for Marchenko–Pastur"),
        (5, "The NTK as a Gram matrix and its covariance"),
        (6, "The spectrum of 𝒬"),
        (7, "Linearization and the tensor Dyson equation"),
        (8, "The nonlinearity and the weights"),
        (9, "The theorem, end to end"),
        (10, "Nonlinear random matrix models"),
        (11, "Beyond the eigenvalue distribution"),
    ],
    notation: &[],
    seed: 20240522,
};
