//! Laws from files: eigenvalues, or samples of a density.

use super::super::{CommandError, arrays, note};
use ndarray::{ArrayD, Axis};
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

/// What a file holds, as what, and from where in it.
struct Read {
    first: Vec<f64>,
    density: Option<Vec<f64>>,
    from: String,
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

/// One list is that of the eigenvalues of a matrix, two are points and the density at them; what was read is said.
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
    let Read { first, density, .. } = read;
    let law = match density {
        None => Law::empirical(first),
        Some(density) => Law::from_samples(first, density),
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
    let (count, from, path) = (read.first.len(), &read.from, path.display());
    let Some(density) = &read.density else {
        note(&format!(
            "{flag} {path}: {count} eigenvalues were read, {from}"
        ));
        return;
    };
    note(&format!(
        "{flag} {path}: {count} points and the density there were read, {from}"
    ));
    // The density is linear between its points: the trapezoidal rule is exact.
    let steps = read.first.windows(2).zip(density.windows(2));
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
    Ok(Read {
        first: table.column(x)?,
        density: density.map(|k| table.column(k)).transpose()?,
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
            first: vector(&mut archive, "x")?,
            density: Some(vector(&mut archive, "density")?),
            from: "from the arrays x and density".to_owned(),
        });
    }
    let keys = archive.keys();
    let key = match &keys[..] {
        [only] => only.clone(),
        _ if archive.has("at") => "at".to_owned(),
        _ => return Err(Fault::Several { keys }),
    };
    let from = format!("from the array {key}");
    let read = from_array(archive.array(&key)?)?;
    Ok(Read { from, ..read })
}

/// Two columns are points and density; anything else is a vector.
fn from_array(array: ArrayD<f64>) -> Result<Read, Fault> {
    if let [_, 2] = array.shape() {
        let column = |k| array.index_axis(Axis(1), k).iter().copied().collect();
        return Ok(Read {
            first: column(0),
            density: Some(column(1)),
            from: "from two columns".to_owned(),
        });
    }
    Ok(Read {
        first: Contents::Array(array).vector()?.to_vec(),
        density: None,
        from: "from one array".to_owned(),
    })
}
