//! Side conditions on dimensions, as in `n ≥ d`.

use super::error::SymbolicError;
use super::polynomial::Symbol;
use std::fmt;

/// Conditions with all that follows from them: `n ≥ d` and `d ≥ p` are `n ≥ p`, and with `d ≥ 4` is `n ≥ 4`.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions {
    stated: Vec<Condition>,
    closed: Vec<Condition>,
}

impl Conditions {
    pub(super) fn insert(&mut self, condition: Condition) {
        if !self.stated.contains(&condition) {
            self.stated.push(condition.clone());
        }
        let mut waiting = vec![condition];
        while let Some(next) = waiting.pop() {
            let is_itself =
                matches!(&next.least, Least::Dimension(other) if *other == next.dimension);
            if is_itself || self.closed.contains(&next) {
                continue;
            }
            for known in &self.closed {
                if known.least == Least::Dimension(next.dimension.clone()) {
                    let dimension = known.dimension.clone();
                    let least = next.least.clone();
                    waiting.push(Condition { dimension, least });
                }
                if next.least == Least::Dimension(known.dimension.clone()) {
                    let dimension = next.dimension.clone();
                    let least = known.least.clone();
                    waiting.push(Condition { dimension, least });
                }
            }
            self.closed.push(next);
        }
    }

    /// As they were stated.
    pub(super) fn stated(&self) -> &[Condition] {
        &self.stated
    }

    /// All that follow, those that were stated among them.
    pub(super) fn closed(&self) -> &[Condition] {
        &self.closed
    }

    /// Whether what is not below another grows at least as fast, as far as orders are known.
    ///
    /// # Errors
    /// [`SymbolicError::GrowsTooSlowly`].
    pub(super) fn admit(&self, order: impl Fn(&str) -> Option<i32>) -> Result<(), SymbolicError> {
        for condition in &self.closed {
            if let Least::Dimension(other) = &condition.least
                && let (Some(own), Some(others)) = (order(&condition.dimension), order(other))
                && own < others
            {
                return Err(SymbolicError::GrowsTooSlowly {
                    condition: condition.to_string(),
                    own,
                    others,
                });
            }
        }
        Ok(())
    }
}

/// A dimension that is not below a number or another dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Condition {
    pub(super) dimension: Symbol,
    pub(super) least: Least,
}

/// What a dimension is not below.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Least {
    Number(usize),
    Dimension(Symbol),
}

impl Condition {
    /// The condition the other way around, of two dimensions that are not one.
    pub(super) fn back(&self) -> Option<Condition> {
        match &self.least {
            Least::Dimension(other) if *other != self.dimension => Some(Condition {
                dimension: other.clone(),
                least: Least::Dimension(self.dimension.clone()),
            }),
            _ => None,
        }
    }

    pub(super) fn number(dimension: &str, least: usize) -> Self {
        Condition {
            dimension: dimension.into(),
            least: Least::Number(least),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.least {
            Least::Number(number) => write!(f, "{} ≥ {number}", self.dimension),
            Least::Dimension(other) => write!(f, "{} ≥ {other}", self.dimension),
        }
    }
}

/// Sizes of some spaces that satisfy the conditions: each is raised by a multiple of `step` where it has to be. `None`
/// if no sizes do.
pub(super) fn raised(
    conditions: &[Condition],
    spaces: &[Symbol],
    mut sizes: Vec<usize>,
    step: usize,
) -> Option<Vec<usize>> {
    let place = |name: &Symbol| spaces.iter().position(|space| space == name);
    // Each round raises a size to what one condition asks for; a circle of conditions never ends.
    for _ in 0..=conditions.len() * spaces.len() {
        let mut holds = true;
        for condition in conditions {
            let least = match &condition.least {
                Least::Number(number) => *number,
                Least::Dimension(other) => place(other).map_or(0, |at| sizes[at]),
            };
            if let Some(at) = place(&condition.dimension)
                && sizes[at] < least
            {
                sizes[at] += (least - sizes[at]).div_ceil(step) * step;
                holds = false;
            }
        }
        if holds {
            return Some(sizes);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_raised_and_stay_different_modulo_the_step() {
        let spaces: Vec<Symbol> = ["n", "d"].map(Symbol::from).into();
        let above = |dimension: &str, other: &str| Condition {
            dimension: dimension.into(),
            least: Least::Dimension(other.into()),
        };
        let conditions = [above("n", "d"), Condition::number("d", 4)];
        assert_eq!(
            raised(&conditions, &spaces, vec![2, 3], 2),
            Some(vec![6, 5])
        );
        assert_eq!(
            raised(&conditions, &spaces, vec![9, 4], 2),
            Some(vec![9, 4])
        );
        let circle = [above("n", "d"), above("d", "n")];
        let mut closed = Conditions::default();
        for condition in [above("d", "p"), Condition::number("p", 4), above("n", "d")] {
            closed.insert(condition);
        }
        assert_eq!(closed.stated().len(), 3);
        for follows in [
            above("n", "p"),
            Condition::number("n", 4),
            Condition::number("d", 4),
        ] {
            assert!(closed.closed().contains(&follows), "{follows}");
        }
        assert_eq!(raised(&circle, &spaces, vec![2, 3], 2), None);
    }
}
