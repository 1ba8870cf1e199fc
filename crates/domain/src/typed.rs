//! What a person typed, parsed once: after this, text is clean by type.
//!
//! Letters are kept as they came. What no eye can see is not text: a line of zero-width signs is empty, control
//! characters go, and so do the signs that turn the direction of a whole row (a voice must not mirror its neighbours
//! on the list). Scripts that run from right to left need none of them.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

use crate::refusal::{Refusal, refusals};

refusals! {
    /// Why a typed text is not taken.
    TypedRefusal {
        /// Nothing in it can be seen.
        Empty = "text-empty" as Invalid,
        /// More characters than the field takes.
        TooLong { most: usize, got: usize } = "text-too-long" as Invalid,
        /// Not one of the choices.
        NoSuchChoice = "no-such-choice" as Invalid,
        /// Not a day such as 2026-06-30.
        NotADay = "not-a-day" as Invalid,
    }
}

/// One field that cannot be taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRefusal {
    /// The field's name, as in the form and in the JSON.
    pub field: &'static str,
    /// Why.
    pub refusal: Refusal,
}

impl FieldRefusal {
    /// Ties a refusal to its field.
    pub fn new(field: &'static str, refusal: impl Into<Refusal>) -> Self {
        Self { field, refusal: refusal.into() }
    }
}

/// Collects the fields that are wrong, so that all are named at once.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldRefusal>);

impl Fields {
    /// Nothing wrong yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// Takes the value, or notes why not.
    pub fn take<T>(&mut self, field: &'static str, parsed: Result<T, impl Into<Refusal>>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.0.push(FieldRefusal::new(field, refusal));
                None
            }
        }
    }
    /// `build` runs only when every field was taken; it answers `None` only for a field that was noted above.
    pub fn done<T>(self, build: impl FnOnce() -> Option<T>) -> Result<T, Vec<FieldRefusal>> {
        if self.0.is_empty()
            && let Some(value) = build()
        {
            return Ok(value);
        }
        Err(self.0)
    }
}

/// True for what no eye can see and no word needs.
fn is_unseen(c: char) -> bool {
    // Blank "letters": the Hangul fillers and the Braille pattern without dots.
    if matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{2800}') {
        return true;
    }
    matches!(
        c.general_category(),
        GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::Surrogate | GeneralCategory::Unassigned
    ) || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{034F}')
}

/// Format characters that belong to words: joiners of Indic scripts and emoji, and variation selectors.
fn belongs_to_words(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn has_something_to_see(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_unseen(c))
}

fn cleaned(raw: &str, keep_lines: bool) -> String {
    let unified = raw.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified
        .chars()
        .filter_map(|c| match c {
            '\n' if keep_lines => Some('\n'),
            '\n' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if is_unseen(c) && !belongs_to_words(c) => None,
            c => Some(c),
        })
        .collect();
    kept.trim().to_owned()
}

fn parse(raw: &str, most: usize, keep_lines: bool) -> Result<String, TypedRefusal> {
    let text = cleaned(raw, keep_lines);
    if !has_something_to_see(&text) {
        return Err(TypedRefusal::Empty);
    }
    let got = text.chars().count();
    if got > most {
        return Err(TypedRefusal::TooLong { most, got });
    }
    Ok(text)
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident keeps_lines $lines:literal),*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub struct $name(String);

        impl $name {
            /// Parses what was typed; at most `most` characters (Unicode scalar values).
            pub fn parse(raw: &str, most: usize) -> Result<Self, TypedRefusal> {
                parse(raw, most, $lines).map(Self)
            }
            /// Like [`Self::parse`], where leaving the field empty is fine.
            pub fn optional(raw: Option<&str>, most: usize) -> Result<Option<Self>, TypedRefusal> {
                match raw.map(|r| parse(r, most, $lines)) {
                    None | Some(Err(TypedRefusal::Empty)) => Ok(None),
                    Some(Ok(text)) => Ok(Some(Self(text))),
                    Some(Err(other)) => Err(other),
                }
            }
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

texts! {
    /// One line: a name, a place, a wording.
    Line keeps_lines false,
    /// Several lines: what somebody said, a reason, a note.
    Prose keeps_lines true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_empty() {
        let unseen = [
            "",
            " ",
            "\u{200B}\u{FEFF}\u{3000}\u{A0}\u{2060}",
            "\u{202E}",
            "\0\u{7}",
            "\u{3164}",
            "\u{FE0F}\n\t",
            "\u{2800}",
        ];
        for raw in unseen {
            assert_eq!(Prose::parse(raw, 9), Err(TypedRefusal::Empty), "{raw:?}");
            assert_eq!(Line::parse(raw, 9), Err(TypedRefusal::Empty), "{raw:?}");
            assert_eq!(Line::optional(Some(raw), 9), Ok(None), "{raw:?}");
        }
    }

    #[test]
    fn words_are_kept_and_the_row_keeps_its_direction() {
        let cases = [
            ("\u{202E} 三账的不算 2026\u{2066}abc", "三账的不算 2026abc"),
            ("a\0b\u{7}c", "abc"),
            ("  灯坏了\r\n三天了 \u{200B}", "灯坏了\n三天了"),
            ("ئۇيغۇر", "ئۇيغۇر"),
            ("👨‍👩‍👧 ok", "👨‍👩‍👧 ok"),
            ("𠮷家", "𠮷家"),
        ];
        for (raw, kept) in cases {
            assert_eq!(Prose::parse(raw, 99).map(|t| t.0), Ok(kept.to_owned()), "{raw:?}");
        }
        assert_eq!(Line::parse("一\n二\t三", 9).map(|t| t.0), Ok("一 二 三".to_owned()));
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(Line::parse("一二三", 3).is_ok());
        assert_eq!(Line::parse("一二三四", 3), Err(TypedRefusal::TooLong { most: 3, got: 4 }));
    }

    proptest::proptest! {
        #[test]
        fn parsing_is_stable(raw in "\\PC{0,40}|[\\u{200B}-\\u{206F}a一\n\r\t\0]{0,20}") {
            if let Ok(once) = Prose::parse(&raw, 100) {
                proptest::prop_assert_eq!(Prose::parse(once.as_str(), 100), Ok(once.clone()));
            }
        }
    }
}
