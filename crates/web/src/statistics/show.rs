//! The front page of the instance.

use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::command::{Here, Nothing};
use linli_app::statistics::ShowCommunities;

use crate::problem::render;
use crate::routes::Asked;
use crate::statistics::page::FrontPage;
use crate::visit::Visit;

/// `GET /`.
pub(crate) async fn front(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let here = visit.here();
    let view = visit.web.app.ask::<ShowCommunities>(&visit.caller(), &here, Here {}, Nothing {}).await?;
    Ok(render(&FrontPage { frame: visit.frame(), communities: &view.communities }).into_response())
}
