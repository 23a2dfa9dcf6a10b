//! X, W and a: read and checked, or left to be drawn.

use super::super::{CommandError, agreed, arrays, outputs};
use super::Arguments;
use ndarray::{Array2, Axis};
use std::path::Path;
use tensor_dyson::files::check;
use tensor_dyson::measure::Atoms;
use tensor_dyson::model::{WeightLaw, standardise};
use tensor_dyson::study::{Effort, Study};

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

/// X, read.
fn read_data(arguments: &Arguments) -> Result<Option<Array2<f64>>, CommandError> {
    let Some(path) = &arguments.data else {
        return Ok(None);
    };
    let mut x = arrays::read_matrix("--data", path)?;
    if arguments.standardise {
        standardise(&mut x).map_err(|error| CommandError::Column {
            path: path.clone(),
            error,
        })?;
    }
    Ok(Some(x))
}

/// Reads what is given, and says of each of X, W and a where it comes from.
pub(super) fn study(
    arguments: &Arguments,
    effort: Effort,
) -> Result<(Study, String), CommandError> {
    let x = read_data(arguments)?;
    let w = arguments.weights.as_deref();
    let w = w.map(|path| arrays::read_matrix("--weights", path));
    let w = w.transpose()?;
    let a = arguments.output_weights.as_deref();
    let a = a.map(|path| arrays::read_vector("--output-weights", path));
    let a = a.transpose()?;
    let (x_dim, w_dim) = (x.as_ref().map(|x| x.dim()), w.as_ref().map(|w| w.dim()));
    let d = [
        ("--d", arguments.d),
        ("--data", x_dim.map(|dim| dim.1)),
        ("--weights", w_dim.map(|dim| dim.0)),
    ];
    let d = agreed("d", &d)?;
    let p = [
        ("--p", arguments.p),
        ("--weights", w_dim.map(|dim| dim.1)),
        ("--output-weights", a.as_ref().map(|a| a.len())),
    ];
    let p = agreed("p", &p)?;
    let n = [("--n", arguments.n), ("--data", x_dim.map(|dim| dim.0))];
    let n = agreed("n", &n)?;
    let entries = a.iter().flatten();
    if let Some(&value) = entries.into_iter().find(|a| !(*a * *a).is_finite()) {
        return Err(CommandError::Argument {
            name: "--output-weights: an entry",
            value,
            needed: "a number whose square is an f64",
        });
    }
    let nu = Atoms::new(arguments.nu.at.clone(), arguments.nu.mass.clone())?;
    let mut note = vec![match (&arguments.data, &x) {
        (Some(path), Some(x)) => format!("X from {} ({})", path.display(), columns(x)),
        _ => format!("X drawn, seed {}", arguments.seed),
    }];
    for (name, path) in [("W", &arguments.weights), ("a", &arguments.output_weights)] {
        note.push(match path {
            Some(path) => format!("{name} from {}", path.display()),
            None => format!("{name} drawn, seed {}", arguments.seed),
        });
    }
    let study = Study {
        x,
        w,
        a,
        entries: arguments.entries.into(),
        weights: WeightLaw::Squares(nu),
        seed: arguments.seed,
        effort,
        ..Study::new(Study::sizes(n, d, p), arguments.activation.clone())
    };
    Ok((study, note.join("; ")))
}

/// Refuses outputs that cannot be or would be lost.
pub(super) fn places(arguments: &Arguments) -> Result<(), CommandError> {
    let inputs = [
        ("--data", &arguments.data),
        ("--weights", &arguments.weights),
        ("--output-weights", &arguments.output_weights),
    ];
    let inputs = inputs
        .iter()
        .filter_map(|(flag, path)| Some((*flag, path.as_deref()?)));
    let inputs: Vec<(&str, &Path)> = inputs.collect();
    let outputs = outputs(
        arguments.output.as_deref(),
        &["json"],
        arguments.plot.as_deref(),
    );
    Ok(check(&inputs, &outputs)?)
}
