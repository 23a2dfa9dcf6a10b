//! The one door for files: arrays and tables in, results out, lines on the standard output.
//!
//! **In** (feature `files`): `matrix`, `vector` and `open` read `.npy`, `.npz` (an array by `FILE.npz:NAME`, or the only one; deflated or
//! not) and `.csv`, from a regular file, a pipe, a device or `-`, the standard input. What a file says of its sizes is
//! believed only as far as its length goes: no more is allocated than its bytes can fill (a deflated byte: 1032). Pipes
//! and devices are read up to 1 GiB (text: 256 MiB).
//!
//! **Out**: [`write_whole`] leaves the old file or a whole new one, whenever it is interrupted; [`check`] refuses, before
//! any work, places that cannot be written and files that would be written over one another or over an input;
//! [`say`] prints, and is silent only where the reader went away.

mod place;
#[cfg(feature = "files")]
mod read;
mod say;
mod write;

pub use place::{Output, PlaceError, check, check_folder, is_stdin, is_stdout, split_key};
#[cfg(feature = "files")]
pub use read::{
    Archive, Contents, EncodeError, Fault, HeaderFault, Needed, ReadError, STREAM_LIMIT, Saved,
    Table, matrix, npz, open, read_npy, vector,
};
pub use say::{put, say, unless_closed};
pub use write::{WriteError, write_whole, write_whole_folder};
