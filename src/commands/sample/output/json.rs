//! A stable interface: names are added, none is renamed or removed. What is not finite is null, as serde_json writes it: a
//! bound that is not known, a side of an enclosure.

use super::Outcome;
use serde::Serialize;
use serde_json::Value;
use tensor_dyson::model::{Activation, NORMALISATION, Sizes, Smooth};
use tensor_dyson::spectrum::{CONFIDENCE, Enclosure, Route};
use tensor_dyson::study::{Comparison, Precision};

#[derive(Serialize)]
struct Object<'a> {
    n: usize,
    d: usize,
    p: usize,
    gamma1: f64,
    gamma2: f64,
    distinct_rows: usize,
    /// The name that the command line takes.
    activation: String,
    formulas: String,
    normalisation: &'static str,
    alpha: f64,
    beta: f64,
    mean: f64,
    seed: u64,
    data: &'a str,
    complete: bool,
    route: RouteObject<'a>,
    sample: SampleObject<'a>,
    law: LawObject,
    kolmogorov: KolmogorovObject,
    distribution: Vec<GridPoint>,
}

#[derive(Serialize)]
struct RouteObject<'a> {
    name: String,
    rows: usize,
    bytes: u64,
    stored: bool,
    precision: &'static str,
    unused: &'a [&'static str],
}

#[derive(Serialize)]
struct SampleObject<'a> {
    mass_at_zero: f64,
    mass_at_zero_range: [f64; 2],
    lowest: Vec<End>,
    highest: Vec<End>,
    confidence: f64,
    converged: bool,
    products: usize,
    tolerance: f64,
    above_edge: Option<usize>,
    error: Option<ErrorObject>,
    eigenvalues: Option<&'a [f64]>,
}

#[derive(Serialize)]
struct End {
    value: f64,
    residual: f64,
    bound: f64,
    enclosure: [f64; 2],
    share_of_edge: f64,
}

#[derive(Serialize)]
struct ErrorObject {
    probes: f64,
    depth: f64,
    enclosure: f64,
}

#[derive(Serialize)]
struct LawObject {
    mass_at_zero: f64,
    support: Vec<(f64, f64)>,
    error: f64,
}

#[derive(Serialize)]
struct KolmogorovObject {
    distance: f64,
    at: f64,
}

#[derive(Serialize)]
struct GridPoint {
    x: f64,
    sample: f64,
    law: f64,
    density: Option<f64>,
}

/// Points of the distribution functions.
const POINTS: usize = 200;

/// The name that the command line takes.
fn name(activation: &Activation) -> String {
    let name = match activation {
        Activation::Identity => "identity",
        Activation::Cos => "cos",
        Activation::Sin => "sin",
        Activation::Step => "step",
        Activation::TanhPrime => "tanh",
        Activation::ErfPrime => "erf",
        Activation::Smooth(Smooth::Gelu) => "gelu",
        Activation::Smooth(Smooth::Sigmoid) => "sigma:sigmoid",
        Activation::Smooth(Smooth::Silu) => "silu",
        Activation::Smooth(Smooth::Softplus) => "softplus",
        Activation::Expression(sigma) => return format!("expr:{sigma}"),
        Activation::Sampled(samples) => return samples.to_string(),
        Activation::Hermite(c) => {
            let c: Vec<String> = c.iter().map(f64::to_string).collect();
            return format!("hermite:{}", c.join(","));
        }
    };
    name.to_owned()
}

fn ends(ends: &[Enclosure], edge: f64) -> Vec<End> {
    let each = ends.iter().map(|end| End {
        value: end.value,
        residual: end.residual,
        bound: end.bound(),
        enclosure: [end.low, end.high],
        share_of_edge: end.bound() / edge,
    });
    each.collect()
}

fn sample(found: &Comparison, edge: f64) -> SampleObject<'_> {
    let zeros = found.distribution.mass_at_zero();
    let error = found.distribution.error();
    SampleObject {
        mass_at_zero: zeros.value,
        mass_at_zero_range: [zeros.least, zeros.most],
        lowest: ends(&found.ends.lowest, edge),
        highest: ends(&found.ends.highest, edge),
        confidence: match found.plan.route {
            Route::Dense => 1.0,
            Route::MatrixFree => CONFIDENCE,
        },
        converged: found.ends.converged,
        products: found.ends.products,
        tolerance: found.tolerance,
        above_edge: found.above_edge(),
        error: error.map(|error| ErrorObject {
            probes: error.probes,
            depth: error.depth,
            enclosure: error.enclosure,
        }),
        eigenvalues: found.distribution.eigenvalues(),
    }
}

/// Both distribution functions up to beyond the edge, and the law's density where it is not the atom at 0.
fn grid(found: &Comparison, edge: f64) -> Vec<GridPoint> {
    let step = 1.1 * edge / POINTS as f64;
    let points = (0..=POINTS).map(|k| {
        let x = step * k as f64;
        GridPoint {
            x,
            sample: found.distribution.at(x),
            law: found.law.at(x),
            density: (k > 0).then(|| found.law.density(x)),
        }
    });
    points.collect()
}

impl Outcome<'_> {
    /// One object.
    pub(in super::super) fn json(&self) -> Result<Value, serde_json::Error> {
        let found = &self.found;
        let edge = found.edges().map_or(1.0, |edges| edges.1);
        let Sizes { n, d, p } = found.sizes;
        let distance = found.kolmogorov();
        serde_json::to_value(Object {
            n,
            d,
            p,
            gamma1: found.sizes.gamma_1(),
            gamma2: found.sizes.gamma_2(),
            distinct_rows: found.distinct,
            activation: name(self.activation),
            formulas: self.activation.formulas(),
            normalisation: NORMALISATION,
            alpha: found.phi.alpha(),
            beta: found.phi.beta_squared().sqrt(),
            mean: found.phi.mean(),
            seed: self.seed,
            data: &self.note,
            complete: found.is_complete,
            route: RouteObject {
                name: found.plan.route.to_string(),
                rows: found.plan.rows,
                bytes: found.plan.bytes,
                stored: found.plan.stored,
                precision: match found.precision {
                    Precision::Single => "f32",
                    Precision::Double => "f64",
                },
                unused: &self.unused,
            },
            sample: sample(found, edge),
            law: LawObject {
                mass_at_zero: found.law.mass_at(0.0),
                support: found.law.support(),
                error: found.law.error_estimate(),
            },
            kolmogorov: KolmogorovObject {
                distance: distance.distance,
                at: distance.at,
            },
            distribution: grid(found, edge),
        })
    }
}
