//! The spectrum of a kernel that is there already, or of `JJᵀ` of a network's Jacobian.

use super::super::deliver::{Made, deliver};
use super::super::{CommandError, Format, arrays, outputs, picture};
use ndarray::Array2;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tensor_dyson::files::check;
use tensor_dyson::ledger::{Axis, Figure};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::{Distribution, Law};
use tensor_dyson::report::wrapped;
use tensor_dyson::spectrum::{Kolmogorov, SampledDistribution};

/// A kernel or a Jacobian of one's own, and a law to hold it against.
#[derive(clap::Args)]
pub(super) struct Given {
    /// Instead of X, W, a: the kernel itself (n×n, symmetric) from a .npy file, in whatever normalisation it has.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["data", "weights", "output_weights", "n", "d", "p", "jacobian"])]
    kernel: Option<PathBuf>,
    /// Instead of X, W, a: the Jacobian J (n × parameters) of a network at n inputs; the kernel is JJᵀ.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["data", "weights", "output_weights", "n", "d", "p"])]
    jacobian: Option<PathBuf>,
    /// The law to hold a given kernel against, in the notation of 'tensor-dyson law --help'.
    #[arg(long, value_name = "EXPR", allow_hyphen_values = true)]
    expr: Option<String>,
}

/// The error of the law's distribution function at which its cells are no longer halved.
const LAW_ERROR: f64 = 1e-6;
/// Bars of the figure, points of the law.
const BARS: usize = 60;
const POINTS: usize = 600;
/// A kernel's entries may differ from their mirror images by this share of the largest: what f32 products leave.
const ASYMMETRY: f64 = 1e-5;

/// A kernel's eigenvalues and what it is.
pub(super) struct Read {
    /// Where it comes from.
    pub(super) source: String,
    /// How it comes from that.
    pub(super) formula: String,
    pub(super) n: usize,
    /// All that are not 0 by the shape, ascending.
    pub(super) eigenvalues: Vec<f64>,
}

/// How the answer is wanted.
pub(super) struct Asked<'a> {
    pub(super) format: Format,
    pub(super) output: Option<&'a Path>,
    pub(super) plot: Option<&'a Path>,
    /// The law of `--expr`.
    law: Option<(String, Distribution)>,
}

struct Outcome {
    read: Read,
    sampled: SampledDistribution,
    law: Option<(String, Distribution, Kolmogorov)>,
}

impl Given {
    pub(super) fn is_there(&self) -> bool {
        self.kernel.is_some() || self.jacobian.is_some()
    }

    /// A law is given for kernels that the limit law of the command is not about.
    pub(super) fn check(&self, network: bool) -> Result<(), CommandError> {
        if self.expr.is_some() && !network && !self.is_there() {
            return Err(CommandError::LawWithoutKernel);
        }
        Ok(())
    }

    /// With the law of `--expr`.
    pub(super) fn asked<'a>(
        &self,
        format: Format,
        output: Option<&'a Path>,
        plot: Option<&'a Path>,
    ) -> Result<Asked<'a>, CommandError> {
        let law = match &self.expr {
            Some(text) => {
                let law = Law::parse(text)?;
                Some((law.to_string(), law.distribution_within(LAW_ERROR)?))
            }
            None => None,
        };
        Ok(Asked {
            format,
            output,
            plot,
            law,
        })
    }

    fn read(&self) -> Result<Option<Read>, CommandError> {
        if let Some(path) = &self.kernel {
            let kernel = symmetric(arrays::read_matrix("--kernel", path)?, path)?;
            let found = symmetric_eigenvalues(kernel.view())?;
            return Ok(Some(Read {
                source: path.display().to_string(),
                formula: "K as it is".to_owned(),
                n: kernel.nrows(),
                eigenvalues: found,
            }));
        }
        let Some(path) = &self.jacobian else {
            return Ok(None);
        };
        let j = arrays::read_matrix("--jacobian", path)?;
        let smaller = if j.nrows() <= j.ncols() {
            gram(j.view())
        } else {
            gram(j.t())
        };
        let found = symmetric_eigenvalues(smaller.view())?;
        Ok(Some(Read {
            source: path.display().to_string(),
            formula: "K = JJᵀ".to_owned(),
            n: j.nrows(),
            eigenvalues: found,
        }))
    }

    /// Reads, computes, prints and writes.
    pub(super) fn run(
        &self,
        format: Format,
        output: Option<&Path>,
        plot: Option<&Path>,
    ) -> Result<(), CommandError> {
        let inputs = [("--kernel", &self.kernel), ("--jacobian", &self.jacobian)];
        let inputs = inputs
            .iter()
            .filter_map(|(flag, path)| Some((*flag, path.as_deref()?)));
        let inputs: Vec<(&str, &Path)> = inputs.collect();
        let outputs = outputs(output, &["json"], plot);
        check(&inputs, &outputs)?;
        let asked = self.asked(format, output, plot)?;
        match self.read()? {
            Some(read) => asked.answer(read),
            None => Ok(()),
        }
    }
}

