//! The one place that maps a refusal or a fault to HTTP: RFC 9457 problem details for programs, a page for people.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use linli_app::Denied;
use linli_app::Fault;
use linli_domain::refusal::{Refusal, Status};
use serde_json::json;

use crate::look::fault::{FaultPage, Trouble};
use crate::visit::Visit;

/// The HTTP status of a kind of no.
pub(crate) fn status_of(denied: &Denied) -> StatusCode {
    match denied {
        Denied::Fields(fields) => {
            fields.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |one| status(one.refusal.status))
        }
        Denied::Refused(refusal) => status(refusal.status),
        Denied::Fault(fault) => match trouble(fault) {
            Trouble::Busy | Trouble::Unavailable | Trouble::ReadOnly => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::Full => StatusCode::INSUFFICIENT_STORAGE,
            Trouble::Bug => StatusCode::INTERNAL_SERVER_ERROR,
        },
    }
}

fn status(status: Status) -> StatusCode {
    match status {
        Status::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Status::NotFound => StatusCode::NOT_FOUND,
        Status::Forbidden => StatusCode::FORBIDDEN,
        Status::SignInFirst => StatusCode::UNAUTHORIZED,
        Status::Conflict => StatusCode::CONFLICT,
        Status::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Status::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Status::TooMany => StatusCode::TOO_MANY_REQUESTS,
    }
}

fn trouble(fault: &Fault) -> Trouble {
    match fault {
        Fault::Busy | Fault::Collided => Trouble::Busy,
        Fault::Unavailable(_) | Fault::Locked | Fault::Contradicted { .. } => Trouble::Unavailable,
        Fault::Full => Trouble::Full,
        Fault::ReadOnly => Trouble::ReadOnly,
        Fault::Bug(_) => Trouble::Bug,
    }
}

/// One sentence about what went wrong, in the reader's language.
pub(crate) fn sentence(visit: &Visit, denied: &Denied) -> String {
    match denied {
        Denied::Fields(fields) => fields.first().map(|one| visit.words.refusal(&one.refusal)).unwrap_or_default(),
        Denied::Refused(refusal) => visit.words.refusal(refusal),
        Denied::Fault(fault) => visit.words.t(trouble(fault).key()).into_owned(),
    }
}

/// A fault of the machine is for the log, with the request's name; the reader gets a plain sentence.
pub(crate) fn log(visit: &Visit, denied: &Denied) {
    if let Denied::Fault(fault) = denied {
        tracing::error!(request_id = visit.request_id, %fault, "the server could not");
    }
}

/// The answer to a program.
pub(crate) fn problem(visit: &Visit, denied: &Denied) -> Response {
    log(visit, denied);
    let status = status_of(denied);
    let code = match denied {
        Denied::Fields(_) => "fields",
        Denied::Refused(refusal) => refusal.code,
        Denied::Fault(fault) => trouble(fault).key(),
    };
    let mut body = json!({
        "type": format!("{}/openapi.json#{code}", visit.web.settings.public_url),
        "title": code,
        "code": code,
        "status": status.as_u16(),
        "detail": sentence(visit, denied),
        "request_id": visit.request_id,
    });
    if let Denied::Fields(fields) = denied {
        let told = |one: &linli_domain::typed::FieldRefusal| json!({ "field": one.field, "code": one.refusal.code, "detail": visit.words.refusal(&one.refusal) });
        body["fields"] = fields.iter().map(told).collect();
    }
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    hints(&mut response, denied);
    response
}

/// The page for a person, where there is no form to go back to.
pub(crate) fn page(visit: &Visit, denied: &Denied) -> Response {
    page_keeping(visit, denied, "")
}

/// The same, with what was typed on the page before.
pub(crate) fn page_keeping(visit: &Visit, denied: &Denied, typed: &str) -> Response {
    log(visit, denied);
    let (status, frame) = (status_of(denied), visit.frame());
    let page = match denied {
        Denied::Fault(fault) => FaultPage::trouble(frame, status.as_u16(), trouble(fault), &visit.request_id),
        Denied::Refused(refusal) => FaultPage::refusal(frame, status.as_u16(), refusal, &visit.request_id),
        Denied::Fields(fields) => {
            let first = fields.first().map(|one| one.refusal.clone());
            let refusal = first.unwrap_or(Refusal { code: "unreadable", status: Status::Invalid, args: Vec::new() });
            FaultPage::refusal(frame, status.as_u16(), &refusal, &visit.request_id)
        }
    };
    let mut response = (status, render(&page.keeping(typed))).into_response();
    hints(&mut response, denied);
    response
}

fn hints(response: &mut Response, denied: &Denied) {
    match denied {
        Denied::Refused(refusal) if refusal.status == Status::TooMany => {
            let wait = refusal.args.iter().find(|(name, _)| *name == "wait_s").map(|(_, wait)| wait.clone());
            if let Ok(wait) = HeaderValue::from_str(wait.as_deref().unwrap_or("5")) {
                response.headers_mut().insert(RETRY_AFTER, wait);
            }
        }
        Denied::Refused(refusal) if refusal.status == Status::SignInFirst => {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        Denied::Fault(Fault::Busy) => {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        _ => {}
    }
}

/// Renders a page. A template that fails is a bug: it is logged, and the reader gets an empty page with its status.
pub(crate) fn render(page: &impl askama::Template) -> Html<String> {
    Html(page.render().unwrap_or_else(|error| {
        tracing::error!(%error, "a page was not rendered");
        String::new()
    }))
}
