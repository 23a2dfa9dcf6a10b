//! Functions in the text of a feature: `x[a] φ(G[k,b] x[k])` becomes `x[a] φ[b]`, with what φ is applied to.

use super::applied::{Applied, Names, primed};
use super::error::ModelFault;
use super::functions::Function;
use super::laws::fresh;
use super::means::ORDERS;
use super::model::{Data, Feature, Model};
use super::model_laws::DataLaw;
use super::notation::{Written, written};
use super::read::{File, Placed, within};
use crate::model::EntryLaw;
use crate::symbolic::{Factor, SymbolicError, Term};

/// The key in [activations] of a function as it stands in a feature, and whether a prime makes it the derivative.
pub(super) fn key_of<'a>(file: &File, name: &'a str) -> Option<(&'a str, bool)> {
    if file.activations.contains_key(name) {
        return Some((name, false));
    }
    let plain = name.strip_suffix(['′', '\''])?;
    file.activations
        .contains_key(plain)
        .then_some((plain, true))
}

/// Whether what is written is a function of [activations].
pub(super) fn is_function(file: &File, item: &Written) -> bool {
    item.applied && key_of(file, &item.name).is_some()
}

/// The feature with a tensor for each function, and the functions.
pub(super) fn applied(
    file: &File,
    feature: &Feature,
    offset: usize,
    taken: &mut Vec<String>,
) -> Result<(Feature, Vec<Applied>), Placed> {
    let text: Vec<char> = feature.text.chars().collect();
    let mut functions: Vec<Applied> = Vec::new();
    let (mut whole, mut at) = (String::new(), 0);
    for item in written(&feature.text) {
        let place = within(&file.feature, offset + item.at);
        if !is_function(file, &item) {
            continue;
        }
        let open = item.at + item.name.chars().count();
        let argument = argument(&text, open);
        let fault = || {
            let argument = argument.clone().unwrap_or_default();
            (place.clone(), ModelFault::Argument { argument })
        };
        let inside = argument
            .clone()
            .filter(|_| item.at >= at)
            .ok_or_else(fault)?;
        let (of, legs) = form(file, &inside).ok_or_else(fault)?;
        whole.extend(text.iter().take(item.at).skip(at));
        at = open + inside.chars().count() + 2;
        let known = functions.iter().find(|own| own.of == of);
        let tensor = match known {
            Some(own) if own.argument.is_like(&inside) && own.is_named(file, &item.name) => {
                own.tensor.clone()
            }
            Some(_) => return Err((place, ModelFault::Arguments { tensor: of })),
            None => {
                let function = function(file, &item, &place)?;
                let tensor = tensor_name(taken, &item.name);
                functions.push(Applied {
                    tensor: tensor.clone(),
                    function,
                    of,
                    argument: inside,
                    legs: legs.clone(),
                    names: names(taken),
                });
                tensor
            }
        };
        whole += &match legs.is_empty() {
            true => tensor,
            false => format!("{tensor}[{}]", legs.join(",")),
        };
    }
    whole.extend(text.iter().skip(at));
    let feature = Feature {
        text: whole,
        ..feature.clone()
    };
    Ok((feature, functions))
}

/// What stands between the parenthesis that opens here and the one that closes it.
fn argument(text: &[char], open: usize) -> Option<String> {
    let mut depth = 0_usize;
    for (k, c) in text.iter().enumerate().skip(open) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(text.iter().take(k).skip(open + 1).collect());
        }
    }
    None
}

/// The data in an argument, and the indices that it leaves open: those that stand once in each of its terms.
fn form(file: &File, argument: &str) -> Option<(String, Vec<String>)> {
    let open = |term: &str| -> Vec<String> {
        let indices: Vec<String> = written(term).into_iter().flat_map(|w| w.indices).collect();
        let once = |index: &&String| indices.iter().filter(|other| other == index).count() == 1;
        indices.iter().filter(once).cloned().collect()
    };
    if argument.contains('(') {
        return None;
    }
    let mut terms = argument
        .split(['+', '-', '−'])
        .filter(|t| !t.trim().is_empty());
    let legs = open(terms.next()?);
    let mut sorted = legs.clone();
    sorted.sort();
    for term in terms {
        let mut other = open(term);
        other.sort();
        if other != sorted {
            return None;
        }
    }
    let mut data: Vec<String> = written(argument)
        .into_iter()
        .map(|w| w.name)
        .filter(|name| file.data.contains_key(name))
        .collect();
    data.sort();
    data.dedup();
    match data.as_slice() {
        [only] => Some((only.clone(), legs)),
        _ => None,
    }
}

/// Texts that differ in the names of their indices alone.
trait Like {
    fn is_like(&self, other: &str) -> bool;
}

impl Like for String {
    fn is_like(&self, other: &str) -> bool {
        shape(self) == shape(other)
    }
}

/// A text with a number for each index, in the order in which they come.
fn shape(text: &str) -> String {
    let mut seen: Vec<String> = Vec::new();
    let mut shape: String = text.split('[').map(after_indices).collect();
    shape.retain(|c| !c.is_whitespace());
    for index in written(text).into_iter().flat_map(|w| w.indices) {
        if !seen.contains(&index) {
            seen.push(index.clone());
        }
        let place = seen.iter().position(|own| *own == index).unwrap_or(0);
        shape += &format!(" {place}");
    }
    shape
}

