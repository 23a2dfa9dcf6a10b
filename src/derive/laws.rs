//! The laws that a model can give its tensors, by their names.

use super::error::ModelFault;
use super::model::NamedSize;
use super::model_laws::{DataLaw, SphereOrder, WeightsLaw};
use super::read::{Given, Placed, Table};
use super::rows::Rows;
use crate::model::EntryLaw;
use crate::symbolic::{Polynomial, Theory};
use ndarray::Array2;
use std::collections::BTreeMap;
use toml::Spanned;

const OF_ENTRIES: &str = "gaussian, rademacher, uniform and student (five degrees of freedom) are";
const OF_DATA: &str =
    "gaussian, rademacher, uniform, student (five degrees of freedom) and sphere are";

/// A variance has fewer bytes.
const LONGEST: usize = 200;

fn entries(name: &str) -> Option<EntryLaw> {
    match name {
        "gaussian" => Some(EntryLaw::Gaussian),
        "rademacher" => Some(EntryLaw::Rademacher),
        "uniform" => Some(EntryLaw::Uniform),
        "student" => Some(EntryLaw::StudentT5),
        _ => None,
    }
}

/// Names for what a law brings along, that nothing else has.
pub(super) struct Fresh<'a> {
    /// What reads the arrays of files.
    pub(super) arrays: &'a Arrays<'a>,
    pub(super) taken: &'a mut Vec<String>,
    /// The roots that covariances have by now.
    pub(super) roots: &'a mut BTreeMap<String, String>,
    /// The tensors that stand more than once in a term of the feature.
    pub(super) repeated: &'a [String],
}

/// A name that none of `taken` is, and that is taken from now on.
pub(super) fn fresh(taken: &mut Vec<String>, candidates: &[&str]) -> String {
    let plain = candidates.iter().map(|name| (*name).to_owned());
    let numbered = (1..).flat_map(|k| candidates.iter().map(move |name| format!("{name}{k}")));
    let free = |name: &String| !taken.contains(name);
    let name = plain.chain(numbered).find(free).unwrap_or_default();
    taken.push(name.clone());
    name
}

impl Fresh<'_> {
    fn fresh(&mut self, candidates: &[&str]) -> String {
        fresh(self.taken, candidates)
    }

    /// The root of a covariance: one for all laws that have it.
    fn root_of(&mut self, covariance: &str) -> String {
        if let Some(root) = self.roots.get(covariance) {
            return root.clone();
        }
        let root = self.fresh(&["S", "T", "R"]);
        self.roots.insert(covariance.to_owned(), root.clone());
        root
    }
}

fn table(given: &Spanned<Given>) -> Table {
    match given.get_ref() {
        Given::Name(name) => Table {
            law: Some(name.clone()),
            ..Table::default()
        },
        Given::Table(table) => table.clone(),
    }
}

fn not_a_vector(tensor: &str, slots: usize, law: &'static str) -> ModelFault {
    ModelFault::LawSlots {
        tensor: tensor.to_owned(),
        slots,
        law,
        needed: "a vector",
    }
}

/// What reads the array of a file, or says why it does not.
pub(super) type Arrays<'a> = dyn Fn(&str) -> Result<Array2<f64>, String> + 'a;

/// The rows of a file that a tensor's samples are, with a covariance that they bring along.
pub(super) fn rows_of(
    tensor: &str,
    slots: &[String],
    given: &Spanned<Given>,
    names: &mut Fresh<'_>,
) -> Result<Option<(DataLaw, Rows)>, Placed> {
    let Given::Table(table) = given.get_ref() else {
        return Ok(None);
    };
    let Some(path) = &table.data else {
        return Ok(None);
    };
    let fault = |fault| Err((given.span(), fault));
    if table.law.is_some() || table.variance.is_some() || table.covariance.is_some() {
        return fault(ModelFault::DataAlone);
    }
    if slots.len() != 1 {
        return fault(not_a_vector(tensor, slots.len(), "data"));
    }
    let unread = |message| {
        let path = path.clone();
        (given.span(), ModelFault::Rows { path, message })
    };
    let matrix = (names.arrays)(path).map_err(unread)?;
    let (rows, columns) = matrix.dim();
    let Some(rows) = Rows::of(matrix) else {
        return fault(ModelFault::Matrix {
            path: path.clone(),
            rows,
            columns,
        });
    };
    let covariance = names.fresh(&["Σ", "Γ", "Λ"]);
    let law = DataLaw::Correlated {
        root: names.root_of(&covariance),
        covariance,
        white: names.fresh(&["z", "y", "v"]),
    };
    Ok(Some((law, rows)))
}

