//! X, W and a: read and checked, or drawn.

use super::super::{CommandError, agreed, arrays};
use super::Arguments;
use ndarray::{Array1, Array2, Axis};
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{EntryLaw, Streams, WeightLaw, standardise};
use tensor_dyson::spectrum::{
    DistinctRows, DrawnRows, MemoryError, Needs, PlanError, Samples, reserve, weights_bytes,
};

/// What the NTK is made of, and the law that a² has.
pub(super) struct Data {
    /// X.
    pub rows: Rows,
    /// d×p.
    pub w: Array2<f64>,
    /// p.
    pub a: Array1<f64>,
    /// The law of a².
    pub nu: Atoms,
    /// Where they come from.
    pub note: String,
}

/// X, n×d: its rows, or its distinct rows and how often each stands there.
pub(super) struct Rows {
    pub x: Samples<f64>,
    /// Where rows repeat.
    pub counts: Option<Vec<usize>>,
    /// n, all rows.
    pub total: usize,
}

impl From<Array2<f64>> for Rows {
    fn from(x: Array2<f64>) -> Self {
        let distinct = DistinctRows::of(x);
        Rows {
            total: distinct.total(),
            counts: distinct.has_repeats().then_some(distinct.counts),
            x: Samples::Stored(distinct.rows),
        }
    }
}

/// The streams of W and a; the blocks of X have the small numbers.
const WEIGHTS: u64 = u64::MAX;
const OUTER: u64 = u64::MAX - 1;

/// What the columns are like, which the law takes to have mean 0 and variance 1.
fn columns(x: &Array2<f64>) -> String {
    let n = x.nrows() as f64;
    let moments = x.axis_iter(Axis(1)).map(|values| {
        let mean = values.sum() / n;
        (mean.abs(), values.dot(&values) / n - mean * mean)
    });
    let (mut mean, mut low, mut high) = (0.0f64, f64::INFINITY, 0.0f64);
    for (m, v) in moments {
        mean = mean.max(m);
        low = low.min(v);
        high = high.max(v);
    }
    format!("|mean| up to {mean:.2}, variance {low:.2} to {high:.2}")
}

/// Reads and draws, within so many bytes.
pub(super) fn data(arguments: &Arguments, available: u64) -> Result<Data, CommandError> {
    let x = match &arguments.data {
        Some(path) => {
            let mut x = arrays::read_matrix("--data", path)?;
            if arguments.standardise {
                standardise(&mut x).map_err(|error| CommandError::Column {
                    path: path.clone(),
                    error,
                })?;
            }
            Some(x)
        }
        None => None,
    };
    let w = arguments.weights.as_deref();
    let w = w
        .map(|path| arrays::read_matrix("--weights", path))
        .transpose()?;
    let a = arguments.output_weights.as_deref();
    let a = a
        .map(|path| arrays::read_vector("--output-weights", path))
        .transpose()?;
    let (rows, columns_of) = (
        |m: &Option<Array2<f64>>| m.as_ref().map(|m| m.nrows()),
        |m: &Option<Array2<f64>>| m.as_ref().map(|m| m.ncols()),
    );
    let d = [
        ("--d", arguments.d),
        ("--data", columns_of(&x)),
        ("--weights", rows(&w)),
    ];
    let d = agreed("d", &d)?.unwrap_or(60);
    let outer = a.as_ref().map(|a| a.len());
    let p = [
        ("--p", arguments.p),
        ("--weights", columns_of(&w)),
        ("--output-weights", outer),
    ];
    let p = agreed("p", &p)?.unwrap_or((3 * d).div_ceil(2));
    let n = [("--n", arguments.n), ("--data", rows(&x))];
    let n = agreed("n", &n)?.unwrap_or(d.saturating_mul(p).div_ceil(2));
    // W is made before the route is planned.
    let weights = weights_bytes(d, p);
    if weights > available {
        return Err(PlanError::Memory(MemoryError {
            what: Needs::Weights { d, p },
            needed: weights,
            available,
        })
        .into());
    }
    reserve(weights)?;
    let streams = Streams::new(arguments.seed, "sample");
    let drawn = Atoms::new(arguments.nu.at.clone(), arguments.nu.mass.clone())?;
    let nu = match &a {
        Some(a) => {
            let squares: Vec<f64> = a.iter().map(|a| a * a).collect();
            if let Some(k) = squares.iter().position(|square| !square.is_finite()) {
                return Err(CommandError::Argument {
                    name: "--output-weights: an entry",
                    value: a[k],
                    needed: "a number whose square is an f64",
                });
            }
            Atoms::empirical(squares)?
        }
        None => drawn.clone(),
    };
    let mut note = vec![];
    note.push(match (&arguments.data, &x) {
        (Some(path), Some(x)) => format!("X from {} ({})", path.display(), columns(x)),
        _ => format!("X drawn, seed {}", arguments.seed),
    });
    for (name, path) in [("W", &arguments.weights), ("a", &arguments.output_weights)] {
        note.push(match path {
            Some(path) => format!("{name} from {}", path.display()),
            None => format!("{name} drawn, seed {}", arguments.seed),
        });
    }
    let entries = EntryLaw::from(arguments.entries);
    Ok(Data {
        rows: match x {
            Some(x) => Rows::from(x),
            None => Rows {
                x: Samples::Drawn(DrawnRows {
                    streams,
                    entries,
                    n,
                    d,
                }),
                counts: None,
                total: n,
            },
        },
        w: w.unwrap_or_else(|| EntryLaw::Gaussian.matrix(d, p, &mut streams.stream(WEIGHTS))),
        a: a.unwrap_or_else(|| WeightLaw::Squares(drawn).sample(p, &mut streams.stream(OUTER))),
        nu,
        note: note.join("; "),
    })
}
