//! One file a subcommand: its arguments, and what it does with the library's public interface.

mod arrays;
mod deliver;
mod derive;
mod error;
mod inspect;
mod law;
mod new;
mod sample;
mod spectrum;

pub(crate) use error::CommandError;

use clap::Subcommand;
use std::io::Write;
use std::path::Path;
use tensor_dyson::files::Output;
use tensor_dyson::report::{Picture, as_written as number, complex_as_written as point, wrapped};

/// How an answer without a table is printed.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Format {
    /// Lines for a reader.
    Text,
    /// One JSON object.
    Json,
}

/// The subcommands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print and save any intermediate of the derivation.
    Inspect(inspect::Arguments),
    /// Write a crate for a derivation of your own.
    New(new::Arguments),
    /// The talk's limit law, or any expression of laws: values with bounds, edges, grids, plots.
    Law(Box<law::Arguments>),
    /// All that follows from a feature in index notation: covariance, spectrum, law, samples, near misses.
    Derive(derive::Arguments),
    /// The spectrum of an NTK, drawn or of your own data, against the limit law.
    Sample(Box<sample::Arguments>),
    /// How many eigenvalues of a data matrix's covariance stand out of the noise.
    Spectrum(spectrum::Arguments),
}

impl Command {
    /// Does what was asked for.
    pub(crate) fn run(&self) -> Result<(), CommandError> {
        match self {
            Command::Inspect(arguments) => inspect::run(arguments),
            Command::New(arguments) => new::run(arguments),
            Command::Law(arguments) => law::run(arguments),
            Command::Derive(arguments) => derive::run(arguments),
            Command::Sample(arguments) => sample::run(arguments),
            Command::Spectrum(arguments) => spectrum::run(arguments),
        }
    }
}

/// Says on the standard error what is no result; whether it is heard does not matter.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", wrapped(text, 0, 4));
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

/// What `--output` and `--plot` write.
fn outputs<'a>(
    output: Option<&'a Path>,
    endings: &'static [&'static str],
    plot: Option<&'a Path>,
) -> Vec<Output<'a>> {
    let written = output.map(|path| Output {
        flag: "--output",
        path,
        endings,
    });
    let drawn = plot.map(|path| Output {
        flag: "--plot",
        path,
        endings: Picture::ENDINGS,
    });
    written.into_iter().chain(drawn).collect()
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
