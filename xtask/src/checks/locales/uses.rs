//! Where keys are asked for.

use crate::repo::{extension, is_test_file};
use crate::tokens::{self, Kind, Token};

/// The calls that turn a key into a sentence: plain, with arguments, with a number, and their kin.
const CALLS: &[&str] = &["t", "ta", "tn", "tr", "text", "message"];

/// One call with a literal key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Line from 1.
    pub line: usize,
    /// The key, or how it begins.
    pub key: String,
    /// Whether the rest of the key is put together while running.
    pub begins: bool,
}

/// Whether a file's keys count: code and templates that ship.
pub fn may_ask(path: &str, templates: &str) -> bool {
    let is_template = path.strip_prefix(templates).is_some_and(|rest| rest.starts_with('/'));
    is_template || (matches!(extension(path), "rs" | "typ" | "ts" | "js" | "mjs") && !is_test_file(path))
}

/// The uses in a file, and every text in it that may be a key told elsewhere (a refusal's code, a table of keys).
pub fn of(path: &str, source: &str) -> (Vec<Use>, Vec<String>) {
    if extension(path) == "rs" {
        let mut tokens = tokens::of(path, source);
        tokens.retain(|token| !token.test);
        let texts = tokens.iter().filter(|token| token.kind == Kind::Text).map(|token| token.text.clone()).collect();
        return (in_rust(&tokens), texts);
    }
    let source = without_comments(source);
    let mut texts: Vec<String> = source.split('"').map(str::to_owned).collect();
    texts.extend(source.split('\'').map(str::to_owned));
    // Scripts and sheets have calls of their own under such names; only templates are held to the keys.
    let uses = if extension(path) == "html" || extension(path) == "txt" { in_template(&source) } else { Vec::new() };
    (uses, texts)
}

/// `t("key"`, and `t(&format!("begin-{…}"`.
fn in_rust(tokens: &[Token]) -> Vec<Use> {
    let mut uses = Vec::new();
    for (at, name) in tokens.iter().enumerate() {
        let is_call = name.kind == Kind::Ident
            && CALLS.contains(&name.text.as_str())
            && tokens.get(at + 1).is_some_and(|next| next.is("("));
        let declares = at > 0 && tokens[at - 1].is("fn");
        if !is_call || declares {
            continue;
        }
        let arguments: Vec<&Token> = tokens[at + 2..].iter().filter(|token| !token.is("&")).take(4).collect();
        match arguments.as_slice() {
            [key, ..] if key.kind == Kind::Text && is_key(&key.text) => {
                uses.push(Use { line: key.line, key: key.text.clone(), begins: key.text.ends_with('-') });
            }
            [format, bang, _, key] if format.is("format") && bang.is("!") && key.kind == Kind::Text => {
                let begin = key.text.split('{').next().unwrap_or_default().to_owned();
                uses.push(Use { line: key.line, key: begin, begins: true });
            }
            _ => {}
        }
    }
    uses
}

/// `t("key"` after anything that is no name; `t("begin-" ~ …` is put together.
fn in_template(source: &str) -> Vec<Use> {
    let mut uses = Vec::new();
    for (at, line) in source.lines().enumerate() {
        for call in CALLS {
            let opening = format!("{call}(\"");
            for (place, _) in line.match_indices(&opening) {
                let joined = line[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let Some((key, rest)) = line[place + opening.len()..].split_once('"') else { continue };
                if !joined && is_key(key) {
                    let begins = key.ends_with('-') || rest.trim_start().starts_with('~');
                    uses.push(Use { line: at + 1, key: key.to_owned(), begins });
                }
            }
        }
    }
    uses
}

/// Whether a text can be a key at all: other functions have such names too.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// A template without its `{# comments #}`, every line where it was.
pub fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{#") {
        let (comment, then) = after.split_once("#}").unwrap_or((after, ""));
        out.push_str(before);
        out.extend(comment.chars().filter(|c| *c == '\n'));
        rest = then;
    }
    out.push_str(rest);
    out
}
