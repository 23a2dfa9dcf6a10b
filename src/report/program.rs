//! A derivation as a program: arguments, a run with a progress bar, the table, the JSON and the report.
//!
//! A paper's `main` is its list of claims and a call of [`Program::main`].

use super::arguments::Arguments;
use super::{About, argument_lines, closing_count, errata_lines, outcome_lines, write_json};
use super::{RunOf, write_certificates, write_report};
use crate::files::{Output, check, check_folder, is_stdout, say, unless_closed};
use crate::ledger::{Claim, Outcome, Verdict, run};
use clap::{CommandFactory, FromArgMatches};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A paper's claims, and what is to be said about it.
#[derive(Debug, Clone)]
pub struct Program {
    /// The title, the theorem and the notation, for the help text and the report.
    pub about: About,
    /// All claims, in the paper's order.
    pub claims: Vec<Claim>,
}

fn settle(arguments: &Arguments, seed: u64, claims: &[Claim]) -> Vec<Outcome> {
    let bar = if std::io::stderr().is_terminal() {
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(claims.len() as u64).with_style(style)
    } else {
        ProgressBar::hidden()
    };
    // Without a terminal a line for each claim as it ends: a long study says how far it is.
    let plain = bar.is_hidden();
    let done = AtomicUsize::new(0);
    let outcomes = run(claims, arguments.size.into(), seed, |outcome| {
        bar.set_message(outcome.id);
        bar.inc(1);
        if plain {
            let _ = writeln!(
                std::io::stderr(),
                "{}/{} {} {:.1} s",
                done.fetch_add(1, Ordering::Relaxed) + 1,
                claims.len(),
                outcome.id,
                outcome.seconds
            );
        }
    });
    bar.finish_and_clear();
    outcomes
}

fn unprinted(error: std::io::Error) -> String {
    format!("cannot write to the standard output: {error}")
}

/// What was found, for a reader.
fn run_lines(outcomes: &[Outcome], arguments: &Arguments) -> Vec<String> {
    let mut lines = vec![];
    let mut section = 0;
    for outcome in outcomes {
        if outcome.section != section {
            section = outcome.section;
            lines.push(format!("Section {section}"));
        }
        lines.push(outcome_lines(outcome, arguments.detail()));
        if arguments.explain
            && let Some(argument) = argument_lines(outcome)
        {
            lines.push(format!("{argument}\n"));
        }
    }
    let errata = errata_lines(outcomes);
    if !errata.is_empty() {
        lines.push(errata);
    }
    lines.push(closing_count(outcomes));
    lines
}

impl Program {
    /// The claims that were asked for, or what is wrong with the request.
    fn selected(&self, arguments: &Arguments) -> Result<Vec<Claim>, String> {
        for id in &arguments.only {
            if !self.claims.iter().any(|claim| claim.id == id) {
                return Err(format!("--only {id}: no such claim; --list names them"));
            }
        }
        if let Some(section) = arguments.section
            && !self.claims.iter().any(|claim| claim.section == section)
        {
            return Err(format!(
                "--section {section}: no such section; --list names them"
            ));
        }
        let asked = |claim: &&Claim| {
            (arguments.only.is_empty() || arguments.only.iter().any(|id| id == claim.id))
                && arguments
                    .section
                    .is_none_or(|section| section == claim.section)
        };
        let wanted: Vec<Claim> = self.claims.iter().filter(asked).copied().collect();
        if wanted.is_empty() {
            return Err("--only and --section together select no claim".to_owned());
        }
        Ok(wanted)
    }

    /// Reads the command line, settles the claims, prints and writes what was found.
    ///
    /// Exit code 0: all claims stand or are open; 1: some claim does not; 2: bad arguments or an unwritable file.
    pub fn main(&self) -> ExitCode {
        let matches = Arguments::command()
            .about(self.about.title)
            .try_get_matches();
        let arguments = matches.and_then(|matches| Arguments::from_arg_matches(&matches));
        let outcome = match arguments {
            Ok(arguments) => self.follow(&arguments),
            Err(error) if error.use_stderr() => {
                // Nobody may be there to read it: the exit code says it too.
                let _ = error.print();
                return ExitCode::from(2);
            }
            Err(help) => {
                let printed = help.print().and_then(|()| std::io::stdout().flush());
                unless_closed(printed).map(|()| true).map_err(unprinted)
            }
        };
        match outcome {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::FAILURE,
            Err(message) => {
                let _ = writeln!(std::io::stderr(), "error: {message}");
                ExitCode::from(2)
            }
        }
    }

