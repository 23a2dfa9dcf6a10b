//! What was found, as lines, as JSON and as a figure.

use serde_json::{Value, json};
use tensor_dyson::ledger::{Axis, Figure, Series, Shape};
use tensor_dyson::measure::Distribution;
use tensor_dyson::model::{Activation, HermiteData, Sizes};
use tensor_dyson::spectrum::{
    CONFIDENCE, Certified, Enclosure, MassAtZero, Plan, Route, SampledDistribution,
};

/// A spectrum beside its law.
pub(super) struct Outcome<'a> {
    pub sizes: Sizes,
    /// Distinct rows of X.
    pub distinct: usize,
    pub activation: &'a Activation,
    pub phi: HermiteData,
    pub seed: u64,
    /// Where X, W and a come from.
    pub note: String,
    pub plan: Plan,
    /// The products were in f32.
    pub single: bool,
    /// Arguments that do nothing on the route.
    pub unused: Vec<&'static str>,
    pub law: Distribution,
    pub distribution: SampledDistribution,
    /// The error to which the extremes were wanted, as a share of the law's upper edge.
    pub share: f64,
    /// The lowest of the side that was taken, and the highest.
    pub ends: Certified,
    /// The run was not cut short.
    pub complete: bool,
}

/// Points of the distribution functions in the JSON, and bars of the figure.
const POINTS: usize = 200;
const BARS: usize = 60;

/// A value with as many digits as its bound leaves, and the bound beside the law's upper edge.
fn digits(end: &Enclosure, edge: f64) -> String {
    let bound = end.bound();
    let share = if edge > 0.0 && bound.is_finite() {
        format!(" ({:.0e} of the edge)", bound / edge)
    } else {
        String::new()
    };
    if end.low <= 0.0 && end.residual < 1e-3 * end.value && end.high.is_finite() {
        // An eigenvalue is there; that none is below is not confirmed.
        return format!(
            "0 to {:.2e}, one within {:.0e} of that",
            end.value, end.residual
        );
    }
    if end.low <= 0.0 && end.high.is_finite() {
        return format!("0 to {:.1e}{share}", end.high.max(0.0));
    }
    if !bound.is_finite() {
        // What was not confirmed has one side: a Ritz value is inside of the spectrum.
        return if end.low.is_finite() {
            format!("at least {:.6}", end.low)
        } else {
            format!("at most {:.6}", end.high)
        };
    }
    let places = (-bound.max(1e-12).log10()).floor().clamp(0.0, 12.0) as usize;
    format!("{:.places$} ± {bound:.0e}{share}", end.value)
}

/// The share of zeros, with what it may be where that is not one number.
fn zeros(mass: &MassAtZero) -> String {
    let MassAtZero { value, least, most } = *mass;
    if most > value {
        format!("{value:.6} ({least:.6} to {most:.6})")
    } else if least < value {
        format!("{value:.6} ({least:.6} without rounding)")
    } else {
        format!("{value:.6}")
    }
}

/// JSON has no infinities: a side that is not known is null.
fn side(x: f64) -> Value {
    if x.is_finite() { json!(x) } else { Value::Null }
}

/// The name that the command line takes.
fn name(activation: &Activation) -> String {
    let name = match activation {
        Activation::Identity => "identity",
        Activation::Cos => "cos",
        Activation::Sin => "sin",
        Activation::Step => "step",
        Activation::TanhPrime => "tanh",
        Activation::ErfPrime => "erf",
        Activation::Hermite(c) => {
            let c: Vec<String> = c.iter().map(f64::to_string).collect();
            return format!("hermite:{}", c.join(","));
        }
    };
    name.to_owned()
}

