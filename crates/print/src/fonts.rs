//! The two faces, and which characters they cannot draw.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Regular and bold; statics, so that nothing is read from the binary before the first sheet.
static REGULAR: &[u8] = include_bytes!(env!("LINLI_FACE_REGULAR"));
static BOLD: &[u8] = include_bytes!(env!("LINLI_FACE_BOLD"));

/// The faces with their index, as the typesetter wants them.
pub struct Faces {
    /// Names, weights and coverage.
    pub book: LazyHash<FontBook>,
    /// In the order of the book.
    pub fonts: Vec<Font>,
    /// The one family of both faces; the templates get it as data, so that another package needs no other template.
    pub family: String,
}

/// Read once, on first use; without any face the family is empty.
pub static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let fonts: Vec<Font> = [REGULAR, BOLD].into_iter().filter_map(|face| Font::new(Bytes::new(face), 0)).collect();
    let family = fonts.first().map(|font| font.info().family.clone()).unwrap_or_default();
    Faces { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, family }
});

/// Characters of `text` that no embedded face can draw, each once, in order of code point; empty when all is well.
///
/// Asked when a wording is typed, so that a rare name is talked about before it is on paper. What is never drawn
/// (white space, control and direction signs, variation selectors) is not missing. The typesetter itself stays silent:
/// with no usable glyph it prints an empty box or nothing at all.
pub fn missing_characters(text: &str) -> Vec<char> {
    let faces = &*FACES;
    let mut missing: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
    missing.sort_unstable();
    missing.dedup();
    // Every face has to have it: headings and struck words are bold, wordings are regular.
    missing
        .retain(|c| faces.fonts.is_empty() || !faces.fonts.iter().all(|f| f.info().coverage.contains(u32::from(*c))));
    missing
}

/// Signs that change how others are read and have no shape of their own.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || turns_direction(c)
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

/// Marks, embeddings, overrides and isolates of writing direction: one of them turns a whole row round.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}
