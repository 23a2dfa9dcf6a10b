//! What was asked of a law, and its forms: text, JSON, CSV, `.npz`.

use super::super::{CommandError, number as shown, wrapped};
use super::at::At;
use super::json::Name;
use super::more::{Found, More};
use ndarray::ArrayView1;
use num_complex::Complex64;
use std::fmt::Write;
use tensor_dyson::files::{Saved, npz};
use tensor_dyson::measure::{Atom, Density, Enclosed, Law, LawError};

pub(super) type Answered<T> = Result<T, LawError>;

pub(super) struct Answer {
    pub law: Name,
    pub atoms: Vec<Atom>,
    pub support: Answered<Vec<(f64, f64)>>,
    pub values: Vec<At>,
    pub cumulative: Vec<(f64, Answered<Enclosed>)>,
    pub more: Found,
    pub grid: Option<Table>,
}

/// What is asked.
pub(super) struct Questions<'a> {
    pub(super) z: &'a [Complex64],
    pub(super) cumulative: &'a [f64],
    pub(super) more: &'a More,
    pub(super) grid: Option<Vec<f64>>,
}

/// Density and distribution function on a grid.
pub(super) struct Table {
    pub x: Vec<f64>,
    pub density: Vec<Answered<Density>>,
    pub distribution: Vec<Answered<Enclosed>>,
}

/// Most atoms that are listed for a reader.
const ATOMS: usize = 20;
/// Fifteen decimals, or digits where these would be zeros or run on.
pub(super) fn digits(x: f64) -> String {
    // Without the sign of −0.
    let x = x + 0.0;
    if x == 0.0 || (1e-3..1e6).contains(&x.abs()) {
        format!("{x:.15}")
    } else {
        format!("{x:.15e}")
    }
}

pub(super) fn complex(z: Complex64) -> String {
    let sign = if z.im < 0.0 { "" } else { "+" };
    format!("{}{sign}{}i", digits(z.re), digits(z.im))
}

pub(super) fn answered(of: &str, at: &str, value: Result<(String, f64), &LawError>) -> String {
    match value {
        Ok((value, radius)) => format!("{of}({at}) = {value}, error at most {radius:.1e}"),
        Err(error) => format!("{of}({at}): {error}"),
    }
}

/// Whether there is a value, with a proof or without.
pub(super) fn is_answer<T>(value: &Answered<T>) -> bool {
    match value {
        Ok(_) => true,
        Err(error) => error.estimate().is_some(),
    }
}

/// NaN where there is no answer.
pub(super) fn number<T>(value: &Answered<T>, of: fn(&T) -> f64) -> f64 {
    value.as_ref().map_or(f64::NAN, of)
}

impl Answer {
    pub(super) fn new(law: &Law, name: Name, questions: Questions<'_>) -> Self {
        let Questions {
            z,
            cumulative,
            more,
            grid,
        } = questions;
        let mut walk = law.walk_over(z.len());
        Self {
            law: name,
            atoms: law.point_masses().to_vec(),
            support: law.support().map(<[(f64, f64)]>::to_vec),
            values: z.iter().map(|&z| At::new(&mut walk, z)).collect(),
            cumulative: cumulative.iter().map(|&x| (x, law.cumulative(x))).collect(),
            more: more.of(law),
            grid: grid.map(|x| Table {
                density: law.density_on(&x),
                distribution: law.cumulative_on(&x),
                x,
            }),
        }
    }

    /// How many values were asked for, if not one of them has an answer.
    pub(super) fn unanswered(&self) -> Option<usize> {
        let mut found: Vec<bool> = self.values.iter().map(At::is_answer).collect();
        found.extend(self.cumulative.iter().map(|(_, f)| is_answer(f)));
        found.extend(self.more.has_answers());
        if let Some(table) = &self.grid {
            found.extend(table.density.iter().map(Result::is_ok));
            found.extend(table.distribution.iter().map(is_answer));
        }
        (!found.is_empty() && !found.contains(&true)).then_some(found.len())
    }

    /// Empty without a grid.
    pub(super) fn csv(&self) -> String {
        self.grid.as_ref().map_or(String::new(), Table::csv)
    }

    /// `x`, `density`, `bound`, `distribution`; NaN where there is no answer.
    pub(super) fn npz(&self) -> Result<Vec<u8>, CommandError> {
        let columns = self.grid.as_ref().map(Table::columns);
        let columns = columns.as_ref().map_or(&[][..], |columns| &columns[..]);
        let mut arrays = vec![];
        for (name, column) in columns {
            arrays.push((*name, Saved::Real(ArrayView1::from(column).into_dyn())));
        }
        Ok(npz(&arrays)?)
    }

