//! A model: a feature in index notation, and the laws of what stands in it.

use super::applied::Applied;
use super::model_laws::{DataLaw, SphereOrder, WeightsLaw};
use super::rows::Rows;
use crate::symbolic::{Polynomial, SymbolicError, Theory};

/// The exponent that a law's error stays below where a model gives none.
pub(super) const RATE: f64 = -0.5;

/// A feature `ω` with the laws of its data and weights, and its sizes: what [`Model::read`] reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What it is called in a report.
    pub title: String,
    /// The feature.
    pub feature: Feature,
    /// The sizes that indices run over.
    pub spaces: Vec<NamedSize>,
    /// Samples: a polynomial in the free size.
    pub samples: Polynomial,
    /// What is drawn anew for each sample.
    pub data: Vec<Data>,
    /// What is drawn once.
    pub weights: Vec<Weights>,
    /// Functions of forms in the data, as tensors in the feature's text.
    pub functions: Vec<Applied>,
    /// A covariance that the author asserts, in index notation.
    pub claim: Option<String>,
    /// The free sizes of the samples, where the model gives them.
    pub ladder: Option<Vec<usize>>,
    /// The exponent that the law's error has to stay below.
    pub rate: f64,
}

/// `ω[a,b] = x[a] G[k,b] x[k]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// Its legs.
    pub legs: Vec<String>,
    /// What it is.
    pub text: String,
}

/// A size, with the letters of its indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSize {
    /// Its symbol.
    pub symbol: String,
    /// The letters.
    pub letters: String,
    /// Its value in terms of the free size.
    pub size: Polynomial,
}

/// A tensor that is drawn anew for each sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// Its name.
    pub name: String,
    /// The symbols of its slots.
    pub slots: Vec<String>,
    /// Its law.
    pub law: DataLaw,
    /// The rows of a file that samples are, in place of the law, whose covariance is theirs.
    pub rows: Option<Rows>,
}

/// A tensor that is drawn once.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Its name.
    pub name: String,
    /// The symbols of its slots.
    pub slots: Vec<String>,
    /// Its law.
    pub law: WeightsLaw,
}

/// The index of samples: a size and letters that the model does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) symbol: String,
    pub(super) letters: String,
    /// The index of a row.
    pub(super) index: String,
    /// Another.
    pub(super) other: String,
}

impl Model {
    /// The theory of the model: spaces, data, weights, and the feature as a definition.
    ///
    /// # Errors
    /// Where the feature cannot be read.
    pub fn theory(&self) -> Result<Theory, SymbolicError> {
        let mut theory = self.names(None)?;
        let Feature { name, legs, text } = &self.feature;
        theory.define(&format!("{name}[{}] = {text}", legs.join(",")))?;
        Ok(theory)
    }

    /// The theory without the feature, of one sample or of many.
    pub(super) fn names(&self, sample: Option<&Sample>) -> Result<Theory, SymbolicError> {
        let space = |space: &NamedSize| format!("{}: {}", space.symbol, space.letters);
        let own = sample.map(|sample| format!("{}: {}", sample.symbol, sample.letters));
        let spaces: Vec<String> = self.spaces.iter().map(space).chain(own).collect();
        let mut theory = Theory::of(&spaces.join("; "))?;
        for weights in &self.weights {
            self.declare_weights(weights, &mut theory)?;
        }
        for data in &self.data {
            self.declare_data(data, sample, &mut theory)?;
        }
        // Of many samples second moments alone are asked for, whatever the feature is made of.
        if sample.is_none() {
            self.declare_functions(&mut theory)?;
        }
        Ok(theory)
    }

    /// Entries; or a covariance `Σ = S²` with its root, where data have it.
    fn declare_weights(&self, weights: &Weights, theory: &mut Theory) -> Result<(), SymbolicError> {
        let (name, slots) = (&weights.name, weights.slots.join(","));
        let declared = format!("{name}[{slots}]");
        match (&weights.law, self.root_of(name)) {
            (WeightsLaw::Entries { .. }, _) => {
                theory.tensors(&declared)?;
            }
            (WeightsLaw::Covariance { .. } | WeightsLaw::OfRows(_), None) => {
                theory.symmetric(&declared, &[vec![1, 0]])?;
            }
            (WeightsLaw::Covariance { .. } | WeightsLaw::OfRows(_), Some(root)) => {
                let slot = weights.slots.first().map_or("", String::as_str);
                let [a, c, k] = [0, 1, 2].map(|index| self.numbered(slot, index));
                let square = format!("{root}[{a},{k}] {root}[{k},{c}]");
                theory
                    .symmetric(&format!("{root}[{slots}]"), &[vec![1, 0]])?
                    .define(&format!("{name}[{a},{c}] = {square}"))?
                    .rule(
                        &format!("{root}² = {name}"),
                        &format!("[{a},{c}] {square} = {name}[{a},{c}]"),
                    )?;
            }
        }
        Ok(())
    }

