//! Bare keys with letters beyond ASCII, as in `Σ = …`: TOML wants them quoted, a model need not.

/// A text in which such keys are quoted.
pub(super) struct Quoted {
    pub(super) text: String,
    /// The bytes of `text` that are marks put in, ascending.
    added: Vec<usize>,
}

impl Quoted {
    pub(super) fn of(whole: &str) -> Self {
        let mut quoted = Quoted {
            text: String::new(),
            added: Vec::new(),
        };
        // A line of a text over several lines is none of the file's own.
        let mut within_text = false;
        for line in whole.split_inclusive('\n') {
            match bare(line).filter(|_| !within_text) {
                Some((before, key, after)) => {
                    quoted.text += before;
                    quoted.mark();
                    quoted.text += key;
                    quoted.mark();
                    quoted.text += after;
                }
                None => quoted.text += line,
            }
            if !line.trim_start().starts_with('#') {
                let marks = line.matches("\"\"\"").count() + line.matches("'''").count();
                within_text ^= marks % 2 == 1;
            }
        }
        quoted
    }

    fn mark(&mut self) {
        self.added.push(self.text.len());
        self.text.push('"');
    }

    /// The byte of the whole text that stands at this one of the quoted text.
    pub(super) fn original(&self, at: usize) -> usize {
        at - self.added.partition_point(|mark| *mark < at)
    }
}

/// A line as what stands before, in and after a bare key that is not of ASCII letters alone.
fn bare(line: &str) -> Option<(&str, &str, &str)> {
    let start = line.len() - line.trim_start().len();
    let rest = line.get(start..)?;
    let ends = |c: char| c.is_whitespace() || "\"=[]{}#.,\\".contains(c);
    let (key, after) = rest.split_at(rest.find(ends)?);
    let is_key = !key.is_ascii() && after.trim_start().starts_with('=');
    is_key.then(|| (line.split_at(start).0, key, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_keys_are_quoted_and_places_kept() {
        let whole = "x = 1\n  Σ = 'ρ = 2'\n# é = 3\nt = \"\"\"\nω = 4\n\"\"\"\nγ₁=5\nω[a] = 6\n";
        let quoted = Quoted::of(whole);
        let expected =
            "x = 1\n  \"Σ\" = 'ρ = 2'\n# é = 3\nt = \"\"\"\nω = 4\n\"\"\"\n\"γ₁\"=5\nω[a] = 6\n";
        assert_eq!(quoted.text, expected);
        for part in ["x", "'ρ", "# é", "ω = 4", "=5", "6"] {
            let at = quoted.text.find(part).unwrap();
            assert_eq!(quoted.original(at), whole.find(part).unwrap(), "{part}");
        }
    }
}
