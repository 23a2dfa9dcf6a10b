//! A model from its TOML text.

use super::error::{Fault, ModelError};
use super::keys::Quoted;
use super::laws::{Fresh, data_law, weights_law};
use super::model::{Data, Feature, Model, Space, Weights};
use super::notation::{Written, written};
use super::read_checks::{covariance_of, finished, nested, rate, square, unused};
use super::read_feature::{feature, slots, spaces};
use super::read_sizes::sized;
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
}

/// A law by its name, or with what belongs to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "a law is its name, or a table with `law`, `variance` and `covariance`"
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
}

/// A fault at a place, in bytes.
pub(super) type Placed = (Range<usize>, Fault);

impl Model {
    /// Reads a model; the form of the file stands in `docs/models.md`.
    ///
    /// # Errors
    /// [`ModelError`], with line and column.
    pub fn read(text: &str) -> Result<Model, ModelError> {
        // A byte order mark, as some editors write one, is none of the text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let quoted = Quoted::of(text);
        let at = |span: Range<usize>, fault| place(text, quoted.original(span.start), fault);
        let file: File = toml::from_str(&quoted.text).map_err(|error| {
            let message = error.message().replace('\n', " ");
            at(error.span().unwrap_or(0..0), Fault::Toml { message })
        })?;
        model(&file).map_err(|(span, fault)| at(span, fault))
    }
}

/// A byte as line and column. A fault inside a quoted text stands where its character does.
fn place(text: &str, at: usize, fault: Fault) -> ModelError {
    let inside = match &fault {
        Fault::Symbolic(SymbolicError::Unexpected { at, .. }) => *at,
        _ => 0,
    };
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).unwrap_or("").chars().count() + 1 + inside;
    ModelError {
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

fn model(file: &File) -> Result<Model, Placed> {
    for text in [&file.feature]
        .into_iter()
        .chain(&file.claim)
        .chain(file.sizes.values())
    {
        nested(text)?;
    }
    let spaces = spaces(file)?;
    let (feature, offset) = feature(&file.feature)?;
    let tensors = written(&feature.text);
    let slots = slots(&file.feature, offset, &spaces, &feature, &tensors)?;
    declared(file, offset, &spaces, &tensors)?;
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
    let data = data(file, &feature, &spaces, &slots, &mut weights)?;
    unused(file, &slots, &data)?;
    if data.is_empty() {
        return Err((file.feature.span(), Fault::NoData));
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
    spaces: &[Space],
    tensors: &[Written],
) -> Result<(), Placed> {
    for item in tensors {
        let declared = file.data.contains_key(&item.name) || file.weights.contains_key(&item.name);
        let scalar = item.indices.is_empty() && spaces.iter().any(|s| s.symbol == item.name);
        let at = within(&file.feature, offset + item.at);
        if item.applied && !declared {
            let function = item.name.clone();
            return Err((at, Fault::Function { function }));
        }
        if !declared && !scalar && item.name != "δ" {
            let tensor = item.name.clone();
            return Err((at, Fault::Undeclared { tensor }));
        }
    }
    Ok(())
}

/// The data with their laws; a covariance among the weights gets the slots of the vector that has it.
fn data(
    file: &File,
    feature: &Feature,
    spaces: &[Space],
    slots: &BTreeMap<String, Vec<String>>,
    weights: &mut [Weights],
) -> Result<Vec<Data>, Placed> {
    let mut taken: Vec<String> = file
        .weights
        .keys()
        .chain(file.data.keys())
        .cloned()
        .collect();
    taken.extend(spaces.iter().map(|s| s.symbol.clone()));
    taken.push(feature.name.clone());
    let mut roots = BTreeMap::new();
    let repeated = repeated(&feature.text);
    let mut data = Vec::new();
    for (name, given) in &file.data {
        let own = slots.get(name).cloned();
        let own = own.ok_or_else(|| {
            (
                given.span(),
                Fault::Unused {
                    tensor: name.clone(),
                },
            )
        })?;
        let mut names = Fresh {
            taken: &mut taken,
            roots: &mut roots,
            repeated: &repeated,
        };
        let law = data_law(name, &own, given, &mut names)?;
        covariance_of(given, &law, &own, weights)?;
        data.push(Data {
            name: name.clone(),
            slots: own,
            law,
        });
    }
    Ok(data)
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
