//! A model from its TOML text.

use super::error::{ModelFault, ModelTextError};
use super::keys::Quoted;
use super::laws::{Arrays, Fresh, data_law, rows_of, weights_law};
use super::model::{Data, Feature, Model, NamedSize, Weights};
use super::model_laws::{DataLaw, WeightsLaw};
use super::notation::{Written, written};
use super::read_checks::{covariance_of, declared_once, finished, nested, rate, square, unused};
use super::read_feature::{feature, slots, spaces};
use super::read_functions::{applied, gaussian, is_function};
use super::read_sizes::sized;
use super::rows::Rows;
use crate::symbolic::SymbolicError;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// The file, key by key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    title: Option<String>,
    pub(super) feature: Spanned<String>,
    pub(super) claim: Option<Spanned<String>>,
    pub(super) rate: Option<Spanned<f64>>,
    pub(super) ladder: Option<Spanned<Vec<usize>>>,
    #[serde(default)]
    pub(super) indices: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub(super) sizes: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub(super) data: BTreeMap<String, Spanned<Given>>,
    #[serde(default)]
    pub(super) weights: BTreeMap<String, Spanned<Given>>,
    #[serde(default)]
    pub(super) activations: BTreeMap<String, Spanned<String>>,
}

/// A law by its name, or with what belongs to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "a law is its name, or a table with `law`, `variance` and `covariance`, or `data`"
)]
pub(super) enum Given {
    Name(String),
    Table(Table),
}

/// What may belong to a law.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) law: Option<String>,
    pub(super) variance: Option<toml::Value>,
    pub(super) covariance: Option<toml::Value>,
    pub(super) data: Option<String>,
}

/// A fault at a place, in bytes.
pub(super) type Placed = (Range<usize>, ModelFault);

impl Model {
    /// Reads a model; the form of the file stands in `docs/models.md`.
    ///
    /// # Errors
    /// [`ModelTextError`], with line and column.
    pub fn read(text: &str) -> Result<Model, ModelTextError> {
        let none = |_: &str| Err("this model is read without files".to_owned());
        Model::read_with(text, &none)
    }

    /// The same, with what reads the arrays of files that data are drawn from, as in `x = { data = "X.npy" }`.
    ///
    /// # Errors
    /// [`ModelTextError`], with line and column.
    ///
    /// ```
    /// use tensor_dyson::derive::Model;
    /// use ndarray::Array2;
    ///
    /// let text = r#"
    /// feature = "ω[a,b] = x[a] G[k,b] x[k]"
    /// [sizes]
    /// p = "d"
    /// n = "1/2 d p"
    /// [data]
    /// x = { data = "X.npy" }
    /// [weights]
    /// G = { law = "gaussian", variance = "1/d" }
    /// "#;
    /// let rows = Array2::from_shape_fn((100, 8), |(i, a)| ((7 * i + 3 * a) % 11) as f64);
    /// let model = Model::read_with(text, &|_| Ok(rows.clone()))?;
    /// assert_eq!(model.data[0].rows.as_ref().unwrap().dim(), (100, 8));
    /// # Ok::<(), tensor_dyson::derive::ModelTextError>(())
    /// ```
    pub fn read_with(text: &str, arrays: &Arrays<'_>) -> Result<Model, ModelTextError> {
        // A byte order mark, as some editors write one, is none of the text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let quoted = Quoted::of(text);
        let at = |span: Range<usize>, fault| place(text, quoted.original(span.start), fault);
        let file: File = toml::from_str(&quoted.text).map_err(|error| {
            let message = error.message().replace('\n', " ");
            let words = [("usize", "a whole number above 0"), ("f64", "a number")];
            let message = words.iter().fold(message, |message, (of, words)| {
                message.replace(&format!("expected {of}"), &format!("expected {words}"))
            });
            at(error.span().unwrap_or(0..0), ModelFault::Toml { message })
        })?;
        model(&file, arrays).map_err(|(span, fault)| at(span, fault))
    }
}

/// A byte as line and column. A fault inside a quoted text stands where its character does.
fn place(text: &str, at: usize, fault: ModelFault) -> ModelTextError {
    let inside = match &fault {
        ModelFault::Symbolic(SymbolicError::Unexpected { at, .. }) => *at,
        _ => 0,
    };
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).unwrap_or("").chars().count() + 1 + inside;
    ModelTextError {
        line,
        column,
        fault,
    }
}

/// A place within a quoted text, by its character.
pub(super) fn within(text: &Spanned<String>, at: usize) -> Range<usize> {
    let bytes: usize = text.get_ref().chars().take(at).map(char::len_utf8).sum();
    // One for the quotation mark.
    let start = text.span().start + 1 + bytes;
    start..start
}

