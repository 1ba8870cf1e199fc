//! The page to sign in on, and the choice of a language.

use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use linli_app::Denied;

use crate::face::{go, is_local};
use crate::look::form::Form;
use crate::look::words::Lang;
use crate::people::page::SignInPage;
use crate::problem::render;
use crate::routes::Asked;
use crate::sent::Sent;
use crate::visit::{LANG_COOKIE, Visit};

/// `GET /sign-in`.
pub(crate) async fn sign_in(visit: Visit, asked: Asked) -> Result<Response, Denied> {
    let next = asked.query("next").filter(|next| is_local(next)).unwrap_or_default();
    let form = Form::new(visit.fresh_key(), visit.csrf()).holding("next", next);
    Ok(render(&SignInPage { frame: visit.frame(), form }).into_response())
}

/// `POST /lang`: keeps the choice in a cookie and comes back.
pub(crate) async fn choose_language(visit: Visit, _: Asked, mut sent: Sent) -> Result<Response, Denied> {
    let chosen = sent.take("to").and_then(|code| Lang::from_code(&code)).unwrap_or(Lang::ZhCn);
    let mut response = go(&sent.take("back").unwrap_or_default());
    let secure = if visit.web.settings.is_https() { "; Secure" } else { "" };
    let cookie = format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}", chosen.code());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
