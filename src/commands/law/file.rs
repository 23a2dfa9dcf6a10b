//! Laws from files: eigenvalues, samples of a density, or the matrices of a pencil.

use super::super::{CommandError, arrays, note};
use ndarray::{Array3, ArrayD, Axis};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tensor_dyson::files::{Archive, Contents, Fault, ReadError, Table, open};
use tensor_dyson::measure::Law;

/// `NAME=FILE`.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// A text that is not that.
#[derive(Debug, thiserror::Error)]
#[error(
    "'{text}' is not NAME=FILE, with a name of letters and digits that starts with a letter, and a .csv, .npy or .npz file"
)]
pub(crate) struct NamedError {
    text: String,
}

impl FromStr for Named {
    type Err = NamedError;

    fn from_str(text: &str) -> Result<Self, NamedError> {
        let parts = text.split_once('=').filter(|(name, path)| {
            // A pipe has no ending; `-` is the standard input.
            let endings = [".csv", ".npy", ".npz"];
            let known = endings.iter().any(|end| path.ends_with(end))
                || path.contains(".npz:")
                || (!path.is_empty() && Path::new(path).extension().is_none());
            let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
            known && starts && name.chars().all(|c| c.is_ascii_alphanumeric())
        });
        let (name, path) = parts.ok_or_else(|| NamedError {
            text: text.to_owned(),
        })?;
        Ok(Named {
            name: name.to_owned(),
            path: path.into(),
        })
    }
}

/// What a file holds, and from where in it.
struct Read {
    what: What,
    from: String,
}

enum What {
    Eigenvalues(Vec<f64>),
    Density {
        x: Vec<f64>,
        density: Vec<f64>,
    },
    /// A₀, A₁, …, each symmetric.
    Matrices(Array3<f64>),
}

/// The laws of files by their names.
pub(crate) fn named_laws(files: &[Named]) -> Result<Vec<(&str, Law)>, CommandError> {
    for (k, named) in files.iter().enumerate() {
        if files[..k].iter().any(|other| other.name == named.name) {
            let name = named.name.clone();
            return Err(CommandError::Repeated { name });
        }
    }
    let each = files
        .iter()
        .map(|named| Ok((named.name.as_str(), law(named)?)));
    each.collect()
}

/// One list is that of the eigenvalues of a matrix, two are points and the density at them, matrices are those of a pencil; what was read is
/// said.
fn law(named: &Named) -> Result<Law, CommandError> {
    let Named { name, path } = named;
    let flag = format!("--law {name}");
    let fail = |fault| arrays::unread(&flag)(ReadError::new(path, fault));
    let contents = open(path).map_err(arrays::unread(&flag))?;
    let read = match contents {
        Contents::Table(table) => match columns(&table) {
            Some((x, density)) => from_table(&table, x, density).map_err(fail)?,
            None => {
                return Err(CommandError::Columns {
                    name: name.clone(),
                    path: path.clone(),
                    columns: table.columns(),
                });
            }
        },
        Contents::Archive(archive) => from_archive(archive).map_err(fail)?,
        Contents::Array(array) => from_array(array).map_err(fail)?,
    };
    say_what(&flag, path, &read);
    let law = match read.what {
        What::Eigenvalues(at) => Law::empirical(at),
        What::Density { x, density } => Law::from_samples(x, density),
        What::Matrices(all) => {
            let (constant, rest) = all.view().split_at(Axis(0), 1);
            Law::matrix_semicircle(constant.index_axis(Axis(0), 0), rest)
        }
    };
    law.map_err(|source| CommandError::NoLaw {
        name: name.clone(),
        path: path.clone(),
        source,
    })
}

/// The mass that a density's samples may lack of 1 without a word.
const MASS: f64 = 1e-6;

fn say_what(flag: &str, path: &Path, read: &Read) {
    let (from, path) = (&read.from, path.display());
    let (x, density) = match &read.what {
        What::Eigenvalues(at) => {
            let count = at.len();
            return note(&format!(
                "{flag} {path}: {count} eigenvalues were read, {from}"
            ));
        }
        What::Matrices(all) => {
            let (count, rows, cols) = all.dim();
            return note(&format!(
                "{flag} {path}: {count}×{rows}×{cols} numbers were read, {from}: A₀, …, A_k of A₀ + Σ A_j s_j, free semicircular s_j, k = {}",
                count - 1
            ));
        }
        What::Density { x, density } => (x, density),
    };
    let count = x.len();
    note(&format!(
        "{flag} {path}: {count} points and the density there were read, {from}"
    ));
    // The density is linear between its points: the trapezoidal rule is exact.
    let steps = x.windows(2).zip(density.windows(2));
    let mass: f64 = steps
        .map(|(x, y)| 0.5 * (x[1] - x[0]) * (y[0] + y[1]))
        .sum();
    if (mass - 1.0).abs() > MASS {
        note(&format!(
            "{flag} {path}: the density's mass is {mass:.6}; it is scaled to 1"
        ));
    }
}

