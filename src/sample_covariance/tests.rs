//! Planted components, refusals and units.

use super::*;
use crate::measure::Law;
use crate::model::{EntryLaw, Streams};
use ndarray::{Array1, Array2, array};

/// Noise with `variances` in directions that no column shows alone, cosines, and 1 in all others.
fn data(entries: EntryLaw, (n, p): (usize, usize), variances: &[f64], index: u64) -> Array2<f64> {
    let mut rng = Streams::new(11, "sample-covariance").stream(index);
    let noise = entries.matrix(n, p, &mut rng);
    let mut x = noise.clone();
    for (k, variance) in variances.iter().enumerate() {
        let u = direction(p, k);
        let scores = noise.dot(&u) * (variance.sqrt() - 1.0);
        for (mut row, score) in x.rows_mut().into_iter().zip(&scores) {
            row.scaled_add(*score, &u);
        }
    }
    x
}

/// The orthonormal vectors of the cosine transform, without the constant one.
fn direction(p: usize, k: usize) -> Array1<f64> {
    let step = std::f64::consts::PI * (k + 1) as f64 / p as f64;
    Array1::from_shape_fn(p, |j| {
        (2.0 / p as f64).sqrt() * (step * (j as f64 + 0.5)).cos()
    })
}

/// Components far above the threshold `1 + √γ`, at shapes from flat to tall; σ to 1 %.
#[test]
fn planted_components_are_counted_and_sigma_is_found() {
    let five = [40.0, 32.0, 26.0, 21.0, 17.0];
    for entries in [EntryLaw::Gaussian, EntryLaw::StudentT5] {
        for (index, shape) in [(60, 300), (150, 150), (400, 80)].into_iter().enumerate() {
            for planted in [&five[..0], &five[4..], &five[..]] {
                let x = data(entries, shape, planted, index as u64);
                let options = Options {
                    copies: 19,
                    ..Options::default()
                };
                let found = DataSpectrum::new(x.view(), &options).unwrap();
                assert_eq!(
                    found.count,
                    planted.len(),
                    "{entries:?} {shape:?} {:?}",
                    found.stages
                );
                let sigma = found.noise.variance.sqrt();
                // Three standard errors of σ at kurtosis 9 and n = p = 150: 3 √(8/(np))/2 = 0.028.
                assert!((sigma - 1.0).abs() < 0.03, "{entries:?} {shape:?} {sigma}");
                for (spike, variance) in found.spikes.iter().zip(planted) {
                    let off = (spike.population - variance).abs();
                    let errors = if entries == EntryLaw::Gaussian {
                        4.0
                    } else {
                        9.0
                    };
                    assert!(off < errors * spike.standard_error, "{spike:?} {variance}");
                }
            }
        }
    }
}

/// Errors in units of the stated standard error have the root mean square 1: over 120 samples it strays by `(2·120)^{−1/2} = 0.065`,
/// and four of that are let through, with a tenth for what is of the next order in 1/p.
#[test]
fn standard_errors_are_as_large_as_the_errors() {
    let (n, p) = (160, 80);
    let bulk = Bulk::new(None, n, p).unwrap();
    let (mut noise, mut spikes) = (vec![], vec![]);
    for index in 0..120 {
        let x = data(EntryLaw::Gaussian, (n, p), &[12.0], 100 + index);
        let covariance = x.t().dot(&x) / n as f64;
        let mut eigenvalues = crate::linalg::symmetric_eigenvalues(covariance.view()).unwrap();
        eigenvalues.reverse();
        let found = bulk.noise(&eigenvalues, 1).unwrap();
        noise.push((found.variance - 1.0) / found.standard_error);
        let spike = bulk.component(eigenvalues[0] / found.variance, 1).unwrap();
        let spike = spike.scaled(found.variance);
        spikes.push((spike.population - 12.0) / spike.standard_error);
    }
    for scaled in [noise, spikes] {
        let square = scaled.iter().map(|x| x * x).sum::<f64>() / scaled.len() as f64;
        assert!((square.sqrt() - 1.0).abs() < 0.36, "{}", square.sqrt());
    }
}

