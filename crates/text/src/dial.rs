//! Numbers to call, read from a contact field as people fill it in.
//!
//! Invariant: what is returned holds figures, a leading `+`, and one `,` before an extension, and nothing else, so it can
//! stand behind `tel:` (RFC 3966; the comma is the pause that telephones know). A field is free text: no number in it is
//! an ordinary answer, never an error.

use crate::digits::{Scan, Sort, is_unit};
use crate::signs::is_dash;

/// Hotlines (12345), emergency numbers (110) and numbers of an office's own exchange.
const SHORT: std::ops::RangeInclusive<usize> = 3..=6;
/// E.164: at most fifteen figures.
const ABROAD: std::ops::RangeInclusive<usize> = 7..=15;

/// The numbers in `text` that can be dialled, in order and each once. An extension follows as `,8`. Never fails.
pub fn numbers(text: &str) -> Vec<String> {
    let scan = Scan::new(text);
    let mut all: Vec<String> = Vec::new();
    let mut at = 0;
    while at < scan.len() {
        let (number, next) = number_at(&scan, at);
        at = next;
        if let Some(number) = number
            && !all.contains(&number)
        {
            all.push(number);
        }
    }
    all
}

fn number_at(scan: &Scan, at: usize) -> (Option<String>, usize) {
    if let Some((number, next)) = abroad(scan, at) {
        return (Some(number), next);
    }
    if let Some(found) = scan.strong(at) {
        let callable = matches!(found.sort, Sort::Mobile | Sort::Landline | Sort::Service);
        return (callable.then(|| with_extension(found.digits, &found.extension)), found.next_group);
    }
    if let Some(found) = scan.bare(at, true) {
        return (Some(with_extension(found.digits, &found.extension)), found.next_group);
    }
    short(scan, at).map_or((None, at + 1), |(number, next)| (Some(number), next))
}

fn with_extension(digits: String, extension: &str) -> String {
    if extension.is_empty() { digits } else { format!("{digits},{extension}") }
}

/// `+852 5555 0123`; a +86 is left to the rules of the country.
fn abroad(scan: &Scan, at: usize) -> Option<(String, usize)> {
    let first = scan.range(at);
    let mut digits = scan.figures(first.clone());
    if scan.before(first.start) != Some('+') || digits.starts_with("86") {
        return None;
    }
    let mut next = at + 1;
    while next < scan.len() {
        let range = scan.range(next);
        let gap = scan.signs.get(scan.range(next - 1).end..range.start).unwrap_or_default();
        let joined =
            !gap.is_empty() && gap.len() <= 2 && gap.iter().all(|sign| is_dash(sign.ch) || " ()".contains(sign.ch));
        if !joined || digits.len() + range.len() > *ABROAD.end() {
            break;
        }
        digits.push_str(&scan.figures(range));
        next += 1;
    }
    ABROAD.contains(&digits.len()).then(|| (format!("+{digits}"), next))
}

/// A short number, alone or behind an area code (`0512-12345`).
fn short(scan: &Scan, at: usize) -> Option<(String, usize)> {
    let range = scan.range(at);
    let mut digits = scan.figures(range.clone());
    let mut next = at + 1;
    let mut end = range.end;
    let area = digits.starts_with('0') && matches!(digits.len(), 3 | 4);
    if area
        && scan.ch(end).is_some_and(is_dash)
        && scan.range(next).start == end + 1
        && SHORT.contains(&scan.range(next).len())
    {
        end = scan.range(next).end;
        digits.push_str(&scan.figures(scan.range(next)));
        next += 1;
    } else if !SHORT.contains(&digits.len()) || digits.starts_with('0') {
        return None;
    }
    let near = if scan.ch(end) == Some(' ') { end + 1 } else { end };
    let place =
        scan.ch(near).is_some_and(|ch| is_unit(ch) || "室房号栋幢座单楼弄#:/".contains(ch) || ch.is_ascii_alphabetic());
    let fraction = scan.ch(end) == Some('.') && scan.ch(end + 1).is_some_and(|ch| ch.is_ascii_digit());
    let tied = scan
        .before(range.start)
        .is_some_and(|ch| is_dash(ch) || ch.is_ascii_alphabetic() || "楼元栋幢座号:/.".contains(ch))
        || scan.ch(end).is_some_and(is_dash);
    if place || fraction || tied || scan.is_han(at) {
        return None;
    }
    match scan.extension(next, false) {
        Some((_, extension)) => Some((with_extension(digits, &extension), next + 1)),
        None => Some((digits, next)),
    }
}
