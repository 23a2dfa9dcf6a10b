//! A stable interface: names are added, none is renamed or removed. A number without an answer, or that is not finite, is null.

use super::answer::{Answer, Answered, Table, number};
use super::at::At;
use serde::Serialize;
use serde_json::Value as Json;
use std::path::Path;
use tensor_dyson::measure::{Enclosed, LawError};

/// How the answer names its law.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Name {
    Expression {
        expr: String,
    },
    Polynomial {
        poly: String,
        linearisation: Vec<Vec<String>>,
        dimensions: Vec<String>,
    },
    Talk {
        gamma1: f64,
        #[serde(skip_serializing_if = "Option::is_none")]
        gamma2: Option<f64>,
        alpha: f64,
        beta: f64,
        mean: f64,
        /// What was taken for σ and σ′, where α, β and c₀ come from that.
        #[serde(skip_serializing_if = "Option::is_none")]
        formulas: Option<String>,
        normalisation: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        nu: Option<Vec<(f64, f64)>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        d: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        p: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        weights: Option<Source>,
        #[serde(skip_serializing_if = "Option::is_none")]
        output_weights: Option<Source>,
    },
}

/// Where W or a comes from.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Source {
    Drawn { seed: u64 },
    File(String),
}

impl Source {
    pub(super) fn of(path: Option<&Path>, seed: u64) -> Self {
        match path {
            Some(path) => Source::File(path.display().to_string()),
            None => Source::Drawn { seed },
        }
    }
}

#[derive(Serialize)]
struct Object<'a> {
    law: &'a Name,
    values: Vec<Transform>,
    atoms: Vec<Atom>,
    support: Option<&'a [(f64, f64)]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    support_error: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cumulative: Vec<Cumulative>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grid: Option<Grid>,
}

#[derive(Serialize)]
struct Transform {
    z: [f64; 2],
    m: Option<[f64; 2]>,
    bound: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimated_error: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Serialize)]
struct Atom {
    at: f64,
    mass: f64,
}

#[derive(Serialize)]
struct Cumulative {
    x: f64,
    #[serde(flatten)]
    found: Bounded,
}

/// A value with its bound, or why there is none; where a proof would take too long, what is known without one.
#[derive(Serialize)]
pub(super) struct Bounded {
    value: Option<f64>,
    bound: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimated_error: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl From<&Answered<Enclosed>> for Bounded {
    fn from(found: &Answered<Enclosed>) -> Self {
        let known = found.as_ref().err().and_then(LawError::estimate);
        Bounded {
            value: found.as_ref().ok().map(|f| f.value),
            bound: found.as_ref().ok().map(|f| f.radius),
            estimate: known.map(|(value, _)| value),
            estimated_error: known.map(|(_, error)| error),
            error: found.as_ref().err().map(ToString::to_string),
        }
    }
}

#[derive(Serialize)]
struct Grid {
    x: Vec<f64>,
    density: Vec<f64>,
    bound: Vec<f64>,
    distribution: Vec<f64>,
    /// NaN, which becomes null, where nothing is proved.
    distribution_bound: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distribution_error_estimate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distribution_error: Option<String>,
}

impl From<&Table> for Grid {
    fn from(table: &Table) -> Self {
        let [x, density, bound, distribution] = table.columns().map(|(_, column)| column);
        let bounds = table.distribution.iter().map(|f| number(f, |f| f.radius));
        Grid {
            x,
            density,
            bound,
            distribution,
            distribution_bound: bounds.collect(),
            distribution_error_estimate: table.errors()[1],
            distribution_error: table.failure().map(ToString::to_string),
        }
    }
}

impl Answer {
    /// One object.
    pub(super) fn json(&self) -> Result<Json, serde_json::Error> {
        let values = self
            .values
            .iter()
            .map(|At { z, value, estimate }| Transform {
                z: [z.re, z.im],
                m: value.as_ref().ok().map(|v| [v.s.re, v.s.im]),
                bound: value.as_ref().ok().map(|v| v.radius),
                estimate: estimate.map(|(s, _)| [s.re, s.im]),
                estimated_error: estimate.map(|(_, error)| error),
                error: value.as_ref().err().map(ToString::to_string),
            });
        let cumulative = self.cumulative.iter().map(|(x, value)| Cumulative {
            x: *x,
            found: value.into(),
        });
        let atoms = self.atoms.iter().map(|atom| Atom {
            at: atom.at,
            mass: atom.mass,
        });
        let mut object = serde_json::to_value(Object {
            law: &self.law,
            values: values.collect(),
            atoms: atoms.collect(),
            support: self.support.as_deref().ok(),
            support_error: self.support.as_ref().err().map(ToString::to_string),
            cumulative: cumulative.collect(),
            grid: self.grid.as_ref().map(Grid::from),
        })?;
        if let Some(object) = object.as_object_mut() {
            self.more.put(object);
        }
        Ok(object)
    }
}
