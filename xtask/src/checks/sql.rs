//! The only SQL is in the store.

use crate::repo::{Repo, crate_of};
use crate::report::Report;
use crate::tokens::{self, Kind};

/// Crates that may speak SQL: the store, and the test kit that makes databases for it.
const SPEAK_SQL: &[&str] = &["store", "testkit"];

/// A statement's two first keywords, in order.
const STATEMENTS: &[(&str, &str)] = &[("SELECT", "FROM"), ("INSERT", "INTO"), ("UPDATE", "SET"), ("DELETE", "FROM")];

/// Looks at every string of every other crate, tests left out.
pub fn check(repo: &Repo) -> Report {
    let mut report = Report::of("Rust files outside the store");
    let files = repo.rust("crates").filter(|(path, _)| crate_of(path).is_some_and(|name| !SPEAK_SQL.contains(&name)));
    for (path, text) in files {
        report.items += 1;
        for token in tokens::of(path, text) {
            if token.kind == Kind::Text && !token.test && is_sql(&token.text) {
                report.fault(path, token.line, "SQL outside crates/store");
            }
        }
    }
    report
}

/// A statement in capitals anywhere, or in any case when the text begins with it.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let at_start = words.first().is_some_and(|first| {
        STATEMENTS.iter().any(|(verb, then)| {
            first.eq_ignore_ascii_case(verb) && words.iter().any(|word| word.eq_ignore_ascii_case(then))
        })
    });
    let inside = STATEMENTS
        .iter()
        .any(|(verb, then)| words.iter().position(|word| word == verb).is_some_and(|at| words[at..].contains(then)));
    at_start || inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    #[test]
    fn statements_are_seen_and_prose_is_not() {
        for (path, source, faults) in [
            ("crates/app/src/a.rs", "const A: &str = \"SELECT id\\n FROM matters\";", 1),
            ("crates/app/src/a.rs", "m!(\"delete from matters\");", 1),
            ("crates/app/src/a.rs", "m!(\"WITH x AS (SELECT 1 FROM y)\");", 1),
            ("crates/app/src/a.rs", "m!(\"UPDATE matters SET a = $1\");", 1),
            ("crates/app/src/a.rs", "// INSERT INTO x\nm!(\"update\", \"a selection from the list\");", 0),
            ("crates/app/src/a.rs", "#[cfg(test)] mod tests { m!(\"DELETE FROM x\"); }", 0),
            ("crates/app/tests/a.rs", "m!(\"DELETE FROM x\");", 0),
            ("crates/store/src/a.rs", "m!(\"DELETE FROM x\");", 0),
            ("bench/src/main.rs", "m!(\"DELETE FROM x\");", 0),
        ] {
            assert_eq!(check(&repo(&[(path, source)])).faults.len(), faults, "{path} {source}");
        }
    }
}
