//! What ties the random factors of a product to one another under a law.

use crate::symbolic::ensemble::{Kind, Signed};
use crate::symbolic::error::SymbolicError;
use crate::symbolic::haar::Pairings;
use crate::symbolic::law::TensorLaw;
use crate::symbolic::polynomial::Polynomial;
use crate::symbolic::tensor::Tensor;

/// What ties random factors to one another.
pub(super) enum Ties {
    /// Blocks of factors whose slots agree, with the cumulants of order 0, 1, ….
    Blocks(Vec<Polynomial>),
    /// Pairs, each in all of these ways; and of each factor whether it is the conjugate, which pairs with the others
    /// only.
    Pairs(Vec<Signed>, Vec<Option<bool>>),
    /// One pairing for the rows and one for the columns.
    TwoPairings(Pairings),
}

impl Ties {
    pub(super) fn new(
        law: &TensorLaw,
        random: &[&(Tensor, Vec<usize>)],
    ) -> Result<Self, SymbolicError> {
        match law {
            TensorLaw::Gaussian | TensorLaw::Cumulants(_) => {
                Ok(Ties::Blocks(cumulants(law, random.len())?))
            }
            TensorLaw::Ensemble(ensemble) => {
                let side = |(tensor, _): &&(Tensor, Vec<usize>)| match ensemble.kind() {
                    Kind::Real | Kind::Hermitian => None,
                    Kind::Complex(conjugate) => Some(tensor.name() == conjugate),
                };
                let sides = random.iter().map(side).collect();
                Ok(Ties::Pairs(ensemble.pairings().to_vec(), sides))
            }
            TensorLaw::Haar(haar) => {
                let side = |(tensor, _): &&(Tensor, Vec<usize>)| {
                    usize::from(haar.conjugate() == Some(tensor.name()))
                };
                let sides: Vec<usize> = random.iter().map(side).collect();
                let space = random
                    .first()
                    .and_then(|(tensor, _)| tensor.slots().first());
                let dimension = space.map_or("", |space| space.dimension());
                Ok(Ties::TwoPairings(haar.sums(&sides, dimension)?))
            }
        }
    }

    /// The coefficient of an outcome: powers of the cumulants that blocks have, or the Weingarten function of a class.
    pub(super) fn weight(&self, blocks: &[u8]) -> Polynomial {
        match self {
            Ties::Blocks(cumulants) => {
                let powers = cumulants.iter().zip(blocks);
                powers.fold(Polynomial::one(), |weight, (cumulant, &blocks)| {
                    &weight * &cumulant.power(blocks.into())
                })
            }
            Ties::Pairs(..) => Polynomial::one(),
            Ties::TwoPairings(pairings) => {
                let class = blocks.first().map(|&class| usize::from(class));
                let value = class.and_then(|class| pairings.values.get(class));
                value.cloned().unwrap_or_default()
            }
        }
    }
}

/// The cumulants of order `0..=count`, the largest that a product of `count` entries needs.
fn cumulants(law: &TensorLaw, count: usize) -> Result<Vec<Polynomial>, SymbolicError> {
    let mut cumulants = vec![Polynomial::zero()];
    for order in 1..=count {
        cumulants.push(law.cumulant(order)?);
    }
    Ok(cumulants)
}
