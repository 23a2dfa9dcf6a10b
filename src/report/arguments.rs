//! The command line of a derivation.

use super::Detail;
use crate::ledger::Size;
use clap::{Parser, ValueEnum};
use std::path::{Path, PathBuf};

/// What a run over claims is asked for: [`Program::main`](super::Program::main) reads it from the command line, and a
/// command of a larger program takes it in with clap's `flatten`.
#[derive(Debug, Clone, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Exit code 0: all claims stand or are open; 1: some does not; 2: bad arguments."
)]
pub struct Arguments {
    /// List the claims and stop.
    #[arg(long)]
    pub(super) list: bool,
    /// Settle these claims only, with all details.
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub(super) only: Vec<String>,
    /// Print the proofs step by step, and what the near misses are off by.
    #[arg(long)]
    pub(super) explain: bool,
    /// Settle the claims of this section only.
    #[arg(long, value_name = "N")]
    pub(super) section: Option<u8>,
    /// How much work to do.
    #[arg(long, value_enum, default_value = "standard")]
    pub(super) size: SizeArgument,
    /// The seed of all random streams; the paper's own where it is not given.
    #[arg(long)]
    pub(super) seed: Option<u64>,
    /// Number of threads; the numbers do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Write the outcome to this file as JSON.
    #[arg(long, value_name = "FILE")]
    pub(super) json: Option<PathBuf>,
    /// Write the report to this folder; a run over all claims writes it to `report` by itself.
    #[arg(long, value_name = "DIR", conflicts_with = "no_report")]
    pub(super) report: Option<PathBuf>,
    /// Write a certificate of each proof to this folder, for `tests/certificates/check.py`.
    #[arg(long, value_name = "DIR")]
    pub(super) certificates: Option<PathBuf>,
    /// Write no report.
    #[arg(long)]
    pub(super) no_report: bool,
}

impl Arguments {
    /// Where the outcome is written as JSON, if it is.
    pub fn json(&self) -> Option<&Path> {
        self.json.as_deref()
    }

    /// How much is said of each claim.
    pub(super) fn detail(&self) -> Detail {
        if self.explain || !self.only.is_empty() {
            Detail::Full
        } else {
            Detail::Brief
        }
    }

    /// Where the report goes, if there is to be one: a part of the claims does not replace the whole's.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        let whole = self.only.is_empty() && self.section.is_none() && !self.no_report;
        self.report
            .clone()
            .or_else(|| whole.then(|| PathBuf::from("report")))
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SizeArgument {
    /// A few seconds.
    Small,
    /// Under a minute.
    Standard,
    /// A quarter of an hour on two cores.
    Large,
}

impl From<SizeArgument> for Size {
    fn from(size: SizeArgument) -> Self {
        match size {
            SizeArgument::Small => Size::Small,
            SizeArgument::Standard => Size::Standard,
            SizeArgument::Large => Size::Large,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_written_of_all_claims_unless_told_otherwise() {
        for (flags, folder) in [
            (&[][..], Some("report")),
            (&["--no-report"], None),
            (&["--only", "scalar"], None),
            (&["--section", "2"], None),
            (&["--report", "mine"], Some("mine")),
            (&["--section", "2", "--report", "mine"], Some("mine")),
        ] {
            let words = ["derivations"].iter().chain(flags);
            let arguments = Arguments::try_parse_from(words).unwrap();
            assert_eq!(arguments.folder(), folder.map(PathBuf::from), "{flags:?}");
        }
        let both = ["derivations", "--report", "mine", "--no-report"];
        assert!(Arguments::try_parse_from(both).is_err());
    }
}
