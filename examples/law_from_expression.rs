//! A law from an expression: its transform on the real axis, edges, atoms, quantiles and moments, each with an error
//! bound, and a sample that has it.
//!
//! `cargo run --example law_from_expression -- "mp(0.5) [+] semicircle(1)"`

use num_complex::Complex64;
use std::error::Error;
use std::fmt::Write;
use std::process::ExitCode;
use tensor_dyson::measure::Law;

/// The limit law of the NTK for σ′ = x, a = ±1, n = dp/2 and p = d: the MP map of ½ μ*μ + ½ δ₀, μ = MP¹.
const NTK: &str = "mpmap(0.5, covariance(1, 1, 1, 0, point(1)))";

fn page(expression: &str) -> Result<String, Box<dyn Error>> {
    let mut page = String::new();
    let law = Law::parse(expression)?;
    writeln!(page, "{law}")?;

    let support = law.support()?;
    for (low, high) in support {
        writeln!(page, "support   [{low:.12}, {high:.12}]")?;
    }
    for atom in law.point_masses() {
        writeln!(page, "atom      {:.6} of mass {:.6}", atom.at, atom.mass)?;
    }
    let moments = law.moments(4)?;
    writeln!(page, "moments   {:.6?}", &moments[1..])?;

    // The transform is defined up to the axis, where its imaginary part is π times the density.
    writeln!(
        page,
        "\n       x   s(x + i0), its error bound                       density"
    )?;
    let ends = support.first().zip(support.last());
    let (low, high) = ends.map_or(law.hull(), |(first, last)| (first.0, last.1));
    for k in 1..5 {
        let x = low + (high - low) * f64::from(k) / 5.0;
        let value = law.stieltjes(Complex64::new(x, 0.0))?;
        let density = law.density(x)?;
        writeln!(
            page,
            "{x:8.4}   {:.10}   ± {:.0e} proved   {:.10}",
            value.s, value.radius, density.value
        )?;
    }
    let quantile = |&p: &f64| law.quantile(p).map(|quantile| quantile.value);
    let quantiles: Result<Vec<f64>, _> = [0.1, 0.5, 0.9].iter().map(quantile).collect();
    writeln!(page, "\n10 %, 50 %, 90 %   {:.6?}", quantiles?)?;
    Ok(page)
}

fn main() -> ExitCode {
    let given = std::env::args().nth(1);
    match page(given.as_deref().unwrap_or(NTK)) {
        Ok(page) => {
            print!("{page}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
