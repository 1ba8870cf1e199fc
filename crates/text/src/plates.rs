//! Car plates (GA 36): a province's character, a letter, five signs, six for electric cars.

use std::ops::Range;

use crate::signs::Sign;

const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";
const LAST: &str = "学警挂港澳领使";

/// Ranges of signs that are plates.
pub(crate) fn found(signs: &[Sign]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for at in 0..signs.len() {
        if all.last().is_none_or(|last| last.end <= at)
            && let Some(end) = plate_at(signs, at)
        {
            all.push(at..end);
        }
    }
    all
}

fn plate_at(signs: &[Sign], at: usize) -> Option<usize> {
    let ch = |at: usize| signs.get(at).map(|sign| sign.ch);
    if !PROVINCES.contains(ch(at)?) || !ch(at + 1)?.is_ascii_alphabetic() {
        return None;
    }
    let mut from = at + 2;
    if matches!(ch(from)?, '·' | '•' | '・' | '.' | ' ' | '-' | '\u{2027}') {
        from += 1;
    }
    // Eight are enough to see that a word is too long.
    let run = signs.get(from..)?.iter().take(8).take_while(|sign| sign.ch.is_ascii_alphanumeric()).count();
    let last = ch(from + run).is_some_and(|ch| LAST.contains(ch)) && run < 6;
    let length = run + usize::from(last && run < 5);
    let figures = signs.get(from..from + run)?.iter().filter(|sign| sign.ch.is_ascii_digit()).count();
    (matches!(length, 5 | 6) && figures >= 2).then_some(from + length)
}
