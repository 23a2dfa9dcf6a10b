//! What is right in a model's text word by word and yet wrong: what only its parts together tell.

use super::error::ModelFault;
use super::model::RATE;
use super::model::{Data, Model, Weights};
use super::model_laws::{DataLaw, WeightsLaw};
use super::notation::written;
use super::read::{File, Given, Placed, within};
use super::read_functions::{bounded, key_of};
use super::rows::Rows;
use super::size::ENTRIES;
use crate::symbolic::{Factor, SymbolicError, Theory};
use std::collections::BTreeMap;
use toml::Spanned;

/// The most parentheses within one another: more than a formula has, and fewer than a reader that calls itself bears.
const NESTED: usize = 50;

pub(super) fn nested(text: &Spanned<String>) -> Result<(), Placed> {
    let mut depth = 0_usize;
    for (at, c) in text.get_ref().chars().enumerate() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTED {
            return Err((within(text, at), ModelFault::Nested { most: NESTED }));
        }
    }
    Ok(())
}

/// No name stands among the data and among the weights; the later one is the fault.
pub(super) fn declared_once(file: &File) -> Result<(), Placed> {
    let both = |(name, weights): (&String, &Spanned<Given>)| {
        let data = file.data.get(name)?.span();
        let later = if data.start > weights.span().start {
            data
        } else {
            weights.span()
        };
        Some((later, name.clone()))
    };
    match file.weights.iter().find_map(both) {
        None => Ok(()),
        Some((at, name)) => Err((at, ModelFault::Symbolic(SymbolicError::Declared { name }))),
    }
}

pub(super) fn rate(file: &File) -> Result<f64, Placed> {
    match &file.rate {
        None => Ok(RATE),
        Some(given) => match *given.get_ref() {
            rate if rate.is_finite() && rate < 0.0 => Ok(rate),
            rate => Err((given.span(), ModelFault::Rate { rate })),
        },
    }
}

/// What only the whole model tells: that the calculus reads the feature, and the claim.
pub(super) fn finished(file: &File, model: Model) -> Result<Model, Placed> {
    let theory = model
        .theory()
        .map_err(|error| in_feature(file, &model, error))?;
    bounded(file, &model)?;
    if let Some(claim) = &file.claim {
        claimed(claim, &theory, &model)?;
    }
    if let Some(ladder) = &file.ladder {
        let sizes = ladder.get_ref();
        if sizes.len() < 3 || sizes[0] < 2 || sizes.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err((ladder.span(), ModelFault::Ladder));
        }
        if let Some((&size, entries)) = sizes
            .iter()
            .map(|size| (size, model.entries(*size)))
            .find(|(_, entries)| *entries > ENTRIES)
        {
            let most = ENTRIES;
            return Err((
                ladder.span(),
                ModelFault::Large {
                    size,
                    entries,
                    most,
                },
            ));
        }
    }
    let ladder = model.ladder.iter().flatten().copied();
    let smallest = if model.ladder.is_some() {
        None
    } else {
        Some(2)
    };
    let entries = model.entries(2);
    if smallest.is_some() && entries > ENTRIES {
        let (size, most) = (2, ENTRIES);
        let place = file.sizes.get("n").map_or(0..0, Spanned::span);
        let large = ModelFault::Large {
            size,
            entries,
            most,
        };
        return Err((place, large));
    }
    for size in ladder.chain(smallest) {
        let samples = model.sizes(size).samples;
        if let Some((data, columns)) = model.small_file(size, samples) {
            let place = file.data.get(&data.name).map_or(0..0, Spanned::span);
            let (rows, own) = data.rows.as_ref().map_or((0, 0), Rows::dim);
            let tensor = data.name.clone();
            let fault = ModelFault::FileSize {
                tensor,
                file: [rows, own],
                size,
                asked: [samples, columns],
            };
            return Err((place, fault));
        }
    }
    let [samples, features] = model.orders();
    if samples != features {
        let place = file.sizes.get("n").map_or(0..0, Spanned::span);
        return Err((place, ModelFault::Order { samples, features }));
    }
    Ok(model)
}

