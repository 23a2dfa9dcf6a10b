//! `--poly`: selfadjoint expressions in free variables and Gaussian matrices.

use super::super::CommandError;
use std::str::FromStr;
use tensor_dyson::ledger::kolmogorov_distance;
use tensor_dyson::measure::Law;
use tensor_dyson::model::Streams;
use tensor_dyson::polynomial::{MatrixExpression, Variables};
use tensor_dyson::report::{as_written, wrapped};

/// The expression and what stands in it.
#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// A selfadjoint polynomial or rational expression in the variables below; NAME=… for --expr.
    #[arg(
        long,
        allow_hyphen_values = true,
        value_name = "[NAME=]EXPRESSION",
        conflicts_with_all = [
            "gamma1", "gamma2", "alpha", "beta", "mean", "activation", "nu", "d", "p", "weights",
            "output_weights",
        ]
    )]
    pub(super) poly: Vec<Expression>,
    /// A free variable of --poly and its law, as in --expr; may be repeated.
    #[arg(long, value_name = "NAME=LAW", requires = "poly")]
    var: Vec<Variable>,
    /// A matrix of Gaussian entries of variance 1/COLS; may be repeated.
    #[arg(long, value_name = "NAME[ROWS,COLS]", requires = "poly")]
    gaussian: Vec<Gaussian>,
    /// A fixed matrix in general position and its law, as --var; may be repeated.
    #[arg(long, value_name = "NAME=LAW", requires = "poly")]
    fixed: Vec<Variable>,
    /// A ratio of two dimensions; may be repeated.
    #[arg(long, value_name = "ROWS/COLS=NUMBER", requires = "poly")]
    ratio: Vec<Ratio>,
    /// Draws the matrices at this size, and prints how far their eigenvalues are from the law.
    #[arg(long, value_name = "SIZE", requires = "poly", conflicts_with = "expr",
          value_parser = clap::value_parser!(u16).range(1..=4000))]
    samples: Option<u16>,
}

/// `[NAME=]EXPRESSION`.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) name: Option<String>,
    pub(super) text: String,
}

/// `NAME=LAW`.
#[derive(Clone, Debug)]
struct Variable {
    name: String,
    law: String,
}

/// `NAME[ROWS,COLS]`.
#[derive(Clone, Debug)]
struct Gaussian {
    name: String,
    rows: String,
    cols: String,
}

/// `ROWS/COLS=NUMBER`.
#[derive(Clone, Debug)]
struct Ratio {
    first: String,
    second: String,
    value: f64,
}

/// A text that is none of these.
#[derive(Debug, thiserror::Error)]
#[error("'{text}' is not {form}")]
pub(super) struct FormError {
    text: String,
    form: &'static str,
}

fn named(text: &str) -> Option<String> {
    let name = text.trim();
    let letters = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (letters && !name.is_empty()).then(|| name.to_owned())
}

/// A number, or a fraction of two.
fn number(text: &str) -> Option<f64> {
    let one = |part: &str| part.trim().parse::<f64>().ok();
    match text.split_once('/') {
        Some((above, below)) => Some(one(above)? / one(below)?),
        None => one(text),
    }
}

fn refused(text: &str, form: &'static str) -> FormError {
    let text = text.to_owned();
    FormError { text, form }
}

impl FromStr for Expression {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let (name, text) = match text.split_once('=') {
            None => (None, text),
            Some((name, rest)) => {
                let form = "[NAME=]EXPRESSION";
                (Some(named(name).ok_or_else(|| refused(text, form))?), rest)
            }
        };
        let text = text.to_owned();
        Ok(Self { name, text })
    }
}

impl FromStr for Variable {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let parts = text.split_once('=');
        let parts = parts.and_then(|(name, law)| Some((named(name)?, law.to_owned())));
        let (name, law) = parts.ok_or_else(|| refused(text, "NAME=LAW"))?;
        Ok(Self { name, law })
    }
}

