//! One file a subcommand: its arguments, and what it does with the library's public interface.

mod arrays;
mod deliver;
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
use tensor_dyson::files::{EncodeError, Output, PlaceError, ReadError, WriteError};
use tensor_dyson::linalg::LinalgError;
use tensor_dyson::measure::{AtomsError, LawError, ParseError, WeightedCovarianceError};
use tensor_dyson::model::{ConstantColumn, HermiteError, ModelError};
use tensor_dyson::polynomial::PolynomialError;
use tensor_dyson::report::{Picture, PictureError};
use tensor_dyson::spectrum::{NtkError, PlanError, SpectrumError};

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
    /// A file that is not read.
    #[error("{flag}: {source}")]
    Input { flag: String, source: ReadError },
    /// A file that is not written.
    #[error("{flag}: {source}")]
    Output {
        flag: &'static str,
        source: WriteError,
    },
    /// Lines that are not printed.
    #[error("cannot write to the standard output: {0}")]
    Print(std::io::Error),
    /// Outputs that cannot be, or would be lost.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// A size that a file and an argument, or two files, give differently.
    #[error("{name} = {given}, but {by} has {found}")]
    Size {
        name: &'static str,
        given: usize,
        by: &'static str,
        found: usize,
    },
    /// A file whose numbers are no law.
    #[error("--law {name}: '{path}' is no law: {source}")]
    NoLaw {
        name: String,
        path: PathBuf,
        source: LawError,
    },
    /// A table of which it is not known what its columns are.
    #[error(
        "--law {name}: '{path}' has {columns} columns: one (eigenvalues) or two (points and the density there) are \
         read, or those that a header calls x and density"
    )]
    Columns {
        name: String,
        path: PathBuf,
        columns: usize,
    },
    /// No tensor has this name.
    #[error("'{name}' is no tensor; 'tensor-dyson inspect --list' names them")]
    Tensor { name: String },
    /// A tensor that would not fit.
    #[error("{name} would have {} entries: more than {limit}; take smaller n, d or p", many(*entries))]
    TooLarge {
        name: &'static str,
        entries: usize,
        limit: usize,
    },
    /// A tensor of another size than the catalogue says.
    #[error(transparent)]
    Shape(#[from] ndarray::ShapeError),
    /// Arrays that could not be put into an archive.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// A folder whose name is no crate's.
    #[error(
        "'{name}' does not end in the name of a crate: a letter, then letters, digits, - and _, \
         and no name that cargo or the toolkit has"
    )]
    CrateName { name: String },
    /// A folder without the toolkit's source.
    #[error("--toolkit {folder}: there is no Cargo.toml in it")]
    Toolkit { folder: PathBuf },
    /// A column that cannot be standardised.
    #[error("'{path}': {error}")]
    Column {
        path: PathBuf,
        error: ConstantColumn,
    },
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
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Ntk(#[from] NtkError),
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
    /// A variable whose law is none.
    #[error("{flag} {name}: {source}")]
    Variable {
        flag: &'static str,
        name: String,
        source: ParseError,
    },
    /// An expression in matrices that has no name in one of laws.
    #[error("--poly beside --expr needs a name: --poly NAME=EXPRESSION")]
    Unnamed,
    /// Several expressions and none of laws that they stand in.
    #[error("several --poly: one alone has a law; --expr takes them by name")]
    Several,
    #[error(transparent)]
    Polynomial(#[from] PolynomialError),
    /// A question without a single answer.
    #[error("no value can be given of {count} asked for; the reasons are with each")]
    NoAnswer { count: usize },
    /// A table without a grid.
    #[error("csv and npz hold a grid: give --grid LO:HI:N")]
    NoGrid,
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

/// Says on the standard error what is no result; whether it is heard does not matter.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", wrapped(text));
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

/// A count that may have been too large to count.
fn many(count: usize) -> String {
    if count == usize::MAX {
        "more than 2^64".to_owned()
    } else {
        count.to_string()
    }
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

/// A figure to be written.
fn plotted<'a>(path: &'a Path) -> Output<'a> {
    Output {
        flag: "--plot",
        path,
        endings: Picture::ENDINGS,
    }
}

/// The format that the name of a figure's file asks for; what is no regular file takes SVG.
fn picture(path: &Path) -> Picture {
    Picture::of(path).unwrap_or(Picture::Svg)
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