/// The columns of eigenvalues, or of points and density.
fn columns(table: &Table) -> Option<(usize, Option<usize>)> {
    let called = |wanted: &str| table.names()?.iter().position(|name| name == wanted);
    match (table.columns(), called("x"), called("density")) {
        (_, Some(x), Some(density)) => Some((x, Some(density))),
        (1, ..) => Some((0, None)),
        (2, ..) => Some((0, Some(1))),
        _ => None,
    }
}

fn from_table(table: &Table, x: usize, density: Option<usize>) -> Result<Read, Fault> {
    table.without_index()?;
    let of = match density {
        Some(density) => format!("from columns {} and {}", x + 1, density + 1),
        None => "from the only column".to_owned(),
    };
    let x = table.column(x)?;
    Ok(Read {
        what: match density {
            Some(k) => What::Density {
                x,
                density: table.column(k)?,
            },
            None => What::Eigenvalues(x),
        },
        from: format!("{of} of {}, {}", table.columns(), arrays::header(table)),
    })
}

/// The arrays `x` and `density`, as `--output` writes them, or `at`, or the only one.
fn from_archive(mut archive: Archive) -> Result<Read, Fault> {
    let vector = |archive: &mut Archive, key: &str| {
        let vector = Contents::Array(archive.array(key)?).vector();
        let vector = vector.map_err(|fault| Fault::Within {
            key: key.to_owned(),
            fault: Box::new(fault),
        });
        vector.map(|vector| vector.to_vec())
    };
    if archive.has("x") && archive.has("density") {
        return Ok(Read {
            what: What::Density {
                x: vector(&mut archive, "x")?,
                density: vector(&mut archive, "density")?,
            },
            from: "from the arrays x and density".to_owned(),
        });
    }
    let keys = archive.keys();
    let key = match &keys[..] {
        [only] => only.clone(),
        _ if archive.has("at") => "at".to_owned(),
        _ => return Err(Fault::Several { keys }),
    };
    let read = from_array(archive.array(&key)?)?;
    let from = format!("{} of the array {key}", read.from);
    Ok(Read { from, ..read })
}

/// What an array may be.
const SHAPES: &str =
    "1 axis (eigenvalues), 2 columns (points and density) or 3 axes (A₀, A₁, … of a pencil)";

/// Two columns are points and density, three axes are matrices; anything else is a vector.
fn from_array(array: ArrayD<f64>) -> Result<Read, Fault> {
    let (what, from) = match *array.shape() {
        [_, 2] => {
            let column = |k| array.index_axis(Axis(1), k).iter().copied().collect();
            let (x, density) = (column(0), column(1));
            (What::Density { x, density }, "from two columns")
        }
        [count, rows, cols] if count > 0 => {
            let bytes = 8 * array.len() as u64;
            let shape = (count, rows, cols);
            let all = Array3::from_shape_vec(shape, array.into_iter().collect());
            let all = all.map_err(|_| Fault::Memory { bytes })?;
            (What::Matrices(all), "from three axes")
        }
        _ => {
            let shape = array.shape().to_vec();
            let vector = Contents::Array(array).vector();
            let at = vector.map_err(|fault| match fault {
                Fault::Rank { .. } => Fault::Shape {
                    shape,
                    needed: SHAPES,
                },
                fault => fault,
            })?;
            let at = at.to_vec();
            (What::Eigenvalues(at), "from one axis")
        }
    };
    Ok(Read {
        what,
        from: from.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each shape as what it is: one column or row is eigenvalues, two columns are a density, three axes a pencil.
    #[test]
    fn arrays_are_read_by_their_shape() {
        let read = |shape: &[usize]| {
            let count = shape.iter().product::<usize>();
            let entries = (0..count).map(|k| k as f64).collect();
            from_array(ArrayD::from_shape_vec(shape, entries).unwrap()).unwrap()
        };
        for shape in [&[6][..], &[6, 1], &[1, 6]] {
            let found = read(shape);
            assert!(
                matches!(&found.what, What::Eigenvalues(at) if at.len() == 6),
                "{shape:?}"
            );
            assert_eq!(found.from, "from one axis");
        }
        let found = read(&[3, 2]);
        let What::Density { x, density } = &found.what else {
            panic!("two columns are points and density");
        };
        assert!(x[..] == [0.0, 2.0, 4.0] && density[..] == [1.0, 3.0, 5.0]);
        assert!(matches!(read(&[2, 3, 3]).what, What::Matrices(all) if all.dim() == (2, 3, 3)));
    }
}
