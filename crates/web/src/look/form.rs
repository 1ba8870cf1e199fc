//! What a form keeps: the words already typed, which field cannot be taken and why, and the key that makes sending twice safe.

use std::collections::BTreeMap;

use linli_domain::typed::FieldRefusal;

use crate::look::words::Words;

/// A form, new or redrawn after something in it could not be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The idempotency key that goes out with this form (`_key`).
    pub key: String,
    /// The token that shows that the form is this site's own (`_csrf`).
    pub csrf: String,
    /// What was typed, by field.
    pub values: BTreeMap<String, String>,
    /// Why a field cannot be taken, by field: whole sentences.
    pub faults: BTreeMap<String, String>,
    /// A sentence on top, when it belongs to no field.
    pub problem: Option<String>,
}

impl Form {
    /// An empty form.
    pub fn new(key: impl Into<String>, csrf: impl Into<String>) -> Self {
        Self { key: key.into(), csrf: csrf.into(), ..Self::default() }
    }
    /// Puts a value into a field.
    #[must_use]
    pub fn holding(mut self, field: &str, value: impl Into<String>) -> Self {
        self.values.insert(field.to_owned(), value.into());
        self
    }
    /// Tells each field that cannot be taken why.
    #[must_use]
    pub fn refused(mut self, words: Words, fields: &[FieldRefusal]) -> Self {
        for one in fields {
            self.faults.entry(one.field.to_owned()).or_insert_with(|| words.refusal(&one.refusal));
        }
        self
    }
    /// Tells what is wrong with the whole.
    #[must_use]
    pub fn with_problem(mut self, sentence: impl Into<String>) -> Self {
        self.problem = Some(sentence.into());
        self
    }
    /// What stands in a field.
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }
    /// Whether a field was filled.
    pub fn holds(&self, field: &str) -> bool {
        !self.value(field).is_empty()
    }
    /// Why a field cannot be taken.
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.get(field).map(String::as_str)
    }
    /// Whether something has to be told on top.
    pub fn is_faulty(&self) -> bool {
        self.problem.is_some() || !self.faults.is_empty()
    }
    /// The longest text that was typed: somebody's work, to be shown where its form is gone.
    pub fn longest(&self) -> &str {
        let typed = ["instruction", "wording", "reason", "note", "text"].map(|field| self.value(field));
        typed.into_iter().max_by_key(|text| text.len()).unwrap_or_default()
    }
    /// The key of one of several forms on a page: the same key never goes out with two bodies.
    pub fn key_for(&self, form: &str) -> String {
        format!("{}-{form}", self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::words::Lang;
    use linli_domain::typed::TypedRefusal;

    #[test]
    fn what_was_typed_stays_and_each_fault_is_a_sentence() {
        let words = Words::of(Lang::En);
        let form = Form::new("k", "c")
            .holding("text", "the lamp")
            .refused(words, &[FieldRefusal::new("place", TypedRefusal::TooLong { most: 200, got: 201 })]);
        assert_eq!((form.value("text"), form.value("place")), ("the lamp", ""));
        assert!(form.fault("place").is_some_and(|sentence| sentence.contains("200")));
        assert!(form.is_faulty() && form.fault("text").is_none());
        assert_eq!(form.key_for("list"), "k-list");
    }
}
