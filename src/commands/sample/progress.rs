//! A progress bar on anything over a second, and what Ctrl-C does.

use super::super::{CommandError, note};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tensor_dyson::study::{Stage, Watch};

/// The exit code of a program that Ctrl-C ended.
pub(super) const INTERRUPTED: i32 = 130;
/// Nothing is drawn before this.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two drawings of a bar that follows the clock.
const TICK: Duration = Duration::from_millis(200);
/// Between two lines where standard error is no terminal.
const QUIET: Duration = Duration::from_secs(30);

/// A bar on the terminal's standard error, drawn after a second; elsewhere a line now and then.
#[derive(Clone)]
struct Bar {
    bar: ProgressBar,
    start: Instant,
    stage: Stage,
    /// How many lines there were.
    lines: u32,
    is_terminal: bool,
}

impl Bar {
    fn of(stage: Stage) -> Self {
        let (length, message, template) = match stage {
            Stage::Law => (None, "the law", "{spinner} {msg} {elapsed}"),
            Stage::Features => (None, "the features", "{spinner} {msg} {elapsed}"),
            Stage::Eigenvalues { seconds } => (
                Some((1e3 * seconds).clamp(1.0, 1e10) as u64),
                "all eigenvalues",
                "{msg} {bar:30} {elapsed} of about {prefix}",
            ),
            Stage::Products { most } => (
                Some(most as u64),
                "products",
                "{msg} {pos} of at most {len} {bar:30} {elapsed}, at most {eta} to go",
            ),
        };
        let style = ProgressStyle::with_template(template);
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden())
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            .with_message(message);
        if let Stage::Eigenvalues { seconds } = stage {
            bar.set_prefix(format!("{} s", seconds.min(1e7) as u64));
        }
        Bar {
            bar,
            start: Instant::now(),
            stage,
            lines: 0,
            is_terminal: std::io::stderr().is_terminal(),
        }
    }

    /// So many steps are done: draws from the first second on, or says where it is.
    fn at(&mut self, steps: u64) {
        let elapsed = self.start.elapsed();
        if self.is_terminal && self.bar.is_hidden() && elapsed >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if !self.is_terminal && elapsed >= QUIET * (self.lines + 1) {
            self.lines += 1;
            let (what, seconds) = (self.bar.message(), elapsed.as_secs());
            note(&match self.stage {
                Stage::Products { most } => {
                    format!("{what} {steps} of at most {most}, {seconds} s")
                }
                _ => format!("{what}: {seconds} s"),
            });
        }
        self.bar.set_position(steps);
    }

    /// Follows the clock until the sender is gone.
    fn ticking(mut self) -> (Sender<()>, JoinHandle<()>) {
        let (running, wait) = channel::<()>();
        let ticker = std::thread::spawn(move || {
            while let Err(RecvTimeoutError::Timeout) = wait.recv_timeout(TICK) {
                let elapsed = self.start.elapsed().as_millis() as u64;
                self.at(elapsed.min(self.bar.length().unwrap_or(u64::MAX)));
                self.bar.tick();
            }
        });
        (running, ticker)
    }
}

/// A stage with its bar, which is cleared when the stage is over.
struct Shown {
    bar: Bar,
    clock: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some((running, ticker)) = self.clock.take() {
            drop(running);
            // What it drew is of no account.
            let _ = ticker.join();
        }
        self.bar.bar.finish_and_clear();
    }
}

/// Shows each stage, and ends the run where Ctrl-C asks for it.
pub(super) struct Watched<'a> {
    interrupt: &'a Interrupt,
    shown: Option<Shown>,
}

impl<'a> Watched<'a> {
    pub(super) fn by(interrupt: &'a Interrupt) -> Self {
        Watched {
            interrupt,
            shown: None,
        }
    }
}

impl Watch for Watched<'_> {
    fn begin(&mut self, stage: Stage) {
        self.shown = None;
        let bar = Bar::of(stage);
        let clock = match stage {
            Stage::Products { .. } => {
                self.interrupt.only_asks();
                None
            }
            _ => Some(bar.clone().ticking()),
        };
        self.shown = Some(Shown { bar, clock });
    }

    fn products(&mut self, taken: usize) -> ControlFlow<()> {
        if let Some(shown) = &mut self.shown {
            shown.bar.at(taken as u64);
        }
        if self.interrupt.asked() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// What Ctrl-C does: it ends the program with nothing written, unless a partial result is being finished.
pub(super) struct Interrupt {
    asked: Arc<AtomicBool>,
    finishing: Arc<AtomicBool>,
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
    pub(super) fn only_asks(&self) {
        self.finishing.store(true, Ordering::SeqCst);
    }
}
