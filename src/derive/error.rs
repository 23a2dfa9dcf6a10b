//! What is wrong with a model, and where it is written.

use crate::model::HermiteError;
use crate::symbolic::SymbolicError;
use thiserror::Error;

/// A model that cannot be taken, with the place in its text.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("line {line}, column {column}: {fault}")]
pub struct ModelTextError {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: ModelFault,
}

/// What can be wrong with a model.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ModelFault {
    /// The text is no TOML, or has a key or a value that a model has not.
    #[error("{message}")]
    Toml {
        /// What the reader of TOML says.
        message: String,
    },
    /// The feature is not of the form `ω[a,b] = x[a] …`.
    #[error("a feature is written with its legs, as in `ω[a,b] = x[a] G[k,b] x[k]`, not `{text}`")]
    Feature {
        /// What stands there.
        text: String,
    },
    /// An index that is summed within parentheses and stands outside of them.
    #[error(
        "`{index}` is summed within these parentheses and stands outside of them as well: equal names are one index in a whole product, so give one of them another letter"
    )]
    Scope {
        /// The index.
        index: String,
    },
    /// An index letter of no size.
    #[error(
        "the letter of index `{index}` belongs to no size: [indices] gives each size its letters"
    )]
    Letter {
        /// The index.
        index: String,
    },
    /// A tensor of the feature that is neither data nor weights.
    #[error("`{tensor}` is neither in [data] nor in [weights]")]
    Undeclared {
        /// The tensor.
        tensor: String,
    },
    /// A tensor with two sets of slots.
    #[error("`{tensor}` has slots over ({first}) and over ({second})")]
    Slots {
        /// The tensor.
        tensor: String,
        /// As it is written first.
        first: String,
        /// As it is written here.
        second: String,
    },
    /// A tensor that the feature does not use.
    #[error("`{tensor}` does not occur in the feature")]
    Unused {
        /// The tensor.
        tensor: String,
    },
    /// No data: nothing is random from row to row.
    #[error("the feature has no tensor from [data]: all its rows are the same")]
    NoData,
    /// A function in the feature that is not declared.
    #[error("`{function}(…)`: no function of this name is in [activations]")]
    Function {
        /// Its name.
        function: String,
    },
    /// A function that has no name as an activation.
    #[error(transparent)]
    Activation(#[from] HermiteError),
    /// A derivative that is none of the functions that have a name.
    #[error(
        "`{function}′` is known for relu, tanh, sin and the like, and for expr:…, not for this `{function}`"
    )]
    Derivative {
        /// The function.
        function: String,
    },
    /// What a function is applied to is no form of one tensor of the data.
    #[error(
        "`({argument})`: a function is applied to a form in one tensor of [data], as in `φ(G[k,b] x[k])`, \
         each of whose terms leaves the same indices open"
    )]
    Argument {
        /// What stands in the parentheses.
        argument: String,
    },
    /// Two functions of one tensor of the data, or one of two forms.
    #[error(
        "`{tensor}` stands in the arguments of two functions, or of one in two ways: one is taken"
    )]
    Arguments {
        /// The tensor.
        tensor: String,
    },
    /// A function of data that are not Gaussian.
    #[error("`{function}` of a form in `{tensor}`: this is derived for Gaussian data only")]
    NotGaussian {
        /// The function.
        function: String,
        /// The data.
        tensor: String,
    },
    /// More derivatives than are taken.
    #[error(
        "beside a function of `{tensor}` a term has `{tensor}` once at most and no second function of it, and a term \
         without one has it twice at most"
    )]
    Beside {
        /// The tensor.
        tensor: String,
    },
    /// A file that is not read.
    #[error("`{path}`: {message}")]
    Rows {
        /// The file.
        path: String,
        /// What its reader says.
        message: String,
    },
    /// A file that is no sample of a vector.
    #[error(
        "`{path}` is {rows}×{columns}: it takes at least 2 rows, one for each sample, that are not all alike, and \
         numbers between 1e-37 and 1e37"
    )]
    Matrix {
        /// The file.
        path: String,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// Data with a law beside their file, or weights with one.
    #[error("`data = \"…\"` stands alone, in [data]: the rows of the file are the law")]
    DataAlone,
    /// A ladder for which a file of the data is too small.
    #[error(
        "`{tensor}` is {}×{}, too small for size {size}, which draws {} rows with {} columns",
        file[0],
        file[1],
        asked[0],
        asked[1]
    )]
    FileSize {
        /// The tensor whose rows the file has.
        tensor: String,
        /// The file's rows and columns.
        file: [usize; 2],
        /// The size.
        size: usize,
        /// The rows and columns that it asks for.
        asked: [usize; 2],
    },
    /// A law that is not known.
    #[error("no law is called `{law}`: {known}")]
    Law {
        /// What stands there.
        law: String,
        /// Those that are known.
        known: &'static str,
    },
    /// A law for a tensor of another number of slots.
    #[error("`{tensor}` has {slots} slots: the law `{law}` is of {needed}")]
    LawSlots {
        /// The tensor.
        tensor: String,
        /// Its slots.
        slots: usize,
        /// The law.
        law: &'static str,
        /// What the law is of.
        needed: &'static str,
    },
    /// The covariance that a vector is to have is none of the weights.
    #[error(
        "the covariance `{covariance}` is not in [weights] as `{{ covariance = [low, high] }}`"
    )]
    Covariance {
        /// Its name.
        covariance: String,
    },
    /// A covariance that is not given by two numbers.
    #[error(
        "a covariance is given by its least and its largest eigenvalue, as in `covariance = [0.3, 1.7]`"
    )]
    Eigenvalues,
    /// Bounds of a covariance's eigenvalues that are none.
    #[error("eigenvalues from {low} to {high}: 0 < low ≤ high is needed")]
    Bounds {
        /// The lower.
        low: f64,
        /// The upper.
        high: f64,
    },
    /// A size that is no positive multiple of powers of the free size.
    #[error(
        "a size is an expression such as `3/2 d` of the one that has none, and `{size}` is not"
    )]
    Size {
        /// The size.
        size: String,
    },
    /// No samples.
    #[error("[sizes] has no `n`, the number of samples, as in `n = \"1/2 d p\"`")]
    NoSamples,
    /// A size that is written by means of itself.
    #[error("`{size}` is written by means of itself")]
    Circular {
        /// The size.
        size: String,
    },
    /// A feature with two legs of one name.
    #[error("two legs of the feature are called `{leg}`")]
    Leg {
        /// The name.
        leg: String,
    },
    /// A claim about a tensor of the data.
    #[error("`{tensor}` is drawn anew for each sample: a covariance holds weights only")]
    ClaimedData {
        /// The tensor.
        tensor: String,
    },
    /// A claim over other legs than those of a covariance.
    #[error(
        "a claim begins with the legs of the feature and their copies, over ({needed}), as in `[a,b,c,e] …`"
    )]
    ClaimedLegs {
        /// The sizes of the legs.
        needed: String,
    },
    /// An activation that is 0.
    #[error("`{function}` is 0 everywhere: the feature is the same for every sample")]
    Zero {
        /// Its name.
        function: String,
    },
    /// Not exactly one size without an expression.
    #[error("{free} sizes have no expression: it must be 1, of which the others are expressions")]
    Free {
        /// How many have none.
        free: usize,
    },
    /// Samples and features that grow at different rates: their ratio has no limit.
    #[error(
        "n grows as the power {samples} of the free size, the features as the power {features}: n/N has to have a limit"
    )]
    Order {
        /// The power of n.
        samples: i64,
        /// The power of N.
        features: i64,
    },
    /// A variance that is no positive number at every size.
    #[error(
        "a variance is a positive expression of the sizes, as in `\"1/d\"`, and `{variance}` is not"
    )]
    Variance {
        /// What stands there.
        variance: String,
    },
    /// A ladder that is none.
    #[error("a ladder is at least 3 sizes from 2 on, ascending")]
    Ladder,
    /// A ladder whose largest size has arrays that are too large.
    #[error("at size {size} an array has {entries:.1e} entries: at most {most:.0e} are made")]
    Large {
        /// The size.
        size: usize,
        /// The entries of the largest array.
        entries: f64,
        /// The most.
        most: f64,
    },
    /// An exponent that no error that decays stays below.
    #[error("`rate` is the exponent that the error stays below, a negative number, not {rate}")]
    Rate {
        /// What stands there.
        rate: f64,
    },
    /// Parentheses within parentheses without end.
    #[error("more than {most} parentheses within one another")]
    Nested {
        /// The most.
        most: usize,
    },
    /// What the calculus does not take.
    #[error(transparent)]
    Symbolic(#[from] SymbolicError),
}
