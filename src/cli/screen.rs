//! Standard output for data, standard error for everything else, and a progress bar on a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};

/// Where a command speaks.
pub(super) struct Screen {
    bar: Option<ProgressBar>,
    failed: Option<io::Error>,
    muted: bool,
}

impl Screen {
    pub(super) fn new() -> Screen {
        Screen { bar: None, failed: None, muted: false }
    }

    /// Whether commands speak: the demo plays many that are alike.
    pub(super) fn mute(&mut self, muted: bool) {
        self.muted = muted;
    }

    /// A line of data, to standard output.
    pub(super) fn say(&mut self, line: impl Display) {
        if self.failed.is_some() || self.muted {
            return;
        }
        let write = || writeln!(io::stdout().lock(), "{line}");
        let written = match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        };
        // A half-made change must not stop because nobody listens: the failure is told at the end.
        self.failed = written.err();
    }

    /// A value as JSON, to standard output.
    pub(super) fn say_json(&mut self, value: &impl serde::Serialize) {
        self.say(serde_json::to_string_pretty(value).expect("answers have string keys"));
    }

    /// A line for the person at the terminal, to standard error.
    pub(super) fn note(&self, line: impl Display) {
        if self.muted {
            return;
        }
        let write = || writeln!(io::stderr().lock(), "{line}");
        // Nothing is left to tell it to when standard error is gone.
        let _ = match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        };
    }

    /// Begins a progress bar of so many steps, when standard error is a terminal.
    pub(super) fn begin(&mut self, steps: usize, what: &'static str) {
        if io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{msg} [{bar:40}] {pos}/{len} {eta}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            let bar = ProgressBar::new(steps as u64).with_style(style).with_message(what);
            bar.tick();
            self.bar = Some(bar);
        }
    }

    /// One step is done.
    pub(super) fn step(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Takes the progress bar away.
    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    /// Whether all data reached standard output. A reader that went away early (`| head`) is no failure.
    pub(super) fn finish(self) -> io::Result<()> {
        match self.failed {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }
}
