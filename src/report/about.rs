//! What a report says of its paper. The toolkit knows of none: a derivation brings this along as data.

/// A paper, for the help text and the report. Texts are plain, with formulas in TeX between `$` signs.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// The title of the paper or talk, plain.
    pub title: &'static str,
    /// Who wrote it, and where it can be read.
    pub source: &'static str,
    /// What is checked, in a few sentences.
    pub introduction: &'static str,
    /// The theorem, as it holds.
    pub theorem: &'static str,
    /// The names of the sections.
    pub sections: &'static [(u8, &'static str)],
    /// The seed of a run that names none.
    pub seed: u64,
    /// The part of the page that recomputes, if the paper brings one.
    pub live: Option<Live>,
}

/// A part of the page in which a reader changes a law's parameters: a script that fills the element `live` and finds
/// the bars of the run's figures, by the figures' names, as JSON in the element `live-data`.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    /// The heading.
    pub title: &'static str,
    /// What can be moved, and what is drawn.
    pub introduction: &'static str,
    /// JavaScript, which must load nothing.
    pub script: &'static str,
}

impl About {
    /// `Section 3: its name`, without the name where there is none.
    pub fn section(&self, number: u8) -> String {
        match self.sections.iter().find(|(n, _)| *n == number) {
            Some((_, name)) => format!("Section {number}: {name}"),
            None => format!("Section {number}"),
        }
    }
}
