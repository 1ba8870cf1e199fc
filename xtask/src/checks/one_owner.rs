//! A public type name has one owner, so that a reader who searches for it finds one definition.

use std::collections::BTreeMap;

use crate::items::public_types;
use crate::repo::{Repo, is_test_file};
use crate::report::Report;

/// The crates that people read side by side.
const CRATES: &[&str] = &["domain", "app", "store", "web", "print"];

/// Looks for a second owner.
pub fn check(repo: &Repo) -> Report {
    let mut report = Report::of("public types");
    let mut owners: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for name in CRATES {
        let folder = format!("crates/{name}/src");
        for (path, text) in repo.rust(&folder).filter(|(path, _)| !is_test_file(path)) {
            for item in public_types(text) {
                report.items += 1;
                if let Some((other, line)) = owners.get(&item.name) {
                    report.fault(path, item.line, format!("{} is already defined at {other}:{line}", item.name));
                } else {
                    owners.insert(item.name, (path.to_owned(), item.line));
                }
            }
        }
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    #[test]
    fn a_second_owner_is_refused() {
        for (path, source, faults) in [
            ("crates/web/src/matters.rs", "pub struct Matter;", 1),
            ("crates/web/src/matters.rs", "pub trait Matter {}", 1),
            ("crates/web/src/matters.rs", "struct Matter;", 0),
            ("crates/web/src/matters.rs", "pub(crate) struct Matter;", 0),
            ("crates/web/src/matters.rs", "pub struct MatterPage;", 0),
            ("crates/web/src/tests.rs", "pub struct Matter;", 0),
            ("crates/demo/src/matters.rs", "pub struct Matter;", 0),
        ] {
            let report = check(&repo(&[("crates/domain/src/matters.rs", "pub struct Matter;"), (path, source)]));
            assert_eq!(report.faults.len(), faults, "{path} {source}");
        }
    }
}
