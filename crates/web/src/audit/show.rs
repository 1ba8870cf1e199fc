//! The log as a page, and its checkpoint as the text that is signed.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::audit::show::ShowLog;
use linli_app::command::{Here, Nothing};
use linli_app::commitments::list::ShowList;
use linli_domain::audit::AuditRefusal;

use crate::audit::page::LogPage;
use crate::problem::render;
use crate::routes::Asked;
use crate::visit::Visit;

/// `GET /{community}/log`.
pub(crate) async fn log(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let here = visit.here();
    let log = visit.web.app.ask::<ShowLog>(&visit.caller(), &here, Here {}, Nothing {}).await?;
    let list = visit.web.app.read(&visit.caller(), &here, ShowList::whole(0)).await?;
    let page = LogPage { frame: visit.frame(), community: &here, log: &log, checkpoint: list.checkpoint.as_ref() };
    Ok(render(&page).into_response())
}

/// `GET /{community}/log/checkpoint`: the signed note and nothing else.
pub(crate) async fn checkpoint(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let log = visit.web.app.ask::<ShowLog>(&visit.caller(), &visit.here(), Here {}, Nothing {}).await?;
    if log.note.is_empty() {
        return Err(AuditRefusal::NotNumbered.into());
    }
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-cache")], log.note).into_response())
}
