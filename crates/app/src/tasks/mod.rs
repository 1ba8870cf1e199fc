//! Tasks: dispatched, taken by exactly one pair of hands, given back or finished.

pub mod accept;
pub mod dispatch;
pub mod finish;
pub mod give_back;
pub mod hand_over;
pub mod show;
pub mod withdraw;

use linli_domain::id::{MatterId, PersonId, TaskId};
use linli_domain::matters::Round;
use linli_domain::refusal::CommonRefusal;
use linli_domain::tasks::{TaskRefusal, TaskStage, TaskStep};
use linli_store::{Stop, tasks};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::Cx;

/// A hand that holds its task.
pub(crate) const HELD: &str = "held";
/// A hand that finished it.
pub(crate) const FINISHED: &str = "finished";
/// A hand that gave it back.
pub(crate) const RETURNED: &str = "returned";
/// A hand that handed it over, because its owner leaves.
pub(crate) const HANDED_OVER: &str = "handed_over";
/// A hand whose account was switched off, or whose role was taken away.
pub(crate) const ORPHANED: &str = "orphaned";
/// A hand it was taken from.
pub(crate) const WITHDRAWN: &str = "withdrawn";

/// Names a task.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct TaskAt {
    /// The task.
    pub task: TaskId,
}

/// A task after a command.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TaskMoved {
    /// The task.
    pub id: TaskId,
    /// The matter it belongs to.
    pub matter: MatterId,
    /// Where it stands.
    pub stage: TaskStage,
}

/// A task as it was loaded.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub id: TaskId,
    pub matter: MatterId,
    pub round: Round,
    pub offered: bool,
    pub stage: TaskStage,
    pub holder: Option<PersonId>,
    pub version: i64,
}

impl Task {
    /// Loads a task of this community.
    pub async fn load(cx: &Cx<'_>, id: TaskId) -> Result<Task, Stop> {
        let row = tasks::load(cx.tx, cx.community.id, id).await?.ok_or(CommonRefusal::NotFound)?;
        let (matter, round, offered, stage, holder, version) = row;
        Ok(Task { id, matter, round, offered: offered == 1, stage, holder, version })
    }

    /// How it goes back: to the others when it was offered, to the desk when it was given.
    pub fn returning(&self) -> TaskStep {
        if self.offered { TaskStep::ReturnOffered } else { TaskStep::ReturnAssigned }
    }

    /// Only the hands that hold it may do this.
    pub fn held_by(&self, me: PersonId) -> Result<(), TaskRefusal> {
        match (self.stage, self.holder) {
            (TaskStage::Accepted, Some(holder)) if holder == me => Ok(()),
            (TaskStage::Offered | TaskStage::Assigned | TaskStage::Accepted, _) => Err(TaskRefusal::NotYours),
            _ => Err(TaskRefusal::Over),
        }
    }

    /// Takes `step` and saves it by compare-and-set.
    pub async fn take(&self, cx: &Cx<'_>, step: TaskStep, holder: Option<PersonId>) -> Result<TaskMoved, Stop> {
        let stage = self.stage.after(step)?;
        match tasks::save(cx.tx, stage, holder, cx.community.id, self.id, self.version).await? {
            0 => Err(Stop::Raced),
            _ => Ok(TaskMoved { id: self.id, matter: self.matter, stage }),
        }
    }
}

/// The account that acts; tasks are in somebody's hands, never in nobody's.
pub(crate) fn me(cx: &Cx<'_>) -> Result<PersonId, CommonRefusal> {
    cx.actor.person().ok_or(CommonRefusal::SignInFirst)
}
