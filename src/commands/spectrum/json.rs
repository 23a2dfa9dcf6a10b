//! What was found in the data, as JSON.

use super::output::Outcome;
use serde_json::{Value, json};
use tensor_dyson::sample_covariance::{ComponentTest, Denoised, Spike};

/// Points of the law.
const POINTS: usize = 200;

impl Outcome<'_> {
    /// One object, a stable interface.
    pub(super) fn json(&self) -> Value {
        let found = self.found;
        let (freedom, p) = found.bulk.sizes;
        let noise = &found.noise;
        let variance = noise.variance;
        let high = 1.1 * found.edges.1;
        let law: Vec<Value> = (1..=POINTS)
            .map(|k| {
                let x = high * k as f64 / POINTS as f64;
                let distribution = &found.bulk.distribution;
                json!({"x": x, "density": distribution.density(x / variance) / variance,
                    "cumulative": distribution.at(x / variance)})
            })
            .collect();
        json!({
            "data": self.path.display().to_string(), "n": self.rows, "p": p, "freedom": freedom,
            "gamma": found.bulk.gamma(), "normalisation": self.normalisation(), "law_of_bulk": self.law(),
            "level": self.options.level, "seed": self.options.seed,
            "noise": {
                "variance": variance, "standard_error": noise.standard_error,
                "from_median": number(noise.from_median), "given": noise.given,
            },
            "edges": [found.edges.0, found.edges.1],
            "eigenvalues": found.eigenvalues,
            "components": {
                "count": found.count, "at_least": found.at_least,
                "tracy_widom": found.found.by_law, "copies": found.found.by_copies,
                "copies_kind": self.copies(), "copies_drawn": self.options.copies,
                "stages": found.stages.iter().map(stage).collect::<Vec<_>>(),
                "spikes": found.spikes.iter().map(spike).collect::<Vec<_>>(),
            },
            "below_bulk": found.below,
            "singular_values": found.denoising.as_ref().map(|denoising| json!({
                "threshold": denoising.threshold,
                "threshold_from_median": number(denoising.threshold_from_median),
                "kept": denoising.kept.0, "kept_from_median": denoising.kept.1,
                "shrunk": denoising.values.iter().map(denoised).collect::<Vec<_>>(),
            })),
            "population": found.population.as_ref().map(|population| json!({
                "at": population.at, "mass": population.mass, "height": population.height,
                "ridge": population.ridge, "residual": population.residual,
            })),
            "shrunk_eigenvalues": found.shrunk,
            "kolmogorov": {"distance": found.kolmogorov.distance, "at": found.kolmogorov.at},
            "caveats": {
                "outlying_columns": found.caveats.outlying_columns,
                "repeated_rows": found.caveats.repeated_rows,
                "repeated_columns": found.caveats.repeated_columns,
            },
            "density": law,
        })
    }
}

/// JSON has no NaN.
fn number(x: f64) -> Value {
    if x.is_finite() { json!(x) } else { Value::Null }
}

fn stage(stage: &ComponentTest) -> Value {
    json!({
        "eigenvalue": stage.eigenvalue, "threshold": stage.threshold, "p_value": stage.p_value,
        "copies": stage.copies.map(|copies| json!({
            "drawn": copies.drawn, "exceeding": copies.exceeding, "p_value": copies.p_value,
            "rows_p_value": copies.rows_p_value,
        })),
    })
}

fn spike(spike: &Spike) -> Value {
    json!({
        "sample": spike.sample, "population": spike.population,
        "standard_error": number(spike.standard_error), "cosine_squared": spike.cosine_squared,
        "score_cosine_squared": spike.score_cosine_squared,
    })
}

fn denoised(value: &Denoised) -> Value {
    json!({
        "value": value.singular_value, "frobenius": value.frobenius,
        "operator": value.operator, "nuclear": value.nuclear,
    })
}
