//! Every sentence that a person reads is in Fluent, in both languages, with the same places to fill.
//!
//! Invariant: `zh-CN` and `en` hold the same keys with the same variables; a key that is asked for exists; a key that
//! exists is asked for; no Chinese stands in Rust or in a template.

mod catalogue;
mod uses;

use std::collections::BTreeSet;

use crate::repo::{Repo, crate_of};
use crate::report::Report;
use crate::tokens::{Kind, Token};
use catalogue::Catalogue;
use uses::Use;

const LOCALES: &str = "crates/web/locales";
const TEMPLATES: &str = "crates/web/templates";

/// The language that is complete first, and the one that follows it.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// Beginnings of keys that are put together while running (`event-{code}`). Such a key is asked for when Rust knows its
/// code; what follows the code after a further `-` is free (`event-{code}-resident`).
const BUILT_KEYS: &[&str] = &["event-", "held-", "look-", "refusal-", "role-", "standing-"];

/// Crates that may hold Chinese: what is recognised in residents' words, the invented communities, the test kit.
const HOLD_CHINESE: &[&str] = &["text", "demo", "testkit"];

/// Compares the catalogues with each other and with what Rust and the templates ask for.
pub fn check(repo: &Repo) -> Report {
    let mut report = Report::of("keys and uses");
    let [first, second] =
        LANGUAGES.map(|language| catalogue::read(repo, &format!("{LOCALES}/{language}"), &mut report));
    report.items += first.len();
    same(&first, &second, LANGUAGES[1], &mut report);
    same(&second, &first, LANGUAGES[0], &mut report);

    let mut told: BTreeSet<String> = BTreeSet::new();
    for (path, text) in sources(repo) {
        let (uses, texts) = uses::of(path, text);
        told.extend(texts);
        report.items += uses.len();
        for asked in uses {
            if let Some(message) = unknown(&asked, &first) {
                report.fault(path, asked.line, message);
            }
        }
    }
    for (key, message) in &first {
        let referred = first.values().any(|other| other.refers_to.contains(key));
        let built = is_built(key, &told);
        if !told.contains(key) && !referred && !built {
            report.fault(&message.path, message.line, format!("nothing asks for {key}"));
        }
    }
    chinese(repo, &mut report);
    report
}

/// What may ask for a key: Rust and templates of the crates, the sheets, the scripts.
fn sources(repo: &Repo) -> impl Iterator<Item = (&str, &str)> {
    repo.files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .filter(|(path, _)| path.starts_with("crates/") || path.starts_with("frontend/"))
        .filter(|(path, _)| uses::may_ask(path, TEMPLATES))
}

/// What `one` has and `other`, in this language, lacks or fills differently.
fn same(one: &Catalogue, other: &Catalogue, language: &str, report: &mut Report) {
    for (key, message) in one {
        match other.get(key) {
            None => report.fault(&message.path, message.line, format!("{key} is missing in {language}")),
            Some(twin) if twin.variables != message.variables => {
                let told =
                    |set: &BTreeSet<String>| set.iter().map(|name| format!("${name}")).collect::<Vec<_>>().join(" ");
                let (here, there) = (told(&message.variables), told(&twin.variables));
                report.fault(&message.path, message.line, format!("{key} takes [{here}], in {language} [{there}]"));
            }
            Some(_) => {}
        }
    }
    for message in one.values() {
        for gone in message.refers_to.iter().filter(|name| !one.contains_key(*name)) {
            report.fault(&message.path, message.line, format!("refers to {gone}, which does not exist"));
        }
    }
}

/// Whether a key is a declared beginning and a code that some text of the sources is.
fn is_built(key: &str, told: &BTreeSet<String>) -> bool {
    BUILT_KEYS.iter().filter_map(|begin| key.strip_prefix(begin)).any(|rest| {
        let ends = rest.match_indices('-').map(|(at, _)| at).chain([rest.len()]);
        ends.into_iter().any(|end| told.contains(&rest[..end]))
    })
}

/// Why a use is wrong, if it is.
fn unknown(asked: &Use, keys: &Catalogue) -> Option<String> {
    let Use { key, begins, .. } = asked;
    if *begins {
        let declared = BUILT_KEYS.contains(&key.as_str());
        (!declared).then(|| format!("{key}… is put together: declare its beginning (BUILT_KEYS in xtask)"))
    } else {
        (!keys.contains_key(key)).then(|| format!("no key {key} in {}", LANGUAGES[0]))
    }
}

