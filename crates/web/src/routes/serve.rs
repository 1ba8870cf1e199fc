//! How a request becomes a use case and an answer. The same few steps for every route.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts as _, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use linli_app::command::{Command, Denied, Query, Request as Ordered};
use linli_app::execute::permit;
use linli_app::{App, Place};
use linli_domain::people::view::Missing;
use linli_domain::people::{PeopleRefusal, Permission};
use linli_domain::refusal::{CommonRefusal, Refusal};
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::receipt::Receipt;
use serde::de::DeserializeOwned;

use crate::face::{Face, failed, form_of, go};
use crate::look::assets;
use crate::problem;
use crate::sent::Sent;
use crate::state::Web;
use crate::visit::Visit;

/// What the address and the query of a page name.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    params: HashMap<String, String>,
    query: Vec<(String, String)>,
}

impl Asked {
    /// A part of the address, parsed; what cannot be one is not there.
    pub fn param<T: std::str::FromStr>(&self, name: &str) -> Result<T, Denied> {
        let raw = self.params.get(name).map(String::as_str).unwrap_or_default();
        raw.parse().map_err(|_| CommonRefusal::NotFound.into())
    }
    /// A part of the query. Others may stand beside it: leaflets get passed on by programs that add their own.
    pub fn query(&self, name: &str) -> Option<String> {
        self.query.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone())
    }
}

/// The pieces of one request, once its visitor is known.
struct Arrived {
    visit: Visit,
    params: HashMap<String, String>,
    parts: Parts,
    body: Body,
}

/// Who comes, and to which community. A wrong receipt and an unknown community are told by `Err`.
async fn arrive(web: &Web, request: Request) -> Result<Arrived, (Box<Visit>, Denied)> {
    let (mut parts, body) = request.into_parts();
    let mut visit = Visit::new(web, &parts.headers, &parts.uri, &parts.extensions).await?;
    let params: Result<Path<HashMap<String, String>>, PathRejection> = Path::from_request_parts(&mut parts, web).await;
    let Ok(Path(params)) = params else {
        return Err((Box::new(visit), CommonRefusal::NotFound.into()));
    };
    match place(&visit, &params).await {
        Ok(place) => visit.place = Some(place),
        Err(denied) => return Err((Box::new(visit), denied)),
    }
    Ok(Arrived { visit, params, parts, body })
}

async fn place(visit: &Visit, params: &HashMap<String, String>) -> Result<Place, Denied> {
    let app = &visit.web.app;
    if let Some(slug) = params.get("community") {
        return app.community(slug).await;
    }
    let Some(code) = params.get("code") else { return Ok(App::instance()) };
    // Before anything is looked up: the brake slows whoever guesses, and a right code waits its turn like a wrong one.
    visit.web.brakes.before_receipt(visit.address).await?;
    let found = match Receipt::parse(code) {
        Some(receipt) => app.community_of(&receipt).await,
        None => Err(VoiceRefusal::NoSuchReceipt.into()),
    };
    note_miss(visit, &found);
    found
}

fn note_miss<T>(visit: &Visit, outcome: &Result<T, Denied>) {
    let missed: Refusal = VoiceRefusal::NoSuchReceipt.into();
    if matches!(outcome, Err(Denied::Refused(refusal)) if refusal.code == missed.code) {
        visit.web.brakes.missed_receipt(visit.address);
    }
}

async fn at<T: DeserializeOwned + Send>(parts: &mut Parts, web: &Web) -> Result<T, Denied> {
    match Path::<T>::from_request_parts(parts, web).await {
        Ok(Path(at)) => Ok(at),
        Err(_) => Err(CommonRefusal::NotFound.into()),
    }
}

fn pairs(parts: &Parts) -> Result<Vec<(String, String)>, Denied> {
    let query = parts.uri.query().unwrap_or_default();
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(query).map_err(|_| Denied::from(CommonRefusal::Unreadable))?;
    // Bytes that are no text would be read differently by each layer below.
    let odd = |text: &str| text.chars().any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER);
    if pairs.iter().any(|(name, value)| odd(name) || odd(value)) {
        return Err(CommonRefusal::Unreadable.into());
    }
    Ok(pairs)
}

/// The permission check before anything is read of what was sent. Half a sign-in is told what the other half is.
fn allowed(visit: &Visit, may: Permission) -> Result<(), Denied> {
    let missing = visit.session.as_ref().and_then(|session| session.view.missing);
    let open = Permission::EVERYBODY | Permission::HOLD_RECEIPT | Permission::SIGNED_IN;
    match missing {
        Some(Missing::Code) if !open.contains(may) => Err(PeopleRefusal::CodeFirst.into()),
        Some(Missing::SecondFactor) if !open.contains(may) => Err(PeopleRefusal::SecondFirst.into()),
        _ => permit(&visit.caller().actor, &visit.here(), may),
    }
}

