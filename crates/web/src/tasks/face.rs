//! Accepting, giving back and finishing on pages.

use axum::response::Response;
use linli_app::command::Denied;
use linli_app::tasks::accept::AcceptTask;
use linli_app::tasks::finish::FinishTask;
use linli_app::tasks::give_back::ReturnTask;
use linli_app::tasks::{TaskAt, TaskMoved};

use crate::face::{Face, Failed, go};
use crate::look::form::Form;
use crate::tasks::show::redraw;
use crate::visit::Visit;

impl Face for AcceptTask {
    /// On to the task: now the words, the place and the contact are there.
    async fn done(visit: &Visit, at: &TaskAt, _: TaskMoved, _: &Form) -> Result<Response, Denied> {
        Ok(go(&format!("/tasks/{}/{}", visit.here().slug, at.task)))
    }
    async fn again(visit: &Visit, at: &TaskAt, failed: Failed) -> Result<Response, Denied> {
        redraw(visit, at.task, "accept", failed).await
    }
}

impl Face for ReturnTask {
    async fn done(_: &Visit, _: &TaskAt, _: TaskMoved, _: &Form) -> Result<Response, Denied> {
        Ok(go("/tasks"))
    }
    async fn again(visit: &Visit, at: &TaskAt, failed: Failed) -> Result<Response, Denied> {
        redraw(visit, at.task, "return", failed).await
    }
}

impl Face for FinishTask {
    async fn done(_: &Visit, _: &TaskAt, _: TaskMoved, _: &Form) -> Result<Response, Denied> {
        Ok(go("/tasks"))
    }
    async fn again(visit: &Visit, at: &TaskAt, failed: Failed) -> Result<Response, Denied> {
        redraw(visit, at.task, "finish", failed).await
    }
}
