//! What must not stand in public: telephones, identity numbers, bank cards, plates, door numbers.
//!
//! Invariant: marks are in order, do not overlap, lie on character boundaries, and the text outside them is untouched.
//! A building or a unit alone is not marked: the desk must know which staircase is dark. Masks are those of the house's
//! masking rule: `138****8000`; identity number first six and last four; landline last two; door number hidden.

use std::ops::Range;

use crate::digits::{Found, Scan, Sort};
use crate::signs::bytes;
use crate::{doors, plates};

/// What a mark hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A mobile number: eleven figures from 13 to 19, with or without +86.
    Phone,
    /// A landline with or without area code, and its extension.
    Landline,
    /// A 400 or 800 number.
    ServiceNumber,
    /// A citizen's identity number of 18 or 15 signs (GB 11643).
    IdNumber,
    /// A bank card of 16 to 19 figures whose check figure fits.
    BankCard,
    /// A car plate.
    Plate,
    /// A room or door number; the range is the number alone, without `室`.
    Door,
}

/// A place in a text that must not be published as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Bytes of the text as it was given.
    pub range: Range<usize>,
    /// What stands there.
    pub kind: Kind,
}

/// Every place in `text` that must not be published, in order. Takes any text and never fails.
///
/// Full-width, spaced, dashed and Chinese figures are read like plain ones; ordinary numbers (dates, counts, amounts,
/// short hotlines) are left alone.
pub fn marks(text: &str) -> Vec<Mark> {
    found(text).into_iter().map(|(mark, _)| mark).collect()
}

/// `text` with every mark masked. Takes any text and never fails; a text without marks comes back as it is.
pub fn masked(text: &str) -> String {
    hidden(text, |_| true)
}

fn hidden(text: &str, which: impl Fn(Kind) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (mark, mask) in found(text).into_iter().filter(|(mark, _)| which(mark.kind)) {
        out.push_str(text.get(done..mark.range.start).unwrap_or_default());
        out.push_str(&mask);
        done = mark.range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

fn found(text: &str) -> Vec<(Mark, String)> {
    let scan = Scan::new(text);
    let place = |range: Range<usize>| bytes(&scan.signs, range);
    let mut all: Vec<(Mark, String)> = scan
        .found()
        .iter()
        .map(|found| (Mark { range: place(found.range.clone()), kind: kind(found.sort) }, number_mask(found)))
        .collect();
    for range in plates::found(&scan.signs) {
        let head: String =
            scan.signs.get(range.clone()).unwrap_or_default().iter().take(2).map(|sign| sign.ch).collect();
        all.push((Mark { range: place(range), kind: Kind::Plate }, head + "*****"));
    }
    for range in doors::found(&scan) {
        all.push((Mark { range: place(range), kind: Kind::Door }, "***".to_owned()));
    }
    // Telephones and plates came first and the sort is stable: where two readings overlap, the earlier start wins, and of
    // equal starts the longer one, because more of it is hidden.
    all.sort_by_key(|(mark, _)| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    let mut end = 0;
    all.retain(|(mark, _)| {
        let apart = mark.range.start >= end;
        end = if apart { mark.range.end } else { end };
        apart
    });
    all
}

fn kind(sort: Sort) -> Kind {
    match sort {
        Sort::Mobile => Kind::Phone,
        Sort::Landline => Kind::Landline,
        Sort::Service => Kind::ServiceNumber,
        Sort::Id => Kind::IdNumber,
        Sort::BankCard => Kind::BankCard,
    }
}

fn number_mask(found: &Found) -> String {
    let (head, tail) = match found.sort {
        Sort::Mobile => (3, 4),
        Sort::Id => (6, 4),
        Sort::Landline | Sort::Service => (0, 2),
        Sort::BankCard => (0, 4),
    };
    // An extension is hidden whole.
    let digits = &found.digits;
    let hidden = digits.len().saturating_sub(head + tail);
    let first = digits.get(..head).unwrap_or_default();
    let last = digits.get(head + hidden..).unwrap_or_default();
    format!("{first}{}{last}", "*".repeat(hidden))
}

/// `text` with its numbers masked (telephones, identity numbers, cards, plates), and doors left for whoever has to go there.
pub fn masked_numbers(text: &str) -> String {
    hidden(text, |kind| kind != Kind::Door)
}

/// A contact field, masked: a number as everywhere; of anything else the first character stays.
pub fn masked_contact(text: &str) -> String {
    let masked = masked_numbers(text);
    if masked != text {
        return masked;
    }
    let first: String = text.chars().take(1).collect();
    first + "***"
}