/// Fitted by a law of two population values, a sample of them has no components, and one planted above them is seen where it
/// belongs; by white noise it would have many.
#[test]
fn a_population_of_its_own_law_explains_its_bulk() {
    let (n, p) = (300, 100);
    let mut x = data(EntryLaw::Gaussian, (n, p), &[], 7);
    for (j, mut column) in x.columns_mut().into_iter().enumerate() {
        column *= [20.0f64, 1.0, 3.0][if j == 0 { 0 } else { 1 + j % 2 }].sqrt();
    }
    let law = Law::atoms(vec![1.0, 3.0], vec![0.5, 0.5]).unwrap();
    let options = Options {
        population: Some(law),
        ..Options::default()
    };
    let found = DataSpectrum::new(x.view(), &options).unwrap();
    assert_eq!((found.count, found.found.by_copies), (1, None));
    // H has mean 2: σ² is the factor.
    assert!((found.noise.variance - 1.0).abs() < 0.03);
    let spike = found.spikes[0];
    assert!(
        (spike.population - 20.0).abs() < 4.0 * spike.standard_error,
        "{spike:?}"
    );
    assert!(found.denoising.is_none() && found.kolmogorov.distance < 0.03);
}

/// ψ of the general formula at H = δ₁ is the closed form, and the sample's vectors have the stated angle to the plant.
#[test]
fn the_two_ways_to_a_component_agree_and_its_angle_is_seen() {
    let (n, p) = (400, 200);
    let white = Bulk::new(None, n, p).unwrap();
    let general = Bulk::new(Some(&Law::point(1.0).unwrap()), n, p).unwrap();
    for at in [3.2, 5.0, 40.0] {
        let (a, b) = (
            white.component(at, 0).unwrap(),
            general.component(at, 0).unwrap(),
        );
        for (a, b) in [
            (a.population, b.population),
            (a.standard_error, b.standard_error),
            (a.cosine_squared, b.cosine_squared),
        ] {
            assert!((a / b - 1.0).abs() < 1e-9, "{at}: {a} {b}");
        }
        let l = a.population;
        assert!((l * (1.0 + 0.5 / (l - 1.0)) / at - 1.0).abs() < 1e-12);
    }
    let x = data(EntryLaw::Gaussian, (n, p), &[5.0], 3);
    let s = crate::linalg::symmetric_eigen(x.t().dot(&x).view()).unwrap();
    let stated = DataSpectrum::new(x.view(), &Options::default())
        .unwrap()
        .spikes[0];
    let u = direction(p, 0);
    let seen = s.vectors.column(p - 1).dot(&u).powi(2);
    // The deviation of the squared cosine is about √(2/n) times it at most.
    assert!(
        (seen - stated.cosine_squared).abs() < 0.1,
        "{seen} {stated:?}"
    );
    // The true scores: the part of variance ℓ − 1 beside the noise of variance 1.
    let latent = EntryLaw::Gaussian.matrix(n, 1, &mut Streams::new(11, "latent").stream(0));
    let noise = data(EntryLaw::Gaussian, (n, p), &[], 4);
    let mut x = noise;
    for (mut row, z) in x.rows_mut().into_iter().zip(&latent) {
        row.scaled_add(2.0 * z, &u);
    }
    let s = crate::linalg::symmetric_eigen(x.t().dot(&x).view()).unwrap();
    let scores = x.dot(&s.vectors.column(p - 1));
    let first = latent.column(0);
    let cosine = first.dot(&scores).powi(2) / (first.dot(&first) * scores.dot(&scores));
    assert!(
        (cosine - stated.score_cosine_squared.unwrap()).abs() < 0.1,
        "{cosine} {stated:?}"
    );
}

/// The answer for data times a factor is that for the data, in other units; as far as squares are numbers.
#[test]
fn units_go_through() {
    let x = data(EntryLaw::Gaussian, (80, 40), &[30.0], 5);
    let options = Options {
        copies: 19,
        ..Options::default()
    };
    let one = DataSpectrum::new(x.view(), &options).unwrap();
    for power in [-400, 3, 400] {
        let factor = 2.0f64.powi(power);
        let other = DataSpectrum::new((&x * factor).view(), &options).unwrap();
        let square = factor * factor;
        assert_eq!(other.count, one.count);
        assert_eq!(other.noise.variance, one.noise.variance * square);
        assert_eq!(other.edges.1, one.edges.1 * square);
        assert_eq!(other.kolmogorov.at, one.kolmogorov.at * square);
        assert_eq!(
            other.spikes[0].population,
            one.spikes[0].population * square
        );
        assert_eq!(other.stages[1].threshold, one.stages[1].threshold * square);
        let (a, b) = (other.denoising.unwrap(), one.denoising.clone().unwrap());
        assert_eq!(a.threshold, b.threshold * factor);
        assert_eq!(a.values[0].operator, b.values[0].operator * factor);
    }
    let far = DataSpectrum::new((&x * 1e200).view(), &options);
    assert!(matches!(far, Err(DataError::Range { .. })), "{far:?}");
    // A standardised column has no unit.
    let correlation = Options {
        preparation: Preparation::Correlation,
        copies: 0,
        ..Options::default()
    };
    let found = DataSpectrum::new((&x * 1e200).view(), &correlation).unwrap();
    let trace: f64 = found.eigenvalues.iter().sum();
    assert!((trace - 40.0).abs() < 1e-9, "{trace}");
}

