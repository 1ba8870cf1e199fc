//! Text as the scanners read it: one sign a character, folded, with the bytes it came from.
//!
//! Invariant: signs are in order, their byte ranges lie on character boundaries and do not overlap, so a range found in
//! signs is always a range of the original text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// One character after folding, and where it stood.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sign {
    /// The folded character.
    pub ch: char,
    /// First byte in the original text.
    pub start: usize,
    /// Byte after the last one in the original text.
    pub end: usize,
}

/// Folds `text`: full-width forms become ASCII, invisible characters are left out.
pub(crate) fn signs(text: &str) -> Vec<Sign> {
    text.char_indices()
        .filter(|(_, ch)| !invisible(*ch))
        .map(|(start, ch)| Sign { ch: folded(ch), start, end: start + ch.len_utf8() })
        .collect()
}

/// The bytes of the signs `range`; an empty range gives an empty one.
pub(crate) fn bytes(signs: &[Sign], range: Range<usize>) -> Range<usize> {
    match signs.get(range) {
        Some([first, .., last]) => first.start..last.end,
        Some([only]) => only.start..only.end,
        _ => 0..0,
    }
}

/// Whether a character is one that nobody sees: it would split a number in two for a program only.
pub(crate) fn invisible(ch: char) -> bool {
    ch.general_category() == GeneralCategory::Format || matches!(ch, '\u{fe00}'..='\u{fe0f}')
}

/// NFKC for one character. Circled, raised and bracketed figures stay as they are: `①13900001234` is an item's mark and a
/// number, and folding would make a longer number of the two.
fn folded(ch: char) -> char {
    if ch.is_ascii() || ch.general_category() == GeneralCategory::OtherNumber {
        return ch;
    }
    let mut forms = std::iter::once(ch).nfkc();
    match (forms.next(), forms.next()) {
        (Some(one), None) => one,
        _ => ch,
    }
}

/// Whether a folded character is a dash of any length.
pub(crate) fn is_dash(ch: char) -> bool {
    matches!(ch, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{fe58}')
}
