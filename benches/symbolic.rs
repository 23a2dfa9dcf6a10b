//! Time of proofs: `E Tr (GGᵀ)⁵`, and `E Tr NTKᵏ`, `k = 1, …, 4`, by the normal form and Wick's formula alone, with the check
//! in the prime fields, and with the certificate, whose size is printed. Asked for are 50 ms in all for the first, and
//! a second in all and 2 MB for the last. Of contractions and terms: contractions of W after the expectation over X, and
//! terms with the coefficients multiplied out after that and over W.
//!
//! `cargo bench --bench symbolic`

use std::time::{Duration, Instant};
use tensor_dyson::symbolic::{Expression, ProofError, TensorLaw, Theory};

/// The least of some times is what the machine can do.
const ROUNDS: usize = 5;

fn main() -> Result<(), ProofError> {
    let mut theory = Theory::new();
    theory.tensors("x[n,d] W[d,p]")?;
    println!(
        "{:<12}{:>12}  {:>9}  {:>9}  {:>10}  {:>10}  {:>12}  {:>8}",
        "mean of", "contractions", "terms", "all terms", "Wick", "checked", "certificate", "bytes"
    );
    row(&theory, "Tr (GGᵀ)⁵", &wishart(5), &["W"])?;
    for k in 1..=4 {
        row(&theory, &format!("Tr NTK^{k}"), &trace(k), &["x", "W"])?;
    }
    Ok(())
}

fn row(theory: &Theory, name: &str, text: &str, over: &[&str]) -> Result<(), ProofError> {
    let begin = theory.expression(text)?;
    let mean =
        |expression: Expression, tensor: &&str| expression.expected(tensor, &TensorLaw::Gaussian);
    let whole = || over.iter().try_fold(begin.clone(), mean);
    let first = mean(begin.clone(), &over[0])?;
    let prove = || {
        let mut prover = theory.prove(name).from(text)?;
        for tensor in over {
            prover = prover.expect("", tensor, &TensorLaw::Gaussian)?;
        }
        Ok::<_, ProofError>(prover.done())
    };
    let computed = least(|| whole().map(|_| ()))?;
    let checked = least(|| prove().map(|_| ()))?;
    let proof = prove()?;
    let certified = least(|| proof.certificate().map(|own| drop(own.to_json())))?;
    let bytes = proof.certificate()?.to_json().len();
    let terms = [first.term_count(), whole()?.term_count()];
    println!(
        "{name:<12}{:>12}  {:>9}  {:>9}  {computed:>10.1?}  {checked:>10.1?}  {certified:>12.1?}  {bytes:>8}",
        first.terms().len(),
        terms[0],
        terms[1],
    );
    Ok(())
}

fn least<E>(mut run: impl FnMut() -> Result<(), E>) -> Result<Duration, E> {
    let mut least = Duration::MAX;
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        run()?;
        least = least.min(begin.elapsed());
    }
    Ok(least)
}

/// `Tr (GGᵀ)ᵏ`.
fn wishart(k: usize) -> String {
    let link = |t: usize| format!("W[a{t},b{t}] W[a{},b{t}]", (t + 1) % k);
    (0..k).map(link).collect::<Vec<_>>().join(" ")
}

/// `Tr NTKᵏ` without its scale, in the entries of `X` and `W`.
fn trace(k: usize) -> String {
    let omega = |i: usize, t: usize, c: &str| format!("x[i{i},a{t}] x[i{i},{c}{t}] W[{c}{t},b{t}]");
    let link = |t: usize| format!("{} {}", omega(t, t, "k"), omega((t + 1) % k, t, "q"));
    (0..k).map(link).collect::<Vec<_>>().join(" ")
}
