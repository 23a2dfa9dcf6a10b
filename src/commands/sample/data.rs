//! X, W and a: read and checked, or drawn.

use super::super::{CommandError, agreed, arrays};
use super::Arguments;
use ndarray::{Array1, Array2, Axis};
use std::path::Path;
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{EntryLaw, Streams, WeightLaw};
use tensor_dyson::spectrum::{DrawnRows, Samples};

/// What the NTK is made of, and the law that a² has.
pub(super) struct Data {
    /// n×d.
    pub x: Samples<f64>,
    /// d×p.
    pub w: Array2<f64>,
    /// p.
    pub a: Array1<f64>,
    /// The law of a².
    pub nu: Atoms,
    /// Where they come from.
    pub note: String,
}

/// The streams of W and a; the blocks of X have the small numbers.
const WEIGHTS: u64 = u64::MAX;
const OUTER: u64 = u64::MAX - 1;

/// Each column with mean 0 and variance 1.
fn standardise(path: &Path, x: &mut Array2<f64>) -> Result<(), CommandError> {
    let n = x.nrows() as f64;
    for (column, mut values) in x.axis_iter_mut(Axis(1)).enumerate() {
        let mean = values.sum() / n;
        values -= mean;
        let variance = values.dot(&values) / n;
        // What is left of a constant column is the rounding of its mean.
        let rounding = 8.0 * f64::EPSILON * mean.abs();
        if !variance.is_finite() || variance.sqrt() <= rounding {
            let path = path.to_owned();
            return Err(CommandError::Column { path, column });
        }
        values /= variance.sqrt();
    }
    Ok(())
}

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

pub(super) fn data(arguments: &Arguments) -> Result<Data, CommandError> {
    let x = match &arguments.data {
        Some(path) => {
            let mut x = arrays::read_matrix("--data", path)?;
            if arguments.standardise {
                standardise(path, &mut x)?;
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
    for (name, columns) in [("X", d), ("W", p)] {
        let entries = n.max(d).checked_mul(columns).and_then(|e| e.checked_mul(8));
        if entries.is_none_or(|bytes| bytes > isize::MAX as usize) {
            let limit = isize::MAX as usize / 8;
            let entries = usize::MAX;
            return Err(CommandError::TooLarge {
                name,
                entries,
                limit,
            });
        }
    }
    let streams = Streams::new(arguments.seed, "sample");
    let drawn = Atoms::new(arguments.nu.at.clone(), arguments.nu.mass.clone())?;
    let nu = match &a {
        Some(a) => Atoms::empirical(a.iter().map(|a| a * a).collect())?,
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
        x: match x {
            Some(x) => Samples::Stored(x),
            None => Samples::Drawn(DrawnRows {
                streams,
                entries,
                n,
                d,
            }),
        },
        w: w.unwrap_or_else(|| EntryLaw::Gaussian.matrix(d, p, &mut streams.stream(WEIGHTS))),
        a: a.unwrap_or_else(|| WeightLaw::Squares(drawn).sample(p, &mut streams.stream(OUTER))),
        nu,
        note: note.join("; "),
    })
}
