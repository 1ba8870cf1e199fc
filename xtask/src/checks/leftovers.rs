//! Nothing is left for later without a decision: no note to self, no test switched off, no panic on purpose.

use crate::repo::{Repo, crate_of, extension, is_test_file};
use crate::report::Report;
use crate::tokens::{self, Kind, Token};

/// Notes to self, spelled so that this file does not name them.
const NOTES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Kinds of files in which a note counts.
const WRITTEN: &[&str] = &["rs", "ts", "js", "mjs", "css", "html", "typ", "ftl", "toml", "sh", "sql"];

/// Ways to switch a test off, or all others, in the test runners of Node.
const SWITCHES: &[&str] = &[".skip(", ".only(", ".todo("];

/// Looks at every written file.
pub fn check(repo: &Repo) -> Report {
    let mut report = Report::of("files");
    for (path, text) in repo.files.iter().filter(|(path, _)| WRITTEN.contains(&extension(path))) {
        report.items += 1;
        let is_script_test = matches!(extension(path), "ts" | "js" | "mjs") && is_test_file(path);
        for (at, line) in text.lines().enumerate() {
            if let Some(note) = NOTES.iter().find(|note| has_word(line, note)) {
                report.fault(path, at + 1, format!("{note}: do it, or file it as an issue"));
            }
            if is_script_test && SWITCHES.iter().any(|switch| line.contains(switch)) {
                report.fault(path, at + 1, "a test that is switched off, or switches the others off");
            }
        }
        if extension(path) == "rs" {
            check_rust(path, text, &mut report);
        }
    }
    report
}

fn check_rust(path: &str, text: &str, report: &mut Report) {
    let tokens = tokens::of(path, text);
    // The test kit is part of the tests; a panic there is a failed test.
    let ships = crate_of(path).is_some_and(|name| name != "testkit") && path.contains("/src/");
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Ident) {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        let follows = |text: &str| tokens.get(at + 1).is_some_and(|next: &Token| next.is(text));
        let follow_up = match token.text.as_str() {
            "todo" | "unimplemented" if follows("!") => "unfinished",
            "ignore" if before.is_some_and(|before| before.is("[")) && at >= 2 && tokens[at - 2].is("#") => {
                "a test that is switched off"
            }
            "unwrap" | "expect" if ships && !token.test && before.is_some_and(|b| b.is(".")) && follows("(") => {
                "a panic outside tests: return a refusal or an error"
            }
            _ => continue,
        };
        report.fault(path, token.line, follow_up);
    }
}

/// Whether a word stands in a line on its own.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let joined = |c: char| c.is_ascii_alphanumeric() || c == '_';
        !line[..at].ends_with(joined) && !line[at + word.len()..].starts_with(joined)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    #[test]
    fn leftovers_are_seen_where_they_matter() {
        let note = format!("// {}: later", NOTES[0]);
        for (path, source, faults) in [
            ("crates/web/src/a.rs", note.as_str(), 1),
            ("crates/web/src/a.rs", "// MASTODON", 0),
            ("crates/web/src/a.rs", "fn f() { todo!() }", 1),
            ("crates/web/src/a.rs", "fn f() { x.unwrap(); y.expect(\"z\"); }", 2),
            ("crates/web/src/a.rs", "#[expect(dead_code)] fn f() { x.unwrap_or(1); it.skip(1); }", 0),
            ("crates/web/src/a.rs", "#[cfg(test)] mod tests { fn f() { x.unwrap(); } }", 0),
            ("crates/web/src/a.rs", "// .unwrap()\nm!(\".unwrap()\");", 0),
            ("crates/web/tests/a.rs", "fn f() { x.unwrap(); }", 0),
            ("crates/testkit/src/lib.rs", "fn f() { x.unwrap(); }", 0),
            ("crates/web/tests/a.rs", "#[test] #[ignore = \"slow\"] fn f() {}", 1),
            ("e2e/a.mjs", "test.skip('a', () => {})", 1),
            ("frontend/src/a.test.ts", "describe.only('a')", 1),
            ("frontend/src/a.ts", "list.skip(1)", 0),
        ] {
            let report = check(&repo(&[(path, source)]));
            assert_eq!(report.faults.len(), faults, "{path} {source}: {:?}", report.faults);
        }
    }
}
