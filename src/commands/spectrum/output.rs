//! What was found in the data, as lines.

use std::fmt::Write;
use std::path::Path;
use tensor_dyson::report::wrapped;
use tensor_dyson::sample_covariance::{
    Copies, DataSpectrum, Found, Options, PopulationSpectrum, Preparation, Randomisation,
};

/// Data beside their law.
pub(super) struct Outcome<'a> {
    pub path: &'a Path,
    /// n.
    pub rows: usize,
    pub options: &'a Options,
    pub found: &'a DataSpectrum,
}

/// Masses of the population's spectrum that are listed for a reader.
const MASSES: usize = 6;
/// Below, rows are said to have scales of their own.
const UNEVEN: f64 = 0.02;

/// Six digits, as decimals where these do not run on.
fn digits(x: f64) -> String {
    if x == 0.0 || (1e-3..1e7).contains(&x.abs()) {
        let places = (5.0 - x.abs().max(1e-3).log10().floor()).clamp(0.0, 8.0) as usize;
        format!("{x:.places$}")
    } else {
        format!("{x:.5e}")
    }
}

/// A probability; the law's own error is about 1e-13.
fn probability(p: f64) -> String {
    if p < 1e-12 {
        "below 1e-12".to_owned()
    } else if p < 1e-3 {
        format!("{p:.1e}")
    } else {
        format!("{p:.4}")
    }
}

fn of_copies(copies: &Copies, all: usize) -> String {
    if copies.drawn < all {
        format!(
            "at least {:.2} ({} of {})",
            copies.p_value, copies.exceeding, copies.drawn
        )
    } else {
        format!(
            "{:.4} ({} of {})",
            copies.p_value, copies.exceeding, copies.drawn
        )
    }
}

/// Masses within 5 % of one another as one, largest first.
fn masses(population: &PopulationSpectrum) -> Vec<(f64, f64)> {
    let mut groups: Vec<(f64, f64)> = vec![];
    let mut last = 0.0;
    for (&at, &mass) in population.at.iter().zip(&population.mass) {
        match groups.last_mut() {
            Some((place, weight)) if at < 1.15 * last => {
                *place = (*place * *weight + at * mass) / (*weight + mass);
                *weight += mass;
            }
            _ => groups.push((at, mass)),
        }
        last = at;
    }
    groups.sort_by(|a, b| b.1.total_cmp(&a.1));
    groups
}

