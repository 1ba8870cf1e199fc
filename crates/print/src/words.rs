//! The translated words of a sheet. Nothing of this has a default: the web layer fills it from Fluent.
//!
//! A name in braces is a place that this crate fills. In Fluent pass the place itself as the argument
//! (`page = "{page}"`), and the translator decides the order.

/// Everything fixed on the printed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListWords {
    /// The language tag of these words, e.g. `zh-CN` or `en`; it decides line breaks and what a screen reader speaks.
    pub lang: String,
    /// What the list is called, e.g. 民生承诺清单. The community's name is set before it.
    pub title: String,
    /// The line of the date; `{date}`, `{minute}` (`2026-02-03 09:05`).
    pub as_of: String,
    /// How a day is written; `{iso}`, or `{year}`, `{month}`, `{day}`.
    pub day: String,
    /// Column head of the number.
    pub number: String,
    /// Column head of the public wording.
    pub wording: String,
    /// Column head of who answers for it.
    pub responsible: String,
    /// Column head of the deadline.
    pub deadline: String,
    /// Column head of how it stands.
    pub standing: String,
    /// The word of each standing, printed on each entry.
    pub standings: StandingWords,
    /// What the looks mean.
    pub legend: LegendWords,
    /// Labels of the figures at the top.
    pub totals: TotalsWords,
    /// The tally beside a group's name; `{confirmed}`, `{entries}` (merged ones not counted).
    pub group_tally: String,
    /// Behind a group's name where it goes on over the page, e.g. （续）.
    pub continued: String,
    /// At the foot of every page; `{page}`, `{pages}`.
    pub page_of: String,
    /// How to object, whole sentence, on every page and after the last entry; `{phone}`, `{office}`.
    pub how_to_object: String,
    /// Beside the code of the checkpoint: what it is for; `{size}`, `{fingerprint}`.
    pub checkpoint: String,
    /// The sentence of a list without entries.
    pub empty: String,
}

/// One word for each standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingWords {
    /// Taken on, nobody at work yet.
    pub listed: String,
    /// Somebody is at work.
    pub working: String,
    /// Done as the workers say, waiting for the one who asked.
    pub awaiting: String,
    /// The one who asked said it is not done.
    pub disputed: String,
    /// Done and confirmed.
    pub confirmed: String,
    /// Closed without an answer.
    pub no_answer: String,
    /// Part of another entry; `{number}` is where it went.
    pub merged_into: String,
}

/// One line of the legend: a sample in the look itself, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendLine {
    /// Set in the look it stands for, e.g. 红字划线.
    pub sample: String,
    /// What that look says, e.g. 办好了，提的人认可.
    pub meaning: String,
}

/// The legend, one line for each look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendWords {
    /// Red and struck through.
    pub confirmed: LegendLine,
    /// Black.
    pub open: LegendLine,
    /// Closed without an answer: neither red nor struck through.
    pub no_answer: LegendLine,
    /// Part of another entry.
    pub merged: LegendLine,
}

/// Labels of the totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalsWords {
    /// Numbers given out.
    pub listed: String,
    /// Black.
    pub open: String,
    /// Red.
    pub confirmed: String,
    /// Closed without an answer.
    pub no_answer: String,
    /// Part of another entry.
    pub merged: String,
}
