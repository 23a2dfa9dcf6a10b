//! Your own data against the law: is the kernel's spectrum the one that independent rows would have?
//!
//! `cargo run --release --example your_data -- X.npy` reads X (n×d, one sample a row, float64) and centres and
//! whitens nothing but the scale of each column. Without a file two sets are made: independent entries, and rows that
//! share a common factor.

use ndarray::{Array2, Axis};
use ndarray_npy::ReadNpyExt;
use std::error::Error;
use std::fmt::Write;
use std::fs::File;
use tensor_dyson::covariance::ExactCovariance;
use tensor_dyson::ledger::kolmogorov_distance;
use tensor_dyson::measure::Law;
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Streams, WeightLaw};

/// Columns of mean 0 and variance 1; a constant column is an error.
fn standardized(mut x: Array2<f64>) -> Result<Array2<f64>, String> {
    for (k, mut column) in x.axis_iter_mut(Axis(1)).enumerate() {
        let mean = column.sum() / column.len() as f64;
        column -= mean;
        let variance = column.iter().map(|x| x * x).sum::<f64>() / column.len() as f64;
        if !(variance > 0.0 && variance.is_finite()) {
            return Err(format!("column {k} has the variance {variance}"));
        }
        column /= variance.sqrt();
    }
    Ok(x)
}

/// The Kolmogorov distance of the sampled NTK's spectrum from the law over the exact covariance of its features,
/// without the few eigenvalues that the mean of ω makes.
pub(crate) fn distance(x: Array2<f64>) -> Result<f64, Box<dyn Error>> {
    let x = standardized(x)?;
    let (n, d) = x.dim();
    let p = (1.25 * d as f64) as usize;
    let mut rng = Streams::new(1, "your-data").stream(0);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let a = WeightLaw::PlusMinusOne.sample(p, &mut rng);
    let activation = Activation::Sin;
    let q = ExactCovariance::new(w.view(), a.view(), &activation)?.eigenvalues()?;
    let law = Law::empirical(q)?.mp_map(n as f64 / (d * p) as f64)?;
    let eigenvalues = NtkSample { x, w, a }.ntk_eigenvalues(&activation)?;
    Ok(kolmogorov_distance(&eigenvalues, law.distribution()?))
}

pub(crate) fn page() -> Result<String, Box<dyn Error>> {
    let mut page = String::new();
    let mut rng = Streams::new(2, "your-data").stream(0);
    let independent = EntryLaw::Rademacher.matrix(200, 16, &mut rng);
    let factor = EntryLaw::Gaussian.matrix(200, 1, &mut rng);
    let together = EntryLaw::Gaussian.matrix(200, 16, &mut rng) + &factor * 1.5;
    writeln!(page, "σ′ = sin, n = 200, d = 16, p = 20; sup |F_emp − F|:")?;
    writeln!(
        page,
        "independent signs        {:.3}",
        distance(independent)?
    )?;
    writeln!(page, "columns with one factor  {:.3}", distance(together)?)?;
    writeln!(
        page,
        "The first is of order 1/d; the second says that the rows are not those of the theorem."
    )?;
    Ok(page)
}

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1) {
        None => print!("{}", page()?),
        Some(path) => {
            let x = Array2::<f64>::read_npy(File::open(&path)?)?;
            let (n, d) = x.dim();
            println!(
                "{path}: n = {n}, d = {d}; sup |F_emp − F| = {:.3}",
                distance(x)?
            );
        }
    }
    Ok(())
}
