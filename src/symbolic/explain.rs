//! A proof as lines that a mathematician can follow, at most 100 columns wide, and as TeX.
//!
//! The layout is that of calculational proofs (Dijkstra and Feijen): between two expressions stand their
//! relation and the reason for it, here with the check in the field below.

mod lines;

use super::check::FieldCheck;
use super::print::Notation;
use super::proof::{Dropped, Proof, Refutation, Relation, Step};
use lines::{in_tex, lines, wrapped};
use std::fmt;

const LEGEND: &str = "
    Indices that are not free are summed. ✓: both sides agree at these sizes modulo 2⁶¹−1 and
    modulo a second prime, at points that are drawn from SHA-256 of the theory and the step. If they
    differed modulo a prime, a point drawn at random would hide that with at most the probability
    printed.";

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title())?;
        let mut assumptions = self.assumptions().peekable();
        match assumptions.peek() {
            Some(_) => writeln!(f, "\n    Assuming:")?,
            None => writeln!(f, "\n    Assuming: nothing.")?,
        }
        for assumption in assumptions {
            writeln!(f, "{}", wrapped("      ", &assumption.to_string()))?;
        }
        let glossary = self.glossary();
        if !glossary.is_empty() {
            writeln!(f, "\n    Where:")?;
        }
        for (name, meaning) in glossary {
            writeln!(f, "{}", wrapped("      ", &format!("{name} is {meaning}")))?;
        }
        for step in self.steps() {
            write!(f, "{step}")?;
        }
        if self.checks().next().is_none() {
            return writeln!(f, "\n    No step: nothing is proved.");
        }
        writeln!(f, "{LEGEND}")
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let relation = match self.relation() {
            Relation::Begins => {
                let legs = self.expression().legs().iter();
                let names: Vec<String> = legs.map(|leg| leg.name.to_string()).collect();
                return match names.is_empty() {
                    true => writeln!(f, "\n{}", lines("      ", self.expression())),
                    false => writeln!(
                        f,
                        "\n    free: {}\n{}",
                        names.join(", "),
                        lines("      ", self.expression())
                    ),
                };
            }
            Relation::Equals => "=",
            Relation::Expectation(_) => "E",
            Relation::InMean(_) => "E=",
            Relation::Approximates(_) => "≈",
        };
        match self.relation() {
            Relation::InMean(average) => {
                let text = format!(
                    "{}: the mean over {} by parts, {} with {}",
                    self.name(),
                    average.tensor(),
                    average.tensor(),
                    average.law()
                );
                writeln!(f, "{}", wrapped(&format!("    {relation:<6}"), &text))?;
            }
            Relation::Expectation(average) => {
                let text = format!(
                    "{}: {} with {}",
                    self.name(),
                    average.tensor(),
                    average.law()
                );
                writeln!(f, "{}", wrapped(&format!("    {relation:<6}"), &text))?;
            }
            _ => writeln!(f, "    {relation:<6}{}", self.name())?,
        }
        if let Relation::Approximates(dropped) = self.relation() {
            writeln!(f, "{dropped}")?;
        }
        if let Some(check) = self.check() {
            writeln!(f, "          {check}")?;
        }
        writeln!(f, "{}", lines("      ", self.expression()))
    }
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.order() {
            Some(order) => {
                let first = format!("          dropped, of order {order}: ");
                f.write_str(&lines(&first, self.terms()))
            }
            None => f.write_str("          nothing is dropped"),
        }
    }
}

impl fmt::Display for FieldCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shapes = self.shapes().join("; ");
        if self.degree() == 0 {
            return write!(f, "✓ {shapes}: exactly, no draw occurs");
        }
        let bound = self.bound();
        // Rounded up in its one printed digit.
        let digit = 10f64.powf(bound.log10().floor());
        write!(
            f,
            "✓ {}: ≤ {:.0e}",
            self.shapes().join("; "),
            bound + 0.5 * digit
        )
    }
}

impl fmt::Display for Refutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "    fails at the step: {}", self.step())?;
        writeln!(
            f,
            "{}",
            lines("    the left side minus the right: ", self.difference())
        )?;
        match self.witness() {
            Some(shape) => writeln!(f, "    which is not 0 at a random point, {shape}"),
            None => writeln!(f, "    which no point that was tried tells from 0"),
        }
    }
}

