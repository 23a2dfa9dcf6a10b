//! `tensor-dyson law`: a law at points of the closed upper half plane, on a grid, and as a plot.
//!
//! The law is the limit law of the talk, from its coefficients, or any expression that [`Law::parse`] reads.

mod answer;
mod asked;
mod at;
mod file;
mod finite;
mod json;
mod more;
mod omega;
mod parsed;
mod places;
mod plot;
mod poly;

use super::deliver::{Made, deliver};
use super::{CommandError, above_zero, picture};
use answer::{Answer, Questions};
use asked::{Asked, asked};
pub(super) use file::{Named, named_laws};
use more::More;
use num_complex::Complex64;
use parsed::Grid;
pub(super) use parsed::Pairs;
use places::Written;
use std::path::PathBuf;
use tensor_dyson::model::Activation;

const NOTATION: &str = "\
Laws:       mp(0.5)  semicircle(1)  uniform(0, 1)  arcsine(-1, 1)  point(2)  atoms(1:0.5, 3:0.5)
            mix(0.3: mp(1), 0.7: point(0))   mpmap(0.5, mp(1)), the Marchenko–Pastur map
            power(2.5, mp(1)), free cumulants times 2.5; the law of a corner of share 0.4 of a
            matrix, its free compression, is 0.4 * power(2.5, LAW); back goes decompress(0.4, LAW),
            LAW a free Meixner law: meixner(mean, variance, a, e), of cumulants κ₃ = va and
            κ₄ = v(a² + e), or meixner(LAW), the one with the first four moments of LAW
            covariance(gamma2, alpha, beta, mean, atoms(…)), the law of 𝒬
Images:     2 * mp(1)   -mp(1)   mp(1) + 3
            a NAME of --law NAME=FILE
Operations: [+] free sum   [x] free product   * and [.], sum and product of independent variables
            No operation goes before another: parentheses say the order.
Matrices:   --poly 'a*b + b*a' --var 'a=semicircle(1)' --var 'b=mp(0.5)'
            --poly \"X*D*X'\" --gaussian 'X[n,d]' --fixed 'D=atoms(1:0.5, 3:0.5)' --ratio n/d=0.5
            + - * /2 ^3 ^-1 inv( ), X' the adjoint, i; free variables, and Gaussian matrices of
            variance 1/COLS, so that X*X' has the law mp(n/d). --expr takes the law as NAME.
Example:    tensor-dyson law --expr 'mp(0.5) [x] (2 * semicircle(0.1) + 3)' --z 2+0i --grid 0:12:50";

/// The talk's limit law, or any expression of laws: values with bounds, edges, grids, plots.
#[derive(clap::Args)]
#[command(after_help = NOTATION)]
pub(crate) struct Arguments {
    /// γ₁ = lim n/(dp).
    #[arg(
        long,
        allow_hyphen_values = true,
        required_unless_present_any = ["expr", "poly"],
        conflicts_with = "expr"
    )]
    gamma1: Option<f64>,
    /// γ₂ = lim p/d.
    #[arg(
        long,
        allow_hyphen_values = true,
        required_unless_present_any = ["expr", "poly", "d", "weights"],
        conflicts_with = "expr"
    )]
    gamma2: Option<f64>,
    /// α = E zσ′(z).
    #[arg(
        long,
        allow_hyphen_values = true,
        required_unless_present_any = ["activation", "expr", "poly"],
        conflicts_with = "expr"
    )]
    alpha: Option<f64>,
    /// β = √E σ′(z)².
    #[arg(
        long,
        allow_hyphen_values = true,
        required_unless_present_any = ["activation", "expr", "poly"],
        conflicts_with = "expr"
    )]
    beta: Option<f64>,
    /// c₀ = E σ′(z) [default: 0].
    #[arg(long, allow_hyphen_values = true, conflicts_with = "expr")]
    mean: Option<f64>,
    /// Instead of α, β, c₀: σ as relu, …, or σ′ as step, derivative:cos, …: see sample --help.
    #[arg(long, conflicts_with_all = ["alpha", "beta", "mean", "expr"])]
    activation: Option<Activation>,
    /// The law of a², as value:probability pairs [default: 1:1].
    #[arg(long, allow_hyphen_values = true, conflicts_with = "expr")]
    nu: Option<Pairs>,
    /// Instead of γ₂: 𝒬 itself for d inputs and a W that is drawn, γ₁ = n/(dp); with --p.
    #[arg(long, requires = "p", conflicts_with_all = ["gamma2", "expr"])]
    d: Option<usize>,
    /// Its p hidden units.
    #[arg(long, requires = "d", conflicts_with = "expr")]
    p: Option<usize>,
    /// Instead of γ₂: 𝒬 itself for the W (d×p) of a .npy file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["gamma2", "expr"])]
    weights: Option<PathBuf>,
    /// The a (p) of a .npy file, for --weights or --d; drawn with a² ~ ν if not given.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["gamma2", "expr", "nu"])]
    output_weights: Option<PathBuf>,
    /// The seed of what is drawn.
    #[arg(long, default_value_t = 1, conflicts_with_all = ["gamma2", "expr"])]
    seed: u64,
    /// Any law as an expression, in the notation below.
    #[arg(long, allow_hyphen_values = true)]
    expr: Option<String>,
    /// A .csv, .npy or .npz file: eigenvalues, or points and the density there, or symmetric n×n matrices A₀, A₁, … (three
    /// axes) of A₀ + Σ A_j s_j with free semicircular s_j; may be repeated.
    #[arg(long, value_name = "NAME=FILE")]
    law: Vec<Named>,
    #[command(flatten)]
    polynomials: poly::Arguments,
    /// A point with Im z ≥ 0; may be repeated.
    #[arg(long, allow_hyphen_values = true)]
    z: Vec<Complex64>,
    /// The distribution function at X with a proved bound; may be repeated.
    #[arg(long, value_name = "X", allow_hyphen_values = true)]
    cumulative: Vec<f64>,
    #[command(flatten)]
    more: More,
    /// Density and distribution function at N points, LO and HI included.
    #[arg(long, value_name = "LO:HI:N", allow_hyphen_values = true)]
    grid: Option<Grid>,
    /// How to print; csv prints the grid.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Writes a .json, .csv or .npz file; the last two hold the grid.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Draws the density to a file that ends in .svg or .png.
    #[arg(long, value_name = "FILE.svg|png")]
    plot: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Format {
    /// Lines for a reader.
    Text,
    /// One JSON object.
    Json,
    /// The grid as comma-separated values with a header.
    Csv,
}