/// What follows the indices in a part of a text that began at a bracket.
fn after_indices(part: &str) -> &str {
    part.split_once(']').map_or(part, |(_, after)| after)
}

impl Applied {
    /// Whether a name in the feature is that of this function.
    fn is_named(&self, file: &File, name: &str) -> bool {
        let found = key_of(file, name).and_then(|(key, prime)| {
            let function = Function::named(file.activations.get(key)?.get_ref()).ok()?;
            if prime {
                function.derivative()
            } else {
                Some(function)
            }
        });
        found.is_some_and(|function| function == self.function)
    }
}

fn function(
    file: &File,
    item: &Written,
    place: &std::ops::Range<usize>,
) -> Result<Function, Placed> {
    let unknown = || ModelFault::Function {
        function: item.name.clone(),
    };
    let (key, prime) = key_of(file, &item.name).ok_or_else(|| (place.clone(), unknown()))?;
    let given = file.activations.get(key);
    let given = given.ok_or_else(|| (place.clone(), unknown()))?;
    let function = Function::named(given.get_ref())
        .map_err(|error| (given.span(), ModelFault::Activation(error)))?;
    let taken = match prime {
        false => function,
        true => function.derivative().ok_or_else(|| {
            let function = key.to_owned();
            (place.clone(), ModelFault::Derivative { function })
        })?,
    };
    if (-40..=40).all(|k| taken.value(0.1 * f64::from(k)) == 0.0) {
        let function = item.name.clone();
        return Err((given.span(), ModelFault::Zero { function }));
    }
    Ok(taken)
}

/// The name of the function, or one like it whose derivatives have names that nothing else has.
fn tensor_name(taken: &mut Vec<String>, name: &str) -> String {
    let name = name.replace('\'', "′");
    let plain = name.trim_end_matches('′');
    let numbered = "₂₃₄₅₆₇₈₉".chars().map(|k| format!("{plain}{k}"));
    let all = |name: &String| (0..=ORDERS).map(|k| primed(name, k)).collect::<Vec<_>>();
    let free = |name: &String| all(name).iter().all(|own| !taken.contains(own));
    let found = [plain.to_owned()].into_iter().chain(numbered).find(free);
    let found = found.unwrap_or_else(|| fresh(taken, &["ψ", "χ", "θ"]));
    taken.extend(all(&found));
    found
}

fn names(taken: &mut Vec<String>) -> Names {
    Names {
        form: fresh(taken, &["u", "w", "t"]),
        gram: fresh(taken, &["V", "U", "C"]),
        kernel: fresh(taken, &["K", "L", "J"]),
        mean: fresh(taken, &["m", "l", "j"]),
        spread: fresh(taken, &["v", "h", "f"]),
    }
}

/// Stein's formula is of Gaussian data.
pub(super) fn gaussian(file: &File, functions: &[Applied], data: &[Data]) -> Result<(), Placed> {
    for applied in functions {
        let own = data.iter().find(|data| data.name == applied.of);
        let fits = own.is_some_and(|data| {
            matches!(
                data.law,
                DataLaw::Entries(EntryLaw::Gaussian) | DataLaw::Correlated { .. }
            )
        });
        if !fits {
            let span = file
                .data
                .get(&applied.of)
                .map_or(0..0, |given| given.span());
            let (function, tensor) = (applied.tensor.clone(), applied.of.clone());
            return Err((span, ModelFault::NotGaussian { function, tensor }));
        }
    }
    Ok(())
}

/// Beside a function of x one factor x in a term and no second function, and no more than two factors x without one: more
/// derivatives are not taken.
pub(super) fn bounded(file: &File, model: &Model) -> Result<(), Placed> {
    let legs = model.feature.legs.join(",");
    let read = || -> Result<Vec<Term>, SymbolicError> {
        let feature = format!("[{legs}] {}", model.feature.text);
        let feature = model.theory()?.expression(&feature)?.normal_form();
        Ok(feature.terms().to_vec())
    };
    let terms = read().map_err(|error| (file.feature.span(), ModelFault::Symbolic(error)))?;
    for applied in &model.functions {
        for term in &terms {
            let count = |name: &str| {
                let is = |f: &&Factor| matches!(f, Factor::Entry(t, _) if **t.name() == *name);
                term.factors.iter().filter(is).count()
            };
            let (plain, values) = (count(&applied.of), count(&applied.tensor));
            if values > 1 || plain + values > 2 {
                let tensor = applied.of.clone();
                return Err((file.feature.span(), ModelFault::Beside { tensor }));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_told_apart_up_to_the_names_of_their_indices() {
        let text = "G[k,b] x[k]".to_owned();
        assert!(text.is_like("G[q,e]  x[q]"));
        for other in ["G[k,b] x[b]", "H[k,b] x[k]", "2 G[k,b] x[k]", "G[b,k] x[k]"] {
            assert!(!text.is_like(other), "{other}");
        }
    }
}