/// Runs a command with its brake; notes a wrong password or a wrong receipt.
async fn run<C: Face>(visit: &Visit, at: C::At, mut sent: Sent, key: Option<String>) -> Result<C::Done, Denied> {
    // Before anything is said about what was sent: a stranger learns nothing of it.
    allowed(visit, C::MAY)?;
    if let Some(fault) = sent.photo_fault.take() {
        return Err(fault.into());
    }
    let input: C::Input = sent.input()?;
    let guarded = C::guards(visit, &input);
    if let Some(guarded) = &guarded {
        visit.web.brakes.before_guess(guarded, visit.address).await?;
    }
    let ordered = Ordered::<C> { at, input, photos: sent.photos, key };
    let outcome = visit.web.app.execute(&visit.caller(), &visit.here(), ordered).await;
    if let (Some(guarded), Err(Denied::Refused(_) | Denied::Fields(_))) = (&guarded, &outcome) {
        visit.web.brakes.missed_guess(guarded, visit.address);
    }
    note_miss(visit, &outcome);
    outcome
}

/// `POST` by a program.
pub(super) async fn api_command<C: Face>(State(web): State<Web>, request: Request, status: StatusCode) -> Response {
    let mut arrived = match arrive(&web, request).await {
        Ok(arrived) => arrived,
        Err((visit, denied)) => return problem::problem(&visit, &denied),
    };
    let visit = &arrived.visit;
    if !visit.owns_call() {
        return problem::problem(visit, &CommonRefusal::ForeignForm.into());
    }
    let named = match at::<C::At>(&mut arrived.parts, &web).await {
        Ok(named) => named,
        Err(denied) => return problem::problem(visit, &denied),
    };
    let key = arrived.parts.headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let sent = read(&web, &arrived.parts, arrived.body).await;
    // A form can be sent by another site's page without asking first; a program with a cookie sends JSON.
    match run::<C>(visit, named, sent, key).await {
        Ok(done) => (status, Json(done)).into_response(),
        Err(denied) => problem::problem(visit, &denied),
    }
}

/// Reads a body; those with photos wait for their turn.
async fn read(web: &Web, parts: &Parts, body: Body) -> Sent {
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let turn = if kind.starts_with("multipart/") { web.uploads.acquire().await.ok() } else { None };
    let sent = Sent::read(parts, body).await;
    drop(turn);
    sent
}

/// `POST` by a person's form.
pub(super) async fn page_command<C: Face>(State(web): State<Web>, request: Request) -> Response {
    let mut arrived = match arrive(&web, request).await {
        Ok(arrived) => arrived,
        Err((visit, denied)) => return problem::page(&visit, &denied),
    };
    let named = at::<C::At>(&mut arrived.parts, &web).await;
    let again = at::<C::At>(&mut arrived.parts, &web).await;
    let visit = &arrived.visit;
    let (named, again) = match (named, again) {
        (Ok(named), Ok(again)) => (named, again),
        (Err(denied), _) | (_, Err(denied)) => return problem::page(visit, &denied),
    };
    let mut sent = read(&web, &arrived.parts, arrived.body).await;
    let csrf = sent.take("_csrf").unwrap_or_default();
    let key = sent.take("_key");
    let form = form_of(visit, &sent, key.as_deref());
    let typed = form.longest().to_owned();
    for own in C::OWN {
        sent.take(own);
    }
    let had_photos = !sent.photos.is_empty();
    let outcome = if visit.owns_form(&csrf) && sent.is_form() {
        run::<C>(visit, named, sent, key).await
    } else {
        Err(CommonRefusal::ForeignForm.into())
    };
    let answer = match outcome {
        Ok(done) => C::done(visit, &again, done, &form).await,
        Err(denied) => C::again(visit, &again, failed(visit, form, denied, had_photos)).await,
    };
    // Her session may have ended while she was typing, or her page be gone: what she typed is not.
    answer.unwrap_or_else(|denied| problem::page_keeping(visit, &denied, &typed))
}

/// `GET` by a program.
pub(super) async fn api_query<Q: Query>(State(web): State<Web>, request: Request) -> Response {
    let mut arrived = match arrive(&web, request).await {
        Ok(arrived) => arrived,
        Err((visit, denied)) => return problem::problem(&visit, &denied),
    };
    let visit = &arrived.visit;
    let asked = async {
        allowed(visit, Q::MAY)?;
        let named = at::<Q::At>(&mut arrived.parts, &web).await?;
        let sent = Sent::of_fields(pairs(&arrived.parts)?);
        let view = visit.web.app.ask::<Q>(&visit.caller(), &visit.here(), named, sent.input()?).await;
        note_miss(visit, &view);
        view
    };
    match asked.await {
        Ok(view) => Json(view).into_response(),
        Err(denied) => problem::problem(visit, &denied),
    }
}

