//! Arrays from files, and what is said of tables.

use super::{CommandError, note};
use ndarray::{Array1, Array2};
use std::path::Path;
use tensor_dyson::files::{Contents, ReadError, Table, open};

/// The error of a file that a flag names.
pub(crate) fn unread(flag: &str) -> impl Fn(ReadError) -> CommandError {
    let flag = flag.to_owned();
    move |source| CommandError::Input {
        flag: flag.clone(),
        source,
    }
}

/// What a table's first line was.
pub(crate) fn header(table: &Table) -> String {
    match table.names() {
        Some(names) => format!("below the header '{}'", names.join(", ")),
        None => "without a header".to_owned(),
    }
}

fn opened(flag: &str, path: &Path) -> Result<Contents, CommandError> {
    let contents = open(path).map_err(unread(flag))?;
    if let Contents::Table(table) = &contents {
        note(&format!(
            "{flag} {}: {}×{} numbers were read, {}",
            path.display(),
            table.rows(),
            table.columns(),
            header(table)
        ));
    }
    Ok(contents)
}

/// A matrix from a file.
pub(crate) fn read_matrix(flag: &str, path: &Path) -> Result<Array2<f64>, CommandError> {
    let array = opened(flag, path)?.matrix();
    array.map_err(|fault| unread(flag)(ReadError::new(path, fault)))
}

/// A vector from a file.
pub(crate) fn read_vector(flag: &str, path: &Path) -> Result<Array1<f64>, CommandError> {
    let array = opened(flag, path)?.vector();
    array.map_err(|fault| unread(flag)(ReadError::new(path, fault)))
}
