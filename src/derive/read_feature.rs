//! The feature of a model from its text: legs, letters, slots.

use super::error::ModelFault;
use super::model::{Feature, NamedSize};
use super::notation::{Written, summands, written};
use super::read::{File, Placed, within};
use super::read_functions::is_function;
use crate::symbolic::Polynomial;
use std::collections::BTreeMap;
use toml::Spanned;

/// The letters that the talk gives d and p.
const LETTERS: [(&str, &str); 2] = [("d", "a c k q s"), ("p", "b e f g r")];

/// `ω[a,b] = …`, and the character at which the right side begins.
pub(super) fn feature(text: &Spanned<String>) -> Result<(Feature, usize), Placed> {
    let whole = text.get_ref();
    let bad = || {
        (
            text.span(),
            ModelFault::Feature {
                text: whole.clone(),
            },
        )
    };
    let (left, right) = whole.split_once('=').ok_or_else(bad)?;
    let head = written(left);
    let ([head], true) = (head.as_slice(), left.trim_end().ends_with(']')) else {
        return Err(bad());
    };
    let mut legs = head.indices.iter().enumerate();
    if let Some((_, leg)) = legs.find(|(k, leg)| head.indices[..*k].contains(leg)) {
        let leg = leg.clone();
        return Err((text.span(), ModelFault::Leg { leg }));
    }
    if head.indices.is_empty() || right.trim().is_empty() {
        return Err(bad());
    }
    let feature = Feature {
        name: head.name.clone(),
        legs: head.indices.clone(),
        text: right.trim_start().to_owned(),
    };
    let offset = whole.chars().count() - right.trim_start().chars().count();
    if let Some((index, at)) = shared(&feature) {
        return Err((within(text, offset + at), ModelFault::Scope { index }));
    }
    Ok((feature, offset))
}

/// An index that is summed within parentheses, where it stands twice, and stands outside of them as well, with the
/// place of these. Equal names are one index in a
/// product, which who writes `(G[k,a] x[k]) (V[k,b] y[k])` does not mean.
fn shared(feature: &Feature) -> Option<(String, usize)> {
    let mut start = 0;
    for summand in summands(&feature.text) {
        let characters: Vec<char> = summand.chars().collect();
        let items = written(&summand);
        for (from, to) in groups(&characters) {
            let inner: String = characters[from + 1..to].iter().collect();
            let is_within = |item: &&Written| item.at > from && item.at < to;
            let outside = items.iter().filter(|item| !is_within(item));
            let outside: Vec<&String> = outside.flat_map(|item| &item.indices).collect();
            for part in summands(&inner) {
                let all: Vec<String> = written(&part).into_iter().flat_map(|w| w.indices).collect();
                let stands = |index: &String| all.iter().filter(|other| *other == index).count();
                let is_summed =
                    |index: &&String| stands(index) > 1 && !feature.legs.contains(index);
                let found = all.iter().filter(is_summed).find(|k| outside.contains(k));
                if let Some(index) = found {
                    return Some((index.clone(), start + from));
                }
            }
        }
        start += characters.len();
    }
    None
}

/// The parentheses of a text that are no function's and stand in no others.
fn groups(characters: &[char]) -> Vec<(usize, usize)> {
    let (mut groups, mut open) = (Vec::new(), Vec::new());
    for (k, &c) in characters.iter().enumerate() {
        match c {
            '(' => open.push(k),
            ')' => {
                let Some(from) = open.pop() else { continue };
                let before = from.checked_sub(1).map(|k| characters[k]);
                let applied = before.is_some_and(|c| c.is_alphanumeric() || "′'″".contains(c));
                if open.is_empty() && !applied {
                    groups.push((from, k));
                }
            }
            _ => {}
        }
    }
    groups
}

/// The sizes that have letters, those of the talk unless the model gives others.
pub(super) fn spaces(file: &File) -> Result<Vec<NamedSize>, Placed> {
    let mut spaces = Vec::new();
    let given = file
        .indices
        .iter()
        .map(|(symbol, letters)| (symbol.as_str(), letters.get_ref().as_str()));
    let own = LETTERS
        .iter()
        .copied()
        .filter(|(symbol, _)| !file.indices.contains_key(*symbol));
    for (symbol, letters) in given.chain(own) {
        spaces.push(NamedSize {
            symbol: symbol.to_owned(),
            letters: letters.to_owned(),
            size: Polynomial::symbol(symbol, 1),
        });
    }
    Ok(spaces)
}

/// The symbols of the slots of each tensor, from the letters of its indices.
pub(super) fn slots(
    file: &File,
    offset: usize,
    spaces: &[NamedSize],
    feature: &Feature,
    tensors: &[Written],
) -> Result<BTreeMap<String, Vec<String>>, Placed> {
    let text = &file.feature;
    let space = |index: &String, at: usize| {
        let first = index.chars().next();
        let found = spaces
            .iter()
            .find(|s| first.is_some_and(|c| s.letters.contains(c)));
        let symbol = found.map(|space| space.symbol.clone());
        let index = index.clone();
        symbol.ok_or_else(|| (within(text, at), ModelFault::Letter { index }))
    };
    for leg in &feature.legs {
        space(leg, 0)?;
    }
    let mut slots: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in tensors {
        let at = offset + item.at;
        let own: Result<Vec<String>, Placed> = item.indices.iter().map(|i| space(i, at)).collect();
        let own = own?;
        if item.name == "δ" || is_function(file, item) {
            continue;
        }
        if let Some(first) = slots.get(&item.name)
            && *first != own
        {
            let fault = ModelFault::Slots {
                tensor: item.name.clone(),
                first: first.join(","),
                second: own.join(","),
            };
            return Err((within(text, at), fault));
        }
        slots.insert(item.name.clone(), own);
    }
    Ok(slots)
}
