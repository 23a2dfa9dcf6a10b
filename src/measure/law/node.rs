//! The kinds of laws, and what is remembered of one.

use std::sync::OnceLock;

use super::answer::Distribution;
use super::classical::{Against, Classical, Convolution};
use super::covariance::WeightedCovariance;
use super::error::LawError;
use super::exterior::Exterior;
use super::image::Image;
use super::kind::affine::Affine;
use super::kind::algebraic::Algebraic;
use super::kind::meixner::Meixner;
use super::kind::mixture::Mixture;
use super::kind::samples::Samples;
use super::kind::series::Series;
use super::kind::uniform::Uniform;
use super::matrix_semicircle::MatrixSemicircle;
use super::operator::Operator;
use super::subordination::free_power::FreePower;
use super::subordination::free_product::FreeProduct;
use super::subordination::free_sum::FreeSum;
use super::subordination::mp_map::MpMap;
use super::transform::{Atom, Transform};
use crate::measure::atoms::PointMasses;

/// A law with its atoms, and with what was asked of it and takes long to find.
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) atoms: Vec<Atom>,
    pub(super) hull: (f64, f64),
    pub(super) exterior: OnceLock<Option<Exterior>>,
    pub(super) circles: OnceLock<Option<Exterior>>,
    pub(super) intervals: OnceLock<Result<Vec<(f64, f64)>, LawError>>,
    pub(super) distribution: OnceLock<Result<Distribution, LawError>>,
}

/// What a law is made of.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Finitely many point masses.
    Points(PointMasses),
    /// Marchenko–Pastur, semicircle, arcsine.
    Algebraic(Algebraic),
    /// A free Meixner law.
    Meixner(Meixner),
    /// The uniform law.
    Uniform(Uniform),
    /// A smooth density.
    Series(Series),
    /// A density that is linear between points.
    Samples(Samples),
    /// An affine image.
    Affine(Affine),
    /// A mixture.
    Mixture(Mixture),
    /// A classical convolution.
    Classical(Classical),
    /// That of two densities in closed form.
    Convolution(Convolution),
    /// That of a density in closed form and any law.
    Against(Against),
    /// A Marchenko–Pastur map.
    MpMap(MpMap),
    /// `⊞`.
    FreeSum(FreeSum),
    /// `⊠`.
    FreeProduct(FreeProduct),
    /// A power under ⊞.
    FreePower(FreePower),
    /// The limit law of 𝒬 for unequal weights.
    Covariance(WeightedCovariance),
    /// The law of a polynomial in free variables.
    Operator(Box<Operator>),
    /// The law of a pencil of matrices in free semicircular variables.
    MatrixSemicircle(Box<MatrixSemicircle>),
    /// The law of a rational function.
    Image(Image),
    /// A law of a test.
    #[cfg(test)]
    Test(Box<dyn Transform>),
}

impl Kind {
    pub(super) fn transform(&self) -> &dyn Transform {
        match self {
            Kind::Points(law) => law,
            Kind::Algebraic(law) => law,
            Kind::Meixner(law) => law,
            Kind::Uniform(law) => law,
            Kind::Series(law) => law,
            Kind::Samples(law) => law,
            Kind::Affine(law) => law,
            Kind::Mixture(law) => law,
            Kind::Classical(law) => law,
            Kind::Convolution(law) => law,
            Kind::Against(law) => law,
            Kind::MpMap(law) => law,
            Kind::FreeSum(law) => law,
            Kind::FreeProduct(law) => law,
            Kind::FreePower(law) => law,
            Kind::Covariance(law) => law,
            Kind::Operator(law) => &**law,
            Kind::MatrixSemicircle(law) => &**law,
            Kind::Image(law) => law,
            #[cfg(test)]
            Kind::Test(law) => law.as_ref(),
        }
    }
}

impl Kind {
    /// Whether each value is an integral, or one of each part.
    pub(super) fn is_integral(&self) -> bool {
        let parts = || self.transform().made_of().into_iter();
        match self {
            Kind::Covariance(_) | Kind::Convolution(_) | Kind::Against(_) => true,
            Kind::Classical(_) | Kind::Affine(_) | Kind::Mixture(_) => {
                parts().any(|law| law.0.kind.is_integral())
            }
            _ => false,
        }
    }

    /// Whether the logarithmic potential has a formula, in closed form or from those of the parts.
    pub(super) fn has_phase(&self) -> bool {
        match self {
            Kind::Points(_)
            | Kind::Algebraic(_)
            | Kind::Uniform(_)
            | Kind::Covariance(_)
            | Kind::Convolution(_) => true,
            Kind::Affine(_)
            | Kind::Mixture(_)
            | Kind::Classical(_)
            | Kind::MpMap(_)
            | Kind::FreeSum(_)
            | Kind::FreeProduct(_)
            | Kind::FreePower(_) => {
                let mut parts = self.transform().made_of().into_iter();
                parts.all(|law| law.0.kind.has_phase())
            }
            _ => false,
        }
    }

    /// Whether integrals are solved for in each value.
    pub(super) fn takes_integrals(&self) -> bool {
        let mut parts = self.transform().made_of().into_iter();
        self.is_integral() || parts.any(|law| law.0.kind.takes_integrals())
    }
}

impl Node {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            atoms: kind.transform().atoms(),
            hull: kind.transform().hull(),
            kind,
            exterior: OnceLock::new(),
            circles: OnceLock::new(),
            intervals: OnceLock::new(),
            distribution: OnceLock::new(),
        }
    }
}
