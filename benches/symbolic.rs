//! Terms and time of `E Tr NTKᵏ`, `k = 1, …, 4`, with and without the check in the prime field: contractions of
//! W after the expectation over X, and terms with the coefficients multiplied out after that and over W.
//!
//! `cargo bench --bench symbolic`

use std::time::Instant;
use tensor_dyson::symbolic::{ProofError, TensorLaw, Theory};

fn main() -> Result<(), ProofError> {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] W[d,p]")?;
    println!("k  contractions  terms/X  terms/W   normal form and Wick  with the field check");
    for k in 1..=4 {
        let text = trace(k);
        let begin = Instant::now();
        let over_x = theory
            .expression(&text)?
            .expected("x", &TensorLaw::Gaussian)?;
        let over_w = over_x.expected("W", &TensorLaw::Gaussian)?;
        let computed = begin.elapsed();
        let begin = Instant::now();
        let proof = theory.prove("").from(&text)?;
        proof
            .expect("", "x", &TensorLaw::Gaussian)?
            .expect("", "W", &TensorLaw::Gaussian)?;
        let checked = begin.elapsed();
        let (x, w) = (over_x.term_count(), over_w.term_count());
        let contractions = over_x.terms().len();
        println!("{k}  {contractions:>12}  {x:>7}  {w:>7}  {computed:>21.1?}  {checked:>20.1?}");
    }
    Ok(())
}

/// `Tr NTKᵏ` without its scale, in the entries of `X` and `W`.
fn trace(k: usize) -> String {
    let omega = |i: usize, t: usize, c: &str| format!("x[i{i},a{t}] x[i{i},{c}{t}] W[{c}{t},b{t}]");
    let link = |t: usize| format!("{} {}", omega(t, t, "k"), omega((t + 1) % k, t, "q"));
    (0..k).map(link).collect::<Vec<_>>().join(" ")
}
