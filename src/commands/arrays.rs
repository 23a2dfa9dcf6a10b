//! Arrays of numpy: `.npy` files in.

use super::CommandError;
use ndarray::{Array1, Array2, ArrayD, Ix1, Ix2};
use ndarray_npy::{ReadNpyError, ReadNpyExt, ReadableElement};
use std::io::Cursor;
use std::path::Path;

/// The array in a `.npy` file as f64: of f64, f32, i64 or i32 entries, in C or Fortran order; not empty, every entry finite.
fn read(path: &Path) -> Result<ArrayD<f64>, CommandError> {
    let fail = |source| {
        let path = path.to_owned();
        match source {
            ReadNpyError::WrongDescriptor(found) => CommandError::Entries {
                path,
                found: found.to_string(),
            },
            source => CommandError::Read { path, source },
        }
    };
    let bytes = std::fs::read(path).map_err(|error| fail(ReadNpyError::Io(error)))?;
    fn parsed<T: ReadableElement>(bytes: &[u8]) -> Result<ArrayD<T>, ReadNpyError> {
        ArrayD::<T>::read_npy(Cursor::new(bytes))
    }
    // The error that is reported is the one of the first attempt.
    let array = parsed::<f64>(&bytes)
        .or_else(|error| {
            let single = parsed::<f32>(&bytes).map(|a| a.mapv(f64::from));
            let long = || parsed::<i64>(&bytes).map(|a| a.mapv(|x| x as f64));
            let int = || parsed::<i32>(&bytes).map(|a| a.mapv(f64::from));
            single
                .or_else(|_| long())
                .or_else(|_| int())
                .map_err(|_| error)
        })
        .map_err(fail)?;
    if array.is_empty() {
        return Err(CommandError::EmptyArray {
            path: path.to_owned(),
            shape: array.shape().to_vec(),
        });
    }
    match array.indexed_iter().find(|(_, x)| !x.is_finite()) {
        None => Ok(array),
        Some((index, &value)) => Err(CommandError::Entry {
            path: path.to_owned(),
            index: (0..array.ndim()).map(|axis| index[axis]).collect(),
            value,
        }),
    }
}

fn rank_error(path: &Path, shape: &[usize], rank: usize) -> CommandError {
    CommandError::Rank {
        path: path.to_owned(),
        shape: shape.to_vec(),
        rank,
    }
}

/// A matrix from a `.npy` file.
pub(crate) fn read_matrix(path: &Path) -> Result<Array2<f64>, CommandError> {
    let array = read(path)?;
    let shape = array.shape().to_vec();
    array
        .into_dimensionality::<Ix2>()
        .map_err(|_| rank_error(path, &shape, 2))
}

/// A vector from a `.npy` file.
pub(crate) fn read_vector(path: &Path) -> Result<Array1<f64>, CommandError> {
    let array = read(path)?;
    let shape = array.shape().to_vec();
    array
        .into_dimensionality::<Ix1>()
        .map_err(|_| rank_error(path, &shape, 1))
}