/// The law of a tensor that is drawn for each sample.
pub(super) fn data_law(
    tensor: &str,
    slots: &[String],
    given: &Spanned<Given>,
    names: &mut Fresh<'_>,
) -> Result<DataLaw, Placed> {
    let Table {
        law,
        covariance,
        variance,
        ..
    } = table(given);
    let law = law.unwrap_or_else(|| "gaussian".into());
    let unknown = |law: &str| {
        let (law, known) = (law.to_owned(), OF_DATA);
        Err((given.span(), ModelFault::Law { law, known }))
    };
    let vector = |law| match slots.len() {
        1 => Ok(()),
        slots => Err((given.span(), not_a_vector(tensor, slots, law))),
    };
    if variance.is_some() {
        return unknown("variance");
    }
    match (law.as_str(), covariance) {
        ("gaussian", Some(toml::Value::String(covariance))) => {
            vector("covariance")?;
            Ok(DataLaw::Correlated {
                root: names.root_of(&covariance),
                covariance,
                white: names.fresh(&["z", "y", "v"]),
            })
        }
        ("sphere", None) => {
            vector("sphere")?;
            Ok(DataLaw::Sphere {
                basis: names.fresh(&["O", "V", "B"]),
                signs: names.fresh(&["r", "t", "m"]),
                order: match names.repeated.iter().any(|name| name == tensor) {
                    true => SphereOrder::All,
                    false => SphereOrder::Second,
                },
            })
        }
        (name, None) => {
            entries(name).map_or_else(|| unknown(name), |law| Ok(DataLaw::Entries(law)))
        }
        (name, Some(_)) => unknown(&format!("{name} with a covariance")),
    }
}

/// The law of a tensor that is drawn once.
pub(super) fn weights_law(
    given: &Spanned<Given>,
    spaces: &[NamedSize],
) -> Result<WeightsLaw, Placed> {
    let Table {
        law,
        variance,
        covariance,
        data,
    } = table(given);
    if data.is_some() {
        return Err((given.span(), ModelFault::DataAlone));
    }
    if let Some(bounds) = covariance {
        return covariance_law(given, &bounds);
    }
    let name = law.unwrap_or_else(|| "gaussian".into());
    let Some(law) = entries(&name) else {
        let (law, known) = (name, OF_ENTRIES);
        return Err((given.span(), ModelFault::Law { law, known }));
    };
    let written = match variance {
        None => "1".into(),
        Some(toml::Value::String(text)) => text,
        Some(toml::Value::Integer(number)) => number.to_string(),
        Some(toml::Value::Float(number)) => number.to_string(),
        Some(other) => other.type_str().into(),
    };
    let symbols: Vec<&str> = spaces.iter().map(|space| space.symbol.as_str()).collect();
    let variance = (|| {
        let mut theory = Theory::of("").ok()?;
        theory.scalars(&symbols.join(" ")).ok()?;
        theory.expression(&written).ok()?.as_polynomial()
    })();
    // Positive at small and at large sizes: a polynomial of few terms that is both is so between them as a rule, and where
    // it is not, the draw of the weights has no root and says so.
    let positive = |variance: &Polynomial| {
        [2.0, 1e3].iter().all(|&size| {
            let at: Vec<(&str, f64)> = symbols.iter().map(|name| (*name, size)).collect();
            variance
                .value(&at)
                .is_some_and(|value| value > 0.0 && value.is_finite())
        })
    };
    match variance.filter(positive) {
        Some(variance) if written.len() < LONGEST => Ok(WeightsLaw::Entries { law, variance }),
        _ => Err((given.span(), ModelFault::Variance { variance: written })),
    }
}

fn covariance_law(given: &Spanned<Given>, bounds: &toml::Value) -> Result<WeightsLaw, Placed> {
    let number = |value: &toml::Value| match value {
        toml::Value::Float(x) => Some(*x),
        toml::Value::Integer(x) => Some(*x as f64),
        _ => None,
    };
    let numbers: Option<Vec<f64>> = bounds
        .as_array()
        .map(|list| list.iter().filter_map(number).collect());
    match numbers.as_deref() {
        Some(&[low, high]) if 0.0 < low && low <= high && high.is_finite() => {
            Ok(WeightsLaw::Covariance { low, high })
        }
        Some(&[low, high]) => Err((given.span(), ModelFault::Bounds { low, high })),
        _ => Err((given.span(), ModelFault::Eigenvalues)),
    }
}