/// Chinese in Rust outside tests and comments, or in a template outside its comments.
fn chinese(repo: &Repo, report: &mut Report) {
    let ships = |path: &str| path.contains("/src/") && crate_of(path).is_some_and(|name| !HOLD_CHINESE.contains(&name));
    for (path, text) in repo.rust("crates").filter(|(path, _)| ships(path)) {
        let tokens = crate::tokens::of(path, text);
        for token in tokens.iter().filter(|token| !token.test && is_chinese(token)) {
            report.fault(path, token.line, "Chinese in Rust: what a person reads belongs in Fluent");
        }
    }
    for (path, text) in repo.under(TEMPLATES) {
        for (at, line) in uses::without_comments(text).lines().enumerate().filter(|(_, line)| has_chinese(line)) {
            let shown = line.trim().chars().take(20).collect::<String>();
            report.fault(path, at + 1, format!("Chinese in a template: {shown}"));
        }
    }
}

/// A text with Chinese, or an ideograph on its own. A full-width digit or dash on its own is something that people type
/// and a parser forgives, not something that is shown.
fn is_chinese(token: &Token) -> bool {
    match token.kind {
        Kind::Text => has_chinese(&token.text),
        _ => token.text.contains(is_ideograph),
    }
}

/// Ideographs, their punctuation and full-width forms.
fn has_chinese(text: &str) -> bool {
    text.contains(|c| is_ideograph(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}'))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::fixture::repo;

    /// The faults of a Chinese and an English catalogue, one Rust file and one template.
    fn faults(zh: &str, en: &str, rust: &str, template: &str) -> Vec<String> {
        let (zh_path, en_path) = (format!("{LOCALES}/zh-CN/a.ftl"), format!("{LOCALES}/en/a.ftl"));
        let page = format!("{TEMPLATES}/a.html");
        let report = check(&repo(&[(&zh_path, zh), (&en_path, en), ("crates/web/src/a.rs", rust), (&page, template)]));
        report.faults.into_iter().map(|fault| format!("{}:{} {}", fault.path, fault.line, fault.message)).collect()
    }

    #[test]
    fn both_languages_and_every_use_agree() {
        for (zh, en, rust, template, expected) in [
            ("a = 甲\n", "a = A\n", "", "{{ l.t(\"a\") }}", 0),
            ("a = 甲\n", "a = A\n", "fn f() { l.t(\"a\"); }", "", 0),
            ("a = 甲\n", "a = A\n", "const CODE: &str = \"a\";", "", 0),
            ("a = 甲\n", "a = A\n", "", "", 1),
            ("a = 甲\n", "", "", "{{ l.t(\"a\") }}", 1),
            ("a = { $n } 条\n", "a = none\n", "", "{{ l.tn(\"a\", 1) }}", 2),
            ("a = { $n } 条\n", "a = { $n ->\n [one] one\n *[other] { $n }\n }\n", "", "{{ l.tn(\"a\", 1) }}", 0),
            ("a = { b }\nb = 乙\n", "a = { b }\nb = B\n", "", "{{ t(\"a\") }}", 0),
            ("a = { c }\n", "a = { c }\n", "", "{{ t(\"a\") }}", 2),
            ("a = { $n\n", "a = A\n", "", "{{ t(\"a\") }}", 3),
            ("a = 甲\na = 甲\n", "a = A\n", "", "{{ t(\"a\") }}", 1),
            ("event-x = 甲\n", "event-x = X\n", "const X: &str = \"x\";", "{{ t(\"event-\" ~ x) }}", 0),
            ("event-x-to = 甲\n", "event-x-to = X\n", "const X: &str = \"x\";", "", 0),
            ("event-x = 甲\n", "event-x = X\n", "", "{{ t(\"event-\" ~ x) }}", 1),
            ("", "", "", "{{ t(\"stage-\" ~ x) }}", 1),
            ("", "", "fn f() { l.t(&format!(\"stage-{}\", x)); }", "", 1),
            ("", "", "fn f() { l.t(\"gone\"); m!(t(\"gone\")); }", "{# t(\"gone\") #}", 2),
            ("", "", "#[cfg(test)] mod tests { fn f() { l.t(\"gone\"); } }", "", 0),
            ("", "", "/// 事项\nfn f() { // 事项\n g(\"事项\"); h('项', '－'); }", "{# 事项 #}<p>事项</p>", 3),
            ("", "", "#[cfg(test)] mod tests { const A: &str = \"事项\"; }", "{# 事\n项 #}", 0),
        ] {
            let found = faults(zh, en, rust, template);
            assert_eq!(found.len(), expected, "{zh} | {en} | {rust} | {template}: {found:?}");
        }
    }

    #[test]
    fn a_fault_has_its_line() {
        let found = faults("# First\n\nlist-title = 清单\n", "list-title = List\n", "", "<p>\n{{ t(\"list-titel\") }}");
        let zh = format!("{LOCALES}/zh-CN/a.ftl:3 nothing asks for list-title");
        assert_eq!(found, [format!("{TEMPLATES}/a.html:2 no key list-titel in zh-CN"), zh]);
    }

    #[test]
    fn nothing_is_no_fault() {
        assert_eq!(check(&repo(&[])).lines("locales"), "locales    ok        0 keys and uses\n");
    }
}
