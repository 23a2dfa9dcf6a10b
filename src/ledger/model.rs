//! A random-matrix model with a predicted law: what a claim about a limit law is made of.

use super::{CheckError, Ladder};
use crate::measure::{Distribution, Law};
use crate::model::Streams;
use crate::spectrum::{SampledDistribution, empirical_stieltjes};
use num_complex::Complex64;
use rand::rngs::ChaCha8Rng;
use rayon::prelude::*;

/// The Stieltjes transform of a law given by an equation.
pub type Transform = Box<dyn Fn(Complex64) -> Result<Complex64, CheckError> + Send + Sync>;

/// A predicted law.
pub enum Predicted {
    /// An expression of the calculus of laws: transform and distribution function.
    Law(Law),
    /// `s(z)`, Im z > 0, alone.
    Equation(Transform),
}

impl Predicted {
    /// `s(z)`.
    ///
    /// # Errors
    /// Where the law has no value.
    pub fn stieltjes(&self, z: Complex64) -> Result<Complex64, CheckError> {
        match self {
            Predicted::Law(law) => Ok(law.stieltjes(z)?.s),
            Predicted::Equation(transform) => transform(z),
        }
    }
}

/// A model: samples of a spectrum over a ladder of sizes, and the law that they are predicted to tend to.
///
/// A near miss is another model: the same type with a wrong ratio or coefficient, of which only the prediction is
/// used. [`compare`] puts samples against predictions.
pub trait SpectralModel: Sync {
    /// The eigenvalues of one sample at a size of the ladder.
    ///
    /// # Errors
    /// Where the sample has no spectrum.
    fn sample(&self, size: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError>;

    /// The predicted law, at the ratios that samples of this size have.
    ///
    /// # Errors
    /// Parameters that are none.
    fn predicted(&self, size: usize) -> Result<Predicted, CheckError>;
}

/// Distances of the samples from one prediction, over the ladder.
#[derive(Debug, Clone, Default)]
pub struct Distances {
    /// `|s_emp − s|`, the root mean square over the points of comparison.
    pub stieltjes: Ladder,
    /// The Kolmogorov distance, where the prediction has a distribution function.
    pub kolmogorov: Ladder,
}

/// The ladder of a comparison.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The sizes, as the model understands them.
    pub sizes: Vec<usize>,
    /// Samples at the largest size. A size k times smaller has k times as many: an exponent is known the better the
    /// more there are at its ends, and the small end is cheap.
    pub replicates: u64,
    /// The points of comparison, above the real axis.
    pub points: Vec<Complex64>,
    /// Whether Kolmogorov distances are taken too.
    pub kolmogorov: bool,
}

/// Samples of `model` against its own prediction, first, and against that of each rival.
///
/// # Errors
/// The first sample or prediction that fails.
pub fn compare(
    streams: Streams,
    ladder: &Comparison,
    model: &dyn SpectralModel,
    rivals: &[&dyn SpectralModel],
) -> Result<Vec<Distances>, CheckError> {
    let candidates: Vec<&dyn SpectralModel> = [model].iter().chain(rivals).copied().collect();
    let mut distances = vec![Distances::default(); candidates.len()];
    let largest = ladder.sizes.iter().copied().max().unwrap_or(0) as u64;
    for &size in &ladder.sizes {
        let replicates = ladder.replicates * largest / (size as u64).max(1);
        let spectra: Vec<Result<Vec<f64>, CheckError>> = (0..replicates)
            .into_par_iter()
            .map(|seed| {
                let mut spectrum =
                    model.sample(size, &mut streams.stream(1000 * size as u64 + seed))?;
                spectrum.sort_by(f64::total_cmp);
                Ok(spectrum)
            })
            .collect();
        let spectra: Vec<Vec<f64>> = spectra.into_iter().collect::<Result<_, _>>()?;
        for (candidate, found) in candidates.iter().zip(&mut distances) {
            let predicted = candidate.predicted(size)?;
            let values: Result<Vec<Complex64>, CheckError> = ladder
                .points
                .iter()
                .map(|&z| predicted.stieltjes(z))
                .collect();
            let values = values?;
            let distribution = match &predicted {
                Predicted::Law(law) if ladder.kolmogorov => Some(law.distribution()?),
                _ => None,
            };
            for spectrum in &spectra {
                let differences = ladder.points.iter().zip(&values);
                let square: f64 = differences
                    .map(|(&z, s)| (empirical_stieltjes(spectrum, z) - s).norm_sqr())
                    .sum();
                let rms = (square / values.len() as f64).sqrt();
                found.stieltjes.push(size as f64, rms);
                if let Some(distribution) = distribution {
                    let distance = kolmogorov_distance(spectrum, distribution);
                    found.kolmogorov.push(size as f64, distance);
                }
            }
        }
    }
    Ok(distances)
}

/// `sup_x |F_emp(x) − F(x)|` of ascending eigenvalues: on both sides of each, where the two jump (Kolmogorov 1933). NaN of none.
pub fn kolmogorov_distance(ascending: &[f64], law: &Distribution) -> f64 {
    if ascending.is_empty() {
        return f64::NAN;
    }
    let found = SampledDistribution::known(ascending.to_vec(), 0.0, ascending.len());
    found.kolmogorov(law).distance
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::{gram, symmetric_eigenvalues};
    use crate::model::EntryLaw;

    struct Wishart(f64);

    impl SpectralModel for Wishart {
        fn sample(&self, size: usize, rng: &mut ChaCha8Rng) -> Result<Vec<f64>, CheckError> {
            let d = (size as f64 / self.0) as usize;
            let x = EntryLaw::Gaussian.matrix(size, d, rng);
            Ok(symmetric_eigenvalues((gram(x.view()) / d as f64).view())?)
        }
        fn predicted(&self, _: usize) -> Result<Predicted, CheckError> {
            Ok(Predicted::Law(Law::marchenko_pastur(self.0)?))
        }
    }

    #[test]
    fn an_atom_is_a_jump_of_both_distributions() {
        let law = Law::atoms(vec![0.0, 1.0], vec![0.25, 0.75]).unwrap();
        let law = law.distribution().unwrap();
        assert_eq!(kolmogorov_distance(&[0.0, 1.0, 1.0, 1.0], law), 0.0);
        assert_eq!(kolmogorov_distance(&[0.0, 0.0, 1.0, 1.0], law), 0.25);
        assert_eq!(kolmogorov_distance(&[-1e-9, 1.0, 1.0, 1.0], law), 0.25);
        assert!(kolmogorov_distance(&[], law).is_nan());
    }

    #[test]
    fn a_model_is_told_from_its_near_miss() {
        let ladder = Comparison {
            sizes: vec![12, 36, 108],
            replicates: 12,
            points: vec![Complex64::new(0.5, 0.5), Complex64::new(2.0, 0.5)],
            kolmogorov: true,
        };
        let streams = Streams::new(1, "wishart");
        let found = compare(streams, &ladder, &Wishart(0.5), &[&Wishart(0.8)]).unwrap();
        for ladder in [&found[0].stieltjes, &found[0].kolmogorov] {
            assert_eq!(ladder.measure("", -0.5).unwrap().supports(), Some(true));
        }
        for ladder in [&found[1].stieltjes, &found[1].kolmogorov] {
            assert_eq!(ladder.measure("", -0.5).unwrap().supports(), Some(false));
        }
    }
}
