//! The law of 𝒬's eigenvalues against that of what is left of it in the limit, over a ladder of sizes.

use super::claims::Derivation;
use super::law::{GramKernel, Rungs};
use super::law_claim::{apart, points, units};
use super::limit::Limit;
use super::model::Model;
use super::size::four_up_to;
use crate::ledger::{CheckError, Context, Finding, Ladder, Measurement, Printed, largest};
use crate::symbolic::Expression;
use std::sync::Arc;

/// The most samples, half as many as there may be features; the laws of large 𝒬 are those of quadratures with the same probes for
/// both, so that their errors are nearly the same.
const SAMPLES: [usize; 3] = [600, 1500, 4000];

/// Draws of the weights at each size.
const DRAWS: u64 = 4;

/// The most forms that a function is applied to: of each pair the means are taken.
const FORMS: usize = 120;

/// A near miss at less than so many times the distance of the right one, at the largest size, has errors that fall as those
/// do, and is left to the proof.
const TOLD: f64 = 3.0;

/// The largest dense matrix that is decomposed.
const DENSE: usize = 400;

/// Two transforms of one law differ by the rounding of its eigenvalues and the bounds of Newton's method.
const SAME: f64 = 1e-9;

pub(super) fn check(derivation: &Derivation, ctx: &Context) -> Result<Finding, CheckError> {
    let Some(limit) = &derivation.limit else {
        return Ok(Finding::default());
    };
    let [small, standard, large] = SAMPLES;
    let sizes = sizes(&derivation.model, ctx.choose(small, standard, large));
    let mut draws = Vec::new();
    for draw in 0..DRAWS {
        let rungs = Rungs::new(&derivation.model, &sizes, ctx.seed.wrapping_add(draw))?;
        let units = Arc::new(units(&limit.covariance, &rungs)?);
        draws.push((rungs, units));
    }
    let exact = derivation.moments.covariance();
    let kernels = |covariance: &Expression| -> Vec<GramKernel> {
        let kernel = |(rungs, units): &(Rungs, _)| {
            let kernel = GramKernel::new(derivation, rungs, covariance, |gamma| gamma, units);
            kernel.dense_up_to(DENSE)
        };
        draws.iter().map(kernel).collect()
    };
    let right = kernels(exact);
    let far = |covariance: &Expression| -> Result<Ladder, CheckError> {
        let mut ladder = Ladder::default();
        for (right, other) in right.iter().zip(kernels(covariance)) {
            for &size in &sizes {
                let distance = apart(&right.law(size)?, &other.law(size)?, &points())?;
                ladder.push(size as f64, distance);
            }
        }
        Ok(ladder)
    };
    let own = far(&limit.covariance)?;
    // Of a linear function nothing is left out: where matrices are decomposed both laws are one.
    let is_dense = |size: f64| derivation.model.sizes(size as usize).features <= DENSE;
    let exactly = |what: &str, ladder: &Ladder| {
        let dense = ladder.errors().iter().filter(|error| is_dense(error.0));
        let errors: Vec<f64> = dense.map(|error| error.1).collect();
        Measurement::rounding(what, errors.len(), largest(errors), SAME)
    };
    let same = exactly("|s − s≈| of the kernel's laws: 𝒬≈ is 𝒬", &own);
    if same.supports() == Some(true) {
        let mut controls = Vec::new();
        for variant in &limit.variants {
            let what = format!("𝒬≈ {}", variant.what);
            controls.push(exactly(&what, &far(&variant.covariance)?));
        }
        controls.retain(|control| control.supports() == Some(false));
        return Ok(Finding {
            printed: Printed::as_claimed(limit.covariance.to_string(), std::slice::from_ref(&same)),
            evidence: vec![same],
            controls,
            ..Finding::default()
        });
    }
    let evidence = vec![own.measure("|s − s≈| of the kernel's laws", -0.5)?];
    let mut controls = Vec::new();
    for variant in &limit.variants {
        let miss = far(&variant.covariance)?;
        if miss.last_error() > TOLD * own.last_error() {
            controls.push(miss.measure(&format!("𝒬≈ {}", variant.what), -0.5)?);
        }
    }
    Ok(Finding {
        printed: Printed::as_claimed(limit.covariance.to_string(), &evidence),
        evidence,
        controls,
        ..Finding::default()
    })
}

/// Four sizes, the largest that these bounds allow.
fn sizes(model: &Model, most: usize) -> Vec<usize> {
    let forms = |free: usize| {
        let sizes = model.sizes(free);
        let of = |leg: &String| {
            let symbol = model.space_of(leg).unwrap_or_default();
            sizes.spaces.get(symbol).copied().unwrap_or(1)
        };
        let functions = model.functions.iter();
        functions
            .map(|applied| applied.legs.iter().map(of).product())
            .max()
            .unwrap_or(1)
    };
    let fits = |free: &usize| {
        let sizes = model.sizes(*free);
        sizes.samples <= most
            && sizes.features <= 2 * most
            && forms(*free) <= FORMS
            && model.has_columns(*free)
    };
    let top = (2..=most).take_while(fits).last().unwrap_or(2);
    four_up_to(top)
}

impl Limit {
    /// `𝒬 ≈ …` and what is left out.
    pub(super) fn lines(&self, braids: Option<String>) -> Vec<String> {
        let mut lines = vec![format!("𝒬 ≈ {}", self.covariance)];
        lines.extend(braids.map(|braids| format!("𝒬 ≈ {braids}")));
        if !self.dropped.is_empty() {
            lines.push(format!("left out: {}", self.dropped.join(", ")));
        }
        lines
    }
}
