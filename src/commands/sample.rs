//! `tensor-dyson sample`: the spectrum of an NTK, drawn or of the user's own data, against the limit law.

mod data;
mod output;
mod progress;
mod routes;

use super::deliver::{Made, deliver};
use super::law::Pairs;
use super::{CommandError, above_zero, picture, plotted};
use data::Data;
use output::Outcome;
use progress::{Bar, Interrupt};
use routes::Model;
use std::path::{Path, PathBuf};
use tensor_dyson::files::{Output, check};
use tensor_dyson::measure::{Law, WeightedCovariance};
use tensor_dyson::model::{Activation, EntryLaw, Sizes};
use tensor_dyson::spectrum::{Problem, Route, Samples, plan};

/// Draws X, W and a, or reads them, and compares the spectrum of their NTK with the limit law: the distribution
/// function, the extreme eigenvalues, the mass at 0.
///
/// NTK = (1/d) XXᵀ ∘ (1/p) F Fᵀ, F = σ′(XW/√d) diag(a), X n×d, W d×p with entries of variance 1. The route is
/// chosen by the sizes and the free memory, and printed with the reason: all eigenvalues of the smaller Gram
/// matrix, or Lanczos and stochastic quadrature on products with a kernel that is never formed. Ctrl-C ends the
/// latter early with what is known by then (exit code 130), and everything else with nothing.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Samples; d·p/2 if not given.
    #[arg(long)]
    n: Option<usize>,
    /// Inputs; 60 if not given.
    #[arg(long)]
    d: Option<usize>,
    /// Hidden units; 3d/2 if not given.
    #[arg(long)]
    p: Option<usize>,
    /// X (n×d) from a .npy file, one sample a row.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Give each column of X mean 0 and variance 1, as the law assumes.
    #[arg(long, requires = "data")]
    standardise: bool,
    /// W (d×p) from a .npy file; N(0, 1) entries if not given.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// a (p) from a .npy file; the law then has the a² of the file for ν.
    #[arg(long, value_name = "FILE", conflicts_with = "nu")]
    output_weights: Option<PathBuf>,
    /// σ′: identity, cos, sin, step (or relu), tanh, erf, hermite:c0,c1,…
    #[arg(long, default_value = "identity")]
    activation: Activation,
    /// The law of a², as value:probability pairs; the signs of a are random.
    #[arg(long, default_value = "1:1", allow_hyphen_values = true)]
    nu: Pairs,
    /// The law of the entries of a drawn X.
    #[arg(long, value_enum, default_value = "gaussian", conflicts_with = "data")]
    entries: Entries,
    /// The seed of all that is drawn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Which way; chosen by the sizes and the memory if not given.
    #[arg(long, value_enum)]
    route: Option<RouteArgument>,
    /// Random probes of the quadrature; as many as bring their error to 0.008, but at most 8, if not given.
    #[arg(long, value_parser = at_least_one)]
    probes: Option<usize>,
    /// Lanczos steps of each probe; the first goes on as far as the search for the extremes.
    #[arg(long, default_value_t = 300, value_parser = at_least_one)]
    steps: usize,
    /// The error to which extreme eigenvalues are wanted, as a share of the law's upper edge; 1e-7 if not given, and
    /// 1e-6 where the law begins at 0 (to 1e-6): the lowest is then not told from 0, and takes √10 times the products
    /// for each further digit.
    #[arg(long, allow_negative_numbers = true)]
    tolerance: Option<f64>,
    /// Highest eigenvalues that are searched for on the matrix-free route.
    #[arg(long, default_value_t = 2, value_parser = at_least_one)]
    highest: usize,
    /// Products with the kernel after which that search stops.
    #[arg(long, default_value_t = 4000, value_parser = at_least_one)]
    products: usize,
    /// Krylov vectors kept in that search: more take memory and save products; 2000, or as many as fit, if not
    /// given.
    #[arg(long, value_parser = at_least_one)]
    basis: Option<usize>,
    /// The arithmetic of the products on the matrix-free route: f32 is twice as fast, and the extremes are then
    /// verified with f64 products. f32 if not given, for a tolerance from 1e-7.
    #[arg(long, value_enum)]
    precision: Option<Precision>,
    /// Gigabytes that may be used; the free memory if not given.
    #[arg(long, value_name = "GB", allow_negative_numbers = true)]
    memory: Option<f64>,
    /// Number of threads; the numbers do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write the JSON to this file as well.
    #[arg(long, value_name = "FILE.json")]
    output: Option<PathBuf>,
    /// Draw the spectrum and the law to this file, which ends in .svg or .png.
    #[arg(long, value_name = "FILE.svg|png")]
    plot: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Entries {
    /// N(0, 1).
    Gaussian,
    /// ±1.
    Rademacher,
    /// Uniform on (−√3, √3).
    Uniform,
    /// Student's t with 5 degrees of freedom, scaled to variance 1.
    StudentT5,
}

