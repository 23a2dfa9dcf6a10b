//! One file a subcommand: its arguments, and what it does with the library's public interface.

mod arrays;
mod inspect;
mod law;
mod new;
mod sample;

use clap::Subcommand;
use num_complex::Complex64;
use std::io::Write;
use std::path::{Path, PathBuf};
use tensor_dyson::covariance::CovarianceError;
use tensor_dyson::dyson::DysonError;
use tensor_dyson::linalg::LinalgError;
use tensor_dyson::measure::{AtomsError, LawError, ParseError, WeightedCovarianceError};
use tensor_dyson::model::{HermiteError, ModelError};
use tensor_dyson::report::{Picture, PictureError, WriteError};
use tensor_dyson::spectrum::{MemoryError, SpectrumError};

/// The subcommands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print and save any intermediate of the derivation.
    Inspect(inspect::Arguments),
    /// Write a crate for a derivation of your own.
    New(new::Arguments),
    /// The talk's limit law, or any expression of laws: values with bounds, edges, grids, plots.
    Law(law::Arguments),
    /// The spectrum of an NTK, drawn or of your own data, against the limit law.
    Sample(sample::Arguments),
}

impl Command {
    /// Does what was asked for.
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        match self {
            Command::Inspect(arguments) => inspect::run(arguments),
            Command::New(arguments) => new::run(arguments),
            Command::Law(arguments) => law::run(arguments),
            Command::Sample(arguments) => sample::run(arguments),
        }
    }
}

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    /// A file that is no array of numbers.
    #[error("cannot read '{path}': {source}")]
    Read {
        path: PathBuf,
        source: ndarray_npy::ReadNpyError,
    },
    /// An array of other things than the numbers that are read.
    #[error("'{path}' has entries of type {found}: f64, f32, i64 and i32 are read")]
    Entries { path: PathBuf, found: String },
    /// An array of another rank than asked for.
    #[error("'{path}' has shape {shape:?}: it must have {rank} {}", if *rank == 1 { "axis" } else { "axes" })]
    Rank {
        path: PathBuf,
        shape: Vec<usize>,
        rank: usize,
    },
    /// A size that a file and an argument, or two files, give differently.
    #[error("{name} = {given}, but {by} has {found}")]
    Size {
        name: &'static str,
        given: usize,
        by: &'static str,
        found: usize,
    },
    /// An archive without the arrays that are asked for.
    #[error("cannot read '{path}': {source}")]
    Archive {
        path: PathBuf,
        source: ndarray_npy::ReadNpzError,
    },
    /// A file whose numbers are no law.
    #[error("'{path}' is no law: {source}")]
    File { path: PathBuf, source: LawError },
    /// A cell of a table that is no number.
    #[error("'{path}', line {line}: '{found}' is not a number")]
    Cell {
        path: PathBuf,
        line: usize,
        found: String,
    },
    /// No tensor has this name.
    #[error("'{name}' is no tensor; 'tensor-dyson inspect --list' names them")]
    Tensor { name: String },
    /// A tensor that would not fit.
    #[error("{name} would have {entries} entries: more than {limit}; take smaller n, d or p")]
    TooLarge {
        name: &'static str,
        entries: usize,
        limit: usize,
    },
    /// An array that could not be put into an archive.
    #[error("cannot encode '{path}': {source}")]
    Encode {
        path: PathBuf,
        source: ndarray_npy::WriteNpzError,
    },
    /// A folder whose name is no crate's.
    #[error(
        "'{name}' does not end in the name of a crate: a letter, then letters, digits, - and _, \
         and no name that cargo or the toolkit has"
    )]
    CrateName { name: String },
    /// A folder without the toolkit's source.
    #[error("--toolkit {folder}: there is no Cargo.toml in it")]
    Toolkit { folder: PathBuf },
    /// An array with NaN or an infinity.
    #[error("'{path}' has {value} at {index:?}: every entry must be a finite number")]
    Entry {
        path: PathBuf,
        index: Vec<usize>,
        value: f64,
    },
    /// An array without entries.
    #[error("'{path}' has shape {shape:?}: it is empty")]
    EmptyArray { path: PathBuf, shape: Vec<usize> },
    /// A column that cannot be standardised.
    #[error("'{path}': column {column} has no finite variance above 0 to divide by")]
    Column { path: PathBuf, column: usize },
    /// A size of 0.
    #[error("{name} is 0: it must be at least 1")]
    Zero { name: &'static str },
    /// A number out of its range.
    #[error("{name} is {value}: it must be {needed}")]
    Argument {
        name: &'static str,
        value: f64,
        needed: &'static str,
    },
    /// A path to write to that is a folder, or in none.
    #[error("'{path}' is not a file in an existing folder")]
    NoFile { path: PathBuf },
    #[error(transparent)]
    Memory(#[from] MemoryError),
    #[error(transparent)]
    Spectrum(#[from] SpectrumError),
    #[error("cannot listen to Ctrl-C: {0}")]
    Interrupt(#[from] ctrlc::Error),
    #[error("--threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// Atoms that are no law.
    #[error("--nu: {0}")]
    Nu(#[from] AtomsError),
    #[error(transparent)]
    Law(#[from] WeightedCovarianceError),
    #[error(transparent)]
    Hermite(#[from] HermiteError),
    #[error(transparent)]
    Value(#[from] LawError),
    /// An expression that is no law.
    #[error("--expr: {0}")]
    Expression(#[from] ParseError),
    /// A point below the real axis, or none.
    #[error("--z {}: it must be finite, with Im z at least 0", point(*z))]
    HalfPlane { z: Complex64 },
    /// Two laws of one name.
    #[error("--law {name}= is given twice: a name stands for one law")]
    Repeated { name: String },
    /// A question without a single answer.
    #[error("no value can be given of {count} asked for; the reasons are with each")]
    NoAnswer { count: usize },
    /// A table without a grid.
    #[error("csv and npz hold a grid: give --grid LO:HI:N")]
    NoGrid,
    /// A file of a kind that is not written.
    #[error("'{path}' must end in {allowed}")]
    Extension {
        path: PathBuf,
        allowed: &'static str,
    },
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Covariance(#[from] CovarianceError),
    #[error(transparent)]
    Dyson(#[from] DysonError),
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}

/// Prints; a reader that went away (a closed pipe) ends the program quietly.
fn say(text: &str) {
    if writeln!(std::io::stdout(), "{text}").is_err() {
        std::process::exit(0);
    }
}

/// Columns of a terminal.
const COLUMNS: usize = 100;

/// Lines broken at spaces to fit a terminal, what follows indented.
pub(crate) fn wrapped(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(broken).collect();
    lines.join("\n")
}

fn broken(line: &str) -> String {
    if line.chars().count() <= COLUMNS {
        return line.to_owned();
    }
    let (mut out, mut column) = (String::new(), 0);
    for word in line.split(' ') {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > COLUMNS {
            out.push_str("\n    ");
            column = 4;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out
}

/// A number as it is written, with a power of ten where plain decimals would run on.
fn number(x: f64) -> String {
    if x == 0.0 || (1e-5..1e15).contains(&x.abs()) {
        x.to_string()
    } else {
        format!("{x:e}")
    }
}

/// A complex number likewise.
fn point(z: Complex64) -> String {
    let sign = if z.im.is_sign_negative() { "" } else { "+" };
    format!("{}{sign}{}i", number(z.re), number(z.im))
}

/// Refuses the value of an argument that is given and is not finite and above 0.
fn above_zero(name: &'static str, value: Option<f64>) -> Result<(), CommandError> {
    match value {
        Some(value) if !(value.is_finite() && value > 0.0) => Err(CommandError::Argument {
            name,
            value,
            needed: "a finite number above 0",
        }),
        _ => Ok(()),
    }
}

/// The format that the name of a figure's file asks for.
fn picture(path: &Path) -> Result<Picture, CommandError> {
    Picture::of(path).ok_or_else(|| CommandError::Extension {
        path: path.to_owned(),
        allowed: Picture::ENDINGS,
    })
}

/// The size that those of `known` that are there agree on, if any is; each with what gives it.
fn agreed(
    name: &'static str,
    known: &[(&'static str, Option<usize>)],
) -> Result<Option<usize>, CommandError> {
    let mut agreed: Option<usize> = None;
    for &(by, found) in known {
        if let (Some(given), Some(found)) = (agreed, found)
            && given != found
        {
            return Err(CommandError::Size {
                name,
                given,
                by,
                found,
            });
        }
        agreed = agreed.or(found);
    }
    match agreed {
        Some(0) => Err(CommandError::Zero { name }),
        size => Ok(size),
    }
}
