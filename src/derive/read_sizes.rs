//! The sizes of a model from its text.

use super::error::ModelFault;
use super::model::NamedSize;
use super::notation::written;
use super::read::{File, Placed};
use crate::symbolic::{Polynomial, Theory};
use std::collections::BTreeMap;
use toml::Spanned;

/// The sizes with their expressions: only those that an index runs over, and n.
pub(super) fn sized(
    file: &File,
    spaces: Vec<NamedSize>,
) -> Result<(Vec<NamedSize>, Polynomial), Placed> {
    let used: Vec<String> = written(file.feature.get_ref())
        .into_iter()
        .flat_map(|w| w.indices)
        .collect();
    let runs = |space: &NamedSize| {
        used.iter()
            .filter_map(|index| index.chars().next())
            .any(|c| space.letters.contains(c))
            || file.sizes.contains_key(&space.symbol)
    };
    let mut spaces: Vec<NamedSize> = spaces.into_iter().filter(runs).collect();
    let free: Vec<&NamedSize> = spaces
        .iter()
        .filter(|s| !file.sizes.contains_key(&s.symbol))
        .collect();
    let [free] = free.as_slice() else {
        return Err((file.feature.span(), ModelFault::Free { free: free.len() }));
    };
    let free = free.symbol.clone();
    let known: Vec<String> = spaces.iter().map(|space| space.symbol.clone()).collect();
    let mut values: BTreeMap<String, Polynomial> = BTreeMap::new();
    values.insert(free.clone(), Polynomial::symbol(&free, 1));
    // A size may be written by means of another: as many rounds as there are sizes.
    for _ in 0..=file.sizes.len() {
        for (name, text) in &file.sizes {
            if let Some(value) = size(text.get_ref(), &values, &known) {
                values.insert(name.clone(), value);
            }
        }
    }
    if let Some((name, text)) = culprit(file, &values, &known) {
        let size = text.get_ref().clone();
        let fault = match is_circular(file, name) {
            true => ModelFault::Circular { size: name.clone() },
            false => ModelFault::Size { size },
        };
        return Err((text.span(), fault));
    }
    for space in &mut spaces {
        space.size = values.get(&space.symbol).cloned().unwrap_or_default();
    }
    let Some(samples) = values.remove("n") else {
        return Err((file.feature.span(), ModelFault::NoSamples));
    };
    Ok((spaces, samples))
}

/// Whether a size is written by means of itself, or of others that are.
fn is_circular(file: &File, name: &str) -> bool {
    let mut reached: Vec<String> = vec![name.to_owned()];
    let mut next = 0;
    while let Some(text) = reached.get(next).and_then(|own| file.sizes.get(own)) {
        for item in written(text.get_ref()) {
            if item.name == name {
                return true;
            }
            if file.sizes.contains_key(&item.name) && !reached.contains(&item.name) {
                reached.push(item.name);
            }
        }
        next += 1;
    }
    false
}

/// A size without a value, if there is one: sooner that which is wrong itself than one that is written by means of it.
fn culprit<'a>(
    file: &'a File,
    values: &BTreeMap<String, Polynomial>,
    known: &[String],
) -> Option<(&'a String, &'a Spanned<String>)> {
    let without =
        |name: &String| !values.contains_key(name) || !(known.contains(name) || name == "n");
    let rests = |text: &str| {
        let names = written(text).into_iter().map(|item| item.name);
        names
            .filter(|name| file.sizes.contains_key(name))
            .any(|name| without(&name))
    };
    let found = || file.sizes.iter().filter(|(name, _)| without(name));
    found()
        .find(|(name, text)| {
            written(text.get_ref())
                .iter()
                .any(|item| item.name == **name)
        })
        .or_else(|| found().find(|(_, text)| !rests(text.get_ref())))
        .or_else(|| found().next())
}

/// A positive multiple of a power of the free size, the other sizes put in.
fn size(text: &str, values: &BTreeMap<String, Polynomial>, known: &[String]) -> Option<Polynomial> {
    let mut theory = Theory::of("").ok()?;
    theory.scalars(&known.join(" ")).ok()?;
    let mut value = theory.expression(text).ok()?.as_polynomial()?;
    for name in known {
        if value.terms().any(|(m, _)| m.power_of(name) != 0) {
            value = value.substitute(name, values.get(name)?)?;
        }
    }
    let positive = value.terms().count() == 1
        && value
            .terms()
            .all(|(m, c)| num_traits::Signed::is_positive(c) && m.powers().all(|(_, k)| k > 0));
    positive.then_some(value)
}
