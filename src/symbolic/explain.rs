//! A proof as lines that a mathematician can follow, at most 100 columns wide.

use super::expression::Expression;
use super::proof::{Proof, Step};
use std::fmt;

/// Columns of a line.
const WIDTH: usize = 100;

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        for step in &self.steps {
            write!(f, "{step}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(check) = &self.check else {
            return lines(f, "    ", "    ", &self.expression);
        };
        let relation = if self.dropped.is_some() {
            "  ≈ "
        } else {
            "  = "
        };
        lines(f, relation, "    ", &self.expression)?;
        writeln!(f, "      {}", self.name)?;
        if let Some(dropped) = &self.dropped {
            match dropped.order {
                Some(order) => lines(
                    f,
                    &format!("      dropped, of order {order}: "),
                    "        ",
                    &dropped.terms,
                )?,
                None => writeln!(f, "      nothing dropped")?,
            }
        }
        writeln!(f, "      ✓ {check}")
    }
}

/// An expression broken before a sign where the line would be too long, and between factors where one
/// term alone is.
fn lines(
    f: &mut fmt::Formatter<'_>,
    first: &str,
    indent: &str,
    expression: &Expression,
) -> fmt::Result {
    let text = expression.to_string();
    let signs = text
        .match_indices([' '])
        .filter(|(at, _)| text[at + 1..].starts_with(['+', '−']));
    let mut starts: Vec<usize> = vec![0];
    starts.extend(signs.map(|(at, _)| at + 1));
    starts.push(text.len());
    let width = |text: &str| text.chars().count();
    let mut line = first.to_string();
    for term in starts.windows(2).map(|w| text[w[0]..w[1]].trim_end()) {
        let fits = width(&line) + width(term) <= WIDTH;
        if !fits && line != first {
            writeln!(f, "{}", line.trim_end())?;
            line = indent.to_string();
        }
        for word in term.split(' ') {
            if width(&line) + width(word) > WIDTH {
                writeln!(f, "{}", line.trim_end())?;
                line = format!("{indent}  ");
            }
            line.push_str(word);
            line.push(' ');
        }
    }
    writeln!(f, "{}", line.trim_end())
}

#[cfg(test)]
mod tests {
    use crate::symbolic::{Law, Theory};

    #[test]
    fn a_proof_is_printed_in_lines_of_at_most_a_hundred_columns() {
        let mut theory = Theory::new();
        theory.tensors("x[n,d]").unwrap();
        let proof = theory
            .prove("E (Tr XXᵀ)³")
            .from("x[i,a] x[i,a] x[j,c] x[j,c] x[l,k] x[l,k]")
            .and_then(|p| p.expect("over X", "x", &Law::Gaussian))
            .and_then(|p| p.is("collected", "n^3 d^3 + 6 n^2 d^2 + 8 n d"))
            .unwrap()
            .done();
        let printed = proof.to_string();
        assert!(
            printed.lines().all(|line| line.chars().count() <= 100),
            "{printed}"
        );
        assert!(
            printed.contains("✓ checked at 3 shapes over 𝔽_{2⁶¹−1}"),
            "{printed}"
        );
    }
}