/// Rows with scales of their own: shuffling columns calls them components, drawing signs does not, and it is said.
#[test]
fn uneven_rows_are_told_and_do_not_make_components_of_signs() {
    let mut x = data(EntryLaw::Gaussian, (200, 100), &[], 9);
    for (i, mut row) in x.rows_mut().into_iter().enumerate() {
        row *= if i % 10 == 0 { 3.0 } else { 1.0 };
    }
    let shuffled = DataSpectrum::new(x.view(), &Options::default()).unwrap();
    assert!(shuffled.count > 0);
    let rows = shuffled.stages[0].copies.unwrap().rows_p_value.unwrap();
    assert!(rows <= 0.01, "{rows}");
    let signs = Options {
        randomisation: Randomisation::Signs,
        ..Options::default()
    };
    let signs = DataSpectrum::new(x.view(), &signs).unwrap();
    assert_eq!(
        (signs.count, signs.stages[0].copies.unwrap().rows_p_value),
        (0, None)
    );
    let even = data(EntryLaw::Gaussian, (200, 100), &[], 10);
    let even = DataSpectrum::new(even.view(), &Options::default()).unwrap();
    assert!(even.stages[0].copies.unwrap().rows_p_value.unwrap() > 0.01);
}

#[test]
fn data_without_a_spectrum_are_refused() {
    let ask = |x: Array2<f64>, preparation| {
        let options = Options {
            preparation,
            ..Options::default()
        };
        DataSpectrum::new(x.view(), &options).unwrap_err()
    };
    let ramp = |rows, columns| {
        Array2::from_shape_fn((rows, columns), |(i, j)| ((i * 3 + j * j) % 7) as f64)
    };
    let small = |rows, columns, needed| DataError::Small {
        rows,
        columns,
        needed,
    };
    use Preparation::{Centred, Correlation, Raw};
    assert_eq!(ask(ramp(1, 9), Centred), small(1, 9, 3));
    assert_eq!(ask(ramp(9, 1), Raw), small(9, 1, 2));
    assert_eq!(ask(ramp(0, 0), Raw), small(0, 0, 2));
    assert_eq!(ask(Array2::zeros((5, 4)), Raw), DataError::Zero);
    let mut x = ramp(6, 4);
    x.column_mut(2).fill(0.3);
    for preparation in [Centred, Correlation] {
        let refused = ask(x.clone(), preparation);
        assert!(
            matches!(refused, DataError::Constant { column: 2, .. }),
            "{refused}"
        );
    }
    x[[4, 1]] = f64::NAN;
    let refused = ask(x, Raw);
    assert!(
        matches!(
            refused,
            DataError::NotFinite {
                row: 4,
                column: 1,
                ..
            }
        ),
        "{refused}"
    );
    // Rank 1: beside one component there is nothing.
    let line = array![
        [1.0, 2.0, 3.0, 4.0],
        [2.0, 4.0, 6.0, 8.0],
        [3.0, 6.0, 9.0, 12.0],
        [5.0, 10.0, 15.0, 20.0]
    ];
    assert_eq!(ask(line, Raw), DataError::NoNoise { rank: 1 });
    // A noise that is told, below all that the data's rounding leaves, is at fault itself.
    let options = Options {
        noise: Some(1e-300),
        ..Options::default()
    };
    let refused = DataSpectrum::new(ramp(9, 4).view(), &options).unwrap_err();
    assert!(
        matches!(refused, DataError::Argument { value: 1e-300, .. }),
        "{refused}"
    );
    for level in [0.0, 1.0, f64::NAN] {
        let options = Options {
            level,
            ..Options::default()
        };
        let refused = DataSpectrum::new(ramp(9, 4).view(), &options).unwrap_err();
        assert!(matches!(
            refused,
            DataError::Argument {
                name: "the level",
                ..
            }
        ));
    }
}

/// The threshold is where the p-value is the level, in any unit, with σ given and not: an eigenvalue is above it if its p-value is below.
#[test]
fn a_threshold_is_where_the_p_value_is_the_level() {
    let mut seen = [0, 0];
    for unit in [1.0 / 64.0, 1.0, 64.0] {
        for (index, shape) in [(60, 90), (120, 40)].into_iter().enumerate() {
            let x = data(EntryLaw::Gaussian, shape, &[30.0, 20.0], 20 + index as u64) * unit;
            for noise in [None, Some(unit)] {
                let options = Options {
                    noise,
                    ..Options::default()
                };
                let found = DataSpectrum::new(x.view(), &options).unwrap();
                for stage in &found.stages {
                    let above = stage.eigenvalue > stage.threshold;
                    assert_eq!(
                        above,
                        stage.p_value < options.level,
                        "{unit} {noise:?}: {stage:?}"
                    );
                    seen[usize::from(above)] += 1;
                }
            }
        }
    }
    assert!(seen[0] > 0 && seen[1] > 0, "{seen:?}");
}

