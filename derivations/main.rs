//! The talk of Benigni and Paquette, *Eigenvalue distribution of the Neural Tangent Kernel in the
//! quadratic scaling*, claim by claim, checked with the toolkit `tensor_dyson`.

mod common;
mod dyson;
mod features;
mod nonlinearity;
mod printed;
mod spectrum;
mod theorem;

use clap::{Parser, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tensor_dyson::ledger::{Claim, Outcome, Size, Verdict, run};
use tensor_dyson::report::{closing_count, outcome_lines, write_json};

/// All claims, in the talk's order.
fn claims() -> Vec<Claim> {
    [
        features::CLAIMS.as_slice(),
        &spectrum::CLAIMS,
        &dyson::CLAIMS,
        &nonlinearity::CLAIMS,
        &theorem::CLAIMS,
    ]
    .concat()
}

/// Checks the derivation of the NTK's spectrum and says what was found, and how strongly.
///
/// Exit code 0: all claims stand; 1: some claim does not; 2: bad arguments.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// List the claims and stop.
    #[arg(long)]
    list: bool,
    /// Settle these claims only, with all details.
    #[arg(long, value_name = "ID", num_args = 1..)]
    only: Vec<String>,
    /// Settle the claims of this section of the talk only (5 to 9).
    #[arg(long, value_name = "N")]
    section: Option<u8>,
    /// How much work to do.
    #[arg(long, value_enum, default_value = "standard")]
    size: SizeArgument,
    /// The seed of all random streams.
    #[arg(long, default_value_t = 20240522)]
    seed: u64,
    /// Number of threads; the numbers do not depend on it.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Write the outcome to this file as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum SizeArgument {
    /// A few seconds.
    Small,
    /// Under a minute.
    Standard,
    /// Up to ten minutes.
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

/// The claims that were asked for, or what is wrong with the request.
fn selected(arguments: &Arguments) -> Result<Vec<Claim>, String> {
    let all = claims();
    for id in &arguments.only {
        if !all.iter().any(|claim| claim.id == id) {
            return Err(format!("--only {id}: no such claim; --list names them"));
        }
    }
    if let Some(section) = arguments.section
        && !all.iter().any(|claim| claim.section == section)
    {
        return Err(format!(
            "--section {section}: no such section; --list names them"
        ));
    }
    let wanted: Vec<Claim> = all
        .into_iter()
        .filter(|claim| arguments.only.is_empty() || arguments.only.iter().any(|id| id == claim.id))
        .filter(|claim| {
            arguments
                .section
                .is_none_or(|section| section == claim.section)
        })
        .collect();
    if wanted.is_empty() {
        return Err("--only and --section together select no claim".to_owned());
    }
    Ok(wanted)
}

/// Prints; a reader that went away (a closed pipe) ends the program quietly.
fn say(text: &str) {
    if writeln!(std::io::stdout(), "{text}").is_err() {
        std::process::exit(0);
    }
}

fn settle(arguments: &Arguments, claims: &[Claim]) -> Vec<Outcome> {
    let bar = if std::io::stderr().is_terminal() {
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(claims.len() as u64).with_style(style)
    } else {
        ProgressBar::hidden()
    };
    let outcomes = run(claims, arguments.size.into(), arguments.seed, |outcome| {
        bar.set_message(outcome.id);
        bar.inc(1);
    });
    bar.finish_and_clear();
    outcomes
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let claims = match selected(&arguments) {
        Ok(claims) => claims,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    if arguments.list {
        for claim in &claims {
            say(&format!(
                "{:<22} section {}  {}",
                claim.id, claim.section, claim.slide
            ));
        }
        return ExitCode::SUCCESS;
    }
    if let Some(path) = &arguments.json
        && (path.is_dir()
            || !path
                .parent()
                .is_none_or(|p| p.as_os_str().is_empty() || p.is_dir()))
    {
        eprintln!(
            "error: --json {}: not a file in an existing folder",
            path.display()
        );
        return ExitCode::from(2);
    }
    if let Some(threads) = arguments.threads
        && let Err(error) = rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()
    {
        eprintln!("error: --threads {threads}: {error}");
        return ExitCode::from(2);
    }
    let outcomes = settle(&arguments, &claims);
    let mut section = 0;
    for outcome in &outcomes {
        if outcome.section != section {
            section = outcome.section;
            say(&format!("Section {section}"));
        }
        say(&outcome_lines(outcome, !arguments.only.is_empty()));
    }
    say(&closing_count(&outcomes));
    if let Some(path) = &arguments.json
        && let Err(error) = write_json(path, arguments.size.into(), arguments.seed, &outcomes)
    {
        eprintln!("error: {error}");
        return ExitCode::from(2);
    }
    if outcomes
        .iter()
        .all(|outcome| outcome.verdict == Verdict::Holds)
    {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
mod tests;