    pub(super) fn text(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        match &self.support {
            Ok(intervals) => {
                let line = |&(low, high): &(f64, f64)| {
                    format!("support [{}, {}]", digits(low), digits(high))
                };
                lines.extend(intervals.iter().map(line));
            }
            Err(error) => lines.push(format!("support: {error}")),
        }
        let atoms = self.atoms.iter().take(ATOMS);
        lines.extend(atoms.map(|atom| format!("mass at {}: {:.15}", shown(atom.at), atom.mass)));
        if let Some(more) = self.atoms.len().checked_sub(ATOMS + 1) {
            lines.push(format!(
                "and {} more atoms: --format json has them",
                more + 1
            ));
        }
        lines.extend(self.values.iter().map(At::line));
        for (x, value) in &self.cumulative {
            let value = value.as_ref().map(|f| (digits(f.value), f.radius));
            lines.push(answered("F", &shown(*x), value));
        }
        lines.extend(self.more.lines());
        let mut lines: Vec<String> = lines.iter().map(|line| wrapped(line, 0, 4)).collect();
        if let Some(table) = &self.grid {
            lines.push(table.text());
        }
        lines.join("\n")
    }
}

impl Table {
    /// The columns with their names; NaN where there is no answer.
    pub(super) fn columns(&self) -> [(&'static str, Vec<f64>); 4] {
        let all = |of: fn(&Density) -> f64| self.density.iter().map(|d| number(d, of)).collect();
        let below = |found: &Answered<Enclosed>| match found {
            Ok(found) => found.value,
            Err(error) => error.estimate().map_or(f64::NAN, |(value, _)| value),
        };
        [
            ("x", self.x.clone()),
            // No sign before a zero.
            ("density", all(|d| d.value + 0.0)),
            ("bound", all(|d| d.radius)),
            (
                "distribution",
                self.distribution.iter().map(below).collect(),
            ),
        ]
    }

    /// The largest error of the distribution function: what is proved of it, and what is estimated where nothing is.
    pub(super) fn errors(&self) -> [Option<f64>; 2] {
        let estimate = |found: &Answered<Enclosed>| Some(found.as_ref().err()?.estimate()?.1);
        let proved = self.distribution.iter().flatten().map(|found| found.radius);
        [
            proved.reduce(f64::max),
            self.distribution
                .iter()
                .filter_map(estimate)
                .reduce(f64::max),
        ]
    }

    /// Why a point has no value of the distribution function.
    pub(super) fn failure(&self) -> Option<&LawError> {
        let mut errors = self.distribution.iter().filter_map(|f| f.as_ref().err());
        errors.find(|error| error.estimate().is_none())
    }

    fn csv(&self) -> String {
        let columns = self.columns();
        let header: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let mut text = header.join(",");
        for row in 0..self.x.len() {
            let cell = |(_, column): &(&str, Vec<f64>)| {
                let value = column[row];
                if value.is_nan() {
                    String::new()
                } else {
                    format!("{value:e}")
                }
            };
            let cells: Vec<String> = columns.iter().map(cell).collect();
            // Writing to a string does not fail.
            let _ = write!(text, "\n{}", cells.join(","));
        }
        text.push('\n');
        text
    }

    fn text(&self) -> String {
        let mut text = format!(
            "{:>24} {:>24} {:>9} {:>20}",
            "x", "density", "bound", "distribution"
        );
        let [_, _, _, (_, distribution)] = self.columns();
        for ((x, density), below) in self.x.iter().zip(&self.density).zip(distribution) {
            let _ = match density {
                Ok(d) => {
                    let bound = match d.radius.is_finite() {
                        true => format!("{:.1e}", d.radius),
                        false => "none".to_owned(),
                    };
                    write!(
                        text,
                        "\n{:>24} {:>24.15e} {bound:>9} {below:>20.15}",
                        shown(*x),
                        d.value + 0.0,
                    )
                }
                Err(_) => write!(
                    text,
                    "\n{:>24} {:>24} {:>9} {below:>20.15}",
                    shown(*x),
                    "no bound",
                    "-"
                ),
            };
        }
        let [proved, estimated] = self.errors();
        let said = [
            proved.map(|bound| format!("error at most {bound:.1e}")),
            estimated.map(|error| format!("error about {error:.1e} where it has no bound")),
            self.failure().map(ToString::to_string),
        ];
        let said: Vec<String> = said.into_iter().flatten().collect();
        let line = format!("distribution: {}", said.join("; "));
        let _ = write!(text, "\n{}", wrapped(&line, 0, 4));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_are_told_apart_at_either_zero() {
        for (im, text) in [
            (0.0, "+0.0"),
            (-0.0, "+0.0"),
            (-0.5, "-0.5"),
            (1e-9, "+1.0"),
        ] {
            let all = complex(Complex64::new(1.5, im));
            assert!(
                all.starts_with(&format!("1.500000000000000{text}")),
                "{all}"
            );
        }
    }
}
