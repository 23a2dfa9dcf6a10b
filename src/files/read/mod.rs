//! Arrays and tables of numbers from files.

mod error;
mod half;
mod header;
mod npy;
mod npz;
mod source;
mod table;
mod text;

pub use error::{Fault, HeaderFault, Needed, ReadError};
pub use npy::read_npy;
pub use npz::{Archive, EncodeError, Saved, npz};
pub use source::{Contents, STREAM_LIMIT, matrix, open, vector};
pub use table::Table;

#[cfg(test)]
mod tests;
