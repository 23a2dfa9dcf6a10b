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
        if self.is_drawn_from(elapsed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if let Some(line) = self.line(steps, elapsed) {
            note(&line);
        }
        self.bar.set_position(steps);
    }

    /// Whether a terminal that shows nothing yet shows the bar now.
    fn is_drawn_from(&self, elapsed: Duration) -> bool {
        self.is_terminal && self.bar.is_hidden() && elapsed >= PATIENCE
    }

    /// Where the stage is, for a standard error that is no terminal; none before its time.
    fn line(&mut self, steps: u64, elapsed: Duration) -> Option<String> {
        if self.is_terminal || elapsed < QUIET * (self.lines + 1) {
            return None;
        }
        self.lines += 1;
        let (what, seconds) = (self.bar.message(), elapsed.as_secs());
        Some(match self.stage {
            Stage::Products { most } => {
                format!("{what} {steps} of at most {most}, {seconds} s")
            }
            _ => format!("{what}: {seconds} s"),
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    fn bar(stage: Stage, is_terminal: bool) -> Bar {
        Bar {
            is_terminal,
            ..Bar::of(stage)
        }
    }

    #[test]
    fn each_stage_has_a_length_of_its_own() {
        let lengths = [
            (Stage::Law, None, "the law", ""),
            (Stage::Features, None, "the features", ""),
            // In milliseconds, which is the clock's step; never empty, never without an end.
            (eigenvalues(2.75), Some(2750), "all eigenvalues", "2 s"),
            (eigenvalues(0.0), Some(1), "all eigenvalues", "0 s"),
            (
                eigenvalues(5e6),
                Some(5_000_000_000),
                "all eigenvalues",
                "5000000 s",
            ),
            (
                eigenvalues(1e300),
                Some(10_000_000_000),
                "all eigenvalues",
                "10000000 s",
            ),
            (Stage::Products { most: 400 }, Some(400), "products", ""),
        ];
        for (stage, length, message, prefix) in lengths {
            let bar = Bar::of(stage).bar;
            let found = (bar.length(), bar.message(), bar.prefix());
            assert_eq!(found, (length, message.into(), prefix.into()));
        }
    }

    fn eigenvalues(seconds: f64) -> Stage {
        Stage::Eigenvalues { seconds }
    }

    #[test]
    fn a_line_every_half_minute_where_nothing_is_drawn() {
        let mut products = bar(Stage::Products { most: 400 }, false);
        let said = [
            (29.999, None),
            (30.0, Some("products 7 of at most 400, 30 s")),
        ];
        let later = [
            (59.9, None),
            (61.5, Some("products 7 of at most 400, 61 s")),
            (89.0, None),
        ];
        for (elapsed, line) in said.into_iter().chain(later) {
            assert_eq!(
                products.line(7, seconds(elapsed)).as_deref(),
                line,
                "{elapsed} s"
            );
        }
        let mut law = bar(Stage::Law, false);
        assert_eq!(law.line(7, seconds(95.0)).as_deref(), Some("the law: 95 s"));
        assert!(!law.is_drawn_from(seconds(95.0)));
    }

    #[test]
    fn a_terminal_shows_the_bar_from_the_first_second_on_and_no_lines() {
        let mut law = bar(Stage::Law, true);
        assert!(!law.is_drawn_from(seconds(0.999)));
        assert!(law.is_drawn_from(seconds(1.0)));
        assert_eq!(law.line(7, seconds(95.0)), None);
    }
}
