//! The command line of the toolkit. Exit code 0: done; 1: a claim of `derive` does not stand; 2: bad arguments, unreadable or unwritable files.

mod commands;

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;
use tensor_dyson::files::unless_closed;
use tensor_dyson::report::wrapped;

/// Laws, samples and tensors of random-matrix derivations.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // clap breaks the lines of help only.
        Err(error) if error.use_stderr() => {
            let text = wrapped(&error.to_string(), 0, 4);
            let _ = write!(std::io::stderr(), "{text}");
            return ExitCode::from(2);
        }
        Err(help) => {
            let printed = help.print().and_then(|()| std::io::stdout().flush());
            return ended(unless_closed(printed).map_err(commands::CommandError::Print));
        }
    };
    ended(arguments.command.run())
}

fn ended(outcome: Result<(), commands::CommandError>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(commands::CommandError::Unsettled) => ExitCode::FAILURE,
        Err(error) => {
            // A reader that went away is no reason to panic.
            let text = wrapped(&format!("error: {error}"), 0, 4);
            let _ = writeln!(std::io::stderr(), "{text}");
            ExitCode::from(2)
        }
    }
}