/// `GET` by a person.
pub(super) async fn page<F, Fut>(State(web): State<Web>, request: Request, may: Permission, show: F) -> Response
where
    F: Fn(Visit, Asked) -> Fut,
    Fut: Future<Output = Result<Response, Denied>>,
{
    let arrived = match arrive(&web, request).await {
        Ok(arrived) => arrived,
        Err((visit, denied)) => return problem::page(&visit, &denied),
    };
    let visit = arrived.visit;
    let shown = match pairs(&arrived.parts) {
        Ok(query) => match allowed(&visit, may) {
            Ok(()) => show(visit.clone(), Asked { params: arrived.params, query }).await,
            Err(denied) => Err(denied),
        },
        Err(denied) => Err(denied),
    };
    note_miss(&visit, &shown);
    match shown {
        Ok(response) => unless_known(&arrived.parts.headers, response),
        Err(Denied::Refused(refusal)) if refusal == CommonRefusal::SignInFirst.into() => sign_in_first(&visit),
        Err(Denied::Refused(refusal)) if refusal == PeopleRefusal::CodeFirst.into() => go("/sign-in/second"),
        Err(Denied::Refused(refusal)) if refusal == PeopleRefusal::SecondFirst.into() => go("/account"),
        Err(denied) => problem::page(&visit, &denied),
    }
}

/// To the sign-in page, and back here afterwards.
fn sign_in_first(visit: &Visit) -> Response {
    let next = serde_urlencoded::to_string([("next", &visit.path)]).unwrap_or_default();
    Redirect::to(&format!("/sign-in?{next}")).into_response()
}

/// `POST` of a small form.
pub(super) async fn small_form<F, Fut>(State(web): State<Web>, request: Request, take: F) -> Response
where
    F: Fn(Visit, Asked, Sent) -> Fut,
    Fut: Future<Output = Result<Response, Denied>>,
{
    let arrived = match arrive(&web, request).await {
        Ok(arrived) => arrived,
        Err((visit, denied)) => return problem::page(&visit, &denied),
    };
    let (visit, params) = (arrived.visit, arrived.params);
    let mut sent = read(&web, &arrived.parts, arrived.body).await;
    let csrf = sent.take("_csrf").unwrap_or_default();
    sent.take("_key");
    if !visit.owns_form(&csrf) {
        return problem::page(&visit, &CommonRefusal::ForeignForm.into());
    }
    let asked = Asked { params, query: Vec::new() };
    match take(visit.clone(), asked, sent).await {
        Ok(response) => response,
        Err(denied) => problem::page(&visit, &denied),
    }
}

/// Sends no body that the browser has: it was asked whether it may still show it, and it may.
fn unless_known(sent: &HeaderMap, response: Response) -> Response {
    let tag = response.headers().get(ETAG);
    if tag.is_none() || tag != sent.get(IF_NONE_MATCH) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    Response::from_parts(parts, Body::empty())
}

/// What is no use case: assets, health, figures, the API's document.
pub(super) fn machinery(document: Arc<str>) -> Router<Web> {
    let document = move || {
        let body = document.to_string();
        async move { ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], body) }
    };
    Router::new()
        .route("/openapi.json", get(document))
        .route("/assets/{name}", get(asset))
        .route("/favicon.ico", get(|| async { Redirect::permanent(assets::href("icon.svg")) }))
        .route("/robots.txt", get(|| async { "User-agent: *\nDisallow: /r/\nDisallow: /desk\nDisallow: /tasks\n" }))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let accepts = headers.get("accept-encoding").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (bytes, encoding) = if accepts.contains("br") {
        (asset.br, Some("br"))
    } else if accepts.contains("gzip") {
        (asset.gz, Some("gzip"))
    } else {
        (asset.bytes, None)
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(assets::CACHE_CONTROL));
    headers.insert(ETAG, HeaderValue::from_static(asset.etag));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Ready when the database answers.
async fn ready(State(web): State<Web>) -> Response {
    match web.app.communities().await {
        Ok(_) => "ready\n".into_response(),
        Err(denied) => {
            tracing::error!(%denied, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
        }
    }
}

/// Figures are for this machine's own collector.
async fn figures(State(web): State<Web>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match Visit::new(&web, &HeaderMap::new(), &parts.uri, &parts.extensions).await {
        Ok(visit) if visit.address.is_loopback() && !parts.headers.contains_key("x-forwarded-for") => {
            ([(CONTENT_TYPE, "text/plain; version=0.0.4")], (web.metrics)()).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// No such page: a page that says so, or a problem for programs. A slash too many leads to the page without it.
pub(super) async fn nothing_here(State(web): State<Web>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let path = parts.uri.path();
    let trimmed = path.trim_end_matches('/');
    if trimmed.len() < path.len() && crate::face::is_local(trimmed) {
        return Redirect::permanent(trimmed).into_response();
    }
    let visit = match Visit::new(&web, &parts.headers, &parts.uri, &parts.extensions).await {
        Ok(visit) => visit,
        Err((visit, _)) => *visit,
    };
    let denied = CommonRefusal::NotFound.into();
    if path.starts_with("/api/") { problem::problem(&visit, &denied) } else { problem::page(&visit, &denied) }
}

/// A command's name is its operation in the API.
pub(super) fn operation<C: Command>() -> &'static str {
    C::NAME
}
