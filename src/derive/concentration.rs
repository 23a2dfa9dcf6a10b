//! `Var |ω°|²`: whether the length of a feature concentrates, without which no law with 𝒬 alone can hold.

use super::degree::bounded;
use super::drawn::Drawn;
use super::model::Model;
use super::moments::{Moments, averaged, names, reached};
use super::notation::readable;
use crate::symbolic::{Expression, Proof, ProofError};

/// `Var |ω°|²` in closed form, `ω° = ω − E ω`, with the proof.
///
/// The law of the kernel is that of independent columns with covariance 𝒬 if `Var ⟨ω°, Bω°⟩ = o(N²)` for bounded B (Bai
/// and Zhou 2008, *Large sample covariance matrices without independence structures in columns*). `B = 1` is necessary,
/// and is where the models fail that do.
#[derive(Debug, Clone)]
pub struct Concentration {
    /// The variance.
    pub variance: Expression,
    /// `E |ω°|⁴`.
    pub square: Expression,
    /// `E |ω°|⁴ = (Tr 𝒬)² + Var |ω°|²`.
    pub proof: Proof,
}

impl Concentration {
    /// Derives it.
    ///
    /// # Errors
    /// [`ProofError`]: among them that a law of the data has no cumulant of the order that is needed, as of a heavy tail.
    pub fn of(model: &Model) -> Result<Self, ProofError> {
        let model = &model.with_all_moments();
        bounded(model, 4)?;
        let moments = Moments::of(model)?;
        let theory = moments.theory();
        let (legs, copy) = (model.feature.legs.clone(), model.fresh_legs(&[]));
        let name = &model.feature.name;
        let mut taken = [legs.clone(), copy.clone()].concat();
        let mut centred = |legs: &[String]| -> Result<String, ProofError> {
            let mean = moments.mean_over(model, legs, &taken)?;
            taken.extend(names(&mean));
            Ok(format!("({name}[{}] - ({mean}))", legs.join(",")))
        };
        let length = format!("{} {}", centred(&legs)?, centred(&legs)?);
        let other = format!("{} {}", centred(&copy)?, centred(&copy)?);
        let first = reached(averaged(model, theory.prove("").from(&length)?)?, "Tr 𝒬")?;
        let chain = theory.prove("E |ω°|⁴ = (Tr 𝒬)² + Var |ω°|²");
        let chain = averaged(model, chain.from(&format!("{length} {other}"))?)?;
        let square = reached(chain.clone(), "E |ω°|⁴")?;
        let trace = readable(model, &first, &[]);
        let again = readable(model, &first, &names(&trace));
        let product = theory.expression(&format!("({trace}) ({again})"))?;
        let variance = square.minus(&product)?.normal_form();
        let used = [names(&trace), names(&again)].concat();
        let claimed = format!(
            "({trace}) ({again}) + {}",
            readable(model, &variance, &used)
        );
        let proof = chain
            .is("the square of the mean, and the variance", &claimed)?
            .done();
        Ok(Concentration {
            variance,
            square,
            proof,
        })
    }

    /// `Var |ω°|²/E |ω°|⁴` at drawn weights.
    pub fn relative(&self, drawn: &Drawn) -> f64 {
        drawn.scalar(&self.variance) / drawn.scalar(&self.square)
    }

    /// The term of the variance that is largest at these weights, and its share of `E |ω°|⁴`.
    pub fn largest_term(&self, drawn: &Drawn) -> (String, f64) {
        let squared = drawn.scalar(&self.square);
        let mut largest = ("0".to_owned(), 0.0);
        for part in self.variance.parts() {
            let share = drawn.scalar(&part) / squared;
            if share.abs() > f64::abs(largest.1) {
                largest = (part.to_string(), share);
            }
        }
        largest
    }
}
