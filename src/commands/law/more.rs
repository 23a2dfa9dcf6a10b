//! Quantiles, transforms, moments and draws of a law.

use super::super::{CommandError, number as shown};
use super::answer::{Answered, answered, digits, is_answer};
use super::json::Bounded;
use super::omega::Omega;
use num_complex::Complex64;
use serde_json::{Map, Value as Json, json};
use tensor_dyson::measure::{Enclosed, Law};
use tensor_dyson::model::Streams;

/// What may be asked of a law beside its transform and its distribution function.
#[derive(clap::Args)]
pub(super) struct More {
    /// The P-quantile, with a proved bound; may be repeated, 0.5 is the median.
    #[arg(long, value_name = "P", allow_hyphen_values = true)]
    quantile: Vec<f64>,
    /// E xᵏ for k = 1, …, K.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u16).range(1..=100))]
    moments: Option<u16>,
    /// The free cumulants κ_1, …, κ_K: those of a free sum add.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u16).range(1..=100))]
    free_cumulants: Option<u16>,
    /// R(G) with a bound, that of a free sum is the sum; may be repeated.
    #[arg(long, value_name = "G", allow_hyphen_values = true)]
    r_transform: Vec<f64>,
    /// S(Y) with a bound, that of a free product is the product; may be repeated.
    #[arg(long, value_name = "Y", allow_hyphen_values = true)]
    s_transform: Vec<f64>,
    /// The subordination functions ω₁ and ω₂ of a free sum or product (one for a power and for mpmap) at a point with
    /// Im z ≥ 0, with bounds; may be repeated.
    #[arg(long, value_name = "Z", allow_hyphen_values = true)]
    subordination: Vec<Complex64>,
    /// N independent draws, at most 10⁸; the seed is --draw-seed.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    draw: Option<u32>,
    /// The seed of the draws.
    #[arg(long, value_name = "SEED", default_value_t = 1, requires = "draw")]
    draw_seed: u64,
}

/// Name in the JSON, how each value is named on the terminal, and the values.
type List = (&'static str, fn(usize) -> String, Answered<Vec<f64>>);

/// The answers.
pub(super) struct Found {
    /// Name in the JSON and on the terminal, the argument and its name, and the value.
    values: Vec<(Kind, f64, Answered<Enclosed>)>,
    lists: Vec<List>,
    omegas: Vec<Omega>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Quantile,
    R,
    S,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Quantile, Kind::R, Kind::S];

    fn key(self) -> &'static str {
        match self {
            Kind::Quantile => "quantiles",
            Kind::R => "r_transform",
            Kind::S => "s_transform",
        }
    }

    fn symbols(self) -> (&'static str, &'static str) {
        match self {
            Kind::Quantile => ("quantile", "p"),
            Kind::R => ("R", "g"),
            Kind::S => ("S", "y"),
        }
    }
}

impl More {
    /// Refuses numbers that are none, before any work.
    pub(super) fn check(&self) -> Result<(), CommandError> {
        for (name, values, needed) in [
            ("--quantile", &self.quantile, "between 0 and 1"),
            ("--r-transform", &self.r_transform, "a finite number"),
            ("--s-transform", &self.s_transform, "a finite number"),
        ] {
            let allowed =
                |x: f64| x.is_finite() && (name != "--quantile" || (0.0..=1.0).contains(&x));
            if let Some(&value) = values.iter().find(|x| !allowed(**x)) {
                return Err(CommandError::Argument {
                    name,
                    value,
                    needed,
                });
            }
        }
        match self
            .subordination
            .iter()
            .find(|z| !(z.is_finite() && z.im >= 0.0))
        {
            Some(&z) => Err(CommandError::HalfPlane {
                flag: "--subordination",
                z,
            }),
            None => Ok(()),
        }
    }

    pub(super) fn of(&self, law: &Law) -> Found {
        let mut values = vec![];
        for &p in &self.quantile {
            values.push((Kind::Quantile, p, law.quantile(p)));
        }
        for &g in &self.r_transform {
            values.push((Kind::R, g, law.r_transform(g)));
        }
        for &y in &self.s_transform {
            values.push((Kind::S, y, law.s_transform(y)));
        }
        let mut lists: Vec<List> = vec![];
        if let Some(count) = self.moments {
            let found = law.moments(usize::from(count));
            // The 0th is 1.
            let found = found.map(|all| all.into_iter().skip(1).collect());
            lists.push(("moments", |k| format!("E x^{}", k + 1), found));
        }
        if let Some(count) = self.free_cumulants {
            let found = law.free_cumulants(usize::from(count));
            lists.push(("free_cumulants", |k| format!("κ_{}", k + 1), found));
        }
        if let Some(count) = self.draw {
            let mut rng = Streams::new(self.draw_seed, "draw").stream(0);
            lists.push((
                "draws",
                |_| String::new(),
                law.sample(count as usize, &mut rng),
            ));
        }
        let omegas = self.subordination.iter().map(|&z| Omega::of(law, z));
        Found {
            values,
            lists,
            omegas: omegas.collect(),
        }
    }
}

impl Found {
    /// For each question, whether it has an answer.
    pub(super) fn has_answers(&self) -> impl Iterator<Item = bool> {
        let values = self.values.iter().map(|(_, _, value)| is_answer(value));
        values
            .chain(self.lists.iter().map(|(_, _, list)| list.is_ok()))
            .chain(self.omegas.iter().map(Omega::is_known))
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![];
        for (kind, at, value) in &self.values {
            let value = value
                .as_ref()
                .map(|found| (digits(found.value), found.radius));
            lines.push(answered(kind.symbols().0, &shown(*at), value));
        }
        lines.extend(self.omegas.iter().flat_map(Omega::lines));
        for (key, name, list) in &self.lists {
            match list {
                Ok(list) => lines.extend(list.iter().enumerate().map(|(k, value)| {
                    let name = name(k);
                    if name.is_empty() {
                        value.to_string()
                    } else {
                        format!("{name} = {}", digits(*value))
                    }
                })),
                Err(error) => lines.push(format!("{key}: {error}")),
            }
        }
        lines
    }

    /// Adds what was asked for, and nothing else.
    pub(super) fn put(&self, object: &mut Map<String, Json>) {
        for kind in Kind::ALL {
            let of_kind = self.values.iter().filter(|(other, ..)| *other == kind);
            let list: Vec<Json> = of_kind
                .map(|(_, at, value)| {
                    let found = json!(Bounded::from(value));
                    let mut object = Map::from_iter([(kind.symbols().1.to_owned(), json!(at))]);
                    object.extend(found.as_object().cloned().unwrap_or_default());
                    Json::Object(object)
                })
                .collect();
            if !list.is_empty() {
                object.insert(kind.key().to_owned(), list.into());
            }
        }
        if !self.omegas.is_empty() {
            let all: Vec<Json> = self.omegas.iter().map(Omega::json).collect();
            object.insert("subordination".to_owned(), all.into());
        }
        for (key, _, list) in &self.lists {
            match list {
                Ok(list) => object.insert((*key).to_owned(), list.clone().into()),
                Err(error) => object.insert(format!("{key}_error"), error.to_string().into()),
            };
        }
    }
}
