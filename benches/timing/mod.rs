//! What benchmarks measure times with.

use std::hint::black_box;
use std::time::Instant;

/// The least of some runs, in seconds: what the machine can do, whatever else it does.
pub(crate) fn least<T>(runs: usize, mut f: impl FnMut() -> T) -> f64 {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(f());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}