/// Masses stand on a geometric grid of 100 points that ends at the largest eigenvalue and begins at the smallest, or where there are more
/// columns than degrees of freedom, and the smallest says nothing, at a hundredth of the mean.
#[test]
fn the_population_lies_on_the_grid_that_the_data_bound() {
    for (n, p) in [(200, 100), (100, 100), (100, 200)] {
        let count = p.min(n);
        // The largest eigenvalues of Marchenko and Pastur's law, descending.
        let law = Law::marchenko_pastur(p as f64 / n as f64).unwrap();
        let law = law.distribution().unwrap();
        let quantile = |k: usize| law.quantile(1.0 - (k as f64 + 0.5) / p as f64).unwrap();
        let eigenvalues: Vec<f64> = (0..count).map(quantile).collect();
        let found = population::population_spectrum(&eigenvalues, n, p).unwrap();
        let mean = eigenvalues.iter().sum::<f64>() / p as f64;
        let (high, least) = (eigenvalues[0], eigenvalues[count - 1]);
        let low = if p > n {
            0.01 * mean
        } else {
            least.max(1e-4 * mean)
        };
        for at in &found.at {
            let place = 99.0 * (at / low).ln() / (high / low).ln();
            assert!(
                (place - place.round()).abs() < 1e-9,
                "{n} {p}: {at} at {place}"
            );
            assert!((0.0..=99.0).contains(&place.round()), "{n} {p}: {at}");
        }
        // The population is 1.
        let first: f64 = found.at.iter().zip(&found.mass).map(|(x, p)| x * p).sum();
        assert!((first - 1.0).abs() < 0.02, "{n} {p}: {first}");
    }
}

/// One entry is told as one column, however the centring spreads it, and copies as often as they stand there.
#[test]
fn what_noise_does_not_have_is_counted() {
    let mut rng = Streams::new(3, "caveats").stream(0);
    let mut x = EntryLaw::Gaussian.matrix(60, 8, &mut rng);
    let options = Options {
        copies: 0,
        ..Options::default()
    };
    let of = |x: &Array2<f64>| DataSpectrum::new(x.view(), &options).unwrap().caveats;
    assert_eq!(of(&x), Caveats::default());
    // At √(N × edge) an entry is told, and below not.
    let found = DataSpectrum::new(x.view(), &options).unwrap();
    let edge = (59.0 * found.edges.1).sqrt();
    x[[5, 2]] = 0.5 * edge;
    assert_eq!(of(&x).outlying_columns, 0);
    x[[5, 2]] = 1.5 * edge;
    assert_eq!(of(&x).outlying_columns, 1);
    x[[5, 2]] = 0.0;
    for row in [10, 11] {
        let copy = x.row(0).to_owned();
        x.row_mut(row).assign(&copy);
    }
    let copy = x.column(1).to_owned();
    x.column_mut(7).assign(&copy);
    let found = of(&x);
    assert_eq!((found.repeated_rows, found.repeated_columns), (2, 1));
}

/// Eigenvalues at the quantiles of the law times a variance, behind some components: their median is the law's.
#[test]
fn the_variance_from_the_median_is_that_of_the_quantiles() {
    let variance = 2.5;
    for (n, p) in [(400, 100), (100, 400), (150, 150)] {
        let bulk = Bulk::new(None, n, p).unwrap();
        let mass = bulk.distribution.mass_at(0.0);
        for k in [0, 1, 8, 9] {
            let rest = n.min(p) - k;
            let share = |i: usize| (i as f64 + 0.5) / rest as f64;
            let quantile = |i| {
                bulk.distribution
                    .quantile(mass + (1.0 - mass) * share(i))
                    .unwrap()
            };
            let own = (0..rest).rev().map(|i| variance * quantile(i));
            let eigenvalues: Vec<f64> = vec![1e3; k].into_iter().chain(own).collect();
            let found = bulk.variance_from_median(&eigenvalues, k);
            // Of two neighbours the middle is off by the square of their distance.
            assert!(
                (found / variance - 1.0).abs() < 1e-3,
                "{n} {p} {k}: {found}"
            );
        }
    }
}
