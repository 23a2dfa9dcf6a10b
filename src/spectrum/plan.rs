//! Which way a spectrum is computed, and the memory that it takes: known before anything is allocated.

use super::dense::Side;
use super::samples::BLOCK;
use std::fmt;

/// A number of bytes as it is printed: in the largest decimal unit that leaves at least 1.
struct Bytes(u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
        let bytes = self.0 as f64;
        match units.into_iter().find(|(size, _)| bytes >= *size) {
            Some((size, unit)) => write!(f, "{:.2} {unit}", bytes / size),
            None => write!(f, "{} B", self.0),
        }
    }
}

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
}

/// How the spectrum is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// All eigenvalues of the smaller Gram matrix.
    Dense,
    /// Lanczos and stochastic quadrature on products with the kernel, which is never formed.
    MatrixFree,
}

/// Why the route was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was asked for.
    Asked,
    /// All eigenvalues of so few rows are soon found.
    Few,
    /// All eigenvalues of so many rows take too long.
    Many,
    /// The dense matrix of so many bytes does not fit.
    TooLarge(u64),
}

/// A route with what it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// There is not enough memory on any route that was allowed.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "{n} samples need {} on the {route} route, and {} are there",
    Bytes(*needed), Bytes(*available)
)]
pub struct MemoryError {
    /// Samples.
    pub n: usize,
    /// The route that was allowed and needs the least.
    pub route: Route,
    /// Bytes that it needs.
    pub needed: u64,
    /// Bytes that there are.
    pub available: u64,
}

/// Rows up to which all eigenvalues are computed without being asked for: a minute or two on two cores.
const DENSE_ROWS: usize = 8000;
/// Accumulators of a product, see `features.rs`.
const PARTS: u64 = 16;

impl Problem {
    fn rows(&self) -> u64 {
        self.n.min(self.features) as u64
    }

    /// The samples, so many bytes a number.
    fn data(&self, number: usize) -> u64 {
        (self.n as u64)
            .saturating_mul(self.row as u64)
            .saturating_mul(number as u64)
    }

    /// The matrix and the solver's copy of it; moments and tiles are smaller than that copy and gone before it.
    fn dense(&self) -> u64 {
        let rows = self.rows();
        self.data(8)
            .saturating_add(rows.saturating_mul(rows).saturating_mul(17))
    }

    /// The Krylov spaces and the largest one's projection with its eigenvectors, a block of vectors in and out, and
    /// the accumulators.
    fn matrix_free(&self, stored: bool, basis: usize) -> u64 {
        let probes = self.probes as u64;
        let largest = self.steps.max(basis) as u64;
        let spaces = (probes - 1) * (self.steps as u64 + 1) + largest + 1;
        let projection = 32 * largest.min(self.rows()).pow(2);
        let vectors = 8 * (spaces + 3 * probes) * self.rows();
        let sums = 8 * (PARTS + 2) * probes * self.features as u64;
        let block = 3 * (BLOCK * self.number) as u64 * self.row as u64;
        let data = if stored { self.data(self.number) } else { 0 };
        let threads = rayon::current_num_threads() as u64;
        data.saturating_add(vectors + projection + sums + block * threads)
    }

    /// Whether the samples are kept, the vectors of the basis and the bytes: a smaller basis before samples that
    /// are drawn again for each product, and what needs least where nothing fits.
    fn within(&self, available: u64) -> (bool, usize, u64) {
        let (fewest, most) = self.basis;
        let halves = || {
            std::iter::successors(Some(most), |basis| Some(basis / 2))
                .take_while(move |basis| *basis > fewest)
                .chain([fewest])
        };
        let kept = halves().map(|basis| (true, basis));
        let drawn = halves().filter(|_| self.drawn).map(|basis| (false, basis));
        let bytes = |(stored, basis)| (stored, basis, self.matrix_free(stored, basis));
        let least = bytes((!self.drawn, fewest));
        kept.chain(drawn)
            .map(bytes)
            .find(|(_, _, bytes)| *bytes <= available)
            .unwrap_or(least)
    }
}

/// The route for a problem, within `available` bytes; `asked` leaves no choice.
///
/// # Errors
/// [`MemoryError`].
pub fn plan(problem: &Problem, asked: Option<Route>, available: u64) -> Result<Plan, MemoryError> {
    let rows = problem.n.min(problem.features);
    let side = if problem.features < problem.n {
        Side::Features
    } else {
        Side::Samples
    };
    let dense = problem.dense();
    let (route, reason) = match asked {
        Some(route) => (route, Reason::Asked),
        None if dense > available => (Route::MatrixFree, Reason::TooLarge(dense)),
        None if rows > DENSE_ROWS => (Route::MatrixFree, Reason::Many),
        None => (Route::Dense, Reason::Few),
    };
    let (stored, basis, bytes) = match route {
        Route::Dense => (true, problem.basis.1, dense),
        Route::MatrixFree => problem.within(available),
    };
    if bytes > available {
        return Err(MemoryError {
            n: problem.n,
            route,
            needed: bytes,
            available,
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
    })
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Route::Dense => "dense",
            Route::MatrixFree => "matrix-free",
        })
    }
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
