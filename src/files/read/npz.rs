//! Archives of arrays: `.npz`.

use super::error::Fault;
use super::npy::{There, array};
use ndarray::{ArrayD, ArrayViewD};
use num_complex::Complex64;
use std::io::{Cursor, Read, Seek, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Bytes that can be read and gone back in.
pub(super) trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// An archive whose arrays are read by name, with `.npy` behind it or without.
pub struct Archive {
    zip: ZipArchive<Box<dyn Seekable>>,
}

/// No byte of deflate gives more (RFC 1951: 258 bytes from two bits).
const DEFLATE: u64 = 1032;
/// What is read of a deflated entry before its array is known to fit.
const SLACK: u64 = 1 << 16;

impl Archive {
    pub(super) fn new(reader: Box<dyn Seekable>) -> Result<Self, Fault> {
        Ok(Archive {
            zip: ZipArchive::new(reader)?,
        })
    }

    /// An archive in memory.
    ///
    /// # Errors
    /// [`Fault::Zip`].
    pub fn of(bytes: Vec<u8>) -> Result<Self, Fault> {
        Self::new(Box::new(Cursor::new(bytes)))
    }

    /// The arrays' names, in the archive's order, without `.npy`.
    pub fn keys(&self) -> Vec<String> {
        let name = |name: &str| name.strip_suffix(".npy").unwrap_or(name).to_owned();
        self.zip.file_names().map(name).collect()
    }

    /// Whether there is an array of this name.
    pub fn has(&self, key: &str) -> bool {
        self.zip.index_for_name(&format!("{key}.npy")).is_some()
            || self.zip.index_for_name(key).is_some()
    }

    /// An array by its name.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn array(&mut self, key: &str) -> Result<ArrayD<f64>, Fault> {
        let index = self.zip.index_for_name(&format!("{key}.npy"));
        let Some(index) = index.or_else(|| self.zip.index_for_name(key)) else {
            let (key, keys) = (key.to_owned(), self.keys());
            return Err(Fault::Key { key, keys });
        };
        let within = |fault| Fault::Within {
            key: key.to_owned(),
            fault: Box::new(fault),
        };
        let mut entry = self.zip.by_index(index).map_err(|e| within(e.into()))?;
        // What the archive says of its sizes is bounded by what its bytes can become.
        let possible = match entry.compression() {
            CompressionMethod::Stored => entry.compressed_size(),
            _ => entry.compressed_size().saturating_mul(DEFLATE) + SLACK,
        };
        let there = There::AtMost(entry.size().min(possible));
        array(&mut entry, there).map_err(within)
    }

    /// The array of this name, or the only one.
    pub(super) fn chosen(&mut self, key: Option<&str>) -> Result<ArrayD<f64>, Fault> {
        match key {
            Some(key) => self.array(key),
            None => match &self.keys()[..] {
                [only] => self.array(only),
                keys => Err(Fault::Several {
                    keys: keys.to_vec(),
                }),
            },
        }
    }
}

/// An array to be saved.
pub enum Saved<'a> {
    /// As `<f8`.
    Real(ArrayViewD<'a, f64>),
    /// As `<c16`.
    Complex(ArrayViewD<'a, Complex64>),
}

/// An archive that could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the archive cannot be made: {0}")]
pub struct EncodeError(#[from] ZipError);

impl From<std::io::Error> for EncodeError {
    fn from(error: std::io::Error) -> Self {
        EncodeError(ZipError::Io(error))
    }
}

/// The bytes of a `.npz` archive, entries not compressed, in C order, as `numpy.savez` writes them.
///
/// # Errors
/// [`EncodeError`], of a name given twice.
pub fn npz(arrays: &[(&str, Saved<'_>)]) -> Result<Vec<u8>, EncodeError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, saved) in arrays {
        let bytes = match saved {
            Saved::Real(array) => npy("<f8", array.shape(), array.iter().copied()),
            Saved::Complex(array) => {
                let parts = array.iter().flat_map(|z| [z.re, z.im]);
                npy("<c16", array.shape(), parts)
            }
        };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .large_file(u32::try_from(bytes.len()).is_err());
        zip.start_file(format!("{name}.npy"), options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Version 1.0: the entries begin at a multiple of 64 bytes.
fn npy(descr: &str, shape: &[usize], values: impl Iterator<Item = f64>) -> Vec<u8> {
    let mut axes: Vec<String> = shape.iter().map(usize::to_string).collect();
    // A tuple of one has a comma.
    if axes.len() == 1 {
        axes.push(String::new());
    }
    let axes = axes.join(", ");
    let mut header = format!(
        "{{'descr': '{descr}', 'fortran_order': False, 'shape': ({}), }}",
        axes.trim_end()
    );
    let before = 10;
    let padding = (before + header.len() + 1).next_multiple_of(64) - (before + header.len() + 1);
    header.extend(std::iter::repeat_n(' ', padding));
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    // At most 64 axes of 20 digits: far below the two bytes' 65 535.
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(values.flat_map(f64::to_le_bytes));
    bytes
}
