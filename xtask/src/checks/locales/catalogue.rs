//! One language as its messages: what each takes and what it refers to.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use crate::repo::{Repo, extension};
use crate::report::Report;

/// Key to message. An attribute's key is `message.attribute`, a term's begins with `-`.
pub type Catalogue = BTreeMap<String, Message>;

/// One message, attribute or term.
#[derive(Debug, Default)]
pub struct Message {
    /// The file that holds it.
    pub path: String,
    /// Line from 1.
    pub line: usize,
    /// The variables that it takes, also those that only choose between variants.
    pub variables: BTreeSet<String>,
    /// The keys of other messages that it contains.
    pub refers_to: BTreeSet<String>,
}

/// Reads one language; what cannot be parsed and what is defined twice goes into the report.
pub fn read(repo: &Repo, folder: &str, report: &mut Report) -> Catalogue {
    let mut catalogue = Catalogue::new();
    for (path, text) in repo.under(folder).filter(|(path, _)| extension(path) == "ftl") {
        let resource = match parser::parse(text) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                for error in errors {
                    report.fault(path, line_at(text, error.pos.start), format!("not Fluent: {error}"));
                }
                resource
            }
        };
        for entry in &resource.body {
            for (key, pattern) in patterns(entry) {
                let line = line_of(text, &key);
                let mut message = Message { path: path.to_owned(), line, ..Message::default() };
                if let Some(pattern) = pattern {
                    message.see(pattern);
                }
                if catalogue.insert(key.clone(), message).is_some() {
                    report.fault(path, line, format!("{key} is defined twice"));
                }
            }
        }
    }
    catalogue
}

/// The keys of an entry, each with its text; a message that has only attributes is no key of its own.
fn patterns<'a>(entry: &'a Entry<&'a str>) -> Vec<(String, Option<&'a Pattern<&'a str>>)> {
    let (id, value, attributes) = match entry {
        Entry::Message(message) => (message.id.name.to_owned(), message.value.as_ref(), &message.attributes),
        Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
        _ => return Vec::new(),
    };
    let own = value.map(|pattern| (id.clone(), Some(pattern)));
    let attributes = attributes.iter().map(|attribute| (format!("{id}.{}", attribute.id.name), Some(&attribute.value)));
    own.into_iter().chain(attributes).collect()
}

impl Message {
    fn see(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.see_expression(expression);
            }
        }
    }

    fn see_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.see_inline(inline),
            Expression::Select { selector, variants } => {
                self.see_inline(selector);
                for variant in variants {
                    self.see(&variant.value);
                }
            }
        }
    }

    fn see_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|attribute| format!(".{}", attribute.name)).unwrap_or_default();
                self.refers_to.insert(format!("{}{attribute}", id.name));
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.refers_to.insert(format!("-{}", id.name));
                self.see_arguments(arguments.as_ref());
            }
            InlineExpression::FunctionReference { arguments, .. } => self.see_arguments(Some(arguments)),
            InlineExpression::Placeable { expression } => self.see_expression(expression),
        }
    }

    fn see_arguments(&mut self, arguments: Option<&CallArguments<&str>>) {
        let Some(arguments) = arguments else { return };
        for value in arguments.positional.iter().chain(arguments.named.iter().map(|named| &named.value)) {
            self.see_inline(value);
        }
    }
}

/// The line of a byte.
fn line_at(text: &str, byte: usize) -> usize {
    1 + text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count()
}

/// The line where a key is defined: Fluent's tree has no places. An attribute is told at its message.
fn line_of(text: &str, key: &str) -> usize {
    let id = key.split('.').next().unwrap_or(key);
    let defines = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(defines).map_or(0, |at| at + 1)
}
