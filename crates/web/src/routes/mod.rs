//! Every route, in one table. A command's page, its API operation and its permission row are mounted together, and
//! nothing is mounted elsewhere.

mod openapi;
mod serve;
mod table;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use linli_app::command::{Denied, Query};
use linli_domain::people::Permission;
use tower_http::compression::CompressionLayer;

use crate::face::Face;
use crate::observe::observe;
use crate::sent::UPLOAD_MAX;
use crate::state::Web;
use crate::visit::Visit;
pub(crate) use serve::Asked;

/// What a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Programs.
    Api,
    /// People.
    Page,
}

/// One row of the permission table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The pattern of the address.
    pub path: &'static str,
    /// The command or query behind it.
    pub name: &'static str,
    /// What the caller has to be allowed.
    pub may: Permission,
    /// Whom it is for.
    pub side: Side,
}

/// The table while it is put together.
pub(crate) struct Routes {
    router: Router<Web>,
    rows: Vec<Row>,
    api: openapi::Document,
}

impl Routes {
    fn new() -> Self {
        Self { router: Router::new(), rows: Vec::new(), api: openapi::Document::new() }
    }

    /// A command: `POST` at both addresses. The API answers `status` when it was done.
    fn command<C: Face>(mut self, api: &'static str, page: &'static str, status: StatusCode) -> Self {
        self.row("POST", api, C::NAME, C::MAY, Side::Api);
        self.row("POST", page, C::NAME, C::MAY, Side::Page);
        self.api.command::<C>(api, status);
        let on_api = move |state, request| serve::api_command::<C>(state, request, status);
        self.router = self.router.route(api, post(on_api)).route(page, post(serve::page_command::<C>));
        self
    }

    /// A query for programs: `GET`.
    fn query<Q: Query>(mut self, api: &'static str) -> Self {
        self.row("GET", api, Q::NAME, Q::MAY, Side::Api);
        self.api.query::<Q>(api);
        self.router = self.router.route(api, get(serve::api_query::<Q>));
        self
    }

    /// A page: `GET`.
    fn page<F, Fut>(mut self, path: &'static str, name: &'static str, may: Permission, show: F) -> Self
    where
        F: Fn(Visit, Asked) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, Denied>> + Send + 'static,
    {
        self.row("GET", path, name, may, Side::Page);
        self.router = self.router.route(path, get(move |state, request| serve::page(state, request, may, show)));
        self
    }

    /// A small form of a page that is no command: it changes nothing but a cookie, or only looks something up.
    fn small_form<F, Fut>(mut self, path: &'static str, name: &'static str, take: F) -> Self
    where
        F: Fn(Visit, Asked, crate::sent::Sent) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, Denied>> + Send + 'static,
    {
        self.row("POST", path, name, Permission::EVERYBODY, Side::Page);
        self.router = self.router.route(path, post(move |state, request| serve::small_form(state, request, take)));
        self
    }

    fn row(&mut self, method: &'static str, path: &'static str, name: &'static str, may: Permission, side: Side) {
        self.rows.push(Row { method, path, name, may, side });
    }
}

/// The permission table.
pub fn rows() -> Vec<Row> {
    table::routes().rows
}

/// The OpenAPI document.
pub fn openapi_json(public_url: &str) -> String {
    table::routes().api.finish(public_url)
}

/// The whole web side.
pub fn router(web: Web) -> Router {
    let routes = table::routes();
    let document: std::sync::Arc<str> = routes.api.finish(&web.settings.public_url).into();
    routes
        .router
        .merge(serve::machinery(document))
        .fallback(serve::nothing_here)
        .method_not_allowed_fallback(serve::nothing_here)
        .layer(CompressionLayer::new())
        .layer(DefaultBodyLimit::max(UPLOAD_MAX))
        .layer(axum::middleware::from_fn_with_state(web.clone(), observe))
        .with_state(web)
}
