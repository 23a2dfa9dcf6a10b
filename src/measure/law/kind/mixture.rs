//! Mixtures.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::arithmetic::ball::Ball;
use crate::measure::law::local::{Beside, LawJet, Local};
use crate::measure::law::subordination::edges;
use crate::measure::law::transform::{Atom, Memory, Transform};
use crate::measure::law::{Law, LawError, Notation};

/// `Σ wᵢ μᵢ`, `Σ wᵢ = 1`. A weight may be negative as long as the whole is a law.
#[derive(Clone, Debug)]
pub(crate) struct Mixture {
    pub(crate) parts: Vec<(f64, Law)>,
}

/// A value times a weight, which was rounded, and divided by the sum of all.
fn weighted(weight: f64, value: Ball) -> Ball {
    let term = value * weight;
    term.grown(4.0 * f64::EPSILON * term.most())
}

impl Transform for Mixture {
    fn jet(&self, z: Complex64, memory: &mut Memory) -> Result<LawJet, LawError> {
        let memories = memory.inner(self.parts.len());
        let zero = Complex64::ZERO;
        let mut sum = LawJet {
            at: z,
            s: zero,
            ds: zero,
            chi: zero,
            dchi: zero,
        };
        for ((weight, law), memory) in self.parts.iter().zip(memories) {
            let jet = law.jet(z, memory)?;
            sum.s += *weight * jet.s;
            sum.ds += *weight * jet.ds;
            sum.chi += *weight * jet.chi;
            sum.dchi += *weight * jet.dchi;
        }
        Ok(sum)
    }

    fn evaluate(&self, z: Ball, memory: &mut Memory) -> Result<Local, LawError> {
        let memories = memory.inner(self.parts.len());
        let zero = Ball::real(0.0);
        let mut sums = [zero; 4];
        let (mut bounds, mut steps) = ([Beside::NOTHING; 2], 0);
        for ((weight, law), memory) in self.parts.iter().zip(memories) {
            let part = law.local(z, memory)?;
            for (sum, value) in sums.iter_mut().zip([part.s, part.ds, part.chi, part.dchi]) {
                *sum = *sum + weighted(*weight, value);
            }
            for (bound, one) in bounds.iter_mut().zip([part.law, part.chi_law]) {
                *bound = bound.joined(one, weight.abs());
            }
            steps += part.steps;
        }
        let ([s, ds, chi, dchi], [law, chi_law]) = (sums, bounds);
        let mut local = Local::new(z, s, ds, chi, law.reach)
            .with_slope(dchi)
            .with_bounds(law, chi_law);
        local.steps = steps;
        Ok(local)
    }

    fn phase(&self, z: Ball, memory: &mut Memory) -> Result<Ball, LawError> {
        let memories = memory.inner(self.parts.len());
        let mut sum = Ball::real(0.0);
        for ((weight, law), memory) in self.parts.iter().zip(memories) {
            sum = sum + weighted(*weight, law.phase(z, memory)?);
        }
        Ok(sum)
    }

    fn guessed_phase(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        let memories = memory.inner(self.parts.len());
        let mut sum = [0.0; 2];
        for ((weight, law), memory) in self.parts.iter().zip(memories) {
            let known = law.phase(Ball::real(x), memory).ok();
            let known = known.map(|known| [known.center.re, known.radius]);
            let [value, error] = known.or_else(|| law.guessed_phase(x, memory))?;
            sum = [sum[0] + weight * value, sum[1] + weight.abs() * error];
        }
        Some(sum)
    }

    /// Of the parts that have none the density, if others have one.
    fn guessed(&self, x: f64, memory: &mut Memory) -> Option<[f64; 2]> {
        let memories = memory.inner(self.parts.len());
        let pairs = self.parts.iter().zip(&mut *memories);
        let guessed: Vec<Option<[f64; 2]>> = pairs
            .map(|((_, law), memory)| law.guessed(x, memory))
            .collect();
        if guessed.iter().all(Option::is_none) {
            return None;
        }
        let mut sum = [0.0; 2];
        for (((weight, law), memory), found) in self.parts.iter().zip(memories).zip(guessed) {
            let known = || {
                let s = law.local(Ball::real(x), memory).ok()?.s;
                Some([s.center.im / PI, s.radius / PI])
            };
            let [value, error] = found.or_else(known)?;
            sum[0] += weight * value;
            sum[1] += weight.abs() * error;
        }
        Some(sum)
    }

    fn atoms(&self) -> Vec<Atom> {
        let atoms = self.parts.iter().flat_map(|(weight, law)| {
            law.point_masses().iter().map(|atom| Atom {
                at: atom.at,
                mass: *weight * atom.mass,
            })
        });
        let merged = edges::merged(atoms.collect());
        // Of masses that cancel in a signed combination rounding is left.
        merged
            .into_iter()
            .filter(|atom| atom.mass > 8.0 * f64::EPSILON)
            .collect()
    }

    fn hull(&self) -> (f64, f64) {
        let hulls = self.parts.iter().map(|(_, law)| law.hull());
        hulls.fold((f64::INFINITY, f64::NEG_INFINITY), |all, one| {
            (all.0.min(one.0), all.1.max(one.1))
        })
    }

    fn intervals(&self) -> Result<Vec<(f64, f64)>, LawError> {
        let mut all = Vec::new();
        for (_, law) in &self.parts {
            all.extend(law.support()?);
        }
        Ok(edges::union(all))
    }

    fn kinks(&self) -> Result<Vec<f64>, LawError> {
        let mut kinks = Vec::new();
        for (_, law) in &self.parts {
            kinks.extend(law.kinks()?);
            kinks.extend(law.support()?.iter().flat_map(|&(a, b)| [a, b]));
        }
        Ok(kinks)
    }

    fn moments(&self, count: usize) -> Result<Vec<f64>, LawError> {
        let mut sum = vec![0.0; count + 1];
        for (weight, law) in &self.parts {
            for (total, moment) in sum.iter_mut().zip(law.moments(count)?) {
                *total += weight * moment;
            }
        }
        Ok(sum)
    }

    fn made_of(&self) -> Vec<&Law> {
        self.parts.iter().map(|(_, law)| law).collect()
    }

    fn notation(&self, f: &mut Notation<'_>) -> std::fmt::Result {
        f.write_str("mix(")?;
        for (k, (weight, law)) in self.parts.iter().enumerate() {
            let comma = if k > 0 { ", " } else { "" };
            write!(f, "{comma}{weight}: {law}")?;
        }
        f.write_str(")")
    }
}
