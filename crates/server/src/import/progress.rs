//! How far an import is: a bar on a terminal, else a plain line every few seconds, for logs.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Between two plain lines.
const QUIET: Duration = Duration::from_secs(3);

/// How much of a file has been read.
#[derive(Debug, Clone, Copy)]
pub struct Read {
    /// Rows so far, faulty ones too.
    pub rows: u64,
    /// Bytes so far, of the text in UTF-8.
    pub bytes: u64,
    /// Bytes of the whole.
    pub bytes_all: u64,
}

/// Tells it.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    told: Instant,
}

impl Progress {
    /// Before the first row.
    pub fn new() -> Self {
        let bar = ProgressBar::new(1);
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent} %  {msg} rows  {elapsed}") {
            bar.set_style(style);
        }
        Self { bar, told: Instant::now() }
    }

    /// After each row.
    pub fn tell(&mut self, read: Read) {
        if !self.bar.is_hidden() {
            self.bar.set_length(read.bytes_all);
            self.bar.set_message(read.rows.to_string());
            self.bar.set_position(read.bytes);
        } else if self.told.elapsed() >= QUIET {
            self.told = Instant::now();
            println!("{} rows, {} %", read.rows, read.bytes * 100 / read.bytes_all.max(1));
        }
    }

    /// After the last row.
    pub fn end(self) {
        self.bar.finish_and_clear();
    }
}
