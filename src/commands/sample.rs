//! `tensor-dyson sample`: the spectrum of an NTK, drawn or of the user's own data, against the limit law.

mod covariance;
mod data;
mod entries;
mod given;
mod network;
mod output;
mod progress;

use super::deliver::{Made, deliver};
use super::law::Pairs;
use super::{CommandError, Format, above_zero, picture};
use entries::Entries;
use output::Outcome;
use progress::{Interrupt, Watched};
use std::path::PathBuf;
use tensor_dyson::model::Activation;
use tensor_dyson::spectrum::{Route, SpectrumError};
use tensor_dyson::study::{Effort, Precision, Prepared, StudyError};

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
    /// The covariance of X in the law: white, or that of the rows given. The latter takes all n eigenvalues; --expr,
    /// --output-layer and the flags of the search for the spectrum do not go with it.
    #[arg(long, value_enum, requires = "data", conflicts_with_all = network::NOT_OF_A_NETWORK,
        conflicts_with_all = ["expr", "output_layer", "bias", "parametrisation"])]
    covariance: Option<covariance::Covariance>,
    #[command(flatten)]
    given: given::Given,
    #[command(flatten)]
    network: network::Network,
    /// W (d×p) from a .npy file; N(0, 1) entries if not given.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// a (p) from a .npy file; the law then has the a² of the file for ν.
    #[arg(long, value_name = "FILE", conflicts_with = "nu")]
    output_weights: Option<PathBuf>,
    /// σ: relu, tanh, erf, gelu, silu, softplus, sigma:sigmoid, sigma:sin, sigma:square, or an expression, 'expr:x*tanh(x)';
    /// or σ′: derivative:identity, derivative:cos, derivative:sin, step, hermite:c0,c1,…, the coefficients of σ′ in the
    /// orthonormal Hermite polynomials.
    #[arg(long, default_value = "derivative:identity")]
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
    /// Lanczos steps of each probe, 300 if not given; the first goes on as far as the search for the extremes.
    #[arg(long, value_parser = at_least_one)]
    steps: Option<usize>,
    /// The error to which extreme eigenvalues are wanted, as a share of the law's upper edge; 1e-7 if not given, and
    /// 1e-6 where the law begins at 0 (to 1e-6): the lowest is then not told from 0, and takes √10 times the products
    /// for each further digit.
    #[arg(long, allow_negative_numbers = true)]
    tolerance: Option<f64>,
    /// Highest eigenvalues that are searched for on the matrix-free route; 2 if not given.
    #[arg(long, value_parser = at_least_one)]
    highest: Option<usize>,
    /// Products with the kernel after which that search stops; 4000 if not given.
    #[arg(long, value_parser = at_least_one)]
    products: Option<usize>,
    /// Krylov vectors kept in that search: more take memory and save products; 2000, or as many as fit, if not
    /// given.
    #[arg(long, value_parser = at_least_one)]
    basis: Option<usize>,
    /// The arithmetic of the products on the matrix-free route: f32 is twice as fast, and the extremes are then
    /// certified with f64 products. f32 if not given, for a tolerance from 1e-7 and numbers between 1e-6 and 1e6.
    #[arg(long, value_enum)]
    precision: Option<PrecisionArgument>,
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
enum RouteArgument {
    /// All eigenvalues of the smaller Gram matrix.
    Dense,
    /// Lanczos and stochastic quadrature.
    MatrixFree,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum PrecisionArgument {
    /// f32.
    Single,
    /// f64.
    Double,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(count) => Ok(count),
        Err(error) => Err(error.to_string()),
    }
}

impl Arguments {
    /// The work that is allowed.
    fn effort(&self) -> Result<Effort, CommandError> {
        let default = Effort::default();
        Ok(Effort {
            route: self.route.map(|route| match route {
                RouteArgument::Dense => Route::Dense,
                RouteArgument::MatrixFree => Route::MatrixFree,
            }),
            probes: self.probes,
            steps: self.steps.unwrap_or(default.steps),
            tolerance: self.tolerance,
            highest: self.highest.unwrap_or(default.highest),
            products: self.products.unwrap_or(default.products),
            basis: self.basis,
            precision: self.precision.map(|precision| match precision {
                PrecisionArgument::Single => Precision::Single,
                PrecisionArgument::Double => Precision::Double,
            }),
            memory: available(self.memory)?,
        })
    }

    /// What was given and does nothing on the route.
    fn unused(&self, route: Route) -> Vec<&'static str> {
        if route == Route::MatrixFree {
            return Vec::new();
        }
        let given = [
            ("--probes", self.probes.is_some()),
            ("--steps", self.steps.is_some()),
            ("--tolerance", self.tolerance.is_some()),
            ("--highest", self.highest.is_some()),
            ("--products", self.products.is_some()),
            ("--basis", self.basis.is_some()),
            ("--precision", self.precision.is_some()),
        ];
        let given = given.into_iter().filter(|(_, given)| *given);
        given.map(|(name, _)| name).collect()
    }
}

/// What is about to be done, on standard error, where it takes a while.
fn announce(prepared: &Prepared) {
    let seconds = prepared.seconds();
    if seconds >= 1.0 {
        let text = format!("{}; about {seconds:.0} s at most", prepared.plan());
        super::note(&text);
    }
}

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

/// Draws or reads, computes, prints and writes.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    above_zero("--tolerance", arguments.tolerance)?;
    let network = &arguments.network;
    network.check()?;
    arguments.given.check(network.is_there())?;
    let (output, plot) = (arguments.output.as_deref(), arguments.plot.as_deref());
    if arguments.given.is_there() {
        return arguments.given.run(arguments.format, output, plot);
    }
    data::places(arguments)?;
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    if network.is_there() {
        let (study, note) = data::study(arguments, arguments.effort()?)?;
        let asked = arguments.given.asked(arguments.format, output, plot)?;
        return network.run(study, note, &asked);
    }
    if arguments.covariance == Some(covariance::Covariance::Sample) {
        let (study, note) = data::study(arguments, arguments.effort()?)?;
        let asked = arguments.given.asked(arguments.format, output, plot)?;
        return covariance::run(study, &note, asked);
    }
    let interrupt = Interrupt::new()?;
    let (study, note) = data::study(arguments, arguments.effort()?)?;
    let prepared = study.prepare()?;
    announce(&prepared);
    let found = match prepared.run(&mut Watched::by(&interrupt)) {
        Err(StudyError::Spectrum(SpectrumError::Stopped { .. })) if interrupt.asked() => {
            std::process::exit(progress::INTERRUPTED)
        }
        other => other?,
    };
    interrupt.only_asks();
    let outcome = Outcome {
        activation: &arguments.activation,
        seed: arguments.seed,
        note,
        unused: arguments.unused(found.plan.route),
        found,
    };
    print(arguments, &outcome)?;
    if !outcome.found.is_complete && interrupt.asked() {
        std::process::exit(progress::INTERRUPTED);
    }
    Ok(())
}

/// The files that were asked for, and the lines.
fn print(arguments: &Arguments, outcome: &Outcome<'_>) -> Result<(), CommandError> {
    let json = outcome.json()?.to_string();
    let mut files = vec![];
    if let Some(path) = &arguments.output {
        files.push(Made {
            flag: "--output",
            path,
            bytes: Ok(format!("{json}\n").into_bytes()),
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
        Format::Json => json,
    };
    deliver(files, vec![text])
}
