//! Which space each index of a written term runs over.

use super::error::SymbolicError;
use super::expression::{Expression, Factor, Index, Term};
use super::parse::NamedTerm;
use super::signature::{Signature, appearance};
use super::tensor::Space;
use std::collections::BTreeMap;

/// The space of each index, by its name.
type Spaces<'a> = BTreeMap<&'a str, &'a Space>;

/// Types the terms: from the slots of the tensors, through the δ's, and at last from the letters of the
/// declared spaces. A leg has one space in all terms; `like` types the legs that nothing else does, by
/// position, as in the claim that something is 0.
pub(super) fn typed(
    signature: &Signature,
    text: &str,
    legs: &[String],
    like: &[Index],
    terms: &[NamedTerm],
) -> Result<Expression, SymbolicError> {
    check_names(text, legs, terms)?;
    let spaces = of_legs(signature, legs, like, terms)?;
    let leg = |name: &String| Index {
        name: name.as_str().into(),
        space: spaces[name.as_str()].clone(),
    };
    let term = |term| typed_term(signature, text, legs, &spaces, term);
    Ok(Expression {
        legs: legs.iter().map(leg).collect(),
        terms: terms.iter().map(term).collect::<Result<_, _>>()?,
    })
}

/// The space of a letter, where nothing else tells of an index.
fn letter<'a>(signature: &'a Signature, name: &str) -> Result<&'a Space, SymbolicError> {
    let space = signature.space_of_letter(name);
    space.ok_or_else(|| SymbolicError::NoSpace { index: name.into() })
}

/// The spaces of the legs: one for all terms.
fn of_legs<'a>(
    signature: &'a Signature,
    legs: &'a [String],
    like: &'a [Index],
    terms: &'a [NamedTerm],
) -> Result<Spaces<'a>, SymbolicError> {
    let mut shared = Spaces::new();
    for term in terms {
        let spaces = spaces(signature, term, Spaces::new())?;
        for leg in legs {
            if let Some(space) = spaces.get(leg.as_str()) {
                insert(&mut shared, leg, space)?;
            }
        }
    }
    for (position, leg) in legs.iter().enumerate() {
        if !shared.contains_key(leg.as_str()) {
            let space = match like.get(position) {
                Some(index) => &index.space,
                None => letter(signature, leg)?,
            };
            shared.insert(leg, space);
        }
    }
    Ok(shared)
}

/// A term with its indices numbered: the legs, then what is summed, in the order in which it occurs.
fn typed_term<'a>(
    signature: &'a Signature,
    text: &str,
    legs: &[String],
    of_legs: &Spaces<'a>,
    term: &'a NamedTerm,
) -> Result<Term, SymbolicError> {
    let mut spaces = spaces(signature, term, of_legs.clone())?;
    let mut summed: Vec<Index> = Vec::new();
    let mut occurrences: BTreeMap<&str, usize> = BTreeMap::new();
    for name in term.factors.iter().flat_map(|(_, indices)| indices) {
        *occurrences.entry(name).or_default() += 1;
        if !legs.contains(name) && !summed.iter().any(|index| *index.name == **name) {
            if !spaces.contains_key(name.as_str()) {
                insert(&mut spaces, name, letter(signature, name)?)?;
                // What δ's tie to it runs over the same space.
                spaces = self::spaces(signature, term, spaces)?;
            }
            let space = spaces[name.as_str()];
            summed.push(Index {
                name: name.as_str().into(),
                space: space.clone(),
            });
        }
    }
    check_alone(text, legs, term, &occurrences)?;
    let number = |name: &String| {
        let leg = legs.iter().position(|leg| leg == name);
        let dummy = || summed.iter().position(|index| *index.name == **name);
        leg.or_else(|| dummy().map(|k| k + legs.len()))
            .unwrap_or_default()
    };
    let factor = |(head, indices): &(String, Vec<String>)| {
        let indices = indices.iter().map(number).collect();
        match signature.tensor(head) {
            Some(tensor) => Factor::Entry(tensor.clone(), indices),
            None => Factor::Delta(indices),
        }
    };
    Ok(Term {
        coefficient: term.coefficient.clone(),
        factors: term.factors.iter().map(factor).collect(),
        summed,
    })
}

/// The spaces that the tensors give, carried through the δ's.
fn spaces<'a>(
    signature: &'a Signature,
    term: &'a NamedTerm,
    known: Spaces<'a>,
) -> Result<Spaces<'a>, SymbolicError> {
    let mut spaces = known;
    for (head, indices) in &term.factors {
        if let Some(tensor) = signature.tensor(head) {
            for (name, space) in indices.iter().zip(tensor.slots()) {
                insert(&mut spaces, name, space)?;
            }
        }
    }
    let deltas = || {
        term.factors
            .iter()
            .filter(|(head, _)| signature.tensor(head).is_none())
    };
    // A chain of δ's passes a space on by at least one δ a round.
    for _ in deltas() {
        for (_, indices) in deltas() {
            if let Some(space) = indices
                .iter()
                .find_map(|name| spaces.get(name.as_str()).copied())
            {
                for name in indices {
                    insert(&mut spaces, name, space)?;
                }
            }
        }
    }
    Ok(spaces)
}

fn insert<'a>(
    spaces: &mut Spaces<'a>,
    name: &'a str,
    space: &'a Space,
) -> Result<(), SymbolicError> {
    match spaces.insert(name, space) {
        Some(first) if first != space => Err(SymbolicError::SpaceClash {
            index: name.into(),
            first: first.dimension().to_string(),
            second: space.dimension().to_string(),
        }),
        _ => Ok(()),
    }
}

/// No leg stands twice, and no index prints like another.
fn check_names(text: &str, legs: &[String], terms: &[NamedTerm]) -> Result<(), SymbolicError> {
    for (position, leg) in legs.iter().enumerate() {
        if legs[..position].contains(leg) {
            return Err(SymbolicError::RepeatedLeg {
                index: leg.clone(),
                text: text.into(),
            });
        }
    }
    let written = terms.iter().flat_map(|term| &term.factors);
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for name in legs.iter().chain(written.flat_map(|(_, indices)| indices)) {
        let other = *seen.entry(appearance(name)).or_insert(name);
        if other != name {
            return Err(SymbolicError::LooksLike {
                name: name.clone(),
                other: other.into(),
            });
        }
    }
    Ok(())
}

/// A summed index that occurs once, or a leg that does not occur, is refused unless δ[i] says it is meant.
fn check_alone(
    text: &str,
    legs: &[String],
    term: &NamedTerm,
    occurrences: &BTreeMap<&str, usize>,
) -> Result<(), SymbolicError> {
    let alone = |index: &str| SymbolicError::LoneIndex {
        index: index.into(),
        text: text.into(),
    };
    for leg in legs {
        if !occurrences.contains_key(leg.as_str()) {
            return Err(alone(leg));
        }
    }
    let meant = |name: &str| {
        let is_unit = |(head, indices): &(String, Vec<String>)| {
            head == super::parse::DELTA && indices.len() == 1 && indices[0] == name
        };
        term.factors.iter().any(is_unit)
    };
    let lone = |(name, count): &(&&str, &usize)| {
        **count == 1 && !legs.iter().any(|leg| leg == **name) && !meant(name)
    };
    match occurrences.iter().find(lone) {
        Some((name, _)) => Err(alone(name)),
        None => Ok(()),
    }
}
