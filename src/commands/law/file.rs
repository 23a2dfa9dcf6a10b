//! Laws from files: eigenvalues, or samples of a density.

use super::super::{CommandError, arrays};
use ndarray::Array1;
use ndarray_npy::{NpzReader, ReadNpyError};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tensor_dyson::measure::Law;

/// `NAME=FILE`.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// A text that is not that.
#[derive(Debug, thiserror::Error)]
#[error(
    "'{text}' is not NAME=FILE, with a name of letters and digits that starts with a letter, and a .csv, .npy or .npz file"
)]
pub(super) struct NamedError {
    text: String,
}

impl FromStr for Named {
    type Err = NamedError;

    fn from_str(text: &str) -> Result<Self, NamedError> {
        let parts = text.split_once('=').filter(|(name, path)| {
            let known = [".csv", ".npy", ".npz"]
                .iter()
                .any(|end| path.ends_with(end));
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

/// One list is that of the eigenvalues of a matrix, two are points and the density at them.
pub(super) fn law(path: &Path) -> Result<Law, CommandError> {
    let (first, second) = match super::extension(path) {
        "csv" => table(path)?,
        "npz" => archive(path)?,
        _ => match arrays::read_matrix(path) {
            Ok(matrix) if matrix.ncols() == 2 => {
                (matrix.column(0).to_vec(), Some(matrix.column(1).to_vec()))
            }
            _ => (arrays::read_vector(path)?.to_vec(), None),
        },
    };
    let law = match second {
        None => Law::empirical(first),
        Some(density) => Law::from_samples(first, density),
    };
    law.map_err(|source| CommandError::File {
        path: path.to_owned(),
        source,
    })
}

type Columns = (Vec<f64>, Option<Vec<f64>>);

/// The arrays `x` and `density`, as `--output` writes them, or `at`.
fn archive(path: &Path) -> Result<Columns, CommandError> {
    let io = |error| CommandError::Read {
        path: path.to_owned(),
        source: ReadNpyError::Io(error),
    };
    let fail = |source| CommandError::Archive {
        path: path.to_owned(),
        source,
    };
    let bytes = std::fs::read(path).map_err(io)?;
    let mut npz = NpzReader::new(Cursor::new(bytes)).map_err(fail)?;
    let at: Result<Array1<f64>, _> = npz.by_name("at");
    if let Ok(at) = at {
        return Ok((at.to_vec(), None));
    }
    let x: Array1<f64> = npz.by_name("x").map_err(fail)?;
    let density: Array1<f64> = npz.by_name("density").map_err(fail)?;
    Ok((x.to_vec(), Some(density.to_vec())))
}

/// Rows of one or two numbers with anything after them, below a header or without one.
fn table(path: &Path) -> Result<Columns, CommandError> {
    let text = std::fs::read_to_string(path).map_err(|error| CommandError::Read {
        path: path.to_owned(),
        source: ReadNpyError::Io(error),
    })?;
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let lines = text.lines().enumerate();
    for (k, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let number = |cell: &str| {
            cell.parse::<f64>().map_err(|_| CommandError::Cell {
                path: path.to_owned(),
                line: k + 1,
                found: cell.to_owned(),
            })
        };
        // A header.
        if k == 0 && number(cells[0]).is_err() {
            continue;
        }
        first.push(number(cells[0])?);
        if let Some(cell) = cells.get(1) {
            second.push(number(cell)?);
        }
    }
    // Rows of different lengths are refused with both counts.
    let has_density = !second.is_empty();
    Ok((first, has_density.then_some(second)))
}
