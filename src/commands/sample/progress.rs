//! A progress bar on anything over a second, and what Ctrl-C does.

use super::super::CommandError;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The exit code of a program that Ctrl-C ended.
pub(super) const INTERRUPTED: i32 = 130;
/// Nothing is drawn before this.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two drawings of a bar that follows the clock.
const TICK: Duration = Duration::from_millis(200);

/// Between two lines where standard error is no terminal.
const QUIET: Duration = Duration::from_secs(30);

/// A line on standard error; a reader that went away does not matter.
pub(super) fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A bar on the terminal's standard error, drawn after a second; elsewhere a line now and then.
pub(super) struct Bar {
    bar: ProgressBar,
    start: Instant,
    /// What the lines are about, and how many there were.
    message: &'static str,
    lines: AtomicU32,
    is_terminal: bool,
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Bar {
    fn new(length: Option<u64>, message: &'static str, template: &str) -> Self {
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden())
            .with_style(style(template))
            .with_message(message);
        Bar {
            bar,
            start: Instant::now(),
            message,
            lines: AtomicU32::new(0),
            is_terminal: std::io::stderr().is_terminal(),
        }
    }

    /// Of a known number of steps at most.
    pub(super) fn counted(message: &'static str, steps: u64) -> Self {
        let template = "{msg} {pos} of at most {len} {bar:30} {elapsed}, at most {eta} to go";
        Self::new(Some(steps), message, template)
    }

    /// Of a known time, roughly.
    pub(super) fn estimated(message: &'static str, time: Duration) -> Self {
        let milliseconds = time.as_millis().max(1) as u64;
        let template = "{msg} {bar:30} {elapsed} of about {prefix}";
        let new = Self::new(Some(milliseconds), message, template);
        new.bar.set_prefix(format!("{} s", time.as_secs()));
        new
    }

    /// Of an unknown time.
    pub(super) fn spinner(message: &'static str) -> Self {
        Self::new(None, message, "{spinner} {msg} {elapsed}")
    }

    /// Draws from the first second on, or says where it is.
    fn show(&self) {
        if !self.is_terminal {
            let elapsed = self.start.elapsed();
            let lines = self.lines.load(Ordering::Relaxed);
            if elapsed >= QUIET * (lines + 1) {
                self.lines.store(lines + 1, Ordering::Relaxed);
                let (at, seconds) = (self.bar.position(), elapsed.as_secs());
                note(&match (self.message, self.bar.length()) {
                    ("products", Some(most)) => {
                        format!("products {at} of at most {most}, {seconds} s")
                    }
                    (message, _) => format!("{message}: {seconds} s"),
                });
            }
            return;
        }
        if self.bar.is_hidden() && self.start.elapsed() >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// So many steps are done.
    pub(super) fn at(&self, steps: u64) {
        self.show();
        self.bar.set_position(steps);
    }

    /// Clears the bar.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }

    /// Follows the clock while `f` runs.
    pub(super) fn during<T>(self, f: impl FnOnce() -> T) -> T {
        let (finished, wait) = channel::<()>();
        std::thread::scope(|scope| {
            let bar = &self;
            scope.spawn(move || {
                while let Err(RecvTimeoutError::Timeout) = wait.recv_timeout(TICK) {
                    let elapsed = bar.start.elapsed().as_millis() as u64;
                    bar.at(elapsed.min(bar.bar.length().unwrap_or(u64::MAX)));
                    bar.bar.tick();
                }
                bar.done();
            });
            let result = f();
            drop(finished);
            result
        })
    }
}

/// What Ctrl-C does: it ends the program with nothing written, unless a partial result is being finished.
pub(super) struct Interrupt {
    asked: Arc<AtomicBool>,
    finishing: Arc<AtomicBool>,
}

/// While this lives, the first Ctrl-C only asks.
pub(super) struct Finishing<'a>(&'a AtomicBool);

impl Drop for Finishing<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl Interrupt {
    pub(super) fn new() -> Result<Self, CommandError> {
        let new = Interrupt {
            asked: Arc::new(AtomicBool::new(false)),
            finishing: Arc::new(AtomicBool::new(false)),
        };
        let (asked, finishing) = (new.asked.clone(), new.finishing.clone());
        ctrlc::set_handler(move || {
            if asked.swap(true, Ordering::SeqCst) || !finishing.load(Ordering::SeqCst) {
                std::process::exit(INTERRUPTED);
            }
        })?;
        Ok(new)
    }

    /// Whether Ctrl-C was pressed.
    pub(super) fn asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    /// From here on the first Ctrl-C only asks.
    pub(super) fn finishing(&self) -> Finishing<'_> {
        self.finishing.store(true, Ordering::SeqCst);
        Finishing(&self.finishing)
    }
}
