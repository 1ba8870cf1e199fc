//! Accepting: of fifty who tap at once, exactly one has it.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::{HandId, TaskId};
use linli_domain::people::Permission;
use linli_domain::refusal::CommonRefusal;
use linli_domain::tasks::{TaskRefusal, TaskStage, TaskStep};
use linli_domain::time::Timestamp;
use linli_domain::typed::FieldRefusal;
use linli_store::{Stop, tasks};

use crate::command::{Command, Cx, Nothing, Recorded};
use crate::matters::{load, save};
use crate::tasks::{HELD, Task, TaskAt, TaskMoved, me};

/// Takes an offered task, or the one that was given to oneself.
#[derive(Debug)]
pub struct AcceptTask {
    task: TaskId,
}

impl Command for AcceptTask {
    const NAME: &'static str = "accept-task";
    const MAY: Permission = Permission::DO_TASKS;
    type At = TaskAt;
    type Input = Nothing;
    type Done = TaskMoved;

    fn parse(at: &TaskAt, _: &Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { task: at.task })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<TaskMoved>, Stop> {
        let me = me(cx)?;
        let task = Task::load(cx, self.task).await?;
        if task.stage == TaskStage::Assigned && task.holder != Some(me) {
            return Err(TaskRefusal::GivenToAnother.into());
        }
        // A contractor has the tasks that are given to the firm, and no others.
        if task.stage == TaskStage::Offered && !cx.actor.may(cx.community).contains(Permission::TAKE_OFFERS) {
            return Err(CommonRefusal::NotFound.into());
        }
        let moved = task.take(cx, TaskStep::Accept, Some(me)).await?;
        let id = HandId::new(cx.app.ids.next(cx.now));
        let (tenant, now) = (cx.community.id, cx.now);
        tasks::take(cx.tx, id, tenant, task.id, task.matter, me, now, Timestamp::NEVER, HELD).await?;
        let before = load(cx, task.matter).await?;
        let after = before.matter.clone();
        save(cx, &before, after).await?;
        Ok(Recorded::new(moved, Event::of_matter(Kind::TaskAccepted, task.matter).about(task.id.raw())))
    }
}
