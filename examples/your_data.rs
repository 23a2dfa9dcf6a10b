//! Your own data against the law: is the kernel's spectrum the one that independent entries would have?
//!
//! `cargo run --release --example your_data -- X.npy` reads X (n×d, one sample a row, float64). Without a file two sets
//! are made: independent entries, and columns that share a common factor.
//!
//! How far from the law is too far? The data say so themselves. Shuffle each column on its own: entries keep their
//! laws and lose what binds them to one another. Were the columns independent, the distance of the data would be as
//! likely as that of any of the 99 shuffled copies to be the largest of the 100: with probability 1/100 exactly.

use ndarray::{Array2, Axis};
use ndarray_npy::ReadNpyExt;
use rand::seq::SliceRandom;
use std::error::Error;
use std::fmt::Write;
use std::fs::File;
use std::process::ExitCode;
use tensor_dyson::covariance::ExactCovariance;
use tensor_dyson::ledger::kolmogorov_distance;
use tensor_dyson::measure::Law;
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Streams, WeightLaw};

const SHUFFLES: u64 = 99;

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

/// What the data look like beside the law.
struct Compared {
    /// `sup |F_emp − F|` of the data's NTK and the law over the exact covariance of its features.
    distance: f64,
    /// The share of the shuffled copies and the data themselves that are as far from the law as the data.
    p_value: f64,
}

fn compare(x: Array2<f64>) -> Result<Compared, Box<dyn Error>> {
    let mut x = standardized(x)?;
    let (n, d) = x.dim();
    let p = (1.25 * d as f64).ceil() as usize;
    let streams = Streams::new(1, "your-data");
    let mut rng = streams.stream(0);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let a = WeightLaw::PlusMinusOne.sample(p, &mut rng);
    let activation = Activation::Sin;
    let q = ExactCovariance::new(w.view(), a.view(), &activation)?.eigenvalues()?;
    let law = Law::empirical(q)?.mp_map(n as f64 / (d * p) as f64)?;
    let distance = |x: &Array2<f64>| -> Result<f64, Box<dyn Error>> {
        let (x, w, a) = (x.clone(), w.clone(), a.clone());
        let eigenvalues = NtkSample { x, w, a }.ntk_eigenvalues(&activation)?;
        Ok(kolmogorov_distance(&eigenvalues, law.distribution()?))
    };
    let given = distance(&x)?;
    let mut as_far = 1;
    for k in 1..=SHUFFLES {
        let mut rng = streams.stream(k);
        for mut column in x.axis_iter_mut(Axis(1)) {
            let mut values = column.to_vec();
            values.shuffle(&mut rng);
            column.assign(&ndarray::ArrayView1::from(&values));
        }
        as_far += u64::from(distance(&x)? >= given);
    }
    Ok(Compared {
        distance: given,
        p_value: as_far as f64 / (SHUFFLES + 1) as f64,
    })
}

fn line(name: &str, x: Array2<f64>) -> Result<String, Box<dyn Error>> {
    let (n, d) = x.dim();
    let Compared { distance, p_value } = compare(x)?;
    Ok(format!(
        "{name:<24} n = {n}, d = {d}: sup |F_emp − F| = {distance:.3}, p = {p_value:.2}"
    ))
}

fn page() -> Result<String, Box<dyn Error>> {
    let mut page = String::new();
    let mut rng = Streams::new(2, "your-data").stream(0);
    let independent = EntryLaw::Rademacher.matrix(200, 16, &mut rng);
    let factor = EntryLaw::Gaussian.matrix(200, 1, &mut rng);
    let together = EntryLaw::Gaussian.matrix(200, 16, &mut rng) + &factor * 1.5;
    writeln!(page, "{}", line("independent signs", independent)?)?;
    writeln!(page, "{}", line("columns with one factor", together)?)?;
    writeln!(
        page,
        "p = 0.01, the least there is: no shuffled copy is as far; the columns are not independent."
    )?;
    Ok(page)
}

/// One line for the data in a file.
fn from_file(path: &str) -> Result<String, Box<dyn Error>> {
    let x = Array2::<f64>::read_npy(File::open(path)?)?;
    Ok(line(path, x)? + "\n")
}

fn main() -> ExitCode {
    let found = match std::env::args().nth(1) {
        None => page(),
        Some(path) => from_file(&path).map_err(|error| format!("{path}: {error}").into()),
    };
    match found {
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
