//! Around every request: a name for it, a line in the log, figures, the headers that bind a browser, and no panic.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;

use crate::state::Web;

/// The name of a request in the log, in the answer's `x-request-id`, and on the page of a fault.
#[derive(Debug, Clone)]
pub struct RequestId(pub(crate) String);

/// Headers of every answer: nothing runs but our own script, nobody frames us, nobody guesses types.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    // The receipt is in the address: it never travels to another site. Without an origin, forms could not be told apart.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];

/// Observes one request.
pub(crate) async fn observe(State(_): State<Web>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = format!("{:016x}", rand::random::<u64>());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    // The pattern, never the address itself: a receipt must not stand in a log.
    let path = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let outcome = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut response = outcome.unwrap_or_else(|_| {
        tracing::error!(request_id = id, %method, path, "a handler panicked");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    });
    let status = response.status().as_u16();
    let seconds = started.elapsed().as_secs_f64();
    let ms = started.elapsed().as_millis();
    if status >= 500 {
        tracing::error!(request_id = id, %method, path, status, ms, "answered");
    } else {
        tracing::info!(request_id = id, %method, path, status, ms, "answered");
    }
    metrics::counter!("linli_http_requests_total", "method" => method.to_string(), "path" => path.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!("linli_http_seconds", "path" => path).record(seconds);
    dress(&mut response, &id);
    response
}

fn dress(response: &mut Response, id: &str) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", id);
    }
    // What does not say otherwise is somebody's own.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if headers.get(CONTENT_TYPE).is_none() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    }
}
