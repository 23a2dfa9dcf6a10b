//! 𝒬 by hand: for `G = [[1, 2], [0, 1]]` every entry of `𝒬 = τ₂₃(I⊗GᵀG) + τ₂₄(G⊗G)` is a product of two small
//! integers, and its eigenvalues are the `σ_i² + σ_j²`, i ≤ j, with zeros for the rest.
//!
//! `cargo run --example inspect_q`

use ndarray::{Array2, Array4, array};
use std::error::Error;
use std::fmt::Write;
use tensor_dyson::covariance::{braided_covariance, linear_eigenvalues};
use tensor_dyson::linalg::{singular_values, symmetric_eigen};
use tensor_dyson::tensor::matricize;

fn page() -> Result<String, Box<dyn Error>> {
    let mut page = String::new();
    let g = array![[1.0, 2.0], [0.0, 1.0]];
    writeln!(page, "G = {g}\nGᵀG = {}\n", g.t().dot(&g))?;

    // The two braids: (τ₂₃(I⊗GᵀG))_abcd = δ_ac (GᵀG)_bd and (τ₂₄(G⊗G))_abcd = G_ad G_cb.
    let (first, second) = braided_covariance(g.view());
    let q: Array4<f64> = &first + &second;
    writeln!(page, "a b c d | δ_ac (GᵀG)_bd + G_ad G_cb = 𝒬_abcd")?;
    for ((a, b, c, d), value) in q.indexed_iter() {
        let (x, y) = (first[[a, b, c, d]], second[[a, b, c, d]]);
        writeln!(page, "{a} {b} {c} {d} | {x:13} + {y:9} = {value:6}")?;
    }

    // As an operator 𝒬 sends M to M GᵀG + G Mᵀ G; its matrix has the rows (a, b) and the columns (c, d).
    let m = array![[1.0, 0.0], [1.0, 1.0]];
    let by_hand = m.dot(&g.t()).dot(&g) + g.dot(&m.t()).dot(&g);
    let image = matricize(q.view()).dot(&m.flatten());
    let image = Array2::from_shape_vec((2, 2), image.to_vec())?;
    writeln!(page, "\nM = {m}\nM GᵀG + G Mᵀ G = {by_hand}\n𝒬·M = {image}")?;

    // GᵀG has the eigenvalues 3 ± 2√2: so 𝒬 has 6 + 4√2, 6, 6 − 4√2, and 0.
    let singular = singular_values(g.view())?;
    let squares: Vec<f64> = singular.iter().map(|s| s * s).collect();
    writeln!(page, "\nσ₁² = {:.6}, σ₂² = {:.6}", squares[0], squares[1])?;
    writeln!(page, "σ_i² + σ_j², i ≤ j, and 0:")?;
    for (value, count) in linear_eigenvalues(&singular, 2, 2).with_multiplicity() {
        writeln!(page, "  {value:.6}  (× {count})")?;
    }
    let eigen = symmetric_eigen(matricize(q.view()).view())?;
    writeln!(
        page,
        "\nDense eigenpairs, each eigenvector as the matrix M with 𝒬·M = q M:"
    )?;
    for (value, m) in eigen.values.iter().zip(eigen.vectors.columns()) {
        // The numbers that are 0 up to rounding have no sign.
        let m = m.mapv(|x| if x.abs() < 1e-12 { 0.0 } else { x });
        let value = if value.abs() < 1e-12 { 0.0 } else { *value };
        let rows = format!(
            "[[{:7.4}, {:7.4}], [{:7.4}, {:7.4}]]",
            m[0], m[1], m[2], m[3]
        );
        writeln!(page, "  q = {value:9.6}   M = {rows}")?;
    }
    Ok(page)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", page()?);
    Ok(())
}
