//! One word per idea: a feature's module has the same name in every layer, and that name is in the glossary; so is
//! every public struct and enum of the domain.

use std::collections::{BTreeMap, BTreeSet};

use crate::items::{Type, public_types};
use crate::repo::Repo;
use crate::report::Report;

/// The list of words.
pub const GLOSSARY: &str = "docs/glossary.md";

/// The layers whose modules are features.
const LAYERS: &[&str] = &["domain", "store", "app", "web"];

/// Modules that are no feature, by layer. Each addition is a decision: a feature's code belongs under its word.
const INFRASTRUCTURE: &[(&str, &[&str])] = &[
    ("domain", &["id", "time", "typed", "refusal"]),
    ("store", &["port", "lane", "migrations", "store", "tx", "fault", "tls", "check"]),
    ("app", &["command", "execute", "clock", "ids", "sealing"]),
    ("web", &["look", "routes", "face", "visit", "sent", "state", "problem", "observe", "brake"]),
];

/// Compares modules and types with the glossary.
pub fn check(repo: &Repo) -> Report {
    let mut report = Report::of("words and types");
    let glossary = Glossary::read(repo);
    for layer in LAYERS {
        for (module, path) in modules(repo, layer) {
            report.items += 1;
            let infrastructure =
                INFRASTRUCTURE.iter().any(|(of, names)| of == layer && names.contains(&module.as_str()));
            if !infrastructure && !glossary.words.contains_key(&module) {
                report.fault(&path, 0, format!("module {module} is neither a word of {GLOSSARY} nor infrastructure"));
            }
        }
    }
    let types = domain_types(repo);
    report.items += types.len();
    for (path, item) in &types {
        if !glossary.types.contains_key(&item.name) {
            report.fault(
                path,
                item.line,
                format!("{} is not in {GLOSSARY} (xtask glossary prints its row)", item.name),
            );
        }
    }
    let defined: BTreeSet<&str> = types.iter().map(|(_, item)| item.name.as_str()).collect();
    for (name, line) in &glossary.types {
        if !defined.contains(name.as_str()) {
            report.fault(GLOSSARY, *line, format!("the domain has no public type {name}"));
        }
    }
    report
}

/// The public structs and enums of the domain that the glossary lacks, each with its file.
pub fn missing(repo: &Repo) -> Vec<(String, Type)> {
    let glossary = Glossary::read(repo);
    let mut types = domain_types(repo);
    types.retain(|(_, item)| !glossary.types.contains_key(&item.name));
    types
}

fn domain_types(repo: &Repo) -> Vec<(String, Type)> {
    repo.rust("crates/domain/src")
        .flat_map(|(path, text)| public_types(text).into_iter().map(move |item| (path.to_owned(), item)))
        .filter(|(_, item)| item.data)
        .collect()
}

/// The modules directly under a layer's `src`, each with one of its files.
fn modules(repo: &Repo, layer: &str) -> BTreeMap<String, String> {
    let folder = format!("crates/{layer}/src");
    repo.rust(&folder)
        .filter_map(|(path, _)| {
            let rest = path.strip_prefix(&folder)?.trim_start_matches('/');
            let module = rest.split('/').next()?.trim_end_matches(".rs");
            (!matches!(module, "lib" | "main" | "tests")).then(|| (module.to_owned(), path.to_owned()))
        })
        .collect()
}

/// The two tables of the glossary, each name with its line.
#[derive(Debug, Default)]
struct Glossary {
    words: BTreeMap<String, usize>,
    types: BTreeMap<String, usize>,
}

impl Glossary {
    /// Reads the tables headed `| code |` and `| type |`: the names in backticks in the first column.
    fn read(repo: &Repo) -> Self {
        let mut glossary = Self::default();
        let mut head = String::new();
        for (at, line) in repo.files.get(GLOSSARY).map_or("", String::as_str).lines().enumerate() {
            let Some(row) = line.trim().strip_prefix('|') else {
                head.clear();
                continue;
            };
            let first = row.split('|').next().unwrap_or_default().trim();
            if head.is_empty() {
                first.clone_into(&mut head);
            }
            let table = match head.as_str() {
                "code" => &mut glossary.words,
                "type" => &mut glossary.types,
                _ => continue,
            };
            table.extend(first.split('`').skip(1).step_by(2).map(|name| (name.to_owned(), at + 1)));
        }
        glossary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    const WORDS: &str = "# Words\n\n| code | 中文 |\n| --- | --- |\n| `matters` | 事项 |\n| `audit`, `outbox` | 留痕 |\n\n\
                         | type | 中文 |\n| --- | --- |\n| `Matter` | 事项 |\n";

    #[test]
    fn modules_and_types_are_words() {
        for (path, source, faults) in [
            ("crates/domain/src/matters/mod.rs", "pub struct Matter;", 0),
            ("crates/domain/src/outbox.rs", "struct Hidden; pub trait Open {}", 1),
            ("crates/domain/src/matters/stage.rs", "pub enum Stage {}", 2),
            ("crates/store/src/lane.rs", "", 1),
            ("crates/app/src/lane.rs", "", 2),
            ("crates/web/src/issues/list.rs", "pub struct Issue;", 2),
            ("crates/server/src/anything.rs", "pub struct Any;", 1),
        ] {
            let report = check(&repo(&[(GLOSSARY, WORDS), (path, source)]));
            assert_eq!(report.faults.len(), faults, "{path}: {:?}", report.faults);
        }
    }

    #[test]
    fn what_lacks_is_listed() {
        let repo = repo(&[(GLOSSARY, WORDS), ("crates/domain/src/matters.rs", "pub struct Matter; pub enum Stage {}")]);
        let names: Vec<String> = missing(&repo).into_iter().map(|(_, item)| item.name).collect();
        assert_eq!(names, ["Stage"]);
    }
}