impl From<Entries> for EntryLaw {
    fn from(entries: Entries) -> Self {
        match entries {
            Entries::Gaussian => EntryLaw::Gaussian,
            Entries::Rademacher => EntryLaw::Rademacher,
            Entries::Uniform => EntryLaw::Uniform,
            Entries::StudentT5 => EntryLaw::StudentT5,
        }
    }
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Lines for a reader.
    Text,
    /// One JSON object.
    Json,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum RouteArgument {
    /// All eigenvalues of the smaller Gram matrix.
    Dense,
    /// Lanczos and stochastic quadrature.
    MatrixFree,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Precision {
    /// f32.
    Single,
    /// f64.
    Double,
}

/// Krylov vectors that are kept if there is room, and if there is little.
const BASIS: (usize, usize) = (250, 2000);
/// The residual of a vector found with f32 products is some 2⁻²⁴ of the upper edge: below this share of it they
/// do not find what is asked. Also the tolerance if none is given.
const SINGLE_TOLERANCE: f64 = 1e-7;
/// The tolerance if none is given where the law begins below this share of its upper edge.
const HARD_EDGE_TOLERANCE: f64 = 1e-6;

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(count) => Ok(count),
        Err(error) => Err(error.to_string()),
    }
}

impl Arguments {
    /// The probes on so many rows: the 1 % point of their error is `1.628 (2/(rows·probes))^{1/2}`.
    fn probes_for(&self, rows: usize) -> usize {
        let enough = 2.0 * (1.628_f64 / 0.008).powi(2) / rows as f64;
        self.probes.unwrap_or((enough.ceil() as usize).clamp(1, 8))
    }

    /// Products in f32.
    fn single(&self) -> bool {
        match self.precision {
            Some(precision) => precision == Precision::Single,
            None => self.tolerance.is_none_or(|share| share >= SINGLE_TOLERANCE),
        }
    }
}

/// The error of F at which the law's cells are no longer halved; what is reached is printed.
const LAW_ERROR: f64 = 1e-6;

/// Bytes that may be used.
fn available(memory: Option<f64>) -> Result<u64, CommandError> {
    above_zero("--memory", memory)?;
    match memory {
        Some(gigabytes) => Ok((1e9 * gigabytes) as u64),
        None => {
            let mut system = sysinfo::System::new();
            system.refresh_memory();
            let limit = system.cgroup_limits().map(|limits| limits.free_memory);
            Ok(system.available_memory().min(limit.unwrap_or(u64::MAX)))
        }
    }
}