/// A covariance that is claimed: over the legs and their copies, and of weights only.
fn claimed(claim: &Spanned<String>, theory: &Theory, model: &Model) -> Result<(), Placed> {
    let symbols = |leg: &String| model.space_of(leg).unwrap_or_default();
    let own = model.feature.legs.iter().map(symbols);
    let own: Vec<&str> = own.collect();
    let needed = [&own[..], &own].concat();
    let legs = || {
        let needed = needed.join(",");
        (within(claim, 0), ModelFault::ClaimedLegs { needed })
    };
    if !claim.get_ref().trim_start().starts_with('[') {
        return Err(legs());
    }
    let read = theory.expression(claim.get_ref());
    let read = read.map_err(|error| (within(claim, 0), ModelFault::Symbolic(error)))?;
    let found = read.legs().iter().map(|leg| &**leg.space.dimension());
    if !found.eq(needed.iter().copied()) {
        return Err(legs());
    }
    let is_data = |name: &str| model.data.iter().any(|data| data.name == name);
    for factor in read.terms().iter().flat_map(|term| &term.factors) {
        if let Factor::Entry(tensor, _) = factor
            && is_data(tensor.name())
        {
            let tensor = tensor.name().to_string();
            return Err((within(claim, 0), ModelFault::ClaimedData { tensor }));
        }
    }
    Ok(())
}

fn in_feature(file: &File, model: &Model, error: SymbolicError) -> Placed {
    // With tensors in place of functions the text is another: its beginning is the place.
    if !model.functions.is_empty() {
        return (file.feature.span(), ModelFault::Symbolic(error));
    }
    let offset = offset_of(file.feature.get_ref(), &model.feature.text);
    // The definition that is read has a space in front of the value.
    let error = match error {
        SymbolicError::Unexpected { found, at, .. } => SymbolicError::Unexpected {
            found,
            at: at.saturating_sub(1),
            text: model.feature.text.clone(),
        },
        other => other,
    };
    (within(&file.feature, offset), ModelFault::Symbolic(error))
}

fn offset_of(whole: &str, part: &str) -> usize {
    whole.find(part).map_or(0, |at| whole[..at].chars().count())
}

/// A symmetric matrix that the feature itself holds has two slots over one size.
pub(super) fn square(item: &Weights, given: &Spanned<Given>) -> Result<(), Placed> {
    let fits = match item.slots.as_slice() {
        [] => true,
        [first, second] => first == second,
        _ => false,
    };
    if fits || matches!(item.law, WeightsLaw::Entries { .. }) {
        return Ok(());
    }
    let fault = ModelFault::LawSlots {
        tensor: item.name.clone(),
        slots: item.slots.len(),
        law: "covariance",
        needed: "a matrix with both slots over one size",
    };
    Err((given.span(), fault))
}

/// Gives the covariance of a vector its slots.
pub(super) fn covariance_of(
    given: &Spanned<Given>,
    law: &DataLaw,
    slots: &[String],
    weights: &mut [Weights],
) -> Result<(), Placed> {
    let DataLaw::Correlated { covariance, .. } = law else {
        return Ok(());
    };
    let own = weights.iter_mut().find(|w| w.name == *covariance);
    match own {
        Some(weights) if matches!(weights.law, WeightsLaw::Covariance { .. }) => {
            weights.slots = [slots, slots].concat();
            Ok(())
        }
        _ => {
            let covariance = covariance.clone();
            Err((given.span(), ModelFault::Covariance { covariance }))
        }
    }
}

pub(super) fn unused(
    file: &File,
    slots: &BTreeMap<String, Vec<String>>,
    data: &[Data],
) -> Result<(), Placed> {
    let of_data = |name: &String| {
        data.iter()
            .any(|d| matches!(&d.law, DataLaw::Correlated { covariance, .. } if covariance == name))
    };
    let stands = |key: &&String| {
        let text = written(file.feature.get_ref());
        text.iter().any(|item| {
            item.applied && key_of(file, &item.name).is_some_and(|(own, _)| own == *key)
        })
    };
    if let Some((name, given)) = file.activations.iter().find(|(name, _)| !stands(name)) {
        let tensor = name.clone();
        return Err((given.span(), ModelFault::Unused { tensor }));
    }
    match file
        .weights
        .iter()
        .find(|(name, _)| !slots.contains_key(*name) && !of_data(name))
    {
        Some((name, given)) => Err((
            given.span(),
            ModelFault::Unused {
                tensor: name.clone(),
            },
        )),
        None => Ok(()),
    }
}
