//! How often `DataSpectrum` finds the right number of components, and how near σ is: `cargo bench --bench data -- 400`.
//!
//! Components of 0, 1 and 5 directions, from twice to five times the threshold `1 + √γ`, in data of n/p from 0.2 to 5 with
//! Gaussian and heavy-tailed (t₅) entries, and rows with scales of their own. Each line: the share of samples in which
//! the number found is the right one (by copies, and by the Tracy–Widom law), in which it is too large, and the root mean
//! square error of σ. At level 5 % the second must stay near 5 % where nothing is planted.

use ndarray::{Array1, Array2};
use rand::Rng;
use tensor_dyson::model::{EntryLaw, Streams};
use tensor_dyson::sample_covariance::{DataSpectrum, Options, Randomisation};

/// np of every matrix.
const ENTRIES: f64 = 18_000.0;

/// The law of the noise.
#[derive(Clone, Copy)]
enum Noise {
    Entries(EntryLaw),
    /// Gaussian rows, a tenth of them twice as long as the others.
    Uneven,
}

fn direction(p: usize, k: usize) -> Array1<f64> {
    let step = std::f64::consts::PI * (k + 1) as f64 / p as f64;
    Array1::from_shape_fn(p, |j| {
        (2.0 / p as f64).sqrt() * (step * (j as f64 + 0.5)).cos()
    })
}

/// Noise of variance 1 with `planted` components of variance `(1 + √γ)(2 + 3k/4)`.
fn data(noise: Noise, (n, p): (usize, usize), planted: usize, rng: &mut impl Rng) -> Array2<f64> {
    let mut x = match noise {
        Noise::Entries(law) => law.matrix(n, p, rng),
        Noise::Uneven => {
            let mut x = EntryLaw::Gaussian.matrix(n, p, rng);
            for (i, mut row) in x.rows_mut().into_iter().enumerate() {
                // The mean square is 1.
                row *= if i % 10 == 0 { 2.0 } else { 1.0 } / 1.3_f64.sqrt();
            }
            x
        }
    };
    let threshold = 1.0 + (p as f64 / n as f64).sqrt();
    let factors = EntryLaw::Gaussian.matrix(n, planted.max(1), rng);
    for k in 0..planted {
        let variance = threshold * (2.0 + 0.75 * k as f64);
        let u = direction(p, k) * (variance - 1.0).sqrt();
        for (mut row, score) in x.rows_mut().into_iter().zip(factors.column(k)) {
            row.scaled_add(*score, &u);
        }
    }
    x
}

/// One line of the table.
fn line(name: &str, noise: Noise, ratio: f64, planted: usize, samples: u64) -> String {
    let n = (ENTRIES * ratio).sqrt().round();
    let shape = (n as usize, (n / ratio).round() as usize);
    let randomisation = match noise {
        Noise::Entries(_) => Randomisation::Permutation,
        Noise::Uneven => Randomisation::Signs,
    };
    let (mut right, mut by_law, mut more, mut square) = (0, 0, 0, 0.0);
    for index in 0..samples {
        let mut rng = Streams::new(1, name).child(planted as u64).stream(index);
        let x = data(noise, shape, planted, &mut rng);
        let options = Options {
            randomisation,
            seed: index,
            ..Options::default()
        };
        match DataSpectrum::new(x.view(), &options) {
            Ok(found) => {
                right += u64::from(found.count == planted);
                by_law += u64::from(found.found.by_law == planted);
                more += u64::from(found.count > planted);
                square += (found.noise.variance.sqrt() - 1.0).powi(2);
            }
            Err(error) => return format!("{name}: {error}"),
        }
    }
    let share = |count: u64| 100.0 * count as f64 / samples as f64;
    format!(
        "{name:<10} n/p = {ratio:<4} {:>4}×{:<4} planted {planted}: right {:>5.1} % (law {:>5.1} %), too many {:>4.1} %, σ to {:.2} %",
        shape.0,
        shape.1,
        share(right),
        share(by_law),
        share(more),
        100.0 * (square / samples as f64).sqrt()
    )
}

fn main() {
    let samples = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(20);
    for (name, noise) in [
        ("Gaussian", Noise::Entries(EntryLaw::Gaussian)),
        ("t5", Noise::Entries(EntryLaw::StudentT5)),
        ("uneven", Noise::Uneven),
    ] {
        for ratio in [0.2, 1.0, 5.0] {
            for planted in [0, 1, 5] {
                println!("{}", line(name, noise, ratio, planted, samples));
            }
        }
    }
}
