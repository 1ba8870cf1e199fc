//! Character bigrams: what the search index holds, and the check that a hit is one.
//!
//! Invariant: both sides of the index and of the check are folded by the same function. If `contains(text, needle)` then
//! every one of `probes(needle)` is among `grams(text)`, so asking the index for them loses nothing; the check then throws
//! out what only has the same pairs. Chinese has no spaces, so two-character words in the middle of a run are found.

use unicode_normalization::UnicodeNormalization;

use crate::signs::invisible;

/// The pairs of neighbouring characters of `text`, in order of first appearance, each once; a run of a single character
/// is kept as that character. Spaces and punctuation end a run.
pub fn grams(text: &str) -> Vec<String> {
    distinct(text, true)
}

/// The grams of `needle` that any text which contains it must have: its pairs. A needle of single characters has none, and
/// the caller then checks the texts themselves.
pub fn probes(needle: &str) -> Vec<String> {
    distinct(needle, false)
}

/// Whether `needle` stands in `haystack` after both are folded (NFKC, ASCII lower case, invisible characters gone, spaces
/// as one). A needle with nothing visible in it stands nowhere.
pub fn contains(haystack: &str, needle: &str) -> bool {
    let needle = folded(needle);
    let needle = needle.trim();
    !needle.is_empty() && folded(haystack).contains(needle)
}

fn distinct(text: &str, singles: bool) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let mut all = Vec::new();
    let folded = folded(text);
    for run in folded.split(|ch: char| !ch.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let ends: Vec<usize> = run.char_indices().map(|(at, ch)| at + ch.len_utf8()).collect();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let pairs = starts.zip(ends.iter().skip(1)).filter_map(|(start, end)| run.get(start..*end));
        let single = (singles && ends.len() == 1).then_some(run);
        for gram in single.into_iter().chain(pairs) {
            if seen.insert(gram.to_owned()) {
                all.push(gram.to_owned());
            }
        }
    }
    all
}

fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars().filter(|ch| !invisible(*ch)).nfkc() {
        if ch.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(ch.to_ascii_lowercase());
        }
    }
    out
}
