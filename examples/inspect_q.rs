//! 𝒬 for the 2×2 integer matrix G = [[1, 2], [0, 1]], entry by entry, with both braids and the eigenpairs.

use ndarray::{Array4, array};
use tensor_dyson::covariance::{braided_covariance, linear_eigenvalues};
use tensor_dyson::linalg::{singular_values, symmetric_eigen};
use tensor_dyson::tensor::matricize;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let g = array![[1.0, 2.0], [0.0, 1.0]];
    let (first, second) = braided_covariance(g.view());
    let q: Array4<f64> = &first + &second;
    println!("G = {g}\n");
    println!("a b c d | τ₂₃(I⊗GᵀG)  τ₂₄(G⊗G)   𝒬");
    for ((a, b, c, d), value) in q.indexed_iter() {
        let (x, y) = (first[[a, b, c, d]], second[[a, b, c, d]]);
        println!("{a} {b} {c} {d} | {x:10} {y:10} {value:4}");
    }
    let singular = singular_values(g.view())?;
    println!(
        "\nσ² = {:.6}, {:.6}",
        singular[0].powi(2),
        singular[1].powi(2)
    );
    println!("σ_i² + σ_j², i ≤ j, and 0:");
    for (value, count) in linear_eigenvalues(&singular, 2, 2).with_multiplicity() {
        println!("  {value:.6}  (× {count})");
    }
    let eigen = symmetric_eigen(matricize(q.view()).view())?;
    println!("\nDense eigenpairs, each eigenvector as the matrix M with 𝒬·M = q M:");
    for (value, m) in eigen.values.iter().zip(eigen.vectors.columns()) {
        println!(
            "  q = {value:9.6}   M = [[{:7.4}, {:7.4}], [{:7.4}, {:7.4}]]",
            m[0], m[1], m[2], m[3]
        );
    }
    Ok(())
}