impl Proof {
    /// The proof in the given notation; in TeX as the display `align*`, for an engine that reads Unicode: what is assumed and
    /// what the names stand for, a line each, then the steps.
    pub fn written(&self, notation: Notation) -> String {
        if notation == Notation::Unicode {
            return self.to_string();
        }
        let line = |step: &Step| {
            let expression = step.expression().written(Notation::Tex);
            let (relation, dropped) = match step.relation() {
                Relation::Begins => return format!("  & {expression}"),
                Relation::Equals => ("=", None),
                Relation::InMean(_) => ("\\overset{\\mathbb{E}}{=}", None),
                Relation::Expectation(_) => ("\\overset{\\mathbb{E}}{\\longmapsto}", None),
                Relation::Approximates(dropped) => ("\\approx", dropped.order()),
            };
            let dropped =
                dropped.map_or(String::new(), |order| format!(", dropping order {order}"));
            let name = in_tex(step.name());
            format!("  {relation}\\;& {expression} && \\text{{{name}{dropped}}}")
        };
        let glossary = self.glossary();
        let mut words: Vec<String> = self
            .assumptions()
            .map(|a| format!("Assuming: {a}"))
            .collect();
        if words.is_empty() {
            words.push("Assuming: nothing.".to_owned());
        }
        words.extend(
            glossary
                .iter()
                .map(|(name, meaning)| format!("Where: {name} is {meaning}")),
        );
        let words = words
            .iter()
            .map(|words| format!("  & \\text{{{}}}", in_tex(words)));
        let lines: Vec<String> = words.chain(self.steps().iter().map(line)).collect();
        format!(
            "\\begin{{align*}}\n{}\n\\end{{align*}}\n",
            lines.join(" \\\\\n")
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::symbolic::{Notation, Proof, TensorLaw, Theory};

    fn cube_of_the_trace() -> Proof {
        let mut theory = Theory::new();
        theory.tensors("x[n,d]").unwrap();
        theory
            .prove("E (Tr XXᵀ)³")
            .from("x[i,a] x[i,a] x[j,c] x[j,c] x[l,k] x[l,k]")
            .and_then(|p| p.expect("over X", "x", &TensorLaw::Gaussian))
            .and_then(|p| p.is("collected", "n^3 d^3 + 6 n^2 d^2 + 8 n d"))
            .and_then(|p| p.approximately("n ~ d", &[("n", 1), ("d", 1)], 4))
            .unwrap()
            .done()
    }

    #[test]
    fn a_proof_is_printed_with_reasons_checks_and_what_is_dropped() {
        let printed = cube_of_the_trace().to_string();
        let expected = "\
E (Tr XXᵀ)³

    Assuming:
      x has independent standard Gaussian entries
      ≈ as N grows, with n ~ N, d ~ N

      x_ia x_ia x_jc x_jc x_lk x_lk
    E     over X: x with standard Gaussian entries
          ✓ d=2 n=3; d=3 n=2; d=2 n=5: ≤ 6e-18
      d³ n³ + 6 d² n² + 8 d n
    =     collected
          ✓ d=2 n=3; d=3 n=2; d=2 n=5: exactly, no draw occurs
      d³ n³ + 6 d² n² + 8 d n
    ≈     n ~ d
          dropped, of order 2: 8 d n
          ✓ d=2 n=3; d=3 n=2; d=2 n=5: exactly, no draw occurs
      d³ n³ + 6 d² n²
";
        assert!(printed.starts_with(expected), "{printed}");
    }

    #[test]
    fn lines_have_at_most_a_hundred_columns_and_long_sums_are_cut() {
        let mut theory = Theory::new();
        theory.tensors("x[n,d]").unwrap();
        let factors = |k: usize| format!("x[i,a{k}] x[i,a{k}]");
        let long = (0..20).map(factors).collect::<Vec<_>>().join(" ");
        let many = vec!["n^2 x[i,a] x[i,a] x[j,c] x[j,c]"; 200].join(" + ");
        let text = format!("{long} + {many}");
        let printed = theory.prove("").from(&text).unwrap().done().to_string();
        assert!(printed.contains("…: 201 terms in all"), "{printed}");
        assert!(
            printed.lines().all(|line| line.chars().count() <= 100),
            "{printed}"
        );
    }

    #[test]
    fn tex_aligns_the_steps() {
        let tex = cube_of_the_trace().written(Notation::Tex);
        let expected = "\
\\begin{align*}
  & \\text{Assuming: x has independent standard Gaussian entries} \\\\
  & \\text{Assuming: ≈ as N grows, with n \\textasciitilde{} N, d \\textasciitilde{} N} \\\\
  & {x}_{ia} {x}_{ia} {x}_{jc} {x}_{jc} {x}_{lk} {x}_{lk} \\\\
  \\overset{\\mathbb{E}}{\\longmapsto}\\;& d^{3} n^{3} + 6 d^{2} n^{2} + 8 d n && \\text{over X} \\\\
  =\\;& d^{3} n^{3} + 6 d^{2} n^{2} + 8 d n && \\text{collected} \\\\
  \\approx\\;& d^{3} n^{3} + 6 d^{2} n^{2} && \\text{n \\textasciitilde{} d, dropping order 2}
\\end{align*}
";
        assert_eq!(tex, expected);
    }
}