/// Refuses outputs that cannot be or would be lost.
fn places(arguments: &Arguments) -> Result<(), CommandError> {
    let inputs = [
        ("--data", &arguments.data),
        ("--weights", &arguments.weights),
        ("--output-weights", &arguments.output_weights),
    ];
    let inputs = inputs
        .iter()
        .filter_map(|(flag, path)| Some((*flag, path.as_deref()?)));
    let inputs: Vec<(&str, &Path)> = inputs.collect();
    let written = arguments.output.as_deref().map(|path| Output {
        flag: "--output",
        path,
        endings: &["json"],
    });
    let drawn = arguments.plot.as_deref().map(plotted);
    let outputs: Vec<Output<'_>> = written.into_iter().chain(drawn).collect();
    Ok(check(&inputs, &outputs)?)
}

/// Draws or reads, computes, prints and writes.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    above_zero("--tolerance", arguments.tolerance)?;
    places(arguments)?;
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    let interrupt = Interrupt::new()?;
    let Data { x, w, a, nu, note } = data::data(arguments)?;
    let ((n, d), p) = (x.dim(), a.len());
    let sizes = Sizes { n, d, p };
    let linear = arguments.activation == Activation::Identity;
    let rank = d.min(p);
    let features = if linear {
        rank * (rank + 1) / 2 + rank * (d - rank)
    } else {
        d.saturating_mul(p)
    };
    let plan = plan(
        &Problem {
            n,
            features,
            row: if linear { d } else { d + p },
            number: match (arguments.single(), &x) {
                (false, _) => 8,
                (true, Samples::Drawn(_)) => 4,
                (true, Samples::Stored(_)) => 12,
            },
            drawn: matches!(x, Samples::Drawn(_)),
            probes: arguments.probes_for(n.min(features)),
            steps: arguments.steps,
            basis: arguments.basis.map_or(BASIS, |basis| (basis, basis)),
        },
        arguments.route.map(|route| match route {
            RouteArgument::Dense => Route::Dense,
            RouteArgument::MatrixFree => Route::MatrixFree,
        }),
        available(arguments.memory)?,
    )?;
    let phi = arguments.activation.hermite_data();
    let beta = phi.beta_squared().sqrt();
    let q = WeightedCovariance::new(sizes.gamma_2(), phi.alpha(), beta, phi.mean(), nu)?;
    let law = Bar::spinner("the law").during(|| -> Result<_, CommandError> {
        let law = Law::from(q).mp_map(sizes.gamma_1())?;
        Ok(law.distribution_within(LAW_ERROR)?)
    })?;
    let edge = law.support().last().map_or(1.0, |interval| interval.1);
    let hard = law
        .support()
        .first()
        .is_some_and(|interval| interval.0 <= HARD_EDGE_TOLERANCE * edge);
    let share = arguments.tolerance.unwrap_or(if hard {
        HARD_EDGE_TOLERANCE
    } else {
        SINGLE_TOLERANCE
    });
    let tolerance = share * edge;
    let model = Model {
        w: &w,
        a: &a,
        activation: &arguments.activation,
    };
    let (distribution, extremes, complete) =
        routes::spectrum(&model, x, arguments, &plan, tolerance, &interrupt)?;
    let _writing = interrupt.finishing();
    let outcome = Outcome {
        sizes,
        activation: &arguments.activation,
        seed: arguments.seed,
        note,
        single: arguments.single() && plan.route == Route::MatrixFree,
        plan,
        law,
        distribution,
        share,
        extremes,
        complete,
    };
    let mut files = vec![];
    if let Some(path) = &arguments.output {
        files.push(Made {
            flag: "--output",
            path,
            bytes: Ok(format!("{}\n", outcome.json()).into_bytes()),
            done: String::new(),
        });
    }
    if let Some(path) = &arguments.plot {
        let drawn = picture(path).draw(&outcome.figure());
        files.push(Made {
            flag: "--plot",
            path,
            bytes: drawn.map_err(CommandError::from),
            done: String::new(),
        });
    }
    let text = match arguments.format {
        Format::Text => outcome.text(),
        Format::Json => outcome.json().to_string(),
    };
    deliver(files, vec![text])?;
    if !complete && interrupt.asked() {
        std::process::exit(progress::INTERRUPTED);
    }
    Ok(())
}
