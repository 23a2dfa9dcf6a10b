//! The names an expression may use: spaces, tensors and formal scalars.

use super::error::SymbolicError;
use super::polynomial::{IMAGINARY, Symbol};
use super::tensor::{Space, Tensor};
use super::token::{Token, starts_name, tokens};
use std::collections::{BTreeMap, BTreeSet};
use unicode_security::skeleton;

/// The declared names; none stands for two things.
#[derive(Debug, Clone, Default)]
pub(super) struct Signature {
    spaces: Vec<Space>,
    tensors: BTreeMap<Symbol, Tensor>,
    scalars: BTreeSet<Symbol>,
    /// The tensors and scalars in the order of declaration.
    order: Vec<Symbol>,
    /// Every name by what it looks like.
    looks: BTreeMap<String, Symbol>,
}

impl Signature {
    pub(super) fn spaces(&self) -> &[Space] {
        &self.spaces
    }

    pub(super) fn scalars(&self) -> impl Iterator<Item = &Symbol> {
        self.scalars.iter()
    }

    pub(super) fn tensor(&self, name: &str) -> Option<&Tensor> {
        self.tensors.get(name)
    }

    /// Whether a name is a formal scalar or a dimension.
    pub(super) fn is_scalar(&self, name: &str) -> bool {
        self.scalars.contains(name) || self.space(name).is_some()
    }

    pub(super) fn space(&self, dimension: &str) -> Option<&Space> {
        self.spaces
            .iter()
            .find(|space| **space.dimension() == *dimension)
    }

    /// How many tensors and scalars there are.
    pub(super) fn declared(&self) -> usize {
        self.order.len()
    }

    /// Forgets all tensors and scalars but the first ones, and says which.
    pub(super) fn forget(&mut self, first: usize) -> Vec<Symbol> {
        let names = self.order.split_off(first);
        for name in &names {
            self.tensors.remove(name);
            self.scalars.remove(name);
            self.looks.remove(&appearance(name));
        }
        names
    }

    /// The space among whose letters an index is, by the first character of its name.
    pub(super) fn space_of_letter(&self, index: &str) -> Option<&Space> {
        let first = index.chars().next()?;
        self.spaces
            .iter()
            .find(|space| space.letters().contains(first))
    }

    pub(super) fn add_space(
        &mut self,
        dimension: &str,
        letters: &str,
    ) -> Result<(), SymbolicError> {
        self.fresh(dimension)?;
        is_no_numeral(dimension)?;
        if dimension == IMAGINARY {
            return Err(SymbolicError::Declared {
                name: dimension.into(),
            });
        }
        self.fresh_letters(letters)?;
        self.spaces.push(Space::new(dimension, letters));
        self.looks.insert(appearance(dimension), dimension.into());
        Ok(())
    }

    pub(super) fn add_scalar(&mut self, name: &str) -> Result<(), SymbolicError> {
        self.fresh(name)?;
        is_no_numeral(name)?;
        self.scalars.insert(name.into());
        self.note(name);
        Ok(())
    }

    /// Adds a tensor by its name and the dimensions of its slots, as in `G[d,p]`.
    pub(super) fn add_tensor(
        &mut self,
        name: &str,
        slots: &[String],
        symmetries: &[Vec<usize>],
    ) -> Result<Tensor, SymbolicError> {
        self.fresh(name)?;
        if slots.is_empty() {
            is_no_numeral(name)?;
        }
        let space = |dimension: &String| {
            self.space(dimension)
                .cloned()
                .ok_or_else(|| SymbolicError::Unknown {
                    name: dimension.clone(),
                })
        };
        let slots = slots.iter().map(space).collect::<Result<Vec<_>, _>>()?;
        let tensor =
            Tensor::new(name, slots, symmetries).ok_or_else(|| SymbolicError::Symmetry {
                tensor: name.into(),
            })?;
        self.tensors.insert(name.into(), tensor.clone());
        self.note(name);
        Ok(tensor)
    }

    /// Takes a name of a tensor or a scalar down.
    fn note(&mut self, name: &str) {
        self.order.push(name.into());
        self.looks.insert(appearance(name), name.into());
    }

