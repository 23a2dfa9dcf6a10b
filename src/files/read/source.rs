//! Where arrays come from: a file, an array of an archive, a pipe, the standard input.

use super::error::{Fault, ReadError};
use super::npy::{There, array};
use super::npz::Archive;
use super::table::Table;
use crate::files::{is_stdin, split_key};
use ndarray::{Array1, Array2, ArrayD, Ix1, Ix2};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

/// Most bytes that are read from a pipe or a device: 1 GiB.
pub const STREAM_LIMIT: u64 = 1 << 30;

/// Most bytes of text that are: two of them can be a number, which takes eight.
const TEXT_LIMIT: u64 = STREAM_LIMIT / 4;

/// What a file holds.
pub enum Contents {
    /// Of a `.npy` file, or one of a `.npz` file by its name.
    Array(ArrayD<f64>),
    /// Of a `.npz` file, no name given.
    Archive(Archive),
    /// Of a `.csv` file.
    Table(Table),
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Npy,
    Npz,
    Csv,
}

impl Kind {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "npy" => Some(Kind::Npy),
            "npz" => Some(Kind::Npz),
            "csv" => Some(Kind::Csv),
            _ => None,
        }
    }

    /// By the first bytes.
    fn seen(first: &[u8]) -> Self {
        match first {
            [0x93, ..] => Kind::Npy,
            [b'P', b'K', 3 | 5, ..] => Kind::Npz,
            _ => Kind::Csv,
        }
    }
}

/// Opens a file and reads what it holds; of an archive its list, unless an array is named.
///
/// # Errors
/// [`ReadError`].
pub fn open(path: &Path) -> Result<Contents, ReadError> {
    opened(path).map_err(|fault| ReadError::new(path, fault))
}

/// A matrix: an array of two axes, or the rows of a table.
///
/// # Errors
/// [`ReadError`].
pub fn matrix(path: &Path) -> Result<Array2<f64>, ReadError> {
    let array = opened(path).and_then(Contents::matrix);
    array.map_err(|fault| ReadError::new(path, fault))
}

/// A vector: an array of one axis, or of two with one row or one column.
///
/// # Errors
/// [`ReadError`].
pub fn vector(path: &Path) -> Result<Array1<f64>, ReadError> {
    let array = opened(path).and_then(Contents::vector);
    array.map_err(|fault| ReadError::new(path, fault))
}

impl ReadError {
    /// Of the file at a path.
    pub fn new(path: &Path, fault: Fault) -> Self {
        let path = path.display().to_string();
        ReadError { path, fault }
    }
}

impl Contents {
    /// As [`matrix()`].
    ///
    /// # Errors
    /// [`Fault`].
    pub fn matrix(self) -> Result<Array2<f64>, Fault> {
        match self {
            Contents::Table(table) => table.matrix(),
            Contents::Archive(mut archive) => two_axes(archive.chosen(None)?),
            Contents::Array(array) => two_axes(array),
        }
    }

    /// As [`vector()`].
    ///
    /// # Errors
    /// [`Fault`].
    pub fn vector(self) -> Result<Array1<f64>, Fault> {
        match self {
            Contents::Table(table) => one_axis(table.matrix()?.into_dyn()),
            Contents::Archive(mut archive) => one_axis(archive.chosen(None)?),
            Contents::Array(array) => one_axis(array),
        }
    }
}

fn two_axes(array: ArrayD<f64>) -> Result<Array2<f64>, Fault> {
    let shape = array.shape().to_vec();
    let rank = 2;
    array
        .into_dimensionality::<Ix2>()
        .map_err(|_| Fault::Rank { shape, rank })
}

fn one_axis(array: ArrayD<f64>) -> Result<Array1<f64>, Fault> {
    let shape = array.shape().to_vec();
    let array = match shape[..] {
        [1, _] => array.index_axis_move(ndarray::Axis(0), 0),
        [_, 1] => array.index_axis_move(ndarray::Axis(1), 0),
        _ => array,
    };
    let rank = 1;
    array
        .into_dimensionality::<Ix1>()
        .map_err(|_| Fault::Rank { shape, rank })
}

fn opened(path: &Path) -> Result<Contents, Fault> {
    if is_stdin(path) {
        return stream(&mut std::io::stdin().lock(), None);
    }
    let (file_path, key) = split_key(path);
    let mut file = File::open(&file_path)?;
    let about = file.metadata()?;
    let kind = Kind::of(&file_path);
    if about.is_dir() {
        return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory).into());
    }
    if !about.is_file() {
        return stream(&mut file, kind).and_then(|contents| named(contents, key));
    }
    let contents = match kind {
        None if file_path.extension().is_some() => Err(Fault::Ending),
        None => stream(&mut file, None),
        Some(_) if about.len() == 0 => Err(Fault::NoBytes),
        Some(Kind::Npy) => array(&mut file, There::Exactly(about.len())).map(Contents::Array),
        Some(Kind::Npz) => Archive::new(Box::new(file)).map(Contents::Archive),
        Some(Kind::Csv) => Table::read(file).map(Contents::Table),
    }?;
    named(contents, key)
}

fn named(contents: Contents, key: Option<String>) -> Result<Contents, Fault> {
    match (contents, key) {
        (Contents::Archive(mut archive), Some(key)) => archive.array(&key).map(Contents::Array),
        (contents, _) => Ok(contents),
    }
}

/// Of a length that is not known; of the kind that its first bytes say, if no name does.
fn stream(reader: &mut dyn Read, kind: Option<Kind>) -> Result<Contents, Fault> {
    let mut first = Vec::new();
    reader.take(4).read_to_end(&mut first)?;
    if first.is_empty() {
        return Err(Fault::NoBytes);
    }
    let kind = kind.unwrap_or(Kind::seen(&first));
    let begun = first.clone();
    let limit = if kind == Kind::Csv {
        TEXT_LIMIT
    } else {
        STREAM_LIMIT
    };
    let mut bounded = Cursor::new(first).chain(reader.take(limit));
    match kind {
        Kind::Npy => array(&mut bounded, There::AtMost(limit)).map(Contents::Array),
        Kind::Npz if Kind::seen(&begun) != Kind::Npz => {
            Err(zip::result::ZipError::InvalidArchive("it does not begin with PK".into()).into())
        }
        Kind::Npz => {
            let mut bytes = Vec::new();
            bounded.read_to_end(&mut bytes)?;
            if bytes.len() as u64 > limit {
                return Err(Fault::Long { limit });
            }
            Archive::of(bytes).map(Contents::Archive)
        }
        Kind::Csv => {
            let table = Table::read(&mut bounded)?;
            match bounded.get_ref().1.limit() {
                0 => Err(Fault::Long { limit }),
                _ => Ok(Contents::Table(table)),
            }
        }
    }
}
