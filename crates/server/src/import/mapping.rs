//! Which column of another system's table is what, as the operator wrote it down (TOML, see `docs/import.md`).
//!
//! Invariant: a parsed mapping names an id column and a way to a text. A key that is not known is a fault, so that a
//! slip of the pen never means that a column is silently left out.

use serde::Deserialize;

use super::encoding::line_breaks;
use super::faults;

faults! {
    /// Why a mapping is not taken.
    MappingFault {
        /// Not TOML, or a key that is missing or not known.
        Syntax {
            /// The line, from 1, where it is known.
            line: Option<u64>,
            /// What the TOML reader says, in English.
            detail: String,
        } = "import-mapping-syntax",
        /// A key without a value.
        EmptyValue {
            /// The key, e.g. `columns.street`.
            key: String,
        } = "import-mapping-empty-value",
        /// Neither `columns.text` nor `text_template`.
        NoText = "import-mapping-no-text",
        /// A template whose brackets do not fit, or that names no column.
        Template {
            /// The template.
            template: String,
        } = "import-mapping-template",
    }
}

/// Which column is what, and what the values mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The other system's name; together with it an external id is unique.
    pub source: String,
    /// The values that mean "unknown"; an empty cell always does.
    pub unknown: Vec<String>,
    /// The columns.
    pub columns: Columns,
    /// What stands for the text where no column or cell has it.
    pub text_template: Option<Template>,
    /// How to tell how a request ended.
    pub outcome: OutcomeFlags,
    /// What a community that is not there yet is founded with.
    pub founding: Founding,
}

/// What a community that is not there yet is founded with; everything in it stands on its pages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founding {
    /// Who is on duty.
    pub duty_name: String,
    /// The number to dial.
    pub duty_phone: String,
    /// Where to go in person, and when.
    pub office: String,
    /// Its groups.
    pub groups: Vec<String>,
    /// Its categories.
    pub categories: Vec<String>,
}

/// The columns by their names in the header.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The other system's id.
    pub external_id: String,
    /// When the request was made.
    pub created_at: Option<String>,
    /// Through which door it came in.
    pub channel: Option<String>,
    /// Complaint, question, suggestion …
    pub property: Option<String>,
    /// Its kinds, from wide to narrow.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The street or town.
    pub street: Option<String>,
    /// The community or village.
    pub community: Option<String>,
    /// Where it is.
    pub place: Option<String>,
    /// What was said.
    pub text: Option<String>,
    /// Who dealt with it.
    pub unit: Option<String>,
}

/// How to tell how a request ended; more than one that holds is "unknown".
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutcomeFlags {
    /// Holds if it was closed within its term.
    pub in_time: Option<Flag>,
    /// Holds if it was closed after its term.
    pub late: Option<Flag>,
    /// Holds if it is not closed yet.
    pub open: Option<Flag>,
}

/// Holds in a row whose cell is one of the values.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// The column.
    pub column: String,
    /// The values.
    pub values: Vec<String>,
}

/// The mapping as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    source: String,
    #[serde(default)]
    unknown: Vec<String>,
    columns: Columns,
    text_template: Option<String>,
    #[serde(default)]
    outcome: OutcomeFlags,
    founding: Option<Founding>,
}

/// What stands in for a mapping that says nothing about founding.
const FOUNDING: &str = include_str!("founding.toml");

fn syntax(text: &str, error: &toml::de::Error) -> MappingFault {
    MappingFault::Syntax {
        line: error.span().and_then(|span| text.as_bytes().get(..span.start)).map(|before| line_breaks(before) + 1),
        detail: error.message().to_owned(),
    }
}

impl Mapping {
    /// Parses what the operator wrote.
    pub fn parse(text: &str) -> Result<Self, MappingFault> {
        let written: Written = toml::from_str(text).map_err(|error| syntax(text, &error))?;
        let mut mapping = Self {
            source: written.source,
            unknown: written.unknown,
            columns: written.columns,
            text_template: written.text_template.as_deref().map(Template::parse).transpose()?,
            outcome: written.outcome,
            founding: match written.founding {
                Some(founding) => founding,
                None => toml::from_str(FOUNDING).map_err(|error| syntax(FOUNDING, &error))?,
            },
        };
        for (key, name) in mapping.names_mut() {
            *name = name.trim().to_owned();
            if name.is_empty() {
                return Err(MappingFault::EmptyValue { key: key.to_owned() });
            }
        }
        for value in &mut mapping.unknown {
            *value = value.trim().to_owned();
        }
        if mapping.columns.text.is_none() && mapping.text_template.is_none() {
            return Err(MappingFault::NoText);
        }
        Ok(mapping)
    }