    /// Independent entries; or a definition by tensors that have them. A sample gives each of them its index in front.
    fn declare_data(
        &self,
        data: &Data,
        sample: Option<&Sample>,
        theory: &mut Theory,
    ) -> Result<(), SymbolicError> {
        let name = &data.name;
        let with = |first: Option<&String>, rest: &[String]| {
            let all: Vec<&str> = first.into_iter().chain(rest).map(String::as_str).collect();
            all.join(",")
        };
        let slots = with(None, &data.slots);
        let own = with(sample.map(|sample| &sample.symbol), &data.slots);
        let slot = data.slots.first().map_or("", String::as_str);
        let [a, c] = [0, 1].map(|index| self.numbered(slot, index));
        let index = sample.map(|sample| &sample.index);
        let row = with(index, std::slice::from_ref(&a));
        let white_row = with(index, std::slice::from_ref(&c));
        match &data.law {
            DataLaw::Entries(_)
            | DataLaw::Sphere {
                order: SphereOrder::Second,
                ..
            } => theory.tensors(&format!("{name}[{own}]"))?,
            DataLaw::Sphere { basis, signs, .. } => theory
                .tensors(&format!("{basis}[{slots},{slots}] {signs}[{slots}]"))?
                .define(&format!("{name}[{a}] = {basis}[{a},{c}] {signs}[{c}]"))?,
            DataLaw::Correlated { root, white, .. } => theory
                .tensors(&format!("{white}[{own}]"))?
                .define(&format!(
                    "{name}[{row}] = {root}[{a},{c}] {white}[{white_row}]"
                ))?,
        };
        Ok(())
    }

    /// The model with all moments of its spheres.
    pub(super) fn with_all_moments(&self) -> Model {
        let mut model = self.clone();
        for data in &mut model.data {
            if let DataLaw::Sphere { order, .. } = &mut data.law {
                *order = SphereOrder::All;
            }
        }
        model
    }

    /// The root of a covariance, if some data have it.
    pub(super) fn root_of(&self, covariance: &str) -> Option<&str> {
        self.data.iter().find_map(|data| match &data.law {
            DataLaw::Correlated {
                covariance: name,
                root,
                ..
            } if name == covariance => Some(root.as_str()),
            _ => None,
        })
    }

    /// The rules that make data of independent entries, and those that put covariances for squares of their roots.
    pub(super) fn rules(&self) -> (Vec<&str>, Vec<String>, Vec<&str>) {
        let (mut data, mut fold, mut unfold) = (Vec::new(), Vec::new(), Vec::new());
        for item in &self.data {
            match &item.law {
                DataLaw::Entries(_)
                | DataLaw::Sphere {
                    order: SphereOrder::Second,
                    ..
                } => {}
                DataLaw::Sphere { .. } => data.push(item.name.as_str()),
                DataLaw::Correlated {
                    covariance, root, ..
                } => {
                    data.push(item.name.as_str());
                    if !unfold.contains(&covariance.as_str()) {
                        fold.push(format!("{root}² = {covariance}"));
                        unfold.push(covariance.as_str());
                    }
                }
            }
        }
        (data, fold, unfold)
    }

    /// The k-th index of a size: its letters, then those with a number.
    pub(super) fn numbered(&self, symbol: &str, k: usize) -> String {
        let letters: Vec<char> = self
            .spaces
            .iter()
            .filter(|space| space.symbol == symbol)
            .flat_map(|space| space.letters.chars().filter(|c| !c.is_whitespace()))
            .collect();
        let letter = letters
            .get(k % letters.len().max(1))
            .copied()
            .unwrap_or('?');
        match k / letters.len().max(1) {
            0 => letter.to_string(),
            round => format!("{letter}{round}"),
        }
    }

    /// The symbol of the size that an index runs over.
    pub(super) fn space_of(&self, index: &str) -> Option<&str> {
        let first = index.chars().next()?;
        let space = self.spaces.iter().find(|s| s.letters.contains(first));
        space.map(|space| space.symbol.as_str())
    }

    /// The symbols of the sizes that the feature's legs run over.
    pub(super) fn slots(&self) -> Vec<&str> {
        let legs = self.feature.legs.iter();
        legs.filter_map(|leg| self.space_of(leg)).collect()
    }

    /// The tensor with independent entries that some data are made of.
    pub(super) fn entries_of<'a>(&'a self, data: &'a str) -> &'a str {
        let own = self.data.iter().find(|item| item.name == data);
        match own.map(|item| &item.law) {
            Some(DataLaw::Correlated { white, .. }) => white,
            _ => data,
        }
    }

    /// Names for a further copy of the legs, that neither the legs nor `taken` have.
    pub(super) fn fresh_legs(&self, taken: &[String]) -> Vec<String> {
        self.fresh_over(&self.feature.legs, taken)
    }

    /// Names of indices over the sizes of others, that neither they nor `taken` have.
    pub(super) fn fresh_over(&self, legs: &[String], taken: &[String]) -> Vec<String> {
        let mut taken: Vec<String> = taken.iter().chain(legs).cloned().collect();
        let mut copy = Vec::new();
        for leg in legs {
            let symbol = self.space_of(leg).unwrap_or_default();
            let fresh = (0..).map(|k| self.numbered(symbol, k));
            let name = fresh
                .into_iter()
                .find(|name| !taken.contains(name))
                .unwrap_or_default();
            taken.push(name.clone());
            copy.push(name);
        }
        copy
    }
}