fn model(file: &File, arrays: &Arrays<'_>) -> Result<Model, Placed> {
    for text in [&file.feature]
        .into_iter()
        .chain(&file.claim)
        .chain(file.sizes.values())
    {
        nested(text)?;
    }
    declared_once(file)?;
    let spaces = spaces(file)?;
    let (feature, offset) = feature(&file.feature)?;
    let tensors = written(&feature.text);
    let slots = slots(file, offset, &spaces, &feature, &tensors)?;
    declared(file, offset, &spaces, &tensors)?;
    let mut taken = taken(file, &spaces, &feature);
    let (feature, functions) = applied(file, &feature, offset, &mut taken)?;
    let (spaces, samples) = sized(file, spaces)?;
    let mut weights = Vec::new();
    for (name, given) in &file.weights {
        weights.push(Weights {
            name: name.clone(),
            slots: slots.get(name).cloned().unwrap_or_default(),
            law: weights_law(given, &spaces)?,
        });
    }
    for (item, given) in weights.iter().zip(file.weights.values()) {
        square(item, given)?;
    }
    let data = data(file, arrays, &feature, &mut taken, &slots, &mut weights)?;
    unused(file, &slots, &data)?;
    gaussian(file, &functions, &data)?;
    if data.is_empty() {
        return Err((file.feature.span(), ModelFault::NoData));
    }
    finished(
        file,
        Model {
            title: file.title.clone().unwrap_or_else(|| "A model".into()),
            feature,
            spaces,
            samples,
            data,
            weights,
            functions,
            claim: file.claim.as_ref().map(|claim| claim.get_ref().clone()),
            ladder: file.ladder.as_ref().map(|ladder| ladder.get_ref().clone()),
            rate: rate(file)?,
        },
    )
}

/// Each tensor of the feature is data, weights or a size.
fn declared(
    file: &File,
    offset: usize,
    spaces: &[NamedSize],
    tensors: &[Written],
) -> Result<(), Placed> {
    for item in tensors {
        let declared = file.data.contains_key(&item.name) || file.weights.contains_key(&item.name);
        let scalar = item.indices.is_empty() && spaces.iter().any(|s| s.symbol == item.name);
        let at = within(&file.feature, offset + item.at);
        if is_function(file, item) {
            continue;
        }
        if item.applied && !declared {
            let function = item.name.clone();
            return Err((at, ModelFault::Function { function }));
        }
        if !declared && !scalar && item.name != "δ" {
            let tensor = item.name.clone();
            return Err((at, ModelFault::Undeclared { tensor }));
        }
    }
    Ok(())
}

/// The names that a model has.
fn taken(file: &File, spaces: &[NamedSize], feature: &Feature) -> Vec<String> {
    let tensors = file.weights.keys().chain(file.data.keys()).cloned();
    let symbols = spaces.iter().map(|s| s.symbol.clone());
    tensors
        .chain(symbols)
        .chain([feature.name.clone()])
        .collect()
}

/// The data with their laws; a covariance among the weights gets the slots of the vector that has it.
fn data(
    file: &File,
    arrays: &Arrays<'_>,
    feature: &Feature,
    taken: &mut Vec<String>,
    slots: &BTreeMap<String, Vec<String>>,
    weights: &mut Vec<Weights>,
) -> Result<Vec<Data>, Placed> {
    let mut roots = BTreeMap::new();
    let repeated = repeated(&feature.text);
    let mut data = Vec::new();
    for (name, given) in &file.data {
        let own = slots.get(name).cloned();
        let own = own.ok_or_else(|| {
            (
                given.span(),
                ModelFault::Unused {
                    tensor: name.clone(),
                },
            )
        })?;
        let mut names = Fresh {
            arrays,
            taken,
            roots: &mut roots,
            repeated: &repeated,
        };
        let (law, rows) = match rows_of(name, &own, given, &mut names)? {
            Some((law, rows)) => {
                weights.extend(covariance_of_rows(&law, &own, &rows));
                (law, Some(rows))
            }
            None => (data_law(name, &own, given, &mut names)?, None),
        };
        if rows.is_none() {
            covariance_of(given, &law, &own, weights)?;
        }
        data.push(Data {
            name: name.clone(),
            slots: own,
            law,
            rows,
        });
    }
    Ok(data)
}

/// The covariance that rows bring along, as a matrix among the weights.
fn covariance_of_rows(law: &DataLaw, slots: &[String], rows: &Rows) -> Option<Weights> {
    let DataLaw::Correlated { covariance, .. } = law else {
        return None;
    };
    Some(Weights {
        name: covariance.clone(),
        slots: [slots, slots].concat(),
        law: WeightsLaw::OfRows(rows.clone()),
    })
}

/// The tensors that stand more than once in a term, as far as terms can be told apart: outside of parentheses.
fn repeated(text: &str) -> Vec<String> {
    let terms: Vec<&str> = match text.contains('(') {
        true => vec![text],
        false => text.split(['+', '-', '−']).collect(),
    };
    let mut found = Vec::new();
    for term in terms {
        let names: Vec<String> = written(term).into_iter().map(|item| item.name).collect();
        let again = |(k, name): (usize, &String)| names[..k].contains(name).then(|| name.clone());
        found.extend(names.iter().enumerate().filter_map(again));
    }
    found
}