impl Asked<'_> {
    /// Puts a law in place of that of `--expr`.
    pub(super) fn against(&mut self, text: String, law: &Law) -> Result<(), CommandError> {
        self.law = Some((text, law.distribution_within(LAW_ERROR)?));
        Ok(())
    }

    /// Prints and writes.
    pub(super) fn answer(&self, read: Read) -> Result<(), CommandError> {
        let sampled = SampledDistribution::exact(read.eigenvalues.clone(), read.n);
        let law = self.law.as_ref().map(|(text, law)| {
            let distance = sampled.kolmogorov(law);
            (text.clone(), law.clone(), distance)
        });
        let outcome = Outcome { read, sampled, law };
        let mut files = vec![];
        if let Some(path) = self.output {
            files.push(Made {
                flag: "--output",
                path,
                bytes: Ok(format!("{}\n", outcome.json()).into_bytes()),
                done: String::new(),
            });
        }
        if let Some(path) = self.plot {
            files.push(Made {
                flag: "--plot",
                path,
                bytes: picture(path)
                    .draw(&outcome.figure())
                    .map_err(CommandError::from),
                done: String::new(),
            });
        }
        let text = match self.format {
            Format::Text => outcome.text(),
            Format::Json => outcome.json().to_string(),
        };
        deliver(files, vec![text])
    }
}

/// A square matrix that is symmetric to its rounding, made so exactly.
fn symmetric(kernel: Array2<f64>, path: &Path) -> Result<Array2<f64>, CommandError> {
    let (rows, columns) = kernel.dim();
    let refused = |asymmetry| CommandError::NoKernel {
        path: path.to_owned(),
        rows,
        columns,
        asymmetry,
    };
    if rows != columns || rows == 0 {
        return Err(refused(f64::NAN));
    }
    let largest = kernel.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    let apart = (&kernel - &kernel.t())
        .iter()
        .fold(0.0f64, |most, x| most.max(x.abs()));
    if apart > ASYMMETRY * largest {
        return Err(refused(apart / largest));
    }
    Ok(0.5 * (&kernel + &kernel.t()))
}

impl Outcome {
    fn ends(&self) -> (f64, f64) {
        let ends = self
            .read
            .eigenvalues
            .first()
            .zip(self.read.eigenvalues.last());
        ends.map_or((0.0, 0.0), |(low, high)| (*low, *high))
    }

    fn mean(&self) -> f64 {
        self.read.eigenvalues.iter().sum::<f64>() / self.read.n as f64
    }

    fn text(&self) -> String {
        let (low, high) = self.ends();
        let mut lines = vec![
            format!(
                "{}: {}, n = {}",
                self.read.source, self.read.formula, self.read.n
            ),
            format!(
                "mass at 0             {:.6}",
                self.sampled.mass_at_zero().value
            ),
            format!("lowest, highest       {low:.6e}, {high:.6e}"),
            format!("mean eigenvalue       {:.6e}", self.mean()),
        ];
        if let Some((text, law, distance)) = &self.law {
            lines.push(format!("law                   {text}"));
            for (low, high) in law.support() {
                lines.push(format!("support of the law    {low:.6e} to {high:.6e}"));
            }
            lines.push(format!(
                "Kolmogorov distance   {:.6}, at λ = {:.6e}",
                distance.distance, distance.at
            ));
        }
        wrapped(&lines.join("\n"), 0, 4)
    }

    fn json(&self) -> Value {
        let (low, high) = self.ends();
        json!({
            "data": self.read.source, "normalisation": self.read.formula, "n": self.read.n,
            "mass_at_zero": self.sampled.mass_at_zero().value, "lowest": low, "highest": high,
            "mean": self.mean(), "eigenvalues": self.read.eigenvalues,
            "law": self.law.as_ref().map(|(text, law, _)| json!({
                "expr": text, "support": law.support(), "error": law.error_estimate(),
            })),
            "kolmogorov": self.law.as_ref().map(|(.., found)| json!({
                "distance": found.distance, "at": found.at,
            })),
        })
    }

    fn figure(&self) -> Figure {
        let (low, high) = self.ends();
        let (low, high) = (low.min(0.0), if high > low { high } else { low + 1.0 });
        let figure = Figure::new(
            "sample",
            format!("{}, n = {}", self.read.formula, self.read.n),
            Axis::linear("λ"),
            Axis::linear("density"),
        );
        let mut all = self.read.eigenvalues.clone();
        all.resize(self.read.n, 0.0);
        let figure = figure.histogram("eigenvalues", &all, (low, high), BARS);
        match &self.law {
            None => figure,
            Some((_, law, _)) => {
                let at = |k: usize| low + (high - low) * k as f64 / POINTS as f64;
                figure.line("law", (1..POINTS).map(at).map(|x| (x, law.density(x))))
            }
        }
    }
}
