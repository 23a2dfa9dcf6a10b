//! Lines of at most 100 columns.

use super::Outcome;
use tensor_dyson::model::{NORMALISATION, Sizes};
use tensor_dyson::report::wrapped;
use tensor_dyson::spectrum::{CONFIDENCE, Enclosure, MassAtZero};
use tensor_dyson::study::{Comparison, Precision};

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

/// A quantity, of the sample and of the law.
fn row(what: &str, sample: &str, law: &str) -> String {
    format!("{what:<22}{sample:<46}{law}")
}

/// Its value where it is the first of its kind.
fn first(k: usize, value: String) -> String {
    if k == 0 { value } else { String::new() }
}

/// The table: the sample beside the law.
fn table(found: &Comparison) -> Vec<String> {
    let zero = format!("{:.6}", found.law.mass_at(0.0));
    let mut lines = vec![
        row("", "sample", "law"),
        row(
            "mass at 0",
            &zeros(&found.distribution.mass_at_zero()),
            &zero,
        ),
    ];
    let (low, high) = found.edges().unwrap_or((0.0, 0.0));
    let lowest = match found.distribution.eigenvalues() {
        Some(_) => "lowest above 0",
        None => "lowest",
    };
    for (k, end) in found.ends.lowest.iter().enumerate() {
        let edge = first(k, format!("{low:.6} (lower edge)"));
        lines.push(row(lowest, &digits(end, high), &edge));
    }
    for (k, end) in found.ends.highest.iter().rev().enumerate() {
        let name = match k {
            0 => "highest".to_owned(),
            k => format!("highest but {k}"),
        };
        let edge = first(k, format!("{high:.6} (upper edge)"));
        lines.push(row(&name, &digits(end, high), &edge));
    }
    if let Some(above) = found.above_edge() {
        lines.push(row("above the upper edge", &above.to_string(), "0"));
    }
    let intervals = found.law.support().len();
    if intervals > 1 {
        lines.push(row("intervals", "", &intervals.to_string()));
    }
    lines
}

/// What the numbers of the table are worth.
fn errors(found: &Comparison) -> Vec<String> {
    let mut lines = vec![];
    if found.distribution.eigenvalues().is_none() {
        lines.push(format!(
            "extremes: each in its place, none missed, with probability {:.0} %",
            100.0 * CONFIDENCE
        ));
    }
    if !found.ends.converged {
        lines.push(format!(
            "extremes: not to the tolerance after {} products; the bounds are what they are",
            found.ends.products
        ));
    }
    let distance = found.kolmogorov();
    lines.push(format!(
        "Kolmogorov distance {:.6}, at λ = {:.4}; the law's own error {:.0e}",
        distance.distance,
        distance.at,
        found.law.error_estimate()
    ));
    lines.push(match found.distribution.error() {
        None => "all eigenvalues are known: no error of the sample's side".to_owned(),
        Some(error) => format!(
            "estimate's error: random probes {:.1e} (1 % level), depth {:.1e}, enclosure {:.1e}",
            error.probes, error.depth, error.enclosure
        ),
    });
    lines
}

impl Outcome<'_> {
    /// What was asked, and which way it was answered.
    fn question(&self) -> Vec<String> {
        let found = &self.found;
        let Sizes { n, d, p } = found.sizes;
        let mut lines = vec![
            format!(
                "NTK, n = {n}, d = {d}, p = {p}: γ₁ = n/(dp) = {:.6}, γ₂ = p/d = {:.6}",
                found.sizes.gamma_1(),
                found.sizes.gamma_2(),
            ),
            format!(
                "{}: α = {:.6}, β = {:.6}, c₀ = {:.6}",
                self.activation.formulas(),
                found.phi.alpha(),
                found.phi.beta_squared().sqrt(),
                found.phi.mean()
            ),
            NORMALISATION.to_owned(),
            self.note.clone(),
        ];
        if found.distinct < n {
            lines.push(format!("{} of the rows are distinct", found.distinct));
        }
        lines.push(found.plan.to_string());
        if !self.unused.is_empty() {
            let (route, unused) = (found.plan.route, self.unused.join(", "));
            lines.push(format!("not used on the {route} route: {unused}"));
        }
        if found.precision == Precision::Single {
            let how = "products in f32; the extremes are certified with f64 products";
            lines.push(how.to_owned());
        }
        if !found.is_complete {
            lines.push("stopped before it was done: what follows is what is known".to_owned());
        }
        lines.iter().map(|line| wrapped(line, 0, 4)).collect()
    }

    /// All that is said.
    pub(in super::super) fn text(&self) -> String {
        let mut lines = self.question();
        lines.extend(table(&self.found));
        lines.extend(errors(&self.found));
        lines.join("\n")
    }
}
