//! The questions that are put to each law, at places between and beside the ends of its support.

use num_complex::Complex64;
use std::fmt::{Display, Write};
use tensor_dyson::measure::{Density, Enclosed, EnclosedPoint, Law, LawError, Value};
use tensor_dyson::polynomial::{MatrixExpression, Variables};

/// After an expression: values and densities only.
pub(crate) const VALUES: &str = " | values";
/// Places in widths of the hull from its lower end.
const PLACES: [f64; 6] = [-0.6, 0.03, 0.37, 0.62, 0.96, 1.4];
/// Heights in widths of the hull.
const HEIGHTS: [f64; 4] = [0.0, 1e-9, 1e-2, 0.4];
const SHARES: [f64; 3] = [0.07, 0.5, 0.93];

/// An answer, or why there is none.
fn line(question: impl Display, answer: Result<String, LawError>) -> String {
    match answer {
        Ok(answer) => format!("{question} = {answer}\n"),
        Err(error) => format!("{question}: {error}\n"),
    }
}

fn value(v: Value) -> String {
    let [s, d] = [v.s, v.derivative].map(|x| format!("{:e} {:e}", x.re, x.im));
    let [r, dr, steps] = [v.radius, v.derivative_radius, v.steps as f64];
    format!("{s} ± {r:.3e} slope {d} ± {dr:.3e} steps {steps}")
}

fn enclosed(e: Enclosed) -> String {
    format!("{:e} ± {:.3e}", e.value, e.radius)
}

fn listed(numbers: impl IntoIterator<Item = f64>) -> String {
    let numbers: Vec<String> = numbers.into_iter().map(|x| format!("{x:e}")).collect();
    numbers.join(" ")
}

/// Where a law is asked.
struct Places {
    low: f64,
    width: f64,
}

impl Places {
    fn of(law: &Law) -> Self {
        let (low, high) = law.hull();
        let width = if high > low { high - low } else { 1.0 };
        Self { low, width }
    }

    fn x(&self, place: f64) -> f64 {
        self.low + place * self.width
    }

    fn z(&self, place: f64, height: f64) -> Complex64 {
        Complex64::new(self.x(place), height * self.width)
    }
}

/// Everything asked of a law.
pub(crate) fn answers(text: &str, law: &Law) -> String {
    let at = Places::of(law);
    let mut told = format!(
        "## {text}\n{law}\nhull {}\n",
        listed([law.hull().0, law.hull().1])
    );
    let ends = |s: &[(f64, f64)]| listed(s.iter().flat_map(|&(a, b)| [a, b]));
    told += &line("support", law.support().map(ends));
    let atoms = law.point_masses().iter().flat_map(|a| [a.at, a.mass]);
    let _ = writeln!(told, "atoms {}", listed(atoms));
    told += &transforms(law, &at);
    told += &densities(law, &at);
    told += &others(law, &at);
    if text.ends_with(VALUES) {
        return told;
    }
    told += &shares(law, &at);
    told + &series(law, &at)
}

/// Values one by one, and along a walk.
fn transforms(law: &Law, at: &Places) -> String {
    let mut told = String::new();
    for (k, place) in PLACES.into_iter().enumerate() {
        let height = HEIGHTS[k % HEIGHTS.len()];
        let single = law.stieltjes(at.z(place, height)).map(value);
        told += &line(format_args!("s({place}, {height})"), single);
    }
    // A long walk makes at once what a short one does without.
    for (length, mut walk) in [("", law.walk()), ("long ", law.walk_over(2000))] {
        for (k, place) in PLACES.into_iter().enumerate() {
            let height = HEIGHTS[(k + 2) % HEIGHTS.len()];
            let next = walk.stieltjes(at.z(place, height)).map(value);
            told += &line(format_args!("{length}walk s({place}, {height})"), next);
        }
    }
    told
}

fn densities(law: &Law, at: &Places) -> String {
    let grid = PLACES.map(|place| at.x(place));
    let mut told = String::new();
    for (place, density) in PLACES.iter().zip(law.density_on(&grid)) {
        let shown = |d: Density| format!("{:e} ± {:.3e} steps {}", d.value, d.radius, d.steps);
        told += &line(format_args!("f({place})"), density.map(shown));
    }
    told
}

/// Of the distribution function and its inverse.
fn shares(law: &Law, at: &Places) -> String {
    let grid = PLACES.map(|place| at.x(place));
    let mut told = String::new();
    for (place, below) in PLACES.iter().zip(law.cumulative_on(&grid)) {
        told += &line(format_args!("F({place})"), below.map(enclosed));
    }
    for p in SHARES {
        told += &line(format_args!("q({p})"), law.quantile(p).map(enclosed));
    }
    told
}

/// Moments, transforms of free probability, subordination functions.
fn others(law: &Law, at: &Places) -> String {
    let mut told = line("moments", law.moments(4).map(listed));
    told += &line("free cumulants", law.free_cumulants(4).map(listed));
    let far = at.low.abs().max(at.x(1.0).abs());
    told += &line("R", law.r_transform(0.1 / far).map(enclosed));
    told += &line("S", law.s_transform(-0.2).map(enclosed));
    for height in [0.0, 0.1] {
        let points = law.subordination(at.z(0.41, height));
        let shown =
            |e: &EnclosedPoint| format!("{:e} {:e} ± {:.3e}", e.value.re, e.value.im, e.radius);
        let all = |v: Vec<_>| v.iter().map(shown).collect::<Vec<_>>().join(" and ");
        told += &line(format_args!("ω(0.41, {height})"), points.map(all));
    }
    told
}

/// The distribution function's series: what it is off by, and what it gives.
fn series(law: &Law, at: &Places) -> String {
    let coarse = law.distribution_within(1e-6);
    let answer = law.distribution().and_then(|fine| {
        let coarse = coarse?;
        let off = [fine, &coarse].map(|d| format!("± {:.3e}", d.error_estimate()));
        let values = PLACES.map(|place| fine.at(at.x(place)));
        Ok(format!("{} {} ; {}", listed(values), off[0], off[1]))
    });
    line("series", answer)
}

/// `expression; X[n, d]; a = law; n/d = ratio; …`.
pub(crate) fn polynomial(text: &str) -> Law {
    let mut parts = text.split(';').map(str::trim);
    let expression = parts.next().unwrap();
    let variables = parts.fold(Variables::new(), |all, part| {
        let Some((name, law)) = part.split_once(" = ") else {
            let names: Vec<&str> = part.split(['[', ',', ']']).map(str::trim).collect();
            return all.gaussian(names[0], names[1], names[2]);
        };
        match name.split_once('/') {
            Some((above, below)) => all.ratio(above, below, law.parse().unwrap()),
            None => all.free(name, Law::parse(law).unwrap()),
        }
    });
    let parsed = MatrixExpression::parse(expression, &variables);
    let law = parsed.and_then(|parsed| parsed.law());
    law.unwrap_or_else(|error| panic!("{text}: {error}"))
}
