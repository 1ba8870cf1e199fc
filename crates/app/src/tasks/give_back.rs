//! Giving a task back, with a reason: offered ones are open to the others again, given ones go to the desk.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::TaskId;
use linli_domain::people::Permission;
use linli_domain::tasks::TaskStage;
use linli_domain::typed::{FieldRefusal, Prose};
use linli_store::{Stop, tasks};

use crate::command::{Command, Cx, Recorded};
use crate::matters::decline::{ReasonInput, reason};
use crate::matters::{load, save};
use crate::tasks::{RETURNED, Task, TaskAt, TaskMoved, me};

/// Gives a task back.
#[derive(Debug)]
pub struct ReturnTask {
    task: TaskId,
    reason: Prose,
}

impl Command for ReturnTask {
    const NAME: &'static str = "return-task";
    const MAY: Permission = Permission::DO_TASKS;
    type At = TaskAt;
    type Input = ReasonInput;
    type Done = TaskMoved;

    fn parse(at: &TaskAt, input: &ReasonInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { task: at.task, reason: reason(&input.reason)? })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<TaskMoved>, Stop> {
        let me = me(cx)?;
        let task = Task::load(cx, self.task).await?;
        // What was given to one person may be given back before it was taken.
        let mine = task.stage == TaskStage::Assigned && task.holder == Some(me);
        if !mine {
            task.held_by(me)?;
        }
        let moved = task.take(cx, task.returning(), None).await?;
        tasks::let_go(cx.tx, cx.now, RETURNED, Some(&self.reason), cx.community.id, task.id).await?;
        let before = load(cx, task.matter).await?;
        let mut after = before.matter.clone();
        if !moved.stage.is_live() {
            after = after.task_gone();
        }
        let (after, settled) = after.settle(cx.now)?;
        let followed = save(cx, &before, after).await?;
        let event = Event::of_matter(Kind::TaskReturned, task.matter)
            .about(task.id.raw())
            .saying("reason", self.reason.as_str());
        Ok(Recorded::new(moved, event).and(settled).and(followed))
    }
}
