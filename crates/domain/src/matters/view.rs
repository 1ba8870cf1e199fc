//! What the desk reads of matters.

use serde::Serialize;
use utoipa::ToSchema;

use crate::audit::RecordView;
use crate::id::{CategoryId, GroupId, MatterId};
use crate::matters::{MatterNumber, Round, Stage};
use crate::tasks::view::DispatchedView;
use crate::time::{Day, Timestamp};
use crate::voices::view::VoiceView;

/// One line of the inbox or of a list of matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MatterLine {
    /// The matter.
    pub id: MatterId,
    /// Its number, once listed.
    pub number: Option<MatterNumber>,
    /// Where it stands.
    pub stage: Stage,
    /// The public wording, or the beginning of the first voice while there is none.
    pub title: String,
    /// Where, if somebody said so.
    pub place: Option<String>,
    /// When its first voice arrived.
    pub received_at: Timestamp,
    /// How many people raised it.
    pub voices: i64,
    /// Due by the end of this day.
    pub deadline: Option<Day>,
    /// True when the deadline is past and it is still open.
    pub overdue: bool,
}

/// A page of matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MatterLines {
    /// Newest first.
    pub matters: Vec<MatterLine>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
}

/// How many matters stand where, on the desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeskCounts {
    /// Not looked at yet.
    pub received: i64,
    /// On the list, nobody at work.
    pub listed: i64,
    /// Black again.
    pub disputed: i64,
    /// At work.
    pub working: i64,
    /// Waiting for those who asked.
    pub awaiting: i64,
}

/// What stands on the public list about a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListingView {
    /// The public wording.
    pub wording: String,
    /// The category.
    pub category: CategoryId,
    /// The category's name.
    pub category_name: String,
    /// The group.
    pub group: GroupId,
    /// The group's name.
    pub group_name: String,
    /// Who answers for it.
    pub responsible: String,
    /// Due by the end of this day.
    pub deadline: Day,
}

/// A matter with every voice on it, its tasks and its timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MatterView {
    /// The matter.
    pub id: MatterId,
    /// Its number, once listed.
    pub number: Option<MatterNumber>,
    /// Where it stands.
    pub stage: Stage,
    /// The round of work.
    pub round: Round,
    /// Send this back with a change; an older one is a 409.
    pub version: i64,
    /// When its first voice arrived.
    pub received_at: Timestamp,
    /// What stands on the public list, once it does.
    pub listing: Option<ListingView>,
    /// Why it was not taken on.
    pub declined_because: Option<String>,
    /// The entry it became part of.
    pub merged_into: Option<MatterNumber>,
    /// The entry it is a part of.
    pub parent: Option<MatterNumber>,
    /// Its parts.
    pub parts: Vec<MatterNumber>,
    /// Every voice.
    pub voices: Vec<VoiceView>,
    /// Every task, newest first.
    pub tasks: Vec<DispatchedView>,
    /// What happened, oldest first.
    pub timeline: Vec<RecordView>,
}