/// Every refusal that needs no computation.
fn checked(arguments: &Arguments) -> Result<(), CommandError> {
    places::check(arguments)?;
    arguments.more.check()?;
    for (name, value) in [
        ("--gamma1", arguments.gamma1),
        ("--gamma2", arguments.gamma2),
    ] {
        above_zero(name, value)?;
    }
    let table = arguments.format == Format::Csv
        || matches!(arguments.written(), Some(Written::Csv | Written::Npz));
    if table && arguments.grid.is_none() {
        return Err(CommandError::NoGrid);
    }
    if let Some(&value) = arguments.cumulative.iter().find(|x| !x.is_finite()) {
        return Err(CommandError::Argument {
            name: "--cumulative",
            value,
            needed: "a finite number",
        });
    }
    match arguments.z.iter().find(|z| !(z.is_finite() && z.im >= 0.0)) {
        Some(&z) => Err(CommandError::HalfPlane { flag: "--z", z }),
        None => Ok(()),
    }
}

/// Evaluates the law, and prints or writes it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    checked(arguments)?;
    let Asked {
        law,
        name,
        title,
        said,
    } = asked(arguments)?;
    let grid = arguments.grid.map(|grid| grid.points());
    let questions = Questions {
        z: &arguments.z,
        cumulative: &arguments.cumulative,
        more: &arguments.more,
        grid,
    };
    let answer = Answer::new(&law, name, questions);
    let json = answer.json()?.to_string();
    let mut files = vec![];
    if let Some(path) = &arguments.plot {
        let drawn = picture(path).draw(&plot::figure(&law, title));
        files.push(Made {
            flag: "--plot",
            path,
            bytes: drawn.map_err(CommandError::from),
            done: String::new(),
        });
    }
    let text = match (&arguments.output, arguments.written()) {
        (Some(path), Some(written)) => {
            files.push(Made {
                flag: "--output",
                path,
                bytes: match written {
                    Written::Json => Ok(format!("{json}\n").into_bytes()),
                    Written::Csv => Ok(answer.csv().into_bytes()),
                    Written::Npz => answer.npz(),
                },
                done: format!("wrote {}", path.display()),
            });
            String::new()
        }
        _ => match arguments.format {
            Format::Json => json,
            Format::Csv => answer.csv().trim_end().to_owned(),
            Format::Text => {
                let text = answer.text();
                let lines = said.iter().map(String::as_str).chain([text.trim_end()]);
                lines.collect::<Vec<_>>().join("\n")
            }
        },
    };
    deliver(files, vec![text])?;
    answered(&answer)
}

/// An error where nothing that was asked for is known; the reasons are in the answer.
fn answered(answer: &Answer) -> Result<(), CommandError> {
    match answer.unanswered() {
        Some(count) => Err(CommandError::NoAnswer { count }),
        None => Ok(()),
    }
}
