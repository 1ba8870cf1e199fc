//! The pages that explain the house exist, and every file or folder they name exists.

use crate::repo::{Repo, extension};
use crate::report::Report;

const ARCHITECTURE: &str = "docs/ARCHITECTURE.md";
const DECISIONS: &str = "docs/adr";

/// Looks up each path that stands in backticks.
pub fn check(repo: &Repo) -> Report {
    let mut report = Report::of("paths in the docs");
    let decisions: Vec<(&str, &str)> = repo.under(DECISIONS).filter(|(path, _)| extension(path) == "md").collect();
    if !repo.files.contains_key(ARCHITECTURE) {
        report.fault(ARCHITECTURE, 0, "is missing");
    }
    if decisions.is_empty() {
        report.fault(DECISIONS, 0, "holds no decision yet");
    }
    let architecture = repo.files.get(ARCHITECTURE).map(|text| (ARCHITECTURE, text.as_str()));
    for (path, text) in architecture.into_iter().chain(decisions) {
        for (line, named) in paths(repo, text) {
            report.items += 1;
            if !spellings(&named).iter().all(|spelling| exists(repo, spelling)) {
                report.fault(path, line, format!("`{named}` does not exist"));
            }
        }
    }
    report
}

/// What stands in single backticks and begins with a folder of the root, with its line; code blocks are skipped.
fn paths(repo: &Repo, text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_block = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            let quoted = line.split('`').skip(1).step_by(2);
            let named = quoted.filter(|quoted| is_path(repo, quoted));
            found.extend(named.map(|named| (at + 1, named.trim_start_matches("./").to_owned())));
        }
    }
    found
}

fn is_path(repo: &Repo, quoted: &str) -> bool {
    let quoted = quoted.trim_start_matches("./");
    let first = quoted.split('/').next().unwrap_or_default();
    quoted.contains('/') && !quoted.contains(char::is_whitespace) && !first.is_empty() && repo.has(first)
}

/// `a/{b,c}.rs` is two paths; a placeholder such as `{feature}` is any name; `:12` and `::item` are places inside.
fn spellings(named: &str) -> Vec<String> {
    let named = named.split(':').next().unwrap_or(named);
    let Some((before, rest)) = named.split_once('{') else {
        return vec![named.to_owned()];
    };
    let Some((inside, after)) = rest.split_once('}') else {
        return vec![named.to_owned()];
    };
    let choices: Vec<&str> = if inside.contains(',') { inside.split(',').map(str::trim).collect() } else { vec!["*"] };
    choices.iter().flat_map(|choice| spellings(&format!("{before}{choice}{after}"))).collect()
}

/// Whether some file or folder has this path; `*` stands for any part of one name.
fn exists(repo: &Repo, spelling: &str) -> bool {
    let pattern: Vec<&str> = spelling.trim_end_matches('/').split('/').collect();
    repo.files.keys().any(|path| {
        let names: Vec<&str> = path.split('/').collect();
        names.len() >= pattern.len() && pattern.iter().zip(&names).all(|(pattern, name)| fits(pattern, name))
    })
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let after = after.trim_start_matches('*');
            (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| fits(after, &rest[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    #[test]
    fn every_named_path_exists() {
        for (named, faults) in [
            ("`crates/web/src/lib.rs`", 0),
            ("`crates/web/src/lib.rs:12` and `crates/web/`", 0),
            ("`crates/web/src/gone.rs`", 1),
            ("`crates/{web,app}/src`", 1),
            ("`crates/{layer}/src/*.rs`", 0),
            ("`crates/*/tests`", 1),
            ("`POST /api/v1` `application/json` `a::b`", 0),
            ("```\n`crates/gone`\n```", 0),
        ] {
            let files = [(ARCHITECTURE, named), ("docs/adr/0001-a.md", ""), ("crates/web/src/lib.rs", "")];
            let report = check(&repo(&files));
            assert_eq!(report.faults.len(), faults, "{named}: {:?}", report.faults);
        }
    }

    #[test]
    fn the_pages_themselves_are_needed() {
        assert_eq!(check(&repo(&[])).faults.len(), 2);
    }
}
