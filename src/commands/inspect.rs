//! `tensor-dyson inspect`: any intermediate of the derivation, printed and saved.

mod tensors;

use super::{CommandError, agreed, arrays, say};
use ndarray::{Array2, ArrayViewD};
use ndarray_npy::{NpzWriter, WriteNpzError};
use num_complex::Complex64;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, Streams, WeightLaw};
use tensor_dyson::report::{WriteError, heat_map, tensor_lines, write_whole};
use tensors::{CATALOGUE, Entry, Model, Named, Tensor};

/// Draws X, W and a, or reads them, and shows what the derivation makes of them.
///
/// Without names, every tensor is listed; with names, these are shown: small ones as slices, large ones as
/// a summary and a shaded map. The sizes default to n = 12, d = 3, p = 4.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The tensors to show: names of `--list`, or `all`.
    tensors: Vec<String>,
    /// List the tensors with their indices and stop.
    #[arg(long)]
    list: bool,
    /// Samples.
    #[arg(long)]
    n: Option<usize>,
    /// Inputs.
    #[arg(long)]
    d: Option<usize>,
    /// Hidden units.
    #[arg(long)]
    p: Option<usize>,
    /// The seed of the draw.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// φ = σ′: identity, cos, sin, step (or relu), tanh, erf, hermite:c0,c1,…
    #[arg(long, default_value = "identity")]
    activation: Activation,
    /// The point of the resolvent and of M.
    #[arg(long, default_value = "1+0.5i", allow_hyphen_values = true)]
    z: Complex64,
    /// X (n×d) from a .npy file instead of a draw.
    #[arg(long, visible_alias = "data", value_name = "FILE")]
    x: Option<PathBuf>,
    /// W (d×p) from a .npy file instead of a draw.
    #[arg(long, visible_alias = "weights", value_name = "FILE")]
    w: Option<PathBuf>,
    /// a (p) from a .npy file instead of ±1 drawn.
    #[arg(long, value_name = "FILE")]
    a: Option<PathBuf>,
    /// Save the tensors shown (all of them without names) to this .npz file.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Draw the tensors shown as heat maps to this folder, NAME.svg; real and imaginary parts apart.
    #[arg(long, value_name = "DIR")]
    maps: Option<PathBuf>,
}

/// X, W and a: drawn, and replaced by the files that were given.
fn sample(arguments: &Arguments) -> Result<NtkSample, CommandError> {
    let matrix = |path: &Option<PathBuf>| path.as_deref().map(arrays::read_matrix).transpose();
    let (x, w) = (matrix(&arguments.x)?, matrix(&arguments.w)?);
    let a = arguments
        .a
        .as_deref()
        .map(arrays::read_vector)
        .transpose()?;
    let (rows, cols) = (
        |m: &Option<ndarray::Array2<f64>>| m.as_ref().map(|m| m.nrows()),
        |m: &Option<ndarray::Array2<f64>>| m.as_ref().map(|m| m.ncols()),
    );
    let outer = a.as_ref().map(|a| a.len());
    let n = [("--n", arguments.n), ("--x", rows(&x))];
    let d = [("--d", arguments.d), ("--x", cols(&x)), ("--w", rows(&w))];
    let p = [("--p", arguments.p), ("--w", cols(&w)), ("--a", outer)];
    let sizes = Sizes {
        n: agreed("n", &n)?.unwrap_or(12),
        d: agreed("d", &d)?.unwrap_or(3),
        p: agreed("p", &p)?.unwrap_or(4),
    };
    for (name, rows, columns) in [("X", sizes.n, sizes.d), ("W", sizes.d, sizes.p)] {
        tensors::checked(name, rows.saturating_mul(columns))?;
    }
    let mut rng = Streams::new(arguments.seed, "inspect").stream(0);
    let drawn = NtkSample::draw(
        sizes,
        EntryLaw::Gaussian,
        &WeightLaw::PlusMinusOne,
        &mut rng,
    );
    Ok(NtkSample {
        x: x.unwrap_or(drawn.x),
        w: w.unwrap_or(drawn.w),
        a: a.unwrap_or(drawn.a),
    })
}

fn save(path: &Path, shown: &[Named]) -> Result<(), CommandError> {
    let fail = |source: WriteNpzError| CommandError::Encode {
        path: path.to_owned(),
        source,
    };
    let mut npz = NpzWriter::new(Cursor::new(Vec::new()));
    for Named { entry, tensor } in shown {
        match tensor {
            Tensor::Real(array) => npz.add_array(entry.name, array),
            Tensor::Complex(array) => npz.add_array(entry.name, array),
        }
        .map_err(fail)?;
    }
    Ok(write_whole(path, npz.finish().map_err(fail)?.get_ref())?)
}

