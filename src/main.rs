//! The command line of the toolkit. Exit code 0: done; 2: bad arguments, unreadable or unwritable files.

mod commands;

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

/// Laws, samples and tensors of random-matrix derivations.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A reader that went away is no reason to panic.
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}
