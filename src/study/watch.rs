//! Who is told how far a run is, and may end it.

use std::ops::ControlFlow;

/// What a run takes its time for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stage {
    /// The limit law and its distribution function.
    Law,
    /// The features of X.
    Features,
    /// All eigenvalues, about so many seconds.
    Eigenvalues {
        /// At most, roughly.
        seconds: f64,
    },
    /// Products with the kernel that is never formed.
    Products {
        /// At most.
        most: usize,
    },
}

/// Is told how far a run is, and may end it.
pub trait Watch {
    /// A stage begins, and the one before is over.
    fn begin(&mut self, stage: Stage);

    /// So many products were taken. A break ends the run with what is known by then.
    fn products(&mut self, taken: usize) -> ControlFlow<()>;
}

/// Lets a run go on to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unwatched;

impl Watch for Unwatched {
    fn begin(&mut self, _: Stage) {}

    fn products(&mut self, _: usize) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
