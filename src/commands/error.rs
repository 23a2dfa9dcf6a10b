//! Why a command is not carried out, in the words that are printed.

use num_complex::Complex64;
use std::path::PathBuf;
use tensor_dyson::covariance::CovarianceError;
use tensor_dyson::dyson::DysonError;
use tensor_dyson::files::{EncodeError, PlaceError, ReadError, WriteError};
use tensor_dyson::linalg::LinalgError;
use tensor_dyson::measure::{AtomsError, LawError, ParseError, WeightedCovarianceError};
use tensor_dyson::model::{ConstantColumn, HermiteError, ModelError};
use tensor_dyson::polynomial::PolynomialError;
use tensor_dyson::report::{PictureError, complex_as_written as point};
use tensor_dyson::sample_covariance::DataError;
use tensor_dyson::study::StudyError;

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    /// A file that is not read.
    #[error("{flag}: {source}")]
    Input { flag: String, source: ReadError },
    /// A model that is not read.
    #[error("'{path}': {source}")]
    ModelFile {
        path: PathBuf,
        source: std::io::Error,
    },
    /// A model that is none.
    #[error("'{path}', {source}")]
    ModelText {
        path: PathBuf,
        source: tensor_dyson::derive::ModelTextError,
    },
    /// A model of which nothing can be derived.
    #[error("'{path}': {source}")]
    Derivation {
        path: PathBuf,
        source: tensor_dyson::derive::DerivationError,
    },
    /// A sample that tells too little of its covariance.
    #[error(
        "--covariance sample: n = {n} rows tell too little of the covariance of d = {d} columns; from n = {needed} on they do"
    )]
    FewRows { n: usize, d: usize, needed: usize },
    /// A covariance without a law.
    #[error("--covariance sample: {0}")]
    NtkLaw(#[from] tensor_dyson::derive::NtkLawError),
    /// A run over claims that was not carried out.
    #[error("{message}")]
    Run { message: String },
    /// Claims that do not stand, of which the run has told.
    #[error("some claim does not stand")]
    Unsettled,
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
    Study(#[from] StudyError),
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
    /// A population that is no law.
    #[error("--population: {0}")]
    Population(ParseError),
    /// A population with which the bulk has no law.
    #[error("--population: {0}")]
    Bulk(LawError),
    /// Data without a spectrum to speak of.
    #[error("--data: '{path}': {error}")]
    Data { path: PathBuf, error: DataError },
    /// A law and no kernel to hold against it.
    #[error(
        "--expr needs --kernel, --jacobian, or a network's --output-layer, --bias or --parametrisation: the NTK of the \
         first layer has its own law"
    )]
    LawWithoutKernel,
    /// A network's kernel that does not fit.
    #[error(
        "the kernel of the whole network is dense: n = {n} takes {needed:.1} GB and {available:.1} GB may be used"
    )]
    Large {
        n: usize,
        needed: f64,
        available: f64,
    },
    /// A matrix that is no kernel.
    #[error("--kernel: '{path}' is {rows}×{columns}{}: a kernel is square and symmetric", apart(*asymmetry))]
    NoKernel {
        path: PathBuf,
        rows: usize,
        columns: usize,
        asymmetry: f64,
    },
    /// Too few copies for the level.
    #[error(
        "--copies is {copies}: at level {level} at least {needed} are needed (or 0, and the Tracy–Widom law decides)"
    )]
    Copies {
        copies: usize,
        level: f64,
        needed: f64,
    },
    /// A point below the real axis, or none.
    #[error("{flag} {}: it must be finite, with Im z at least 0", point(*z))]
    HalfPlane { flag: &'static str, z: Complex64 },
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
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Covariance(#[from] CovarianceError),
    #[error(transparent)]
    Dyson(#[from] DysonError),
    #[error(transparent)]
    Linalg(#[from] LinalgError),
}

/// How far a square matrix is from its transpose.
fn apart(asymmetry: f64) -> String {
    if asymmetry.is_nan() {
        String::new()
    } else {
        format!(" and {asymmetry:.1e} of its largest entry away from its transpose")
    }
}

/// A count that may have been too large to count.
fn many(count: usize) -> String {
    if count == usize::MAX {
        "more than 2^64".to_owned()
    } else {
        count.to_string()
    }
}
