//! `tensor-dyson spectrum`: the sample covariance of a data matrix against the law of noise.

mod figure;
mod json;
mod output;

use super::deliver::{Made, deliver};
use super::law::{Named, named_laws};
use super::{CommandError, Format, above_zero, arrays, outputs, picture};
use output::Outcome;
use std::path::{Path, PathBuf};
use tensor_dyson::files::check;
use tensor_dyson::measure::Law;
use tensor_dyson::sample_covariance::{
    DataError, DataSpectrum, Options, Preparation, Randomisation,
};

const NOTATION: &str = "\
X has a sample a row and a variable a column. S = XᵀX/N of the centred columns, N = n − 1; γ = p/N.
Noise of variance σ² gives S the law of σ² MP^γ, a population with law H that of σ² H ⊠ MP^γ:
--population takes H as an expression, in the notation of 'tensor-dyson law --help'.
Examples:   tensor-dyson spectrum --data X.npy --plot spectrum.svg
            tensor-dyson spectrum --data X.csv --correlation --output found.json
            tensor-dyson spectrum --data X.npy --population 'mix(0.5: point(1), 0.5: uniform(2, 4))'";

/// How many eigenvalues of a data matrix's covariance stand out of the noise, and what lies behind them.
///
/// σ² is fitted on the bulk; each eigenvalue from the largest on is tested by the Tracy–Widom law at the sizes at
/// hand and against randomised copies of the data; population values and angles of the components, the optimal
/// threshold and shrinkers of singular values, and the population's spectrum follow.
#[derive(clap::Args)]
#[command(after_help = NOTATION)]
pub(crate) struct Arguments {
    /// X (n×p) from a .npy, .npz or .csv file, one sample a row; - is the standard input.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// The correlation matrix: each column is divided by its standard deviation as well.
    #[arg(long, conflicts_with = "uncentred")]
    correlation: bool,
    /// The columns have mean 0 by nature and are left as they are: N = n.
    #[arg(long)]
    uncentred: bool,
    /// H, the law of the population's eigenvalues up to the factor σ², as an expression [default: point(1)].
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    population: Option<String>,
    /// A file with a law that stands in the expression by name, as for law; may be repeated.
    #[arg(long, value_name = "NAME=FILE", requires = "population")]
    law: Vec<Named>,
    /// The noise's standard deviation σ, where it is known; fitted if not given.
    #[arg(long, allow_negative_numbers = true)]
    sigma: Option<f64>,
    /// The probability with which noise alone may be taken for a component.
    #[arg(long, default_value_t = 0.05, allow_negative_numbers = true)]
    level: f64,
    /// What the copies of the test are.
    #[arg(
        long,
        value_enum,
        default_value = "permutation",
        conflicts_with = "population"
    )]
    null: Null,
    /// Copies drawn for each eigenvalue; with 0 the Tracy–Widom law decides.
    #[arg(long, default_value_t = 99, conflicts_with = "population")]
    copies: usize,
    /// Components that are tested for at most.
    #[arg(long, default_value_t = 20)]
    most: usize,
    /// The seed of the copies.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of threads; the numbers do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write the JSON to this file as well.
    #[arg(long, value_name = "FILE.json")]
    output: Option<PathBuf>,
    /// Draw the eigenvalues and the law to this file, which ends in .svg or .png.
    #[arg(long, value_name = "FILE.svg|png")]
    plot: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Null {
    /// Each column shuffled: parallel analysis.
    Permutation,
    /// Each entry's sign drawn: for rows or columns with scales of their own.
    Signs,
}

impl Arguments {
    fn preparation(&self) -> Preparation {
        match (self.correlation, self.uncentred) {
            (true, _) => Preparation::Correlation,
            (_, true) => Preparation::Raw,
            _ => Preparation::Centred,
        }
    }

    fn population(&self) -> Result<Option<Law>, CommandError> {
        let Some(text) = &self.population else {
            return Ok(None);
        };
        let law = Law::parse_with(text, &named_laws(&self.law)?);
        law.map(Some).map_err(CommandError::Population)
    }

    fn options(&self) -> Result<Options, CommandError> {
        Ok(Options {
            preparation: self.preparation(),
            population: self.population()?,
            noise: self.sigma,
            level: self.level,
            randomisation: match self.null {
                Null::Permutation => Randomisation::Permutation,
                Null::Signs => Randomisation::Signs,
            },
            copies: self.copies,
            most: self.most,
            seed: self.seed,
        })
    }
}

/// Every refusal that needs no data.
fn checked(arguments: &Arguments) -> Result<(), CommandError> {
    above_zero("--sigma", arguments.sigma)?;
    if !(arguments.level > 0.0 && arguments.level < 1.0) {
        return Err(CommandError::Argument {
            name: "--level",
            value: arguments.level,
            needed: "between 0 and 1",
        });
    }
    // With fewer copies no p-value is as small as the level.
    let needed = (1.0 / arguments.level - 1.0 - 1e-9).ceil();
    if arguments.copies > 0 && (arguments.copies as f64) < needed {
        return Err(CommandError::Copies {
            copies: arguments.copies,
            level: arguments.level,
            needed,
        });
    }
    let flags: Vec<String> = arguments
        .law
        .iter()
        .map(|l| format!("--law {}", l.name))
        .collect();
    let laws = flags.iter().zip(&arguments.law);
    let laws = laws.map(|(flag, named)| (flag.as_str(), named.path.as_path()));
    let inputs: Vec<(&str, &Path)> = laws.chain([("--data", arguments.data.as_path())]).collect();
    let outputs = outputs(
        arguments.output.as_deref(),
        &["json"],
        arguments.plot.as_deref(),
    );
    Ok(check(&inputs, &outputs)?)
}

/// Reads, computes, prints and writes.
pub(crate) fn run(arguments: &Arguments) -> Result<(), CommandError> {
    checked(arguments)?;
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    let options = arguments.options()?;
    let x = arrays::read_matrix("--data", &arguments.data)?;
    let found = DataSpectrum::new(x.view(), &options).map_err(|error| match error {
        DataError::Law(error) if arguments.population.is_some() => CommandError::Bulk(error),
        error => CommandError::Data {
            path: arguments.data.clone(),
            error,
        },
    })?;
    let outcome = Outcome {
        path: &arguments.data,
        rows: x.nrows(),
        options: &options,
        found: &found,
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
        let drawn = picture(path).draw(&figure::figure(&found));
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
    deliver(files, vec![text])
}