impl FromStr for Gaussian {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let parts = text.trim().strip_suffix(']').and_then(|text| {
            let (name, shape) = text.split_once('[')?;
            let (rows, cols) = shape.split_once(',')?;
            Some((named(name)?, named(rows)?, named(cols)?))
        });
        let (name, rows, cols) = parts.ok_or_else(|| refused(text, "NAME[ROWS,COLS]"))?;
        Ok(Self { name, rows, cols })
    }
}

impl FromStr for Ratio {
    type Err = FormError;

    fn from_str(text: &str) -> Result<Self, FormError> {
        let parts = text.split_once('=').and_then(|(names, value)| {
            let (first, second) = names.split_once('/')?;
            Some((named(first)?, named(second)?, number(value)?))
        });
        let (first, second, value) = parts.ok_or_else(|| refused(text, "ROWS/COLS=NUMBER"))?;
        Ok(Self {
            first,
            second,
            value,
        })
    }
}

impl Arguments {
    /// The expressions, each with its name.
    pub(super) fn polynomials(
        &self,
        given: &[(&str, Law)],
    ) -> Result<Vec<(&Expression, MatrixExpression)>, CommandError> {
        if self.poly.is_empty() {
            return Ok(vec![]);
        }
        let mut variables = Variables::new();
        for (flag, list) in [("--var", &self.var), ("--fixed", &self.fixed)] {
            for variable in list {
                let law = Law::parse_with(&variable.law, given);
                let law = law.map_err(|source| CommandError::Variable {
                    flag,
                    name: variable.name.clone(),
                    source,
                })?;
                variables = variables.free(&variable.name, law);
            }
        }
        for Gaussian { name, rows, cols } in &self.gaussian {
            variables = variables.gaussian(name, rows, cols);
        }
        for ratio in &self.ratio {
            variables = variables.ratio(&ratio.first, &ratio.second, ratio.value);
        }
        let parsed = self.poly.iter().map(|expression| {
            let polynomial = MatrixExpression::parse(&expression.text, &variables)?;
            Ok((expression, polynomial))
        });
        parsed.collect()
    }

    /// What is said of an expression before its law is: the linearisation, and a sample.
    pub(super) fn said(
        &self,
        polynomial: &MatrixExpression,
        law: &Law,
        seed: u64,
    ) -> Result<Vec<String>, CommandError> {
        let mut lines = vec!["linearisation, with its rows' dimensions:".to_owned()];
        let linearisation = polynomial.linearisation().to_string();
        for line in linearisation.lines() {
            // A matrix keeps its lines.
            match line.starts_with("where") {
                true => lines.extend(wrapped(line, 0, 2).lines().map(str::to_owned)),
                false => lines.push(line.to_owned()),
            }
        }
        if let Some(equation) = polynomial.scalar_equation()? {
            let how = match equation.proof {
                None => format!("found, not proved; {} moments satisfy it", equation.moments),
                Some(proof) => format!(
                    "proved: {} unknowns of the block equation are rational in s and z, and satisfy it at {} points modulo {} primes, which decide",
                    proof.unknowns, proof.points, proof.primes
                ),
            };
            let text = format!("equation of s = ∫ dμ(x)/(x − z), {how}: {equation}");
            lines.extend(wrapped(&text, 0, 2).lines().map(str::to_owned));
        }
        if let Some(size) = self.samples {
            let mut rng = Streams::new(seed, "poly").stream(0);
            let mut values = polynomial.sample(usize::from(size), &mut rng)?;
            // An eigenvalue at an atom is off by rounding.
            for value in &mut values {
                let near = |at: f64| (at - *value).abs() <= 1e-9 * (1.0 + at.abs());
                if let Some(atom) = law.point_masses().iter().find(|atom| near(atom.at)) {
                    *value = atom.at;
                }
            }
            let apart = kolmogorov_distance(&values, law.distribution()?);
            lines.push(format!(
                "sample of size {size}: Kolmogorov distance {}",
                as_written(apart)
            ));
        }
        Ok(lines)
    }
}
