//! The law of a polynomial in random matrices, three ways: from its equation with bounds, from exact moments, from samples.
//!
//! Run with `cargo run --release --example polynomial_law`.

use tensor_dyson::measure::Law;
use tensor_dyson::model::Streams;
use tensor_dyson::polynomial::{MatrixExpression, Variables};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A signal XDXᵀ and noise YYᵀ, X n×d, Y n×p, half the entries of D 1 and half 3.
    let variables = Variables::new()
        .gaussian("X", "n", "d")
        .gaussian("Y", "n", "p")
        .free("D", Law::parse("atoms(1:0.5, 3:0.5)")?)
        .ratio("n", "d", 0.5)
        .ratio("n", "p", 0.25);
    let polynomial = MatrixExpression::parse("X*D*X' + Y*Y'", &variables)?;

    // 1. The pencil of which it is the Schur complement, proved for every n, d and p.
    println!("{}", polynomial.linearisation());

    // 2. The law: edges, and the density with a bound on its error.
    let law = polynomial.law()?;
    println!("support {:?}", law.support()?);
    let density = law.density(3.0)?;
    println!(
        "density at 3: {:.12} ± {:.0e}",
        density.value, density.radius
    );

    // 3. Exact moments, by non-crossing partitions.
    if let Some(moments) = polynomial.moments(3)? {
        let moments: Vec<String> = moments.iter().map(ToString::to_string).collect();
        println!("moments {}", moments.join(", "));
    }

    // 4. The equation of its transform, from moments alone.
    if let Some(equation) = polynomial.scalar_equation()? {
        println!("{equation}");
    }

    // 5. A sample, evaluated as the expression stands.
    let eigenvalues = polynomial.sample(200, &mut Streams::new(1, "example").stream(0))?;
    let mean = eigenvalues.iter().sum::<f64>() / eigenvalues.len() as f64;
    println!("mean eigenvalue of a sample: {mean:.2}");
    Ok(())
}
