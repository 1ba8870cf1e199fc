//! What a check says.

use std::fmt::Write;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Path from the root of the repository.
    pub path: String,
    /// Line from 1; 0 when the fault is the file as a whole.
    pub line: usize,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
}

/// The outcome of one check.
#[derive(Debug, Default)]
pub struct Report {
    /// How many things were looked at.
    pub items: usize,
    /// What those things are called, in the plural.
    pub unit: &'static str,
    /// Everything wrong; empty when the check passed.
    pub faults: Vec<Fault>,
}

impl Report {
    /// A report about nothing yet.
    pub fn of(unit: &'static str) -> Self {
        Self { items: 0, unit, faults: Vec::new() }
    }

    /// Notes one fault.
    pub fn fault(&mut self, path: &str, line: usize, message: impl Into<String>) {
        self.faults.push(Fault { path: path.to_owned(), line, message: message.into() });
    }

    /// The line of the check, then a line for each fault in the order of the files.
    pub fn lines(&self, name: &str) -> String {
        let mut faults = self.faults.clone();
        faults.sort();
        faults.dedup();
        let verdict = if faults.is_empty() { "ok".to_owned() } else { format!("{} wrong", faults.len()) };
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{name:<10} {verdict:<9} {} {}", self.items, self.unit);
        for fault in faults {
            let _ = match fault.line {
                0 => writeln!(out, "  {}: {}", fault.path, fault.message),
                line => writeln!(out, "  {}:{line}: {}", fault.path, fault.message),
            };
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_sorted_and_told_once() {
        let mut report = Report::of("files");
        report.items = 2;
        report.fault("b.rs", 7, "late");
        report.fault("a.rs", 0, "whole");
        report.fault("b.rs", 7, "late");
        assert_eq!(report.lines("sizes"), "sizes      2 wrong   2 files\n  a.rs: whole\n  b.rs:7: late\n");
        assert_eq!(Report::of("files").lines("sizes"), "sizes      ok        0 files\n");
    }
}