/// The tensor as a matrix, the first half of its indices as rows, drawn.
fn map(name: &str, entry: &Entry, array: ArrayViewD<'_, f64>) -> String {
    let half = array.ndim().div_ceil(2);
    let rows: usize = array.shape()[..half].iter().product();
    let columns: usize = array.shape()[half..].iter().product();
    let names = (
        entry.indices[..half].join(""),
        entry.indices[half..].join(""),
    );
    let entries = array.iter().copied().collect();
    match Array2::from_shape_vec((rows, columns), entries) {
        Ok(matrix) => heat_map(
            &format!("{name}, {}", entry.meaning),
            (&names.0, &names.1),
            matrix.view(),
        ),
        Err(_) => unreachable!("{rows} rows of {columns}"),
    }
}

/// Draws all that is not a single number.
fn draw(folder: &Path, shown: &[Named]) -> Result<usize, CommandError> {
    std::fs::create_dir_all(folder).map_err(|source| WriteError {
        path: folder.to_owned(),
        source,
    })?;
    let mut count = 0;
    for Named { entry, tensor } in shown.iter().filter(|named| !named.entry.indices.is_empty()) {
        let parts = match tensor {
            Tensor::Real(array) => vec![(entry.name.to_owned(), array.clone())],
            Tensor::Complex(array) => vec![
                (format!("Re {}", entry.name), array.mapv(|x| x.re)),
                (format!("Im {}", entry.name), array.mapv(|x| x.im)),
            ],
        };
        for (name, array) in parts {
            let path = folder.join(format!("{}.svg", name.replace(' ', "-")));
            write_whole(&path, map(&name, entry, array.view()).as_bytes())?;
            count += 1;
        }
    }
    Ok(count)
}

/// Shows and saves the tensors that were asked for.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    if arguments.list {
        for entry in &CATALOGUE {
            say(&format!(
                "{:<16} {:<8} {}",
                entry.name,
                entry.indices.join(" "),
                entry.meaning
            ));
        }
        return Ok(());
    }
    let everything = arguments.tensors.is_empty() || arguments.tensors.iter().any(|t| t == "all");
    let mut wanted = vec![];
    for name in arguments.tensors.iter().filter(|t| *t != "all") {
        match CATALOGUE.iter().find(|entry| entry.name == name) {
            // An archive holds a name once.
            Some(entry) => {
                if !wanted.iter().any(|known: &&Entry| known.name == name) {
                    wanted.push(entry);
                }
            }
            None => return Err(CommandError::Tensor { name: name.clone() }),
        }
    }
    if everything {
        wanted = CATALOGUE.iter().collect();
    }
    // Whatever is shown: not only the tensors that depend on z.
    let Complex64 { re, im } = arguments.z;
    for (name, value, fits, needed) in [
        ("Re z", re, re.is_finite(), "finite"),
        (
            "Im z",
            im,
            im.is_finite() && im >= 0.0,
            "finite and not negative",
        ),
    ] {
        if !fits {
            return Err(CommandError::Argument {
                name,
                value,
                needed,
            });
        }
    }
    // An archive is not written over the array that was meant as input.
    if let Some(path) = &arguments.save
        && path.extension().is_none_or(|kind| kind != "npz")
    {
        return Err(CommandError::Extension {
            path: path.to_owned(),
            allowed: ".npz",
        });
    }
    let model = Model::new(sample(arguments)?, &arguments.activation, arguments.z)?;
    let mut shown = vec![];
    for entry in wanted {
        shown.push(model.tensor(entry)?);
    }
    // Files first: a reader of the lines that goes away must not take them along.
    if let Some(path) = &arguments.save {
        save(path, &shown)?;
    }
    let maps = match &arguments.maps {
        Some(folder) => Some((folder, draw(folder, &shown)?)),
        None => None,
    };
    say(&model.heading());
    for Named { entry, tensor } in &shown {
        let details = !arguments.tensors.is_empty();
        say(&format!("{}  {}", entry.name, entry.meaning));
        say(&match tensor {
            Tensor::Real(array) => tensor_lines(array.view(), entry.indices, details),
            Tensor::Complex(array) => tensor_lines(array.view(), entry.indices, details),
        });
    }
    if let Some(path) = &arguments.save {
        say(&format!(
            "wrote {} arrays to {}",
            shown.len(),
            path.display()
        ));
    }
    if let Some((folder, count)) = maps {
        say(&format!("drew {count} maps in {}", folder.display()));
    }
    Ok(())
}