    /// Refuses, before any work, places that cannot be written.
    fn places(arguments: &Arguments) -> Result<(), String> {
        let json = arguments.json.as_deref().map(|path| Output {
            flag: "--json",
            path,
            endings: &["json"],
        });
        check(&[], json.as_slice()).map_err(|error| error.to_string())?;
        for (flag, folder) in [
            ("--report", arguments.folder()),
            ("--certificates", arguments.certificates.clone()),
        ] {
            if let Some(folder) = folder {
                check_folder(flag, &folder).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    /// Writes what was asked for; what fails takes nothing else along. Lines say where it is.
    fn write(
        &self,
        arguments: &Arguments,
        seed: u64,
        outcomes: &[Outcome],
        lines: &mut Vec<String>,
    ) -> Result<(), String> {
        let mut written = Ok(());
        if let Some(path) = &arguments.json {
            let json = write_json(path, arguments.size.into(), seed, outcomes);
            written = json.map_err(|error| format!("--json: {error}"));
        }
        if let Some(folder) = &arguments.certificates {
            let count = write_certificates(folder, outcomes);
            if let Ok(count) = &count {
                lines.push(format!("certificates: {count} in {}", folder.display()));
            }
            let count = count.map_err(|error| format!("--certificates: {error}"));
            written = written.and(count.map(|_| ()));
        }
        if let Some(folder) = arguments.folder() {
            let run = RunOf {
                about: &self.about,
                size: arguments.size.into(),
                seed,
                outcomes,
            };
            let page = write_report(&folder, &run);
            if page.is_ok() {
                lines.push(format!("report: {}", folder.join("index.html").display()));
            }
            written = written.and(page.map_err(|error| format!("--report: {error}")));
        }
        written
    }

    /// Settles the claims that are asked for, prints and writes what was found, and says whether all stand.
    ///
    /// # Errors
    /// What is wrong with the request, or which file or line could not be written.
    pub fn follow(&self, arguments: &Arguments) -> Result<bool, String> {
        let claims = self.selected(arguments)?;
        if arguments.list {
            let line = |claim: &Claim| {
                let (id, section, slide) = (claim.id, claim.section, claim.slide);
                format!("{id:<22} section {section}  {slide}")
            };
            let lines: Vec<String> = claims.iter().map(line).collect();
            return say(&lines.join("\n")).map(|()| true).map_err(unprinted);
        }
        Self::places(arguments)?;
        if let Some(threads) = arguments.threads {
            rayon::ThreadPoolBuilder::new()
                .num_threads(usize::from(threads))
                .build_global()
                .map_err(|error| format!("--threads {threads}: {error}"))?;
        }
        let seed = arguments.seed.unwrap_or(self.about.seed);
        let outcomes = settle(arguments, seed, &claims);
        let mut lines = run_lines(&outcomes, arguments);
        let written = self.write(arguments, seed, &outcomes, &mut lines);
        // What was found is printed whatever became of the files, and the files are there whatever is printed.
        let text = lines.join("\n");
        let printed = if arguments.json.as_deref().is_some_and(is_stdout) {
            let _ = writeln!(std::io::stderr(), "{text}");
            Ok(())
        } else {
            say(&text).map_err(unprinted)
        };
        written.and(printed)?;
        Ok(outcomes
            .iter()
            .all(|o| matches!(o.verdict, Verdict::Holds | Verdict::Open)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{CheckError, Context, Finding, Measurement, Open, Printed};
    use clap::Parser;

    fn found(differing: usize, control: usize) -> Finding {
        let evidence = vec![Measurement::exact("m", 1, differing)];
        Finding {
            printed: Printed::as_claimed("x", &evidence),
            evidence,
            controls: vec![Measurement::exact("c", 1, control)],
            ..Finding::default()
        }
    }

    fn open(_: &Context) -> Result<Finding, CheckError> {
        let (why, settled_by) = ("why", "how");
        Ok(Finding {
            printed: Printed::unsettled("x", Open { why, settled_by }),
            ..Finding::default()
        })
    }

    /// All claims stand if they hold or are open; one that is refuted or vacuous fails the run.
    #[test]
    fn a_run_passes_if_every_claim_stands() {
        type Check = fn(&Context) -> Result<Finding, CheckError>;
        let cases: [(Check, bool); 5] = [
            (|_| Ok(found(0, 1)), true),
            (open, true),
            (|_| Ok(found(1, 1)), false),
            (|_| Ok(found(0, 0)), false),
            (|_| Ok(Finding::default()), false),
        ];
        for (k, (check, stands)) in cases.into_iter().enumerate() {
            let claim = |id, check| Claim {
                id,
                section: 1,
                slide: "S",
                statement: "x",
                check,
                ..Claim::BLANK
            };
            let program = Program {
                about: About {
                    title: "T",
                    source: "",
                    introduction: "",
                    theorem: "",
                    sections: &[],
                    seed: 1,
                    live: None,
                },
                claims: vec![claim("first", cases[0].0), claim("second", check)],
            };
            let arguments = Arguments::parse_from(["paper", "--size", "small", "--no-report"]);
            assert_eq!(program.follow(&arguments), Ok(stands), "{k}");
        }
    }
}