impl Outcome<'_> {
    fn edges(&self) -> Option<(f64, f64)> {
        let support = self.law.support();
        Some((support.first()?.0, support.last()?.1))
    }

    /// Eigenvalues above the law's upper edge, where all are known.
    fn above(&self) -> Option<usize> {
        let all = self.distribution.eigenvalues()?;
        let edge = self.edges().map_or(0.0, |edges| edges.1);
        Some(all.len() - all.partition_point(|x| *x <= edge))
    }

    /// Lines of at most 100 columns.
    pub(super) fn text(&self) -> String {
        let Sizes { n, d, p } = self.sizes;
        let mut lines = vec![];
        let mut wrapped = |text: String| {
            let mut line = String::new();
            for word in text.split(' ') {
                if line.chars().count() + word.chars().count() > 98 {
                    lines.push(std::mem::take(&mut line));
                    line.push_str("   ");
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            lines.push(line);
        };
        wrapped(format!(
            "NTK, n = {n}, d = {d}, p = {p}: γ₁ = n/(dp) = {:.6}, γ₂ = p/d = {:.6}",
            self.sizes.gamma_1(),
            self.sizes.gamma_2(),
        ));
        wrapped(format!(
            "{}: α = {:.6}, β = {:.6}, c₀ = {:.6}",
            self.activation.formulas(),
            self.phi.alpha(),
            self.phi.beta_squared().sqrt(),
            self.phi.mean()
        ));
        wrapped(self.note.clone());
        if self.distinct < n {
            wrapped(format!("{} of the rows are distinct", self.distinct));
        }
        wrapped(self.plan.to_string());
        if !self.unused.is_empty() {
            wrapped(format!(
                "not used on the {} route: {}",
                self.plan.route,
                self.unused.join(", ")
            ));
        }
        if self.single {
            wrapped("products in f32; the extremes are certified with f64 products".to_owned());
        }
        if !self.complete {
            wrapped("stopped before it was done: what follows is what is known".to_owned());
        }
        let mut row = |what: &str, sample: String, law: String| {
            lines.push(format!("{what:<22}{sample:<46}{law}"));
        };
        row("", "sample".to_owned(), "law".to_owned());
        row(
            "mass at 0",
            zeros(&self.distribution.mass_at_zero()),
            format!("{:.6}", self.law.mass_at(0.0)),
        );
        let (low, high) = self.edges().unwrap_or((0.0, 0.0));
        let lowest = match self.distribution.eigenvalues() {
            Some(_) => "lowest above 0",
            None => "lowest",
        };
        for (k, end) in self.ends.lowest.iter().enumerate() {
            let edge = if k == 0 {
                format!("{low:.6} (lower edge)")
            } else {
                String::new()
            };
            row(lowest, digits(end, high), edge);
        }
        for (k, end) in self.ends.highest.iter().rev().enumerate() {
            let edge = if k == 0 {
                format!("{high:.6} (upper edge)")
            } else {
                String::new()
            };
            let name = if k == 0 {
                "highest".to_owned()
            } else {
                format!("highest but {k}")
            };
            row(&name, digits(end, high), edge);
        }
        if let Some(above) = self.above() {
            row("above the upper edge", above.to_string(), "0".to_owned());
        }
        let gaps = self.law.support().len();
        if gaps > 1 {
            row("intervals", String::new(), gaps.to_string());
        }
        if self.distribution.eigenvalues().is_none() {
            lines.push(format!(
                "extremes: each in its place, none missed, with probability {:.0} %",
                100.0 * CONFIDENCE
            ));
        }
        if !self.ends.converged {
            lines.push(format!(
                "extremes: not to the tolerance after {} products; the bounds are what they are",
                self.ends.products
            ));
        }
        let distance = self.distribution.kolmogorov(&self.law);
        lines.push(format!(
            "Kolmogorov distance {:.6}, at λ = {:.4}; the law's own error {:.0e}",
            distance.distance,
            distance.at,
            self.law.error_estimate()
        ));
        lines.push(match self.distribution.error() {
            None => "all eigenvalues are known: no error of the sample's side".to_owned(),
            Some(error) => format!(
                "estimate's error: random probes {:.1e} (1 % level), depth {:.1e}, enclosure {:.1e}",
                error.probes, error.depth, error.enclosure
            ),
        });
        lines.join("\n")
    }

    /// One object, a stable interface.
    pub(super) fn json(&self) -> Value {
        let edge = self.edges().map_or(1.0, |edges| edges.1);
        let ends = |ends: &[Enclosure]| -> Vec<Value> {
            let each = ends.iter().map(|end| {
                json!({
                    "value": end.value, "residual": end.residual, "bound": side(end.bound()),
                    "enclosure": [side(end.low), side(end.high)],
                    "share_of_edge": side(end.bound() / edge),
                })
            });
            each.collect()
        };
        let zeros = self.distribution.mass_at_zero();
        let distance = self.distribution.kolmogorov(&self.law);
        let error = self.distribution.error().map(|error| {
            json!({"probes": error.probes, "depth": error.depth, "enclosure": error.enclosure})
        });
        let high = 1.1 * edge;
        let grid: Vec<Value> = (0..=POINTS)
            .map(|k| {
                let x = high * k as f64 / POINTS as f64;
                json!({
                    "x": x, "sample": self.distribution.at(x), "law": self.law.at(x),
                    "density": if k == 0 { Value::Null } else { json!(self.law.density(x)) },
                })
            })
            .collect();
        let Sizes { n, d, p } = self.sizes;
        json!({
            "n": n, "d": d, "p": p, "gamma1": self.sizes.gamma_1(), "gamma2": self.sizes.gamma_2(),
            "distinct_rows": self.distinct,
            "activation": name(self.activation), "formulas": self.activation.formulas(),
            "alpha": self.phi.alpha(), "beta": self.phi.beta_squared().sqrt(),
            "mean": self.phi.mean(), "seed": self.seed, "data": self.note,
            "complete": self.complete,
            "route": {
                "name": self.plan.route.to_string(), "rows": self.plan.rows,
                "bytes": self.plan.bytes, "stored": self.plan.stored,
                "precision": if self.single { "f32" } else { "f64" },
                "unused": self.unused,
            },
            "sample": {
                "mass_at_zero": zeros.value, "mass_at_zero_range": [zeros.least, zeros.most],
                "lowest": ends(&self.ends.lowest), "highest": ends(&self.ends.highest),
                "confidence": match self.plan.route {
                    Route::Dense => 1.0,
                    Route::MatrixFree => CONFIDENCE,
                },
                "converged": self.ends.converged, "products": self.ends.products,
                "tolerance": self.share, "above_edge": self.above(), "error": error,
                "eigenvalues": self.distribution.eigenvalues(),
            },
            "law": {
                "mass_at_zero": self.law.mass_at(0.0), "support": self.law.support(),
                "error": self.law.error_estimate(),
            },
            "kolmogorov": {"distance": distance.distance, "at": distance.at},
            "distribution": grid,
        })
    }

    /// The density of the sample as bars, and that of the law.
    pub(super) fn figure(&self) -> Figure {
        let (low, high) = self.edges().unwrap_or((0.0, 1.0));
        let end = 1.1 * high;
        let width = end / BARS as f64;
        let edges: Vec<f64> = (0..=BARS).map(|k| width * k as f64).collect();
        let heights = edges
            .windows(2)
            .map(|pair| (self.distribution.at(pair[1]) - self.distribution.at(pair[0])) / width)
            .collect();
        let points = (1..600).map(|k| end * k as f64 / 600.0);
        let Sizes { n, d, p } = self.sizes;
        let title = format!(
            "NTK, n = {n}, d = {d}, p = {p}, {}",
            self.activation.formulas()
        );
        let mut figure = Figure::new(
            "sample",
            title,
            Axis::linear("λ").within(0.0, end),
            Axis::linear("density (without the mass at 0)"),
        );
        figure.series.push(Series {
            name: "sample".to_owned(),
            shape: Shape::Bars { edges, heights },
        });
        figure
            .line("limit law", points.map(|x| (x, self.law.density(x))))
            .rules("edges of the law", [low, high])
    }
}
