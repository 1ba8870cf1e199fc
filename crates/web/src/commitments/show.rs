//! The public list as a page.

use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::command::Here;
use linli_app::commitments::list::{ListInput, ShowList};

use crate::commitments::page::ListPage;
use crate::problem::render;
use crate::routes::Asked;
use crate::visit::Visit;

/// `GET /{community}/list`.
pub(crate) async fn list(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let here = visit.here();
    let input = ListInput { cursor: asked.query("cursor") };
    let list = visit.web.app.ask::<ShowList>(&visit.caller(), &here, Here {}, input).await?;
    let page = ListPage { frame: visit.frame(), community: &here, list: &list };
    // It is public, but carries the name of whoever is signed in and the token of the language form.
    let keep = if visit.is_signed_in() { "no-store" } else { "private, no-cache" };
    Ok(([(CACHE_CONTROL, keep)], render(&page)).into_response())
}
