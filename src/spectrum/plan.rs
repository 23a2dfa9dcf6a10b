//! Which way a spectrum is computed, and the memory that it takes: known before anything is allocated.

use super::dense::Side;
use super::plan_error::{Bytes, MemoryError, Needs, OPERATIONS, PlanError};
use super::route::{Reason, Route};
use super::samples::BLOCK;
use std::fmt;

/// The sizes of a kernel and of what is asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// Samples.
    pub n: usize,
    /// The dimension of the features.
    pub features: usize,
    /// Numbers of a sample that are kept: d, or d + p with the second factor.
    pub row: usize,
    /// Bytes of such a number on the matrix-free route: 4 or 8, or 12 for both; on the dense one they are 8.
    pub number: usize,
    /// The rows can be drawn again and need not be kept.
    pub drawn: bool,
    /// Probes of the quadrature.
    pub probes: usize,
    /// Steps of the quadrature.
    pub steps: usize,
    /// Vectors kept in the search for extreme eigenvalues: the fewest and the most. More save products, as long as
    /// they fit.
    pub basis: (usize, usize),
    /// Extreme eigenvalues that are searched for.
    pub ends: usize,
    /// Products of that search, at most.
    pub products: usize,
    /// Bytes of W and all that is made of it.
    pub weights: u64,
}

/// Bytes of W (d×p), of its product with a, the copy that a layer keeps, and the factors of the decomposition of `WD`:
/// no p×p matrix is among them.
pub(crate) fn weights_bytes(d: usize, p: usize) -> u64 {
    let (d, p) = (d as u64, p as u64);
    let square = d.saturating_mul(d.max(p.min(d)));
    let entries = d.saturating_mul(p).saturating_mul(5);
    entries
        .saturating_add(square.saturating_mul(6))
        .saturating_mul(8)
}

/// A route with what it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The route.
    pub route: Route,
    /// Why.
    pub reason: Reason,
    /// The side with fewer rows.
    pub side: Side,
    /// Its number of rows.
    pub rows: usize,
    /// The rows of X are kept; otherwise they are drawn again for each product.
    pub stored: bool,
    /// Vectors kept in the search for extreme eigenvalues on the matrix-free route.
    pub basis: usize,
    /// Bytes that it takes at most.
    pub bytes: u64,
    /// Bytes that there are.
    pub available: u64,
    /// Additions and multiplications that it takes at most.
    pub operations: f64,
}

/// Rows up to which all eigenvalues are computed without being asked for: a minute or two on two cores.
const DENSE_ROWS: usize = 8000;
/// Neighbours of the ends that are certified with them, at both ends and in each round, at most.
const CERTIFIED: u64 = 64;
/// Accumulators of a product, see `features.rs`.
const PARTS: u64 = 16;
/// Operations that a Gaussian takes to be drawn.
const DRAW: f64 = 100.0;

/// The product of sizes, at most `u64::MAX`.
fn times(sizes: &[u64]) -> u64 {
    sizes
        .iter()
        .fold(1, |product, size| product.saturating_mul(*size))
}

/// Their sum likewise.
fn plus(sizes: &[u64]) -> u64 {
    sizes.iter().fold(0, |sum, size| sum.saturating_add(*size))
}

impl Problem {
    fn rows(&self) -> u64 {
        self.n.min(self.features) as u64
    }

    /// The samples, so many bytes a number.
    fn data(&self, number: usize) -> u64 {
        times(&[self.n as u64, self.row as u64, number as u64])
    }

    /// The matrix and the solver's copy of it; moments and tiles are smaller than that copy and gone before it.
    fn dense(&self) -> u64 {
        let rows = self.rows();
        plus(&[self.data(8), times(&[rows, rows, 17]), self.weights])
    }

    /// The Krylov spaces and the largest one's projection with its eigenvectors, a block of vectors in and out, the
    /// vectors that are certified, and the accumulators; beside the bytes of the samples that are kept.
    fn matrix_free(&self, kept: u64, basis: usize) -> u64 {
        let (probes, rows) = (self.probes as u64, self.rows());
        let steps = (self.steps as u64).min(rows);
        let largest = steps.max((basis as u64).min(rows));
        let others = times(&[probes.saturating_sub(1), steps.saturating_add(1)]);
        let certified = times(&[4, (self.ends as u64).saturating_add(CERTIFIED)]);
        let spaces = plus(&[others, largest, 1, times(&[3, probes]), certified]);
        let sums = times(&[8 * (PARTS + 2), probes, self.features as u64]);
        let block = times(&[3 * BLOCK as u64, self.number as u64, self.row as u64]);
        let threads = rayon::current_num_threads() as u64;
        plus(&[
            kept,
            times(&[8, spaces, rows]),
            times(&[32, largest, largest]),
            sums,
            times(&[block, threads]),
            self.weights,
        ])
    }

