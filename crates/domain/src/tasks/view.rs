//! What the person with the task sees, and what the desk sees of it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::attachments::PhotoView;
use crate::id::{MatterId, TaskId};
use crate::matters::MatterNumber;
use crate::tasks::TaskStage;
use crate::time::{Day, Timestamp};

/// A task on `/tasks`. Words, place and contact are there only while the task is in the reader's own hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskView {
    /// The task.
    pub id: TaskId,
    /// The community's address word.
    pub community: String,
    /// The matter's number on the list.
    pub number: MatterNumber,
    /// What is to be done, as the desk wrote it.
    pub instruction: String,
    /// The matter's public wording.
    pub wording: String,
    /// The group it is in.
    pub group: String,
    /// Where it stands.
    pub stage: TaskStage,
    /// Due by the end of this day.
    pub due: Option<Day>,
    /// When it was dispatched.
    pub dispatched_at: Timestamp,
    /// True when the reader holds it.
    pub in_my_hands: bool,
    /// What the people who asked said, where, and how to reach them; only for the one who holds it.
    pub asked_by: Vec<AskedBy>,
}

/// Someone who asked, for the one who holds the task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AskedBy {
    /// The words.
    pub words: String,
    /// Where.
    pub place: Option<String>,
    /// How to reach them.
    pub contact: Option<String>,
    /// Their photos.
    pub photos: Vec<PhotoView>,
}

/// A task as the desk reads it on the matter's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DispatchedView {
    /// The task.
    pub id: TaskId,
    /// The matter.
    pub matter: MatterId,
    /// What is to be done.
    pub instruction: String,
    /// Where it stands.
    pub stage: TaskStage,
    /// Who holds it or was given it.
    pub holder: Option<String>,
    /// The round of work it belongs to.
    pub round: i64,
    /// Due by the end of this day.
    pub due: Option<Day>,
    /// What the finisher wrote.
    pub done_note: Option<String>,
    /// Photos of the finished work.
    pub photos: Vec<PhotoView>,
    /// Version for the next change.
    pub version: i64,
}