impl Outcome<'_> {
    /// Lines of at most 100 columns.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for part in [
            self.head(),
            self.bulk(),
            self.stages(),
            self.spikes(),
            self.rest(),
            self.caveats(),
        ] {
            for line in part {
                // A String takes everything.
                let _ = writeln!(out, "{}", wrapped(&line, 0, 4));
            }
        }
        out.trim_end().to_owned()
    }

    /// `S`, in a formula.
    pub(super) fn normalisation(&self) -> &'static str {
        match self.options.preparation {
            Preparation::Raw => "S = XᵀX/n of X as it is, N = n",
            Preparation::Centred => "S = XᵀX/(n−1) of the centred columns, N = n − 1",
            Preparation::Correlation => {
                "S = XᵀX/(n−1) of the standardised columns (the correlation matrix), N = n − 1"
            }
        }
    }

    pub(super) fn law(&self) -> String {
        match &self.found.bulk.population {
            None => "σ² MP^γ".to_owned(),
            Some(law) => format!("σ² H ⊠ MP^γ, H = {law}"),
        }
    }

    fn head(&self) -> Vec<String> {
        let (_, p) = self.found.bulk.sizes;
        vec![
            format!(
                "{}: n = {} samples of p = {p} variables",
                self.path.display(),
                self.rows
            ),
            format!(
                "{}; γ = p/N = {:.6}",
                self.normalisation(),
                self.found.bulk.gamma()
            ),
            format!("law of the bulk: {}", self.law()),
        ]
    }

    fn bulk(&self) -> Vec<String> {
        let DataSpectrum {
            noise,
            edges,
            eigenvalues,
            ..
        } = self.found;
        let variance = if noise.given {
            format!("{} (given)", digits(noise.variance))
        } else {
            format!("{} ± {:.1e}", digits(noise.variance), noise.standard_error)
        };
        let row = |name: &str, value: String| format!("{name:<34}{value}");
        let ends = eigenvalues.last().zip(eigenvalues.first());
        let ends = ends.map_or_else(String::new, |(low, high)| {
            format!("{} to {}", digits(*low), digits(*high))
        });
        let mut lines = vec![
            row("σ² of the bulk", variance),
            row("σ² from its median alone", digits(noise.from_median)),
            row(
                "edges of the bulk",
                format!("{} to {}", digits(edges.0), digits(edges.1)),
            ),
            row(
                "eigenvalues",
                format!("{ends}, {} of them", eigenvalues.len()),
            ),
        ];
        if let Some(below) = self.found.below {
            lines.push(row("below the bulk and its margin", below.to_string()));
        }
        let distance = self.found.kolmogorov;
        lines.push(row(
            "Kolmogorov distance from the law",
            format!("{:.4}, at λ = {}", distance.distance, digits(distance.at)),
        ));
        lines
    }

    /// What the copies are.
    pub(super) fn copies(&self) -> &'static str {
        match self.options.randomisation {
            Randomisation::Permutation => "copies with shuffled columns",
            Randomisation::Signs => "copies with random signs",
        }
    }

    fn stages(&self) -> Vec<String> {
        let found = self.found;
        let percent = 100.0 * self.options.level;
        let at_least = if found.at_least && found.count > 0 {
            "at least "
        } else {
            ""
        };
        let how = match found.found {
            Found {
                by_law,
                by_copies: Some(by_copies),
            } => format!(
                "{by_copies} against {}, {by_law} by the Tracy–Widom law",
                self.copies()
            ),
            Found {
                by_copies: None, ..
            } => "by the Tracy–Widom law".to_owned(),
        };
        let mut lines = vec![
            format!(
                "components: {at_least}{} at level {percent} % ({how})",
                found.count
            ),
            format!(
                "{:<12}{:<16}{:<16}{:<18}{}",
                "", "eigenvalue", "margin", "p, Tracy–Widom", "p, copies as large"
            ),
        ];
        for (k, stage) in found.stages.iter().enumerate() {
            let copies = stage.copies.map_or_else(String::new, |copies| {
                of_copies(&copies, self.options.copies)
            });
            let line = format!(
                "{:<12}{:<16}{:<16}{:<18}{copies}",
                format!("  {}", k + 1),
                digits(stage.eigenvalue),
                digits(stage.threshold),
                probability(stage.p_value),
            );
            lines.push(line.trim_end().to_owned());
        }
        let last = found.stages.iter().rev().find_map(|stage| stage.copies);
        if let Some(rows) = last.and_then(|copies| copies.rows_p_value)
            && rows <= UNEVEN
        {
            lines.push(format!(
                "the rows differ more in length than those of shuffled copies (p = {rows:.2}): the law takes rows \
                 of one scale; see --null signs"
            ));
        }
        lines
    }

    fn spikes(&self) -> Vec<String> {
        let spikes = &self.found.spikes;
        if spikes.is_empty() {
            return vec![];
        }
        let mut lines = vec![format!(
            "{:<12}{:<16}{:<28}{:<16}{}",
            "", "sample λ", "population ℓ", "cos², vectors", "cos², scores"
        )];
        for (k, spike) in spikes.iter().enumerate() {
            let scores = spike.score_cosine_squared;
            let line = format!(
                "{:<12}{:<16}{:<28}{:<16.4}{}",
                format!("  {}", k + 1),
                digits(spike.sample),
                format!(
                    "{} ± {:.1e}",
                    digits(spike.population),
                    spike.standard_error
                ),
                spike.cosine_squared,
                scores.map_or_else(String::new, |cosine| format!("{cosine:.4}")),
            );
            lines.push(line.trim_end().to_owned());
        }
        lines
    }

    fn rest(&self) -> Vec<String> {
        let mut lines = vec![];
        if let Some(denoising) = &self.found.denoising {
            lines.push(format!(
                "singular values √(Nλ): keep {} above {} (σ of the bulk), {} above {} (σ from the median): Gavish and Donoho",
                denoising.kept.0,
                digits(denoising.threshold),
                denoising.kept.1,
                digits(denoising.threshold_from_median),
            ));
        }
        if let Some(population) = &self.found.population {
            let groups = masses(population);
            let listed: Vec<String> = groups
                .iter()
                .take(MASSES)
                .map(|(at, mass)| format!("{mass:.3} near {}", digits(*at)))
                .collect();
            let more = match groups.len().saturating_sub(MASSES) {
                0 => String::new(),
                more => format!(" and {more} smaller"),
            };
            lines.push(format!(
                "population spectrum, masses: {}{more} (height {}, ridge {:.0e}; residual {:.1e})",
                listed.join(", "),
                digits(population.height),
                population.ridge,
                population.residual
            ));
        }
        lines
    }

    /// What the law does not hold for.
    fn caveats(&self) -> Vec<String> {
        let caveats = &self.found.caveats;
        let said = [
            (
                "columns with an entry that makes an eigenvalue above the edge by itself",
                caveats.outlying_columns,
                "the tails are heavier than the law of noise allows, and components may be single entries",
            ),
            (
                "rows equal to rows before them",
                caveats.repeated_rows,
                "the law takes rows to be independent",
            ),
            (
                "columns equal to columns before them",
                caveats.repeated_columns,
                "the law takes columns to be independent, and copies are a component",
            ),
        ];
        let counted = said.into_iter().filter(|(_, count, _)| *count > 0);
        let line = |(what, count, why)| format!("note: {what}: {count}; {why}");
        counted.map(line).collect()
    }
}
