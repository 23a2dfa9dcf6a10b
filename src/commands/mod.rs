//! One file a subcommand: its arguments, and what it does with the library's public interface.

mod arrays;
mod inspect;
mod law;
mod new;

use clap::Subcommand;
use num_complex::Complex64;
use std::io::Write;
use std::path::PathBuf;
use tensor_dyson::covariance::CovarianceError;
use tensor_dyson::dyson::DysonError;
use tensor_dyson::linalg::LinalgError;
use tensor_dyson::measure::{AtomsError, LawError, ParseError, WeightedCovarianceError};
use tensor_dyson::model::ModelError;
use tensor_dyson::report::{PlotError, WriteError};

/// The subcommands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print and save any intermediate of the derivation.
    Inspect(inspect::Arguments),
    /// Write a crate for a derivation of your own.
    New(new::Arguments),
    /// The talk's limit law or any expression of laws: m(z) with error bounds, atoms, support, grids, plots.
    Law(law::Arguments),
}

impl Command {
    /// Does what was asked for.
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        match self {
            Command::Inspect(arguments) => inspect::run(arguments),
            Command::New(arguments) => new::run(arguments),
            Command::Law(arguments) => law::run(arguments),
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
    /// An array of another rank than asked for.
    #[error("'{path}' has shape {shape:?}: it must have {rank} axes")]
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
        "'{name}' does not end in the name of a crate: a letter, then letters, digits, - and _"
    )]
    CrateName { name: String },
    /// A folder without the toolkit's source.
    #[error("--toolkit {folder}: there is no Cargo.toml in it")]
    Toolkit { folder: PathBuf },
    /// Atoms that are no law.
    #[error("--nu: {0}")]
    Nu(#[from] AtomsError),
    #[error(transparent)]
    Law(#[from] WeightedCovarianceError),
    #[error(transparent)]
    Value(#[from] LawError),
    /// An expression that is no law.
    #[error("--expr: {0}")]
    Expression(#[from] ParseError),
    /// A point below the real axis, or none.
    #[error("--z {z}: it must be finite, with Im z at least 0")]
    HalfPlane { z: Complex64 },
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
    Plot(#[from] PlotError),
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
