//! The pages of those who do the work.

use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::attachments::show::{ShowTaskPhoto, TaskPhotoAt};
use linli_app::command::{Here, Nothing};
use linli_app::tasks::TaskAt;
use linli_app::tasks::show::{ShowTask, ShowTasks, TasksView};
use linli_domain::id::TaskId;
use linli_domain::people::Permission;
use linli_domain::refusal::CommonRefusal;

use crate::face::Failed;
use crate::look::form::Form;
use crate::problem::render;
use crate::routes::Asked;
use crate::tasks::page::{TaskPage, TasksPage};
use crate::visit::Visit;
use crate::voices::show::{picture, size};

/// `GET /tasks`: of all communities that somebody works in.
pub(crate) async fn tasks(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let Some(session) = &visit.session else { return Err(CommonRefusal::SignInFirst.into()) };
    let mut all = TasksView::default();
    let mut communities: Vec<&str> = session.view.places.iter().map(|place| place.community.as_str()).collect();
    communities.dedup();
    for slug in communities {
        let place = visit.web.app.community(slug).await?;
        if !session.actor.may(&place).contains(Permission::DO_TASKS) {
            continue;
        }
        let view = visit.web.app.ask::<ShowTasks>(&visit.caller(), &place, Here {}, Nothing {}).await?;
        all.tasks.extend(view.tasks);
        all.messages.extend(view.messages);
    }
    Ok(render(&TasksPage { frame: visit.frame(), tasks: &all.tasks, messages: &all.messages }).into_response())
}

/// `GET /tasks/{community}/{task}`.
pub(crate) async fn task(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let form = Form::new(visit.fresh_key(), visit.csrf());
    draw(&visit, asked.param("task")?, form, "", None).await
}

/// The page of a task again, with the form that was not taken. Whoever may not see the task any more is told why.
pub(crate) async fn redraw(visit: &Visit, task: TaskId, about: &str, failed: Failed) -> Result<Response, Denied> {
    let again = draw(visit, task, failed.form_named(about), about, Some(&failed)).await;
    again.or(Err(failed.denied))
}

async fn draw(
    visit: &Visit,
    task: TaskId,
    form: Form,
    about: &str,
    failed: Option<&Failed>,
) -> Result<Response, Denied> {
    let here = visit.here();
    let task = visit.web.app.ask::<ShowTask>(&visit.caller(), &here, TaskAt { task }, Nothing {}).await?;
    let page = TaskPage { frame: visit.frame(), community: &here, task: &task, form, about };
    Ok(match failed {
        Some(failed) => failed.page(visit, &page),
        None => render(&page).into_response(),
    })
}

/// `GET /tasks/{community}/{task}/photos/{photo}`.
pub(crate) async fn photo(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let at = TaskPhotoAt { task: asked.param("task")?, photo: asked.param("photo")? };
    let bytes = visit.web.app.show_photo::<ShowTaskPhoto>(&visit.caller(), &visit.here(), at, size(&asked)?).await?;
    Ok(picture(bytes))
}
