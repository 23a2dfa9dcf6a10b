//! The kernel of a whole network: output layer, biases, either parametrisation.

use super::super::CommandError;
use super::given::{Asked, Read};
use ndarray::{Array1, Array2};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::model::{EntryLaw, Parametrisation, Parts, Sizes, Streams, network_kernel};
use tensor_dyson::study::Study;

/// What is trained beside the first weights, and how weights are scaled.
#[derive(clap::Args)]
pub(super) struct Network {
    /// The output weights are trained as well: adds K₂ = (1/p) σσᵀ. Like --bias and --parametrisation it takes all n
    /// eigenvalues, and the limit law above is not that of the sum: --expr names another.
    #[arg(long, conflicts_with_all = NOT_OF_A_NETWORK)]
    output_layer: bool,
    /// Biases inside of σ, trained as well: σ(XW/√d + βb), b drawn from N(0, 1), for this β.
    #[arg(long, value_name = "BETA", allow_negative_numbers = true, conflicts_with_all = NOT_OF_A_NETWORK)]
    bias: Option<f64>,
    /// Whether gradients are divided by the roots of the widths (ntk) or not (standard).
    #[arg(long, value_enum, conflicts_with_all = NOT_OF_A_NETWORK)]
    parametrisation: Option<Scaling>,
}

/// What says nothing about it: other kernels, and the search for the spectrum of the first layer's.
pub(super) const NOT_OF_A_NETWORK: [&str; 10] = [
    "kernel",
    "jacobian",
    "route",
    "probes",
    "steps",
    "tolerance",
    "highest",
    "products",
    "basis",
    "precision",
];

#[derive(Clone, Copy, clap::ValueEnum)]
enum Scaling {
    /// Weights of variance 1, divided by the roots of the widths.
    Ntk,
    /// Weights of variance 1/width.
    Standard,
}

/// Square matrices of size n that are there at once: the kernel, two Gram matrices and one for the eigenvalues.
const SQUARES: f64 = 4.0;

impl Network {
    pub(super) fn is_there(&self) -> bool {
        self.output_layer || self.bias.is_some() || self.parametrisation.is_some()
    }

    /// Refuses a β that is no number.
    pub(super) fn check(&self) -> Result<(), CommandError> {
        match self.bias {
            Some(value) if !value.is_finite() => Err(CommandError::Argument {
                name: "--bias",
                value,
                needed: "a finite number",
            }),
            _ => Ok(()),
        }
    }

    /// Computes, prints and writes.
    pub(super) fn run(
        &self,
        study: Study,
        note: String,
        asked: &Asked<'_>,
    ) -> Result<(), CommandError> {
        let Sizes { n, d, p } = study.sizes;
        fits(&study)?;
        let activation = study.activation.clone();
        let Held { x, w, a, b } = Held::of(study);
        let parts = Parts {
            output_layer: self.output_layer,
            bias: self.bias.map(|beta| (beta, b.view())),
            parametrisation: match self.parametrisation {
                Some(Scaling::Standard) => Parametrisation::Standard,
                Some(Scaling::Ntk) | None => Parametrisation::Ntk,
            },
        };
        let kernel = network_kernel(x.view(), w.view(), a.view(), &activation, parts)?;
        let read = Read {
            source: format!(
                "{note}; n = {n}, d = {d}, p = {p}, {}",
                activation.formulas()
            ),
            formula: parts.formula(),
            n,
            eigenvalues: symmetric_eigenvalues(kernel.view())?,
        };
        asked.answer(read)
    }
}

/// Refuses a kernel that does not fit in memory as a matrix.
pub(super) fn fits(study: &Study) -> Result<(), CommandError> {
    let Sizes { n, d, p } = study.sizes;
    let [rows, inputs, units] = [n, d, p].map(|size| size as f64);
    let memory = 8.0 * (SQUARES * rows * rows + rows * (inputs + 3.0 * units) + inputs * units);
    if memory > study.effort.memory as f64 {
        return Err(CommandError::Large {
            n,
            needed: memory / 1e9,
            available: study.effort.memory as f64 / 1e9,
        });
    }
    Ok(())
}

/// X, W, a and b, as given or drawn.
pub(super) struct Held {
    pub(super) x: Array2<f64>,
    pub(super) w: Array2<f64>,
    pub(super) a: Array1<f64>,
    pub(super) b: Array1<f64>,
}

impl Held {
    pub(super) fn of(study: Study) -> Self {
        let Sizes { n, d, p } = study.sizes;
        let streams = Streams::new(study.seed, "network");
        let gaussian = |rows, columns, stream| -> Array2<f64> {
            EntryLaw::Gaussian.matrix(rows, columns, &mut streams.stream(stream))
        };
        let entries = study.entries;
        let drawn = || entries.matrix(n, d, &mut streams.stream(0));
        let weights = study.weights;
        let outer = || weights.sample(p, &mut streams.stream(2));
        Held {
            x: study.x.unwrap_or_else(drawn),
            w: study.w.unwrap_or_else(|| gaussian(d, p, 1)),
            a: study.a.unwrap_or_else(outer),
            b: gaussian(1, p, 3).into_iter().collect(),
        }
    }
}
