//! What the public list shows, once: the page, the JSON, the CSV and the paper all consume these types.

use serde::Serialize;
use utoipa::ToSchema;

use crate::audit::view::CheckpointView;
use crate::matters::MatterNumber;
use crate::time::{Day, Timestamp};

/// How an entry stands on the public list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Black: taken on, nobody at work yet.
    Listed,
    /// Black: somebody is at work.
    Working,
    /// Black: done as the workers say, waiting for the one who asked.
    Awaiting,
    /// Black again: the one who asked said it is not done.
    Disputed,
    /// Red and struck off: the one who asked confirmed it.
    Confirmed,
    /// Closed without an answer; never counted as satisfied.
    NoAnswer,
    /// Part of another entry now; its number stays and says where it went.
    Merged,
}

impl Standing {
    /// Red, struck through.
    pub fn is_struck_off(self) -> bool {
        self == Standing::Confirmed
    }
    /// Black: somebody still owes work or an answer.
    pub fn is_open(self) -> bool {
        matches!(self, Standing::Listed | Standing::Working | Standing::Awaiting | Standing::Disputed)
    }
    /// The word in Fluent keys (`standing-working`), CSV and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Listed => "listed",
            Standing::Working => "working",
            Standing::Awaiting => "awaiting",
            Standing::Disputed => "disputed",
            Standing::Confirmed => "confirmed",
            Standing::NoAnswer => "no_answer",
            Standing::Merged => "merged",
        }
    }
}

/// One numbered entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryView {
    /// The number on the list.
    pub number: MatterNumber,
    /// The public wording, approved apart from the voice.
    pub wording: String,
    /// The kind of matter, e.g. 照明.
    pub category: String,
    /// Who answers for it, as printed.
    pub responsible: String,
    /// Due by the end of this day.
    pub deadline: Day,
    /// How it stands.
    pub standing: Standing,
    /// The entry that this one became part of.
    pub merged_into: Option<MatterNumber>,
    /// The day it was confirmed or closed.
    pub closed_on: Option<Day>,
    /// How many people raised it.
    pub voices: i64,
}

/// A villagers' group (or a building group) with its entries by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GroupView {
    /// The group's name, e.g. 三组.
    pub name: String,
    /// Its entries, by number.
    pub entries: Vec<EntryView>,
}

impl GroupView {
    /// How many of these entries are struck off.
    pub fn struck_off(&self) -> usize {
        self.entries.iter().filter(|e| e.standing.is_struck_off()).count()
    }
}

/// The totals, the same figures on every page, sheet and file.
///
/// `listed = open + confirmed + no_answer + merged`: every number is accounted for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// Numbers given out so far.
    pub listed: i64,
    /// Black.
    pub open: i64,
    /// Red: confirmed by those who asked.
    pub confirmed: i64,
    /// Closed without an answer.
    pub no_answer: i64,
    /// Part of another entry; not counted a second time anywhere else.
    pub merged: i64,
}

impl Totals {
    /// Entries that count as matters of their own.
    pub fn entries(&self) -> i64 {
        self.listed - self.merged
    }
}

/// The public list, or one page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListView {
    /// The community's name, e.g. 谷场村.
    pub community: String,
    /// The address word of the community.
    pub slug: String,
    /// The number to dial with anything to say about the list.
    pub phone: String,
    /// Where to go in person.
    pub office: String,
    /// When these figures were read.
    pub as_of: Timestamp,
    /// Totals of the whole list, whatever page this is.
    pub totals: Totals,
    /// Groups in their order.
    pub groups: Vec<GroupView>,
    /// What the log looks like at this moment; `None` before its first entry is numbered.
    pub checkpoint: Option<CheckpointView>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
}
