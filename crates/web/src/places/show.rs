//! A resident's first page, and the code on the leaflet that leads to it.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::Fault;
use linli_app::commitments::list::ShowList;
use linli_domain::refusal::CommonRefusal;

use crate::places::page::HomePage;
use crate::problem::render;
use crate::routes::Asked;
use crate::visit::Visit;

/// `GET /{community}`.
pub(crate) async fn home(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let here = visit.here();
    let totals = visit.web.app.read(&visit.caller(), &here, ShowList::whole(0)).await?.totals;
    Ok(render(&HomePage { frame: visit.frame(), community: &here, totals }).into_response())
}

/// `GET /{community}/qr.svg`: the public address of the community, from the settings and from nowhere else.
pub(crate) async fn qr(visit: Visit, _: Asked) -> Result<Response, Denied> {
    let community = visit.community().ok_or(CommonRefusal::NotFound)?;
    let address = format!("{}/{}", visit.web.settings.public_url, community.slug);
    let svg = linli_print::qr_svg(&address).map_err(|fault| Fault::Bug(fault.to_string()))?;
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-cache")], svg).into_response())
}
