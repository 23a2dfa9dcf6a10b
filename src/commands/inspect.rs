//! `tensor-dyson inspect`: any intermediate of the derivation, printed and saved.

mod catalogue;
mod tensors;

use super::deliver::{Made, deliver};
use super::{CommandError, agreed, arrays};
use catalogue::{CATALOGUE, Entry};
use ndarray::ArrayViewD;
use num_complex::Complex64;
use std::path::{Path, PathBuf};
use tensor_dyson::files::{Output, Saved, WriteError, check, check_folder, npz, say, write_whole};
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, Streams, WeightLaw};
use tensor_dyson::report::{heat_map, tensor_lines};
use tensors::{Model, Named, Tensor};

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
    /// σ: relu, tanh, erf, sigma:sin, sigma:square; or σ′: derivative:identity, derivative:cos, derivative:sin, step,
    /// hermite:c0,c1,….
    #[arg(long, default_value = "derivative:identity")]
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
    let matrix = |flag, path: &Option<PathBuf>| {
        let path = path.as_deref();
        path.map(|path| arrays::read_matrix(flag, path)).transpose()
    };
    let (x, w) = (matrix("--x", &arguments.x)?, matrix("--w", &arguments.w)?);
    let a = arguments.a.as_deref();
    let a = a.map(|path| arrays::read_vector("--a", path)).transpose()?;
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

/// The bytes of the archive.
fn archive(shown: &[Named]) -> Result<Vec<u8>, CommandError> {
    let mut arrays = vec![];
    for Named { entry, tensor } in shown {
        let saved = match tensor {
            Tensor::Real(array) => Saved::Real(array.view()),
            Tensor::Complex(array) => Saved::Complex(array.view()),
        };
        arrays.push((entry.name, saved));
    }
    Ok(npz(&arrays)?)
}

/// The tensor as a matrix, the first half of its indices as rows, drawn.
fn map(name: &str, entry: &Entry, array: ArrayViewD<'_, f64>) -> Result<String, CommandError> {
    let half = array.ndim().div_ceil(2);
    let rows: usize = array.shape()[..half].iter().product();
    let columns: usize = array.shape()[half..].iter().product();
    let names = (
        entry.indices[..half].join(""),
        entry.indices[half..].join(""),
    );
    let matrix = array.to_shape((rows, columns))?;
    let title = format!("{name}, {}", entry.meaning);
    Ok(heat_map(&title, (&names.0, &names.1), matrix.view()))
}

/// Draws all that is not a single number.
fn draw(folder: &Path, shown: &[Named]) -> Result<usize, CommandError> {
    let failed = |source| CommandError::Output {
        flag: "--maps",
        source,
    };
    std::fs::create_dir_all(folder).map_err(|source| {
        let path = folder.to_owned();
        failed(WriteError { path, source })
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
            let svg = map(&name, entry, array.view())?;
            write_whole(&path, svg.as_bytes()).map_err(failed)?;
            count += 1;
        }
    }
    Ok(count)
}

/// The entries of the catalogue that were asked for, each once: an archive holds a name once.
fn wanted(names: &[String]) -> Result<Vec<&'static Entry>, CommandError> {
    let mut wanted: Vec<&Entry> = vec![];
    for name in names.iter().filter(|name| *name != "all") {
        let Some(entry) = CATALOGUE.iter().find(|entry| entry.name == name) else {
            return Err(CommandError::Tensor { name: name.clone() });
        };
        if !wanted.iter().any(|known| known.name == name) {
            wanted.push(entry);
        }
    }
    if names.is_empty() || names.iter().any(|name| name == "all") {
        wanted = CATALOGUE.iter().collect();
    }
    Ok(wanted)
}

/// Refuses a z that is no point of the closed upper half plane, whatever is shown, and outputs that cannot be.
fn checked(arguments: &Arguments) -> Result<(), CommandError> {
    let Complex64 { re, im } = arguments.z;
    let upper = "finite and not negative";
    for (name, value, fits, needed) in [
        ("Re z", re, re.is_finite(), "finite"),
        ("Im z", im, im.is_finite() && im >= 0.0, upper),
    ] {
        if !fits {
            return Err(CommandError::Argument {
                name,
                value,
                needed,
            });
        }
    }
    let files = [
        ("--x", &arguments.x),
        ("--w", &arguments.w),
        ("--a", &arguments.a),
    ];
    let inputs = files
        .iter()
        .filter_map(|(flag, path)| Some((*flag, path.as_deref()?)));
    let saved = arguments.save.as_deref().map(|path| Output {
        flag: "--save",
        path,
        endings: &["npz"],
    });
    check(&inputs.collect::<Vec<_>>(), saved.as_slice())?;
    if let Some(folder) = &arguments.maps {
        check_folder("--maps", folder)?;
    }
    Ok(())
}

fn list() -> String {
    let line = |entry: &Entry| {
        let indices = entry.indices.join(" ");
        format!("{:<16} {indices:<8} {}", entry.name, entry.meaning)
    };
    CATALOGUE.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Shows and saves the tensors that were asked for.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    if arguments.list {
        return say(&list()).map_err(CommandError::Print);
    }
    let wanted = wanted(&arguments.tensors)?;
    checked(arguments)?;
    let model = Model::new(sample(arguments)?, &arguments.activation, arguments.z)?;
    let shown: Result<Vec<Named>, CommandError> = wanted
        .into_iter()
        .map(|entry| model.tensor(entry))
        .collect();
    let shown = shown?;
    let mut lines = vec![model.heading()];
    for Named { entry, tensor } in &shown {
        let details = !arguments.tensors.is_empty();
        lines.push(format!("{}  {}", entry.name, entry.meaning));
        lines.push(match tensor {
            Tensor::Real(array) => tensor_lines(array.view(), entry.indices, details),
            Tensor::Complex(array) => tensor_lines(array.view(), entry.indices, details),
        });
    }
    let mut files = vec![];
    if let Some(path) = &arguments.save {
        files.push(Made {
            done: format!("wrote {} arrays to {}", shown.len(), path.display()),
            flag: "--save",
            path,
            bytes: archive(&shown),
        });
    }
    let drawn = match &arguments.maps {
        None => Ok(()),
        Some(folder) => match draw(folder, &shown) {
            Ok(count) => {
                lines.push(format!("drew {count} maps in {}", folder.display()));
                Ok(())
            }
            Err(error) => Err(error),
        },
    };
    // The lines are printed whatever became of the files.
    deliver(files, lines).and(drawn)
}
