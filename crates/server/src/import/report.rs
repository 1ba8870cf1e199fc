//! What an import did, counted while it runs.
//!
//! Invariant: every row is counted once, as taken, as already there or as skipped; and nothing is never a success.

use std::collections::BTreeMap;

use super::FaultyRow;

/// The most skipped rows that are kept by name; all are counted.
pub const SKIPPED_KEPT_MAX: usize = 1_000;

/// A row that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRow {
    /// The line of the file on which its record begins, from 1.
    pub line: u64,
    /// The stable code of the fault or refusal.
    pub code: &'static str,
    /// The arguments of its sentence, by name.
    pub args: Vec<(&'static str, String)>,
    /// The id as it stands in the row, if any.
    pub external_id: Option<String>,
}

impl From<FaultyRow> for SkippedRow {
    fn from(row: FaultyRow) -> Self {
        Self { line: row.line, code: row.fault.code(), args: row.fault.args(), external_id: row.external_id }
    }
}

/// The counts of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    taken: u64,
    already_there: u64,
    skipped: Vec<SkippedRow>,
    by_reason: BTreeMap<&'static str, u64>,
}

impl Report {
    /// Nothing counted yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts a request that was written.
    pub fn take(&mut self) {
        self.taken += 1;
    }

    /// Counts a request that an earlier import has written.
    pub fn find_there(&mut self) {
        self.already_there += 1;
    }

    /// Counts a row that is not taken: a [`FaultyRow`], or one that a rule has refused.
    pub fn skip(&mut self, row: impl Into<SkippedRow>) {
        let row = row.into();
        *self.by_reason.entry(row.code).or_default() += 1;
        if self.skipped.len() < SKIPPED_KEPT_MAX {
            self.skipped.push(row);
        }
    }

    /// Puts the skipped rows into the order of the file: rows that are under way together end in any order.
    pub fn put_in_order(&mut self) {
        self.skipped.sort_by_key(|row| row.line);
    }

    /// Requests that were written.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// Requests that an earlier import has written.
    pub fn already_there(&self) -> u64 {
        self.already_there
    }

    /// Rows that were skipped.
    pub fn skipped(&self) -> u64 {
        self.by_reason.values().sum()
    }

    /// The first [`SKIPPED_KEPT_MAX`] of them that were counted.
    pub fn skipped_rows(&self) -> &[SkippedRow] {
        &self.skipped
    }

    /// Skipped rows by their code, in the order of the codes.
    pub fn by_reason(&self) -> &BTreeMap<&'static str, u64> {
        &self.by_reason
    }

    /// False when nothing was taken and nothing was already there: that file was not imported, whatever was skipped.
    pub fn is_success(&self) -> bool {
        self.taken > 0 || self.already_there > 0
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
