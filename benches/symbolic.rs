//! Terms and time of `E Tr NTKᵏ`, `k = 1, …, 4`, with and without the check in the prime field.
//!
//! `cargo bench --bench symbolic`

use std::time::Instant;
use tensor_dyson::symbolic::{Expression, Law, ProofError, Theory};

fn main() -> Result<(), ProofError> {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] W[d,p]")?;
    println!("k  terms after X  terms after W   normal form and Wick   with the field check");
    for k in 1..=4 {
        let text = trace(k);
        let begin = Instant::now();
        let over_x = theory.expression(&text)?.expected("x", &Law::Gaussian)?;
        let over_w = over_x.expected("W", &Law::Gaussian)?;
        let computed = begin.elapsed();
        let begin = Instant::now();
        let proof = theory.prove("").from(&text)?;
        proof
            .expect("", "x", &Law::Gaussian)?
            .expect("", "W", &Law::Gaussian)?;
        let checked = begin.elapsed();
        let (x, w) = (monomials(&over_x), monomials(&over_w));
        println!("{k}  {x:>13}  {w:>13}  {computed:>21.1?}  {checked:>21.1?}");
    }
    Ok(())
}

/// `Tr NTKᵏ` without its scale, in the entries of `X` and `W`.
fn trace(k: usize) -> String {
    let omega = |i: usize, t: usize, c: &str| format!("x[i{i},a{t}] x[i{i},{c}{t}] W[{c}{t},b{t}]");
    let link = |t: usize| format!("{} {}", omega(t, t, "k"), omega((t + 1) % k, t, "q"));
    (0..k).map(link).collect::<Vec<_>>().join(" ")
}

/// Monomials in the dimensions, over all contractions.
fn monomials(expression: &Expression) -> usize {
    expression
        .terms()
        .iter()
        .map(|term| term.coefficient.terms().count())
        .sum()
}
