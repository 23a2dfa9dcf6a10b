//! Saves G, 𝒬, M₂₂ at z = 1 + 0.5i and the NTK's eigenvalues as one `.npz`, which numpy reads as it is.
//!
//! `cargo run --release --example save_tensors -- tensors.npz`

use ndarray::{Array1, Array2};
use ndarray_npy::NpzWriter;
use num_complex::Complex64;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tensor_dyson::covariance::Covariance;
use tensor_dyson::dyson::scalar;
use tensor_dyson::files::write_whole;
use tensor_dyson::linalg::complex_inverse;
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, Streams, WeightLaw};
use tensor_dyson::tensor::matricize;

fn save(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let sizes = Sizes { n: 40, d: 8, p: 10 };
    let phi = Activation::Identity;
    let mut rng = Streams::new(1, "save_tensors").stream(0);
    let sample = NtkSample::draw(
        sizes,
        EntryLaw::Gaussian,
        &WeightLaw::PlusMinusOne,
        &mut rng,
    );
    let q = Covariance::new(sample.w.view(), sample.a.view(), &phi.hermite_data())?;
    let z = Complex64::new(1.0, 0.5);
    let tau = scalar::solve(sizes.gamma_1(), &q.eigenvalues()?, z)?.m * sizes.gamma_1();
    let dense = matricize(q.dense().view()).mapv(|x| tau * x);
    let resolvent = complex_inverse((Array2::eye(dense.nrows()) + dense).view())?;
    let mut npz = NpzWriter::new(Cursor::new(Vec::new()));
    npz.add_array("G", &q.g())?;
    npz.add_array("Q", &q.dense())?;
    npz.add_array("M22", &resolvent.mapv(|x| -x))?;
    npz.add_array("eigenvalues", &Array1::from(sample.ntk_eigenvalues(&phi)?))?;
    Ok(write_whole(path, npz.finish()?.get_ref())?)
}

fn main() -> ExitCode {
    let given = std::env::args().nth(1);
    let path = PathBuf::from(given.as_deref().unwrap_or("tensors.npz"));
    match save(&path) {
        Ok(()) => {
            let shapes = "G (d×p), Q (d×p×d×p), M22 (dp×dp), eigenvalues (n)";
            println!("wrote {shapes} to {}", path.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
