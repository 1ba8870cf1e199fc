//! No template that nothing renders.

use std::collections::BTreeSet;

use crate::repo::Repo;
use crate::report::Report;
use crate::tokens::{self, Kind, Token};

const FOLDER: &str = "crates/web/templates";

/// Looks for each template's user: Rust's `path = "…"` outside tests, or another template.
pub fn check(repo: &Repo) -> Report {
    let mut report = Report::of("templates");
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (path, text) in repo.rust("crates") {
        used.extend(rendered(&tokens::of(path, text)));
    }
    for (own, text) in repo.under(FOLDER) {
        used.extend(named(text).into_iter().filter(|name| own.strip_prefix(FOLDER) != Some(&format!("/{name}"))));
    }
    for (path, _) in repo.under(FOLDER) {
        report.items += 1;
        let name = path[FOLDER.len()..].trim_start_matches('/');
        if !used.contains(name) {
            report.fault(path, 0, "nothing renders, extends, includes or imports it");
        }
    }
    report
}

/// The texts of `path = "…"`.
fn rendered(tokens: &[Token]) -> Vec<String> {
    tokens
        .windows(3)
        .filter(|row| row[0].is("path") && row[1].is("=") && row[2].kind == Kind::Text && !row[0].test)
        .map(|row| row[2].text.clone())
        .collect()
}

/// The texts of `{% include "…" %}` and its like.
fn named(text: &str) -> Vec<String> {
    let blocks = text.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
    blocks
        .filter_map(|block| {
            let block = block.trim_matches(|c: char| c.is_whitespace() || "-~+".contains(c));
            let (verb, rest) = block.split_once(char::is_whitespace)?;
            matches!(verb, "include" | "extends" | "import").then(|| rest.split('"').nth(1).map(str::to_owned))?
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    #[test]
    fn each_template_has_a_user() {
        for (source, other, faults) in [
            ("#[template(path = \"matters/one.html\")] struct A;", "", 1),
            ("#[template(path = \"other.html\")] struct A;", "{%- include \"matters/one.html\" -%}", 0),
            ("#[template(path = \"other.html\")] struct A;", "{% import \"matters/one.html\" as one %}", 0),
            ("#[template(path = \"other.html\")] struct A;", "matters/one.html {# \"matters/one.html\" #}", 1),
            ("#[cfg(test)] mod tests { #[template(path = \"other.html\")] struct A; }", "", 2),
            ("", "{% extends \"other.html\" %}", 2),
        ] {
            let one = format!("{FOLDER}/matters/one.html");
            let two = format!("{FOLDER}/other.html");
            let report = check(&repo(&[("crates/web/src/a.rs", source), (&one, ""), (&two, other)]));
            assert_eq!(report.faults.len(), faults, "{source} {other}: {:?}", report.faults);
        }
    }
}