    /// The columns that have to be in the header, each once, in the order of the mapping.
    ///
    /// Every column that is named has to be there: one that was misspelt would otherwise be "unknown" in each row.
    pub fn column_names(&self) -> Vec<&str> {
        let columns = &self.columns;
        let optional = [&columns.created_at, &columns.channel, &columns.property];
        let more = [&columns.street, &columns.community, &columns.place, &columns.text, &columns.unit];
        let flags = [&self.outcome.in_time, &self.outcome.late, &self.outcome.open];
        let mut names = vec![columns.external_id.as_str()];
        names.extend(optional.into_iter().flatten().map(String::as_str));
        names.extend(columns.kinds.iter().map(String::as_str));
        names.extend(more.into_iter().flatten().map(String::as_str));
        names.extend(self.text_template.iter().flat_map(Template::columns));
        names.extend(flags.into_iter().flatten().map(|flag| flag.column.as_str()));
        let mut once: Vec<&str> = Vec::new();
        for name in names {
            if !once.contains(&name) {
                once.push(name);
            }
        }
        once
    }

    /// Whatever may not be empty, with its key.
    fn names_mut(&mut self) -> Vec<(&'static str, &mut String)> {
        let Columns { external_id, created_at, channel, property, kinds, street, community, place, text, unit } =
            &mut self.columns;
        let OutcomeFlags { in_time, late, open } = &mut self.outcome;
        let mut names = vec![("source", &mut self.source), ("columns.external_id", external_id)];
        for (key, name) in [
            ("columns.created_at", created_at),
            ("columns.channel", channel),
            ("columns.property", property),
            ("columns.street", street),
            ("columns.community", community),
            ("columns.place", place),
            ("columns.text", text),
            ("columns.unit", unit),
        ] {
            names.extend(name.as_mut().map(|name| (key, name)));
        }
        names.extend(kinds.iter_mut().map(|name| ("columns.kinds", name)));
        for (key, flag) in [("outcome.in_time", in_time), ("outcome.late", late), ("outcome.open", open)] {
            for flag in flag.iter_mut() {
                names.push((key, &mut flag.column));
                names.extend(flag.values.iter_mut().map(|value| (key, value)));
            }
        }
        names
    }
}

/// A text that is put together from columns: `{KIND}[（{WIDER_KIND}）]`.
///
/// A column in braces has to be known. What stands in square brackets is left out where a column in it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Group>);

/// A stretch of a template that is written as a whole or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Group {
    is_optional: bool,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    Column(String),
}

impl Template {
    /// Parses a template; the four brackets cannot be written as words.
    pub fn parse(written: &str) -> Result<Self, MappingFault> {
        Self::groups(written).map(Self).ok_or_else(|| MappingFault::Template { template: written.to_owned() })
    }

    fn groups(written: &str) -> Option<Vec<Group>> {
        let mut groups = vec![Group::default()];
        let mut rest = written;
        while let Some(at) = rest.find(['{', '}', '[', ']']) {
            let group = groups.last_mut()?;
            group.words(&rest[..at]);
            let after = &rest[at + 1..];
            match (&rest[at..=at], group.is_optional) {
                ("{", _) => {
                    let (name, after) = after.split_once('}')?;
                    let name = name.trim();
                    if name.is_empty() || name.contains(['{', '[', ']']) {
                        return None;
                    }
                    group.parts.push(Part::Column(name.to_owned()));
                    rest = after;
                    continue;
                }
                ("[", false) => groups.push(Group { is_optional: true, parts: Vec::new() }),
                // Words alone would never be left out: the brackets were meant otherwise.
                ("]", true) if group.columns().next().is_some() => groups.push(Group::default()),
                _ => return None,
            }
            rest = after;
        }
        let last = groups.last_mut()?;
        last.words(rest);
        let is_closed = !last.is_optional;
        (is_closed && groups.iter().any(|group| group.columns().next().is_some())).then_some(groups)
    }

    /// The columns it names.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(Group::columns)
    }

    /// Puts the text together; fails with the name of the column that is not known but has to be.
    ///
    /// Where every column is optional and none is known, that is the first of them.
    pub fn compose(&self, cell: impl Fn(&str) -> Option<String>) -> Result<String, &str> {
        let mut text = String::new();
        let mut knows_any = false;
        for group in &self.0 {
            match group.compose(&cell) {
                Ok(written) => {
                    knows_any |= group.columns().next().is_some();
                    text.push_str(&written);
                }
                Err(_) if group.is_optional => {}
                Err(column) => return Err(column),
            }
        }
        if knows_any { Ok(text.trim().to_owned()) } else { Err(self.columns().next().unwrap_or_default()) }
    }
}

impl Group {
    fn words(&mut self, words: &str) {
        if !words.is_empty() {
            self.parts.push(Part::Words(words.to_owned()));
        }
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Column(name) => Some(name.as_str()),
            Part::Words(_) => None,
        })
    }

    fn compose(&self, cell: impl Fn(&str) -> Option<String>) -> Result<String, &str> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Column(name) => text.push_str(&cell(name).ok_or(name.as_str())?),
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
#[path = "mapping_tests.rs"]
mod tests;
