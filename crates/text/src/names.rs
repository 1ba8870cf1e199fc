//! Keys that put people's names in the order of the dictionary.
//!
//! Invariant: a key is printable ASCII, so both database engines and every page sort it alike. A family name is read as a
//! family name (曾 zeng, 单 shan), a compound one as one word (尉迟 yuchi). Where a person corrects the reading, the key of
//! what they typed is made by the same function: Latin letters pass through.

mod surnames;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::signs::invisible;

/// The key of `name`: its syllables in lower-case pinyin without tones, a space between them; `ü` is `v`. Latin words stay,
/// without accents. A character without a reading is `~` and its code point, so it sorts last and is still told apart.
/// Never fails; a name without any letter gives an empty key.
pub fn sort_key(name: &str) -> String {
    syllables(name).join(" ")
}

/// The first letters of the syllables of `name` (`zxm` for 曾小明); a compound family name counts as one.
pub fn initials(name: &str) -> String {
    syllables(name).iter().filter_map(|syllable| syllable.chars().next()).filter(|ch| *ch != '~').collect()
}

fn syllables(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().filter(|ch| !invisible(*ch)).nfkc().collect();
    let mut all = Vec::new();
    let mut word = String::new();
    let mut at = chars.iter().take_while(|ch| !ch.is_alphanumeric()).count();
    let rest = chars.get(at..).unwrap_or_default();
    // 老单, 小仇: a familiar address before a family name.
    let familiar = matches!(rest, ['老' | '小' | '阿', second] if surnames::single(*second).is_some());
    let skipped = usize::from(familiar);
    if let Some(prefix) = rest.first().filter(|_| familiar) {
        all.extend(reading(*prefix));
    }
    at += skipped;
    if let Some((syllable, length)) = surname(chars.get(at..).unwrap_or_default()) {
        all.push(syllable.to_owned());
        at += length;
    }
    for ch in chars.get(at..).unwrap_or_default().iter().copied() {
        if let Some(syllable) = reading(ch) {
            all.extend(take_word(&mut word));
            all.push(syllable);
        } else if ch.is_alphanumeric() && !latin(ch, &mut word) {
            all.extend(take_word(&mut word));
            all.push(format!("~{:06x}", u32::from(ch)));
        } else if !ch.is_alphanumeric() && !is_combining_mark(ch) {
            all.extend(take_word(&mut word));
        }
    }
    all.extend(take_word(&mut word));
    all
}

fn take_word(word: &mut String) -> Option<String> {
    (!word.is_empty()).then(|| std::mem::take(word))
}

fn surname(chars: &[char]) -> Option<(&'static str, usize)> {
    if let [first, second, ..] = chars
        && let Some(known) = surnames::compound(*first, *second)
    {
        return Some((known, 2));
    }
    chars.first().and_then(|ch| surnames::single(*ch)).map(|known| (known, 1))
}

fn reading(ch: char) -> Option<String> {
    let plain = ch.to_pinyin()?.plain();
    let ascii: String = plain.nfd().filter(|ch| !is_combining_mark(*ch) || *ch == '\u{308}').collect();
    let ascii = ascii.replace("u\u{308}", "v").replace('\u{308}', "");
    ascii.is_ascii().then(|| ascii.to_ascii_lowercase())
}

/// Adds the ASCII letters of `ch` to `word`; false when it has none (Cyrillic, Hangul).
fn latin(ch: char, word: &mut String) -> bool {
    let before = word.len();
    word.extend(std::iter::once(ch).nfd().filter(char::is_ascii_alphanumeric).map(|ch| ch.to_ascii_lowercase()));
    word.len() > before
}
