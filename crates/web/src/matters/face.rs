//! The desk's forms, after they were sent: back to the matter's page, or the page again with everything that was typed.

use axum::response::Response;
use linli_app::command::Denied;
use linli_app::matters::attach::AttachMatter;
use linli_app::matters::decline::DeclineMatter;
use linli_app::matters::edit::EditMatter;
use linli_app::matters::list::ListMatter;
use linli_app::matters::merge::MergeMatter;
use linli_app::matters::reopen::ReopenMatter;
use linli_app::matters::{MatterAt, Moved};
use linli_app::tasks::dispatch::DispatchTask;
use linli_app::tasks::{TaskAt, TaskMoved, withdraw::WithdrawTask};
use linli_domain::matters::MatterRef;

use crate::face::{Face, Failed, go};
use crate::look::form::Form;
use crate::matters::show::{address_of, redraw};
use crate::visit::Visit;

macro_rules! forms {
    ($($command:ty as $name:literal),*) => {$(
        impl Face for $command {
            async fn done(visit: &Visit, _: &MatterAt, moved: Moved, _: &Form) -> Result<Response, Denied> {
                Ok(go(&address_of(visit, moved.number.map_or(MatterRef::Id(moved.matter), MatterRef::Number))))
            }
            async fn again(visit: &Visit, at: &MatterAt, failed: Failed) -> Result<Response, Denied> {
                redraw(visit, at.matter, $name, failed).await
            }
        }
    )*};
}
forms!(
    ListMatter as "list",
    EditMatter as "edit",
    DeclineMatter as "decline",
    MergeMatter as "merge",
    AttachMatter as "attach",
    ReopenMatter as "reopen"
);

impl Face for DispatchTask {
    async fn done(visit: &Visit, at: &MatterAt, _: TaskMoved, _: &Form) -> Result<Response, Denied> {
        Ok(go(&address_of(visit, at.matter)))
    }
    async fn again(visit: &Visit, at: &MatterAt, failed: Failed) -> Result<Response, Denied> {
        redraw(visit, at.matter, "tasks", failed).await
    }
}

impl Face for WithdrawTask {
    async fn done(visit: &Visit, _: &TaskAt, moved: TaskMoved, _: &Form) -> Result<Response, Denied> {
        Ok(go(&address_of(visit, MatterRef::Id(moved.matter))))
    }
    async fn again(visit: &Visit, at: &TaskAt, failed: Failed) -> Result<Response, Denied> {
        let matter = visit.web.app.matter_of_task(&visit.caller(), &visit.here(), at.task).await?;
        redraw(visit, MatterRef::Id(matter), &format!("withdraw-{}", at.task), failed).await
    }
}
