//! Finishing: the hand says that it is done, with a note and photos. Whether it is done, those who asked will say.

use bytes::Bytes;
use linli_domain::audit::{Event, Kind};
use linli_domain::id::TaskId;
use linli_domain::people::Permission;
use linli_domain::tasks::TaskStep;
use linli_domain::typed::{FieldRefusal, Fields, Prose};
use linli_domain::voices::REASON_MAX;
use linli_store::{Stop, tasks};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::attachments::{self, StoredPhoto};
use crate::command::{Caller, Command, Cx, Denied, Recorded};
use crate::matters::{load, save};
use crate::tasks::{FINISHED, Task, TaskAt, TaskMoved, me};

/// What was done.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishTaskInput {
    /// In a few words, for those who asked.
    pub note: Option<String>,
}

/// Finishes a task.
#[derive(Debug)]
pub struct FinishTask {
    task: TaskId,
    note: Option<Prose>,
    raw_photos: Vec<Bytes>,
    photos: Vec<StoredPhoto>,
}

impl Command for FinishTask {
    const NAME: &'static str = "finish-task";
    const MAY: Permission = Permission::DO_TASKS;
    type At = TaskAt;
    type Input = FinishTaskInput;
    type Done = TaskMoved;

    fn parse(at: &TaskAt, input: &FinishTaskInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let note = fields.take("note", Prose::optional(input.note.as_deref(), REASON_MAX));
        fields.done(|| Some(Self { task: at.task, note: note?, raw_photos: Vec::new(), photos: Vec::new() }))
    }

    fn take_photos(&mut self, photos: Vec<Bytes>) {
        self.raw_photos = photos;
    }

    async fn prepare(&mut self, app: &App, _: &Caller) -> Result<(), Denied> {
        self.photos = attachments::store(app, &std::mem::take(&mut self.raw_photos)).await?;
        Ok(())
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<TaskMoved>, Stop> {
        let me = me(cx)?;
        let tenant = cx.community.id;
        let task = Task::load(cx, self.task).await?;
        task.held_by(me)?;
        let moved = task.take(cx, TaskStep::Finish, Some(me)).await?;
        if let Some(note) = &self.note {
            tasks::note_done(cx.tx, note, tenant, task.id).await?;
        }
        tasks::let_go(cx.tx, cx.now, FINISHED, None, tenant, task.id).await?;
        attachments::tie(cx, task.id.raw(), &self.photos).await?;
        let before = load(cx, task.matter).await?;
        let (after, settled) = before.matter.clone().task_finished().settle(cx.now)?;
        let followed = save(cx, &before, after).await?;
        let mut event = Event::of_matter(Kind::TaskFinished, task.matter)
            .about(task.id.raw())
            .with("round", task.round.raw())
            .with("photos", self.photos.len());
        if let Some(note) = &self.note {
            event = event.saying("note", note.as_str());
        }
        Ok(Recorded::new(moved, event).and(settled).and(followed))
    }
}