    /// Whether letters of indices are letters, and none can be taken for that of another space.
    fn fresh_letters(&self, letters: &str) -> Result<(), SymbolicError> {
        let mut known: Vec<char> = self
            .spaces
            .iter()
            .flat_map(|s| s.letters().chars())
            .collect();
        for letter in letters.chars() {
            let name = letter.to_string();
            if !starts_name(letter) || name == super::parse::DELTA {
                let (found, at, text) = (name, 0, letters.into());
                return Err(SymbolicError::Unexpected { found, at, text });
            }
            // Latin letters for one space and Greek ones for another are told apart as everywhere in the field.
            let is_greek = |c: char| matches!(c, '\u{370}'..='\u{3ff}');
            let two = |other: &&char| {
                is_greek(letter) != is_greek(**other)
                    && [letter, **other].iter().any(char::is_ascii)
            };
            for other in known.iter().filter(|other| !two(other)) {
                alike(&name, &other.to_string())?;
            }
            known.push(letter);
        }
        Ok(())
    }

    /// Whether a name is new, and cannot be taken for one that is known.
    fn fresh(&self, name: &str) -> Result<(), SymbolicError> {
        // Some names are given as they are, not read from a text.
        if !matches!(tokens(name)?.as_slice(), [(_, Token::Name(read))] if read == name) {
            return Err(SymbolicError::Unexpected {
                found: name.into(),
                at: 0,
                text: name.into(),
            });
        }
        alike(name, super::parse::DELTA)?;
        match self.looks.get(&appearance(name)) {
            Some(other) => Err(one_in_print(name, other)),
            None => Ok(()),
        }
    }
}

/// # Errors
/// [`SymbolicError::Declared`] and [`SymbolicError::LooksLike`] for names that are one in print.
fn alike(name: &str, other: &str) -> Result<(), SymbolicError> {
    match appearance(other) == appearance(name) {
        true => Err(one_in_print(name, other)),
        false => Ok(()),
    }
}

/// That a name cannot be told from another, or is the same.
pub(super) fn one_in_print(name: &str, other: &str) -> SymbolicError {
    match name == other {
        true => SymbolicError::Declared { name: name.into() },
        false => SymbolicError::LooksLike {
            name: name.into(),
            other: other.into(),
        },
    }
}

/// Whether what stands without indices is no numeral in print: `O` and `l` are 0 and 1.
fn is_no_numeral(name: &str) -> Result<(), SymbolicError> {
    let digit = |c: char| {
        let digits =
            ('0'..='9').find(|digit| appearance(&digit.to_string()) == appearance(&c.to_string()));
        digits.or(c.is_numeric().then_some(c))
    };
    let digits: Option<String> = name.chars().map(digit).collect();
    match digits {
        Some(other) => Err(SymbolicError::LooksLike {
            name: name.into(),
            other,
        }),
        None => Ok(()),
    }
}

/// What a name looks like: equal for names whose letters cannot be told apart (Unicode's confusables, UTS 39). Script,
/// Fraktur and double-struck letters are told from plain ones, as the slides' 𝒬 from Q.
pub(super) fn appearance(name: &str) -> String {
    let shape = |c: char| match c as u32 {
        0x1d49c..=0x1d503 => "script ",
        0x1d504..=0x1d537 | 0x1d56c..=0x1d59f => "fraktur ",
        0x1d538..=0x1d56b => "double ",
        _ => "",
    };
    let mut appearance = String::new();
    for c in name.chars() {
        appearance.push_str(shape(c));
        appearance.extend(skeleton(c.encode_utf8(&mut [0; 4])));
    }
    appearance
}

/// Reads one declaration, as in `ω[i,a,b]`.
pub(super) fn declaration(text: &str) -> Result<(String, Vec<String>), SymbolicError> {
    let mut declared = declarations(text)?.into_iter();
    match (declared.next(), declared.next()) {
        (Some(only), None) => Ok(only),
        (_, further) => Err(SymbolicError::Unexpected {
            found: further.map_or("end".into(), |(name, _)| name),
            at: 0,
            text: text.into(),
        }),
    }
}

/// Reads a list of declarations such as `x[n,d] G[d,p] m`: names, each with what stands in its brackets.
pub(super) fn declarations(text: &str) -> Result<Vec<(String, Vec<String>)>, SymbolicError> {
    let mut declared: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for (at, token) in tokens(text)? {
        let last = declared.last_mut();
        match (token, last) {
            (Token::Name(name), Some((_, slots))) if inside => slots.push(name),
            (Token::Name(name), _) => declared.push((name, Vec::new())),
            (Token::Mark('['), Some(_)) if !inside => inside = true,
            (Token::Mark(']'), _) if inside => inside = false,
            (Token::Mark(','), _) if inside => {}
            (token, _) => {
                let found = format!("{token:?}");
                return Err(SymbolicError::Unexpected {
                    found,
                    at,
                    text: text.into(),
                });
            }
        }
    }
    Ok(declared)
}
