//! Why a file is not read.

/// A file that is not read, and why.
#[derive(Debug, thiserror::Error)]
#[error("'{path}' {fault}")]
pub struct ReadError {
    /// The path as given.
    pub path: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The system does not give its bytes.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A name of another ending.
    #[error("must end in .npy, .npz or .csv")]
    Ending,
    /// No bytes.
    #[error("is empty: it has no bytes")]
    NoBytes,
    /// A pipe or a device without an end.
    #[error("has more than {limit} bytes, the most that is read from a pipe or a device")]
    Long {
        /// [`STREAM_LIMIT`](crate::files::STREAM_LIMIT).
        limit: u64,
    },
    /// A `.npy` header that is none.
    #[error("is no .npy array that is read: {0}")]
    Header(#[from] HeaderFault),
    /// Entries that are no real numbers.
    #[error(
        "has entries of type {found}: float16, float32, float64, bool and integers of 8 to 64 bits are read"
    )]
    Type {
        /// As numpy writes it.
        found: String,
    },
    /// A shape that is not that of the bytes.
    #[error("has shape {}, which needs {needed} bytes of data: {there} are there", axes(.shape))]
    Size {
        /// As the header says.
        shape: Vec<usize>,
        /// `u64::MAX` if that is exceeded.
        needed: Needed,
        /// What the file has, after its header.
        there: u64,
    },
    /// More bytes than the shape needs.
    #[error("has shape {}, and more bytes of data than that needs", axes(.shape))]
    Trailing {
        /// As the header says.
        shape: Vec<usize>,
    },
    /// An array without entries.
    #[error("has shape {}: it is empty", axes(.shape))]
    Empty {
        /// Its shape.
        shape: Vec<usize>,
    },
    /// NaN or an infinity.
    #[error("has {value} at {}: every entry must be a finite number", axes(.index))]
    Entry {
        /// Where.
        index: Vec<usize>,
        /// NaN or an infinity.
        value: f64,
    },
    /// An array of another rank than asked for.
    #[error("has shape {}: it must have {rank} {}", axes(.shape), if *rank == 1 { "axis" } else { "axes" })]
    Rank {
        /// Its shape.
        shape: Vec<usize>,
        /// What is asked for.
        rank: usize,
    },
    /// An array of a shape that means nothing here.
    #[error("has shape {}: it must have {needed}", axes(.shape))]
    Shape {
        /// Its shape.
        shape: Vec<usize>,
        /// What is read.
        needed: &'static str,
    },
    /// The machine has not the memory.
    #[error("needs {bytes} bytes of memory, which cannot be had")]
    Memory {
        /// Of the array.
        bytes: u64,
    },
    /// No archive, or none that is read.
    #[error("is no .npz archive that is read: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// No array of this name.
    #[error("has no array '{key}'; it has {}", list(.keys))]
    Key {
        /// The name asked for.
        key: String,
        /// The names that are there.
        keys: Vec<String>,
    },
    /// More arrays than one, and no name.
    #[error("has {} arrays: name one as FILE.npz:NAME, of {}", .keys.len(), list(.keys))]
    Several {
        /// The names that are there.
        keys: Vec<String>,
    },
    /// An array of an archive.
    #[error("in '{key}' {fault}")]
    Within {
        /// Its name.
        key: String,
        /// What is wrong.
        fault: Box<Fault>,
    },
    /// Bytes that are no text.
    #[error("line {line}: this is no text in UTF-8")]
    Text {
        /// From 1.
        line: u64,
    },
    /// A cell that is no number.
    #[error("line {line}, column {column}: '{found}' is not a {}number", if *.finite { "" } else { "finite " })]
    Cell {
        /// From 1.
        line: u64,
        /// From 1.
        column: usize,
        /// The cell, or how it begins.
        found: String,
        /// False for NaN and infinities.
        finite: bool,
    },
    /// A row of another length.
    #[error("line {line} has {found} {}: the lines above have {columns}", if *found == 1 { "cell" } else { "cells" })]
    Ragged {
        /// From 1.
        line: u64,
        /// Cells in it.
        found: usize,
        /// Cells in the first.
        columns: usize,
    },
    /// A first column that counts, and has no name of its own.
    #[error(
        "column 1 counts {first}, {}, {}, … as an index does: leave it out, or name it in a header line to have it taken",
        first + 1, first + 2
    )]
    Index {
        /// 0 or 1.
        first: u8,
    },
    /// A header, or nothing.
    #[error("has no line of numbers")]
    NoRows,
}

/// Bytes that a shape asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed(pub Option<u64>);

impl std::fmt::Display for Needed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(bytes) => write!(f, "{bytes}"),
            None => write!(f, "more than 2^64"),
        }
    }
}

/// What is wrong with the header of a `.npy` array.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    /// Other bytes than `\x93NUMPY`.
    #[error("it does not begin with \\x93NUMPY")]
    Magic,
    /// A version that does not exist.
    #[error("its format is of version {major}.{minor}: 1.0, 2.0 and 3.0 are read")]
    Version {
        /// First number.
        major: u8,
        /// Second number.
        minor: u8,
    },
    /// A header of more bytes than any has.
    #[error("its header has {length} bytes: {limit} are read")]
    Length {
        /// As the file says.
        length: u64,
        /// The most.
        limit: u64,
    },
    /// The file ends within the header.
    #[error("it ends within its header")]
    Cut,
    /// Something else than the format has there.
    #[error("its header has no {wanted} at byte {at}")]
    Form {
        /// Bytes of the header before it.
        at: usize,
        /// What should be there.
        wanted: &'static str,
    },
    /// A key that is not there, or there twice, or unknown.
    #[error(
        "its header must have 'descr', 'fortran_order' and 'shape', each once, and nothing else"
    )]
    Keys,
    /// More axes than numpy has.
    #[error("it has more than {limit} axes")]
    Axes {
        /// The most.
        limit: usize,
    },
}

/// At most so many axes or names are listed.
const LISTED: usize = 8;

fn axes(sizes: &[usize]) -> String {
    let shown: Vec<String> = sizes.iter().take(LISTED).map(usize::to_string).collect();
    let more = if sizes.len() > LISTED { ", …" } else { "" };
    format!("[{}{more}]", shown.join(", "))
}

fn list(keys: &[String]) -> String {
    if keys.is_empty() {
        return "none".to_owned();
    }
    let shown: Vec<String> = keys.iter().take(LISTED).map(|k| short(k)).collect();
    let more = match keys.len().checked_sub(LISTED) {
        Some(more) if more > 0 => format!(" and {more} more"),
        _ => String::new(),
    };
    format!("{}{more}", shown.join(", "))
}

/// The beginning of a text from a file, for a terminal: nothing that moves its cursor.
pub(super) fn short(text: &str) -> String {
    const LENGTH: usize = 40;
    let mut shown = String::new();
    for c in text.chars().take(LENGTH) {
        match c {
            '\'' | '"' => shown.push(c),
            _ => shown.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(LENGTH).is_some() {
        shown.push('…');
    }
    shown
}
