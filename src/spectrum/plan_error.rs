//! Why there is no plan, with the numbers of bytes or operations that stand in the way.

use super::route::Route;
use std::fmt;

/// More operations than this are refused: a day of two cores at 10¹⁰ a second.
pub(super) const OPERATIONS: f64 = 2e15;

/// A number of bytes as it is printed: in the largest decimal unit that leaves at least 1; the largest u64 stands for what
/// was too large to count.
pub(super) struct Bytes(pub(super) u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == u64::MAX {
            return f.write_str("more than 18 EB");
        }
        let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
        let bytes = self.0 as f64;
        match units.into_iter().find(|(size, _)| bytes >= *size) {
            Some((size, unit)) => write!(f, "{:.2} {unit}", bytes / size),
            None => write!(f, "{} B", self.0),
        }
    }
}

/// There is not enough memory on any route that was allowed.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{what} need {}, and {} are there", Bytes(*needed), Bytes(*available))]
pub struct MemoryError {
    /// For what.
    pub what: Needs,
    /// Bytes that it needs.
    pub needed: u64,
    /// Bytes that there are.
    pub available: u64,
}

/// What takes the memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The spectrum of n samples, on the route that was allowed and needs the least.
    Samples {
        /// Samples.
        n: usize,
        /// The route.
        route: Route,
    },
    /// W, before anything is computed.
    Weights {
        /// Inputs.
        d: usize,
        /// Hidden units.
        p: usize,
    },
}

impl fmt::Display for Needs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Needs::Samples { n, route } => write!(f, "{n} samples on the {route} route"),
            Needs::Weights { d, p } => write!(f, "weights of {d} inputs and {p} units"),
        }
    }
}

/// Why there is no plan.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// It does not fit.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The work would not end.
    #[error(
        "{n} samples take about {operations:.1e} operations on the {route} route, and more than \
         {OPERATIONS:.0e} are more than a day of two cores: take fewer samples, probes, steps or products"
    )]
    Endless {
        /// Samples.
        n: usize,
        /// The route.
        route: Route,
        /// Operations that it takes.
        operations: f64,
    },
    /// The memory that was counted cannot be had.
    #[error("{} cannot be allocated", Bytes(*bytes))]
    Allocation {
        /// Bytes asked for.
        bytes: u64,
    },
}
