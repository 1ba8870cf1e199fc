//! The counts add up, and nothing is never a success.

use super::*;
use crate::import::RowFault;

fn faulty(line: u64, fault: RowFault) -> FaultyRow {
    FaultyRow { line, external_id: Some(format!("id-{line}")), fault }
}

#[test]
fn nothing_is_no_success() {
    let mut report = Report::new();
    assert!(!report.is_success());
    report.skip(faulty(2, RowFault::RuinedId));
    assert!(!report.is_success());
    let mut repeated = report.clone();
    repeated.find_there();
    assert!(repeated.is_success());
    assert_eq!(repeated.already_there(), 1);
    report.take();
    assert!(report.is_success());
    assert_eq!((report.taken(), report.skipped()), (1, 1));
}

#[test]
fn all_are_counted_and_the_first_are_kept() {
    let mut report = Report::new();
    for line in 0..2 * SKIPPED_KEPT_MAX as u64 {
        report.skip(faulty(line + 2, RowFault::DuplicateId { first_line: 1 }));
    }
    report.skip(SkippedRow { line: 9, code: "text-too-long", args: Vec::new(), external_id: None });
    assert_eq!(report.skipped(), 2 * SKIPPED_KEPT_MAX as u64 + 1);
    assert_eq!(report.skipped_rows().len(), SKIPPED_KEPT_MAX);
    let counts: Vec<_> = report.by_reason().iter().map(|(code, count)| (*code, *count)).collect();
    assert_eq!(counts, [("import-row-duplicate-id", 2_000), ("text-too-long", 1)]);
    let first = SkippedRow {
        line: 2,
        code: "import-row-duplicate-id",
        args: vec![("first_line", "1".to_owned())],
        external_id: Some("id-2".to_owned()),
    };
    assert_eq!(report.skipped_rows().first(), Some(&first));
}