    /// Operations of all products, with the orthogonalisation; of the dense route those of the matrix and its
    /// tridiagonal form.
    /// `drawn` numbers are drawn again for each product.
    fn operations(&self, route: Route, basis: usize, drawn: u64) -> f64 {
        let (n, features, rows) = (self.n as f64, self.features as f64, self.rows() as f64);
        match route {
            Route::Dense => rows * rows * n.max(features) + 4.0 / 3.0 * rows.powi(3),
            Route::MatrixFree => {
                let quadrature = self.probes as f64 * (self.steps as f64).min(rows);
                let products = quadrature.max((self.products as f64).min(rows));
                let product = 6.0 * n * features + DRAW * drawn as f64;
                products * (product + 4.0 * rows * (basis as f64).min(rows))
            }
        }
    }

    /// Whether the samples are kept, the vectors of the basis and the bytes: a smaller basis before samples that
    /// are drawn again for each product, and what needs least where nothing fits.
    fn within(&self, available: u64) -> (bool, usize, u64) {
        let (fewest, most) = self.basis;
        let halves = || {
            std::iter::successors(Some(most), |basis| Some(basis / 2))
                .take_while(move |basis| *basis > fewest && *basis > 0)
                .chain([fewest])
        };
        let kept = halves().map(|basis| (true, basis));
        let drawn = halves().filter(|_| self.drawn).map(|basis| (false, basis));
        let bytes = |(stored, basis)| {
            let kept = if stored { self.data(self.number) } else { 0 };
            (stored, basis, self.matrix_free(kept, basis))
        };
        let least = bytes((!self.drawn, fewest));
        kept.chain(drawn)
            .map(bytes)
            .find(|(_, _, bytes)| *bytes <= available)
            .unwrap_or(least)
    }
}

/// The route for a problem, within `available` bytes; `asked` leaves no choice, but where there is nothing to compute.
///
/// # Errors
/// [`PlanError`].
pub fn plan(problem: &Problem, asked: Option<Route>, available: u64) -> Result<Plan, PlanError> {
    let rows = problem.n.min(problem.features);
    let side = if problem.features < problem.n {
        Side::Features
    } else {
        Side::Samples
    };
    let dense = problem.dense();
    let (route, reason) = match asked {
        _ if rows == 0 => (Route::Dense, Reason::Nothing),
        Some(route) => (route, Reason::Asked),
        None if dense > available => (Route::MatrixFree, Reason::TooLarge(dense)),
        None if rows > DENSE_ROWS => (Route::MatrixFree, Reason::Many),
        None => (Route::Dense, Reason::Few),
    };
    let (stored, basis, bytes) = match route {
        Route::Dense => (true, problem.basis.1, dense),
        Route::MatrixFree => problem.within(available),
    };
    let n = problem.n;
    if bytes > available {
        return Err(PlanError::Memory(MemoryError {
            what: Needs::Samples { n, route },
            needed: bytes,
            available,
        }));
    }
    let drawn = if stored { 0 } else { problem.data(1) };
    let operations = problem.operations(route, basis, drawn);
    if operations > OPERATIONS {
        return Err(PlanError::Endless {
            n,
            route,
            operations,
        });
    }
    Ok(Plan {
        route,
        reason,
        side,
        rows,
        stored,
        basis,
        bytes,
        available,
        operations,
    })
}

/// Operations of a second on one thread, roughly.
const SPEED: f64 = 1e10;

impl Plan {
    /// Asks for the memory at once and gives it back: where the system refuses it, that is known before the work.
    ///
    /// # Errors
    /// [`PlanError::Allocation`].
    pub fn reserve(&self) -> Result<(), PlanError> {
        reserve(self.bytes)
    }

    /// About how long it takes at most on so many threads, in seconds.
    pub fn seconds(&self, threads: usize) -> f64 {
        self.operations / (SPEED * threads.max(1) as f64)
    }
}

/// [`Plan::reserve`] of so many bytes.
pub(crate) fn reserve(bytes: u64) -> Result<(), PlanError> {
    let refused = PlanError::Allocation { bytes };
    let size = usize::try_from(bytes).map_err(|_| refused)?;
    let mut room: Vec<u8> = Vec::new();
    room.try_reserve_exact(size).map_err(|_| refused)
}

impl fmt::Display for Plan {
    /// One sentence: the route, the side and the reason.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rows, side) = (
            self.rows,
            match self.side {
                Side::Samples => "𝒜ᵀ𝒜 on the samples",
                Side::Features => "𝒜𝒜ᵀ on the features",
            },
        );
        write!(
            f,
            "{} on {rows} rows ({side}, the smaller side)",
            self.route
        )?;
        match self.reason {
            Reason::Asked => write!(f, ", as asked"),
            Reason::Nothing => write!(f, ": all features are 0"),
            Reason::Few => write!(f, ": at most {DENSE_ROWS}, so all eigenvalues"),
            Reason::Many => write!(f, ": above {DENSE_ROWS}, where all eigenvalues take long"),
            Reason::TooLarge(bytes) => write!(f, ": dense needs {}", Bytes(bytes)),
        }?;
        let kept = if self.stored {
            ""
        } else {
            "; X is drawn again for each product"
        };
        write!(
            f,
            "; memory {} of {}{kept}",
            Bytes(self.bytes),
            Bytes(self.available)
        )
    }
}
