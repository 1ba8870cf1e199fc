//! From one pair of hands to another, because the first one leaves.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::PersonId;
use linli_domain::tasks::TaskStep;
use linli_store::{Stop, tasks};

use crate::command::Cx;
use crate::matters::{load, save};
use crate::tasks::{HANDED_OVER, Task, TaskAt};

/// Hands one open task over; the other is told, and takes it like any task that was given.
pub(crate) async fn hand_over(cx: &Cx<'_>, at: TaskAt, to: PersonId) -> Result<Vec<Event>, Stop> {
    let task = Task::load(cx, at.task).await?;
    task.take(cx, TaskStep::HandOver, Some(to)).await?;
    tasks::let_go(cx.tx, cx.now, HANDED_OVER, None, cx.community.id, task.id).await?;
    let before = load(cx, task.matter).await?;
    let after = before.matter.clone();
    let followed = save(cx, &before, after).await?;
    let event = Event::of_matter(Kind::TaskHandedOver, task.matter).about(task.id.raw()).to(to);
    Ok([vec![event], followed].concat())
}
