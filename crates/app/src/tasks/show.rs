//! What the people who do the work see: the words, the place and the contact only while the task is in their hands.

use linli_domain::id::TaskId;
use linli_domain::matters::{MatterNumber, Round};
use linli_domain::notifications::MessageView;
use linli_domain::people::Permission;
use linli_domain::refusal::CommonRefusal;
use linli_domain::tasks::TaskStage;
use linli_domain::tasks::view::{AskedBy, TaskView};
use linli_domain::typed::FieldRefusal;
use linli_store::{Stop, tasks, voices};
use linli_text::redact;
use serde::Serialize;
use utoipa::ToSchema;

use crate::attachments;
use crate::attachments::show::holds;
use crate::command::{Cx, Here, Nothing, Query};
use crate::notifications::{VOLUNTEERS, newest};
use crate::tasks::{TaskAt, me};
use crate::voices::personal::open;

/// Tasks shown at once.
const MOST: i64 = 100;
/// Messages looked through.
const MESSAGES: i64 = 20;

/// What a volunteer or a grid worker has in front of her in one community.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct TasksView {
    /// In her hands or given to her, then those open to whoever takes them; oldest first.
    pub tasks: Vec<TaskView>,
    /// News about tasks that can still be taken or are hers.
    pub messages: Vec<MessageView>,
}

/// Reads one's own and the offered tasks.
#[derive(Debug)]
pub struct ShowTasks;

impl Query for ShowTasks {
    const NAME: &'static str = "show-tasks";
    const MAY: Permission = Permission::DO_TASKS;
    type At = Here;
    type Input = Nothing;
    type View = TasksView;

    fn parse(_: Here, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<TasksView, Stop> {
        let (tenant, me) = (cx.community.id, me(cx)?);
        let mut ids = tasks::held_by(cx.tx, tenant, me, MOST).await?;
        let takes_offers = cx.actor.may(cx.community).contains(Permission::TAKE_OFFERS);
        if takes_offers {
            ids.extend(tasks::offered(cx.tx, tenant, MOST).await?);
        }
        let mut tasks = Vec::with_capacity(ids.len());
        for (id,) in ids {
            tasks.push(view(cx, id).await?);
        }
        let mut messages = newest(cx, me.raw(), MESSAGES).await?;
        if takes_offers {
            messages.extend(newest(cx, VOLUNTEERS, MESSAGES).await?);
        }
        // News of what somebody else has taken meanwhile is no news.
        let waiting = |task: &TaskView| matches!(task.stage, TaskStage::Offered | TaskStage::Assigned);
        messages.retain(|message| tasks.iter().any(|task| Some(task.id) == message.task && waiting(task)));
        messages.sort_by_key(|message| std::cmp::Reverse(message.id));
        Ok(TasksView { tasks, messages })
    }
}

/// Reads one task.
#[derive(Debug)]
pub struct ShowTask {
    task: TaskId,
}

impl Query for ShowTask {
    const NAME: &'static str = "show-task";
    const MAY: Permission = Permission::DO_TASKS;
    type At = TaskAt;
    type Input = Nothing;
    type View = TaskView;

    fn parse(at: TaskAt, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { task: at.task })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<TaskView, Stop> {
        view(cx, self.task).await
    }
}

async fn view(cx: &Cx<'_>, id: TaskId) -> Result<TaskView, Stop> {
    let found = tasks::view(cx.tx, cx.community.id, id).await?.ok_or(CommonRefusal::NotFound)?;
    let (matter, number, instruction, wording, group, stage, holder, due, dispatched_at, offered) = found;
    let me = cx.actor.person();
    // Whoever gave a task back, or was never given it, reads nothing of it any more.
    let mine = holder.is_some() && holder == me && matches!(stage, TaskStage::Assigned | TaskStage::Accepted);
    let to_be_had = stage == TaskStage::Offered && cx.actor.may(cx.community).contains(Permission::TAKE_OFFERS);
    if !mine && !to_be_had {
        return Err(CommonRefusal::NotFound.into());
    }
    let in_my_hands = holds(stage, holder, me);
    let asked_by = if in_my_hands { asked_by(cx, matter).await? } else { Vec::new() };
    // The desk's words may quote a telephone number: everybody reads an offered task, only its holder reads it whole.
    let instruction = if offered == 1 && !in_my_hands { redact::masked(&instruction) } else { instruction };
    Ok(TaskView {
        id,
        community: cx.community.slug.clone(),
        number: number.unwrap_or(MatterNumber::new(0)),
        instruction,
        wording: wording.unwrap_or_default(),
        group: group.unwrap_or_default(),
        stage,
        due,
        dispatched_at,
        in_my_hands,
        asked_by,
    })
}

async fn asked_by(cx: &Cx<'_>, matter: linli_domain::id::MatterId) -> Result<Vec<AskedBy>, Stop> {
    let mut asked = Vec::new();
    let tenant = cx.community.id;
    for (id, words, data_key, place, contact, ..) in voices::of_matter(cx.tx, tenant, matter, Round::FIRST).await? {
        let sealed = (place.as_deref(), contact.as_deref());
        let personal = open(cx.app, tenant, id, data_key.as_deref(), sealed)?;
        asked.push(AskedBy {
            words,
            place: personal.place,
            contact: personal.contact,
            photos: attachments::of_owner(cx.tx, cx.community.id, id.raw()).await?,
        });
    }
    Ok(asked)
}
