//! The desk takes a task back, from whoever has it.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::TaskId;
use linli_domain::people::Permission;
use linli_domain::refusal::CommonRefusal;
use linli_domain::tasks::TaskStep;
use linli_domain::typed::{FieldRefusal, Prose};
use linli_store::{Stop, tasks};

use crate::command::{Command, Cx, Recorded};
use crate::matters::decline::{ReasonInput, reason};
use crate::matters::{load, save};
use crate::tasks::{Task, TaskAt, TaskMoved, WITHDRAWN};

/// Takes a task back.
#[derive(Debug)]
pub struct WithdrawTask {
    task: TaskId,
    reason: Prose,
    version: Option<i64>,
}

impl Command for WithdrawTask {
    const NAME: &'static str = "withdraw-task";
    const MAY: Permission = Permission::DISPATCH;
    type At = TaskAt;
    type Input = ReasonInput;
    type Done = TaskMoved;

    fn parse(at: &TaskAt, input: &ReasonInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { task: at.task, reason: reason(&input.reason)?, version: input.version })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<TaskMoved>, Stop> {
        let task = Task::load(cx, self.task).await?;
        // The version is the task's own here: somebody may have accepted it while the desk was typing.
        if self.version.is_some_and(|version| version != task.version) {
            return Err(CommonRefusal::Stale.into());
        }
        let moved = task.take(cx, TaskStep::Withdraw, None).await?;
        tasks::let_go(cx.tx, cx.now, WITHDRAWN, Some(&self.reason), cx.community.id, task.id).await?;
        let before = load(cx, task.matter).await?;
        let (after, settled) = before.matter.clone().task_gone().settle(cx.now)?;
        let followed = save(cx, &before, after).await?;
        let event = Event::of_matter(Kind::TaskWithdrawn, task.matter)
            .about(task.id.raw())
            .saying("reason", self.reason.as_str());
        Ok(Recorded::new(moved, event).and(settled).and(followed))
    }
}
