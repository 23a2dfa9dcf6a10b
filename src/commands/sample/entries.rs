//! The laws of the entries of a drawn X, by their names.

use tensor_dyson::model::EntryLaw;

/// The law of an entry.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Entries {
    /// N(0, 1).
    Gaussian,
    /// ±1.
    Rademacher,
    /// Uniform on (−√3, √3).
    Uniform,
    /// Student's t with 5 degrees of freedom, scaled to variance 1.
    StudentT5,
}

impl From<Entries> for EntryLaw {
    fn from(entries: Entries) -> Self {
        match entries {
            Entries::Gaussian => EntryLaw::Gaussian,
            Entries::Rademacher => EntryLaw::Rademacher,
            Entries::Uniform => EntryLaw::Uniform,
            Entries::StudentT5 => EntryLaw::StudentT5,
        }
    }
}
